//! The log: one's own lines and their check, checkpoints and tiles for whoever wants to watch.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Asked, Named};
use super::caller::{Ask, Owner};
use super::problem::{Key, Problem};
use crate::domain::Timestamp;
use crate::domain::event::Who;
use crate::http::Site;
use crate::http::route::get;
use crate::usecase::event::Line;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Span {
    /// Only lines before this time (RFC 3339): the `at` of the last one seen.
    before: Option<String>,
    /// At most so many, 1 to 200.
    limit: Option<u64>,
}

#[derive(Serialize, ToSchema)]
pub struct Events {
    /// Newest first.
    events: Vec<EventLine>,
}

/// One line: who, for whom, what, when, why, outcome.
#[derive(Serialize, ToSchema)]
pub struct EventLine {
    at: String,
    #[schema(value_type = String, example = "read")]
    what: crate::domain::event::What,
    /// `owner`, `staff`, `token`, `program`, `service` or `unknown`.
    who: &'static str,
    /// The member of staff, or the token's name.
    name: Option<String>,
    /// Who made the token.
    by: Option<String>,
    unit: Option<String>,
    organisation: Option<String>,
    consent: Option<Uuid>,
    purpose: Option<String>,
    sections: Vec<&'static str>,
    entries: u32,
    /// The unit's own case reference.
    case: Option<String>,
    #[schema(value_type = String, example = "done")]
    outcome: crate::domain::event::Outcome,
    /// How many alike this one line stands for.
    count: u32,
    /// Its number in the log, once it has one.
    leaf: Option<u64>,
}

#[derive(Serialize, ToSchema)]
pub struct Check {
    /// Lines that stand in the newest checkpoint.
    lines: usize,
    /// Lines so new that they have no number yet.
    waiting: usize,
    /// Whether nothing is missing or altered.
    whole: bool,
    /// The newest checkpoint, a signed note: keep it, and a later log can be held against it.
    checkpoint: String,
}

const MOST: u64 = 200;

/// One's own events
#[utoipa::path(
    get, path = "/api/v1/events", operation_id = "listEvents", tag = "Person", security(("person" = [])), params(Span),
    responses(
        (status = 200, description = "Newest first", body = Events),
        (status = 400, description = "A query that cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn events(ask: Ask, Owner(session): Owner, Asked(span): Asked<Span>) -> Result<axum::Json<Events>, Problem> {
    let bad = || Problem::new(ask.t, Key::BadQuery);
    let before = match &span.before {
        Some(text) => Timestamp::parse_rfc3339(text).ok_or_else(bad)?,
        None => Timestamp(i64::MAX),
    };
    let most = Some(span.limit.unwrap_or(50)).filter(|most| (1..=MOST).contains(most)).ok_or_else(bad)?;
    let lines = ask.site.service.events(&session, before, most).await.map_err(ask.problem())?;
    Ok(axum::Json(Events { events: lines.into_iter().map(line).collect() }))
}

/// Check that one's own lines stand in the log
#[utoipa::path(
    post, path = "/api/v1/log/verify", operation_id = "checkLog", tag = "Person", security(("person" = [])),
    responses(
        (status = 200, description = "What was found", body = Check),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn verify(ask: Ask, Owner(session): Owner) -> Result<axum::Json<Check>, Problem> {
    let found = ask.site.service.check_own(&session).await.map_err(ask.problem())?;
    let (lines, waiting, whole) = (found.lines, found.waiting, found.whole);
    Ok(axum::Json(Check { lines, waiting, whole, checkpoint: found.note }))
}

/// The newest checkpoint, a signed note (C2SP tlog-checkpoint)
#[utoipa::path(
    get, path = "/api/v1/log/checkpoint", operation_id = "readCheckpoint", tag = "Log",
    responses(
        (status = 200, description = "The signed note", body = String, content_type = "text/plain"),
        (status = 404, description = "The log is still empty", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn checkpoint(ask: Ask) -> Result<Response, Problem> {
    let newest = ask.site.service.newest_checkpoint().await.map_err(ask.problem())?;
    let (_, _, note) = newest.ok_or_else(|| Problem::new(ask.t, Key::NotFound))?;
    Ok(note.into_response())
}

/// The log as `c2sp.org/tlog-tiles` names it. Hashes only; entries are never published.
pub fn tiles() -> Router<Arc<Site>> {
    Router::new().route("/log/checkpoint", get(checkpoint)).route("/log/tile/{*path}", get(tile))
}

async fn tile(State(site): State<Arc<Site>>, Named(path): Named<String>) -> Response {
    match site.service.tile(&path).await {
        Ok(Some((bytes, full))) => {
            let mut response = bytes.into_response();
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
            if full {
                headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
            }
            response
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a tile could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn line(line: Line) -> EventLine {
    let Line { event, leaf, sequence: _ } = line;
    let (who, name, by) = match event.who {
        Who::Owner => ("owner", None, None),
        Who::Staff { name } => ("staff", Some(name), None),
        Who::Token { label, by } => ("token", Some(label), Some(by)),
        Who::Service => ("service", None, None),
        Who::Unknown => ("unknown", None, None),
        Who::Program { name } => ("program", Some(name), None),
    };
    let (unit, organisation) = event.unit.map(|party| (party.unit, party.organisation)).unzip();
    EventLine {
        at: event.at.rfc3339(),
        what: event.what,
        who,
        name,
        by,
        unit,
        organisation,
        consent: event.consent.map(|id| id.0),
        purpose: event.purpose,
        sections: event.sections.into_iter().map(crate::domain::profile::Section::code).collect(),
        entries: event.entries,
        case: event.case,
        outcome: event.outcome,
        count: event.count,
        leaf,
    }
}
