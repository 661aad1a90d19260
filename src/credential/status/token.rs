//! A status list token: the list as a signed JWT (draft-ietf-oauth-status-list, 5.1 and 8.3).

use serde_json::{Value, json};

use super::list::{MAX_BYTES, Order, StatusList};
use super::{Listed, Times, Unusable, signed, timely};
use crate::credential::times;
use crate::crypto::jws::{PublicJwk, SigningKey};
use crate::domain::Timestamp;
use crate::domain::credential::Wrong;
use crate::domain::time::SECOND;

pub const TYP: &str = "statuslist+jwt";

/// The list as it is published at `uri` (`application/statuslist+jwt`).
pub fn token(key: &SigningKey, uri: &str, list: &StatusList, times: &Times) -> String {
    let mut claims = json!({
        "sub": uri, "iat": times::claim(times.iat), "status_list": { "bits": list.bits(), "lst": list.encode() },
    });
    if let Some(exp) = times.exp {
        claims["exp"] = times::claim(exp);
    }
    if let Some(ttl) = times.ttl {
        claims["ttl"] = (ttl / SECOND).into();
    }
    key.compact([("typ".to_owned(), TYP.into())].into_iter().collect(), claims.to_string().as_bytes())
}

/// The list that was found at `uri`, signed by one of `keys` and in force at `now`.
///
/// # Errors
/// `Wrong(Status)` where it is the list of another address or cannot be read, `Wrong(Size)` for one that is too large, and as for any JWT.
pub fn verify_token(text: &str, uri: &str, keys: &[PublicJwk], now: Timestamp) -> Result<Listed, Unusable> {
    let claims = signed(text, &[TYP], keys)?;
    if claims.get("sub").and_then(Value::as_str) != Some(uri) {
        return Err(Wrong::Status.into());
    }
    let ttl = match claims.get("ttl") {
        None => None,
        // The draft asks for a positive number.
        Some(ttl) => Some(seconds(ttl).ok_or(Wrong::Claims)?),
    };
    let times = Times { iat: times::read(&claims, "iat")?.ok_or(Wrong::Claims)?, exp: times::read(&claims, "exp")?, ttl };
    let times = timely(times, times::read(&claims, "nbf")?, now)?;
    let list = claims.get("status_list").ok_or(Wrong::Claims)?;
    let bits = list.get("bits").and_then(Value::as_u64).and_then(|bits| u8::try_from(bits).ok()).ok_or(Wrong::Claims)?;
    let packed = list.get("lst").and_then(Value::as_str).ok_or(Wrong::Claims)?;
    Ok(Listed { list: StatusList::decode(Order::Token, packed, bits, MAX_BYTES)?, times })
}

/// A positive number of seconds as microseconds; more than a century is a century.
fn seconds(value: &Value) -> Option<i64> {
    const CENTURY: f64 = 100.0 * 366.0 * 86_400.0;
    let seconds = value.as_f64().filter(|seconds| *seconds > 0.0)?;
    Some((seconds.min(CENTURY) * 1e6) as i64)
}
