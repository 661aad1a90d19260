//! What was typed when a session had ended: sealed to its owner, given back after the next opening.

use uuid::Uuid;

use super::guide::ID as GUIDE;
use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};

statements! {
    INSERT = "INSERT INTO draft (owner, id, sealed, created) VALUES ($1, $2, $3, $4)";
    COUNT = "SELECT CAST(count(*) AS BIGINT) FROM draft WHERE owner = $1 AND id <> $2";
    OF_OWNER = "SELECT id, sealed, created FROM draft WHERE owner = $1 AND id <> $2 ORDER BY created, id";
    DELETE = "DELETE FROM draft WHERE owner = $1 AND id = $2";
    DELETE_ALL = "DELETE FROM draft WHERE owner = $1 AND id <> $2";
    DELETE_OLD = "DELETE FROM draft WHERE created < $1 AND id <> $2";
}

/// At most so many wait at once for one owner: whoever holds an old cookie must not fill the disk.
const MOST: u64 = 5;

pub async fn insert(tx: &mut Tx, owner: OwnerId, id: Uuid, sealed: Vec<u8>, now: Timestamp) -> Result<bool, Error> {
    let (held,) = tx.query(&COUNT).bind(owner).bind(GUIDE).one::<(u64,)>().await?;
    if held >= MOST {
        return Ok(false);
    }
    tx.query(&INSERT).bind(owner).bind(id).bind(sealed).bind(now).execute().await?;
    Ok(true)
}

/// Id, sealed, when; oldest first.
pub async fn of_owner(tx: &mut Tx, owner: OwnerId) -> Result<Vec<(Uuid, Vec<u8>, Timestamp)>, Error> {
    tx.query(&OF_OWNER).bind(owner).bind(GUIDE).all().await
}

/// `false` where another request has taken it meanwhile.
pub async fn delete(tx: &mut Tx, owner: OwnerId, id: Uuid) -> Result<bool, Error> {
    Ok(tx.query(&DELETE).bind(owner).bind(id).execute().await? == 1)
}

pub async fn delete_all(tx: &mut Tx, owner: OwnerId) -> Result<(), Error> {
    tx.query(&DELETE_ALL).bind(owner).bind(GUIDE).execute().await?;
    Ok(())
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).bind(GUIDE).execute().await?;
    Ok(())
}
