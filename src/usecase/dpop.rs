//! Proof of possession (RFC 9449): that whoever sends a request holds the key that a token is, or will be, bound to.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use url::Url;

use super::Service;
use super::assertion::{SKEW, fault};
use crate::crypto::jws::{Claims, Unverified};
use crate::crypto::token::TokenSecret;
use crate::domain::Timestamp;
use crate::domain::oauth::Fault;
use crate::domain::time::{MINUTE, SECOND};
use crate::store::token;

/// The request that a proof was sent with.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// As in the request line.
    pub method: &'a str,
    /// The address, without query, as it is known outside.
    pub url: &'a str,
    /// The access token that goes with it; none at the token endpoint.
    pub token: Option<&'a str>,
}

/// A proof whose signature and claims hold, and which is yet to be marked as presented.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Of the key (RFC 7638).
    pub thumbprint: [u8; 32],
    mark: [u8; 32],
    until: Timestamp,
}

/// A nonce is given out for so long, and taken for so long again.
const SPAN: i64 = 2 * MINUTE + 30 * SECOND;
/// How old a proof may be by its own word; its nonce bounds it besides.
const AGE: i64 = 5 * MINUTE;
const MAX_NAME: usize = 256;

impl Service {
    /// The nonce to put into the next proof.
    pub fn dpop_nonce(&self) -> String {
        self.keys.dpop_nonce(self.span())
    }

    /// Whether the proof holds for this request (RFC 9449, 4.3). Nothing is read or written.
    pub fn dpop_proof(&self, proof: &str, sent: Sent<'_>) -> Result<Held, Fault> {
        let jws = Unverified::parse(proof).map_err(|_| Fault::Proof)?;
        if jws.typ().as_deref() != Some("dpop+jwt") {
            return Err(Fault::Proof);
        }
        // Before the signature is computed: whoever comes without a nonce costs least.
        let span = self.span();
        let spans = [span, span.saturating_sub(1)];
        let known = |nonce: &str| spans.into_iter().find(|span| self.keys.dpop_nonce(*span) == nonce);
        let of = jws.hint("nonce").and_then(known).ok_or_else(|| Fault::Nonce(self.dpop_nonce()))?;
        let key = jws.jwk().map_err(|_| Fault::Proof)?;
        let claims = jws.verify(&key).ok_or(Fault::Proof)?;
        let name = claims.text("jti").filter(|jti| (1..=MAX_NAME).contains(&jti.len())).ok_or(Fault::Proof)?;
        if !self.fits(&claims, sent) {
            return Err(Fault::Proof);
        }
        let thumbprint = key.thumbprint();
        let mark = self.keys.once_mark("proof", &thumbprint, name);
        // Its nonce is taken until the span after its own is over.
        let until = Timestamp(i64::try_from(of).unwrap_or(i64::MAX).saturating_add(2).saturating_mul(SPAN));
        Ok(Held { thumbprint, mark, until })
    }

    /// Whether there is a token that is bound to this key.
    pub async fn is_bound(&self, presented: &str, thumbprint: &[u8; 32]) -> bool {
        let Some(secret) = TokenSecret::parse(presented) else { return false };
        // What cannot be looked up now is told by the read itself.
        let found = self.lookups.tokens.ask(token::Lookup(secret.lookup().0)).await.ok().flatten();
        found.is_some_and(|(row, ..)| row.thumbprint == thumbprint)
    }

    /// Marks it as presented: a second time it is refused, on every node.
    pub async fn dpop_present(&self, held: Held) -> Result<[u8; 32], Fault> {
        let fresh = self.appender.once(held.mark, held.until).await.map_err(|error| fault(&error.into()))?;
        if fresh { Ok(held.thumbprint) } else { Err(Fault::Proof) }
    }

    fn fits(&self, claims: &Claims, sent: Sent<'_>) -> bool {
        let now = self.now();
        let at = claims.seconds("iat").ok().flatten().map(|seconds| Timestamp(seconds.saturating_mul(SECOND)));
        let in_time = at.is_some_and(|at| at <= now.plus(SKEW) && at >= now.plus(-AGE));
        let hash = |token: &str| URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes()));
        let bound = claims.text("ath") == sent.token.map(hash).as_deref();
        let to_here = claims.text("htu").and_then(normalised).is_some_and(|url| Some(url) == normalised(sent.url));
        in_time && bound && to_here && claims.text("htm") == Some(sent.method)
    }

    fn span(&self) -> u64 {
        u64::try_from(self.now().0 / SPAN).unwrap_or_default()
    }
}

/// Scheme, host and port in their usual form, dots resolved, query and fragment left out (RFC 9449, 4.3; RFC 3986, 6.2).
fn normalised(url: &str) -> Option<String> {
    let mut url = Url::parse(url).ok().filter(|url| url.has_host())?;
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_alike_only_where_they_are() {
        let here = normalised("https://a.example/oauth/token");
        for same in
            ["HTTPS://A.example:443/oauth/token", "https://a.example/oauth/./token?x=y#z", "https://a.example/x/../oauth/token"]
        {
            assert_eq!(normalised(same), here, "{same}");
        }
        for other in
            ["http://a.example/oauth/token", "https://a.example:8443/oauth/token", "https://a.example/oauth/token/", "/oauth/token"]
        {
            assert_ne!(normalised(other), here, "{other}");
        }
        assert_eq!(normalised("data:x"), None);
    }
}
