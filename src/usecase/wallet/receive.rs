//! A credential taken in from another issuer (OpenID4VCI 1.0): this server is the wallet. With a code that the issuer gave the person; what
//! they sign in for begins in `login`.

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
use crate::domain::profile::Kind;
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
    /// The person signs in with the issuer first.
    pub login: bool,
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
    /// The person came back without a code, or from another than they were sent to.
    Login,
    /// They came back too late, or by another browser or person than those who left.
    Late,
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
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

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
        let offer = offer(ticket)?;
        let issuer = issuer(&offer.issuer, outside.fetch).await?;
        let configuration = holdable(&offer, &issuer)?.0;
        let token = token(&offer, &issuer, tx_code, outside.fetch).await?;
        let which = ("credential_configuration_id", configuration);
        self.take_by_token(session, (&offer.issuer, &issuer), (&token, which), lang, outside).await
    }

    /// What a token gives, into the map, where it holds and is bound to a fresh key. `which`: by what name it is asked for.
    pub(super) async fn take_by_token(
        &self,
        session: &Session,
        issuer: (&str, &IssuerMetadata),
        asked: (&str, (&str, &str)),
        lang: &str,
        outside: Outside<'_>,
    ) -> Result<EntryId, NotReceived> {
        let pkcs8 = SigningKey::generate().ok_or(Error::Unopened)?;
        let credential = self.fetched_credential(issuer, asked, &pkcs8, outside.fetch).await?;
        let found = self.verify(outside, credential.as_bytes(), None).await;
        let taken = match (found.verdict, found.proof) {
            (Verdict::Valid | Verdict::UnknownIssuer | Verdict::CannotBeChecked(Unchecked::Status), Some(proof)) => proof,
            (verdict, _) => return Err(NotReceived::Unsound(verdict)),
        };
        let whole = Whole { credential, holder: Some(pkcs8), badge: None };
        // Nobody was asked who may see it, so nobody does, until the person shares it.
        let seers = self.seers(session, None, Kind::Credential).await?;
        let keep_out = seers.into_iter().filter(|seer| seer.sees).map(|seer| seer.consent).collect();
        let taken = Taken { whole: &whole, proof: &taken, what: What::ProofAdded, lang, keep_out: &keep_out };
        Ok(self.add_credential(session, &taken).await?)
    }

    async fn fetched_credential(
        &self,
        (name, issuer): (&str, &IssuerMetadata),
        (token, which): (&str, (&str, &str)),
        pkcs8: &Zeroizing<Vec<u8>>,
        fetch: &dyn Fetch,
    ) -> Result<String, NotReceived> {
        let key = SigningKey::from_pkcs8(pkcs8).ok_or(Error::Unopened)?;
        let nonce = match &issuer.nonce_endpoint {
            None => None,
            Some(at) => {
                let told = answer(posted(at, "application/json", String::new()), fetch).await?;
                Some(told.get("c_nonce").and_then(Value::as_str).ok_or(NotReceived::Unreached)?.to_owned())
            }
        };
        let proof = proof_for(&key, name, nonce.as_deref(), self.now());
        let body = json!({ which.0: which.1, "proofs": { "jwt": [proof] } });
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

/// What was brought back.
pub(super) fn offer(ticket: &str) -> Result<Offer, NotReceived> {
    let members = Some(ticket).filter(|text| text.len() <= LONGEST_OFFER).and_then(|text| object(text.as_bytes()));
    members.as_ref().and_then(Offer::read).ok_or(NotReceived::Offer)
}

/// The metadata of an issuer, as it stands now.
pub(super) async fn issuer(name: &str, fetch: &dyn Fetch) -> Result<IssuerMetadata, NotReceived> {
    let at = metadata_address(name).ok_or(NotReceived::Offer)?;
    let metadata = answer(large(FetchRequest::get(at), LONGEST_METADATA), fetch).await?;
    IssuerMetadata::read(&metadata, name).ok_or(NotReceived::Unreached)
}

/// The first credential of an offer that we could hold, with its scope.
pub(super) fn holdable<'a>(offer: &Offer, issuer: &'a IssuerMetadata) -> Result<(&'a str, Option<&'a str>), NotReceived> {
    let found = offer.configurations.iter().find_map(|id| issuer.holdable.get_key_value(id)).ok_or(NotReceived::Kind)?;
    Ok((found.0, found.1.as_deref()))
}

/// The metadata of one of its authorization servers.
pub(super) async fn server(name: &str, fetch: &dyn Fetch) -> Result<Map<String, Value>, NotReceived> {
    let at = as_address(name).ok_or(NotReceived::Unreached)?;
    answer(large(FetchRequest::get(at), LONGEST_METADATA), fetch).await
}

fn brought(members: Map<String, Value>) -> Result<Brought, NotReceived> {
    let offer = Offer::read(&members).ok_or(NotReceived::Offer)?;
    let host = Url::parse(&offer.issuer).ok().and_then(|url| url.host_str().map(str::to_owned)).ok_or(NotReceived::Offer)?;
    let (tx_code, login) = match offer.grant {
        Grant::Code { tx_code, .. } => (tx_code, false),
        Grant::Login(_) => (None, true),
    };
    Ok(Brought { host, tx_code, login, ticket: Value::from(members).to_string() })
}

/// A token for the offer's code (6.1).
async fn token(offer: &Offer, issuer: &IssuerMetadata, tx_code: &str, fetch: &dyn Fetch) -> Result<String, NotReceived> {
    let form = token_form(offer, tx_code)?;
    let name = issuer.server(None).ok_or(NotReceived::Unreached)?;
    let TokenEndpoint(at) = TokenEndpoint::read(&server(name, fetch).await?, name).ok_or(NotReceived::Unreached)?;
    Ok(granted(&at, form, fetch).await?.0)
}

/// What a token endpoint gives for a form: a bearer token, with all that was said beside it.
pub(super) async fn granted(at: &str, form: String, fetch: &dyn Fetch) -> Result<(String, Map<String, Value>), NotReceived> {
    let given = sent(posted(at, FORM, form), fetch).await?;
    if given.status == 400 {
        return Err(NotReceived::Code);
    }
    let given = read(&given)?;
    let bearer = given.get("token_type").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("bearer"));
    let token = given.get("access_token").and_then(Value::as_str).filter(|_| bearer).map(str::to_owned);
    Ok((token.ok_or(NotReceived::Unreached)?, given))
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

pub(super) fn posted(at: &str, content_type: &str, body: String) -> FetchRequest {
    let method = Method::Post { content_type: content_type.to_owned(), body: body.into_bytes() };
    FetchRequest { method, ..FetchRequest::get(at) }
}

fn large(request: FetchRequest, max_bytes: usize) -> FetchRequest {
    FetchRequest { max_bytes, ..request }
}

pub(super) async fn sent(request: FetchRequest, fetch: &dyn Fetch) -> Result<FetchResponse, NotReceived> {
    fetch.fetch(request).await.map_err(|_| NotReceived::Unreached)
}

async fn answer(request: FetchRequest, fetch: &dyn Fetch) -> Result<Map<String, Value>, NotReceived> {
    read(&sent(request, fetch).await?)
}

fn read(response: &FetchResponse) -> Result<Map<String, Value>, NotReceived> {
    object(&response.body).filter(|_| response.status == 200).ok_or(NotReceived::Unreached)
}
