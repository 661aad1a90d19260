//! The guided mapping: which questions there are, and the way through them. Answers are ordinary entries; only the way is kept here.

pub mod plan;
pub mod question;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use plan::{Facts, Step};
pub use question::{Background, Chapter, LANGUAGE_FIELDS, Question};

/// How far someone has come. Holds no answer but what decides the way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    pub backgrounds: BTreeSet<Background>,
    pub place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    At(Step),
    Finished,
}

impl Default for Place {
    fn default() -> Self {
        Self::At(Step::FIRST)
    }
}

impl Guide {
    /// The same, standing at `step`; at the end where there is none.
    #[must_use]
    pub fn moved(self, step: Option<Step>) -> Self {
        Self { place: step.map_or(Place::Finished, Place::At), ..self }
    }
}
