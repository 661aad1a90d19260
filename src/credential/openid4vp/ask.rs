//! A request to another wallet: unsigned, by the prefix `redirect_uri` (OpenID4VP 1.0, 5.9.3), so that its answer can go to this address
//! and nowhere else.

use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::credential::dcql::{Query, SD_JWT_VC};
use crate::crypto::jws::Alg;

/// What a verifier asks, once.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// Where the answer is posted (8.2): known to this request alone.
    pub response_uri: String,
    /// Each of base64url, random and fresh (5.2).
    pub nonce: String,
    pub state: String,
    pub query: Query,
}

impl Asking {
    /// The audience of the presentation: the whole identifier (14.8).
    pub fn client_id(&self) -> String {
        format!("redirect_uri:{}", self.response_uri)
    }

    /// What opens a wallet, as a link or in a QR code (9, 13.1.2).
    pub fn link(&self) -> String {
        let query = Serializer::new(String::new()).extend_pairs(self.parameters()).finish();
        format!("openid4vp://?{query}")
    }

    fn parameters(&self) -> [(&'static str, String); 8] {
        [
            ("response_type", "vp_token".to_owned()),
            ("client_id", self.client_id()),
            ("response_mode", "direct_post".to_owned()),
            ("response_uri", self.response_uri.clone()),
            ("nonce", self.nonce.clone()),
            ("state", self.state.clone()),
            ("dcql_query", self.query.json().to_string()),
            ("client_metadata", metadata().to_string()),
        ]
    }
}

/// What we can check (11.1, B.3.4).
fn metadata() -> Value {
    let algorithms = Alg::NAMES;
    json!({ "vp_formats_supported": { SD_JWT_VC: { "sd-jwt_alg_values": algorithms, "kb-jwt_alg_values": algorithms } } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::openid4vp::{Client, Request, Source};

    #[test]
    fn our_own_wallet_reads_what_we_ask() {
        let asking = Asking {
            response_uri: "https://a.example/openid4vp/response/x".into(),
            nonce: "n".repeat(22),
            state: "s".repeat(22),
            query: Query::one(&["t"], &[&["name"], &["part"]]),
        };
        let Ok(Source::Value(members)) = Source::read(&asking.link()) else { panic!("by value") };
        let read = Request::unsigned(&members).expect("a request");
        assert!(matches!(&read.client, Client::Address(url) if url.as_str() == asking.response_uri));
        assert_eq!((&read.nonce, read.state.as_deref(), &read.query), (&asking.nonce, Some(asking.state.as_str()), &asking.query));
        assert_eq!((read.client_id.as_str(), read.seal.is_none()), (asking.client_id().as_str(), true));
    }
}
