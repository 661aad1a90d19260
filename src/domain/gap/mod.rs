//! A person against what an occupation, a framework or a course asks for: what they have, what lies close, what is missing. Pure. Never
//! a score: each demand stands for itself.

mod near;
mod proof;
pub mod steps;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::EntryId;
use super::credential::Found;
use super::framework::{Condition, EntryWanted, LanguageLevel};
use super::profile::{Entry, Evidence, Kind, Value};
use near::Kin;

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    pub wants: Condition,
    pub need: Need,
    /// The criterion of a framework that it is, where it is one: a proof may name it.
    pub criterion: Option<Criterion>,
}

/// A criterion by its framework's id and its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    pub framework: String,
    pub id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Of everyone.
    Must,
    /// Of some.
    Good,
}

/// How the person stands to one demand. Entries in the order of their proof, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Have(Vec<EntryId>),
    Close(Vec<(EntryId, Near)>),
    Missing,
}

/// In which way something lies close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// Worked where everyone needs it.
    Worked,
    /// A wider skill is held.
    Wider,
    /// A narrower skill is held.
    Narrower,
    /// A skill of the same group is held.
    Kin,
    /// The language is known, at a lower level or none that was said.
    Lower,
    /// The licence or the proof has run out.
    Expired,
    /// Whoever issued the proof has withdrawn it.
    Withdrawn,
    /// Nobody can say just now whether the proof still holds.
    Unchecked,
    /// An entry of the kind stands, with another answer.
    Other,
}

/// How concepts hang together.
pub trait Kinship {
    /// What stands right above a concept (URIs).
    fn above(&self, uri: &str) -> Vec<String>;
    /// The skills that everyone in an occupation needs (URIs).
    fn needed_in(&self, occupation: &str) -> Vec<String>;
}

/// What was found of the proofs among the entries.
pub type Proofs = BTreeMap<EntryId, Found>;

/// Compares each demand with what the person holds; the answers stand in the order of the demands.
pub fn compare(
    demands: &[Demand],
    held: &[(EntryId, &Entry)],
    proofs: &Proofs,
    kinship: &impl Kinship,
    today: NaiveDate,
) -> Vec<Standing> {
    let level = |id: &EntryId, entry: &Entry| proofs.get(id).map_or(entry.evidence, Found::evidence);
    let mut held: Vec<(EntryId, &Entry)> = held.to_vec();
    held.sort_by_key(|(id, entry)| (Reverse(level(id, entry)), *id));
    let mut kin = Kin::new(kinship);
    demands.iter().map(|demand| standing(demand, (&held, proofs), &mut kin, today)).collect()
}

fn standing<K: Kinship>(
    demand: &Demand,
    (held, proofs): (&[(EntryId, &Entry)], &Proofs),
    kin: &mut Kin<'_, K>,
    today: NaiveDate,
) -> Standing {
    let (mut have, mut close) = (Vec::new(), Vec::new());
    for (id, entry) in held {
        let meets = match proofs.get(id) {
            Some(found) => proof::proof(demand, found, kin),
            None => meets(&demand.wants, entry, kin, today),
        };
        match meets {
            Some(None) => have.push(*id),
            Some(Some(near)) => close.push((*id, near)),
            None => {}
        }
    }
    // The nearest first; among equals the best proven.
    close.sort_by_key(|(_, near)| *near);
    match (have.is_empty(), close.is_empty()) {
        (false, _) => Standing::Have(have),
        (true, false) => Standing::Close(close),
        (true, true) => Standing::Missing,
    }
}

/// `Some(None)`: the entry meets it. `Some(Some(near))`: it lies close.
fn meets<K: Kinship>(wants: &Condition, entry: &Entry, kin: &mut Kin<'_, K>, today: NaiveDate) -> Option<Option<Near>> {
    match wants {
        Condition::Skills(uris) => skill(uris, entry, kin),
        Condition::Language(wanted) => language(wanted, entry),
        Condition::Licences(names) => licence(names, entry, today),
        Condition::Entry(wanted) => other(wanted, entry),
    }
}

fn skill<K: Kinship>(wanted: &[String], entry: &Entry, kin: &mut Kin<'_, K>) -> Option<Option<Near>> {
    match entry.kind {
        Kind::Skill | Kind::Informal => {
            let held = concept(entry, "skill")?;
            if wanted.iter().any(|uri| uri == held) {
                return Some(None);
            }
            wanted.iter().filter_map(|uri| kin.near(uri, held)).min().map(Some)
        }
        Kind::Work => {
            let occupation = concept(entry, "occupation")?;
            wanted.iter().any(|uri| kin.needs(occupation, uri)).then_some(Some(Near::Worked))
        }
        _ => None,
    }
}

fn language(wanted: &LanguageLevel, entry: &Entry) -> Option<Option<Near>> {
    let same = entry.kind == Kind::Language && text(entry, "language") == Some(&wanted.language);
    let reached = |skill: &String| LanguageLevel::rank(text(entry, skill).unwrap_or("")) >= LanguageLevel::rank(&wanted.level);
    let native = entry.fields.get("mother_tongue") == Some(&Value::Flag(true));
    let enough = native || wanted.skills.iter().all(reached);
    same.then_some((!enough).then_some(Near::Lower))
}

fn licence(names: &[String], entry: &Entry, today: NaiveDate) -> Option<Option<Near>> {
    let held = text(entry, "licence").filter(|_| entry.kind == Kind::Licence)?;
    let expired = match entry.fields.get("expires") {
        Some(Value::Date(date)) => date.last_day() < today,
        _ => false,
    };
    names.iter().any(|name| name == held).then_some(expired.then_some(Near::Expired))
}

fn other(wanted: &EntryWanted, entry: &Entry) -> Option<Option<Near>> {
    let said = |field: &String| match entry.fields.get(field) {
        Some(Value::Choice(one)) => wanted.any_of.contains(one),
        Some(Value::Choices(some)) => some.iter().any(|one| wanted.any_of.contains(one)),
        _ => false,
    };
    let fits = wanted.field.as_ref().is_none_or(said);
    (entry.kind == wanted.kind).then_some((!fits).then_some(Near::Other))
}

fn concept<'a>(entry: &'a Entry, field: &str) -> Option<&'a str> {
    match entry.fields.get(field)? {
        Value::Concept(concept) => concept.uri.as_deref(),
        _ => None,
    }
}

fn text<'a>(entry: &'a Entry, field: &str) -> Option<&'a str> {
    match entry.fields.get(field)? {
        Value::Text(text) | Value::Choice(text) => Some(text),
        _ => None,
    }
}

/// Whether nobody but the person has said so.
pub fn only_own_word(ids: &[EntryId], held: &[(EntryId, &Entry)]) -> bool {
    held.iter().filter(|(id, _)| ids.contains(id)).all(|(_, entry)| entry.evidence == Evidence::E1)
}
