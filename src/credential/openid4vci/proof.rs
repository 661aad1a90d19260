//! The `jwt` proof type (OpenID4VCI 1.0, F.1): that a wallet holds the key that a credential is to be bound to.

use super::request::Refused;
use crate::crypto::jws::{Alg, PublicJwk, Unverified};
use crate::domain::Timestamp;
use crate::domain::time::{MINUTE, SECOND};

/// A key that was proved, and the `c_nonce` that the proof holds: whether that was ours, and is unused, is yet to be found.
#[derive(Clone, Debug, PartialEq)]
pub struct Proven {
    pub key: PublicJwk,
    pub nonce: String,
}

/// How old a proof may be by its own word, and how far clocks may differ.
const AGE: i64 = 5 * MINUTE;
const SKEW: i64 = MINUTE;
const LONGEST_NONCE: usize = 256;

/// # Errors
/// [`Refused::Proof`] for everything but a sound proof for `issuer`.
pub fn proven(jwt: &str, issuer: &str, now: Timestamp) -> Result<Proven, Refused> {
    let jws = Unverified::parse(jwt).map_err(|_| Refused::Proof)?;
    // Made for another purpose by the same key, it must not pass for this (RFC 8725, 3.11). The key stands in the header alone.
    if jws.typ().as_deref() != Some("openid4vci-proof+jwt") || jws.kid().is_some() {
        return Err(Refused::Proof);
    }
    let key = jws.jwk().ok().filter(|key| key.alg() == Alg::Es256).ok_or(Refused::Proof)?;
    let claims = jws.verify(&key).ok_or(Refused::Proof)?;
    let at = claims.seconds("iat").ok().flatten().map(|seconds| Timestamp(seconds.saturating_mul(SECOND)));
    let in_time = at.is_some_and(|at| at <= now.plus(SKEW) && at >= now.plus(-AGE));
    let nonce = claims.text("nonce").filter(|nonce| (1..=LONGEST_NONCE).contains(&nonce.len()));
    match nonce {
        Some(nonce) if in_time && claims.text("aud") == Some(issuer) => Ok(Proven { nonce: nonce.to_owned(), key }),
        _ => Err(Refused::Proof),
    }
}
