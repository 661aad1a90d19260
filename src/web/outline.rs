//! The profile in the order of each statutory mapping, to look at and to print.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;

use super::page::outline::{Filled, Listed, Looked, OutlinePage, OutlinesPage, Recipient, Shared};
use super::page::qr::Qr;
use super::page::url;
use super::sent::Path;
use super::view::View;
use crate::domain::ConsentId;
use crate::domain::consent::State;
use crate::domain::outline::Outline;
use crate::domain::profile::Kind;
use crate::http::route::get;
use crate::http::{Person, Site};
use crate::usecase::consent::{Given, is_protected};
use crate::usecase::profile::{Held, Profile};
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::OUTLINES, get(list))
        .route(&format!("{}/{{outline}}", url::OUTLINES), get(own))
        .route(&format!("{}/{{outline}}/{{consent}}", url::OUTLINES), get(shared))
}

async fn list(view: View, Person(session): Person) -> Response {
    // Nothing of the profile stands here, but whoever has not opened it is led to the lock now, not one page later.
    match session.keyring() {
        Ok(_) => {
            let all = view.site.outlines.all().iter().map(|outline| Listed::new(view.t, outline)).collect();
            view.page(&OutlinesPage { t: view.t, all })
        }
        Err(error) => view.error(&error),
    }
}

async fn own(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Some(outline) = view.site.outlines.find(&id) else { return view.not_found() };
    match own_page(&view, &session, outline).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn own_page(view: &View, session: &Session, outline: &Outline) -> Result<OutlinePage, Error> {
    let service = &view.site.service;
    let profile = service.profile(session).await?;
    let sharings = service.consents(session).await?.into_iter().filter(|given| fits(given, outline)).map(|given| Recipient {
        consent: given.terms.consent,
        unit: given.unit.unit.name,
        organisation: given.unit.organisation.name,
    });
    let filled = filled(view, outline, on_paper(&profile).collect()).await;
    Ok(OutlinePage { t: view.t, filled, sharings: sharings.collect(), shared: None })
}

async fn filled(view: &View, outline: &Outline, held: Vec<&Held>) -> Filled {
    let found = view.site.found(held.iter().map(|held| (held.id, &held.entry))).await;
    let looked: Vec<Looked<'_>> = held.iter().map(|held| (&held.entry, found.get(&held.id))).collect();
    Filled::new(view.t, outline, &looked, false)
}

/// Whether the sharing is live, and with one who makes this mapping.
fn fits(given: &Given, outline: &Outline) -> bool {
    given.state == State::Given && outline.recipients.contains(&given.unit.unit.kind)
}

/// Where one lives is on no paper of someone whose identity is protected.
fn on_paper(profile: &Profile) -> impl Iterator<Item = &Held> {
    let protected = is_protected(profile);
    profile.entries.iter().filter(move |held| !(protected && held.entry.kind == Kind::Home))
}

async fn shared(view: View, Person(session): Person, Path((id, consent)): Path<(String, String)>) -> Response {
    let (Some(outline), Ok(consent)) = (view.site.outlines.find(&id), consent.parse()) else { return view.not_found() };
    match shared_page(&view, &session, outline, consent).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

/// Only what the sharing lets out, with its code and the way to the recipient's own page, which opens for nobody else.
async fn shared_page(view: &View, session: &Session, outline: &Outline, id: ConsentId) -> Result<OutlinePage, Error> {
    let service = &view.site.service;
    let given = service.consent(session, id).await?;
    if !fits(&given, outline) {
        return Err(Error::NotFound);
    }
    let profile = service.profile(session).await?;
    let covered = |held: &&Held| given.terms.scope.covers(held.id, held.entry.kind);
    let filled = filled(view, outline, on_paper(&profile).filter(covered).collect()).await;
    let qr = Qr::of(&view.site.base.url(&url::staff_consent(id)));
    let (unit, organisation) = (given.unit.unit.name, given.unit.organisation.name);
    Ok(OutlinePage { t: view.t, filled, sharings: Vec::new(), shared: Some(Shared { unit, organisation, code: given.code, qr }) })
}
