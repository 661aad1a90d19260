//! Programs that units have registered. Facts about organisations and public keys, in clear; bound by an HMAC, since they grant.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{ClientId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO client (id, unit, name, redirects, keys, created, changed, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND = "SELECT id, unit, name, redirects, keys, created, changed, ended, mac FROM client WHERE id = $1";
    OF_UNIT = "SELECT id, unit, name, redirects, keys, created, changed, ended, mac FROM client WHERE unit = $1 AND ended IS NULL ORDER BY created, id LIMIT 100";
    CHANGE = "UPDATE client SET redirects = $3, keys = $4, changed = $5, mac = $6 WHERE unit = $1 AND id = $2 AND ended IS NULL";
    END_ONE = "UPDATE client SET ended = $3, mac = $4 WHERE unit = $1 AND id = $2 AND ended IS NULL";
    END_OLD = "UPDATE client SET ended = $2 WHERE id = $1 AND changed < $2 AND ended IS NULL";
}

#[derive(Clone, Debug)]
pub struct ClientRow {
    pub id: ClientId,
    pub unit: UnitId,
    pub name: String,
    /// A JSON array.
    pub redirects: String,
    /// JSON: a key set, or where it is fetched.
    pub keys: Vec<u8>,
    pub created: Timestamp,
    /// Its addresses or keys are as old as this.
    pub changed: Timestamp,
    pub ended: Option<Timestamp>,
    /// HMAC under the server's look-up key over all the rest: a client that it does not fit is none.
    pub mac: Vec<u8>,
}

type Full = (ClientId, UnitId, String, String, Vec<u8>, Timestamp, Timestamp, Option<Timestamp>, Vec<u8>);

fn full((id, unit, name, redirects, keys, created, changed, ended, mac): Full) -> ClientRow {
    ClientRow { id, unit, name, redirects, keys, created, changed, ended, mac }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: ClientRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.id).bind(row.unit).bind(row.name).bind(row.redirects).bind(row.keys);
    query.bind(row.created).bind(row.changed).bind(row.mac).execute().await?;
    Ok(())
}

pub async fn find(look: &mut Look, id: ClientId) -> Result<Option<ClientRow>, Error> {
    Ok(look.query(&FIND).bind(id).optional::<Full>().await?.map(full))
}

/// The unit's live ones, oldest first.
pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<Vec<ClientRow>, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect())
}

/// Other addresses or keys; `false` where it has ended.
pub async fn change(tx: &mut Tx, permit: &Permit, row: ClientRow) -> Result<bool, Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&CHANGE).bind(row.unit).bind(row.id).bind(row.redirects).bind(row.keys).bind(row.changed);
    Ok(query.bind(row.mac).execute().await? == 1)
}

/// `false` where it has ended already.
pub async fn end_one(tx: &mut Tx, permit: &Permit, row: &ClientRow) -> Result<bool, Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&END_ONE).bind(row.unit).bind(row.id).bind(row.ended).bind(row.mac.clone());
    Ok(query.execute().await? == 1)
}

/// After a restore: ends it where its keys are older than `at`, when they were changed or it was ended. No MAC fits such a row, which
/// is as good as ended twice.
pub async fn end_again(tx: &mut Tx, _permit: &Permit, id: ClientId, at: Timestamp) -> Result<bool, Error> {
    Ok(tx.query(&END_OLD).bind(id).bind(at).execute().await? == 1)
}
