//! Requests that wait for a person's answer: found by the hash of a secret, or of a short code.

use uuid::Uuid;

use super::query::Beside;
use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{ClientId, OrganisationId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO request (lookup, id, unit, client, taker, collector, state, asked, sealed, created, until, polled, pace, mac) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9, $10, 0, $11, $12)";
    FIND = "SELECT lookup, id, unit, client, taker, collector, state, asked, sealed, answer, answer_mac, created, until, polled, pace, mac FROM request WHERE lookup = $1";
    OF_TAKER = "SELECT lookup, id, unit, client, taker, collector, state, asked, sealed, answer, answer_mac, created, until, polled, pace, mac FROM request WHERE taker = $1";
    OF_UNIT = "SELECT lookup, id, unit, client, taker, collector, state, asked, sealed, answer, answer_mac, created, until, polled, pace, mac FROM request WHERE unit = $1 AND client IS NULL ORDER BY created DESC, id LIMIT 100";
    COUNT_WAITING = "SELECT CAST(count(*) AS BIGINT) FROM request WHERE unit = $1 AND state = 'waiting' AND until > $2";
    GIVE = "UPDATE request SET state = 'given', asked = NULL, sealed = NULL, answer = $3, answer_mac = $4 WHERE lookup = $1 AND state = 'waiting' AND until > $2";
    POLLED = "UPDATE request SET polled = $2, pace = $3 WHERE taker = $1";
    TAKE = "UPDATE request SET state = 'taken', answer = NULL, answer_mac = NULL WHERE taker = $1 AND state = 'given'";
    DELETE_OLD = "DELETE FROM request WHERE until < $1";
    PRESSED = "INSERT INTO pressure (organisation, month, count) VALUES ($1, $2, 1) ON CONFLICT (organisation, month) DO UPDATE SET count = pressure.count + 1";
    PRESSURE = "SELECT organisation, month, count FROM pressure ORDER BY month DESC, count DESC";
}

/// What a device code collects, sealed to its key, and the server's HMAC over it. Neither for who collects nothing.
pub type Answered = (Option<Vec<u8>>, Option<Vec<u8>>);

/// A short code waits at most for so many others of its unit.
pub const MOST_WAITING: u64 = 500;

#[derive(Clone, Debug)]
pub struct RequestRow {
    pub lookup: [u8; 32],
    /// What the unit calls it by.
    pub id: Uuid,
    pub unit: UnitId,
    /// None where staff asked on their own page.
    pub client: Option<ClientId>,
    /// Look-up hash of the device code that collects the answer.
    pub taker: Option<[u8; 32]>,
    /// The public key to which the answer is sealed.
    pub collector: Option<Vec<u8>>,
    pub state: String,
    /// What is asked, in clear: at the desk, until it is answered.
    pub asked: Option<String>,
    /// What is asked, under the request's secret.
    pub sealed: Option<Vec<u8>>,
    pub answer: Option<Vec<u8>>,
    pub answer_mac: Option<Vec<u8>>,
    pub created: Timestamp,
    pub until: Timestamp,
    pub polled: Timestamp,
    /// Seconds between two polls.
    pub pace: u32,
    /// HMAC under the server's look-up key over all that does not change.
    pub mac: Vec<u8>,
}

type Asking = ([u8; 32], Uuid, UnitId, Option<ClientId>, Option<[u8; 32]>, Option<Vec<u8>>, String, Option<String>);
type Answering = (Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, Timestamp, Timestamp, Timestamp, u32, Vec<u8>);
type Full = Beside<Asking, Answering, 8>;

fn full(Beside(asking, answering): Full) -> RequestRow {
    let (lookup, id, unit, client, taker, collector, state, asked) = asking;
    let (sealed, answer, answer_mac, created, until, polled, pace, mac) = answering;
    RequestRow {
        lookup,
        id,
        unit,
        client,
        taker,
        collector,
        state,
        asked,
        sealed,
        answer,
        answer_mac,
        created,
        until,
        polled,
        pace,
        mac,
    }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: RequestRow) -> Result<(), Error> {
    of_unit_only(permit, row.unit)?;
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.id).bind(row.unit).bind(row.client);
    let query = query.bind(row.taker.map(|taker| taker.to_vec())).bind(row.collector).bind(row.asked).bind(row.sealed);
    query.bind(row.created).bind(row.until).bind(row.pace).bind(row.mac).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, lookup: [u8; 32]) -> Result<Option<RequestRow>, Error> {
    Ok(tx.query(&FIND).bind(lookup).optional::<Full>().await?.map(full))
}

pub async fn of_taker(tx: &mut Tx, taker: [u8; 32]) -> Result<Option<RequestRow>, Error> {
    Ok(tx.query(&OF_TAKER).bind(taker).optional::<Full>().await?.map(full))
}

/// What the unit's staff have asked, newest first.
pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<Vec<RequestRow>, Error> {
    of_unit_only(permit, unit)?;
    Ok(tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn count_waiting(tx: &mut Tx, unit: UnitId, now: Timestamp) -> Result<u64, Error> {
    Ok(tx.query(&COUNT_WAITING).bind(unit).bind(now).one::<(u64,)>().await?.0)
}

/// Answers it, once; `false` where it was answered already or its time is over. What was asked goes.
pub async fn give(tx: &mut Tx, lookup: [u8; 32], now: Timestamp, (answer, mac): Answered) -> Result<bool, Error> {
    Ok(tx.query(&GIVE).bind(lookup).bind(now).bind(answer).bind(mac).execute().await? == 1)
}

pub async fn polled(tx: &mut Tx, taker: [u8; 32], now: Timestamp, pace: u32) -> Result<(), Error> {
    tx.query(&POLLED).bind(taker).bind(now).bind(pace).execute().await?;
    Ok(())
}

/// Takes the answer, once.
pub async fn take(tx: &mut Tx, taker: [u8; 32]) -> Result<bool, Error> {
    Ok(tx.query(&TAKE).bind(taker).execute().await? == 1)
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}

/// One more person felt pressed. `month`: year times 100 and month.
pub async fn pressed(tx: &mut Tx, organisation: OrganisationId, month: u32) -> Result<(), Error> {
    tx.query(&PRESSED).bind(organisation).bind(month).execute().await?;
    Ok(())
}

/// By organisation and month, newest month first.
pub async fn pressure(tx: &mut Tx) -> Result<Vec<(OrganisationId, u32, u32)>, Error> {
    tx.query(&PRESSURE).all().await
}

fn of_unit_only(permit: &Permit, unit: UnitId) -> Result<(), Error> {
    if permit.unit() == Some(unit) { Ok(()) } else { Err(Error::Permit) }
}
