//! A credential taken in from another issuer (OpenID4VCI 1.0), with a code that the issuer gave the person: this server is the wallet.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use crate::credential::openid4vci::{
    Grant, IssuerMetadata, Offer, OfferSource, PRE_AUTHORIZED, TokenEndpoint, TxCode, as_address, credential_of, metadata_address,
    proof_for,
};
use crate::credential::sd_jwt::SdJwt;
use crate::crypto::jws::{SigningKey, object};
use crate::domain::credential::{Unchecked, Verdict};
use crate::domain::event::What;
use crate::domain::fetch::{FetchResponse, Method};
use crate::domain::{EntryId, Fetch, FetchRequest};
use crate::policy::{Action, Resource};
use crate::usecase::held::{Taken, Whole};
use crate::usecase::verify::Outside;
use crate::usecase::{Error, Service, Session};

/// An offer as the person meets it. Nothing has been asked of the issuer yet but the offer itself.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Who offers: the issuer's host.
    pub host: String,
    /// A further code is needed.
    pub tx_code: Option<TxCode>,
    /// The offer, to be brought back with the answer.
    pub ticket: String,
}

/// Why nothing was received.
#[derive(Debug)]
pub enum NotReceived {
    /// No offer that we can take.
    Offer,
    /// The issuer could not be reached, or gave no sense.
    Unreached,
    /// The issuer does not know the code, or not any more; or the further code is wrong.
    Code,
    /// It gives nothing of a kind that we could hold.
    Kind,
    /// What it gave does not hold, or is not bound to our key.
    Unsound(Verdict),
    Fault(Error),
}

impl From<Error> for NotReceived {
    fn from(error: Error) -> Self {
        Self::Fault(error)
    }
}

const LONGEST_OFFER: usize = 16 * 1024;
const LONGEST_METADATA: usize = 512 * 1024;
const LONGEST_CREDENTIAL: usize = 256 * 1024;
const LONGEST_TX_CODE: usize = 128;

impl Service {
    /// Reads an offer that someone pasted or scanned.
    pub async fn brought(&self, session: &Session, link: &str, fetch: &dyn Fetch) -> Result<Brought, NotReceived> {
        let _permit = self.ask(session.participant(), Action::TakeCredential, Resource::Profile { owner: session.owner })?;
        let members = match OfferSource::read(link).ok_or(NotReceived::Offer)? {
            OfferSource::Value(members) => members,
            OfferSource::Reference(uri) => answer(FetchRequest::get(uri), fetch).await?,
        };
        brought(members)
    }

    /// The same again, from what was brought back.
    pub fn brought_again(&self, session: &Session, ticket: &str) -> Result<Brought, NotReceived> {
        let _permit = self.ask(session.participant(), Action::TakeCredential, Resource::Profile { owner: session.owner })?;
        let read = Some(ticket).filter(|text| text.len() <= LONGEST_OFFER).and_then(|text| object(text.as_bytes()));
        brought(read.ok_or(NotReceived::Offer)?)
    }

    /// Takes what is offered into the map, bound to a fresh key.
    pub async fn receive(
        &self,
        session: &Session,
        (ticket, tx_code): (&str, &str),
        lang: &str,
        outside: Outside<'_>,
    ) -> Result<EntryId, NotReceived> {
        let _permit = self.ask(session.participant(), Action::TakeCredential, Resource::Profile { owner: session.owner })?;
        let members = Some(ticket).filter(|text| text.len() <= LONGEST_OFFER).and_then(|text| object(text.as_bytes()));
        let offer = members.as_ref().and_then(Offer::read).ok_or(NotReceived::Offer)?;
        let pkcs8 = SigningKey::generate().ok_or(Error::Unopened)?;
        let credential = self.fetched_credential(&offer, tx_code, &pkcs8, outside.fetch).await?;
        let found = self.verify(outside, credential.as_bytes(), None).await;
        let taken = match (found.verdict, found.proof) {
            (Verdict::Valid | Verdict::UnknownIssuer | Verdict::CannotBeChecked(Unchecked::Status), Some(proof)) => proof,
            (verdict, _) => return Err(NotReceived::Unsound(verdict)),
        };
        let whole = Whole { credential, holder: Some(pkcs8), badge: None };
        let keep_out = BTreeSet::new();
        let taken = Taken { whole: &whole, proof: &taken, what: What::ProofAdded, lang, keep_out: &keep_out };
        Ok(self.add_credential(session, &taken).await?)
    }

    async fn fetched_credential(
        &self,
        offer: &Offer,
        tx_code: &str,
        pkcs8: &Zeroizing<Vec<u8>>,
        fetch: &dyn Fetch,
    ) -> Result<String, NotReceived> {
        let key = SigningKey::from_pkcs8(pkcs8).ok_or(Error::Unopened)?;
        let at = metadata_address(&offer.issuer).ok_or(NotReceived::Offer)?;
        let metadata = answer(large(FetchRequest::get(at), LONGEST_METADATA), fetch).await?;
        let issuer = IssuerMetadata::read(&metadata, &offer.issuer).ok_or(NotReceived::Unreached)?;
        let configuration = offer.configurations.iter().find(|id| issuer.holdable.contains(id)).ok_or(NotReceived::Kind)?;
        let token = token(offer, &issuer, tx_code, fetch).await?;
        let nonce = match &issuer.nonce_endpoint {
            None => None,
            Some(at) => {
                let told = answer(posted(at, "application/json", String::new()), fetch).await?;
                Some(told.get("c_nonce").and_then(Value::as_str).ok_or(NotReceived::Unreached)?.to_owned())
            }
        };
        let proof = proof_for(&key, &offer.issuer, nonce.as_deref(), self.now());
        let body = json!({ "credential_configuration_id": configuration, "proofs": { "jwt": [proof] } });
        let asked = posted(&issuer.credential_endpoint, "application/json", body.to_string());
        let headers = vec![("authorization".to_owned(), format!("Bearer {token}"))];
        let given = answer(large(FetchRequest { headers, ..asked }, LONGEST_CREDENTIAL), fetch).await?;
        let credential = credential_of(&given).ok_or(NotReceived::Unreached)?;
        let bound = SdJwt::parse(&credential).ok().is_some_and(|held| {
            let holder = held.unchecked().get("cnf").and_then(|cnf| cnf.get("jwk")).and_then(Value::as_object).cloned();
            let holder = holder.and_then(|jwk| crate::crypto::jws::PublicJwk::from_members(&jwk).ok());
            holder.is_some_and(|holder| holder.thumbprint() == key.public().thumbprint())
        });
        if bound { Ok(credential) } else { Err(NotReceived::Unsound(Verdict::NotValid(crate::domain::credential::Wrong::Binding))) }
    }
}

fn brought(members: Map<String, Value>) -> Result<Brought, NotReceived> {
    let offer = Offer::read(&members).ok_or(NotReceived::Offer)?;
    let host = Url::parse(&offer.issuer).ok().and_then(|url| url.host_str().map(str::to_owned)).ok_or(NotReceived::Offer)?;
    let Grant::Code { tx_code, .. } = offer.grant else { return Err(NotReceived::Offer) };
    Ok(Brought { host, tx_code, ticket: Value::from(members).to_string() })
}

/// A token for the offer's code (6.1).
async fn token(offer: &Offer, issuer: &IssuerMetadata, tx_code: &str, fetch: &dyn Fetch) -> Result<String, NotReceived> {
    let at = as_address(&issuer.authorization_server).ok_or(NotReceived::Unreached)?;
    let metadata = answer(large(FetchRequest::get(at), LONGEST_METADATA), fetch).await?;
    let TokenEndpoint(at) = TokenEndpoint::read(&metadata, &issuer.authorization_server).ok_or(NotReceived::Unreached)?;
    let given = sent(posted(&at, "application/x-www-form-urlencoded", token_form(offer, tx_code)?), fetch).await?;
    if given.status == 400 {
        return Err(NotReceived::Code);
    }
    let given = read(&given)?;
    let bearer = given.get("token_type").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"));
    given.get("access_token").and_then(Value::as_str).filter(|_| bearer).map(str::to_owned).ok_or(NotReceived::Unreached)
}

fn token_form(offer: &Offer, tx_code: &str) -> Result<String, NotReceived> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    let Grant::Code { code, tx_code: asked } = &offer.grant else { return Err(NotReceived::Offer) };
    form.append_pair("grant_type", PRE_AUTHORIZED).append_pair("pre-authorized_code", code);
    if asked.is_some() {
        let said = Some(tx_code.trim()).filter(|said| (1..=LONGEST_TX_CODE).contains(&said.len())).ok_or(NotReceived::Code)?;
        form.append_pair("tx_code", said);
    }
    Ok(form.finish())
}

fn posted(at: &str, content_type: &str, body: String) -> FetchRequest {
    let method = Method::Post { content_type: content_type.to_owned(), body: body.into_bytes() };
    FetchRequest { method, ..FetchRequest::get(at) }
}

fn large(request: FetchRequest, max_bytes: usize) -> FetchRequest {
    FetchRequest { max_bytes, ..request }
}

async fn sent(request: FetchRequest, fetch: &dyn Fetch) -> Result<FetchResponse, NotReceived> {
    fetch.fetch(request).await.map_err(|_| NotReceived::Unreached)
}

async fn answer(request: FetchRequest, fetch: &dyn Fetch) -> Result<Map<String, Value>, NotReceived> {
    read(&sent(request, fetch).await?)
}

fn read(response: &FetchResponse) -> Result<Map<String, Value>, NotReceived> {
    object(&response.body).filter(|_| response.status == 200).ok_or(NotReceived::Unreached)
}
