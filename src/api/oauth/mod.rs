//! The authorization server: OAuth 2.0 as FAPI 2.0's security profile has it. One file for each family; errors as the RFCs name them.

mod ask;
mod metadata;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;

use crate::http::Site;
use crate::http::client::Authenticated;
use crate::http::fault::{nonced, unstored};
use crate::http::route::{get, post};

pub use metadata::RESOURCE_METADATA;

/// RFC 9126.
pub const PAR: &str = "/oauth/par";
pub const TOKEN: &str = "/oauth/token";
/// RFC 8628.
pub const DEVICE: &str = "/oauth/device_authorization";
/// RFC 7662.
pub const INTROSPECT: &str = "/oauth/introspect";
/// RFC 7009.
pub const REVOKE: &str = "/oauth/revoke";
/// Where people are sent; a page.
pub const AUTHORIZE: &str = "/oauth/authorize";

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(metadata::SERVER, get(metadata::server))
        .route(RESOURCE_METADATA, get(metadata::resource))
        .route(PAR, post(ask::push))
        .route(DEVICE, post(ask::device))
        .route(TOKEN, post(token::token))
        .route(INTROSPECT, post(token::introspect))
        .route(REVOKE, post(token::revoke))
}

/// An answer that nobody keeps, with the nonce for the next proof where one was sent (RFC 9449, 8.2).
fn answered(asked: &Authenticated, response: Response) -> Response {
    let response = unstored(response);
    if asked.proof.is_some() { nonced(response, &asked.site.service.dpop_nonce()) } else { response }
}
