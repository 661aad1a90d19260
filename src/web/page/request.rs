//! A request, as the person who answers it meets it: who asks, for what and why, and yes and no alike.

use askama::Template;

use super::events;
use super::form::Wrong;
use super::frame::{Body, Place, bodies};
use super::qr::Qr;
use super::sharing::UnitRow;
use super::statement::StatedRow;
use super::url;
use crate::domain::consent::Mode;
use crate::domain::profile::Section;
use crate::domain::{Timestamp, UnitId};
use crate::text::T;

/// How far the person is from answering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Not signed in: the issuer by which participants sign in.
    Out {
        issuer: String,
    },
    /// Signed in, and the map is closed.
    Closed,
    Open,
    /// Opened by a card: nothing sensitive can be shared.
    Card,
    /// This unit has had a no; it is not to ask again until then.
    Quiet {
        since: Timestamp,
        until: Timestamp,
    },
}

#[derive(Template)]
#[template(path = "request.html")]
pub struct RequestPage {
    pub t: T,
    pub key: String,
    pub unit: UnitRow,
    /// The program that asks.
    pub client: Option<String>,
    pub purpose: String,
    pub sections: Vec<(Section, bool)>,
    pub mode: Mode,
    pub until: Timestamp,
    /// The legal basis that the unit states.
    pub basis: String,
    pub if_no: String,
    /// What the unit states of what it does with what it reads.
    pub stated: Vec<StatedRow>,
    pub authority: String,
    pub stand: Stand,
    pub wrong: Vec<Wrong>,
}

impl RequestPage {
    fn copy(&self) -> bool {
        self.mode == Mode::Copy
    }

    fn issuer(&self) -> Option<&str> {
        if let Stand::Out { issuer } = &self.stand { Some(issuer) } else { None }
    }

    fn quiet(&self) -> Option<(Timestamp, Timestamp)> {
        if let Stand::Quiet { since, until } = &self.stand { Some((*since, *until)) } else { None }
    }

    fn closed(&self) -> bool {
        self.stand == Stand::Closed
    }

    fn card(&self) -> bool {
        self.stand == Stand::Card
    }

    fn may_answer(&self) -> bool {
        matches!(self.stand, Stand::Open | Stand::Card)
    }

    fn wrong_card(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "card")
    }
}

/// The field for a short code.
#[derive(Template)]
#[template(path = "request_code.html")]
pub struct RequestCode {
    pub t: T,
    pub code: String,
    pub wrong: Vec<Wrong>,
}

impl RequestCode {
    fn wrong_here(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "code")
    }
}

/// After the answer: what happens now, and a word for who felt pressed.
#[derive(Template)]
#[template(path = "request_answered.html")]
pub struct RequestAnswered {
    pub t: T,
    pub unit: UnitId,
    pub unit_name: String,
    /// The spoken code, after a yes.
    pub code: Option<String>,
    pub until: Timestamp,
    /// A card's session has ended with the answer.
    pub card: bool,
    /// It has been said already.
    pub said: bool,
}

/// A row of what the unit's staff have asked.
pub struct SentRow {
    pub purpose: Option<String>,
    pub created: Timestamp,
    pub until: Timestamp,
    pub given: bool,
    /// Nobody has answered, and nobody will any more. A no looks the same.
    pub over: bool,
}

/// Staff ask on their own page.
#[derive(Template)]
#[template(path = "staff_requests.html")]
pub struct StaffRequests {
    pub t: T,
    pub unit: String,
    pub organisation: String,
    pub purposes: Vec<super::form::Choice>,
    pub sections: Vec<(Section, bool)>,
    pub bases: Vec<super::form::Choice>,
    pub mode: Option<Mode>,
    pub until: String,
    pub latest: String,
    pub sent: Vec<SentRow>,
    pub wrong: Vec<Wrong>,
}

impl StaffRequests {
    fn place(&self) -> String {
        events::place(self.t, &self.unit, &self.organisation)
    }

    fn view(&self) -> bool {
        self.mode == Some(Mode::View)
    }

    fn copy(&self) -> bool {
        self.mode == Some(Mode::Copy)
    }

    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

/// The short code, shown once: on the screen, or printed and handed over.
#[derive(Template)]
#[template(path = "request_made.html")]
pub struct RequestMade {
    pub t: T,
    pub unit: String,
    pub organisation: String,
    pub purpose: String,
    pub code: String,
    /// Where it is typed, without the code.
    pub address: String,
    pub qr: Option<Qr>,
    pub until: Timestamp,
}

impl RequestMade {
    fn place(&self) -> String {
        events::place(self.t, &self.unit, &self.organisation)
    }
}

bodies! {
    RequestPage Alone "request-title" false;
    RequestCode Alone "request-title" true;
    RequestAnswered Alone "request-title" false;
    StaffRequests Inbox "requests-title" true;
    RequestMade Inbox "requests-title" false;
}
