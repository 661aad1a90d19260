//! "Delningar": the list, one consent, and the steps of giving or changing one.
//!
//! A consent is given in steps without anything kept on the server: each step POSTs all earlier answers ([`Answers`]) as hidden
//! inputs. Step N lies at `ROOT/N`, where `ROOT` is [`url::SHARING_NEW`] or [`url::consent_change`]; its form posts to step N + 1,
//! which checks the answer of step N and, where it is missing, shows step N again with what is wrong.
//! Steps: `ROOT` (unit; only when new), `purpose`, `what`, `how`, `summary`, `give`.

use askama::Template;

use super::events::{self, Line};
use super::form::{Choice, Wrong};
use super::frame::{Body, Place};
use super::reading::Contents;
use super::shown::Shown;
use super::url;
use crate::domain::consent::{Mode, State};
use crate::domain::profile::Section;
use crate::domain::{ConsentId, EntryId, Timestamp, UnitId};
use crate::text::T;

/// What has been answered so far. Field names are those of the members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub unit: Option<UnitId>,
    pub purpose: Option<String>,
    /// Whole sections.
    pub section: Vec<Section>,
    /// Single entries; the sensitive ones too, each by its own tick.
    pub entry: Vec<EntryId>,
    pub keep_out: Vec<EntryId>,
    pub mode: Option<Mode>,
    /// `YYYY-MM-DD`, the last day; as typed.
    pub until: Option<String>,
    /// Whether the name to be called by may stand beside the code.
    pub name: bool,
}

impl Answers {
    /// Reads the answers from a form's pairs. What is not an answer of ours is left out.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut answers = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "unit" => answers.unit = value.parse().ok(),
                "purpose" => answers.purpose = Some(value.clone()).filter(|text| !text.is_empty()),
                "section" => answers.section.extend(Section::coded(value)),
                "entry" => answers.entry.extend(value.parse::<EntryId>()),
                "keep_out" => answers.keep_out.extend(value.parse::<EntryId>()),
                "mode" => answers.mode = Mode::from_word(value),
                // The date field wins over a preset only where the preset says so.
                "until" if value != "other" => answers.until = Some(value.clone()).filter(|text| !text.is_empty()),
                "until_other" if answers.until.is_none() => {
                    answers.until = Some(value.clone()).filter(|text| !text.is_empty());
                }
                "name" => answers.name = value == "yes",
                _ => {}
            }
        }
        answers
    }

    /// The answers as hidden inputs, without those that `step` asks for itself.
    pub fn hidden(&self, step: Step) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        all.extend(self.unit.map(|unit| ("unit", unit.to_string())));
        if step != Step::Purpose {
            all.extend(self.purpose.clone().map(|purpose| ("purpose", purpose)));
        }
        if step != Step::What {
            all.extend(self.section.iter().map(|section| ("section", section.code().to_owned())));
            all.extend(self.entry.iter().map(|entry| ("entry", entry.to_string())));
            all.extend(self.keep_out.iter().map(|entry| ("keep_out", entry.to_string())));
        }
        if step != Step::How {
            all.extend(self.mode.map(|mode| ("mode", mode.word().to_owned())));
            all.extend(self.until.clone().map(|until| ("until", until)));
            all.extend(self.name.then(|| ("name", "yes".to_owned())));
        }
        all
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Unit,
    Purpose,
    What,
    How,
    Summary,
}

/// A unit to share with.
#[derive(Clone, Debug)]
pub struct UnitRow {
    pub id: UnitId,
    pub name: String,
    pub organisation: String,
    pub number: String,
    /// What kind of recipient, in the reader's language.
    pub kind: String,
    pub municipality: String,
}

impl UnitRow {
    fn place(&self, t: T) -> String {
        events::place(t, &self.name, &self.organisation)
    }
}

/// A consent as its giver sees it.
pub struct ConsentRow {
    pub id: ConsentId,
    pub code: String,
    pub unit: String,
    pub organisation: String,
    pub purpose: String,
    pub until: Timestamp,
    pub mode: Mode,
    pub state: State,
    /// Sections with the number of entries that are shared from each.
    pub sections: Vec<(Section, usize)>,
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

    fn contents(&self, t: T) -> String {
        counted(t, &self.sections)
    }

    fn ended(&self, t: T) -> String {
        match self.state {
            State::Withdrawn { at } => t.one("state-you-withdrew", "date", t.day(&at)),
            State::Expired { at } => t.one("state-expired", "date", t.day(&at)),
            State::Invalidated { at } => t.one("state-invalidated", "date", t.day(&at)),
            State::Requested | State::Refused | State::Given => String::new(),
        }
    }
}

/// "Språk (2), Arbete (3)".
pub fn counted(t: T, sections: &[(Section, usize)]) -> String {
    let one = |(section, count): &(Section, usize)| {
        t.two("section-counted", "section", t.s(&format!("section-{}", section.code())), "count", count)
    };
    sections.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[derive(Template)]
#[template(path = "sharing.html")]
pub struct SharingList {
    pub t: T,
    pub live: Vec<ConsentRow>,
    pub ended: Vec<ConsentRow>,
    /// The map is not opened: only whom one shares with is known, and the way to stop.
    pub closed: bool,
}

/// Step 1. Field: `query`; each unit found is a button `unit`.
#[derive(Template)]
#[template(path = "share_unit.html")]
pub struct ShareUnit {
    pub t: T,
    pub query: String,
    /// `None` before a search.
    pub found: Option<Vec<UnitRow>>,
    /// More were found than are shown.
    pub more: bool,
    pub wrong: Vec<Wrong>,
}

/// Step 2. Field: `purpose`.
#[derive(Template)]
#[template(path = "share_purpose.html")]
pub struct SharePurpose {
    pub t: T,
    pub root: String,
    pub unit: UnitRow,
    pub purposes: Vec<Choice>,
    pub answers: Answers,
    pub wrong: Vec<Wrong>,
}

/// Step 3. Fields: `section`, `entry`, `keep_out`, each repeated. Only what the recipient's ceiling allows is offered.
#[derive(Template)]
#[template(path = "share_what.html")]
pub struct ShareWhat {
    pub t: T,
    pub root: String,
    pub unit: UnitRow,
    /// Shown first, then the others folded.
    pub sections: Vec<ShareSection>,
    pub others: Vec<ShareSection>,
    pub sensitive: Vec<ShareEntry>,
    pub answers: Answers,
    pub wrong: Vec<Wrong>,
}

pub struct ShareSection {
    pub section: Section,
    pub chosen: bool,
    pub entries: Vec<ShareEntry>,
}

pub struct ShareEntry {
    pub id: EntryId,
    pub shown: Shown,
    pub chosen: bool,
    pub kept_out: bool,
}

impl ShareSection {
    /// Whether something in it is chosen or kept out one by one, so that it must not come folded.
    fn one_by_one(&self) -> bool {
        self.entries.iter().any(|entry| entry.chosen || entry.kept_out)
    }
}

impl ShareEntry {
    /// What it says: a sensitive entry's heading is only its kind, and one must know what one ticks.
    pub fn text(&self) -> String {
        let rows = self.shown.rows.iter().map(|row| row.value.text.as_str());
        std::iter::once(self.shown.heading.text.as_str()).chain(rows).collect::<Vec<_>>().join(", ")
    }
}

/// Step 4. Fields: `mode`, `until` (a preset's date, or `other` with `until_other`), `name`.
#[derive(Template)]
#[template(path = "share_how.html")]
pub struct ShareHow {
    pub t: T,
    pub root: String,
    pub unit: UnitRow,
    /// Dates within what the recipient may have, as `YYYY-MM-DD` and in words.
    pub presets: Vec<Choice>,
    pub other: String,
    pub other_chosen: bool,
    /// The latest day, in words.
    pub latest: String,
    /// The name to be called by, where there is one.
    pub name: Option<String>,
    pub answers: Answers,
    pub wrong: Vec<Wrong>,
}

impl ShareHow {
    fn view(&self) -> bool {
        self.answers.mode == Some(Mode::View)
    }

    fn copy(&self) -> bool {
        self.answers.mode == Some(Mode::Copy)
    }

    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

/// Step 5: everything once more, and yes or no. The answer is the button `answer` (`yes` or `no`).
#[derive(Template)]
#[template(path = "share_summary.html")]
pub struct ShareSummary {
    pub t: T,
    pub root: String,
    pub unit: UnitRow,
    pub purpose: String,
    /// The recipient's usual legal basis, and what happens on no: from the recipient kind.
    pub basis: String,
    pub if_no: String,
    pub sections: Vec<(Section, usize)>,
    /// Headings of the sensitive entries.
    pub sensitive: Vec<String>,
    pub mode: Mode,
    pub until: Timestamp,
    pub name: Option<String>,
    /// What the recipient will see: the same page.
    pub preview: Contents,
    pub authority: String,
    /// Whether the passphrase is asked for again (sensitive entries), in field `passphrase-again`.
    pub passphrase: bool,
    /// A change of a live consent.
    pub changing: bool,
    pub answers: Answers,
    pub wrong: Vec<Wrong>,
}

impl ShareSummary {
    fn copy(&self) -> bool {
        self.mode == Mode::Copy
    }

    fn contents(&self) -> String {
        counted(self.t, &self.sections)
    }

    fn wrong_passphrase(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "passphrase-again")
    }
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
}

/// One consent: what, who has read it, and how to change or stop it.
#[derive(Template)]
#[template(path = "consent.html")]
pub struct ConsentPage {
    pub t: T,
    pub row: ConsentRow,
    /// What is shared now; `None` once it has ended.
    pub contents: Option<Contents>,
    /// Whether the name stands beside the code.
    pub name: Option<String>,
    /// What has happened with it, newest first.
    pub lines: Vec<Line>,
    /// Tokens that programs hold: label, who made it, until.
    pub tokens: Vec<(String, String, Timestamp)>,
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
                Place::Sharing
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
}

impl Concepts for SharingList {}
impl Concepts for ShareUnit {}
impl Concepts for SharePurpose {}
impl Concepts for ShareHow {}
impl Concepts for ShareDone {}
impl Concepts for Withdrawn {}
impl Concepts for ShareWhat {
    fn has_concepts(&self) -> bool {
        self.sections.iter().chain(&self.others).flat_map(|section| &section.entries).any(|entry| entry.shown.concept)
    }
}
impl Concepts for ShareSummary {
    fn has_concepts(&self) -> bool {
        self.preview.groups.iter().flat_map(|group| &group.items).any(|item| item.concept)
    }
}
impl Concepts for ConsentPage {
    fn has_concepts(&self) -> bool {
        self.contents.iter().flat_map(|contents| &contents.groups).flat_map(|group| &group.items).any(|item| item.concept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_are_none_of_ours_are_left_out_and_ours_come_back() {
        let pairs = |all: &[(&str, &str)]| all.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>();
        let bad = pairs(&[
            ("unit", "x"),
            ("section", "p99"),
            ("entry", "1"),
            ("mode", "sell"),
            ("name", "no"),
            ("until", ""),
            ("x", "y"),
        ]);
        assert_eq!(Answers::read(&bad), Answers::default());
        let id = "0191d5a0-0000-7000-8000-000000000001";
        let all = pairs(&[
            ("unit", id),
            ("purpose", "planning"),
            ("section", "p05"),
            ("section", "p07"),
            ("entry", id),
            ("keep_out", id),
            ("mode", "copy"),
            ("until", "other"),
            ("until_other", "2027-05-21"),
            ("name", "yes"),
        ]);
        let answers = Answers::read(&all);
        assert_eq!(answers.until.as_deref(), Some("2027-05-21"));
        let again: Vec<(String, String)> =
            answers.hidden(Step::Summary).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(Answers::read(&again), answers);
    }
}
