//! A wallet that asks by the authorization code flow (OpenID4VCI 1.0, 5): its request is pushed (RFC 9126), the person signs in, opens their
//! map and says yes or no. What is to be signed lies in the map alone until then, and under the code afterwards: nothing that is stored
//! opens it.

use serde::{Deserialize, Serialize};

use super::offer::{Binding, Body, OFFERED_FOR, Offered, issuer, issuer_of};
use crate::credential::openid4vci::{self, ReturnAddress};
use crate::crypto::Label;
use crate::crypto::secret::Secret;
use crate::domain::event::{Event, What};
use crate::domain::oauth::Fault;
use crate::domain::profile::Kind;
use crate::domain::time::SECOND;
use crate::domain::{EntryId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Resource};
use crate::store::organisation::UnitRow;
use crate::store::wallet_code::{self, CodeKind};
use crate::store::{Tx, login};
use crate::usecase::held::name;
use crate::usecase::request::{PUSHED_FOR, URN};
use crate::usecase::{Error, Service, Session};

/// What a wallet pushed. Its form has been read; its address, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushed {
    pub client_id: String,
    pub redirect_uri: String,
    pub state: Option<String>,
    /// S256 (RFC 7636).
    pub challenge: String,
    /// Of the DPoP key to which the code is bound (RFC 9449, 10), where one was named.
    pub thumbprint: Option<[u8; 32]>,
    /// Of an offer of ours.
    pub issuer_state: Option<String>,
    /// By `authorization_details` rather than by `scope`.
    pub details: bool,
}

/// A request as the person meets it.
#[derive(Clone, Debug)]
pub struct Requested {
    pub unit: UnitRow,
    /// Where the answer goes.
    pub to: ReturnAddress,
    kept: Kept,
    secret: Secret,
}

/// As it is sealed under the secret of its `request_uri`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    asking_unit: UnitId,
    client_id: String,
    redirect_uri: String,
    state: Option<String>,
    challenge: String,
    thumbprint: Option<[u8; 32]>,
    details: bool,
    offer: Option<OfferedEntry>,
    created: Timestamp,
}

/// The offer that a request answers: it serves once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfferedEntry {
    entry: EntryId,
    lookup: [u8; 32],
}

/// As an offer is sealed under its `issuer_state`: which of the person's own, and until when.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiting {
    offering_unit: UnitId,
    entry: EntryId,
    until: Timestamp,
}

impl Service {
    /// An offer for which the person signs in. It names an entry of theirs, and opens nothing.
    pub(super) async fn offer_by_login(&self, (unit, entry): (UnitId, EntryId), base: &str) -> Result<Offered, Error> {
        let until = self.now().plus(OFFERED_FOR);
        let secret = self.keep_login(&Waiting { offering_unit: unit, entry, until }).await?;
        let offer = openid4vci::Offer::by_login(issuer(base, unit), secret.text().as_str().to_owned());
        Ok(Offered { link: offer.link(), tx_code: None, until })
    }

    /// Keeps a pushed request (RFC 9126, 2). The `request_uri`, and for how many seconds it can be begun.
    pub async fn push_wallet_request(&self, unit: UnitId, pushed: Pushed) -> Result<(String, i64), Fault> {
        let _permit = self.ask(Actor::Anonymous, Action::IssueToWallet, Resource::System)?;
        if !self.serves_wallets(unit).await? {
            return Err(Fault::Request("this issuer serves no wallets now"));
        }
        let offer = match &pushed.issuer_state {
            None => None,
            Some(state) => Some(self.offer_of(unit, state).await?.ok_or(Fault::Request("issuer_state is of no offer that waits"))?),
        };
        let Pushed { client_id, redirect_uri, state, challenge, thumbprint, details, .. } = pushed;
        let created = self.now();
        let kept = Kept { asking_unit: unit, client_id, redirect_uri, state, challenge, thumbprint, details, offer, created };
        let secret = self.keep_login(&kept).await?;
        Ok((format!("{URN}{}", secret.text().as_str()), PUSHED_FOR / SECOND))
    }

    /// A pushed request, for the wallet that pushed it to this unit and while it can be begun (RFC 9126, 4). The key under which it is
    /// answered.
    pub async fn begin_wallet_request(&self, unit: UnitId, client_id: &str, request_uri: &str) -> Result<String, Error> {
        let key = request_uri.strip_prefix(URN).ok_or(Error::NotFound)?;
        let kept = self.wallet_request(key).await?.kept;
        let fits = kept.asking_unit == unit && kept.client_id == client_id && self.now() < kept.created.plus(PUSHED_FOR);
        if fits { Ok(key.to_owned()) } else { Err(Error::NotFound) }
    }

    /// The request that a key finds, while it can be answered. [`Error::NotFound`] for every other reason.
    pub async fn wallet_request(&self, key: &str) -> Result<Requested, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::IssueToWallet, Resource::System)?;
        let secret = Secret::parse(key).ok_or(Error::NotFound)?;
        let kept: Kept = self.peek_login(&secret).await?.ok_or(Error::NotFound)?;
        let to = ReturnAddress::read(&kept.redirect_uri, &kept.client_id).ok_or(Error::NotFound)?;
        let mut tx = self.db.read().await?;
        let unit = self.unit_in(&mut tx, kept.asking_unit).await?;
        tx.commit().await?;
        Ok(Requested { unit, to, kept, secret })
    }

    /// What of the person's own answers a request: proofs in their map that this unit gave and that are good; of an offer, the one that it
    /// names. Each with what it is called.
    pub async fn fitting_wallet(&self, session: &Session, asked: &Requested, base: &str) -> Result<Vec<(EntryId, String)>, Error> {
        let unit = asked.kept.asking_unit;
        let (own, profile) = (self.own_credentials(session).await?, self.profile(session).await?);
        let mut fitting = Vec::new();
        for (entry, whole) in own {
            let named = asked.kept.offer.as_ref().is_none_or(|offer| offer.entry == entry);
            let Some(held) = profile.entry(entry).filter(|_| named && issuer_of(&whole.credential, base) == Some(unit)) else {
                continue;
            };
            match self.good_own(unit, &whole.credential).await {
                Ok(_) => fitting.push((entry, name(&held.entry))),
                Err(error @ Error::Store(_)) => return Err(error),
                Err(_) => {}
            }
        }
        Ok(fitting)
    }

    /// The person's yes: a code, sealed over what is to be signed, and where it goes (RFC 6749, 4.1.2; `iss` after RFC 9207).
    /// [`Error::NothingChosen`] where it is none of what fits, [`Error::NotFound`] where the request or its offer has been answered.
    pub async fn give_to_wallet(&self, session: &Session, asked: &Requested, entry: EntryId, base: &str) -> Result<String, Error> {
        let permit = self.ask(session.participant(), Action::OfferToWallet, Resource::Profile { owner: session.owner })?;
        let (unit, kept) = (asked.kept.asking_unit, &asked.kept);
        if !self.fitting_wallet(session, asked, base).await?.iter().any(|(fitting, _)| *fitting == entry) {
            return Err(Error::NothingChosen);
        }
        let binding = Binding {
            client_id: kept.client_id.clone(),
            redirect_uri: kept.redirect_uri.clone(),
            challenge: kept.challenge.clone(),
            thumbprint: kept.thumbprint,
            details: kept.details,
        };
        let credential = self.whole(session, entry).await?.credential;
        let body = Body { credential, tx_code: None, thumbprint: None, login: Some(binding) };
        let code = Secret::random(&*self.random);
        let row = self.code_row(&code, unit, CodeKind::Code, None, &body)?;
        let mut tx = self.db.write().await?;
        self.answer_once(&mut tx, asked).await?;
        wallet_code::insert(&mut tx, &permit, row).await?;
        let event = Event {
            unit: Some(self.party_in(&mut tx, unit).await?),
            entries: 1,
            sections: vec![Kind::Credential.section()],
            whom: Some(asked.to.shown().to_owned()),
            ..self.plain_event(What::WalletGiven)
        };
        self.record_own(&mut tx, &permit, session.keyring()?, event).await?;
        tx.commit().await?;
        Ok(answer(asked, base, ("code", code.text().as_str())))
    }

    /// A no, of whoever has the request before them: where it goes. Nobody is told who said it.
    pub async fn refuse_wallet(&self, asked: &Requested, base: &str) -> Result<String, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::IssueToWallet, Resource::System)?;
        let mut tx = self.db.write().await?;
        take(&mut tx, asked.secret.lookup(Label::LoginLookup).0).await?;
        tx.commit().await?;
        Ok(answer(asked, base, ("error", "access_denied")))
    }

    /// The request is answered once, and so is the offer that it came of.
    async fn answer_once(&self, tx: &mut Tx, asked: &Requested) -> Result<(), Error> {
        take(tx, asked.secret.lookup(Label::LoginLookup).0).await?;
        match &asked.kept.offer {
            Some(offer) => take(tx, offer.lookup).await,
            None => Ok(()),
        }
    }

    async fn offer_of(&self, unit: UnitId, issuer_state: &str) -> Result<Option<OfferedEntry>, Error> {
        let Some(secret) = Secret::parse(issuer_state) else { return Ok(None) };
        let waiting: Option<Waiting> = self.peek_login(&secret).await?;
        let waits = waiting.filter(|waiting| waiting.offering_unit == unit && self.now() < waiting.until);
        Ok(waits.map(|waiting| OfferedEntry { entry: waiting.entry, lookup: secret.lookup(Label::LoginLookup).0 }))
    }
}

async fn take(tx: &mut Tx, lookup: [u8; 32]) -> Result<(), Error> {
    login::take(tx, lookup).await?.map(|_| ()).ok_or(Error::NotFound)
}

fn answer(asked: &Requested, base: &str, (name, value): (&str, &str)) -> String {
    let issuer = issuer(base, asked.kept.asking_unit);
    let mut all = vec![(name, value), ("iss", issuer.as_str())];
    all.extend(asked.kept.state.as_deref().map(|state| ("state", state)));
    asked.to.with(&all)
}
