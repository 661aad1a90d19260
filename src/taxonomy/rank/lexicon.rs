//! From the stems of one language to English ones, with how likely each is.
//!
//! Kept as: number of stems, their digests ascending, then for each stem its translations (digest, likelihood in 255ths); beside
//! it a space of the stems' pieces in the same order, for stems that the labels do not have.

use tantivy::directory::OwnedBytes;

use super::bytes::{find, push, u32_at};
use super::learn::Learned;
use super::space::Space;
use super::terms::{self, Terms, hash};
use crate::taxonomy::fold::Word;

pub struct Lexicon {
    bytes: OwnedBytes,
    stems: usize,
    alike: Space,
}

/// Translations of a stem.
pub const MOST: usize = 6;
const TRANSLATION: usize = 5;
const ROW: usize = MOST * TRANSLATION;

/// Stems that stand in for one that is unknown, how alike they must be, and how much they count.
const NEAREST: usize = 3;
const ALIKE: f32 = 0.5;
const STANDS_IN: f32 = 0.5;

impl Lexicon {
    pub fn open(bytes: OwnedBytes, alike: Space) -> Option<Self> {
        let stems = u32_at(&bytes, 0)? as usize;
        (bytes.len() == 4 + stems * (4 + ROW)).then_some(Self { bytes, stems, alike })
    }

    pub fn is_empty(&self) -> bool {
        self.stems == 0
    }

    /// Calls `each` with the digest and the share of every translation; false where there is none.
    pub fn translate(&self, stem: &str, mut each: impl FnMut(u32, f32)) -> bool {
        if let Some(place) = find(&self.bytes, 4, self.stems, hash(stem)) {
            self.row(place, 1.0, &mut each);
            return true;
        }
        let mut scores = vec![0.0; self.stems];
        self.alike.add(&pieces(stem), 1.0, &mut scores);
        let mut near: Vec<(usize, f32)> = scores.into_iter().enumerate().filter(|(_, score)| *score >= ALIKE).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(NEAREST);
        for (place, score) in &near {
            self.row(*place, STANDS_IN * score, &mut each);
        }
        !near.is_empty()
    }

    fn row(&self, place: usize, factor: f32, each: &mut impl FnMut(u32, f32)) {
        let at = 4 + 4 * self.stems + ROW * place;
        let row = self.bytes.get(at..at + ROW).unwrap_or_default();
        for translation in row.chunks_exact(TRANSLATION).filter(|translation| translation[4] > 0) {
            if let Some(english) = u32_at(translation, 0) {
                each(english, factor * f32::from(translation[4]) / 255.0);
            }
        }
    }

    /// The lexicon and its space, as kept.
    pub fn write(learned: &Learned) -> (Vec<u8>, Vec<u8>) {
        // The space numbers no more documents than this.
        let mut rows: Vec<_> = learned.iter().take(1 << 16).map(|(stem, translations)| (hash(stem), stem, translations)).collect();
        rows.sort_by_key(|(digest, ..)| *digest);
        rows.dedup_by_key(|(digest, ..)| *digest);
        let mut out = Vec::new();
        push(&mut out, rows.len());
        rows.iter().for_each(|(digest, ..)| out.extend(digest.to_le_bytes()));
        for (.., translations) in &rows {
            let all: f32 = translations.iter().map(|(_, share)| share).sum();
            let mut row = [0; ROW];
            for (place, (english, share)) in row.chunks_exact_mut(TRANSLATION).zip(*translations) {
                place[..4].copy_from_slice(&hash(english).to_le_bytes());
                // What is translated with little trust keeps little weight.
                place[4] = (share / all.max(0.5) * 255.0).round() as u8;
            }
            out.extend(row);
        }
        let documents: Vec<Terms> = rows.iter().map(|(_, stem, _)| pieces(stem)).collect();
        (out, Space::write(&documents))
    }
}

fn pieces(stem: &str) -> Terms {
    terms::pieces(&[Word { folded: stem.to_owned(), plain: String::new() }], true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_stem_is_translated_and_an_unknown_one_by_its_nearest() {
        let learned = Learned::from([
            ("bagar".to_owned(), vec![("baker".to_owned(), 0.9)]),
            ("svets".to_owned(), vec![("weld".to_owned(), 0.4), ("join".to_owned(), 0.1)]),
        ]);
        let (bytes, space) = Lexicon::write(&learned);
        let lexicon = Lexicon::open(OwnedBytes::new(bytes), Space::open(OwnedBytes::new(space)).unwrap()).unwrap();
        let translated = |stem: &str| {
            let mut out = Vec::new();
            lexicon.translate(stem, |english, share| out.push((english, (share * 10.0).round())));
            out
        };
        assert_eq!(translated("xyzzy"), []);
        assert_eq!(translated("svets"), [(hash("weld"), 8.0), (hash("join"), 2.0)]);
        assert!(translated("bagari").first().is_some_and(|(english, _)| *english == hash("baker")));
    }
}
