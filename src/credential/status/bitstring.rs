//! The same statuses for Open Badges: a Bitstring Status List credential (W3C, v1.0), as a JWT (Securing Verifiable Credentials using JOSE).

use serde_json::{Map, Value, json};

use super::list::{MAX_BYTES, Order, StatusList};
use super::{Listed, Times, Unusable, signed, timely};
use crate::credential::times;
use crate::crypto::jws::{PublicJwk, SigningKey};
use crate::domain::Timestamp;
use crate::domain::credential::{StatusKind, Wrong};

const CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";
const CREDENTIAL: &str = "BitstringStatusListCredential";
const SUBJECT: &str = "BitstringStatusList";
/// As we write it, and as older ones write it.
const TYPS: [&str; 4] = ["vc+jwt", "vc+ld+json+jwt", "vc+ld+jwt", "jwt"];

/// Fewer entries would tell who is asked about (3.3).
pub const MIN_ENTRIES: usize = 131_072;

/// The list that is published at `uri`; `list` is a bitstring. `None` where it is not, or `kind` is no purpose of a bitstring.
pub fn bitstring_token(
    key: &SigningKey,
    issuer: &str,
    uri: &str,
    kind: StatusKind,
    list: &StatusList,
    times: &Times,
) -> Option<String> {
    let encoded = list.encode();
    let purpose = purpose(kind).filter(|_| encoded.starts_with('u'))?;
    let mut subject = json!({
        "id": format!("{uri}#list"), "type": SUBJECT, "statusPurpose": purpose, "encodedList": encoded,
    });
    if let Some(ttl) = times.ttl {
        // In milliseconds, other than the claim of the same name.
        subject["ttl"] = (ttl / 1_000).into();
    }
    let mut claims = json!({
        "@context": [CONTEXT], "id": uri, "type": ["VerifiableCredential", CREDENTIAL], "issuer": issuer,
        "validFrom": whole(times.iat), "credentialSubject": subject, "iss": issuer, "iat": times::claim(times.iat),
    });
    if let Some(exp) = times.exp {
        claims["validUntil"] = whole(exp).into();
        claims["exp"] = times::claim(exp);
    }
    Some(key.compact([("typ".to_owned(), "vc+jwt".into())].into_iter().collect(), claims.to_string().as_bytes()))
}

/// The list that was found at `uri`, for `kind`, signed by one of `keys` and in force at `now`.
///
/// # Errors
/// As `verify_token`.
pub fn verify_bitstring_token(
    text: &str,
    uri: &str,
    kind: StatusKind,
    keys: &[PublicJwk],
    now: Timestamp,
) -> Result<Listed, Unusable> {
    let claims = signed(text, &TYPS, keys)?;
    // Data model 1.1 wrapped the credential in a claim.
    let credential = match claims.get("vc") {
        None => &claims,
        Some(vc) => vc.as_object().ok_or(Wrong::Claims)?,
    };
    let until = times::read(&claims, "exp")?;
    let listed = listed_in(credential, uri, kind, now)?;
    let exp = listed.times.exp.into_iter().chain(until).min();
    let times = timely(Times { exp, ..listed.times }, times::read(&claims, "nbf")?, now)?;
    Ok(Listed { times, ..listed })
}

/// The list in a credential whose proof has been checked by whoever calls this.
///
/// # Errors
/// As `verify_token`.
pub fn listed_in(credential: &Map<String, Value>, uri: &str, kind: StatusKind, now: Timestamp) -> Result<Listed, Unusable> {
    let subject = credential.get("credentialSubject").and_then(Value::as_object).ok_or(Wrong::Claims)?;
    if !(says(credential.get("type"), CREDENTIAL) && says(subject.get("type"), SUBJECT)) {
        return Err(Wrong::Kind.into());
    }
    let of = |purpose: &str| says(subject.get("statusPurpose"), purpose);
    if credential.get("id").and_then(Value::as_str) != Some(uri) || !purpose(kind).is_some_and(of) {
        return Err(Wrong::Status.into());
    }
    let iat = time(credential, "validFrom")?.or(time(credential, "issuanceDate")?).ok_or(Wrong::Claims)?;
    let exp = time(credential, "validUntil")?.or(time(credential, "expirationDate")?);
    let ttl = subject.get("ttl").map(|ttl| ttl.as_i64().filter(|ttl| *ttl >= 0).ok_or(Wrong::Claims)).transpose()?;
    let times = timely(Times { iat, exp, ttl: ttl.map(|ttl| ttl.saturating_mul(1_000)) }, None, now)?;
    let packed = subject.get("encodedList").and_then(Value::as_str).ok_or(Wrong::Claims)?;
    let list = StatusList::decode(Order::Bitstring, packed, 1, MAX_BYTES)?;
    let long = usize::try_from(list.entries()).is_ok_and(|entries| entries >= MIN_ENTRIES);
    if long { Ok(Listed { list, times }) } else { Err(Wrong::Status.into()) }
}

const fn purpose(kind: StatusKind) -> Option<&'static str> {
    match kind {
        StatusKind::Revocation => Some("revocation"),
        StatusKind::Suspension => Some("suspension"),
        StatusKind::Token | StatusKind::Other => None,
    }
}

/// One text or several, as JSON-LD has it.
fn says(value: Option<&Value>, wanted: &str) -> bool {
    match value {
        Some(Value::String(text)) => text == wanted,
        Some(Value::Array(all)) => all.iter().any(|one| one == wanted),
        _ => false,
    }
}

fn time(from: &Map<String, Value>, name: &str) -> Result<Option<Timestamp>, Wrong> {
    let Some(value) = from.get(name) else { return Ok(None) };
    value.as_str().and_then(Timestamp::parse_rfc3339).map(Some).ok_or(Wrong::Claims)
}

/// RFC 3339 in whole seconds.
fn whole(time: Timestamp) -> String {
    time.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
