//! What a proof of a competence says, in the words of no format, and what checking one finds.

mod claim;
mod found;
mod verdict;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Timestamp;
use super::date::PartialDate;
use super::profile::Evidence;

pub use claim::Claim;
pub use found::Found;
pub use verdict::{Unchecked, Verdict, Wrong};

/// The type of our own credential (SD-JWT VC, `vct`).
pub const VCT: &str = "urn:egenkarta:vct:competence:1";

/// How a proof is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// SD-JWT VC (RFC 9901 and draft-ietf-oauth-sd-jwt-vc).
    SdJwtVc,
    /// Open Badges 3.0 as a JWT (Securing Verifiable Credentials using JOSE, or VC 1.1 JWT).
    BadgeJwt,
    /// Open Badges 3.0 with a Data Integrity proof.
    BadgeProof,
}

/// What a proof says, once its signature has been found right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub format: Format,
    /// `vct`, or the types of an Open Badge.
    pub kind: String,
    pub issuer: Issuer,
    pub subject: Subject,
    pub competence: Competence,
    pub issued: Option<Timestamp>,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    pub status: Option<StatusRef>,
    /// SHA-256 thumbprint (RFC 7638) of the key that it is bound to.
    pub holder: Option<[u8; 32]>,
}

/// Who says it. What it calls itself counts for nothing before a trust list says so too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// An https URL or a DID.
    pub id: String,
    pub name: Option<String>,
    /// Its organisation number, `212000-0555`.
    pub number: Option<String>,
}

/// Of whom it is said, as far as its holder shows that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub given: Option<String>,
    pub family: Option<String>,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competence {
    /// By language (BCP 47); one at least.
    pub name: BTreeMap<String, String>,
    /// E2 to E5; `None` where a foreign proof does not say.
    pub level: Option<Evidence>,
    /// Level of the Swedish qualifications framework, 1 to 8.
    pub seqf: Option<u8>,
    pub part: Option<Part>,
    pub framework: Option<FrameworkRef>,
    /// What was met, each by its id in the framework and its name.
    pub criteria: Vec<Met>,
    /// URIs of ESCO concepts.
    pub concepts: Vec<String>,
    pub method: Option<String>,
    /// In which role someone assessed it; never a name.
    pub assessor: Option<String>,
    pub assessed: Option<PartialDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Whole,
    Part,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkRef {
    pub id: String,
    pub version: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Met {
    pub id: String,
    pub name: String,
}

/// Where it stands whether it has been withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRef {
    pub list: StatusKind,
    pub uri: String,
    pub index: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// draft-ietf-oauth-status-list, as a JWT.
    Token,
    /// W3C Bitstring Status List, purpose `revocation`.
    Revocation,
    /// The same, purpose `suspension`.
    Suspension,
    /// Somewhere, in a way that this program does not know: it may be withdrawn.
    Other,
}

impl Competence {
    /// Of which nothing is known but what it is called.
    pub fn called(name: BTreeMap<String, String>) -> Self {
        Self {
            name,
            level: None,
            seqf: None,
            part: None,
            framework: None,
            criteria: Vec::new(),
            concepts: Vec::new(),
            method: None,
            assessor: None,
            assessed: None,
        }
    }

    /// Its name for a reader of `lang`, else in Swedish, English, or whatever there is.
    pub fn name(&self, lang: &str) -> &str {
        let of = |lang: &str| self.name.get(lang).map(String::as_str);
        of(lang)
            .or_else(|| of("sv"))
            .or_else(|| of("en"))
            .or_else(|| self.name.values().next().map(String::as_str))
            .unwrap_or_default()
    }
}
