//! A link: a consent without a unit. Whoever holds the whole address opens it, within the ceiling of the recipient kind that its
//! maker chose.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::profile::{Class, Kind};
use super::recipient::RecipientKind;

/// What a link's terms say beside those of every consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkTerms {
    /// The id of the recipient kind whose ceiling holds.
    pub recipient: String,
    /// How many times it opens.
    pub opens: u16,
    /// A code word is asked for.
    pub word: bool,
    /// Opens the list of entry versions that stands beside the link. Whoever opens the link has it from the secret.
    pub list: ListKey,
}

/// The key of a link's list of versions; opens no entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListKey(pub [u8; 32]);

impl fmt::Debug for ListKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ListKey(…)")
    }
}

pub const MOST_OPENS: u16 = 100;
/// Wrong code words after which a link ends.
pub const MOST_TRIES: u16 = 5;
/// Characters of a code word: below four, five tries are too many.
pub const WORD: std::ops::RangeInclusive<usize> = 4..=60;

/// What says who someone is. In a link it stands hidden until the person opens each of it by name.
const PERSONAL: [Kind; 5] = [Kind::PreferredName, Kind::LegalName, Kind::BirthYear, Kind::Home, Kind::Contact];

/// Whether a link may ever contain it: nothing sensitive may (P12 and after), whoever it is for.
pub fn may_hold(kind: Kind) -> bool {
    kind.class() == Class::Normal && !kind.never_shared()
}

/// The kinds that a link to `recipient` holds only where the very entry is named.
pub fn hidden(recipient: &RecipientKind) -> BTreeSet<Kind> {
    let personal = PERSONAL.into_iter().filter(|kind| recipient.allowed.contains(kind));
    personal.chain(recipient.hidden_until_opened.iter().copied()).collect()
}

/// A code word as it is compared: case and outer and doubled spaces say nothing.
pub fn folded(word: &str) -> String {
    word.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::profile::Section;

    #[test]
    fn nothing_from_p12_on_may_ever_be_in_a_link() {
        for kind in Kind::ALL.iter().filter(|kind| kind.section() >= Section::P12) {
            assert!(!may_hold(*kind), "{kind:?}");
        }
        assert!(!may_hold(Kind::SafeContact) && !may_hold(Kind::ProtectedIdentity));
        assert!(may_hold(Kind::Skill) && may_hold(Kind::PreferredName));
    }

    #[test]
    fn a_code_word_is_heard_as_it_is_said() {
        assert_eq!(folded("  Blå   FÅGEL "), "blå fågel");
        assert_ne!(folded("blå fågel"), folded("blåfågel"));
        assert_eq!(format!("{:?}", ListKey([7; 32])), "ListKey(…)");
    }
}
