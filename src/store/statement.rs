//! What units state of what they do with what they read: public words, in clear; bound by an HMAC.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    PUT = "INSERT INTO statement (unit, body, created, mac) VALUES ($1, $2, $3, $4) ON CONFLICT (unit) DO UPDATE SET body = excluded.body, created = excluded.created, mac = excluded.mac";
    FIND = "SELECT body, created, mac FROM statement WHERE unit = $1";
}

#[derive(Clone, Debug)]
pub struct StatementRow {
    pub unit: UnitId,
    /// The statement as JSON.
    pub body: String,
    pub created: Timestamp,
    /// Without it the row is not used.
    pub mac: Vec<u8>,
}

/// In the place of what the unit stated before.
pub async fn put(tx: &mut Tx, permit: &Permit, row: StatementRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    tx.query(&PUT).bind(row.unit).bind(row.body).bind(row.created).bind(row.mac).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, unit: UnitId) -> Result<Option<StatementRow>, Error> {
    let row = tx.query(&FIND).bind(unit).optional::<(String, Timestamp, Vec<u8>)>().await?;
    Ok(row.map(|(body, created, mac)| StatementRow { unit, body, created, mac }))
}
