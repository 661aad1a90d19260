//! Parts that forms share.

/// A pending form's fields, carried along as hidden inputs.
pub type Hidden = Vec<(String, String)>;

/// What is wrong with one input: stands in the summary (as a link to it) and beside it.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// The input's id.
    pub id: String,
    pub text: String,
}

impl Wrong {
    pub fn new(id: &str, text: String) -> Self {
        Self { id: id.to_owned(), text }
    }

    /// The message for the input `id`, if it has one.
    pub fn find<'a>(all: &'a [Self], id: &str) -> Option<&'a str> {
        all.iter().find(|wrong| wrong.id == id).map(|wrong| wrong.text.as_str())
    }
}

/// One of several to choose from.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.into(), label: label.into(), chosen }
    }
}
