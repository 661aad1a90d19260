//! What a person may not have meant to show to whoever gets a part of their map: words of health or crime in free text (GDPR Articles 9
//! and 10), a personal number. Asked about before it is saved, never refused. The words are data, in `seeds/delicate_words.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::case::names_someone;
use super::profile::{Class, Fields, Kind, Shape, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    Health,
    Crime,
    Number,
}

/// What was found, and the word, as it is compared. A number is not told again.
pub type Found = BTreeSet<(Topic, String)>;

const NUMBER: &str = "number";

/// What an entry's own words say that the person is to be asked about. Nothing of what no scope may contain, and no health where it belongs.
pub fn in_entry(kind: Kind, fields: &Fields) -> Found {
    let mut found = Found::new();
    for field in kind.fields().iter().filter(|_| !kind.never_shared()) {
        let Some(Value::Text(text)) = fields.get(field.name) else { continue };
        let free = matches!(field.shape, Shape::Text { .. });
        if free {
            found.extend(in_text(text).into_iter().filter(|(topic, _)| *topic == Topic::Crime || kind.class() == Class::Normal));
        }
        if (free || matches!(field.shape, Shape::Line { .. })) && names_someone(text) {
            // By the field: another's number in another field is another question.
            found.insert((Topic::Number, format!("{NUMBER} {}", field.name)));
        }
    }
    found
}

fn in_text(text: &str) -> Found {
    let mut found = Found::new();
    for word in words(text) {
        for (topic, patterns) in [(Topic::Health, &WORDS.health), (Topic::Crime, &WORDS.crime)] {
            if patterns.values().flatten().any(|pattern| pattern.fits(&word)) {
                found.insert((topic, word.clone()));
            }
        }
    }
    found
}

/// In small letters, without signs that stand above or below others.
fn words(text: &str) -> Vec<String> {
    let apostrophe = |c: &char| matches!(c, '\'' | '’' | 'ʼ');
    let plain: String = text.nfc().filter(|c| !is_combining_mark(*c) && !apostrophe(c)).flat_map(char::to_lowercase).collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

static WORDS: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../seeds/delicate_words.toml")));

/// A file that cannot be read is a fault of ours, found by the test below.
fn read(toml: &str) -> Words {
    toml::from_str(toml).unwrap_or_default()
}

/// By language: whatever the page's language is, people write in theirs.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    health: BTreeMap<String, Vec<Pattern>>,
    crime: BTreeMap<String, Vec<Pattern>>,
}

/// A word, or a part of one: `*` stands for more letters.
#[derive(Deserialize)]
#[serde(from = "String")]
struct Pattern {
    core: String,
    more_before: bool,
    more_after: bool,
}

impl From<String> for Pattern {
    fn from(written: String) -> Self {
        let core = words(&written).concat();
        Self { core, more_before: written.starts_with('*'), more_after: written.ends_with('*') }
    }
}

impl Pattern {
    fn fits(&self, word: &str) -> bool {
        match (self.more_before, self.more_after) {
            (false, false) => word == self.core,
            (false, true) => word.starts_with(&self.core),
            (true, false) => word.ends_with(&self.core),
            (true, true) => word.contains(&self.core),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kind: Kind, field: &str, text: &str) -> Vec<(Topic, String)> {
        in_entry(kind, &[(field.to_owned(), Value::Text(text.to_owned()))].into()).into_iter().collect()
    }

    #[test]
    fn ordinary_words_ask_nothing() {
        for text in [
            "Jag har lagat mat för tjugo personer och beställt varor.",
            "Byggde om enligt ritning, beroende på väder.",
            "I translated for patients' families and kept the accounts.",
            "خبرة عسكرية، عملت ممرضة وسكرتيرة، رعاية المرضى",
            "Працювала бухгалтером, залежно від сезону.",
            "",
        ] {
            assert_eq!(found(Kind::Work, "tasks", text), [], "{text}");
        }
        assert_eq!(found(Kind::Work, "employer", "Cancerkliniken"), [], "a name is not free text");
        assert_eq!(found(Kind::Safety, "more", "dömd, diagnos, 900101-1234"), [], "in no scope at all");
    }

    #[test]
    fn words_of_health_and_crime_are_found_in_each_language() {
        for (text, topic, word) in [
            ("Fick en diagnos 2019", Topic::Health, "diagnos"),
            ("Slutade för att jag blev SJUKSKRIVEN.", Topic::Health, "sjukskriven"),
            ("har haft panika\u{30a}ngest", Topic::Health, "panikångest"),
            ("Satt i fängelse", Topic::Crime, "fängelse"),
            ("after my pregnancy", Topic::Health, "pregnancy"),
            ("بعد السِّجن", Topic::Crime, "السجن"),
            ("به خاطر بیماری‌ام", Topic::Health, "بیماری"),
            ("xabsiga", Topic::Crime, "xabsiga"),
            ("ሕማም ነይሩኒ", Topic::Health, "ሕማም"),
            ("після в’язниці", Topic::Crime, "вязниці"),
        ] {
            assert_eq!(found(Kind::Work, "tasks", text), [(topic, word.to_owned())], "{text}");
        }
    }

    #[test]
    fn health_has_its_own_place_and_a_number_none() {
        assert_eq!(found(Kind::Needs, "need", "Min diagnos gör att jag behöver pauser."), []);
        assert_eq!(found(Kind::Needs, "need", "Var i häktet."), [(Topic::Crime, "häktet".to_owned())]);
        let number = |field: &str| [(Topic::Number, format!("{NUMBER} {field}"))];
        assert_eq!(found(Kind::Needs, "need", "900101-1234"), number("need"));
        assert_eq!(found(Kind::Work, "employer", "Robin 19900101 1234"), number("employer"));
        assert_eq!(found(Kind::Work, "tasks", "٩٠٠١٠١-١٢٣٤"), number("tasks"));
        assert_eq!(found(Kind::Work, "tasks", "۱۹۹۰۰۱۰۱۱۲۳۴"), number("tasks"));
    }

    #[test]
    fn the_list_reads_and_each_of_its_words_is_found() {
        let read: Words = toml::from_str(include_str!("../../seeds/delicate_words.toml")).expect("the list");
        for patterns in [&read.health, &read.crime] {
            assert_eq!(patterns.keys().collect::<Vec<_>>(), ["ar", "en", "fa", "so", "sv", "ti", "uk"]);
            for pattern in patterns.values().flatten() {
                assert!(pattern.core.chars().count() > 2, "too short to mean anything: {}", pattern.core);
                assert!(!in_text(&pattern.core).is_empty(), "{}", pattern.core);
            }
        }
    }
}
