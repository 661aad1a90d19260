//! Showing one thing: picking proofs, choosing what of them, and the page of a showing with its code, its paper and its openings.

use askama::Template;

use super::form::{Choice, Wrong};
use super::frame::{Body, Place, bodies};
use super::qr::Qr;
use super::shown::{Shown, Worded};
use super::url;
use crate::domain::showing::{MOST_OPENS, MOST_PROOFS, MOST_WHOM};
use crate::domain::{EntryId, Timestamp};
use crate::text::T;
use uuid::Uuid;

/// Step 1. Field: `entry`, repeated.
#[derive(Template)]
#[template(path = "show_pick.html")]
pub struct ShowPick {
    pub t: T,
    pub proofs: Vec<(EntryId, Shown, bool)>,
    pub wrong: Vec<Wrong>,
}

/// Step 2. Fields: `entry`, `claim` (`ENTRY/NAME`), `chosen` (`yes`: the ticks were seen), `whom`, `until` with `until_other`, `opens` with
/// `times`.
#[derive(Template)]
#[template(path = "show_how.html")]
pub struct ShowHow {
    pub t: T,
    pub proofs: Vec<Chosen>,
    pub whom: String,
    pub presets: Vec<Choice>,
    pub other: String,
    pub other_chosen: bool,
    pub latest: String,
    /// `once` or `many`.
    pub opens: String,
    pub times: String,
    pub wrong: Vec<Wrong>,
}

/// One proof, and what of it may be left out.
pub struct Chosen {
    pub id: EntryId,
    pub name: Worded,
    pub claims: Vec<Choice>,
}

impl ShowHow {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }

    fn many(&self) -> bool {
        self.opens == "many"
    }

    fn once(&self) -> bool {
        self.opens == "once"
    }

    fn most(&self) -> u16 {
        MOST_OPENS
    }

    fn most_whom(&self) -> usize {
        MOST_WHOM
    }
}

impl ShowPick {
    fn most(&self) -> usize {
        MOST_PROOFS
    }
}

/// One showing: its link and code while it lives, its paper, its openings.
#[derive(Template)]
#[template(path = "showing.html")]
pub struct ShowingPage {
    pub t: T,
    pub row: ShowingRow,
    pub link: String,
    /// Where a code is typed.
    pub place: String,
    pub groups: Vec<String>,
    pub qr: Option<Qr>,
    /// Name and issuer of each proof, for the paper.
    pub proofs: Vec<(String, Option<String>)>,
    pub openings: Vec<Timestamp>,
}

/// All of them.
#[derive(Template)]
#[template(path = "showings.html")]
pub struct ShowingsPage {
    pub t: T,
    pub live: Vec<ShowingRow>,
    pub ended: Vec<ShowingRow>,
    /// Whether there is any proof to show.
    pub any: bool,
    /// No keyring is open: only what stands in clear.
    pub closed: bool,
}

/// One showing in a list. Empty texts where no keyring is open.
#[derive(Clone, Debug)]
pub struct ShowingRow {
    pub id: Uuid,
    pub what: String,
    pub whom: String,
    pub created: Timestamp,
    pub until: Timestamp,
    pub opens: u64,
    pub opened: u64,
    pub live: bool,
    /// When its person ended it, or it was used up.
    pub ended: Option<Timestamp>,
}

impl ShowingRow {
    fn end(&self, t: T) -> String {
        match self.ended {
            Some(at) if self.opened >= self.opens => t.one("showing-used-up", "date", t.day(&at)),
            Some(at) if at < self.until => t.one("showing-ended-on", "date", t.day(&at)),
            _ => t.one("showing-expired-on", "date", t.last_day(&self.until)),
        }
    }
}

bodies! {
    ShowPick Sharing "show-title" true;
    ShowHow Sharing "show-title" true;
    ShowingPage Sharing "showing-title" false;
    ShowingsPage Sharing "showings-title" false;
}
