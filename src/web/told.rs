//! What a layer or the framework refuses is told like every other error: by a page, in the person's language, that says what to do.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::page::public::{ErrorPage, Plain};
use super::page::url;
use super::view::{View, to};
use crate::http::Site;

/// Layer around the pages.
pub async fn told(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let safe = request.method().is_safe();
    let uri = request.uri().clone();
    let asker = asker(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || worded(&response) {
        return response;
    }
    if safe && status == StatusCode::METHOD_NOT_ALLOWED {
        return to(before(uri.path()));
    }
    let view = View::without_session(site, &asker, &uri);
    let page = match key(status) {
        Some("not-found") => view.with_status(status, &Plain::not_found(view.t)),
        Some(key) => view.with_status(status, &ErrorPage::of(view.t, key, None)),
        None => return response,
    };
    with_headers(page, response.headers())
}

/// Layer around everything: the same, where a browser asks for a page.
pub async fn told_to_browsers(site: State<Arc<Site>>, request: Request, next: Next) -> Response {
    let asks =
        request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    if asks && !request.uri().path().starts_with("/api/") { told(site, request, next).await } else { next.run(request).await }
}

/// Whether it says something of its own: the framework's words are plain text.
fn worded(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| !kind.starts_with("text/plain"))
}

/// What an error page in the right language needs of a request's headers.
fn asker(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in [COOKIE, ACCEPT_LANGUAGE] {
        for value in headers.get_all(&name) {
            kept.append(name.clone(), value.clone());
        }
    }
    kept
}

fn key(status: StatusCode) -> Option<&'static str> {
    Some(match status {
        StatusCode::FORBIDDEN => "origin",
        StatusCode::NOT_FOUND | StatusCode::URI_TOO_LONG => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::REQUEST_TIMEOUT => "slow",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => "bad-request",
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        StatusCode::INTERNAL_SERVER_ERROR => "internal",
        _ => return None,
    })
}

fn with_headers(mut page: Response, of: &HeaderMap) -> Response {
    let body = [CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING];
    for (name, value) in of.iter().filter(|(name, _)| !body.contains(name)) {
        page.headers_mut().insert(name, value.clone());
    }
    page
}

/// Where what only answers a form leads when it is asked for by its address, as a change of language on the answer does: to the page
/// that the form stands on.
fn before(path: &str) -> &str {
    let parent = |path: &str| path.rfind('/').unwrap_or_default();
    match path {
        url::LOGIN | url::LOGOUT | url::LEAVE | url::LANGUAGE | url::SESSION_EXTEND | url::TAXONOMY_SEARCH => url::START,
        url::STAFF_SHEET_KEPT => url::STAFF_INBOX,
        _ if path.starts_with("/sharing/units/") => url::SHARING,
        // The files of a consent have no page of their own.
        _ if path.starts_with(url::STAFF_INBOX) && path.contains("/files/") => &path[..parent(&path[..parent(path)])],
        _ if parent(path) == 0 => url::START,
        _ => &path[..parent(path)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_a_form_leads_to_the_form() {
        for (path, led) in [
            ("/keys/sheet", "/keys"),
            ("/logout", "/"),
            ("/session/extend", "/"),
            ("/sharing/units/1/pressed", "/sharing"),
            ("/staff/inbox/1/files/2", "/staff/inbox/1"),
            ("/entries/1/proof", "/entries/1"),
            ("/nothing", "/"),
        ] {
            assert_eq!(before(path), led, "{path}");
        }
    }
}
