//! Endpoints towards wallets: OpenID4VCI 1.0 under each unit that issues, and the addresses where a signed question lies and to which
//! presentations are posted (OpenID4VP 1.0, 5.10, 8.2).

mod credential;
mod metadata;
mod push;
mod request;
mod response;
mod sent;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::http::Site;
use crate::http::fault::unstored;
use crate::http::route::{get, get_post, post};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/.well-known/openid-credential-issuer/issuer/{unit}", get(metadata::issuer))
        .route("/.well-known/oauth-authorization-server/issuer/{unit}", get(metadata::server))
        .route("/issuer/{unit}/par", post(push::push))
        .route("/issuer/{unit}/token", post(token::token))
        .route("/issuer/{unit}/nonce", post(credential::nonce))
        .route("/issuer/{unit}/credential", post(credential::credential))
        .route("/openid4vp/request/{key}", get_post(request::by_get, request::by_post))
        .route("/openid4vp/response/{key}", post(response::response))
}

/// There is no such issuer: for every reason alike.
fn none() -> Response {
    unstored((StatusCode::NOT_FOUND, axum::Json(json!({ "error": "not_found" }))).into_response())
}
