//! The family of a skill: which of the classification's largest groups it lies in. The islands of the map are families.

use super::{Concept, Kind, Taxonomy};

/// Hierarchies are no deeper than this; a ring in the data ends here too.
const DEEPEST: usize = 8;

impl Taxonomy {
    /// The group right below the top ("communication", below "skills"), upwards from a skill; where ways part, the one with the
    /// smallest URI, so that the same skill always lies in the same family. `None` for what is unknown, no skill, or in no group.
    pub fn family(&self, uri: &str) -> Option<Concept> {
        self.concept(uri).filter(|concept| concept.kind == Kind::Skill)?;
        let above = |uri: &str| self.relations(uri).and_then(|relations| relations.broader.into_iter().min());
        let mut way = vec![above(uri)?];
        while let Some(next) = way.last().and_then(|last| above(last)).filter(|_| way.len() < DEEPEST) {
            way.push(next);
        }
        // A group with nothing above it is a family by itself.
        let family = if way.len() > 1 { &way[way.len() - 2] } else { &way[0] };
        self.concept(family)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_skill_of_the_starter_has_one_of_few_families() {
        let starter = Taxonomy::starter().expect("ours");
        assert_eq!(starter.family(""), None);
        let cook = starter.search("kock", &[Kind::Occupation], "sv", 1)[0].uri.clone();
        assert_eq!(starter.family(&cook), None, "an occupation is no skill");
        let skills = starter.search("a", &[Kind::Skill], "sv", 400).into_iter().map(|hit| hit.uri);
        let needed = starter.relations(&cook).expect("there").essential;
        let families: BTreeSet<String> =
            skills.chain(needed).map(|uri| starter.family(&uri).expect("in a group").labels["sv"].clone()).collect();
        assert!((5..=30).contains(&families.len()), "{families:?}");
    }
}
