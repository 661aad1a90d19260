//! What units may issue: facts about organisations, in clear; bound by an HMAC, since they grant.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    PUT = "INSERT INTO issuing_scope (unit, trades, level, created, mac) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (unit) DO UPDATE SET trades = excluded.trades, level = excluded.level, created = excluded.created, mac = excluded.mac";
    FIND = "SELECT unit, trades, level, created, mac FROM issuing_scope WHERE unit = $1";
    ALL = "SELECT unit, trades, level, created, mac FROM issuing_scope ORDER BY unit";
    DELETE = "DELETE FROM issuing_scope WHERE unit = $1";
    PAST = "SELECT unit, trades, level, created, state, ended, mac FROM issuing_past WHERE unit = $1 ORDER BY created DESC";
    PUT_PAST = "INSERT INTO issuing_past (unit, trades, level, created, state, ended, mac) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (unit, created) DO UPDATE SET trades = excluded.trades, level = excluded.level, state = excluded.state, ended = excluded.ended, mac = excluded.mac";
}

#[derive(Clone, Debug)]
pub struct ScopeRow {
    pub unit: UnitId,
    /// Codes of ISCO-08 groups, with commas between.
    pub trades: String,
    /// `E2` to `E5`.
    pub level: String,
    pub created: Timestamp,
    /// HMAC under the server's look-up key over all the rest: a scope that it does not fit is none.
    pub mac: Vec<u8>,
}

/// A scope that has ended.
#[derive(Clone, Debug)]
pub struct PastRow {
    pub unit: UnitId,
    /// As in [`ScopeRow`].
    pub trades: String,
    pub level: String,
    pub created: Timestamp,
    pub ended: Timestamp,
    /// Taken back from its start.
    pub withdrawn: bool,
    /// HMAC under the server's look-up key over all the rest.
    pub mac: Vec<u8>,
}

const ENDED: &str = "ended";
const WITHDRAWN: &str = "withdrawn";

type FullPast = (UnitId, String, String, Timestamp, String, Timestamp, Vec<u8>);

fn full_past((unit, trades, level, created, state, ended, mac): FullPast) -> Result<PastRow, Error> {
    let withdrawn = match state.as_str() {
        ENDED => false,
        WITHDRAWN => true,
        _ => return Err(Error::Corrupt),
    };
    Ok(PastRow { unit, trades, level, created, ended, withdrawn, mac })
}

type Full = (UnitId, String, String, Timestamp, Vec<u8>);

fn full((unit, trades, level, created, mac): Full) -> ScopeRow {
    ScopeRow { unit, trades, level, created, mac }
}

/// In the place of what the unit might issue before.
pub async fn put(tx: &mut Tx, _permit: &Permit, row: ScopeRow) -> Result<(), Error> {
    let query = tx.query(&PUT).bind(row.unit).bind(row.trades).bind(row.level).bind(row.created).bind(row.mac);
    query.execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, unit: UnitId) -> Result<Option<ScopeRow>, Error> {
    Ok(tx.query(&FIND).bind(unit).optional::<Full>().await?.map(full))
}

pub async fn all(tx: &mut Tx) -> Result<Vec<ScopeRow>, Error> {
    Ok(tx.query(&ALL).all::<Full>().await?.into_iter().map(full).collect())
}

/// `false` where it had none.
pub async fn delete(tx: &mut Tx, _permit: &Permit, unit: UnitId) -> Result<bool, Error> {
    Ok(tx.query(&DELETE).bind(unit).execute().await? == 1)
}

/// The unit's scopes that have ended, the newest first.
pub async fn past(tx: &mut Tx, unit: UnitId) -> Result<Vec<PastRow>, Error> {
    tx.query(&PAST).bind(unit).all::<FullPast>().await?.into_iter().map(full_past).collect()
}

/// In the place of what is known of the scope that began then.
pub async fn put_past(tx: &mut Tx, _permit: &Permit, row: PastRow) -> Result<(), Error> {
    let state = if row.withdrawn { WITHDRAWN } else { ENDED };
    let query = tx.query(&PUT_PAST).bind(row.unit).bind(row.trades).bind(row.level).bind(row.created).bind(state);
    query.bind(row.ended).bind(row.mac).execute().await?;
    Ok(())
}
