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
    /// The label that matched, where it is another than the one shown.
    pub why: Option<String>,
}
