//! Who asks by a certificate (OpenID4VP 1.0, 5.9.3; HAIP 1.0, 5).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;
use url::{Host, Url};

use super::request::Refused;
use crate::crypto::jws::PublicJwk;
use crate::crypto::x509::{Anchors, Chain};
use crate::domain::Timestamp;

/// How a client identifier names the certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// `x509_hash`: SHA-256 of the certificate in base64url.
    Hash(String),
    /// `x509_san_dns`: a DNS name that stands in it.
    Name(String),
}

/// Letters of a DNS name at most (RFC 1035, 2.3.4).
const LONGEST: usize = 253;

impl Named {
    pub fn by_hash(hash: &str) -> Option<Self> {
        let fits = hash.len() == 43 && URL_SAFE_NO_PAD.decode(hash).is_ok_and(|bytes| bytes.len() == 32);
        fits.then(|| Self::Hash(hash.to_owned()))
    }

    pub fn by_name(name: &str) -> Option<Self> {
        let url = Url::parse(&format!("https://{name}")).ok().filter(|_| name.len() <= LONGEST)?;
        // The very name, and no address of a machine.
        let fits = matches!(url.host(), Some(Host::Domain(host)) if host == name);
        fits.then(|| Self::Name(name.to_owned()))
    }

    /// Whether an answer may go to this host, as far as the identifier says.
    pub(super) fn allows(&self, host: &str) -> bool {
        match self {
            Self::Hash(_) => true,
            Self::Name(name) => name == host,
        }
    }

    /// The key that must have signed: of the certificate that is named, if an anchor vouches for it now and it is for `host`, the one
    /// that the answer goes to. OpenID4VP asks the last for `x509_san_dns` alone and leaves it open for `x509_hash`. But the host is
    /// what the person sees and decides by, so it must be the certificate that says whose it is, never the request alone.
    pub fn key(&self, chain: &Chain, host: &str, anchors: &Anchors, now: Timestamp) -> Result<PublicJwk, Refused> {
        let named = match self {
            Self::Hash(hash) => bool::from(chain.hash().as_bytes().ct_eq(hash.as_bytes())),
            Self::Name(name) => chain.is_for(name),
        };
        let key = chain.vouched(anchors, now).filter(|_| named && chain.is_for(host));
        key.ok_or(Refused::Certificate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_no_certificate_is_none() {
        let padded = format!("{}=", "A".repeat(43));
        for hash in ["", "A", &"A".repeat(42), &"A".repeat(44), &padded, &"+".repeat(43), &"B".repeat(43)] {
            assert_eq!(Named::by_hash(hash), None, "{hash}");
        }
        let long = format!("{}.example", "a.".repeat(130));
        for name in ["", "a.example/", "a.example:1", "u@a.example", "A.example", "127.0.0.1", "[::1]", "å.example", "a b", &long]
        {
            assert_eq!(Named::by_name(name), None, "{name}");
        }
        let hash = Named::by_hash("Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk").expect("of the specification");
        assert!(hash.allows("a.example") && hash.allows("b.example"));
        let name = Named::by_name("client.example.org").expect("of the specification");
        assert!(name.allows("client.example.org") && !name.allows("example.org"));
    }
}
