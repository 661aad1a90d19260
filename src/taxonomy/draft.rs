//! A taxonomy in memory, on its way from tables into the index.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::fold;
use crate::domain::taxonomy::Kind;

/// Where a label comes from; decides how far a match with it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Preferred,
    Alternative,
    /// A label of a concept of another taxonomy that a crosswalk maps to this one, as good as the same.
    CrosswalkExact,
    /// As before, where the other concept is narrower, broader or only near.
    CrosswalkNear,
    /// A label of a concept that this one replaces.
    Former,
}

impl Role {
    /// The role of a number made by `as u8`.
    pub fn of(number: u8) -> Self {
        match number {
            0 => Self::Preferred,
            1 => Self::Alternative,
            2 => Self::CrosswalkExact,
            4 => Self::Former,
            _ => Self::CrosswalkNear,
        }
    }

    pub fn is_crosswalk(self) -> bool {
        matches!(self, Self::CrosswalkExact | Self::CrosswalkNear)
    }
}

#[derive(Clone, Debug)]
pub struct DraftConcept {
    pub uri: String,
    pub kind: Kind,
    /// The classification's own code (ISCO, group code), where it has one.
    pub code: String,
    pub preferred: BTreeMap<String, String>,
    /// Alternatives and crosswalk labels: language, role, text.
    pub others: Vec<(String, Role, String)>,
    /// What it is, in English prose; empty where the source does not say.
    pub about: String,
    pub broader: Vec<u32>,
    pub essential: Vec<u32>,
    pub optional: Vec<u32>,
    /// No longer in use: kept for the profiles that name it, found by no search.
    pub retired: bool,
    /// The concept that takes its place.
    pub replaced_by: Option<u32>,
}

/// Concepts under construction, found by URI. Rows may come in any order; what names an unknown concept is left out and counted.
#[derive(Default)]
pub struct Draft {
    pub concepts: Vec<DraftConcept>,
    pub dropped: usize,
    /// URIs of retired concepts, and of those that take their places.
    replaced: Vec<(String, String)>,
    by_uri: HashMap<String, u32>,
    /// Digests of concept, language and folded text: the texts themselves would double the memory.
    seen: HashSet<u64>,
}

/// A label longer than this is a damaged row (the longest official one has about 200 characters).
const LONGEST_LABEL: usize = 500;

/// Characters of a description that are read.
const LONGEST_ABOUT: usize = 2_000;

impl Draft {
    /// The concept's number, made where it is new. The first row decides its kind.
    pub fn concept(&mut self, uri: &str, kind: Kind, code: &str) -> u32 {
        if let Some(found) = self.by_uri.get(uri) {
            return *found;
        }
        let number = u32::try_from(self.concepts.len()).expect("the bounded source holds fewer than four thousand million rows");
        self.by_uri.insert(uri.to_owned(), number);
        self.concepts.push(DraftConcept {
            uri: uri.to_owned(),
            kind,
            code: code.to_owned(),
            preferred: BTreeMap::new(),
            others: Vec::new(),
            about: String::new(),
            broader: Vec::new(),
            essential: Vec::new(),
            optional: Vec::new(),
            retired: false,
            replaced_by: None,
        });
        number
    }

    pub fn find(&self, uri: &str) -> Option<u32> {
        self.by_uri.get(uri).copied()
    }

    /// Adds a label; a second preferred one in a language, or one that reads like another, adds nothing.
    pub fn label(&mut self, concept: u32, lang: &str, role: Role, text: &str) {
        let text = text.trim();
        let key = fold::key(text);
        if key.is_empty() || text.len() > LONGEST_LABEL {
            return;
        }
        let to = &mut self.concepts[concept as usize];
        if role == Role::Preferred {
            to.preferred.entry(lang.to_owned()).or_insert_with(|| text.to_owned());
        }
        if self.seen.insert(digest(&(concept, lang, key))) && role != Role::Preferred {
            to.others.push((lang.to_owned(), role, text.to_owned()));
        }
    }

    /// Takes away a label that is known to be wrong, whoever gave it, and puts another in its place (none where `right` is empty).
    pub fn correct(&mut self, uri: &str, lang: &str, wrong: &str, right: &str) {
        let Some(concept) = self.find(uri) else { return };
        let wrong = fold::key(wrong);
        let to = &mut self.concepts[concept as usize];
        to.others.retain(|(other, _, text)| other != lang || fold::key(text) != wrong);
        let preferred = to.preferred.get(lang).is_some_and(|text| fold::key(text) == wrong);
        if preferred {
            to.preferred.remove(lang);
        }
        if !right.is_empty() {
            self.label(concept, lang, if preferred { Role::Preferred } else { Role::Alternative }, right);
        }
    }

    /// Describes a concept in English; the first description stands.
    pub fn about(&mut self, concept: u32, text: &str) {
        let to = &mut self.concepts[concept as usize].about;
        if to.is_empty() {
            *to = text.chars().take(LONGEST_ABOUT).collect();
        }
    }

    pub fn broader(&mut self, child: Option<u32>, parent: Option<u32>) {
        self.link(child, parent, |concept| &mut concept.broader);
    }

    pub fn needs(&mut self, occupation: Option<u32>, skill: Option<u32>, essential: bool) {
        let list: fn(&mut DraftConcept) -> &mut Vec<u32> = if essential { |c| &mut c.essential } else { |c| &mut c.optional };
        self.link(occupation, skill, list);
    }

    pub fn retire(&mut self, concept: u32) {
        self.concepts[concept as usize].retired = true;
    }

    /// Says which concept takes another's place; either may be unknown, now or for good.
    pub fn replace(&mut self, old: &str, new: &str) {
        if !old.is_empty() && !new.is_empty() && old != new {
            self.replaced.push((old.to_owned(), new.to_owned()));
        }
    }

    /// Retires what was replaced. Its labels lead to what took its place, and stay its own, so that a profile that names it reads.
    fn follow(&mut self) {
        let next: HashMap<String, String> = std::mem::take(&mut self.replaced).into_iter().collect();
        let mut olds: Vec<&String> = next.keys().collect();
        olds.sort_unstable();
        for old in olds {
            // A ring of replacements, or one that leads out of the tables, leads nowhere.
            let steps = std::iter::successors(next.get(old), |at| next.get(*at)).take(next.len() + 1);
            let Some(end) = steps.last().filter(|end| !next.contains_key(*end)).and_then(|end| self.find(end)) else { continue };
            let target = self.concepts[end as usize].clone();
            let number = self.concept(old, target.kind, &target.code);
            let former = &mut self.concepts[number as usize];
            (former.retired, former.replaced_by) = (true, Some(end));
            if former.preferred.is_empty() {
                former.preferred = target.preferred;
            } else {
                let main = former.preferred.iter().map(|(lang, text)| (lang.clone(), text.clone()));
                let others = former.others.iter().filter(|(_, role, _)| *role == Role::Alternative);
                let labels: Vec<_> = main.chain(others.map(|(lang, _, text)| (lang.clone(), text.clone()))).collect();
                labels.into_iter().for_each(|(lang, text)| self.label(end, &lang, Role::Former, &text));
            }
        }
    }

    /// Follows replacements, then drops concepts without any label, and what points to them.
    pub fn finish(mut self) -> Self {
        self.follow();
        let mut moved: Vec<Option<u32>> = Vec::with_capacity(self.concepts.len());
        let mut next = 0;
        for concept in &self.concepts {
            let keep = !concept.preferred.is_empty();
            moved.push(keep.then_some(next));
            next += u32::from(keep);
        }
        self.dropped += self.concepts.len() - next as usize;
        self.concepts.retain(|concept| !concept.preferred.is_empty());
        for concept in &mut self.concepts {
            for links in [&mut concept.broader, &mut concept.essential, &mut concept.optional] {
                *links = links.iter().filter_map(|old| moved[*old as usize]).collect();
            }
            concept.replaced_by = concept.replaced_by.and_then(|old| moved[old as usize]);
        }
        self.by_uri = HashMap::new();
        self.seen = HashSet::new();
        self
    }

    fn link(&mut self, from: Option<u32>, to: Option<u32>, list: fn(&mut DraftConcept) -> &mut Vec<u32>) {
        match (from, to) {
            (Some(from), Some(to)) if from != to => {
                let links = list(&mut self.concepts[from as usize]);
                if !links.contains(&to) {
                    links.push(to);
                }
            }
            _ => self.dropped += 1,
        }
    }
}

/// Deterministic, so that the same tables give the same version. In one of 10^8 sources two labels
/// meet by chance, and one is lost.
fn digest(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_concept_without_label_goes_with_its_links() {
        let mut draft = Draft::default();
        let (a, b, c) =
            (draft.concept("a", Kind::Skill, ""), draft.concept("b", Kind::Occupation, ""), draft.concept("c", Kind::Skill, ""));
        draft.label(b, "sv", Role::Preferred, "kock");
        draft.label(c, "sv", Role::Preferred, "laga mat");
        draft.needs(Some(b), Some(a), true);
        draft.needs(Some(b), Some(c), true);
        draft.needs(Some(b), None, true);
        let done = draft.finish();
        assert_eq!(done.concepts.len(), 2);
        assert_eq!(done.concepts[0].essential, [1]);
        assert_eq!(done.dropped, 2);
    }

    #[test]
    fn a_wrong_label_goes_from_everywhere() {
        let mut draft = Draft::default();
        let a = draft.concept("a", Kind::Occupation, "");
        draft.label(a, "sv", Role::Preferred, "barnmorska");
        draft.label(a, "en", Role::Preferred, "barnmorska");
        draft.label(a, "sv", Role::CrosswalkNear, "narkos");
        draft.correct("a", "sv", "Barnmorska", "biträde");
        draft.correct("a", "sv", "narkos", "");
        draft.correct("b", "sv", "narkos", "x");
        assert_eq!(draft.concepts[0].preferred["sv"], "biträde");
        assert_eq!(draft.concepts[0].preferred["en"], "barnmorska");
        assert!(draft.concepts[0].others.is_empty());
    }

    #[test]
    fn a_ring_of_replacements_leads_nowhere_and_a_chain_to_its_end() {
        let mut draft = Draft::default();
        for uri in ["a", "b", "c", "x", "y"] {
            let concept = draft.concept(uri, Kind::Skill, "");
            draft.label(concept, "sv", Role::Preferred, &format!("ord {uri}"));
        }
        for (old, new) in [("a", "b"), ("b", "c"), ("gone", "c"), ("x", "y"), ("y", "x")] {
            draft.replace(old, new);
        }
        let done = draft.finish();
        let of = |uri: &str| done.concepts.iter().find(|c| c.uri == uri).unwrap();
        let end = done.concepts.iter().position(|c| c.uri == "c").map(|at| at as u32);
        assert_eq!([of("a").replaced_by, of("b").replaced_by, of("gone").replaced_by], [end, end, end]);
        assert_eq!((of("gone").preferred["sv"].as_str(), of("gone").retired), ("ord c", true));
        assert_eq!((of("x").replaced_by, of("x").retired), (None, false));
        assert!(of("c").others.contains(&("sv".to_owned(), Role::Former, "ord a".to_owned())));
    }

    #[test]
    fn a_label_that_reads_alike_is_kept_once() {
        let mut draft = Draft::default();
        let a = draft.concept("a", Kind::Occupation, "");
        draft.label(a, "sv", Role::Preferred, "Kock");
        draft.label(a, "sv", Role::Alternative, "kock ");
        draft.label(a, "sv", Role::Alternative, "  ");
        draft.label(a, "sv", Role::Alternative, &"x".repeat(501));
        draft.label(a, "sv", Role::Preferred, "annan");
        assert!(draft.concepts[0].others.is_empty());
        assert_eq!(draft.concepts[0].preferred["sv"], "Kock");
    }
}
