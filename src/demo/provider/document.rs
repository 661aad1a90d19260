//! What the provider publishes of itself (OpenID Connect Discovery 1.0 section 3).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Provider;

pub(super) const KEY_ID: &str = "demo";

pub(super) async fn discovery(
    State(provider): State<Arc<Provider>>,
    Path(issuer): Path<String>,
) -> Result<Json<Value>, StatusCode> {
    let issuer = provider.issuers.get(&issuer).ok_or(StatusCode::NOT_FOUND)?;
    let url = provider.issuer_url(issuer);
    Ok(Json(json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/jwks"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": issuer.acr,
        "claims_supported": ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "name"],
        "claims_parameter_supported": true,
        "authorization_response_iss_parameter_supported": true,
        "ui_locales_supported": ["sv", "en"],
    })))
}

pub(super) async fn jwks(State(provider): State<Arc<Provider>>, Path(issuer): Path<String>) -> Result<Json<Value>, StatusCode> {
    provider.issuers.get(&issuer).ok_or(StatusCode::NOT_FOUND)?;
    let x = BASE64_URL_SAFE_NO_PAD.encode(provider.public_key());
    Ok(Json(json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": KEY_ID, "use": "sig", "alg": "EdDSA" }] })))
}
