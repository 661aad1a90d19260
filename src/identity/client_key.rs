//! Our key towards providers, for `private_key_jwt` (RFC 7523): P-256, ES256.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::domain::Timestamp;
use crate::domain::time::SECOND;

/// The private key. Prints nothing of it.
pub struct ClientKey {
    pair: EcdsaKeyPair,
    kid: String,
}

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    kid: &'a str,
    typ: &'a str,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    jti: &'a str,
    iat: i64,
    exp: i64,
}

/// The public half, in the order that its thumbprint wants (RFC 7638 section 3.2).
#[derive(Serialize)]
struct Point {
    crv: &'static str,
    kty: &'static str,
    x: String,
    y: String,
}

/// An assertion serves for one request, at once.
const LIFE: i64 = 60;

impl ClientKey {
    /// A fresh key as PKCS #8, for an operator to keep.
    pub fn generate() -> Option<Zeroizing<Vec<u8>>> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).ok()?;
        Some(Zeroizing::new(document.as_ref().to_vec()))
    }

    /// From PKCS #8 (DER); `None` where that is no P-256 key.
    pub fn from_pkcs8(der: &[u8]) -> Option<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der, &SystemRandom::new()).ok()?;
        let thumb = serde_json::to_vec(&point(&pair)).ok()?;
        Some(Self { kid: BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, &thumb)), pair })
    }

    /// The JSON Web Key Set to publish, where providers fetch our key.
    pub fn jwks(&self) -> serde_json::Value {
        let Point { crv, kty, x, y } = point(&self.pair);
        serde_json::json!({
            "keys": [{ "kty": kty, "crv": crv, "x": x, "y": y, "kid": self.kid, "use": "sig", "alg": "ES256" }]
        })
    }

    /// All keys of these in one set; `None` where there is none.
    pub fn published<'a>(keys: impl Iterator<Item = &'a Self>) -> Option<serde_json::Value> {
        let mut sets: Vec<serde_json::Value> = keys.map(|key| key.jwks()["keys"][0].take()).collect();
        // One key may serve several providers.
        sets.dedup();
        (!sets.is_empty()).then(|| serde_json::json!({ "keys": sets }))
    }

    /// A signed statement that the bearer is `client`, for the provider `issuer` only. `jti` is random.
    pub(super) fn assertion(&self, client: &str, issuer: &str, jti: &str, now: Timestamp) -> Option<String> {
        let now = now.0 / SECOND;
        let header = Header { alg: "ES256", kid: &self.kid, typ: "JWT" };
        let claims = Claims { iss: client, sub: client, aud: issuer, jti, iat: now, exp: now + LIFE };
        let encode = |part: serde_json::Result<Vec<u8>>| part.ok().map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
        let signed = format!("{}.{}", encode(serde_json::to_vec(&header))?, encode(serde_json::to_vec(&claims))?);
        // ring takes the randomness of a signature from the system alone.
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).ok()?;
        Some(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }
}

impl fmt::Debug for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientKey")
    }
}

/// The public point: 0x04, x, y (SEC 1 section 2.3.3).
fn point(pair: &EcdsaKeyPair) -> Point {
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let encode = |half: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(half);
    Point { crv: "P-256", kty: "EC", x: encode(x), y: encode(y) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(ClientKey::from_pkcs8(b"").is_none() && ClientKey::from_pkcs8(&[0x30; 140]).is_none());
    }

    #[test]
    fn an_assertion_verifies_under_the_published_key_and_ends_within_a_minute() {
        let key = ClientKey::from_pkcs8(&ClientKey::generate().expect("a key")).expect("a key");
        let jwt = key.assertion("client", "https://idp.example", "once", Timestamp(1_000 * SECOND)).expect("signed");
        let (signed, signature) = jwt.rsplit_once('.').expect("three parts");
        let decode = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).expect("base64url");
        let jwks = key.jwks();
        let half = |name: &str| decode(jwks["keys"][0][name].as_str().expect("text"));
        let public = [vec![4], half("x"), half("y")].concat();
        let verify = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public);
        assert!(verify.verify(signed.as_bytes(), &decode(signature)).is_ok());
        let claims: serde_json::Value = serde_json::from_slice(&decode(signed.split_once('.').expect("two").1)).expect("json");
        assert_eq!((&claims["aud"], &claims["exp"]), (&"https://idp.example".into(), &1_060.into()));
        assert!(jwks["keys"][0].get("d").is_none() && format!("{key:?}") == "ClientKey");
    }
}
