//! Where a unit's own system is told of its consents, and what could not be delivered there.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Json;
use super::caller::{Ask, Staff};
use super::problem::{Key, Problem};
use crate::domain::Timestamp;
use crate::store::delivery::{DeliveryRow, DeliveryState};

#[derive(Serialize, ToSchema)]
pub struct Receiver {
    address: String,
    since: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"address": "https://cases.example/egenkarta/events"}))]
pub struct ReceiverToSet {
    /// An https address without name, password, query or fragment. It needs no secret: check each token's signature instead.
    #[schema(example = "https://cases.example/egenkarta/events")]
    address: String,
}

#[derive(Serialize, ToSchema)]
pub struct Deliveries {
    /// The newest ten, whatever became of them.
    latest: Vec<Delivery>,
    /// What could not be delivered in three days.
    failed: Vec<Delivery>,
}

#[derive(Serialize, ToSchema)]
pub struct Delivery {
    /// `jti` of its token.
    id: Uuid,
    /// The URI of its event.
    event: String,
    /// None for a test.
    consent: Option<Uuid>,
    at: String,
    /// `waiting`, `delivered` or `failed`.
    state: &'static str,
    /// When it was delivered or given up.
    ended: Option<String>,
    tries: u64,
    /// When it will be tried next.
    next: Option<String>,
    /// Why the latest try failed: `address`, `unreachable`, `too_slow`, `answer`, or the receiver's own error code (RFC 8935, 2.4).
    fault: Option<&'static str>,
}

#[derive(Serialize, ToSchema)]
pub struct Retried {
    /// How many are tried again.
    count: u64,
}

/// Where the unit is told of its consents
#[utoipa::path(
    get, path = "/api/v1/unit/receiver", operation_id = "readReceiver", tag = "Case systems", security(("staff" = [])),
    responses(
        (status = 200, description = "Its address", body = Receiver),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The unit is told nowhere", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(ask: Ask, Staff(session): Staff) -> Result<axum::Json<Receiver>, Problem> {
    let (_, receiver) = ask.site.service.receiver(&session).await.map_err(ask.problem())?;
    let receiver = receiver.ok_or_else(|| Problem::new(ask.t, Key::NotFound))?;
    Ok(axum::Json(Receiver { address: receiver.address, since: receiver.since.rfc3339() }))
}

/// Have the unit told of its consents
///
/// Each time that a consent of the unit is given, changed, withdrawn, expires or is invalidated, a Security Event Token (RFC 8417) is
/// pushed to the address (RFC 8935): POST, `application/secevent+jwt`, and 202 is acceptance. Its `events` hold one member, such as
/// `urn:egenkarta:event:consent-withdrawn`, with the consent's id and the time; nothing of the person. `iss` is this service's origin,
/// `aud` that origin, `/units/` and the unit's id. The key stands at `/.well-known/jwks.json`. What is not accepted is sent again, the same
/// to the byte, after one minute and then after twice the pause each time, for three days; order is not promised.
#[utoipa::path(
    put, path = "/api/v1/unit/receiver", operation_id = "setReceiver", tag = "Case systems", security(("staff" = [])), request_body = ReceiverToSet,
    responses(
        (status = 204, description = "From now on the unit is told there"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No address that can be told", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn put(ask: Ask, Staff(session): Staff, Json(wanted): Json<ReceiverToSet>) -> Result<StatusCode, Problem> {
    let plain = ask.site.is_plain();
    ask.site.service.set_receiver(&session, &wanted.address, plain).await.map_err(ask.problem())?;
    Ok(StatusCode::NO_CONTENT)
}

/// Have the unit told no more; what waited is forgotten
#[utoipa::path(
    delete, path = "/api/v1/unit/receiver", operation_id = "dropReceiver", tag = "Case systems", security(("staff" = [])),
    responses(
        (status = 204, description = "The unit is told nowhere"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "It was told nowhere", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delete(ask: Ask, Staff(session): Staff) -> Result<StatusCode, Problem> {
    ask.site.service.drop_receiver(&session).await.map_err(ask.problem())?;
    Ok(StatusCode::NO_CONTENT)
}

/// Send an event of no consent, to see whether the receiver takes it
#[utoipa::path(
    post, path = "/api/v1/unit/receiver/test", operation_id = "testReceiver", tag = "Case systems", security(("staff" = [])),
    responses(
        (status = 202, description = "On its way: see what became of it under deliveries"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The unit is told nowhere", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn test(ask: Ask, Staff(session): Staff) -> Result<StatusCode, Problem> {
    ask.site.service.test_receiver(&session).await.map_err(ask.problem())?;
    Ok(StatusCode::ACCEPTED)
}

/// What was lately told, and what could not be
#[utoipa::path(
    get, path = "/api/v1/unit/deliveries", operation_id = "listDeliveries", tag = "Case systems", security(("staff" = [])),
    responses(
        (status = 200, description = "The newest first", body = Deliveries),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn deliveries(ask: Ask, Staff(session): Staff) -> Result<axum::Json<Deliveries>, Problem> {
    let all = ask.site.service.deliveries(&session).await.map_err(ask.problem())?;
    let shown = |rows: &[DeliveryRow]| rows.iter().map(shown).collect();
    Ok(axum::Json(Deliveries { latest: shown(&all.latest), failed: shown(&all.failed) }))
}

/// Try again what could not be delivered
#[utoipa::path(
    post, path = "/api/v1/unit/deliveries/retry", operation_id = "retryDeliveries", tag = "Case systems", security(("staff" = [])),
    responses(
        (status = 200, description = "On their way", body = Retried),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn retry(ask: Ask, Staff(session): Staff) -> Result<axum::Json<Retried>, Problem> {
    let count = ask.site.service.retry_deliveries(&session).await.map_err(ask.problem())?;
    Ok(axum::Json(Retried { count }))
}

fn shown(row: &DeliveryRow) -> Delivery {
    let (ended, next) = match row.state {
        DeliveryState::Waiting => (None, Some(row.due)),
        DeliveryState::Delivered { at } | DeliveryState::Failed { at } => (Some(at), None),
    };
    Delivery {
        id: row.id,
        event: row.told.uri(),
        consent: row.consent.map(|id| id.0),
        at: row.at.rfc3339(),
        state: row.state.word(),
        ended: ended.map(Timestamp::rfc3339),
        tries: row.tries,
        next: next.map(Timestamp::rfc3339),
        fault: row.fault.map(crate::domain::delivery::NotTaken::word),
    }
}
