//! `did:web` (W3C CCG, did:web method): a name that is checked by who answers at its address.

use serde_json::{Map, Value};
use url::Url;

use crate::credential::did::{self, Did};
use crate::crypto::jws::PublicJwk;

const MOST: usize = 500;

/// A `did:web`, with where its document lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DidWeb {
    pub did: String,
    pub document: Url,
}

impl DidWeb {
    /// `None` for another method, or what makes no https address.
    pub fn parse(did: &str) -> Option<Self> {
        // A name alone: what points into or beyond a document names nobody.
        let Some(Did::Web(at)) = did::read(did).filter(|_| did.len() <= MOST && !did.contains(['#', '?', '/'])) else {
            return None;
        };
        Some(Self { did: did.to_owned(), document: Url::parse(&at).ok()? })
    }

    pub fn host(&self) -> &str {
        self.document.host_str().unwrap_or_default()
    }
}

/// The key that `kid` names in a DID document (DID Core, 5.2), whole or from its fragment on.
pub fn key_of(document: &Map<String, Value>, did: &str, kid: &str) -> Option<PublicJwk> {
    if document.get("id")?.as_str()? != did {
        return None;
    }
    let whole = |id: &str| if id.starts_with('#') { format!("{did}{id}") } else { id.to_owned() };
    let wanted = whole(kid);
    let methods = document.get("verificationMethod")?.as_array()?;
    let method = methods.iter().filter_map(Value::as_object).find(|one| {
        let id = one.get("id").and_then(Value::as_str);
        id.is_some_and(|id| whole(id) == wanted) && one.get("controller").and_then(Value::as_str) == Some(did)
    })?;
    PublicJwk::from_members(method.get("publicKeyJwk")?.as_object()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_a_name_that_makes_an_address_is_one() {
        for did in [
            "did:key:z6",
            "did:web:",
            "did:web:a.example:",
            "did:web:a.example:..",
            "did:web:a.example/x",
            "did:web:u@a.example",
            "did:web:a.example:x%2fy",
            "did:web:a.example#x",
        ] {
            assert_eq!(DidWeb::parse(did), None, "{did}");
        }
        let at = |did: &str| DidWeb::parse(did).map(|did| did.document.to_string());
        assert_eq!(at("did:web:a.example").as_deref(), Some("https://a.example/.well-known/did.json"));
        assert_eq!(at("did:web:a.example%3A8443:u:v").as_deref(), Some("https://a.example:8443/u/v/did.json"));
    }

    #[test]
    fn a_key_of_another_name_or_controller_is_none() {
        let jwk = json!({
            "kty": "EC", "crv": "P-256", "x": "YO4epjifD-KWeq1sL2tNmm36BhXnkJ0He-WqMYrp9Fk",
            "y": "Hekpm0zfK7C-YccH5iBjcIXgf6YdUvNUac_0At55Okk",
        });
        let did = "did:web:a.example";
        let document = |id: &str, controller: &str| {
            let method = json!({ "id": "#1", "controller": controller, "publicKeyJwk": jwk });
            json!({ "id": id, "verificationMethod": [method] }).as_object().expect("an object").clone()
        };
        let key = |document: &Map<String, Value>, kid: &str| key_of(document, did, kid).is_some();
        assert!(!key(&document("did:web:b.example", did), "#1") && !key(&document(did, "did:web:b.example"), "#1"));
        assert!(!key(&document(did, did), "#2") && !key(&document(did, did), "did:web:b.example#1"));
        assert!(key(&document(did, did), "#1") && key(&document(did, did), "did:web:a.example#1"));
    }
}
