//! Signing in and out. Login says who; it opens nothing.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Json, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::{Deserialize, Serialize};

use super::language::local;
use super::page::public::{ErrorPage, Left, SignedOut};
use super::page::url;
use super::sent::{Form, Query};
use super::view::{View, to};
use crate::http::Site;
use crate::http::cookie::{self, Name};
use crate::http::remote::Remote;
use crate::http::route::{get, post};
use crate::identity::{Callback, LoginFault, Pending};
use crate::usecase::account::{Arrival, Newcomer};
use crate::usecase::{Error, Session, SessionKind};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::LOGIN, post(login))
        .route(url::LOGIN_CALLBACK, get(callback))
        .route(url::LOGOUT, post(logout))
        .route(url::LEAVE, post(leave))
        .route(url::SESSION_EXTEND, post(extend))
}

/// What is remembered between leaving for the provider and coming back.
#[derive(Serialize, Deserialize)]
struct Under {
    pending: Pending,
    staff: bool,
    shared: bool,
    invite: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    who: String,
    issuer: String,
    shared_device: Option<String>,
    /// The request to be answered afterwards.
    request: Option<String>,
    /// Whom to be, in the demonstration.
    persona: Option<String>,
}

/// Logins from one address within five minutes. A library has many people behind one.
const MOST: usize = 120;

async fn login(view: View, jar: CookieJar, Remote(address): Remote, Form(asked): Form<Asked>) -> Response {
    let key = view.site.service.keys.address(&format!("login {address}")).0;
    if let Err(seconds) = view.site.tries.count(key, MOST, view.t.now) {
        return view.error(&crate::usecase::Error::TooOften(seconds));
    }
    let kind = if asked.who == "staff" { SessionKind::Staff } else { SessionKind::Participant };
    if kind == SessionKind::Participant && asked.issuer != view.site.participants_issuer {
        return failed(&view, LoginFault::UnknownIssuer);
    }
    let jar = asked.request.iter().fold(jar, |jar, key| cookie::set_ask(jar, &view.site.base, key));
    let hint = asked.persona.filter(|_| view.site.is_demo());
    let start = Start { kind, shared: asked.shared_device.is_some(), invite: None, hint };
    begin(&view, jar, &asked.issuer, start).await
}

/// How a login begins.
pub struct Start {
    pub kind: SessionKind,
    /// On a device that others use too.
    pub shared: bool,
    /// The secret that a new member of staff came with.
    pub invite: Option<String>,
    /// Who it is likely to be (OpenID Connect Core 1.0, 3.1.2.1, `login_hint`).
    pub hint: Option<String>,
}

/// Leads to the provider.
pub async fn begin(view: &View, jar: CookieJar, issuer: &str, start: Start) -> Response {
    let Start { kind, shared, invite, hint } = start;
    let callback = view.site.base.url(url::LOGIN_CALLBACK);
    let started = match view.site.login.begin(issuer, &callback, view.t.lang.tag()).await {
        Ok(started) => started,
        Err(fault) => return failed(view, fault),
    };
    let under = Under { pending: started.pending, staff: kind == SessionKind::Staff, shared, invite };
    match view.site.service.keep_login(&under).await {
        Ok(secret) => {
            let to = hint.map_or_else(|| started.url.clone(), |hint| hinted(&started.url, &hint));
            (cookie::set(jar, &view.site.base, Name::Login, &secret), Redirect::to(&to)).into_response()
        }
        Err(error) => view.error(&error),
    }
}

fn hinted(url: &str, hint: &str) -> String {
    let hint: String = ::url::form_urlencoded::byte_serialize(hint.as_bytes()).collect();
    format!("{url}&login_hint={hint}")
}

async fn callback(view: View, jar: CookieJar, Query(callback): Query<Callback>) -> Response {
    let site = &view.site;
    let under: Option<Under> = match cookie::read(&jar, &site.base, Name::Login) {
        Some(secret) => match site.service.take_login(&secret).await {
            Ok(under) => under,
            Err(error) => return view.error(&error),
        },
        None => None,
    };
    let jar = cookie::remove(jar, &site.base, Name::Login);
    let Some(under) = under else { return (jar, failed(&view, LoginFault::TooLate)).into_response() };
    let login = match site.login.finish(&under.pending, &callback).await {
        Ok(login) => login,
        Err(fault) => return (jar, failed(&view, fault)).into_response(),
    };
    let newcomer = Newcomer::new(under.staff, under.shared, login.name.clone(), under.invite.clone());
    match site.service.arrive(&login.issuer, &login.subject, newcomer).await {
        Ok(arrival) => arrived(&view, jar, &under, login.name, arrival).await,
        Err(error) => view.error(&error),
    }
}

/// The cookie changes at login; what comes next is the lock, or the first passphrase.
async fn arrived(view: &View, jar: CookieJar, under: &Under, name: Option<String>, arrival: Arrival) -> Response {
    let base = &view.site.base;
    match arrival {
        Arrival::Known(session) => {
            let jar = match with_invite(view, jar, under, name).await {
                Ok(jar) => jar,
                Err(error) => return view.error(&error),
            };
            let (name, next) = if under.staff { (Name::Staff, url::STAFF_UNLOCK) } else { (Name::Person, url::KEYS_UNLOCK) };
            (cookie::set(jar, base, name, &session), to(next)).into_response()
        }
        Arrival::Newcomer(_) if under.staff && under.invite.is_none() => {
            let page = ErrorPage::of(view.t, "no-invite", None);
            (jar, view.with_status(StatusCode::FORBIDDEN, &page)).into_response()
        }
        Arrival::Newcomer(secret) => {
            let (name, next) = if under.staff { (Name::StaffNewcomer, url::STAFF_NEW) } else { (Name::Newcomer, url::KEYS_NEW) };
            (cookie::set(jar, base, name, &secret), to(next)).into_response()
        }
    }
}

/// Whoever is staff already and comes with an invite keeps it until they have opened what is theirs.
async fn with_invite(view: &View, jar: CookieJar, under: &Under, name: Option<String>) -> Result<CookieJar, Error> {
    let Some(invite) = under.invite.clone().filter(|_| under.staff) else { return Ok(jar) };
    let secret = view.site.service.keep_login(&Newcomer::new(true, under.shared, name, Some(invite))).await?;
    Ok(cookie::set(jar, &view.site.base, Name::StaffNewcomer, &secret))
}

/// No login came of it: what to do, without what the provider said.
fn failed(view: &View, fault: LoginFault) -> Response {
    tracing::info!(?fault, "a login did not succeed");
    let page = ErrorPage::of(view.t, "login", None);
    let page = match fault.key() {
        "login-failed" => page,
        // What happened and what to do stand in one text.
        key => ErrorPage { what: view.t.s(key), todo: String::new(), ..page },
    };
    view.with_status(StatusCode::BAD_REQUEST, &page)
}

#[derive(Deserialize)]
struct Who {
    who: Option<String>,
}

async fn logout(view: View, jar: CookieJar, Form(who): Form<Who>) -> Response {
    let staff = who.who.as_deref() == Some("staff");
    let (session, name) = if staff { (&view.staff, Name::Staff) } else { (&view.person, Name::Person) };
    if let Some(error) = end(&view, session.as_ref()).await {
        return error;
    }
    let other = if staff { &view.person } else { &view.staff };
    let page = view.page(&SignedOut { t: view.t, left: other.as_ref().map(|_| !staff) });
    let jar = cookie::remove(jar, &view.site.base, name);
    (if staff { jar } else { cookie::remove(jar, &view.site.base, Name::Offer) }, page).into_response()
}

/// "Lämna sidan": every session of this browser ends, and a neutral page takes this one's place.
async fn leave(view: View, jar: CookieJar) -> Response {
    for session in [&view.person, &view.staff] {
        if let Some(error) = end(&view, session.as_ref()).await {
            return error;
        }
    }
    let base = &view.site.base;
    let card = match cookie::read(&jar, base, Name::Card) {
        Some(secret) => view.site.service.resume(&secret).await.ok().flatten(),
        None => None,
    };
    if let Some(error) = end(&view, card.as_ref()).await {
        return error;
    }
    let jar = [Name::Person, Name::Staff, Name::Card, Name::Login, Name::Newcomer, Name::StaffNewcomer, Name::Offer]
        .into_iter()
        .fold(jar, |jar, name| cookie::remove(jar, base, name));
    let page = Left { t: view.t, leave_to: view.leave_to().to_owned() }.render().expect("writing to a String cannot fail");
    (jar, Html(page)).into_response()
}

async fn end(view: &View, session: Option<&Session>) -> Option<Response> {
    let session = session?;
    view.site.service.end_session(session).await.err().map(|error| view.error(&error))
}

#[derive(Deserialize)]
struct Back {
    back: Option<String>,
}

/// Any request keeps a session alive; this one does nothing else.
async fn extend(view: View, headers: HeaderMap, Form(form): Form<Back>) -> Response {
    let session = view.person.as_ref().or(view.staff.as_ref());
    let script = headers.get(ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    let Some(session) = session else {
        return if script { StatusCode::UNAUTHORIZED.into_response() } else { to(format!("{}?signed-out", url::START)) };
    };
    if let Err(error) = view.site.service.touch_session(session).await {
        return view.error(&error);
    }
    if script {
        let left = session.ends().since(view.t.now) / crate::domain::time::SECOND;
        return Json(serde_json::json!({ "seconds_left": left })).into_response();
    }
    to(local(form.back.as_deref().unwrap_or(url::START)))
}
