//! The whole of `credential` from its outside: what others wrote, where ../shared has it, and what we made ourselves.

mod foreign;
mod own;

use super::badge::Contexts;
use super::*;
use crate::domain::Timestamp;
use crate::domain::credential::{Unchecked, Verdict, Wrong};
use crate::domain::trust::{TrustList, TrustedIssuer};

fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-22T12:00:00Z").expect("a time")
}

/// A list with one issuer, bounded in nothing.
fn trusting(id: &str) -> TrustedIssuer {
    let list = format!("format = 1\nversion = \"1\"\n[[issuer]]\nid = \"{id}\"\nname = \"Listed\"");
    TrustList::parse(&list).expect("a list").issuers.remove(0)
}

/// With the key that came along as the issuer's.
fn checked(foreign: &Foreign, contexts: &Contexts, said: &[Option<Verdict>]) -> Checked {
    let keys = IssuerKeys::Known(foreign.key.along.iter().cloned().collect());
    let trusted = trusting(&foreign.issuer);
    let given = Given { keys: &keys, trusted: Some(&trusted), contexts, now: now(), shown: None };
    check(foreign, &given, said)
}
