//! The profile: sections, entry kinds, and what an entry holds.

pub mod entry;
pub mod file;
pub mod kind;
pub mod shape;
pub mod text;

pub use entry::{ConceptRef, Entry, Evidence, Fault, Fields, Source, Value};
pub use file::{File, FileKey, Media};
pub use kind::{AREAS, Class, Kind, Section};
pub use shape::{ConceptKind, Field, Shape};

/// At most so many entries in one section.
pub const MAX_ENTRIES_PER_SECTION: usize = 30;
/// At most so many characters of free text.
pub const MAX_FREE_TEXT: usize = 500;
/// Versions that are kept of one entry, the present one among them.
pub const MAX_VERSIONS: u64 = 50;
/// At most so many characters in a proof as it was issued.
pub const MAX_PROOF: usize = 64_000;
/// An entry that was confirmed longer ago than this asks for a look (six months).
pub const REVIEW_AFTER: i64 = 183 * super::time::DAY;
