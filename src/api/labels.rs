//! What the codes in an answer are called, in Swedish: looked up once, since each read names hundreds.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Timestamp;
use crate::domain::profile::{Entry, Kind, Shape, Value};
use crate::text::{Lang, T};

/// In Swedish: what the codes beside are called.
#[derive(Debug, Serialize, ToSchema)]
pub struct Labels<'a> {
    pub kind: &'static str,
    pub section: &'static str,
    /// The name of each field.
    pub fields: BTreeMap<&'a str, &'static str>,
    /// What each choice, language, country and concept is called.
    pub values: BTreeMap<&'a str, Vec<Cow<'a, str>>>,
}

impl<'a> Labels<'a> {
    pub fn new(entry: &'a Entry) -> Self {
        let names = &NAMES[&entry.kind];
        let field = |name: &'a String| Some((name.as_str(), names.fields.get(name.as_str())?.as_str()));
        let worded = |(name, value): (&'a String, &'a Value)| Some((name.as_str(), worded(entry.kind, name, value)?));
        Self {
            kind: &names.kind,
            section: &names.section,
            fields: entry.fields.keys().filter_map(field).collect(),
            values: entry.fields.iter().filter_map(worded).collect(),
        }
    }
}

struct Names {
    kind: String,
    section: String,
    fields: HashMap<&'static str, String>,
    /// By field and choice.
    choices: HashMap<(&'static str, &'static str), String>,
}

static NAMES: LazyLock<BTreeMap<Kind, Names>> = LazyLock::new(|| Kind::ALL.iter().map(|kind| (*kind, Names::of(*kind))).collect());

impl Names {
    fn of(kind: Kind) -> Self {
        let t = T::new(Lang::SV, Timestamp(0));
        let mut choices = HashMap::new();
        for field in kind.fields() {
            if let Shape::Choice(all) | Shape::Choices(all) = field.shape {
                let name = |one: &&'static str| ((field.name, *one), t.s(format!("choice-{}-{}-{one}", kind.name(), field.name)));
                choices.extend(all.iter().map(name));
            }
        }
        Self {
            kind: t.s(format!("kind-{}", kind.name())),
            section: t.s(format!("section-{}", kind.section().code())),
            fields: kind.fields().iter().map(|f| (f.name, t.s(format!("field-{}-{}", kind.name(), f.name)))).collect(),
            choices,
        }
    }
}

/// What a coded value is called; `None` for what is written as it is.
fn worded<'a>(kind: Kind, name: &str, value: &'a Value) -> Option<Vec<Cow<'a, str>>> {
    let field = kind.field(name)?;
    let choice = |one: &'a String| {
        let known = NAMES[&kind].choices.get(&(field.name, one.as_str() as &str));
        Cow::Borrowed(known.map_or(one.as_str(), String::as_str))
    };
    let named = |group: &str, code: &'a String| {
        let name = T::new(Lang::SV, Timestamp(0)).maybe(&format!("{group}-{code}"));
        vec![name.map_or(Cow::Borrowed(code.as_str()), Cow::Owned)]
    };
    match (field.shape, value) {
        (_, Value::Choice(one)) => Some(vec![choice(one)]),
        (_, Value::Choices(some)) => Some(some.iter().map(choice).collect()),
        (_, Value::Concept(concept)) => Some(vec![Cow::Borrowed(concept.label("sv"))]),
        (Shape::Language, Value::Text(code)) => Some(named("lang", code)),
        (Shape::Country, Value::Text(code)) => Some(named("country", code)),
        _ => None,
    }
}
