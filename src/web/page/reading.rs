//! What a recipient sees. The preview before sharing is this very page.

use askama::Template;

use super::file::Fetch;
use super::form::Choice;
use super::frame::{Body, Place};
use super::outline::Filled;
use super::shown::Shown;
use super::url;
use crate::domain::consent::Mode;
use crate::domain::profile::Section;
use crate::domain::{ConsentId, Timestamp};
use crate::text::T;

/// The contents that a consent lets out, ready to show. A withheld section and an empty one look alike: neither is here.
#[derive(Template)]
#[template(path = "part/reading.html")]
pub struct Contents {
    pub t: T,
    /// The name to be called by, where the person lets it stand.
    pub name: Option<String>,
    pub code: String,
    pub purpose: String,
    pub mode: Mode,
    pub until: Timestamp,
    pub groups: Vec<Group>,
    /// Heading level of the groups: 2 on a page of its own, 3 inside another page.
    pub level: u8,
    /// The same in the order of a statutory mapping, which then stands in place of the groups.
    pub outline: Option<Filled>,
    /// Where the files in it are fetched; none in a preview.
    pub fetch: Option<Fetch>,
}

pub struct Group {
    pub section: Section,
    pub items: Vec<Shown>,
    /// Folded until opened: name, age and gender on an employer's page.
    pub folded: bool,
}

impl Contents {
    fn copy(&self) -> bool {
        self.mode == Mode::Copy
    }

    pub fn concept(&self) -> bool {
        self.outline.as_ref().is_some_and(|filled| filled.concepts)
            || self.groups.iter().flat_map(|group| &group.items).any(|item| item.concept)
    }
}

/// Stating the case reference before reading. Fields: `case`, `order`.
#[derive(Template)]
#[template(path = "staff_consent.html")]
pub struct StaffConsent {
    pub t: T,
    pub consent: ConsentId,
    pub code: String,
    pub name: Option<String>,
    pub purpose: String,
    pub mode: Mode,
    pub until: Timestamp,
    /// The reference stated last time, or what was typed now.
    pub case: String,
    /// Outlines of the mappings that this kind of recipient makes; field `order`.
    pub orders: Vec<Choice>,
    pub wrong: Vec<super::form::Wrong>,
}

impl StaffConsent {
    fn copy(&self) -> bool {
        self.mode == Mode::Copy
    }

    fn wrong_here(&self) -> Option<&str> {
        super::form::Wrong::find(&self.wrong, "case")
    }
}

impl Body for StaffConsent {
    fn place(&self) -> Place {
        Place::Inbox
    }
    fn title(&self) -> String {
        self.t.s("staff-consent-title")
    }
    fn typed(&self) -> bool {
        true
    }
}

/// The reading page of a member of staff.
#[derive(Template)]
#[template(path = "reading.html")]
pub struct ReadingPage {
    pub t: T,
    pub consent: ConsentId,
    pub contents: Contents,
    pub case: String,
    /// Who reads, and when: stands on the print.
    pub reader: String,
    pub unit: String,
    pub at: Timestamp,
}

impl ReadingPage {
    fn copy(&self) -> bool {
        self.contents.copy()
    }

    /// "Läst av Karin Ek, Arbetsmarknadsenheten. 21 november 2026 09.12. Ärende 2026-118." It stands on the print, where "today" is
    /// no day.
    fn by(&self) -> String {
        let when = self.t.two("when-day", "date", self.t.day(&self.at), "time", self.at.clock_time());
        let args = [
            ("reader", (&self.reader).into()),
            ("unit", (&self.unit).into()),
            ("when", when.into()),
            ("case", (&self.case).into()),
        ];
        self.t.with("reading-by", &args)
    }
}

impl Body for ReadingPage {
    fn place(&self) -> Place {
        Place::Inbox
    }
    fn title(&self) -> String {
        self.t.s("reading-title")
    }
    fn concepts(&self) -> bool {
        self.contents.concept()
    }
}
