//! From a source that someone downloaded to a version in the data folder.

use std::path::Path;

use ring::digest;
use tantivy::directory::MmapDirectory;

use super::draft::Draft;
use super::error::Error;
use super::index::{Counts, FORMAT, Kept};
use super::source::{Limits, Source};
use super::versions::Store;
use super::{layout, official};
use crate::domain::taxonomy::Kind;

/// What an import is doing, for a progress bar.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    Reading(&'a str),
    Indexing { concepts: usize },
    Switching,
}

/// Reads the source, writes its index into the data folder and makes it the one in use. The old one stays in use until the last step.
pub fn import(path: &Path, data: &Path, step: &dyn Fn(Step)) -> Result<(String, Counts), Error> {
    let mut source = Source::open(path, Limits::default())?;
    let draft = read(&mut source, path, step)?;
    let version = version(&draft, path);
    step(Step::Indexing { concepts: draft.concepts.len() });
    let store = Store::in_data(data);
    let folder = store.fresh()?;
    let directory = MmapDirectory::open(&folder).map_err(Error::disk("opening the new folder"))?;
    let kept = Kept::build(&draft, &version, Box::new(directory), MEMORY)?;
    step(Step::Switching);
    store.switch(&version)?;
    Ok((version, kept.facts.counts))
}

/// Either layout, whole and checked: at least one occupation or skill with a label.
pub(super) fn read(source: &mut Source, path: &Path, step: &dyn Fn(Step)) -> Result<Draft, Error> {
    let mut draft = Draft::default();
    let reading = |name: &str| step(Step::Reading(name));
    if let Some(root) = layout::root(source) {
        layout::read(source, &root, &mut draft, &reading)?;
    } else if official::recognised(source) {
        official::read(source, &mut draft, &reading)?;
    } else {
        return Err(Error::Unknown(path.to_owned()));
    }
    let draft = draft.finish();
    if draft.concepts.iter().all(|concept| concept.kind == Kind::Group) {
        return Err(Error::Empty);
    }
    Ok(draft)
}

/// Bytes for the index being written.
const MEMORY: usize = 64 << 20;

/// The version that the source's name tells (`... v1.2.0 ...`), and a digest of what was read.
fn version(draft: &Draft, path: &Path) -> String {
    let mut hash = digest::Context::new(&digest::SHA256);
    for concept in &draft.concepts {
        hash.update(format!("{concept:?}\n").as_bytes());
    }
    let digest = hex::encode(&hash.finish().as_ref()[..5]);
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let told = told_version(&name).map(|v| format!("{v}-")).unwrap_or_default();
    format!("{told}{digest}-f{FORMAT}")
}

fn told_version(name: &str) -> Option<String> {
    name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .filter_map(|part| part.trim_end_matches(".zip").strip_prefix('v'))
        .find(|rest| rest.len() <= 12 && rest.contains('.') && rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
        .map(ToOwned::to_owned)
}
