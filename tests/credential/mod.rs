//! Proofs in the native form, from outside: what is refused, what holds for any of them, the sets of others where they lie beside the
//! repository, and libraries that we did not write.

mod any;
mod binding;
mod changed;
mod command;
mod competence;
mod foreign;
mod frozen;
mod refused;
mod shared;
mod status;
mod yaml;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as B64;
use egenkarta::credential::sd_jwt::{Opened, SdJwt, TYP};
use egenkarta::crypto::jws::{PublicJwk, SigningKey};
use egenkarta::domain::Timestamp;
use egenkarta::domain::credential::Wrong;
use egenkarta::domain::time::SECOND;
use ring::digest::{Algorithm, SHA256, digest};
use serde_json::{Map, Value, json};

/// 1 November 2026, 12.00 UTC.
const NOW: Timestamp = Timestamp(1_793_534_400 * SECOND);

fn new_key() -> SigningKey {
    SigningKey::from_pkcs8(&SigningKey::generate().unwrap()).unwrap()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("no object: {other}"),
    }
}

fn digest_of(algorithm: &'static Algorithm, text: &str) -> String {
    B64.encode(digest(algorithm, text.as_bytes()))
}

/// A disclosure as its text says, right or wrong, and its digest.
fn hidden(content: &str) -> (String, String) {
    let text = B64.encode(content);
    let digest = digest_of(&SHA256, &text);
    (text, digest)
}

/// Signed whatever it says.
fn raw(key: &SigningKey, header: Value, payload: &str, disclosures: &[&str]) -> String {
    let jwt = key.compact(object(header), payload.as_bytes());
    [&[jwt.as_str()], disclosures, &[""]].concat().join("~")
}

/// The same of our type, with what a credential must say.
fn raw_credential(key: &SigningKey, payload: Value, disclosures: &[&str]) -> String {
    let mut all = object(json!({ "iss": "https://issuer.example", "vct": "urn:example", "iat": NOW.0 / SECOND }));
    all.extend(object(payload));
    raw(key, json!({ "typ": TYP }), &Value::from(all).to_string(), disclosures)
}

/// As a credential is checked: its form, its signature, its type.
fn open(text: &str, keys: &[PublicJwk]) -> Result<Opened, Wrong> {
    let opened = SdJwt::parse(text)?.verify(keys)?;
    opened.vct()?;
    Ok(opened)
}
