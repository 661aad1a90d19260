//! The guided mapping: one question on a page, and what came of it.

use askama::Template;

use super::entry::{Audience, Control, Input};
use super::form::{Choice, Wrong};
use super::frame::{Body, Place};
use super::map::{Own, SectionRow};
use super::url;
use crate::domain::EntryId;
use crate::domain::guide::{Chapter, Step};
use crate::text::T;

/// One question. Inputs: the fields of an entry by their names; `pick` (ticks and choices); `level-ID` (how well one can an entry's
/// skill); `go` (which button: `again`, `more`, `skip`, `back`, `stop`; none for going on); `found` (`yes` once concepts
/// were offered for what was typed); `seen` and `keep_out` as in an entry's form.
#[derive(Template)]
#[template(path = "guide.html")]
pub struct GuidePage {
    pub t: T,
    pub step: Step,
    pub heading: String,
    pub hint: Option<String>,
    /// What the map holds of it already.
    pub known: Vec<Own>,
    pub ask: Ask,
    pub wrong: Vec<Wrong>,
    /// Live consents that would cover what is saved. Where any stand, the page comes once more, with this box, before it is saved.
    pub audience: Vec<Audience>,
    /// The question may be answered once more.
    pub again: bool,
    /// There are more to choose from.
    pub more: bool,
}

/// How a question is answered.
pub enum Ask {
    /// Nothing is left to ask: all is known.
    Nothing,
    Fields(Vec<Input>),
    /// As many as fit.
    Ticks(Vec<Pick>),
    /// One.
    One(Vec<Choice>),
    Levels(Vec<Level>),
}

/// Something to tick.
#[derive(Clone, Debug)]
pub struct Pick {
    pub value: String,
    pub label: String,
    /// The language of the label, where it is not the reader's.
    pub lang: Option<String>,
    pub chosen: bool,
    /// The name of its picture in `pictures.svg`.
    pub picture: Option<String>,
}

/// A skill, and how well one can it.
pub struct Level {
    pub id: EntryId,
    pub label: String,
    pub choices: Vec<Choice>,
}

impl GuidePage {
    fn progress(&self) -> String {
        let (number, all) = (self.step.chapter().number(), Chapter::ALL.len());
        let part = self.t.s(format!("guide-part-{}", self.step.chapter().name()));
        self.t.with("guide-progress", &[("number", number.into()), ("all", all.into()), ("part", part.into())])
    }

    fn passed(&self) -> usize {
        self.step.chapter().number() - 1
    }

    fn all(&self) -> usize {
        Chapter::ALL.len()
    }

    /// Whether concepts are offered for what was typed.
    fn offered(&self) -> bool {
        let found = |input: &Input| matches!(&input.control, Control::Concept { found: Some(_), .. });
        matches!(&self.ask, Ask::Fields(inputs) if inputs.iter().any(found))
    }

    fn first(&self) -> bool {
        self.step == Step::FIRST
    }
}

impl Body for GuidePage {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("guide-title")
    }
    fn typed(&self) -> bool {
        true
    }
    fn concepts(&self) -> bool {
        let asked = match &self.ask {
            Ask::Fields(inputs) => inputs.iter().any(|input| matches!(input.control, Control::Concept { .. })),
            Ask::Ticks(_) => self.step.question.offers(),
            _ => false,
        };
        asked || self.known.iter().any(|own| own.shown.concept)
    }
}

/// What was mapped, and where to go from here.
#[derive(Template)]
#[template(path = "guide_done.html")]
pub struct GuideDone {
    pub t: T,
    /// The sections that hold something.
    pub sections: Vec<SectionRow>,
}

impl Body for GuideDone {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("guide-title")
    }
}

/// What the map says of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invitation {
    Begin,
    GoOn,
    Look,
}

impl Invitation {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Begin => "guide-begin",
            Self::GoOn => "guide-go-on",
            Self::Look => "guide-look",
        }
    }
}
