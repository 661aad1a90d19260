//! Joining a unit by invite: as a newcomer with a first passphrase, or as someone who is staff of another unit already.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use zeroize::ZeroizeOnDrop;

use crate::crypto::recovery::NotACode;
use crate::http::StaffMember;
use crate::http::cookie::{self, Name};
use crate::usecase::Error;
use crate::usecase::account::Newcomer;
use crate::usecase::invite::Invitation;
use crate::web::account::{self, Typed, newcomer, sheet, signed_in};
use crate::web::page::form::Wrong;
use crate::web::page::passphrase::{NewPassphrase, Sheets, Whose};
use crate::web::page::unit::JoinUnit;
use crate::web::page::url;
use crate::web::sent::Form;
use crate::web::view::{View, to};

pub async fn new(view: View, jar: CookieJar) -> Response {
    shown(&view, &jar, Typed::default()).await
}

/// Six other words; what was typed beside them stays.
pub async fn other_words(view: View, jar: CookieJar, Form(typed): Form<Typed>) -> Response {
    shown(&view, &jar, typed.with_other_words()).await
}

async fn shown(view: &View, jar: &CookieJar, typed: Typed) -> Response {
    match newcomer(view, jar, Whose::Staff).await {
        Ok((_, newcomer)) => match form(view, &newcomer, &typed, Vec::new()).await {
            Ok(page) => view.page(&page),
            Err(error) => view.error(&error),
        },
        Err(response) => response,
    }
}

pub async fn create(view: View, jar: CookieJar, Form(typed): Form<Typed>) -> Response {
    let (secret, newcomer) = match newcomer(&view, &jar, Whose::Staff).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if typed.language.is_some() {
        return shown(&view, &jar, typed).await;
    }
    if let Err(error) = account::counted_newcomer(&view, &newcomer) {
        return view.error(&error);
    }
    let name = newcomer.name.clone().unwrap_or_default();
    let joined = match typed.phrase() {
        Some(phrase) => view.site.service.join(&newcomer, &name, phrase, Some(&typed.sheet)).await.map_err(Some),
        None => Err(None),
    };
    let wrong = match joined {
        Ok(joined) => {
            let jar = signed_in(&view, jar, (Name::StaffNewcomer, &secret), (Name::Staff, &joined.session)).await;
            let own = sheet(&view, Whose::Staff, &joined.sheet, None, url::STAFF_SHEET_KEPT);
            let page = match &joined.unit_sheet {
                Some(code) => view.once(&Sheets { own, unit: sheet(&view, Whose::Unit, code, None, url::STAFF_SHEET_KEPT) }),
                None => view.once(&own),
            };
            return (jar, page).into_response();
        }
        Err(None) => account::which(&view),
        Err(Some(Error::Weak(weak))) => account::wrong_own(&view, weak),
        Err(Some(error)) => match wrong_sheet(&view, &error) {
            Some(wrong) => wrong,
            None => return view.error(&error),
        },
    };
    match form(&view, &newcomer, &typed, vec![wrong]).await {
        Ok(page) => view.faulty(&page),
        Err(error) => view.error(&error),
    }
}

async fn form(view: &View, newcomer: &Newcomer, typed: &Typed, wrong: Vec<Wrong>) -> Result<NewPassphrase, Error> {
    let invitation = view.site.service.invited_with(newcomer).await?;
    let sheet = invitation.filter(|invitation| invitation.wants_sheet).map(|_| typed.sheet.clone());
    let mut page = account::new_passphrase(view, Whose::Staff, true, typed, wrong);
    page.sheet = sheet;
    Ok(page)
}

/// What is wrong with the code of the unit's sheet, where that is what is wrong.
fn wrong_sheet(view: &View, error: &Error) -> Option<Wrong> {
    let key = match error {
        Error::Wrong => "wrong-sheet",
        Error::NotACode(NotACode::Length) => "wrong-sheet-length",
        Error::NotACode(NotACode::Check) => "wrong-sheet-check",
        _ => return None,
    };
    Some(Wrong::new("sheet", view.t.s(key)))
}

#[derive(Default, Deserialize, ZeroizeOnDrop)]
pub struct Accepting {
    #[serde(default)]
    sheet: String,
    /// The form came back in another language.
    language: Option<String>,
}

/// An invite that someone has come with who is staff already: what it means, and the button.
pub async fn ask(view: View, jar: CookieJar, StaffMember(session): StaffMember) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    let Some((_, invitation)) = invitation(&view, &jar).await else { return to(url::STAFF_INBOX) };
    view.page(&page(&view, &invitation, String::new(), Vec::new()))
}

pub async fn accept(view: View, jar: CookieJar, StaffMember(session): StaffMember, Form(accepting): Form<Accepting>) -> Response {
    let Some((newcomer, invitation)) = invitation(&view, &jar).await else { return to(url::STAFF_INBOX) };
    if accepting.language.is_some() {
        return view.page(&page(&view, &invitation, accepting.sheet.clone(), Vec::new()));
    }
    let joined = match view.site.service.join_too(&session, &newcomer, Some(&accepting.sheet)).await {
        Ok(Some(code)) => {
            let unit = Some(invitation.unit.unit.name.clone());
            view.once(&sheet(&view, Whose::Unit, &code, unit, url::STAFF_UNIT_SHEET_KEPT))
        }
        Ok(None) => to(format!("{}?joined", url::STAFF_UNIT)),
        // The invite was for someone else.
        Err(Error::TooMany(_)) => to(format!("{}?member", url::STAFF_UNIT)),
        Err(error) => {
            return match wrong_sheet(&view, &error) {
                Some(wrong) => view.faulty(&page(&view, &invitation, accepting.sheet.clone(), vec![wrong])),
                None => view.error(&error),
            };
        }
    };
    (cookie::remove(jar, &view.site.base, Name::StaffNewcomer), joined).into_response()
}

async fn invitation(view: &View, jar: &CookieJar) -> Option<(Newcomer, Invitation)> {
    let (_, newcomer) = newcomer(view, jar, Whose::Staff).await.ok()?;
    let invitation = view.site.service.invited_with(&newcomer).await.ok().flatten()?;
    Some((newcomer, invitation))
}

fn page(view: &View, invitation: &Invitation, typed: String, wrong: Vec<Wrong>) -> JoinUnit {
    JoinUnit {
        t: view.t,
        unit: invitation.unit.unit.name.clone(),
        organisation: invitation.unit.organisation.name.clone(),
        role: invitation.role,
        sheet: invitation.wants_sheet.then_some(typed),
        wrong,
    }
}
