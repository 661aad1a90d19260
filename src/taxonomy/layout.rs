//! The compact layout: keys instead of URIs between tables, `labels-LANG.csv` per language, JobTech and its crosswalk beside. Our
//! own starter is kept in it too, so that one reader serves both.

use std::collections::HashMap;

use super::draft::{Draft, Role};
use super::error::Error;
use super::source::Source;
use super::table::Table;
use crate::domain::taxonomy::Kind;

type Keys = HashMap<String, u32>;

/// Whether the source has this layout, and the folder inside it (`""` or ending in `/`).
pub fn root(source: &Source) -> Option<String> {
    source
        .names()
        .filter_map(|name| name.strip_suffix("occupations.csv"))
        .filter(|root| root.is_empty() || root.ends_with('/'))
        .find(|root| source.names().any(|n| n.strip_prefix(root).is_some_and(|rest| language(rest).is_some())))
        .map(ToOwned::to_owned)
}

pub fn read(source: &mut Source, root: &str, draft: &mut Draft, step: &dyn Fn(&str)) -> Result<(), Error> {
    let keys = concepts(source, root, draft)?;
    for name in source.names().map(ToOwned::to_owned).collect::<Vec<_>>() {
        if let Some(lang) = name.strip_prefix(root).and_then(language) {
            step(&name);
            labels(table(source, &name)?, lang, &keys, draft)?;
        }
    }
    if let Some(rows) = optional(source, &format!("{root}replaced.csv"))? {
        rows.rows(["uri", "by"], |[uri, by]| draft.replace(uri, by))?;
    }
    if let Some(rows) = optional(source, &format!("{root}descriptions-en.csv"))? {
        rows.rows(["key", "description"], |[key, text]| {
            // Only what an occupation is about is ever compared with a title.
            if let Some(concept) = keys.get(key).filter(|concept| draft.concepts[**concept as usize].kind == Kind::Occupation) {
                draft.about(*concept, text);
            }
        })?;
    }
    step("relations");
    if let Some(rows) = optional(source, &format!("{root}occupation_skills.csv"))? {
        rows.rows(["occupation", "skill", "rel"], |[occupation, skill, rel]| {
            draft.needs(keys.get(occupation).copied(), keys.get(skill).copied(), rel == "e");
        })?;
    }
    if let Some(rows) = optional(source, &format!("{root}broader.csv"))? {
        rows.rows(["child", "parent"], |[child, parent]| {
            draft.broader(keys.get(child).copied(), keys.get(parent).copied());
        })?;
    }
    step("crosswalk");
    crosswalk(source, root, ("occupations", "esco_jobtech_occupations"), &keys, draft)?;
    crosswalk(source, root, ("skills", "esco_jobtech_skills"), &keys, draft)
}

fn concepts(source: &mut Source, root: &str, draft: &mut Draft) -> Result<Keys, Error> {
    let mut keys = Keys::new();
    let tables = [
        ("occupations.csv", Kind::Occupation),
        ("skills.csv", Kind::Skill),
        ("skill_groups.csv", Kind::Group),
        ("isco_groups.csv", Kind::Group),
    ];
    for (name, kind) in tables {
        let Some(rows) = optional(source, &format!("{root}{name}"))? else { continue };
        rows.rows(["key", "uri", "?code"], |[key, uri, code]| {
            if !key.is_empty() && !uri.is_empty() {
                keys.insert(key.to_owned(), draft.concept(uri, kind, code));
            }
        })?;
    }
    // An occupation's ISCO group is its broader concept; the table of broader ones need not repeat it.
    let isco = table(source, &format!("{root}occupations.csv"))?;
    isco.rows(["key", "?isco"], |[key, isco]| {
        if let (Some(occupation), Some(group)) = (keys.get(key), keys.get(&format!("i{isco}"))) {
            draft.broader(Some(*occupation), Some(*group));
        }
    })?;
    Ok(keys)
}

fn labels(rows: Table, lang: &str, keys: &Keys, draft: &mut Draft) -> Result<(), Error> {
    rows.rows(["key", "preferred", "?alternatives"], |[key, preferred, alternatives]| {
        let Some(concept) = keys.get(key) else {
            draft.dropped += 1;
            return;
        };
        draft.label(*concept, lang, Role::Preferred, preferred);
        for alternative in alternatives.split('|') {
            draft.label(*concept, lang, Role::Alternative, alternative);
        }
    })
}

/// JobTech's Swedish labels become further labels of the concepts that the crosswalk maps to them, also those of concepts that
/// JobTech has since retired: people still search by the old word.
fn crosswalk(source: &mut Source, root: &str, (concepts, map): (&str, &str), keys: &Keys, draft: &mut Draft) -> Result<(), Error> {
    let Some(rows) = optional(source, &format!("{root}map/{map}.csv"))? else { return Ok(()) };
    let mut names = HashMap::new();
    if let Some(rows) = optional(source, &format!("{root}jobtech/{concepts}.csv"))? {
        rows.rows(["concept_id", "label"], |[id, label]| {
            names.insert(id.to_owned(), label.to_owned());
        })?;
    }
    rows.rows(["esco", "jobtech", "rel", "?old_label"], |[esco, jobtech, rel, old]| {
        let label = names.get(jobtech).map_or(old, String::as_str);
        let Some(concept) = keys.get(esco) else {
            draft.dropped += 1;
            return;
        };
        let role = if rel == "exact" { Role::CrosswalkExact } else { Role::CrosswalkNear };
        draft.label(*concept, "sv", role, label);
    })
}

/// `labels-sv.csv` gives `sv`.
fn language(name: &str) -> Option<&str> {
    let lang = name.strip_prefix("labels-")?.strip_suffix(".csv")?;
    (2..=8).contains(&lang.len()).then_some(lang)
}

fn table(source: &mut Source, name: &str) -> Result<Table, Error> {
    Table::new(name, source.read(name)?)
}

fn optional(source: &mut Source, name: &str) -> Result<Option<Table>, Error> {
    if source.has(name) { table(source, name).map(Some) } else { Ok(None) }
}
