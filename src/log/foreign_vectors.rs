//! Vectors that we did not make: a Go signed note, and a Certificate Transparency log's answers (RFC 6962). They lie beside the
//! repository; where they are absent the tests say so and pass, since the frozen vectors of each file stand in for them.

use std::path::PathBuf;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use signed_note::{Note, VerifierList};

use super::checkpoint::{LogKey, LogSigner};
use super::hash::{Hash, LeafHash};
use super::tree::{ProofFault, verify_consistency, verify_inclusion};

fn vector(beginning: &str) -> Option<Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/tlog");
    let (folder, name) = match beginning.split_once('/') {
        Some((sub, name)) => (folder.join(sub), name),
        None => (folder, beginning),
    };
    let Ok(mut entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no vectors beside the repository");
        return None;
    };
    let file = entries.find_map(|entry| entry.ok().filter(|entry| entry.file_name().to_string_lossy().starts_with(name)));
    let bytes = std::fs::read(file.expect("the vector's file").path()).expect("the vector is readable");
    Some(serde_json::from_slice(&bytes).expect("the vector is JSON"))
}

fn hash(value: &Value) -> Hash {
    let bytes = BASE64_STANDARD.decode(value.as_str().expect("base64")).expect("base64");
    Hash(bytes.try_into().expect("32 bytes"))
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().expect("a list").iter().map(hash).collect()
}

#[test]
fn a_note_signed_elsewhere_verifies_and_ours_is_the_same() {
    let Some(vector) = vector("signed-note") else { return };
    let text = |name: &str| vector[name].as_str().expect("text").to_owned();
    let key = LogKey::parse(&text("vkey")).expect("a verifier key");
    let note = Note::from_bytes(text("signed_note").as_bytes()).expect("a note");
    assert!(note.verify(&VerifierList::new(vec![Box::new(key.clone())])).is_ok());
    let secret = text("skey");
    let secret = BASE64_STANDARD.decode(secret.splitn(5, '+').last().expect("a signer key")).expect("base64");
    let signer = LogSigner::from_seed(key.name(), &secret[1..].try_into().expect("a seed")).expect("a key");
    assert_eq!(signer.key(), &key);
    let ours = Note::new(text("text").as_bytes(), &[signer.signature(text("text").as_bytes())]).expect("a note");
    assert_eq!(ours.to_bytes(), text("signed_note").as_bytes());
}

#[test]
fn proofs_of_a_certificate_log_hold() {
    let Some(head) = vector("ct-http/get-sth") else { return };
    // `get-sth` begins the name of the consistency answer too: take whichever is which.
    let (Some(entries), Some(proof), Some(consistency)) =
        (vector("ct-http/get-entries"), vector("ct-http/get-proof"), vector("ct-http/get-sth-consistency"))
    else {
        return;
    };
    let (size, root) = (961_984_011, "AWxD3p811N3m4WTinWRXPvBZHfT9IR9g/R4C7SKLPiU=");
    assert!(head["sha256_root_hash"].is_null() || head["sha256_root_hash"] == root);
    let root = hash(&Value::from(root));
    let data = BASE64_STANDARD.decode(entries["entries"][0]["leaf_input"].as_str().expect("base64")).expect("base64");
    let leaf = LeafHash(tlog_tiles::tlog::record_hash(&data).into());
    let path = hashes(&proof["audit_path"]);
    assert_eq!(verify_inclusion(&path, size, root, 10_000, leaf), Ok(()));
    assert_eq!(verify_inclusion(&path, size, root, 10_001, leaf), Err(ProofFault::Wrong));
    let old = (3_654_490, hash(&Value::from("AuIZ5V6sDUj1vn3Y1K85oOaQ7y+FJJKtyRTl1edIKBQ=")));
    let path = hashes(&consistency["consistency"]);
    assert_eq!(verify_consistency(&path, (size, root), old), Ok(()));
    assert_eq!(verify_consistency(&path[1..], (size, root), old), Err(ProofFault::Wrong));
}
