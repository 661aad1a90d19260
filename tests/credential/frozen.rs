//! Our own set, written once: what was right stays right, what was wrong is refused by the same name. The generator beside writes it anew,
//! by hand only.

use std::path::PathBuf;

use egenkarta::credential::competence::proof_of;
use egenkarta::credential::sd_jwt::bind;
use egenkarta::credential::status::{Order, StatusList, Times, said, token, verify_token};
use egenkarta::crypto::jws::{PublicJwk, SigningKey};
use egenkarta::domain::credential::{StatusKind, Verdict};
use egenkarta::domain::time::{DAY, MINUTE};
use serde_json::{Value, json};

use super::{NOW, competence, new_key, object, open, refused};

const AUD: &str = "https://verifier.example";

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/sd-jwt.json")
}

#[test]
fn what_was_issued_once_opens_and_what_was_refused_once_is_refused() {
    let all: Value = serde_json::from_slice(&std::fs::read(file()).unwrap()).unwrap();
    let key = PublicJwk::from_members(all["key"].as_object().unwrap()).unwrap();
    let cases = all["cases"].as_array().unwrap();
    assert!(cases.len() > 60);
    for case in cases {
        let found = open(case["text"].as_str().unwrap(), std::slice::from_ref(&key)).err();
        assert_eq!(json!(found), case["wrong"], "{}", case["name"]);
    }
    let whole = open(all["bound"].as_str().unwrap(), std::slice::from_ref(&key)).unwrap();
    assert_eq!(whole.check_binding(AUD, "once", NOW, MINUTE), Ok(()));
    assert_eq!(json!(proof_of(&whole).unwrap()), all["proof"]);
    let uri = all["proof"]["status"]["uri"].as_str().unwrap();
    let listed = verify_token(all["status_list"].as_str().unwrap(), uri, &[key], NOW).unwrap();
    assert_eq!(said(StatusKind::Token, &listed.list, 412), Some(Verdict::Withdrawn));
}

#[test]
#[ignore = "writes the frozen file anew, with new keys"]
fn write_the_native_proofs() {
    let (issuer, holder) = (new_key(), new_key());
    let cases: Vec<Value> = refused::cases(&issuer)
        .into_iter()
        .filter(|case| case.text.len() < 8_000)
        .map(|case| json!({ "name": case.name, "text": case.text, "wrong": case.wrong }))
        .collect();
    let proof = competence::full(&holder.public());
    let text = competence::issued(&issuer, &proof, &holder.public());
    let all = json!({
        "key": issuer.public().members(), "cases": cases, "proof": proof,
        "bound": bind(&text, &holder, AUD, "once", NOW).unwrap(), "status_list": list(&issuer, &proof.status.unwrap().uri),
    });
    let text = serde_json::to_string_pretty(&Value::from(object(all))).unwrap();
    std::fs::write(file(), text + "\n").unwrap();
}

fn list(key: &SigningKey, uri: &str) -> String {
    let mut list = StatusList::new(Order::Token, 2, 1_024).unwrap();
    assert!(list.set(412, 1));
    token(key, uri, &list, &Times { iat: NOW, exp: Some(NOW.plus(365 * DAY)), ttl: Some(15 * MINUTE) })
}
