//! Files of other formats: choosing one, what it holds, and taking one's own out.

use askama::Template;

use super::entry::Audience;
use super::form::Wrong;
use super::frame::{Body, Place};
use super::shown::Shown;
use super::url;
use crate::domain::profile::{Kind, Section};
use crate::exchange::{Format, Lose, NEVER};
use crate::text::T;

#[derive(Template)]
#[template(path = "import.html")]
pub struct ImportPage {
    pub t: T,
    pub wrong: Vec<Wrong>,
}

impl ImportPage {
    fn formats(&self) -> [Format; 5] {
        Format::ALL
    }
}

/// Whether a proposed entry can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    New,
    /// The map says the same already.
    Same,
    /// There is one already, and there can be no more.
    Held,
}

/// One proposed entry.
#[derive(Clone, Debug)]
pub struct Proposed {
    pub shown: Shown,
    /// Itself, to be sent along.
    pub data: String,
    pub source: String,
    pub state: State,
    pub ticked: bool,
}

/// A text that was not understood, as long as an entry's may be.
#[derive(Clone, Debug)]
pub struct Note {
    pub text: String,
    pub sensitive: bool,
    pub ticked: bool,
}

/// What a file holds, before anything of it is added.
#[derive(Template)]
#[template(path = "import_review.html")]
pub struct Review {
    pub t: T,
    pub format: Format,
    pub entries: Vec<Proposed>,
    pub notes: Vec<Note>,
    /// Places of pictures and the like.
    pub losses: Vec<String>,
    pub audience: Vec<Audience>,
    pub wrong: Vec<Wrong>,
}

impl Review {
    /// The proposed entries by section, each with its number.
    fn sections(&self) -> Vec<(Section, Vec<(usize, &Proposed)>)> {
        let of = |section: Section| self.entries.iter().enumerate().filter(move |(_, one)| one.shown.kind.section() == section);
        Section::ALL
            .into_iter()
            .map(|section| (section, of(section).collect::<Vec<_>>()))
            .filter(|(_, all)| !all.is_empty())
            .collect()
    }

    fn numbered_notes(&self) -> impl Iterator<Item = (usize, &Note)> {
        self.notes.iter().enumerate()
    }

    const fn empty(&self) -> bool {
        self.entries.is_empty() && self.notes.is_empty()
    }
}

#[derive(Template)]
#[template(path = "export.html")]
pub struct ExportPage {
    pub t: T,
}

impl ExportPage {
    fn formats(&self) -> [Format; 5] {
        Format::ALL
    }

    fn never(&self) -> [Kind; NEVER.len()] {
        NEVER
    }

    /// What a format loses, a line for each kind.
    fn losses(&self, format: &Format) -> Vec<String> {
        let mut kinds: Vec<(Kind, Vec<String>)> = Vec::new();
        for lose in format.loses() {
            let said = self.loss(lose);
            match kinds.iter_mut().find(|(kind, _)| *kind == lose.kind) {
                Some((_, all)) => all.push(said),
                None => kinds.push((lose.kind, vec![said])),
            }
        }
        let name = |kind: Kind| self.t.s(format!("kind-{}", kind.name()));
        kinds.into_iter().map(|(kind, all)| self.t.two("export-loss", "kind", name(kind), "what", all.join(", "))).collect()
    }

    fn loss(&self, lose: &Lose) -> String {
        let what =
            lose.field.map_or_else(|| self.t.s("export-whole"), |field| self.t.s(format!("field-{}-{field}", lose.kind.name())));
        lose.partly.map_or_else(|| what.clone(), |key| self.t.two("export-partly", "what", what.clone(), "how", self.t.s(key)))
    }
}

macro_rules! on_the_map {
    ($($page:ident $title:literal $typed:literal $($concepts:literal)?),*) => {$(
        impl Body for $page {
            fn place(&self) -> Place {
                Place::Map
            }
            fn title(&self) -> String {
                self.t.s($title)
            }
            fn typed(&self) -> bool {
                $typed
            }
            $(fn concepts(&self) -> bool {
                $concepts
            })?
        }
    )*};
}

on_the_map!(ImportPage "import-title" false, Review "import-review" true true, ExportPage "export-title" false);
