//! The record of one version of one entry. Its key seals this record and no other, so it needs no salt and no commitment: the hash
//! in manifest and bundle commits.
//!
//! Version 2: format byte `2` · AES-256-GCM ciphertext with tag; key used as it is, nonce zero, associated data as GCM's own.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::digest;
use zeroize::Zeroizing;

use super::label::{Ad, Label};
use super::record::{self, Padding, Unopened};
use super::secret::Key;
use crate::domain::{EntryId, OwnerId, Random, VersionId};

pub const FORMAT: u8 = 2;

/// The key of one version of one entry. A type of its own, and consumed by sealing, so that no other key can be used this way and
/// this one never twice.
pub struct FreshEntryKey(Key);

/// An entry key that has been used: it opens.
#[derive(Clone, Debug)]
pub struct EntryKey(Key);

/// SHA-256 of a whole entry record.
pub type RecordHash = [u8; 32];

pub struct SealedEntry {
    pub record: Vec<u8>,
    pub key: EntryKey,
    pub hash: RecordHash,
}

impl FreshEntryKey {
    pub fn random(random: &dyn Random) -> Self {
        Self(Key::random(random))
    }

    pub fn seal(self, owner: OwnerId, entry: EntryId, version: VersionId, plaintext: &[u8]) -> SealedEntry {
        let mut body = record::pad(Padding::Steps, plaintext);
        let tag = cipher(&self.0).seal_in_place_separate_tag(nonce(), Aad::from(ad(owner, entry, version).bytes()), &mut body);
        let tag = tag.expect("far below GCM's bound");
        let mut record = Vec::with_capacity(1 + body.len() + 16);
        record.push(FORMAT);
        record.extend_from_slice(&body);
        record.extend_from_slice(tag.as_ref());
        let hash = hash(&record);
        SealedEntry { record, key: EntryKey(self.0), hash }
    }
}

impl EntryKey {
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Key::from_slice(bytes).map(Self)
    }

    /// For wrapping it under its owner's wrap key, and for bundles.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// Opens a record whose hash is `expected`; the hash is checked first.
    pub fn open(
        &self,
        owner: OwnerId,
        entry: EntryId,
        version: VersionId,
        expected: &RecordHash,
        record: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        if record.len() < 17 || record[0] != FORMAT || hash(record) != *expected {
            return Err(Unopened);
        }
        let mut body = Zeroizing::new(record[1..].to_vec());
        let aad = ad(owner, entry, version);
        let length = cipher(&self.0).open_in_place(nonce(), Aad::from(aad.bytes()), &mut body).map_err(|_| Unopened)?.len();
        body.truncate(length);
        record::unpad(Padding::Steps, body)
    }
}

pub fn hash(record: &[u8]) -> RecordHash {
    digest::digest(&digest::SHA256, record).as_ref().try_into().expect("SHA-256 gives 32 bytes")
}

/// Associated data under which an entry key is wrapped by its owner.
pub fn wrap_ad(owner: OwnerId, entry: EntryId, version: VersionId) -> Ad {
    Ad::new(Label::EntryKeyWrap).bytes_field(b"entry").id(owner.0).id(entry.0).id(version.0)
}

fn ad(owner: OwnerId, entry: EntryId, version: VersionId) -> Ad {
    Ad::new(Label::EntryRecord).bytes_field(b"entry").id(owner.0).id(entry.0).id(version.0)
}

fn cipher(key: &Key) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.expose()).expect("32 bytes"))
}

fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;
    use uuid::Uuid;

    #[test]
    fn another_place_an_altered_record_and_another_hash_deny() {
        let ids = (OwnerId(Uuid::from_u128(1)), EntryId(Uuid::from_u128(2)), VersionId(Uuid::from_u128(3)));
        let sealed = FreshEntryKey::random(&SystemRandom::default()).seal(ids.0, ids.1, ids.2, b"svetsa");
        let open = |o, e, v, hash: &RecordHash, record: &[u8]| sealed.key.open(o, e, v, hash, record);
        assert!(open(OwnerId(Uuid::nil()), ids.1, ids.2, &sealed.hash, &sealed.record).is_err());
        assert!(open(ids.0, EntryId(Uuid::nil()), ids.2, &sealed.hash, &sealed.record).is_err());
        assert!(open(ids.0, ids.1, VersionId(Uuid::nil()), &sealed.hash, &sealed.record).is_err());
        assert!(open(ids.0, ids.1, ids.2, &[0; 32], &sealed.record).is_err());
        for at in 0..sealed.record.len() {
            let mut altered = sealed.record.clone();
            altered[at] ^= 1;
            assert!(open(ids.0, ids.1, ids.2, &sealed.hash, &altered).is_err());
            assert!(open(ids.0, ids.1, ids.2, &hash(&altered), &altered).is_err());
        }
        assert_eq!(open(ids.0, ids.1, ids.2, &sealed.hash, &sealed.record).expect("opens").as_slice(), b"svetsa");
    }
}
