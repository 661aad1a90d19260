//! A presentation asked of another wallet (OpenID4VP 1.0), by whoever stands at the page that checks proofs. What is asked is sealed
//! under the address to which the answer goes; the answer, to a key that only whoever asked makes: neither the wallet nor the database
//! opens it again.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::credential::dcql::Query;
use crate::credential::openid4vp::{Asking, REQUEST_TYPE, Signed};
use crate::crypto::jwe::{OpenKey, SealKey};
use crate::crypto::secret::Secret;
use crate::crypto::{Ad, Label, Padding, receive, record};
use crate::domain::Timestamp;
use crate::domain::random::bytes;
use crate::domain::time::MINUTE;
use crate::policy::{Action, Actor, Resource};
use crate::store::wallet_ask::{self, AskRow};
use crate::usecase::{Error, Service};

/// A question just put. Its secret stays with whoever asked.
#[derive(Clone, Debug)]
pub struct Begun {
    pub secret: Secret,
    pub until: Timestamp,
}

/// A question as its address finds it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub asking: Asking,
    pub until: Timestamp,
    pub(super) address: Secret,
    pub(super) collector: Vec<u8>,
    pub(super) lookup: [u8; 32],
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    nonce: String,
    state: String,
    query: Map<String, Value>,
    collector: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signed: Option<SignedBody>,
}

/// By which certificate it was asked, and to what the answer is sealed.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedBody {
    client_id: String,
    seal: Map<String, Value>,
}

/// A wallet has so long to answer, and whoever asked so long to look.
pub(super) const ASKED_FOR: i64 = 10 * MINUTE;
/// The name of the one key that a request brings along to seal to (OpenID4VP 1.0, 5.1: each has one).
const SEAL: &str = "answer";

impl Service {
    /// Puts a question: signed, where the operator has a certificate.
    pub async fn ask_wallet(&self, query: &Query) -> Result<Begun, Error> {
        let permit = self.ask(Actor::Anonymous, Action::AskWallet, Resource::System)?;
        let secret = Secret::random(&*self.random);
        let address = secret.child(Label::WalletAskAddress);
        let (_, public) = receive::key_pair_of(&secret.key(Label::WalletAskCollector));
        let word = || URL_SAFE_NO_PAD.encode(bytes::<16>(&*self.random));
        let body = Body {
            nonce: word(),
            state: word(),
            query: query.json().as_object().cloned().unwrap_or_default(),
            collector: URL_SAFE_NO_PAD.encode(&public.bytes),
            signed: self.signed_body(&secret)?,
        };
        let (created, until) = (self.now(), self.now().plus(ASKED_FOR));
        let lookup = address.lookup(Label::WalletAskLookup).0;
        let body = serde_json::to_vec(&body).map_err(|_| Error::Unopened)?;
        let ad = ad(&lookup, created, until);
        let sealed = record::seal(&address.key(Label::WalletAskKey), 0, &ad, Padding::Steps, &body, &*self.random);
        let mut tx = self.db.write().await?;
        wallet_ask::insert(&mut tx, &permit, AskRow { lookup, sealed, answer: None, created, until }).await?;
        tx.commit().await?;
        Ok(Begun { secret, until })
    }

    fn signed_body(&self, secret: &Secret) -> Result<Option<SignedBody>, Error> {
        let Some(client_id) = self.certificates.client_id() else { return Ok(None) };
        let seal = OpenKey::of(&secret.key(Label::WalletAskSeal)).public(SEAL).ok_or(Error::Unopened)?;
        Ok(Some(SignedBody { client_id, seal: seal.published() }))
    }

    /// The question at an address, while it can be answered. `at`: what stands before `response/` and `request/` in such addresses.
    /// [`Error::NotFound`] for every reason.
    pub async fn asked_wallet(&self, key: &str, at: &str) -> Result<Opened, Error> {
        let address = Secret::parse(key).ok_or(Error::NotFound)?;
        let (opened, row) = self.open_ask(address, at).await?;
        if row.answer.is_none() { Ok(opened) } else { Err(Error::NotFound) }
    }

    /// A question as a signed Request Object (RFC 9101; OpenID4VP 1.0, 5.10), with the nonce that the wallet sent. [`Error::NotFound`]
    /// where it was asked unsigned, or by a certificate that we have no longer.
    pub fn asked_object(&self, opened: &Opened, wallet_nonce: Option<&str>) -> Result<String, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::AnswerWallet, Resource::System)?;
        let asking = &opened.asking;
        let same = asking.signed.is_some() && self.certificates.client_id() == Some(asking.client_id());
        let own = self.certificates.own.as_ref().filter(|_| same).ok_or(Error::NotFound)?;
        let header = [("typ".to_owned(), REQUEST_TYPE.into()), ("x5c".to_owned(), own.chain.x5c())];
        let claims = Value::from(asking.claims(wallet_nonce, self.now(), opened.until)).to_string();
        Ok(own.key.compact_unnamed(header.into_iter().collect(), claims.as_bytes()))
    }

    pub(super) async fn open_ask(&self, address: Secret, at: &str) -> Result<(Opened, AskRow), Error> {
        let lookup = address.lookup(Label::WalletAskLookup).0;
        let row = wallet_ask::find(&mut self.db.look().await?, lookup).await?;
        let row = row.filter(|row| self.now() < row.until).ok_or(Error::NotFound)?;
        let ad = ad(&lookup, row.created, row.until);
        let body = record::open(&address.key(Label::WalletAskKey), &ad, Padding::Steps, &row.sealed)?;
        let Body { nonce, state, query, collector, signed } = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
        let query = Query::read(&query).map_err(|_| Error::Unopened)?;
        let collector = URL_SAFE_NO_PAD.decode(collector).map_err(|_| Error::Unopened)?;
        let (response_uri, request_uri) = {
            let key = address.text();
            (format!("{at}response/{}", key.as_str()), format!("{at}request/{}", key.as_str()))
        };
        let signed = signed.map(|SignedBody { client_id, seal }| {
            let seal = SealKey::from_members(&seal).ok_or(Error::Unopened)?;
            Ok::<_, Error>(Signed { client_id, request_uri, seal })
        });
        let asking = Asking { response_uri, nonce, state, query, signed: signed.transpose()? };
        Ok((Opened { asking, until: row.until, address, collector, lookup }, row))
    }
}

fn ad(lookup: &[u8; 32], created: Timestamp, until: Timestamp) -> Ad {
    Ad::new(Label::WalletAskRecord).bytes_field(b"wallet_ask").bytes_field(lookup).time(created).time(until)
}
