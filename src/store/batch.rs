//! Many assessments from one file: its rows sealed under the unit's wrap key, and how far issuing them has come.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{StaffId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO batch (unit, id, member, state, total, created, changed, sealed) VALUES ($1, $2, $3, 'checked', $4, $5, $5, $6)";
    OF_UNIT = "SELECT unit, id, member, state, total, done, created, changed FROM batch WHERE unit = $1 ORDER BY created DESC, id LIMIT 100";
    FIND = "SELECT unit, id, member, state, total, done, created, changed FROM batch WHERE unit = $1 AND id = $2";
    SEALED = "SELECT sealed, secret FROM batch WHERE unit = $1 AND id = $2";
    MOVE = "UPDATE batch SET state = $3, changed = $4, sealed = $5, secret = $6 WHERE unit = $1 AND id = $2 AND state = $7 AND changed = $8";
    ADVANCE = "UPDATE batch SET done = $3, state = CASE WHEN $3 = total THEN 'issued' ELSE state END, changed = $4 WHERE unit = $1 AND id = $2 AND state = 'issuing' AND done = $5";
    PRINTED = "UPDATE batch SET secret = NULL WHERE unit = $1 AND id = $2 AND state = 'issued'";
    REWRAP = "UPDATE batch SET sealed = $3, secret = $4 WHERE unit = $1 AND id = $2";
    DELETE = "DELETE FROM batch WHERE unit = $1 AND id = $2 AND state IN ('checked', 'waiting', 'returned', 'issued')";
    DELETE_OLD = "DELETE FROM batch WHERE changed < $1 AND state IN ('checked', 'issued')";
}

/// At most so many files of one unit at a time.
pub const MOST: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchState {
    /// Nothing is wrong with it; nobody has said yet that it is to be issued.
    Checked,
    /// It waits for a second person.
    Waiting,
    /// The second person has sent it back.
    Returned,
    Issuing,
    Issued,
}

impl BatchState {
    const ALL: [Self; 5] = [Self::Checked, Self::Waiting, Self::Returned, Self::Issuing, Self::Issued];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Waiting => "waiting",
            Self::Returned => "returned",
            Self::Issuing => "issuing",
            Self::Issued => "issued",
        }
    }
}

#[derive(Clone, Debug)]
pub struct BatchRow {
    pub unit: UnitId,
    pub id: Uuid,
    /// Who brought it, for lists: what decides is sealed.
    pub member: StaffId,
    pub state: BatchState,
    pub total: u64,
    pub done: u64,
    pub created: Timestamp,
    pub changed: Timestamp,
}

type Full = (UnitId, Uuid, StaffId, String, u64, u64, Timestamp, Timestamp);

fn full((unit, id, member, state, total, done, created, changed): Full) -> Result<BatchRow, Error> {
    let state = BatchState::ALL.into_iter().find(|one| one.word() == state).ok_or(Error::Corrupt)?;
    Ok(BatchRow { unit, id, member, state, total, done, created, changed })
}

/// Its rows, and the secret that its codes are made from.
pub type Sealed = (Vec<u8>, Option<Vec<u8>>);

pub async fn insert(tx: &mut Tx, permit: &Permit, row: BatchRow, sealed: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.unit).bind(row.id).bind(row.member).bind(row.total).bind(row.created);
    query.bind(sealed).execute().await?;
    Ok(())
}

/// The newest first.
pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<Vec<BatchRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect()
}

pub async fn find(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<Option<BatchRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&FIND).bind(unit).bind(id).optional::<Full>().await?.map(full).transpose()
}

pub async fn sealed(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<Option<Sealed>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&SEALED).bind(unit).bind(id).optional().await
}

/// Into another state, where it stands as `seen` says.
pub async fn move_on(
    tx: &mut Tx,
    permit: &Permit,
    seen: &BatchRow,
    (to, at): (BatchState, Timestamp),
    (sealed, secret): Sealed,
) -> Result<bool, Error> {
    super::for_owner(permit, seen.unit.into())?;
    let query = tx.query(&MOVE).bind(seen.unit).bind(seen.id).bind(to.word()).bind(at).bind(sealed).bind(secret);
    Ok(query.bind(seen.state.word()).bind(seen.changed).execute().await? == 1)
}

/// So many are issued now, where as many were as `seen` says: two who go on with the same file do nothing twice.
pub async fn advance(tx: &mut Tx, permit: &Permit, seen: &BatchRow, done: u64, now: Timestamp) -> Result<bool, Error> {
    super::for_owner(permit, seen.unit.into())?;
    let query = tx.query(&ADVANCE).bind(seen.unit).bind(seen.id).bind(done).bind(now).bind(seen.done);
    Ok(query.execute().await? == 1)
}

/// The codes have been printed: what they are made from goes.
pub async fn printed(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&PRINTED).bind(unit).bind(id).execute().await?;
    Ok(())
}

pub async fn rewrap(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid, (sealed, secret): Sealed) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&REWRAP).bind(unit).bind(id).bind(sealed).bind(secret).execute().await?;
    Ok(())
}

/// `false` for one that is just being issued.
pub async fn delete(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&DELETE).bind(unit).bind(id).execute().await? == 1)
}

/// What nobody went on with, and what has been issued long ago.
pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
