//! Versions of entries: sealed records and their wrapped keys.

use super::query::json_array;
use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{EntryId, OwnerId, Timestamp, VersionId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO entry_version (owner, version, entry, key, sealed, created) VALUES ($1, $2, $3, $4, $5, $6)";
    SEALED = "SELECT version, entry, sealed FROM entry_version WHERE owner = $1 AND version IN (SELECT unhex(value) FROM json_each($2))"
        | "SELECT version, entry, sealed FROM entry_version WHERE owner = $1 AND version IN (SELECT value::uuid FROM json_array_elements_text($2::json))";
    FULL_OF_OWNER = "SELECT version, entry, key, sealed, created FROM entry_version WHERE owner = $1 ORDER BY created, version";
    OF_ENTRY = "SELECT version, entry, key, sealed, created FROM entry_version WHERE owner = $1 AND entry = $2 ORDER BY created DESC, version";
    ONE = "SELECT version, entry, key, sealed, created FROM entry_version WHERE owner = $1 AND version = $2";
    REWRAP = "UPDATE entry_version SET key = $3 WHERE owner = $1 AND version = $2";
    DELETE_ENTRY = "DELETE FROM entry_version WHERE owner = $1 AND entry = $2";
    DELETE_ALL = "DELETE FROM entry_version WHERE owner = $1";
    MARK_GONE = "INSERT INTO ended_entry (owner, entry, mac) VALUES ($1, $2, $3) ON CONFLICT (owner, entry) DO NOTHING";
    GONE = "SELECT entry, mac FROM ended_entry WHERE owner = $1";
    DELETE_GONE = "DELETE FROM ended_entry WHERE owner = $1";
}

#[derive(Clone, Debug)]
pub struct VersionRow {
    pub version: VersionId,
    pub entry: EntryId,
    /// The version's key under its owner's wrap key.
    pub key: Vec<u8>,
    pub sealed: Vec<u8>,
    pub created: Timestamp,
}

type Full = (VersionId, EntryId, Vec<u8>, Vec<u8>, Timestamp);

fn full((version, entry, key, sealed, created): Full) -> VersionRow {
    VersionRow { version, entry, key, sealed, created }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, owner: OwnerId, row: VersionRow) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    let query = tx.query(&INSERT).bind(owner).bind(row.version).bind(row.entry).bind(row.key);
    query.bind(row.sealed).bind(row.created).execute().await?;
    Ok(())
}

/// Version, entry and sealed record of those versions that a bundle opens.
pub async fn sealed(
    look: &mut Look,
    permit: &Permit,
    owner: OwnerId,
    versions: impl Iterator<Item = VersionId>,
) -> Result<Vec<(VersionId, EntryId, Vec<u8>)>, Error> {
    super::for_owner(permit, owner)?;
    look.query(&SEALED).bind(owner).bind(listed(versions)).all().await
}

/// Ids as one value, 32 hex digits each.
pub fn listed(versions: impl Iterator<Item = VersionId>) -> String {
    json_array(versions.map(|version| format!("\"{}\"", version.0.simple())))
}

pub async fn all_of_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<Vec<VersionRow>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&FULL_OF_OWNER).bind(owner).all::<Full>().await?.into_iter().map(full).collect())
}

/// All versions of one entry, newest first.
pub async fn of_entry(tx: &mut Tx, permit: &Permit, owner: OwnerId, entry: EntryId) -> Result<Vec<VersionRow>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&OF_ENTRY).bind(owner).bind(entry).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn one(tx: &mut Tx, permit: &Permit, owner: OwnerId, version: VersionId) -> Result<Option<VersionRow>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&ONE).bind(owner).bind(version).optional::<Full>().await?.map(full))
}

pub async fn rewrap(tx: &mut Tx, permit: &Permit, owner: OwnerId, version: VersionId, key: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&REWRAP).bind(owner).bind(version).bind(key).execute().await?;
    Ok(())
}

/// Destroys all versions of an entry and their keys.
pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId, entry: EntryId) -> Result<u64, Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_ENTRY).bind(owner).bind(entry).execute().await
}

/// Says that a restore has destroyed an entry which the owner's sealed manifest still names. `mac`: that it was this server.
pub async fn mark_gone(tx: &mut Tx, permit: &Permit, owner: OwnerId, entry: EntryId, mac: [u8; 32]) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&MARK_GONE).bind(owner).bind(entry).bind(mac).execute().await?;
    Ok(())
}

/// What restores have destroyed. Seldom anything.
pub async fn gone(tx: &mut Tx, owner: OwnerId) -> Result<Vec<(EntryId, [u8; 32])>, Error> {
    tx.query(&GONE).bind(owner).all().await
}

pub async fn delete_all(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_ALL).bind(owner).execute().await?;
    tx.query(&DELETE_GONE).bind(owner).execute().await?;
    Ok(())
}
