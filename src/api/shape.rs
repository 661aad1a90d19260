//! The JSON of entries, units and purposes, with their Swedish labels beside.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::Timestamp;
use crate::domain::profile::{Entry, Kind, Shape, Value};
use crate::http::Site;
use crate::store::organisation::UnitRow;
use crate::text::{Lang, T};

#[derive(Debug, Serialize, ToSchema)]
pub struct Unit {
    pub id: Uuid,
    pub name: String,
    pub municipality: String,
    /// The id of its recipient kind.
    pub kind: String,
    pub organisation: String,
    #[schema(example = "212000-0555")]
    pub organisation_number: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Purpose {
    pub id: String,
    /// In Swedish.
    pub label: String,
    /// Its term in the Data Privacy Vocabulary, or of our own.
    pub dpv: String,
}

/// The content of an entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct Content {
    #[schema(example = "skill")]
    pub kind: &'static str,
    #[schema(example = "p06")]
    pub section: &'static str,
    /// The language it was written in (BCP 47).
    pub lang: String,
    /// `e1` (the person's own word) to `e5` (certified).
    #[schema(value_type = String)]
    pub evidence: crate::domain::profile::Evidence,
    /// `own`, `organisation` or `import`.
    #[schema(value_type = String)]
    pub source: crate::domain::profile::Source,
    pub updated: String,
    /// When its owner last said that it still holds.
    pub confirmed: String,
    /// By name: one of `{"text"}`, `{"number"}`, `{"choice"}`, `{"choices"}`, `{"date"}`, `{"flag"}`, or `{"concept"}` with `uri`,
    /// `entered` (as written, in `lang`), `sv` and `en`.
    #[schema(value_type = Object)]
    pub fields: BTreeMap<String, Value>,
    pub labels: Labels,
}

/// In Swedish: what the codes above are called.
#[derive(Debug, Serialize, ToSchema)]
pub struct Labels {
    pub kind: String,
    pub section: String,
    /// The name of each field.
    pub fields: BTreeMap<String, String>,
    /// What each choice, language, country and concept is called.
    pub values: BTreeMap<String, Vec<String>>,
}

impl Unit {
    pub fn new(row: &UnitRow) -> Self {
        Self {
            id: row.unit.id.0,
            name: row.unit.name.clone(),
            municipality: row.unit.municipality.clone(),
            kind: row.unit.kind.clone(),
            organisation: row.organisation.name.clone(),
            organisation_number: row.organisation.number.to_string(),
        }
    }
}

impl Purpose {
    pub fn new(site: &Site, id: &str) -> Self {
        let known = site.service.catalogue.purpose(id);
        let (label, dpv) = known.map_or((id, ""), |purpose| (purpose.label.get("sv"), purpose.dpv.as_str()));
        Self { id: id.to_owned(), label: label.to_owned(), dpv: dpv.to_owned() }
    }
}

impl Content {
    pub fn new(entry: &Entry) -> Self {
        let (kind, section) = (entry.kind.name(), entry.kind.section().code());
        Self {
            kind,
            section,
            lang: entry.lang.clone(),
            evidence: entry.evidence,
            source: entry.source,
            updated: entry.updated.rfc3339(),
            confirmed: entry.confirmed.rfc3339(),
            fields: entry.fields.clone(),
            labels: Labels::new(entry),
        }
    }
}

impl Labels {
    fn new(entry: &Entry) -> Self {
        let t = T::new(Lang::SV, Timestamp(0));
        let (kind, section) = (entry.kind.name(), entry.kind.section().code());
        let names = entry.fields.keys();
        let values = entry.fields.iter().filter_map(|(name, value)| Some((name.clone(), worded(t, entry.kind, name, value)?)));
        Self {
            kind: t.s(format!("kind-{kind}")),
            section: t.s(format!("section-{section}")),
            fields: names.map(|name| (name.clone(), t.s(format!("field-{kind}-{name}")))).collect(),
            values: values.collect(),
        }
    }
}

/// What a coded value is called; `None` for what is written as it is.
fn worded(t: T, kind: Kind, name: &str, value: &Value) -> Option<Vec<String>> {
    let choice = |one: &String| t.s(format!("choice-{}-{name}-{one}", kind.name()));
    let named = |group: &str, code: &String| vec![t.maybe(&format!("{group}-{code}")).unwrap_or_else(|| code.clone())];
    match (kind.field(name)?.shape, value) {
        (_, Value::Choice(one)) => Some(vec![choice(one)]),
        (_, Value::Choices(some)) => Some(some.iter().map(choice).collect()),
        (_, Value::Concept(concept)) => Some(vec![concept.label("sv").to_owned()]),
        (Shape::Language, Value::Text(code)) => Some(named("lang", code)),
        (Shape::Country, Value::Text(code)) => Some(named("country", code)),
        _ => None,
    }
}
