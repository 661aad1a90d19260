//! "Nycklar": the ways in, sessions, export, starting over, erasing.

use askama::Template;

use super::frame::{Body, Place};
use super::url;
use crate::domain::Timestamp;
use crate::text::T;

#[derive(Template)]
#[template(path = "keys.html")]
pub struct Keys {
    pub t: T,
    /// Whether the map is open; a closed one shows less: what can be done without a key.
    pub open: bool,
    pub slots: Vec<Slot>,
    pub sessions: Vec<Session>,
    /// Printed cards: id, and when each was made.
    pub cards: Vec<(String, Timestamp)>,
    /// When the account will be erased, where that was asked for.
    pub erase_at: Option<Timestamp>,
    /// Some way in ended when the keys were changed.
    pub rotated: bool,
}

impl Keys {
    fn has(&self, kind: SlotKind) -> bool {
        self.slots.iter().any(|slot| slot.kind == kind)
    }

    fn has_sheet(&self) -> bool {
        self.has(SlotKind::Sheet)
    }

    fn has_passphrase(&self) -> bool {
        self.has(SlotKind::Passphrase)
    }
}

pub struct Slot {
    /// The value of `slot` when it is removed.
    pub id: String,
    pub kind: SlotKind,
    pub made: Timestamp,
    pub used: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    Passphrase,
    Sheet,
}

/// A printed card. Shown once.
#[derive(Template)]
#[template(path = "card.html")]
pub struct Card {
    pub t: T,
    /// The code in groups, as printed.
    pub groups: Vec<String>,
    pub made: Timestamp,
    /// The service's address.
    pub service: String,
}

impl Body for Card {
    fn place(&self) -> Place {
        Place::Alone
    }
    fn title(&self) -> String {
        self.t.s("card-title")
    }
}

pub struct Session {
    /// The value of `slot` when it is ended.
    pub id: String,
    pub since: Timestamp,
    pub seen: Timestamp,
    pub this: bool,
    pub shared_device: bool,
}

impl Body for Keys {
    fn place(&self) -> Place {
        Place::Keys
    }
    fn title(&self) -> String {
        self.t.s("nav-keys")
    }
}
