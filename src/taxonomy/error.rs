//! What can be wrong with a taxonomy, each in one sentence that says what to do.

use std::fmt;
use std::path::PathBuf;

#[derive(Debug)]
pub enum Error {
    /// Nothing readable at the path.
    Missing(PathBuf),
    /// A folder or zip without the tables of either known layout.
    Unknown(PathBuf),
    /// The zip itself cannot be read.
    Zip(String),
    /// A zip entry whose name leads out of the archive.
    Escapes(String),
    /// More files, or more bytes, than any taxonomy has (a zip bomb, or the wrong folder).
    TooLarge(String),
    /// A table lacks a column.
    Column { file: String, column: &'static str },
    /// A row cannot be read.
    Row { file: String, row: u64, why: String },
    /// The tables were read, and held no labelled occupation or skill.
    Empty,
    /// The kept index was written by another version of the program, or is damaged.
    Index { version: String, why: String },
    /// Another process imports into the same data folder.
    Busy,
    /// The disk refused.
    Disk { what: &'static str, why: String },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "there is nothing to read at {}: check the path", path.display()),
            Self::Unknown(path) => write!(
                f,
                "{} is no taxonomy: expected an ESCO download (files like occupations_en.csv, skills_en.csv) as a zip or a folder",
                path.display()
            ),
            Self::Zip(why) => write!(f, "the zip cannot be read ({why}): download it again"),
            Self::Escapes(name) => write!(f, "the zip is refused: its entry {name:?} leads out of the archive"),
            Self::TooLarge(what) => write!(f, "the source is refused: {what}"),
            Self::Column { file, column } => write!(f, "{file} lacks the column {column}: is it the CSV form of the download?"),
            Self::Row { file, row, why } => write!(f, "{file}, row {row}, cannot be read: {why}"),
            Self::Empty => f.write_str("the tables were read, but they hold no occupation or skill with a label"),
            Self::Index { version, why } => {
                write!(f, "the kept taxonomy {version} cannot be used ({why}): import it again with `egenkarta taxonomy import`")
            }
            Self::Busy => f.write_str("another import into this data folder is running: wait until it has ended"),
            Self::Disk { what, why } => write!(f, "{what} failed: {why}"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// For `map_err`: `what` the disk was asked to do.
    pub(super) fn disk<E: fmt::Display>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |why| Self::Disk { what, why: why.to_string() }
    }
}
