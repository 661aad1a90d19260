//! The gap: a person's own profile against an occupation, a framework or a course. Computed for the person alone; nothing of it is kept
//! or shared.

use super::profile::{Held, Profile};
use crate::domain::framework::{Condition, Framework};
use crate::domain::gap::steps::{Step, steps};
use crate::domain::gap::{Criterion, Demand, Kinship, Need, Proofs, Standing, compare, only_own_word};
use crate::domain::profile::{Entry, Kind, Value};
use crate::domain::recipient::Localised;
use crate::domain::taxonomy::{Concept, Kind as Sort};
use crate::domain::{EntryId, Timestamp};
use crate::taxonomy::Taxonomy;

/// One demand with its name, and what to do about it where its framework says so.
#[derive(Clone, Debug)]
pub struct Asked {
    pub demand: Demand,
    pub name: Name,
    pub next: Option<Localised>,
}

#[derive(Clone, Debug)]
pub enum Name {
    Concept(Concept),
    Text(Localised),
}

/// The answer: how the person stands to each demand, in the order asked, and what to do next.
pub struct Gap {
    pub lines: Vec<(Asked, Standing)>,
    pub steps: Vec<Step>,
    pub entries: Vec<Held>,
}

/// What an occupation asks for: first what everyone in it needs. `None` where the taxonomy knows no such occupation.
pub fn of_occupation(taxonomy: &Taxonomy, uri: &str) -> Option<(Concept, Vec<Asked>)> {
    let occupation = taxonomy.concept(uri).filter(|concept| concept.kind == Sort::Occupation)?;
    let relations = taxonomy.relations(uri)?;
    let asked = |uris: Vec<String>, need: Need| {
        uris.into_iter().filter_map(|uri| taxonomy.concept(&uri)).map(move |concept| Asked {
            demand: Demand { wants: Condition::Skills(vec![concept.uri.clone()]), need, criterion: None },
            name: Name::Concept(concept),
            next: None,
        })
    };
    let all = asked(relations.essential, Need::Must).chain(asked(relations.optional, Need::Good)).collect();
    Some((occupation, all))
}

pub fn of_framework(framework: &Framework) -> Vec<Asked> {
    let named = |id: &str| Some(Criterion { framework: framework.id.clone(), id: id.to_owned() });
    let asked = |criterion: &crate::domain::framework::Criterion| Asked {
        demand: Demand { wants: criterion.wants.clone(), need: Need::Must, criterion: named(&criterion.id) },
        name: Name::Text(criterion.name.clone()),
        next: criterion.next.clone(),
    };
    framework.criteria.iter().map(asked).collect()
}

/// The occupations that the person aims at: the goal's entry, its words, and its URI where one was picked.
pub fn goals(profile: &Profile) -> Vec<(&Held, &str, Option<&str>)> {
    let goals = profile.of_kind(Kind::Goal).filter_map(|held| match held.entry.fields.get("occupation") {
        Some(Value::Concept(concept)) => Some((held, concept.entered.as_str(), concept.uri.as_deref())),
        _ => None,
    });
    goals.collect()
}

/// Compares entries with what is asked for. `proofs`: what was found of the proofs among them, at this look.
pub fn gap(mut entries: Vec<Held>, proofs: &Proofs, kinship: &impl Kinship, asked: Vec<Asked>, now: Timestamp) -> Gap {
    for held in &mut entries {
        if let Some(found) = proofs.get(&held.id) {
            held.entry.evidence = found.evidence();
        }
    }
    let held: Vec<(EntryId, &Entry)> = entries.iter().map(|held| (held.id, &held.entry)).collect();
    let demands: Vec<Demand> = asked.iter().map(|asked| asked.demand.clone()).collect();
    let standings = compare(&demands, &held, proofs, kinship, now.day());
    let steps = steps(&demands, &standings, |ids| only_own_word(ids, &held), |at| asked[at].next.is_some());
    Gap { lines: asked.into_iter().zip(standings).collect(), steps, entries }
}
