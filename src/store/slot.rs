//! Slots: each a sealed copy of the keyring, opened one way.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO slot (owner, id, kind, parameters, key_generation, sealed, created) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OF_OWNER = "SELECT id, kind, parameters, key_generation, sealed, created FROM slot WHERE owner = $1 ORDER BY created, id";
    HOLD = "UPDATE slot SET kind = kind WHERE owner = $1 AND id = $2";
    DELETE = "DELETE FROM slot WHERE owner = $1 AND id = $2";
    DELETE_KIND = "DELETE FROM slot WHERE owner = $1 AND kind = $2 RETURNING id";
    DELETE_ALL = "DELETE FROM slot WHERE owner = $1";
}

#[derive(Clone, Debug)]
pub struct SlotRow {
    pub id: Uuid,
    pub kind: String,
    pub parameters: Vec<u8>,
    pub generation: u32,
    pub sealed: Vec<u8>,
    pub created: Timestamp,
}

pub async fn insert(tx: &mut Tx, permit: &Permit, owner: OwnerId, row: SlotRow) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    let query = tx.query(&INSERT).bind(owner).bind(row.id).bind(row.kind).bind(row.parameters);
    query.bind(row.generation).bind(row.sealed).bind(row.created).execute().await?;
    Ok(())
}

pub async fn of_owner(tx: &mut Tx, owner: OwnerId) -> Result<Vec<SlotRow>, Error> {
    let rows = tx.query(&OF_OWNER).bind(owner).all::<(Uuid, String, Vec<u8>, u32, Vec<u8>, Timestamp)>().await?;
    let row = |(id, kind, parameters, generation, sealed, created)| SlotRow { id, kind, parameters, generation, sealed, created };
    Ok(rows.into_iter().map(row).collect())
}

/// Locks a slot until commit; `false` where it is gone.
pub async fn hold(tx: &mut Tx, owner: OwnerId, id: Uuid) -> Result<bool, Error> {
    Ok(tx.query(&HOLD).bind(owner).bind(id).execute().await? == 1)
}

pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId, id: Uuid) -> Result<bool, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&DELETE).bind(owner).bind(id).execute().await? == 1)
}

/// Deletes all slots of a kind; their ids.
pub async fn delete_kind(tx: &mut Tx, permit: &Permit, owner: OwnerId, kind: &str) -> Result<Vec<Uuid>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&DELETE_KIND).bind(owner).bind(kind).all::<(Uuid,)>().await?.into_iter().map(|row| row.0).collect())
}

pub async fn delete_all(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_ALL).bind(owner).execute().await?;
    Ok(())
}
