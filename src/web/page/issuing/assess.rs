//! Assessing one person, and what waits for a second.

use askama::Template;
use uuid::Uuid;

use crate::domain::credential::Part;
use crate::domain::issuing::{Assessment, Published, Slip, Typed, level_name};
use crate::text::T;
use crate::web::page::form::{Choice, Wrong};
use crate::web::page::frame::{Body, Place, bodies};
use crate::web::page::url;

/// The sentence for what is wrong with a field.
pub fn slip(t: T, slip: Slip) -> String {
    match slip {
        Slip::TooLong { max } => t.one(slip.key(), "max", max.to_string()),
        Slip::ForLevel { from } => t.one(slip.key(), "from", format!("E{from}")),
        slip => t.s(slip.key()),
    }
}

/// The form. Fields are those of [`Typed`], and `id`: of the assessment, so that sending it twice does nothing twice.
#[derive(Template)]
#[template(path = "assess.html")]
pub struct AssessPage {
    pub t: T,
    pub id: Uuid,
    pub framework: Uuid,
    pub name: String,
    pub version: String,
    /// Each with its name.
    pub criteria: Vec<Choice>,
    pub levels: Vec<Choice>,
    pub typed: Typed,
    /// Why it was sent back, and by whom.
    pub returned: Option<(String, String)>,
    pub wrong: Vec<Wrong>,
}

impl AssessPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }

    fn is_whole(&self) -> bool {
        self.typed.part == "whole"
    }

    fn is_part(&self) -> bool {
        self.typed.part == "part"
    }

    /// The fields of one line: name, the key of its label, the key of its hint, and what was typed.
    fn lines(&self) -> [(&'static str, &'static str, &'static str, &str); 5] {
        [
            ("method", "assess-method", "assess-method-hint", &self.typed.method),
            ("assessor", "assess-assessor", "assess-assessor-hint", &self.typed.assessor),
            ("assessed", "assess-assessed", "assess-assessed-hint", &self.typed.assessed),
            ("seqf", "assess-seqf", "assess-seqf-hint", &self.typed.seqf),
            ("until", "assess-until", "assess-until-hint", &self.typed.until),
        ]
    }
}

/// An assessment in words: rows of what is said, and what was met.
pub struct Facts {
    pub rows: Vec<(String, String)>,
    pub met: Vec<String>,
}

impl Facts {
    /// `published`: what it is against, where that can be had still.
    pub fn new(t: T, assessment: &Assessment, framework: &str, published: Option<&Published>) -> Self {
        let name = [assessment.given.as_deref(), assessment.family.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let part = if assessment.part == Part::Whole { "assess-whole" } else { "assess-part" };
        let of = |key: &str, value: Option<String>| value.filter(|value| !value.is_empty()).map(|value| (t.s(key), value));
        let level = assessment.level;
        let rows = [
            of("assess-framework", Some(framework.to_owned())),
            of("assess-level", Some(t.s(format!("assess-level-{}", level_name(level).to_ascii_lowercase())))),
            of("assess-extent", Some(t.s(part))),
            of("assess-name", Some(name)),
            of("assess-method", assessment.method.clone()),
            of("assess-assessor", assessment.assessor.clone()),
            of("assess-assessed", assessment.assessed.map(|date| date.to_string())),
            of("assess-seqf", assessment.seqf.map(|level| level.to_string())),
            of("assess-until", assessment.until.map(|day| day.to_string())),
        ];
        let lang = t.lang.tag();
        let named = |id: &String| {
            let criteria = published.map(|one| one.framework.criteria.as_slice()).unwrap_or_default();
            criteria.iter().find(|one| one.id == *id).map_or_else(|| id.clone(), |one| one.name.get(lang).to_owned())
        };
        Self { rows: rows.into_iter().flatten().collect(), met: assessment.criteria.iter().map(named).collect() }
    }
}

/// All of an assessment that waits, for the second person or for the first. Field: `word`.
#[derive(Template)]
#[template(path = "waiting_one.html")]
pub struct WaitingPage {
    pub t: T,
    pub id: Uuid,
    pub label: String,
    pub by: String,
    pub facts: Facts,
    pub framework: Option<Uuid>,
    pub of_another: bool,
    pub returned: Option<(String, String)>,
    pub word: String,
    pub wrong: Vec<Wrong>,
}

impl WaitingPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

bodies! {
    AssessPage Issuing "assess-title" true;
    WaitingPage Issuing "waiting-one-title" true;
}
