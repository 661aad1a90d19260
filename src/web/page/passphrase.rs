//! The first passphrase, the recovery sheet, and opening with either; for participants, staff and (the sheet) units.

use askama::Template;

use super::form::Wrong;
use super::frame::{Body, Place};
use super::url;
use crate::domain::Timestamp;
use crate::text::T;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Person,
    Staff,
    /// Only sheets: a unit's keyring opens through its staff.
    Unit,
}

impl Whose {
    const fn person(self) -> bool {
        matches!(self, Self::Person)
    }

    const fn unit(self) -> bool {
        matches!(self, Self::Unit)
    }
}

/// Which of the two passphrases is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticked {
    Words,
    Own,
    /// The person is to say.
    Neither,
}

/// Choosing a passphrase: the first one, or a new one in place of the old. Fields: `choice` (`words` or `own`), `words`, `own`, `asked`
/// (where the words did not come ticked: if they are now, the person did it), `other` (the button for other words).
#[derive(Template)]
#[template(path = "passphrase_new.html")]
pub struct NewPassphrase {
    pub t: T,
    pub whose: Whose,
    /// The first passphrase of all, or a new one for a map that is open.
    pub first: bool,
    /// Six generated words, one space between.
    pub words: String,
    pub ticked: Ticked,
    /// As typed. The browser has it already; a page that came back without it would lock the person out.
    pub own: String,
    /// The words did not come ticked when the person chose.
    pub asked: bool,
    /// As typed: the code of the unit's sheet, where the invite holds no key.
    pub sheet: Option<String>,
    pub wrong: Vec<Wrong>,
}

impl NewPassphrase {
    fn action(&self) -> &'static str {
        match (self.whose, self.first) {
            (Whose::Person, true) => url::KEYS_NEW,
            (Whose::Person, false) => url::KEYS_PASSPHRASE,
            (_, true) => url::STAFF_NEW,
            (_, false) => url::STAFF_PASSPHRASE,
        }
    }

    fn more_words(&self) -> &'static str {
        match (self.whose, self.first) {
            (_, false) => self.action(),
            (Whose::Person, true) => url::KEYS_NEW_WORDS,
            (_, true) => url::STAFF_NEW_WORDS,
        }
    }

    fn words_ticked(&self) -> bool {
        self.ticked == Ticked::Words
    }

    fn own_ticked(&self) -> bool {
        self.ticked == Ticked::Own
    }

    fn choice_wrong(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "choice")
    }

    fn staff(&self) -> bool {
        self.whose != Whose::Person
    }

    fn sheet_wrong(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "sheet")
    }

    fn own_wrong(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "own")
    }
}

impl Body for NewPassphrase {
    fn place(&self) -> Place {
        Place::Alone
    }
    fn title(&self) -> String {
        self.t.s("passphrase-new-title")
    }
    fn typed(&self) -> bool {
        true
    }
}

/// The printed sheet. Shown once.
#[derive(Template)]
#[template(path = "sheet.html")]
pub struct Sheet {
    pub t: T,
    pub whose: Whose,
    /// The code in groups, as printed.
    pub groups: Vec<String>,
    pub made: Timestamp,
    /// The name of the unit, on a unit's sheet.
    pub unit: Option<String>,
    /// The service's address, so that whoever finds the sheet in ten years knows where it opens something.
    pub service: String,
    /// Where the button "Jag har sparat arket" leads.
    pub next: String,
}

impl Body for Sheet {
    fn place(&self) -> Place {
        Place::Alone
    }
    fn title(&self) -> String {
        self.t.s("sheet-title")
    }
}

/// Both sheets of a unit's first administrator: their own, and the unit's. The way on is the unit's sheet's.
#[derive(Template)]
#[template(path = "sheets.html")]
pub struct Sheets {
    pub own: Sheet,
    pub unit: Sheet,
}

impl Sheets {
    const fn both(&self) -> [&Sheet; 2] {
        [&self.own, &self.unit]
    }

    fn next(&self) -> &str {
        &self.unit.next
    }
}

impl Body for Sheets {
    fn place(&self) -> Place {
        Place::Alone
    }
    fn title(&self) -> String {
        self.own.t.s("sheets-title")
    }
}

/// Opening with the passphrase. Field: `passphrase`.
#[derive(Template)]
#[template(path = "unlock.html")]
pub struct Unlock {
    pub t: T,
    pub whose: Whose,
    pub wrong: Vec<Wrong>,
    /// A page to go to afterwards (a path of ours).
    pub next: Option<String>,
    /// When all will be destroyed, unless this keyring is opened before.
    pub erase_at: Option<Timestamp>,
}

impl Unlock {
    fn action(&self) -> &'static str {
        if self.whose == Whose::Person { url::KEYS_UNLOCK } else { url::STAFF_UNLOCK }
    }

    fn sheet_url(&self) -> &'static str {
        if self.whose == Whose::Person { url::KEYS_UNLOCK_SHEET } else { url::STAFF_UNLOCK_SHEET }
    }

    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "passphrase")
    }
}

impl Body for Unlock {
    fn place(&self) -> Place {
        Place::Alone
    }
    fn title(&self) -> String {
        self.t.s("unlock-title")
    }
}

/// Opening with the sheet. Field: `code`; spaces, dashes and case do not matter. A new passphrase and sheet follow.
#[derive(Template)]
#[template(path = "unlock_sheet.html")]
pub struct UnlockSheet {
    pub t: T,
    pub whose: Whose,
    pub wrong: Vec<Wrong>,
}

impl UnlockSheet {
    fn action(&self) -> &'static str {
        if self.whose == Whose::Person { url::KEYS_UNLOCK_SHEET } else { url::STAFF_UNLOCK_SHEET }
    }

    fn back(&self) -> &'static str {
        if self.whose == Whose::Person { url::KEYS_UNLOCK } else { url::STAFF_UNLOCK }
    }

    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "code")
    }
}

impl Body for UnlockSheet {
    fn place(&self) -> Place {
        Place::Alone
    }
    fn title(&self) -> String {
        self.t.s("unlock-sheet-title")
    }
}
