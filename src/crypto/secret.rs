//! Secrets are types that print nothing, compare in constant time and are zeroed.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hkdf;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::label::{Ad, Label};
use crate::domain::Random;
use crate::domain::random::bytes;

/// 32 secret bytes.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    pub fn random(random: &dyn Random) -> Self {
        Self(bytes(random))
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// Another key from this one: HKDF-SHA-256 with the label alone as info.
    pub fn derive(&self, label: Label) -> Self {
        self.derive_for(&Ad::new(label))
    }

    /// Another key from this one, bound to the associated data.
    pub fn derive_for(&self, info: &Ad) -> Self {
        let mut out = Zeroizing::new([0; 32]);
        expand(&self.0, &[], info.bytes(), out.as_mut());
        Self(*out)
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Key {}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// A 32-byte secret that is handed to someone: a cookie, a token, an invite. Shown once, never stored; what is stored is the
/// [`LookupHash`].
#[derive(Clone)]
pub struct Secret(Key);

/// What finds the row of a secret. It opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LookupHash(pub [u8; 32]);

impl Secret {
    pub fn random(random: &dyn Random) -> Self {
        Self(Key::random(random))
    }

    /// A secret that was itself made from another.
    pub(super) fn of(key: Key) -> Self {
        Self(key)
    }

    /// 43 characters of base64url.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0.expose()))
    }

    /// Reads [`Secret::text`]; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        // Longer text is refused before it is decoded: it costs nothing to send.
        if text.len() != 43 {
            return None;
        }
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        Key::from_slice(&bytes).map(Self)
    }

    /// Another secret from this one: whoever has it learns nothing of this.
    #[must_use]
    pub fn child(&self, label: Label) -> Self {
        Self(self.0.derive(label))
    }

    pub fn lookup(&self, label: Label) -> LookupHash {
        LookupHash(*self.0.derive(label).expose())
    }

    pub fn key(&self, label: Label) -> Key {
        self.0.derive(label)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// HKDF-SHA-256 (RFC 5869), `out` at most 255 * 32 bytes.
pub(super) fn expand(key: &[u8], salt: &[u8], info: &[u8], out: &mut [u8]) {
    struct Length(usize);
    impl hkdf::KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(key)
        .expand(&[info], Length(out.len()))
        .and_then(|okm| okm.fill(out))
        .expect("the length is within HKDF's bound");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    #[test]
    fn text_that_is_no_secret_is_refused_and_a_secret_reads_back() {
        for text in ["", "a", &"a".repeat(42), &"a".repeat(44), &"å".repeat(22), &"*".repeat(43)] {
            assert!(Secret::parse(text).is_none(), "{text}");
        }
        let secret = Secret::random(&SystemRandom::default());
        let read = Secret::parse(&secret.text()).expect("its own text");
        assert!(read.0 == secret.0);
    }

    #[test]
    fn secrets_print_nothing() {
        let key = Key::from_bytes([0xab; 32]);
        assert_eq!(format!("{key:?} {:?}", Secret(key.clone())), "Key(…) Secret(…)");
    }

    #[test]
    fn labels_separate() {
        let key = Key::from_bytes([1; 32]);
        assert!(key.derive(Label::WrapKey) != key.derive(Label::OwnerLogKey));
    }
}
