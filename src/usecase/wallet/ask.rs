//! A presentation asked of another wallet (OpenID4VP 1.0), by whoever stands at the page that checks proofs. What is asked is sealed
//! under the address to which the answer goes; the answer, to a key that only whoever asked makes: neither the wallet nor the database
//! opens it again.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::credential::dcql::{Query, answers};
use crate::credential::openid4vp::{Asking, presentations};
use crate::credential::sd_jwt::SdJwt;
use crate::credential::{Checked, Occasion};
use crate::crypto::secret::Secret;
use crate::crypto::{Ad, Label, Padding, receive, record};
use crate::domain::Timestamp;
use crate::domain::credential::Verdict;
use crate::domain::random::bytes;
use crate::domain::time::MINUTE;
use crate::policy::{Action, Actor, Resource};
use crate::store::wallet_ask::{self, AskRow};
use crate::usecase::verify::Outside;
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
    collector: Vec<u8>,
    lookup: [u8; 32],
}

/// How far a question has come, for whoever put it.
#[derive(Clone, Debug)]
pub enum Stand {
    /// Nothing has come yet: what opens a wallet, and until when.
    Waiting {
        link: String,
        until: Timestamp,
    },
    Answered(Answered),
}

/// What came.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Each with its holder's proof.
    pub presentations: Vec<String>,
    /// For whom and on which occasion it was signed.
    pub audience: String,
    pub nonce: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    nonce: String,
    state: String,
    query: serde_json::Map<String, serde_json::Value>,
    collector: String,
}

/// A wallet has so long to answer, and whoever asked so long to look.
const ASKED_FOR: i64 = 10 * MINUTE;

impl Service {
    /// Puts a question.
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

    /// The question at an address, while it can be answered. `at`: the prefix of such addresses. [`Error::NotFound`] for every reason.
    pub async fn asked_wallet(&self, key: &str, at: &str) -> Result<Opened, Error> {
        let address = Secret::parse(key).ok_or(Error::NotFound)?;
        let (opened, row) = self.open_ask(&address, at).await?;
        if row.answer.is_none() { Ok(opened) } else { Err(Error::NotFound) }
    }

    /// Takes an answer, where it fits the question and each presentation was made for it (8.6). [`Error::Wrong`] where it does not: then
    /// another may still come. What a presentation is worth beyond that, whoever asked is told.
    pub async fn answer_wallet(&self, opened: &Opened, state: &str, vp_token: &str, outside: Outside<'_>) -> Result<(), Error> {
        let permit = self.ask(Actor::Anonymous, Action::AnswerWallet, Resource::System)?;
        let asking = &opened.asking;
        if !bool::from(state.as_bytes().ct_eq(asking.state.as_bytes())) {
            return Err(Error::Wrong);
        }
        let given = presentations(vp_token, &asking.query).ok_or(Error::Wrong)?;
        for (at, all) in &given {
            for one in all {
                let shown = SdJwt::parse(one).map_err(|_| Error::Wrong)?;
                let occasion = shown.check_occasion(&asking.client_id(), &asking.nonce, self.now(), ASKED_FOR);
                if occasion.is_err() || !answers(&asking.query.credentials[*at], one) {
                    return Err(Error::Wrong);
                }
                let found = self.check_presented(one, (&asking.client_id(), &asking.nonce), outside).await;
                if matches!(found.verdict, Verdict::NotValid(_)) {
                    return Err(Error::Wrong);
                }
            }
        }
        let all: Vec<String> = given.into_values().flatten().collect();
        let body = serde_json::to_vec(&all).map_err(|_| Error::Unopened)?;
        let to = receive::PublicKey { generation: 0, bytes: opened.collector.clone() };
        let ad = Ad::new(Label::WalletAnswer).bytes_field(b"wallet_ask").bytes_field(&opened.lookup);
        let sealed = receive::seal(&to, Label::WalletAnswer, &ad, Padding::Steps, &body, &*self.random)?;
        let mut tx = self.db.write().await?;
        if !wallet_ask::answer(&mut tx, &permit, opened.lookup, self.now(), sealed).await? {
            return Err(Error::NotFound);
        }
        Ok(tx.commit().await?)
    }

    /// How far one's question has come. [`Error::NotFound`] once its time is over.
    pub async fn wallet_answer(&self, secret: &Secret, at: &str) -> Result<Stand, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::AskWallet, Resource::System)?;
        let (Opened { asking, until, lookup, .. }, row) = self.open_ask(&secret.child(Label::WalletAskAddress), at).await?;
        let Some(answer) = row.answer else { return Ok(Stand::Waiting { link: asking.link(), until }) };
        let (private, _) = receive::key_pair_of(&secret.key(Label::WalletAskCollector));
        let ad = Ad::new(Label::WalletAnswer).bytes_field(b"wallet_ask").bytes_field(&lookup);
        let body = receive::open(&private, Label::WalletAnswer, &ad, Padding::Steps, &answer)?;
        let presentations = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
        Ok(Stand::Answered(Answered { presentations, audience: asking.client_id(), nonce: asking.nonce }))
    }

    /// What a presentation that came to a question is worth, now.
    pub async fn check_presented(&self, text: &str, (audience, nonce): (&str, &str), outside: Outside<'_>) -> Checked {
        let occasion = Occasion { audience, nonce, max_age: ASKED_FOR };
        self.verify(outside, text.as_bytes(), Some(occasion)).await
    }

    async fn open_ask(&self, address: &Secret, at: &str) -> Result<(Opened, AskRow), Error> {
        let lookup = address.lookup(Label::WalletAskLookup).0;
        let row = wallet_ask::find(&mut self.db.look().await?, lookup).await?;
        let row = row.filter(|row| self.now() < row.until).ok_or(Error::NotFound)?;
        let ad = ad(&lookup, row.created, row.until);
        let body = record::open(&address.key(Label::WalletAskKey), &ad, Padding::Steps, &row.sealed)?;
        let Body { nonce, state, query, collector } = serde_json::from_slice(&body).map_err(|_| Error::Unopened)?;
        let query = Query::read(&query).map_err(|_| Error::Unopened)?;
        let collector = URL_SAFE_NO_PAD.decode(collector).map_err(|_| Error::Unopened)?;
        let asking = Asking { response_uri: format!("{at}{}", address.text().as_str()), nonce, state, query };
        Ok((Opened { asking, until: row.until, collector, lookup }, row))
    }
}

fn ad(lookup: &[u8; 32], created: Timestamp, until: Timestamp) -> Ad {
    Ad::new(Label::WalletAskRecord).bytes_field(b"wallet_ask").bytes_field(lookup).time(created).time(until)
}
