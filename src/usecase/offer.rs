//! An offer: a proof that waits, sealed, for whoever has its code. It is looked at as often as one likes, and taken once.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{Error, Service};
use crate::crypto::recovery::RecoveryCode;
use crate::crypto::{Ad, Label, Padding, record};
use crate::domain::{Random, Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::offer::OfferRow;
use crate::store::{Tx, issued, offer};

/// What an offer gives to whoever takes it.
pub struct Offered {
    /// The SD-JWT VC as issued, with all its disclosures.
    pub credential: String,
    /// The private key that it is bound to (`cnf`), PKCS #8.
    pub holder: Zeroizing<Vec<u8>>,
    /// The same proof as an Open Badge 3.0 (VC-JWT).
    pub badge: Option<String>,
}

/// As it is sealed.
#[derive(Serialize, Deserialize)]
struct Body {
    credential: String,
    holder: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    badge: Option<String>,
}

/// What an offer is bound to.
#[derive(Clone, Copy)]
pub struct Place {
    pub unit: UnitId,
    pub issued: Uuid,
    pub created: Timestamp,
    pub until: Timestamp,
}

impl Service {
    /// What waits for this code; changes nothing. [`Error::NotFound`] where nothing ever did, [`Error::Gone`] where it has been taken,
    /// was withdrawn, or its time is over.
    pub async fn offer_preview(&self, code: &RecoveryCode) -> Result<Offered, Error> {
        let _permit = self.ask(Actor::Anonymous, Action::OpenOffer, Resource::System)?;
        let row = offer::look(&mut self.db.look().await?, code.lookup_by(Label::OfferLookup).0).await?;
        let row = row.ok_or(Error::NotFound)?;
        let sealed = row.sealed.as_deref().filter(|_| row.until > self.now()).ok_or(Error::Gone)?;
        let place = Place { unit: row.unit, issued: row.issued, created: row.created, until: row.until };
        place.open(code, sealed)
    }

    /// Takes what waits for this code, in the transaction that keeps it. [`Error::Gone`] where someone else was first, where it was
    /// withdrawn, or its time is over: then nothing may be kept.
    pub(super) async fn take_offer(&self, tx: &mut Tx, permit: &Permit, code: &RecoveryCode) -> Result<(), Error> {
        let lookup = code.lookup_by(Label::OfferLookup).0;
        let (unit, id) = offer::empty(tx, permit, lookup, self.now()).await?.ok_or(Error::Gone)?;
        if issued::take(tx, unit, id).await? { Ok(()) } else { Err(Error::Gone) }
    }

    /// The row of a fresh offer.
    pub(super) fn offer_row(&self, place: Place, code: &RecoveryCode, offered: Offered) -> OfferRow {
        let Place { unit, issued, created, until } = place;
        let sealed = place.seal(code, offered, &*self.random);
        OfferRow { lookup: code.lookup_by(Label::OfferLookup).0, unit, issued, sealed: Some(sealed), created, until }
    }
}

impl Place {
    /// The record under the code's key.
    pub fn seal(&self, code: &RecoveryCode, offered: Offered, random: &dyn Random) -> Vec<u8> {
        let body = Body { credential: offered.credential, holder: hex::encode(&offered.holder), badge: offered.badge };
        let body = Zeroizing::new(serde_json::to_vec(&body).expect("texts are plain data"));
        record::seal(&code.key_by(Label::OfferKey), 0, &self.ad(), Padding::Steps, &body, random)
    }

    pub fn open(&self, code: &RecoveryCode, sealed: &[u8]) -> Result<Offered, Error> {
        let body = record::open(&code.key_by(Label::OfferKey), &self.ad(), Padding::Steps, sealed)?;
        opened(&body)
    }

    fn ad(&self) -> Ad {
        Ad::new(Label::OfferRecord).bytes_field(b"offer").id(self.unit.0).id(self.issued).time(self.created).time(self.until)
    }
}

fn opened(body: &[u8]) -> Result<Offered, Error> {
    let Body { credential, holder, badge } = serde_json::from_slice(body).map_err(|_| Error::Unopened)?;
    let holder = Zeroizing::new(hex::decode(Zeroizing::new(holder).as_str()).map_err(|_| Error::Unopened)?);
    Ok(Offered { credential, holder, badge })
}
