//! Nothing typed is lost: a form that comes when its session has ended is kept, and given back after the next opening.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;

use super::language::local;
use super::page::url;
use super::sent::LONG_FORM;
use super::view::to;
use crate::http::Site;
use crate::http::cookie::{self, Name};
use crate::usecase::draft::Draft;

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
/// Under these, what is answered is good for a moment, or a code that opens something.
const PASSING: [&str; 2] = [url::PRESENT_ANSWER, url::RECEIVE_TAKE];

/// Layer: keeps a form whose session has ended, and leads to the start page, which says so.
pub async fn keep(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    // A file is not kept: only what was typed.
    let typed = request.headers().get(CONTENT_TYPE).is_none_or(|kind| kind == "application/x-www-form-urlencoded");
    let worth = typed && request.method() == Method::POST && (kept(request.uri().path()) || request.uri().path() == url::LANGUAGE);
    if !worth {
        return next.run(request).await;
    }
    let jar = CookieJar::from_headers(request.headers());
    let Some(secret) = cookie::read(&jar, &site.base, Name::Person) else { return next.run(request).await };
    if !matches!(site.service.resume(&secret).await, Ok(None)) {
        return next.run(request).await;
    }
    let Ok(Some(owner)) = site.service.ended_owner(&secret).await else { return next.run(request).await };
    let path = request.uri().path().to_owned();
    let Ok(body) = to_bytes(request.into_body(), LONG_FORM).await else { return to(START) };
    let Some(form) = form(&path, &body) else { return to(START) };
    match site.service.keep_draft(owner, &form).await {
        Ok(true) => to(KEPT_START),
        Ok(false) => to(START),
        Err(error) => {
            tracing::error!(%error, "a draft could not be kept");
            to(START)
        }
    }
}

const START: &str = "/?signed-out";
const KEPT_START: &str = "/?kept";

fn kept(path: &str) -> bool {
    KEPT.iter().any(|prefix| path.starts_with(prefix)) && !PASSING.contains(&path)
}

fn form(path: &str, body: &[u8]) -> Option<Draft> {
    let fields: Vec<(String, String)> = ::url::form_urlencoded::parse(body).into_owned().collect();
    let back = fields.iter().find(|(name, _)| name == "back").map(|(_, value)| local(value));
    let path = if path == url::LANGUAGE { back? } else { path.to_owned() };
    let fields: Vec<_> = fields.into_iter().filter(|(name, _)| name != "language" && name != "passphrase-again").collect();
    (kept(&path) && !fields.is_empty()).then_some(Draft { path, fields })
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
        let draft = form("/map/p05/work/new", b"employer=A+%26+B&passphrase-again=x&language=en").expect("kept");
        assert_eq!(draft.fields, [("employer".to_owned(), "A & B".to_owned())]);
    }
}
