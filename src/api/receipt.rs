//! Receipts: of a consent, for both sides; of a read, for the person.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};

use super::body::{Named, id};
use super::caller::{Ask, Owner, Staff};
use super::problem::{Key, Problem};
use crate::usecase::receipt::Receipt;

/// The receipt of a consent
///
/// ISO/IEC TS 27560:2023 in JSON-LD with the terms of the Data Privacy Vocabulary 2.2, as the payload of a JWS in compact form of type
/// `egenkarta-receipt+jws`, signed with Ed25519; its key stands at `/.well-known/jwks.json`. With `Accept: application/ld+json` the
/// document alone, unsigned. Also after the consent's end.
#[utoipa::path(
    get, path = "/api/v1/consents/{id}/receipt", operation_id = "consentReceipt", tag = "Person", security(("person" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "The receipt", content((String = "application/jose"), (serde_json::Value = "application/ld+json"))),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such consent", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn of_person(
    ask: Ask,
    Owner(session): Owner,
    headers: HeaderMap,
    Named(consent): Named<String>,
) -> Result<Response, Problem> {
    let publisher = ask.site.publisher();
    let receipt = ask.site.service.receipt(&session, id(&ask, &consent)?, &publisher).await.map_err(ask.problem())?;
    Ok(answer(&headers, "application/ld+json", receipt))
}

/// The unit's receipt of a consent, from its own record
///
/// As the person's. It outlives the consent, and what the person erases.
#[utoipa::path(
    get, path = "/api/v1/inbox/{consent}/receipt", operation_id = "unitReceipt", tag = "Staff", security(("staff" = [])), params(("consent" = Uuid, Path)),
    responses(
        (status = 200, description = "The receipt", content((String = "application/jose"), (serde_json::Value = "application/ld+json"))),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such consent in the inbox", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn of_unit(
    ask: Ask,
    Staff(session): Staff,
    headers: HeaderMap,
    Named(consent): Named<String>,
) -> Result<Response, Problem> {
    let publisher = ask.site.publisher();
    let receipt = ask.site.service.unit_receipt(&session, id(&ask, &consent)?, &publisher).await.map_err(ask.problem())?;
    Ok(answer(&headers, "application/ld+json", receipt))
}

/// The receipt of one read, for the person
///
/// A JWS in compact form of type `egenkarta-read-receipt+jws`, format `egenkarta/read-receipt/1`: who, when, for which case, how many
/// entries, and the digest that the event holds over what was returned. `entries` names what was returned by the consent's own names,
/// with versions and the SHA-256 of the sealed records, as far as it is kept still; `complete` says that these give the event's digest:
/// SHA-256 over fields that each begin with a 4-byte length, the label `egenkarta/v1/receipt/read` and then, in the order of their names,
/// each entry's name (16 bytes), version (16 bytes) and SHA-256. With `Accept: application/json` the document alone, unsigned.
#[utoipa::path(
    get, path = "/api/v1/consents/{id}/events/{event}/receipt", operation_id = "readReceipt", tag = "Person", security(("person" = [])),
    params(("id" = Uuid, Path), ("event" = u64, Path, description = "The number of the read among the consent's events")),
    responses(
        (status = 200, description = "The receipt", content((String = "application/jose"), (serde_json::Value = "application/json"))),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such read", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn of_read(
    ask: Ask,
    Owner(session): Owner,
    headers: HeaderMap,
    Named((consent, event)): Named<(String, String)>,
) -> Result<Response, Problem> {
    let event = event.parse().map_err(|_| Problem::new(ask.t, Key::NotFound))?;
    let receipt = ask.site.service.read_receipt(&session, id(&ask, &consent)?, event).await.map_err(ask.problem())?;
    Ok(answer(&headers, "application/json", receipt))
}

/// Signed, unless the document alone is asked for.
fn answer(headers: &HeaderMap, plain: &'static str, receipt: Receipt) -> Response {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wants_plain = accepted.split(',').any(|one| one.split(';').next().is_some_and(|kind| kind.trim() == plain));
    let (kind, body) = if wants_plain { (plain, receipt.document.to_string()) } else { ("application/jose", receipt.jws) };
    ([(CONTENT_TYPE, kind), (VARY, "accept")], body).into_response()
}
