//! What decides about a session: sealed under a key made from the cookie's secret and from the server's look-up key, so that neither who
//! can write the database nor who holds the cookie makes a session longer, fresher or another's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Session, SessionKind};
use crate::crypto::secret::Secret;
use crate::crypto::{Ad, Key, Label, Padding, record};
use crate::domain::{OwnerId, Timestamp, UnitId};
use crate::usecase::{Error, Service};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub kind: SessionKind,
    pub shared: bool,
    pub created: Timestamp,
    pub seen: Timestamp,
    pub fresh: Option<Timestamp>,
    /// The unit at which a member of staff works, where they have chosen one.
    pub unit: Option<UnitId>,
    /// The one request that it may answer: opened by a card. Absent otherwise, so that the bytes of others are as they always were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Uuid>,
}

/// What seals and opens a session's facts, for the length of a request.
#[derive(Clone, Debug)]
pub struct FactsKey {
    key: Key,
    ad: Ad,
}

impl FactsKey {
    pub(super) fn seal(&self, facts: &Facts, random: &dyn crate::domain::Random) -> Vec<u8> {
        let body = serde_json::to_vec(facts).expect("facts are plain data");
        record::seal(&self.key, 0, &self.ad, Padding::Steps, &body, random)
    }

    pub(super) fn open(&self, sealed: &[u8]) -> Result<Facts, Error> {
        let body = record::open(&self.key, &self.ad, Padding::Steps, sealed)?;
        serde_json::from_slice(&body).map_err(|_| Error::Unopened)
    }
}

impl Session {
    pub(super) const fn facts(&self) -> Facts {
        let Self { kind, shared, created, seen, fresh, unit, only, .. } = *self;
        Facts { kind, shared, created, seen, fresh, unit, only }
    }
}

impl Service {
    pub(super) fn facts_key(&self, secret: &Secret, owner: OwnerId, id: Uuid) -> FactsKey {
        let ad = Ad::new(Label::SessionFields).bytes_field(b"session").id(owner.0).id(id);
        let servers = self.keys.mailbox_mac(&[], &ad);
        let key = secret.key(Label::SessionFields).derive_for(&Ad::new(Label::SessionFields).bytes_field(&servers));
        FactsKey { key, ad }
    }
}
