//! Our public keys towards identity providers, which fetch them from here.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::http::Site;
use crate::http::route::get;

/// The address that an operator tells the provider as `jwks_uri`.
pub const ADDRESS: &str = "/.well-known/openid-client-jwks.json";

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(ADDRESS, get(keys))
}

/// A JWK Set (RFC 7517 section 5), its media type by section 8.5.2.
async fn keys(State(site): State<Arc<Site>>) -> Response {
    match &site.client_keys {
        Some(keys) => ([(CONTENT_TYPE, "application/jwk-set+json")], keys.to_string()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
