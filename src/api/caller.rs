//! Who calls: the site and the language to answer in, and the session where one is needed.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;

use super::problem::{Key, Problem};
use crate::http::{Guest, Lang, Site};
use crate::text::T;
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

impl Ask {
    /// What an error means, for `map_err`. A fault of ours is logged once, with the number that the caller is told.
    pub fn problem(&self) -> impl Fn(Error) -> Problem {
        |error| {
            let report = || {
                let id = hex::encode(crate::domain::random::bytes::<4>(&*self.site.service.random));
                tracing::error!(%error, id, "a request failed");
                id
            };
            Problem::from_error(self.t, &error, report)
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
