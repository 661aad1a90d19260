//! "Är du säker?": one page for every act that cannot be undone.

use askama::Template;

use super::form::Hidden;
use super::frame::{Body, Place};
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
    /// Where no leads (a link; nothing happens).
    pub back: String,
    pub hidden: Hidden,
}

impl Body for Confirm {
    fn place(&self) -> Place {
        self.place
    }
    fn title(&self) -> String {
        self.t.s("confirm-title")
    }
}

/// "Skriv din lösenfras igen": a pending form waits, its fields kept. Field: `passphrase-again`.
#[derive(Template)]
#[template(path = "reauthenticate.html")]
pub struct Reauthenticate {
    pub t: T,
    pub place: Place,
    /// What it is for: "för att skriva ut ett nytt ark".
    pub why: String,
    /// The pending form's address and fields.
    pub action: String,
    pub hidden: Hidden,
    pub wrong: Vec<super::form::Wrong>,
    pub back: String,
}

impl Reauthenticate {
    fn wrong_here(&self) -> Option<&str> {
        super::form::Wrong::find(&self.wrong, "passphrase-again")
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
