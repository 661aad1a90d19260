//! How near a label is to a query, between 0 and about 1.3.

use std::collections::HashMap;

use super::expand::Asked;
use super::fold::{self, Word};

/// How telling words are, by their folded form: rare words weigh more.
pub struct Weights<F: Fn(&str) -> f32> {
    of: F,
    known: HashMap<String, f32>,
}

impl<F: Fn(&str) -> f32> Weights<F> {
    pub fn new(of: F) -> Self {
        Self { of, known: HashMap::new() }
    }

    fn weight(&mut self, folded: &str) -> f32 {
        if let Some(known) = self.known.get(folded) {
            return *known;
        }
        let weight = (self.of)(folded) * (1.0 + folded.chars().count() as f32).ln();
        self.known.insert(folded.to_owned(), weight);
        weight
    }
}

pub fn compare<F: Fn(&str) -> f32>(asked: &Asked, label: &str, weights: &mut Weights<F>) -> f32 {
    let words = fold::words(label);
    if words.is_empty() {
        return 0.0;
    }
    let mut met_of_label = vec![0.0_f32; words.len()];
    let (mut met, mut whole) = (0.0, 0.0);
    for asked in &asked.words {
        let mut best = 0.0_f32;
        for (other, met) in words.iter().zip(&mut met_of_label) {
            let alike = asked.meanings.get(&other.folded).copied().unwrap_or(0.0);
            // Who types the diacritics means them; who leaves them out means either.
            let alike = if alike == 1.0 && asked.word.plain != other.plain { 0.97 } else { alike };
            best = best.max(alike);
            *met = met.max(alike);
        }
        let weight = weights.weight(&asked.word.folded);
        met += weight * best;
        whole += weight;
    }
    let recall = met / f32::max(whole, f32::EPSILON);
    let (mut met, mut whole) = (0.0, 0.0);
    for (word, how) in words.iter().zip(&met_of_label) {
        let weight = weights.weight(&word.folded);
        met += weight * how;
        whole += weight;
    }
    let precision = met / f32::max(whole, f32::EPSILON);
    0.65 * recall + 0.35 * precision + same(asked, &words)
}

/// What a label that is the query, or begins as it does, gets on top.
fn same(asked: &Asked, words: &[Word]) -> f32 {
    let key = words.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ");
    if key == asked.key {
        0.25
    } else if asked.open && key.starts_with(&asked.key) {
        0.08
    } else {
        0.0
    }
}
