//! Everything a person has, as one JSON file.

use serde::Serialize;

use super::held::Whole;
use super::profile::Profile;
use super::showing::Showing;
use super::{Error, Service, Session};
use crate::domain::consent::{State, Terms};
use crate::domain::event::{Event, Party};
use crate::domain::guide::Guide;
use crate::domain::profile::{Entry, File, Kind};
use crate::domain::{EntryId, Timestamp};
use crate::policy::{Action, Resource};

#[derive(Serialize)]
pub struct Export {
    format: &'static str,
    exported: String,
    entries: Vec<ExportedEntry>,
    /// What was said of oneself in the guided mapping, and how far one has come; where it was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    guide: Option<Guide>,
    /// Proofs as they were issued. The keys by which they are shown stay here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    proofs: Vec<ExportedProof>,
    consents: Vec<ExportedConsent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    showings: Vec<ExportedShowing>,
    /// Units that may ask no more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocked: Vec<Party>,
    events: Vec<ExportedEvent>,
    /// The log's newest checkpoint: whoever keeps this file can show that a later log has dropped nothing.
    checkpoint: Option<String>,
}

#[derive(Serialize)]
struct ExportedEntry {
    id: EntryId,
    /// Newest first.
    versions: Vec<Entry>,
}

#[derive(Serialize)]
struct ExportedProof {
    entry: EntryId,
    credential: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    badge: Option<String>,
}

#[derive(Serialize)]
struct ExportedShowing {
    created: Timestamp,
    until: Timestamp,
    opens: u64,
    opened: u64,
    ended: Option<Timestamp>,
}

#[derive(Serialize)]
struct ExportedConsent {
    code: String,
    unit: String,
    organisation: String,
    state: State,
    terms: Terms,
}

#[derive(Serialize)]
struct ExportedEvent {
    #[serde(flatten)]
    event: Event,
    leaf: Option<u64>,
}

type Beside = (Vec<ExportedProof>, Vec<ExportedShowing>, Vec<Party>);

const ALL: u64 = 1_000_000;

impl Service {
    pub async fn export(&self, session: &Session) -> Result<Export, Error> {
        let permit = self.ask(session.participant(), Action::Export, Resource::Profile { owner: session.owner })?;
        let profile = self.profile(session).await?;
        let mut entries = Vec::with_capacity(profile.entries.len());
        for held in &profile.entries {
            let versions = self.versions(session, held.id).await?.into_iter().map(|held| told(held.entry)).collect();
            entries.push(ExportedEntry { id: held.id, versions });
        }
        let guide = self.guide(session).await?;
        let consents = self.consents(session).await?.into_iter().map(|given| ExportedConsent {
            code: given.code,
            unit: given.unit.unit.name,
            organisation: given.unit.organisation.name,
            state: given.state,
            terms: given.terms,
        });
        let consents = consents.collect();
        let (proofs, showings, blocked) = self.beside(session, &profile).await?;
        let events = self.events(session, Timestamp(i64::MAX), ALL).await?;
        let events = events.into_iter().map(|line| ExportedEvent { event: line.event, leaf: line.leaf }).collect();
        let checkpoint = self.newest_checkpoint().await?.map(|(_, _, note)| note);
        let mut tx = self.db.write().await?;
        let mut event = self.plain_event(crate::domain::event::What::Exported);
        event.entries = u32::try_from(profile.entries.len()).unwrap_or(u32::MAX);
        self.record_own(&mut tx, &permit, session.keyring()?, event).await?;
        tx.commit().await?;
        let exported = self.now().rfc3339();
        let format = "egenkarta/export/1";
        Ok(Export { format, exported, entries, guide, proofs, consents, showings, blocked, events, checkpoint })
    }

    async fn beside(&self, session: &Session, profile: &Profile) -> Result<Beside, Error> {
        let mut proofs = Vec::new();
        for held in profile.of_kind(Kind::Credential) {
            match self.whole(session, held.id).await {
                Ok(Whole { credential, badge, .. }) => proofs.push(ExportedProof { entry: held.id, credential, badge }),
                // What has been spoilt keeps nobody from the rest.
                Err(Error::Unopened) => {}
                Err(error) => return Err(error),
            }
        }
        let showings = self.showings(session).await?.into_iter().map(|one| {
            let Showing { created, until, opens, opened, ended, .. } = one;
            ExportedShowing { created, until, opens, opened, ended }
        });
        let blocked = self.blocked(session).await?.into_iter();
        let blocked = blocked.map(|row| Party { unit: row.unit.name, organisation: row.organisation.name });
        Ok((proofs, showings.collect(), blocked.collect()))
    }
}

/// What a file opens by stays here: the file itself is fetched from its entry's page, and is the one with this digest.
fn told(entry: Entry) -> Entry {
    let file = entry.file.as_ref().map(File::told);
    Entry { file, ..entry }
}
