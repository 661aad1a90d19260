//! The way through the questions: next, previous and progress as functions of what is known.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::question::{Background, Chapter, LANGUAGE_FIELDS, Question};

/// At most so many occupations, and so many languages, are gone into one by one.
pub const MOST_PARTS: u8 = 3;
/// At most so many pages of skills are offered of one occupation or of all situations.
pub const MOST_PAGES: u8 = 5;
/// Short schooling is asked about so many skills of a language.
const FEW_FIELDS: u8 = 3;

/// One page. Its order is the order of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Step {
    pub question: Question,
    /// Which occupation or language, from 0.
    pub part: u8,
    /// Which page of an offer, or which skill of a language, from 0.
    pub page: u8,
}

/// What decides the way: what is said of oneself, and what the map holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub backgrounds: BTreeSet<Background>,
    /// Some situation of our list stands in the map.
    pub situations: bool,
    /// Occupations in the map that the taxonomy knows.
    pub works: usize,
    /// Languages in the map other than mother tongues.
    pub languages: usize,
    /// Some skill stands in the map.
    pub skills: bool,
}

impl Step {
    pub const FIRST: Self = Self::of(Question::Name);

    pub const fn of(question: Question) -> Self {
        Self { question, part: 0, page: 0 }
    }

    pub const fn chapter(self) -> Chapter {
        self.question.chapter()
    }

    /// The next page of an offer.
    pub fn more(self) -> Option<Self> {
        (self.question.offers() && self.page + 1 < MOST_PAGES).then(|| Self { page: self.page + 1, ..self })
    }

    /// Of a language: the field that is asked about.
    pub fn language_field(self) -> Option<&'static str> {
        LANGUAGE_FIELDS.get(usize::from(self.page)).copied().filter(|_| self.question == Question::Language)
    }
}

/// All pages for these facts, in order; of an offer the first page.
pub fn plan(facts: &Facts) -> Vec<Step> {
    Question::ALL.into_iter().filter(|question| asked(*question, facts)).flat_map(|question| pages(question, facts)).collect()
}

/// The page after `step`; none at the end. Holds for any step, also for one that these facts no longer ask.
pub fn next(facts: &Facts, step: Step) -> Option<Step> {
    plan(facts).into_iter().find(|later| *later > step)
}

/// The page before `step`; none at the beginning.
pub fn previous(facts: &Facts, step: Step) -> Option<Step> {
    if step.question.offers() && step.page > 0 {
        return Some(Step { page: step.page - 1, ..step });
    }
    plan(facts).into_iter().rev().find(|earlier| *earlier < step)
}

/// Whether `step` is asked, or is a later page of what is.
pub fn holds(facts: &Facts, step: Step) -> bool {
    let first = if step.question.offers() && step.page < MOST_PAGES { Step { page: 0, ..step } } else { step };
    plan(facts).contains(&first)
}

fn asked(question: Question, facts: &Facts) -> bool {
    let is = |one: Background| facts.backgrounds.contains(&one);
    let unsaid = facts.backgrounds.is_empty();
    let situations = unsaid || is(Background::Home) || is(Background::Short);
    let work = unsaid || is(Background::Paid);
    match question {
        Question::Situations => situations,
        Question::HomeSkills => situations && facts.situations,
        Question::Work => work,
        Question::Business => is(Background::Own),
        Question::WorkSkills => work || is(Background::Own),
        Question::Levels => facts.skills,
        Question::Studies => is(Background::Study),
        _ => true,
    }
}

fn pages(question: Question, facts: &Facts) -> Vec<Step> {
    let parts = |count: usize| 0..u8::try_from(count).unwrap_or(u8::MAX).min(MOST_PARTS);
    match question {
        Question::WorkSkills => parts(facts.works).map(|part| Step { question, part, page: 0 }).collect(),
        Question::Language => {
            let few = facts.backgrounds.contains(&Background::Short);
            let fields = if few { FEW_FIELDS } else { LANGUAGE_FIELDS.len() as u8 };
            let each = |part| (0..fields).map(move |page| Step { question, part, page });
            parts(facts.languages).flat_map(each).collect()
        }
        _ => vec![Step::of(question)],
    }
}

/// As in addresses: `work`, `workskills-0-1`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.part, self.page) {
            (0, 0) => f.write_str(self.question.name()),
            (part, page) => write!(f, "{}-{part}-{page}", self.question.name()),
        }
    }
}

/// No page has this address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoStep;

impl fmt::Display for NoStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such page")
    }
}

impl FromStr for Step {
    type Err = NoStep;

    fn from_str(text: &str) -> Result<Self, NoStep> {
        let mut pieces = text.split('-');
        let name = pieces.next().unwrap_or("");
        let question = Question::ALL.into_iter().find(|question| question.name() == name).ok_or(NoStep)?;
        let mut number = || pieces.next().map_or(Ok(0), |piece| piece.parse::<u8>().map_err(|_| NoStep));
        let step = Self { question, part: number()?, page: number()? };
        // One address for each page.
        if step.to_string() == text && step.part < MOST_PARTS && step.page < MOST_PAGES { Ok(step) } else { Err(NoStep) }
    }
}

impl TryFrom<String> for Step {
    type Error = NoStep;

    fn try_from(text: String) -> Result<Self, NoStep> {
        text.parse()
    }
}

impl From<Step> for String {
    fn from(step: Step) -> Self {
        step.to_string()
    }
}

#[cfg(test)]
mod tests;
