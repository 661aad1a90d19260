//! Versions of entries: sealed records and their wrapped keys.

use uuid::Uuid;

use super::gather::{Gathered, unpacked};
use super::query::json_array;
use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{EntryId, OwnerId, Timestamp, VersionId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO entry_version (owner, version, entry, key, sealed, created) VALUES ($1, $2, $3, $4, $5, $6)";
    // Each asked for by 64 hex digits: its owner, its version. All in one value, as `gather::unpacked` reads it.
    SEALED = "SELECT CAST(group_concat(unhex(printf('%08x%08x', asked.key, length(entry) + length(sealed))) || entry || sealed, '') AS BLOB) FROM json_each($1) AS asked CROSS JOIN entry_version ON owner = unhex(substr(asked.value, 1, 32)) AND version = unhex(substr(asked.value, 33))"
        | "SELECT string_agg(int4send((asked.place - 1)::int) || int4send(16 + length(sealed)) || uuid_send(entry) || sealed, '') FROM json_array_elements_text($1::json) WITH ORDINALITY AS asked (value, place) JOIN entry_version ON owner = left(asked.value, 32)::uuid AND version = right(asked.value, 32)::uuid";
    KEYS = "SELECT version, entry, key FROM entry_version WHERE owner = $1";
    NAMED = "SELECT version, entry, entry_version.key, sealed, created FROM json_each($2) AS named CROSS JOIN entry_version ON owner = $1 AND version = unhex(named.value)"
        | "SELECT version, entry, key, sealed, created FROM json_array_elements_text($2::json) AS named (value) JOIN entry_version ON owner = $1 AND version = named.value::uuid";
    DELETE_OLDER = "DELETE FROM entry_version WHERE owner = $1 AND entry = $2 AND version <> $3 AND version NOT IN (SELECT version FROM entry_version WHERE owner = $1 AND entry = $2 AND version <> $3 ORDER BY created DESC, version LIMIT $4)";
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

/// Sealed records of one owner, looked up by their versions.
pub struct Versions {
    owner: OwnerId,
    versions: Vec<VersionId>,
}

impl Versions {
    pub fn of(permit: &Permit, owner: OwnerId, versions: impl Iterator<Item = VersionId>) -> Result<Self, Error> {
        super::for_owner(permit, owner)?;
        Ok(Self { owner, versions: versions.collect() })
    }

    /// Each by owner and version, 64 hex digits.
    fn listed(&self) -> impl Iterator<Item = String> {
        self.versions.iter().map(|version| format!("\"{}{}\"", self.owner.0.simple(), version.0.simple()))
    }
}

impl Gathered for Versions {
    /// Those that are there.
    type Found = Vec<(VersionId, EntryId, Vec<u8>)>;

    async fn find(look: &mut Look, asked: &[Self]) -> Result<Vec<Self::Found>, Error> {
        let each: Vec<(usize, VersionId)> =
            asked.iter().enumerate().flat_map(|(n, one)| one.versions.iter().map(move |version| (n, *version))).collect();
        let listed = json_array(asked.iter().flat_map(Self::listed));
        let (packed,) = look.query(&SEALED).bind(listed).one::<(Option<Vec<u8>>,)>().await?;
        let mut found: Vec<Self::Found> = asked.iter().map(|one| Vec::with_capacity(one.versions.len())).collect();
        for (place, row) in unpacked(packed.as_deref().unwrap_or_default())? {
            let (n, version) = *each.get(place).ok_or(Error::Corrupt)?;
            let (entry, sealed) = row.split_first_chunk().ok_or(Error::Corrupt)?;
            found[n].push((version, EntryId(Uuid::from_bytes(*entry)), sealed.to_vec()));
        }
        Ok(found)
    }
}

/// What the manifest names, of one owner. What is not there is left out.
pub async fn named(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    versions: impl Iterator<Item = VersionId>,
) -> Result<Vec<VersionRow>, Error> {
    super::for_owner(permit, owner)?;
    let listed = json_array(versions.map(|version| format!("\"{}\"", version.0.simple())));
    Ok(tx.query(&NAMED).bind(owner).bind(listed).all::<Full>().await?.into_iter().map(full).collect())
}

/// Of every version its entry and its wrapped key.
pub async fn keys(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<Vec<(VersionId, EntryId, Vec<u8>)>, Error> {
    super::for_owner(permit, owner)?;
    tx.query(&KEYS).bind(owner).all().await
}

/// Every version ever kept.
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

/// Destroys the versions of an entry, and their keys, that are older than its newest `kept`; never the `current` one.
pub async fn delete_older(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    (entry, current): (EntryId, VersionId),
    kept: u64,
) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OLDER).bind(owner).bind(entry).bind(current).bind(kept.saturating_sub(1)).execute().await?;
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
