//! Verifying the ID token (OpenID Connect Core 1.0 section 3.1.3.7).

use chrono::{DateTime, Utc};
use openidconnect::core::{CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm as Alg};
use openidconnect::{ClaimsVerificationError as Claims, ClientId, IssuerUrl, Nonce, SignatureVerificationError as Signature};

use super::issuer::Issuer;
use super::login::{Login, LoginFault, Pending};
use super::provider::Provider;
use crate::domain::Timestamp;
use crate::domain::time::{MINUTE, SECOND};

/// No shared-secret algorithm and no `none`, whatever a provider's documents allow.
const ALGORITHMS: [Alg; 4] = [Alg::EdDsa, Alg::EcdsaP256Sha256, Alg::RsaSsaPkcs1V15Sha256, Alg::RsaSsaPssSha256];

/// Clocks may differ by this much.
const SKEW: i64 = MINUTE;
/// A token made for this login is not older.
const OLDEST: i64 = 10 * MINUTE;
/// OpenID Connect Core 1.0 section 2: a subject has at most 255 ASCII characters.
const LONGEST_SUBJECT: usize = 255;
const LONGEST_NAME: usize = 200;

pub(super) fn verify(
    token: &CoreIdToken,
    issuer: &Issuer,
    pending: &Pending,
    provider: &Provider,
    now: Timestamp,
) -> Result<Login, LoginFault> {
    let issuer_url = IssuerUrl::new(issuer.issuer_url.clone()).map_err(|_| LoginFault::Unavailable)?;
    let client = ClientId::new(issuer.client_id.clone());
    let recent = move |at: DateTime<Utc>, oldest: i64| {
        let age = now.since(Timestamp(at.timestamp_micros()));
        if (-SKEW..=oldest).contains(&age) { Ok(()) } else { Err(String::new()) }
    };
    let verifier = CoreIdTokenVerifier::new_public_client(client, issuer_url, provider.keys())
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now.utc())
        .set_issue_time_verifier_fn(move |at| recent(at, OLDEST))
        .set_auth_time_verifier_fn(move |at| at.map_or(Ok(()), |at| recent(at, i64::MAX)))
        .set_auth_context_verifier_fn(|reached| {
            let enough = issuer.acr.is_empty() || reached.is_some_and(|reached| issuer.acr.contains(reached));
            if enough { Ok(()) } else { Err(String::new()) }
        });
    let nonce = Nonce::new(pending.nonce.clone());
    let claims = token.claims(&verifier, &nonce).map_err(|error| fault(&error))?;
    login(claims, issuer)
}

fn login(claims: &CoreIdTokenClaims, issuer: &Issuer) -> Result<Login, LoginFault> {
    if claims.authorized_party().is_some_and(|party| party.as_str() != issuer.client_id) {
        return Err(LoginFault::Audience);
    }
    let subject = claims.subject().to_string();
    if subject.is_empty() || subject.len() > LONGEST_SUBJECT || !subject.is_ascii() {
        return Err(LoginFault::Malformed);
    }
    let name = claims.name().filter(|_| issuer.ask_name).and_then(|name| name.get(None)).map(|name| name.to_string());
    Ok(Login {
        issuer: issuer.id.clone(),
        issuer_url: issuer.issuer_url.clone(),
        subject,
        acr: claims.auth_context_ref().map(|acr| acr.to_string()),
        auth_time: claims.auth_time().map(|at| Timestamp(at.timestamp().saturating_mul(SECOND))),
        name: name.filter(|name| !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME),
    })
}

fn fault(error: &Claims) -> LoginFault {
    match error {
        Claims::Expired(_) | Claims::InvalidAuthTime(_) => LoginFault::Expired,
        Claims::InvalidAudience(_) => LoginFault::Audience,
        Claims::InvalidAuthContext(_) => LoginFault::Level,
        Claims::InvalidIssuer(_) => LoginFault::Issuer,
        Claims::InvalidNonce(_) => LoginFault::Nonce,
        Claims::SignatureVerification(Signature::NoMatchingKey) => LoginFault::UnknownKey,
        Claims::SignatureVerification(_) => LoginFault::Signature,
        _ => LoginFault::Malformed,
    }
}
