//! The words of a language, and its compounds as their parts.

use std::collections::BTreeMap;

use tantivy::directory::OwnedBytes;

use super::bytes::{find, push, u32_at};
use super::terms::{hash, is_stop, stem};
use crate::taxonomy::fold::Word;

/// How often each word stands in labels: number of words, their digests ascending, their counts.
pub struct Vocabulary {
    lang: String,
    bytes: OwnedBytes,
    words: usize,
}

/// How much a part of a compound counts against the whole.
const OF_PART: f32 = 0.7;

/// Letters of a part at least.
const SHORTEST: usize = 4;

/// What joins the parts, and what a front may have lost.
const JOINTS: [&str; 6] = ["", "s", "en", "n", "e", "es"];
const LOST: [&str; 3] = ["", "a", "e"];

impl Vocabulary {
    pub fn open(lang: &str, bytes: OwnedBytes) -> Option<Self> {
        let words = u32_at(&bytes, 0)? as usize;
        (bytes.len() == 4 + 8 * words).then(|| Self { lang: lang.to_owned(), bytes, words })
    }

    pub fn write(counts: &BTreeMap<u32, u32>) -> Vec<u8> {
        let mut out = Vec::with_capacity(4 + 8 * counts.len());
        push(&mut out, counts.len());
        counts.keys().for_each(|word| out.extend(word.to_le_bytes()));
        counts.values().for_each(|count| out.extend(count.to_le_bytes()));
        out
    }

    pub fn knows(&self, word: &str) -> bool {
        self.count(word) > 0
    }

    /// Stems of the words and of their parts, with their weights.
    pub fn terms(&self, words: &[Word]) -> Vec<(String, f32)> {
        let mut out = Vec::new();
        for word in words.iter().filter(|word| !is_stop(&word.folded)) {
            out.push((stem(&self.lang, &word.folded).to_owned(), 1.0));
            let parts = self.split(&word.folded, DEPTH);
            out.extend(parts.iter().map(|part| (stem(&self.lang, part).to_owned(), OF_PART)));
        }
        out
    }

    fn count(&self, word: &str) -> u32 {
        let place = find(&self.bytes, 4, self.words, hash(word));
        place.and_then(|place| u32_at(&self.bytes, 4 + 4 * (self.words + place))).unwrap_or(0)
    }

    /// The parts of a compound, two or more; none where the word is no compound of known words.
    fn split(&self, word: &str, depth: usize) -> Vec<String> {
        let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        if !matches!(self.lang.as_str(), "sv" | "de" | "fi" | "no") || cuts.len() < 2 * SHORTEST || depth == 0 {
            return Vec::new();
        }
        let mut best: Option<(f32, String, &str)> = None;
        for cut in &cuts[SHORTEST..=cuts.len() - SHORTEST] {
            let (front, head) = word.split_at(*cut);
            let of_head = self.count(head);
            if of_head == 0 {
                continue;
            }
            let Some((of_front, front)) = self.front(front) else { continue };
            let score = ((of_front as f32 + 1.0) * (of_head as f32 + 1.0)).ln();
            if best.as_ref().is_none_or(|known| score > known.0) {
                best = Some((score, front, head));
            }
        }
        let Some((_, front, head)) = best else { return Vec::new() };
        let whole = |part: &str| {
            let parts = self.split(part, depth - 1);
            if parts.is_empty() { vec![part.to_owned()] } else { parts }
        };
        [whole(&front), whole(head)].concat()
    }

    /// The most used word that the front of a compound may stand for.
    fn front(&self, front: &str) -> Option<(u32, String)> {
        let bare = JOINTS.iter().filter_map(|joint| front.strip_suffix(joint)).filter(|bare| bare.len() >= SHORTEST - 1);
        let full = bare.flat_map(|bare| LOST.iter().map(move |lost| format!("{bare}{lost}")));
        let counted = full.map(|word| (self.count(&word), word)).filter(|(count, _)| *count > 0);
        counted.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
    }
}

/// Parts within parts.
const DEPTH: usize = 3;

#[cfg(test)]
mod tests {
    use super::super::super::fold;
    use super::*;

    fn vocabulary(lang: &str, words: &[&str]) -> Vocabulary {
        let counts = words.iter().map(|word| (hash(word), 3)).collect();
        Vocabulary::open(lang, OwnedBytes::new(Vocabulary::write(&counts))).unwrap()
    }

    #[test]
    fn a_word_of_unknown_parts_and_one_of_another_language_stay_whole() {
        let sv = vocabulary("sv", &["ingenjor"]);
        assert!(sv.split("livsmedelsingenjor", 3).is_empty());
        assert!(vocabulary("es", &["livsmedel", "ingenjor"]).split("livsmedelsingenjor", 3).is_empty());
        assert!(Vocabulary::open("sv", OwnedBytes::new(vec![1, 0, 0, 0])).is_none());
    }

    #[test]
    fn compounds_are_parted_at_their_joints() {
        let sv = vocabulary("sv", &["livsmedel", "ingenjor", "skola", "larare", "gymnasium"]);
        assert_eq!(sv.split("livsmedelsingenjor", 3), ["livsmedel", "ingenjor"]);
        assert_eq!(sv.split("skollarare", 3), ["skola", "larare"]);
        let terms = sv.terms(&fold::words("Ingenjör och skollärare"));
        assert_eq!(terms.iter().map(|(stem, _)| stem.as_str()).collect::<Vec<_>>(), ["ingenj", "skollar", "skol", "larar"]);
    }
}
