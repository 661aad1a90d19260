//! RFC 7638: one key has one name, however it is written.

use egenkarta::crypto::jws::{PublicJwk, object};
use serde_json::{Value, json};

use crate::support::oauth::{Signer, with};

fn print(jwk: &Value) -> [u8; 32] {
    PublicJwk::from_members(&object(jwk.to_string().as_bytes()).unwrap()).unwrap().thumbprint()
}

#[test]
fn other_members_and_their_order_change_nothing_and_another_key_does() {
    let (key, other) = (Signer::new().jwk(), Signer::new().jwk());
    assert_ne!(print(&key), print(&other));
    for (name, value) in [("kid", json!("a")), ("use", json!("sig")), ("alg", json!("ES256")), ("x-own", json!([1]))] {
        assert_eq!(print(&with(&key, name, value)), print(&key), "{name}");
    }
    let turned = format!(r#"{{"y":{},"x":{},"kty":"EC","crv":"P-256"}}"#, key["y"], key["x"]);
    assert_eq!(print(&serde_json::from_str(&turned).unwrap()), print(&key));
}
