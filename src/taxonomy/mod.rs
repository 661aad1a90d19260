//! The taxonomy of occupations, skills and their groups: the starter that the binary carries, or one imported into the data folder.
//!
//! Both come through one reader into one index; see `layout` and `official` for the forms a source may have.

mod alike;
mod compare;
mod draft;
mod error;
mod expand;
mod family;
mod fold;
mod import;
mod index;
mod layout;
mod official;
pub mod places;
mod rank;
mod search;
pub mod seeds;
pub mod situations;
mod source;
mod starter;
mod table;
#[cfg(test)]
mod testing;
mod variant;
mod versions;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub use crate::domain::taxonomy::{Concept, Hit, How, Kind, Why};
pub use error::Error;
pub use import::{Step, import};
pub use index::Counts;
pub use places::Places;
pub use search::Options;
pub use seeds::{Frameworks, Outlines};
pub use situations::{Situation, Situations};

use index::Kept;
pub use versions::Store;

/// To be shown wherever concepts of the classification are; asked for by its terms of use. An import is shown in an adapted form.
pub const ESCO_ATTRIBUTION: &str = "This service uses the ESCO classification of the European Commission.";

pub struct Taxonomy {
    kept: Arc<Kept>,
}

/// What a concept is tied to, as URIs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// Groups above (of an occupation also its ISCO group).
    pub broader: Vec<String>,
    /// Of an occupation: the skills that everyone in it needs.
    pub essential: Vec<String>,
    /// Of an occupation: the skills that some in it need.
    pub optional: Vec<String>,
    /// Of a skill: the occupations in which everyone needs it.
    pub essential_for: Vec<String>,
}

impl Taxonomy {
    /// What was imported into the data folder, else the starter.
    pub fn open(data: &Path) -> Result<Self, Error> {
        let store = Store::in_data(data);
        match store.current() {
            Some(version) => Ok(Self { kept: Arc::new(Kept::open(&store.folder(&version), &version)?) }),
            None => Ok(Self { kept: starter::kept(&store)? }),
        }
    }

    /// The one that the binary carries, indexed in memory.
    pub fn starter() -> Result<Self, Error> {
        Ok(Self { kept: starter::built()? })
    }

    /// The best `limit` concepts of these kinds for what is typed, in any language of the labels, shown in `lang` where there is a
    /// label. Deterministic: by score, then label, then URI. Reads the first 200 characters.
    pub fn search(&self, query: &str, kinds: &[Kind], lang: &str, limit: usize) -> Vec<Hit> {
        self.search_with(query, kinds, lang, limit, Options::default())
    }

    pub fn search_with(&self, query: &str, kinds: &[Kind], lang: &str, limit: usize, options: Options) -> Vec<Hit> {
        search::search(&self.kept, query, kinds, lang, limit, options)
    }

    /// The concept that takes the place of a retired one; `None` for one in use, one that nothing replaces, and an unknown one.
    pub fn replacement(&self, uri: &str) -> Option<Concept> {
        let record = self.kept.concept(self.kept.concept(self.kept.number(uri)?)?.replaced_by?)?;
        Some(Concept { uri: record.uri, kind: record.kind, labels: BTreeMap::from_iter(record.labels) })
    }

    /// The concept with all its preferred labels, also where it is retired: profiles keep their URIs.
    pub fn concept(&self, uri: &str) -> Option<Concept> {
        let record = self.kept.concept(self.kept.number(uri)?)?;
        Some(Concept { uri: record.uri, kind: record.kind, labels: BTreeMap::from_iter(record.labels) })
    }

    pub fn relations(&self, uri: &str) -> Option<Relations> {
        let record = self.kept.concept(self.kept.number(uri)?)?;
        let uris = |numbers: Vec<u32>| numbers.into_iter().filter_map(|n| self.kept.concept(n)).map(|c| c.uri).collect();
        Some(Relations {
            broader: uris(record.broader),
            essential: uris(record.essential),
            optional: uris(record.optional),
            essential_for: uris(record.essential_for),
        })
    }

    /// Languages whose labels are ours, and await a native reader.
    pub fn awaiting_reader() -> Result<Vec<String>, Error> {
        starter::awaited()
    }

    /// Names the content: equal for equal tables.
    pub fn version(&self) -> &str {
        &self.kept.facts.version
    }

    pub fn counts(&self) -> &Counts {
        &self.kept.facts.counts
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static STARTER: LazyLock<Taxonomy> = LazyLock::new(|| {
        let begun = std::time::Instant::now();
        let starter = Taxonomy::starter().unwrap();
        println!("starter ready in {:?}", begun.elapsed());
        starter
    });

    const ALL: [Kind; 3] = [Kind::Occupation, Kind::Skill, Kind::Group];

    fn first(taxonomy: &Taxonomy, query: &str, lang: &str) -> String {
        taxonomy.search(query, &ALL, lang, 5).first().map(|hit| hit.label.clone()).unwrap_or_default()
    }

    #[test]
    fn nothing_is_found_for_nothing_and_for_nonsense() {
        let starter = &*STARTER;
        for query in ["", "   ", "-- / ()", "xqzwv", "\u{0}"] {
            assert_eq!(starter.search(query, &ALL, "sv", 10), [], "{query:?}");
        }
        assert_eq!(starter.search("kock", &[], "sv", 10), []);
        assert_eq!(starter.search("kock", &ALL, "sv", 0), []);
        assert_eq!(starter.concept("http://data.europa.eu/esco/skill/none"), None);
        assert_eq!(starter.relations(""), None);
    }

    #[test]
    fn everyday_words_find_their_work() {
        let starter = &*STARTER;
        for (query, label) in [
            ("städare", "lokalvårdare"),
            ("stadare", "lokalvårdare"),
            ("undersk", "undersköterska"),
            ("undersjöterska", "undersköterska"),
            ("truckforare", "truckförare"),
            ("lastbils", "lastbilschaufför"),
            ("dagmamma", "dagbarnvårdare"),
            ("hårklippning", "styla hår"),
            ("CNC", "CNC-operatör"),
            ("registered nurse", "sjuksköterska"),
            ("midwife", "barnmorska"),
        ] {
            assert_eq!(first(starter, query, "sv"), label, "{query}");
        }
        assert_eq!(first(starter, "städare", "en"), "building cleaner");
    }

    #[test]
    fn the_same_query_gives_the_same_answer_in_the_order_of_score_label_and_uri() {
        let starter = &*STARTER;
        for query in ["arbet", "k", "städa", "nurse", "vård och omsorg"] {
            let hits = starter.search(query, &ALL, "sv", 30);
            assert_eq!(hits, starter.search(query, &[Kind::Group, Kind::Skill, Kind::Occupation, Kind::Skill], "sv", 30));
            assert!(hits.is_sorted_by(|a, b| (b.score, &a.label, &a.uri) <= (a.score, &b.label, &b.uri)), "{query}");
        }
    }

    #[test]
    fn a_hit_says_why_where_the_label_shown_is_another() {
        let starter = &*STARTER;
        let hits = starter.search("dagmamma", &[Kind::Occupation], "sv", 1);
        assert_eq!(hits[0].why, Why { how: How::OtherName, label: Some("dagmamma".to_owned()) });
        let how = |query: &str| {
            let why = starter.search(query, &[Kind::Occupation], "sv", 1)[0].why.clone();
            (why.how, why.label)
        };
        assert_eq!(how("dagbarnvårdare"), (How::Same, None));
        assert_eq!(how("dagbarnv"), (How::Beginning, None));
        assert_eq!(how("undersjöterska"), (How::Spelling, None));
        assert_eq!(how("registered nurse").0, How::OtherLanguage);
    }

    #[test]
    fn a_long_query_is_cut_and_answered() {
        let starter = &*STARTER;
        let long = format!("kock {}", "å ".repeat(100_000));
        assert!(starter.search(&long, &ALL, "sv", 3).len() <= 3);
    }

    #[test]
    fn every_skill_of_the_starter_has_a_readable_group_and_both_languages() {
        let starter = &*STARTER;
        let counts = starter.counts();
        assert!(counts.occupations >= 150 && counts.skills >= 600 && counts.dropped == 0, "{counts:?}");
        let all = counts.occupations + counts.skills + counts.groups;
        assert_eq!((counts.languages["sv"], counts.languages["en"]), (all, all));
        for number in 0..all as u32 {
            let concept = starter.kept.concept(number).unwrap();
            if concept.kind == Kind::Skill {
                assert!(!concept.broader.is_empty(), "{}", concept.uri);
            }
            if concept.kind == Kind::Occupation {
                assert!(concept.essential.len() >= 2, "{}: {:?}", concept.uri, concept.labels);
            }
        }
    }

    #[test]
    fn relations_run_both_ways() {
        let starter = &*STARTER;
        let cook = starter.search("kock", &[Kind::Occupation], "sv", 1)[0].uri.clone();
        let skills = starter.relations(&cook).unwrap().essential;
        assert!(skills.iter().all(|skill| starter.relations(skill).unwrap().essential_for.contains(&cook)));
    }
}
