//! What holds for any credential: it opens to what was issued less what was left out, and no text makes reading it panic.

use base64::Engine;
use egenkarta::credential::sd_jwt::{Path, SdJwt, Step, TYP, issue_with_decoys};
use egenkarta::credential::status::{Order, StatusList};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::domain::random::SystemRandom;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{B64, hidden, new_key, object, open, raw_credential};

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-zåäö~.\"\\\\ ]{0,8}".prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-e]", inner, 0..4).prop_map(|all| Value::from(all.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Every path in it, except the top.
fn paths(value: &Value, here: &Path, out: &mut Vec<Path>) {
    let steps: Vec<(Step, &Value)> = match value {
        Value::Object(all) => all.iter().map(|(name, value)| (Step::Name(name.clone()), value)).collect(),
        Value::Array(all) => all.iter().enumerate().map(|(index, value)| (Step::Index(index), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in steps {
        let path = here.then(step);
        paths(value, &path, out);
        out.push(path);
    }
}

/// What remains of `value` where all of `gone` is left out: the rule in its plainest form.
fn without(value: &Value, here: &Path, gone: &dyn Fn(&Path) -> bool) -> Value {
    match value {
        Value::Object(all) => {
            let kept = all.iter().map(|(name, value)| (here.then(name.as_str()), name, value)).filter(|(path, ..)| !gone(path));
            kept.map(|(path, name, value)| (name.clone(), without(value, &path, gone))).collect::<Map<_, _>>().into()
        }
        Value::Array(all) => {
            let kept = all.iter().enumerate().map(|(index, value)| (here.then(index), value)).filter(|(path, _)| !gone(path));
            kept.map(|(path, value)| without(value, &path, gone)).collect::<Vec<_>>().into()
        }
        plain => plain.clone(),
    }
}

/// Hides every path that `hide` wants, shows those that `keep` wants, and opens that.
pub fn shown(
    key: &SigningKey,
    claims: &Map<String, Value>,
    decoys: usize,
    hide: &dyn Fn(&Path) -> bool,
    keep: &dyn Fn(&Path) -> bool,
) {
    let whole = Value::from(claims.clone());
    let mut all = Vec::new();
    paths(&whole, &Path::default(), &mut all);
    let hide: Vec<Path> = all.into_iter().filter(hide).collect();
    let mut issued = claims.clone();
    issued.insert("vct".to_owned(), "urn:any".into());
    let text = issue_with_decoys(key, TYP, issued, &hide, decoys, &SystemRandom::default()).unwrap();
    let parsed = SdJwt::parse(&text).unwrap();
    assert_eq!(parsed.disclosable().count(), hide.len());
    let part = parsed.present(keep);
    let mut opened = open(&part, &[key.public()]).unwrap();
    opened.claims.remove("vct");
    let gone = |path: &Path| hide.contains(path) && !keep(path);
    assert_eq!(Value::from(opened.claims), without(&whole, &Path::default(), &gone));
    let mut expected: Vec<&Path> =
        hide.iter().filter(|path| (1..=path.0.len()).all(|n| !gone(&Path(path.0[..n].to_vec())))).collect();
    let mut found: Vec<&Path> = opened.disclosed.iter().collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    // Nothing of what was left out stands in what is shown, in no form.
    assert!(SdJwt::parse(&part).unwrap().present(|_| true) == part && part.split('~').count() == expected.len() + 2);
}

/// What of it opens.
pub fn opened(key: &SigningKey, claims: &Map<String, Value>, hide: &dyn Fn(&Path) -> bool, keep: &dyn Fn(&Path) -> bool) -> Value {
    let mut all = Vec::new();
    paths(&Value::from(claims.clone()), &Path::default(), &mut all);
    let hide: Vec<Path> = all.into_iter().filter(hide).collect();
    let text = issue_with_decoys(key, TYP, claims.clone(), &hide, 0, &SystemRandom::default()).unwrap();
    let part = SdJwt::parse(&text).unwrap().present(keep);
    SdJwt::parse(&part).unwrap().verify(&[key.public()]).unwrap().claims.into()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_issued_in_part_and_shown_in_part_opens_to_just_that(
        claims in prop::collection::btree_map("[f-k]", json_value(), 0..4), hide in any::<u64>(), keep in any::<u64>(), decoys in 0..3usize
    ) {
        let key = new_key();
        let claims = claims.into_iter().collect();
        let chosen = |bits: u64| move |path: &Path| {
            let sum = path.to_string().bytes().fold(7u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
            bits >> (sum % 64) & 1 == 1
        };
        shown(&key, &claims, decoys, &chosen(hide), &chosen(keep));
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,200}|([A-Za-z0-9_-]{0,40}[.~]){0,8}") {
        let _ = SdJwt::parse(&text);
    }

    #[test]
    fn no_signed_content_makes_reading_panic(payload in json_value(), content in prop_oneof![json_value(), json_value().prop_map(|value| json!(["s", "a", value]))]) {
        let key = new_key();
        let (text, digest) = hidden(&content.to_string());
        for payload in [json!({ "x": payload, "_sd": [digest] }), json!({ "x": [{ "...": digest }, payload] }), json!({ "_sd": payload })] {
            let _ = open(&raw_credential(&key, payload, &[&text]), &[key.public()]);
        }
    }

    #[test]
    fn no_text_makes_reading_a_list_panic(text in "u?[A-Za-z0-9_-]{0,80}|\\PC{0,40}|eN[A-Za-z0-9_-]{0,80}", bits in any::<u8>()) {
        for order in [Order::Token, Order::Bitstring] {
            let _ = StatusList::decode(order, &text, bits, 1_000);
        }
    }

    #[test]
    fn a_list_says_what_was_set(entries in prop::collection::vec((0..3_000u64, any::<u8>()), 0..40), power in 0..4u8, bitstring in any::<bool>()) {
        let (order, bits) = if bitstring { (Order::Bitstring, 1) } else { (Order::Token, 1 << power) };
        let mut list = StatusList::new(order, bits, 3_000).expect("room");
        let mut told = std::collections::BTreeMap::new();
        for (index, status) in entries {
            let status = status & (0xff >> (8 - bits));
            prop_assert!(list.set(index, status));
            told.insert(index, status);
        }
        let read = StatusList::decode(order, &list.encode(), bits, list.bytes()).expect("a list");
        for index in 0..3_000 {
            prop_assert_eq!(read.get(index), Some(told.get(&index).copied().unwrap_or(0)));
        }
    }
}

#[test]
fn whatever_stands_at_the_top_may_be_hidden_with_all_that_it_holds() {
    let claims = object(json!({ "a": { "b": { "c": [1, [2, { "d": 3 }], {}] } }, "e": [[[]]], "f": null }));
    let key = new_key();
    shown(&key, &claims, 1, &|_| true, &|_| true);
    shown(&key, &claims, 1, &|_| true, &|_| false);
    shown(&key, &claims, 0, &|_| true, &|path| path.0.len() != 2);
    shown(&key, &claims, 0, &|_| false, &|_| false);
}

/// The order of digests would tell which claim is which (RFC 9901, 4.2.4.1), at the top and behind a disclosure.
#[test]
fn digests_stand_in_an_order_that_says_nothing() {
    let claims = object(json!({ "a": { "p": 1, "q": 2, "r": 3, "s": 4 }, "b": 1, "c": 2, "d": 3 }));
    let within = ["p", "q", "r", "s"].map(|name| Path::top("a").then(name));
    let hide: Vec<Path> = ["a", "b", "c", "d"].map(Path::top).into_iter().chain(within).collect();
    let text = issue_with_decoys(&new_key(), TYP, claims, &hide, 3, &SystemRandom::default()).unwrap();
    let mut lists = Vec::new();
    for (at, part) in text.trim_end_matches('~').split('~').enumerate() {
        let part = if at == 0 { part.split('.').nth(1).unwrap() } else { part };
        let content: Value = serde_json::from_slice(&B64.decode(part).unwrap()).unwrap();
        lists.extend(content.get("_sd").or_else(|| content.get(2)?.get("_sd")).cloned());
    }
    let lists: Vec<Vec<String>> = lists.into_iter().map(|list| serde_json::from_value(list).unwrap()).collect();
    assert_eq!(lists.iter().map(Vec::len).collect::<Vec<_>>(), [7, 7]);
    assert!(lists.iter().all(|list| list.is_sorted()), "{lists:?}");
}
