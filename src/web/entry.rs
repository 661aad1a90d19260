//! One entry: shown with its versions, confirmed, deleted. Writing it is in `form`, its concepts in `concept`.

pub(super) mod concept;
pub(super) mod form;
pub(super) mod typed;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, RawQuery};
use axum::response::Response;

use super::again::retried;
use super::map::{done, notice};
use super::page::confirm::Confirm;
use super::page::entry::{Audience, EntryPage};
use super::page::proof::Proven;
use super::page::shown::Shown;
use super::page::url;
use super::pairs::Pairs;
use super::sent::{LONG_FORM, Path};
use super::sharing::named;
use super::view::{View, to};
use crate::domain::profile::file::ATTACHED;
use crate::domain::profile::{Entry, Kind, Value};
use crate::domain::{ConsentId, EntryId};
use crate::http::route::{get, get_post, post};
use crate::http::{Person, Site};
use crate::store::consent::ConsentRow;
use crate::store::organisation::UnitRow;
use crate::text::T;
use crate::usecase::entry::Seer;
use crate::usecase::profile::{Held, Profile};
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    let long = || DefaultBodyLimit::max(LONG_FORM);
    Router::new()
        .route(&format!("{}/{{section}}/{{kind}}/new", url::MAP), get_post(form::new, form::add).layer(long()))
        .route("/entries/{id}", get(show))
        .route("/entries/{id}/versions", get(show))
        .route("/entries/{id}/edit", get_post(form::edit, form::change).layer(long()))
        .route("/entries/{id}/confirm", post(confirm))
        .route("/entries/{id}/delete", get_post(ask_delete, delete))
        .merge(concept::router())
}

async fn show(mut view: View, Person(session): Person, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    view.notice = notice(view.t, query.as_deref());
    let Ok(id) = id.parse() else { return view.not_found() };
    match entry_page(&view, &session, id).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn entry_page(view: &View, session: &Session, id: EntryId) -> Result<EntryPage, Error> {
    let (t, service) = (view.t, &view.site.service);
    let mut versions = service.versions(session, id).await?.into_iter();
    let now = versions.next().ok_or(Error::NotFound)?;
    let audience = audience(view, session, seeing(service.seers(session, Some(id), now.entry.kind).await?)).await?;
    let earlier = versions.map(|held| (held.entry.confirmed.max(held.entry.updated), Shown::new(t, &held.entry))).collect();
    let renamed = concept::renamed(&view.site.taxonomy, t, &now.entry);
    let (documents, beside) = documents(t, &service.profile(session).await?, id, &now.entry);
    let attachable = super::file::attachable(now.entry.kind);
    let found = view.site.found_each(vec![&now.entry]).await.pop().flatten();
    let proof = found.as_ref().map(|found| Proven::new(t, found));
    let forms = if proof.is_some() { service.whole(session, id).await?.forms() } else { Vec::new() };
    Ok(EntryPage {
        t,
        id,
        shown: Shown::new(t, &now.entry).found(found.as_ref()),
        proof,
        forms,
        renamed,
        audience,
        documents,
        attachable,
        beside,
        earlier,
    })
}

type Named = (EntryId, String);

/// The documents that stand beside an entry, and what a document itself stands beside.
fn documents(t: T, profile: &Profile, id: EntryId, entry: &Entry) -> (Vec<Named>, Option<Named>) {
    let beside = |entry: &Entry| match entry.fields.get(ATTACHED) {
        Some(Value::Text(to)) => to.parse::<EntryId>().ok(),
        _ => None,
    };
    let named = |held: &Held| (held.id, Shown::new(t, &held.entry).heading.text);
    let here = profile.of_kind(Kind::Document).filter(|held| beside(&held.entry) == Some(id));
    (here.map(named).collect(), beside(entry).and_then(|id| profile.entry(id)).map(named))
}

pub(super) fn seeing(seers: Vec<Seer>) -> Vec<Seer> {
    seers.into_iter().filter(|seer| seer.sees).collect()
}

/// The units behind some live consents, nothing ticked.
pub(super) async fn audience(view: &View, session: &Session, seers: Vec<Seer>) -> Result<Vec<Audience>, Error> {
    if seers.is_empty() {
        return Ok(Vec::new());
    }
    let live = view.site.service.consents_in_clear(session).await?;
    let find = |id: ConsentId| live.iter().find(|(row, _)| row.id == id);
    Ok(seers.iter().filter_map(|seer| find(seer.consent)).map(|found| listener(view, found)).collect())
}

fn listener(view: &View, (row, unit): &(ConsentRow, UnitRow)) -> Audience {
    let unit = named(view.t, &view.site.service.catalogue, unit.clone());
    Audience { consent: row.id, unit: unit.unit.name, organisation: unit.organisation.name, until: row.valid_until, ticked: false }
}

async fn confirm(view: View, Person(session): Person, Path(id): Path<String>, pairs: Pairs) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match retried(|| view.site.service.confirm_entry(&session, id)).await {
        Ok(()) => to(done(back(pairs.one("back")).unwrap_or_else(|| url::entry(id)), "confirmed")),
        Err(error) => view.error(&error),
    }
}

/// The map or one of its sections, where the form was sent from one.
fn back(path: &str) -> Option<String> {
    let ours = path == url::MAP || crate::domain::profile::Section::ALL.into_iter().any(|section| url::section(section) == path);
    ours.then(|| path.to_owned())
}

async fn ask_delete(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match delete_page(&view, &session, id).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn delete_page(view: &View, session: &Session, id: EntryId) -> Result<Confirm, Error> {
    let (t, service) = (view.t, &view.site.service);
    let profile = service.profile(session).await?;
    let held = profile.entry(id).ok_or(Error::NotFound)?;
    let shared = service.seers(session, Some(id), held.entry.kind).await?.iter().any(|seer| seer.sees);
    let heading = Shown::new(t, &held.entry).heading.text;
    Ok(Confirm::delete_entry(t, id, held.entry.kind.section(), &heading, shared))
}

async fn delete(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match retried(|| delete_entry(&view, &session, id)).await {
        Ok(path) => to(done(path, "deleted")),
        Err(error) => view.error(&error),
    }
}

/// Deletes; the address of the section that it stood in.
async fn delete_entry(view: &View, session: &Session, id: EntryId) -> Result<String, Error> {
    let profile = view.site.service.profile(session).await?;
    let section = profile.entry(id).ok_or(Error::NotFound)?.entry.kind.section();
    view.site.service.delete_entry(session, id).await?;
    Ok(url::section(section))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_is_one_of_ours() {
        for path in ["", "/", "//example.org", "https://example.org/map", "/map/p99", "/map/p07/skill/new", "/keys"] {
            assert_eq!(back(path), None, "{path}");
        }
        assert_eq!(back("/map/p07").as_deref(), Some("/map/p07"));
    }
}
