//! Sealing to an owner who is away: HPKE (RFC 9180) base mode, KEM X-Wing (X25519 with ML-KEM-768), HKDF-SHA-256, AES-256-GCM.
//!
//! Version 3: format byte `3` · key generation, 4 bytes big-endian · suite ids of KEM, KDF and AEAD, 2 bytes each · encapsulated
//! key, 1,120 bytes · ciphertext with tag. `info` is the label, `aad` the associated data.

use std::convert::Infallible;

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

use super::label::{Ad, Label};
use super::record::{self, Padding, Unopened};
use super::secret::Key;
use crate::domain::Random;

pub const FORMAT: u8 = 3;
/// X-Wing, HKDF-SHA-256, AES-256-GCM, as in IANA's HPKE registry.
const SUITE: [u8; 6] = [0x64, 0x7a, 0x00, 0x01, 0x00, 0x02];
const ENCAPSULATED: usize = 1120;
const HEAD: usize = 1 + 4 + 6 + ENCAPSULATED;

/// An owner's receiving key, public half: 1,216 bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    pub generation: u32,
    pub bytes: Vec<u8>,
}

/// An owner's receiving key, private half. Derived from the root when needed.
pub struct PrivateKey(<XWing as Kem>::PrivateKey);

/// The key pair of one root generation.
pub fn key_pair(root: &Key, generation: u32) -> (PrivateKey, PublicKey) {
    key_pair_of_seed(&root.derive(Label::ReceivingKey), generation)
}

/// The key pair of a seed that is nobody's root: of a device code, which collects one answer.
pub fn key_pair_of(seed: &Key) -> (PrivateKey, PublicKey) {
    key_pair_of_seed(seed, 0)
}

/// The key pair of a seed that was kept from a root since retired.
pub(super) fn key_pair_of_seed(seed: &Key, generation: u32) -> (PrivateKey, PublicKey) {
    let (private, public) = XWing::derive_keypair(seed.expose());
    (PrivateKey(private), PublicKey { generation, bytes: public.to_bytes().to_vec() })
}

/// Seals to `to`. Fails only where the stored public key is no key.
pub fn seal(
    to: &PublicKey,
    label: Label,
    ad: &Ad,
    padding: Padding,
    plaintext: &[u8],
    random: &dyn Random,
) -> Result<Vec<u8>, Unopened> {
    let key = <XWing as Kem>::PublicKey::from_bytes(&to.bytes).map_err(|_| Unopened)?;
    let body = record::pad(padding, plaintext);
    let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, XWing>(
        &OpModeS::Base,
        &key,
        label.text().as_bytes(),
        &body,
        &bound(ad, to.generation),
        &mut Adapter(random),
    )
    .map_err(|_| Unopened)?;
    let mut out = Vec::with_capacity(HEAD + ciphertext.len());
    out.push(FORMAT);
    out.extend_from_slice(&to.generation.to_be_bytes());
    out.extend_from_slice(&SUITE);
    out.extend_from_slice(&encapsulated.to_bytes());
    out.extend_from_slice(&ciphertext);
    Ok(out)
}

/// The key generation that a sealed message names.
pub fn generation(message: &[u8]) -> Result<u32, Unopened> {
    if message.len() < HEAD + 16 || message[0] != FORMAT || message[5..11] != SUITE {
        return Err(Unopened);
    }
    Ok(u32::from_be_bytes(message[1..5].try_into().map_err(|_| Unopened)?))
}

pub fn open(key: &PrivateKey, label: Label, ad: &Ad, padding: Padding, message: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    let generation = generation(message)?;
    let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(&message[11..HEAD]).map_err(|_| Unopened)?;
    let body = hpke::single_shot_open::<AesGcm256, HkdfSha256, XWing>(
        &OpModeR::Base,
        &key.0,
        &encapsulated,
        label.text().as_bytes(),
        &message[HEAD..],
        &bound(ad, generation),
    )
    .map_err(|_| Unopened)?;
    record::unpad(padding, Zeroizing::new(body))
}

/// The generation stands outside the ciphertext, so it is bound too.
fn bound(ad: &Ad, generation: u32) -> Vec<u8> {
    ad.clone().num(u64::from(generation)).bytes().to_vec()
}

/// Our source of randomness, as `hpke` asks for it.
struct Adapter<'a>(&'a dyn Random);

impl TryRng for Adapter<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(crate::domain::random::bytes(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(crate::domain::random::bytes(self.0)))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(out);
        Ok(())
    }
}

impl TryCryptoRng for Adapter<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    #[test]
    fn only_the_owner_opens_and_nothing_may_differ() {
        let random = SystemRandom::default();
        let ad = Ad::new(Label::EventToOwner).num(1);
        let (private, public) = key_pair(&Key::from_bytes([1; 32]), 1);
        let (other, _) = key_pair(&Key::from_bytes([2; 32]), 1);
        let message = seal(&public, Label::EventToOwner, &ad, Padding::Steps, b"hej", &random).expect("a key");
        let opened = |key: &PrivateKey, label, ad: &Ad, m: &[u8]| open(key, label, ad, Padding::Steps, m);
        assert!(opened(&other, Label::EventToOwner, &ad, &message).is_err());
        assert!(opened(&private, Label::InboxSecret, &ad, &message).is_err());
        assert!(opened(&private, Label::EventToOwner, &ad.clone().num(1), &message).is_err());
        for at in [0, 4, 7, 11, 600, HEAD, message.len() - 1] {
            let mut altered = message.clone();
            altered[at] ^= 1;
            assert!(opened(&private, Label::EventToOwner, &ad, &altered).is_err(), "byte {at}");
        }
        assert_eq!(opened(&private, Label::EventToOwner, &ad, &message).expect("opens").as_slice(), b"hej");
    }

    #[test]
    fn the_suite_is_the_one_that_the_header_names() {
        use hpke::{aead::Aead, kdf::Kdf};
        let ids = [XWing::KEM_ID, HkdfSha256::KDF_ID, AesGcm256::AEAD_ID];
        assert_eq!(ids.map(u16::to_be_bytes).concat(), SUITE);
    }
}
