//! `POST /l/{id}/open`: what a link opens, as ciphertext. Whoever asks sends the proof alone and opens it on their own side.

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::body::{Json, Named};
use super::caller::Ask;
use crate::crypto::link::{LinkProof, Sealed};
use crate::crypto::token::{TokenKind, TokenPlace};
use crate::domain::{ConsentId, EntryId, OwnerId, Timestamp, VersionId};
use crate::http::remote::Remote;
use crate::http::route::post;
use crate::http::{Site, link_tries};
use crate::usecase::link::NotOpened;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route("/l/{id}/open", post(open))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Knock {
    /// 43 characters of base64url, made from the secret by HKDF.
    proof: String,
    #[serde(default)]
    word: Option<String>,
}

/// Ciphertext, and the ids that it is bound to. Bytes are base64url without padding, times microseconds since 1970.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub at: i64,
    pub owner: Uuid,
    pub generation: u64,
    pub token: Token,
    pub bundle: String,
    pub entries: Vec<Entry>,
}

/// The token row's sealed part, and what it is bound to.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    pub consent: Uuid,
    pub client: String,
    pub thumbprint: String,
    pub issued: i64,
    pub until: i64,
    pub sealed: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub entry: Uuid,
    pub version: Uuid,
    pub sealed: String,
}

async fn open(ask: Ask, Remote(address): Remote, Named(id): Named<String>, Json(knock): Json<Knock>) -> Response {
    if let Err(seconds) = link_tries(&ask.site, &address) {
        return told(StatusCode::TOO_MANY_REQUESTS, "too-fast", None, Some(seconds));
    }
    let (Ok(id), Some(proof)) = (id.parse(), LinkProof::parse(&knock.proof)) else { return closed() };
    match ask.site.service.open_sealed(id, &proof, knock.word.as_deref()).await {
        Ok((sealed, at)) => {
            // What the server's own log can show of it: that ciphertext left, how much, and nothing that it held.
            let bytes = sealed.bundle.len() + sealed.entries.iter().map(|(.., record)| record.len()).sum::<usize>();
            tracing::info!(records = sealed.entries.len(), bytes, "a link was opened: only ciphertext left");
            axum::Json(Answer::new(&sealed, at)).into_response()
        }
        Err(NotOpened::Closed) => closed(),
        Err(NotOpened::Word { left }) => told(StatusCode::FORBIDDEN, "link-word", left, None),
        Err(NotOpened::Fault(error)) => ask.problem()(error).into_response(),
    }
}

/// Unknown, wrong, used up, ended, expired: one status, one body.
fn closed() -> Response {
    told(StatusCode::FORBIDDEN, "link-closed", None, None)
}

/// A fixed word; the page that asked says it in its reader's language.
fn told(status: StatusCode, word: &str, left: Option<u16>, retry_after: Option<u32>) -> Response {
    let mut body = serde_json::json!({ "type": format!("/problems/{word}"), "status": status.as_u16() });
    if let Some(left) = left {
        body["tries_left"] = left.into();
    }
    let mut response = (status, body.to_string()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

impl Answer {
    pub fn new(sealed: &Sealed, at: Timestamp) -> Self {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let place = &sealed.place;
        let entry = |(version, entry, record): &(VersionId, EntryId, Vec<u8>)| Entry {
            entry: entry.0,
            version: version.0,
            sealed: text(record),
        };
        Self {
            at: at.0,
            owner: sealed.owner.0,
            generation: sealed.generation,
            token: Token {
                consent: place.consent.0,
                client: place.client.clone(),
                thumbprint: text(&place.thumbprint),
                issued: place.issued.0,
                until: place.until.0,
                sealed: text(&sealed.token),
            },
            bundle: text(&sealed.bundle),
            entries: sealed.entries.iter().map(entry).collect(),
        }
    }

    /// Read back, for who opens it with a program of their own; `None` where it is not base64url.
    pub fn sealed(&self) -> Option<Sealed> {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
        let token = &self.token;
        let place = TokenPlace {
            kind: TokenKind::Link,
            consent: ConsentId(token.consent),
            client: token.client.clone(),
            thumbprint: bytes(&token.thumbprint)?,
            issued: Timestamp(token.issued),
            until: Timestamp(token.until),
            parent: Vec::new(),
        };
        let entry = |one: &Entry| Some((VersionId(one.version), EntryId(one.entry), bytes(&one.sealed)?));
        Some(Sealed {
            place,
            token: bytes(&token.sealed)?,
            owner: OwnerId(self.owner),
            generation: self.generation,
            bundle: bytes(&self.bundle)?,
            entries: self.entries.iter().map(entry).collect::<Option<_>>()?,
        })
    }
}
