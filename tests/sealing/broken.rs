//! Broken shapes, each with a file of its own in `tests/vectors/broken`: none opens.

use egenkarta::crypto::bundle::ConsentSecret;
use egenkarta::crypto::manifest::Manifest;
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::crypto::token::TokenSecret;
use egenkarta::crypto::{Ad, Key, Keyring, Label, Padding, record};
use egenkarta::domain::{ConsentId, OwnerId, SystemRandom};
use serde_json::{Value, json};

use super::vectors::{bundle_ad, consent_secret, folder, frozen, keyring, opens, owner};

/// Opened as what, the shape's name, the bytes.
type Shape = (&'static str, &'static str, Vec<u8>);

fn sealed(name: &str) -> Vec<u8> {
    hex::decode(frozen(name)["sealed"].as_str().unwrap()).unwrap()
}

fn altered(name: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = sealed(name);
    change(&mut bytes);
    bytes
}

/// Shapes that were spoilt from outside.
fn outside() -> Vec<Shape> {
    let last = |bytes: &mut Vec<u8>| *bytes.last_mut().unwrap() ^= 1;
    let mut all = vec![
        ("record-1-steps", "record-format-unknown", altered("record-1-steps", |b| b[0] = 9)),
        ("record-1-steps", "record-other-generation", altered("record-1-steps", |b| b[4] ^= 1)),
        ("record-1-steps", "record-other-salt", altered("record-1-steps", |b| b[5] ^= 1)),
        ("record-1-steps", "record-other-commitment", altered("record-1-steps", |b| b[37] ^= 1)),
        ("record-1-steps", "record-head-only", altered("record-1-steps", |b| b.truncate(69))),
        ("record-1-steps", "record-one-byte-more", altered("record-1-steps", |b| b.push(0))),
        ("entry-2", "entry-as-record-1", altered("entry-2", |b| b[0] = 1)),
        ("entry-2", "entry-without-tag", altered("entry-2", |b| b.truncate(b.len() - 16))),
        ("receive-3", "message-other-suite", altered("receive-3", |b| b[5] ^= 1)),
        ("receive-3", "message-other-generation", altered("receive-3", |b| b[4] ^= 1)),
        ("receive-3", "message-other-encapsulation", altered("receive-3", |b| b[11] ^= 1)),
        ("receive-3", "message-cut", altered("receive-3", |b| b.truncate(1131))),
    ];
    let proofs = super::proofs::made().map(|(name, _)| name);
    let older = ["record-1-steps", "entry-2", "receive-3", "slot", "manifest", "bundle", "token", "child-terms", "child"];
    for name in older.into_iter().chain(proofs) {
        all.push((name, "", Vec::new()));
        all.push((name, "", altered(name, last)));
    }
    all
}

/// Shapes that are sealed rightly, by the right key, and wrong inside.
fn inside() -> Vec<Shape> {
    let random = SystemRandom::default();
    let bundle_key = Key::from_bytes([0x33; 32]).derive(Label::BundleKey);
    let bundle = |body: &[u8]| record::seal(&bundle_key, 0, &bundle_ad(), Padding::Multiple(1920), body, &random);
    let terms = serde_json::to_value(super::vectors::terms()).unwrap();
    let manifest_ad = Ad::new(Label::ManifestRecord).bytes_field(b"manifest").id(owner().0);
    let manifest = |body: &[u8]| keyring().wrap(&manifest_ad, Padding::Steps, body, &random);
    let longer = [&[0, 0, 2, 0][..], &[0; 508]].concat();
    let padded_long = record::seal(&Key::from_bytes([7; 32]), 3, &super::vectors::ad(), Padding::Fixed, &longer, &random);
    vec![
        ("record-1-steps", "record-length-beyond-its-end", padded_long),
        ("bundle", "bundle-version-unknown", bundle(&bundle_body(2, &terms))),
        ("bundle", "bundle-unknown-term", bundle(&bundle_body(1, &with(&terms, "hours", json!("9-17"))))),
        ("bundle", "bundle-unknown-right", bundle(&bundle_body(1, &with_scope(&terms, "rights", json!(["sell"]))))),
        ("bundle", "bundle-unknown-restriction", bundle(&bundle_body(1, &with_scope(&terms, "only_on", json!("mondays"))))),
        ("bundle", "bundle-other-generation-inside", bundle(&bundle_body(1, &with(&terms, "generation", json!(6))))),
        ("bundle", "bundle-other-owner-inside", bundle(&bundle_body(1, &with(&terms, "owner", json!(uuid::Uuid::nil()))))),
        ("bundle", "bundle-terms-cut", bundle(&[1, 0, 0, 255, 255, b'{'])),
        ("bundle", "bundle-without-rows", bundle(&bundle_body(1, &terms)[..5 + terms.to_string().len()])),
        ("manifest", "manifest-version-unknown", manifest(&[2, 3, 0, 0, 0])),
        ("manifest", "manifest-other-generation-inside", manifest(&[1, 4, 0, 0, 0])),
        ("manifest", "manifest-kind-unknown", manifest(&[&[1, 3, 1][..], &[16; 17], &[200, 1]].concat())),
        ("manifest", "manifest-empty", manifest(&[])),
    ]
}

fn bundle_body(version: u8, terms: &Value) -> Vec<u8> {
    let text = terms.to_string();
    [&[version][..], &u32::try_from(text.len()).unwrap().to_be_bytes(), text.as_bytes(), &[0]].concat()
}

fn with(terms: &Value, member: &str, value: Value) -> Value {
    let mut changed = terms.clone();
    changed[member] = value;
    changed
}

fn with_scope(terms: &Value, member: &str, value: Value) -> Value {
    let mut changed = terms.clone();
    changed["scope"][member] = value;
    changed
}

/// Writes a file for each shape that has a name.
pub fn write() {
    let folder = folder().join("broken");
    std::fs::create_dir_all(&folder).unwrap();
    for (opened_as, name, bytes) in outside().into_iter().chain(inside()).filter(|shape| !shape.1.is_empty()) {
        let text = serde_json::to_string_pretty(&json!({ "opened_as": opened_as, "sealed": hex::encode(bytes) })).unwrap();
        std::fs::write(folder.join(format!("{name}.json")), text + "\n").unwrap();
    }
}

#[test]
fn no_broken_shape_opens() {
    for (opened_as, name, bytes) in outside().into_iter().chain(inside()) {
        assert!(!opens(opened_as, &bytes), "{opened_as}: {name}");
    }
    // The frame around those that are wrong inside is right: with the right inside it opens.
    let terms = serde_json::to_value(super::vectors::terms()).unwrap();
    let key = Key::from_bytes([0x33; 32]).derive(Label::BundleKey);
    let body = bundle_body(1, &terms);
    let right = record::seal(&key, 0, &bundle_ad(), Padding::Multiple(1920), &body, &SystemRandom::default());
    assert!(opens("bundle", &right));
}

#[test]
fn each_frozen_broken_shape_stays_shut() {
    let mut count = 0;
    for file in std::fs::read_dir(folder().join("broken")).unwrap() {
        let value: Value = serde_json::from_str(&std::fs::read_to_string(file.unwrap().path()).unwrap()).unwrap();
        let bytes = hex::decode(value["sealed"].as_str().unwrap()).unwrap();
        assert!(!opens(value["opened_as"].as_str().unwrap(), &bytes), "{value}");
        count += 1;
    }
    assert!(count >= 24, "{count}");
}

#[test]
fn keyrings_codes_and_tokens_of_a_wrong_shape_are_refused() {
    let root = [0x11; 32];
    let encoded = |version: u8, count: u8, past: u8, roots: usize| {
        let one = [&[0, 0, 0, 1][..], &root].concat();
        [&[version, count, past][..], &one.repeat(roots)].concat()
    };
    let wrong = [(2, 1, 0, 1), (1, 0, 0, 0), (1, 3, 0, 3), (1, 1, 0, 2), (1, 2, 0, 1), (1, 1, 1, 1), (1, 1, 255, 1)];
    for bad in wrong.map(|(version, count, past, roots)| encoded(version, count, past, roots)).into_iter().chain([Vec::new()]) {
        assert!(Keyring::decode(OwnerId(uuid::Uuid::nil()), &bad).is_err(), "{bad:?}");
    }
    assert!(Keyring::decode(owner(), &encoded(1, 1, 0, 1)).is_ok());
    let printed = frozen("recovery-code")["printed"].as_str().unwrap().to_owned();
    for bad in [&printed[1..], &format!("{printed}A"), &printed.replace(&printed[..1], "U"), ""] {
        assert!(RecoveryCode::parse(bad).is_err(), "{bad}");
    }
    for bad in ["", "egk_", "IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI", "egk_IiIi+iIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI"] {
        assert!(TokenSecret::parse(bad).is_none(), "{bad}");
    }
    assert!(ConsentSecret::from_slice(&[0; 31]).is_none());
    assert!(Manifest::open(&keyring(), 4, &sealed("manifest")).is_err());
    let other = consent_secret().open_bundle(owner(), ConsentId(uuid::Uuid::nil()), 5, &sealed("bundle"));
    assert!(other.is_err());
}
