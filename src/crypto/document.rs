//! Documents signed by the server's document key: JWS compact serialisation (RFC 7515, 3.1) with Ed25519 (RFC 8037), and the public key
//! as a JWK set (RFC 7517), so that anyone can check them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::server::ServerKeys;

impl ServerKeys {
    /// Signs `payload` as a document of type `typ`: no other document of ours can be taken for it.
    pub fn signed_document(&self, typ: &str, payload: &[u8]) -> String {
        let head = json!({ "alg": "EdDSA", "kid": self.document_kid(), "typ": typ }).to_string();
        let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(head), URL_SAFE_NO_PAD.encode(payload));
        let signature = URL_SAFE_NO_PAD.encode(self.sign_document(input.as_bytes()));
        format!("{input}.{signature}")
    }

    /// The key's thumbprint (RFC 7638).
    pub fn document_kid(&self) -> String {
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, URL_SAFE_NO_PAD.encode(self.document_public()));
        URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()))
    }

    /// The public key by which documents are checked.
    pub fn document_jwks(&self) -> Value {
        let x = URL_SAFE_NO_PAD.encode(self.document_public());
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": self.document_kid(), "use": "sig", "alg": "EdDSA" }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::Key;
    use ring::signature::{ED25519, UnparsedPublicKey};

    fn keys() -> ServerKeys {
        let key = |n| Key::from_bytes([n; 32]);
        ServerKeys { lookup: key(1), pepper: key(2), checkpoint: key(3), document: key(4), issuing: key(5), report: None }
    }

    #[test]
    fn a_document_with_any_sign_changed_does_not_check() {
        let text = keys().signed_document("egenkarta-copy+jws", br#"{"a":1}"#);
        let public = UnparsedPublicKey::new(&ED25519, keys().document_public());
        let fits = |text: &str| {
            let (input, signature) = text.rsplit_once('.').expect("three parts");
            URL_SAFE_NO_PAD.decode(signature).is_ok_and(|signature| public.verify(input.as_bytes(), &signature).is_ok())
        };
        for at in (0..text.len()).filter(|at| text.as_bytes()[*at] != b'.') {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("signs of base64url");
            // Of the last sign four bits hang over; a strict decoder refuses them.
            assert!(!fits(&changed), "sign {at}");
        }
        assert!(fits(&text));
    }

    #[test]
    fn the_key_bears_its_rfc_7638_name_and_no_private_part() {
        // RFC 8037, A.3.
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
        let name = URL_SAFE_NO_PAD.encode(digest(&SHA256, members.as_bytes()));
        assert_eq!(name, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        let jwks = keys().document_jwks();
        assert_eq!(jwks["keys"][0]["kid"], keys().document_kid());
        assert!(jwks["keys"][0].get("d").is_none());
    }
}
