//! What units have issued: place and state in clear, of whom and what sealed under the unit's wrap key.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO issued (unit, id, list, place, state, created, until, sealed, mac) VALUES ($1, $2, $3, $4, 'offered', $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    FIND = "SELECT unit, id, list, place, state, created, until, sealed, mac FROM issued WHERE unit = $1 AND id = $2";
    AT = "SELECT unit, id, list, place, state, created, until, sealed, mac FROM issued WHERE unit = $1 AND list = $2 AND place = $3";
    PAGE = "SELECT unit, id, list, place, state, created, until, sealed, mac FROM issued WHERE unit = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    TAKE = "UPDATE issued SET state = 'taken' WHERE unit = $1 AND id = $2 AND state = 'offered'";
    WITHDRAW = "UPDATE issued SET state = 'withdrawn', sealed = $3 WHERE unit = $1 AND id = $2 AND state <> 'withdrawn'";
    WITHDRAW_AGAIN = "UPDATE issued SET state = 'withdrawn' WHERE unit = $1 AND id = $2 AND state <> 'withdrawn'";
    REWRAP = "UPDATE issued SET sealed = $3 WHERE unit = $1 AND id = $2";
    COUNT = "SELECT count(*) FROM issued WHERE unit = $1";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuedState {
    /// Waits for whoever has its code.
    Offered,
    Taken,
    Withdrawn,
}

impl IssuedState {
    const ALL: [Self; 3] = [Self::Offered, Self::Taken, Self::Withdrawn];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Taken => "taken",
            Self::Withdrawn => "withdrawn",
        }
    }
}

#[derive(Clone, Debug)]
pub struct IssuedRow {
    pub unit: UnitId,
    /// Sorts by time.
    pub id: Uuid,
    pub list: u64,
    pub place: u64,
    pub state: IssuedState,
    pub created: Timestamp,
    /// Until then the offer waits.
    pub until: Timestamp,
    pub sealed: Vec<u8>,
    /// HMAC under the server's look-up key over unit, id, list and place: which bit says that it is withdrawn.
    pub mac: Vec<u8>,
}

type Full = (UnitId, Uuid, u64, u64, String, Timestamp, Timestamp, Vec<u8>, Vec<u8>);

fn full((unit, id, list, place, state, created, until, sealed, mac): Full) -> Result<IssuedRow, Error> {
    let state = IssuedState::ALL.into_iter().find(|one| one.word() == state).ok_or(Error::Corrupt)?;
    Ok(IssuedRow { unit, id, list, place, state, created, until, sealed, mac })
}

/// [`Error::Conflict`] where this id has been issued before, or somebody else has taken the place meanwhile.
pub async fn insert(tx: &mut Tx, permit: &Permit, row: IssuedRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.unit).bind(row.id).bind(row.list).bind(row.place).bind(row.created);
    let query = query.bind(row.until).bind(row.sealed).bind(row.mac);
    if query.execute().await? == 1 { Ok(()) } else { Err(Error::Conflict) }
}

pub async fn find(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<Option<IssuedRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&FIND).bind(unit).bind(id).optional::<Full>().await?.map(full).transpose()
}

/// What bears a place on a list, as its state stands: public, as the list is.
pub async fn at(look: &mut Look, unit: UnitId, list: u64, place: u64) -> Result<Option<IssuedRow>, Error> {
    look.query(&AT).bind(unit).bind(list).bind(place).optional::<Full>().await?.map(full).transpose()
}

/// So many issued before `id`, the newest first.
pub async fn page(tx: &mut Tx, permit: &Permit, unit: UnitId, before: Uuid, most: u64) -> Result<Vec<IssuedRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&PAGE).bind(unit).bind(before).bind(most).all::<Full>().await?.into_iter().map(full).collect()
}

/// Has come to its holder; `false` where it had come, or was withdrawn.
pub async fn take(tx: &mut Tx, unit: UnitId, id: Uuid) -> Result<bool, Error> {
    Ok(tx.query(&TAKE).bind(unit).bind(id).execute().await? == 1)
}

/// `sealed`: with the reason. `false` where it was withdrawn before.
pub async fn withdraw(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid, sealed: Vec<u8>) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&WITHDRAW).bind(unit).bind(id).bind(sealed).execute().await? == 1)
}

/// After a restore: what had been withdrawn since the backup.
pub async fn withdraw_again(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&WITHDRAW_AGAIN).bind(unit).bind(id).execute().await? == 1)
}

pub async fn rewrap(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid, sealed: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&REWRAP).bind(unit).bind(id).bind(sealed).execute().await?;
    Ok(())
}

pub async fn count(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<u64, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&COUNT).bind(unit).one::<(u64,)>().await?.0)
}
