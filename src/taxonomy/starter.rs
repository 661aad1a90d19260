//! The taxonomy that the binary carries: our own selection of occupations and skills common in Sweden.

use std::path::Path;

use tantivy::directory::RamDirectory;

use super::draft::{Draft, Role};
use super::error::Error;
use super::import;
use super::index::Kept;
use super::source::Source;
use super::table::Table;

pub fn build() -> Result<Kept, Error> {
    Kept::build(&import::checked(read()?)?, "starter", Box::new(RamDirectory::create()), MEMORY)
}

/// Lets the starter serve beside an imported taxonomy: its everyday words find the same concepts there, and labels that are known
/// to be wrong in the official data (a title that only a licence gives, on an occupation without one) are mended.
pub fn beside(draft: &mut Draft) -> Result<(), Error> {
    let corrections = Table::new("corrections.csv", include_bytes!("../../seeds/taxonomy/corrections.csv").to_vec())?;
    corrections.rows(["uri", "lang", "wrong", "right"], |[uri, lang, wrong, right]| draft.correct(uri, lang, wrong, right))?;
    for concept in read()?.concepts {
        let Some(number) = draft.find(&concept.uri) else { continue };
        // Where the official data has no label in a language (skill groups in Swedish), ours is the one shown.
        for (lang, text) in &concept.preferred {
            let missing = !draft.concepts[number as usize].preferred.contains_key(lang);
            draft.label(number, lang, if missing { Role::Preferred } else { Role::Alternative }, text);
        }
        for (lang, _, text) in &concept.others {
            draft.label(number, lang, Role::Alternative, text);
        }
    }
    Ok(())
}

fn read() -> Result<Draft, Error> {
    let mut draft = Draft::default();
    import::read(&mut Source::in_memory(TABLES.iter().copied()), Path::new("seeds/taxonomy"), &mut draft, &|_| {})?;
    Ok(draft)
}

const MEMORY: usize = 15 << 20;

macro_rules! tables {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../seeds/taxonomy/", $name)))),*]
    };
}

const TABLES: &[(&str, &[u8])] = tables![
    "occupations.csv",
    "skills.csv",
    "skill_groups.csv",
    "isco_groups.csv",
    "labels-sv.csv",
    "labels-en.csv",
    "occupation_skills.csv",
    "broader.csv",
];
