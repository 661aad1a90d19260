//! Proofs that wait for whoever has their code: found by the code's look-up hash, opened by its key, taken once.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO offer (lookup, unit, issued, sealed, created, until) VALUES ($1, $2, $3, $4, $5, $6)";
    FIND = "SELECT lookup, unit, issued, sealed, created, until FROM offer WHERE lookup = $1";
    EMPTY = "UPDATE offer SET sealed = NULL WHERE lookup = $1 AND sealed IS NOT NULL AND until > $2 RETURNING unit, issued";
    DELETE = "DELETE FROM offer WHERE unit = $1 AND issued = $2";
    DELETE_OLD = "DELETE FROM offer WHERE until < $1";
}

#[derive(Clone, Debug)]
pub struct OfferRow {
    pub lookup: [u8; 32],
    pub unit: UnitId,
    pub issued: Uuid,
    /// Under the code's key; none once it has been taken.
    pub sealed: Option<Vec<u8>>,
    pub created: Timestamp,
    pub until: Timestamp,
}

type Full = ([u8; 32], UnitId, Uuid, Option<Vec<u8>>, Timestamp, Timestamp);

fn full((lookup, unit, issued, sealed, created, until): Full) -> OfferRow {
    OfferRow { lookup, unit, issued, sealed, created, until }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: OfferRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.unit).bind(row.issued).bind(row.sealed);
    query.bind(row.created).bind(row.until).execute().await?;
    Ok(())
}

pub async fn look(look: &mut Look, lookup: [u8; 32]) -> Result<Option<OfferRow>, Error> {
    Ok(look.query(&FIND).bind(lookup).optional::<Full>().await?.map(full))
}

/// Empties it: whose it was, or `None` where it was empty or its time is over.
pub async fn empty(tx: &mut Tx, _permit: &Permit, lookup: [u8; 32], now: Timestamp) -> Result<Option<(UnitId, Uuid)>, Error> {
    tx.query(&EMPTY).bind(lookup).bind(now).optional().await
}

/// The offer of something withdrawn.
pub async fn delete(tx: &mut Tx, permit: &Permit, unit: UnitId, issued: Uuid) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&DELETE).bind(unit).bind(issued).execute().await?;
    Ok(())
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
