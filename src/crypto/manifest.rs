//! The manifest: what an owner's rows must be. An old row put back differs from it and is refused.

use serde::{Deserialize, Serialize};

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

const VERSION: u8 = 1;

impl Manifest {
    pub fn entry(&self, entry: EntryId) -> Option<&EntryLine> {
        self.entries.iter().find(|line| line.entry == entry)
    }

    pub fn consent(&self, consent: ConsentId) -> Option<&ConsentLine> {
        self.consents.iter().find(|line| line.consent == consent)
    }

    pub fn seal(&self, keyring: &Keyring, random: &dyn Random) -> Vec<u8> {
        let body = postcard::to_extend(self, vec![VERSION]).expect("a manifest is plain data");
        keyring.wrap(&ad(keyring.owner), Padding::Steps, &body, random)
    }

    /// Opens a manifest and checks it against the generation that stands in clear beside it.
    pub fn open(keyring: &Keyring, generation: u64, sealed: &[u8]) -> Result<Self, Unopened> {
        let body = keyring.unwrap(&ad(keyring.owner), Padding::Steps, sealed)?;
        let (version, rest) = body.split_first().ok_or(Unopened)?;
        if *version != VERSION {
            return Err(Unopened);
        }
        let manifest: Self = postcard::from_bytes(rest).map_err(|_| Unopened)?;
        if manifest.generation == generation { Ok(manifest) } else { Err(Unopened) }
    }
}

fn ad(owner: OwnerId) -> Ad {
    Ad::new(Label::ManifestRecord).bytes_field(b"manifest").id(owner.0)
}
