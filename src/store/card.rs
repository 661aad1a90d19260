//! Printed cards: each opens a session that can answer one request.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO card (lookup, owner, id, key_generation, sealed, created) VALUES ($1, $2, $3, $4, $5, $6)";
    FIND = "SELECT lookup, owner, id, key_generation, sealed, created FROM card WHERE lookup = $1";
    OF_OWNER = "SELECT lookup, owner, id, key_generation, sealed, created FROM card WHERE owner = $1 ORDER BY created DESC";
    HOLD = "UPDATE card SET created = created WHERE owner = $1 AND id = $2";
    DELETE = "DELETE FROM card WHERE owner = $1 AND id = $2";
    DELETE_OWNER = "DELETE FROM card WHERE owner = $1 RETURNING id";
}

/// At most so many at a time.
pub const MOST: usize = 3;

#[derive(Clone, Debug)]
pub struct CardRow {
    pub lookup: [u8; 32],
    pub owner: OwnerId,
    pub id: Uuid,
    pub key_generation: u32,
    /// The keyring, under the card's secret.
    pub sealed: Vec<u8>,
    pub created: Timestamp,
}

type Full = ([u8; 32], OwnerId, Uuid, u32, Vec<u8>, Timestamp);

fn full((lookup, owner, id, key_generation, sealed, created): Full) -> CardRow {
    CardRow { lookup, owner, id, key_generation, sealed, created }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: CardRow) -> Result<(), Error> {
    super::for_owner(permit, row.owner)?;
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.owner).bind(row.id).bind(row.key_generation);
    query.bind(row.sealed).bind(row.created).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, lookup: [u8; 32]) -> Result<Option<CardRow>, Error> {
    Ok(tx.query(&FIND).bind(lookup).optional::<Full>().await?.map(full))
}

pub async fn of_owner(tx: &mut Tx, owner: OwnerId) -> Result<Vec<CardRow>, Error> {
    Ok(tx.query(&OF_OWNER).bind(owner).all::<Full>().await?.into_iter().map(full).collect())
}

/// Keeps it from being ended until commit; `false` where there is none any more.
pub async fn hold(tx: &mut Tx, owner: OwnerId, id: Uuid) -> Result<bool, Error> {
    Ok(tx.query(&HOLD).bind(owner).bind(id).execute().await? == 1)
}

/// `false` where there was none.
pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId, id: Uuid) -> Result<bool, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&DELETE).bind(owner).bind(id).execute().await? == 1)
}

/// All of an owner's; their ids.
pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<Vec<Uuid>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&DELETE_OWNER).bind(owner).all::<(Uuid,)>().await?.into_iter().map(|row| row.0).collect())
}
