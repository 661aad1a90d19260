//! Plural forms: each language chooses by its own categories (CLDR 46, cardinals of whole numbers).

use std::collections::BTreeSet;

use super::messages;
use crate::text::Lang;

const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The categories that a whole number may fall into.
fn of(lang: Lang) -> BTreeSet<&'static str> {
    let all: &[&str] = match lang.written() {
        "ar" => &CATEGORIES,
        "uk" => &["one", "few", "many", "other"],
        "sv" | "en" | "fa" | "so" | "ti" => &["one", "other"],
        other => panic!("which plural categories has {other}? They stand in CLDR"),
    };
    all.iter().copied().collect()
}

/// The plural categories that a text chooses between; none where it does not choose.
fn chosen(text: &str) -> BTreeSet<&'static str> {
    CATEGORIES.into_iter().filter(|category| text.contains(&format!("[{category}] "))).collect()
}

#[test]
fn a_number_is_said_in_the_forms_of_its_language() {
    let mut faults = Vec::new();
    for lang in Lang::all() {
        for (key, text) in messages(*lang, None) {
            let (has, needs) = (chosen(&text), of(*lang));
            let by_number = has.iter().any(|category| *category != "other");
            if by_number && has != needs {
                faults.push(format!("{lang}: {key} chooses between {has:?}, and the language between {needs:?}"));
            }
            if text.contains("->") && !text.contains("*[") {
                faults.push(format!("{lang}: {key} has no form for what is left"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_text_with_plurals_in_swedish_has_them_in_each_language() {
    let swedish = messages(Lang::SV, None);
    for lang in Lang::all() {
        let theirs = messages(*lang, None);
        for (key, text) in swedish.iter().filter(|(_, text)| chosen(text).contains("one")) {
            let said = theirs.get(key).map(|text| chosen(text));
            assert!(said.is_none_or(|said| said.contains("one")), "{lang}: {key} says one and many alike: {text}");
        }
    }
}
