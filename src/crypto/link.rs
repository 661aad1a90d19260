//! What a link is made of. Its address ends in `#` and 32 secret bytes; HKDF makes of them a *proof*, which is sent to the server and
//! of which the server keeps a hash, and the *opening key*, which never leaves whoever holds the link.

use ring::digest;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::bundle::{Alias, BundleRow, ConsentSecret};
use super::label::{Ad, Label};
use super::record::{self, Padding, Unopened};
use super::secret::{Key, LookupHash, Secret};
use super::server::ServerKeys;
use super::token::{TokenPlace, ad as token_ad};
use crate::domain::consent::Terms;
use crate::domain::link::{ListKey, may_hold};
use crate::domain::profile::Entry;
use crate::domain::{ConsentId, EntryId, OwnerId, Random, UnitId, VersionId};

/// What stands after `#`.
#[derive(Clone, Debug)]
pub struct LinkSecret(Secret);

/// Says that its sender holds the link, and opens the list of versions; opens no entry and no bundle.
#[derive(Clone, Debug)]
pub struct LinkProof(Secret);

impl LinkSecret {
    pub fn random(random: &dyn Random) -> Self {
        Self(Secret::random(random))
    }

    /// 43 characters of base64url.
    pub fn text(&self) -> Zeroizing<String> {
        self.0.text()
    }

    pub fn parse(text: &str) -> Option<Self> {
        Secret::parse(text).map(Self)
    }

    pub fn proof(&self) -> LinkProof {
        LinkProof(Secret::of(self.0.key(Label::LinkProof)))
    }

    /// The token row's sealed part, with the consent's secret.
    pub fn seal(&self, place: &TokenPlace, secret: &ConsentSecret, random: &dyn Random) -> Vec<u8> {
        record::seal(&self.opening(), 0, &token_ad(place), Padding::Fixed, secret.bytes(), random)
    }

    pub fn open(&self, place: &TokenPlace, sealed: &[u8]) -> Result<ConsentSecret, Unopened> {
        let bytes = record::open(&self.opening(), &token_ad(place), Padding::Fixed, sealed)?;
        ConsentSecret::from_slice(&bytes).ok_or(Unopened)
    }

    fn opening(&self) -> Key {
        self.0.key(Label::LinkOpening)
    }
}

impl LinkProof {
    /// As it is sent: 43 characters of base64url.
    pub fn text(&self) -> Zeroizing<String> {
        self.0.text()
    }

    pub fn parse(text: &str) -> Option<Self> {
        Secret::parse(text).map(Self)
    }

    /// What the server keeps of it: the look-up hash of the link's token row.
    pub fn lookup(&self) -> LookupHash {
        self.0.lookup(Label::TokenLookup)
    }

    pub fn list_key(&self) -> ListKey {
        ListKey(*self.0.key(Label::LinkList).expose())
    }

    /// What is kept of a code word: an HMAC under the server's key over proof and word, so that who holds the database alone cannot try
    /// words against it.
    pub fn word_mac(&self, keys: &ServerKeys, word: &str) -> [u8; 32] {
        keys.mailbox_mac(word.as_bytes(), &self.word_ad())
    }

    pub fn word_fits(&self, keys: &ServerKeys, word: &str, mac: &[u8]) -> bool {
        keys.mailbox_mac_fits(word.as_bytes(), &self.word_ad(), mac)
    }

    fn word_ad(&self) -> Ad {
        Ad::new(Label::LinkWord).bytes_field(self.0.key(Label::LinkWord).expose())
    }
}

/// What leaves the house at a sealed opening: ciphertext, and the ids that it is bound to.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub place: TokenPlace,
    /// The token row's sealed part.
    pub token: Vec<u8>,
    pub owner: OwnerId,
    pub generation: u64,
    pub bundle: Vec<u8>,
    pub entries: Vec<(VersionId, EntryId, Vec<u8>)>,
}

/// An entry by the name that its consent gives it, and its version.
pub type Opened = (Alias, VersionId, Entry);

impl Sealed {
    /// Opens everything: the terms, and each entry that the bundle names. One that is missing, altered or of another kind is a fault.
    pub fn open(&self, secret: &LinkSecret) -> Result<(Terms, Vec<Opened>), Unopened> {
        let opened =
            secret.open(&self.place, &self.token)?.open_bundle(self.owner, self.place.consent, self.generation, &self.bundle)?;
        if opened.terms.link.is_none() || opened.terms.until != self.place.until {
            return Err(Unopened);
        }
        let entry = |row: &BundleRow| {
            let (version, id, record) = self.entries.iter().find(|(version, ..)| *version == row.version).ok_or(Unopened)?;
            let body = row.key.open(self.owner, *id, *version, &row.hash, record)?;
            let entry: Entry = serde_json::from_slice(&body).map_err(|_| Unopened)?;
            if entry.kind == row.kind && may_hold(entry.kind) { Ok((row.alias, *version, entry)) } else { Err(Unopened) }
        };
        let entries = opened.rows.iter().map(entry).collect::<Result<_, _>>()?;
        Ok((opened.terms, entries))
    }
}

/// Where a list of versions stands.
#[derive(Clone, Copy, Debug)]
pub struct ListPlace {
    pub owner: OwnerId,
    pub consent: ConsentId,
    /// Of the bundle that names the same versions.
    pub generation: u64,
}

/// Seals which versions a link's bundle opens, 16 bytes each: the server must fetch them without opening the bundle.
pub fn seal_list(key: &ListKey, place: ListPlace, versions: &[VersionId], random: &dyn Random) -> Vec<u8> {
    let body: Vec<u8> = versions.iter().flat_map(|version| *version.0.as_bytes()).collect();
    record::seal(&Key::from_bytes(key.0), 0, &list_ad(place), Padding::Steps, &body, random)
}

pub fn open_list(key: &ListKey, place: ListPlace, sealed: &[u8]) -> Result<Vec<VersionId>, Unopened> {
    let body = record::open(&Key::from_bytes(key.0), &list_ad(place), Padding::Steps, sealed)?;
    let (ids, rest) = body.as_chunks::<16>();
    if rest.is_empty() { Ok(ids.iter().map(|id| VersionId(Uuid::from_bytes(*id))).collect()) } else { Err(Unopened) }
}

fn list_ad(place: ListPlace) -> Ad {
    Ad::new(Label::LinkVersions).bytes_field(b"link").id(place.owner.0).id(place.consent.0).num(place.generation)
}

/// The id that stands where a consent names its unit, for links to this kind of recipient. It is made from the kind, so that no row
/// can say otherwise.
pub fn unit_of(recipient: &str) -> UnitId {
    let hash = digest::digest(&digest::SHA256, Ad::new(Label::LinkUnit).bytes_field(recipient.as_bytes()).bytes());
    let bytes = hash.as_ref()[..16].try_into().expect("SHA-256 gives 32 bytes");
    UnitId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::token::{TokenKind, TokenSecret};
    use crate::domain::{SystemRandom, Timestamp};

    fn place() -> TokenPlace {
        TokenPlace {
            kind: TokenKind::Link,
            consent: ConsentId(Uuid::from_u128(2)),
            client: String::new(),
            thumbprint: Vec::new(),
            issued: Timestamp(1),
            until: Timestamp(2),
            parent: Vec::new(),
        }
    }

    #[test]
    fn the_proof_opens_nothing_and_another_link_or_place_neither() {
        let random = SystemRandom::default();
        let (link, secret) = (LinkSecret::random(&random), ConsentSecret::random(&random));
        let sealed = link.seal(&place(), &secret, &random);
        let proof = link.proof();
        assert!(LinkSecret::parse(&proof.text()).expect("32 bytes").open(&place(), &sealed).is_err());
        let as_token = TokenSecret::parse(&format!("egk_{}", proof.text().as_str())).expect("32 bytes");
        assert!(as_token.open(&place(), &sealed).is_err(), "though it finds the row");
        assert!(LinkSecret::random(&random).open(&place(), &sealed).is_err());
        assert!(link.open(&TokenPlace { until: Timestamp(3), ..place() }, &sealed).is_err());
        assert_eq!(link.open(&place(), &sealed).expect("opens").bytes(), secret.bytes());
    }

    #[test]
    fn a_list_of_another_generation_or_under_another_key_is_refused() {
        let random = SystemRandom::default();
        let key = LinkSecret::random(&random).proof().list_key();
        let at = |generation| ListPlace { owner: OwnerId(Uuid::nil()), consent: ConsentId(Uuid::nil()), generation };
        let versions = [VersionId(Uuid::from_u128(5)), VersionId(Uuid::from_u128(6))];
        let sealed = seal_list(&key, at(3), &versions, &random);
        assert!(open_list(&key, at(2), &sealed).is_err());
        assert!(open_list(&ListKey([1; 32]), at(3), &sealed).is_err());
        assert_eq!(open_list(&key, at(3), &sealed).expect("opens"), versions);
    }

    #[test]
    fn a_word_fits_its_own_link_only() {
        let random = SystemRandom::default();
        let keys = ServerKeys::random(&random);
        let (one, other) = (LinkSecret::random(&random).proof(), LinkSecret::random(&random).proof());
        let mac = one.word_mac(&keys, "blå fågel");
        assert!(!one.word_fits(&keys, "grå fågel", &mac) && !other.word_fits(&keys, "blå fågel", &mac));
        assert!(!one.word_fits(&ServerKeys::random(&random), "blå fågel", &mac));
        assert!(one.word_fits(&keys, "blå fågel", &mac));
    }

    #[test]
    fn each_kind_of_recipient_has_an_id_of_its_own() {
        assert_ne!(unit_of("ngo"), unit_of("employer_apply"));
        assert_eq!(unit_of("ngo").0.get_version_num(), 8);
    }
}
