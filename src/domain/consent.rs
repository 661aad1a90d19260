//! A consent: recipient, purpose, scope, mode, from and until.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::link::LinkTerms;
use super::oauth::Basis;
use super::profile::{Class, Kind, Section};
use super::statement::Statement;
use super::{ConsentId, EntryId, OwnerId, Timestamp, UnitId};

/// States as in ISO/IEC TS 27560:2023.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Requested,
    Given,
    Refused,
    Withdrawn { at: Timestamp },
    Expired { at: Timestamp },
    Invalidated { at: Timestamp },
}

impl State {
    /// The word that the database and the API hold.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Expired { .. } => "expired",
            Self::Invalidated { .. } => "invalidated",
        }
    }

    /// Reads the word back; `at` is when it ended. `None` for a word we do not know, or an end without a time.
    pub fn from_word(word: &str, at: Option<Timestamp>) -> Option<Self> {
        Some(match (word, at) {
            ("requested", _) => Self::Requested,
            ("given", _) => Self::Given,
            ("refused", _) => Self::Refused,
            ("withdrawn", Some(at)) => Self::Withdrawn { at },
            ("expired", Some(at)) => Self::Expired { at },
            ("invalidated", Some(at)) => Self::Invalidated { at },
            _ => return None,
        })
    }

    pub const fn ended_at(self) -> Option<Timestamp> {
        match self {
            Self::Withdrawn { at } | Self::Expired { at } | Self::Invalidated { at } => Some(at),
            Self::Requested | Self::Given | Self::Refused => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Read live; the recipient has promised to keep nothing.
    View,
    /// A signed copy may be delivered.
    Copy,
}

impl Mode {
    pub const fn word(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Copy => "copy",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::View, Self::Copy].into_iter().find(|mode| mode.word() == word)
    }
}

/// What a scope allows with what it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    Read,
    Propose,
}

/// What is shared. Whole sections are held as the kinds of entry that they stood for when the consent was given, within the
/// recipient's ceiling; so a later, wider ceiling widens nothing. Unknown members are refused when it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Every present and future entry of these kinds. Only kinds of class normal: a sensitive entry is named singly.
    pub kinds: BTreeSet<Kind>,
    pub entries: BTreeSet<EntryId>,
    pub kept_out: BTreeSet<EntryId>,
    pub rights: BTreeSet<Right>,
}

impl Scope {
    /// The kinds that `sections` stand for towards a recipient that may have `allowed`.
    pub fn of_sections(sections: &BTreeSet<Section>, allowed: &BTreeSet<Kind>) -> BTreeSet<Kind> {
        let whole = |kind: &&Kind| sections.contains(&kind.section()) && kind.class() == Class::Normal && !kind.never_shared();
        Kind::ALL.iter().filter(whole).filter(|kind| allowed.contains(kind)).copied().collect()
    }

    /// Whether an entry lies in scope.
    pub fn covers(&self, entry: EntryId, kind: Kind) -> bool {
        if kind.never_shared() || self.kept_out.contains(&entry) {
            return false;
        }
        self.entries.contains(&entry) || (kind.class() == Class::Normal && self.kinds.contains(&kind))
    }

    pub fn sections(&self) -> BTreeSet<Section> {
        self.kinds.iter().map(|kind| kind.section()).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.entries.is_empty()
    }
}

/// All terms of a consent, as its bundle holds them. Whatever stands in clear beside it grants nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub owner: OwnerId,
    pub consent: ConsentId,
    pub generation: u64,
    pub unit: UnitId,
    /// Bound to this client only, where set.
    pub client: Option<String>,
    pub purpose: String,
    pub scope: Scope,
    pub mode: Mode,
    pub from: Timestamp,
    pub until: Timestamp,
    /// The name to be called by, where the person lets it stand beside the code.
    pub name: Option<String>,
    /// The language in which the consent was given, and the version of its text.
    pub lang: String,
    pub text_version: u32,
    /// The original that stood beside it, where its own language awaited a native reader. Absent otherwise, so that the bytes
    /// of a consent without it are as they always were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<TextRead>,
    /// The legal basis that the recipient stated, where it asked. Absent otherwise, like the original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// What the recipient stated of what it does with what it reads, as it was shown. Absent where it had stated nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<Statement>,
    /// What makes it a link. Absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkTerms>,
}

/// A consent's text, as someone read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRead {
    /// A BCP 47 tag.
    pub lang: String,
    pub version: u32,
}

impl Terms {
    /// Whether they give nothing that `held` did not, of these entries or of any to come: no other kind, no other right, for no longer, by
    /// no wider mode, and no name that was not told already.
    pub fn give_no_more_than(&self, held: &Self, mut entries: impl Iterator<Item = (EntryId, Kind)>) -> bool {
        let (wanted, was) = (&self.scope, &held.scope);
        let each = entries.all(|(id, kind)| !wanted.covers(id, kind) || was.covers(id, kind));
        // What was kept out would come in with its next version.
        let kept_out = wanted.kinds.is_empty() || was.kept_out.is_subset(&wanted.kept_out);
        let mode = self.mode == held.mode || self.mode == Mode::View;
        let name = self.name.is_none() || self.name == held.name;
        let scope = wanted.kinds.is_subset(&was.kinds) && wanted.rights.is_subset(&was.rights);
        each && kept_out && mode && name && scope && self.until <= held.until
    }

    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> EntryId {
        EntryId(Uuid::from_u128(n))
    }

    #[test]
    fn a_section_never_brings_sensitive_or_forbidden_kinds() {
        let everything: BTreeSet<Kind> = Kind::ALL.iter().copied().collect();
        let kinds = Scope::of_sections(&Section::ALL.into_iter().collect(), &everything);
        assert!(kinds.iter().all(|kind| kind.class() == Class::Normal && !kind.never_shared()));
        let scope = Scope { kinds: everything, ..Scope::default() };
        assert!(!scope.covers(id(1), Kind::Needs), "a sensitive entry must be named");
        assert!(!scope.covers(id(1), Kind::Safety));
    }

    #[test]
    fn nothing_covers_safety_even_when_named_and_kept_out_wins() {
        let scope = Scope {
            kinds: [Kind::Skill].into(),
            entries: [id(1), id(2)].into(),
            kept_out: [id(2), id(3)].into(),
            rights: [Right::Read].into(),
        };
        assert!(!scope.covers(id(1), Kind::Safety));
        assert!(scope.covers(id(1), Kind::Needs));
        assert!(!scope.covers(id(2), Kind::Needs) && !scope.covers(id(3), Kind::Skill));
        assert!(scope.covers(id(4), Kind::Skill) && !scope.covers(id(4), Kind::Work));
    }

    #[test]
    fn the_original_beside_is_kept_and_its_absence_leaves_no_trace() {
        let json = r#"{"owner":"00000000-0000-0000-0000-000000000001","consent":"00000000-0000-0000-0000-000000000002","generation":1,"unit":"00000000-0000-0000-0000-000000000003","client":null,"purpose":"recruitment","scope":{"kinds":[],"entries":[],"kept_out":[],"rights":[]},"mode":"view","from":0,"until":1,"name":null,"lang":"ar","text_version":1}"#;
        let terms: Terms = serde_json::from_str(json).expect("as terms always were");
        assert_eq!((terms.original.clone(), serde_json::to_string(&terms).expect("terms are plain data")), (None, json.to_owned()));
        let original = Some(TextRead { lang: "sv".into(), version: 1 });
        let both = Terms { original, ..terms };
        let again: Terms = serde_json::from_str(&serde_json::to_string(&both).expect("plain data")).expect("as written");
        assert_eq!(again, both);
        let more = json.replace(r#""text_version":1"#, r#""text_version":1,"original":{"lang":"sv","version":1,"signed":true}"#);
        assert!(serde_json::from_str::<Terms>(&more).is_err());
    }

    #[test]
    fn an_unknown_member_of_a_scope_is_refused() {
        let json = r#"{"kinds":["skill"],"entries":[],"kept_out":[],"rights":["read"],"hours":"9-17"}"#;
        assert!(serde_json::from_str::<Scope>(json).is_err());
        assert!(serde_json::from_str::<Scope>(&json.replace(r#","hours":"9-17""#, "").replace("read", "sell")).is_err());
    }
}
