//! The JSON of entries, units and purposes, with their Swedish labels beside.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::labels::Labels;
use crate::domain::credential::Found;
use crate::domain::profile::{Entry, File, Value};
use crate::http::Site;
use crate::store::organisation::UnitRow;

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
pub struct Content<'a> {
    #[schema(example = "skill")]
    pub kind: &'static str,
    #[schema(example = "p06")]
    pub section: &'static str,
    /// The language it was written in (BCP 47).
    pub lang: &'a str,
    /// `e1` (the person's own word) to `e5` (certified).
    #[schema(value_type = String)]
    pub evidence: crate::domain::profile::Evidence,
    /// Of a proof, as found at this read: `valid`, `expired`, `not_yet`, `withdrawn`, `suspended`, `unknown_issuer`, `cannot_be_checked` or
    /// `not_valid`. Its level counts only while it is `valid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "valid")]
    pub status: Option<&'static str>,
    /// `own`, `organisation` or `import`.
    #[schema(value_type = String)]
    pub source: crate::domain::profile::Source,
    pub updated: String,
    /// When its owner last said that it still holds.
    pub confirmed: String,
    /// By name: one of `{"text"}`, `{"number"}`, `{"choice"}`, `{"choices"}`, `{"date"}`, `{"flag"}`, or `{"concept"}` with `uri`,
    /// `entered` (as written, in `lang`), `sv` and `en`.
    #[schema(value_type = Object)]
    pub fields: &'a BTreeMap<String, Value>,
    pub labels: Labels<'a>,
    /// Of a document: its file, which is fetched by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileAbout<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FileAbout<'a> {
    #[schema(example = "application/pdf")]
    pub media_type: &'static str,
    /// Its length.
    pub bytes: u64,
    /// Of the whole file, in hexadecimal.
    pub sha256: &'a str,
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

impl<'a> Content<'a> {
    /// `found`: what a look at it found at this read, where it is a proof.
    pub fn new(entry: &'a Entry, found: Option<&Found>) -> Self {
        let (kind, section) = (entry.kind.name(), entry.kind.section().code());
        Self {
            kind,
            section,
            lang: &entry.lang,
            evidence: found.map_or(entry.evidence, Found::evidence),
            status: found.map(|found| found.verdict.word()),
            source: entry.source,
            updated: entry.updated.rfc3339(),
            confirmed: entry.confirmed.rfc3339(),
            fields: &entry.fields,
            labels: Labels::new(entry),
            file: entry.file.as_ref().map(FileAbout::new),
        }
    }
}

impl<'a> FileAbout<'a> {
    pub fn new(file: &'a File) -> Self {
        Self { media_type: file.media.mime(), bytes: file.bytes, sha256: &file.sha256 }
    }
}
