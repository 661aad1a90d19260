//! "Nycklar": ways in, sessions, export, starting over, erasing.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;

use super::account::{SHEET_GONE, Typed, counted, new_passphrase, sheet, which, wrong_own};
use super::again::Pending;
use super::page::confirm::Confirm;
use super::page::keys::{Card, Keys, Session as SessionRow, Slot, SlotKind as Shown};
use super::page::passphrase::Whose;
use super::page::public::Plain;
use super::page::{Notice, Place, url};
use super::pairs::{AGAIN, Pairs};
use super::view::{View, to};
use crate::crypto::slot::SlotKind;
use crate::http::cookie::{self, Name};
use crate::http::route::{get, get_post, post};
use crate::http::{Person, Site, StaffMember};
use crate::usecase::ways_in::WayIn;
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::KEYS, get(keys))
        .route(url::KEYS_PASSPHRASE, get_post(passphrase, change_passphrase))
        .route(url::STAFF_PASSPHRASE, get_post(staff_passphrase, change_staff_passphrase))
        .route(url::KEYS_SHEET, post(new_sheet))
        .route(url::KEYS_CARD, post(new_card))
        .route(url::KEYS_REMOVE, post(remove))
        .route(url::KEYS_EXPORT, post(export))
        .route(url::KEYS_START_OVER, get_post(ask_start_over, start_over))
        .route(url::KEYS_ROTATE, get_post(ask_rotate, rotate))
        .route(url::KEYS_ERASE, get_post(ask_erase, erase))
        .route(url::KEYS_ERASE_CANCEL, post(cancel_erase))
}

async fn keys(mut view: View, Person(session): Person, RawQuery(query): RawQuery) -> Response {
    if query.as_deref() == Some(SHEET_GONE) {
        view.notice = Some(Notice { text: view.t.s("keys-sheet-gone"), warning: true });
    }
    let service = &view.site.service;
    let found =
        async { Ok((service.ways_in(&session).await?, service.cards(&session).await?, service.erase_due(&session).await?)) };
    let ((slots, sessions), cards, erase_at) = match found.await {
        Ok(found) => found,
        Err(error) => return view.error(&error),
    };
    let shown = |kind| if kind == SlotKind::Recovery { Shown::Sheet } else { Shown::Passphrase };
    let slot = |way: WayIn| Slot { id: way.id.to_string(), kind: shown(way.kind), made: way.created, used: None };
    let row =
        |(id, shared_device, since, seen)| SessionRow { id: format!("{id}"), since, seen, this: id == session.id, shared_device };
    view.page(&Keys {
        t: view.t,
        open: session.opened(),
        slots: slots.into_iter().map(slot).collect(),
        sessions: sessions.into_iter().map(row).collect(),
        cards: cards.iter().map(|card| (card.id.to_string(), card.created)).collect(),
        erase_at,
        rotated: false,
    })
}

async fn passphrase(view: View, Person(session): Person) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    view.page(&new_passphrase(&view, Whose::Person, false, &Typed::default(), Vec::new()))
}

async fn staff_passphrase(view: View, StaffMember(session): StaffMember) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    view.page(&new_passphrase(&view, Whose::Staff, false, &Typed::default(), Vec::new()))
}

async fn change_passphrase(view: View, Person(session): Person, pairs: Pairs) -> Response {
    change(&view, session, Whose::Person, &pairs).await
}

async fn change_staff_passphrase(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    change(&view, session, Whose::Staff, &pairs).await
}

async fn change(view: &View, session: Session, whose: Whose, pairs: &Pairs) -> Response {
    let (action, next) = match whose {
        Whose::Person => (url::KEYS_PASSPHRASE, url::KEYS),
        _ => (url::STAFF_PASSPHRASE, url::STAFF_INBOX),
    };
    let mut typed = typed(pairs);
    if pairs.has("other") {
        typed = typed.with_other_words();
    }
    if typed.language.is_some() || pairs.has("other") {
        return view.page(&new_passphrase(view, whose, false, &typed, Vec::new()));
    }
    let faulty = |wrong| view.faulty(&new_passphrase(view, whose, false, &typed, vec![wrong]));
    let Some(phrase) = typed.phrase() else { return faulty(which(view)) };
    let pending = Pending { back: next.to_owned(), ..pending(view, "why-passphrase", action, pairs) };
    let session = match pending.refreshed(view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match view.site.service.change_passphrase(&session, phrase).await {
        Ok(code) => view.once(&sheet(view, whose, &code, None, next_after_sheet(whose))),
        Err(Error::Weak(weak)) => faulty(wrong_own(view, weak)),
        Err(error) => pending.failed(view, &error),
    }
}

const fn next_after_sheet(whose: Whose) -> &'static str {
    if matches!(whose, Whose::Person) { url::KEYS_SHEET_KEPT } else { url::STAFF_SHEET_KEPT }
}

async fn new_sheet(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let pending = pending(&view, "why-sheet", url::KEYS_SHEET, &pairs);
    let session = match pending.refreshed(&view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match view.site.service.new_sheet(&session).await {
        Ok(code) => view.once(&sheet(&view, Whose::Person, &code, None, url::KEYS_SHEET_KEPT)),
        Err(error) => pending.failed(&view, &error),
    }
}

async fn new_card(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let pending = pending(&view, "why-card", url::KEYS_CARD, &pairs);
    let session = match pending.refreshed(&view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match view.site.service.make_card(&session).await {
        Ok(code) => view.once(&Card {
            t: view.t,
            groups: code.printed().split('-').map(str::to_owned).collect(),
            made: view.t.now,
            service: view.site.base.origin().to_owned(),
        }),
        Err(error) => pending.failed(&view, &error),
    }
}

/// One way in or one session ends.
async fn remove(view: View, Person(session): Person, jar: CookieJar, pairs: Pairs) -> Response {
    let pending = pending(&view, "why-remove", url::KEYS_REMOVE, &pairs);
    let Ok(id) = pairs.one("slot").parse() else { return to(url::KEYS) };
    let own = id == session.id;
    let session = match pending.refreshed(&view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match view.site.service.remove_any(&session, id).await {
        Ok(()) if own => (cookie::remove(jar, &view.site.base, Name::Person), to(url::START)).into_response(),
        Ok(()) => to(url::KEYS),
        Err(error) => pending.failed(&view, &error),
    }
}

/// Everything as one JSON file, to keep.
async fn export(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let pending = pending(&view, "why-export", url::KEYS_EXPORT, &pairs);
    let session = match pending.refreshed(&view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match view.site.service.export(&session).await {
        Ok(export) => {
            let headers = [(CONTENT_TYPE, "application/json"), (CONTENT_DISPOSITION, "attachment; filename=\"egenkarta.json\"")];
            (headers, serde_json::to_vec_pretty(&export).unwrap_or_default()).into_response()
        }
        Err(error) => pending.failed(&view, &error),
    }
}

/// New keys take the passphrase: its slot is made anew from it.
async fn ask_rotate(view: View, Person(session): Person) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    pending(&view, "why-rotate", url::KEYS_ROTATE, &Pairs(Vec::new())).ask(&view, false)
}

async fn rotate(view: View, Person(session): Person, jar: CookieJar, pairs: Pairs) -> Response {
    let pending = pending(&view, "why-rotate", url::KEYS_ROTATE, &pairs);
    let phrase = pairs.one(AGAIN);
    if phrase.is_empty() {
        return pending.ask(&view, false);
    }
    let key = match counted(&view, &session) {
        Ok(key) => key,
        Err(error) => return view.error(&error),
    };
    match view.site.service.rotate(&session, phrase).await {
        Ok((secret, code)) => {
            view.site.tries.forget(&key);
            let page = view.once(&sheet(&view, Whose::Person, &code, None, url::KEYS_SHEET_KEPT));
            (cookie::set(jar, &view.site.base, Name::Person, &secret), page).into_response()
        }
        Err(Error::Wrong) => pending.ask(&view, true),
        Err(error) => view.error(&error),
    }
}

async fn ask_start_over(view: View, Person(session): Person) -> Response {
    view.page(&Confirm::start_over(view.t, session.opened()))
}

async fn start_over(view: View, Person(session): Person, jar: CookieJar) -> Response {
    let opened = session.opened();
    match view.site.service.begin_again(&session).await {
        Ok(_) if opened => gone(&view, jar, "started-over"),
        Ok(_) => to(url::KEYS),
        Err(error) => view.error(&error),
    }
}

async fn ask_erase(view: View, Person(session): Person) -> Response {
    view.page(&Confirm::erase(view.t, session.opened()))
}

async fn erase(view: View, Person(session): Person, jar: CookieJar) -> Response {
    let opened = session.opened();
    match view.site.service.erase(&session).await {
        Ok(_) if opened => gone(&view, jar, "erased"),
        Ok(_) => to(url::KEYS),
        Err(error) => view.error(&error),
    }
}

async fn cancel_erase(view: View, Person(session): Person) -> Response {
    match view.site.service.cancel_erase(&session).await {
        Ok(()) => to(url::KEYS),
        Err(error) => view.error(&error),
    }
}

fn gone(view: &View, jar: CookieJar, key: &str) -> Response {
    let page = view.page(&Plain::of(view.t, Place::Public, key, url::START, "to-start"));
    (cookie::remove(jar, &view.site.base, Name::Person), page).into_response()
}

/// An act of these pages that may ask for the passphrase again. `why`: the key of the words for what it is for.
fn pending<'a>(view: &View, why: &str, action: &str, pairs: &'a Pairs) -> Pending<'a> {
    Pending { place: Place::Keys, why: view.t.s(why), action: action.to_owned(), back: url::KEYS.to_owned(), pairs }
}

fn typed(pairs: &Pairs) -> Typed {
    let part = |name| pairs.one(name).to_owned();
    let language = pairs.only_again().then(|| part("language"));
    Typed { choice: part("choice"), words: part("words"), own: part("own"), asked: part("asked"), sheet: String::new(), language }
}
