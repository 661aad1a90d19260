//! Which proofs of a unit are withdrawn: bits, and both signed forms as they are served. Public.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO status_list (unit, number, size, bits, token, revocation, changed) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT unit, number, size, bits, token, revocation, changed FROM status_list WHERE unit = $1 AND number = $2";
    NEWEST = "SELECT unit, number, size, bits, token, revocation, changed FROM status_list WHERE unit = $1 ORDER BY number DESC LIMIT 1";
    OF_UNIT = "SELECT unit, number, size, bits, token, revocation, changed FROM status_list WHERE unit = $1 ORDER BY number";
    TOKEN = "SELECT token, changed FROM status_list WHERE unit = $1 AND number = $2";
    REVOCATION = "SELECT revocation, changed FROM status_list WHERE unit = $1 AND number = $2";
    SET = "UPDATE status_list SET bits = $3, token = $4, revocation = $5, changed = $6 WHERE unit = $1 AND number = $2 AND changed = $7";
    TAKEN = "SELECT place FROM issued WHERE unit = $1 AND list = $2";
}

#[derive(Clone, Debug)]
pub struct ListRow {
    pub unit: UnitId,
    pub number: u64,
    /// So many places.
    pub size: u64,
    /// One bit each, the least of a byte first; set: withdrawn.
    pub bits: Vec<u8>,
    /// Signed, as a status list token and as a bitstring status list credential; none where the bits changed without the unit's key.
    pub token: Option<String>,
    pub revocation: Option<String>,
    pub changed: Timestamp,
}

type Full = (UnitId, u64, u64, Vec<u8>, Option<String>, Option<String>, Timestamp);

fn full((unit, number, size, bits, token, revocation, changed): Full) -> ListRow {
    ListRow { unit, number, size, bits, token, revocation, changed }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: ListRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.unit).bind(row.number).bind(row.size).bind(row.bits).bind(row.token);
    query.bind(row.revocation).bind(row.changed).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, unit: UnitId, number: u64) -> Result<Option<ListRow>, Error> {
    Ok(tx.query(&FIND).bind(unit).bind(number).optional::<Full>().await?.map(full))
}

/// The one that is being filled.
pub async fn newest(tx: &mut Tx, unit: UnitId) -> Result<Option<ListRow>, Error> {
    Ok(tx.query(&NEWEST).bind(unit).optional::<Full>().await?.map(full))
}

pub async fn of_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<ListRow>, Error> {
    Ok(tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect())
}

/// As it is served: signed, and since when it says so.
pub type Served = (Option<String>, Timestamp);

pub async fn token(look: &mut Look, unit: UnitId, number: u64) -> Result<Option<Served>, Error> {
    look.query(&TOKEN).bind(unit).bind(number).optional().await
}

pub async fn revocation(look: &mut Look, unit: UnitId, number: u64) -> Result<Option<Served>, Error> {
    look.query(&REVOCATION).bind(unit).bind(number).optional().await
}

/// `row` as it will be, where it stands as it was read: changed last at `seen`.
pub async fn set(tx: &mut Tx, permit: &Permit, row: ListRow, seen: Timestamp) -> Result<bool, Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&SET).bind(row.unit).bind(row.number).bind(row.bits).bind(row.token).bind(row.revocation);
    Ok(query.bind(row.changed).bind(seen).execute().await? == 1)
}

/// Places that are taken, in no order.
pub async fn taken(tx: &mut Tx, permit: &Permit, unit: UnitId, number: u64) -> Result<Vec<u64>, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&TAKEN).bind(unit).bind(number).all::<(u64,)>().await?.into_iter().map(|row| row.0).collect())
}
