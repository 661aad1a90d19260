//! A consent's secret, and the bundle that it opens: all terms, and for each entry in scope what is needed to read it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::{digest, hmac};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

use super::entry::{EntryKey, RecordHash};
use super::label::{Ad, Label};
use super::record::{self, Padding, Unopened};
use super::recovery::spoken_code;
use super::secret::Key;
use crate::domain::consent::Terms;
use crate::domain::profile::Kind;
use crate::domain::{ConsentId, EntryId, OwnerId, Random, VersionId};

/// A consent's secret: known to its owner and to its readers.
#[derive(Clone, Debug)]
pub struct ConsentSecret(Key);

/// Seals and opens the events of one consent; opens no entry.
#[derive(Clone, Debug)]
pub struct LogKey(Key);

/// By what a recipient names an entry: HMAC(C, entry id), so two recipients cannot join what they hold.
pub type Alias = [u8; 16];

#[derive(Clone, Debug)]
pub struct Bundle {
    pub terms: Terms,
    pub rows: Vec<BundleRow>,
}

#[derive(Clone, Debug)]
pub struct BundleRow {
    pub alias: Alias,
    pub kind: Kind,
    pub version: VersionId,
    pub key: EntryKey,
    pub hash: RecordHash,
}

#[derive(Serialize, Deserialize)]
struct StoredRow {
    alias: Alias,
    kind: Kind,
    version: VersionId,
    key: [u8; 32],
    hash: RecordHash,
}

impl Drop for StoredRow {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

const VERSION: u8 = 1;
/// Sixteen rows of at most 120 bytes: sizes tell the number of entries only to the nearest sixteen.
pub(super) const STEP: usize = 16 * 120;

impl ConsentSecret {
    pub fn random(random: &dyn Random) -> Self {
        Self(Key::random(random))
    }

    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Key::from_slice(bytes).map(Self)
    }

    /// For wrapping it under its owner's wrap key, and for sealing it to a unit.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.expose()
    }

    pub fn log_key(&self) -> LogKey {
        LogKey(self.0.derive(Label::ConsentLogKey))
    }

    /// Seals what a unit calls its tokens; whoever holds C reads it.
    pub fn label_key(&self) -> Key {
        self.0.derive(Label::TokenLabel)
    }

    /// What the two sides say to each other on the phone.
    pub fn code(&self) -> String {
        spoken_code(self.0.derive(Label::ConsentCode).expose())
    }

    pub fn aliaser(&self) -> Aliaser {
        Aliaser(hmac::Key::new(hmac::HMAC_SHA256, self.0.derive(Label::ConsentAlias).expose()))
    }

    /// The secret of a narrower token (a child): HKDF(C, child label, child id). All that is made from it is another's than C's.
    pub fn child(&self, id: Uuid) -> Self {
        Self(self.0.derive_for(&Ad::new(Label::ConsentChild).id(id)))
    }

    pub(super) fn key(&self, label: Label) -> Key {
        self.0.derive(label)
    }

    pub fn seal_bundle(&self, bundle: &Bundle, random: &dyn Random) -> Vec<u8> {
        let terms = &bundle.terms;
        let ad = bundle_ad(terms.owner, terms.consent, terms.generation);
        record::seal(&self.0.derive(Label::BundleKey), 0, &ad, Padding::Multiple(STEP), &encode(bundle), random)
    }

    /// Opens the bundle of one generation, and checks that its terms are of this owner, consent and generation.
    pub fn open_bundle(&self, owner: OwnerId, consent: ConsentId, generation: u64, sealed: &[u8]) -> Result<Bundle, Unopened> {
        let ad = bundle_ad(owner, consent, generation);
        let body = record::open(&self.0.derive(Label::BundleKey), &ad, Padding::Multiple(STEP), sealed)?;
        let bundle = decode(&body)?;
        let terms = &bundle.terms;
        let fits = terms.owner == owner && terms.consent == consent && terms.generation == generation;
        if fits { Ok(bundle) } else { Err(Unopened) }
    }
}

/// Computes aliases; the HMAC key is made once for many entries.
pub struct Aliaser(hmac::Key);

impl Aliaser {
    pub fn alias(&self, entry: EntryId) -> Alias {
        hmac::sign(&self.0, entry.0.as_bytes()).as_ref()[..16].try_into().expect("HMAC-SHA-256 gives 32 bytes")
    }
}

/// The digest over what a read returned, in base64url: SHA-256 over fields each with a 4-byte length: the label `egenkarta/v1/receipt/read`,
/// then for each entry, in the order of their aliases, its alias (16 bytes), version (16 bytes) and the SHA-256 of its sealed record.
pub fn read_digest(entries: impl Iterator<Item = (Alias, VersionId, RecordHash)>) -> String {
    let mut all: Vec<_> = entries.collect();
    all.sort_unstable();
    let listed = all
        .iter()
        .fold(Ad::new(Label::ReadDigest), |ad, (alias, version, hash)| ad.bytes_field(alias).id(version.0).bytes_field(hash));
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, listed.bytes()))
}

impl LogKey {
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Key::from_slice(bytes).map(Self)
    }

    /// For sealing it to the unit, in the record row.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    pub(super) fn key(&self) -> &Key {
        &self.0
    }
}

fn bundle_ad(owner: OwnerId, consent: ConsentId, generation: u64) -> Ad {
    Ad::new(Label::BundleRecord).bytes_field(b"consent").id(owner.0).id(consent.0).num(generation)
}

/// Version byte · length of the terms, 4 bytes · terms as JSON (whose unknown members are refused) · rows in postcard.
pub(super) fn encode(bundle: &Bundle) -> Zeroizing<Vec<u8>> {
    let terms = serde_json::to_vec(&bundle.terms).expect("terms are plain data");
    let stored = |row: &BundleRow| StoredRow {
        alias: row.alias,
        kind: row.kind,
        version: row.version,
        key: *row.key.bytes(),
        hash: row.hash,
    };
    let rows: Vec<StoredRow> = bundle.rows.iter().map(stored).collect();
    let mut out = Vec::with_capacity(5 + terms.len() + rows.len() * 120 + 16);
    out.push(VERSION);
    out.extend_from_slice(&u32::try_from(terms.len()).expect("terms are small").to_be_bytes());
    out.extend_from_slice(&terms);
    Zeroizing::new(postcard::to_extend(&rows, out).expect("rows are plain data"))
}

pub(super) fn decode(body: &[u8]) -> Result<Bundle, Unopened> {
    let (head, rest) = body.split_at_checked(5).ok_or(Unopened)?;
    let length = u32::from_be_bytes(head[1..].try_into().map_err(|_| Unopened)?);
    let (terms, rows) = rest.split_at_checked(usize::try_from(length).map_err(|_| Unopened)?).ok_or(Unopened)?;
    if head[0] != VERSION {
        return Err(Unopened);
    }
    let terms = serde_json::from_slice(terms).map_err(|_| Unopened)?;
    let stored: Vec<StoredRow> = postcard::from_bytes(rows).map_err(|_| Unopened)?;
    let row = |row: &StoredRow| {
        let key = EntryKey::from_slice(&row.key)?;
        Some(BundleRow { alias: row.alias, kind: row.kind, version: row.version, key, hash: row.hash })
    };
    let rows = stored.iter().map(row).collect::<Option<_>>().ok_or(Unopened)?;
    Ok(Bundle { terms, rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::entry::FreshEntryKey;
    use crate::domain::consent::{Mode, Right, Scope};
    use crate::domain::{SystemRandom, Timestamp, UnitId};
    use uuid::Uuid;

    fn bundle() -> Bundle {
        let owner = OwnerId(Uuid::from_u128(1));
        let terms = Terms {
            owner,
            consent: ConsentId(Uuid::from_u128(2)),
            generation: 4,
            unit: UnitId(Uuid::from_u128(3)),
            client: None,
            purpose: "planning".into(),
            scope: Scope { rights: [Right::Read].into(), ..Scope::default() },
            mode: Mode::View,
            from: Timestamp(1),
            until: Timestamp(2),
            name: None,
            lang: "sv".into(),
            text_version: 1,
            original: None,
            basis: None,
            stated: None,
            link: None,
        };
        let (entry, version) = (EntryId(Uuid::from_u128(5)), VersionId(Uuid::from_u128(6)));
        let sealed = FreshEntryKey::random(&SystemRandom::default()).seal(owner, entry, version, b"x");
        let row = BundleRow { alias: [9; 16], kind: Kind::Skill, version, key: sealed.key, hash: sealed.hash };
        Bundle { terms, rows: vec![row] }
    }

    #[test]
    fn another_secret_owner_consent_or_generation_denies() {
        let random = SystemRandom::default();
        let (secret, bundle) = (ConsentSecret::random(&random), bundle());
        let (owner, consent) = (bundle.terms.owner, bundle.terms.consent);
        let sealed = secret.seal_bundle(&bundle, &random);
        assert!(ConsentSecret::random(&random).open_bundle(owner, consent, 4, &sealed).is_err());
        assert!(secret.open_bundle(OwnerId(Uuid::nil()), consent, 4, &sealed).is_err());
        assert!(secret.open_bundle(owner, ConsentId(Uuid::nil()), 4, &sealed).is_err());
        assert!(secret.open_bundle(owner, consent, 5, &sealed).is_err());
        let opened = secret.open_bundle(owner, consent, 4, &sealed).expect("opens");
        assert_eq!((opened.terms, opened.rows[0].alias), (bundle.terms, [9; 16]));
    }

    #[test]
    fn the_digest_of_a_read_tells_each_part_and_not_the_order() {
        let one = |n: u8| ([n; 16], VersionId(Uuid::from_u128(u128::from(n))), [n; 32]);
        let of = |all: &[(Alias, VersionId, RecordHash)]| read_digest(all.iter().copied());
        let both = of(&[one(1), one(2)]);
        let (alias, version, hash) = one(2);
        for other in [
            vec![],
            vec![one(1)],
            vec![one(1), one(3)],
            vec![one(1), (alias, version, [9; 32])],
            vec![one(1), (alias, one(3).1, hash)],
        ] {
            assert_ne!(of(&other), both);
        }
        assert_eq!((of(&[one(2), one(1)]), both.len()), (both.clone(), 43));
    }

    #[test]
    fn two_consents_name_one_entry_differently() {
        let random = SystemRandom::default();
        let entry = EntryId(Uuid::from_u128(5));
        let alias = || ConsentSecret::random(&random).aliaser().alias(entry);
        assert_ne!(alias(), alias());
    }
}
