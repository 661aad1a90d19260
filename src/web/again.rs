//! What is done once more: the passphrase before what is sensitive, while the pending form waits; a write that another came before.

use axum::response::Response;

use super::account::counted;
use super::page::Place;
use super::page::confirm::Reauthenticate;
use super::page::form::Wrong;
use super::pairs::{AGAIN, Pairs};
use super::view::View;
use crate::policy::Why;
use crate::usecase::{Error, Session};

/// How often a write is tried when another window wrote meanwhile.
const TRIES: usize = 3;

/// What waits for the passphrase.
pub struct Pending<'a> {
    pub place: Place,
    /// What it is for, in words.
    pub why: String,
    /// Where the form goes on.
    pub action: String,
    pub back: String,
    pub pairs: &'a Pairs,
}

impl Pending<'_> {
    /// The page that asks. `wrong`: what was given opens nothing.
    pub fn ask(&self, view: &View, wrong: bool) -> Response {
        let wrong = if wrong { vec![Wrong::new(AGAIN, view.t.s("wrong-passphrase"))] } else { Vec::new() };
        let (hidden, why) = (self.pairs.hidden(), self.why.clone());
        let (action, back) = (self.action.clone(), self.back.clone());
        let page = Reauthenticate { t: view.t, place: self.place, why, action, hidden, wrong, back };
        if page.wrong.is_empty() { view.page(&page) } else { view.faulty(&page) }
    }

    /// The session as it is after the passphrase, where the form brought it; else what to answer.
    pub async fn refreshed(&self, view: &View, session: Session) -> Result<Session, Response> {
        refreshed(view, session, self.pairs).await.map_err(|error| match error {
            Error::Wrong => self.ask(view, true),
            error => view.error(&error),
        })
    }

    /// What a failed act answers: the question, where the passphrase is what was missing.
    pub fn failed(&self, view: &View, error: &Error) -> Response {
        if wanted(error) { self.ask(view, false) } else { view.error(error) }
    }
}

/// The session as it is after the passphrase came along with the form, where it did. [`Error::Wrong`] where it opens nothing,
/// [`Error::TooOften`] after too many tries.
pub async fn refreshed(view: &View, session: Session, pairs: &Pairs) -> Result<Session, Error> {
    let phrase = pairs.one(AGAIN);
    if phrase.is_empty() {
        return Ok(session);
    }
    let key = counted(view, &session)?;
    view.site.service.reauthenticate(&session, phrase).await?;
    view.site.tries.forget(&key);
    Ok(Session { fresh: Some(view.site.service.now()), ..session })
}

/// Whether an act waits for the passphrase.
pub fn wanted(error: &Error) -> bool {
    matches!(error, Error::Refused(refused) if refused.why == Why::AskAgain)
}

/// Another window may have written in between: then the same once more.
pub async fn retried<V, F: Future<Output = Result<V, Error>>>(act: impl Fn() -> F) -> Result<V, Error> {
    for _ in 1..TRIES {
        match act().await {
            Err(Error::Gone) => {}
            answer => return answer,
        }
    }
    act().await
}
