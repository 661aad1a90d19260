//! One's own map: read, added to, changed, deleted.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Json, id};
use super::caller::{Ask, Owner};
use super::problem::Problem;
use super::shape::Content;
use crate::domain::credential::Found;
use crate::domain::profile::{Kind, Value};
use crate::domain::{ConsentId, EntryId};
use crate::usecase::entry::Save;
use crate::usecase::profile::Held;

#[derive(Serialize, ToSchema)]
pub struct Map<'a> {
    entries: Vec<OwnEntry<'a>>,
}

#[derive(Serialize, ToSchema)]
pub struct OwnEntry<'a> {
    id: Uuid,
    version: Uuid,
    created: String,
    #[serde(flatten)]
    content: Content<'a>,
}

/// An entry to be saved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[schema(value_type = String, example = "skill")]
    kind: Kind,
    /// The language it is written in (BCP 47).
    #[schema(example = "sv")]
    lang: String,
    /// As in a read: `{"name": {"text": "…"}}`.
    #[schema(value_type = Object)]
    fields: BTreeMap<String, Value>,
    /// Live consents that must not get it.
    #[serde(default)]
    keep_out: BTreeSet<Uuid>,
    /// Live consents that get it though it is sensitive.
    #[serde(default)]
    let_in: BTreeSet<Uuid>,
}

#[derive(Serialize, ToSchema)]
pub struct Saved {
    id: Uuid,
}

/// One's own map
#[utoipa::path(
    get, path = "/api/v1/profile", tag = "Person", security(("person" = [])),
    responses(
        (status = 200, description = "Every entry", body = Map),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn profile(ask: Ask, Owner(session): Owner) -> Result<Response, Problem> {
    let profile = ask.site.service.profile(&session).await.map_err(ask.problem())?;
    let found = ask.site.found(profile.entries.iter().map(|held| (held.id, &held.entry))).await;
    let entries = profile.entries.iter().map(|held| own(held, found.get(&held.id))).collect();
    Ok(axum::Json(Map { entries }).into_response())
}

/// Add an entry
#[utoipa::path(
    post, path = "/api/v1/entries", tag = "Person", security(("person" = [])), request_body = Written,
    responses(
        (status = 201, description = "Saved", body = Saved),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields that do not hold what they must", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn add(ask: Ask, Owner(session): Owner, Json(written): Json<Written>) -> Result<Response, Problem> {
    let id = ask.site.service.save_entry(&session, written.save(&ask, None)).await.map_err(ask.problem())?;
    let place = format!("/api/v1/entries/{id}");
    Ok((StatusCode::CREATED, [(LOCATION, place)], axum::Json(Saved { id: id.0 })).into_response())
}

/// Change an entry; its kind stays
#[utoipa::path(
    put, path = "/api/v1/entries/{id}", tag = "Person", security(("person" = [])), request_body = Written,
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "Saved as a new version", body = Saved),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such entry of this kind", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields that do not hold what they must", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn change(
    ask: Ask,
    Owner(session): Owner,
    Path(entry): Path<String>,
    Json(written): Json<Written>,
) -> Result<axum::Json<Saved>, Problem> {
    let save = written.save(&ask, Some(id(&ask, &entry)?));
    let id = ask.site.service.save_entry(&session, save).await.map_err(ask.problem())?;
    Ok(axum::Json(Saved { id: id.0 }))
}

/// Delete an entry with all its versions
#[utoipa::path(
    delete, path = "/api/v1/entries/{id}", tag = "Person", security(("person" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "Deleted, and the keys of all its versions"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such entry", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delete(ask: Ask, Owner(session): Owner, Path(entry): Path<String>) -> Result<StatusCode, Problem> {
    ask.site.service.delete_entry(&session, id(&ask, &entry)?).await.map_err(ask.problem())?;
    Ok(StatusCode::NO_CONTENT)
}

impl Written {
    fn save(self, ask: &Ask, id: Option<EntryId>) -> Save {
        // A language that is none would travel with the entry for ever.
        let lang = if is_tag(&self.lang) { self.lang } else { ask.t.lang.written().to_owned() };
        let consents = |ids: BTreeSet<Uuid>| ids.into_iter().map(ConsentId).collect();
        let (keep_out, let_in) = (consents(self.keep_out), consents(self.let_in));
        Save { id, kind: self.kind, lang, fields: self.fields, keep_out, let_in }
    }
}

/// Letters, digits and hyphens, at most 35 (RFC 5646, 4.4.1).
fn is_tag(text: &str) -> bool {
    (2..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn own<'a>(held: &'a Held, found: Option<&Found>) -> OwnEntry<'a> {
    let (id, version, created) = (held.id.0, held.version.0, held.entry.created.rfc3339());
    OwnEntry { id, version, created, content: Content::new(&held.entry, found) }
}
