//! What a unit states, to everyone it asks, of what it does with what it reads: what an informed yes must be told beside recipient,
//! purpose, contents and withdrawal (EDPB Guidelines 05/2020 on consent, 64; GDPR, Articles 13(1)(f) and 13(2)(f)), and who reads.

use serde::{Deserialize, Serialize};

use super::Timestamp;
use super::profile::Fault;

/// As it was stated at one time. What is absent has not been stated, which is told in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub since: Timestamp,
    /// Who at the organisation reads, by role: never a person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers: Option<String>,
    /// Whether decisions are made by machines alone with what is read (GDPR, Article 22), and how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automated: Option<Answer>,
    /// Whether it is sent out of the EU and EEA (GDPR, Chapter V), where to, and how it is protected there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfers: Option<Answer>,
}

/// An answer of which a yes is explained, in the unit's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    No,
    Yes(String),
}

/// A statement as typed: `automated` and `transfers` are `yes`, `no`, or empty for what is not stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Typed {
    pub readers: String,
    pub automated: String,
    pub automated_how: String,
    pub transfers: String,
    pub transfers_where: String,
}

/// At most so many characters in who reads.
pub const MAX_READERS: usize = 120;
/// At most so many characters in what explains a yes.
pub const MAX_WORDS: usize = 300;

impl Answer {
    pub const fn word(&self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Yes(_) => "yes",
        }
    }

    /// What explains a yes.
    pub fn own(&self) -> Option<&str> {
        if let Self::Yes(own) = self { Some(own) } else { None }
    }
}

/// Which of three to say: that nothing is stated, a no, or a yes.
pub const fn choose<'a>(answer: Option<&Answer>, [none, no, yes]: [&'a str; 3]) -> &'a str {
    match answer {
        None => none,
        Some(Answer::No) => no,
        Some(Answer::Yes(_)) => yes,
    }
}

impl Typed {
    /// The statement, as made `since`; or each field that does not hold what it must: a yes is explained, and only a yes is.
    pub fn read(&self, since: Timestamp) -> Result<Statement, Vec<(String, Fault)>> {
        let readers = words(&self.readers, MAX_READERS).map_err(|fault| named("readers", fault));
        let automated = answer(("automated", &self.automated), ("automated_how", &self.automated_how));
        let transfers = answer(("transfers", &self.transfers), ("transfers_where", &self.transfers_where));
        match (readers, automated, transfers) {
            (Ok(readers), Ok(automated), Ok(transfers)) => Ok(Statement { since, readers, automated, transfers }),
            (readers, automated, transfers) => {
                Err([readers.err(), automated.err(), transfers.err()].into_iter().flatten().collect())
            }
        }
    }

    /// The statement as it was typed.
    pub fn of(statement: &Statement) -> Self {
        let word = |answer: &Option<Answer>| answer.as_ref().map_or("", Answer::word).to_owned();
        let own = |answer: &Option<Answer>| answer.as_ref().and_then(Answer::own).unwrap_or_default().to_owned();
        Self {
            readers: statement.readers.clone().unwrap_or_default(),
            automated: word(&statement.automated),
            automated_how: own(&statement.automated),
            transfers: word(&statement.transfers),
            transfers_where: own(&statement.transfers),
        }
    }
}

fn named(field: &str, fault: Fault) -> (String, Fault) {
    (field.to_owned(), fault)
}

/// One line without control signs, or nothing.
fn words(typed: &str, max: usize) -> Result<Option<String>, Fault> {
    let text = typed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let text = text.collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Ok(None),
        long if long > max => Err(Fault::TooLong { max }),
        _ => Ok(Some(text)),
    }
}

fn answer((field, word): (&str, &str), (own, typed): (&str, &str)) -> Result<Option<Answer>, (String, Fault)> {
    let text = words(typed, MAX_WORDS).map_err(|fault| named(own, fault))?;
    match (word, text) {
        ("yes", Some(text)) => Ok(Some(Answer::Yes(text))),
        ("yes", None) => Err(named(own, Fault::Missing)),
        ("no", None) => Ok(Some(Answer::No)),
        ("", None) => Ok(None),
        // An explanation of what was denied, or of nothing: which of the two is meant only they can say.
        _ => Err(named(field, Fault::NotAChoice)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(readers: &str, automated: (&str, &str), transfers: (&str, &str)) -> Typed {
        Typed {
            readers: readers.to_owned(),
            automated: automated.0.to_owned(),
            automated_how: automated.1.to_owned(),
            transfers: transfers.0.to_owned(),
            transfers_where: transfers.1.to_owned(),
        }
    }

    #[test]
    fn a_yes_is_explained_and_nothing_else_is() {
        for (bad, field, fault) in [
            (typed("", ("yes", " "), ("", "")), "automated_how", Fault::Missing),
            (typed("", ("no", "med poäng"), ("", "")), "automated", Fault::NotAChoice),
            (typed("", ("", "med poäng"), ("", "")), "automated", Fault::NotAChoice),
            (typed("", ("maybe", ""), ("", "")), "automated", Fault::NotAChoice),
            (typed("", ("", ""), ("yes", "")), "transfers_where", Fault::Missing),
            (typed("", ("", ""), ("yes", &"x".repeat(301))), "transfers_where", Fault::TooLong { max: 300 }),
            (typed(&"x".repeat(121), ("", ""), ("", "")), "readers", Fault::TooLong { max: 120 }),
        ] {
            assert_eq!(bad.read(Timestamp(1)), Err(vec![(field.to_owned(), fault)]), "{bad:?}");
        }
        let all = typed("", ("yes", ""), ("yes", "")).read(Timestamp(1)).expect_err("two");
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn what_is_stated_is_kept_as_it_was_said_and_what_is_not_is_absent() {
        let said = typed(" handläggare\n och chefer ", ("no", ""), ("yes", "USA, standardavtal"));
        let statement = said.read(Timestamp(7)).expect("reads");
        let json = r#"{"since":7,"readers":"handläggare och chefer","automated":"no","transfers":{"yes":"USA, standardavtal"}}"#;
        assert_eq!(serde_json::to_string(&statement).expect("plain data"), json);
        assert_eq!(serde_json::from_str::<Statement>(json).expect("as written"), statement);
        assert!(serde_json::from_str::<Statement>(&json.replace("readers", "sellers")).is_err());
        assert_eq!(Typed::of(&statement).read(Timestamp(7)), Ok(statement));
        let nothing = Typed::default().read(Timestamp(7)).expect("may be left open");
        assert_eq!(serde_json::to_string(&nothing).expect("plain data"), r#"{"since":7}"#);
    }
}
