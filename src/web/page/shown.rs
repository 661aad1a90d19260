//! How an entry is written for a reader: a heading, rows of label and value, how it is proven.

use super::file::ShownFile;
use crate::domain::profile::{Entry, Evidence, Kind, REVIEW_AFTER, Shape, Value};
use crate::text::T;

/// A text and the language it is in, where that is not the reader's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    pub text: String,
    pub lang: Option<String>,
}

impl Worded {
    fn own(text: String) -> Self {
        Self { text, lang: None }
    }

    pub fn of(text: &str, lang: &str, t: T) -> Self {
        Self { text: text.to_owned(), lang: (lang != t.lang.written()).then(|| lang.to_owned()) }
    }
}

#[derive(Clone, Debug)]
pub struct Row {
    pub label: String,
    pub value: Worded,
    /// As the person entered it, where the value is a translation.
    pub original: Option<Worded>,
}

#[derive(Clone, Debug)]
pub struct Shown {
    pub kind: Kind,
    /// What the heading is, where that does not go without saying: "Födelseår" above "1988".
    pub caption: Option<String>,
    pub heading: Worded,
    pub original: Option<Worded>,
    pub rows: Vec<Row>,
    pub evidence: Evidence,
    /// "Stämde 21 maj 2026".
    pub confirmed: String,
    /// Older than six months.
    pub review: bool,
    /// Whether it holds a concept of ESCO.
    pub concept: bool,
    pub file: Option<ShownFile>,
}

impl Shown {
    pub fn new(t: T, entry: &Entry) -> Self {
        let mut rows: Vec<Row> = entry.kind.fields().iter().filter_map(|field| row(t, entry, field.name)).collect();
        let name = t.s(format!("kind-{}", entry.kind.name()));
        let named = heading(entry);
        // Among kin of one kind a heading speaks for itself.
        let caption = named.filter(|_| entry.kind.section().kinds().count() > 1).map(|_| name.clone());
        let (heading, original) = match named {
            Some(name) => take_row(t, entry, name, &mut rows),
            None => (Worded::own(name), None),
        };
        Self {
            kind: entry.kind,
            caption,
            heading,
            original,
            rows,
            evidence: entry.evidence,
            confirmed: t.one("entry-confirmed-on", "date", t.day(&entry.confirmed)),
            // What was so on a day stays so.
            review: entry.kind != Kind::Progress && t.now.since(entry.confirmed) > REVIEW_AFTER,
            concept: entry.fields.values().any(|value| matches!(value, Value::Concept(concept) if concept.uri.is_some())),
            file: entry.file.as_ref().map(|file| ShownFile::new(t, file)),
        }
    }

    /// What a mark on the map says: the heading, with a language's level.
    pub fn mark(&self) -> &str {
        &self.heading.text
    }

    pub fn badge(&self) -> Badge {
        Badge(self.evidence)
    }
}

/// The shape and the word of an evidence level. Never colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge(pub Evidence);

impl Badge {
    pub const ALL: [Self; 5] = [Self(Evidence::E1), Self(Evidence::E2), Self(Evidence::E3), Self(Evidence::E4), Self(Evidence::E5)];

    pub const fn key(self) -> &'static str {
        match self.0 {
            Evidence::E1 => "evidence-e1",
            Evidence::E2 => "evidence-e2",
            Evidence::E3 => "evidence-e3",
            Evidence::E4 => "evidence-e4",
            Evidence::E5 => "evidence-e5",
        }
    }

    /// The shape, drawn around the origin with radius 8.
    pub const fn path(self) -> &'static str {
        match self.0 {
            Evidence::E1 | Evidence::E4 => "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0Z",
            Evidence::E2 => "M0-9.5L9.5 0L0 9.5L-9.5 0Z",
            Evidence::E3 => "M-7.5-7.5H7.5V7.5H-7.5Z",
            Evidence::E5 => "M0-9L9 7.5H-9Z",
        }
    }

    pub const fn class(self) -> &'static str {
        match self.0 {
            Evidence::E1 => "shape open",
            _ => "shape full",
        }
    }
}

/// The field that names the entry.
fn heading(entry: &Entry) -> Option<&'static str> {
    let candidates: &[&'static str] = match entry.kind {
        Kind::Licence if entry.fields.get("licence") == Some(&Value::Choice("other".into())) => &["name", "licence"],
        Kind::Contact => &["phone", "email"],
        Kind::Goal => &["occupation", "education", "motivation"],
        Kind::LegalName | Kind::Communication | Kind::Conditions | Kind::Needs | Kind::Health | Kind::Safety => &[],
        Kind::SafeContact | Kind::ProtectedIdentity | Kind::RightToWork => &[],
        _ => return Some(entry.kind.fields()[0].name).filter(|name| entry.fields.contains_key(*name)),
    };
    candidates.iter().copied().find(|name| entry.fields.contains_key(*name))
}

fn take_row(t: T, entry: &Entry, name: &str, rows: &mut Vec<Row>) -> (Worded, Option<Worded>) {
    let label = short(t, entry.kind, name);
    match rows.iter().position(|row| row.label == label) {
        Some(at) => {
            let row = rows.remove(at);
            (row.value, row.original)
        }
        None => (Worded::own(label), None),
    }
}

pub fn label(t: T, kind: Kind, field: &str) -> String {
    t.s(format!("field-{}-{field}", kind.name()))
}

/// The short label under which a value stands; the form's label may be a question.
fn short(t: T, kind: Kind, field: &str) -> String {
    t.maybe(&format!("label-{}-{field}", kind.name())).unwrap_or_else(|| label(t, kind, field))
}

pub fn choice(t: T, kind: Kind, field: &str, choice: &str) -> String {
    t.s(format!("choice-{}-{field}-{choice}", kind.name()))
}

fn row(t: T, entry: &Entry, name: &'static str) -> Option<Row> {
    let value = entry.fields.get(name)?;
    let shape = entry.kind.field(name)?.shape;
    // An id is for programs; where it stands, the page says in its own words.
    if shape == Shape::Entry {
        return None;
    }
    let own = |text: String| (Worded::own(text), None);
    let (value, original) = match value {
        Value::Text(code) if shape == Shape::Language => own(t.maybe(&format!("lang-{code}")).unwrap_or_else(|| code.clone())),
        Value::Text(code) if shape == Shape::Country => own(t.maybe(&format!("country-{code}")).unwrap_or_else(|| code.clone())),
        // A place, a number and an address are not in a language.
        Value::Text(text) if matches!(shape, Shape::Municipality | Shape::Phone | Shape::Email) => own(text.clone()),
        Value::Text(text) => (Worded::of(text, &entry.lang, t), None),
        Value::Number(n) => own(n.to_string()),
        Value::Choice(one) => own(choice(t, entry.kind, name, one)),
        Value::Choices(some) => own(t.list(&some.iter().map(|one| choice(t, entry.kind, name, one)).collect::<Vec<_>>())),
        Value::Date(date) => own(t.partial(*date)),
        Value::Flag(yes) => own(t.s(if *yes { "yes" } else { "no" })),
        Value::Concept(concept) => {
            let label = concept.label(t.lang.written());
            let entered = Worded::of(&concept.entered, &entry.lang, t);
            if label == concept.entered { (entered, None) } else { (Worded::own(label.to_owned()), Some(entered)) }
        }
    };
    Some(Row { label: short(t, entry.kind, name), value, original })
}
