//! Nothing typed is lost: a form that comes when its session has ended, or is not opened yet, is kept, and given back after the next opening.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;

use super::language::local;
use super::page::url;
use super::pairs::AGAIN;
use super::sent::{LONG_FORM, has_file};
use super::step;
use super::view::to;
use crate::domain::ConsentId;
use crate::domain::profile::Kind;
use crate::domain::profile::file::MOST_BYTES;
use crate::http::Site;
use crate::http::cookie::{self, Name};
use crate::usecase::SessionKind;
use crate::usecase::draft::Draft;
use crate::usecase::session::ClosedSession;

/// Pages whose forms hold what someone has thought about. Never the keys' pages: no passphrase is kept anywhere.
const KEPT: [&str; 10] = [
    "/map/",
    "/entries/",
    "/sharing/",
    "/request/",
    "/guide/",
    "/import/",
    "/proofs/",
    "/showings/new",
    url::PRESENT,
    url::RECEIVE,
];
/// At these, what is answered is good for a moment, or a code that opens something, or a search.
const PASSING: [&str; 3] = [url::PRESENT_ANSWER, url::RECEIVE_TAKE, url::SHARING_NEW];
/// What ends an address that acts at once, whatever the language: nothing was typed there, or a code that opens something (a card's).
const ACTS: [&str; 12] =
    ["confirm", "delete", "wallet", "proof", "withdraw", "pressed", "block", "unblock", "no", "hear", "open", "card"];
/// What ends an address where yes is said: the form comes back without the answer, as its summary.
const ANSWERED: &str = "/give";
/// The staff's forms: those that come back as they were, and do nothing, where only the language was changed.
const KEPT_OF_STAFF: [&str; 6] =
    [url::STAFF_REQUESTS, url::STAFF_UNIT, url::STAFF_STATEMENT, url::STAFF_RECEIVER, url::STAFF_CLIENTS, url::STAFF_FRAMEWORKS];
/// Of each thing under these, the form at its own address.
const KEPT_OF_EACH: [&str; 5] = [url::STAFF_CLIENTS, url::STAFF_ASSESS, url::STAFF_WAITING, url::STAFF_ISSUED, url::STAFF_BATCHES];
/// Done by buttons of the unit's form, which comes back at its own address.
const OF_THE_UNIT: [&str; 2] = [url::STAFF_INVITE, url::STAFF_TOKENS];

/// Layer: keeps a form whose session opens nothing, and leads to the start page, which says so, or to the lock.
pub async fn keep(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if request.method() == Method::GET && step::is_sealed(request.uri()) && kept(path).is_some() {
        return match kept_step(&site, request.headers(), request.uri()).await {
            Some(kept) => kept,
            None => next.run(request).await,
        };
    }
    // A file is not kept: only what was typed.
    let beside_file = has_file(request.headers()) && path == url::entry_new(Kind::Document);
    let typed = request.headers().get(CONTENT_TYPE).is_none_or(|kind| kind == "application/x-www-form-urlencoded");
    let worth = (typed || beside_file) && request.method() == Method::POST && (path == url::LANGUAGE || kept(path).is_some());
    let closed = if worth { closed(&site, request.headers(), path).await } else { Vec::new() };
    if closed.is_empty() {
        return next.run(request).await;
    }
    if beside_file {
        let path = path.to_owned();
        return kept_for(&site, &closed, form_of(&path, texts(request).await)).await.unwrap_or_else(|| to(START));
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONG_FORM).await else { return to(START) };
    match kept_for(&site, &closed, form(parts.uri.path(), &body)).await {
        Some(kept) => kept,
        None => next.run(Request::from_parts(parts, Body::from(body))).await,
    }
}

/// What was answered at the steps, asked for again by its address after the session's end.
async fn kept_step(site: &Site, headers: &HeaderMap, address: &Uri) -> Option<Response> {
    let (jar, path) = (CookieJar::from_headers(headers), address.path());
    let closed = closed(site, headers, path).await;
    let secret = cookie::read(&jar, &site.base, Name::of(whose(path))).filter(|_| !closed.is_empty())?;
    let pairs = step::opened(&secret, address)?;
    kept_for(site, &closed, form_of(path, pairs.0.clone())).await
}

/// Keeps the form for whichever session its page is of; `None` where there is nothing to keep.
async fn kept_for(site: &Site, closed: &[ClosedSession], form: Option<Draft>) -> Option<Response> {
    let form = form?;
    let closed = *closed.iter().find(|closed| closed.kind == whose(&form.path))?;
    let kept = site.service.keep_draft(closed, form).await;
    if let Err(error) = &kept {
        tracing::error!(%error, "a draft could not be kept");
    }
    Some(to(onward(closed, matches!(kept, Ok(true)))))
}

/// What was written in a form with a file. The file is read to its end, lest the browser take the answer for a broken line, and kept nowhere.
async fn texts(mut request: Request) -> Vec<(String, String)> {
    DefaultBodyLimit::max(MOST_BYTES + LONG_FORM).apply(&mut request);
    let (mut texts, mut room) = (Vec::new(), LONG_FORM);
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return texts };
    while let Ok(Some(mut field)) = form.next_field().await {
        let name = field.name().filter(|name| Kind::Document.field(name).is_some()).map(str::to_owned);
        let mut text = Vec::new();
        while let Ok(Some(chunk)) = field.chunk().await {
            // All together are no longer than any other form.
            if name.is_some() && chunk.len() <= room {
                room -= chunk.len();
                text.extend_from_slice(&chunk);
            }
        }
        texts.extend(name.zip(String::from_utf8(text).ok()));
    }
    texts
}

/// Where the way to the form begins.
const fn onward(closed: ClosedSession, kept: bool) -> &'static str {
    match (closed.live, closed.kind, kept) {
        (true, SessionKind::Participant, _) => url::KEYS_UNLOCK,
        (true, SessionKind::Staff, _) => url::STAFF_UNLOCK,
        (false, SessionKind::Participant, true) => KEPT_START,
        (false, SessionKind::Staff, true) => KEPT_AT_WORK,
        (false, _, false) => START,
    }
}

const START: &str = "/?signed-out";
const KEPT_START: &str = "/?kept";
const KEPT_AT_WORK: &str = "/?kept-at-work";

/// The sessions of the request's cookies that open nothing: of the one that the page is for; of both, where the form says which page.
async fn closed(site: &Site, headers: &HeaderMap, path: &str) -> Vec<ClosedSession> {
    let jar = CookieJar::from_headers(headers);
    let mut found = Vec::new();
    // Whoever answers a request by a card is not whoever was signed in here before.
    if path.starts_with("/request/") && live_card(site, &jar).await {
        return found;
    }
    for kind in [SessionKind::Participant, SessionKind::Staff] {
        let asked = path == url::LANGUAGE || whose(path) == kind;
        let Some(secret) = cookie::read(&jar, &site.base, Name::of(kind)).filter(|_| asked) else { continue };
        found.extend(site.service.closed(&secret).await.ok().flatten());
    }
    found
}

async fn live_card(site: &Site, jar: &CookieJar) -> bool {
    let Some(secret) = cookie::read(jar, &site.base, Name::Card) else { return false };
    site.service.resume(&secret).await.ok().flatten().is_some()
}

fn whose(path: &str) -> SessionKind {
    if url::for_staff(path) { SessionKind::Staff } else { SessionKind::Participant }
}

/// The address at which a form comes back as it was; `None` where it is not kept.
fn kept(path: &str) -> Option<&str> {
    let path = path.split('?').next().unwrap_or_default();
    // A browser takes these away, and would send the form elsewhere (RFC 3986, 5.2.4).
    if path.to_ascii_lowercase().replace("%2e", ".").split('/').any(|part| part == "." || part == "..") {
        return None;
    }
    let (above, last) = path.rsplit_once('/')?;
    if !url::for_staff(path) {
        let forms = KEPT.iter().any(|prefix| path.starts_with(prefix)) && !PASSING.contains(&path);
        return (forms && !ACTS.contains(&last)).then_some(path);
    }
    if OF_THE_UNIT.contains(&path) {
        return Some(url::STAFF_UNIT);
    }
    if path == url::STAFF_UNIT_CHOOSE {
        // Beside the unit, what was typed for a case in a tab of another one.
        return Some(path);
    }
    let reading = above.starts_with(url::STAFF_INBOX) && matches!(last, "read" | "copy");
    (KEPT_OF_STAFF.contains(&path) || KEPT_OF_EACH.contains(&above) || reading).then_some(path)
}

fn form(path: &str, body: &[u8]) -> Option<Draft> {
    form_of(path, ::url::form_urlencoded::parse(body).into_owned().collect())
}

fn form_of(path: &str, mut fields: Vec<(String, String)>) -> Option<Draft> {
    let back = fields.iter().find(|(name, _)| name == "back").map(|(_, value)| local(value));
    let path = if path == url::LANGUAGE { back? } else { path.to_owned() };
    let mut path = kept(&path)?.to_owned();
    if path == url::STAFF_UNIT_CHOOSE {
        let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        field("case")?;
        path = url::staff_read(field("consent")?.parse::<ConsentId>().ok()?);
    }
    // The language's button stands before the form; a field of that name within it is an answer.
    if fields.first().is_some_and(|(name, _)| name == "language") {
        fields.remove(0);
    }
    let given_anew = |name: &str| name == AGAIN || (name == "answer" && path.ends_with(ANSWERED));
    fields.retain(|(name, _)| !given_anew(name));
    (!fields.is_empty()).then_some(Draft { path, fields, unit: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_passphrase_and_no_foreign_page_is_kept() {
        assert!(form("/keys/unlock", b"passphrase=x").is_none());
        assert!(form(url::LANGUAGE, b"language=en&back=/keys/new&own=x").is_none());
        assert!(form(url::LANGUAGE, b"language=en&back=https://evil.example/map/x&own=x").is_none());
        assert!(form("/receive/take", b"ticket=x&tx_code=1").is_none());
        for path in ["/proofs/text", "/showings/new/how", "/present", "/receive"] {
            assert!(form(path, b"text=x").is_some(), "{path}");
        }
        for path in ["/map/../keys/erase", "/map/%2E%2e/keys/erase", "/sharing/./new/what", "/map/../staff/unit", "/request/k/card"]
        {
            assert!(form(path, b"text=x").is_none(), "{path}");
            assert!(form(url::LANGUAGE, format!("language=en&back={path}&text=x").as_bytes()).is_none(), "{path}");
        }
        let draft = form("/map/p05/work/new", b"language=en&employer=A+%26+B&passphrase-again=x").expect("kept");
        assert_eq!(draft.fields, [("employer".to_owned(), "A & B".to_owned())]);
    }

    #[test]
    fn an_answer_is_kept_where_it_was_typed_and_not_where_it_would_act() {
        let draft = form("/map/p03/language/new", b"back=/map&language=ar&writing=b1").expect("kept");
        assert!(draft.fields.contains(&("language".to_owned(), "ar".to_owned())), "a language that one knows");
        for path in ["/sharing/new/give", "/sharing/link/give", "/request/k/give"] {
            let draft = form(path, b"unit=x&answer=yes").expect("kept");
            assert_eq!(draft.fields, [("unit".to_owned(), "x".to_owned())], "the summary is shown, and asks again");
        }
        for path in ["/entries/x/wallet", "/entries/x/confirm", "/entries/x/delete", "/sharing/units/x/unblock", "/request/k/no"] {
            assert!(form(path, b"text=x").is_none(), "{path}");
        }
    }

    #[test]
    fn of_staff_is_kept_what_was_typed_and_nothing_that_acts() {
        let id = "01990000-0000-7000-8000-000000000001";
        let acts =
            ["/staff/keys/unlock", "/staff/keys/new", "/staff/join", "/invite", url::STAFF_INVITE_CANCEL, url::STAFF_RECEIVER_TEST];
        let of_one = [
            "/staff/inbox/{}/acknowledge",
            "/staff/inbox/{}/files/a",
            "/staff/clients/{}/end",
            "/staff/issuing/waiting/{}/approve",
        ];
        let of_one = of_one.map(|path| path.replace("{}", id));
        for path in acts.into_iter().chain(of_one.iter().map(String::as_str)) {
            assert!(form(path, b"text=x").is_none(), "{path}");
        }
        let of_one = ["/staff/inbox/{}/read", "/staff/issuing/assess/{}", "/staff/issuing/issued/{}", "/staff/clients/{}"];
        let of_one = of_one.map(|path| path.replace("{}", id));
        for path in KEPT_OF_STAFF.into_iter().chain(of_one.iter().map(String::as_str)) {
            assert_eq!(form(path, b"text=x").expect("kept").path, path);
            assert_eq!(whose(path), SessionKind::Staff);
        }
        assert_eq!(form(url::STAFF_INVITE, b"name=Sara").expect("kept").path, url::STAFF_UNIT, "where its form stands");
        let chosen = |more: &str| form(url::STAFF_UNIT_CHOOSE, format!("unit=x&consent={id}{more}").as_bytes());
        assert_eq!(chosen("&case=2026-118").expect("kept").path, format!("/staff/inbox/{id}/read"));
        assert!(chosen("").is_none(), "nothing was typed");
    }
}
