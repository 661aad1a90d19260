//! What units that issue publish: their keys, and lists of what they have withdrawn. Read by whoever checks a proof, without an account,
//! from any origin.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::body::Named;
use crate::domain::UnitId;
use crate::domain::credential::VCT;
use crate::domain::time::SECOND;
use crate::http::Site;
use crate::http::route::get;
use crate::store::status_list::Served;
use crate::usecase::Error;
use crate::usecase::issuing_key::issuer_id;
use crate::usecase::status_list::TTL;

/// How long keys may be kept: a retired one verifies still, a new one is asked for by a `kid` that nobody knows yet.
const KEYS: &str = "public, max-age=300";

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/.well-known/jwt-vc-issuer/issuer/{unit}", get(metadata))
        .route("/issuer/{unit}/jwks.json", get(jwks))
        .route("/issuer/{unit}/status/{number}", get(status))
        .route("/issuer/{unit}/revocation/{number}", get(revocation))
        .route("/vct/competence/1", get(kind))
}

/// JWT VC issuer metadata (draft-ietf-oauth-sd-jwt-vc, 5).
async fn metadata(State(site): State<Arc<Site>>, Named(unit): Named<String>) -> Response {
    match keys(&site, &unit).await {
        Ok((unit, keys)) => {
            let issuer = issuer_id(site.base.origin(), unit);
            public("application/json", json!({ "issuer": issuer, "jwks": { "keys": keys } }).to_string())
        }
        Err(status) => status.into_response(),
    }
}

/// A JWK Set (RFC 7517, 5): retired keys too, since what they signed is valid still.
async fn jwks(State(site): State<Arc<Site>>, Named(unit): Named<String>) -> Response {
    match keys(&site, &unit).await {
        Ok((_, keys)) => public("application/jwk-set+json", json!({ "keys": keys }).to_string()),
        Err(status) => status.into_response(),
    }
}

/// A status list token (draft-ietf-oauth-status-list, 8.1), as it was signed.
async fn status(State(site): State<Arc<Site>>, Named((unit, number)): Named<(String, String)>, headers: HeaderMap) -> Response {
    let Some((unit, number)) = place(&unit, &number) else { return StatusCode::NOT_FOUND.into_response() };
    served("application/statuslist+jwt", site.service.status_token(unit, number).await, &headers)
}

/// The same as a Bitstring Status List credential (W3C, 1.0), as a JWT.
async fn revocation(State(site): State<Arc<Site>>, Named((unit, number)): Named<(String, String)>, headers: HeaderMap) -> Response {
    let Some((unit, number)) = place(&unit, &number) else { return StatusCode::NOT_FOUND.into_response() };
    served("application/vc+jwt", site.service.revocation_list(unit, number).await, &headers)
}

/// What our credential's type means (draft-ietf-oauth-sd-jwt-vc, 6). The type is a URN, so that nobody must fetch this.
async fn kind() -> Response {
    let claim = |path: &str, sd: &str| json!({ "path": [path], "sd": sd });
    let always = ["iss", "iat", "nbf", "exp", "vct", "cnf", "status", "organisation", "name", "level"];
    let hidden = ["given_name", "family_name", "part", "seqf", "framework", "method", "assessor", "assessed"];
    let mut claims: Vec<Value> = always.iter().map(|name| claim(name, "never")).collect();
    claims.extend(hidden.iter().map(|name| claim(name, "always")));
    claims.extend(["criteria", "concepts"].iter().map(|name| json!({ "path": [name, null], "sd": "always" })));
    let kind = json!({
        "vct": VCT,
        "name": "Competence",
        "description": "A competence that an organisation has observed, assessed, validated or certified.",
        "display": [
            { "locale": "sv", "name": "Bevis om kompetens" },
            { "locale": "en", "name": "Proof of competence" },
        ],
        "claims": claims,
    });
    public("application/json", kind.to_string())
}

async fn keys(site: &Site, unit: &str) -> Result<(UnitId, Vec<Value>), StatusCode> {
    let unit: UnitId = unit.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    let keys = site.service.issuing_keys(unit).await.map_err(|error| failed(&error))?;
    let keys: Vec<Value> = keys.iter().map(|key| Value::from(key.published())).collect();
    if keys.is_empty() { Err(StatusCode::NOT_FOUND) } else { Ok((unit, keys)) }
}

fn place(unit: &str, number: &str) -> Option<(UnitId, u64)> {
    Some((unit.parse().ok()?, number.parse().ok().filter(|number| *number <= u64::from(u32::MAX))?))
}

/// A list as it stands, or 304 for who has it; 503 while its unit has yet to sign it.
fn served(kind: &'static str, found: Result<Served, Error>, headers: &HeaderMap) -> Response {
    let (text, changed) = match found {
        Ok((Some(text), changed)) => (text, changed),
        Ok((None, _)) => return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "3600")]).into_response(),
        Err(error) => return failed(&error).into_response(),
    };
    let tag = format!("\"{}\"", changed.0);
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { public(kind, text) };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    if let Ok(kept) = HeaderValue::from_str(&format!("public, max-age={}", TTL / SECOND)) {
        response.headers_mut().insert(CACHE_CONTROL, kept);
    }
    response
}

fn public(kind: &'static str, text: String) -> Response {
    let open = HeaderName::from_static("cross-origin-resource-policy");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static(KEYS)),
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (open, HeaderValue::from_static("cross-origin")),
    ];
    (headers, text).into_response()
}

fn failed(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        error => {
            tracing::error!(%error, "what an issuer publishes could not be read");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
