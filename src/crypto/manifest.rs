//! The manifest: what an owner's rows must be. An old row put back differs from it and is refused.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entry::RecordHash;
use super::keyring::Keyring;
use super::label::{Ad, Label};
use super::record::{Padding, Unopened};
use crate::domain::profile::Kind;
use crate::domain::{ConsentId, EntryId, OwnerId, Random, Timestamp, VersionId};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Raised by each write of the owner; compared and set with the clear column.
    pub generation: u64,
    pub entries: Vec<EntryLine>,
    pub consents: Vec<ConsentLine>,
    /// The newest log checkpoint that the owner has seen: size and root hash.
    pub checkpoint: Option<(u64, [u8; 32])>,
    /// The slots by which the keyring may be opened; `None` in one from before they were listed.
    pub ways: Option<Vec<Uuid>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    pub entry: EntryId,
    pub kind: Kind,
    pub version: VersionId,
    pub hash: RecordHash,
    pub updated: Timestamp,
    pub confirmed: Timestamp,
}

/// A live consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentLine {
    pub consent: ConsentId,
    pub generation: u64,
}

/// Version 1 had no list of slots.
const VERSION: u8 = 2;

/// As version 1 has it.
#[derive(Deserialize)]
struct First {
    generation: u64,
    entries: Vec<EntryLine>,
    consents: Vec<ConsentLine>,
    checkpoint: Option<(u64, [u8; 32])>,
}

impl From<First> for Manifest {
    fn from(First { generation, entries, consents, checkpoint }: First) -> Self {
        Self { generation, entries, consents, checkpoint, ways: None }
    }
}

impl Manifest {
    pub fn entry(&self, entry: EntryId) -> Option<&EntryLine> {
        self.entries.iter().find(|line| line.entry == entry)
    }

    pub fn consent(&self, consent: ConsentId) -> Option<&ConsentLine> {
        self.consents.iter().find(|line| line.consent == consent)
    }

    /// Whether a slot may open: one that was replaced or removed may not, even if its row is put back.
    pub fn admits(&self, slot: Uuid) -> bool {
        self.ways.as_ref().is_none_or(|ways| ways.contains(&slot))
    }

    pub fn seal(&self, keyring: &Keyring, random: &dyn Random) -> Vec<u8> {
        let body = postcard::to_extend(self, vec![VERSION]).expect("a manifest is plain data");
        keyring.wrap(&ad(keyring.owner), Padding::Steps, &body, random)
    }

    /// Opens a manifest and checks it against the generation that stands in clear beside it.
    pub fn open(keyring: &Keyring, generation: u64, sealed: &[u8]) -> Result<Self, Unopened> {
        let body = keyring.unwrap(&ad(keyring.owner), Padding::Steps, sealed)?;
        let (version, rest) = body.split_first().ok_or(Unopened)?;
        let manifest: Self = match *version {
            1 => postcard::from_bytes::<First>(rest).map_err(|_| Unopened)?.into(),
            VERSION => postcard::from_bytes(rest).map_err(|_| Unopened)?,
            _ => return Err(Unopened),
        };
        if manifest.generation == generation { Ok(manifest) } else { Err(Unopened) }
    }
}

fn ad(owner: OwnerId) -> Ad {
    Ad::new(Label::ManifestRecord).bytes_field(b"manifest").id(owner.0)
}
