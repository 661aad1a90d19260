//! The nonce and credential endpoints (OpenID4VCI 1.0, 7 and 8).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::metadata::identified;
use super::none;
use super::sent::with_nonce;
use crate::api::body::{Named, Raw};
use crate::api::problem::Problem;
use crate::credential::openid4vci::{Asked, Refused};
use crate::crypto::jws::Alg;
use crate::domain::oauth::Fault;
use crate::http::Site;
use crate::http::client::dpop_header;
use crate::http::fault::unstored;
use crate::http::remote::Remote;
use crate::usecase::Error;
use crate::usecase::dpop::Sent;
use crate::usecase::wallet::Issued;

/// A request with all the proofs that are taken.
const MOST_BYTES: usize = 48 * 1024;
/// Longer than any token of ours.
const MOST_TOKEN: usize = 128;
/// Proofs of possession in five minutes from one address: wallets that run as a service share theirs.
const MOST: usize = 300;

/// A value for the next proof.
pub async fn nonce(State(site): State<Arc<Site>>, Named(unit): Named<String>) -> Response {
    match identified(&site, &unit) {
        Some(_) => with_nonce(&site, unstored(Json(json!({ "c_nonce": site.service.wallet_nonce() })).into_response())),
        None => none(),
    }
}

pub async fn credential(
    State(site): State<Arc<Site>>,
    Named(unit): Named<String>,
    Remote(address): Remote,
    headers: HeaderMap,
    body: Result<Raw, Problem>,
) -> Response {
    let Some((id, _)) = identified(&site, &unit) else { return none() };
    let token = match presented(&site, &unit, &headers, &address).await {
        Ok(token) => token,
        Err(fault) => return with_nonce(&site, unauthorized(fault)),
    };
    let json =
        headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| kind.starts_with("application/json"));
    let asked = match body {
        Ok(Raw(body)) if json && body.len() <= MOST_BYTES => Asked::read(&body),
        _ => Err(Refused::Request),
    };
    let response = match site.service.issue_to_wallet(id, site.base.origin(), token, &asked).await {
        Ok(Issued::Credentials(all)) => {
            let all: Vec<_> = all.into_iter().map(|one| json!({ "credential": one })).collect();
            unstored(Json(json!({ "credentials": all })).into_response())
        }
        Ok(Issued::Refused(refused)) => {
            unstored((StatusCode::BAD_REQUEST, Json(json!({ "error": refused.code() }))).into_response())
        }
        Err(Error::Store(error)) => {
            tracing::error!(%error, "a credential could not be issued to a wallet");
            Fault::Server.into_response()
        }
        Err(_) => unauthorized(Fault::Token),
    };
    with_nonce(&site, response)
}

/// The token, with the key of its proof (RFC 6750, 2.1; RFC 9449, 7.1).
async fn presented<'h>(
    site: &Site,
    unit: &str,
    headers: &'h HeaderMap,
    address: &str,
) -> Result<(&'h str, Option<[u8; 32]>), Fault> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or(Fault::Token)?;
    let (scheme, token) = header.split_once(' ').filter(|(_, token)| token.len() <= MOST_TOKEN).ok_or(Fault::Token)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Ok((token, None));
    }
    if !scheme.eq_ignore_ascii_case("dpop") {
        return Err(Fault::Token);
    }
    let url = site.base.url(&format!("/issuer/{unit}/credential"));
    let proof = dpop_header(headers)?.ok_or(Fault::Proof)?;
    let held = site.service.dpop_proof(proof, Sent { method: "POST", url: &url, token: Some(token) })?;
    // Each proof is marked as presented, whatever the token opens.
    let counted = site.service.keys.once_mark("wallet-credential", address.as_bytes(), "");
    site.tries.count(counted, MOST, site.service.now()).map_err(Fault::TooOften)?;
    Ok((token, Some(site.service.dpop_present(held).await?)))
}

fn unauthorized(fault: Fault) -> Response {
    let code = fault.code();
    let mut response = fault.into_response();
    if response.status() == StatusCode::BAD_REQUEST {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
    }
    for text in [format!("Bearer error=\"{code}\""), format!("DPoP error=\"{code}\", algs=\"{}\"", Alg::NAMES.join(" "))] {
        // Words of ours: signs that a header takes.
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(WWW_AUTHENTICATE, value);
        }
    }
    response
}
