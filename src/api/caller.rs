//! Who calls: the site and the language to answer in, and the session where one is needed.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::presented::{Presented, challenge};
use super::problem::{Key, Of, Problem};
use crate::domain::oauth::Program;
use crate::http::{Guest, Lang, Site};
use crate::text::T;
use crate::usecase::unit_consent::For;
use crate::usecase::{Error, Session};

/// What every endpoint needs to answer.
pub struct Ask {
    pub site: Arc<Site>,
    pub t: T,
}

/// Whoever owns the map, with a live session.
pub struct Owner(pub Session);

/// A member of a unit's staff, with a live session.
pub struct Staff(pub Session);

/// Who acts for a unit: a member of its staff, or a program of the unit's by a token of its own (grant `client_credentials`).
pub enum UnitSide {
    Staff(Box<Session>),
    Program(Program),
}

impl UnitSide {
    pub const fn by(&self) -> For<'_> {
        match self {
            Self::Staff(session) => For::Staff(session),
            Self::Program(program) => For::Program(program),
        }
    }
}

impl Ask {
    /// What an error means, for `map_err`. A fault of ours is logged once, with the number that the caller is told.
    pub fn problem(&self) -> impl Fn(Error) -> Problem {
        self.problem_of(Of::Body)
    }

    /// The same, where the members that the error names are `of` another part of the body.
    pub fn problem_of(&self, of: Of) -> impl Fn(Error) -> Problem {
        move |error| {
            let report = || {
                let id = hex::encode(crate::domain::random::bytes::<4>(&*self.site.service.random));
                tracing::error!(%error, id, "a request failed");
                id
            };
            Problem::from_error(self.t, of, &error, report)
        }
    }
}

impl<S> FromRequestParts<S> for Ask
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let site = Arc::<Site>::from_ref(state);
        let Lang(lang) = Lang::from_request_parts(parts, state).await?;
        let t = T { lang, now: site.service.now() };
        Ok(Self { site, t })
    }
}

impl<S> FromRequestParts<S> for UnitSide
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Ok(ask) = Ask::from_request_parts(parts, state).await;
        let (method, path) = (parts.method.as_str().to_owned(), parts.uri.path().to_owned());
        let Some(token) = Presented::of(&ask, &method, &path, &parts.headers).await? else {
            let found = session(parts, state, |guest| guest.staff).await;
            return found.map(|session| Self::Staff(Box::new(session))).map_err(IntoResponse::into_response);
        };
        match ask.site.service.program_of(token.text, token.proof.as_ref()).await {
            Ok(program) => Ok(Self::Program(program)),
            Err(Error::NotFound) => {
                let mut response = Problem::new(ask.t, Key::BadToken).into_response();
                challenge(&ask.site, "invalid_token", response.headers_mut());
                Err(response)
            }
            Err(error) => Err(ask.problem()(error).into_response()),
        }
    }
}

impl<S> FromRequestParts<S> for Owner
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        session(parts, state, |guest| guest.person).await.map(Self)
    }
}

impl<S> FromRequestParts<S> for Staff
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        session(parts, state, |guest| guest.staff).await.map(Self)
    }
}

async fn session<S>(parts: &mut Parts, state: &S, which: impl FnOnce(Guest) -> Option<Session>) -> Result<Session, Problem>
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    let Ok(ask) = Ask::from_request_parts(parts, state).await;
    // A session that cannot be read is no session.
    let guest = Guest::from_request_parts(parts, state).await.ok();
    guest.and_then(which).ok_or_else(|| Problem::new(ask.t, Key::NoSession))
}
