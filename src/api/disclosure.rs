//! `GET /api/v1/disclosure`: what a consent token opens. Each denial looks like every other.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use ring::digest::{Context, SHA256};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caller::Ask;
use super::presented::{Presented, challenge, with_nonce};
use super::problem::{Key, Problem};
use super::shape::{Content, Purpose, Unit};
use crate::domain::Timestamp;
use crate::domain::credential::Found;
use crate::http::Site;
use crate::http::remote::Remote;
use crate::text::{Lang, T};
use crate::usecase::disclosure::{Denied, Disclosed};

/// Exactly what the person has given, as it stands now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Disclosure<'a> {
    pub consent: Uuid,
    /// The short code that both sides see.
    #[schema(example = "K7M-2QF")]
    pub code: String,
    pub unit: Unit,
    pub purpose: Purpose,
    /// `view` (read live, keep nothing) or `copy`.
    pub mode: &'static str,
    pub from: String,
    pub until: String,
    pub read_at: String,
    /// The number of this read among the consent's events.
    pub sequence: u64,
    pub entries: Vec<DisclosedEntry<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DisclosedEntry<'a> {
    /// The name that this consent gives the entry: the same at each read, another towards each other recipient.
    pub id: String,
    /// Another one after each change.
    pub version: Uuid,
    #[serde(flatten)]
    pub content: Content<'a>,
}

/// So many denials in five minutes from one address are answered; more wait.
const MOST_DENIED: usize = 60;

/// Read what a consent gives
///
/// Every read is an event that the person sees, also one answered by 304.
#[utoipa::path(
    get, path = "/api/v1/disclosure", operation_id = "readDisclosure", tag = "Recipients", security(("token" = []), ("dpop" = [])),
    params(
        ("If-None-Match" = Option<String>, Header, description = "An earlier ETag: 304 where nothing has changed"),
        ("DPoP" = Option<String>, Header, description = "The proof (RFC 9449), for a token of `Authorization: DPoP`"),
    ),
    responses(
        (status = 200, description = "What the person has given", body = Disclosure, headers(("ETag" = String))),
        (status = 304, description = "As at the read that gave this ETag"),
        (status = 401, description = "Missing, unknown, expired, withdrawn: all alike", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many denied tries from one address", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read(ask: Ask, Remote(address): Remote, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let token = match Presented::of(&ask, method.as_str(), uri.path(), &headers).await {
        Ok(token) => token,
        Err(response) => return response,
    };
    let read = match &token {
        Some(token) => ask.site.service.read_by_token(token.text, token.proof.as_ref()).await,
        None => Err(Denied::Denied),
    };
    match read {
        Ok(disclosed) => {
            metrics::counter!("egenkarta_disclosures_total", "outcome" => "read").increment(1);
            let found = proofs(&ask.site, &disclosed).await;
            with_nonce(&ask, token.as_ref(), answer(&ask.site, &disclosed, &found, &headers))
        }
        Err(Denied::Denied) => denied(&ask, &address),
        Err(Denied::Fault(error)) => ask.problem()(error).into_response(),
    }
}

/// How each proof in it stands at this read.
pub(super) async fn proofs(site: &Site, disclosed: &Disclosed) -> Vec<Option<Found>> {
    site.found_each(disclosed.entries.iter().map(|held| &held.entry).collect()).await
}

fn answer(site: &Site, disclosed: &Disclosed, found: &[Option<Found>], headers: &HeaderMap) -> Response {
    tagged(headers, &tag(disclosed, found), || json(&Disclosure::new(site, disclosed, found)))
}

/// Bytes of an entry's JSON, or so.
const AN_ENTRY: usize = 1024;

/// Written into memory of its size at once: the framework's own lets it grow from 128 bytes on.
fn json(disclosure: &Disclosure<'_>) -> Response {
    let mut body = Vec::with_capacity(AN_ENTRY * (1 + disclosure.entries.len()));
    match serde_json::to_writer(&mut body, disclosure) {
        Ok(()) => ([(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => Json(disclosure).into_response(),
    }
}

/// The whole answer with its tag, or 304 where the caller has it already: tags are compared weakly (RFC 9110, 8.8.3.2, 13.1.2).
pub(super) fn tagged(headers: &HeaderMap, tag: &str, whole: impl FnOnce() -> Response) -> Response {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let same = known.flat_map(|value| value.split(',')).any(|one| one.trim() == "*" || bare(one) == bare(tag));
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { whole() };
    if let Ok(value) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(ETAG, value);
    }
    response
}

/// Weak (RFC 9110, 8.8.1), since each answer also bears its own time and number.
fn tag(disclosed: &Disclosed, found: &[Option<Found>]) -> String {
    let mut hash = Context::new(&SHA256);
    hash.update(disclosed.terms.consent.0.as_bytes());
    hash.update(&disclosed.terms.generation.to_be_bytes());
    for (entry, found) in disclosed.entries.iter().zip(found) {
        hash.update(entry.version.0.as_bytes());
        // A proof that has been withdrawn is another answer, though nobody wrote the map.
        hash.update(found.as_ref().map_or("", |found| found.verdict.word()).as_bytes());
    }
    format!("W/\"{}\"", hex::encode(&hash.finish().as_ref()[..16]))
}

/// One status, one body, one set of headers, in one language: nothing tells why.
pub(super) fn denied(ask: &Ask, address: &str) -> Response {
    metrics::counter!("egenkarta_disclosures_total", "outcome" => "denied").increment(1);
    let key = ask.site.service.keys.address(&format!("denied {address}")).0;
    if let Err(seconds) = ask.site.tries.count(key, MOST_DENIED, ask.site.service.now()) {
        let t = T::new(Lang::EN, Timestamp(0));
        return Problem::new(t, Key::TooFast).retry_after(seconds).into_response();
    }
    let mut response = (StatusCode::UNAUTHORIZED, DENIED).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    challenge(&ask.site, "invalid_token", headers);
    response
}

const DENIED: &str = concat!(
    r#"{"type":"/problems/invalid-token","title":"This token opens nothing","status":401,"#,
    r#""detail":"Ask the unit's administrator for a token of a consent that is in force."}"#
);

impl<'a> Disclosure<'a> {
    /// `found`: of each entry in its order, what a look at it found, where it is a proof.
    pub fn new(site: &Site, disclosed: &'a Disclosed, found: &[Option<Found>]) -> Self {
        let terms = &disclosed.terms;
        let entry = |(held, found): (&'a crate::usecase::disclosure::DisclosedEntry, &Option<Found>)| DisclosedEntry {
            id: hex::encode(held.alias),
            version: held.version.0,
            content: Content::new(&held.entry, found.as_ref()),
        };
        Self {
            consent: terms.consent.0,
            code: disclosed.code.clone(),
            unit: Unit::new(&disclosed.unit),
            purpose: Purpose::new(site, &terms.purpose),
            mode: terms.mode.word(),
            from: terms.from.rfc3339(),
            until: terms.until.rfc3339(),
            read_at: disclosed.at.rfc3339(),
            sequence: disclosed.sequence,
            entries: disclosed.entries.iter().zip(found).map(entry).collect(),
        }
    }
}
