//! What others sign: JWS in compact form (RFC 7515, 3.1, 7.1), read strictly and verified by a public key. RFC 8725 says why each check.

mod json;
mod key;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

pub use json::object;
pub(super) use key::decoded;
pub use key::{Alg, KeyFault, PublicJwk, fetched_set, strict_set};

/// A JWS whose header was understood and whose signature is yet to be checked: until then its content cannot be had.
#[derive(Clone, Debug)]
pub struct Unverified<'t> {
    alg: Alg,
    header: Map<String, Value>,
    claims: Map<String, Value>,
    signed: &'t str,
    signature: Vec<u8>,
}

/// What a signature vouches for: a JSON object.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims(Map<String, Value>);

/// Longer ones are refused before anything is decoded: two RSA numbers of 4096 bits and some claims fit.
pub const MAX: usize = 6 * 1024;

/// It is none, or none that we take: too long, not three parts, padded, a member twice, `crit`, an algorithm that is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl<'t> Unverified<'t> {
    pub fn parse(text: &'t str) -> Result<Self, Malformed> {
        Self::read(text).ok_or(Malformed)
    }

    fn read(text: &'t str) -> Option<Self> {
        if text.len() > MAX {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header = json::object(&key::decoded(header)?)?;
        let alg = Alg::named(header.get("alg")?.as_str()?)?;
        // Extensions that must be understood: we know none. `b64` changes what is signed.
        if header.contains_key("crit") || header.contains_key("b64") {
            return None;
        }
        let claims = json::object(&key::decoded(payload)?)?;
        Some(Self { alg, header, claims, signed, signature: key::decoded(signature)? })
    }

    /// `typ` in lower case, without `application/` (RFC 7515, 4.1.9).
    pub fn typ(&self) -> Option<String> {
        let typ = self.header.get("typ")?.as_str()?.to_ascii_lowercase();
        Some(typ.strip_prefix("application/").unwrap_or(&typ).to_owned())
    }

    /// Whether there is a `typ` at all, of whatever type.
    pub fn is_typed(&self) -> bool {
        self.header.contains_key("typ")
    }

    pub fn kid(&self) -> Option<&str> {
        self.header.get("kid")?.as_str()
    }

    /// The key that it brings along (RFC 7515, 4.1.3): says only that whoever signed holds it.
    pub fn jwk(&self) -> Result<PublicJwk, KeyFault> {
        let members = self.header.get("jwk").and_then(Value::as_object).ok_or(KeyFault::Shape)?;
        PublicJwk::from_members(members)
    }

    /// A claim before its signature is checked: to refuse early, never to allow.
    pub fn hint(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// Its content, where `key` made the signature.
    pub fn verify(self, key: &PublicJwk) -> Option<Claims> {
        self.fits(key).then_some(Claims(self.claims))
    }

    /// Its content, where one of `keys` made the signature: the one that it names, where it names one.
    pub fn verify_any(self, keys: &[PublicJwk]) -> Option<Claims> {
        let named = |key: &&PublicJwk| self.kid().is_none_or(|kid| key.kid.as_deref() == Some(kid));
        let found = keys.iter().filter(named).any(|key| self.fits(key));
        found.then_some(Claims(self.claims))
    }

    fn fits(&self, key: &PublicJwk) -> bool {
        self.alg == key.alg() && key.verifies(self.signed.as_bytes(), &self.signature)
    }
}

impl Claims {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// Seconds since 1970 (RFC 7519, 2: NumericDate), whole or not; `Err` where the claim is something else.
    pub fn seconds(&self, name: &str) -> Result<Option<i64>, Malformed> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        // Of a fraction the whole seconds are enough.
        let seconds = value.as_i64().or_else(|| value.as_f64().filter(|n| n.abs() < 1e11).map(|n| n as i64));
        seconds.filter(|n| n.unsigned_abs() < 100_000_000_000).map(Some).ok_or(Malformed)
    }
}
