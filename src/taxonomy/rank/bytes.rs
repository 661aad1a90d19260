//! One file of named sections, read in place.

use std::collections::BTreeMap;

use tantivy::directory::OwnedBytes;

pub struct Sections(BTreeMap<String, OwnedBytes>);

impl Sections {
    pub fn read(file: &OwnedBytes) -> Option<Self> {
        let head = u32_at(file, 0)? as usize;
        let index: Vec<(String, usize, usize)> = postcard::from_bytes(file.get(4..4 + head)?).ok()?;
        let body = file.slice(4 + head..file.len());
        let section =
            |(name, from, to): (String, usize, usize)| (from <= to && to <= body.len()).then(|| (name, body.slice(from..to)));
        Some(Self(index.into_iter().map(section).collect::<Option<_>>()?))
    }

    pub fn get(&self, name: &str) -> Option<OwnedBytes> {
        self.0.get(name).cloned()
    }

    /// What follows `prefix` in the names that have it.
    pub fn names<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.keys().filter_map(move |name| name.strip_prefix(prefix))
    }

    pub fn write(sections: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut at = 0;
        let mut place = |(name, bytes): &(String, Vec<u8>)| {
            at += bytes.len();
            (name.clone(), at - bytes.len(), at)
        };
        let index: Vec<(String, usize, usize)> = sections.iter().map(&mut place).collect();
        let head = postcard::to_allocvec(&index).expect("names and numbers are plain values");
        let mut out = Vec::with_capacity(4 + head.len() + at);
        push(&mut out, head.len());
        out.extend(head);
        for (_, bytes) in sections {
            out.extend(bytes);
        }
        out
    }
}

pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// Counts and places of a file that stays far below 4 GiB.
pub fn push(out: &mut Vec<u8>, number: usize) {
    out.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

pub fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|chunk| u32_at(chunk, 0)).collect()
}

/// The place of `wanted` in `count` ascending numbers that begin at `from`.
pub fn find(bytes: &[u8], from: usize, count: usize, wanted: u32) -> Option<usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        match u32_at(bytes, from + 4 * middle)?.cmp(&wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_or_foreign_file_is_no_file() {
        let whole = Sections::write(&[("a".into(), vec![1, 2]), ("b".into(), vec![3])]);
        for cut in 0..whole.len() {
            assert!(Sections::read(&OwnedBytes::new(whole[..cut].to_vec())).is_none(), "{cut}");
        }
        assert!(Sections::read(&OwnedBytes::new(vec![0xff; 40])).is_none());
        let read = Sections::read(&OwnedBytes::new(whole)).unwrap();
        assert_eq!(read.get("b").unwrap().as_slice(), [3]);
        assert!(read.get("c").is_none());
    }

    #[test]
    fn numbers_are_found_where_they_are() {
        let mut bytes = Vec::new();
        for number in [3, 7, 9] {
            push(&mut bytes, number);
        }
        assert_eq!([2, 3, 7, 8, 9, 10].map(|n| find(&bytes, 0, 3, n)), [None, Some(0), Some(1), None, Some(2), None]);
    }
}
