//! An owner's keyring: the root secret in one or two generations, and what is derived from it.

use zeroize::Zeroizing;

use super::label::{Ad, Label};
use super::receive::{self, PrivateKey, PublicKey};
use super::record::{self, Padding, Unopened};
use super::secret::Key;
use super::slot::{SlotKey, SlotPlace};
use crate::domain::{OwnerId, Random};

/// An opened keyring. Lives for one request.
#[derive(Clone, Debug)]
pub struct Keyring {
    pub owner: OwnerId,
    /// Newest first; one, or two while rotating.
    roots: Vec<(u32, Key)>,
    /// Of retired roots, what opens the events that were sealed under them. The log's lines never change, so they are not rewrapped.
    past: Vec<Past>,
}

/// The event keys of a retired generation: they open what the log keeps, and what was on its way when the generation was retired.
#[derive(Clone, Debug)]
struct Past {
    generation: u32,
    log: Key,
    receiving: Key,
}

const VERSION: u8 = 1;
const ROOT: usize = 4 + 32;
const PAST: usize = 4 + 32 + 32;
/// A keyring that has been rotated more often than this forgets its oldest event keys. (A unit rotates whenever someone has left it; 17 KB.)
const MOST_PAST: usize = 250;

impl Keyring {
    /// A new owner's keyring, generation 1.
    pub fn new(owner: OwnerId, random: &dyn Random) -> Self {
        Self { owner, roots: vec![(1, Key::random(random))], past: Vec::new() }
    }

    pub fn generation(&self) -> u32 {
        self.roots[0].0
    }

    /// Whether an older generation is still held.
    pub fn rotating(&self) -> bool {
        self.roots.len() > 1
    }

    /// Adds a fresh generation; the one before stays until [`Keyring::retire`].
    pub fn rotated(&self, random: &dyn Random) -> Self {
        let newest = (self.generation() + 1, Key::random(random));
        Self { owner: self.owner, roots: vec![newest, self.roots[0].clone()], past: self.past.clone() }
    }

    /// Drops all but the newest generation, after everything has been rewrapped.
    pub fn retire(&self) -> Self {
        Self { owner: self.owner, roots: vec![self.roots[0].clone()], past: self.past.clone() }
    }

    /// As [`Keyring::retire`], but keeps what opens the events of the generations that go.
    pub fn retire_keeping_events(&self) -> Self {
        let gone = |(generation, root): &(u32, Key)| Past {
            generation: *generation,
            log: root.derive(Label::OwnerLogKey),
            receiving: root.derive(Label::ReceivingKey),
        };
        let mut past: Vec<Past> = self.roots[1..].iter().map(gone).chain(self.past.iter().cloned()).collect();
        past.truncate(MOST_PAST);
        Self { past, ..self.retire() }
    }

    /// Seals under the wrap key of the newest generation.
    pub fn wrap(&self, ad: &Ad, padding: Padding, plaintext: &[u8], random: &dyn Random) -> Vec<u8> {
        let (generation, root) = &self.roots[0];
        record::seal(&root.derive(Label::WrapKey), *generation, ad, padding, plaintext, random)
    }

    /// Opens what [`Keyring::wrap`] sealed, under whichever generation the record names.
    pub fn unwrap(&self, ad: &Ad, padding: Padding, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let root = self.root(record::generation(sealed)?)?;
        record::open(&root.derive(Label::WrapKey), ad, padding, sealed)
    }

    pub fn wrap_key(&self, ad: &Ad, key: &Key, random: &dyn Random) -> Vec<u8> {
        self.wrap(ad, Padding::Fixed, key.expose(), random)
    }

    pub fn unwrap_key(&self, ad: &Ad, sealed: &[u8]) -> Result<Key, Unopened> {
        Key::from_slice(&self.unwrap(ad, Padding::Fixed, sealed)?).ok_or(Unopened)
    }

    /// The key under which the owner seals events of their own.
    pub fn owner_log_key(&self, generation: u32) -> Result<Key, Unopened> {
        match self.past(generation) {
            Some(past) => Ok(past.log.clone()),
            None => Ok(self.root(generation)?.derive(Label::OwnerLogKey)),
        }
    }

    pub fn public_key(&self) -> PublicKey {
        receive::key_pair(&self.roots[0].1, self.roots[0].0).1
    }

    /// Opens what was sealed to this owner's public key.
    pub fn receive(&self, label: Label, ad: &Ad, padding: Padding, message: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let generation = receive::generation(message)?;
        let private: PrivateKey = match self.past(generation) {
            Some(past) => receive::key_pair_of_seed(&past.receiving, generation).0,
            None => receive::key_pair(self.root(generation)?, generation).0,
        };
        receive::open(&private, label, ad, padding, message)
    }

    /// Seals the whole keyring into a slot.
    pub fn seal_into(&self, place: &SlotPlace<'_>, key: &SlotKey, random: &dyn Random) -> Vec<u8> {
        record::seal(key.key(), self.generation(), &place.ad(self.generation()), Padding::Steps, &self.encode(), random)
    }

    /// Opens a slot.
    pub fn open_slot(place: &SlotPlace<'_>, key: &SlotKey, sealed: &[u8]) -> Result<Self, Unopened> {
        let ad = place.ad(record::generation(sealed)?);
        Self::decode(place.owner, &record::open(key.key(), &ad, Padding::Steps, sealed)?)
    }

    /// The keyring as bytes, for sealing it to a member of staff or into an invite: version, numbers of roots and of past generations, then
    /// each root (generation 4 bytes, root 32) and each past generation (4, log key 32, receiving seed 32).
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(3 + ROOT * self.roots.len() + PAST * self.past.len()));
        let count = |n: usize| u8::try_from(n).expect("bounded by two and by MOST_PAST");
        out.extend_from_slice(&[VERSION, count(self.roots.len()), count(self.past.len())]);
        for (generation, root) in &self.roots {
            out.extend_from_slice(&generation.to_be_bytes());
            out.extend_from_slice(root.expose());
        }
        for past in &self.past {
            out.extend_from_slice(&past.generation.to_be_bytes());
            out.extend_from_slice(past.log.expose());
            out.extend_from_slice(past.receiving.expose());
        }
        out
    }

    pub fn decode(owner: OwnerId, bytes: &[u8]) -> Result<Self, Unopened> {
        let (head, rest) = bytes.split_at_checked(3).ok_or(Unopened)?;
        let (roots, past) = (usize::from(head[1]), usize::from(head[2]));
        if head[0] != VERSION || !(1..=2).contains(&roots) || past > MOST_PAST || rest.len() != roots * ROOT + past * PAST {
            return Err(Unopened);
        }
        let (roots, past) = rest.split_at(roots * ROOT);
        let number = |chunk: &[u8]| chunk[..4].try_into().ok().map(u32::from_be_bytes);
        let root = |chunk: &[u8]| Some((number(chunk)?, Key::from_slice(&chunk[4..])?));
        let gone = |chunk: &[u8]| {
            let (generation, log, receiving) = (number(chunk)?, Key::from_slice(&chunk[4..36])?, Key::from_slice(&chunk[36..])?);
            Some(Past { generation, log, receiving })
        };
        let roots = roots.chunks_exact(ROOT).map(root).collect::<Option<_>>().ok_or(Unopened)?;
        let past = past.chunks_exact(PAST).map(gone).collect::<Option<_>>().ok_or(Unopened)?;
        Ok(Self { owner, roots, past })
    }

    fn past(&self, generation: u32) -> Option<&Past> {
        self.past.iter().find(|past| past.generation == generation)
    }

    fn root(&self, generation: u32) -> Result<&Key, Unopened> {
        self.roots.iter().find(|(held, _)| *held == generation).map(|(_, root)| root).ok_or(Unopened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::secret::Secret;
    use crate::crypto::slot::SlotKind;
    use crate::domain::SystemRandom;
    use uuid::Uuid;

    #[test]
    fn a_slot_moved_to_another_owner_kind_or_row_does_not_open() {
        let random = SystemRandom::default();
        let (owner, slot) = (OwnerId(Uuid::from_u128(1)), Uuid::from_u128(2));
        let place = SlotPlace { table: "slot", owner, slot, kind: SlotKind::Session, parameters: b"p" };
        let key = SlotKey::from_secret(&Secret::random(&random), SlotKind::Session);
        let sealed = Keyring::new(owner, &random).seal_into(&place, &key, &random);
        for other in [
            SlotPlace { owner: OwnerId(Uuid::nil()), ..place },
            SlotPlace { slot: Uuid::nil(), ..place },
            SlotPlace { kind: SlotKind::Invite, ..place },
            SlotPlace { parameters: b"q", ..place },
            SlotPlace { table: "invite", ..place },
        ] {
            assert!(Keyring::open_slot(&other, &key, &sealed).is_err());
        }
        assert!(Keyring::open_slot(&place, &key, &sealed).is_ok());
    }

    #[test]
    fn a_rotated_keyring_opens_old_and_new_and_a_retired_one_only_new() {
        let random = SystemRandom::default();
        let ad = Ad::new(Label::ManifestRecord);
        let old = Keyring::new(OwnerId(Uuid::from_u128(1)), &random);
        let before = old.wrap(&ad, Padding::Steps, b"a", &random);
        let both = old.rotated(&random);
        let after = both.wrap(&ad, Padding::Steps, b"b", &random);
        assert!(old.unwrap(&ad, Padding::Steps, &after).is_err());
        assert!(both.retire().unwrap(&ad, Padding::Steps, &before).is_err());
        assert_eq!(both.unwrap(&ad, Padding::Steps, &before).expect("opens").as_slice(), b"a");
        assert_eq!(both.retire().unwrap(&ad, Padding::Steps, &after).expect("opens").as_slice(), b"b");
    }
}
