//! Whose a request is: fetched where it lies elsewhere, its signature checked by the key of whoever it says asks.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::present::{FORM, Unanswered};
use crate::credential::openid4vp::{Client, DidWeb, Named, REQUEST_TYPE, Refused, Request, Source, key_of};
use crate::crypto::jws::{PublicJwk, Unverified, object};
use crate::domain::fetch::Method;
use crate::domain::random::bytes;
use crate::domain::time::SECOND;
use crate::domain::{Fetch, FetchRequest};
use crate::usecase::Service;

/// A Request Object with five certificates.
pub(super) const LONGEST_OBJECT: usize = 32 * 1024;
/// Seconds that a document of names may be old.
const DOCUMENT_KEPT: u32 = 300;

impl Service {
    /// The parameters of a request of which it is known who asks.
    pub(super) async fn resolved(&self, link: &str, fetch: &dyn Fetch) -> Result<Map<String, Value>, Unanswered> {
        match Source::read(link)? {
            Source::Value(members) => {
                Request::unsigned(&members)?;
                Ok(members)
            }
            Source::Object { client_id, jwt } => self.signed(&client_id, &jwt, None, fetch).await,
            Source::Reference { client_id, uri, post } => {
                // Nobody is asked of whom it cannot be checked afterwards that it was them.
                self.checkable(&Client::parse(&client_id)?)?;
                let nonce = post.then(|| URL_SAFE_NO_PAD.encode(bytes::<16>(&*self.random)));
                let jwt = fetched(&uri, nonce.as_deref(), fetch).await?;
                self.signed(&client_id, &jwt, nonce.as_deref(), fetch).await
            }
        }
    }

    /// Whether a signed request of this client can be checked at all.
    fn checkable(&self, client: &Client) -> Result<(), Refused> {
        match client {
            Client::Address(_) => Err(Refused::Client),
            Client::Did(_) => Ok(()),
            Client::Certificate(_) if self.certificates.anchors.is_empty() => Err(Refused::Anchorless),
            Client::Certificate(_) => Ok(()),
        }
    }

    async fn signed(
        &self,
        client_id: &str,
        jwt: &str,
        sent: Option<&str>,
        fetch: &dyn Fetch,
    ) -> Result<Map<String, Value>, Unanswered> {
        let client = Client::parse(client_id)?;
        self.checkable(&client)?;
        let jws = Unverified::parse_within(jwt.trim(), LONGEST_OBJECT).map_err(|_| Refused::Form)?;
        if jws.typ().as_deref() != Some(REQUEST_TYPE) {
            return Err(Refused::Form.into());
        }
        let key = match &client {
            Client::Address(_) => return Err(Refused::Client.into()),
            Client::Did(did) => key_by_did(did, &jws, fetch).await?,
            Client::Certificate(named) => self.key_by_certificate(named, &jws)?,
        };
        let claims = jws.verify(&key).ok_or(Refused::Client)?.into_members();
        Request::signed(client, &claims, client_id, sent, self.now().0 / SECOND)?;
        Ok(claims)
    }

    /// Of the leaf in `x5c`. The host is taken from what the leaf's key is then found to have signed.
    fn key_by_certificate(&self, named: &Named, jws: &Unverified<'_>) -> Result<PublicJwk, Refused> {
        let chain = jws.x5c().ok_or(Refused::Certificate)?;
        let response_uri = jws.hint("response_uri").and_then(|uri| url::Url::parse(uri).ok()).ok_or(Refused::Form)?;
        let host = response_uri.host_str().ok_or(Refused::Client)?;
        named.key(&chain, host, &self.certificates.anchors, self.now())
    }
}

async fn key_by_did(did: &DidWeb, jws: &Unverified<'_>, fetch: &dyn Fetch) -> Result<PublicJwk, Unanswered> {
    let kid = jws.kid().ok_or(Refused::Client)?;
    let asked = FetchRequest::get(did.document.as_str()).max_age(DOCUMENT_KEPT);
    let document = fetch.fetch(asked).await.map_err(|_| Unanswered::Unreached)?;
    let document = object(&document.body).filter(|_| document.status == 200).ok_or(Unanswered::Unreached)?;
    Ok(key_of(&document, &did.did, kid).ok_or(Refused::Client)?)
}

/// Fetches a Request Object (5.10): with a nonce of ours, where it is asked for by POST.
async fn fetched(uri: &str, nonce: Option<&str>, fetch: &dyn Fetch) -> Result<String, Unanswered> {
    let method = match nonce {
        None => Method::Get,
        Some(nonce) => {
            let body = form_urlencoded::Serializer::new(String::new()).append_pair("wallet_nonce", nonce).finish();
            Method::Post { content_type: FORM.to_owned(), body: body.into_bytes() }
        }
    };
    let headers = vec![("accept".to_owned(), format!("application/{REQUEST_TYPE}"))];
    let request = FetchRequest { method, headers, max_bytes: LONGEST_OBJECT, ..FetchRequest::get(uri) };
    let response = fetch.fetch(request).await.map_err(|_| Unanswered::Unreached)?;
    let text = String::from_utf8(response.body).ok().filter(|_| response.status == 200);
    text.ok_or(Unanswered::Unreached)
}
