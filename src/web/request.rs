//! Answering a request: by the link of a program, a short code, or a printed card.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use super::page::form::Wrong;
use super::page::public::ErrorPage;
use super::page::request::{RequestAnswered, RequestCode, RequestPage, Stand};
use super::page::sharing::Answers;
use super::page::statement::rows;
use super::page::url;
use super::pairs::Pairs;
use super::sent::{Path, Query};
use super::sharing::steps::{Outcome, Steps, Why};
use super::sharing::unit_row;
use super::step::Step;
use super::view::{View, to};
use crate::crypto::recovery::NotACode;
use crate::domain::UnitId;
use crate::domain::oauth::Basis;
use crate::domain::profile::Class;
use crate::domain::time::DAY;
use crate::http::Site;
use crate::http::cookie::{self, Name};
use crate::http::remote::Remote;
use crate::http::route::{get, get_post, post};
use crate::usecase::answer::QUIET;
use crate::usecase::consent::Given;
use crate::usecase::request::{Open, key_of};
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::AUTHORIZE, get(authorize))
        .route(url::REQUEST, get_post(ask_code, take_code))
        .route("/request/{key}", get(show))
        .route("/request/{key}/{step}", get_post(step, step))
        .route("/sharing/units/{id}/pressed", post(pressed))
}

/// Codes tried from one address within five minutes.
const MOST_CODES: usize = 10;

#[derive(Deserialize)]
struct Begin {
    client_id: Option<String>,
    request_uri: Option<String>,
}

/// The authorization endpoint (RFC 6749, 3.1): only pushed requests (RFC 9126) come here. Nothing of it leads anywhere but to a page of
/// ours until the person has answered.
async fn authorize(view: View, Remote(address): Remote, Query(begin): Query<Begin>) -> Response {
    let (Some(client), Some(uri)) = (begin.client_id.and_then(|id| id.parse().ok()), begin.request_uri) else {
        return gone(&view);
    };
    match view.site.service.begin_pushed(client, &uri).await {
        Ok(key) => to(url::request(&key)),
        Err(error) => missed(&view, &address, &error),
    }
}

async fn ask_code(view: View) -> Response {
    view.page(&RequestCode { t: view.t, code: String::new(), wrong: Vec::new() })
}

async fn take_code(view: View, Remote(address): Remote, pairs: Pairs) -> Response {
    let code = pairs.one("code").trim().to_owned();
    let t = view.t;
    if pairs.only_again() {
        return view.page(&RequestCode { t, code, wrong: Vec::new() });
    }
    match view.site.service.request(&code).await {
        // As it is written, not as it was typed: a telephone makes a dash of its own kind, which no address may hold.
        Ok(_) => to(url::request(&key_of(&code).unwrap_or(code))),
        Err(Error::NotFound) => match counted(&view, &address) {
            Ok(()) => view.faulty(&RequestCode { t, code, wrong: vec![Wrong::new("code", t.s("wrong-request-code"))] }),
            Err(error) => view.error(&error),
        },
        Err(error) => view.error(&error),
    }
}

#[derive(Deserialize)]
struct Scanned {
    k: Option<String>,
}

async fn show(
    view: View,
    jar: CookieJar,
    Remote(address): Remote,
    Path(key): Path<String>,
    Query(scanned): Query<Scanned>,
) -> Response {
    let open = match view.site.service.request(&key).await {
        Ok(open) => open,
        Err(error) => return missed(&view, &address, &error),
    };
    // The QR code was made by whoever holds the device code: another key in its place would collect the answer.
    if scanned.k.is_some_and(|hash| !open.key_is(&hash)) {
        tracing::error!("a request's key is not the one of its code");
        return gone(&view);
    }
    match page(&view, &jar, key, &open).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn page(view: &View, jar: &CookieJar, key: String, open: &Open) -> Result<RequestPage, Error> {
    let (t, service) = (view.t, &view.site.service);
    let session = answering(view, jar).await?;
    let kind = service.catalogue.kind(&open.unit.unit.kind).ok_or(Error::NotFound)?;
    let stand = match &session {
        None => Stand::Out { issuer: view.site.participants_issuer.clone() },
        Some(session) => match service.refused_at(session, open.unit.unit.id).await? {
            Some(since) => Stand::Quiet { since, until: since.plus(QUIET + DAY) },
            None if session.only.is_some() => Stand::Card,
            None if session.opened() => Stand::Open,
            None => Stand::Closed,
        },
    };
    let sensitive = |section: &crate::domain::profile::Section| {
        section.kinds().any(|entry| kind.allowed.contains(&entry) && entry.class() != Class::Normal)
    };
    let tag = t.lang.tag();
    let purpose = service.catalogue.purpose(&open.asked.purpose).map(|purpose| purpose.label.get(tag).to_owned());
    Ok(RequestPage {
        t,
        key,
        unit: unit_row(t, &service.catalogue, &open.unit),
        client: open.client.clone(),
        purpose: purpose.unwrap_or_default(),
        sections: open.asked.sections.iter().map(|section| (*section, sensitive(section))).collect(),
        mode: open.asked.mode,
        until: crate::domain::Timestamp::end_of_day(open.asked.until),
        basis: t.s(basis_key(open.basis())),
        if_no: kind.if_no.get(tag).to_owned(),
        stated: rows(t, service.stated(open.unit.unit.id).await?.as_ref()),
        authority: t.s("authority-name"),
        stand,
        wrong: Vec::new(),
    })
}

async fn step(
    view: View,
    jar: CookieJar,
    Remote(address): Remote,
    Path((key, step)): Path<(String, String)>,
    sent: Step,
) -> Response {
    // A step's address by itself has no answers.
    let Step::Sent(pairs) = sent else { return key_of(&key).map_or_else(|| gone(&view), |key| to(url::request(&key))) };
    let open = match view.site.service.request(&key).await {
        Ok(open) => open,
        Err(error) => return missed(&view, &address, &error),
    };
    if step == "card" {
        return by_card(&view, jar, key, &open, pairs.one("card")).await;
    }
    // It was found, so it is one: as it is written, since what follows are addresses.
    let key = key_of(&key).unwrap_or(key);
    let session = match answering(&view, &jar).await {
        Ok(Some(session)) => session,
        Ok(None) => return to(url::request(&key)),
        Err(error) => return view.error(&error),
    };
    let done = match step.as_str() {
        "no" => refuse(&view, &jar, &session, &key, &open).await,
        "hear" => view.site.service.hear_again(&session, open.unit.unit.id).await.map(|()| to(url::request(&key))),
        "open" => Ok((cookie::set_ask(jar, &view.site.base, &key), to(url::KEYS_UNLOCK)).into_response()),
        _ => answer(&view, &jar, session, (key, open), (&step, &pairs)).await,
    };
    done.unwrap_or_else(|error| view.error(&error))
}

async fn answer(
    view: &View,
    jar: &CookieJar,
    session: Session,
    (key, open): (String, Open),
    (step, pairs): (&str, &Pairs),
) -> Result<Response, Error> {
    let (unit, purpose) = (Some(open.unit.unit.id), Some(open.asked.purpose.clone()));
    let answers = Answers { unit, purpose, ..Answers::read(&pairs.0) };
    let why = Why::Asked(key.clone(), Box::new(open.clone()));
    let steps = Steps::new(view, session.clone(), open.unit.clone(), answers, why).await?;
    if step != "give" {
        return Ok(steps.step(step, pairs).await);
    }
    match steps.decided(pairs).await {
        Ok(Outcome::Answered(given, code)) => answered(view, jar, &session, &open, (&given, code)).await,
        Ok(_) => refuse(view, jar, &session, &key, &open).await,
        Err(response) => Ok(response),
    }
}

/// Back to the program that asked (RFC 6749, 4.1.2; `iss` after RFC 9207), or the page that says what happens now.
async fn answered(
    view: &View,
    jar: &CookieJar,
    session: &Session,
    open: &Open,
    (given, code): (&Given, Option<String>),
) -> Result<Response, Error> {
    let jar = ended(view, jar, session).await?;
    if let (Some(redirect), Some(code)) = (&open.redirect, code) {
        let mut back = ::url::Url::parse(&redirect.redirect_uri).map_err(|_| Error::NotFound)?;
        back.query_pairs_mut().append_pair("code", &code).append_pair("iss", view.site.base.origin());
        if let Some(state) = &redirect.state {
            back.query_pairs_mut().append_pair("state", state);
        }
        return Ok((jar, Redirect::to(back.as_str())).into_response());
    }
    let page = RequestAnswered {
        t: view.t,
        unit: open.unit.unit.id,
        unit_name: open.unit.unit.name.clone(),
        code: Some(given.code.clone()),
        until: given.terms.until,
        card: session.only.is_some(),
        said: false,
    };
    Ok((jar, view.page(&page)).into_response())
}

async fn refuse(view: &View, jar: &CookieJar, session: &Session, key: &str, open: &Open) -> Result<Response, Error> {
    let unit = view.site.service.say_no(session, key).await?;
    let jar = ended(view, jar, session).await?;
    let page = RequestAnswered {
        t: view.t,
        unit,
        unit_name: open.unit.unit.name.clone(),
        code: None,
        until: open.until,
        card: session.only.is_some(),
        said: false,
    };
    Ok((jar, view.page(&page)).into_response())
}

/// A card's session ends with its answer.
async fn ended(view: &View, jar: &CookieJar, session: &Session) -> Result<CookieJar, Error> {
    if session.only.is_none() {
        return Ok(jar.clone());
    }
    view.site.service.end_session(session).await?;
    Ok(cookie::remove(jar.clone(), &view.site.base, Name::Card))
}

async fn by_card(view: &View, jar: CookieJar, key: String, open: &Open, typed: &str) -> Response {
    if let Err(error) = counted(view, &open.id.to_string()) {
        return view.error(&error);
    }
    let wrong = match view.site.service.open_by_card(typed, &key).await {
        Ok(secret) => return (cookie::set(jar, &view.site.base, Name::Card, &secret), to(url::request(&key))).into_response(),
        Err(Error::Wrong) => "wrong-card",
        Err(Error::NotACode(NotACode::Length)) => "wrong-sheet-length",
        Err(Error::NotACode(NotACode::Check)) => "wrong-sheet-check",
        Err(error) => return view.error(&error),
    };
    match page(view, &jar, key, open).await {
        Ok(page) => view.faulty(&RequestPage { wrong: vec![Wrong::new("card", view.t.s(wrong))], ..page }),
        Err(error) => view.error(&error),
    }
}

/// "I felt pressed": counted, once in five minutes for one person and unit.
async fn pressed(view: View, jar: CookieJar, Path(id): Path<String>) -> Response {
    let Ok(unit) = id.parse::<UnitId>() else { return view.not_found() };
    match say_pressed(&view, &jar, unit).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn say_pressed(view: &View, jar: &CookieJar, unit: UnitId) -> Result<RequestAnswered, Error> {
    let session = answering(view, jar).await?.ok_or(Error::NotFound)?;
    let key = view.site.service.keys.address(&format!("pressed {} {unit}", session.owner)).0;
    if view.site.tries.count(key, 1, view.t.now).is_ok() {
        view.site.service.say_pressed(&session, unit).await?;
    }
    let row = view.site.service.unit(unit).await?;
    Ok(RequestAnswered { t: view.t, unit, unit_name: row.unit.name, code: None, until: view.t.now, card: false, said: true })
}

/// Who answers: the person, or who holds their card.
async fn answering(view: &View, jar: &CookieJar) -> Result<Option<Session>, Error> {
    if let Some(session) = &view.person {
        return Ok(Some(session.clone()));
    }
    let Some(secret) = cookie::read(jar, &view.site.base, Name::Card) else { return Ok(None) };
    Ok(view.site.service.resume(&secret).await?.filter(|session| session.only.is_some()))
}

fn counted(view: &View, what: &str) -> Result<(), Error> {
    let key = view.site.service.keys.address(&format!("request {what}")).0;
    view.site.tries.count(key, MOST_CODES, view.t.now).map_err(Error::TooOften)
}

/// No such request: said alike for every reason, and not too often from one place.
fn missed(view: &View, address: &str, error: &Error) -> Response {
    match (error, counted(view, address)) {
        (Error::NotFound, Ok(())) => gone(view),
        (Error::NotFound, Err(error)) => view.error(&error),
        (error, _) => view.error(error),
    }
}

fn gone(view: &View) -> Response {
    view.with_status(StatusCode::NOT_FOUND, &ErrorPage::of(view.t, "request", None))
}

/// The words for a stated legal basis.
pub const fn basis_key(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "basis-6-1-a",
        Basis::Contract => "basis-6-1-b",
        Basis::LegalDuty => "basis-6-1-c",
        Basis::PublicTask => "basis-6-1-e",
        Basis::LegitimateInterest => "basis-6-1-f",
    }
}
