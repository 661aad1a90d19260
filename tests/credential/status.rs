//! Status lists: bounded in memory, of this address, in force; and what an entry means.

use std::io::Write;

use egenkarta::credential::status::{
    INVALID, MAX_BYTES, MAX_TOKEN, MIN_ENTRIES, MOST, Order, SUSPENDED, StatusList, Times, Unusable, bitstring_token,
    in_force_until, listed_in, said, token, usable_until, verify_bitstring_token, verify_token,
};
use egenkarta::crypto::jws::{PublicJwk, SigningKey};
use egenkarta::domain::Timestamp;
use egenkarta::domain::credential::{StatusKind, Unchecked, Verdict, Wrong};
use egenkarta::domain::time::{DAY, HOUR, MINUTE, SECOND};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};

use base64::Engine;

use super::{B64, NOW, new_key, object};

const URI: &str = "https://issuer.example/status/1";

fn times() -> Times {
    Times { iat: NOW, exp: Some(NOW.plus(DAY)), ttl: Some(15 * MINUTE) }
}

fn zeros(bytes: usize) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; bytes]).unwrap();
    B64.encode(encoder.finish().unwrap())
}

#[test]
fn a_list_beyond_its_bound_or_broken_is_refused() {
    let decode = |text: &str, bits, most| StatusList::decode(Order::Token, text, bits, most).err();
    for (text, bits, most, wrong) in [
        // A billion entries of one bit take 125 million bytes: a bomb of some 120 kB.
        (zeros(125_000_000), 1, MAX_BYTES, Some(Wrong::Size)),
        (zeros(101), 1, 100, Some(Wrong::Size)),
        (zeros(100), 3, 100, Some(Wrong::Status)),
        (zeros(100), 0, 100, Some(Wrong::Status)),
        (zeros(100), 16, 100, Some(Wrong::Status)),
        ("x".to_owned(), 1, 100, Some(Wrong::Status)),
        (String::new(), 1, 100, Some(Wrong::Status)),
        (format!("{}=", zeros(100)), 1, 100, Some(Wrong::Status)),
        // Cut off, and with something behind its end.
        (zeros(5_000)[..16].to_owned(), 1, 5_000, Some(Wrong::Status)),
        (B64.encode([B64.decode(zeros(100)).unwrap(), vec![0]].concat()), 1, 100, Some(Wrong::Status)),
        // Its checksum is another's.
        (
            B64.encode({
                let mut bytes = B64.decode(zeros(100)).unwrap();
                *bytes.last_mut().unwrap() ^= 1;
                bytes
            }),
            1,
            100,
            Some(Wrong::Status),
        ),
        (zeros(100), 1, 100, None),
    ] {
        assert_eq!(decode(&text, bits, most), wrong, "{}", &text[..text.len().min(40)]);
    }
    assert_eq!(StatusList::decode(Order::Bitstring, &zeros(100), 1, 100).err(), Some(Wrong::Status), "no multibase");
    assert!(StatusList::new(Order::Token, 3, 8).is_none() && StatusList::new(Order::Bitstring, 2, 8).is_none());
    assert!(StatusList::new(Order::Token, 8, MAX_BYTES + 1).is_none() && StatusList::new(Order::Token, 8, usize::MAX).is_none());
}

#[test]
fn what_stands_beyond_the_end_or_does_not_fit_is_neither_read_nor_written() {
    for (order, bits) in [(Order::Token, 1), (Order::Token, 2), (Order::Token, 4), (Order::Token, 8), (Order::Bitstring, 1)] {
        let mut list = StatusList::new(order, bits, 16).unwrap();
        assert_eq!((list.entries(), list.get(16), list.get(u64::MAX)), (16, None, None));
        assert!(!list.set(16, 0) && (bits == 8 || !list.set(0, 1 << bits)));
        assert!(list.set(15, 1) && list.get(15) == Some(1) && list.get(14) == Some(0));
    }
}

#[test]
fn a_million_entries_that_do_not_compress_are_signed_and_read() {
    let key = new_key();
    let mut list = StatusList::new(Order::Token, 2, 1_000_000).unwrap();
    for index in 0..1_000_000 {
        assert!(list.set(index, (index.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 61) as u8 & 3));
    }
    let text = token(&key, URI, &list, &times());
    assert!(text.len() < MAX_TOKEN);
    assert_eq!(verify_token(&text, URI, &[key.public()], NOW).unwrap().list, list);
}

/// Signed whatever it says.
fn listed(key: &SigningKey, typ: &str, changes: Value) -> String {
    let list = StatusList::new(Order::Token, 1, 8).unwrap();
    let mut claims = object(json!({
        "sub": URI, "iat": NOW.0 / SECOND, "exp": NOW.plus(DAY).0 / SECOND, "ttl": 900,
        "status_list": { "bits": 1, "lst": list.encode() },
    }));
    claims.extend(object(changes));
    claims.retain(|_, value| !value.is_null());
    key.compact(object(json!({ "typ": typ })), Value::from(claims).to_string().as_bytes())
}

#[test]
fn a_list_of_another_address_time_type_or_key_says_nothing() {
    let key = new_key();
    let keys = [key.public()];
    let at = |seconds: i64| json!(NOW.plus(seconds * SECOND).0 / SECOND);
    let verify = |text: &str, keys: &[PublicJwk]| verify_token(text, URI, keys, NOW).err();
    for (changes, wrong) in [
        (json!({ "sub": "https://issuer.example/status/2" }), Wrong::Status),
        (json!({ "sub": null }), Wrong::Status),
        (json!({ "iat": null }), Wrong::Claims),
        (json!({ "iat": at(120) }), Wrong::Claims),
        (json!({ "nbf": at(120) }), Wrong::Claims),
        (json!({ "exp": "never" }), Wrong::Claims),
        (json!({ "ttl": 0 }), Wrong::Claims),
        (json!({ "ttl": -1 }), Wrong::Claims),
        (json!({ "ttl": "900" }), Wrong::Claims),
        (json!({ "status_list": null }), Wrong::Claims),
        (json!({ "status_list": { "lst": "eNpjAAAAAQAB" } }), Wrong::Claims),
        (json!({ "status_list": { "bits": 257, "lst": "eNpjAAAAAQAB" } }), Wrong::Claims),
        (json!({ "status_list": { "bits": 3, "lst": "eNpjAAAAAQAB" } }), Wrong::Status),
        (json!({ "status_list": { "bits": 1, "lst": zeros(MAX_BYTES + 1) } }), Wrong::Size),
    ] {
        assert_eq!(verify(&listed(&key, "statuslist+jwt", changes.clone()), &keys), Some(Unusable::Wrong(wrong)), "{changes}");
    }
    for typ in ["jwt", "dc+sd-jwt", "statuslist+cwt"] {
        assert_eq!(verify(&listed(&key, typ, json!({})), &keys), Some(Unusable::Wrong(Wrong::Kind)));
    }
    let right = listed(&key, "statuslist+jwt", json!({}));
    let mut renamed = new_key().public();
    assert_eq!(verify(&right, &[renamed.clone()]), Some(Unusable::Wrong(Wrong::Key)));
    renamed.kid = Some(key.kid());
    assert_eq!(verify(&right, &[renamed]), Some(Unusable::Wrong(Wrong::Signature)));
    assert_eq!(verify(&right, &[]), Some(Unusable::Wrong(Wrong::Key)));
    assert_eq!(verify("x", &keys), Some(Unusable::Wrong(Wrong::Form)));
    assert_eq!(verify(&"x".repeat(MAX_TOKEN + 1), &keys), Some(Unusable::Wrong(Wrong::Size)));
    let none = format!("{}.e30.", B64.encode(r#"{"alg":"none","typ":"statuslist+jwt"}"#));
    assert_eq!(verify(&none, &keys), Some(Unusable::Wrong(Wrong::Algorithm)));
    assert_eq!(verify(&listed(&key, "statuslist+jwt", json!({ "exp": at(-120) })), &keys), Some(Unusable::Stale));
    for right in [json!({}), json!({ "ttl": null, "exp": null }), json!({ "ttl": 1e300 }), json!({ "exp": at(-30) })] {
        assert_eq!(verify(&listed(&key, "application/statuslist+jwt", right), &keys), None);
    }
}

fn bitstring(changes: Value, subject: Value) -> serde_json::Map<String, Value> {
    let list = StatusList::new(Order::Bitstring, 1, MIN_ENTRIES).unwrap();
    let mut inner = object(json!({ "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": list.encode() }));
    inner.extend(object(subject));
    let mut all = object(json!({
        "id": URI, "type": ["VerifiableCredential", "BitstringStatusListCredential"], "validFrom": NOW.rfc3339(), "credentialSubject": inner,
    }));
    all.extend(object(changes));
    all.retain(|_, value| !value.is_null());
    all
}

#[test]
fn a_bitstring_of_another_purpose_address_or_length_says_nothing() {
    let read = |changes, subject| listed_in(&bitstring(changes, subject), URI, StatusKind::Revocation, NOW).err();
    let short = StatusList::new(Order::Bitstring, 1, MIN_ENTRIES - 8).unwrap().encode();
    let wrong = |wrong| Some(Unusable::Wrong(wrong));
    for (changes, subject, fault) in [
        (json!({ "id": "https://issuer.example/other" }), json!({}), wrong(Wrong::Status)),
        (json!({ "id": null }), json!({}), wrong(Wrong::Status)),
        (json!({ "type": "VerifiableCredential" }), json!({}), wrong(Wrong::Kind)),
        (json!({ "validFrom": null }), json!({}), wrong(Wrong::Claims)),
        (json!({ "validFrom": "today" }), json!({}), wrong(Wrong::Claims)),
        (json!({ "validFrom": NOW.plus(HOUR).rfc3339() }), json!({}), wrong(Wrong::Claims)),
        (json!({ "credentialSubject": [] }), json!({}), wrong(Wrong::Claims)),
        (json!({}), json!({ "type": "Other" }), wrong(Wrong::Kind)),
        (json!({}), json!({ "statusPurpose": "suspension" }), wrong(Wrong::Status)),
        (json!({}), json!({ "encodedList": short }), wrong(Wrong::Status)),
        (json!({}), json!({ "encodedList": 1 }), wrong(Wrong::Claims)),
        (json!({}), json!({ "ttl": -1 }), wrong(Wrong::Claims)),
        (json!({ "validUntil": NOW.plus(-HOUR).rfc3339() }), json!({}), Some(Unusable::Stale)),
        (json!({}), json!({}), None),
        (json!({}), json!({ "statusPurpose": ["message", "revocation"] }), None),
    ] {
        assert_eq!(read(changes.clone(), subject.clone()), fault, "{changes} {subject}");
    }
}

#[test]
fn a_bitstring_counts_from_the_left_and_a_status_list_from_the_right() {
    let key = new_key();
    let mut list = StatusList::new(Order::Bitstring, 1, MIN_ENTRIES).unwrap();
    assert!(list.set(1, 1) && list.set(131_071, 1));
    let text = bitstring_token(&key, "https://issuer.example", URI, StatusKind::Revocation, &list, &times()).unwrap();
    let read = verify_bitstring_token(&text, URI, StatusKind::Revocation, &[key.public()], NOW).unwrap();
    assert_eq!((read.times, &read.list), (times(), &list));
    assert!(verify_bitstring_token(&text, URI, StatusKind::Suspension, &[key.public()], NOW).is_err());
    assert!(verify_bitstring_token(&text, URI, StatusKind::Revocation, &[new_key().public()], NOW).is_err());
    // The same bytes, by hand: 0b0100_0000 first, 0b0000_0001 last.
    let packed = B64.decode(list.encode().strip_prefix('u').unwrap()).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut bytes).unwrap();
    assert_eq!((bytes.len(), bytes[0], bytes[16_383]), (16_384, 0x40, 0x01));
    assert!(bitstring_token(&key, "i", URI, StatusKind::Token, &list, &times()).is_none());
    let other = StatusList::new(Order::Token, 1, MIN_ENTRIES).unwrap();
    assert!(bitstring_token(&key, "i", URI, StatusKind::Revocation, &other, &times()).is_none());
}

#[test]
fn an_entry_means_what_its_list_is_for() {
    let mut list = StatusList::new(Order::Token, 2, 8).unwrap();
    assert!(list.set(1, INVALID) && list.set(2, SUSPENDED) && list.set(3, 3));
    let unknown = Some(Verdict::CannotBeChecked(Unchecked::Status));
    let token = |index| said(StatusKind::Token, &list, index);
    assert_eq!([token(0), token(1), token(2), token(3)], [None, Some(Verdict::Withdrawn), Some(Verdict::Suspended), unknown]);
    assert_eq!(token(8), Some(Verdict::NotValid(Wrong::Status)));
    let mut bits = StatusList::new(Order::Bitstring, 1, 8).unwrap();
    assert!(bits.set(1, 1));
    assert_eq!(said(StatusKind::Revocation, &bits, 1), Some(Verdict::Withdrawn));
    assert_eq!(said(StatusKind::Suspension, &bits, 1), Some(Verdict::Suspended));
    assert_eq!((said(StatusKind::Suspension, &bits, 0), said(StatusKind::Other, &bits, 0)), (None, unknown));
}

#[test]
fn an_answer_is_kept_no_longer_than_it_says_nor_than_we_allow() {
    let times = |exp: Option<i64>, ttl: Option<i64>| Times { iat: NOW, exp: exp.map(|exp| NOW.plus(exp)), ttl };
    let kept = |exp, ttl| usable_until(NOW, &times(exp, ttl)).since(NOW);
    assert_eq!(kept(None, None), MOST);
    assert_eq!(kept(None, Some(30 * DAY)), MOST);
    assert_eq!(kept(Some(DAY), Some(MINUTE)), MINUTE);
    assert_eq!(kept(Some(MINUTE), Some(HOUR)), MINUTE);
    assert!(kept(Some(-MINUTE), None) < 0 && kept(None, Some(i64::MIN)) == 0);
    // Of one in a file its own word counts.
    let held = |exp, ttl| in_force_until(&times(exp, ttl)).since(NOW);
    assert_eq!((held(Some(30 * DAY), Some(MINUTE)), held(None, Some(7 * DAY)), held(None, None)), (30 * DAY, 7 * DAY, DAY));
    assert_eq!(usable_until(Timestamp(i64::MAX), &times(None, None)), Timestamp(i64::MAX));
}
