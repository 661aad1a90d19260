//! What an error means in HTTP: one exhaustive match, for pages and API alike. Names no internals.

use axum::http::StatusCode;

use crate::policy::Why;
use crate::usecase::Error;

/// An error as the outside may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    pub status: StatusCode,
    /// The API's `type` and the locale key `error-…`.
    pub key: &'static str,
    pub retry_after: Option<u32>,
}

impl Meaning {
    const fn of(status: StatusCode, key: &'static str) -> Self {
        Self { status, key, retry_after: None }
    }
}

pub fn meaning(error: &Error) -> Meaning {
    match error {
        Error::Store(_) => Meaning::of(StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        Error::Unopened => Meaning::of(StatusCode::INTERNAL_SERVER_ERROR, "damaged"),
        Error::Refused(refused) => match refused.why {
            Why::Never => Meaning::of(StatusCode::FORBIDDEN, "refused"),
            Why::Ended => Meaning::of(StatusCode::FORBIDDEN, "ended"),
            Why::AboveCeiling => Meaning::of(StatusCode::FORBIDDEN, "above-ceiling"),
            Why::TooLong => Meaning::of(StatusCode::UNPROCESSABLE_ENTITY, "too-long"),
            Why::OpenFirst => Meaning::of(StatusCode::FORBIDDEN, "open-first"),
            Why::AskAgain => Meaning::of(StatusCode::FORBIDDEN, "ask-again"),
        },
        Error::NotFound => Meaning::of(StatusCode::NOT_FOUND, "not-found"),
        Error::Faults(_) => Meaning::of(StatusCode::UNPROCESSABLE_ENTITY, "faults"),
        Error::TooMany(_) => Meaning::of(StatusCode::UNPROCESSABLE_ENTITY, "full"),
        Error::Weak(_) => Meaning::of(StatusCode::UNPROCESSABLE_ENTITY, "weak"),
        Error::NotACode(_) => Meaning::of(StatusCode::UNPROCESSABLE_ENTITY, "not-a-code"),
        Error::Wrong => Meaning::of(StatusCode::UNPROCESSABLE_ENTITY, "wrong"),
        Error::Busy(seconds) => Meaning { status: StatusCode::SERVICE_UNAVAILABLE, key: "busy", retry_after: Some(*seconds) },
        Error::TooOften(seconds) => Meaning { status: StatusCode::TOO_MANY_REQUESTS, key: "too-fast", retry_after: Some(*seconds) },
        Error::Gone | Error::Restated => Meaning::of(StatusCode::CONFLICT, "gone"),
        Error::Closed => Meaning::of(StatusCode::FORBIDDEN, "open-first"),
        Error::NothingChosen => Meaning::of(StatusCode::UNPROCESSABLE_ENTITY, "nothing-chosen"),
        Error::BadEnd => Meaning::of(StatusCode::UNPROCESSABLE_ENTITY, "bad-end"),
    }
}
