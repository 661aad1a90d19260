//! The answer: a [`Permit`], or why not.

use std::fmt;

use super::question::Action;
use crate::domain::{ConsentId, OwnerId, UnitId};

/// What was allowed, and for whom. Only an answer of the policy makes one; it is not copied, so it is used where it was asked for.
#[must_use]
pub struct Permit {
    action: Action,
    owner: Option<OwnerId>,
    consent: Option<ConsentId>,
    unit: Option<UnitId>,
}

impl Permit {
    pub(super) fn new(action: Action, owner: Option<OwnerId>, consent: Option<ConsentId>, unit: Option<UnitId>) -> Self {
        Self { action, owner, consent, unit }
    }

    pub fn action(&self) -> Action {
        self.action
    }

    /// Whether it is for a backup: the one act that touches everyone's rows.
    pub fn is_for_backup(&self) -> bool {
        self.action == Action::BackUp
    }

    /// Whose data it is for: a participant's, a member of staff's, or a unit's own. `None` for what touches nobody's.
    pub fn owner(&self) -> Option<OwnerId> {
        self.owner
    }

    pub fn consent(&self) -> Option<ConsentId> {
        self.consent
    }

    pub fn unit(&self) -> Option<UnitId> {
        self.unit
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permit({})", self.action.name())
    }
}

/// Why something was refused, in the order of weight: where several hold, the first is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// This actor never may.
    Never,
    /// The consent does not hold, or not any more.
    Ended,
    /// More than the recipient may have: kinds, purpose, or what a consent does not contain.
    AboveCeiling,
    /// Longer than the recipient may have it.
    TooLong,
    /// The keyring must be opened first.
    OpenFirst,
    /// The passphrase or passkey must be given again (within five minutes).
    AskAgain,
}

impl Why {
    /// As in the policies' `@tells` and the decision table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Ended => "ended",
            Self::AboveCeiling => "above-ceiling",
            Self::TooLong => "too-long",
            Self::OpenFirst => "open-first",
            Self::AskAgain => "ask-again",
        }
    }

    pub(super) fn told(word: &str) -> Option<Self> {
        let all = [Self::Never, Self::Ended, Self::AboveCeiling, Self::TooLong, Self::OpenFirst, Self::AskAgain];
        all.into_iter().find(|why| why.word() == word)
    }
}

/// A refusal. Names policies, never persons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub why: Why,
    /// The ids of the policies that forbid it for this reason; empty where none allows it.
    pub by: Vec<String>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused ({:?}) by [{}]", self.why, self.by.join(", "))
    }
}

impl std::error::Error for Refused {}
