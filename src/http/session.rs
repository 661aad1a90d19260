//! Who a request comes from.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;

use super::Site;
use super::cookie::{self, Name};
use crate::text;
use crate::usecase::{Error, Session, SessionKind};

/// A person with a live session; `keyring` may be closed still.
pub struct Person(pub Session);

/// A member of staff with a live session.
pub struct StaffMember(pub Session);

/// Whoever it is: both sessions, where there are any.
pub struct Guest {
    pub person: Option<Session>,
    pub staff: Option<Session>,
}

/// The language to answer in: chosen by cookie, else what the browser asks for.
#[derive(Clone, Copy)]
pub struct Lang(pub text::Lang);

/// There is no live session of the kind that is needed.
#[derive(Debug)]
pub enum NoSession {
    None(SessionKind),
    Failed(Error),
}

impl IntoResponse for NoSession {
    fn into_response(self) -> Response {
        match self {
            // The start page says that one is signed out, and has the way in.
            Self::None(_) => Redirect::to("/?signed-out").into_response(),
            Self::Failed(error) => {
                tracing::error!(%error, "a session could not be read");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

impl Lang {
    pub fn of(headers: &HeaderMap) -> Self {
        let chosen = cookie::language(&CookieJar::from_headers(headers)).and_then(|tag| text::Lang::tagged(&tag));
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self(chosen.unwrap_or_else(|| text::Lang::negotiate(asked)))
    }
}

impl<S> FromRequestParts<S> for Guest
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = NoSession;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NoSession> {
        let site = Arc::<Site>::from_ref(state);
        let person = find(parts, &site, SessionKind::Participant).await?;
        Ok(Self { person, staff: find(parts, &site, SessionKind::Staff).await? })
    }
}

impl<S> FromRequestParts<S> for Person
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = NoSession;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NoSession> {
        let kind = SessionKind::Participant;
        find(parts, &Arc::<Site>::from_ref(state), kind).await?.map(Self).ok_or(NoSession::None(kind))
    }
}

impl<S> FromRequestParts<S> for StaffMember
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = NoSession;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NoSession> {
        let kind = SessionKind::Staff;
        find(parts, &Arc::<Site>::from_ref(state), kind).await?.map(Self).ok_or(NoSession::None(kind))
    }
}

async fn find(parts: &Parts, site: &Site, kind: SessionKind) -> Result<Option<Session>, NoSession> {
    let jar = CookieJar::from_headers(&parts.headers);
    let Some(secret) = cookie::read(&jar, &site.base, Name::of(kind)) else { return Ok(None) };
    let session = site.service.resume(&secret).await.map_err(NoSession::Failed)?;
    // What a card opened answers one request, and is nobody's session elsewhere.
    Ok(session.filter(|session| session.kind == kind && session.only.is_none()))
}
