//! A Credential Request (OpenID4VCI 1.0, 8.2), and how one is refused (8.3.1.2).

use serde_json::{Map, Value};

use super::{BATCH, CONFIGURATION};
use crate::crypto::jws::object;

/// A request for the one credential that there is, once for each proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub proofs: Vec<String>,
}

/// Why a credential was not issued; the words are what goes over the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// `invalid_credential_request`
    Request,
    /// `unknown_credential_configuration`
    Configuration,
    /// `unknown_credential_identifier`
    Identifier,
    /// `invalid_proof`
    Proof,
    /// `invalid_nonce`
    Nonce,
    /// `invalid_encryption_parameters`: we have none.
    Encryption,
    /// `credential_request_denied`: withdrawn, expired, or the unit serves no wallets any more.
    Denied,
}

impl Refused {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Request => "invalid_credential_request",
            Self::Configuration => "unknown_credential_configuration",
            Self::Identifier => "unknown_credential_identifier",
            Self::Proof => "invalid_proof",
            Self::Nonce => "invalid_nonce",
            Self::Encryption => "invalid_encryption_parameters",
            Self::Denied => "credential_request_denied",
        }
    }
}

impl Asked {
    /// The body of the request.
    pub fn read(body: &[u8]) -> Result<Self, Refused> {
        let body = object(body).ok_or(Refused::Request)?;
        match (named(&body, "credential_configuration_id")?, named(&body, "credential_identifier")?) {
            (Some(CONFIGURATION), None) | (None, Some(CONFIGURATION)) => {}
            (Some(_), None) => return Err(Refused::Configuration),
            (None, Some(_)) => return Err(Refused::Identifier),
            _ => return Err(Refused::Request),
        }
        if body.contains_key("credential_response_encryption") {
            return Err(Refused::Encryption);
        }
        let proofs = body.get("proofs").and_then(Value::as_object).filter(|proofs| proofs.len() == 1).ok_or(Refused::Proof)?;
        let jwts = proofs.get("jwt").and_then(Value::as_array).ok_or(Refused::Proof)?;
        if !(1..=BATCH).contains(&jwts.len()) {
            return Err(Refused::Proof);
        }
        let text = |jwt: &Value| jwt.as_str().map(str::to_owned).ok_or(Refused::Proof);
        Ok(Self { proofs: jwts.iter().map(text).collect::<Result<_, _>>()? })
    }
}

fn named<'m>(body: &'m Map<String, Value>, name: &str) -> Result<Option<&'m str>, Refused> {
    body.get(name).map(|value| value.as_str().ok_or(Refused::Request)).transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_fault_of_a_request_has_the_name_that_it_must_have() {
        let good = json!({ "credential_configuration_id": CONFIGURATION, "proofs": { "jwt": ["x"] } });
        let with = |name: &str, value: Value| {
            let mut body = good.clone();
            body[name] = value;
            Asked::read(body.to_string().as_bytes())
        };
        assert_eq!(Asked::read(b"[]"), Err(Refused::Request));
        assert_eq!(Asked::read(br#"{"proofs":{"jwt":["x"]}}"#), Err(Refused::Request));
        assert_eq!(Asked::read(br#"{"a":1,"a":2}"#), Err(Refused::Request));
        for (name, value, why) in [
            ("credential_configuration_id", json!("other"), Refused::Configuration),
            ("credential_configuration_id", json!(1), Refused::Request),
            ("credential_identifier", json!(CONFIGURATION), Refused::Request),
            ("credential_response_encryption", json!({}), Refused::Encryption),
            ("proofs", Value::Null, Refused::Proof),
            ("proofs", json!({}), Refused::Proof),
            ("proofs", json!({ "di_vp": [{}] }), Refused::Proof),
            ("proofs", json!({ "jwt": ["x"], "attestation": ["y"] }), Refused::Proof),
            ("proofs", json!({ "jwt": [] }), Refused::Proof),
            ("proofs", json!({ "jwt": vec!["x"; BATCH + 1] }), Refused::Proof),
            ("proofs", json!({ "jwt": [1] }), Refused::Proof),
        ] {
            assert_eq!(with(name, value.clone()), Err(why), "{name} {value}");
        }
        let by_identifier = json!({ "credential_identifier": "other", "proofs": { "jwt": ["x"] } });
        assert_eq!(Asked::read(by_identifier.to_string().as_bytes()), Err(Refused::Identifier));
        assert_eq!(with("unheard_of", json!(1)), Ok(Asked { proofs: vec!["x".into()] }));
    }
}
