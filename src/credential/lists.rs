//! The list that says whether a proof is withdrawn, in whichever form its issuer publishes it.

use serde_json::Value;

use super::badge::Contexts;
use super::badge::integrity::Integrity;
use super::status::{Listed, Unusable, listed_in, verify_bitstring_token, verify_token};
use crate::crypto::jws::{BadgeJws, PublicJwk, Unverified, object};
use crate::domain::Timestamp;
use crate::domain::credential::{StatusKind, StatusRef, Unchecked, Verdict, Wrong};

/// Bytes of a published list.
pub const MOST: usize = super::status::MAX_TOKEN;

/// Whose keys sign it, and what else is needed to read it.
#[derive(Clone, Copy, Debug)]
pub struct Publisher<'a> {
    pub issuer: &'a str,
    pub keys: &'a [PublicJwk],
    pub contexts: &'a Contexts,
    pub now: Timestamp,
}

/// The list found at `at.uri`.
///
/// # Errors
/// What is to be said of the proof: its status cannot be checked where the list is too old, it is not valid where the list is another's.
pub fn list(text: &str, at: &StatusRef, by: &Publisher<'_>) -> Result<Listed, Verdict> {
    let text = text.trim();
    let read = match at.list {
        StatusKind::Other => return Err(Verdict::CannotBeChecked(Unchecked::Status)),
        StatusKind::Token => verify_token(text, &at.uri, &named(text, by.keys), by.now),
        StatusKind::Revocation | StatusKind::Suspension if text.starts_with('{') => return proven(text, at, by),
        kind => verify_bitstring_token(text, &at.uri, kind, &named(text, by.keys), by.now),
    };
    read.map_err(unusable)
}

/// The keys, those without a name by the one that the list uses: keys of a trust list often have none.
fn named(text: &str, keys: &[PublicJwk]) -> Vec<PublicJwk> {
    let name = Unverified::parse_within(text, MOST).ok().and_then(|jws| jws.kid().map(str::to_owned));
    let named = |key: &PublicJwk| match &name {
        Some(name) if key.kid.is_none() => key.clone().named(name),
        _ => key.clone(),
    };
    keys.iter().map(named).collect()
}

/// With a Data Integrity proof.
fn proven(text: &str, at: &StatusRef, by: &Publisher<'_>) -> Result<Listed, Verdict> {
    const WRONG: Verdict = Verdict::NotValid(Wrong::Status);
    let members = object(text.as_bytes()).filter(|_| text.len() <= MOST).ok_or(WRONG)?;
    let (document, proof) = Integrity::read(members).map_err(|_| WRONG)?;
    let issuer = document.get("issuer").and_then(|issuer| issuer.as_str().or_else(|| issuer.get("id")?.as_str()));
    if issuer != Some(by.issuer) || proof.along(by.issuer).is_err() {
        return Err(WRONG);
    }
    let message = proof.message(&document, by.contexts).map_err(|verdict| match verdict {
        Verdict::CannotBeChecked(_) => Verdict::CannotBeChecked(Unchecked::Status),
        _ => WRONG,
    })?;
    if !by.keys.iter().any(|key| proof.made_by(key, &message)) {
        return Err(WRONG);
    }
    listed_in(&document, &at.uri, at.list, by.now).map_err(unusable)
}

const fn unusable(why: Unusable) -> Verdict {
    match why {
        Unusable::Stale => Verdict::CannotBeChecked(Unchecked::Status),
        Unusable::Wrong(_) => Verdict::NotValid(Wrong::Status),
    }
}

/// The address that a list says it was published at; nothing of it is checked.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let claims = if text.starts_with('{') { object(text.as_bytes())? } else { BadgeJws::parse_within(text, MOST).ok()?.claims };
    let named = |name: &str| claims.get(name).or_else(|| claims.get("vc")?.get(name)).and_then(Value::as_str);
    named("sub").or_else(|| named("id")).map(str::to_owned)
}
