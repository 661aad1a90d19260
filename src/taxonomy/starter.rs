//! The taxonomy that the binary carries: our own selection of occupations and skills common in Sweden.

use std::path::Path;

use rust_embed::RustEmbed;
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
    let corrections = Table::new(CORRECTIONS, table(CORRECTIONS).unwrap_or_default())?;
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
    let tables: Vec<(String, Vec<u8>)> =
        Tables::iter().filter(|name| name.ends_with(".csv")).filter_map(|name| Some((name.to_string(), table(&name)?))).collect();
    import::read(&mut Source::in_memory(tables), Path::new("seeds/taxonomy"), &mut draft, &|_| {})?;
    Ok(draft)
}

const MEMORY: usize = 15 << 20;

/// Every table in the seeds: labels in another language need no more than their file.
#[derive(RustEmbed)]
#[folder = "seeds/taxonomy"]
struct Tables;

fn table(name: &str) -> Option<Vec<u8>> {
    Tables::get(name).map(|file| file.data.into_owned())
}

/// Languages whose labels in the seeds no native speaker has read yet, from `readers.csv` (lang, reader; no reader: awaited).
pub fn awaited() -> Result<Vec<String>, Error> {
    let mut langs = Vec::new();
    let rows = Table::new(READERS, table(READERS).unwrap_or_default())?;
    rows.rows(["lang", "reader"], |[lang, reader]| {
        if reader.is_empty() {
            langs.push(lang.to_owned());
        }
    })?;
    Ok(langs)
}

const READERS: &str = "readers.csv";
const CORRECTIONS: &str = "corrections.csv";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_every_language_say_whether_a_native_speaker_read_them() {
        let mut listed = Vec::new();
        let rows = Table::new(READERS, table(READERS).unwrap()).unwrap();
        rows.rows(["lang", "reader"], |[lang, _]| listed.push(lang.to_owned())).unwrap();
        for name in Tables::iter() {
            if let Some(lang) = name.strip_prefix("labels-").and_then(|rest| rest.strip_suffix(".csv")) {
                assert!(listed.iter().any(|one| one == lang), "{lang} is missing in seeds/taxonomy/{READERS}");
            }
        }
        assert!(!awaited().unwrap().contains(&"sv".to_owned()));
    }
}
