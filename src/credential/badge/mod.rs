//! Open Badges 3.0 (1EdTech) as a verifiable credential (W3C VC Data Model 2.0, and 1.1 of older badges): within a JWT, or with a
//! Data Integrity proof.

pub mod baked;
pub mod context;
mod form;
pub mod integrity;
pub mod issue;
pub mod jwt;
pub mod picture;
mod rdf;
mod says;

use serde_json::{Map, Value};

pub use context::Contexts;
pub use jwt::Jwt;

use crate::domain::Timestamp;
use crate::domain::credential::{Proof, StatusKind, StatusRef, Wrong};

/// A badge whose form is right. It says nothing before its signature is checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Badge {
    members: Map<String, Value>,
    pub issuer: String,
    /// Its types but `VerifiableCredential`.
    pub kind: String,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub status: Vec<StatusRef>,
}

impl Badge {
    /// # Errors
    /// `Kind` where it is no badge, `Claims` where something that it must say is missing or of the wrong kind.
    pub fn read(members: Map<String, Value>) -> Result<Self, Wrong> {
        form::check(&members)?;
        Ok(Self {
            issuer: named(members.get("issuer")).ok_or(Wrong::Claims)?,
            kind: types(&members).filter(|one| *one != form::CREDENTIAL).collect::<Vec<_>>().join(" "),
            from: says::time(&members, &["validFrom", "issuanceDate"])?,
            until: says::time(&members, &["validUntil", "expirationDate"])?,
            status: status(&members)?,
            members,
        })
    }

    pub fn members(&self) -> &Map<String, Value> {
        &self.members
    }

    /// What it says, once its signature has been found right.
    pub fn proof(&self, format: crate::domain::credential::Format) -> Result<Proof, Wrong> {
        says::proof(self, format)
    }
}

/// The `id` of something that may be written as its id alone.
fn named(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let id = value.as_str().or_else(|| value.get("id")?.as_str())?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn types(members: &Map<String, Value>) -> impl Iterator<Item = &str> {
    many(members.get("type")).filter_map(Value::as_str)
}

/// What may stand alone or as a list.
fn many(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
    .iter()
}

/// W3C Bitstring Status List, 2.1.
fn status(members: &Map<String, Value>) -> Result<Vec<StatusRef>, Wrong> {
    let mut found = Vec::new();
    for one in many(members.get("credentialStatus")) {
        let of = one.get("type").and_then(Value::as_str);
        let purpose = one.get("statusPurpose").and_then(Value::as_str);
        match (of, purpose) {
            (Some("BitstringStatusListEntry"), Some("revocation")) => found.push(entry(one, StatusKind::Revocation)?),
            (Some("BitstringStatusListEntry"), Some("suspension")) => found.push(entry(one, StatusKind::Suspension)?),
            // Of other purposes none says that it is no longer valid: `refresh`, `message`.
            (Some("BitstringStatusListEntry"), Some(_)) => {}
            _ => found.push(StatusRef { list: StatusKind::Other, uri: String::new(), index: 0 }),
        }
    }
    if found.len() > MOST_STATUS { Err(Wrong::Size) } else { Ok(found) }
}

const MOST_STATUS: usize = 4;

fn entry(one: &Value, list: StatusKind) -> Result<StatusRef, Wrong> {
    let uri = one.get("statusListCredential").and_then(Value::as_str).ok_or(Wrong::Claims)?;
    let index = one.get("statusListIndex").ok_or(Wrong::Claims)?;
    // A text of digits (2.1); some write a number.
    let index = index.as_u64().or_else(|| index.as_str()?.parse().ok()).ok_or(Wrong::Claims)?;
    Ok(StatusRef { list, uri: uri.to_owned(), index })
}
