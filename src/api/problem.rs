//! Errors as the API tells them (RFC 9457): what is wrong and what to do, never what was typed, no internals.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
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
    kind: String,
    title: String,
    status: u16,
    /// What to do.
    detail: String,
    /// Given with faults of ours: the number to tell the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// What is wrong with single members of the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<MemberFault>,
    #[serde(skip)]
    retry_after: Option<u32>,
    #[serde(skip)]
    challenge: Option<&'static str>,
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
        };
        Meaning { status, key, retry_after: None }
    }
}

impl Problem {
    pub fn new(t: T, key: Key) -> Self {
        let challenge = (key == Key::NoSession).then_some("Cookie realm=\"egenkarta\"");
        Self { challenge, ..Self::of(t, key.meaning()) }
    }

    fn of(t: T, meaning: Meaning) -> Self {
        let Meaning { status, key, retry_after } = meaning;
        Self {
            kind: format!("/problems/{key}"),
            title: t.s(format!("problem-{key}-title")),
            status: status.as_u16(),
            detail: t.s(format!("problem-{key}-todo")),
            instance: None,
            errors: Vec::new(),
            retry_after,
            challenge: None,
        }
    }

    /// What a use case's error means; `instance` where it is a fault of ours.
    pub fn from_error(t: T, error: &Error, instance: impl FnOnce() -> String) -> Self {
        let meaning = meaning(error);
        let errors = match error {
            Error::Faults(faults) => faults.iter().map(|(member, fault)| member_fault(t, member, fault)).collect(),
            _ => Vec::new(),
        };
        let instance = meaning.status.is_server_error().then(instance);
        Self { errors, instance, ..Self::of(t, meaning) }
    }

    /// Where reading the body stopped.
    pub fn at_line(mut self, t: T, line: usize, column: usize) -> Self {
        self.detail = format!("{} {}", self.detail, t.two("problem-place", "line", line, "column", column));
        self
    }

    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

/// Names a member only where the name is ours: an unknown one was typed by someone.
fn member_fault(t: T, member: &str, fault: &Fault) -> MemberFault {
    let field = Kind::ALL.iter().any(|kind| kind.field(member).is_some());
    let known = field || matches!(member, "case" | "name" | "days" | "until");
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
        if let Some(challenge) = self.challenge {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}
