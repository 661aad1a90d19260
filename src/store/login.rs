//! Logins under way: state, nonce and verifier, sealed under the login cookie's secret. Used once.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::Timestamp;

statements! {
    INSERT = "INSERT INTO login (lookup, sealed, created) VALUES ($1, $2, $3)";
    FIND = "SELECT sealed, created FROM login WHERE lookup = $1";
    TAKE = "DELETE FROM login WHERE lookup = $1 RETURNING sealed, created";
    DELETE_OLD = "DELETE FROM login WHERE created < $1";
}

pub async fn insert(tx: &mut Tx, lookup: [u8; 32], sealed: Vec<u8>, now: Timestamp) -> Result<(), Error> {
    tx.query(&INSERT).bind(lookup).bind(sealed).bind(now).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, lookup: [u8; 32]) -> Result<Option<(Vec<u8>, Timestamp)>, Error> {
    tx.query(&FIND).bind(lookup).optional().await
}

/// Takes it out, so that it serves once.
pub async fn take(tx: &mut Tx, lookup: [u8; 32]) -> Result<Option<(Vec<u8>, Timestamp)>, Error> {
    tx.query(&TAKE).bind(lookup).optional().await
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
