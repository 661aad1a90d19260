//! Opening what was sealed to us. `ring` keeps no agreement key longer than one use, so the agreement is that of `p256`.

use std::fmt;

use p256::{PublicKey, Sec1Point, SecretKey};
use ring::aead::{Aad, LessSafeKey, Nonce, UnboundKey};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::{Enc, SealKey, derived_for};
use crate::crypto::jws::{decoded, object};
use crate::crypto::secret::Key;
use crate::crypto::{Ad, Label};

/// A private key of P-256 for agreement, made from a secret. Prints nothing, and is zeroed.
pub struct OpenKey(SecretKey);

/// The parts of a JWE whose header was understood.
struct Parts<'t> {
    protected: &'t str,
    enc: Enc,
    ephemeral: PublicKey,
    apu: Vec<u8>,
    apv: Vec<u8>,
    iv: [u8; 12],
    /// With its tag.
    body: Vec<u8>,
}

/// Bytes of the whole, of a header, and of what it says of the parties.
const LONGEST: usize = 256 * 1024;
const LONGEST_HEADER: usize = 4 * 1024;
const LONGEST_PARTY: usize = 512;

/// Whether a text has the form of what [`OpenKey::open`] opens, to whomever it was sealed.
pub fn is_sealed(text: &str) -> bool {
    Parts::read(text).is_some()
}

impl OpenKey {
    /// The key that a secret makes.
    pub fn of(seed: &Key) -> Self {
        // Of 2^32 candidates about one is no number below the curve's order (RFC 9180, 7.1.3 does likewise).
        let candidate = |n| SecretKey::from_slice(seed.derive_for(&Ad::new(Label::AgreementKey).num(n)).expose()).ok();
        Self((0..=u64::MAX).find_map(candidate).expect("one of so many candidates is a number of the curve"))
    }

    /// What others seal to, under this name.
    pub fn public(&self, kid: &str) -> Option<SealKey> {
        let point = Sec1Point::from(self.0.public_key());
        Some(SealKey { kid: Some(kid.to_owned()), point: point.as_bytes().try_into().ok()? })
    }

    /// What a JWE holds. `None` for every reason: another key, another way of sealing, changed on the way.
    pub fn open(&self, text: &str) -> Option<Zeroizing<Vec<u8>>> {
        let Parts { protected, enc, ephemeral, apu, apv, iv, mut body } = Parts::read(text)?;
        let shared = self.0.diffie_hellman(&ephemeral);
        let key = derived_for(shared.raw_secret_bytes(), enc.name(), (&apu, &apv), enc.cipher().key_len());
        let key = LessSafeKey::new(UnboundKey::new(enc.cipher(), &key).ok()?);
        let aad = Aad::from(protected.as_bytes());
        let length = key.open_in_place(Nonce::assume_unique_for_key(iv), aad, &mut body).ok()?.len();
        body.truncate(length);
        Some(Zeroizing::new(body))
    }
}

impl fmt::Debug for OpenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenKey(…)")
    }
}

impl<'t> Parts<'t> {
    fn read(text: &'t str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let mut parts = text.split('.');
        let mut next = || parts.next();
        let (protected, key, iv, body, tag) = (next()?, next()?, next()?, next()?, next()?);
        // Direct agreement has no encrypted key (RFC 7518, 4.6).
        if parts.next().is_some() || !key.is_empty() || protected.len() > LONGEST_HEADER {
            return None;
        }
        let header = object(&decoded(protected)?)?;
        let word = |name: &str| header.get(name).and_then(Value::as_str);
        // What is compressed can be made to say something of what stands beside it, or to burst; extensions we know none (RFC 8725, 3.6).
        if word("alg")? != "ECDH-ES" || header.contains_key("zip") || header.contains_key("crit") {
            return None;
        }
        let enc = Enc::named(word("enc")?)?;
        let ephemeral = ephemeral(header.get("epk")?.as_object()?)?;
        let (apu, apv) = (party(&header, "apu")?, party(&header, "apv")?);
        let tag = decoded(tag).filter(|tag| tag.len() == enc.cipher().tag_len())?;
        let body = [decoded(body)?, tag].concat();
        Some(Self { protected, enc, ephemeral, apu, apv, iv: decoded(iv)?.try_into().ok()?, body })
    }
}

/// A point of the curve: one that is not would tell of our key (RFC 8725, 3.4).
fn ephemeral(epk: &Map<String, Value>) -> Option<PublicKey> {
    let text = |name: &str| epk.get(name).and_then(Value::as_str);
    let part = |name: &str| decoded(text(name)?).filter(|part| part.len() == 32);
    if text("kty")? != "EC" || text("crv")? != "P-256" {
        return None;
    }
    PublicKey::from_sec1_bytes(&[&[4], part("x")?.as_slice(), part("y")?.as_slice()].concat()).ok()
}

/// `apu` and `apv` (RFC 7518, 4.6.1.2): empty where they are absent.
fn party(header: &Map<String, Value>, name: &str) -> Option<Vec<u8>> {
    match header.get(name) {
        None => Some(Vec::new()),
        Some(value) => decoded(value.as_str()?).filter(|party| party.len() <= LONGEST_PARTY),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;
    use crate::domain::SystemRandom;

    fn key(seed: u8) -> OpenKey {
        OpenKey::of(&Key::from_bytes([seed; 32]))
    }

    fn sealed(to: &OpenKey, enc: Enc) -> String {
        to.public("a").expect("a point").seal(enc, b"hej", &SystemRandom::default()).expect("sealed")
    }

    /// The same with another header.
    fn bent(text: &str, bend: impl FnOnce(&mut Value)) -> String {
        let (protected, rest) = text.split_once('.').expect("parts");
        let mut header: Value = serde_json::from_slice(&decoded(protected).expect("base64url")).expect("JSON");
        bend(&mut header);
        format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()))
    }

    #[test]
    fn only_its_own_key_opens_and_nothing_may_differ() {
        let (mine, text) = (key(1), sealed(&key(1), Enc::A256Gcm));
        assert!(key(2).open(&text).is_none(), "another key");
        for at in (0..text.len()).step_by(7).filter(|at| text.as_bytes()[*at] != b'.') {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(mine.open(&String::from_utf8(changed).expect("text")).is_none(), "sign {at}");
        }
        for enc in [Enc::A128Gcm, Enc::A256Gcm] {
            assert_eq!(mine.open(&sealed(&mine, enc)).expect("opens").as_slice(), b"hej");
        }
        assert_eq!(format!("{mine:?}"), "OpenKey(…)");
    }

    #[test]
    fn what_is_sealed_in_another_way_is_not_opened() {
        let text = sealed(&key(1), Enc::A128Gcm);
        // The point of appendix C with another y, and one of another curve.
        let off = json!({ "kty": "EC", "crv": "P-256", "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0", "y": "AAAA_HTgH5lQ8_uUH2GmP8zzP6EfR7ZXyS3T4t5vP0E" });
        let x25519 = json!({ "kty": "OKP", "crv": "X25519", "x": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" });
        for (name, value) in [
            ("alg", json!("ECDH-ES+A128KW")),
            ("alg", json!("dir")),
            ("alg", json!("RSA-OAEP-256")),
            ("enc", json!("A128CBC-HS256")),
            ("enc", json!("A192GCM")),
            ("zip", json!("DEF")),
            ("crit", json!(["exp"])),
            ("epk", off),
            ("epk", x25519),
            ("epk", Value::Null),
            ("apu", json!(1)),
            ("apv", json!(URL_SAFE_NO_PAD.encode([0; 600]))),
            ("kid", json!("a".repeat(LONGEST_HEADER))),
        ] {
            assert!(!is_sealed(&bent(&text, |header| header[name] = value.clone())), "{name} {value}");
        }
        let with_key = text.replacen("..", ".AAAA.", 1);
        let (head, tag) = text.rsplit_once('.').expect("parts");
        let huge = format!("{head}{}.{tag}", "A".repeat(LONGEST));
        for text in ["", "....", "a.b.c.d.e", &with_key, &format!("{text}."), &text[..text.len() - 1], &huge] {
            assert!(!is_sealed(text));
        }
        // The parties go into the key.
        let other_party = bent(&text, |header| header["apu"] = json!("QWxpY2U"));
        assert!(is_sealed(&other_party) && key(1).open(&other_party).is_none());
    }

    /// RFC 7518, appendix C: Bob's key agrees with Alice's ephemeral one on the shared secret, and that makes the key.
    #[test]
    fn the_agreement_is_that_of_the_rfc() {
        let bob = decoded("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw").expect("base64url");
        let bob = SecretKey::from_slice(&bob).expect("a key");
        let alice = json!({
            "kty": "EC", "crv": "P-256",
            "x": "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0", "y": "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps",
        });
        let alice = ephemeral(alice.as_object().expect("an object")).expect("a point");
        let shared = bob.diffie_hellman(&alice);
        let key = derived_for(shared.raw_secret_bytes(), "A128GCM", (b"Alice", b"Bob"), 16);
        assert_eq!(URL_SAFE_NO_PAD.encode(&*key), "VqqN6vgjbSBcIijNcacQGg");
    }

    /// Frozen: by another program (Python's `cryptography`) from the seed of ones, the ephemeral key of appendix C and the nonce 0 to 11.
    const FROZEN: &str = "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImtpZCI6ImFuc3dlciIsImVwayI6eyJrdHkiOiJFQyIsImNydiI6IlAtMjU2IiwieCI6ImdJMEdBSUxCZHU3VDUzYWtyRm1NeUdjc0YzbjVkTzdNbXdOQkhLVzVTVjAiLCJ5IjoiU0xXX3hTZmZ6bFBXckhFVkkzMERITV80ZWdWd3QzTlFxZVVEN25NRnBwcyJ9LCJhcHUiOiJRV3hwWTJVIiwiYXB2IjoiUW05aSJ9..AAECAwQFBgcICQoL.sLhlEamPha-3snSQ5A.yZWY4513Dl4KJxZ_WKYzaw";

    #[test]
    fn what_was_sealed_once_opens_for_ever() {
        let published = key(1).public("answer").expect("a point").published();
        assert_eq!(published["x"], "uImnuB0OzY_6YKRizVYd-9aJiS3LxfSa03kwtqvjYJ8");
        assert_eq!(published["y"], "vtV8JoxLZM6dnhNd-fAmbtP9-pE7z4_lnJHGUK6L6Tc");
        assert_eq!(key(1).open(FROZEN).expect("opens").as_slice(), br#"{"state":"s"}"#);
    }
}
