//! How near a label is to a query, between 0 and about 1.3.

use std::collections::HashMap;

use super::alike::{End, Part};
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
    let mut of_label = vec![Met::default(); words.len()];
    let (mut met, mut whole) = (0.0, 0.0);
    for asked in &asked.words {
        let mut of_asked = Met::default();
        for (other, of_label) in words.iter().zip(&mut of_label) {
            let Some(meaning) = asked.meanings.get(&other.folded) else { continue };
            // Who types the diacritics means them; who leaves them out means either.
            let how = if meaning.how == 1.0 && asked.word.plain != other.plain { 0.97 } else { meaning.how };
            of_asked.add(how, if let Part::OfAsked(end, share) = meaning.part { Some((end, share)) } else { None });
            of_label.add(how, if let Part::OfLabel(end, share) = meaning.part { Some((end, share)) } else { None });
        }
        let weight = weights.weight(&asked.word.folded);
        met += weight * of_asked.how();
        whole += weight;
    }
    let recall = met / f32::max(whole, f32::EPSILON);
    let (mut met, mut whole) = (0.0, 0.0);
    for (word, of_label) in words.iter().zip(&of_label) {
        let weight = weights.weight(&word.folded);
        met += weight * of_label.how();
        whole += weight;
    }
    let precision = met / f32::max(whole, f32::EPSILON);
    0.65 * recall + 0.35 * precision + same(asked, &words)
}

/// How far one word is met by all words of the other side: by the best of them, or by two that are its front and its head.
#[derive(Clone, Default)]
struct Met {
    best: f32,
    front: f32,
    head: f32,
}

impl Met {
    fn add(&mut self, how: f32, part: Option<(End, f32)>) {
        self.best = self.best.max(how);
        match part {
            Some((End::Front, share)) => self.front = self.front.max(share),
            Some((End::Head, share)) => self.head = self.head.max(share),
            None => {}
        }
    }

    fn how(&self) -> f32 {
        let joined = if self.front > 0.0 && self.head > 0.0 { 0.95 * (self.front + self.head).min(1.0) } else { 0.0 };
        self.best.max(joined)
    }
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
