//! Concepts of the taxonomy, and what a search finds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Occupation,
    Skill,
    Group,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    pub uri: String,
    pub kind: Kind,
    /// Preferred label by BCP 47 tag.
    pub labels: BTreeMap<String, String>,
}

/// The namespace of ESCO, whose addresses concepts keep.
const ESCO: &str = "data.europa.eu/esco/";

/// Whether an address can be one of a concept, whichever version of the taxonomy knows it.
pub fn is_concept(uri: &str) -> bool {
    let rest = uri.strip_prefix("http://").or_else(|| uri.strip_prefix("https://")).and_then(|rest| rest.strip_prefix(ESCO));
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/:".contains(&byte);
    rest.is_some_and(|rest| !rest.is_empty() && rest.len() <= 300 && rest.bytes().all(sign))
}

impl Concept {
    /// The label in `lang`, else English, else Swedish, else any; with the language it is in.
    pub fn label(&self, lang: &str) -> (&str, &str) {
        [lang, "en", "sv"]
            .into_iter()
            .find_map(|wanted| self.labels.get_key_value(wanted))
            .or_else(|| self.labels.iter().next())
            .map_or(("", ""), |(lang, label)| (label, lang))
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    pub uri: String,
    pub kind: Kind,
    /// What to show, and the language it is in.
    pub label: String,
    pub lang: String,
    pub score: f32,
    pub why: Why,
}

/// Why a hit was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    pub how: How,
    /// The label that was met, where it is another than the one shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// How the text met a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The label shown reads like the text.
    Same,
    /// It begins like the text.
    Beginning,
    /// It has words, or parts of compounds, of the text.
    Words,
    /// It has words spelled nearly so.
    Spelling,
    /// Another label in the language shown was met.
    OtherName,
    /// A label in another language was met.
    OtherLanguage,
    /// A label of another taxonomy was met, which a crosswalk maps to the concept.
    Crosswalk,
    /// A label of a concept that this one replaces was met.
    Former,
    /// No single label was met well; what the text means is near.
    Meaning,
}
