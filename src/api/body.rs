//! What a caller sends: JSON of the right type and size, each member known; ids and queries read without echoing them.

use std::str::FromStr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRef, FromRequest, FromRequestParts, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::caller::Ask;
use super::problem::{Key, Problem};
use crate::http::Site;

/// A JSON body.
pub struct Json<T>(pub T);

/// What stands after the question mark.
pub struct Asked<T>(pub T);

impl<T, S> FromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Ok(Ask { t, .. }) = Ask::from_request_parts(&mut parts, state).await;
        if !is_json(&parts) {
            return Err(Problem::new(t, Key::WrongType));
        }
        let read = Bytes::from_request(Request::from_parts(parts, body), state).await;
        let bytes = read.map_err(|_| Problem::new(t, Key::TooLarge))?;
        // The parser's own words would quote what was sent; the place in it does not.
        serde_json::from_slice(&bytes).map(Self).map_err(|e| {
            let key = if e.is_data() { Key::BadMember } else { Key::BadJson };
            Problem::new(t, key).at_line(t, e.line(), e.column())
        })
    }
}

impl<T, S> FromRequestParts<S> for Asked<T>
where
    T: DeserializeOwned,
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Ask { t, .. }) = Ask::from_request_parts(parts, state).await;
        let Query(asked) = Query::try_from_uri(&parts.uri).map_err(|_| Problem::new(t, Key::BadQuery))?;
        Ok(Self(asked))
    }
}

fn is_json(parts: &Parts) -> bool {
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// An id out of the path: one that is none names nothing.
pub fn id<I: FromStr>(ask: &Ask, text: &str) -> Result<I, Problem> {
    text.parse().map_err(|_| Problem::new(ask.t, Key::NotFound))
}
