//! A unit's inbox: who shares with it.

use askama::Template;

use super::frame::{self, Body};
use super::url;
use crate::domain::consent::{Mode, State};
use crate::domain::{ConsentId, Timestamp};
use crate::store::inbox::Place;
use crate::text::T;

/// Field of the search: `code`.
#[derive(Template)]
#[template(path = "inbox.html")]
pub struct Inbox {
    pub t: T,
    pub unit: String,
    pub organisation: String,
    /// Live first, newest first.
    pub live: Vec<InboxRow>,
    pub ended: Vec<InboxRow>,
    /// The spoken code that was searched for, as typed.
    pub code: String,
    /// The member belongs to other units too.
    pub several: bool,
    /// So many more cannot be opened.
    pub unreadable: usize,
    /// Whether the lists show only what was searched for.
    pub searched: bool,
    /// After what this page begins, where it is not the first; and the next.
    pub after: Option<Place>,
    pub next: Option<Place>,
}

pub struct InboxRow {
    pub consent: ConsentId,
    pub code: String,
    pub name: Option<String>,
    pub purpose: String,
    pub mode: Mode,
    pub until: Timestamp,
    pub state: State,
    /// The unit's own case reference, once stated.
    pub case: Option<String>,
    /// Not read since it was given.
    pub new: bool,
    /// Its end is written down. A job does it a moment after its time.
    pub written: bool,
    /// When the unit said that it knows of the end.
    pub acknowledged: Option<Timestamp>,
}

impl InboxRow {
    /// Whether the person may still hear that the unit knows of the end.
    fn may_acknowledge(&self) -> bool {
        self.written && self.acknowledged.is_none()
    }

    /// How it ended: "Återkallad 3 november 2026".
    pub fn ended(&self, t: T) -> String {
        match self.state {
            State::Withdrawn { at } => t.one("state-withdrawn", "date", t.day(&at)),
            State::Expired { at } => t.one("state-expired", "date", t.day(&at)),
            State::Invalidated { at } => t.one("state-invalidated", "date", t.day(&at)),
            // A refusal is "not answered" here: it must cost the person nothing.
            State::Requested | State::Refused => t.s("state-not-answered"),
            State::Given => String::new(),
        }
    }
}

impl Body for Inbox {
    fn place(&self) -> frame::Place {
        frame::Place::Inbox
    }
    fn title(&self) -> String {
        self.t.s("nav-inbox")
    }
    fn typed(&self) -> bool {
        true
    }
}
