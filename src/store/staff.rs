//! Staff of units. Names are sealed under the unit's wrap key.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::organisation::Role;
use crate::domain::{StaffId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO staff (unit, id, role, state, created, name, root, mac) VALUES ($1, $2, $3, 'active', $4, $5, $6, $7) ON CONFLICT (unit, id) DO UPDATE SET role = excluded.role, state = 'active', created = excluded.created, name = excluded.name, root = excluded.root, mac = excluded.mac WHERE staff.state = 'left'";
    OF_UNIT = "SELECT unit, id, role, state, created, name, root, mac FROM staff WHERE unit = $1 AND state = 'active' ORDER BY created, id";
    OF_PERSON = "SELECT unit, id, role, state, created, name, root, mac FROM staff WHERE id = $1 AND state = 'active' ORDER BY created, unit";
    FIND = "SELECT unit, id, role, state, created, name, root, mac FROM staff WHERE unit = $1 AND id = $2";
    SET_ROOT = "UPDATE staff SET root = $3, name = $4, mac = $5 WHERE unit = $1 AND id = $2 AND state = 'active'";
    REWRAP_ROOT = "UPDATE staff SET root = $3, name = $4, mac = $5 WHERE unit = $1 AND id = $2 AND state = 'active' AND mac = $6";
    LEAVE = "UPDATE staff SET state = 'left', root = NULL WHERE unit = $1 AND id = $2 AND state = 'active'";
}

#[derive(Clone, Debug)]
pub struct StaffRow {
    pub unit: UnitId,
    pub id: StaffId,
    /// For lists alone: what decides is sealed in the name.
    pub role: Role,
    pub active: bool,
    pub created: Timestamp,
    /// Name and role, under the unit's wrap key.
    pub name: Vec<u8>,
    /// The unit's keyring: sealed to the member's public key, or rewrapped under their wrap key.
    pub root: Option<Vec<u8>>,
    /// HMAC under the server's look-up key over both: without it the row is not used.
    pub mac: Vec<u8>,
}

type Full = (UnitId, StaffId, String, String, Timestamp, Vec<u8>, Option<Vec<u8>>, Vec<u8>);

fn full((unit, id, role, state, created, name, root, mac): Full) -> Result<StaffRow, Error> {
    let (role, active) = (Role::from_word(&role).ok_or(Error::Corrupt)?, state == "active");
    Ok(StaffRow { unit, id, role, active, created, name, root, mac })
}

/// A new member, or one who comes back; whoever is active already stays as they are.
pub async fn insert(tx: &mut Tx, permit: &Permit, row: StaffRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.unit).bind(row.id).bind(row.role.word()).bind(row.created);
    let changed = query.bind(row.name).bind(row.root).bind(row.mac).execute().await?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

pub async fn of_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<StaffRow>, Error> {
    tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect()
}

/// The active memberships of a person, the oldest first.
pub async fn of_person(tx: &mut Tx, id: StaffId) -> Result<Vec<StaffRow>, Error> {
    tx.query(&OF_PERSON).bind(id).all::<Full>().await?.into_iter().map(full).collect()
}

/// A membership, also one that has ended.
pub async fn find(tx: &mut Tx, unit: UnitId, id: StaffId) -> Result<Option<StaffRow>, Error> {
    tx.query(&FIND).bind(unit).bind(id).optional::<Full>().await?.map(full).transpose()
}

/// Root, name with role, and what binds them.
pub type Sealed = (Vec<u8>, Vec<u8>, Vec<u8>);

pub async fn set_root(tx: &mut Tx, unit: UnitId, id: StaffId, (root, name, mac): Sealed) -> Result<(), Error> {
    let changed = tx.query(&SET_ROOT).bind(unit).bind(id).bind(root).bind(name).bind(mac).execute().await?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// The same by the member, where the row is still the one with this `mac`.
pub async fn rewrap_root(tx: &mut Tx, unit: UnitId, id: StaffId, from: &[u8], (root, name, mac): Sealed) -> Result<bool, Error> {
    let query = tx.query(&REWRAP_ROOT).bind(unit).bind(id).bind(root).bind(name).bind(mac);
    Ok(query.bind(from).execute().await? == 1)
}

/// Closes the way in; `false` where they had left already.
pub async fn leave(tx: &mut Tx, permit: &Permit, unit: UnitId, id: StaffId) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&LEAVE).bind(unit).bind(id).execute().await? == 1)
}
