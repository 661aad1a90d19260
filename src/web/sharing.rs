//! "Delningar": the list, one consent, withdrawing. The steps of giving and changing are in `begin` and `steps`.

mod begin;
mod block;
mod link;
mod shown;
mod span;
pub mod steps;
mod told;

pub use shown::{named, unit_row};
pub use span::Span;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;

use self::shown::{Reads, closed_row, consent_row, preview, purpose, reads};
use super::page::Notice;
use super::page::confirm::{Confirm, Kept};
use super::page::events::{Line, place};
use super::page::sharing::{ConsentPage, ConsentRow, ShareDone, SharingList, Withdrawn};
use super::page::{statement, url};
use super::receipt::file;
use super::sent::Path;
use super::view::{View, to};
use crate::domain::consent::Mode;
use crate::domain::event::What;
use crate::domain::{ConsentId, Timestamp};
use crate::http::route::{get, get_post};
use crate::http::{Person, Site};
use crate::store::organisation::UnitRow;
use crate::usecase::consent::Given;
use crate::usecase::{Error, Session, event, receipt};

/// Events looked through for what has happened with one's consents, and with one of them.
const EVENTS: u64 = 5000;
/// So many of the newest reads have a link to their receipt.
const RECEIPTS: usize = 50;

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::SHARING, get(list))
        .route("/sharing/{id}", get(detail))
        .route("/sharing/{id}/done", get(given))
        .route("/sharing/{id}/changed", get(changed))
        .route("/sharing/{id}/withdraw", get_post(ask_withdraw, withdraw))
        .route("/sharing/{id}/receipt", get(receipt))
        .route("/sharing/{id}/events/{event}/receipt", get(read_receipt))
        .merge(block::router())
        .merge(link::router())
        .merge(begin::router())
}

async fn list(mut view: View, Person(session): Person, RawQuery(query): RawQuery) -> Response {
    let done = block::DONE.into_iter().find(|done| query.as_deref() == Some(done));
    view.notice = done.map(|done| Notice { text: view.t.s(format!("done-{done}")), warning: false });
    let page = if session.opened() { open_list(&view, &session).await } else { closed_list(&view, &session).await };
    match page {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn open_list(view: &View, session: &Session) -> Result<SharingList, Error> {
    let (t, service) = (view.t, &view.site.service);
    let profile = service.profile(session).await?;
    let consents = service.consents(session).await?;
    let reads = reads_of(view, session, &consents).await?;
    let row = |given: &Given| {
        let reads = reads.get(&given.terms.consent).copied().unwrap_or_default();
        consent_row(t, &service.catalogue, &profile, reads, given)
    };
    let (live, ended) = consents.iter().map(row).partition(ConsentRow::live);
    let place = |unit: UnitRow| (unit.unit.id, place(t, &unit.unit.name, &unit.organisation.name));
    let blocked = service.blocked(session).await?.into_iter().map(place).collect();
    Ok(SharingList { t, live, ended, blocked, closed: false })
}

/// Without the passphrase: whom one shares with, and the way to stop.
async fn closed_list(view: &View, session: &Session) -> Result<SharingList, Error> {
    let t = view.t;
    let live = view.site.service.consents_in_clear(session).await?;
    let rows = live.iter().map(|(row, unit)| closed_row(t, &view.site.service.catalogue, row, unit));
    Ok(SharingList { t, live: rows.filter(ConsentRow::live).collect(), ended: Vec::new(), blocked: Vec::new(), closed: true })
}

/// What has been read of each consent. Where one is read so often that others are no longer among the newest events, those are looked
/// through by themselves: nobody is told that nobody has read what somebody has.
async fn reads_of(view: &View, session: &Session, consents: &[Given]) -> Result<BTreeMap<ConsentId, Reads>, Error> {
    let lines = view.site.service.events(session, Timestamp(i64::MAX), EVENTS).await?;
    let (mut all, whole) = (reads(&lines), (lines.len() as u64) < EVENTS);
    for id in consents.iter().map(|given| given.terms.consent).filter(|_| !whole) {
        if !all.contains_key(&id) {
            all.extend(reads(&events_of(view, session, id).await?));
        }
    }
    Ok(all)
}

async fn events_of(view: &View, session: &Session, id: ConsentId) -> Result<Vec<event::Line>, Error> {
    view.site.service.events_of(session, id, EVENTS).await
}

async fn detail(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match consent_page(&view, &session, id).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn consent_page(view: &View, session: &Session, id: ConsentId) -> Result<ConsentPage, Error> {
    let (t, service) = (view.t, &view.site.service);
    let given = service.consent(session, id).await?;
    let profile = service.profile(session).await?;
    let events = events_of(view, session, id).await?;
    let reads = reads(&events).remove(&id).unwrap_or_default();
    let row = consent_row(t, &service.catalogue, &profile, reads, &given);
    let shown = || preview(t, &service.catalogue, &profile, (&given.terms, &given.unit, &given.code));
    let contents = row.live().then(shown);
    let tokens = if row.live() { service.tokens_of(session, id).await? } else { Vec::new() };
    let tokens = tokens.into_iter().map(|(label, until)| (label.name, label.by, until)).collect();
    let checkpoint = service.newest_checkpoint().await?.map(|(_, _, note)| note);
    let lines = events.iter().map(|line| written(view, line)).collect();
    let read = events.iter().filter(|line| receipt::is_read(&line.event));
    let receipts = read.take(RECEIPTS).map(|line| (line.event.at, url::read_receipt(id, line.sequence))).collect();
    let acknowledged = events.iter().find(|line| line.event.what == What::EndAcknowledged).map(|line| line.event.at);
    let text = told::text_read(t, &given.terms);
    let (name, stated) = (given.terms.name.clone(), statement::rows(t, given.terms.stated.as_ref()));
    Ok(ConsentPage { t, row, text, contents, name, stated, lines, tokens, receipts, acknowledged, checkpoint })
}

async fn receipt(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match view.site.service.receipt(&session, id, &view.site.publisher()).await {
        Ok(receipt) => file("kvitto", receipt),
        Err(error) => view.error(&error),
    }
}

async fn read_receipt(view: View, Person(session): Person, Path((id, event)): Path<(String, String)>) -> Response {
    let (Ok(id), Ok(event)) = (id.parse(), event.parse()) else { return view.not_found() };
    match view.site.service.read_receipt(&session, id, event).await {
        Ok(receipt) => file("lasning", receipt),
        Err(error) => view.error(&error),
    }
}

/// An event as a sentence, its purpose in the reader's language, and so what stands for a unit in a link.
pub(super) fn written(view: &View, line: &event::Line) -> Line {
    let read = matches!(line.event.what, What::Read | What::CopyDelivered | What::ConsentGiven | What::LinkMade | What::LinkRead);
    let id = line.event.purpose.as_deref().filter(|_| read);
    let purpose = id.map(|id| purpose(view.t, &view.site.service.catalogue, id)).filter(|label| !label.is_empty());
    let mut event = line.event.clone();
    if let Some(party) = &mut event.unit {
        shown::name_kind(view.t, &view.site.service.catalogue, party);
    }
    Line::new(view.t, &event, purpose.as_deref())
}

async fn given(view: View, session: Person, id: Path<String>) -> Response {
    done(view, session, id, false).await
}

async fn changed(view: View, session: Person, id: Path<String>) -> Response {
    done(view, session, id, true).await
}

async fn done(view: View, Person(session): Person, Path(id): Path<String>, changed: bool) -> Response {
    let Ok(consent) = id.parse() else { return view.not_found() };
    match view.site.service.consent(&session, consent).await {
        Ok(given) => {
            let (unit, organisation) = (given.unit.unit.name, given.unit.organisation.name);
            let (until, copy) = (given.terms.until, given.terms.mode == Mode::Copy);
            view.page(&ShareDone { t: view.t, consent, code: given.code, unit, organisation, until, changed, copy })
        }
        Err(error) => view.error(&error),
    }
}

async fn ask_withdraw(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match live_unit(&view, &session, id).await {
        Ok(Some(unit)) => {
            // Whatever cannot be read must not stand between a person and the end of a sharing.
            let kept = kept(&view, &session, id).await.unwrap_or(Kept::Unknown);
            view.page(&Confirm::withdraw(view.t, id, &unit.unit.name, kept))
        }
        Ok(None) => to(url::SHARING),
        Err(error) => view.error(&error),
    }
}

/// What the unit may still hold of a consent once it ends.
async fn kept(view: &View, session: &Session, id: ConsentId) -> Result<Kept, Error> {
    if !session.opened() {
        return Ok(Kept::Unknown);
    }
    let delivered = reads(&events_of(view, session, id).await?).remove(&id).is_some_and(|reads| reads.delivered);
    let given = view.site.service.consent(session, id).await?;
    Ok(match given.terms.mode {
        _ if delivered => Kept::Copy,
        Mode::Copy => Kept::NoCopyYet,
        Mode::View => Kept::Looked,
    })
}

/// The unit of a live consent.
async fn live_unit(view: &View, session: &Session, id: ConsentId) -> Result<Option<UnitRow>, Error> {
    let live = view.site.service.consents_in_clear(session).await?;
    let found = live.into_iter().find(|(row, _)| row.id == id);
    Ok(found.map(|(_, unit)| shown::named(view.t, &view.site.service.catalogue, unit)))
}

async fn withdraw(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match withdrawn_page(&view, &session, id).await {
        Ok(Some(page)) => view.page(&page),
        // Withdrawn already: a second press of the button is no mistake.
        Ok(None) | Err(Error::Gone) => to(url::SHARING),
        Err(error) => view.error(&error),
    }
}

async fn withdrawn_page(view: &View, session: &Session, id: ConsentId) -> Result<Option<Withdrawn>, Error> {
    let Some(unit) = live_unit(view, session, id).await? else { return Ok(None) };
    view.site.service.withdraw(session, id).await?;
    // Withdrawn is withdrawn: what was read is told where the map is open and its list can be read.
    let events = if session.opened() { events_of(view, session, id).await.ok() } else { None };
    let reads = events.map(|events| reads(&events).remove(&id).unwrap_or_default());
    Ok(Some(Withdrawn {
        t: view.t,
        unit: unit.unit.name,
        organisation: unit.organisation.name,
        reads: reads.map(|reads| reads.count),
        delivered: reads.is_some_and(|reads| reads.delivered),
    }))
}
