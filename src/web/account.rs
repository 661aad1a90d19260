//! The first passphrase and the sheet; opening with either.

use std::sync::Arc;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::language::local;
use super::page::confirm::Confirm;
use super::page::form::Wrong;
use super::page::passphrase::{NewPassphrase, Sheet, Ticked, Unlock, UnlockSheet, Whose};
use super::page::{Place, url};
use super::sent::Form;
use super::staff;
use super::view::{View, to};
use crate::crypto::passphrase::{Weak, generate, judge};
use crate::crypto::recovery::{NotACode, RecoveryCode};
use crate::crypto::secret::Secret;
use crate::http::Site;
use crate::http::cookie::{self, Name};
use crate::http::route::{get_post, post};
use crate::usecase::account::Newcomer;
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::KEYS_NEW, get_post(new_person, create_person))
        .route(url::KEYS_NEW_WORDS, post(other_words))
        .route(url::KEYS_SHEET_KEPT, post(sheet_kept))
        .route(url::KEYS_UNLOCK, get_post(lock_person, unlock_person))
        .route(url::KEYS_UNLOCK_SHEET, get_post(sheet_person, unlock_sheet_person))
        .route(url::STAFF_SHEET_KEPT, post(async || to(url::STAFF_INBOX)))
        .route(url::STAFF_UNLOCK, get_post(lock_staff, unlock_staff))
        .route(url::STAFF_UNLOCK_SHEET, get_post(sheet_staff, unlock_sheet_staff))
}

/// In the address of the keys' page: the first sheet has been shown, and is gone.
pub const SHEET_GONE: &str = "sheet-gone";

/// What the form of a new passphrase holds.
#[derive(Default, Deserialize, ZeroizeOnDrop)]
pub struct Typed {
    #[serde(default)]
    pub choice: String,
    #[serde(default)]
    pub words: String,
    #[serde(default)]
    pub own: String,
    /// Not empty where the words did not come ticked.
    #[serde(default)]
    pub asked: String,
    /// The code of the unit's sheet, where an invite asks for it.
    #[serde(default)]
    pub sheet: String,
    pub language: Option<String>,
}

impl Typed {
    /// The phrase that was chosen. None where one's own was typed and the words stood ticked as they came: whoever overlooked that
    /// would be locked out.
    pub fn phrase(&self) -> Option<&str> {
        let words = if self.asked.is_empty() { self.own.is_empty() } else { self.choice == "words" };
        if self.choice == "own" { Some(&self.own) } else { words.then_some(&*self.words) }
    }

    fn ticked(&self) -> Ticked {
        match self.phrase() {
            None => Ticked::Neither,
            Some(_) if self.choice == "own" => Ticked::Own,
            Some(_) => Ticked::Words,
        }
    }

    /// The same beside six other words.
    pub fn with_other_words(mut self) -> Self {
        self.words.zeroize();
        self
    }
}

/// The page for a new passphrase, with what was typed and what is wrong with it.
pub fn new_passphrase(view: &View, whose: Whose, first: bool, typed: &Typed, wrong: Vec<Wrong>) -> NewPassphrase {
    let offered = judge(&typed.words).is_ok();
    let words = if offered { typed.words.clone() } else { generate(&*view.site.service.random).as_str().to_owned() };
    let (ticked, own, asked) = (typed.ticked(), typed.own.clone(), !typed.asked.is_empty());
    NewPassphrase { t: view.t, whose, first, words, ticked, own, asked, sheet: None, wrong }
}

/// Which of the two is meant must be said.
pub fn which(view: &View) -> Wrong {
    Wrong::new("choice", view.t.s("wrong-passphrase-which"))
}

/// The page of a fresh sheet, shown once.
pub fn sheet(view: &View, whose: Whose, code: &RecoveryCode, unit: Option<String>, next: &str) -> Sheet {
    let groups = code.printed().split('-').map(str::to_owned).collect();
    let service = view.site.base.origin().to_owned();
    Sheet { t: view.t, whose, groups, made: view.t.now, unit, service, next: next.to_owned() }
}

async fn new_person(view: View, jar: CookieJar) -> Response {
    shown(&view, &jar, &Typed::default()).await
}

/// Six other words; what was typed beside them stays.
async fn other_words(view: View, jar: CookieJar, Form(typed): Form<Typed>) -> Response {
    shown(&view, &jar, &typed.with_other_words()).await
}

async fn shown(view: &View, jar: &CookieJar, typed: &Typed) -> Response {
    match newcomer(view, jar, Whose::Person).await {
        Ok(_) => view.page(&new_passphrase(view, Whose::Person, true, typed, Vec::new())),
        Err(response) => response,
    }
}

async fn create_person(view: View, jar: CookieJar, Form(typed): Form<Typed>) -> Response {
    if typed.language.is_some() {
        return shown(&view, &jar, &typed).await;
    }
    let (secret, newcomer) = match newcomer(&view, &jar, Whose::Person).await {
        Ok(found) => found,
        Err(response) => return made_already(&view).unwrap_or(response),
    };
    if let Err(error) = counted_newcomer(&view, &newcomer) {
        return view.error(&error);
    }
    let faulty = |wrong| view.faulty(&new_passphrase(&view, Whose::Person, true, &typed, vec![wrong]));
    let Some(phrase) = typed.phrase() else { return faulty(which(&view)) };
    match view.site.service.create_participant(&newcomer, phrase).await {
        Ok(created) => {
            let page = sheet(&view, Whose::Person, &created.sheet, None, url::KEYS_SHEET_KEPT);
            let jar = signed_in(&view, jar, (Name::Newcomer, &secret), (Name::Person, &created.session)).await;
            (jar, view.once(&page)).into_response()
        }
        Err(Error::Weak(weak)) => faulty(wrong_own(&view, weak)),
        Err(error) => view.error(&error),
    }
}

/// The page of the first sheet, asked for once more (a reload sends its form again): the sheet is gone, and the keys' page says how to
/// make another.
fn made_already(view: &View) -> Option<Response> {
    let opened = view.person.as_ref().is_some_and(Session::opened);
    opened.then(|| to(format!("{}?{SHEET_GONE}", url::KEYS)))
}

/// The newcomer of this browser, and the secret of their cookie; else the way back to the start.
pub async fn newcomer(view: &View, jar: &CookieJar, whose: Whose) -> Result<(Secret, Newcomer), Response> {
    let name = if whose == Whose::Person { Name::Newcomer } else { Name::StaffNewcomer };
    let Some(secret) = cookie::read(jar, &view.site.base, name) else { return Err(to(url::START)) };
    match view.site.service.peek_login(&secret).await {
        Ok(Some(newcomer)) => Ok((secret, newcomer)),
        Ok(None) => Err(to(url::START)),
        Err(error) => Err(view.error(&error)),
    }
}

/// The newcomer's cookie goes, the session's comes.
pub async fn signed_in(view: &View, jar: CookieJar, old: (Name, &Secret), new: (Name, &Secret)) -> CookieJar {
    // The row would age away by itself; a fault here must not cost the person the sheet that is about to be shown.
    let _taken: Result<Option<Newcomer>, Error> = view.site.service.take_login(old.1).await;
    cookie::set(cookie::remove(jar, &view.site.base, old.0), &view.site.base, new.0, new.1)
}

/// On to the map, or to the request or offer that waits.
async fn sheet_kept(view: View, jar: CookieJar) -> Response {
    let next = asked(&view, &jar).unwrap_or_else(|| url::MAP.to_owned());
    (cookie::remove_ask(jar, &view.site.base), to(next)).into_response()
}

/// The request that was about to be answered, or the offer that was about to be taken.
fn asked(view: &View, jar: &CookieJar) -> Option<String> {
    let offer = || cookie::read(jar, &view.site.base, Name::Offer).map(|_| url::OFFER.to_owned());
    cookie::ask(jar, &view.site.base).map(|key| url::waiting(&key)).or_else(offer)
}

async fn lock_person(view: View) -> Response {
    lock(&view, Whose::Person).await
}

async fn lock_staff(view: View) -> Response {
    lock(&view, Whose::Staff).await
}

async fn lock(view: &View, whose: Whose) -> Response {
    match session(view, whose) {
        None => to(format!("{}?signed-out", url::START)),
        Some(session) if session.opened() => to(home(whose)),
        Some(session) => match view.site.service.erase_due(session).await {
            Ok(erase_at) => view.page(&Unlock { t: view.t, whose, wrong: Vec::new(), next: None, erase_at }),
            Err(error) => view.error(&error),
        },
    }
}

#[derive(Deserialize, ZeroizeOnDrop)]
struct Opening {
    passphrase: String,
    next: Option<String>,
}

/// Tries at one lock within five minutes.
const MOST: usize = 10;

async fn unlock_person(view: View, jar: CookieJar, Form(form): Form<Opening>) -> Response {
    unlock(&view, jar, Whose::Person, form).await
}

async fn unlock_staff(view: View, jar: CookieJar, Form(form): Form<Opening>) -> Response {
    unlock(&view, jar, Whose::Staff, form).await
}

async fn unlock(view: &View, jar: CookieJar, whose: Whose, form: Opening) -> Response {
    let Some(session) = session(view, whose) else { return to(format!("{}?signed-out", url::START)) };
    let key = match counted(view, session) {
        Ok(key) => key,
        Err(error) => return view.error(&error),
    };
    match view.site.service.unlock(session, &form.passphrase).await {
        Ok(secret) => {
            view.site.tries.forget(&key);
            let next = form.next.as_deref().map_or_else(|| home(whose).to_owned(), local);
            let waiting = asked(view, &jar).filter(|_| whose == Whose::Person);
            let (next, jar) = match waiting {
                Some(request) => (request, cookie::remove_ask(jar, &view.site.base)),
                None => (next, jar),
            };
            // Who came with an invite to another unit is asked about it first.
            let invited = whose == Whose::Staff && cookie::read(&jar, &view.site.base, Name::StaffNewcomer).is_some();
            let next = if invited { url::STAFF_JOIN.to_owned() } else { next };
            let back = match unit_rotated(view, whose, &secret).await {
                Some(sheet) => Some(sheet),
                None => given_back(view, whose, &secret, &next).await,
            };
            (cookie::set(jar, &view.site.base, cookie_of(whose), &secret), back.unwrap_or_else(|| to(next))).into_response()
        }
        Err(Error::Wrong) => {
            let wrong = vec![Wrong::new("passphrase", view.t.s("wrong-passphrase"))];
            view.faulty(&Unlock { t: view.t, whose, wrong, next: form.next.clone(), erase_at: None })
        }
        Err(error) => view.error(&error),
    }
}

/// The unit's new sheet, where its keys were due to be made anew and an administrator has just opened it. Nobody is kept out where it fails:
/// the next opening tries again.
async fn unit_rotated(view: &View, whose: Whose, secret: &Secret) -> Option<Response> {
    let opened =
        view.site.service.resume(secret).await.ok().flatten().filter(|opened| whose == Whose::Staff && opened.unit.is_some())?;
    staff::rotated(view, &opened).await.unwrap_or_else(|error| {
        tracing::warn!(?error, "a unit's keys could not be made anew");
        None
    })
}

/// What was being typed when the last session ended, on a page that leads back into its form.
async fn given_back(view: &View, whose: Whose, secret: &Secret, next: &str) -> Option<Response> {
    let session = view.site.service.resume(secret).await.ok().flatten()?;
    let draft = view.site.service.take_draft(&session).await.ok()??;
    let language = ("language".to_owned(), view.t.lang.tag().to_owned());
    let part = |part: &str| view.t.s(format!("draft-{part}"));
    let page = Confirm {
        t: view.t,
        place: if whose == Whose::Staff { Place::Inbox } else { Place::Map },
        question: part("question"),
        meaning: vec![part("meaning")],
        action: draft.path,
        yes: part("yes"),
        ends: false,
        back: next.to_owned(),
        // As from the language's own button, which stands before the form's fields: one of these may bear the same name.
        hidden: std::iter::once(language).chain(draft.fields).collect(),
    };
    // It is forgotten where it was kept: a change of language would lose it.
    Some(view.once(&page))
}

async fn sheet_person(view: View) -> Response {
    view.page(&UnlockSheet { t: view.t, whose: Whose::Person, wrong: Vec::new() })
}

async fn sheet_staff(view: View) -> Response {
    view.page(&UnlockSheet { t: view.t, whose: Whose::Staff, wrong: Vec::new() })
}

#[derive(Deserialize, ZeroizeOnDrop)]
struct Code {
    code: String,
}

async fn unlock_sheet_person(view: View, jar: CookieJar, Form(form): Form<Code>) -> Response {
    unlock_sheet(&view, jar, Whose::Person, &form.code).await
}

async fn unlock_sheet_staff(view: View, jar: CookieJar, Form(form): Form<Code>) -> Response {
    unlock_sheet(&view, jar, Whose::Staff, &form.code).await
}

/// The sheet opens; a new passphrase and a new sheet follow at once.
async fn unlock_sheet(view: &View, jar: CookieJar, whose: Whose, code: &str) -> Response {
    let Some(session) = session(view, whose) else { return to(format!("{}?signed-out", url::START)) };
    if let Err(error) = counted(view, session) {
        return view.error(&error);
    }
    let key = match view.site.service.unlock_by_sheet(session, code).await {
        Ok(secret) => {
            let next = if whose == Whose::Person { url::KEYS_PASSPHRASE } else { url::STAFF_PASSPHRASE };
            return (cookie::set(jar, &view.site.base, cookie_of(whose), &secret), to(next)).into_response();
        }
        Err(Error::Wrong) => "wrong-sheet",
        Err(Error::NotACode(NotACode::Length)) => "wrong-sheet-length",
        Err(Error::NotACode(NotACode::Check)) => "wrong-sheet-check",
        Err(error) => return view.error(&error),
    };
    let wrong = vec![Wrong::new("code", view.t.s(key))];
    view.faulty(&UnlockSheet { t: view.t, whose, wrong })
}

/// Counts a try at a lock; the key under which it is forgotten once it opens.
pub fn counted(view: &View, session: &Session) -> Result<[u8; 32], Error> {
    let key = view.site.service.keys.address(&session.owner.to_string()).0;
    let counted = view.site.tries.count(key, MOST, view.t.now);
    counted.map(|()| key).map_err(Error::TooOften)
}

/// Counts a newcomer's try at a first passphrase: each may cost what opening a lock costs.
pub fn counted_newcomer(view: &View, newcomer: &Newcomer) -> Result<(), Error> {
    let key = view.site.service.keys.address(&format!("newcomer {}", hex::encode(newcomer.lookup()))).0;
    view.site.tries.count(key, MOST, view.t.now).map_err(Error::TooOften)
}

fn session(view: &View, whose: Whose) -> Option<&Session> {
    if whose == Whose::Person { view.person.as_ref() } else { view.staff.as_ref() }
}

const fn cookie_of(whose: Whose) -> Name {
    if matches!(whose, Whose::Person) { Name::Person } else { Name::Staff }
}

const fn home(whose: Whose) -> &'static str {
    if matches!(whose, Whose::Person) { url::MAP } else { url::STAFF_INBOX }
}

/// What is wrong with a passphrase of one's own.
pub fn wrong_own(view: &View, weak: Weak) -> Wrong {
    let text = match weak {
        Weak::TooShort => view.t.s("wrong-passphrase-short"),
        Weak::TooLong => view.t.s("wrong-passphrase-long"),
        Weak::Common => view.t.s("wrong-passphrase-common"),
    };
    Wrong::new("own", text)
}
