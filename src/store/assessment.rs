//! Assessments that wait for a second person: sealed under the unit's wrap key. Once issued they are no more.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{StaffId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO assessment (unit, id, member, state, created, changed, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OF_UNIT = "SELECT unit, id, member, state, created, changed, sealed FROM assessment WHERE unit = $1 ORDER BY changed, id LIMIT 500";
    FIND = "SELECT unit, id, member, state, created, changed, sealed FROM assessment WHERE unit = $1 AND id = $2";
    CHANGE = "UPDATE assessment SET member = $3, state = $4, changed = $5, sealed = $6 WHERE unit = $1 AND id = $2 AND changed = $7";
    REWRAP = "UPDATE assessment SET sealed = $3 WHERE unit = $1 AND id = $2";
    DELETE = "DELETE FROM assessment WHERE unit = $1 AND id = $2 AND changed = $3";
}

/// At most so many wait at one unit.
pub const MOST: usize = 500;

#[derive(Clone, Debug)]
pub struct AssessmentRow {
    pub unit: UnitId,
    pub id: Uuid,
    /// Whose it is, for lists: what decides is sealed.
    pub member: StaffId,
    /// Sent back to its member; else it waits for another.
    pub returned: bool,
    pub created: Timestamp,
    pub changed: Timestamp,
    pub sealed: Vec<u8>,
}

type Full = (UnitId, Uuid, StaffId, String, Timestamp, Timestamp, Vec<u8>);

fn full((unit, id, member, state, created, changed, sealed): Full) -> AssessmentRow {
    AssessmentRow { unit, id, member, returned: state == "returned", created, changed, sealed }
}

const fn state(returned: bool) -> &'static str {
    if returned { "returned" } else { "waiting" }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: AssessmentRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.unit).bind(row.id).bind(row.member).bind(state(row.returned));
    query.bind(row.created).bind(row.changed).bind(row.sealed).execute().await?;
    Ok(())
}

/// The one that has waited longest first.
pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<Vec<AssessmentRow>, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn find(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<Option<AssessmentRow>, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&FIND).bind(unit).bind(id).optional::<Full>().await?.map(full))
}

/// As `row` says, where it stands as it was read: changed last at `seen`.
pub async fn change(tx: &mut Tx, permit: &Permit, row: AssessmentRow, seen: Timestamp) -> Result<bool, Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&CHANGE).bind(row.unit).bind(row.id).bind(row.member).bind(state(row.returned));
    Ok(query.bind(row.changed).bind(row.sealed).bind(seen).execute().await? == 1)
}

pub async fn rewrap(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid, sealed: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&REWRAP).bind(unit).bind(id).bind(sealed).execute().await?;
    Ok(())
}

/// Where it stands as it was read: changed last at `seen`.
pub async fn delete(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid, seen: Timestamp) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&DELETE).bind(unit).bind(id).bind(seen).execute().await? == 1)
}
