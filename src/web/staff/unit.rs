//! The unit: who works there, which programs read for it, and its sheet.

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::answer;
use crate::crypto::recovery::RecoveryCode;
use crate::domain::organisation::Role;
use crate::domain::{ConsentId, StaffId, UnitId};
use crate::http::StaffMember;
use crate::store::organisation::UnitRow;
use crate::usecase::staff::{Colleague, OpenInvite};
use crate::usecase::token::Live;
use crate::usecase::{Error, Session};
use crate::web::account;
use crate::web::again::Pending;
use crate::web::page::confirm::Confirm;
use crate::web::page::events::{Line, place};
use crate::web::page::form::Wrong;
use crate::web::page::passphrase::Whose;
use crate::web::page::unit::{StaffRow, TokenRow, UnitPage};
use crate::web::page::{Notice, Place, url};
use crate::web::pairs::Pairs;
use crate::web::sent::{Form, Path};
use crate::web::view::{View, to};

/// What a form of the unit's page held, and what is wrong with it.
#[derive(Default)]
pub struct Typed {
    pub name: String,
    pub role: Option<Role>,
    pub code: String,
    pub label: String,
    pub days: String,
    pub wrong: Vec<Wrong>,
}

/// So many of the unit's events are shown.
const EVENTS: u64 = 50;

/// What the unit's form sends. Each of its two sections is done by a button of its own, and what stands in the other stays.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    pub name: String,
    pub role: String,
    pub code: String,
    pub label: String,
    pub days: String,
    /// The form came back in another language.
    language: Option<String>,
}

impl Sent {
    /// The same, on a page that says what is wrong with it.
    pub fn typed(self, wrong: Vec<Wrong>) -> Typed {
        let Self { name, role, code, label, days, language: _ } = self;
        Typed { name, role: Role::from_word(&role), code, label, days, wrong }
    }

    fn invites(&self) -> bool {
        !self.name.trim().is_empty()
    }

    fn wants_token(&self) -> bool {
        [&self.code, &self.label, &self.days].iter().any(|typed| !typed.trim().is_empty())
    }
}

/// What was just done, as the unit's address says it.
const DONE: [&str; 6] = ["revoked", "cancelled", "removed", "joined", "member", "chosen"];

pub async fn unit(mut view: View, StaffMember(session): StaffMember, RawQuery(query): RawQuery) -> Response {
    let done = DONE.into_iter().find(|done| query.as_deref() == Some(done));
    view.notice = done.map(|done| Notice { text: view.t.s(format!("unit-done-{done}")), warning: false });
    let shown = page(&view, &session, Typed::default()).await;
    answer(&view, shown.map(|page| view.page(&page)))
}

/// Another of the member's units; on to what was asked for there, where something was.
pub async fn choose(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    let Ok(unit) = pairs.one("unit").parse::<UnitId>() else { return view.not_found() };
    let onward = || match pairs.one("consent").parse::<ConsentId>() {
        // With what was typed.
        Ok(consent) if pairs.has("case") => Redirect::temporary(&url::staff_read(consent)).into_response(),
        Ok(consent) => to(url::staff_consent(consent)),
        Err(_) => done("chosen"),
    };
    answer(&view, view.site.service.choose_unit(&session, unit).await.map(|()| onward()))
}

/// The form without a button of its own: a change of language, or the Enter key, which does the section that was filled in.
pub async fn enter(view: View, staff: StaffMember, Form(sent): Form<Sent>) -> Response {
    match (sent.language.is_none(), sent.invites(), sent.wants_token()) {
        (true, true, false) => super::invite::make(view, staff, Form(sent)).await,
        (true, false, true) => super::token::mint(view, staff, Form(sent)).await,
        _ => {
            let shown = page(&view, &staff.0, sent.typed(Vec::new())).await;
            answer(&view, shown.map(|page| view.page(&page)))
        }
    }
}

/// Back to the unit, which says what was `done`.
pub fn done(done: &str) -> Response {
    to(format!("{}?{done}", url::STAFF_UNIT))
}

/// The unit's page with a form that came back.
pub async fn faulty(view: &View, session: &Session, typed: Typed) -> Result<Response, Error> {
    Ok(view.faulty(&page(view, session, typed).await?))
}

pub async fn ask_remove(view: View, StaffMember(session): StaffMember, Path(id): Path<String>) -> Response {
    answer(&view, question(&view, &session, &id).await)
}

pub async fn remove(view: View, StaffMember(session): StaffMember, Path(id): Path<String>, pairs: Pairs) -> Response {
    let Ok(id) = id.parse::<StaffId>() else { return view.not_found() };
    let pending = pending(&view, "why-remove-staff", url::staff_remove(id), &pairs);
    let session = match pending.refreshed(&view, session).await {
        // Whoever leaves has known the unit's keyring: it is changed in the same breath, which asks for the passphrase.
        Ok(session) if session.opened() && !session.fresh() => return pending.ask(&view, false),
        Ok(session) => session,
        Err(response) => return response,
    };
    answer(&view, removed(&view, &session, id).await)
}

/// A new sheet. Where a change of locks is still due it comes first, and brings the sheet.
pub async fn sheet(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    let pending = pending(&view, "why-unit-sheet", url::STAFF_UNIT_SHEET.to_owned(), &pairs);
    let session = match pending.refreshed(&view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    printed(&view, &session).await.unwrap_or_else(|error| pending.failed(&view, &error))
}

fn pending<'a>(view: &View, why: &str, action: String, pairs: &'a Pairs) -> Pending<'a> {
    Pending { place: Place::Unit, why: view.t.s(why), action, back: url::STAFF_UNIT.to_owned(), pairs }
}

async fn question(view: &View, session: &Session, id: &str) -> Result<Response, Error> {
    let id: StaffId = id.parse().map_err(|_| Error::NotFound)?;
    let (member, colleagues, _) = view.site.service.colleagues(session).await?;
    let colleague = colleagues.into_iter().find(|one| one.id == id && id != member.id).ok_or(Error::NotFound)?;
    Ok(view.page(&Confirm::remove_staff(view.t, id, &called(view, colleague.name))))
}

/// A colleague, also one whose row somebody has spoilt.
fn called(view: &View, name: String) -> String {
    if name.is_empty() { view.t.s("unit-unreadable") } else { name }
}

async fn removed(view: &View, session: &Session, id: StaffId) -> Result<Response, Error> {
    view.site.service.remove_staff(session, id).await?;
    Ok(rotated(view, session).await?.unwrap_or_else(|| done("removed")))
}

async fn printed(view: &View, session: &Session) -> Result<Response, Error> {
    let code = match view.site.service.rotate_unit_if_due(session).await? {
        Some(code) => code,
        None => view.site.service.unit_sheet(session).await?,
    };
    shown_once(view, session, &code).await
}

/// The unit's new sheet, where its keys were due to be made anew: someone has left, and whoever opens the unit next does it.
pub async fn rotated(view: &View, session: &Session) -> Result<Option<Response>, Error> {
    match view.site.service.rotate_unit_if_due(session).await? {
        Some(code) => shown_once(view, session, &code).await.map(Some),
        None => Ok(None),
    }
}

async fn shown_once(view: &View, session: &Session, code: &RecoveryCode) -> Result<Response, Error> {
    let unit = view.site.service.member(session).await?.unit.unit.name;
    Ok(view.once(&account::sheet(view, Whose::Unit, code, Some(unit), url::STAFF_UNIT_SHEET_KEPT)))
}

async fn page(view: &View, session: &Session, typed: Typed) -> Result<UnitPage, Error> {
    let service = &view.site.service;
    let (member, colleagues, invites) = service.colleagues(session).await?;
    let tokens = service.tokens(session).await?;
    let sheet = service.unit_sheet_made(session).await?;
    let issuing = member.role != Role::Reader && service.issuing_scope(session).await?.is_some();
    let administrator = member.role == Role::Administrator;
    let events = if administrator { service.unit_events(session, EVENTS).await? } else { Vec::new() };
    let mut units = service.units_of(session).await?;
    if units.len() < 2 {
        units.clear();
    }
    let named = |row: UnitRow| {
        let name = place(view.t, &row.unit.name, &row.organisation.name);
        (row.unit.id, name, row.unit.id == member.unit.unit.id)
    };
    let here = colleagues.into_iter().map(|one: Colleague| {
        let this = one.id == member.id;
        StaffRow { id: one.id, name: called(view, one.name), role: one.role, this, invited: None }
    });
    let invited = invites.into_iter().map(|one: OpenInvite| {
        let invited = Some((one.id.to_string(), one.until));
        StaffRow { id: StaffId(one.id), name: called(view, one.name), role: one.role, this: false, invited }
    });
    let token = |one: Live| {
        let id = hex::encode(one.lookup);
        TokenRow { id, label: one.label.name, code: one.code, by: one.label.by, until: one.until }
    };
    Ok(UnitPage {
        t: view.t,
        staff: here.chain(invited).collect(),
        tokens: tokens.into_iter().map(token).collect(),
        units: units.into_iter().map(named).collect(),
        lines: events.iter().map(|line| Line::new(view.t, &line.event, None)).collect(),
        sheet,
        unit: member.unit.unit.name,
        organisation: member.unit.organisation.name,
        number: member.unit.organisation.number.to_string(),
        administrator,
        issuing,
        name: typed.name,
        role: typed.role,
        code: typed.code,
        label: typed.label,
        days: typed.days,
        wrong: typed.wrong,
    })
}
