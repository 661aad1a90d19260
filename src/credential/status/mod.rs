//! Lists that say of many credentials whether they are withdrawn: draft-ietf-oauth-status-list, and W3C Bitstring Status List v1.0.

mod bitstring;
mod cache;
mod list;
mod token;

use serde_json::{Map, Value};

pub use bitstring::{MIN_ENTRIES, bitstring_token, listed_in, verify_bitstring_token};
pub use cache::{MOST, in_force_until, usable_until};
pub use list::{MAX_BYTES, Order, StatusList};
pub use token::{TYP, token, verify_token};

use super::times;
use crate::crypto::jws::{PublicJwk, Unread, Unverified};
use crate::domain::Timestamp;
use crate::domain::credential::{StatusKind, Unchecked, Verdict, Wrong};

/// Bytes of a signed list: a million entries of 2 bits that do not compress are 450 kB.
pub const MAX_TOKEN: usize = 8 * 1024 * 1024;

/// Valid, withdrawn for good, or for a time (draft-ietf-oauth-status-list, 7.1).
pub const VALID: u8 = 0;
pub const INVALID: u8 = 1;
pub const SUSPENDED: u8 = 2;

/// For how long a list says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    pub iat: Timestamp,
    /// Not to be believed from then on.
    pub exp: Option<Timestamp>,
    /// For how long it may be kept before it is fetched again, in microseconds.
    pub ttl: Option<i64>,
}

/// A list, rightly signed and in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub list: StatusList,
    pub times: Times,
}

/// Why a list says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    Wrong(Wrong),
    /// Its time has passed: a fresh one may say.
    Stale,
}

impl From<Wrong> for Unusable {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(wrong)
    }
}

/// What the entry at `index` means; `None` while it is valid.
pub fn said(kind: StatusKind, list: &StatusList, index: u64) -> Option<Verdict> {
    match (kind, list.get(index)) {
        (_, None) => Some(Verdict::NotValid(Wrong::Status)),
        (StatusKind::Other, _) => Some(Verdict::CannotBeChecked(Unchecked::Status)),
        (_, Some(VALID)) => None,
        (StatusKind::Token, Some(INVALID)) | (StatusKind::Revocation, _) => Some(Verdict::Withdrawn),
        (StatusKind::Token, Some(SUSPENDED)) | (StatusKind::Suspension, _) => Some(Verdict::Suspended),
        // Its issuer alone knows what it means.
        (StatusKind::Token, _) => Some(Verdict::CannotBeChecked(Unchecked::Status)),
    }
}

/// The signed content of a list, of one of the types `typs`.
fn signed(text: &str, typs: &[&str], keys: &[PublicJwk]) -> Result<Map<String, Value>, Wrong> {
    let jws = Unverified::parse_within(text, MAX_TOKEN).map_err(|why| match why {
        Unread::Long => Wrong::Size,
        Unread::Form => Wrong::Form,
        Unread::Algorithm => Wrong::Algorithm,
    })?;
    if !jws.typ().is_some_and(|typ| typs.contains(&typ.as_str())) {
        return Err(Wrong::Kind);
    }
    if !jws.names_one_of(keys) {
        return Err(Wrong::Key);
    }
    Ok(jws.verify_any(keys).ok_or(Wrong::Signature)?.into_members())
}

/// That it is in force; `Claims` where it comes from a time that is not yet.
fn timely(times: Times, from: Option<Timestamp>, now: Timestamp) -> Result<Times, Unusable> {
    match times::verdict(Some(from.map_or(times.iat, |from| from.max(times.iat))), times.exp, now) {
        None => Ok(times),
        Some(Verdict::Expired) => Err(Unusable::Stale),
        Some(_) => Err(Wrong::Claims.into()),
    }
}
