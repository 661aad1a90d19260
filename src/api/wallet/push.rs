//! The pushed authorization request of a wallet (RFC 9126; OpenID4VCI 1.0, 5): the only way to begin one.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::metadata::identified;
use super::none;
use super::sent::{MAX_ADDRESS, MAX_CLIENT, MAX_DETAILS, Sent, proof, unknown_details, with_nonce};
use crate::credential::openid4vci::{ReturnAddress, asks_by_scope, details_asked};
use crate::domain::UnitId;
use crate::domain::oauth::Fault;
use crate::http::Site;
use crate::http::fault::unstored;
use crate::http::params::Params;
use crate::usecase::wallet::Pushed;

const MAX_STATE: usize = 512;
const MAX_ISSUER_STATE: usize = 128;
const MAX_SCOPE: usize = 256;

pub async fn push(State(site): State<Arc<Site>>, Path(unit): Path<String>, request: Request) -> Response {
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
    // Of the proof, or named; where both, they must be one (RFC 9449, 10 and 10.1).
    let thumbprint = match (proven, pushed.thumbprint) {
        (Some(proven), Some(named)) if proven != named => return Err(Fault::Proof),
        (proven, named) => proven.or(named),
    };
    site.service.push_wallet_request(id, Pushed { thumbprint, ..pushed }).await
}

fn read(form: &Params, issuer: &str) -> Result<Pushed, Fault> {
    // RFC 9126, 2.1: a pushed request is none by reference. A hint would name a person where nobody has been asked yet.
    if form.has("request_uri") || form.has("request") {
        return Err(Fault::Request("push the parameters themselves"));
    }
    if form.has("login_hint") || form.has("id_token_hint") {
        return Err(Fault::Request("no hint of who the person is is taken"));
    }
    if form.required("response_type", 64)? != "code" {
        return Err(Fault::ResponseType);
    }
    if form.optional("response_mode", 64)?.is_some_and(|mode| mode != "query") {
        return Err(Fault::Request("the only response_mode is query"));
    }
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
        thumbprint: form
            .optional("dpop_jkt", 64)?
            .map(|text| hash(text).ok_or(Fault::Request("dpop_jkt is no thumbprint")))
            .transpose()?,
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

/// RFC 7636, 4.3: S256, whose challenge is a hash of 32 bytes.
fn challenge(form: &Params) -> Result<String, Fault> {
    let challenge = form.required("code_challenge", 128)?;
    if form.optional("code_challenge_method", 64)? != Some("S256") {
        return Err(Fault::Request("code_challenge_method must be S256"));
    }
    hash(challenge).map(|_| challenge.to_owned()).ok_or(Fault::Request("code_challenge is no SHA-256 in base64url"))
}

fn hash(text: &str) -> Option<[u8; 32]> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
