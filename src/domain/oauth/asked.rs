//! What a client asks for: our type of authorization details (RFC 9396). Unknown members are refused, never ignored.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::UnitId;
use crate::domain::consent::{Mode, Right};
use crate::domain::profile::{Kind, Section};

/// The value of `type`.
pub const DETAILS_TYPE: &str = "egenkarta_consent";

/// One object of `authorization_details`:
///
/// ```json
/// {"type": "egenkarta_consent", "unit": "…uuid…", "purpose": "job_matching", "sections": ["P05", "P07"],
///  "actions": ["read"], "mode": "view", "legal_basis": "6.1.e", "until": "2027-05-31"}
/// ```
///
/// `until` ends when that day ends in Europe/Stockholm. `entries` (names that a consent gives its entries) narrow a token that is
/// held already (RFC 8693); a first request cannot know any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(rename = "type")]
    pub kind: String,
    pub unit: UnitId,
    pub purpose: String,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sections: BTreeSet<Section>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub entries: BTreeSet<String>,
    pub actions: BTreeSet<Right>,
    pub mode: Mode,
    pub legal_basis: Basis,
    pub until: NaiveDate,
}

/// The legal basis that a recipient states: GDPR, Article 6(1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Basis {
    /// Consent towards the recipient itself: for who is no authority and no employer.
    #[serde(rename = "6.1.a")]
    Consent,
    #[serde(rename = "6.1.b")]
    Contract,
    #[serde(rename = "6.1.c")]
    LegalDuty,
    #[serde(rename = "6.1.e")]
    PublicTask,
    #[serde(rename = "6.1.f")]
    LegitimateInterest,
}

impl Basis {
    pub const ALL: [Self; 5] = [Self::Consent, Self::Contract, Self::LegalDuty, Self::PublicTask, Self::LegitimateInterest];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Consent => "6.1.a",
            Self::Contract => "6.1.b",
            Self::LegalDuty => "6.1.c",
            Self::PublicTask => "6.1.e",
            Self::LegitimateInterest => "6.1.f",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }
}

/// Why authorization details were not understood. Told to the client: it says nothing of any person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedFault {
    /// No JSON array of one object of our type with just its members.
    Shape,
    /// More than one object: one request has one purpose and one recipient.
    NotOne,
    Type,
    /// Neither sections nor entries, or no actions.
    Nothing,
}

impl AskedFault {
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Shape => "authorization_details is an array of one object with just the members that its type has",
            Self::NotOne => "one request has one purpose and one recipient: give one object",
            Self::Type => "the type is egenkarta_consent",
            Self::Nothing => "name at least one section and one action",
        }
    }
}

/// Longer than any request of ours needs.
const MAX_BYTES: usize = 4096;

impl Asked {
    /// The parameter `authorization_details`: a JSON array of exactly one object.
    pub fn parse(text: &str) -> Result<Self, AskedFault> {
        if text.len() > MAX_BYTES {
            return Err(AskedFault::Shape);
        }
        let all: Vec<serde_json::Value> = serde_json::from_str(text).map_err(|_| AskedFault::Shape)?;
        let [one] = <[serde_json::Value; 1]>::try_from(all).map_err(|_| AskedFault::NotOne)?;
        if one.get("type").and_then(serde_json::Value::as_str) != Some(DETAILS_TYPE) {
            return Err(AskedFault::Type);
        }
        // From the text itself: a member given twice is refused, not overwritten.
        let [asked] = serde_json::from_str::<[Self; 1]>(text).map_err(|_| AskedFault::Shape)?;
        if (asked.sections.is_empty() && asked.entries.is_empty()) || asked.actions.is_empty() {
            return Err(AskedFault::Nothing);
        }
        Ok(asked)
    }

    /// The kinds that the asked sections come to within a ceiling. A section of which nothing may be given stands with all its kinds,
    /// so that the policy sees that it was asked for, and refuses.
    pub fn kinds(&self, allowed: &BTreeSet<Kind>) -> BTreeSet<Kind> {
        let of = |section: &Section| {
            let all: BTreeSet<Kind> = Kind::ALL.iter().filter(|kind| kind.section() == *section).copied().collect();
            let within: BTreeSet<Kind> = all.intersection(allowed).copied().collect();
            if within.is_empty() { all } else { within }
        };
        self.sections.iter().flat_map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"[{"type":"egenkarta_consent","unit":"00000000-0000-0000-0000-000000000001","purpose":"job_matching","sections":["P05","P07"],"actions":["read"],"mode":"view","legal_basis":"6.1.e","until":"2027-05-31"}]"#;

    #[test]
    fn what_is_not_understood_is_refused() {
        for (text, fault) in [
            ("", AskedFault::Shape),
            ("{}", AskedFault::Shape),
            ("[]", AskedFault::NotOne),
            (&GOOD.replace("}]", "},{}]"), AskedFault::NotOne),
            (&GOOD.replace("egenkarta_consent", "payment"), AskedFault::Type),
            (&GOOD.replace(r#""mode""#, r#""hours":"9-17","mode""#), AskedFault::Shape),
            (&GOOD.replace("P05", "P99"), AskedFault::Shape),
            (&GOOD.replace(r#""mode":"view""#, r#""mode":"copy","mode":"view""#), AskedFault::Shape),
            (&GOOD.replace(r#"["read"]"#, r#"["sell"]"#), AskedFault::Shape),
            (&GOOD.replace("6.1.e", "9.2.a"), AskedFault::Shape),
            (&GOOD.replace("2027-05-31", "2027-02-31"), AskedFault::Shape),
            (&GOOD.replace(r#"["P05","P07"]"#, "[]"), AskedFault::Nothing),
            (&GOOD.replace(r#"["read"]"#, "[]"), AskedFault::Nothing),
            (&GOOD.replace("job_matching", &"x".repeat(5000)), AskedFault::Shape),
        ] {
            assert_eq!(Asked::parse(text), Err(fault), "{text}");
        }
        let asked = Asked::parse(GOOD).expect("as documented");
        assert_eq!(format!("[{}]", serde_json::to_string(&asked).expect("plain data")), GOOD);
    }

    #[test]
    fn a_section_above_the_ceiling_stays_seen() {
        let asked = Asked::parse(&GOOD.replace("P07", "P15")).expect("reads");
        let kinds = asked.kinds(&[Kind::Education, Kind::Skill].into());
        assert!(kinds.contains(&Kind::Safety) && !kinds.contains(&Kind::Skill));
    }
}
