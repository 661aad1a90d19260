//! What we sign: JWS in compact form by ES256 (RFC 7518, 3.4), under the keys of issuers and holders.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::key::PublicJwk;

/// A private key of P-256. Prints nothing of it.
pub struct SigningKey {
    pair: EcdsaKeyPair,
    public: PublicJwk,
}

impl SigningKey {
    /// A fresh key as PKCS #8 (DER), to be sealed. ring takes its randomness from the system alone.
    pub fn generate() -> Option<Zeroizing<Vec<u8>>> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).ok()?;
        Some(Zeroizing::new(document.as_ref().to_vec()))
    }

    /// From PKCS #8 (DER); `None` where that is no P-256 key.
    pub fn from_pkcs8(der: &[u8]) -> Option<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der, &SystemRandom::new()).ok()?;
        let point = pair.public_key().as_ref().try_into().ok()?;
        Some(Self { pair, public: PublicJwk::from_point(point) })
    }

    /// The public half; its `kid` is its thumbprint.
    pub fn public(&self) -> PublicJwk {
        self.public.clone()
    }

    /// The key's thumbprint (RFC 7638, SHA-256) in base64url.
    pub fn kid(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.public.thumbprint())
    }

    /// A JWS in compact form. `alg` is set, and `kid` where the header has none.
    ///
    /// # Panics
    /// Where the system gives no randomness: nothing may go on then.
    pub fn compact(&self, header: Map<String, Value>, payload: &[u8]) -> String {
        let mut header = header;
        header.entry("kid").or_insert_with(|| self.kid().into());
        self.signed(header, payload)
    }

    /// The same without `kid`: a proof by a holder names its key nowhere but in `cnf` (RFC 9901, 4.3).
    ///
    /// # Panics
    /// Where the system gives no randomness.
    pub fn compact_unnamed(&self, header: Map<String, Value>, payload: &[u8]) -> String {
        self.signed(header, payload)
    }

    fn signed(&self, mut header: Map<String, Value>, payload: &[u8]) -> String {
        header.insert("alg".to_owned(), "ES256".into());
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(Value::from(header).to_string()), URL_SAFE_NO_PAD.encode(payload));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).expect("the operating system gives random bytes");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::crypto::jws::Unverified;

    fn key() -> SigningKey {
        SigningKey::from_pkcs8(&SigningKey::generate().expect("a key")).expect("a key")
    }

    #[test]
    fn what_is_no_key_is_refused_and_a_key_prints_nothing() {
        assert!(SigningKey::from_pkcs8(b"").is_none() && SigningKey::from_pkcs8(&[0x30; 140]).is_none());
        assert_eq!(format!("{:?}", key()), "SigningKey");
    }

    #[test]
    fn only_its_own_public_half_verifies_what_it_signed() {
        let (mine, other) = (key(), key());
        let header = || [("typ".to_owned(), json!("x+jwt")), ("alg".to_owned(), json!("none"))].into_iter().collect();
        let text = mine.compact(header(), br#"{"a":1}"#);
        let read = || Unverified::parse(&text).expect("a JWS");
        assert!(read().verify(&other.public()).is_none() && read().verify_any(&[other.public()]).is_none());
        assert_eq!(read().kid(), Some(mine.kid().as_str()));
        let published = PublicJwk::from_members(&mine.public().published()).expect("a key");
        assert!(published == mine.public() && !mine.public().published().contains_key("d"));
        assert_eq!(read().verify_any(&[published]).expect("signed by it").members()["a"], 1);
        let unnamed = mine.compact_unnamed(header(), b"{}");
        assert_eq!(Unverified::parse(&unnamed).expect("a JWS").kid(), None);
    }
}
