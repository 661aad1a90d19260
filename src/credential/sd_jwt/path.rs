//! Where a claim stands in a payload.

use std::fmt;

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    Name(String),
    /// From 0, in the array as it was signed.
    Index(usize),
}

/// The way from the payload's top to a claim or to one element of an array.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// A claim at the top.
    pub fn top(name: &str) -> Self {
        Self(vec![name.into()])
    }

    /// One element of an array at the top.
    pub fn element(name: &str, index: usize) -> Self {
        Self(vec![name.into(), Step::Index(index)])
    }

    #[must_use]
    pub fn then(&self, step: impl Into<Step>) -> Self {
        Self(self.0.iter().cloned().chain([step.into()]).collect())
    }

    /// Whether it is the claim `name` at the top, or lies within it.
    pub fn is_in(&self, name: &str) -> bool {
        matches!(self.0.first(), Some(Step::Name(first)) if first == name)
    }
}

impl From<&str> for Step {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// `address.street`, `criteria.2`: for forms and for people who look for faults.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let dot = if at == 0 { "" } else { "." };
            match step {
                Step::Name(name) => write!(f, "{dot}{name}")?,
                Step::Index(index) => write!(f, "{dot}{index}")?,
            }
        }
        Ok(())
    }
}
