//! Looking texts up, with their arguments.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, static_loader};

use super::Lang;
use crate::domain::Timestamp;

static_loader! {
    pub(super) static LOCALES = {
        locales: "./src/text/locales",
        fallback_language: "sv",
        // Names written in another direction must not turn the sentence around them.
        customise: |bundle| bundle.set_use_isolating(true),
    };
}

/// An argument of a text: a number (which decides plurals) or a text.
#[derive(Clone, Debug)]
pub enum Arg {
    Number(i64),
    Text(String),
}

macro_rules! numbers {
    ($($int:ty),*) => {$(
        impl From<$int> for Arg {
            fn from(n: $int) -> Self {
                Self::Number(i64::try_from(n).unwrap_or(i64::MAX))
            }
        }
        impl From<&$int> for Arg {
            fn from(n: &$int) -> Self {
                Self::from(*n)
            }
        }
        // Templates hand on references to references.
        impl From<&&$int> for Arg {
            fn from(n: &&$int) -> Self {
                Self::from(**n)
            }
        }
    )*};
}

numbers!(i64, i32, u64, u32, u16, u8, usize);

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&&String> for Arg {
    fn from(text: &&String) -> Self {
        Self::Text((*text).clone())
    }
}

impl From<&&str> for Arg {
    fn from(text: &&str) -> Self {
        Self::Text((*text).to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Texts for one reader: the language, and the present (for "I dag 09.12"). What each page's context carries as `t`.
#[derive(Clone, Copy, Debug)]
pub struct T {
    pub lang: Lang,
    pub now: Timestamp,
}

impl T {
    pub const fn new(lang: Lang, now: Timestamp) -> Self {
        Self { lang, now }
    }

    /// The text of `key`.
    pub fn s(&self, key: impl AsRef<str>) -> String {
        text(self.lang, key.as_ref(), &[])
    }

    /// The text of `key`, where there is one.
    pub fn maybe(&self, key: &str) -> Option<String> {
        find(self.lang, key, &[])
    }

    /// The text of `key` with `$count`.
    pub fn count(&self, key: &str, count: impl Into<Arg>) -> String {
        text(self.lang, key, &[("count", count.into())])
    }

    /// The text of `key` with one argument.
    pub fn one(&self, key: &str, name: &'static str, value: impl Into<Arg>) -> String {
        text(self.lang, key, &[(name, value.into())])
    }

    /// The text of `key` with two arguments.
    pub fn two(&self, key: &str, name: &'static str, value: impl Into<Arg>, also: &'static str, other: impl Into<Arg>) -> String {
        text(self.lang, key, &[(name, value.into()), (also, other.into())])
    }

    /// The text of `key` with any arguments.
    pub fn with(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        text(self.lang, key, args)
    }

    /// "a, b, c" with the language's own comma.
    pub fn join(&self, items: &[String]) -> String {
        // A locale file cannot hold the space at a line's end.
        items.join(&format!("{} ", self.s("list-comma")))
    }

    /// "a, b and c" in the reader's language.
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.two("list-and", "first", self.join(first), "last", last),
        }
    }
}

/// The text of `key`, in another language where this one lacks it. A key that no language has gives a marker that no page may show: a test renders every page.
pub(super) fn text(lang: Lang, key: &str, args: &[(&'static str, Arg)]) -> String {
    let fallback = || find(lang.fallback(), key, args).or_else(|| find(Lang::SV, key, args));
    find(lang, key, args).or_else(fallback).unwrap_or_else(|| format!("⟦{key}⟧"))
}

pub(super) fn find(lang: Lang, key: &str, args: &[(&'static str, Arg)]) -> Option<String> {
    let id: LanguageIdentifier = lang.tag().parse().ok()?;
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
        args.iter().map(|(name, arg)| (Cow::Borrowed(*name), value(arg))).collect();
    LOCALES.lookup_single_language(&id, key, Some(&values)).ok()
}

fn value(arg: &Arg) -> FluentValue<'_> {
    match arg {
        Arg::Number(n) => FluentValue::from(*n),
        Arg::Text(text) => FluentValue::from(text.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_shows_its_marker_and_a_hostile_argument_stays_text() {
        let (t, unknown) = (T::new(Lang::EN, Timestamp(0)), "no-such-key");
        assert_eq!(t.s(unknown), "⟦no-such-key⟧");
        assert_eq!(t.maybe(unknown), None);
        assert!(t.two("list-and", "first", "{ $last }", "last", "b").contains("{ $last }"));
    }

    #[test]
    fn what_a_language_lacks_is_said_in_one_that_its_reader_may_know() {
        let say = |tag| T::new(Lang::tagged(tag).expect("ours"), Timestamp(0)).s("inbox-all");
        assert_eq!(say("ar"), T::new(Lang::EN, Timestamp(0)).s("inbox-all"));
        assert_eq!(say("sv-simple"), T::new(Lang::SV, Timestamp(0)).s("inbox-all"));
    }

    #[test]
    fn lists_read_as_one_says_them() {
        let items = |n: usize| ["a", "b", "c"][..n].iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let t = T::new(Lang::SV, Timestamp(0));
        let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(["", "a", "a och b", "a, b och c"].map(str::to_owned), [0, 1, 2, 3].map(|n| plain(t.list(&items(n)))));
        let arabic = T::new(Lang::tagged("ar").expect("ours"), Timestamp(0));
        assert_eq!((arabic.join(&items(2)), plain(arabic.list(&items(3)))), ("a، b".to_owned(), "a، b وc".to_owned()));
    }
}
