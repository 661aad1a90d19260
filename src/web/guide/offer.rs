//! The skills that are offered to be ticked: of the situations that one knows, or of an occupation. Essential ones first.

use crate::domain::guide::plan::MOST_PAGES;
use crate::domain::guide::{Question, Step};
use crate::domain::profile::{ConceptRef, Kind};
use crate::domain::taxonomy::Concept;
use crate::taxonomy::{Situations, Taxonomy};
use crate::text::Lang;
use crate::usecase::guide::{uri, works};
use crate::usecase::profile::{Held, Profile};

/// So many on a page.
const A_PAGE: usize = 8;

/// One page of an offer.
#[derive(Default)]
pub struct Offer {
    pub concepts: Vec<Concept>,
    /// Another page follows.
    pub more: bool,
}

/// What `step` offers. Stays the same while it is ticked off, so that no page moves under a person's hands.
pub fn offer(taxonomy: &Taxonomy, situations: &Situations, profile: &Profile, step: Step) -> Offer {
    let all = match step.question {
        Question::HomeSkills => of_situations(situations, profile),
        Question::WorkSkills => of_work(taxonomy, profile, step.part),
        _ => return Offer::default(),
    };
    let begin = usize::from(step.page) * A_PAGE;
    let here = all.iter().skip(begin).take(A_PAGE);
    let concepts = here.filter_map(|uri| taxonomy.concept(uri)).collect();
    Offer { concepts, more: all.len() > begin + A_PAGE && step.page + 1 < MOST_PAGES }
}

/// The first skill of each situation, then the second of each, and so on: whoever stops early has met them all.
fn of_situations(situations: &Situations, profile: &Profile) -> Vec<String> {
    let known: Vec<_> = profile.of_kind(Kind::Informal).filter_map(|held| situations.of(&held.entry)).collect();
    let longest = known.iter().map(|situation| situation.skills.len()).max().unwrap_or(0);
    let each = |row: usize| known.iter().filter_map(move |situation| situation.skills.get(row));
    once(&(0..longest).flat_map(each).cloned().collect::<Vec<_>>())
}

fn of_work(taxonomy: &Taxonomy, profile: &Profile, part: u8) -> Vec<String> {
    let occupation = works(profile).nth(usize::from(part)).and_then(|held| uri(&held.entry, "occupation"));
    let Some(relations) = occupation.and_then(|uri| taxonomy.relations(uri)) else { return Vec::new() };
    once(&[relations.essential, relations.optional].concat())
}

fn once(all: &[String]) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    all.iter().filter(|uri| seen.insert(uri.as_str())).take(A_PAGE * usize::from(MOST_PAGES)).cloned().collect()
}

/// The person's own entry of a skill, where they have it.
pub fn held<'a>(profile: &'a Profile, skill: &str) -> Option<&'a Held> {
    profile.of_kind(Kind::Skill).find(|held| uri(&held.entry, "skill") == Some(skill))
}

/// A concept as an entry keeps it.
pub fn reference(concept: Concept, lang: Lang) -> ConceptRef {
    let label = |lang: &str| concept.labels.get(lang).cloned();
    ConceptRef { entered: concept.label(lang.tag()).0.to_owned(), sv: label("sv"), en: label("en"), uri: Some(concept.uri) }
}
