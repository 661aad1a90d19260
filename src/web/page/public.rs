//! Pages that anyone may see.

use askama::Template;

use super::form::Wrong;
use super::frame::{Body, Place};
use super::shown::Worded;
use super::url;
use crate::text::T;

/// Someone to sign in with.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// The value of `issuer`.
    pub id: String,
    pub name: String,
}

#[derive(Template)]
#[template(path = "start.html")]
pub struct Start {
    pub t: T,
    pub person_issuers: Vec<Issuer>,
    pub staff_issuers: Vec<Issuer>,
    /// Whether a session of each kind stands open already.
    pub person_signed_in: bool,
    pub staff_signed_in: bool,
    pub demo: bool,
}

impl Start {
    fn picture(&self) -> super::map_svg::MapSvg {
        super::map_svg::MapSvg::example(self.t)
    }
}

impl Body for Start {
    fn place(&self) -> Place {
        Place::Public
    }
    fn title(&self) -> String {
        self.t.s("start-title")
    }
}

/// Who one can be in the demonstration.
#[derive(Template)]
#[template(path = "demo.html")]
pub struct Demo {
    pub t: T,
    pub persons: Vec<Persona>,
    /// Staff by unit.
    pub units: Vec<(String, Vec<Persona>)>,
    /// The code of an offer that anyone may take.
    pub offer: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Persona {
    /// The value of `persona` at sign-in.
    pub id: String,
    /// The value of `issuer` at sign-in.
    pub issuer: String,
    pub name: String,
    /// What one can try.
    pub about: Worded,
    /// `None`: chooses one at the first sign-in.
    pub passphrase: Option<String>,
    pub role: Option<String>,
    /// A live link of theirs.
    pub link: Option<String>,
}

impl Body for Demo {
    fn place(&self) -> Place {
        Place::Public
    }
    fn title(&self) -> String {
        self.t.s("demo-title")
    }
}

#[derive(Template)]
#[template(path = "help.html")]
pub struct Help {
    pub t: T,
    pub contact: Contact,
}

impl Help {
    /// `help-KEY-q` and `help-KEY-a`.
    const fn questions(&self) -> [&'static str; 11] {
        ["what", "who", "start", "share", "stop", "kept", "no", "forgot", "shared", "safe", "listen"]
    }
}

impl Body for Help {
    fn place(&self) -> Place {
        Place::Public
    }
    fn title(&self) -> String {
        self.t.s("help-title")
    }
}

/// Who answers, from configuration. Empty parts are left out.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// The controller's name.
    pub controller: String,
    pub number: String,
    pub address: String,
    pub email: String,
    pub phone: String,
    /// The data protection officer.
    pub officer: String,
    /// The supervisory authority and its contact.
    pub authority: String,
    pub authority_contact: String,
}

#[derive(Template)]
#[template(path = "personal_data.html")]
pub struct PersonalData {
    pub t: T,
    pub contact: Contact,
}

impl PersonalData {
    /// `data-KEY` and `data-KEY-text`.
    const fn parts(&self) -> [&'static str; 5] {
        ["what", "why", "recipients", "long", "sealed"]
    }

    /// `data-right-KEY`.
    const fn rights(&self) -> [&'static str; 5] {
        ["see", "correct", "erase", "move", "object"]
    }
}

impl Body for PersonalData {
    fn place(&self) -> Place {
        Place::Public
    }
    fn title(&self) -> String {
        self.t.s("data-title")
    }
}

/// The accessibility statement with its report form. Fields: `what`, `page`, `answer` (how to reach the person; may be empty).
#[derive(Template)]
#[template(path = "accessibility.html")]
pub struct Accessibility {
    pub t: T,
    pub contact: Contact,
    /// The operator has a key for reports. Without one nothing could be kept.
    pub open: bool,
    pub what: String,
    pub page: String,
    pub answer: String,
    pub wrong: Vec<Wrong>,
}

impl Accessibility {
    /// The day on which the statement was last gone through (Digg's regulation MDFFS 2019:2 asks for one).
    fn revised(&self) -> chrono::NaiveDate {
        chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default()
    }

    fn wrong_what(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "what")
    }
}

impl Body for Accessibility {
    fn place(&self) -> Place {
        Place::Public
    }
    fn title(&self) -> String {
        self.t.s("accessibility-title")
    }
    fn typed(&self) -> bool {
        true
    }
}

/// A heading, a few sentences and one way on: thanks, signed out, nothing shared.
#[derive(Template)]
#[template(path = "plain.html")]
pub struct Plain {
    pub t: T,
    pub place: Place,
    pub heading: String,
    pub sentences: Vec<String>,
    /// Address and words of the way on.
    pub next: Option<(String, String)>,
}

impl Plain {
    pub fn report_thanks(t: T) -> Self {
        Self::of(t, Place::Public, "report-thanks", url::START, "to-start")
    }

    /// The demonstration, the service or the map is not there.
    pub fn not_found(t: T) -> Self {
        Self::of(t, Place::Public, "not-found", url::START, "to-start")
    }

    /// Signed in as staff, but of no unit yet.
    pub fn waiting(t: T) -> Self {
        Self::of(t, Place::Alone, "waiting", url::INVITE, "invite-title")
    }

    /// Signed in as staff who have left the unit where they worked.
    pub fn no_unit(t: T) -> Self {
        let sentences = vec![t.s("no-unit-what"), t.s("no-unit-todo")];
        Self { t, place: Place::Inbox, heading: t.s("no-unit-title"), sentences, next: None }
    }

    pub fn erased(t: T) -> Self {
        Self::of(t, Place::Public, "erased", url::START, "to-start")
    }

    /// After "Nej, dela inte".
    pub fn not_shared(t: T) -> Self {
        Self::of(t, Place::Sharing, "not-shared", url::SHARING, "to-sharing")
    }

    /// `KEY-title` and `KEY-text`.
    pub fn of(t: T, place: Place, key: &str, to: &str, words: &str) -> Self {
        let (heading, text) = (t.s(format!("{key}-title")), t.s(format!("{key}-text")));
        Self { t, place, heading, sentences: vec![text], next: Some((to.to_owned(), t.s(words))) }
    }
}

impl Body for Plain {
    fn place(&self) -> Place {
        self.place
    }
    fn title(&self) -> String {
        self.heading.clone()
    }
}

/// Signed out; what stays open beside is said, with the way to end that too.
#[derive(Template)]
#[template(path = "signed_out.html")]
pub struct SignedOut {
    pub t: T,
    /// Another session of this browser: of staff, else of a person.
    pub left: Option<bool>,
}

impl Body for SignedOut {
    fn place(&self) -> Place {
        Place::Public
    }
    fn title(&self) -> String {
        self.t.s("signed-out-title")
    }
}

/// Something went wrong: what, what to do, and an id to name.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub t: T,
    pub heading: String,
    pub what: String,
    pub todo: String,
    pub id: Option<String>,
}

impl ErrorPage {
    /// `error-KEY-title`, `-what`, `-todo`. Keys: `bad-request`, `forbidden`, `too-large`, `too-fast`, `conflict`, `internal`, `busy`,
    /// `origin`, `session-ended`, `login`.
    pub fn of(t: T, key: &str, id: Option<String>) -> Self {
        let part = |part| t.s(format!("error-{key}-{part}"));
        Self { t, heading: part("title"), what: part("what"), todo: part("todo"), id }
    }
}

impl Body for ErrorPage {
    fn place(&self) -> Place {
        Place::Public
    }
    fn title(&self) -> String {
        self.heading.clone()
    }
}

/// After "Lämna sidan": a whole page of its own that says nothing and goes on at once. A redirect would do, but browsers hold
/// the redirect of a form's answer against `form-action`.
#[derive(Template)]
#[template(path = "left.html")]
pub struct Left {
    pub t: T,
    pub leave_to: String,
}
