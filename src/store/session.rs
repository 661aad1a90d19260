//! Browser sessions, found by the hash of what the cookie holds.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};

statements! {
    INSERT = "INSERT INTO session (lookup, id, owner, kind, shared, created, seen, fresh, sealed, fields) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    FIND = "SELECT id, owner, kind, shared, created, seen, fresh, ended, sealed, fields FROM session WHERE lookup = $1";
    TOUCH = "UPDATE session SET seen = $2, fields = $4 WHERE lookup = $1 AND seen < $2 AND COALESCE(fresh, 0) = $3 AND ended IS NULL";
    FRESHEN = "UPDATE session SET fresh = $2, fields = $3 WHERE lookup = $1 AND ended IS NULL";
    KEEP = "UPDATE session SET fields = $2 WHERE lookup = $1 AND ended IS NULL";
    END = "UPDATE session SET ended = $2, sealed = NULL WHERE lookup = $1 AND ended IS NULL";
    END_ONE = "UPDATE session SET ended = $3, sealed = NULL WHERE owner = $1 AND id = $2 AND ended IS NULL";
    END_ALL = "UPDATE session SET ended = $2, sealed = NULL WHERE owner = $1 AND ended IS NULL";
    END_OTHERS = "UPDATE session SET ended = $3, sealed = NULL WHERE owner = $1 AND id <> $2 AND ended IS NULL";
    LIVE = "SELECT id, shared, created, seen FROM session WHERE owner = $1 AND ended IS NULL ORDER BY seen DESC";
    DELETE_OLD = "DELETE FROM session WHERE created < $1";
    DELETE_OWNER = "DELETE FROM session WHERE owner = $1";
}

#[derive(Clone, Debug)]
pub struct SessionRow {
    pub id: Uuid,
    pub owner: OwnerId,
    pub kind: String,
    pub shared: bool,
    pub created: Timestamp,
    pub seen: Timestamp,
    /// When the passphrase was last given.
    pub fresh: Option<Timestamp>,
    pub ended: Option<Timestamp>,
    /// The keyring, once opened.
    pub sealed: Option<Vec<u8>>,
    /// What decides: kind, device, times, unit. The columns above only find rows and end sessions.
    pub fields: Option<Vec<u8>>,
}

pub async fn insert(tx: &mut Tx, lookup: [u8; 32], row: SessionRow) -> Result<(), Error> {
    let query = tx.query(&INSERT).bind(lookup).bind(row.id).bind(row.owner).bind(row.kind).bind(row.shared);
    query.bind(row.created).bind(row.seen).bind(row.fresh).bind(row.sealed).bind(row.fields).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, lookup: [u8; 32]) -> Result<Option<SessionRow>, Error> {
    type Sealed = Option<Vec<u8>>;
    type Row = (Uuid, OwnerId, String, bool, Timestamp, Timestamp, Option<Timestamp>, Option<Timestamp>, Sealed, Sealed);
    let row: Option<Row> = tx.query(&FIND).bind(lookup).optional().await?;
    Ok(row.map(|(id, owner, kind, shared, created, seen, fresh, ended, sealed, fields)| SessionRow {
        id,
        owner,
        kind,
        shared,
        created,
        seen,
        fresh,
        ended,
        sealed,
        fields,
    }))
}

/// Nothing happens where the passphrase was given meanwhile: `fresh` is what `fields` says.
pub async fn touch(tx: &mut Tx, lookup: [u8; 32], now: Timestamp, fresh: Option<Timestamp>, fields: Vec<u8>) -> Result<(), Error> {
    let fresh = fresh.unwrap_or(Timestamp(0));
    tx.query(&TOUCH).bind(lookup).bind(now).bind(fresh).bind(fields).execute().await?;
    Ok(())
}

pub async fn freshen(tx: &mut Tx, lookup: [u8; 32], now: Timestamp, fields: Vec<u8>) -> Result<(), Error> {
    tx.query(&FRESHEN).bind(lookup).bind(now).bind(fields).execute().await?;
    Ok(())
}

/// What decides, sealed anew.
pub async fn keep(tx: &mut Tx, lookup: [u8; 32], fields: Vec<u8>) -> Result<(), Error> {
    tx.query(&KEEP).bind(lookup).bind(fields).execute().await?;
    Ok(())
}

/// `false` where it has ended already.
pub async fn end(tx: &mut Tx, lookup: [u8; 32], now: Timestamp) -> Result<bool, Error> {
    Ok(tx.query(&END).bind(lookup).bind(now).execute().await? == 1)
}

pub async fn end_one(tx: &mut Tx, owner: OwnerId, id: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.query(&END_ONE).bind(owner).bind(id).bind(now).execute().await?;
    Ok(())
}

pub async fn end_all(tx: &mut Tx, owner: OwnerId, now: Timestamp) -> Result<(), Error> {
    tx.query(&END_ALL).bind(owner).bind(now).execute().await?;
    Ok(())
}

pub async fn end_others(tx: &mut Tx, owner: OwnerId, kept: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.query(&END_OTHERS).bind(owner).bind(kept).bind(now).execute().await?;
    Ok(())
}

/// Id, shared device, begun, last seen.
pub type LiveSession = (Uuid, bool, Timestamp, Timestamp);

pub async fn live(tx: &mut Tx, owner: OwnerId) -> Result<Vec<LiveSession>, Error> {
    tx.query(&LIVE).bind(owner).all().await
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}

pub async fn delete_owner(tx: &mut Tx, owner: OwnerId) -> Result<(), Error> {
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}
