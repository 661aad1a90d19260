//! Documents as weighted terms, compared by the cosine of their TF-IDF vectors.
//!
//! Kept as: number of terms, number of documents, the terms ascending, the end of each term's postings, then the postings
//! (document, weight in 255ths of its square root, so that small weights keep their order).

use std::collections::BTreeMap;

use tantivy::directory::OwnedBytes;

use super::bytes::{find, push, u32_at};
use super::terms::Terms;

pub struct Space {
    bytes: OwnedBytes,
    terms: usize,
    documents: usize,
}

const HEAD: usize = 8;
const POSTING: usize = 3;

/// Documents that a posting can number; later ones are left out.
const MOST: usize = 1 << 16;

impl Space {
    pub fn open(bytes: OwnedBytes) -> Option<Self> {
        let (terms, documents) = (u32_at(&bytes, 0)? as usize, u32_at(&bytes, 4)? as usize);
        let space = Self { bytes, terms, documents };
        (space.bytes.len() == HEAD + 8 * terms + POSTING * space.end(terms)).then_some(space)
    }

    /// Adds `factor` times the cosine with each document to its score.
    pub fn add(&self, query: &Terms, factor: f32, scores: &mut [f32]) {
        let mut met = Vec::with_capacity(query.len());
        let mut norm = 0.0;
        for (term, weight) in query {
            let found = find(&self.bytes, HEAD, self.terms, *term);
            let (from, to) = found.map_or((0, 0), |place| (self.end(place), self.end(place + 1)));
            let weight = weight * rarity(self.documents, to - from);
            norm += weight * weight;
            met.push((from, to, weight));
        }
        let factor = factor / f32::max(norm.sqrt(), f32::EPSILON);
        let postings = HEAD + 8 * self.terms;
        for (from, to, weight) in met {
            let Some(list) = self.bytes.get(postings + POSTING * from..postings + POSTING * to) else { continue };
            for posting in list.chunks_exact(POSTING) {
                let root = f32::from(posting[2]) / 255.0;
                if let Some(score) = scores.get_mut(usize::from(u16::from_le_bytes([posting[0], posting[1]]))) {
                    *score += factor * weight * root * root;
                }
            }
        }
    }

    /// The number of postings of all terms before this one.
    fn end(&self, term: usize) -> usize {
        if term == 0 { 0 } else { u32_at(&self.bytes, HEAD + 4 * (self.terms + term - 1)).unwrap_or(0) as usize }
    }

    pub fn write(documents: &[Terms]) -> Vec<u8> {
        let documents = &documents[..documents.len().min(MOST)];
        let mut lists: BTreeMap<u32, Vec<(u16, f32)>> = BTreeMap::new();
        for (document, number) in documents.iter().zip(0..) {
            for (term, weight) in document {
                lists.entry(*term).or_default().push((number, *weight));
            }
        }
        let mut norms = vec![0.0_f32; documents.len()];
        for list in lists.values_mut() {
            let rarity = rarity(documents.len(), list.len());
            for (document, weight) in list {
                *weight *= rarity;
                norms[usize::from(*document)] += *weight * *weight;
            }
        }
        let mut out = Vec::new();
        push(&mut out, lists.len());
        push(&mut out, documents.len());
        lists.keys().for_each(|term| out.extend(term.to_le_bytes()));
        let mut end = 0;
        for list in lists.values() {
            end += list.len();
            push(&mut out, end);
        }
        for (document, weight) in lists.values().flatten() {
            out.extend(document.to_le_bytes());
            out.push(((weight / norms[usize::from(*document)].sqrt()).sqrt() * 255.0).round() as u8);
        }
        out
    }
}

fn rarity(documents: usize, with: usize) -> f32 {
    ((documents as f32 + 1.0) / (with as f32 + 1.0)).ln() + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_nearest_to_itself_and_a_stranger_to_none() {
        let documents: Vec<Terms> =
            [vec![1, 2, 3], vec![2, 3, 4], vec![5]].map(|d| d.into_iter().map(|t| (t, 1.0)).collect()).into();
        let space = Space::open(OwnedBytes::new(Space::write(&documents))).unwrap();
        let scores = |query: &Terms| {
            let mut scores = vec![0.0; 3];
            space.add(query, 1.0, &mut scores);
            scores
        };
        assert_eq!(scores(&Terms::from([(9, 1.0)])), [0.0, 0.0, 0.0]);
        let of_first = scores(&documents[0]);
        assert!((of_first[0] - 1.0).abs() < 0.01 && of_first[1] < of_first[0] && of_first[2] == 0.0, "{of_first:?}");
    }

    #[test]
    fn a_cut_space_is_none() {
        let bytes = Space::write(&[Terms::from([(1, 1.0)])]);
        assert!(Space::open(OwnedBytes::new(bytes[..bytes.len() - 1].to_vec())).is_none());
        assert!(Space::open(OwnedBytes::empty()).is_none());
    }
}
