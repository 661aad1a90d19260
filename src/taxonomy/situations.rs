//! Situations of the guided mapping: what people have done without pay, and the skills that lie in it. Data, in `seeds/guide.toml`.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::Path;

use serde::Deserialize;

use crate::domain::profile::{Entry, Kind, Shape, Value};
use crate::domain::recipient::Localised;

const FILE: &str = "guide.toml";
const LANGUAGES: [&str; 2] = ["sv", "en"];
/// One page shows them all.
const MOST: usize = 40;
/// Of one situation.
const MOST_SKILLS: usize = 12;

/// All situations, in the order of their file.
#[derive(Debug)]
pub struct Situations(Vec<Situation>);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Situation {
    /// Also the name of its picture.
    pub id: String,
    /// As an entry's (P06) context.
    pub context: String,
    /// What it is called, and what its entry says.
    pub label: Localised,
    /// URIs of ESCO.
    pub skills: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    situation: Vec<Situation>,
}

/// Why the file cannot be used.
#[derive(Debug)]
pub enum SituationsFault {
    Unreadable(io::Error),
    NotToml(toml::de::Error),
    /// More than one page holds, or none.
    Count(usize),
    /// The id is not lower case letters, or stands twice.
    Id(String),
    /// A text lacks Swedish or English, or is too long for an entry.
    Text(String),
    /// No context of P06.
    Context(String),
    /// No skills, too many, or one that is no URI.
    Skills(String),
}

impl fmt::Display for SituationsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FILE}: ")?;
        match self {
            Self::Unreadable(cause) => cause.fmt(f),
            Self::NotToml(cause) => cause.fmt(f),
            Self::Count(count) => write!(f, "{count} situations; between 1 and {MOST} can be used"),
            Self::Id(id) => write!(f, "`{id}` is no id of lower case letters, or stands twice"),
            Self::Text(id) => {
                write!(f, "`{id}` lacks a text in {}, or has one of more than 120 characters", LANGUAGES.join(" or "))
            }
            Self::Context(id) => write!(f, "`{id}` has a context that no entry can have"),
            Self::Skills(id) => write!(f, "`{id}` needs 1 to {MOST_SKILLS} skills, each a URI"),
        }
    }
}

impl std::error::Error for SituationsFault {}

impl Situations {
    pub fn embedded() -> Result<Self, SituationsFault> {
        Self::read(include_str!("../../seeds/guide.toml"))
    }

    /// The file in the data folder, else the one that the binary carries.
    pub fn load(data: &Path) -> Result<Self, SituationsFault> {
        match std::fs::read_to_string(data.join(FILE)) {
            Ok(text) => Self::read(&text),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Self::embedded(),
            Err(cause) => Err(SituationsFault::Unreadable(cause)),
        }
    }

    fn read(text: &str) -> Result<Self, SituationsFault> {
        let file: File = toml::from_str(text).map_err(SituationsFault::NotToml)?;
        if !(1..=MOST).contains(&file.situation.len()) {
            return Err(SituationsFault::Count(file.situation.len()));
        }
        let mut ids = BTreeSet::new();
        for situation in &file.situation {
            situation.check()?;
            if !ids.insert(&situation.id) {
                return Err(SituationsFault::Id(situation.id.clone()));
            }
        }
        Ok(Self(file.situation))
    }

    pub fn all(&self) -> &[Situation] {
        &self.0
    }

    pub fn find(&self, id: &str) -> Option<&Situation> {
        self.0.iter().find(|situation| situation.id == id)
    }

    /// The situation that an entry is of: what it says is the situation's text, in whichever language it was ticked.
    pub fn of(&self, entry: &Entry) -> Option<&Situation> {
        let Some(Value::Text(what)) = entry.fields.get("what").filter(|_| entry.kind == Kind::Informal) else { return None };
        self.0.iter().find(|situation| situation.label.0.values().any(|label| label == what))
    }
}

impl Situation {
    fn check(&self) -> Result<(), SituationsFault> {
        let id = || self.id.clone();
        if self.id.is_empty() || !self.id.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Err(SituationsFault::Id(id()));
        }
        let fits = |text: &String| !text.trim().is_empty() && text.chars().count() <= 120;
        if !LANGUAGES.iter().all(|lang| self.label.0.contains_key(*lang)) || !self.label.0.values().all(fits) {
            return Err(SituationsFault::Text(id()));
        }
        let Some(Shape::Choice(contexts)) = Kind::Informal.field("context").map(|field| field.shape) else {
            return Err(SituationsFault::Context(id()));
        };
        if !contexts.contains(&self.context.as_str()) {
            return Err(SituationsFault::Context(id()));
        }
        let uris = self.skills.iter().all(|uri| uri.starts_with("http") && uri.len() <= 400);
        if uris && (1..=MOST_SKILLS).contains(&self.skills.len()) { Ok(()) } else { Err(SituationsFault::Skills(id())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::taxonomy::Kind as ConceptKind;
    use crate::taxonomy::Taxonomy;

    const GOOD: &str =
        "[[situation]]\nid = \"a\"\ncontext = \"hobby\"\nlabel.sv = \"Sy\"\nlabel.en = \"Sew\"\nskills = [\"http://x\"]\n";

    #[test]
    fn a_file_that_cannot_be_used_says_why() {
        let fault = |text: &str| Situations::read(text).expect_err("a fault").to_string();
        assert!(fault("situation = []").contains("0 situations"));
        assert!(fault(&GOOD.repeat(2)).contains("stands twice"));
        for (from, to, why) in [
            ("\"a\"", "\"A b\"", "lower case"),
            ("label.en = \"Sew\"\n", "", "lacks a text"),
            ("\"Sy\"", "\" \"", "lacks a text"),
            ("hobby", "church", "context"),
            ("\"http://x\"", "", "skills"),
            ("http://x", "s001", "skills"),
            ("id =", "ids =", "unknown field"),
        ] {
            assert!(GOOD.contains(from) && fault(&GOOD.replace(from, to)).contains(why), "{from} {to}");
        }
        assert_eq!(Situations::read(GOOD).expect("good").all().len(), 1);
    }

    #[test]
    fn ours_name_skills_that_the_starter_knows() {
        let (ours, starter) = (Situations::embedded().expect("ours"), Taxonomy::starter().expect("ours"));
        for situation in ours.all() {
            for uri in &situation.skills {
                let concept = starter.concept(uri);
                assert!(concept.is_some_and(|concept| concept.kind == ConceptKind::Skill), "{} {uri}", situation.id);
            }
        }
    }
}
