//! Invites of staff: found by the hash of a one-time secret.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::organisation::Role;
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO invite (lookup, unit, id, role, sealed, name, created, until, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND = "SELECT lookup, unit, id, role, sealed, name, created, until, mac FROM invite WHERE lookup = $1";
    OF_UNIT = "SELECT lookup, unit, id, role, sealed, name, created, until, mac FROM invite WHERE unit = $1 ORDER BY created DESC, id LIMIT 100";
    TAKE = "DELETE FROM invite WHERE lookup = $1 AND until > $2";
    DELETE_ONE = "DELETE FROM invite WHERE unit = $1 AND id = $2";
    DELETE_OF_UNIT = "DELETE FROM invite WHERE unit = $1";
    DELETE_OLD = "DELETE FROM invite WHERE until < $1";
}

#[derive(Clone, Debug)]
pub struct InviteRow {
    pub lookup: [u8; 32],
    pub unit: UnitId,
    pub id: Uuid,
    pub role: Role,
    /// The unit's keyring; none for the first administrator, who makes it.
    pub sealed: Option<Vec<u8>>,
    /// Whom the administrator meant, under the unit's wrap key.
    pub name: Option<Vec<u8>>,
    pub created: Timestamp,
    pub until: Timestamp,
    /// HMAC under the server's look-up key over all the rest: an invite that it does not fit is none.
    pub mac: Vec<u8>,
}

type Full = ([u8; 32], UnitId, Uuid, String, Option<Vec<u8>>, Option<Vec<u8>>, Timestamp, Timestamp, Vec<u8>);

fn full((lookup, unit, id, role, sealed, name, created, until, mac): Full) -> Result<InviteRow, Error> {
    let role = Role::from_word(&role).ok_or(Error::Corrupt)?;
    Ok(InviteRow { lookup, unit, id, role, sealed, name, created, until, mac })
}

pub async fn insert(tx: &mut Tx, row: InviteRow) -> Result<(), Error> {
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.unit).bind(row.id).bind(row.role.word());
    query.bind(row.sealed).bind(row.name).bind(row.created).bind(row.until).bind(row.mac).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, lookup: [u8; 32]) -> Result<Option<InviteRow>, Error> {
    tx.query(&FIND).bind(lookup).optional::<Full>().await?.map(full).transpose()
}

pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<Vec<InviteRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect()
}

/// Uses it up; `false` where it has been used or its time is over.
pub async fn take(tx: &mut Tx, lookup: [u8; 32], now: Timestamp) -> Result<bool, Error> {
    Ok(tx.query(&TAKE).bind(lookup).bind(now).execute().await? == 1)
}

pub async fn delete_one(tx: &mut Tx, permit: &Permit, unit: UnitId, id: Uuid) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&DELETE_ONE).bind(unit).bind(id).execute().await?;
    Ok(())
}

/// All open invites hold the unit's present keyring: a rotation ends them.
pub async fn delete_of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&DELETE_OF_UNIT).bind(unit).execute().await?;
    Ok(())
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
