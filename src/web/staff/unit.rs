//! The unit: who works there, which programs read for it, and its sheet.

use axum::extract::Path;
use axum::response::Response;
use axum_extra::extract::Form;

use super::answer;
use crate::crypto::recovery::RecoveryCode;
use crate::domain::StaffId;
use crate::domain::organisation::Role;
use crate::http::StaffMember;
use crate::usecase::staff::{Colleague, OpenInvite};
use crate::usecase::token::Live;
use crate::usecase::{Error, Session};
use crate::web::account;
use crate::web::keys::{Again, asked_again, freshened};
use crate::web::page::confirm::Confirm;
use crate::web::page::form::Wrong;
use crate::web::page::passphrase::Whose;
use crate::web::page::unit::{StaffRow, TokenRow, UnitPage};
use crate::web::page::{Place, url};
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

pub async fn unit(view: View, StaffMember(session): StaffMember) -> Response {
    let shown = page(&view, &session, Typed::default()).await;
    answer(&view, shown.map(|page| view.page(&page)))
}

/// The unit's page with a form that came back.
pub async fn faulty(view: &View, session: &Session, typed: Typed) -> Result<Response, Error> {
    Ok(view.faulty(&page(view, session, typed).await?))
}

pub async fn ask_remove(view: View, StaffMember(session): StaffMember, Path(id): Path<String>) -> Response {
    answer(&view, question(&view, &session, &id).await)
}

pub async fn remove(
    view: View,
    StaffMember(session): StaffMember,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let Ok(id) = id.parse::<StaffId>() else { return view.not_found() };
    let action = url::staff_remove(id);
    let again = Again { why: "why-remove-staff", action: &action, back: url::STAFF_UNIT };
    let session = match freshened(&view, session, &fields, &again).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    // Whoever leaves has known the unit's keyring: it is changed in the same breath, which asks for the passphrase.
    if !session.fresh() {
        return view.page(&again.page(&view, &fields, Vec::new()));
    }
    answer(&view, removed(&view, &session, id).await)
}

/// A new sheet. Where a change of locks is still due it comes first, and brings the sheet.
pub async fn sheet(view: View, StaffMember(session): StaffMember, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let again = Again { why: "why-unit-sheet", action: url::STAFF_UNIT_SHEET, back: url::STAFF_UNIT };
    let session = match freshened(&view, session, &fields, &again).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match printed(&view, &session).await {
        Ok(response) => response,
        Err(error) => asked_again(&view, &error, &fields, &again),
    }
}

async fn question(view: &View, session: &Session, id: &str) -> Result<Response, Error> {
    let id: StaffId = id.parse().map_err(|_| Error::NotFound)?;
    let (member, colleagues, _) = view.site.service.colleagues(session).await?;
    let colleague = colleagues.into_iter().find(|one| one.id == id && id != member.id).ok_or(Error::NotFound)?;
    Ok(view.page(&Confirm {
        t: view.t,
        place: Place::Unit,
        question: view.t.one("unit-remove-question", "name", &colleague.name),
        meaning: vec![view.t.s("unit-remove-meaning"), view.t.s("unit-remove-locks")],
        action: url::staff_remove(id),
        yes: view.t.s("unit-remove-yes"),
        back: url::STAFF_UNIT.to_owned(),
        hidden: Vec::new(),
    }))
}

async fn removed(view: &View, session: &Session, id: StaffId) -> Result<Response, Error> {
    view.site.service.remove_staff(session, id).await?;
    match view.site.service.rotate_unit_if_due(session).await? {
        Some(code) => shown_once(view, session, &code).await,
        None => Ok(to(url::STAFF_UNIT)),
    }
}

async fn printed(view: &View, session: &Session) -> Result<Response, Error> {
    let code = match view.site.service.rotate_unit_if_due(session).await? {
        Some(code) => code,
        None => view.site.service.unit_sheet(session).await?,
    };
    shown_once(view, session, &code).await
}

async fn shown_once(view: &View, session: &Session, code: &RecoveryCode) -> Result<Response, Error> {
    let unit = view.site.service.member(session).await?.unit.unit.name;
    Ok(view.page(&account::sheet(view, Whose::Unit, code, Some(unit), url::STAFF_UNIT_SHEET_KEPT)))
}

async fn page(view: &View, session: &Session, typed: Typed) -> Result<UnitPage, Error> {
    let service = &view.site.service;
    let (member, colleagues, invites) = service.colleagues(session).await?;
    let tokens = service.tokens(session).await?;
    let sheet = service.unit_sheet_made(session).await?;
    let here = colleagues.into_iter().map(|one: Colleague| {
        let this = one.id == member.id;
        StaffRow { id: one.id, name: one.name, role: one.role, this, invited: None }
    });
    let invited = invites.into_iter().map(|one: OpenInvite| {
        let invited = Some((one.id.to_string(), one.until));
        StaffRow { id: StaffId(one.id), name: one.name, role: one.role, this: false, invited }
    });
    let token = |one: Live| {
        let id = hex::encode(one.lookup);
        TokenRow { id, label: one.label.name, code: one.code, by: one.label.by, until: one.until }
    };
    Ok(UnitPage {
        t: view.t,
        staff: here.chain(invited).collect(),
        tokens: tokens.into_iter().map(token).collect(),
        sheet,
        unit: member.unit.unit.name,
        organisation: member.unit.organisation.name,
        number: member.unit.organisation.number.to_string(),
        administrator: member.role == Role::Administrator,
        name: typed.name,
        role: typed.role,
        code: typed.code,
        label: typed.label,
        days: typed.days,
        wrong: typed.wrong,
    })
}
