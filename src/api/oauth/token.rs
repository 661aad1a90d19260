//! The token endpoint with its grants, introspection (RFC 7662) and revocation (RFC 7009).

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answered;
use super::ask::details;
use crate::api::par::MAX_ADDRESS;
use crate::domain::oauth::Fault;
use crate::http::client::Authenticated;
use crate::usecase::grant::Tokens;

const MAX_TOKEN: usize = 512;
/// RFC 7636, 4.1.
const VERIFIER: std::ops::RangeInclusive<usize> = 43..=128;

pub const CODE: &str = "authorization_code";
pub const REFRESH: &str = "refresh_token";
/// RFC 6749, 4.4: what stands in clear of the unit's consents.
pub const CLIENT: &str = "client_credentials";
/// RFC 8628, 3.4.
pub const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// RFC 8693, 2.1.
pub const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// Gives tokens, each bound to the key of the request's proof.
pub async fn token(asked: Authenticated) -> Response {
    if asked.form.optional("grant_type", 128).is_ok_and(|kind| kind == Some(CLIENT)) {
        return answered(&asked, of_client(&asked).map_or_else(IntoResponse::into_response, |body| Json(body).into_response()));
    }
    let exchange = asked.form.optional("grant_type", 128).is_ok_and(|kind| kind == Some(EXCHANGE));
    match granted(&asked).await {
        Ok(tokens) => {
            let mut body = json!({
                "access_token": tokens.access.text().as_str(),
                "token_type": "DPoP",
                "expires_in": tokens.expires_in,
                "authorization_details": tokens.details,
            });
            if let Some(refresh) = &tokens.refresh {
                body["refresh_token"] = refresh.text().as_str().into();
            }
            if exchange {
                body["issued_token_type"] = ACCESS_TOKEN.into();
            }
            answered(&asked, Json(body).into_response())
        }
        Err(fault) => answered(&asked, fault.into_response()),
    }
}

/// For the program itself: no person is asked, since nothing of any opens by it.
fn of_client(asked: &Authenticated) -> Result<Value, Fault> {
    if asked.form.has("authorization_details") || asked.form.has("scope") {
        return Err(Fault::Scope);
    }
    let thumb = asked.proof.ok_or(Fault::Proof)?;
    let (token, expires_in) = asked.site.service.program_token(&asked.client, &thumb);
    Ok(json!({ "access_token": token, "token_type": "DPoP", "expires_in": expires_in }))
}

async fn granted(asked: &Authenticated) -> Result<Tokens, Fault> {
    let (form, client, service) = (&asked.form, &asked.client, &asked.site.service);
    let kind = form.required("grant_type", 128)?;
    if ![CODE, REFRESH, DEVICE, EXCHANGE].contains(&kind) {
        return Err(Fault::GrantType);
    }
    // Every token is bound to a key (FAPI 2.0 security profile, 5.3.2.1).
    let thumb = asked.proof.ok_or(Fault::Proof)?;
    match kind {
        CODE => {
            let (code, to) = (form.required("code", MAX_TOKEN)?, form.required("redirect_uri", MAX_ADDRESS)?);
            service.redeem_code(client, &thumb, code, to, verifier(asked)?).await
        }
        REFRESH => {
            let narrower = details(asked)?;
            service.refresh(client, &thumb, form.required("refresh_token", MAX_TOKEN)?, narrower).await
        }
        DEVICE => {
            let approved = service.collect(client, form.required("device_code", MAX_TOKEN)?).await?;
            service.collected(client, &thumb, approved).await
        }
        _ => exchanged(asked, &thumb).await,
    }
}

/// RFC 8693: an access token against a narrower one, for whoever it was given to.
async fn exchanged(asked: &Authenticated, thumb: &[u8]) -> Result<Tokens, Fault> {
    let form = &asked.form;
    let subject = form.required("subject_token", MAX_TOKEN)?;
    if form.required("subject_token_type", 128)? != ACCESS_TOKEN {
        return Err(Fault::Request("subject_token_type must be that of an access token"));
    }
    if form.optional("requested_token_type", 128)?.is_some_and(|kind| kind != ACCESS_TOKEN) {
        return Err(Fault::Request("requested_token_type must be that of an access token"));
    }
    if form.has("actor_token") || form.has("actor_token_type") {
        return Err(Fault::Request("nobody acts for another here"));
    }
    let ours = asked.site.base.url(super::metadata::RESOURCE);
    if form.has("audience") || form.optional("resource", MAX_ADDRESS)?.is_some_and(|resource| resource != ours) {
        return Err(Fault::Target);
    }
    let wanted = details(asked)?.ok_or(Fault::Request("authorization_details is missing"))?;
    asked.site.service.exchange(&asked.client, thumb, subject, wanted).await
}

/// Of the unreserved signs, and of the length that makes it unguessable (RFC 7636, 4.1).
fn verifier(asked: &Authenticated) -> Result<&str, Fault> {
    let verifier = asked.form.required("code_verifier", *VERIFIER.end())?;
    let plain = verifier.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'));
    if plain && VERIFIER.contains(&verifier.len()) { Ok(verifier) } else { Err(Fault::Request("code_verifier is ill-formed")) }
}

/// Whether a token of the client's own is live.
pub async fn introspect(asked: Authenticated) -> Response {
    let found: Result<Value, Fault> = match asked.form.required("token", MAX_TOKEN) {
        Ok(token) => asked.site.service.introspect(&asked.client, token).await.map(|found| found.json()),
        Err(fault) => Err(fault),
    };
    answered(&asked, found.map_or_else(IntoResponse::into_response, |body| Json(body).into_response()))
}

/// Ends a token. An unknown one has ended already.
pub async fn revoke(asked: Authenticated) -> Response {
    let ended = match asked.form.required("token", MAX_TOKEN) {
        Ok(token) => asked.site.service.revoke_presented(&asked.client, token).await,
        Err(fault) => Err(fault),
    };
    answered(&asked, ended.into_response())
}
