//! Signed copies: made and sent within the reading request, under the gate, and never stored.
//!
//! Format `egenkarta/copy/1`: a JWS in compact form of type `egenkarta-copy+jws`, over canonical JSON (RFC 8785: members sorted, no white
//! space, whole numbers only), signed by the document key that `/.well-known/jwks.json` shows.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::disclosure::{Denied, Disclosed, DisclosedEntry};
use super::verify::Outside;
use super::{Error, Service, Session};
use crate::domain::consent::{Right, TextRead};
use crate::domain::credential::Found;
use crate::domain::event::What;
use crate::domain::profile::{Evidence, Kind, Source, Value};
use crate::domain::{ConsentId, UnitId, VersionId};

/// What was delivered.
#[derive(Clone, Debug)]
pub struct SignedCopy {
    /// The spoken code of its consent.
    pub code: String,
    pub jws: String,
}

pub const FORMAT: &str = "egenkarta/copy/1";
pub const TYPE: &str = "egenkarta-copy+jws";

/// The signed content. It names no owner and no entry of theirs: entries bear the names that the consent gives them.
#[derive(Serialize)]
struct Content<'a> {
    format: &'static str,
    /// The name of the log that holds the delivery's event.
    log: &'a str,
    consent: ConsentId,
    code: &'a str,
    /// The number of the delivery among the consent's events.
    event: u64,
    delivered_at: String,
    terms: Terms<'a>,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Terms<'a> {
    unit: UnitId,
    unit_name: &'a str,
    organisation: &'a str,
    organisation_number: String,
    purpose: &'a str,
    mode: &'static str,
    from: String,
    until: String,
    kinds: Vec<&'static str>,
    rights: &'a BTreeSet<Right>,
    name: Option<&'a str>,
    lang: &'a str,
    text_version: u32,
    /// The original that stood beside the consent's text, where it was a translation that awaited a native reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<&'a TextRead>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: String,
    version: VersionId,
    kind: &'static str,
    section: &'static str,
    lang: &'a str,
    /// Of a proof: what it gave at the delivery.
    evidence: Evidence,
    /// Of a proof: how it stood then. It may have been withdrawn since.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    source: Source,
    updated: String,
    confirmed: String,
    fields: &'a BTreeMap<String, Value>,
    /// Of a document: by what the file that is fetched beside can be held against this copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<CopiedFile<'a>>,
}

#[derive(Serialize)]
struct CopiedFile<'a> {
    media_type: &'static str,
    bytes: u64,
    sha256: &'a str,
}

impl Service {
    /// A copy for a program with a consent token, proven as at a read. Refused alike for every reason.
    pub async fn copy_by_token(
        &self,
        presented: &str,
        proof: Option<&[u8; 32]>,
        outside: Outside<'_>,
    ) -> Result<SignedCopy, Denied> {
        let disclosed = self.disclose_by_token(presented, proof, What::CopyDelivered).await?;
        Ok(self.signed_copy(&disclosed, outside).await?)
    }

    /// A copy for a member of staff whose unit it was given to, for a case that has been stated.
    pub async fn copy_by_staff(&self, session: &Session, id: ConsentId, outside: Outside<'_>) -> Result<SignedCopy, Error> {
        let (_, disclosed) = self.disclose_to_staff(session, id, What::CopyDelivered).await?;
        self.signed_copy(&disclosed, outside).await
    }

    async fn signed_copy(&self, disclosed: &Disclosed, outside: Outside<'_>) -> Result<SignedCopy, Error> {
        let found = self.proof_states(disclosed.entries.iter().map(|held| &held.entry).collect(), outside).await;
        let content = content(self.signer.key().name(), disclosed, &found);
        let mut content = serde_json::to_value(content).map_err(|_| Error::Unopened)?;
        content.sort_all_objects();
        let jws = self.keys.signed_document(TYPE, content.to_string().as_bytes());
        Ok(SignedCopy { code: disclosed.code.clone(), jws })
    }
}

/// `found`: of each entry in its order, what a look at it found at this delivery, where it is a proof.
fn content<'a>(log: &'a str, disclosed: &'a Disclosed, found: &[Option<Found>]) -> Content<'a> {
    let (terms, unit) = (&disclosed.terms, &disclosed.unit);
    Content {
        format: FORMAT,
        log,
        consent: terms.consent,
        code: &disclosed.code,
        event: disclosed.sequence,
        delivered_at: disclosed.at.rfc3339(),
        terms: Terms {
            unit: terms.unit,
            unit_name: &unit.unit.name,
            organisation: &unit.organisation.name,
            organisation_number: unit.organisation.number.to_string(),
            purpose: &terms.purpose,
            mode: terms.mode.word(),
            from: terms.from.rfc3339(),
            until: terms.until.rfc3339(),
            kinds: terms.scope.kinds.iter().copied().map(Kind::name).collect(),
            rights: &terms.scope.rights,
            name: terms.name.as_deref(),
            lang: &terms.lang,
            text_version: terms.text_version,
            original: terms.original.as_ref(),
        },
        entries: disclosed.entries.iter().zip(found).map(|(held, found)| entry(held, found.as_ref())).collect(),
    }
}

fn entry<'a>(held: &'a DisclosedEntry, found: Option<&Found>) -> Entry<'a> {
    let entry = &held.entry;
    Entry {
        id: hex::encode(held.alias),
        version: held.version,
        kind: entry.kind.name(),
        section: entry.kind.section().code(),
        lang: &entry.lang,
        evidence: found.map_or(entry.evidence, Found::evidence),
        status: found.map(|found| found.verdict.word()),
        source: entry.source,
        updated: entry.updated.rfc3339(),
        confirmed: entry.confirmed.rfc3339(),
        fields: &entry.fields,
        file: entry.file.as_ref().map(|file| CopiedFile { media_type: file.media.mime(), bytes: file.bytes, sha256: &file.sha256 }),
    }
}
