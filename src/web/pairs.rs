//! What a form sent, as typed: names and values in order, since names come repeated.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, Request};
use axum::response::Response;
use zeroize::Zeroize;

use super::page::entry::Typed;
use super::page::form::Hidden;
use super::sent::Form;
use crate::http::Site;

/// The field of the passphrase that is asked for again.
pub const AGAIN: &str = "passphrase-again";

/// A form's fields. Answers what is no form, or too large, with a page that says so.
pub struct Pairs(pub Vec<(String, String)>);

impl<S> FromRequest<S> for Pairs
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        Form::from_request(request, state).await.map(|Form(pairs)| Self(pairs))
    }
}

/// Among them may be a passphrase.
impl Drop for Pairs {
    fn drop(&mut self) {
        for (_, value) in &mut self.0 {
            value.zeroize();
        }
    }
}

impl Pairs {
    /// The first value of a field, as typed; empty where it was not sent.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// Whether the form came back by way of a change of language: nothing is to be done but to show it again.
    pub fn only_again(&self) -> bool {
        self.has("language")
    }

    pub fn typed(&self) -> Typed {
        let mut typed = Typed::new();
        for (name, value) in &self.0 {
            typed.entry(name.clone()).or_default().push(value.clone());
        }
        typed
    }

    /// All fields, to be carried along while the passphrase is asked for.
    pub fn hidden(&self) -> Hidden {
        self.0.iter().filter(|(name, _)| ![AGAIN, "back", "language"].contains(&name.as_str())).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_never_carried_along_and_repeated_fields_are() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let pairs =
            Pairs(vec![pair("a", "1"), pair(AGAIN, "secret"), pair("a", "2"), pair("back", "/map"), pair("language", "en")]);
        assert_eq!(pairs.hidden(), [pair("a", "1"), pair("a", "2")]);
        assert_eq!(pairs.typed()["a"], ["1", "2"]);
        assert_eq!(pairs.one("b"), "");
    }
}
