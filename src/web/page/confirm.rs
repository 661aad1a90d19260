//! "Är du säker?": one page for every act that cannot be undone, and for going on with what was typed.

use askama::Template;
use uuid::Uuid;

use super::form::{Hidden, Wrong};
use super::frame::{Body, Place};
use super::keys::SlotKind;
use super::url;
use crate::domain::profile::Section;
use crate::domain::{ClientId, ConsentId, EntryId, StaffId, UnitId};
use crate::text::T;

#[derive(Template)]
#[template(path = "confirm.html")]
pub struct Confirm {
    pub t: T,
    pub place: Place,
    /// The question, as heading.
    pub question: String,
    /// What it means, paragraph by paragraph.
    pub meaning: Vec<String>,
    /// Where yes POSTs to.
    pub action: String,
    pub yes: String,
    /// Yes ends or removes something.
    pub ends: bool,
    /// Where no leads (a link; nothing happens).
    pub back: String,
    pub hidden: Hidden,
}

/// What a recipient may still hold when a sharing ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They might only look.
    Looked,
    /// A copy was allowed, and none has been fetched.
    NoCopyYet,
    Copy,
    /// The map is not open: nobody can say here.
    Unknown,
}

impl Kept {
    const fn key(self) -> &'static str {
        match self {
            Self::Looked => "withdraw-kept",
            Self::NoCopyYet => "withdraw-no-copy",
            Self::Copy => "withdraw-copy",
            Self::Unknown => "withdraw-copy-maybe",
        }
    }
}

impl Confirm {
    /// `KEY-question`, `KEY-yes`, and what it means by its own keys.
    fn of(t: T, place: Place, key: &str, meaning: &[&str], action: String, back: String) -> Self {
        let meaning = meaning.iter().map(|key| t.s(key)).collect();
        let (question, yes) = (t.s(format!("{key}-question")), t.s(format!("{key}-yes")));
        Self { t, place, question, meaning, action, yes, ends: true, back, hidden: Vec::new() }
    }

    /// `shared`: whether a live consent covers it.
    pub fn delete_entry(t: T, id: EntryId, section: Section, heading: &str, shared: bool) -> Self {
        let meaning = ["entry-delete-meaning", "entry-delete-shared"];
        let meaning = if shared { &meaning[..] } else { &meaning[..1] };
        let page = Self::of(t, Place::Map, "entry-delete", meaning, url::entry_delete(id), url::section(section));
        Self { question: t.one("entry-delete-question", "heading", heading), ..page }
    }

    pub fn withdraw(t: T, id: ConsentId, unit: &str, kept: Kept) -> Self {
        let meaning = ["withdraw-meaning", kept.key()];
        let page = Self::of(t, Place::Sharing, "withdraw", &meaning, url::consent_withdraw(id), url::SHARING.to_owned());
        Self { question: t.one("withdraw-question", "unit", unit), ..page }
    }

    pub fn block(t: T, id: UnitId, unit: &str) -> Self {
        let meaning = ["block-meaning", "block-unseen", "withdraw-copy-maybe", "block-undo"];
        let page = Self::of(t, Place::Sharing, "block", &meaning, url::unit_block(id), url::SHARING.to_owned());
        Self { question: t.one("block-question", "unit", unit), ..page }
    }

    /// `open`: whether the keyring is; else it waits 72 hours.
    pub fn erase(t: T, open: bool) -> Self {
        let meaning = ["erase-meaning", "erase-backups", "erase-wait"];
        Self::key(t, "erase", if open { &meaning[..2] } else { &meaning }, url::KEYS_ERASE)
    }

    /// `open`: as above; the sharing ends at once.
    pub fn start_over(t: T, open: bool) -> Self {
        Self::key(t, "over", if open { &["over-meaning"] } else { &["over-closed"] }, url::KEYS_START_OVER)
    }

    pub fn rotate(t: T) -> Self {
        Self::key(t, "rotate", &["rotate-meaning"], url::KEYS_ROTATE)
    }

    /// `slot` comes back with `sure` = `yes`.
    pub fn remove_slot(t: T, slot: &str, kind: SlotKind) -> Self {
        let question = match kind {
            SlotKind::Passphrase => t.s("remove-passphrase-question"),
            SlotKind::Sheet => t.s("remove-sheet-question"),
        };
        let (action, back) = (url::KEYS_REMOVE.to_owned(), url::KEYS.to_owned());
        let hidden = [("slot", slot), ("sure", "yes")].map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Self {
            t,
            place: Place::Keys,
            question,
            meaning: vec![t.s("remove-meaning")],
            action,
            yes: t.s("remove-yes"),
            ends: true,
            back,
            hidden,
        }
    }

    pub fn end_framework(t: T, id: Uuid, name: &str) -> Self {
        let (action, back) = (url::staff_framework_end(id), url::staff_framework(id));
        let page = Self::of(t, Place::Issuing, "framework-end", &["framework-end-meaning"], action, back);
        Self { question: t.one("framework-end-question", "name", name), ..page }
    }

    pub fn remove_staff(t: T, id: StaffId, name: &str) -> Self {
        let (action, back) = (url::staff_remove(id), url::STAFF_UNIT.to_owned());
        let page = Self::of(t, Place::Unit, "unit-remove", &["unit-remove-meaning", "unit-remove-locks"], action, back);
        Self { question: t.one("unit-remove-question", "name", name), ..page }
    }

    pub fn remove_receiver(t: T) -> Self {
        let (action, back) = (url::STAFF_RECEIVER_REMOVE.to_owned(), url::STAFF_RECEIVER.to_owned());
        Self::of(t, Place::Unit, "receiver-remove", &["receiver-remove-meaning"], action, back)
    }

    pub fn end_client(t: T, id: ClientId, name: &str) -> Self {
        let (action, back) = (url::staff_client_end(id), url::staff_client(id));
        let page = Self::of(t, Place::Unit, "client-end", &["client-end-meaning", "client-end-kept"], action, back);
        Self { question: t.one("client-end-question", "name", name), ..page }
    }

    fn key(t: T, key: &str, meaning: &[&str], action: &str) -> Self {
        Self::of(t, Place::Keys, key, meaning, action.to_owned(), url::KEYS.to_owned())
    }
}

impl Body for Confirm {
    fn place(&self) -> Place {
        self.place
    }
    fn title(&self) -> String {
        if self.ends { self.t.s("confirm-title") } else { self.question.clone() }
    }
}

/// "Skriv din lösenfras igen": a pending form waits, its fields kept. Field: `passphrase-again`.
#[derive(Template)]
#[template(path = "reauthenticate.html")]
pub struct Reauthenticate {
    pub t: T,
    pub place: Place,
    /// In words: "För att byta lösenfras."
    pub why: String,
    /// The pending form's address and fields.
    pub action: String,
    pub hidden: Hidden,
    pub wrong: Vec<Wrong>,
    pub back: String,
}

/// What the passphrase is asked for again for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Sheet,
    Remove,
    Passphrase,
    Export,
    Rotate,
    Sensitive,
    Token,
}

impl Why {
    pub const ALL: [Self; 7] =
        [Self::Sheet, Self::Remove, Self::Passphrase, Self::Export, Self::Rotate, Self::Sensitive, Self::Token];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Sheet => "why-sheet",
            Self::Remove => "why-remove",
            Self::Passphrase => "why-passphrase",
            Self::Export => "why-export",
            Self::Rotate => "why-rotate",
            Self::Sensitive => "why-sensitive",
            Self::Token => "why-token",
        }
    }

    const fn back(self) -> &'static str {
        match self {
            Self::Sensitive => url::SHARING,
            Self::Token => url::STAFF_UNIT,
            _ => url::KEYS,
        }
    }

    const fn place(self) -> Place {
        match self {
            Self::Sensitive => Place::Sharing,
            Self::Token => Place::Unit,
            _ => Place::Keys,
        }
    }
}

impl Reauthenticate {
    /// `failed`: the passphrase that was typed is not right.
    pub fn new(t: T, why: Why, action: &str, hidden: Hidden, failed: bool) -> Self {
        let wrong = if failed { vec![Wrong::new("passphrase-again", t.s("wrong-passphrase"))] } else { Vec::new() };
        let back = why.back().to_owned();
        Self { t, place: why.place(), why: t.s(why.key()), action: action.to_owned(), hidden, wrong, back }
    }
}

impl Reauthenticate {
    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "passphrase-again")
    }
}

impl Body for Reauthenticate {
    fn place(&self) -> Place {
        self.place
    }
    fn title(&self) -> String {
        self.t.s("reauthenticate-title")
    }
}
