//! Files of documents: sealed chunks, found by owner, entry, version and number.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{EntryId, OwnerId, VersionId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO file_chunk (owner, entry, version, number, sealed) VALUES ($1, $2, $3, $4, $5)";
    ONE = "SELECT sealed FROM file_chunk WHERE owner = $1 AND entry = $2 AND version = $3 AND number = $4";
    USED = "SELECT CAST(COALESCE(sum(length(sealed)), 0) AS BIGINT) FROM file_chunk WHERE owner = $1";
    DELETE_ENTRY = "DELETE FROM file_chunk WHERE owner = $1 AND entry = $2";
    DELETE_ALL = "DELETE FROM file_chunk WHERE owner = $1";
}

/// Where a file's chunks lie.
#[derive(Clone, Copy, Debug)]
pub struct FileRow {
    pub owner: OwnerId,
    pub entry: EntryId,
    pub version: VersionId,
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: FileRow, number: u32, sealed: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, row.owner)?;
    let query = tx.query(&INSERT).bind(row.owner).bind(row.entry).bind(row.version);
    query.bind(u64::from(number)).bind(sealed).execute().await?;
    Ok(())
}

/// One chunk; [`Error::Missing`] where it is not there.
pub async fn one(look: &mut Look, permit: &Permit, row: FileRow, number: u32) -> Result<Vec<u8>, Error> {
    super::for_owner(permit, row.owner)?;
    let query = look.query(&ONE).bind(row.owner).bind(row.entry).bind(row.version).bind(u64::from(number));
    query.optional::<(Vec<u8>,)>().await?.map(|found| found.0).ok_or(Error::Missing)
}

/// How many bytes all files of an owner take.
pub async fn used(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<u64, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&USED).bind(owner).one::<(u64,)>().await?.0)
}

/// Destroys the file of an entry.
pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId, entry: EntryId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_ENTRY).bind(owner).bind(entry).execute().await?;
    Ok(())
}

pub async fn delete_all(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_ALL).bind(owner).execute().await?;
    Ok(())
}
