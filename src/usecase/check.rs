//! Checking anywhere: whatever someone brings (a code or link that they were shown, a text, a file, a photograph of a QR code) ends in what
//! was found. Nothing of it is kept.

use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use super::proof_state::text_in;
use super::showing::{Denied, Shown};
use super::verify::Outside;
use super::{Error, Service};
use crate::credential::{Occasion, read};
use crate::crypto::recovery::RecoveryCode;
use crate::domain::Timestamp;
use crate::domain::credential::{Found, Verdict};
use crate::exchange::photo::{self, NoText};
use crate::policy::{Action, Actor, Resource};

/// What a look found.
#[derive(Clone, Debug)]
pub struct Looked {
    /// One for each proof.
    pub found: Vec<Found>,
    pub at: Timestamp,
    /// Until when the code that was brought shows it; none where it was no code.
    pub until: Option<Timestamp>,
    /// The text that was checked, where it can be checked once more.
    pub text: Option<String>,
}

/// Why nothing was checked. Of what is a proof, and a bad one, [`Looked`] tells.
#[derive(Debug)]
pub enum NotLooked {
    /// Nothing was brought.
    Empty,
    /// Larger than anything we read.
    TooLarge,
    /// A picture without a code or a proof in it.
    NoCode,
    /// Too short or misread for a code, and nothing else.
    NotACode,
    /// The address of the page without the part that is the code.
    HalfLink,
    /// Unknown, ended, used up: all alike.
    Closed,
    Error(Error),
}

/// A text is no longer, in bytes.
pub const MOST_TEXT: usize = 200 * 1024;
/// A file is no longer, in bytes.
pub const MOST_FILE: usize = photo::MOST_BYTES;

/// So many files are held in memory at once, while they are received and checked.
static READING: Semaphore = Semaphore::const_new(6);
/// How long one that comes waits for a place.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many photographs are unpacked at once.
static UNPACKING: Semaphore = Semaphore::const_new(2);
const SOON: u32 = 10;
/// Between the clocks of whoever made a showing and ours, in microseconds.
const LEEWAY: i64 = 60_000_000;

impl Service {
    /// Checks what was typed or pasted: the code of a showing, its link, or a proof itself.
    pub async fn check_text(&self, outside: Outside<'_>, typed: &str) -> Result<Looked, NotLooked> {
        let _permit = self.ask(Actor::Anonymous, Action::CheckCredential, Resource::System).map_err(NotLooked::Error)?;
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(NotLooked::Empty);
        }
        if typed.len() > MOST_TEXT {
            return Err(NotLooked::TooLarge);
        }
        match brought(typed)? {
            Brought::Code(code) => {
                let shown = self.open_showing(&code).await.map_err(|denied| match denied {
                    Denied::Denied => NotLooked::Closed,
                    Denied::Fault(error) => NotLooked::Error(error),
                })?;
                Ok(self.check_shown(outside, &shown, &code).await)
            }
            Brought::Proof => {
                let found = self.proof_state(typed.as_bytes(), outside).await;
                Ok(Looked { found: vec![found], at: self.now(), until: None, text: Some(typed.to_owned()) })
            }
        }
    }

    /// Checks a file: a proof, a picture with a proof in it, or a photograph of a code.
    pub async fn check_file(&self, outside: Outside<'_>, bytes: Vec<u8>) -> Result<Looked, NotLooked> {
        let _permit = self.ask(Actor::Anonymous, Action::CheckCredential, Resource::System).map_err(NotLooked::Error)?;
        if bytes.is_empty() {
            return Err(NotLooked::Empty);
        }
        if bytes.len() > MOST_FILE {
            return Err(NotLooked::TooLarge);
        }
        let wrong = match read(&bytes) {
            Ok(_) => {
                let found = self.proof_state(&bytes, outside).await;
                let text = text_in(&bytes).filter(|text| text.len() <= MOST_TEXT);
                return Ok(Looked { found: vec![found], at: self.now(), until: None, text });
            }
            Err(wrong) => wrong,
        };
        if photo::is_picture(&bytes) {
            return self.check_text(outside, &unpacked(bytes).await?).await;
        }
        // A text file may hold a code or a link.
        match std::str::from_utf8(&bytes).ok().filter(|text| text.len() <= MOST_TEXT).map(|text| (text, brought(text.trim()))) {
            Some((text, Ok(Brought::Code(_)))) => self.check_text(outside, text).await,
            _ => Ok(Looked { found: vec![Found::of(Verdict::NotValid(wrong))], at: self.now(), until: None, text: None }),
        }
    }

    async fn check_shown(&self, outside: Outside<'_>, shown: &Shown, code: &str) -> Looked {
        let at = self.now();
        let mut found = Vec::with_capacity(shown.credentials.len());
        for credential in &shown.credentials {
            // Its holder signed for this showing when it was made; what bears no such signature is what its issuer gave out.
            let bound = credential.contains('~') && !credential.ends_with('~');
            let max_age = at.since(shown.made).saturating_add(LEEWAY);
            let occasion = Occasion { audience: &shown.audience, nonce: &shown.nonce, max_age };
            let checked = self.verify(outside, credential.as_bytes(), bound.then_some(occasion)).await;
            found.push(checked.into());
        }
        Looked { found, at, until: Some(shown.until), text: Some(code.to_owned()) }
    }
}

/// A place in memory for one file; [`Error::Busy`] where none comes free. Asked for before a file is received.
pub async fn room() -> Result<SemaphorePermit<'static>, Error> {
    let free = tokio::time::timeout(PATIENCE, READING.acquire()).await;
    free.ok().and_then(Result::ok).ok_or(Error::Busy(SOON))
}

enum Brought {
    Code(String),
    Proof,
}

/// What a text is. Only what cannot be a proof is taken for a code that was mistyped.
fn brought(typed: &str) -> Result<Brought, NotLooked> {
    if let Some(link) = Url::parse(typed).ok().filter(|url| matches!(url.scheme(), "http" | "https")) {
        return match link.fragment().filter(|code| RecoveryCode::parse(code).is_ok()) {
            Some(code) => Ok(Brought::Code(code.to_owned())),
            None => Err(NotLooked::HalfLink),
        };
    }
    if RecoveryCode::parse(typed).is_ok() {
        return Ok(Brought::Code(typed.to_owned()));
    }
    let proof = typed.contains(['{', '~', '<', '.']) || typed.len() > 80;
    if proof { Ok(Brought::Proof) } else { Err(NotLooked::NotACode) }
}

async fn unpacked(bytes: Vec<u8>) -> Result<String, NotLooked> {
    let _one = UNPACKING.acquire().await.map_err(|_| NotLooked::Error(Error::Busy(SOON)))?;
    let text = tokio::task::spawn_blocking(move || photo::text(&bytes)).await.map_err(|_| NotLooked::NoCode)?;
    text.map_err(|none| match none {
        NoText::TooLarge => NotLooked::TooLarge,
        NoText::NoPicture | NoText::NoCode => NotLooked::NoCode,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::SystemRandom;

    #[test]
    fn a_text_is_a_code_a_link_or_a_proof() {
        let code = RecoveryCode::random(&SystemRandom::default()).printed().to_string();
        let is_code = |text: &str| matches!(brought(text), Ok(Brought::Code(_)));
        assert!(is_code(&code) && is_code(&code.to_lowercase()) && is_code(&format!("https://x.example/verify#{code}")));
        for half in ["https://x.example/verify", "https://x.example/verify#", "https://x.example/verify#abc"] {
            assert!(matches!(brought(half), Err(NotLooked::HalfLink)), "{half}");
        }
        for short in ["abc", "0000-0000", &code[..code.len() - 1]] {
            assert!(matches!(brought(short), Err(NotLooked::NotACode)), "{short}");
        }
        for proof in ["{}", "a.b.c", "a.b.c~d~", "<svg/>"] {
            assert!(matches!(brought(proof), Ok(Brought::Proof)), "{proof}");
        }
    }
}
