//! ESCO's own download: one set of CSV tables per language (`occupations_sv.csv`, `skills_sv.csv`, ...), and the language-
//! independent relations in any of them. Columns as in v1.0 to v1.2; labels in one cell are parted by line ends.

use super::draft::{Draft, Role};
use super::error::Error;
use super::source::Source;
use super::table::Table;
use crate::domain::taxonomy::Kind;

/// What a file of the download is, by its name without folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Concepts(Kind),
    Needs,
    BroaderOccupations,
    BroaderSkills,
}

pub fn recognised(source: &Source) -> bool {
    source.names().any(|name| matches!(part(name), Some((Part::Concepts(Kind::Occupation | Kind::Skill), Some(_)))))
}

pub fn read(source: &mut Source, draft: &mut Draft, step: &dyn Fn(&str)) -> Result<(), Error> {
    let mut files: Vec<(Part, Option<String>, String)> = source
        .names()
        .filter_map(|name| part(name).map(|(part, lang)| (part, lang.map(ToOwned::to_owned), name.to_owned())))
        .collect();
    // English and Swedish first, so that concept numbers, and with them equal scores, do not depend on what else was downloaded.
    files.sort_by_key(|(part, lang, name)| {
        (rank(*part), lang.as_deref() != Some("en"), lang.as_deref() != Some("sv"), name.clone())
    });
    let mut related = Vec::new();
    for (part, lang, name) in files {
        match (part, lang) {
            (Part::Concepts(kind), Some(lang)) => {
                step(&name);
                concepts(Table::new(&name, source.read(&name)?)?, kind, &lang, draft)?;
            }
            (Part::Concepts(_), None) => {}
            // The relations are the same in each language's package; one copy is enough.
            (part, _) if related.contains(&part) => {}
            (part, _) => {
                step(&name);
                relations(Table::new(&name, source.read(&name)?)?, part, draft)?;
                related.push(part);
            }
        }
    }
    Ok(())
}

fn rank(part: Part) -> u8 {
    match part {
        Part::Concepts(Kind::Occupation) => 0,
        Part::Concepts(Kind::Skill) => 1,
        Part::Concepts(Kind::Group) => 2,
        Part::Needs | Part::BroaderOccupations | Part::BroaderSkills => 3,
    }
}

/// `.../occupations_sv.csv` is (occupations, `sv`); the independent files come with or without a language.
fn part(path: &str) -> Option<(Part, Option<&str>)> {
    let name = path.rsplit('/').next()?;
    let stem = name.get(..name.len().checked_sub(4)?)?;
    let (stem, lang) = match stem.rsplit_once('_') {
        Some((stem, lang)) if (2..=5).contains(&lang.len()) => (stem, Some(lang)),
        _ => (stem, None),
    };
    let part = match stem {
        "occupations" => Part::Concepts(Kind::Occupation),
        "skills" => Part::Concepts(Kind::Skill),
        "ISCOGroups" | "skillGroups" => Part::Concepts(Kind::Group),
        "occupationSkillRelations" => Part::Needs,
        "broaderRelationsOccPillar" => Part::BroaderOccupations,
        "broaderRelationsSkillPillar" => Part::BroaderSkills,
        _ => return None,
    };
    Some((part, lang))
}

fn concepts(rows: Table, kind: Kind, lang: &str, draft: &mut Draft) -> Result<(), Error> {
    let columns = [
        "conceptUri",
        "preferredLabel",
        "?altLabels",
        "?hiddenLabels",
        "?code",
        "?iscoGroup",
        "?description",
        "?status",
        "?replacedBy",
    ];
    rows.rows(columns, |[uri, preferred, alternatives, hidden, code, isco, about, status, replaced_by]| {
        if uri.is_empty() {
            draft.dropped += 1;
            return;
        }
        let concept = draft.concept(uri, kind, if code.is_empty() { isco } else { code });
        draft.label(concept, lang, Role::Preferred, preferred);
        if matches!(status, "obsolete" | "deprecated") {
            draft.retire(concept);
        }
        // More than one where a concept was split: the first is the nearest by the classification's own order.
        draft.replace(uri, replaced_by.lines().next().unwrap_or_default().trim());
        if lang == "en" && kind == Kind::Occupation {
            draft.about(concept, about);
        }
        for other in alternatives.lines().chain(hidden.lines()) {
            draft.label(concept, lang, Role::Alternative, other);
        }
    })
}

fn relations(rows: Table, part: Part, draft: &mut Draft) -> Result<(), Error> {
    if part == Part::Needs {
        return rows.rows(["occupationUri", "skillUri", "relationType"], |[occupation, skill, rel]| {
            let (occupation, skill) = (draft.find(occupation), draft.find(skill));
            draft.needs(occupation, skill, rel == "essential");
        });
    }
    rows.rows(["conceptUri", "broaderUri"], |[child, parent]| {
        let (child, parent) = (draft.find(child), draft.find(parent));
        draft.broader(child, parent);
    })
}
