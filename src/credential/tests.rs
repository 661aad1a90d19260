//! The whole of `credential` from its outside: what others wrote, where ../shared has it, and what we made ourselves.

mod foreign;
mod issued;
mod proven;
mod verdicts;

use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Map, Value, json};

use super::badge::Contexts;
use super::badge::integrity::Integrity;
use super::*;
use crate::crypto::jws::PublicJwk;
use crate::domain::Timestamp;
use crate::domain::credential::{Unchecked, Verdict, Wrong};
use crate::domain::trust::{TrustList, TrustedIssuer};

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-22T12:00:00Z").expect("a time")
}

/// A list with one issuer, bounded in nothing but its number.
fn trusting(id: &str) -> TrustedIssuer {
    let list = format!("format = 1\nversion = \"1\"\n[[issuer]]\nid = \"{id}\"\nname = \"Listed\"\nnumber = \"202100-2114\"");
    TrustList::parse(&list).expect("a list").issuers.remove(0)
}

/// With the key that came along as the issuer's.
fn checked(foreign: &Foreign, contexts: &Contexts, said: &[Option<Verdict>]) -> Checked {
    let keys = IssuerKeys::Known(foreign.key.along.iter().cloned().collect());
    let trusted = trusting(&foreign.issuer);
    let given = Given { keys: &keys, trusted: Some(&trusted), contexts, now: now(), shown: None };
    check(foreign, &given, said)
}

fn verdict(file: &[u8], contexts: &Contexts) -> Verdict {
    read(file).map_or_else(Verdict::NotValid, |foreign| checked(&foreign, contexts, &[]).verdict)
}

/// Words of the W3C's context that the examples use, written by us: they mean the same there.
fn stand_in() -> Vec<u8> {
    let vc = |word: &str| format!("https://www.w3.org/2018/credentials#{word}");
    let security = |word: &str| format!("https://w3id.org/security#{word}");
    let time = "http://www.w3.org/2001/XMLSchema#dateTime";
    let words = json!({
        "id": "@id", "type": "@type", "name": "https://schema.org/name", "description": "https://schema.org/description",
        "VerifiableCredential": vc("VerifiableCredential"),
        "issuer": { "@id": vc("issuer"), "@type": "@id" },
        "credentialSubject": { "@id": vc("credentialSubject"), "@type": "@id" },
        "credentialStatus": { "@id": vc("credentialStatus"), "@type": "@id" },
        "validFrom": { "@id": vc("validFrom"), "@type": time },
        "validUntil": { "@id": vc("validUntil"), "@type": time },
        "BitstringStatusListEntry": "https://www.w3.org/ns/credentials/status#BitstringStatusListEntry",
        "statusPurpose": "https://www.w3.org/ns/credentials/status#statusPurpose",
        "statusListIndex": "https://www.w3.org/ns/credentials/status#statusListIndex",
        "statusListCredential": { "@id": "https://www.w3.org/ns/credentials/status#statusListCredential", "@type": "@id" },
        "DataIntegrityProof": security("DataIntegrityProof"),
        "assertionMethod": security("assertionMethod"),
        "created": { "@id": "http://purl.org/dc/terms/created", "@type": time },
        "cryptosuite": { "@id": security("cryptosuite"), "@type": security("cryptosuiteString") },
        "proofPurpose": { "@id": security("proofPurpose"), "@type": "@vocab" },
        "verificationMethod": { "@id": security("verificationMethod"), "@type": "@id" },
    });
    json!({ "@context": words }).to_string().into_bytes()
}

fn ed25519() -> (Ed25519KeyPair, PublicJwk, String) {
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a seed");
    let public: [u8; 32] = pair.public_key().as_ref().try_into().expect("32 bytes");
    let multikey = format!("z{}", bs58::encode([&[0xed, 0x01][..], &public].concat()).into_string());
    (pair, PublicJwk::from_ed25519(public), multikey)
}

/// A badge of an invented issuer.
fn badge() -> Map<String, Value> {
    let badge = json!({
        "@context": [V2, OB],
        "id": "urn:uuid:0191d5a0-0000-7000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": "https://a.example/issuer", "type": ["Profile"], "name": "A" },
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2027-01-01T00:00:00Z",
        "name": "Svetsning",
        "credentialSubject": {
            "id": "did:example:1",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:0191d5a0-0000-7000-8000-000000000002",
                "type": ["Achievement"],
                "name": "Svetsning",
                "description": "Svetsar ståldelar enligt ritning.",
                "criteria": { "narrative": "Provsvets enligt branschens krav." },
            },
        },
    });
    badge.as_object().expect("an object").clone()
}

/// The document with a proof of this kind by the test's key.
fn signed(document: &Map<String, Value>, suite: &str, contexts: &Contexts) -> Map<String, Value> {
    let (pair, _, multikey) = ed25519();
    let issuer = document["issuer"]["id"].as_str().unwrap_or_default();
    let mut proof = json!({
        "type": "DataIntegrityProof", "cryptosuite": suite, "created": "2026-01-01T00:00:00Z",
        "verificationMethod": format!("{issuer}#{multikey}"), "proofPurpose": "assertionMethod",
        "proofValue": format!("z{}", bs58::encode([1; 64]).into_string()),
    });
    let mut whole = document.clone();
    whole.insert("proof".to_owned(), proof.clone());
    let (document, unsigned) = Integrity::read(whole).expect("a proof");
    let message = unsigned.message(&document, contexts).expect("what is signed");
    proof["proofValue"] = format!("z{}", bs58::encode(pair.sign(&message).as_ref()).into_string()).into();
    let mut whole = document;
    whole.insert("proof".to_owned(), proof);
    whole
}

fn bytes(document: &Map<String, Value>) -> Vec<u8> {
    serde_json::to_vec(document).expect("plain data")
}
