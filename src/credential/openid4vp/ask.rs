//! A request to another wallet. Where the operator has a certificate it is signed by that, fetched by the wallet, and its answer sealed
//! to whoever asked (OpenID4VP 1.0, 5.9.3, 5.10, 8.3; HAIP 1.0, 5). Else it is unsigned, by the prefix `redirect_uri`, so that its answer
//! can go to this address and nowhere else.

use serde_json::{Map, Value, json};
use url::form_urlencoded::Serializer;

use super::request::AUDIENCE;
use crate::credential::dcql::{Query, SD_JWT_VC};
use crate::crypto::jwe::{Enc, SealKey};
use crate::crypto::jws::Alg;
use crate::domain::Timestamp;
use crate::domain::time::SECOND;

/// What a verifier asks, once.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// Where the answer is posted (8.2): known to this request alone.
    pub response_uri: String,
    /// Each of base64url, random and fresh (5.2).
    pub nonce: String,
    pub state: String,
    pub query: Query,
    /// `None` where nothing vouches for us.
    pub signed: Option<Signed>,
}

/// What a request that is signed by a certificate has more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// `x509_hash:` and the certificate's.
    pub client_id: String,
    /// Where the request itself lies, so that a QR code stays small.
    pub request_uri: String,
    /// To what the answer is sealed: known to this request alone.
    pub seal: SealKey,
}

impl Asking {
    /// The audience of the presentation: the whole identifier (14.8).
    pub fn client_id(&self) -> String {
        self.signed.as_ref().map_or_else(|| format!("redirect_uri:{}", self.response_uri), |signed| signed.client_id.clone())
    }

    /// What opens a wallet, as a link or in a QR code (9, 13.1.2).
    pub fn link(&self) -> String {
        let mut query = Serializer::new(String::new());
        match &self.signed {
            None => {
                for (name, value) in self.parameters() {
                    query.append_pair(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
                }
            }
            Some(Signed { client_id, request_uri, .. }) => {
                query.append_pair("client_id", client_id).append_pair("request_uri", request_uri);
                query.append_pair("request_uri_method", "post");
            }
        }
        format!("openid4vp://?{}", query.finish())
    }

    /// The claims of its Request Object (RFC 9101, 4), with the nonce that the wallet sent (5.10), until it ends.
    pub fn claims(&self, wallet_nonce: Option<&str>, now: Timestamp, until: Timestamp) -> Map<String, Value> {
        let own = self.parameters().map(|(name, value)| (name.to_owned(), value));
        let mut claims: Map<String, Value> = own.into_iter().collect();
        claims.insert("aud".to_owned(), AUDIENCE.into());
        claims.insert("iat".to_owned(), (now.0 / SECOND).into());
        claims.insert("exp".to_owned(), (until.0 / SECOND).into());
        claims.extend(wallet_nonce.map(|nonce| ("wallet_nonce".to_owned(), nonce.into())));
        claims
    }

    fn parameters(&self) -> [(&'static str, Value); 8] {
        let mode = if self.signed.is_some() { "direct_post.jwt" } else { "direct_post" };
        [
            ("response_type", "vp_token".into()),
            ("client_id", self.client_id().into()),
            ("response_mode", mode.into()),
            ("response_uri", self.response_uri.as_str().into()),
            ("nonce", self.nonce.as_str().into()),
            ("state", self.state.as_str().into()),
            ("dcql_query", self.query.json()),
            ("client_metadata", self.metadata()),
        ]
    }

    /// What we can check, and what we can open (5.1, 11.1, B.3.4).
    fn metadata(&self) -> Value {
        let algorithms = Alg::NAMES;
        let mut metadata =
            json!({ "vp_formats_supported": { SD_JWT_VC: { "sd-jwt_alg_values": algorithms, "kb-jwt_alg_values": algorithms } } });
        if let Some(signed) = &self.signed {
            metadata["jwks"] = json!({ "keys": [signed.seal.published()] });
            metadata["encrypted_response_enc_values_supported"] = json!(Enc::NAMES);
        }
        metadata
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::openid4vp::{Client, Request, Source};
    use crate::crypto::jwe::OpenKey;
    use crate::crypto::secret::Key;

    fn asking(signed: Option<Signed>) -> Asking {
        Asking {
            response_uri: "https://a.example/openid4vp/response/x".into(),
            nonce: "n".repeat(22),
            state: "s".repeat(22),
            query: Query::one(&["t"], &[&["name"], &["part"]]),
            signed,
        }
    }

    #[test]
    fn our_own_wallet_reads_what_we_ask() {
        let asking = asking(None);
        let Ok(Source::Value(members)) = Source::read(&asking.link()) else { panic!("by value") };
        let read = Request::unsigned(&members).expect("a request");
        assert!(matches!(&read.client, Client::Address(url) if url.as_str() == asking.response_uri));
        assert_eq!((&read.nonce, read.state.as_deref(), &read.query), (&asking.nonce, Some(asking.state.as_str()), &asking.query));
        assert_eq!((read.client_id.as_str(), read.seal.is_none()), (asking.client_id().as_str(), true));
    }

    #[test]
    fn our_own_wallet_reads_what_we_sign() {
        let client_id = format!("x509_hash:{}", "A".repeat(43));
        let seal = OpenKey::of(&Key::from_bytes([1; 32])).public("a").expect("a point");
        let request_uri = "https://a.example/openid4vp/request/x".to_owned();
        let asking = asking(Some(Signed { client_id: client_id.clone(), request_uri: request_uri.clone(), seal: seal.clone() }));
        let reference = Source::Reference { client_id: client_id.clone(), uri: request_uri, post: true };
        assert_eq!(Source::read(&asking.link()), Ok(reference));
        let claims = asking.claims(Some("w"), Timestamp(1000 * SECOND), Timestamp(1600 * SECOND));
        let read =
            |sent: Option<&str>, now| Request::signed(Client::parse(&client_id).expect("a client"), &claims, &client_id, sent, now);
        assert!(read(Some("v"), 1000).is_err() && read(Some("w"), 1700).is_err(), "another nonce, or its time over");
        let read = read(Some("w"), 1000).expect("a request");
        assert_eq!((&read.nonce, read.state.as_deref(), &read.query), (&asking.nonce, Some(asking.state.as_str()), &asking.query));
        assert_eq!((read.seal, claims["aud"].as_str()), (Some((seal, Enc::A128Gcm)), Some(AUDIENCE)));
    }
}
