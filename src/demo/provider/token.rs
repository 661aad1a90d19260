//! The token endpoint (OpenID Connect Core 1.0 section 3.1.3): a code, once, for an ID token.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::json;
use subtle::ConstantTimeEq;

use super::document::KEY_ID;
use super::grant::Grant;
use super::{CLIENT, DemoIssuer, Provider};
use crate::domain::random;
use crate::domain::time::SECOND;

#[derive(Deserialize)]
pub(super) struct Exchange {
    grant_type: String,
    code: String,
    redirect_uri: String,
    code_verifier: String,
}

#[derive(Serialize)]
struct Header {
    alg: &'static str,
    kid: &'static str,
    typ: &'static str,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    auth_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

/// An ID token's life in seconds.
const LIFE: i64 = 300;

pub(super) async fn post(
    State(provider): State<Arc<Provider>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(exchange): Form<Exchange>,
) -> Response {
    let Some(issuer) = provider.issuers.get(&id) else { return StatusCode::NOT_FOUND.into_response() };
    if !provider.knows(&headers) {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if exchange.grant_type != "authorization_code" {
        return refused(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    match provider.redeem(issuer, &exchange) {
        None => refused(StatusCode::BAD_REQUEST, "invalid_grant"),
        Some(id_token) => {
            // Serves nothing: there is no resource behind it. The protocol wants one.
            let access_token = BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<16>(&*provider.random));
            let body = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": 60, "id_token": id_token });
            ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
        }
    }
}

fn refused(status: StatusCode, error: &str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(json!({ "error": error }))).into_response()
}

impl Provider {
    /// Whether the request proves to be our client's (`client_secret_basic`).
    fn knows(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|text| text.strip_prefix("Basic ")).and_then(|text| BASE64_STANDARD.decode(text).ok());
        let secret =
            given.as_deref().and_then(|pair| pair.strip_prefix(CLIENT.as_bytes())).and_then(|rest| rest.strip_prefix(b":"));
        secret.is_some_and(|secret| self.secret.is(secret))
    }

    fn redeem(&self, issuer: &DemoIssuer, exchange: &Exchange) -> Option<String> {
        let now = self.clock.now();
        let grant = self.grants(|grants| grants.take(&exchange.code, now))?;
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, exchange.code_verifier.as_bytes()));
        let right = grant.issuer == issuer.id
            && grant.redirect_uri == exchange.redirect_uri
            && bool::from(grant.challenge.as_bytes().ct_eq(challenge.as_bytes()));
        right.then(|| self.id_token(issuer, &grant, now.0 / SECOND)).flatten()
    }

    fn id_token(&self, issuer: &DemoIssuer, grant: &Grant, now: i64) -> Option<String> {
        let claims = Claims {
            iss: &self.issuer_url(issuer),
            sub: &grant.subject,
            aud: CLIENT,
            iat: now,
            exp: now + LIFE,
            auth_time: grant.at.0 / SECOND,
            nonce: grant.nonce.as_deref(),
            acr: grant.acr.as_deref(),
            name: grant.name.as_deref(),
        };
        let header = Header { alg: "EdDSA", kid: KEY_ID, typ: "JWT" };
        let encode = |part: serde_json::Result<Vec<u8>>| part.ok().map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
        let signed = format!("{}.{}", encode(serde_json::to_vec(&header))?, encode(serde_json::to_vec(&claims))?);
        let signature = BASE64_URL_SAFE_NO_PAD.encode(self.key.sign(signed.as_bytes()));
        Some(format!("{signed}.{signature}"))
    }
}
