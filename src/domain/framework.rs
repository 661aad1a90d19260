//! Criteria frameworks and course prerequisites: what the files of `seeds/frameworks/` hold, format 1.
//!
//! One TOML file is one framework: `format`, `id`, `version`, `kind`, `example`, the texts `name`, `about` and `source` (each with `sv`
//! and `en` at least), `occupations` (URIs of those it is offered for), and `[[criterion]]` tables. Nothing in it weighs anything:
//! a criterion is met, nearly met or not.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::profile::{Class, Kind, Shape};
use super::recipient::Localised;

pub const FORMAT: u32 = 1;
/// At most so many criteria in one framework.
pub const MAX_CRITERIA: usize = 80;
const MAX_CONCEPTS: usize = 20;
const LEVELS: [&str; 6] = ["a1", "a2", "b1", "b2", "c1", "c2"];

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    pub format: u32,
    /// Lower case letters, digits and `-`; stands in addresses.
    pub id: String,
    /// Its own, in any form: a year, a number.
    pub version: String,
    pub kind: FrameworkKind,
    /// Written as an example, not by the trade or the school itself.
    #[serde(default)]
    pub example: bool,
    pub name: Localised,
    pub about: Localised,
    /// Whose it is, or what it was written from.
    pub source: Localised,
    /// URIs of the occupations that it is offered for.
    #[serde(default)]
    pub occupations: Vec<String>,
    #[serde(rename = "criterion")]
    pub criteria: Vec<Criterion>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameworkKind {
    /// What a trade asks of one who is to be validated or hired.
    Criteria,
    /// What a course asks of one who is to begin it.
    Prerequisites,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub id: String,
    pub name: Localised,
    pub wants: Condition,
    /// What to do to meet it, where the framework knows better than a general word.
    #[serde(default)]
    pub next: Option<Localised>,
}

/// What meets a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// One of these concepts of the taxonomy (URIs).
    Skills(Vec<String>),
    Language(LanguageLevel),
    /// One of these licences, by their names in the profile.
    Licences(Vec<String>),
    Entry(EntryWanted),
}

/// A language at a level of the Common European Framework in each of some skills.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageLevel {
    /// BCP 47 primary subtag.
    pub language: String,
    /// Fields of the profile's kind `language`.
    pub skills: Vec<String>,
    /// `a1` to `c2`.
    pub level: String,
}

/// An entry of a kind, with one of some values in one of its choice fields.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryWanted {
    pub kind: Kind,
    #[serde(default)]
    pub field: Option<String>,
    #[serde(default)]
    pub any_of: Vec<String>,
}

impl LanguageLevel {
    /// Where a level stands among its kin, from 1; 0 for none, unsaid or unknown.
    pub fn rank(level: &str) -> usize {
        LEVELS.iter().position(|one| *one == level).map_or(0, |at| at + 1)
    }
}

impl Framework {
    /// Reads one file. The error is a sentence for whoever wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let framework: Self = toml::from_str(text).map_err(|cause| cause.to_string())?;
        framework.check().map(|()| framework)
    }

    fn check(&self) -> Result<(), String> {
        known(self.format, FORMAT)?;
        plain_id(&self.id)?;
        for (name, text) in [("name", &self.name), ("about", &self.about), ("source", &self.source)] {
            whole(name, text)?;
        }
        distinct("criterion", "criteria", MAX_CRITERIA, self.criteria.iter().map(|one| one.id.as_str()))?;
        let sound = |one: &Criterion| one.check().map_err(|wrong| format!("criterion \"{}\": {wrong}", one.id));
        self.criteria.iter().try_for_each(sound)
    }
}

impl Criterion {
    fn check(&self) -> Result<(), String> {
        plain_id(&self.id)?;
        whole("name", &self.name)?;
        self.next.as_ref().map_or(Ok(()), |next| whole("next", next))?;
        match &self.wants {
            Condition::Skills(uris) => concepts(uris),
            Condition::Language(wanted) => language(wanted),
            Condition::Licences(names) => choices(Kind::Licence, "licence", names),
            Condition::Entry(wanted) => entry(wanted),
        }
    }
}

fn concepts(uris: &[String]) -> Result<(), String> {
    let sound = |uri: &String| uri.starts_with("http") && uri.len() <= 200;
    match uris {
        [] => Err("it wants no skill at all".to_owned()),
        _ if uris.len() > MAX_CONCEPTS => Err(format!("it wants more than {MAX_CONCEPTS} skills; make several criteria of it")),
        _ => uris.iter().find(|uri| !sound(uri)).map_or(Ok(()), |uri| Err(format!("\"{uri}\" is no URI of a concept"))),
    }
}

fn language(wanted: &LanguageLevel) -> Result<(), String> {
    const SKILLS: [&str; 5] = ["listening", "reading", "spoken_interaction", "spoken_production", "writing"];
    let code = &wanted.language;
    if !(2..=3).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Err(format!("\"{code}\" is no language of two or three letters"));
    }
    if LanguageLevel::rank(&wanted.level) == 0 {
        return Err(format!("\"{}\" is no level from a1 to c2", wanted.level));
    }
    let unknown = wanted.skills.iter().find(|skill| !SKILLS.contains(&skill.as_str()));
    match unknown {
        Some(unknown) => Err(format!("\"{unknown}\" is none of {}", SKILLS.join(", "))),
        None if wanted.skills.is_empty() => Err(format!("say which of {}", SKILLS.join(", "))),
        None => Ok(()),
    }
}

fn entry(wanted: &EntryWanted) -> Result<(), String> {
    let kind = wanted.kind;
    if kind.class() != Class::Normal {
        return Err(format!("{} is sensitive, and no framework may ask for it", kind.name()));
    }
    match &wanted.field {
        Some(field) => choices(kind, field, &wanted.any_of),
        None if wanted.any_of.is_empty() => Ok(()),
        None => Err("any_of is for a field".to_owned()),
    }
}

/// Each is one of what the field may hold.
fn choices(kind: Kind, field: &str, wanted: &[String]) -> Result<(), String> {
    let shape = kind.field(field).map(|field| field.shape);
    let Some(Shape::Choice(all) | Shape::Choices(all)) = shape else {
        return Err(format!("{} has no choices in \"{field}\"", kind.name()));
    };
    match wanted.iter().find(|one| !all.contains(&one.as_str())) {
        Some(unknown) => Err(format!("\"{unknown}\" is none of {}", all.join(", "))),
        None if wanted.is_empty() => Err(format!("say which of {}", all.join(", "))),
        None => Ok(()),
    }
}

pub(super) fn known(format: u32, ours: u32) -> Result<(), String> {
    if format == ours { Ok(()) } else { Err(format!("format {format} is not known; this program reads format {ours}")) }
}

/// So many as one file may hold, each under an id of its own. `what`: "criterion", and `many` its plural.
pub(super) fn distinct<'a>(what: &str, many: &str, most: usize, ids: impl ExactSizeIterator<Item = &'a str>) -> Result<(), String> {
    if !(1..=most).contains(&ids.len()) {
        return Err(format!("there must be 1 to {most} {many}, not {}", ids.len()));
    }
    let mut seen = BTreeSet::new();
    let mut ids = ids;
    ids.find(|id| !seen.insert(*id)).map_or(Ok(()), |twice| Err(format!("the {what} \"{twice}\" stands twice")))
}

/// Fit to stand in an address: lower case letters, digits and `-`.
pub(super) fn plain_id(id: &str) -> Result<(), String> {
    let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if plain && (1..=60).contains(&id.len()) {
        return Ok(());
    }
    Err(format!("the id \"{id}\" is not 1 to 60 lower case letters, digits and \"-\""))
}

/// Said in Swedish and English, and no longer than fits a page.
pub(super) fn whole(name: &str, text: &Localised) -> Result<(), String> {
    const MAX: usize = 600;
    if let Some(lang) = text.lacks() {
        return Err(format!("{name} lacks the language {lang}"));
    }
    let longest = text.0.values().map(|text| text.chars().count()).max().unwrap_or(0);
    if longest > MAX { Err(format!("{name} is longer than {MAX} characters")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"
        format = 1
        id = "a"
        version = "1"
        kind = "criteria"
        name = { sv = "A", en = "A" }
        about = { sv = "A", en = "A" }
        source = { sv = "A", en = "A" }
        [[criterion]]
        id = "one"
        name = { sv = "A", en = "A" }
        wants.skills = ["http://data.europa.eu/esco/skill/1"]
    "#;

    #[test]
    fn what_does_not_hold_is_refused_with_its_place() {
        let skills = r#"skills = ["http://data.europa.eu/esco/skill/1"]"#;
        for (from, to, wrong) in [
            ("format = 1", "format = 2", "format 2"),
            (r#"id = "a""#, r#"id = "Å""#, "the id"),
            (r#"about = { sv = "A", en = "A" }"#, r#"about = { sv = "A" }"#, "about lacks the language en"),
            ("version", "weight = 3\nversion", "weight"),
            (skills, "skills = []", "\"one\": it wants no skill"),
            (skills, r#"skills = ["svetsa"]"#, "no URI"),
            (skills, r#"licences = ["b", "z"]"#, "\"z\" is none of"),
            (skills, r#"language = { language = "sv", skills = ["reading"], level = "d1" }"#, "no level"),
            (skills, r#"language = { language = "sv", skills = [], level = "b1" }"#, "say which"),
            (skills, r#"entry = { kind = "health" }"#, "sensitive"),
            (skills, r#"entry = { kind = "education", field = "title", any_of = ["x"] }"#, "no choices"),
            (skills, r#"entry = { kind = "education", any_of = ["x"] }"#, "for a field"),
            (skills, r#"wish = ["x"]"#, "wish"),
        ] {
            let text = SOUND.replacen(from, to, 1);
            assert_ne!(text, SOUND, "{from}");
            let said = Framework::parse(&text).expect_err(to);
            assert!(said.contains(wrong), "{to}: {said}");
        }
        let twice = format!("{SOUND}{}", SOUND.split_once("[[criterion]]").map_or("", |_| &SOUND[SOUND.find("[[").unwrap_or(0)..]));
        assert!(Framework::parse(&twice).expect_err("twice").contains("twice"));
    }

    #[test]
    fn levels_stand_in_their_order_and_nothing_is_below_all() {
        assert!(LanguageLevel::rank("b1") > LanguageLevel::rank("a2"));
        assert_eq!([LanguageLevel::rank("none"), LanguageLevel::rank("")], [0, 0]);
        assert!(Framework::parse(SOUND).is_ok());
    }
}
