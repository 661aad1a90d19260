//! The one sealed format.
//!
//! Version 1: format byte `1` · key generation, 4 bytes big-endian · salt, 32 bytes · commitment, 32 bytes · AES-256-GCM ciphertext
//! with its 16-byte tag. HKDF-SHA-256(key, salt, info = format · generation · label and associated data) gives the AES key (32),
//! the nonce (12) and the commitment (32).

use std::fmt;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::label::Ad;
use super::secret::{Key, expand};
use crate::domain::Random;
use crate::domain::random::bytes;

pub const FORMAT: u8 = 1;
const SALT: usize = 32;
const COMMITMENT: usize = 32;
const TAG: usize = 16;
const HEAD: usize = 1 + 4 + SALT + COMMITMENT;
/// Nothing of ours is larger; more is refused before any work is done.
const MAX: usize = 16 << 20;

/// It did not open: wrong key, wrong place, altered, too short, or no record at all. Deliberately says no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unopened;

impl fmt::Display for Unopened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not opened")
    }
}

impl std::error::Error for Unopened {}

/// How a plaintext's length is hidden. Where padding is used the true length lies inside, in 4 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Padding {
    /// For plaintexts of which all are equally long: keys.
    Fixed,
    /// To 512, 2,048, 8,192, then multiples of 8,192 bytes.
    Steps,
    /// To multiples of so many bytes.
    Multiple(usize),
}

/// Seals `plaintext`. The result is at most 69 + 16 bytes longer than the padded plaintext.
pub fn seal(key: &Key, generation: u32, ad: &Ad, padding: Padding, plaintext: &[u8], random: &dyn Random) -> Vec<u8> {
    let salt: [u8; SALT] = bytes(random);
    let derived = Derived::of(key, &salt, generation, ad);
    let mut out = Vec::with_capacity(HEAD + plaintext.len() + 8192 + TAG);
    out.push(FORMAT);
    out.extend_from_slice(&generation.to_be_bytes());
    out.extend_from_slice(&salt);
    out.extend_from_slice(derived.commitment());
    let mut body = pad(padding, plaintext);
    let tag = derived.cipher().seal_in_place_separate_tag(derived.nonce(), Aad::empty(), &mut body).expect("far below GCM's bound");
    out.extend_from_slice(&body);
    out.extend_from_slice(tag.as_ref());
    out
}

/// Opens what [`seal`] made with the same key, associated data and padding.
pub fn open(key: &Key, ad: &Ad, padding: Padding, record: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    let generation = generation(record)?;
    let salt: &[u8; SALT] = record[5..5 + SALT].try_into().map_err(|_| Unopened)?;
    let derived = Derived::of(key, salt, generation, ad);
    // GCM does not commit to its key: without this compare one ciphertext could be made that opens under two keys.
    if !bool::from(derived.commitment().ct_eq(&record[5 + SALT..HEAD])) {
        return Err(Unopened);
    }
    let mut body = Zeroizing::new(record[HEAD..].to_vec());
    let length = derived.cipher().open_in_place(derived.nonce(), Aad::empty(), &mut body).map_err(|_| Unopened)?.len();
    body.truncate(length);
    unpad(padding, body)
}

/// The key generation that a record names. Checks shape and size only.
pub fn generation(record: &[u8]) -> Result<u32, Unopened> {
    if record.len() < HEAD + TAG || record.len() > MAX || record[0] != FORMAT {
        return Err(Unopened);
    }
    Ok(u32::from_be_bytes(record[1..5].try_into().map_err(|_| Unopened)?))
}

struct Derived(Zeroizing<[u8; 76]>);

impl Derived {
    fn of(key: &Key, salt: &[u8; SALT], generation: u32, ad: &Ad) -> Self {
        let mut info = Vec::with_capacity(5 + ad.bytes().len());
        info.push(FORMAT);
        info.extend_from_slice(&generation.to_be_bytes());
        info.extend_from_slice(ad.bytes());
        let mut out = Zeroizing::new([0; 76]);
        expand(key.expose(), salt, &info, out.as_mut());
        Self(out)
    }

    fn cipher(&self) -> LessSafeKey {
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &self.0[..32]).expect("32 bytes"))
    }

    fn nonce(&self) -> Nonce {
        Nonce::try_assume_unique_for_key(&self.0[32..44]).expect("12 bytes")
    }

    fn commitment(&self) -> &[u8] {
        &self.0[44..]
    }
}

pub(super) fn pad(padding: Padding, plaintext: &[u8]) -> Zeroizing<Vec<u8>> {
    if padding == Padding::Fixed {
        return Zeroizing::new(plaintext.to_vec());
    }
    let need = plaintext.len() + 4;
    let size = match padding {
        Padding::Multiple(step) => need.next_multiple_of(step),
        _ => [512, 2048, 8192].into_iter().find(|step| need <= *step).unwrap_or_else(|| need.next_multiple_of(8192)),
    };
    let mut out = Zeroizing::new(Vec::with_capacity(size));
    out.extend_from_slice(&u32::try_from(plaintext.len()).expect("bounded above").to_be_bytes());
    out.extend_from_slice(plaintext);
    out.resize(size, 0);
    out
}

pub(super) fn unpad(padding: Padding, mut body: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    if padding == Padding::Fixed {
        return Ok(body);
    }
    let length = body.get(..4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes).ok_or(Unopened)?;
    let length = usize::try_from(length).map_err(|_| Unopened)?;
    if length > body.len() - 4 {
        return Err(Unopened);
    }
    body.copy_within(4..4 + length, 0);
    body.truncate(length);
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::label::Label;
    use crate::domain::SystemRandom;
    use proptest::prelude::*;

    fn ad() -> Ad {
        Ad::new(Label::ManifestRecord).bytes_field(b"manifest").num(7)
    }

    fn sealed(plaintext: &[u8]) -> Vec<u8> {
        seal(&Key::from_bytes([7; 32]), 3, &ad(), Padding::Steps, plaintext, &SystemRandom::default())
    }

    #[test]
    fn any_changed_byte_or_other_place_or_other_key_denies() {
        let record = sealed(b"hej");
        let key = Key::from_bytes([7; 32]);
        for at in 0..record.len() {
            let mut changed = record.clone();
            changed[at] ^= 1;
            assert_eq!(open(&key, &ad(), Padding::Steps, &changed).err(), Some(Unopened), "byte {at}");
        }
        assert!(open(&Key::from_bytes([8; 32]), &ad(), Padding::Steps, &record).is_err());
        assert!(open(&key, &ad().num(1), Padding::Steps, &record).is_err());
        assert!(open(&key, &ad(), Padding::Steps, &record[..record.len() - 1]).is_err());
        assert_eq!(open(&key, &ad(), Padding::Steps, &record).expect("opens").as_slice(), b"hej");
    }

    #[test]
    fn lengths_are_hidden_in_steps() {
        let size = |n: usize| sealed(&vec![1; n]).len() - HEAD - TAG;
        assert_eq!([0, 508, 509, 2044, 8188, 8189, 20_000].map(size), [512, 512, 2048, 2048, 8192, 16_384, 24_576]);
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_and_noise_does_not(plaintext in proptest::collection::vec(any::<u8>(), 0..3000), noise in proptest::collection::vec(any::<u8>(), 0..300)) {
            let key = Key::from_bytes([7; 32]);
            let opened = open(&key, &ad(), Padding::Steps, &sealed(&plaintext)).expect("opens");
            prop_assert_eq!(opened.as_slice(), plaintext.as_slice());
            prop_assert!(open(&key, &ad(), Padding::Steps, &noise).is_err());
        }
    }
}
