//! Whose key it is: where an issuer publishes its keys, and what stands there. Nothing is fetched here.

use serde_json::{Map, Value};
use url::Url;

use super::did::{self, Did};
use crate::crypto::jws::{KeyFault, PublicJwk, object};
use crate::domain::trust::TrustedIssuer;

/// Where the key that signed something is to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyHint {
    /// What it is called: `kid`, or the verification method.
    pub name: Option<String>,
    /// The key that came along. It says only that whoever signed holds it...
    pub along: Option<PublicJwk>,
    /// ...unless the issuer's name is the key.
    pub is_issuer: bool,
    /// Addresses (https) of documents in which the issuer publishes its keys, the likeliest first.
    pub documents: Vec<String>,
    /// It is of a kind, or named in a way, that we do not know.
    pub unknown: bool,
}

/// What a document of an issuer's holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    Keys(Vec<PublicJwk>),
    /// They stand at another address.
    At(String),
}

/// More keys than an issuer has in use.
const MOST_KEYS: usize = 20;
/// No document of keys is longer.
pub const MOST_DOCUMENT: usize = 64 * 1024;

/// The hint for what `issuer` is said to have signed by the key `name`, which may have come along.
pub fn hint(issuer: &str, name: Option<&str>, along: Option<PublicJwk>) -> KeyHint {
    let named = KeyHint { name: name.map(str::to_owned), along, ..KeyHint::default() };
    match did::read(issuer) {
        Some(Did::Key(key)) => KeyHint { along: Some(key), is_issuer: true, ..named },
        Some(Did::Web(url)) => KeyHint { documents: vec![url], ..named },
        Some(Did::Unknown) => KeyHint { unknown: true, ..named },
        None => KeyHint { documents: addresses(issuer, name), ..named },
    }
}

/// JWT VC issuer metadata (draft-ietf-oauth-sd-jwt-vc, 5.1), and what lies at or below the issuer's own address. Not what lies elsewhere
/// at its host: others may live there.
fn addresses(issuer: &str, name: Option<&str>) -> Vec<String> {
    let Some(own) = Url::parse(issuer).ok().filter(|url| url.scheme() == "https" && url.fragment().is_none()) else {
        return Vec::new();
    };
    let below = |url: &str| {
        let rest = url.strip_prefix(issuer)?;
        (rest.is_empty() || rest.starts_with(['/', '?']) || issuer.ends_with('/')).then(|| url.to_owned())
    };
    let mut metadata = own.clone();
    metadata.set_path(&format!("/.well-known/jwt-vc-issuer{}", own.path().trim_end_matches('/')));
    let named = name.and_then(|name| below(name.split('#').next()?));
    named.into_iter().chain([String::from(metadata)]).collect()
}

/// Reads a document that was found at one of a hint's addresses, or at the one that a trust list gives for `issuer`: issuer metadata, a key
/// set, one key, or a controlled identifier document. `None` where it is none of these, or another issuer's.
pub fn published(document: &[u8], issuer: &str) -> Option<Published> {
    if document.len() > MOST_DOCUMENT {
        return None;
    }
    let members = object(document)?;
    if members.contains_key("verificationMethod") {
        return controlled(&members, issuer).map(Published::Keys);
    }
    if members.contains_key("kty") {
        return PublicJwk::for_badges(&members).ok().map(|key| Published::Keys(vec![key]));
    }
    if members.contains_key("keys") {
        return set(&members).map(Published::Keys);
    }
    if members.get("issuer")?.as_str()? != issuer {
        return None;
    }
    match members.get("jwks") {
        Some(jwks) => set(jwks.as_object()?).map(Published::Keys),
        None => members.get("jwks_uri")?.as_str().map(|url| Published::At(url.to_owned())),
    }
}

/// The keys that a trust list pins for an issuer; `None` where one of them is none that we take.
pub fn pinned(issuer: &TrustedIssuer) -> Option<Vec<PublicJwk>> {
    issuer.keys.iter().map(|members| PublicJwk::for_badges(members).ok()).collect()
}

/// RFC 7517, 5: keys of other sorts are passed over; a secret one spoils the set.
fn set(members: &Map<String, Value>) -> Option<Vec<PublicJwk>> {
    let all = members.get("keys")?.as_array().filter(|all| all.len() <= MOST_KEYS)?;
    let mut keys = Vec::new();
    for one in all {
        match PublicJwk::for_badges(one.as_object()?) {
            Ok(key) => keys.push(key),
            Err(KeyFault::Private) => return None,
            Err(_) => {}
        }
    }
    Some(keys)
}

/// Controlled Identifiers 1.0, 3.3: only methods for assertions, each controlled by the document itself.
fn controlled(document: &Map<String, Value>, issuer: &str) -> Option<Vec<PublicJwk>> {
    let id = document.get("id")?.as_str().filter(|id| *id == issuer)?;
    let methods = document.get("verificationMethod")?.as_array().filter(|all| all.len() <= MOST_KEYS)?;
    let assertion = document.get("assertionMethod")?.as_array().filter(|all| all.len() <= MOST_KEYS)?;
    let whole = |name: &str| if name.starts_with('#') { format!("{id}{name}") } else { name.to_owned() };
    let for_assertions: Vec<String> = assertion.iter().filter_map(Value::as_str).map(whole).collect();
    let embedded = assertion.iter().filter(|one| one.is_object());
    let method = |one: &Value, listed: bool| {
        let name = whole(one.get("id")?.as_str()?);
        let own = one.get("controller").is_none_or(|controller| controller == id);
        let key = match (one.get("publicKeyMultibase"), one.get("publicKeyJwk")) {
            (Some(text), None) => did::multikey(text.as_str()?)?,
            (None, Some(jwk)) => PublicJwk::for_badges(jwk.as_object()?).ok()?,
            _ => return None,
        };
        (own && (listed || for_assertions.contains(&name))).then(|| key.named(&name))
    };
    let listed = methods.iter().filter_map(|one| method(one, false));
    Some(listed.chain(embedded.filter_map(|one| method(one, true))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: &str = r#""kty":"OKP","crv":"Ed25519","x":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc""#;

    #[test]
    fn another_issuers_document_and_secret_keys_are_refused() {
        let key = format!("{{{X}}}");
        for text in [
            "".to_owned(),
            "[]".to_owned(),
            r#"{"issuer":"https://b.example"}"#.to_owned(),
            format!(r#"{{"issuer":"https://b.example","jwks":{{"keys":[{key}]}}}}"#),
            format!(r#"{{"keys":[{{{X},"d":"AA"}}]}}"#),
            format!(
                r##"{{"id":"https://b.example","assertionMethod":["#k"],"verificationMethod":[{{"id":"#k","publicKeyJwk":{key}}}]}}"##
            ),
        ] {
            assert_eq!(published(text.as_bytes(), "https://a.example"), None, "{text}");
        }
        let login = format!(
            r##"{{"id":"https://a.example","authentication":["#k"],"assertionMethod":["#other"],"verificationMethod":[{{"id":"#k","publicKeyJwk":{key}}}]}}"##
        );
        assert_eq!(published(login.as_bytes(), "https://a.example"), Some(Published::Keys(Vec::new())), "not for assertions");
    }

    #[test]
    fn each_document_gives_its_keys() {
        let key = PublicJwk::from_ed25519([7; 32]);
        let read = |text: String| published(text.as_bytes(), "https://a.example");
        assert_eq!(
            read(format!(r#"{{"issuer":"https://a.example","jwks":{{"keys":[{{{X}}}]}}}}"#)),
            Some(Published::Keys(vec![key.clone()]))
        );
        assert_eq!(
            read(r#"{"issuer":"https://a.example","jwks_uri":"https://a.example/k"}"#.to_owned()),
            Some(Published::At("https://a.example/k".to_owned()))
        );
        let document = format!(
            r##"{{"id":"https://a.example","assertionMethod":["https://a.example#k"],"verificationMethod":[{{"id":"#k","publicKeyJwk":{{{X}}}}}]}}"##
        );
        assert_eq!(read(document), Some(Published::Keys(vec![key.named("https://a.example#k")])));
    }

    #[test]
    fn keys_are_looked_for_at_the_issuers_own_address_alone() {
        let at = |issuer: &str, name: &str| hint(issuer, Some(name), None).documents;
        let metadata = "https://a.example/.well-known/jwt-vc-issuer/unit/1";
        assert_eq!(at("https://a.example/unit/1", "https://b.example/k"), [metadata]);
        assert_eq!(at("https://a.example/unit/1", "https://a.example/unit/12"), [metadata]);
        assert_eq!(at("https://a.example/unit/1", "https://a.example/unit/1#k"), ["https://a.example/unit/1", metadata]);
        assert_eq!(at("https://a.example/unit/1", "https://a.example/unit/1/k"), ["https://a.example/unit/1/k", metadata]);
        assert!(at("http://a.example", "k").is_empty() && at("a", "k").is_empty());
        assert!(hint("did:example:1", None, None).unknown);
    }
}
