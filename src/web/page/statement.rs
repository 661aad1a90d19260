//! What a unit states of what it does with what it reads: as people read it, and where its administrators write it.

use askama::Template;

use super::form::Wrong;
use super::frame::{Body, Place};
use super::url;
use crate::domain::Timestamp;
use crate::domain::statement::{Answer, MAX_READERS, MAX_WORDS, Statement, Typed, choose};
use crate::text::T;

/// One thing that is told before a yes.
#[derive(Clone, Debug)]
pub struct StatedRow {
    pub term: String,
    /// In the reader's language.
    pub answer: String,
    /// In the unit's own words.
    pub own: Option<String>,
}

/// Who reads, decisions by machines, and whether anything leaves the EU and EEA. What is not stated is said to be so.
pub fn rows(t: T, stated: Option<&Statement>) -> Vec<StatedRow> {
    let readers = stated.and_then(|stated| stated.readers.clone());
    let row = |term: String, answer: Option<&Answer>, keys| StatedRow {
        term,
        answer: t.s(choose(answer, keys)),
        own: answer.and_then(Answer::own).map(str::to_owned),
    };
    let automated = stated.and_then(|stated| stated.automated.as_ref());
    let transfers = stated.and_then(|stated| stated.transfers.as_ref());
    vec![
        StatedRow {
            term: t.s("term-readers"),
            answer: if readers.is_some() { String::new() } else { t.s("stated-readers-none") },
            own: readers,
        },
        row(t.s("term-automated"), automated, ["stated-automated-none", "stated-automated-no", "stated-automated-yes"]),
        row(t.s("term-transfers"), transfers, ["stated-transfers-none", "stated-transfers-no", "stated-transfers-yes"]),
    ]
}

/// Fields: `readers`; `automated` and `transfers` (`yes`, `no` or empty), each with the words that explain a yes in `automated_how` and
/// `transfers_where`.
#[derive(Template)]
#[template(path = "statement.html")]
pub struct StatementPage {
    pub t: T,
    /// What is stated now, as people read it.
    pub now: Option<(Timestamp, Vec<StatedRow>)>,
    /// As typed, or as it stands.
    pub typed: Typed,
    pub wrong: Vec<Wrong>,
}

/// A question of which a yes is explained.
struct Asked<'a> {
    id: &'static str,
    legend: String,
    word: &'a str,
    own: &'static str,
    label: String,
    text: &'a str,
}

impl StatementPage {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }

    fn asked(&self) -> [Asked<'_>; 2] {
        let (t, typed) = (self.t, &self.typed);
        [
            Asked {
                id: "automated",
                legend: t.s("statement-automated"),
                word: &typed.automated,
                own: "automated_how",
                label: t.s("statement-automated-how"),
                text: &typed.automated_how,
            },
            Asked {
                id: "transfers",
                legend: t.s("statement-transfers"),
                word: &typed.transfers,
                own: "transfers_where",
                label: t.s("statement-transfers-where"),
                text: &typed.transfers_where,
            },
        ]
    }

    fn choices(&self) -> [(&'static str, String); 3] {
        [("", self.t.s("statement-not-said")), ("no", self.t.s("statement-no")), ("yes", self.t.s("statement-yes"))]
    }
}

impl Body for StatementPage {
    fn place(&self) -> Place {
        Place::Unit
    }
    fn title(&self) -> String {
        self.t.s("statement-title")
    }
    fn typed(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn what_is_not_stated_is_said_in_words_and_what_is_stands_as_it_was_written() {
        let t = T::new(Lang::EN, Timestamp(0));
        let none = rows(t, None);
        assert!(none.iter().all(|row| row.answer.contains("have not said") && row.own.is_none()), "{none:?}");
        let automated = Some(Answer::Yes("poäng som avgör turordning".to_owned()));
        let stated =
            Statement { since: Timestamp(1), readers: Some("handläggare".to_owned()), automated, transfers: Some(Answer::No) };
        let said = rows(t, Some(&stated));
        assert_eq!((said[0].answer.as_str(), said[0].own.as_deref()), ("", Some("handläggare")));
        assert_eq!(said[1].own.as_deref(), Some("poäng som avgör turordning"));
        assert!(said[1].answer.starts_with("Yes") && said[2].answer.starts_with("No") && said[2].own.is_none());
    }
}
