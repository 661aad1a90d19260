//! Concepts in what a program sends and a file brings: what they are called is the taxonomy's word, never the sender's.

use super::entry::Save;
use super::{Error, Service, Session};
use crate::domain::EntryId;
use crate::domain::profile::entry::{check, make_sound};
use crate::domain::profile::{ConceptKind, ConceptRef, Fault, Fields, Kind, Shape, Source, Value};
use crate::domain::taxonomy::{Concept, Kind as Sort};
use crate::taxonomy::Taxonomy;

impl Service {
    /// Saves what a program sent. A concept that the taxonomy does not know, or knows by other labels, is a fault, unless the entry holds
    /// it already: it was known when it was written.
    pub async fn save_sent(&self, session: &Session, taxonomy: &Taxonomy, mut save: Save) -> Result<EntryId, Error> {
        check(save.kind, &save.fields).map_err(Error::Faults)?;
        let before = match save.id {
            Some(id) => self.profile(session).await?.entry(id).map(|held| held.entry.fields.clone()).unwrap_or_default(),
            None => Fields::new(),
        };
        let mut faults = Vec::new();
        for (name, value) in save.fields.iter_mut().filter(|(name, value)| before.get(*name) != Some(value)) {
            if let Value::Concept(concept) = value
                && !settle(concept, known(taxonomy, save.kind, name, concept))
            {
                faults.push((name.clone(), Fault::NotAConcept));
            }
        }
        if faults.is_empty() { self.save_entry(session, save).await } else { Err(Error::Faults(faults)) }
    }

    /// Saves a proposed entry that its owner has ticked, as if it were typed. What a file calls a concept is not believed; its address is
    /// kept, also where only an older taxonomy knew it.
    pub async fn import_entry(&self, session: &Session, taxonomy: &Taxonomy, mut save: Save) -> Result<EntryId, Error> {
        make_sound(save.kind, &mut save.fields);
        for (name, value) in &mut save.fields {
            if let Value::Concept(concept) = value {
                (concept.sv, concept.en) = (None, None);
                settle(concept, known(taxonomy, save.kind, name, concept));
            }
        }
        self.write_entry(session, save, Source::Import).await
    }
}

/// The concept of its address, where it is of the sort that the field takes.
fn known(taxonomy: &Taxonomy, kind: Kind, field: &str, concept: &ConceptRef) -> Option<Concept> {
    let Shape::Concept(wanted) = kind.field(field)?.shape else { return None };
    let sort = match wanted {
        ConceptKind::Occupation => Sort::Occupation,
        ConceptKind::Skill => Sort::Skill,
    };
    taxonomy.concept(concept.uri.as_deref()?).filter(|found| found.kind == sort)
}

/// Gives it its labels; `false` where it is unknown or said to be called otherwise. Free words need none.
fn settle(concept: &mut ConceptRef, known: Option<Concept>) -> bool {
    if concept.uri.is_none() {
        return true;
    }
    let Some(known) = known else { return false };
    let labels = [("sv", &mut concept.sv), ("en", &mut concept.en)];
    let mut holds = true;
    for (lang, said) in labels {
        let label = known.labels.get(lang);
        holds &= said.is_none() || said.as_ref() == label;
        *said = label.cloned();
    }
    holds
}
