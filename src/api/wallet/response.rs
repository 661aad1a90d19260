//! Where a wallet posts its presentation (OpenID4VP 1.0, 8.2, 8.3).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::none;
use crate::api::body::Named;
use crate::domain::oauth::Fault;
use crate::http::fault::unstored;
use crate::http::params::Params;
use crate::http::{Site, WALLETS};
use crate::usecase::Error;
use crate::usecase::verify::Outside;
use crate::usecase::wallet::Opened;

/// The presentations of one answer.
const MAX_TOKEN: usize = 200 * 1024;
/// The same, sealed: each is kept unseen.
const MAX_SEALED: usize = 100 * 1024;
const MAX_STATE: usize = 128;
/// Tries to answer one question.
const MOST: usize = 20;

pub async fn response(State(site): State<Arc<Site>>, Named(key): Named<String>, request: Request) -> Response {
    let opened = match site.service.asked_wallet(&key, &site.base.url(WALLETS)).await {
        Ok(opened) => opened,
        Err(Error::Store(error)) => return failed(&error),
        Err(_) => return none(),
    };
    let counted = site.service.keys.once_mark("wallet-answer", key.as_bytes(), "");
    if let Err(seconds) = site.tries.count(counted, MOST, site.service.now()) {
        return Fault::TooOften(seconds).into_response();
    }
    let form = match Params::read_within(request, MAX_TOKEN).await {
        Ok(form) => form,
        Err(fault) => return fault.into_response(),
    };
    // A no, or a wallet that could not (8.5): heard, and kept nowhere.
    if form.has("error") {
        return heard();
    }
    match taken(&site, &opened, &form).await {
        Ok(Ok(())) => heard(),
        Ok(Err(Error::Store(error))) => failed(&error),
        Ok(Err(Error::NotFound)) => none(),
        Ok(Err(_)) => Fault::Request("this does not answer what was asked").into_response(),
        Err(fault) => fault.into_response(),
    }
}

async fn taken(site: &Site, opened: &Opened, form: &Params) -> Result<Result<(), Error>, Fault> {
    if opened.asking.signed.is_some() {
        let response = form.required("response", MAX_SEALED)?;
        return Ok(site.service.answer_wallet_sealed(opened, response).await);
    }
    let (state, vp_token) = (form.required("state", MAX_STATE)?, form.required("vp_token", MAX_TOKEN)?);
    let outside = Outside { fetch: &*site.fetch, base: site.base.origin() };
    Ok(site.service.answer_wallet(opened, state, vp_token, outside).await)
}

fn heard() -> Response {
    unstored((StatusCode::OK, Json(json!({}))).into_response())
}

fn failed(error: &impl std::fmt::Display) -> Response {
    tracing::error!(%error, "a presentation could not be taken");
    Fault::Server.into_response()
}
