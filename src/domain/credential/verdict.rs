//! What checking a proof finds. Each has its own words (`verdict-…`), its own shape, and its exit code at the command line.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict", content = "reason")]
pub enum Verdict {
    Valid,
    /// Valid until a time that has passed.
    Expired,
    /// Valid from a time to come.
    NotYet,
    Withdrawn,
    Suspended,
    /// Rightly signed, by someone who stands on no trust list of ours, or not for this.
    UnknownIssuer,
    /// Not now, or not by us. It may be right.
    CannotBeChecked(Unchecked),
    NotValid(Wrong),
}

/// Why something could not be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unchecked {
    /// The list that says whether it is withdrawn could not be had, or has grown too old.
    Status,
    /// The issuer's key could not be had.
    Key,
    /// A kind of signature that this program cannot check.
    Signature,
    /// It points to a JSON-LD context that this program does not hold; none is ever fetched.
    Context,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrong {
    /// Nothing that we know as a proof.
    Form,
    /// Too large, too deep or too many parts.
    Size,
    /// `none`, a symmetric algorithm, or one that we do not take.
    Algorithm,
    Signature,
    /// A disclosure stands twice, belongs nowhere, or says what must not be hidden.
    Disclosure,
    /// Something that it must say is missing or of the wrong kind.
    Claims,
    /// Of another type than it is shown as.
    Kind,
    /// The holder's proof is missing where it must be, or made by another key.
    Binding,
    /// Made for someone else.
    Audience,
    /// Presented before, or for another occasion.
    Nonce,
    /// The status list is not the issuer's, cannot be read, or does not reach to this index.
    Status,
    /// The key is none of the issuer's.
    Key,
}

impl Verdict {
    /// As programs read it; the reason stands beside it where there is one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Expired => "expired",
            Self::NotYet => "not_yet",
            Self::Withdrawn => "withdrawn",
            Self::Suspended => "suspended",
            Self::UnknownIssuer => "unknown_issuer",
            Self::CannotBeChecked(_) => "cannot_be_checked",
            Self::NotValid(_) => "not_valid",
        }
    }

    /// Of `egenkarta verify`: 0 valid, 1 not valid or its issuer unknown, 2 could not be checked.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::CannotBeChecked(_) => 2,
            _ => 1,
        }
    }

    /// The locale key of its heading.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Valid => "verdict-valid",
            Self::Expired => "verdict-expired",
            Self::NotYet => "verdict-not-yet",
            Self::Withdrawn => "verdict-withdrawn",
            Self::Suspended => "verdict-suspended",
            Self::UnknownIssuer => "verdict-unknown-issuer",
            Self::CannotBeChecked(_) => "verdict-unchecked",
            Self::NotValid(_) => "verdict-not-valid",
        }
    }

    /// [`Self::why`], which differs for a valid one whose issuer may issue no such proof today.
    pub const fn why_of(self, issuer_ended: bool) -> &'static str {
        match self {
            Self::Valid if issuer_ended => "why-valid-ended",
            other => other.why(),
        }
    }

    /// The locale key of the sentence that says why.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Valid => "why-valid",
            Self::Expired => "why-expired",
            Self::NotYet => "why-not-yet",
            Self::Withdrawn => "why-withdrawn",
            Self::Suspended => "why-suspended",
            Self::UnknownIssuer => "why-unknown-issuer",
            Self::CannotBeChecked(unchecked) => unchecked.key(),
            Self::NotValid(wrong) => wrong.key(),
        }
    }
}

impl Unchecked {
    /// The locale key of the sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Status => "why-unchecked-status",
            Self::Key => "why-unchecked-key",
            Self::Signature => "why-unchecked-signature",
            Self::Context => "why-unchecked-context",
        }
    }
}

impl Wrong {
    /// The locale key of the sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Form => "why-wrong-form",
            Self::Size => "why-wrong-size",
            Self::Algorithm => "why-wrong-algorithm",
            Self::Signature => "why-wrong-signature",
            Self::Disclosure => "why-wrong-disclosure",
            Self::Claims => "why-wrong-claims",
            Self::Kind => "why-wrong-kind",
            Self::Binding => "why-wrong-binding",
            Self::Audience => "why-wrong-audience",
            Self::Nonce => "why-wrong-nonce",
            Self::Status => "why-wrong-status",
            Self::Key => "why-wrong-key",
        }
    }
}
