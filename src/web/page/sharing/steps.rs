//! The five steps.

use askama::Template;

use super::super::form::{Choice, Wrong};
use super::super::reading::Contents;
use super::super::shown::Shown;
use super::super::statement::StatedRow;
use super::super::{events, url};
use super::Answers;
use crate::domain::consent::Mode;
use crate::domain::profile::Section;
use crate::domain::{EntryId, Timestamp, UnitId};
use crate::text::T;

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
    pub fn place(&self, t: T) -> String {
        events::place(t, &self.name, &self.organisation)
    }
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
    /// What is ticked is what a live consent shares now.
    pub as_shared: bool,
    pub answers: Answers,
    pub wrong: Vec<Wrong>,
}

impl ShareWhat {
    fn before(&self) -> Option<String> {
        (self.root == url::SHARING_NEW).then(|| format!("{}/purpose", self.root))
    }

    fn changing(&self) -> bool {
        is_change(&self.root)
    }

    fn nothing(&self) -> bool {
        self.answers.section.is_empty() && self.answers.entry.is_empty()
    }
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
    /// Another bears the same heading.
    pub alike: bool,
}

impl ShareWhat {
    /// The sensitive entries under their sections.
    fn sensitive_by_section(&self) -> Vec<(Section, Vec<&ShareEntry>)> {
        let of = |section: Section| self.sensitive.iter().filter(move |one| one.shown.kind.section() == section).collect();
        let all = Section::ALL.into_iter().map(|section| (section, of(section)));
        all.filter(|(_, entries): &(Section, Vec<&ShareEntry>)| !entries.is_empty()).collect()
    }
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
        let rows: Vec<&str> = self.shown.rows.iter().map(|row| row.value.text.as_str()).collect();
        if rows.is_empty() {
            self.shown.heading.text.clone()
        } else {
            format!("{} – {}", self.shown.heading.text, rows.join(" · "))
        }
    }

    /// Marks those that their heading alone does not tell from the others.
    pub fn told_apart(mut all: Vec<Self>) -> Vec<Self> {
        let headings: Vec<String> = all.iter().map(|one| one.shown.heading.text.clone()).collect();
        for one in &mut all {
            one.alike = headings.iter().filter(|other| **other == one.shown.heading.text).count() > 1;
        }
        all
    }

    fn name(&self) -> String {
        if self.alike { self.text() } else { self.shown.heading.text.clone() }
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
    /// A copy may be offered: who asked to look only is offered no more.
    pub may_copy: bool,
    pub answers: Answers,
    pub wrong: Vec<Wrong>,
}

impl ShareHow {
    fn before(&self) -> Option<String> {
        Some(format!("{}/what", self.root))
    }

    fn changing(&self) -> bool {
        is_change(&self.root)
    }

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

/// The terms as they are read before the answer, in one language: the reader's, or the original beside it.
#[derive(Template)]
#[template(path = "part/consent_text.html")]
pub struct ConsentText {
    pub t: T,
    pub unit: UnitRow,
    pub purpose: String,
    /// The recipient's usual legal basis, and what happens on no: from the recipient kind.
    pub basis: String,
    pub if_no: String,
    pub sections: Vec<ToldSection>,
    pub mode: Mode,
    pub until: Timestamp,
    pub name: Option<String>,
    /// What the unit states of what it does with what it reads.
    pub stated: Vec<StatedRow>,
    pub authority: String,
    /// A change of a live consent.
    pub changing: bool,
    /// Stands beside a translation, with its question.
    pub original: bool,
    /// The steps' root, where each answer has a button that leads back to it.
    pub root: Option<String>,
}

/// What the text says of one section.
#[derive(Clone, Debug)]
pub struct ToldSection {
    pub section: Section,
    /// How many entries are shared from it now.
    pub count: usize,
    /// All of it, with what comes later.
    pub whole: bool,
    /// Headings of what is kept out of it.
    pub kept_out: Vec<String>,
}

impl ToldSection {
    /// "Språk (2)".
    pub fn counted(&self, t: T) -> String {
        self.said(t, "section-counted")
    }

    pub fn text(&self, t: T) -> String {
        let key = match (self.whole, self.kept_out.is_empty()) {
            (false, _) => "section-counted",
            (true, true) => "share-all",
            (true, false) => "share-all-but",
        };
        self.said(t, key)
    }

    fn said(&self, t: T, key: &str) -> String {
        let section = t.s(format!("section-{}", self.section.code()));
        t.with(key, &[("section", section.into()), ("count", self.count.into()), ("entries", t.list(&self.kept_out).into())])
    }
}

impl ConsentText {
    fn copy(&self) -> bool {
        self.mode == Mode::Copy
    }

    fn contents(&self) -> Vec<String> {
        self.sections.iter().map(|one| one.text(self.t)).collect()
    }

    fn to(&self, step: &str) -> Option<String> {
        self.root.as_ref().map(|root| format!("{root}/{step}"))
    }

    /// What for stays in a change, and in the answer of a request.
    fn to_purpose(&self) -> Option<String> {
        self.to("purpose").filter(|_| self.root.as_deref() == Some(url::SHARING_NEW))
    }

    fn to_what(&self) -> Option<String> {
        self.to("what")
    }

    fn to_how(&self) -> Option<String> {
        self.to("how")
    }

    pub fn question(&self) -> String {
        self.t.one(if self.changing { "share-change-question" } else { "share-question" }, "unit", &self.unit.name)
    }
}

/// Step 5: everything once more, and yes or no. The answer is the button `answer` (`yes` or `no`).
#[derive(Template)]
#[template(path = "share_summary.html")]
pub struct ShareSummary {
    pub t: T,
    pub root: String,
    pub told: ConsentText,
    /// The Swedish text, as long as nobody who has the reader's language as their own has read the translation.
    pub original: Option<ConsentText>,
    /// Headings of the sensitive entries.
    pub sensitive: Vec<String>,
    /// What the recipient will see: the same page.
    pub preview: Contents,
    /// Whether the passphrase is asked for again (sensitive entries), in field `passphrase-again`.
    pub passphrase: bool,
    /// A change of a live consent.
    pub changing: bool,
    /// A live consent shares just this.
    pub already: bool,
    pub answers: Answers,
    pub wrong: Vec<Wrong>,
}

impl ShareSummary {
    fn before(&self) -> Option<String> {
        Some(format!("{}/how", self.root))
    }

    fn wrong_passphrase(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "passphrase-again")
    }
}

/// Where a step leads back to: the request that is answered, the sharing that is changed, else one's sharings.
pub fn home(root: &str) -> &str {
    if root.starts_with(url::REQUEST) { root } else { root.strip_suffix(CHANGE).unwrap_or(url::SHARING) }
}

/// The key of the words for it.
pub fn home_key(root: &str) -> &'static str {
    match root {
        root if root.starts_with(url::REQUEST) => "request-back",
        root if is_change(root) => "share-done-open",
        _ => "nav-sharing",
    }
}

/// How the root of a change ends ([`url::consent_change`]).
const CHANGE: &str = "/change";

fn is_change(root: &str) -> bool {
    root.ends_with(CHANGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ConsentId;
    use uuid::Uuid;

    #[test]
    fn each_step_leads_back_to_what_it_is_a_step_of() {
        let id = ConsentId(Uuid::from_u128(7));
        let change = url::consent_change(id);
        assert!(is_change(&change) && !is_change(url::SHARING_NEW));
        assert_eq!((home(&change), home_key(&change)), (url::consent(id).as_str(), "share-done-open"));
        assert_eq!((home(url::SHARING_NEW), home_key(url::SHARING_NEW)), (url::SHARING, "nav-sharing"));
        let request = url::request("K7M2QF9X");
        assert_eq!((home(&request), home_key(&request)), (request.as_str(), "request-back"));
    }
}
