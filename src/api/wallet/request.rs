//! Where a wallet fetches what it is asked, signed (RFC 9101, 5.2.3; OpenID4VP 1.0, 5.10).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::none;
use crate::api::body::Named;
use crate::credential::openid4vp::REQUEST_TYPE;
use crate::domain::oauth::Fault;
use crate::http::fault::unstored;
use crate::http::params::Params;
use crate::http::{Site, WALLETS};
use crate::usecase::Error;

const MAX_NONCE: usize = 512;
/// Fetches of one question: each is signed.
const MOST: usize = 40;

pub async fn by_get(State(site): State<Arc<Site>>, Named(key): Named<String>) -> Response {
    object(&site, &key, None).await
}

/// With a nonce of the wallet's own. What it tells of itself beside is not looked at.
pub async fn by_post(State(site): State<Arc<Site>>, Named(key): Named<String>, request: Request) -> Response {
    let form = match Params::read(request).await {
        Ok(form) => form,
        Err(fault) => return fault.into_response(),
    };
    match form.optional("wallet_nonce", MAX_NONCE) {
        Ok(nonce) => object(&site, &key, nonce).await,
        Err(fault) => fault.into_response(),
    }
}

async fn object(site: &Site, key: &str, wallet_nonce: Option<&str>) -> Response {
    let opened = match site.service.asked_wallet(key, &site.base.url(WALLETS)).await {
        Ok(opened) => opened,
        Err(Error::Store(error)) => {
            tracing::error!(%error, "a question could not be read");
            return Fault::Server.into_response();
        }
        Err(_) => return none(),
    };
    let counted = site.service.keys.once_mark("wallet-request", key.as_bytes(), "");
    if let Err(seconds) = site.tries.count(counted, MOST, site.service.now()) {
        return Fault::TooOften(seconds).into_response();
    }
    match site.service.asked_object(&opened, wallet_nonce) {
        Ok(jwt) => unstored(([(CONTENT_TYPE, format!("application/{REQUEST_TYPE}"))], jwt).into_response()),
        Err(_) => none(),
    }
}
