//! A profile opened by its owner: the manifest, and the entries it names.

use std::collections::BTreeMap;

use super::{Error, Service, Session};
use crate::crypto::entry::{EntryKey, wrap_ad};
use crate::crypto::manifest::{EntryLine, Manifest};
use crate::crypto::{Ad, Keyring, Label, Padding};
use crate::domain::profile::{Entry, Kind, Section};
use crate::domain::{EntryId, OwnerId, VersionId};
use crate::policy::{Action, Permit, Resource};
use crate::store::entry::{self, VersionRow};
use crate::store::{Tx, manifest};

/// A profile, opened. Entries in the order in which they were made.
pub struct Profile {
    pub manifest: Manifest,
    pub entries: Vec<Held>,
}

/// An entry as its owner holds it.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: EntryId,
    pub version: VersionId,
    pub entry: Entry,
}

impl Profile {
    pub fn entry(&self, id: EntryId) -> Option<&Held> {
        self.entries.iter().find(|held| held.id == id)
    }

    pub fn of_section(&self, section: Section) -> impl Iterator<Item = &Held> {
        self.entries.iter().filter(move |held| held.entry.kind.section() == section)
    }

    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Held> {
        self.entries.iter().filter(move |held| held.entry.kind == kind)
    }

    /// The name to be called by, where one is given.
    pub fn name(&self) -> Option<String> {
        use crate::domain::profile::Value;
        self.of_kind(Kind::PreferredName).find_map(|held| match held.entry.fields.get("name") {
            Some(Value::Text(name)) => Some(name.clone()),
            _ => None,
        })
    }
}

impl Service {
    /// Opens the whole profile. A missing, altered or old row is a fault, never passed over.
    pub async fn profile(&self, session: &Session) -> Result<Profile, Error> {
        let keyring = session.keyring()?;
        let permit = self.ask(session.participant(), Action::ReadProfile, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let manifest = self.manifest(&mut tx, keyring).await?;
        let named = manifest.entries.iter().map(|line| line.version);
        let rows = entry::named(&mut tx, &permit, session.owner, named).await?;
        tx.commit().await?;
        let rows: BTreeMap<VersionId, VersionRow> = rows.into_iter().map(|row| (row.version, row)).collect();
        let open = |line: &EntryLine| {
            let row = rows.get(&line.version).ok_or(Error::Unopened)?;
            open_version(keyring, row, Some(line)).map(|entry| Held { id: line.entry, version: line.version, entry })
        };
        let entries = manifest.entries.iter().map(open).collect::<Result<_, _>>()?;
        Ok(Profile { manifest, entries })
    }

    /// The manifest, less what a restore has destroyed again.
    pub(super) async fn manifest(&self, tx: &mut Tx, keyring: &Keyring) -> Result<Manifest, Error> {
        let mut manifest = load_manifest(tx, keyring).await?;
        for (id, mac) in entry::gone(tx, keyring.owner).await? {
            // Only this server destroys; a row that someone else put here hides nothing.
            if self.keys.mailbox_mac_fits(GONE, &gone_ad(keyring.owner, id), &mac) {
                manifest.entries.retain(|line| line.entry != id);
            }
        }
        Ok(manifest)
    }

    /// All versions of an entry, newest first, with the time of each in the entry itself.
    pub async fn versions(&self, session: &Session, id: EntryId) -> Result<Vec<Held>, Error> {
        let keyring = session.keyring()?;
        let permit = self.ask(session.participant(), Action::ReadProfile, Resource::Profile { owner: session.owner })?;
        let mut tx = self.db.read().await?;
        let rows = versions_of(&mut tx, &permit, session.owner, id).await?;
        tx.commit().await?;
        let open =
            |row: &VersionRow| open_version(keyring, row, None).map(|entry| Held { id: row.entry, version: row.version, entry });
        rows.iter().map(open).collect()
    }
}

async fn versions_of(tx: &mut Tx, permit: &Permit, owner: OwnerId, id: EntryId) -> Result<Vec<VersionRow>, Error> {
    let rows = entry::of_entry(tx, permit, owner, id).await?;
    if rows.is_empty() { Err(Error::NotFound) } else { Ok(rows) }
}

/// What the mark of a destroyed entry is made over.
pub(super) const GONE: &[u8] = b"gone";

pub(super) fn gone_ad(owner: OwnerId, id: EntryId) -> Ad {
    Ad::new(Label::MailboxMac).bytes_field(b"ended_entry").id(owner.0).id(id.0)
}

pub(super) async fn load_manifest(tx: &mut Tx, keyring: &Keyring) -> Result<Manifest, Error> {
    let (generation, sealed) = manifest::find(tx, keyring.owner).await?.ok_or(Error::NotFound)?;
    Ok(Manifest::open(keyring, generation, &sealed)?)
}

pub(super) fn entry_key(keyring: &Keyring, entry: EntryId, version: VersionId, wrapped: &[u8]) -> Result<EntryKey, Error> {
    let bytes = keyring.unwrap(&wrap_ad(keyring.owner, entry, version), Padding::Fixed, wrapped)?;
    EntryKey::from_slice(&bytes).ok_or(Error::Unopened)
}

/// Opens a version; `line` is what the manifest says of the current one, absent for older ones.
fn open_version(keyring: &Keyring, row: &VersionRow, line: Option<&EntryLine>) -> Result<Entry, Error> {
    let key = entry_key(keyring, row.entry, row.version, &row.key)?;
    let hash = match line {
        Some(line) if line.entry == row.entry => line.hash,
        Some(_) => return Err(Error::Unopened),
        None => crate::crypto::entry::hash(&row.sealed),
    };
    let body = key.open(keyring.owner, row.entry, row.version, &hash, &row.sealed)?;
    serde_json::from_slice(&body).map_err(|_| Error::Unopened)
}
