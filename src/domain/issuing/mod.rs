//! Issuing: what a unit may issue, and what is said of a person in an assessment.

mod file;
mod period;
mod typed;

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::credential::{Competence, FrameworkRef, Met, Part};
use super::date::PartialDate;
use super::framework::{Condition, Criterion, Framework};
use super::profile::Evidence;

pub use file::{COLUMNS, FileFault, MOST_FILE_BYTES, MOST_ROWS, Row, read};
pub use period::{Period, believed, still};
pub use typed::{MAX_TEXT, Slip, Typed};

/// What a unit may issue: in which trades, and how high.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Codes of ISCO-08 groups, one to four digits: `71` holds `7111`.
    pub trades: Vec<String>,
    pub level: Evidence,
}

/// Codes of ISCO-08 groups, with commas or spaces between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trades(pub Vec<String>);

/// There is none, or one is no group of ISCO-08: one to four digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATrade;

impl std::fmt::Display for NotATrade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a list of ISCO-08 groups: one to four digits each, with commas between")
    }
}

impl std::error::Error for NotATrade {}

const MOST_TRADES: usize = 50;

impl FromStr for Trades {
    type Err = NotATrade;
    fn from_str(text: &str) -> Result<Self, NotATrade> {
        let codes: Vec<String> = text.split([',', ' ']).map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect();
        let sound = |code: &String| (1..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (1..=MOST_TRADES).contains(&codes.len()) && codes.iter().all(sound);
        if fits { Ok(Self(codes)) } else { Err(NotATrade) }
    }
}

impl Scope {
    /// Whether an ISCO-08 group lies in one of the trades.
    pub fn holds(&self, group: &str) -> bool {
        !group.is_empty() && self.trades.iter().any(|trade| group.starts_with(trade.as_str()))
    }
}

/// The ISCO-08 code of a group, by its URI; `None` for a group of skills.
pub fn isco_code(uri: &str) -> Option<&str> {
    uri.strip_prefix("http://data.europa.eu/esco/isco/C").filter(|code| !code.is_empty())
}

/// 2 to 5 for E2 to E5; 1 for one's own word.
pub const fn rank(level: Evidence) -> u16 {
    match level {
        Evidence::E1 => 1,
        Evidence::E2 => 2,
        Evidence::E3 => 3,
        Evidence::E4 => 4,
        Evidence::E5 => 5,
    }
}

/// The levels that anyone can issue, by their names.
pub const LEVELS: [(&str, Evidence); 4] = [("E2", Evidence::E2), ("E3", Evidence::E3), ("E4", Evidence::E4), ("E5", Evidence::E5)];

/// `E2` to `E5`, in either case.
pub fn level(name: &str) -> Option<Evidence> {
    LEVELS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim())).map(|(_, level)| level)
}

pub fn level_name(level: Evidence) -> &'static str {
    LEVELS.into_iter().find(|(_, known)| *known == level).map_or("E1", |(name, _)| name)
}

/// A framework that a unit has published.
#[derive(Clone, Debug)]
pub struct Published {
    pub id: Uuid,
    pub framework: Framework,
    /// Each of its occupations lies in a trade of the unit's.
    pub within: bool,
}

/// What was found of a person against a framework. Sealed by the unit; the name is the only thing in it that is the person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// By which the unit knows it again; nobody else sees it.
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// Of the published framework.
    pub framework: Uuid,
    /// Ids of the criteria that are met.
    pub criteria: Vec<String>,
    pub part: Part,
    pub level: Evidence,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The assessor's role, never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seqf: Option<u8>,
    /// The last day on which it is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Assessment {
    /// Nobody assesses and issues alone from E4 on.
    pub fn wants_second(&self) -> bool {
        rank(self.level) >= 4
    }

    fn met<'f>(&self, framework: &'f Framework) -> Vec<&'f Criterion> {
        framework.criteria.iter().filter(|one| self.criteria.contains(&one.id)).collect()
    }

    /// The concepts that it names, each with a label.
    pub fn labels(&self, framework: &Framework) -> Vec<(String, String)> {
        concepts(&self.met(framework))
    }

    /// What the proof says.
    pub fn competence(&self, framework: &Framework) -> Competence {
        let met = self.met(framework);
        let name: BTreeMap<String, String> = framework.name.0.iter().map(|(lang, text)| (lang.clone(), text.clone())).collect();
        Competence {
            name,
            level: Some(self.level),
            seqf: self.seqf,
            part: Some(self.part),
            framework: Some(FrameworkRef {
                id: framework.id.clone(),
                version: framework.version.clone(),
                name: framework.name.get("sv").to_owned(),
            }),
            criteria: met.iter().map(|one| Met { id: one.id.clone(), name: one.name.get("sv").to_owned() }).collect(),
            concepts: concepts(&met).into_iter().map(|(uri, _)| uri).collect(),
            method: self.method.clone(),
            assessor: self.assessor.clone(),
            assessed: self.assessed,
        }
    }
}

/// ESCO's concepts of what was met, each once, with the criterion's name. A criterion that any of several skills meets says nothing of one
/// of them.
fn concepts(met: &[&Criterion]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for criterion in met {
        let Condition::Skills(uris) = &criterion.wants else { continue };
        let [uri] = uris.as_slice() else { continue };
        if uri.starts_with("http://data.europa.eu/esco/") && all.iter().all(|(known, _)| known != uri) {
            all.push((uri.clone(), criterion.name.get("sv").to_owned()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_holds_only_what_lies_below_its_groups() {
        for wrong in ["", "x", "12345", "71,x", ",", "7 1 2 3 a"] {
            assert_eq!(wrong.parse::<Trades>(), Err(NotATrade), "{wrong}");
        }
        let Trades(trades) = "71, 9313".parse().expect("two groups");
        let scope = Scope { trades, level: Evidence::E3 };
        for (group, held) in [("7", false), ("72", false), ("7111", true), ("9312", false), ("9313", true), ("", false)] {
            assert_eq!(scope.holds(group), held, "{group}");
        }
        assert_eq!(isco_code("http://data.europa.eu/esco/isco/C7111"), Some("7111"));
        assert_eq!(isco_code("http://data.europa.eu/esco/skill/S1"), None);
    }

    #[test]
    fn nobody_issues_ones_own_word() {
        assert_eq!((level("E1"), level("e6"), level(" e4 ")), (None, None, Some(Evidence::E4)));
    }
}
