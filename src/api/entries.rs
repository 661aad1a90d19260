//! One's own map: read, added to, changed, deleted.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Json, Named, id};
use super::caller::{Ask, Owner};
use super::problem::{Of, Problem};
use super::shape::Content;
use crate::domain::credential::Found;
use crate::domain::profile::{Fault, Kind, Value};
use crate::domain::{ConsentId, EntryId};
use crate::usecase::Error;
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
#[schema(example = json!({"kind": "skill", "lang": "sv", "fields": {"skill": {"concept": {"entered": "svetsa"}}}}))]
pub struct Written {
    #[schema(value_type = String, example = "skill")]
    kind: Kind,
    /// The language it is written in (BCP 47).
    #[schema(example = "sv")]
    lang: String,
    /// As in a read: `{"name": {"text": "…"}}`. A concept with a `uri` is one of the taxonomy, which gives it `sv` and `en`; one without
    /// is `entered` alone, in the person's own words.
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
    get, path = "/api/v1/profile", operation_id = "readMap", tag = "Person", security(("person" = [])),
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

/// One entry of one's own map
#[utoipa::path(
    get, path = "/api/v1/entries/{id}", operation_id = "readEntry", tag = "Person", security(("person" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "As it stands now", body = OwnEntry),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such entry", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn one(ask: Ask, Owner(session): Owner, Named(entry): Named<String>) -> Result<Response, Problem> {
    let entry: EntryId = id(&ask, &entry)?;
    let profile = ask.site.service.profile(&session).await.map_err(ask.problem())?;
    let held = profile.entry(entry).ok_or(Error::NotFound).map_err(ask.problem())?;
    let found = ask.site.found([(held.id, &held.entry)].into_iter()).await;
    Ok(axum::Json(own(held, found.get(&held.id))).into_response())
}

/// Add an entry
#[utoipa::path(
    post, path = "/api/v1/entries", operation_id = "addEntry", tag = "Person", security(("person" = [])), request_body = Written,
    responses(
        (status = 201, description = "Saved", body = Saved, headers(("Location" = String, description = "Where it is read"))),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields that do not hold what they must", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn add(ask: Ask, Owner(session): Owner, Json(written): Json<Written>) -> Result<Response, Problem> {
    let save = written.save(&ask, None)?;
    let id = ask.site.service.save_sent(&session, &ask.site.taxonomy, save).await.map_err(ask.problem_of(Of::Fields))?;
    let place = format!("/api/v1/entries/{id}");
    Ok((StatusCode::CREATED, [(LOCATION, place)], axum::Json(Saved { id: id.0 })).into_response())
}

/// Change an entry; its kind stays
#[utoipa::path(
    put, path = "/api/v1/entries/{id}", operation_id = "changeEntry", tag = "Person", security(("person" = [])), request_body = Written,
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
    Named(entry): Named<String>,
    Json(written): Json<Written>,
) -> Result<axum::Json<Saved>, Problem> {
    let save = written.save(&ask, Some(id(&ask, &entry)?))?;
    let id = ask.site.service.save_sent(&session, &ask.site.taxonomy, save).await.map_err(ask.problem_of(Of::Fields))?;
    Ok(axum::Json(Saved { id: id.0 }))
}

/// Delete an entry with all its versions
#[utoipa::path(
    delete, path = "/api/v1/entries/{id}", operation_id = "deleteEntry", tag = "Person", security(("person" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "Deleted, and the keys of all its versions"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such entry", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delete(ask: Ask, Owner(session): Owner, Named(entry): Named<String>) -> Result<StatusCode, Problem> {
    ask.site.service.delete_entry(&session, id(&ask, &entry)?).await.map_err(ask.problem())?;
    Ok(StatusCode::NO_CONTENT)
}

impl Written {
    fn save(self, ask: &Ask, id: Option<EntryId>) -> Result<Save, Problem> {
        // A language that is none would travel with the entry for ever.
        if !is_tag(&self.lang) {
            return Err(ask.problem()(Error::Faults(vec![("lang".to_owned(), Fault::NotALanguage)])));
        }
        let consents = |ids: BTreeSet<Uuid>| ids.into_iter().map(ConsentId).collect();
        let (keep_out, let_in) = (consents(self.keep_out), consents(self.let_in));
        Ok(Save { id, kind: self.kind, lang: self.lang, fields: self.fields, keep_out, let_in })
    }
}

/// A language of two or three letters, and what narrows it: parts of one to eight letters and digits, 35 in all (RFC 5646, 2.1, 4.4.1).
fn is_tag(text: &str) -> bool {
    let (language, rest) = text.split_once('-').map_or((text, None), |(language, rest)| (language, Some(rest)));
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let named = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    text.len() <= 35 && named && rest.is_none_or(|rest| rest.split('-').all(part))
}

fn own<'a>(held: &'a Held, found: Option<&Found>) -> OwnEntry<'a> {
    let (id, version, created) = (held.id.0, held.version.0, held.entry.created.rfc3339());
    OwnEntry { id, version, created, content: Content::new(&held.entry, found) }
}
