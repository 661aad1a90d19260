//! Data Integrity proofs with Ed25519 (W3C Data Integrity EdDSA Cryptosuites 1.0): `eddsa-jcs-2022`, `eddsa-rdfc-2022` (at first called
//! `eddsa-2022`), and the older `Ed25519Signature2020`, which hashes as the second does.

use ring::digest::{SHA256, digest};
use serde_json::{Map, Value};

use super::{Contexts, many, rdf, says};
use crate::credential::did;
use crate::crypto::jws::PublicJwk;
use crate::domain::Timestamp;
use crate::domain::credential::{Unchecked, Verdict, Wrong};

/// A proof of which the form is right.
#[derive(Clone, Debug, PartialEq)]
pub struct Integrity {
    suite: Suite,
    /// All of it but its value.
    config: Map<String, Value>,
    value: Vec<u8>,
    /// The address of the key that made it.
    pub method: String,
    pub expires: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suite {
    Jcs,
    Rdfc,
    Unknown,
}

const MOST_PROOFS: usize = 8;

impl Integrity {
    /// The document without its proof, and the proof: of several the first of a kind that we check.
    ///
    /// # Errors
    /// `Signature` where there is none, or it is none; `Claims` where it is for something else than asserting.
    pub fn read(mut document: Map<String, Value>) -> Result<(Map<String, Value>, Self), Wrong> {
        let proof = document.remove("proof").ok_or(Wrong::Signature)?;
        let all: Vec<&Map<String, Value>> = many(Some(&proof)).filter_map(Value::as_object).take(MOST_PROOFS).collect();
        let known = all.iter().find(|one| suite(one) != Suite::Unknown);
        let one = known.or(all.first()).ok_or(Wrong::Signature)?;
        let proof = Self::of(one)?;
        Ok((document, proof))
    }

    fn of(proof: &Map<String, Value>) -> Result<Self, Wrong> {
        let text = |name: &str| proof.get(name).and_then(Value::as_str);
        if text("proofPurpose") != Some("assertionMethod") {
            return Err(Wrong::Claims);
        }
        let mut config = proof.clone();
        let suite = suite(proof);
        let value = match config.remove("proofValue") {
            Some(Value::String(value)) => did::bytes(&value).filter(|value| value.len() == 64 || suite == Suite::Unknown),
            _ if suite == Suite::Unknown => Some(Vec::new()),
            _ => None,
        };
        Ok(Self {
            suite,
            config,
            value: value.ok_or(Wrong::Signature)?,
            method: text("verificationMethod").ok_or(Wrong::Claims)?.to_owned(),
            expires: says::time(proof, &["expires"])?,
        })
    }

    /// The key that its address names, where it does, after `#` as Multikey.
    ///
    /// # Errors
    /// `Key` where the address is not one of `issuer`'s, or what should be a key is none.
    pub fn along(&self, issuer: &str) -> Result<Option<PublicJwk>, Wrong> {
        let (controller, fragment) = self.method.split_once('#').unwrap_or((&self.method, ""));
        if controller != issuer {
            return Err(Wrong::Key);
        }
        match did::multikey(fragment) {
            None if fragment.starts_with("z6Mk") => Err(Wrong::Key),
            key => Ok(key),
        }
    }

    /// What was signed (3.3.4): the digests of the proof without its value and of the document.
    ///
    /// # Errors
    /// What there is to be said of it, where that cannot be known.
    pub fn message(&self, document: &Map<String, Value>, contexts: &Contexts) -> Result<Vec<u8>, Verdict> {
        let (config, document) = match self.suite {
            Suite::Unknown => return Err(Verdict::CannotBeChecked(Unchecked::Signature)),
            Suite::Jcs => (jcs(&self.config)?, jcs(&self.under_its_contexts(document)?)?),
            Suite::Rdfc => {
                let mut config = self.config.clone();
                config.insert("@context".to_owned(), document.get("@context").cloned().unwrap_or_default());
                (rdf::canonical(&config, contexts)?, rdf::canonical(document, contexts)?)
            }
        };
        let digests = [config, document].map(|part| digest(&SHA256, &part));
        Ok(digests.iter().flat_map(AsRef::as_ref).copied().collect())
    }

    pub fn made_by(&self, key: &PublicJwk, message: &[u8]) -> bool {
        key.is_ed25519() && key.signed(message, &self.value)
    }

    /// 3.3.2, 4: the proof's contexts begin the document's, and count.
    fn under_its_contexts(&self, document: &Map<String, Value>) -> Result<Map<String, Value>, Verdict> {
        let mut document = document.clone();
        if let Some(own) = self.config.get("@context") {
            let begins = {
                let theirs: Vec<&Value> = many(document.get("@context")).collect();
                let own: Vec<&Value> = many(Some(own)).collect();
                theirs.starts_with(&own)
            };
            if !begins {
                return Err(Verdict::NotValid(Wrong::Signature));
            }
            document.insert("@context".to_owned(), own.clone());
        }
        Ok(document)
    }
}

fn suite(proof: &Map<String, Value>) -> Suite {
    let text = |name: &str| proof.get(name).and_then(Value::as_str);
    match (text("type"), text("cryptosuite")) {
        (Some("DataIntegrityProof"), Some("eddsa-jcs-2022")) => Suite::Jcs,
        (Some("DataIntegrityProof"), Some("eddsa-rdfc-2022" | "eddsa-2022")) | (Some("Ed25519Signature2020"), _) => Suite::Rdfc,
        _ => Suite::Unknown,
    }
}

/// RFC 8785.
fn jcs(members: &Map<String, Value>) -> Result<Vec<u8>, Verdict> {
    serde_json_canonicalizer::to_vec(members).map_err(|_| Verdict::NotValid(Wrong::Form))
}
