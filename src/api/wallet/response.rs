//! Where a wallet posts its presentation (OpenID4VP 1.0, 8.2).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::none;
use crate::domain::oauth::Fault;
use crate::http::fault::unstored;
use crate::http::params::Params;
use crate::http::{Site, WALLET_RESPONSE as RESPONSE};
use crate::usecase::Error;
use crate::usecase::verify::Outside;

/// The presentations of one answer.
const MAX_TOKEN: usize = 200 * 1024;
const MAX_STATE: usize = 128;
/// Tries to answer one question.
const MOST: usize = 20;

pub async fn response(State(site): State<Arc<Site>>, Path(key): Path<String>, request: Request) -> Response {
    let opened = match site.service.asked_wallet(&key, &site.base.url(RESPONSE)).await {
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
    let (state, vp_token) = match (form.required("state", MAX_STATE), form.required("vp_token", MAX_TOKEN)) {
        (Ok(state), Ok(vp_token)) => (state, vp_token),
        (Err(fault), _) | (_, Err(fault)) => return fault.into_response(),
    };
    let outside = Outside { fetch: &*site.fetch, base: site.base.origin() };
    match site.service.answer_wallet(&opened, state, vp_token, outside).await {
        Ok(()) => heard(),
        Err(Error::Store(error)) => failed(&error),
        Err(Error::NotFound) => none(),
        Err(_) => Fault::Request("this does not answer what was asked").into_response(),
    }
}

fn heard() -> Response {
    unstored((StatusCode::OK, Json(json!({}))).into_response())
}

fn failed(error: &impl std::fmt::Display) -> Response {
    tracing::error!(%error, "a presentation could not be taken");
    Fault::Server.into_response()
}
