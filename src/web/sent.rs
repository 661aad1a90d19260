//! What a request sent, as the handlers want it. Where it is not that, a page says so in the person's language: the framework's own
//! extractors answer in English.

use std::sync::Arc;

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{self, FromRef, FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use super::page::public::ErrorPage;
use super::pairs::Pairs;
use super::view::View;
use crate::http::Site;

/// What a form may be whose texts are for people to write: one that is far too long comes back as it was typed, and the page says which
/// text it is.
pub const LONG_FORM: usize = 1024 * 1024;

/// Whether a form with a file ended where it was too long, or for what else: it came broken, or not at all.
pub fn too_large(error: &MultipartError) -> bool {
    error.status() == StatusCode::PAYLOAD_TOO_LARGE
}

/// The variable parts of the address. One that cannot be read is of no page.
pub struct Path<T>(pub T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match extract::Path::from_request_parts(parts, state).await {
            Ok(extract::Path(found)) => Ok(Self(found)),
            Err(_) => {
                let Ok(view) = View::from_request_parts(parts, state).await;
                Err(view.not_found())
            }
        }
    }
}

/// What stands after the question mark.
pub struct Query<T>(pub T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        match extract::Query::from_request_parts(parts, state).await {
            Ok(extract::Query(found)) => Ok(Self(found)),
            Err(_) => Err(refuse(parts, state, StatusCode::BAD_REQUEST).await),
        }
    }
}

/// A form's fields.
pub struct Form<T>(pub T);

impl<S, T> FromRequest<S> for Form<T>
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let mut kept = parts.clone();
        match axum_extra::extract::Form::from_request(Request::from_parts(parts, body), state).await {
            Ok(axum_extra::extract::Form(found)) => Ok(Self(found)),
            Err(rejection) => {
                let status = rejection.into_response().status();
                Err(refuse(&mut kept, state, status).await)
            }
        }
    }
}

/// Whether a form comes as one with files does (RFC 7578).
pub fn has_file(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// A form with a file: whole, or its texts alone, as where the language was changed, or the form was kept.
pub enum Upload {
    Whole(Box<Multipart>),
    Texts(Pairs),
}

impl<S> FromRequest<S> for Upload
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if !has_file(request.headers()) {
            return Pairs::from_request(request, state).await.map(Self::Texts);
        }
        match Multipart::from_request(request, state).await {
            Ok(form) => Ok(Self::Whole(Box::new(form))),
            // Without its boundary (RFC 7578, 4.1) nothing can be read of it.
            Err(_) => Ok(Self::Texts(Pairs(Vec::new()))),
        }
    }
}

async fn refuse<S>(parts: &mut Parts, state: &S, status: StatusCode) -> Response
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    let Ok(view) = View::from_request_parts(parts, state).await;
    let key = if status == StatusCode::PAYLOAD_TOO_LARGE { "too-large" } else { "bad-request" };
    view.with_status(status, &ErrorPage::of(view.t, key, None))
}
