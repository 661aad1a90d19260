//! Reports of barriers, sealed to the operator.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::Timestamp;

statements! {
    INSERT = "INSERT INTO report (id, sealed, created) VALUES ($1, $2, $3)";
    COUNT = "SELECT CAST(count(*) AS BIGINT) FROM report";
    DELETE_OLD = "DELETE FROM report WHERE created < $1";
    ALL = "SELECT id, sealed, created FROM report ORDER BY created, id";
}

pub async fn insert(tx: &mut Tx, id: Uuid, sealed: Vec<u8>, now: Timestamp) -> Result<(), Error> {
    tx.query(&INSERT).bind(id).bind(sealed).bind(now).execute().await?;
    Ok(())
}

pub async fn count(tx: &mut Tx) -> Result<u64, Error> {
    Ok(tx.query(&COUNT).one::<(u64,)>().await?.0)
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}

/// Oldest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<(Uuid, Vec<u8>, Timestamp)>, Error> {
    tx.query(&ALL).all().await
}
