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
    /// Of `egenkarta verify`: 0 valid, 1 not valid or its issuer unknown, 2 could not be checked.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::CannotBeChecked(_) => 2,
            _ => 1,
        }
    }
}
