//! Frameworks and outlines: files that the binary carries, each replaceable by a file of the same name in the data folder, which may
//! hold more.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use rust_embed::RustEmbed;

use super::Taxonomy;
use crate::domain::framework::{Condition, Framework};
use crate::domain::gap::Kinship;
use crate::domain::outline::Outline;
use crate::domain::profile::Kind;
use crate::policy::Catalogue;

const FRAMEWORKS: &str = "frameworks";
const OUTLINES: &str = "outlines";
/// No file of an operator's is longer.
const LONGEST: u64 = 1 << 20;

#[derive(RustEmbed)]
#[folder = "seeds/frameworks"]
struct OurFrameworks;

#[derive(RustEmbed)]
#[folder = "seeds/outlines"]
struct OurOutlines;

/// Why a file cannot be used: where it lies, and a sentence.
#[derive(Debug)]
pub struct Unfit {
    pub file: String,
    pub cause: String,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.cause.trim_end().trim_end_matches('.'))
    }
}

impl std::error::Error for Unfit {}

/// Criteria frameworks and course prerequisites, in the order of their files' names.
pub struct Frameworks(Vec<Framework>);

/// The statutory mappings' outlines, in the order of their files' names.
pub struct Outlines(Vec<Outline>);

impl Frameworks {
    pub fn load(data: Option<&Path>) -> Result<Self, Unfit> {
        let all = read::<OurFrameworks, _>(data, FRAMEWORKS, Framework::parse)?;
        unique(&all, |framework| &framework.id)?;
        Ok(Self(all.into_iter().map(|(_, framework)| framework).collect()))
    }

    pub fn all(&self) -> &[Framework] {
        &self.0
    }

    pub fn find(&self, id: &str) -> Option<&Framework> {
        self.0.iter().find(|framework| framework.id == id)
    }

    /// Those written for an occupation (URI).
    pub fn of_occupation<'a>(&'a self, uri: &'a str) -> impl Iterator<Item = &'a Framework> {
        self.0.iter().filter(move |framework| framework.occupations.iter().any(|one| one == uri))
    }

    /// Concepts that they name and the taxonomy does not know: nobody can meet those.
    pub fn unknown<'a>(&'a self, taxonomy: &Taxonomy) -> BTreeSet<&'a str> {
        let skills = |framework: &'a Framework| framework.criteria.iter().flat_map(|criterion| wanted(&criterion.wants));
        let named = self.0.iter().flat_map(|framework| framework.occupations.iter().chain(skills(framework)));
        named.filter(|uri| taxonomy.concept(uri).is_none()).map(String::as_str).collect()
    }
}

fn wanted(condition: &Condition) -> &[String] {
    match condition {
        Condition::Skills(uris) => uris,
        Condition::Language(_) | Condition::Licences(_) | Condition::Entry(_) => &[],
    }
}

impl Outlines {
    /// Each outline is held against the ceilings of its recipients: it asks for nothing that none of them may be given.
    pub fn load(data: Option<&Path>, catalogue: &Catalogue) -> Result<Self, Unfit> {
        let all = read::<OurOutlines, _>(data, OUTLINES, Outline::parse)?;
        unique(&all, |outline| &outline.id)?;
        for (file, outline) in &all {
            within(outline, catalogue).map_err(|cause| Unfit { file: file.clone(), cause })?;
        }
        Ok(Self(all.into_iter().map(|(_, outline)| outline).collect()))
    }

    pub fn all(&self) -> &[Outline] {
        &self.0
    }

    pub fn find(&self, id: &str) -> Option<&Outline> {
        self.0.iter().find(|outline| outline.id == id)
    }
}

fn within(outline: &Outline, catalogue: &Catalogue) -> Result<(), String> {
    let mut ceiling: BTreeSet<Kind> = BTreeSet::new();
    for id in &outline.recipients {
        let kind = catalogue.kind(id).ok_or_else(|| format!("\"{id}\" is no kind of recipient"))?;
        ceiling.extend(&kind.allowed);
    }
    match outline.kinds().difference(&ceiling).next() {
        Some(outside) => Err(format!("it holds {}, which {} may not be given", outside.name(), outline.recipients.join(" and "))),
        None => Ok(()),
    }
}

impl Kinship for Taxonomy {
    fn above(&self, uri: &str) -> Vec<String> {
        self.relations(uri).map(|relations| relations.broader).unwrap_or_default()
    }

    fn needed_in(&self, occupation: &str) -> Vec<String> {
        self.relations(occupation).map(|relations| relations.essential).unwrap_or_default()
    }
}

/// Every file of the folder: ours, with those of the data folder over them.
fn read<Ours: RustEmbed, T>(
    data: Option<&Path>,
    folder: &str,
    parse: impl Fn(&str) -> Result<T, String>,
) -> Result<Vec<(String, T)>, Unfit> {
    let ours = Ours::iter().filter_map(|name| Some((name.to_string(), Ours::get(&name)?.data.into_owned())));
    let mut files: BTreeMap<String, (String, Vec<u8>)> =
        ours.map(|(name, bytes)| (name.clone(), (format!("{folder}/{name}"), bytes))).collect();
    for path in data.map(|data| theirs(&data.join(folder))).transpose()?.unwrap_or_default() {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        files.insert(name, (path.display().to_string(), bytes_of(&path)?));
    }
    let one = |(file, bytes): (String, Vec<u8>)| {
        let parsed = std::str::from_utf8(&bytes).map_err(|_| "it is not UTF-8".to_owned()).and_then(&parse);
        parsed.map(|parsed| (file.clone(), parsed)).map_err(|cause| Unfit { file, cause })
    };
    files.into_values().map(one).collect()
}

fn theirs(folder: &Path) -> Result<Vec<std::path::PathBuf>, Unfit> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let unfit = |cause: std::io::Error| Unfit { file: folder.display().to_string(), cause: cause.to_string() };
    let all = std::fs::read_dir(folder).map_err(unfit)?.map(|entry| entry.map(|entry| entry.path()));
    let all = all.collect::<Result<Vec<_>, _>>().map_err(unfit)?;
    Ok(all.into_iter().filter(|path| path.extension().is_some_and(|end| end == "toml")).collect())
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Unfit> {
    let unfit = |cause: String| Unfit { file: path.display().to_string(), cause };
    let length = std::fs::metadata(path).map_err(|cause| unfit(cause.to_string()))?.len();
    if length > LONGEST {
        return Err(unfit(format!("it is {length} bytes long, and {LONGEST} are the most")));
    }
    std::fs::read(path).map_err(|cause| unfit(cause.to_string()))
}

fn unique<T>(all: &[(String, T)], id: impl Fn(&T) -> &String) -> Result<(), Unfit> {
    let mut seen: BTreeMap<&String, &String> = BTreeMap::new();
    for (file, one) in all {
        if let Some(other) = seen.insert(id(one), file) {
            return Err(Unfit { file: file.clone(), cause: format!("the id \"{}\" stands in {other} too", id(one)) });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
