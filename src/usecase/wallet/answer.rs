//! What another wallet answers to a question of ours.
//!
//! An answer in clear is checked as it comes, and kept once. One that was sealed to whoever asked nobody else can open, so nobody can tell
//! a right one from a wrong one until they look. So several are kept, each in a place of its own: a wrong one, by somebody who saw the QR
//! code too, takes a place and hinders no other. When all are taken, asking anew is all that is left.

use subtle::ConstantTimeEq;

use super::ask::{ASKED_FOR, Opened};
use crate::credential::dcql::answers;
use crate::credential::openid4vp::{Asking, presentations};
use crate::credential::sd_jwt::SdJwt;
use crate::credential::{Checked, Occasion};
use crate::crypto::jwe::{self, OpenKey};
use crate::crypto::jws::object;
use crate::crypto::secret::Secret;
use crate::crypto::{Ad, Label, Padding, receive};
use crate::domain::Timestamp;
use crate::domain::credential::Verdict;
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::wallet_ask::{self, AskRow};
use crate::usecase::verify::Outside;
use crate::usecase::{Error, Service};

/// How far a question has come, for whoever put it.
#[derive(Clone, Debug)]
pub enum Stand {
    /// Nothing has come yet that answers: what opens a wallet, and until when.
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

/// Sealed answers to one question at most.
const PLACES: usize = 4;

impl Service {
    /// Takes an answer, where it fits the question and each presentation was made for it (8.6). [`Error::Wrong`] where it does not, or
    /// should have been sealed: then another may still come. What a presentation is worth beyond that, whoever asked is told.
    pub async fn answer_wallet(&self, opened: &Opened, state: &str, vp_token: &str, outside: Outside<'_>) -> Result<(), Error> {
        let permit = self.ask(Actor::Anonymous, Action::AnswerWallet, Resource::System)?;
        if opened.asking.signed.is_some() {
            return Err(Error::Wrong);
        }
        let all = self.fitting_answer(&opened.asking, state, vp_token, outside).await.ok_or(Error::Wrong)?;
        let body = serde_json::to_vec(&all).map_err(|_| Error::Unopened)?;
        let ad = Ad::new(Label::WalletAnswer).bytes_field(b"wallet_ask").bytes_field(&opened.lookup);
        let sealed = receive::seal(&collector(opened), Label::WalletAnswer, &ad, Padding::Steps, &body, &*self.random)?;
        let mut tx = self.db.write().await?;
        if !wallet_ask::answer(&mut tx, &permit, opened.lookup, self.now(), sealed).await? {
            return Err(Error::NotFound);
        }
        Ok(tx.commit().await?)
    }

    /// Takes an answer that was sealed to whoever asked (8.3). [`Error::Wrong`] where it is none or should not have been sealed,
    /// [`Error::NotFound`] where all places are taken.
    pub async fn answer_wallet_sealed(&self, opened: &Opened, response: &str) -> Result<(), Error> {
        let permit = self.ask(Actor::Anonymous, Action::AnswerWallet, Resource::System)?;
        if opened.asking.signed.is_none() || !jwe::is_sealed(response) {
            return Err(Error::Wrong);
        }
        for place in places(&opened.address) {
            if self.put(&permit, opened, &place, response).await? {
                return Ok(());
            }
        }
        Err(Error::NotFound)
    }

    /// Puts an answer into a place; `false` where it is taken.
    async fn put(&self, permit: &Permit, opened: &Opened, place: &Secret, response: &str) -> Result<bool, Error> {
        let lookup = place.lookup(Label::WalletAskLookup).0;
        if self.taken(lookup).await? {
            return Ok(false);
        }
        let (created, until) = (self.now(), opened.until);
        let (to, ad) = (collector(opened), place_ad(&lookup, created, until));
        let sealed = receive::seal(&to, Label::WalletAnswer, &ad, Padding::Steps, response.as_bytes(), &*self.random)?;
        let mut tx = self.db.write().await?;
        let row = AskRow { lookup, sealed, answer: None, created, until };
        if let Err(error) = wallet_ask::insert(&mut tx, permit, row).await {
            drop(tx);
            // Two that come at once find the same place free, and the key of the table lets one in.
            return if self.taken(lookup).await? { Ok(false) } else { Err(error.into()) };
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn taken(&self, lookup: [u8; 32]) -> Result<bool, Error> {
        Ok(wallet_ask::find(&mut self.db.look().await?, lookup).await?.is_some())
    }

    /// How far one's question has come. `at` as in [`Service::asked_wallet`]. [`Error::NotFound`] once its time is over.
    pub async fn wallet_answer(&self, secret: &Secret, at: &str, outside: Outside<'_>) -> Result<Stand, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::AskWallet, Resource::System)?;
        let (opened, row) = self.open_ask(secret.child(Label::WalletAskAddress), at).await?;
        let (private, _) = receive::key_pair_of(&secret.key(Label::WalletAskCollector));
        let found = match row.answer {
            Some(answer) => {
                let ad = Ad::new(Label::WalletAnswer).bytes_field(b"wallet_ask").bytes_field(&opened.lookup);
                let body = receive::open(&private, Label::WalletAnswer, &ad, Padding::Steps, &answer)?;
                Some(serde_json::from_slice(&body).map_err(|_| Error::Unopened)?)
            }
            None => self.first_fitting(secret, &opened, &private, outside).await?,
        };
        let Opened { asking, until, .. } = opened;
        Ok(match found {
            None => Stand::Waiting { link: asking.link(), until },
            Some(presentations) => Stand::Answered(Answered { presentations, audience: asking.client_id(), nonce: asking.nonce }),
        })
    }

    /// The first of the sealed answers that answers; whatever else came is passed over.
    async fn first_fitting(
        &self,
        secret: &Secret,
        opened: &Opened,
        private: &receive::PrivateKey,
        outside: Outside<'_>,
    ) -> Result<Option<Vec<String>>, Error> {
        if opened.asking.signed.is_none() {
            return Ok(None);
        }
        let key = OpenKey::of(&secret.key(Label::WalletAskSeal));
        for place in places(&opened.address) {
            let lookup = place.lookup(Label::WalletAskLookup).0;
            let Some(row) = wallet_ask::find(&mut self.db.look().await?, lookup).await? else { break };
            let ad = place_ad(&lookup, row.created, row.until);
            let response = receive::open(private, Label::WalletAnswer, &ad, Padding::Steps, &row.sealed)?;
            let Some((state, vp_token)) = said(&key, &response) else { continue };
            let fitting = self.fitting_answer(&opened.asking, &state, &vp_token, outside).await;
            if fitting.is_some() {
                return Ok(fitting);
            }
        }
        Ok(None)
    }

    /// The presentations of an answer, where it answers: its state, its shape, and each made for this question by its holder.
    async fn fitting_answer(&self, asking: &Asking, state: &str, vp_token: &str, outside: Outside<'_>) -> Option<Vec<String>> {
        if !bool::from(state.as_bytes().ct_eq(asking.state.as_bytes())) {
            return None;
        }
        let given = presentations(vp_token, &asking.query)?;
        for (at, all) in &given {
            for one in all {
                let shown = SdJwt::parse(one).ok()?;
                shown.check_occasion(&asking.client_id(), &asking.nonce, self.now(), ASKED_FOR).ok()?;
                if !answers(&asking.query.credentials[*at], one) {
                    return None;
                }
                let found = self.check_presented(one, (&asking.client_id(), &asking.nonce), outside).await;
                if matches!(found.verdict, Verdict::NotValid(_)) {
                    return None;
                }
            }
        }
        Some(given.into_values().flatten().collect())
    }

    /// What a presentation that came to a question is worth, now.
    pub async fn check_presented(&self, text: &str, (audience, nonce): (&str, &str), outside: Outside<'_>) -> Checked {
        let occasion = Occasion { audience, nonce, max_age: ASKED_FOR };
        self.verify(outside, text.as_bytes(), Some(occasion)).await
    }
}

/// `state` and `vp_token` of a sealed answer (8.3).
fn said(key: &OpenKey, response: &[u8]) -> Option<(String, String)> {
    let payload = key.open(std::str::from_utf8(response).ok()?)?;
    let members = object(&payload)?;
    Some((members.get("state")?.as_str()?.to_owned(), members.get("vp_token").filter(|token| token.is_object())?.to_string()))
}

/// Where the sealed answers to a question lie: secrets made from its address, as rows of their own.
fn places(address: &Secret) -> impl Iterator<Item = Secret> {
    let next = |secret: &Secret| Some(secret.child(Label::WalletAskPlace));
    std::iter::successors(next(address), next).take(PLACES)
}

fn collector(opened: &Opened) -> receive::PublicKey {
    receive::PublicKey { generation: 0, bytes: opened.collector.clone() }
}

fn place_ad(lookup: &[u8; 32], created: Timestamp, until: Timestamp) -> Ad {
    Ad::new(Label::WalletAnswer).bytes_field(b"wallet_ask place").bytes_field(lookup).time(created).time(until)
}
