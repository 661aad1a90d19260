//! What others sign: JWS in compact form (RFC 7515, 3.1, 7.1), read strictly and verified by a public key. RFC 8725 says why each check.

mod badge;
mod json;
mod key;
mod sign;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::x509::Chain;

pub use badge::BadgeJws;
pub use json::{object, value};
pub(super) use key::decoded;
pub use key::{Alg, KeyFault, PublicJwk, fetched_set, strict_set};
pub use sign::SigningKey;

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

/// Why a text is no JWS that we take, where the one who brought it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Longer than it may be.
    Long,
    /// Not three parts, padded, a member twice, `crit`, no `alg`.
    Form,
    /// `none`, a symmetric algorithm, or another that is none of ours.
    Algorithm,
}

impl<'t> Unverified<'t> {
    pub fn parse(text: &'t str) -> Result<Self, Malformed> {
        Self::parse_within(text, MAX).map_err(|_| Malformed)
    }

    /// One of at most `most` bytes: credentials and status lists are longer than proofs of possession.
    pub fn parse_within(text: &'t str, most: usize) -> Result<Self, Unread> {
        if text.len() > most {
            return Err(Unread::Long);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(Unread::Form)?;
        let (header, payload) = signed.split_once('.').ok_or(Unread::Form)?;
        let object = |part: &str| key::decoded(part).and_then(|bytes| json::object(&bytes)).ok_or(Unread::Form);
        let header = object(header)?;
        let alg = header.get("alg").and_then(Value::as_str).ok_or(Unread::Form)?;
        let alg = Alg::named(alg).ok_or(Unread::Algorithm)?;
        // Extensions that must be understood: we know none. `b64` changes what is signed.
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(Unread::Form);
        }
        Ok(Self { alg, header, claims: object(payload)?, signed, signature: key::decoded(signature).ok_or(Unread::Form)? })
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

    /// The certificates that it brings along (RFC 7515, 4.1.6), of which nothing is checked.
    pub fn x5c(&self) -> Option<Chain> {
        Chain::from_x5c(self.header.get("x5c")?)
    }

    /// All of it before its signature is checked: to take its form apart, never to believe it.
    pub const fn unchecked(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// Whether one of `keys` is the one that it names; true where it names none and there is any.
    pub fn names_one_of(&self, keys: &[PublicJwk]) -> bool {
        keys.iter().any(|key| self.kid().is_none_or(|kid| key.kid.as_deref() == Some(kid)))
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
        seconds(&self.0, name)
    }

    pub const fn members(&self) -> &Map<String, Value> {
        &self.0
    }

    pub fn into_members(self) -> Map<String, Value> {
        self.0
    }
}

/// Seconds since 1970 (RFC 7519, 2: NumericDate) in a claim, whole or not; `Err` where it is something else.
pub fn seconds(claims: &Map<String, Value>, name: &str) -> Result<Option<i64>, Malformed> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    // Of a fraction the whole seconds are enough.
    let seconds = value.as_i64().or_else(|| value.as_f64().filter(|n| n.abs() < 1e11).map(|n| n as i64));
    seconds.filter(|n| n.unsigned_abs() < 100_000_000_000).map(Some).ok_or(Malformed)
}
