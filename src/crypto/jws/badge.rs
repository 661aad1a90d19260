//! What others sign their badges by, beside what we take elsewhere: RS256, which Open Badges 3.0 (10.1) asks of every issuer, and bytes
//! with no JWS around them (Data Integrity). Only to read: nothing of ours is signed so.

use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Map, Value};

use super::key::{Kind, decoded};
use super::{Alg, KeyFault, PublicJwk, Unread, json};

/// A JWS around a badge, of which the signature is yet to be checked.
#[derive(Clone, Debug)]
pub struct BadgeJws<'t> {
    alg: BadgeAlg,
    pub header: Map<String, Value>,
    /// To take its form apart; nothing of it is to be believed before `made_by`.
    pub claims: Map<String, Value>,
    signed: &'t str,
    signature: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
enum BadgeAlg {
    Ours(Alg),
    Rs256,
}

impl<'t> BadgeJws<'t> {
    /// One of at most `most` bytes.
    pub fn parse_within(text: &'t str, most: usize) -> Result<Self, Unread> {
        if text.len() > most {
            return Err(Unread::Long);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(Unread::Form)?;
        let (header, payload) = signed.split_once('.').ok_or(Unread::Form)?;
        let object = |part: &str| decoded(part).and_then(|bytes| json::object(&bytes)).ok_or(Unread::Form);
        let header = object(header)?;
        let alg = match header.get("alg").and_then(Value::as_str).ok_or(Unread::Form)? {
            "RS256" => BadgeAlg::Rs256,
            name => BadgeAlg::Ours(Alg::named(name).ok_or(Unread::Algorithm)?),
        };
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(Unread::Form);
        }
        Ok(Self { alg, claims: object(payload)?, header, signed, signature: decoded(signature).ok_or(Unread::Form)? })
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.header.get(name)?.as_str()
    }

    /// The key that it brings along: says only that whoever signed holds it.
    pub fn jwk(&self) -> Option<Result<PublicJwk, KeyFault>> {
        self.header.get("jwk").map(|jwk| PublicJwk::for_badges(jwk.as_object().ok_or(KeyFault::Shape)?))
    }

    pub fn made_by(&self, key: &PublicJwk) -> bool {
        let signed = self.signed.as_bytes();
        match (self.alg, &key.kind) {
            (BadgeAlg::Rs256, Kind::Rsa { n, e }) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, signed, &self.signature).is_ok()
            }
            (BadgeAlg::Rs256, _) => false,
            (BadgeAlg::Ours(alg), _) => alg == key.alg() && key.verifies(signed, &self.signature),
        }
    }
}

impl PublicJwk {
    /// As `from_members`, also a key that is meant for RS256.
    pub fn for_badges(members: &Map<String, Value>) -> Result<Self, KeyFault> {
        let mut members = members.clone();
        if members.get("alg").is_some_and(|alg| alg == "RS256") {
            members.remove("alg");
        }
        Self::from_members(&members)
    }

    pub const fn from_ed25519(key: [u8; 32]) -> Self {
        Self { kind: Kind::Ed25519(key), kid: None }
    }

    pub fn is_ed25519(&self) -> bool {
        matches!(self.kind, Kind::Ed25519(_))
    }

    /// The same key under another name.
    pub fn named(self, kid: &str) -> Self {
        Self { kid: Some(kid.to_owned()), ..self }
    }

    /// Whether it made `signature` over `message`, by the one algorithm that goes with it.
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.verifies(message, signature)
    }
}
