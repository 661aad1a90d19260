//! Foreign formats: bytes to proposed entries and what was not understood, and back. Pure; a format per file.
//!
//! Reading never guesses: what has no certain place among the kinds of entry is handed back as text with its place in the file.
//! Writing is a function of the entries alone (no time, no chance), so that export, import, export gives the same bytes.

mod bytes;
mod candidate;
mod draft;
mod elm;
pub mod file;
mod format;
mod hropen;
mod html;
mod json;
mod leftover;
mod loss;
mod names;
pub mod photo;
mod resume;
mod skillspassport;
mod tree;
mod xml;

#[cfg(test)]
mod tests;

pub use bytes::{MOST_BYTES, Refused};
pub use format::{Format, Lose, NEVER};
pub use leftover::Leftover;
pub use loss::{Loss, Why};

use crate::domain::profile::{Fields, Kind};

/// An entry as a file proposes it, or as it is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub kind: Kind,
    /// The language it is written in (BCP 47).
    pub lang: String,
    pub fields: Fields,
    /// Where in the file it stands: `work[0]`, or `/SkillsPassport/LearnerInfo/…`. Empty for an entry of a profile.
    pub source: String,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Import {
    pub format: Format,
    /// In the order of the file; each fits `domain::profile::entry::check`.
    pub entries: Vec<Item>,
    pub not_understood: Vec<Leftover>,
    /// What could not be taken over as text either.
    pub losses: Vec<Loss>,
}

/// Reads a file of any of the formats. `lang` is that of its texts where the file does not say.
pub fn read(file: &[u8], lang: &str) -> Result<Import, Refused> {
    let tree = bytes::tree(file)?;
    let format = Format::of(&tree).ok_or_else(|| Format::unknown(&tree))?;
    let mut reading = draft::Reading::new(&tree, lang);
    match format {
        Format::JsonResume => resume::read(&mut reading),
        Format::SkillsPassport => skillspassport::read(&mut reading),
        Format::Candidate => candidate::read(&mut reading),
        Format::HrOpen => hropen::read(&mut reading),
        Format::Elm => elm::read(&mut reading),
    }
    let (entries, continued) = reading.done();
    let (mut not_understood, losses) = leftover::collect(&tree);
    not_understood.extend(continued);
    Ok(Import { format, entries, not_understood, losses })
}

/// Writes entries as a file of this format, `lang` being the language of its own words. What the format cannot hold is left out:
/// `Format::loses` says what.
pub fn write(format: Format, entries: &[Item], lang: &str) -> Vec<u8> {
    let profile = draft::Writing::new(entries, lang);
    match format {
        Format::JsonResume => resume::write(&profile),
        Format::SkillsPassport => skillspassport::write(&profile),
        Format::Candidate => candidate::write(&profile),
        Format::HrOpen => hropen::write(&profile),
        Format::Elm => elm::write(&profile),
    }
}
