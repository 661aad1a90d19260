//! How an entry is written for a reader: a heading, rows of label and value, how it is proven.

use super::file::ShownFile;
use crate::domain::credential::{Found, Verdict};
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
    badge: Badge,
    /// The proof itself, where it is one: for programs to check.
    pub proof: Option<String>,
    /// "Aktuell 21 maj 2026".
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
            badge: if entry.kind == Kind::Credential { Badge::Unasked } else { Badge::Level(entry.evidence) },
            proof: crate::usecase::held::proof(entry).cloned(),
            confirmed: t.one("entry-confirmed-on", "date", t.day(&entry.confirmed)),
            // What was so on a day stays so.
            review: entry.kind != Kind::Progress && entry.kind.written() && t.now.since(entry.confirmed) > REVIEW_AFTER,
            concept: entry.fields.values().any(|value| matches!(value, Value::Concept(concept) if concept.uri.is_some())),
            file: entry.file.as_ref().map(|file| ShownFile::new(t, file)),
        }
    }

    /// What a mark on the map says: the heading, with a language's level.
    pub fn mark(&self) -> &str {
        &self.heading.text
    }

    pub fn badge(&self) -> Badge {
        self.badge
    }

    /// With what a look at the proof found just now; nothing where it is none.
    #[must_use]
    pub fn found(mut self, found: Option<&Found>) -> Self {
        if let Some(found) = found {
            self.evidence = found.evidence();
            self.badge = Badge::of(found);
        }
        self
    }
}

/// The shape and the word of an evidence level, or of what a look at a proof found. Never colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Badge {
    Level(Evidence),
    /// A proof that does not hold now, or about which nobody can say.
    Proof(Verdict),
    /// A proof at which nobody has looked here.
    Unasked,
}

impl Badge {
    pub const ALL: [Self; 5] = [
        Self::Level(Evidence::E1),
        Self::Level(Evidence::E2),
        Self::Level(Evidence::E3),
        Self::Level(Evidence::E4),
        Self::Level(Evidence::E5),
    ];

    pub fn of(found: &Found) -> Self {
        if found.verdict == Verdict::Valid { Self::Level(found.evidence()) } else { Self::Proof(found.verdict) }
    }

    pub const fn key(self) -> &'static str {
        match self {
            Self::Level(Evidence::E1) => "evidence-e1",
            Self::Level(Evidence::E2) => "evidence-e2",
            Self::Level(Evidence::E3) => "evidence-e3",
            Self::Level(Evidence::E4) => "evidence-e4",
            Self::Level(Evidence::E5) => "evidence-e5",
            Self::Proof(verdict) => verdict.key(),
            Self::Unasked => "proof-unasked",
        }
    }

    /// The shape, drawn around the origin with radius 8.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Level(Evidence::E1 | Evidence::E4) => "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0Z",
            Self::Level(Evidence::E2) => "M0-9.5L9.5 0L0 9.5L-9.5 0Z",
            Self::Level(Evidence::E3) => "M-7.5-7.5H7.5V7.5H-7.5Z",
            Self::Level(Evidence::E5) => "M0-9L9 7.5H-9Z",
            // A ring with nothing in it, and its question: a stroke and a dot.
            Self::Proof(Verdict::UnknownIssuer | Verdict::CannotBeChecked(_) | Verdict::NotYet) | Self::Unasked => {
                "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0ZM0-4.5V1M0 3.6V4.6"
            }
            // Struck through.
            Self::Proof(_) => "M8 0A8 8 0 1 1-8 0A8 8 0 1 1 8 0ZM-5.7-5.7L5.7 5.7M-5.7 5.7L5.7-5.7",
        }
    }

    pub const fn class(self) -> &'static str {
        match self {
            Self::Level(Evidence::E2 | Evidence::E3 | Evidence::E4 | Evidence::E5) => "shape full",
            _ => "shape open",
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
    // For programs; where it stands, the page says in its own words.
    if matches!(shape, Shape::Proof { .. } | Shape::Entry) {
        return None;
    }
    let own = |text: String| (Worded::own(text), None);
    let (value, original) = match value {
        Value::Text(code) if shape == Shape::Language => own(t.maybe(&format!("lang-{code}")).unwrap_or_else(|| code.clone())),
        Value::Text(code) if shape == Shape::Country => own(t.maybe(&format!("country-{code}")).unwrap_or_else(|| code.clone())),
        // A place, a number and an address are not in a language.
        Value::Text(text) if matches!(shape, Shape::Municipality | Shape::Phone | Shape::Email) => own(text.clone()),
        Value::Text(text) => (Worded::of(text, &entry.lang, t), None),
        Value::Number(n) if name == "months_used" => own(t.months(*n)),
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
