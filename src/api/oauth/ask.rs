//! Asking: pushed requests (RFC 9126) and the device flow's beginning (RFC 8628).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::answered;
use crate::api::par::{MAX_ADDRESS, MAX_DETAILS, MAX_STATE, challenge, for_code, named_key, one_key};
use crate::domain::oauth::{Asked, Fault};
use crate::http::client::Authenticated;
use crate::usecase::request::{DeviceStarted, Redirect};

/// Where people type a short code; a page.
const REQUEST: &str = "/request";

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
    for_code(form)?;
    // The client must say who it is in the request too (RFC 9126, 2.1; RFC 6749, 4.1.1).
    form.required("client_id", 64)?;
    let redirect_uri = form.required("redirect_uri", MAX_ADDRESS)?;
    // Sign by sign (RFC 9700, 2.1).
    if !asked.client.redirects.iter().any(|known| known == redirect_uri) {
        return Err(Fault::Request("redirect_uri is not registered"));
    }
    let challenge = challenge(form)?;
    let details = details(asked)?.ok_or(Fault::Request("authorization_details is missing"))?;
    let redirect = Redirect {
        redirect_uri: redirect_uri.to_owned(),
        state: form.optional("state", MAX_STATE)?.map(str::to_owned),
        challenge,
        thumbprint: one_key(asked.proof, named_key(form)?)?.map(Vec::from),
    };
    asked.site.service.push_request(&asked.client, details, redirect).await
}

/// `authorization_details` (RFC 9396), where it was sent. Scopes say too little of what is asked: we have none.
pub(super) fn details(asked: &Authenticated) -> Result<Option<Asked>, Fault> {
    if asked.form.has("scope") {
        return Err(Fault::Scope);
    }
    let Some(text) = asked.form.optional("authorization_details", MAX_DETAILS)? else { return Ok(None) };
    Asked::parse(text).map(Some).map_err(|fault| Fault::Details(fault.words().to_owned()))
}
