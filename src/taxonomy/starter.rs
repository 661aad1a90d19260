//! The taxonomy that the binary carries: our own selection of occupations and skills common in Sweden.

use std::path::Path;

use tantivy::directory::RamDirectory;

use super::error::Error;
use super::import;
use super::index::Kept;
use super::source::Source;

pub fn build() -> Result<Kept, Error> {
    let draft = import::read(&mut Source::embedded(TABLES), Path::new("seeds/taxonomy"), &|_| {})?;
    Kept::build(&draft, "starter", Box::new(RamDirectory::create()), MEMORY)
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
