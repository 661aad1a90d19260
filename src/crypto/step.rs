//! What was answered at the steps so far, sealed for the address of the next one's page: under a key of the session's cookie, for that
//! address alone.

use zeroize::Zeroizing;

use super::label::{Ad, Label};
use super::record::{self, Padding, Unopened};
use super::secret::Secret;
use crate::domain::Random;

/// An address must not become long: finer steps than elsewhere.
const PADDING: Padding = Padding::Multiple(512);

/// `path`: the page's address without its query. A record of version 1 (see [`record`]), generation 0.
pub fn seal(session: &Secret, path: &str, answers: &[u8], random: &dyn Random) -> Vec<u8> {
    record::seal(&session.key(Label::StepAnswers), 0, &ad(path), PADDING, answers, random)
}

pub fn open(session: &Secret, path: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    record::open(&session.key(Label::StepAnswers), &ad(path), PADDING, sealed)
}

fn ad(path: &str) -> Ad {
    Ad::new(Label::StepAnswers).bytes_field(path.as_bytes())
}
