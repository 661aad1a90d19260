//! A program that has proven who it is, with the parameters that it sent.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, FromRequestParts, OriginalUri, Request};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use axum::response::{IntoResponse, Response};

use super::Site;
use super::params::Params;
use super::remote::Remote;
use crate::domain::oauth::{Client, Fault};
use crate::usecase::dpop::Sent;

/// A client by its key (RFC 7523), the key of its DPoP proof where it sent one (RFC 9449), and its parameters.
pub struct Authenticated {
    pub site: Arc<Site>,
    pub client: Client,
    /// The thumbprint (RFC 7638) of the key that the request was proven by.
    pub proof: Option<[u8; 32]>,
    pub form: Params,
}

/// `client_assertion_type` (RFC 7523, 2.2).
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const MAX_ID: usize = 64;

/// In five minutes: failures from one address, and requests of one client.
const MOST_FAILED: usize = 60;
const MOST: usize = 3000;

impl<S> FromRequest<S> for Authenticated
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let site = Arc::<Site>::from_ref(state);
        let (mut parts, body) = request.into_parts();
        let Ok(Remote(address)) = Remote::from_request_parts(&mut parts, state).await;
        let path = OriginalUri::from_request_parts(&mut parts, state)
            .await
            .map_or_else(|never| match never {}, |uri| uri.path().to_owned());
        let (method, headers) = (parts.method.clone(), parts.headers.clone());
        let authenticated = async {
            let form = Params::read(Request::from_parts(parts, body)).await?;
            let url = site.base.url(&path);
            let held = match dpop_header(&headers)? {
                Some(proof) => Some(site.service.dpop_proof(proof, Sent { method: method.as_str(), url: &url, token: None })?),
                None => None,
            };
            let client = authenticate(&site, &headers, &form, &address).await?;
            let proof = match held {
                Some(held) => Some(site.service.dpop_present(held).await?),
                None => None,
            };
            Ok(Self { client, proof, form, site: Arc::clone(&site) })
        };
        authenticated.await.map_err(|fault: Fault| refused(fault, &headers))
    }
}

async fn authenticate(site: &Site, headers: &HeaderMap, form: &Params, address: &str) -> Result<Client, Fault> {
    let (keys, now) = (&site.service.keys, site.service.now());
    let from = keys.once_mark("client-address", address.as_bytes(), "");
    let found = async {
        // Shared secrets, in a header or in the form, are no way in.
        if headers.contains_key(AUTHORIZATION) || form.has("client_secret") {
            return Err(Fault::Client);
        }
        let kind = form.required("client_assertion_type", ASSERTION.len()).map_err(|_| Fault::Client)?;
        let assertion = form.required("client_assertion", crate::crypto::jws::MAX).map_err(|_| Fault::Client)?;
        let said = form.optional("client_id", MAX_ID).map_err(|_| Fault::Client)?;
        if kind != ASSERTION {
            return Err(Fault::Client);
        }
        site.service.authenticate(site.base.origin(), said, assertion, &*site.fetch).await
    };
    match found.await {
        Ok(client) => {
            let own = keys.once_mark("client", client.id.0.as_bytes(), "");
            site.tries.count(own, MOST, now).map(|()| client).map_err(Fault::TooOften)
        }
        Err(Fault::Client) => Err(site.tries.count(from, MOST_FAILED, now).map_or_else(Fault::TooOften, |()| Fault::Client)),
        Err(fault) => Err(fault),
    }
}

/// The one proof of a request; `None` where there is none.
pub fn dpop_header(headers: &HeaderMap) -> Result<Option<&str>, Fault> {
    let mut all = headers.get_all("dpop").iter();
    match (all.next(), all.next()) {
        (None, _) => Ok(None),
        (Some(one), None) => one.to_str().map(Some).map_err(|_| Fault::Proof),
        _ => Err(Fault::Proof),
    }
}

fn refused(fault: Fault, headers: &HeaderMap) -> Response {
    let tried = fault == Fault::Client && headers.contains_key(AUTHORIZATION);
    let mut response = fault.into_response();
    if tried {
        // RFC 6749, 5.2: whoever tried by that header is told of it.
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"egenkarta\""));
    }
    response
}
