//! Links: the steps of making one, the page that shows it once, and the pages of whoever opens one.

use std::collections::BTreeMap;

use askama::Template;
use serde_json::{Value, json};

use super::form::{Choice, Wrong};
use super::frame::{Body, Place, bodies};
use super::qr::Qr;
use super::reading::Contents;
use super::sharing::{Answers, Step, ToldSection};
use super::shown::Badge;
use super::url;
use crate::domain::link::{MOST_OPENS, may_hold};
use crate::domain::profile::{Kind, Section, Shape};
use crate::domain::recipient::RecipientKind;
use crate::domain::{ConsentId, EntryId, Timestamp};
use crate::text::T;

/// What has been answered on the way to a link: that of every consent, with the id that stands for the recipient kind as its unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkAnswers {
    pub base: Answers,
    /// Entries of name and contact, each by its own tick.
    pub open: Vec<EntryId>,
    /// `once` or `many`.
    pub opens: String,
    /// As typed.
    pub times: String,
    pub word: String,
}

impl LinkAnswers {
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut answers = Self { base: Answers::read(pairs), ..Self::default() };
        for (name, value) in pairs {
            match name.as_str() {
                "open" => answers.open.extend(value.parse::<EntryId>()),
                "opens" if matches!(value.as_str(), "once" | "many") => answers.opens.clone_from(value),
                "times" => answers.times.clone_from(value),
                "word" => answers.word.clone_from(value),
                _ => {}
            }
        }
        answers
    }

    /// The answers as hidden inputs, without those that `step` asks for itself.
    pub fn hidden(&self, step: Step) -> Vec<(&'static str, String)> {
        let mut all = self.base.hidden(step);
        if step != Step::How {
            all.extend(self.open.iter().map(|entry| ("open", entry.to_string())));
            all.extend(
                [("opens", &self.opens), ("times", &self.times), ("word", &self.word)].map(|(name, text)| (name, text.clone())),
            );
        }
        all
    }

    /// How many times it opens; `None` where that was not said, or is no such number.
    pub fn count(&self) -> Option<u16> {
        match self.opens.as_str() {
            "once" => Some(1),
            "many" => self.times.trim().parse().ok().filter(|times| (1..=MOST_OPENS).contains(times)),
            _ => None,
        }
    }
}

/// Step 1: whom it is for, and why. Field: `for`, a recipient kind and a purpose with `/` between.
#[derive(Template)]
#[template(path = "link_for.html")]
pub struct LinkFor {
    pub t: T,
    pub choices: Vec<Choice>,
    pub wrong: Vec<Wrong>,
}

/// Step 3: until when, how often, name and contact, code word.
#[derive(Template)]
#[template(path = "link_how.html")]
pub struct LinkHow {
    pub t: T,
    pub presets: Vec<Choice>,
    pub other: String,
    pub other_chosen: bool,
    pub latest: String,
    /// Entries that say who the person is; field `open`.
    pub personal: Vec<Choice>,
    pub answers: LinkAnswers,
    pub wrong: Vec<Wrong>,
}

impl LinkHow {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }

    fn hidden(&self) -> Vec<(&'static str, String)> {
        self.answers.hidden(Step::How)
    }

    fn many(&self) -> bool {
        self.answers.opens == "many"
    }

    fn once(&self) -> bool {
        self.answers.opens == "once"
    }

    fn most(&self) -> u16 {
        MOST_OPENS
    }
}

/// Step 4: everything once more, what the opener will see, and yes or no.
#[derive(Template)]
#[template(path = "link_summary.html")]
pub struct LinkSummary {
    pub t: T,
    pub recipient: String,
    pub purpose: String,
    /// What is shared, by sections.
    pub sections: Vec<ToldSection>,
    pub until: Timestamp,
    pub opens: u16,
    pub word: bool,
    pub preview: Contents,
    pub answers: LinkAnswers,
}

impl LinkSummary {
    fn told(&self) -> Vec<String> {
        self.sections.iter().map(|one| one.text(self.t)).collect()
    }

    fn hidden(&self) -> Vec<(&'static str, String)> {
        self.answers.hidden(Step::Summary)
    }
}

/// The link, shown once.
#[derive(Template)]
#[template(path = "link_made.html")]
pub struct LinkMade {
    pub t: T,
    pub consent: ConsentId,
    pub link: String,
    pub qr: Option<Qr>,
    pub recipient: String,
    pub until: Timestamp,
    pub opens: u16,
    pub word: bool,
}

/// The page behind a link. It looks the same whether or not there is such a link. Fields: `link`, `word`.
#[derive(Template)]
#[template(path = "link_open.html")]
pub struct LinkOpen {
    pub t: T,
    pub id: String,
    /// As pasted.
    pub link: String,
    pub word: String,
    /// What the script needs to say what it opens.
    pub words: String,
    /// Why it was not opened.
    pub told: Option<String>,
    pub wrong: Vec<Wrong>,
}

impl LinkOpen {
    fn wrong_of(&self, id: &str) -> Option<&str> {
        Wrong::find(&self.wrong, id)
    }
}

/// What a link opened, where the server opened it.
#[derive(Template)]
#[template(path = "link_read.html")]
pub struct LinkRead {
    pub t: T,
    pub contents: Contents,
}

bodies! {
    LinkFor Sharing "link-title" true;
    LinkHow Sharing "link-title" true;
    LinkSummary Sharing "link-title" true has_concepts;
    LinkMade Sharing "link-made-title" false;
    LinkOpen Public "link-open-title" false may_show_concepts;
    LinkRead Public "link-open-title" false has_concepts;
}

impl LinkSummary {
    fn has_concepts(&self) -> bool {
        self.preview.concept()
    }
}

impl LinkOpen {
    /// The script shows what it has opened.
    const fn may_show_concepts(&self) -> bool {
        true
    }
}

impl LinkRead {
    fn has_concepts(&self) -> bool {
        self.contents.concept()
    }
}

/// What the script says: sections, kinds, fields and choices of all that a link may hold, and the sentences around them.
/// `linkable`: the recipient kinds that a link may be for, by which each is shown some sections before the others.
pub fn words<'a>(
    t: T,
    purposes: impl Iterator<Item = (String, String)>,
    linkable: impl Iterator<Item = &'a RecipientKind>,
) -> String {
    let codes = |kind: &RecipientKind| kind.shown_first.iter().map(|section| section.code()).collect::<Vec<_>>();
    let kinds: serde_json::Map<String, Value> =
        Kind::ALL.iter().filter(|kind| may_hold(**kind)).map(|kind| (kind.name().to_owned(), kind_words(t, *kind))).collect();
    let sections: Vec<(&str, String)> = Section::ALL
        .into_iter()
        .filter(|section| section.kinds().any(may_hold))
        .map(|section| (section.code(), t.s(format!("section-{}", section.code()))))
        .collect();
    let evidence: BTreeMap<String, String> =
        Badge::ALL.iter().map(|badge| (badge.key().trim_start_matches("evidence-").to_owned(), t.s(badge.key()))).collect();
    let mut all = json!({
        "lang": t.lang.written(),
        "order": Kind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        "kinds": kinds,
        "choices": choices(t),
        "sections": sections,
        "first": linkable.map(|kind| (kind.id.as_str(), codes(kind))).collect::<BTreeMap<_, _>>(),
        "evidence": evidence,
        "purposes": purposes.collect::<BTreeMap<_, _>>(),
        "verify": url::VERIFY,
        "confirmed": bare(t.one("entry-confirmed-on", "date", "{date}")),
    });
    let sentences = [
        ("yes", "yes"),
        ("no", "no"),
        ("purpose", "term-purpose"),
        ("until", "term-until"),
        ("empty", "reading-empty"),
        ("alike", "reading-alike"),
        ("title", "link-read-title"),
        ("promise", "link-promise"),
        ("byBrowser", "link-by-browser"),
        ("howBrowser", "link-how-browser"),
        ("closed", "link-closed"),
        ("word", "link-told-word"),
        ("notALink", "link-told-text"),
        ("fast", "link-told-fast"),
        ("failed", "link-told-failed"),
        ("damaged", "link-told-damaged"),
        ("unasked", "proof-unasked"),
        ("checkProof", "proof-check"),
        ("checkProofLead", "proof-check-lead"),
        ("proofText", "proof-text"),
    ];
    for (name, key) in sentences {
        all[name] = t.s(key).into();
    }
    all["wrong"] = bare(t.one("link-told-wrong", "left", "{count}")).into();
    all.to_string()
}

/// Without the marks that set an argument apart: it is put in by the script.
fn bare(text: String) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

fn kind_words(t: T, kind: Kind) -> Value {
    let field = |field: &crate::domain::profile::Field| {
        let label = t.maybe(&format!("label-{}-{}", kind.name(), field.name));
        let label = label.unwrap_or_else(|| t.s(format!("field-{}-{}", kind.name(), field.name)));
        json!({ "name": field.name, "label": label, "shape": shape(field.shape) })
    };
    json!({
        "name": t.s(format!("kind-{}", kind.name())),
        "section": kind.section().code(),
        "heads": heads(kind),
        "fields": kind.fields().iter().map(field).collect::<Vec<_>>(),
    })
}

/// The fields that may name an entry, the first one that is there.
fn heads(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::Contact => vec!["phone", "email"],
        Kind::Goal => vec!["occupation", "education", "motivation"],
        Kind::LegalName | Kind::Communication | Kind::Conditions => Vec::new(),
        _ => vec![kind.fields()[0].name],
    }
}

const fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Language => "language",
        Shape::Country => "country",
        // A place, a number and an address are not in a language.
        Shape::Municipality | Shape::Phone | Shape::Email => "plain",
        Shape::Proof { .. } => "proof",
        _ => "text",
    }
}

fn choices(t: T) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for kind in Kind::ALL.iter().filter(|kind| may_hold(**kind)) {
        for field in kind.fields() {
            if let Shape::Choice(some) | Shape::Choices(some) = field.shape {
                let key = |one: &str| format!("{}/{}/{one}", kind.name(), field.name);
                let text = |one: &str| t.s(format!("choice-{}-{}-{one}", kind.name(), field.name));
                all.extend(some.iter().map(|one| (key(one), text(one))));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_openings_that_is_none_is_not_taken_and_the_answers_come_back() {
        let answers = |opens: &str, times: &str| LinkAnswers { opens: opens.into(), times: times.into(), ..LinkAnswers::default() };
        for (opens, times) in [("", "3"), ("many", ""), ("many", "0"), ("many", "101"), ("many", "x"), ("often", "3")] {
            assert_eq!(answers(opens, times).count(), None, "{opens} {times}");
        }
        assert_eq!((answers("once", "9").count(), answers("many", " 100 ").count()), (Some(1), Some(100)));
        let id = "0191d5a0-0000-7000-8000-000000000001".parse().expect("an id");
        let whole = LinkAnswers { open: vec![id], word: "blå fågel".into(), ..answers("many", "3") };
        let pairs: Vec<(String, String)> = whole.hidden(Step::Summary).into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
        assert_eq!(LinkAnswers::read(&pairs), whole);
    }
}
