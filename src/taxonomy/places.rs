//! Languages, countries and Swedish municipalities for the pickers, from the seeds.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::fold;

/// Everything in the order of the codes; the pickers order by name in the language of the page (`named`).
#[derive(Debug)]
pub struct Places {
    pub languages: Vec<Language>,
    pub countries: Vec<Country>,
    pub municipalities: Vec<Municipality>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47: two letters where ISO 639-1 has them, else ISO 639-3.
    pub code: String,
    pub names: Names,
    /// In its own language and script.
    pub own: String,
    /// Swedish, the national minority languages, Swedish Sign Language.
    pub protected: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    pub names: Names,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// SCB, four digits; the first two are the county's.
    pub code: String,
    pub name: String,
    pub county: Names,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Names {
    pub sv: String,
    pub en: String,
}

impl Names {
    /// In `lang` (BCP 47, by its first part), else in English.
    pub fn in_lang(&self, lang: &str) -> &str {
        if lang.split('-').next() == Some("sv") { &self.sv } else { &self.en }
    }
}

/// What a picker offers: a code, and the name in a language.
pub trait Named {
    fn code(&self) -> &str;
    fn name(&self, lang: &str) -> &str;
    /// Other names under which it is known.
    fn also(&self) -> Vec<&str>;
}

impl Places {
    /// Reads the seeds that the binary carries.
    pub fn load() -> Self {
        Self { languages: languages(), countries: countries(), municipalities: municipalities() }
    }

    pub fn language(&self, code: &str) -> Option<&Language> {
        by_code(&self.languages, code)
    }

    pub fn country(&self, code: &str) -> Option<&Country> {
        by_code(&self.countries, code)
    }

    pub fn municipality(&self, code: &str) -> Option<&Municipality> {
        by_code(&self.municipalities, code)
    }
}

/// The one with this code, whatever the case of its letters.
pub fn by_code<'a, T: Named>(all: &'a [T], code: &str) -> Option<&'a T> {
    all.iter().find(|one| one.code().eq_ignore_ascii_case(code))
}

/// The one with this name in any language, whatever the case and the accents.
pub fn by_name<'a, T: Named>(all: &'a [T], name: &str) -> Option<&'a T> {
    let wanted = fold::key(name);
    let is = |one: &&T| ["sv", "en"].iter().map(|lang| one.name(lang)).chain(one.also()).any(|known| fold::key(known) == wanted);
    if wanted.is_empty() { None } else { all.iter().find(is) }
}

/// All as (code, name in `lang`), in the order of the alphabet of that language.
pub fn named<'a, T: Named>(all: &'a [T], lang: &str) -> Vec<(&'a str, &'a str)> {
    let mut list: Vec<(&str, &str)> = all.iter().map(|one| (one.code(), one.name(lang))).collect();
    list.sort_by_cached_key(|(_, name)| (alphabetical(name, lang), *name));
    list
}

/// A key that sorts as the language does: in Swedish å, ä and ö come last, elsewhere with a and o.
fn alphabetical(name: &str, lang: &str) -> String {
    if !lang.starts_with("sv") {
        return fold::key(name);
    }
    let lower = name.to_lowercase();
    let placed = lower.chars().map(|c| match c {
        'å' => "{".to_owned(),
        'ä' | 'æ' => "|".to_owned(),
        'ö' | 'ø' => "}".to_owned(),
        other => fold::fold(&other.to_string()),
    });
    placed.collect()
}

impl Named for Language {
    fn code(&self) -> &str {
        &self.code
    }

    fn name(&self, lang: &str) -> &str {
        self.names.in_lang(lang)
    }

    fn also(&self) -> Vec<&str> {
        vec![&self.own]
    }
}

impl Named for Country {
    fn code(&self) -> &str {
        &self.code
    }

    fn name(&self, lang: &str) -> &str {
        self.names.in_lang(lang)
    }

    fn also(&self) -> Vec<&str> {
        Vec::new()
    }
}

impl Named for Municipality {
    fn code(&self) -> &str {
        &self.code
    }

    fn name(&self, _: &str) -> &str {
        &self.name
    }

    fn also(&self) -> Vec<&str> {
        Vec::new()
    }
}

#[derive(Deserialize)]
struct LanguageRow {
    #[serde(flatten)]
    names: Names,
    own: String,
    #[serde(default)]
    protected: bool,
}

#[derive(Deserialize)]
struct CountyRow {
    #[serde(flatten)]
    names: Names,
    municipalities: BTreeMap<String, String>,
}

fn languages() -> Vec<Language> {
    let rows: BTreeMap<String, LanguageRow> = seed(include_str!("../../seeds/languages.toml"));
    rows.into_iter().map(|(code, row)| Language { code, names: row.names, own: row.own, protected: row.protected }).collect()
}

fn countries() -> Vec<Country> {
    let rows: BTreeMap<String, Names> = seed(include_str!("../../seeds/countries.toml"));
    rows.into_iter().map(|(code, names)| Country { code, names }).collect()
}

fn municipalities() -> Vec<Municipality> {
    let rows: BTreeMap<String, CountyRow> = seed(include_str!("../../seeds/municipalities.toml"));
    let of = |county: CountyRow| {
        let names = county.names;
        county.municipalities.into_iter().map(move |(code, name)| Municipality { code, name, county: names.clone() })
    };
    rows.into_values().flat_map(of).collect()
}

fn seed<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a test reads every embedded seed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_codes_and_names_give_nothing() {
        let places = Places::load();
        assert_eq!(places.language("xx"), None);
        assert_eq!(places.country(""), None);
        assert_eq!(places.municipality("0000"), None);
        assert_eq!(by_name(&places.countries, "  "), None);
        assert_eq!(by_name(&places.countries, "Atlantis"), None);
    }

    #[test]
    fn all_are_there_once() {
        let places = Places::load();
        assert!(places.languages.len() >= 100);
        assert_eq!(places.countries.len(), 249);
        assert_eq!(places.municipalities.len(), 290);
        for list in [named(&places.languages, "sv"), named(&places.countries, "en"), named(&places.municipalities, "sv")] {
            let mut names: Vec<&str> = list.iter().map(|(_, name)| *name).collect();
            assert!(list.iter().all(|(code, name)| !code.is_empty() && !name.is_empty()));
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all);
        }
    }

    #[test]
    fn places_are_found_by_code_and_by_name() {
        let places = Places::load();
        for code in ["sv", "ar", "so", "ti", "fa", "prs", "uk", "ku", "pl", "fi", "rom", "yi", "fit", "se"] {
            assert!(places.language(code).is_some(), "{code}");
        }
        assert_eq!(
            places.municipality("0685").map(|m| (m.name.as_str(), m.county.sv.as_str())),
            Some(("Vetlanda", "Jönköpings län"))
        );
        assert_eq!(by_name(&places.countries, "osterrike").map(|c| c.code.as_str()), Some("AT"));
        assert_eq!(by_name(&places.languages, "العربية").map(|l| l.code.as_str()), Some("ar"));
    }

    #[test]
    fn names_stand_in_the_order_of_their_language() {
        let places = Places::load();
        assert_eq!(named(&places.countries, "sv").last().map(|(_, name)| *name), Some("Östtimor"));
        assert_eq!(named(&places.countries, "en").last().map(|(_, name)| *name), Some("Zimbabwe"));
    }
}
