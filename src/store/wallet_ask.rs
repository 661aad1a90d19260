//! What is asked of other wallets, and what they answered: both sealed. An answer in clear lies beside its question, once. One that was sealed
//! to whoever asked is a row of its own, whose look-up is made from the question's address: nobody else can tell which belong together.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::Timestamp;
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO wallet_ask (lookup, sealed, created, until) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT lookup, sealed, answer, created, until FROM wallet_ask WHERE lookup = $1";
    ANSWER = "UPDATE wallet_ask SET answer = $3 WHERE lookup = $1 AND answer IS NULL AND until > $2";
    DELETE_OLD = "DELETE FROM wallet_ask WHERE until < $1";
}

#[derive(Clone, Debug)]
pub struct AskRow {
    /// Hash of the secret in the address to which the answer goes.
    pub lookup: [u8; 32],
    /// What is asked, and the key to which the answer is sealed; or an answer that came sealed.
    pub sealed: Vec<u8>,
    /// What was presented in clear.
    pub answer: Option<Vec<u8>>,
    pub created: Timestamp,
    pub until: Timestamp,
}

type Full = ([u8; 32], Vec<u8>, Option<Vec<u8>>, Timestamp, Timestamp);

fn full((lookup, sealed, answer, created, until): Full) -> AskRow {
    AskRow { lookup, sealed, answer, created, until }
}

pub async fn insert(tx: &mut Tx, _permit: &Permit, row: AskRow) -> Result<(), Error> {
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.sealed).bind(row.created).bind(row.until);
    query.execute().await?;
    Ok(())
}

pub async fn find(look: &mut Look, lookup: [u8; 32]) -> Result<Option<AskRow>, Error> {
    Ok(look.query(&FIND).bind(lookup).optional::<Full>().await?.map(full))
}

/// Keeps the answer, once; `false` where there is one already, or its time is over.
pub async fn answer(tx: &mut Tx, _permit: &Permit, lookup: [u8; 32], now: Timestamp, sealed: Vec<u8>) -> Result<bool, Error> {
    Ok(tx.query(&ANSWER).bind(lookup).bind(now).bind(sealed).execute().await? == 1)
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
