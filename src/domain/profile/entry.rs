//! An entry: the smallest thing someone may want to share without its neighbour.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::text::{is_sound, sound};
use super::{File, Kind, Shape};
use crate::domain::EntryId;
use crate::domain::date::PartialDate;
use crate::domain::taxonomy::is_concept;
use crate::domain::time::Timestamp;

/// The content of one version of one entry. Serialised as JSON inside the sealed record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub kind: Kind,
    /// The language it was written in (BCP 47).
    pub lang: String,
    pub source: Source,
    pub evidence: Evidence,
    pub fields: Fields,
    pub created: Timestamp,
    pub updated: Timestamp,
    /// When its owner last said that it still holds.
    pub confirmed: Timestamp,
    /// What it holds beside its fields, of a document. Absent otherwise, so that the bytes of an entry without are as they always were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<File>,
}

pub type Fields = BTreeMap<String, Value>;

/// Who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Own,
    Organisation,
    Import,
}

/// How it is proven. Levels are never merged into one score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The person's own word.
    E1,
    /// Attested or observed.
    E2,
    /// Assessed.
    E3,
    /// Validated.
    E4,
    /// Certified.
    E5,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Number(i64),
    Choice(String),
    Choices(Vec<String>),
    Date(PartialDate),
    Flag(bool),
    Concept(ConceptRef),
}

/// A concept as chosen. Carries its labels, so that an entry reads without the taxonomy; free text has no URI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConceptRef {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub uri: Option<String>,
    /// As the person wrote or picked it, in the entry's language.
    pub entered: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sv: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub en: Option<String>,
}

impl ConceptRef {
    pub fn free(text: &str) -> Self {
        Self { uri: None, entered: sound(text, false), sv: None, en: None }
    }

    /// The label for a reader of `lang`: theirs where known, else as entered.
    pub fn label(&self, lang: &str) -> &str {
        match lang {
            "sv" => self.sv.as_deref(),
            "en" => self.en.as_deref(),
            _ => None,
        }
        .unwrap_or(&self.entered)
    }
}

/// What is wrong with a field; its locale key is `fault-…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A required field is empty.
    Missing,
    /// Longer than `max` characters.
    TooLong {
        max: usize,
    },
    NotANumber {
        min: i64,
        max: i64,
    },
    NotADate,
    NotAChoice,
    /// The end lies before the start.
    EndsBeforeStart,
    /// The end is past, and yet it is said to go on.
    OverYetOngoing,
    NotAnEmail,
    NotAPhone,
    NotALanguage,
    NotACountry,
    NotAMunicipality,
    /// No web address that may be told.
    NotAnAddress,
    /// Signs in it that cannot be seen.
    NotText,
    /// No concept of the taxonomy, or called otherwise there.
    NotAConcept,
    /// The kind knows no such field.
    Unknown,
    /// Nothing at all was filled in.
    Empty,
    /// All that one may keep is kept already.
    NoRoom,
    /// It looks like a personal identity number, which has no place there.
    Personal,
}

impl Fault {
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing => "fault-missing",
            Self::TooLong { .. } => "fault-too-long",
            Self::NotANumber { .. } => "fault-not-a-number",
            Self::NotADate => "fault-not-a-date",
            Self::NotAChoice => "fault-not-a-choice",
            Self::EndsBeforeStart => "fault-ends-before-start",
            Self::OverYetOngoing => "fault-over-yet-ongoing",
            Self::NotAnEmail => "fault-not-an-email",
            Self::NotAPhone => "fault-not-a-phone",
            Self::NotALanguage => "fault-not-a-language",
            Self::NotACountry => "fault-not-a-country",
            Self::NotAMunicipality => "fault-not-a-municipality",
            Self::NotAnAddress => "fault-not-an-address",
            Self::NotText => "fault-not-text",
            Self::NotAConcept => "fault-not-a-concept",
            Self::Unknown => "fault-unknown",
            Self::Empty => "fault-empty",
            Self::NoRoom => "fault-no-room",
            Self::Personal => "fault-personal",
        }
    }
}

/// Checks `fields` against what `kind` may hold. Faults name their field.
pub fn check(kind: Kind, fields: &Fields) -> Result<(), Vec<(String, Fault)>> {
    let mut faults = Vec::new();
    for (name, value) in fields {
        match kind.field(name) {
            None => faults.push((name.clone(), Fault::Unknown)),
            Some(field) => faults.extend(check_value(field.shape, value).err().map(|fault| (name.clone(), fault))),
        }
    }
    for field in kind.fields().iter().filter(|field| field.required && !fields.contains_key(field.name)) {
        faults.push((field.name.to_owned(), Fault::Missing));
    }
    if fields.is_empty() && faults.is_empty() {
        faults.push((kind.fields()[0].name.to_owned(), Fault::Empty));
    }
    if let (Some(Value::Date(from)), Some(Value::Date(to))) = (fields.get("from"), fields.get("to"))
        && ends_before(*from, *to)
    {
        faults.push(("to".to_owned(), Fault::EndsBeforeStart));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Whether `to` is surely before `from`; 2019 does not end before 2019-04.
fn ends_before(from: PartialDate, to: PartialDate) -> bool {
    let (from, to) = (from.to_string(), to.to_string());
    let shared = from.len().min(to.len());
    to[..shared] < from[..shared]
}

fn check_value(shape: Shape, value: &Value) -> Result<(), Fault> {
    match (shape, value) {
        (Shape::Line { max }, Value::Text(text)) => seen(text, max, false),
        (Shape::Text { max }, Value::Text(text)) => seen(text, max, true),
        (Shape::Proof { max }, Value::Text(text)) => longest(text, max),
        (Shape::Number { min, max }, Value::Number(n)) if (min..=max).contains(n) => Ok(()),
        (Shape::Number { min, max }, _) => Err(Fault::NotANumber { min, max }),
        (Shape::Choice(all), Value::Choice(one)) if all.contains(&one.as_str()) => Ok(()),
        (Shape::Choices(all), Value::Choices(some)) if some.iter().all(|one| all.contains(&one.as_str())) => Ok(()),
        (Shape::Date, Value::Date(_)) | (Shape::Flag, Value::Flag(_)) => Ok(()),
        (Shape::Date, _) => Err(Fault::NotADate),
        (Shape::Concept(_), Value::Concept(concept)) => check_concept(concept),
        (Shape::Municipality, Value::Text(text)) => seen(text, 60, false),
        (Shape::Language, Value::Text(text)) => only_if(is_code(text, 2..=3, u8::is_ascii_lowercase), Fault::NotALanguage),
        (Shape::Country, Value::Text(text)) => only_if(is_code(text, 2..=2, u8::is_ascii_uppercase), Fault::NotACountry),
        (Shape::Phone, Value::Text(text)) => only_if(is_phone(text), Fault::NotAPhone),
        (Shape::Email, Value::Text(text)) => only_if(is_email(text), Fault::NotAnEmail),
        (Shape::Entry, Value::Text(text)) => only_if(text.parse::<EntryId>().is_ok(), Fault::NotAChoice),
        _ => Err(Fault::NotAChoice),
    }
}

fn check_concept(concept: &ConceptRef) -> Result<(), Fault> {
    seen(&concept.entered, 200, false)?;
    let ConceptRef { uri, sv, en, .. } = concept;
    only_if([uri, sv, en].into_iter().flatten().all(|text| text.len() <= 400), Fault::TooLong { max: 400 })?;
    let labels = [sv, en].into_iter().flatten();
    only_if(labels.clone().all(|text| is_sound(text, false)), Fault::NotText)?;
    // One's own words are called nothing else: a label beside them would be read as the taxonomy's.
    only_if(uri.as_deref().map_or(labels.count() == 0, is_concept), Fault::NotAConcept)
}

/// A text to be read.
fn seen(text: &str, max: usize, lines: bool) -> Result<(), Fault> {
    longest(text, max)?;
    only_if(is_sound(text, lines), Fault::NotText)
}

fn longest(text: &str, max: usize) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Err(Fault::Missing);
    }
    only_if(text.chars().count() <= max, Fault::TooLong { max })
}

fn only_if(holds: bool, fault: Fault) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(fault) }
}

fn is_code(text: &str, len: std::ops::RangeInclusive<usize>, each: impl Fn(&u8) -> bool) -> bool {
    len.contains(&text.len()) && text.bytes().all(|byte| each(&byte))
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=15).contains(&digits) && text.chars().count() <= 30 && text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c))
}

fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && text.len() <= 254
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && is_sound(text, false)
        && !text.chars().any(char::is_whitespace)
}

/// Leaves out what a text may not hold, of what was not typed: nobody could be asked to mend it.
pub fn make_sound(kind: Kind, fields: &mut Fields) {
    for (name, value) in fields.iter_mut() {
        let lines = kind.field(name).is_some_and(|field| matches!(field.shape, Shape::Text { .. }));
        match value {
            Value::Text(text) if kind.field(name).is_some_and(|field| !matches!(field.shape, Shape::Proof { .. })) => {
                *text = sound(text, lines);
            }
            Value::Concept(concept) => concept.entered = sound(&concept.entered, false),
            _ => {}
        }
    }
    fields.retain(|_, value| !matches!(value, Value::Text(text) if text.trim().is_empty()));
}

/// Reads what a form sent for one field. Empty is `None`: nothing was said. What cannot be seen was pasted with the rest, and is left out.
pub fn read(shape: Shape, typed: &[String]) -> Result<Option<Value>, Fault> {
    let typed = match shape {
        Shape::Proof { .. } => typed.to_vec(),
        _ => typed.iter().map(|text| sound(text, matches!(shape, Shape::Text { .. }))).collect(),
    };
    let first = typed.iter().map(|text| text.trim()).find(|text| !text.is_empty());
    let Some(first) = first else { return Ok(None) };
    let value = match shape {
        Shape::Line { .. }
        | Shape::Text { .. }
        | Shape::Proof { .. }
        | Shape::Municipality
        | Shape::Phone
        | Shape::Email
        | Shape::Entry => Value::Text(first.to_owned()),
        Shape::Language => Value::Text(first.to_ascii_lowercase()),
        Shape::Country => Value::Text(first.to_ascii_uppercase()),
        Shape::Number { min, max } => Value::Number(first.parse().map_err(|_| Fault::NotANumber { min, max })?),
        Shape::Choice(_) => Value::Choice(first.to_owned()),
        Shape::Choices(_) => Value::Choices(typed.iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect()),
        Shape::Date => Value::Date(first.parse().map_err(|_| Fault::NotADate)?),
        Shape::Flag => Value::Flag(matches!(first, "yes" | "true" | "on" | "1")),
        Shape::Concept(_) => Value::Concept(ConceptRef::free(first)),
    };
    check_value(shape, &value).map(|()| Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(t: &str) -> Value {
        Value::Text(t.to_owned())
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_fields_name() {
        let faults = |kind, pairs: &[(&str, Value)]| {
            check(kind, &pairs.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect()).expect_err("faults")
        };
        assert_eq!(faults(Kind::PreferredName, &[]), [("name".into(), Fault::Missing)]);
        assert_eq!(
            faults(Kind::PreferredName, &[("name", text(&"å".repeat(121)))]),
            [("name".into(), Fault::TooLong { max: 120 })]
        );
        assert_eq!(faults(Kind::PreferredName, &[("name", text("A")), ("x", text("b"))]), [("x".into(), Fault::Unknown)]);
        assert_eq!(
            faults(Kind::BirthYear, &[("year", Value::Number(1899))]),
            [("year".into(), Fault::NotANumber { min: 1900, max: 2020 })]
        );
        assert_eq!(faults(Kind::Contact, &[]), [("phone".into(), Fault::Empty)]);
        assert_eq!(faults(Kind::Contact, &[("email", text("a@b"))]), [("email".into(), Fault::NotAnEmail)]);
        assert_eq!(faults(Kind::Language, &[("language", text("Svenska"))]), [("language".into(), Fault::NotALanguage)]);
    }

    #[test]
    fn a_concept_is_of_the_taxonomy_or_in_ones_own_words() {
        let concept = |uri: Option<&str>, entered: &str, sv: Option<&str>| ConceptRef {
            uri: uri.map(str::to_owned),
            entered: entered.to_owned(),
            sv: sv.map(str::to_owned),
            en: None,
        };
        let known = "http://data.europa.eu/esco/skill/05aa7c09-46e7-433f-a81b-92841f4551e7";
        for uri in [
            "javascript:alert(1)",
            "urn:a",
            "http://example.org/esco/skill/a",
            "http://data.europa.eu/esco/",
            "http://data.europa.eu/esco/a b",
        ] {
            assert_eq!(check_concept(&concept(Some(uri), "svetsa", None)), Err(Fault::NotAConcept), "{uri}");
        }
        assert_eq!(check_concept(&concept(None, "svetsa", Some("kirurg"))), Err(Fault::NotAConcept));
        assert_eq!(check_concept(&concept(Some(known), "a\u{202e}b", None)), Err(Fault::NotText));
        assert_eq!(check_concept(&concept(Some(known), "svetsa", Some("a\0"))), Err(Fault::NotText));
        assert_eq!(check_concept(&concept(Some(known), "svetsa", Some("svetsa"))), Ok(()));
        assert_eq!(check_concept(&concept(None, "svetsa", None)), Ok(()));
    }

    #[test]
    fn what_cannot_be_seen_is_refused_and_left_out_of_what_a_form_sends() {
        let line = Shape::Line { max: 120 };
        assert_eq!(check_value(line, &text("A\u{1b}[2J")), Err(Fault::NotText));
        assert_eq!(check_value(Shape::Text { max: 9 }, &text("a\nb\tc")), Ok(()));
        assert_eq!(check_value(line, &text("a\nb")), Err(Fault::NotText));
        assert_eq!(check_value(Shape::Email, &text("a\u{202e}@b.se")), Err(Fault::NotAnEmail));
        assert_eq!(read(line, &["\0Åsa\u{7}".to_owned()]), Ok(Some(text("Åsa"))));
        assert_eq!(read(line, &["\0".to_owned()]), Ok(None));
    }

    #[test]
    fn an_end_is_before_a_start_only_when_surely_so() {
        let date = |t: &str| t.parse().expect("a date");
        assert!(ends_before(date("2019-04"), date("2018")));
        assert!(ends_before(date("2019-04"), date("2019-03-31")));
        assert!(!ends_before(date("2019-04"), date("2019")));
        assert!(!ends_before(date("2019"), date("2019-01-01")));
    }

    proptest! {
        #[test]
        fn whatever_a_form_sends_is_refused_or_fits(typed in proptest::collection::vec("(?s).{0,40}", 0..3)) {
            for field in Kind::ALL.iter().flat_map(|kind| kind.fields()) {
                if let Ok(Some(value)) = read(field.shape, &typed) {
                    prop_assert!(check_value(field.shape, &value).is_ok());
                }
            }
        }
    }
}
