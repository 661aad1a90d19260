//! Slots: the ways of opening a keyring.

use uuid::Uuid;

use super::label::{Ad, Label};
use super::secret::{Key, Secret};
use crate::domain::OwnerId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotKind {
    Passphrase,
    Recovery,
    Session,
    Passkey,
    Invite,
    Helper,
    Card,
}

impl SlotKind {
    pub const ALL: [Self; 7] =
        [Self::Passphrase, Self::Recovery, Self::Session, Self::Passkey, Self::Invite, Self::Helper, Self::Card];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery",
            Self::Session => "session",
            Self::Passkey => "passkey",
            Self::Invite => "invite",
            Self::Helper => "helper",
            Self::Card => "card",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    pub(super) const fn label(self) -> Label {
        match self {
            Self::Passphrase => Label::SlotPassphrase,
            Self::Recovery => Label::SlotRecovery,
            Self::Session => Label::SlotSession,
            Self::Passkey => Label::SlotPasskey,
            Self::Invite => Label::SlotInvite,
            Self::Helper => Label::SlotHelper,
            Self::Card => Label::SlotCard,
        }
    }
}

/// Where a slot stands; all of it is associated data.
#[derive(Clone, Copy, Debug)]
pub struct SlotPlace<'a> {
    pub table: &'static str,
    pub owner: OwnerId,
    pub slot: Uuid,
    pub kind: SlotKind,
    /// As stored: the cost parameters and salt of a passphrase, else empty.
    pub parameters: &'a [u8],
}

impl SlotPlace<'_> {
    pub(super) fn ad(&self, generation: u32) -> Ad {
        Ad::new(Label::SlotKeyring)
            .bytes_field(self.table.as_bytes())
            .id(self.owner.0)
            .id(self.slot)
            .bytes_field(self.kind.word().as_bytes())
            .bytes_field(self.parameters)
            .num(u64::from(generation))
    }
}

/// The key that opens one slot. Made only from a secret of at least 128 random bits, or by Argon2id with the pepper.
#[derive(Debug)]
pub struct SlotKey(Key);

impl SlotKey {
    pub fn from_secret(secret: &Secret, kind: SlotKind) -> Self {
        Self(secret.key(kind.label()))
    }

    pub(super) fn from_key(key: Key) -> Self {
        Self(key)
    }

    pub(super) fn key(&self) -> &Key {
        &self.0
    }
}
