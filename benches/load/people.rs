//! Invented people, alike for both databases: who is number `n`, and what stands on their map.

use std::collections::BTreeMap;

use egenkarta::domain::Timestamp;
use egenkarta::domain::profile::{ConceptRef, Entry, Evidence, Kind, Section, Source, Value};

/// Entries on each map.
pub const ENTRIES: usize = 60;
/// Live consents of each person.
pub const CONSENTS: usize = 4;
/// What the first of them gives: ten entries.
pub const PART: [Section; 3] = [Section::P03, Section::P06, Section::P10];
/// Units that share them.
pub const UNITS: usize = 40;

const WORDS: [&str; 24] = [
    "planera",
    "väga",
    "mäta",
    "lyssna",
    "laga",
    "köra",
    "räkna",
    "ordna",
    "sy",
    "gräva",
    "måla",
    "bära",
    "skriva",
    "översätta",
    "städa",
    "bygga",
    "vårda",
    "baka",
    "odla",
    "sälja",
    "leda",
    "felsöka",
    "packa",
    "handleda",
];

/// The entries of person `n`: the same each time.
pub fn entries(n: usize, now: Timestamp) -> Vec<Entry> {
    let counts = [
        (Kind::PreferredName, 1),
        (Kind::BirthYear, 1),
        (Kind::Home, 1),
        (Kind::Language, 4),
        (Kind::Education, 5),
        (Kind::Work, 8),
        (Kind::Informal, 4),
        (Kind::Skill, 24),
        (Kind::Qualification, 5),
        (Kind::Licence, 4),
        (Kind::Goal, 2),
        (Kind::Conditions, 1),
    ];
    let kinds = counts.into_iter().flat_map(|(kind, count)| std::iter::repeat_n(kind, count));
    let all: Vec<Entry> = kinds.enumerate().map(|(i, kind)| entry(kind, n * ENTRIES + i, now)).collect();
    assert_eq!(all.len(), ENTRIES, "the table above holds as many as it says");
    all
}

fn entry(kind: Kind, seed: usize, now: Timestamp) -> Entry {
    let fields = fields(kind, seed).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let (source, evidence) = (Source::Own, Evidence::E1);
    Entry { kind, lang: "sv".into(), source, evidence, fields, created: now, updated: now, confirmed: now, file: None }
}

fn fields(kind: Kind, seed: usize) -> BTreeMap<&'static str, Value> {
    let text = |words: usize| Value::Text(words_of(seed, words));
    let date = |years: usize| Value::Date(format!("{}-0{}", 1990 + years % 34, 1 + years % 9).parse().expect("a month"));
    let one = |word: &str| Value::Choice(word.to_owned());
    let pairs = match kind {
        Kind::PreferredName => vec![("name", text(2))],
        Kind::BirthYear => vec![("year", Value::Number(1950 + (seed % 50) as i64))],
        Kind::Home => vec![("municipality", Value::Text("Vetlanda".into()))],
        Kind::Language => {
            let language = ["sv", "en", "ar", "uk", "so", "fa"][seed % 6];
            vec![
                ("language", Value::Text(language.into())),
                ("reading", one("b2")),
                ("writing", one("b1")),
                ("listening", one("c1")),
            ]
        }
        Kind::Education => vec![("title", text(3)), ("school", text(2)), ("from", date(seed)), ("completed", Value::Flag(true))],
        Kind::Work => {
            vec![
                ("occupation", concept(seed)),
                ("employer", text(2)),
                ("from", date(seed)),
                ("form", one("employed")),
                ("tasks", text(30)),
            ]
        }
        Kind::Informal => vec![("what", text(3)), ("context", one("association")), ("more", text(12))],
        Kind::Skill => vec![("skill", concept(seed)), ("level", one("alone")), ("last_used", date(seed))],
        Kind::Qualification => vec![("name", text(3)), ("issuer", text(2)), ("issued", date(seed))],
        Kind::Licence => vec![("licence", one(["b", "ce", "first_aid", "truck_a"][seed % 4])), ("issued", date(seed))],
        Kind::Goal => vec![("occupation", concept(seed)), ("motivation", text(20))],
        _ => vec![("hours_per_week", Value::Number(30)), ("more", text(10))],
    };
    pairs.into_iter().collect()
}

fn concept(seed: usize) -> Value {
    let entered = words_of(seed, 2);
    let uri = Some(format!("http://data.europa.eu/esco/skill/{:032x}", (seed as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    Value::Concept(ConceptRef { uri, sv: Some(entered.clone()), en: Some(words_of(seed + 1, 2)), entered })
}

fn words_of(seed: usize, count: usize) -> String {
    (0..count).map(|i| WORDS[(seed * 7 + i * 11 + seed / 24) % WORDS.len()]).collect::<Vec<_>>().join(" ")
}
