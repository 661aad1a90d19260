//! What only the holder of a public key can read: JWE in compact form (RFC 7516, 3.1), by ECDH-ES on P-256 (RFC 7518, 4.6) with
//! AES-GCM. As a wallet we seal; as the one who asked we open (`open`).

mod open;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::digest::{Context, SHA256};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::jws::decoded;
use crate::domain::Random;
use crate::domain::random::bytes;

pub use open::{OpenKey, is_sealed};

/// `enc` (RFC 7518, 5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enc {
    A128Gcm,
    A256Gcm,
}

impl Enc {
    /// As metadata tells them: HAIP 1.0, 5 asks for both.
    pub const NAMES: [&'static str; 2] = ["A128GCM", "A256GCM"];

    pub fn named(name: &str) -> Option<Self> {
        match name {
            "A128GCM" => Some(Self::A128Gcm),
            "A256GCM" => Some(Self::A256Gcm),
            _ => None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    const fn cipher(self) -> &'static Algorithm {
        match self {
            Self::A128Gcm => &AES_128_GCM,
            Self::A256Gcm => &AES_256_GCM,
        }
    }
}

/// A public key to seal to: P-256, for `ECDH-ES` (RFC 7517; RFC 7518, 6.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealKey {
    kid: Option<String>,
    /// 0x04, x, y.
    point: [u8; 65],
}

impl SealKey {
    /// `None` for a key of another sort, one that is for signing, or one with a private part.
    pub fn from_members(members: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let part = |name: &str| decoded(text(name)?).filter(|part| part.len() == 32);
        let fits = text("kty") == Some("EC") && text("crv") == Some("P-256") && text("alg") == Some("ECDH-ES");
        let sealing = members.get("use").is_none_or(|word| word == "enc") && !members.contains_key("d");
        let kid = members.get("kid").map(|kid| kid.as_str().filter(|kid| kid.len() <= 200).map(str::to_owned));
        let kid = match kid {
            None => None,
            Some(text) => Some(text?),
        };
        let point = [&[4], part("x")?.as_slice(), part("y")?.as_slice()].concat();
        (fits && sealing).then_some(Self { kid, point: point.try_into().ok()? })
    }

    /// The public members, with what it is for (RFC 7517, 4): as whoever asks tells it.
    pub fn published(&self) -> Map<String, Value> {
        let (x, y) = self.point[1..].split_at(32);
        let coded = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
        let mut members = Map::new();
        for (name, value) in [("kty", "EC"), ("crv", "P-256"), ("alg", "ECDH-ES"), ("use", "enc")] {
            members.insert(name.to_owned(), value.into());
        }
        members.insert("x".to_owned(), coded(x).into());
        members.insert("y".to_owned(), coded(y).into());
        members.extend(self.kid.iter().map(|kid| ("kid".to_owned(), kid.as_str().into())));
        members
    }

    /// Seals `payload`. `None` where the point is none of the curve.
    pub fn seal(&self, enc: Enc, payload: &[u8], random: &dyn Random) -> Option<String> {
        // `ring` lets nobody else make its keys: its own source is the system's.
        let own = EphemeralPrivateKey::generate(&ECDH_P256, &ring::rand::SystemRandom::new()).ok()?;
        let public = own.compute_public_key().ok()?;
        let (x, y) = public.as_ref().get(1..)?.split_at_checked(32)?;
        let coded = |part: &[u8]| URL_SAFE_NO_PAD.encode(part);
        let mut header = json!({
            "alg": "ECDH-ES", "enc": enc.name(),
            "epk": { "kty": "EC", "crv": "P-256", "x": coded(x), "y": coded(y) },
        });
        if let Some(kid) = &self.kid {
            header["kid"] = kid.as_str().into();
        }
        let peer = UnparsedPublicKey::new(&ECDH_P256, self.point);
        let length = enc.cipher().key_len();
        let key = agree_ephemeral(own, &peer, |shared| derived(shared, enc.name(), length)).ok()?;
        let key = LessSafeKey::new(UnboundKey::new(enc.cipher(), &key).ok()?);
        let protected = coded(header.to_string().as_bytes());
        let iv: [u8; 12] = bytes(random);
        let mut body = payload.to_vec();
        let aad = Aad::from(protected.as_bytes());
        let tag = key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(iv), aad, &mut body).ok()?;
        // Direct agreement: there is no encrypted key (RFC 7518, 4.6).
        Some(format!("{protected}..{}.{}.{}", coded(&iv), coded(&body), coded(tag.as_ref())))
    }
}

/// Concat KDF (RFC 7518, 4.6.2) with SHA-256, one round, without `apu` and `apv`: `length` of at most 32 bytes.
fn derived(shared: &[u8], algorithm: &str, length: usize) -> Zeroizing<Vec<u8>> {
    derived_for(shared, algorithm, (b"", b""), length)
}

fn derived_for(shared: &[u8], algorithm: &str, (apu, apv): (&[u8], &[u8]), length: usize) -> Zeroizing<Vec<u8>> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
    let mut hash = Context::new(&SHA256);
    hash.update(&number(1));
    hash.update(shared);
    for field in [algorithm.as_bytes(), apu, apv] {
        hash.update(&number(field.len()));
        hash.update(field);
    }
    hash.update(&number(8 * length));
    Zeroizing::new(hash.finish().as_ref().iter().copied().take(length).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    /// RFC 7518, appendix C.
    #[test]
    fn the_derived_key_is_that_of_the_rfc() {
        let shared = [
            158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128, 106, 72, 246,
            218, 167, 121, 140, 254, 144, 196,
        ];
        let key = derived_for(&shared, "A128GCM", (b"Alice", b"Bob"), 16);
        assert_eq!(URL_SAFE_NO_PAD.encode(&*key), "VqqN6vgjbSBcIijNcacQGg");
    }

    #[test]
    fn only_a_p256_key_for_agreement_is_taken() {
        let good = json!({
            "kty": "EC", "crv": "P-256", "alg": "ECDH-ES", "use": "enc", "kid": "ac",
            "x": "YO4epjifD-KWeq1sL2tNmm36BhXnkJ0He-WqMYrp9Fk", "y": "Hekpm0zfK7C-YccH5iBjcIXgf6YdUvNUac_0At55Okk",
        });
        let key = |name: &str, value: Value| {
            let mut members = good.as_object().expect("an object").clone();
            members.insert(name.to_owned(), value);
            SealKey::from_members(&members)
        };
        for (name, value) in [
            ("kty", json!("OKP")),
            ("crv", json!("P-384")),
            ("alg", json!("ES256")),
            ("alg", Value::Null),
            ("use", json!("sig")),
            ("d", json!("AA")),
            ("x", json!("AA")),
            ("kid", json!(1)),
        ] {
            assert_eq!(key(name, value), None, "{name}");
        }
        let random = SystemRandom::default();
        let bent = key("y", json!("Aekpm0zfK7C-YccH5iBjcIXgf6YdUvNUac_0At55Okk")).expect("of the right shape");
        assert_eq!(bent.seal(Enc::A128Gcm, b"{}", &random), None, "no point of the curve");
        let sealed = key("kid", json!("ac")).expect("a key").seal(Enc::A256Gcm, b"{}", &random).expect("sealed");
        let parts: Vec<&str> = sealed.split('.').collect();
        assert_eq!((parts.len(), parts[1]), (5, ""));
        let header = decoded(parts[0]).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok()).expect("a header");
        assert_eq!((&header["kid"], &header["enc"], &header["alg"]), (&json!("ac"), &json!("A256GCM"), &json!("ECDH-ES")));
    }
}
