//! Criteria frameworks that units have published: public, and bound by an HMAC, since proofs are issued against them.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO framework (unit, id, name, version, body, created, mac) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (unit, name, version) DO NOTHING";
    OF_UNIT = "SELECT unit, id, name, version, body, created, ended, mac FROM framework WHERE unit = $1 ORDER BY created DESC, id LIMIT 200";
    LIVE = "SELECT unit, id, name, version, body, created, ended, mac FROM framework WHERE ended IS NULL ORDER BY created, id LIMIT 500";
    FIND = "SELECT unit, id, name, version, body, created, ended, mac FROM framework WHERE id = $1";
    END = "UPDATE framework SET ended = $3, mac = $4 WHERE unit = $1 AND id = $2 AND ended IS NULL";
}

#[derive(Clone, Debug)]
pub struct FrameworkRow {
    pub unit: UnitId,
    pub id: Uuid,
    /// The framework's own id, and its version.
    pub name: String,
    pub version: String,
    /// The file of `domain::framework`.
    pub body: String,
    pub created: Timestamp,
    pub ended: Option<Timestamp>,
    /// HMAC under the server's look-up key over all the rest: one that it does not fit is none.
    pub mac: Vec<u8>,
}

type Full = (UnitId, Uuid, String, String, String, Timestamp, Option<Timestamp>, Vec<u8>);

fn full((unit, id, name, version, body, created, ended, mac): Full) -> FrameworkRow {
    FrameworkRow { unit, id, name, version, body, created, ended, mac }
}

/// `false` where the unit has published this version of it before.
pub async fn insert(tx: &mut Tx, permit: &Permit, row: FrameworkRow) -> Result<bool, Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.unit).bind(row.id).bind(row.name).bind(row.version).bind(row.body);
    Ok(query.bind(row.created).bind(row.mac).execute().await? == 1)
}

/// The unit's, the newest first; ended ones too.
pub async fn of_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<FrameworkRow>, Error> {
    Ok(tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect())
}

/// Everyone's that have not ended, the oldest first.
pub async fn live(look: &mut Look) -> Result<Vec<FrameworkRow>, Error> {
    Ok(look.query(&LIVE).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn find(look: &mut Look, id: Uuid) -> Result<Option<FrameworkRow>, Error> {
    Ok(look.query(&FIND).bind(id).optional::<Full>().await?.map(full))
}

/// `row` as it will be. `false` where it had ended.
pub async fn end(tx: &mut Tx, permit: &Permit, row: &FrameworkRow) -> Result<bool, Error> {
    super::for_owner(permit, row.unit.into())?;
    Ok(tx.query(&END).bind(row.unit).bind(row.id).bind(row.ended).bind(row.mac.clone()).execute().await? == 1)
}
