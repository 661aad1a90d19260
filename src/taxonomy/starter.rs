//! The taxonomy that the binary carries: our own selection of occupations and skills common in Sweden.

use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use ring::digest;
use rust_embed::RustEmbed;
use tantivy::directory::{MmapDirectory, RamDirectory};

use super::draft::{Draft, Role};
use super::error::Error;
use super::import;
use super::index::{FORMAT, Kept};
use super::source::Source;
use super::table::Table;
use super::versions::Store;

/// Indexed in memory, once for a process.
pub fn built() -> Result<Arc<Kept>, Error> {
    Ok(once()?.0)
}

/// The index that an earlier start kept in the data folder, else a new one in memory, kept for the next start where there is room for
/// it. Nothing but a faster start hangs on what is kept.
pub fn kept(store: &Store) -> Result<Arc<Kept>, Error> {
    if let Ok(kept) = Kept::open(&store.folder(&NAME), VERSION) {
        return Ok(Arc::new(kept));
    }
    let (kept, new) = once()?;
    // A look into a folder that is not there must not make it.
    let new = new.filter(|_| store.has_data());
    if let Some(Err(why)) = new.map(|files| keep(store, &NAME, &files)) {
        tracing::info!(%why, "the starter taxonomy is not kept on disk");
    }
    Ok(kept)
}

/// The index in memory; its files too, where this call has made it.
fn once() -> Result<(Arc<Kept>, Option<RamDirectory>), Error> {
    static BUILT: Mutex<Option<Arc<Kept>>> = Mutex::new(None);
    let mut held = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = &*held {
        return Ok((Arc::clone(kept), None));
    }
    let files = RamDirectory::create();
    let kept = Arc::new(build(&files)?);
    *held = Some(Arc::clone(&kept));
    Ok((kept, Some(files)))
}

fn keep(store: &Store, name: &str, files: &RamDirectory) -> Result<(), Error> {
    let _held = store.lock()?;
    let directory = MmapDirectory::open(store.fresh()?).map_err(Error::disk("opening the new folder"))?;
    files.persist(&directory).map_err(Error::disk("writing the index"))?;
    store.place(name)?;
    store.remove_others(PREFIX, name);
    Ok(())
}

fn build(files: &RamDirectory) -> Result<Kept, Error> {
    Kept::build(&import::checked(read()?)?, VERSION, Box::new(files.clone()), MEMORY)
}

/// Another name for other seeds, and for another program that indexes them.
static NAME: LazyLock<String> = LazyLock::new(|| {
    let mut hash = digest::Context::new(&digest::SHA256);
    let mut tables: Vec<_> = Tables::iter().collect();
    tables.sort();
    for (table, file) in tables.iter().filter_map(|name| Some((name, Tables::get(name)?))) {
        hash.update(table.as_bytes());
        hash.update(&file.metadata.sha256_hash());
    }
    format!("{PREFIX}{}-{FORMAT}-{}", env!("CARGO_PKG_VERSION"), hex::encode(&hash.finish().as_ref()[..8]))
});

const VERSION: &str = "starter";
const PREFIX: &str = "starter-";

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
    use crate::taxonomy::testing::Scratch;

    #[test]
    fn the_starter_is_kept_on_disk_and_made_anew_where_what_is_kept_is_damaged() {
        let data = Scratch::new();
        let store = Store::in_data(data.path());
        let folder = store.folder(&NAME);
        std::fs::create_dir_all(store.folder("starter-0.0.0-old")).unwrap();
        let files = RamDirectory::create();
        let first = build(&files).unwrap().facts;
        let held = store.lock().unwrap();
        assert!(keep(&store, &NAME, &files).is_err() && !folder.exists(), "another start is writing at this moment");
        drop(held);
        keep(&store, &NAME, &files).unwrap();
        assert!(!store.folder("starter-0.0.0-old").exists(), "what an earlier program kept is gone");
        assert_eq!(store.current(), None, "it is nobody's import");
        let again = Kept::open(&folder, VERSION).unwrap();
        assert_eq!(again.facts, first);
        let cook = "http://data.europa.eu/esco/occupation/90f75f67-495d-49fa-ab57-2f320e251d7e";
        assert_eq!(again.number(cook).is_some(), built().unwrap().number(cook).is_some());
        std::fs::write(folder.join("facts.json"), "{}").unwrap();
        assert_eq!(kept(&store).unwrap().facts, first, "damaged: from memory");
    }

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
