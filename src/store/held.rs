//! What a person holds of their proofs: the whole credential and the key that it is bound to, sealed, beside its entry.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{EntryId, OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO held (owner, entry, sealed, created) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT sealed FROM held WHERE owner = $1 AND entry = $2";
    OF_OWNER = "SELECT entry, sealed FROM held WHERE owner = $1 ORDER BY created, entry";
    REWRAP = "UPDATE held SET sealed = $3 WHERE owner = $1 AND entry = $2";
    DELETE = "DELETE FROM held WHERE owner = $1 AND entry = $2";
    DELETE_OWNER = "DELETE FROM held WHERE owner = $1";
}

pub async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    entry: EntryId,
    sealed: Vec<u8>,
    created: Timestamp,
) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&INSERT).bind(owner).bind(entry).bind(sealed).bind(created).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, permit: &Permit, owner: OwnerId, entry: EntryId) -> Result<Option<Vec<u8>>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&FIND).bind(owner).bind(entry).optional::<(Vec<u8>,)>().await?.map(|row| row.0))
}

pub async fn of_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<Vec<(EntryId, Vec<u8>)>, Error> {
    super::for_owner(permit, owner)?;
    tx.query(&OF_OWNER).bind(owner).all().await
}

pub async fn rewrap(tx: &mut Tx, permit: &Permit, owner: OwnerId, entry: EntryId, sealed: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&REWRAP).bind(owner).bind(entry).bind(sealed).execute().await?;
    Ok(())
}

/// With the entry, where there is one beside it.
pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId, entry: EntryId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE).bind(owner).bind(entry).execute().await?;
    Ok(())
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}
