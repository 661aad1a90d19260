//! Showings: proofs shown to whoever has a code. What is shown lies sealed under the code; it goes when the showing ends.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO showing (lookup, owner, id, opens, created, until, sealed, secret, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND = "SELECT lookup, owner, id, opens, opened, created, until, ended, sealed, secret, mac FROM showing WHERE lookup = $1";
    OF_OWNER = "SELECT lookup, owner, id, opens, opened, created, until, ended, sealed, secret, mac FROM showing WHERE owner = $1 ORDER BY created DESC, id";
    ONE = "SELECT lookup, owner, id, opens, opened, created, until, ended, sealed, secret, mac FROM showing WHERE owner = $1 AND id = $2";
    COUNT_LIVE = "SELECT CAST(count(*) AS BIGINT) FROM showing WHERE owner = $1 AND ended IS NULL AND until > $2";
    OPEN = "UPDATE showing SET opened = opened + 1 WHERE owner = $1 AND id = $2 AND ended IS NULL AND until > $3 AND opened < opens RETURNING opened";
    END = "UPDATE showing SET ended = $3, sealed = NULL WHERE owner = $1 AND id = $2 AND ended IS NULL";
    REWRAP = "UPDATE showing SET secret = $3 WHERE owner = $1 AND id = $2";
    END_OLD = "UPDATE showing SET ended = until, sealed = NULL WHERE ended IS NULL AND until <= $1";
    DELETE_OLD = "DELETE FROM showing WHERE until <= $1";
    DELETE_OWNER = "DELETE FROM showing WHERE owner = $1";
    LIVE_ONE = "SELECT owner FROM showing WHERE id = $1 AND ended IS NULL";
    LIVE = "SELECT owner, id FROM showing WHERE ended IS NULL ORDER BY owner, id LIMIT 500";
}

/// At most so many live ones of one person.
pub const MOST_LIVE: usize = 50;

#[derive(Clone, Debug)]
pub struct ShowingRow {
    /// The code's look-up hash.
    pub lookup: [u8; 32],
    pub owner: OwnerId,
    pub id: Uuid,
    /// How many times it opens, and has been opened.
    pub opens: u64,
    pub opened: u64,
    pub created: Timestamp,
    pub until: Timestamp,
    pub ended: Option<Timestamp>,
    /// What is shown, under the code; none once it has ended.
    pub sealed: Option<Vec<u8>>,
    /// The code and what its owner chose, under the owner's wrap key.
    pub secret: Vec<u8>,
    /// That this server wrote what never changes in the row.
    pub mac: Vec<u8>,
}

type Full = ([u8; 32], OwnerId, Uuid, u64, u64, Timestamp, Timestamp, Option<Timestamp>, Option<Vec<u8>>, Vec<u8>, Vec<u8>);

fn full((lookup, owner, id, opens, opened, created, until, ended, sealed, secret, mac): Full) -> ShowingRow {
    ShowingRow { lookup, owner, id, opens, opened, created, until, ended, sealed, secret, mac }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: ShowingRow) -> Result<(), Error> {
    super::for_owner(permit, row.owner)?;
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.owner).bind(row.id).bind(row.opens).bind(row.created).bind(row.until);
    query.bind(row.sealed).bind(row.secret).bind(row.mac).execute().await?;
    Ok(())
}

pub async fn find(look: &mut Look, lookup: [u8; 32]) -> Result<Option<ShowingRow>, Error> {
    Ok(look.query(&FIND).bind(lookup).optional::<Full>().await?.map(full))
}

pub async fn of_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<Vec<ShowingRow>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&OF_OWNER).bind(owner).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn one(tx: &mut Tx, permit: &Permit, owner: OwnerId, id: Uuid) -> Result<Option<ShowingRow>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&ONE).bind(owner).bind(id).optional::<Full>().await?.map(full))
}

pub async fn count_live(tx: &mut Tx, owner: OwnerId, now: Timestamp) -> Result<usize, Error> {
    let count = tx.query(&COUNT_LIVE).bind(owner).bind(now).optional::<(u64,)>().await?.map_or(0, |row| row.0);
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Takes one opening; its number. `None` where it has ended, is too late, or is used up.
pub async fn open(tx: &mut Tx, permit: &Permit, owner: OwnerId, id: Uuid, now: Timestamp) -> Result<Option<u64>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&OPEN).bind(owner).bind(id).bind(now).optional::<(u64,)>().await?.map(|row| row.0))
}

/// Ends it and destroys what it showed; `false` where it had ended.
pub async fn end(tx: &mut Tx, permit: &Permit, owner: OwnerId, id: Uuid, now: Timestamp) -> Result<bool, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&END).bind(owner).bind(id).bind(now).execute().await? == 1)
}

pub async fn rewrap(tx: &mut Tx, permit: &Permit, owner: OwnerId, id: Uuid, secret: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&REWRAP).bind(owner).bind(id).bind(secret).execute().await?;
    Ok(())
}

/// Destroys what showings showed whose time is over, and the rows of those that ended before `before`.
pub async fn delete_old(tx: &mut Tx, now: Timestamp, before: Timestamp) -> Result<(), Error> {
    tx.query(&END_OLD).bind(now).execute().await?;
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}

/// Whose it is, while it lives.
pub async fn owner_of(tx: &mut Tx, id: Uuid) -> Result<Option<OwnerId>, Error> {
    Ok(tx.query(&LIVE_ONE).bind(id).optional::<(OwnerId,)>().await?.map(|row| row.0))
}

/// Up to 500 live ones of anyone.
pub async fn live(tx: &mut Tx) -> Result<Vec<(OwnerId, Uuid)>, Error> {
    tx.query(&LIVE).all().await
}
