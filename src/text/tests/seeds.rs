//! Texts in seeds carry their languages: those that a participant reads before a consent, in every language of the face.

use std::collections::BTreeSet;

use super::root;
use crate::text::Lang;

const CONSENT: [&str; 2] = ["purposes.toml", "recipient_kinds.toml"];

fn seed(file: &str) -> String {
    std::fs::read_to_string(root().join("../seeds").join(file)).expect("a seed")
}

/// Each text of a table and what lies in it: where it stands, and the languages that it has.
fn texts(place: &str, value: &toml::Value, found: &mut Vec<(String, BTreeSet<String>)>) {
    match value {
        toml::Value::Table(table) if table.contains_key("sv") => {
            let said = table.iter().filter(|(_, text)| text.as_str().is_some_and(|text| !text.trim().is_empty()));
            found.push((place.to_owned(), said.map(|(tag, _)| tag.clone()).collect()));
        }
        toml::Value::Table(table) => {
            let id = table.get("id").and_then(toml::Value::as_str).unwrap_or_default();
            table.iter().for_each(|(name, inner)| texts(&format!("{place} {id} {name}"), inner, found));
        }
        toml::Value::Array(all) => all.iter().for_each(|inner| texts(place, inner, found)),
        _ => {}
    }
}

#[test]
fn what_is_read_before_a_consent_stands_in_each_language() {
    let needed: BTreeSet<String> = Lang::all().iter().map(|lang| lang.tag().to_owned()).collect();
    let mut faults = Vec::new();
    for file in CONSENT {
        let mut found = Vec::new();
        texts(file, &toml::from_str(&seed(file)).expect("a seed is TOML"), &mut found);
        assert!(found.len() >= 12, "{file} has its texts");
        for (place, has) in found.iter().filter(|(_, has)| *has != needed) {
            let (lacks, unknown): (Vec<_>, Vec<_>) = (needed.difference(has).collect(), has.difference(&needed).collect());
            faults.push(format!("{place} lacks {lacks:?}, unknown {unknown:?}"));
        }
    }
    assert!(faults.is_empty(), "to translate:\n{}", faults.join("\n"));
}

#[test]
fn a_seed_names_the_languages_that_await_a_reader() {
    let awaiting: Vec<&str> = Lang::all().iter().filter(|lang| lang.awaits_reader()).map(|lang| lang.tag()).collect();
    for file in CONSENT {
        let line = format!("# Machine-made. Awaiting a native reader: {}.\n", awaiting.join(", "));
        assert!(seed(file).contains(&line), "{file} says: {line}");
    }
}
