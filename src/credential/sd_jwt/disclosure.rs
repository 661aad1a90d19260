//! One disclosure (RFC 9901, 4.2): a salt, the name of a claim or none, and its value; and the digests that stand for it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{Algorithm, SHA256, SHA384, SHA512, digest};
use serde_json::{Map, Value};

use crate::crypto::jws;
use crate::domain::credential::Wrong;
use crate::domain::random::{self, Random};

/// Names that convey digests: no claim may bear them (RFC 9901, 4.1).
pub const SD: &str = "_sd";
pub const DOTS: &str = "...";
pub const SD_ALG: &str = "_sd_alg";

/// How digests are made, by their names in the IANA registry of named information hash algorithms.
#[derive(Clone, Copy, Debug)]
pub struct Hash(&'static Algorithm);

#[derive(Clone, Debug)]
pub struct Disclosure<'t> {
    text: &'t str,
    /// `None` for an element of an array.
    pub name: Option<String>,
    pub value: Value,
}

impl Hash {
    pub const NAME: &'static str = "sha-256";

    pub const fn ours() -> Self {
        Self(&SHA256)
    }

    /// As the payload says in `_sd_alg`; SHA-256 where it says nothing.
    ///
    /// # Errors
    /// `Algorithm` for anything but SHA-2 of 256 bits or more.
    pub fn of(payload: &Map<String, Value>) -> Result<Self, Wrong> {
        match payload.get(SD_ALG).map(Value::as_str) {
            None | Some(Some(Self::NAME)) => Ok(Self(&SHA256)),
            Some(Some("sha-384")) => Ok(Self(&SHA384)),
            Some(Some("sha-512")) => Ok(Self(&SHA512)),
            Some(_) => Err(Wrong::Algorithm),
        }
    }

    /// Over the text as it stands (RFC 9901, 4.2.3), in base64url.
    pub fn digest(self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(digest(self.0, text.as_bytes()))
    }
}

impl<'t> Disclosure<'t> {
    pub fn read(text: &'t str) -> Result<Self, Wrong> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Wrong::Disclosure)?;
        let Some(Value::Array(mut parts)) = jws::value(&bytes) else { return Err(Wrong::Disclosure) };
        let value = parts.pop().ok_or(Wrong::Disclosure)?;
        let name = match parts.as_slice() {
            [Value::String(_)] => None,
            [Value::String(_), Value::String(name)] => Some(name.clone()),
            _ => return Err(Wrong::Disclosure),
        };
        // `_sd_alg` besides: at the top it would say how to read what shows it.
        if name.as_deref().is_some_and(|name| [SD, DOTS, SD_ALG].contains(&name)) {
            return Err(Wrong::Disclosure);
        }
        Ok(Self { text, name, value })
    }

    pub const fn text(&self) -> &'t str {
        self.text
    }
}

/// A new disclosure with a salt of 128 bits (RFC 9901, 9.3), in base64url.
pub fn write(name: Option<&str>, value: Value, random: &dyn Random) -> String {
    let salt = URL_SAFE_NO_PAD.encode(random::bytes::<16>(random));
    let parts: Vec<Value> = [Some(salt.into()), name.map(Value::from), Some(value)].into_iter().flatten().collect();
    URL_SAFE_NO_PAD.encode(Value::from(parts).to_string())
}

/// What stands for nothing: the digest of random bytes (RFC 9901, 4.2.5).
pub fn decoy(random: &dyn Random) -> String {
    Hash::ours().digest(&URL_SAFE_NO_PAD.encode(random::bytes::<32>(random)))
}
