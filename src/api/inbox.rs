//! A unit's inbox: what it was given, and reading it for a stated case.

use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Asked, Json, Named, id};
use super::caller::{Ask, Staff};
use super::disclosure::Disclosure;
use super::problem::{Key, Problem};
use super::shape::{Purpose, Unit};
use crate::domain::ConsentId;
use crate::http::Site;
use crate::usecase::Session;
use crate::usecase::inbox::{Place, Received};

/// So many in one answer.
const MOST: usize = 2000;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// The `next` of an earlier answer. Absent: the first ones.
    after: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Inbox {
    unit: Unit,
    /// Live ones first, then the newest first; at most 2,000.
    consents: Vec<ReceivedConsent>,
    /// What to ask for the next ones by (`after`), where there may be more.
    next: Option<String>,
    /// So many more of these could not be opened: they may have been damaged or altered.
    unreadable: usize,
}

#[derive(Serialize, ToSchema)]
pub struct ReceivedConsent {
    consent: Uuid,
    code: String,
    /// The name to be called by, where the person lets it stand.
    name: Option<String>,
    state: &'static str,
    arrived: String,
    ended: Option<String>,
    purpose: Purpose,
    mode: &'static str,
    until: String,
    /// The unit's own case reference.
    case: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"case": "AF-2027-0417"}))]
pub struct Case {
    /// The unit's own case reference, at most 60 characters.
    case: String,
}

impl Case {
    /// Files the consent of this id under the case, without which nothing is read.
    pub(super) async fn state(&self, ask: &Ask, session: &Session, consent: &str) -> Result<ConsentId, Problem> {
        let consent = id(ask, consent)?;
        ask.site.service.state_case(session, consent, &self.case).await.map_err(ask.problem())?;
        Ok(consent)
    }
}

/// What the unit was given
#[utoipa::path(
    get, path = "/api/v1/inbox", operation_id = "readInbox", tag = "Staff", security(("staff" = [])), params(After),
    responses(
        (status = 200, description = "The inbox, also ended consents", body = Inbox),
        (status = 400, description = "`after` was never given out: ask without it", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(ask: Ask, Staff(session): Staff, Asked(asked): Asked<After>) -> Result<axum::Json<Inbox>, Problem> {
    let after = asked.after.map(|place| place.parse::<Place>()).transpose().map_err(|()| Problem::new(ask.t, Key::BadQuery))?;
    let held = ask.site.service.inbox_page(&session, after, MOST).await.map_err(ask.problem())?;
    let next = held.next.map(|place| place.to_string());
    let consents = held.received.iter().map(|one| shown(&ask.site, one)).collect();
    Ok(axum::Json(Inbox { unit: Unit::new(&held.member.unit), consents, next, unreadable: held.unreadable }))
}

/// Read what a consent gives, for a case
///
/// Every read is an event that the person sees, with the reader's name and the case.
#[utoipa::path(
    post, path = "/api/v1/inbox/{consent}/read", operation_id = "readForCase", tag = "Staff", security(("staff" = [])), request_body = Case,
    params(("consent" = Uuid, Path)),
    responses(
        (status = 200, description = "Exactly what the person has given", body = Disclosure),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such consent in the inbox", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The consent has ended", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No case, or too long a one", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read(
    ask: Ask,
    Staff(session): Staff,
    Named(consent): Named<String>,
    Json(case): Json<Case>,
) -> Result<Response, Problem> {
    let consent = case.state(&ask, &session, &consent).await?;
    let (_, disclosed) = ask.site.service.read_by_staff(&session, consent).await.map_err(ask.problem())?;
    let found = super::disclosure::proofs(&ask.site, &disclosed).await;
    Ok(axum::Json(Disclosure::new(&ask.site, &disclosed, &found)).into_response())
}

fn shown(site: &Site, received: &Received) -> ReceivedConsent {
    ReceivedConsent {
        consent: received.consent.0,
        code: received.code.clone(),
        name: received.terms.name.clone(),
        state: received.state.word(),
        arrived: received.arrived.rfc3339(),
        ended: received.state.ended_at().map(crate::domain::Timestamp::rfc3339),
        purpose: Purpose::new(site, &received.terms.purpose),
        mode: received.terms.mode.word(),
        until: received.terms.until.rfc3339(),
        case: received.case.clone(),
    }
}
