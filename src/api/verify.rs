//! `POST /api/v1/verify`: a proof is checked for anyone. Nothing of what is sent is kept.

use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Raw, is_json, parsed};
use super::caller::Ask;
use super::problem::{Key, Problem};
use crate::domain::credential::{Found, Proof, Verdict};
use crate::http::check::check_tries;
use crate::http::remote::Remote;
use crate::text::T;
use crate::usecase::Error;
use crate::usecase::check::{Looked, NotLooked, room};

/// What is to be checked, as text. A file is sent as it is, with another type than JSON.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "eyJ0eXAiOiJkYytzZC1qd3QifQ.e30.c2ln~"}))]
pub struct ToCheck {
    /// A code or link that someone was shown (opening it counts), an SD-JWT, a JWT, or an Open Badge as JSON.
    text: String,
}

#[derive(Serialize, ToSchema)]
pub struct CheckedProofs {
    /// RFC 3339.
    checked: String,
    /// Until when the code shows it, where one was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    results: Vec<CheckedProof>,
}

#[derive(Serialize, ToSchema)]
pub struct CheckedProof {
    /// `valid`, `expired`, `not_yet`, `withdrawn`, `suspended`, `unknown_issuer`, `cannot_be_checked` or `not_valid`.
    #[schema(example = "valid")]
    verdict: &'static str,
    /// Why, of the last two: a fixed word, such as `signature`, `status` or `key`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The same in a sentence, in the language of `Accept-Language`.
    sentence: String,
    /// It is valid, but whoever issued it may issue no such proof today.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    issuer_ended: bool,
    /// What it says, where its signature is right; only `valid` makes it true.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    proof: Option<Proof>,
}

/// Check a proof of competence
///
/// For anyone, without an account. JSON with `text`, or a file as it is: an SD-JWT, a JWT, an Open Badge (JSON, or baked into PNG or SVG), or
/// a photograph of a QR code. Nothing is kept.
#[utoipa::path(
    post, path = "/api/v1/verify", operation_id = "checkProof", tag = "Anyone", request_body = ToCheck,
    responses(
        (status = 200, description = "The verdict, whatever it is", body = CheckedProofs),
        (status = 400, description = "No JSON", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "A code that shows nothing, now or ever", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Nothing to check: empty, no code in the picture, no code at all", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many checks from one address", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many files at once", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn check(ask: Ask, Remote(address): Remote, headers: HeaderMap, request: Request) -> Result<Response, Problem> {
    if let Err(seconds) = check_tries(&ask.site, &address) {
        return Err(Problem::new(ask.t, Key::TooFast).retry_after(seconds));
    }
    let _room = room().await.map_err(ask.problem())?;
    let Raw(body) = Raw::from_request(request, &ask.site).await?;
    let (service, outside) = (&ask.site.service, ask.site.outside());
    let looked = if is_json(&headers) {
        let asked: ToCheck = parsed(&ask, &body)?;
        service.check_text(outside, &asked.text).await
    } else {
        service.check_file(outside, body.to_vec()).await
    };
    match looked {
        Ok(looked) => Ok(axum::Json(answer(ask.t, looked)).into_response()),
        Err(not) => Err(refused(&ask, not)),
    }
}

fn answer(t: T, looked: Looked) -> CheckedProofs {
    let one = |found: Found| {
        let (sentence, issuer_ended) = (t.s(found.why()), found.issuer_ended);
        CheckedProof { verdict: found.verdict.word(), reason: reason(found.verdict), sentence, issuer_ended, proof: found.proof }
    };
    CheckedProofs {
        checked: looked.at.rfc3339(),
        until: looked.until.map(crate::domain::Timestamp::rfc3339),
        results: looked.found.into_iter().map(one).collect(),
    }
}

/// As the verdict itself is written.
fn reason(verdict: Verdict) -> Option<String> {
    let written = serde_json::to_value(verdict).ok()?;
    written.get("reason")?.as_str().map(str::to_owned)
}

fn refused(ask: &Ask, not: NotLooked) -> Problem {
    match not {
        NotLooked::TooLarge => Problem::new(ask.t, Key::TooLarge),
        NotLooked::Closed => ask.problem()(Error::NotFound),
        NotLooked::Empty | NotLooked::NoCode | NotLooked::NotACode | NotLooked::HalfLink => {
            let fault = crate::domain::profile::Fault::NotAChoice;
            ask.problem()(Error::Faults(vec![("text".to_owned(), fault)]))
        }
        NotLooked::Error(error) => ask.problem()(error),
    }
}
