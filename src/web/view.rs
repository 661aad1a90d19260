//! From a page's context to a response, and from an error to the page that says what to do.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts, OriginalUri};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::page::public::ErrorPage;
use super::page::{Body, Frame, Notice, url};
use crate::http::error::meaning;
use crate::http::{Guest, Lang, Site};
use crate::text::T;
use crate::usecase::{Error, Session};

/// What every handler needs to answer: the site, the language, who is signed in, and the page's address.
pub struct View {
    pub site: Arc<Site>,
    pub t: T,
    pub person: Option<Session>,
    pub staff: Option<Session>,
    pub notice: Option<Notice>,
    path: String,
}

impl<S> FromRequestParts<S> for View
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let site = Arc::<Site>::from_ref(state);
        // A session that cannot be read is no session: the page still answers.
        let guest = Guest::from_request_parts(parts, state).await.unwrap_or(Guest { person: None, staff: None });
        let uri = OriginalUri::from_request_parts(parts, state).await.map_or_else(|never| match never {}, |uri| uri.0);
        Ok(Self { person: guest.person, staff: guest.staff, ..Self::without_session(site, &parts.headers, &uri) })
    }
}

impl View {
    /// For whoever asked, without a look at the database.
    pub fn without_session(site: Arc<Site>, headers: &HeaderMap, uri: &Uri) -> Self {
        let Lang(lang) = Lang::of(headers);
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let lang = if url::for_staff(uri.path()) { lang.for_staff(asked) } else { lang };
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let t = T { lang, now: site.service.now() };
        Self { site, t, person: None, staff: None, notice: None, path }
    }

    /// The page, 200.
    pub fn page(&self, body: &impl Body) -> Response {
        self.with_status(StatusCode::OK, body)
    }

    /// The page with something wrong on it, 422; everything typed stands in it.
    pub fn faulty(&self, body: &impl Body) -> Response {
        self.with_status(StatusCode::UNPROCESSABLE_ENTITY, body)
    }

    /// A page whose secret is shown once: a change of language would lose it.
    pub fn once(&self, body: &impl Body) -> Response {
        self.framed(StatusCode::OK, body, true)
    }

    /// The same where something stands in the way, 409, with what was typed.
    pub fn conflict_once(&self, body: &impl Body) -> Response {
        self.framed(StatusCode::CONFLICT, body, true)
    }

    pub fn with_status(&self, status: StatusCode, body: &impl Body) -> Response {
        self.framed(status, body, false)
    }

    fn framed(&self, status: StatusCode, body: &impl Body, once: bool) -> Response {
        let staff_page = matches!(body.place(), super::page::Place::Inbox | super::page::Place::Unit | super::page::Place::Issuing);
        let session = if staff_page { self.staff.as_ref() } else { self.person.as_ref() };
        let frame = Frame {
            t: self.t,
            path: self.path.clone(),
            person_signed_in: self.person.is_some(),
            staff_signed_in: self.staff.is_some(),
            session_ends: session.or(self.staff.as_ref()).map(Session::ends),
            notice: self.notice.clone(),
            demo: self.site.is_demo(),
            leave_to: self.leave_to().to_owned(),
            once,
        };
        let mut response = (status, Html(frame.render(body))).into_response();
        if let Ok(tag) = HeaderValue::from_str(self.t.lang.tag()) {
            response.headers_mut().insert(CONTENT_LANGUAGE, tag);
        }
        response
    }

    /// What an error means to the person: a page of its own, or the way to where it can be mended.
    pub fn error(&self, error: &Error) -> Response {
        let meaning = meaning(error);
        if meaning.key == "open-first" {
            // Whoever is signed in but has not opened anything yet is shown the lock.
            // One browser may be both a person and staff.
            let staff = self.person.is_none() || self.path.starts_with(url::STAFF);
            return Redirect::to(if staff { url::STAFF_UNLOCK } else { url::KEYS_UNLOCK }).into_response();
        }
        let id = meaning.status.is_server_error().then(|| self.report(error));
        let page = ErrorPage::of(self.t, meaning.key, id);
        let mut response = self.with_status(meaning.status, &page);
        if let Some(seconds) = meaning.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// A page that anyone may have open.
    pub fn leave_to(&self) -> &str {
        self.site.leave_to.as_ref().map_or(url::NEUTRAL, |chosen| chosen.as_str())
    }

    pub fn not_found(&self) -> Response {
        self.error(&Error::NotFound)
    }

    /// Logs a fault once, with an id that the visitor sees too.
    fn report(&self, error: &Error) -> String {
        let id = hex::encode(crate::domain::random::bytes::<4>(&*self.site.service.random));
        tracing::error!(%error, id, "a request failed");
        id
    }
}

/// 303 to a page of ours.
pub fn to(path: impl AsRef<str>) -> Response {
    Redirect::to(path.as_ref()).into_response()
}
