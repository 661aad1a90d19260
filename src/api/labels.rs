//! What the codes in an answer are called, in Swedish: looked up once, since each read names hundreds.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::domain::Timestamp;
use crate::domain::profile::{Entry, Field, Kind, Shape, Value};
use crate::text::{Lang, T};

/// In Swedish: what the codes beside are called.
#[derive(Debug, Serialize, ToSchema)]
pub struct Labels<'a> {
    pub kind: &'static str,
    pub section: &'static str,
    /// The name of each field.
    #[schema(value_type = BTreeMap<String, String>)]
    pub fields: ByName<'a, &'static str>,
    /// What each choice, language, country and concept is called.
    #[schema(value_type = BTreeMap<String, Vec<String>>)]
    pub values: ByName<'a, Vec<Cow<'a, str>>>,
}

/// By name, in the order of the fields.
#[derive(Debug)]
pub struct ByName<'a, V>(Vec<(&'a str, V)>);

impl<V: Serialize> Serialize for ByName<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'a> Labels<'a> {
    pub fn new(entry: &'a Entry) -> Self {
        let names = &NAMES[&entry.kind];
        let known = || entry.fields.iter().filter_map(|(name, value)| Some((name.as_str(), names.field(name)?, value)));
        Self {
            kind: &names.kind,
            section: &names.section,
            fields: ByName(known().map(|(name, field, _)| (name, field.name.as_str())).collect()),
            values: ByName(known().filter_map(|(name, field, value)| Some((name, field.worded(value)?))).collect()),
        }
    }
}

struct Names {
    kind: String,
    section: String,
    fields: Vec<Named>,
}

struct Named {
    field: &'static Field,
    name: String,
    choices: Vec<(&'static str, String)>,
}

static NAMES: LazyLock<BTreeMap<Kind, Names>> = LazyLock::new(|| Kind::ALL.iter().map(|kind| (*kind, Names::of(*kind))).collect());

impl Names {
    fn of(kind: Kind) -> Self {
        let t = T::new(Lang::SV, Timestamp(0));
        let named = |field: &'static Field| {
            let all = match field.shape {
                Shape::Choice(all) | Shape::Choices(all) => all,
                _ => &[],
            };
            let choice = |one: &&'static str| (*one, t.s(format!("choice-{}-{}-{one}", kind.name(), field.name)));
            let name = t.s(format!("field-{}-{}", kind.name(), field.name));
            Named { field, name, choices: all.iter().map(choice).collect() }
        };
        Self {
            kind: t.s(format!("kind-{}", kind.name())),
            section: t.s(format!("section-{}", kind.section().code())),
            fields: kind.fields().iter().map(named).collect(),
        }
    }

    fn field(&self, name: &str) -> Option<&Named> {
        self.fields.iter().find(|named| named.field.name == name)
    }
}

impl Named {
    /// What a coded value is called; `None` for what is written as it is.
    fn worded<'a>(&'static self, value: &'a Value) -> Option<Vec<Cow<'a, str>>> {
        let choice = |one: &'a String| {
            let known = self.choices.iter().find(|(code, _)| code == one);
            Cow::Borrowed(known.map_or(one.as_str(), |(_, name)| name.as_str()))
        };
        let named = |group: &str, code: &'a String| {
            let name = T::new(Lang::SV, Timestamp(0)).maybe(&format!("{group}-{code}"));
            vec![name.map_or(Cow::Borrowed(code.as_str()), Cow::Owned)]
        };
        match (self.field.shape, value) {
            (_, Value::Choice(one)) => Some(vec![choice(one)]),
            (_, Value::Choices(some)) => Some(some.iter().map(choice).collect()),
            (_, Value::Concept(concept)) => Some(vec![Cow::Borrowed(concept.label("sv"))]),
            (Shape::Language, Value::Text(code)) => Some(named("lang", code)),
            (Shape::Country, Value::Text(code)) => Some(named("country", code)),
            _ => None,
        }
    }
}
