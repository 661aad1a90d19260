//! A showing: one or more proofs shown to whoever has a code, until a day, so many times. The rest of the map stays shut.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::EntryId;
use super::credential::Claim;

/// How many times one may open.
pub const MOST_OPENS: u16 = 100;
/// At most so many proofs in one.
pub const MOST_PROOFS: usize = 10;
/// Characters of the words for whom it is for.
pub const MOST_WHOM: usize = 80;
/// At most so many days from now.
pub const MOST_DAYS: u16 = 366;

/// One proof, and what of it is shown beside what it always shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portion {
    pub entry: EntryId,
    pub claims: BTreeSet<Claim>,
}

/// What its owner keeps of it, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// As it is printed.
    pub code: String,
    /// In the owner's own words.
    pub whom: String,
    pub portions: Vec<Portion>,
    /// What each proof is called, so that it is known after its entry has been deleted.
    pub names: Vec<String>,
}

/// What lies sealed under the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Presentations, each bound to this showing where its holder has the key.
    pub credentials: Vec<String>,
    /// For whom each was bound: the address of the page that checks.
    pub audience: String,
}
