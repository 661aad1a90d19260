//! Consent tokens: minted by a unit's administrator, shown once, ended at once.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Json, Named};
use super::caller::{Ask, Staff};
use super::problem::{Key, Problem};
use crate::domain::ConsentId;
use crate::domain::profile::Fault;
use crate::usecase::Error;
use crate::usecase::token::{Live, MAX_DAYS};

#[derive(Serialize, ToSchema)]
pub struct Tokens {
    tokens: Vec<LiveToken>,
}

/// A token without its secret.
#[derive(Serialize, ToSchema)]
pub struct LiveToken {
    id: String,
    consent: Uuid,
    code: String,
    name: String,
    by: String,
    issued: String,
    until: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"consent": "3f0c1c8e-2f5e-4b57-9d3a-6f2b8a1c4d5e", "days": 7, "name": "Ärendesystemet"}))]
pub struct TokenToMint {
    consent: Uuid,
    /// 1 to 30; it never outlives its consent.
    #[schema(minimum = 1, maximum = 30)]
    days: u16,
    /// What the unit calls it. The person sees this name.
    name: String,
}

#[derive(Serialize, ToSchema)]
pub struct Minted {
    id: String,
    consent: Uuid,
    /// Shown this once.
    token: String,
    until: String,
}

/// The unit's live tokens
#[utoipa::path(
    get, path = "/api/v1/tokens", operation_id = "listTokens", tag = "Staff", security(("staff" = [])),
    responses(
        (status = 200, description = "Without their secrets", body = Tokens),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(ask: Ask, Staff(session): Staff) -> Result<axum::Json<Tokens>, Problem> {
    let live = ask.site.service.tokens(&session).await.map_err(ask.problem())?;
    Ok(axum::Json(Tokens { tokens: live.into_iter().map(shown).collect() }))
}

/// Mint a token for a live consent
#[utoipa::path(
    post, path = "/api/v1/tokens", operation_id = "mintToken", tag = "Staff", security(("staff" = [])), request_body = TokenToMint,
    responses(
        (status = 201, description = "The token, shown this once; the person is told", body = Minted),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such consent in the inbox", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The consent has ended", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Too many days, or no name", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn mint(ask: Ask, Staff(session): Staff, Json(wanted): Json<TokenToMint>) -> Result<Response, Problem> {
    if !(1..=MAX_DAYS).contains(&wanted.days) {
        let fault = Fault::NotANumber { min: 1, max: MAX_DAYS.into() };
        return Err(ask.problem()(Error::Faults(vec![("days".to_owned(), fault)])));
    }
    let consent = ConsentId(wanted.consent);
    let minted = ask.site.service.mint(&session, consent, wanted.days, &wanted.name).await;
    let (secret, until) = minted.map_err(ask.problem())?;
    let minted = Minted {
        id: hex::encode(secret.lookup().0),
        consent: wanted.consent,
        token: secret.text().as_str().to_owned(),
        until: until.rfc3339(),
    };
    Ok((StatusCode::CREATED, axum::Json(minted)).into_response())
}

/// End a token
#[utoipa::path(
    delete, path = "/api/v1/tokens/{id}", operation_id = "revokeToken", tag = "Staff", security(("staff" = [])), params(("id" = String, Path)),
    responses(
        (status = 204, description = "Ended at once"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such live token", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn revoke(ask: Ask, Staff(session): Staff, Named(id): Named<String>) -> Result<StatusCode, Problem> {
    let mut lookup = [0; 32];
    hex::decode_to_slice(&id, &mut lookup).map_err(|_| Problem::new(ask.t, Key::NotFound))?;
    ask.site.service.revoke(&session, lookup).await.map_err(ask.problem())?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(live: Live) -> LiveToken {
    LiveToken {
        id: hex::encode(live.lookup),
        consent: live.consent.0,
        code: live.code,
        name: live.label.name,
        by: live.label.by,
        issued: live.issued.rfc3339(),
        until: live.until.rfc3339(),
    }
}
