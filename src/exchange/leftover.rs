//! What was not understood, as text with its place in the file.

use serde::Serialize;

use super::html;
use super::loss::{Loss, Why};
use super::tree::{At, Tree};

/// A text that has no certain place among the kinds of entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leftover {
    pub path: String,
    pub text: String,
    /// Its name speaks of what is nobody's business (GDPR Article 9, birth, citizenship): kept only when ticked.
    #[serde(skip)]
    pub sensitive: bool,
}

/// Words in the name of a part that make its text sensitive. Compared in small letters.
const SENSITIVE: [&str; 22] = [
    "gender", "birth", "national", "citizen", "ethnic", "race", "religio", "belief", "marital", "military", "disab", "health",
    "medical", "visa", "permit", "union", "politic", "sexual", "height", "weight", "marks", "legalid",
];

impl Leftover {
    pub fn new(path: String, text: String) -> Self {
        let small = path.to_lowercase();
        let sensitive = SENSITIVE.iter().any(|word| small.contains(word));
        Self { path, text, sensitive }
    }
}

/// What nobody took of the tree: texts, and losses for what is no text.
pub fn collect(tree: &Tree) -> (Vec<Leftover>, Vec<Loss>) {
    let (mut texts, mut losses) = (Vec::new(), Vec::new());
    for at in tree.left() {
        if is_data(at.raw()) {
            losses.push(Loss::new(at.path(), Why::Data));
        } else {
            texts.push(leftover(at));
        }
    }
    (texts, losses)
}

fn leftover(at: At<'_>) -> Leftover {
    Leftover::new(at.path(), html::plain(at.raw()))
}

/// A picture or another file written in letters (RFC 4648, RFC 2397): long, without a space.
fn is_data(text: &str) -> bool {
    let text = text.trim();
    let word = |c: char| c.is_ascii_alphanumeric() || "+/=_-\r\n".contains(c);
    text.starts_with("data:") || text.starts_with("<svg") || (text.len() > 80 && !text.contains("//") && text.chars().all(word))
}
