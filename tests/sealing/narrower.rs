//! Frozen vectors of narrower tokens: what they are under the secret above, and their bundle under their own.

use egenkarta::crypto::child::{Child, ChildPlace};
use egenkarta::crypto::token::{TokenPlace, TokenSecret};
use egenkarta::domain::consent::{Mode, Right};
use egenkarta::domain::oauth::Part;
use egenkarta::domain::profile::Section;
use egenkarta::domain::{ConsentId, Timestamp};
use serde_json::{Value, json};

use super::vectors::{CONSENT, Seeded, bundle, consent_secret, frozen_bytes, id, owner, secret, terms, token_place};

const TOKEN: [u8; 32] = [0x77; 32];
const PARENT: [u8; 32] = [0x88; 32];

/// A child of a child.
pub fn child_place() -> ChildPlace<'static> {
    ChildPlace { owner: owner(), consent: ConsentId(id(CONSENT)), token: &TOKEN, parent: &PARENT }
}

fn part() -> Part {
    Part {
        id: id(20),
        sections: [Section::P05].into(),
        entries: ["0909".to_owned()].into(),
        rights: [Right::Read].into(),
        mode: Mode::View,
        until: Timestamp(7),
    }
}

fn child() -> Child {
    let secret = consent_secret();
    Child { bundle: bundle(), log_key: secret.log_key(), code: secret.code(), depth: 2 }
}

fn token() -> TokenSecret {
    TokenSecret::parse(&format!("egk_{}", secret().text().as_str())).unwrap()
}

fn narrower_place() -> TokenPlace {
    TokenPlace { parent: PARENT.to_vec(), ..token_place() }
}

/// The formats with fixed inputs, as hexadecimal.
pub fn made() -> [(&'static str, Value); 3] {
    let sealed = |bytes: Vec<u8>| json!({ "sealed": hex::encode(bytes) });
    let (above, own) = (consent_secret(), consent_secret().child(id(20)));
    [
        ("child-terms", sealed(above.seal_child_terms(&child_place(), &part(), &Seeded::new(15)))),
        ("child", sealed(own.seal_child(&child_place(), &child(), &Seeded::new(16)))),
        ("token-narrower", sealed(token().seal(&narrower_place(), &own, &Seeded::new(17)))),
    ]
}

pub fn opens(name: &str, bytes: &[u8]) -> bool {
    match name {
        "child-terms" => consent_secret().open_child_terms::<Part>(&child_place(), bytes).is_ok(),
        _ => consent_secret().child(id(20)).open_child(&child_place(), 5, bytes).is_ok(),
    }
}

#[test]
fn frozen_narrower_tokens_open_and_by_the_secret_above_only_what_they_are() {
    let (above, own) = (consent_secret(), consent_secret().child(id(20)));
    let (kept, bundle) = (frozen_bytes("child-terms", "sealed"), frozen_bytes("child", "sealed"));
    assert!(own.open_child_terms::<Part>(&child_place(), &kept).is_err());
    assert!(above.open_child(&child_place(), 5, &bundle).is_err() && own.open_child(&child_place(), 4, &bundle).is_err());
    assert_eq!(above.open_child_terms::<Part>(&child_place(), &kept).unwrap(), part());
    let opened = own.open_child(&child_place(), 5, &bundle).unwrap();
    assert_eq!((opened.bundle.terms, opened.code, opened.depth), (terms(), above.code(), 2));
    assert_eq!(opened.log_key.expose(), above.log_key().expose());
    assert_ne!(own.log_key().expose(), above.log_key().expose(), "what is made from a child's secret is another's");
    let sealed = frozen_bytes("token-narrower", "sealed");
    assert!(token().open(&token_place(), &sealed).is_err(), "whoever drops the parent opens nothing");
    assert_eq!(token().open(&narrower_place(), &sealed).unwrap().bytes(), own.bytes());
}
