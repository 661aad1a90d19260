//! Asking: pushed requests (RFC 9126) and the device flow's beginning (RFC 8628).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::answered;
use crate::domain::oauth::{Asked, Fault};
use crate::http::client::Authenticated;
use crate::usecase::request::{DeviceStarted, Redirect};

/// Where people type a short code; a page.
const REQUEST: &str = "/request";
const MAX_ADDRESS: usize = 500;
const MAX_STATE: usize = 512;
/// `authorization_details`; the type itself takes less.
pub(super) const MAX_DETAILS: usize = 8 * 1024;

/// Pushes an authorization request. The only way to begin one in a browser.
pub async fn push(asked: Authenticated) -> Response {
    match pushed(&asked).await {
        Ok((request_uri, expires_in)) => {
            let body = Json(json!({ "request_uri": request_uri, "expires_in": expires_in }));
            answered(&asked, (StatusCode::CREATED, body).into_response())
        }
        Err(fault) => answered(&asked, fault.into_response()),
    }
}

/// Begins the flow at a desk: a code that the person types or scans.
pub async fn device(asked: Authenticated) -> Response {
    let begun = match details(&asked).and_then(|details| details.ok_or(Fault::Request("authorization_details is missing"))) {
        Ok(details) => asked.site.service.begin_device(&asked.client, details).await,
        Err(fault) => Err(fault),
    };
    match begun {
        Ok(begun) => {
            let body = Json(json!({
                "device_code": begun.device_code,
                "user_code": begun.user_code,
                "verification_uri": asked.site.base.url(REQUEST),
                "verification_uri_complete": complete(&asked, &begun),
                "expires_in": begun.expires_in,
                "interval": begun.interval,
            }));
            answered(&asked, body.into_response())
        }
        Err(fault) => answered(&asked, fault.into_response()),
    }
}

/// What a QR code holds: the short code, and the hash of the key to which the answer will be sealed.
fn complete(asked: &Authenticated, begun: &DeviceStarted) -> String {
    asked.site.base.url(&format!("{REQUEST}/{}?k={}", begun.user_code, begun.key_hash))
}

async fn pushed(asked: &Authenticated) -> Result<(String, i64), Fault> {
    let form = &asked.form;
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
    // The client must say who it is in the request too (RFC 9126, 2.1; RFC 6749, 4.1.1).
    form.required("client_id", 64)?;
    let redirect_uri = form.required("redirect_uri", MAX_ADDRESS)?;
    // Sign by sign (RFC 9700, 2.1).
    if !asked.client.redirects.iter().any(|known| known == redirect_uri) {
        return Err(Fault::Request("redirect_uri is not registered"));
    }
    let challenge = challenge(asked)?;
    let details = details(asked)?.ok_or(Fault::Request("authorization_details is missing"))?;
    let redirect = Redirect {
        redirect_uri: redirect_uri.to_owned(),
        state: form.optional("state", MAX_STATE)?.map(str::to_owned),
        challenge,
        thumbprint: key(asked)?,
    };
    asked.site.service.push_request(&asked.client, details, redirect).await
}

/// RFC 7636, 4.3: S256, whose challenge is a hash of 32 bytes.
fn challenge(asked: &Authenticated) -> Result<String, Fault> {
    let challenge = asked.form.required("code_challenge", 128)?;
    if asked.form.optional("code_challenge_method", 64)? != Some("S256") {
        return Err(Fault::Request("code_challenge_method must be S256"));
    }
    if thumbprint(challenge).is_none() {
        return Err(Fault::Request("code_challenge is no SHA-256 in base64url"));
    }
    Ok(challenge.to_owned())
}

/// The key that the code will be bound to (RFC 9449, 10 and 10.1): of the proof, or named; where both, they must be one.
fn key(asked: &Authenticated) -> Result<Option<Vec<u8>>, Fault> {
    let named =
        asked.form.optional("dpop_jkt", 128)?.map(|text| thumbprint(text).ok_or(Fault::Request("dpop_jkt is no thumbprint")));
    match (asked.proof, named.transpose()?) {
        (Some(proof), Some(named)) if proof[..] != named[..] => Err(Fault::Proof),
        (Some(proof), _) => Ok(Some(proof.to_vec())),
        (None, named) => Ok(named),
    }
}

fn thumbprint(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() == 32)
}

/// `authorization_details` (RFC 9396), where it was sent. Scopes say too little of what is asked: we have none.
pub(super) fn details(asked: &Authenticated) -> Result<Option<Asked>, Fault> {
    if asked.form.has("scope") {
        return Err(Fault::Scope);
    }
    let Some(text) = asked.form.optional("authorization_details", MAX_DETAILS)? else { return Ok(None) };
    Asked::parse(text).map(Some).map_err(|fault| Fault::Details(fault.words().to_owned()))
}
