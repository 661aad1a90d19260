//! What a caller sends: JSON of the right type and size, each member known; ids and queries read without echoing them. The framework's own
//! extractors refuse in words of their own, so none of them is used but here.

use std::str::FromStr;
use std::sync::Arc;

use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRef, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::caller::Ask;
use super::pointer::pointer;
use super::problem::{Key, Problem};
use crate::http::Site;

/// A JSON body.
pub struct Json<T>(pub T);

/// A body as it is.
pub struct Raw(pub Bytes);

/// What stands after the question mark.
pub struct Asked<T>(pub T);

/// What the address names. What is no text (`%ff`) names nothing.
pub struct Named<T>(pub T);

impl<S> FromRequest<S> for Raw
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Problem> {
        let Ok(Ask { t, .. }) = request.extract_parts_with_state(state).await;
        Bytes::from_request(request, state).await.map(Self).map_err(|why| match why {
            BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => Problem::new(t, Key::TooLarge),
            // Cut short, or chunks that are none.
            _ => Problem::new(t, Key::BadBody),
        })
    }
}

impl<T, S> FromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Problem> {
        let Ok(ask) = request.extract_parts_with_state::<Ask, S>(state).await;
        if !is_json(request.headers()) {
            return Err(Problem::new(ask.t, Key::WrongType));
        }
        let Raw(bytes) = Raw::from_request(request, state).await?;
        parsed(&ask, &bytes).map(Self)
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

impl<T, S> FromRequestParts<S> for Named<T>
where
    T: DeserializeOwned + Send,
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Ask { t, .. }) = Ask::from_request_parts(parts, state).await;
        let Path(named) = Path::from_request_parts(parts, state).await.map_err(|_| Problem::new(t, Key::NotFound))?;
        Ok(Self(named))
    }
}

pub fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// JSON as a value of ours. The parser's own words would quote what was sent; the place in it does not.
pub fn parsed<T: DeserializeOwned>(ask: &Ask, bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|e| {
        let (line, column) = (e.line(), e.column());
        if e.is_data() {
            Problem::at_member(ask.t, &pointer(bytes, line, column)).at_line(ask.t, line, column)
        } else {
            Problem::new(ask.t, Key::BadJson).at_line(ask.t, line, column)
        }
    })
}

/// An id out of the path: one that is none names nothing.
pub fn id<I: FromStr>(ask: &Ask, text: &str) -> Result<I, Problem> {
    text.parse().map_err(|_| Problem::new(ask.t, Key::NotFound))
}
