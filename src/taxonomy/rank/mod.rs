//! Ranks occupations for a whole title, also where title and label share no word.
//!
//! Four cosines, each between the title and one document per occupation: pieces of words in the language asked for (with the
//! labels of its group), pieces of words in all languages, and the title's words in English, translated by a lexicon that was
//! learned from the labels themselves, against the English labels and against labels, skills and description. The field's names:
//! TF-IDF over character n-grams, IBM model 1.

mod bytes;
mod compound;
mod learn;
mod lexicon;
mod space;
mod terms;
mod title;
mod write;

use std::collections::HashMap;

use tantivy::directory::OwnedBytes;

use super::fold::Word;
use bytes::Sections;
use compound::Vocabulary;
use lexicon::Lexicon;
use space::Space;
use terms::Terms;

pub use title::clean;
pub use write::write;

pub struct Ranker {
    /// The concept number of each occupation.
    occupations: Vec<u32>,
    /// Pieces of the labels of all languages.
    all: Space,
    /// English words: of labels; of labels, skills, groups and descriptions.
    names: Space,
    meaning: Space,
    english: Vocabulary,
    languages: HashMap<String, Language>,
}

struct Language {
    pieces: Space,
    /// As before, with the labels that a crosswalk gives; `None` where it gives none.
    crosswalk: Option<Space>,
    words: Vocabulary,
    lexicon: Lexicon,
}

/// How far each cosine counts; fitted on half of the held-out titles (see the README's figures for the other half).
const PIECES: f32 = 0.30;
const ALL: f32 = 0.40;
const NAMES: f32 = 0.10;
const MEANING: f32 = 0.20;

/// Less is chance: a piece or two in common.
const LEAST: f32 = 0.08;

#[derive(Clone, Copy)]
pub struct Asked {
    /// The last word is still being typed.
    pub open: bool,
    /// Labels that a crosswalk gives count.
    pub crosswalk: bool,
}

impl Ranker {
    /// Reads in place what `write` wrote; `None` where it is no such file.
    pub fn open(file: &OwnedBytes) -> Option<Self> {
        let sections = Sections::read(file)?;
        let space = |name: &str| Space::open(sections.get(name)?);
        let languages = sections.names("pieces-").map(|lang| {
            let language = Language {
                pieces: space(&format!("pieces-{lang}"))?,
                crosswalk: space(&format!("crosswalk-{lang}")),
                words: Vocabulary::open(lang, sections.get(&format!("words-{lang}"))?)?,
                lexicon: Lexicon::open(sections.get(&format!("lexicon-{lang}"))?, space(&format!("stems-{lang}"))?)?,
            };
            Some((lang.to_owned(), language))
        });
        Some(Self {
            languages: languages.collect::<Option<_>>()?,
            occupations: bytes::numbers(&sections.get("occupations")?),
            all: space("all")?,
            names: space("names")?,
            meaning: space("meaning")?,
            english: Vocabulary::open("en", sections.get("words-en")?)?,
        })
    }

    /// The `most` best occupations by concept number, with scores between `LEAST` and 1.
    pub fn best(&self, words: &[Word], lang: &str, asked: Asked, most: usize) -> Vec<(u32, f32)> {
        let pieces = terms::pieces(words, asked.open);
        let mut scores = vec![0.0; self.occupations.len()];
        self.all.add(&pieces, ALL, &mut scores);
        let language = self.languages.get(lang);
        // A language without labels: its share goes to all languages.
        match language {
            Some(language) => {
                let mapped = language.crosswalk.as_ref().filter(|_| asked.crosswalk);
                mapped.unwrap_or(&language.pieces).add(&pieces, PIECES, &mut scores);
            }
            None => self.all.add(&pieces, PIECES, &mut scores),
        }
        let english = self.english(words, language);
        self.names.add(&english, NAMES, &mut scores);
        self.meaning.add(&english, MEANING, &mut scores);
        let mut order: Vec<u32> = (0..).zip(&scores).filter(|(_, score)| **score >= LEAST).map(|(at, _)| at).collect();
        let by_score = |a: &u32, b: &u32| scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b));
        if order.len() > most {
            order.select_nth_unstable_by(most, by_score);
            order.truncate(most);
        }
        order.sort_unstable_by(by_score);
        order.into_iter().map(|at| (self.occupations[at as usize], scores[at as usize])).collect()
    }

    fn english(&self, words: &[Word], language: Option<&Language>) -> Terms {
        let mut out = Terms::new();
        let Some(language) = language.filter(|language| !language.lexicon.is_empty()) else {
            for (stem, weight) in self.english.terms(words) {
                *out.entry(terms::hash(&stem)).or_default() += weight;
            }
            return out;
        };
        for (stem, weight) in language.words.terms(words) {
            let met = language.lexicon.translate(&stem, |english, share| *out.entry(english).or_default() += weight * share);
            if !met && self.english.knows(&stem) {
                *out.entry(terms::hash(&stem)).or_default() += weight;
            }
        }
        out
    }
}
