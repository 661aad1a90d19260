//! A unit's consents for its own programs: what changed since, and the unit's word that it knows of an end.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Asked, Named, id};
use super::caller::{Ask, UnitSide};
use super::disclosure::tagged;
use super::problem::{Key, Problem};
use crate::domain::Timestamp;
use crate::store::inbox::ClearRow;
use crate::usecase::unit_consent::{Changed, For, MOST};

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The `next` of an earlier answer: only what changed after it. Absent: all.
    since: Option<String>,
    /// At most so many, 1 to 500.
    limit: Option<u64>,
}

#[derive(Serialize, ToSchema)]
pub struct UnitConsents {
    /// The longest unchanged first. One that changes again comes again.
    consents: Vec<UnitConsent>,
    /// To be given as `since` next time. It only ever grows.
    next: String,
    /// There is more after it now.
    more: bool,
}

/// What stands in clear of a consent. Its purpose, terms and entries are sealed.
#[derive(Serialize, ToSchema)]
pub struct UnitConsent {
    consent: Uuid,
    /// As ISO/IEC TS 27560 names it: `given`, `withdrawn`, `expired`, `invalidated`.
    state: &'static str,
    arrived: String,
    /// When it was given, its terms changed, it ended, or its end was acknowledged: whichever came last.
    changed: String,
    ended: Option<String>,
    acknowledged: Option<String>,
    /// The number of its latest change, which each new version of its terms raises.
    version: u64,
}

/// The unit's consents, or those that changed since
///
/// Ids, states and times, and nothing else: a program has no keyring, and terms and entries stay sealed. What a consent gives is read with
/// a consent token, or by staff. `next` is a cursor that misses nothing: whoever has asked up to it has seen every change before it.
#[utoipa::path(
    get, path = "/api/v1/unit/consents", operation_id = "listUnitConsents", tag = "Case systems", security(("staff" = []), ("program" = [])),
    params(Since, ("If-None-Match" = Option<String>, Header, description = "An earlier ETag: 304 where nothing has changed")),
    responses(
        (status = 200, description = "What changed", body = UnitConsents, headers(("ETag" = String))),
        (status = 304, description = "As in the answer that gave this ETag"),
        (status = 400, description = "`since` was never given out: ask without it. Or `limit` is not from 1 to 500", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "Nobody of the unit", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(ask: Ask, side: UnitSide, headers: HeaderMap, Asked(asked): Asked<Since>) -> Result<Response, Problem> {
    listed(&ask, side.by(), &headers, asked).await
}

/// One of the unit's consents, as it stands in clear
#[utoipa::path(
    get, path = "/api/v1/unit/consents/{id}", operation_id = "readUnitConsent", tag = "Case systems", security(("staff" = []), ("program" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "Its state and times", body = UnitConsent, headers(("ETag" = String))),
        (status = 304, description = "As in the answer that gave this ETag"),
        (status = 401, description = "Nobody of the unit", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The unit was given no such consent", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn one(ask: Ask, side: UnitSide, headers: HeaderMap, Named(consent): Named<String>) -> Result<Response, Problem> {
    let row = ask.site.service.unit_consent(side.by(), id(&ask, &consent)?).await.map_err(ask.problem())?;
    Ok(tagged(&headers, &tag(std::slice::from_ref(&row)), || axum::Json(UnitConsent::new(&row)).into_response()))
}

/// Say that the unit knows of a consent's end
///
/// The person sees it in their list of events, and on the consent's page. Said again, it changes nothing.
#[utoipa::path(
    post, path = "/api/v1/unit/consents/{id}/acknowledge", operation_id = "acknowledgeEnd", tag = "Case systems", security(("staff" = []), ("program" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "The person is told", body = UnitConsent),
        (status = 401, description = "Nobody of the unit", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The unit has no such consent that has ended", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn acknowledge(ask: Ask, side: UnitSide, Named(consent): Named<String>) -> Result<axum::Json<UnitConsent>, Problem> {
    acknowledged(&ask, side.by(), &consent).await.map(axum::Json)
}

/// The list, for whoever acts for the unit.
pub async fn listed(ask: &Ask, by: For<'_>, headers: &HeaderMap, asked: Since) -> Result<Response, Problem> {
    let bad = || Problem::new(ask.t, Key::BadQuery);
    let since = asked.since.as_deref().map_or(Ok(0), str::parse).map_err(|_| bad())?;
    let most = Some(asked.limit.unwrap_or(MOST)).filter(|most| (1..=MOST).contains(most)).ok_or_else(bad)?;
    let found = ask.site.service.unit_consents(by, since, most).await.map_err(ask.problem())?;
    if since > found.next {
        // Never given out: to go on from it would miss what changes next.
        return Err(bad());
    }
    Ok(tagged(headers, &tag(&found.consents), || axum::Json(UnitConsents::new(&found)).into_response()))
}

/// The acknowledgement, for whoever acts for the unit.
pub async fn acknowledged(ask: &Ask, by: For<'_>, consent: &str) -> Result<UnitConsent, Problem> {
    let row = ask.site.service.acknowledge_end(by, id(ask, consent)?).await.map_err(ask.problem())?;
    Ok(UnitConsent::new(&row))
}

impl UnitConsents {
    fn new(found: &Changed) -> Self {
        Self { consents: found.consents.iter().map(UnitConsent::new).collect(), next: found.next.to_string(), more: found.more }
    }
}

impl UnitConsent {
    fn new(row: &ClearRow) -> Self {
        Self {
            consent: row.consent.0,
            state: row.state.word(),
            arrived: row.arrived.rfc3339(),
            changed: row.changed.rfc3339(),
            ended: row.state.ended_at().map(Timestamp::rfc3339),
            acknowledged: row.acknowledged.map(Timestamp::rfc3339),
            version: row.change,
        }
    }
}

/// From the consents and the numbers of their changes: each change gives another.
fn tag(rows: &[ClearRow]) -> String {
    let mut hash = Context::new(&SHA256);
    for row in rows {
        hash.update(row.consent.0.as_bytes());
        hash.update(&row.change.to_be_bytes());
    }
    format!("\"{}\"", hex::encode(&hash.finish().as_ref()[..16]))
}
