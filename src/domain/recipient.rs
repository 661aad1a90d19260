//! Recipient kinds with their ceilings, and purposes: what `seeds/recipient_kinds.toml` and `seeds/purposes.toml` hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::profile::{Kind, Section};

/// A text in its languages, keyed by BCP 47 tag. `sv` always stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localised(pub BTreeMap<String, String>);

impl Localised {
    pub fn get(&self, lang: &str) -> &str {
        self.0.get(lang).or_else(|| self.0.get("sv")).map_or("", String::as_str)
    }

    /// Which of the two languages that always stand is not said.
    pub fn lacks(&self) -> Option<&'static str> {
        let said = |lang: &str| self.0.get(lang).is_some_and(|text| !text.trim().is_empty());
        ["sv", "en"].into_iter().find(|lang| !said(lang))
    }

    /// The text, and the language that it is in: the one asked for, else Swedish.
    pub fn said<'a>(&'a self, lang: &'a str) -> (&'a str, &'a str) {
        (self.get(lang), if self.0.contains_key(lang) { lang } else { "sv" })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipientKind {
    pub id: String,
    pub label: Localised,
    /// The ceiling: the kinds of entry that it may be given at most.
    pub allowed: BTreeSet<Kind>,
    /// The sections offered first.
    pub shown_first: Vec<Section>,
    /// Kinds whose entries stay folded on the unit's page until the person's consent opens them by name.
    #[serde(default)]
    pub hidden_until_opened: BTreeSet<Kind>,
    pub default_days: u16,
    pub max_days: u16,
    /// Whether a link can be made for it: it reads without an account of its own.
    #[serde(default)]
    pub link: bool,
    /// The legal basis that it usually states.
    pub basis: Localised,
    /// What happens if the person says no, and the way without this service.
    pub if_no: Localised,
    /// Ids of purposes that it may ask for.
    pub purposes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    pub id: String,
    pub label: Localised,
    /// Its term: of the Data Privacy Vocabulary (`dpv:`), or of our own (`kart:`).
    pub dpv: String,
    /// The term of the Data Privacy Vocabulary that a term of our own refines.
    #[serde(default)]
    pub refines: Option<String>,
}
