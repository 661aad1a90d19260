//! "Delningar": the list, one consent, and the steps of giving or changing one.
//!
//! A consent is given in steps without anything kept on the server: each step POSTs all earlier answers ([`Answers`]) as hidden
//! inputs. Step N lies at `ROOT/N`, where `ROOT` is [`url::SHARING_NEW`] or [`url::consent_change`]; its form posts to step N + 1,
//! which checks the answer of step N and, where it is missing, shows step N again with what is wrong.
//! Steps: `ROOT` (unit; only when new), `purpose`, `what`, `how`, `summary`, `give`.

use askama::Template;

mod answers;
mod steps;

pub use answers::{Answers, Step};
pub use steps::{
    ConsentText, ShareEntry, ShareHow, SharePurpose, ShareSection, ShareSummary, ShareUnit, ShareWhat, ToldSection, UnitRow, home,
    home_key,
};

use super::events::{self, Line};
use super::frame::{Body, Place};
use super::reading::Contents;
use super::statement::StatedRow;
use super::url;
use crate::domain::consent::{Mode, State};
use crate::domain::{ConsentId, Timestamp, UnitId};
use crate::text::T;

/// A consent as its giver sees it.
pub struct ConsentRow {
    pub id: ConsentId,
    pub code: String,
    pub unit_id: UnitId,
    pub unit: String,
    pub organisation: String,
    /// Of a link: how many times it opens in all.
    pub opens: Option<u16>,
    pub purpose: String,
    pub until: Timestamp,
    pub mode: Mode,
    pub state: State,
    /// What is shared, by sections.
    pub sections: Vec<ToldSection>,
    /// How many times it has been read.
    pub reads: u64,
    pub last_read: Option<Timestamp>,
}

impl ConsentRow {
    fn place(&self, t: T) -> String {
        events::place(t, &self.unit, &self.organisation)
    }

    pub fn live(&self) -> bool {
        self.state == State::Given
    }

    fn link(&self) -> bool {
        self.opens.is_some()
    }

    /// In short.
    fn contents(&self, t: T) -> String {
        // How much there was at the end, the map of today does not say.
        let section = |one: &ToldSection| if self.live() { one.counted(t) } else { t.s(format!("section-{}", one.section.code())) };
        let said: Vec<String> = self.sections.iter().map(section).collect();
        if said.is_empty() { t.s("sharing-empty") } else { t.join(&said) }
    }

    /// As it was told before the yes: with what comes later, and what is kept out.
    fn told(&self, t: T) -> Vec<String> {
        let said: Vec<String> = self.sections.iter().map(|one| one.text(t)).collect();
        if said.is_empty() { vec![t.s("sharing-empty")] } else { said }
    }

    /// Of a link: it has been opened as often as its owner wanted.
    fn used_up(&self) -> bool {
        self.opens.is_some_and(|opens| opens > 0 && self.reads >= u64::from(opens))
    }

    fn ended(&self, t: T) -> String {
        match self.state {
            State::Withdrawn { at } => t.one("state-you-withdrew", "date", t.day(&at)),
            State::Expired { at } if self.used_up() => t.one("showing-used-up", "date", t.day(&at)),
            State::Expired { at } => t.one("state-expired", "date", t.day(&at)),
            State::Invalidated { at } => t.one("state-invalidated", "date", t.day(&at)),
            State::Requested | State::Refused | State::Given => String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "sharing.html")]
pub struct SharingList {
    pub t: T,
    pub live: Vec<ConsentRow>,
    pub ended: Vec<ConsentRow>,
    /// Units that cannot be chosen: id, and name with organisation. Shown where the map is opened.
    pub blocked: Vec<(UnitId, String)>,
    /// The map is not opened: only whom one shares with is known, and the way to stop.
    pub closed: bool,
}

/// Done: the code, and what happens now.
#[derive(Template)]
#[template(path = "share_done.html")]
pub struct ShareDone {
    pub t: T,
    pub consent: ConsentId,
    pub code: String,
    pub unit: String,
    pub organisation: String,
    pub until: Timestamp,
    pub changed: bool,
    /// A copy may be fetched.
    pub copy: bool,
}

/// One consent: what, who has read it, and how to change or stop it.
#[derive(Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    pub t: T,
    pub row: ConsentRow,
    /// What is shared now; `None` once it has ended.
    pub contents: Option<Contents>,
    /// The language and version of the text that was answered, and of the original beside it.
    pub text: String,
    /// Whether the name stands beside the code.
    pub name: Option<String>,
    /// What the unit had stated of what it does with what it reads, as it was shown.
    pub stated: Vec<StatedRow>,
    /// What has happened with it, newest first.
    pub lines: Vec<Line>,
    /// Tokens that programs hold: label, who made it, until.
    pub tokens: Vec<(String, String, Timestamp)>,
    /// Of each read: when, and where its receipt lies.
    pub receipts: Vec<(Timestamp, String)>,
    /// When the unit said that it knows of the end.
    pub acknowledged: Option<Timestamp>,
    /// The newest signed checkpoint of the log: leaves the house on the printed receipt.
    pub checkpoint: Option<String>,
}

impl ConsentPage {
    fn copy(&self) -> bool {
        self.row.mode == Mode::Copy
    }
}

/// After withdrawing: what they may keep.
#[derive(Template)]
#[template(path = "withdrawn.html")]
pub struct Withdrawn {
    pub t: T,
    pub unit: String,
    pub organisation: String,
    /// How many times it was read; 0 means that nobody saw anything. `None` where the map is not opened.
    pub reads: Option<u64>,
    pub delivered: bool,
}

macro_rules! bodies {
    ($($page:ident $title:literal $typed:literal;)*) => {$(
        impl Body for $page {
            fn place(&self) -> Place {
                if self.answers_request() { Place::Alone } else { Place::Sharing }
            }
            fn title(&self) -> String {
                self.t.s($title)
            }
            fn typed(&self) -> bool {
                $typed
            }
            fn concepts(&self) -> bool {
                self.has_concepts()
            }
        }
    )*};
}

bodies! {
    SharingList "nav-sharing" false;
    ShareUnit "share-title" true;
    SharePurpose "share-title" true;
    ShareWhat "share-title" true;
    ShareHow "share-title" true;
    ShareSummary "share-title" true;
    ShareDone "share-done-title" false;
    ConsentPage "consent-title" false;
    Withdrawn "withdrawn-title" false;
}

/// Most of these pages show no concept; those that do say so.
trait Concepts {
    fn has_concepts(&self) -> bool {
        false
    }

    /// A step of answering a request: it stands alone.
    fn answers_request(&self) -> bool {
        false
    }
}

impl Concepts for SharingList {}
impl Concepts for ShareUnit {}
impl Concepts for SharePurpose {}
impl Concepts for ShareHow {
    fn answers_request(&self) -> bool {
        self.root.starts_with(url::REQUEST)
    }
}
impl Concepts for ShareDone {}
impl Concepts for Withdrawn {}
impl Concepts for ShareWhat {
    fn answers_request(&self) -> bool {
        self.root.starts_with(url::REQUEST)
    }

    fn has_concepts(&self) -> bool {
        self.sections.iter().chain(&self.others).flat_map(|section| &section.entries).any(|entry| entry.shown.concept)
    }
}
impl Concepts for ShareSummary {
    fn answers_request(&self) -> bool {
        self.root.starts_with(url::REQUEST)
    }

    fn has_concepts(&self) -> bool {
        self.preview.groups.iter().flat_map(|group| &group.items).any(|item| item.concept)
    }
}
impl Concepts for ConsentPage {
    fn has_concepts(&self) -> bool {
        self.contents.iter().flat_map(|contents| &contents.groups).flat_map(|group| &group.items).any(|item| item.concept)
    }
}
