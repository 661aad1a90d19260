//! From a word that someone types to the words of the labels that it may mean: the same, begun the same, part of a compound,
//! mistyped.

use std::collections::HashMap;

use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::alike::{Part, SHORTEST_PART, alike, part};
use super::fold::{self, Word};
use super::index::Kept;

/// A query made ready to be compared with many labels.
pub struct Asked {
    pub words: Vec<AskedWord>,
    /// The whole query folded.
    pub key: String,
    /// The last word may still be being typed.
    pub open: bool,
}

pub struct AskedWord {
    pub word: Word,
    /// Words of labels, and how far each meets this one, 0 to 1.
    pub meanings: HashMap<String, Meaning>,
}

#[derive(Clone, Copy, Debug)]
pub struct Meaning {
    pub how: f32,
    pub part: Part,
}

/// Words of labels looked at for one typed word; fewer for each word of a long query.
const MOST: usize = 64;

/// Words with the typed beginning that are looked through.
const BEGINNINGS: usize = 1_000;

/// Of these, the words kept; fewer where one or two letters begin so much that any choice is arbitrary.
const BEGINNINGS_KEPT: (usize, usize) = (48, 24);

impl Asked {
    pub fn new(kept: &Kept, words: Vec<Word>, open: bool, fields: &[Field]) -> Self {
        let most = (MOST * 2 / (words.len() + 1)).max(8);
        let key = words.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
        let last = words.len().saturating_sub(1);
        let meant = |(place, word): (usize, Word)| {
            let open = open && place == last;
            let mut found = by_pieces(kept, &word.folded, open, most);
            if open {
                found.extend(fields.iter().flat_map(|field| beginning(kept, *field, &word.folded)));
            }
            found.extend(fields.iter().flat_map(|field| ends(kept, *field, &word.folded)));
            let meaning = |other: &String| Meaning { how: alike(&word.folded, other, open), part: part(&word.folded, other) };
            let meanings = found.into_iter().map(|other| (meaning(&other), other)).filter(|(meaning, _)| meaning.how > 0.0);
            AskedWord { meanings: meanings.map(|(meaning, other)| (other, meaning)).collect(), word }
        };
        Self { words: words.into_iter().enumerate().map(meant).collect(), key, open }
    }
}

impl Asked {
    /// Whether a folded label has a word, or a word with a part, that was typed as it stands.
    pub fn meets_a_word(&self, key: &str) -> bool {
        key.split(' ')
            .any(|other| self.words.iter().any(|asked| other == asked.word.folded || part(&asked.word.folded, other) != Part::None))
    }
}

/// The words that share most pieces with this one, and the word itself.
fn by_pieces(kept: &Kept, folded: &str, open: bool, most: usize) -> Vec<String> {
    let mut found = vec![folded.to_owned()];
    // One or two letters share pieces with half the vocabulary; they mean themselves, or the beginning of a word.
    if folded.chars().count() > 2 {
        let term = |text: String| -> (Occur, Box<dyn Query>) {
            (Occur::Should, Box::new(TermQuery::new(Term::from_field_text(kept.fields.pieces, &text), IndexRecordOption::Basic)))
        };
        let query = BooleanQuery::new(fold::grams(folded, open).into_iter().map(term).collect());
        let docs = kept.searcher.search(&query, &TopDocs::with_limit(most).order_by_score()).unwrap_or_default();
        found.extend(docs.into_iter().filter_map(|(_, at)| kept.word(at)));
    }
    found
}

/// The most used words of a field that begin so.
fn beginning(kept: &Kept, field: Field, folded: &str) -> Vec<String> {
    let keep = if folded.chars().count() > 2 { BEGINNINGS_KEPT.0 } else { BEGINNINGS_KEPT.1 };
    let mut found: Vec<(u32, String)> = Vec::new();
    for segment in kept.searcher.segment_readers() {
        let Ok(inverted) = segment.inverted_index(field) else { continue };
        let Ok(mut stream) = inverted.terms().range().ge(folded.as_bytes()).into_stream() else { continue };
        while found.len() < BEGINNINGS && stream.advance() && stream.key().starts_with(folded.as_bytes()) {
            if let Ok(word) = std::str::from_utf8(stream.key()) {
                found.push((stream.value().doc_freq, word.to_owned()));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.truncate(keep);
    found.into_iter().map(|(_, word)| word).collect()
}

/// Words of a field that are the front or the head of a compound, the front also without the s that joins.
fn ends(kept: &Kept, field: Field, folded: &str) -> Vec<String> {
    let cuts: Vec<usize> = folded.char_indices().map(|(at, _)| at).collect();
    if cuts.len() < 2 * SHORTEST_PART {
        return Vec::new();
    }
    let cuts = &cuts[SHORTEST_PART..=cuts.len() - SHORTEST_PART];
    let fronts = cuts.iter().map(|cut| &folded[..*cut]);
    let heads = cuts.iter().map(|cut| &folded[*cut..]);
    let known = |word: &&str| kept.searcher.doc_freq(&Term::from_field_text(field, word)).is_ok_and(|count| count > 0);
    fronts.chain(heads).filter(known).map(ToOwned::to_owned).collect()
}
