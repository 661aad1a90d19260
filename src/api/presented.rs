//! A consent token as a request presents it: by itself (RFC 6750), or with a proof that its holder has its key (RFC 9449, 7).

use axum::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::caller::Ask;
use super::oauth::RESOURCE_METADATA;
use super::problem::{Key, Problem};
use crate::crypto::jws::Alg;
use crate::domain::oauth::Fault;
use crate::http::Site;
use crate::http::client::dpop_header;
use crate::http::fault::nonced;
use crate::usecase::dpop::Sent;

pub struct Presented<'h> {
    pub text: &'h str,
    /// The thumbprint (RFC 7638) of the key that the request was proven by.
    pub proof: Option<[u8; 32]>,
}

impl<'h> Presented<'h> {
    /// `None` where there is no token. A proof that does not hold is told before any token is looked for, so that it tells of none.
    pub async fn of(ask: &Ask, method: &str, path: &str, headers: &'h HeaderMap) -> Result<Option<Self>, Response> {
        let Some((scheme, text)) = scheme(headers) else { return Ok(None) };
        if scheme.eq_ignore_ascii_case("bearer") {
            return Ok(Some(Self { text, proof: None }));
        }
        if !scheme.eq_ignore_ascii_case("dpop") {
            return Ok(None);
        }
        let site = &ask.site;
        let proven = async {
            let proof = dpop_header(headers)?.ok_or(Fault::Proof)?;
            let held = site.service.dpop_proof(proof, Sent { method, url: &site.base.url(path), token: Some(text) })?;
            // What opens nothing is not marked: a try costs whoever makes it more than us.
            if !site.service.is_bound(text, &held.thumbprint).await {
                return Ok(held.thumbprint);
            }
            site.service.dpop_present(held).await
        };
        let proof = proven.await.map_err(|fault| refused(ask, fault))?;
        Ok(Some(Self { text, proof: Some(proof) }))
    }
}

/// Scheme and credentials; the one header alone, no field of a form and no part of an address (RFC 9700, 4.3.2).
fn scheme(headers: &HeaderMap) -> Option<(&str, &str)> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    Some((scheme, token.trim_start_matches(' ')))
}

/// As every other error; the protocol's own word stands in the challenge (RFC 9449, 7.1), and a nonce for the next proof beside.
fn refused(ask: &Ask, fault: Fault) -> Response {
    let (code, told) = (fault.code(), |key| Problem::new(ask.t, key));
    let problem = match fault {
        Fault::TooOften(seconds) => told(Key::TooFast).retry_after(seconds),
        Fault::Server => told(Key::Internal),
        Fault::Token => told(Key::BadToken),
        _ => told(Key::BadProof),
    };
    let mut response = problem.with_headers(fault.into_response().headers());
    if response.status() == StatusCode::UNAUTHORIZED {
        challenge(&ask.site, code, response.headers_mut());
    }
    response
}

/// How a token may be presented, and where the resource says who gives them (RFC 9449, 7.1; RFC 9728, 5.1).
pub fn challenge(site: &Site, error: &str, headers: &mut HeaderMap) {
    let at = site.base.url(RESOURCE_METADATA);
    let dpop = format!("DPoP error=\"{error}\", algs=\"{}\", resource_metadata=\"{at}\"", Alg::NAMES.join(" "));
    let bearer = format!("Bearer error=\"{}\", resource_metadata=\"{at}\"", "invalid_token");
    for text in [bearer, dpop] {
        // Words of ours and the base address: signs that a header takes.
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(WWW_AUTHENTICATE, value);
        }
    }
}

/// The nonce for the next proof, where this request brought one (RFC 9449, 8.2).
pub fn with_nonce(ask: &Ask, token: Option<&Presented<'_>>, response: Response) -> Response {
    let proven = token.is_some_and(|token| token.proof.is_some());
    if proven { nonced(response, &ask.site.service.dpop_nonce()) } else { response }
}
