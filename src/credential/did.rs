//! Keys by which issuers are named: did:key and did:jwk hold the key themselves, did:web says where it stands.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use crate::crypto::jws::{PublicJwk, object};

/// Multicodec of an Ed25519 public key (did:key, 3.1).
const ED25519: [u8; 2] = [0xed, 0x01];
/// No key that we take is written longer.
const LONGEST: usize = 4096;

/// What a DID says of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Did {
    /// The key itself.
    Key(PublicJwk),
    /// https address of its document.
    Web(String),
    /// Of a method or with a kind of key that we do not know.
    Unknown,
}

/// `None` where it is no DID, or is ill-formed. What stands after `#` is passed over.
pub fn read(text: &str) -> Option<Did> {
    let (method, id) = text.strip_prefix("did:")?.split_once(':')?;
    let id = id.split(['#', '?', '/']).next().filter(|id| !id.is_empty() && id.len() <= LONGEST)?;
    match method {
        "key" => match multikey(id) {
            Some(key) => Some(Did::Key(key)),
            // Of another kind, or broken: which is not told apart without knowing the kind.
            None => bytes(id).map(|_| Did::Unknown),
        },
        "jwk" => {
            let members = object(&URL_SAFE_NO_PAD.decode(id).ok()?)?;
            Some(PublicJwk::for_badges(&members).map_or(Did::Unknown, Did::Key))
        }
        "web" => web(id).map(Did::Web),
        _ => Some(Did::Unknown),
    }
}

/// An Ed25519 key as Multikey (Controlled Identifiers 1.0, 2.2.2), base58btc.
pub fn multikey(text: &str) -> Option<PublicJwk> {
    let bytes = bytes(text)?;
    let key = bytes.strip_prefix(&ED25519)?;
    Some(PublicJwk::from_ed25519(key.try_into().ok()?))
}

/// Base58btc behind its `z` (multibase).
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    let text = text.strip_prefix('z').filter(|text| text.len() <= 200)?;
    bs58::decode(text).into_vec().ok().filter(|bytes| !bytes.is_empty())
}

/// did:web method, "Read": `host[%3Aport][:path]*`.
fn web(id: &str) -> Option<String> {
    let mut parts = id.split(':');
    let host = parts.next()?.replace("%3A", ":").replace("%3a", ":");
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
    let path: Vec<&str> = parts.collect();
    if !path.iter().all(|part| plain(part) && *part != "." && *part != "..") {
        return None;
    }
    let path = if path.is_empty() { ".well-known".to_owned() } else { path.join("/") };
    let url = Url::parse(&format!("https://{host}/{path}/did.json")).ok()?;
    let fine = url.username().is_empty() && url.path() == format!("/{path}/did.json") && url.query().is_none();
    fine.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_gives_none() {
        for text in
            ["", "did:key", "did:key:", "did:key:6Mk", "did:key:z0OIl", "did:jwk:e30x", "did:web:", "did:web:a:..:b", "did:web:a@b"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        for text in ["did:example:123", "did:jwk:eyJrdHkiOiJvY3QiLCJrIjoiQUEifQ"] {
            assert_eq!(read(text), Some(Did::Unknown), "{text}");
        }
        let p256 = format!("did:key:z{}", bs58::encode([&[0x80, 0x24][..], &[2; 33]].concat()).into_string());
        assert_eq!(read(&p256), Some(Did::Unknown), "P-256 as a compressed point");
    }

    #[test]
    fn a_key_and_the_address_of_a_document_are_read() {
        let key = format!("did:key:z{}", bs58::encode([&ED25519[..], &[7; 32]].concat()).into_string());
        let named = format!("{key}#{}", &key[8..]);
        assert_eq!(read(&named), Some(Did::Key(PublicJwk::from_ed25519([7; 32]))));
        let jwk = format!(
            "did:jwk:{}",
            URL_SAFE_NO_PAD.encode(format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#, URL_SAFE_NO_PAD.encode([7; 32])))
        );
        assert_eq!(read(&format!("{jwk}#0")), Some(Did::Key(PublicJwk::from_ed25519([7; 32]))));
        let web = |text: &str, url: &str| assert_eq!(read(text), Some(Did::Web(url.to_owned())));
        web("did:web:a.example", "https://a.example/.well-known/did.json");
        web("did:web:a.example%3A8443:unit:1#key", "https://a.example:8443/unit/1/did.json");
    }
}
