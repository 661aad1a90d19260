//! What is lost on the way, said before it happens.

use serde::Serialize;

/// A part of a file that is kept neither as an entry nor as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    pub path: String,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A picture or an attached file.
    Data,
}

impl Loss {
    pub const fn new(path: String, why: Why) -> Self {
        Self { path, why }
    }
}
