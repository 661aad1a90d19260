//! Codes and tokens by which wallets have credentials issued: found by the hash of each.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO wallet_code (lookup, unit, kind, parent, sealed, created, until) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT lookup, unit, kind, parent, sealed, created, until FROM wallet_code WHERE lookup = $1";
    TRY = "UPDATE wallet_code SET tries = tries + 1 WHERE lookup = $1 AND tries < $2";
    TAKE = "UPDATE wallet_code SET sealed = NULL WHERE lookup = $1 AND kind = 'code' AND sealed IS NOT NULL AND until > $2";
    USE = "UPDATE wallet_code SET used = used + $2 WHERE lookup = $1 AND kind = 'token' AND sealed IS NOT NULL AND used + $2 <= $3 AND until > $4";
    END_CHILDREN = "UPDATE wallet_code SET sealed = NULL WHERE parent = $1";
    DELETE_OLD = "DELETE FROM wallet_code WHERE until < $1";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    /// In an offer: it is given for a token.
    Code,
    Token,
}

impl CodeKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Token => "token",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Code, Self::Token].into_iter().find(|kind| kind.word() == word)
    }
}

#[derive(Clone, Debug)]
pub struct CodeRow {
    pub lookup: [u8; 32],
    pub unit: UnitId,
    pub kind: CodeKind,
    /// The code that a token came of.
    pub parent: Option<[u8; 32]>,
    /// What is to be signed; none once it is used up or ended.
    pub sealed: Option<Vec<u8>>,
    pub created: Timestamp,
    pub until: Timestamp,
}

type Full = ([u8; 32], UnitId, String, Option<[u8; 32]>, Option<Vec<u8>>, Timestamp, Timestamp);

fn full((lookup, unit, kind, parent, sealed, created, until): Full) -> Result<CodeRow, Error> {
    let kind = CodeKind::from_word(&kind).ok_or(Error::Corrupt)?;
    Ok(CodeRow { lookup, unit, kind, parent, sealed, created, until })
}

pub async fn insert(tx: &mut Tx, _permit: &Permit, row: CodeRow) -> Result<(), Error> {
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.unit).bind(row.kind.word());
    let query = query.bind(row.parent.map(|parent| parent.to_vec())).bind(row.sealed).bind(row.created).bind(row.until);
    query.execute().await?;
    Ok(())
}

pub async fn find(look: &mut Look, lookup: [u8; 32]) -> Result<Option<CodeRow>, Error> {
    look.query(&FIND).bind(lookup).optional::<Full>().await?.map(full).transpose()
}

/// Takes a try of the further code before it is looked at: however many come at once, no more than `most` are heard.
pub async fn take_try(tx: &mut Tx, lookup: [u8; 32], most: u64) -> Result<bool, Error> {
    Ok(tx.query(&TRY).bind(lookup).bind(most).execute().await? == 1)
}

/// Uses a code up, once.
pub async fn take(tx: &mut Tx, lookup: [u8; 32], now: Timestamp) -> Result<bool, Error> {
    Ok(tx.query(&TAKE).bind(lookup).bind(now).execute().await? == 1)
}

/// Counts so many issued by a token; `false` where that is more than `most`, or the token has ended.
pub async fn count(tx: &mut Tx, _permit: &Permit, lookup: [u8; 32], more: u64, most: u64, now: Timestamp) -> Result<bool, Error> {
    Ok(tx.query(&USE).bind(lookup).bind(more).bind(most).bind(now).execute().await? == 1)
}

/// Ends what came of a code: it was brought twice, and nobody can say by whom first.
pub async fn end_children(tx: &mut Tx, parent: [u8; 32]) -> Result<(), Error> {
    tx.query(&END_CHILDREN).bind(parent.to_vec()).execute().await?;
    Ok(())
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
