//! The pushed authorization request of a wallet (RFC 9126; OpenID4VCI 1.0, 5): the only way to begin one.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::metadata::identified;
use super::none;
use super::sent::{MAX_CLIENT, Sent, proof, unknown_details, with_nonce};
use crate::api::body::Named;
use crate::api::par::{MAX_ADDRESS, MAX_DETAILS, MAX_STATE, challenge, for_code, named_key, one_key};
use crate::credential::openid4vci::{ReturnAddress, asks_by_scope, details_asked};
use crate::domain::UnitId;
use crate::domain::oauth::Fault;
use crate::http::Site;
use crate::http::fault::unstored;
use crate::http::params::Params;
use crate::usecase::wallet::Pushed;

const MAX_ISSUER_STATE: usize = 128;
const MAX_SCOPE: usize = 256;

pub async fn push(State(site): State<Arc<Site>>, Named(unit): Named<String>, request: Request) -> Response {
    let Some((id, issuer)) = identified(&site, &unit) else { return none() };
    let response = match pushed(&site, (id, &unit, &issuer), request).await {
        Ok((request_uri, expires_in)) => {
            let body = Json(json!({ "request_uri": request_uri, "expires_in": expires_in }));
            unstored((StatusCode::CREATED, body).into_response())
        }
        Err(fault) => fault.into_response(),
    };
    with_nonce(&site, response)
}

async fn pushed(site: &Arc<Site>, (id, unit, issuer): (UnitId, &str, &str), request: Request) -> Result<(String, i64), Fault> {
    let Sent { form, headers } = Sent::read(site, request).await?;
    let pushed = read(&form, issuer)?;
    let proven = proof(site, &format!("/issuer/{unit}/par"), &headers).await?;
    let thumbprint = one_key(proven, pushed.thumbprint)?;
    site.service.push_wallet_request(id, Pushed { thumbprint, ..pushed }).await
}

fn read(form: &Params, issuer: &str) -> Result<Pushed, Fault> {
    for_code(form)?;
    if form.optional("resource", MAX_ADDRESS)?.is_some_and(|resource| resource != issuer) {
        return Err(Fault::Target);
    }
    let (client_id, redirect_uri) = (form.required("client_id", MAX_CLIENT)?, form.required("redirect_uri", MAX_ADDRESS)?);
    if ReturnAddress::read(redirect_uri, client_id).is_none() {
        return Err(Fault::Request("redirect_uri is none that an answer may go to"));
    }
    let text = |value: Option<&str>| value.map(str::to_owned);
    Ok(Pushed {
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        state: text(form.optional("state", MAX_STATE)?),
        challenge: challenge(form)?,
        thumbprint: named_key(form)?,
        issuer_state: text(form.optional("issuer_state", MAX_ISSUER_STATE)?),
        details: by_details(form, issuer)?,
    })
}

/// Whether it asks by `authorization_details`; else by `scope`. What both ask for is one.
fn by_details(form: &Params, issuer: &str) -> Result<bool, Fault> {
    let details = form.optional("authorization_details", MAX_DETAILS)?;
    let scope = form.optional("scope", MAX_SCOPE)?;
    if scope.is_some_and(|scope| !asks_by_scope(scope)) {
        return Err(Fault::Scope);
    }
    match details {
        Some(text) if details_asked(text, issuer) => Ok(true),
        Some(_) => Err(unknown_details()),
        None if scope.is_some() => Ok(false),
        None => Err(Fault::Request("ask by scope or by authorization_details")),
    }
}
