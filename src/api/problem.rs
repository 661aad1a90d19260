//! Errors as the API tells them (RFC 9457): what is wrong and what to do, never what was typed, no internals.

use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::profile::{Fault, Kind};
use crate::http::error::{Meaning, meaning};
use crate::text::T;
use crate::usecase::Error;

/// The body of an error.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `/problems/` and a fixed word.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "/problems/not-found")]
    kind: Box<str>,
    #[schema(value_type = String)]
    title: Box<str>,
    status: u16,
    /// What to do.
    #[schema(value_type = String)]
    detail: Box<str>,
    /// Given with faults of ours: the number to tell the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    instance: Option<Box<str>>,
    /// What is wrong with single members of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<MemberFault>,
    #[serde(skip)]
    retry_after: Option<u32>,
    #[serde(skip)]
    no_session: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MemberFault {
    /// Where in the body (RFC 6901).
    pointer: String,
    /// A fixed word.
    fault: String,
    detail: String,
}

/// What goes wrong before a use case is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    BadJson,
    BadMember,
    BadQuery,
    WrongType,
    TooLarge,
    NoSession,
    TooFast,
    NotFound,
    /// Sent by a page of someone else's.
    Origin,
    Method,
    AddressTooLong,
    Busy,
    Internal,
}

impl Key {
    const fn meaning(self) -> Meaning {
        let (status, key) = match self {
            Self::BadJson => (StatusCode::BAD_REQUEST, "bad-json"),
            Self::BadMember => (StatusCode::UNPROCESSABLE_ENTITY, "bad-member"),
            Self::BadQuery => (StatusCode::BAD_REQUEST, "bad-query"),
            Self::WrongType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-type"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::NoSession => (StatusCode::UNAUTHORIZED, "no-session"),
            Self::TooFast => (StatusCode::TOO_MANY_REQUESTS, "too-fast"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::Origin => (StatusCode::FORBIDDEN, "origin"),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, "method"),
            Self::AddressTooLong => (StatusCode::URI_TOO_LONG, "bad-query"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        Meaning { status, key, retry_after: None }
    }
}

impl Key {
    /// Why a layer refused, by the status that it gave.
    pub fn of_layer(status: StatusCode) -> Option<Self> {
        let all = [Self::Origin, Self::Method, Self::TooLarge, Self::AddressTooLong, Self::Busy, Self::Internal];
        all.into_iter().find(|key| key.meaning().status == status)
    }
}

impl Problem {
    pub fn new(t: T, key: Key) -> Self {
        Self { no_session: key == Key::NoSession, ..Self::of(t, key.meaning()) }
    }

    fn of(t: T, meaning: Meaning) -> Self {
        let Meaning { status, key, retry_after } = meaning;
        Self {
            kind: format!("/problems/{key}").into(),
            title: t.s(format!("problem-{key}-title")).into(),
            status: status.as_u16(),
            detail: t.s(format!("problem-{key}-todo")).into(),
            instance: None,
            errors: Vec::new(),
            retry_after,
            no_session: false,
        }
    }

    /// What a use case's error means; `instance` where it is a fault of ours.
    pub fn from_error(t: T, error: &Error, instance: impl FnOnce() -> String) -> Self {
        let meaning = meaning(error);
        let errors = match error {
            Error::Faults(faults) => faults.iter().map(|(member, fault)| member_fault(t, member, fault)).collect(),
            _ => Vec::new(),
        };
        let instance = meaning.status.is_server_error().then(|| instance().into());
        Self { errors, instance, ..Self::of(t, meaning) }
    }

    /// Where reading the body stopped.
    pub fn at_line(mut self, t: T, line: usize, column: usize) -> Self {
        self.detail = format!("{} {}", self.detail, t.two("problem-place", "line", line, "column", column)).into();
        self
    }

    /// The answer, with the headers that were to go with it, but those of the body that it replaces.
    pub fn with_headers(self, headers: &HeaderMap) -> Response {
        let mut response = self.into_response();
        for (name, value) in headers.iter().filter(|(name, _)| ![CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING].contains(name)) {
            response.headers_mut().insert(name, value.clone());
        }
        response
    }

    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

/// Names a member only where the name is ours: an unknown one was typed by someone.
fn member_fault(t: T, member: &str, fault: &Fault) -> MemberFault {
    let field = Kind::ALL.iter().any(|kind| kind.field(member).is_some());
    let stated = matches!(member, "readers" | "automated" | "automated_how" | "transfers" | "transfers_where");
    let known = field || stated || matches!(member, "address" | "case" | "name" | "days" | "until");
    let pointer = match (known, fault) {
        (true, fault) if *fault != Fault::Unknown => format!("/{member}"),
        _ => "/fields".to_owned(),
    };
    let mut args = vec![("field", pointer.as_str().into())];
    match *fault {
        Fault::TooLong { max } => args.push(("max", max.into())),
        Fault::NotANumber { min, max } => args.extend([("min", min.into()), ("max", max.into())]),
        _ => {}
    }
    let detail = t.with(fault.key(), &args);
    MemberFault { fault: fault.key().trim_start_matches("fault-").to_owned(), detail, pointer }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // Texts and numbers alone: it can always be written.
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.no_session {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Cookie realm=\"egenkarta\""));
        }
        response
    }
}
