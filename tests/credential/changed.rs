//! Whatever byte of something signed is changed, it is refused.

use egenkarta::credential::sd_jwt::{Path, TYP, bind, issue};
use egenkarta::credential::status::{Order, StatusList, Times, bitstring_token, token, verify_bitstring_token, verify_token};
use egenkarta::domain::credential::StatusKind;
use egenkarta::domain::random::SystemRandom;
use egenkarta::domain::time::MINUTE;
use serde_json::json;

use super::{NOW, new_key, object, open};

const URI: &str = "https://issuer.example/status/1";

/// Every text that parts from `text` by one bit of one byte, and still is text.
fn each(text: &str) -> impl Iterator<Item = String> + '_ {
    (0..text.len()).flat_map(move |at| {
        [1, 2, 0x20].into_iter().filter_map(move |bit| {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] ^= bit;
            String::from_utf8(bytes).ok()
        })
    })
}

#[test]
fn a_credential_with_any_byte_changed_is_refused() {
    let (issuer, holder) = (new_key(), new_key());
    let claims = object(json!({ "vct": "a", "cnf": { "jwk": holder.public().members() }, "x": [1, 2], "y": { "z": "å" } }));
    let hide = [Path::top("y"), Path::top("y").then("z"), Path::element("x", 1)];
    let text = issue(&issuer, TYP, claims, &hide, &SystemRandom::default()).unwrap();
    let text = bind(&text, &holder, "a", "n", NOW).unwrap();
    let keys = [issuer.public()];
    let right = |text: &str| open(text, &keys).and_then(|opened| opened.check_binding("a", "n", NOW, MINUTE)).is_ok();
    for changed in each(&text) {
        assert!(!right(&changed), "{changed}");
    }
    assert!(right(&text));
}

#[test]
fn a_status_list_with_any_byte_changed_is_refused() {
    let key = new_key();
    let keys = [key.public()];
    let times = Times { iat: NOW, exp: Some(NOW.plus(MINUTE)), ttl: Some(MINUTE) };
    let text = token(&key, URI, &StatusList::new(Order::Token, 2, 40).unwrap(), &times);
    for changed in each(&text) {
        assert!(verify_token(&changed, URI, &keys, NOW).is_err(), "{changed}");
    }
    assert!(verify_token(&text, URI, &keys, NOW).is_ok());

    let list = StatusList::new(Order::Bitstring, 1, 131_072).unwrap();
    let text = bitstring_token(&key, "https://issuer.example", URI, StatusKind::Revocation, &list, &times).unwrap();
    let right = |text: &str| verify_bitstring_token(text, URI, StatusKind::Revocation, &keys, NOW).is_ok();
    for changed in each(&text) {
        assert!(!right(&changed), "{changed}");
    }
    assert!(right(&text));
}
