//! The page behind an offer's link. The code stands in the fragment or is typed; looking changes nothing, a button takes it into the map.
//! Who has to sign in first finds the offer again afterwards: the code waits sealed under a secret of this browser's, as a login does.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::{Deserialize, Serialize};

use super::again::retried;
use super::entry::{audience, seeing};
use super::map::done;
use super::page::entry::Audience;
use super::page::form::Wrong;
use super::page::proof::{OfferPage, Proven, Way};
use super::page::url;
use super::pairs::Pairs;
use super::view::{View, to};
use crate::crypto::recovery::{NotACode, RecoveryCode};
use crate::domain::ConsentId;
use crate::domain::profile::Kind;
use crate::http::cookie::{self, Name};
use crate::http::remote::Remote;
use crate::http::route::{get_post, post};
use crate::http::{Person, Site};
use crate::usecase::{Error, Session};

/// Codes of offers that are heard from one address in five minutes.
const MOST: usize = 60;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(url::OFFER, get_post(show, look)).route(url::OFFER_ACCEPT, post(accept))
}

fn page(view: &View, code: &str) -> OfferPage {
    let way = match &view.person {
        None => Way::SignIn,
        Some(session) if !session.opened() => Way::Unlock,
        Some(_) => Way::Open,
    };
    OfferPage { t: view.t, code: code.to_owned(), offered: None, way, audience: Vec::new(), told: None, wrong: Vec::new() }
}

/// With what waits for whoever has signed in since, for nobody else at this browser.
async fn show(view: View, jar: CookieJar) -> Response {
    let waiting = cookie::read(&jar, &view.site.base, Name::Offer);
    let (Some(secret), Some(_)) = (waiting, view.person.as_ref().filter(|session| session.opened())) else {
        return view.page(&page(&view, ""));
    };
    let kept: Option<Waiting> = match view.site.service.peek_login(&secret).await {
        Ok(kept) => kept,
        Err(error) => return view.error(&error),
    };
    let answer = match &kept {
        Some(Waiting { code }) => match offered(&view, code, &Pairs(Vec::new())).await {
            Ok(page) => return view.page(&page),
            Err(error) => refused(&view, code, &error),
        },
        None => view.page(&page(&view, "")),
    };
    (cookie::remove(jar, &view.site.base, Name::Offer), answer).into_response()
}

/// What is kept while someone signs in.
#[derive(Serialize, Deserialize)]
struct Waiting {
    code: String,
}

/// Keeps the code, and leads to where one signs in or opens one's map.
async fn keep(view: &View, jar: CookieJar, typed: &str) -> Result<Response, Error> {
    let code = RecoveryCode::parse(typed)?.printed().to_string();
    let secret = view.site.service.keep_login(&Waiting { code }).await?;
    let next = if view.person.is_some() { url::KEYS_UNLOCK } else { url::START };
    Ok((cookie::set(jar, &view.site.base, Name::Offer, &secret), to(next)).into_response())
}

/// What was kept is of no more use.
async fn forget(view: &View, jar: CookieJar) -> CookieJar {
    if let Some(secret) = cookie::read(&jar, &view.site.base, Name::Offer) {
        // The row would age away by itself; a fault here must not hide that the proof has been taken.
        let _taken: Result<Option<Waiting>, Error> = view.site.service.take_login(&secret).await;
    }
    cookie::remove(jar, &view.site.base, Name::Offer)
}

async fn look(view: View, jar: CookieJar, Remote(address): Remote, pairs: Pairs) -> Response {
    let typed = pairs.one("code");
    if pairs.only_again() && !pairs.has("seen") && typed.trim().is_empty() {
        return view.page(&page(&view, typed));
    }
    let key = view.site.service.keys.address(&format!("offer {address}")).0;
    if let Err(seconds) = view.site.tries.count(key, MOST, view.site.service.now()) {
        return view.error(&Error::TooOften(seconds));
    }
    if pairs.has("keep") && !pairs.only_again() {
        return keep(&view, jar, typed).await.unwrap_or_else(|error| refused(&view, typed, &error));
    }
    match offered(&view, typed, &pairs).await {
        Ok(page) => view.page(&page),
        Err(error) => refused(&view, typed, &error),
    }
}

/// What is offered, with who would see it.
async fn offered(view: &View, typed: &str, pairs: &Pairs) -> Result<OfferPage, Error> {
    let code = RecoveryCode::parse(typed)?;
    let (_, found) = view.site.service.offered(&code, view.site.outside()).await?;
    let audience = match view.person.as_ref().filter(|session| session.opened()) {
        Some(session) => seen_by(view, session, pairs).await?,
        None => Vec::new(),
    };
    Ok(OfferPage { offered: Some(Proven::new(view.t, &found)), audience, ..page(view, &code.printed()) })
}

/// The live consents that would see a new proof, each tick as it stood.
pub(super) async fn seen_by(view: &View, session: &Session, pairs: &Pairs) -> Result<Vec<Audience>, Error> {
    let seers = seeing(view.site.service.seers(session, None, Kind::Credential).await?);
    let mut audience = audience(view, session, seers).await?;
    for one in &mut audience {
        one.ticked = pairs.all("keep_out").any(|id| id.parse() == Ok(one.consent));
    }
    Ok(audience)
}

/// Whether someone would see it of whom the person has not been told.
pub(super) fn unseen(audience: &[Audience], pairs: &Pairs) -> bool {
    audience.iter().any(|one| !pairs.all("seen").any(|id| id.parse() == Ok(one.consent)))
}

pub(super) fn kept_out(pairs: &Pairs) -> BTreeSet<ConsentId> {
    pairs.all("keep_out").filter_map(|id| id.parse().ok()).collect()
}

async fn accept(view: View, jar: CookieJar, Person(session): Person, pairs: Pairs) -> Response {
    let typed = pairs.one("code");
    match taken(&view, &session, &pairs).await {
        Ok(Some(path)) => (forget(&view, jar).await, to(path)).into_response(),
        Ok(None) => look_again(&view, &pairs).await,
        Err(error) => refused(&view, typed, &error),
    }
}

async fn look_again(view: &View, pairs: &Pairs) -> Response {
    match offered(view, pairs.one("code"), pairs).await {
        Ok(page) => view.page(&page),
        Err(error) => refused(view, pairs.one("code"), &error),
    }
}

/// The address of the new entry; nothing where the person has something to see first.
async fn taken(view: &View, session: &Session, pairs: &Pairs) -> Result<Option<String>, Error> {
    let code = RecoveryCode::parse(pairs.one("code"))?;
    if !session.opened() {
        return Err(Error::Closed);
    }
    let audience = seen_by(view, session, pairs).await?;
    if pairs.only_again() || unseen(&audience, pairs) {
        return Ok(None);
    }
    let (lang, keep_out) = (view.t.lang.written(), kept_out(pairs));
    let take = || view.site.service.accept_offer(session, &code, (lang, &keep_out), view.site.outside());
    let id = retried(take).await?;
    Ok(Some(done(url::entry(id), "taken")))
}

/// What was typed is no code, or nothing waits for it: the field again, with what to do.
fn refused(view: &View, typed: &str, error: &Error) -> Response {
    let t = view.t;
    let page = page(view, typed);
    let wrong = |key: &str| view.faulty(&OfferPage { wrong: vec![Wrong::new("code", t.s(key))], ..self::page(view, typed) });
    match error {
        Error::NotACode(NotACode::Length) => wrong("offer-wrong-length"),
        Error::NotACode(NotACode::Check) => wrong("offer-wrong-check"),
        Error::NotFound | Error::Gone => view.faulty(&OfferPage { told: Some(t.s("offer-none")), ..page }),
        Error::Unopened => view.faulty(&OfferPage { told: Some(t.s("offer-broken")), ..page }),
        Error::TooMany(most) => view.faulty(&OfferPage { told: Some(t.count("section-full", *most)), ..page }),
        error => view.error(error),
    }
}
