//! Errors as the API tells them (RFC 9457): what is wrong and what to do, never what was typed, no internals.

use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::body::Named;
use super::caller::Ask;
use crate::domain::profile::{Fault, Kind};
use crate::http::error::{Meaning, meaning};
use crate::text::{Arg, T};
use crate::usecase::Error;

/// The body of an error.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `/problems/` and a fixed word. What lies there says what it means.
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

/// What the members that a use case names are members of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The body itself.
    Body,
    /// The `fields` of an entry.
    Fields,
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
    /// It ended before its time, or is no body at all.
    BadBody,
    BadQuery,
    WrongType,
    TooLarge,
    NoSession,
    /// A program's token, or its proof.
    BadToken,
    BadProof,
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
            Self::BadBody => (StatusCode::BAD_REQUEST, "bad-body"),
            Self::BadQuery => (StatusCode::BAD_REQUEST, "bad-query"),
            Self::WrongType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-type"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::NoSession => (StatusCode::UNAUTHORIZED, "no-session"),
            Self::BadToken => (StatusCode::UNAUTHORIZED, "invalid-token"),
            Self::BadProof => (StatusCode::UNAUTHORIZED, "invalid-proof"),
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
        let all = [Self::BadQuery, Self::Origin, Self::Method, Self::TooLarge, Self::AddressTooLong, Self::Busy, Self::Internal];
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
    pub fn from_error(t: T, of: Of, error: &Error, instance: impl FnOnce() -> String) -> Self {
        let meaning = meaning(error);
        let errors = match error {
            Error::Faults(faults) => faults.iter().map(|(member, fault)| member_fault(t, of, member, fault)).collect(),
            Error::BadEnd => {
                let detail = plain(&t.s("problem-bad-end-todo"));
                vec![MemberFault { pointer: "/until".to_owned(), fault: "bad-end".to_owned(), detail }]
            }
            _ => Vec::new(),
        };
        let instance = meaning.status.is_server_error().then(|| instance().into());
        Self { errors, instance, ..Self::of(t, meaning) }
    }

    /// One member of the body does not have the form that it must.
    pub fn at_member(t: T, pointer: &str) -> Self {
        let (pointer, detail) = (pointer.to_owned(), plain(&t.s("problem-fault-form")));
        Self { errors: vec![MemberFault { pointer, fault: "form".to_owned(), detail }], ..Self::new(t, Key::BadMember) }
    }

    /// Where reading the body stopped.
    pub fn at_line(mut self, t: T, line: usize, column: usize) -> Self {
        let place = plain(&t.two("problem-place", "line", line, "column", column));
        self.detail = format!("{} {place}", self.detail).into();
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

/// What a `type` means, for whoever follows it: JSON, in the language of `Accept-Language`.
pub async fn explained(ask: Ask, Named(word): Named<String>) -> Result<axum::Json<Value>, Problem> {
    let t = ask.t;
    // Nothing but a word of ours is looked up.
    let named = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let text = |part: &str| Some(word.as_str()).filter(|_| named).and_then(|word| t.maybe(&format!("problem-{word}-{part}")));
    match (text("title"), text("todo")) {
        (Some(title), Some(detail)) => {
            Ok(axum::Json(json!({ "type": format!("/problems/{word}"), "title": title, "detail": detail })))
        }
        _ => Err(Problem::new(t, Key::NotFound)),
    }
}

/// Members of bodies that use cases name.
const MEMBERS: &[&str] = &[
    "address",
    "automated",
    "automated_how",
    "case",
    "days",
    "entries",
    "kept_out",
    "kind",
    "lang",
    "name",
    "readers",
    "text",
    "transfers",
    "transfers_where",
    "until",
];

fn member_fault(t: T, of: Of, member: &str, fault: &Fault) -> MemberFault {
    let args: &[(&'static str, Arg)] = &match *fault {
        Fault::TooLong { max } => vec![("max", max.into())],
        Fault::NotANumber { min, max } => vec![("min", min.into()), ("max", max.into())],
        _ => Vec::new(),
    };
    let word = fault.key().trim_start_matches("fault-");
    let detail = plain(&t.with(&format!("problem-fault-{word}"), args));
    MemberFault { fault: word.to_owned(), detail, pointer: pointer(of, member, fault) }
}

/// Names a member only where the name is ours: an unknown one was typed by someone.
fn pointer(of: Of, member: &str, fault: &Fault) -> String {
    let field = Kind::ALL.iter().any(|kind| kind.field(member).is_some()) && *fault != Fault::Unknown;
    match of {
        Of::Fields if field => format!("/fields/{member}"),
        Of::Fields if !matches!(member, "kind" | "lang") => "/fields".to_owned(),
        _ if MEMBERS.contains(&member) => format!("/{member}"),
        _ => String::new(),
    }
}

/// Without the marks that keep directions apart on pages: a program compares texts sign by sign, and the API's are in no script that
/// needs them.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect()
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
