//! How near one concept lies to another, by what stands above each.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kinship, Near};

/// Hierarchies are no deeper than this; a ring in the data ends here too.
const DEEPEST: usize = 8;

/// Remembers what was asked, since many demands meet the same entries.
pub struct Kin<'a, K> {
    kinship: &'a K,
    above: BTreeMap<String, Vec<String>>,
    needed: BTreeMap<String, BTreeSet<String>>,
}

impl<'a, K: Kinship> Kin<'a, K> {
    pub fn new(kinship: &'a K) -> Self {
        Self { kinship, above: BTreeMap::new(), needed: BTreeMap::new() }
    }

    /// Whether everyone in the occupation needs the skill.
    pub fn needs(&mut self, occupation: &str, skill: &str) -> bool {
        let kinship = self.kinship;
        let needed = || kinship.needed_in(occupation).into_iter().collect();
        self.needed.entry(occupation.to_owned()).or_insert_with(needed).contains(skill)
    }

    /// How `held` lies to `wanted`, two concepts that are not the same.
    pub fn near(&mut self, wanted: &str, held: &str) -> Option<Near> {
        if self.all_above(wanted).contains(held) {
            return Some(Near::Wider);
        }
        if self.all_above(held).contains(wanted) {
            return Some(Near::Narrower);
        }
        let theirs = self.above(held);
        let shared: Vec<String> = self.above(wanted).into_iter().filter(|group| theirs.contains(group)).collect();
        shared.iter().any(|group| self.is_narrow(group)).then_some(Near::Kin)
    }

    /// The two uppermost layers ("skills", "communication") hold too much to make kin of what lies in them.
    fn is_narrow(&mut self, group: &str) -> bool {
        let above = self.above(group);
        above.iter().any(|one| !self.above(one).is_empty())
    }

    fn above(&mut self, uri: &str) -> Vec<String> {
        let kinship = self.kinship;
        self.above.entry(uri.to_owned()).or_insert_with(|| kinship.above(uri)).clone()
    }

    fn all_above(&mut self, uri: &str) -> BTreeSet<String> {
        let (mut all, mut layer) = (BTreeSet::new(), vec![uri.to_owned()]);
        for _ in 0..DEEPEST {
            layer = layer.iter().flat_map(|one| self.above(one)).filter(|one| all.insert(one.clone())).collect();
        }
        all
    }
}
