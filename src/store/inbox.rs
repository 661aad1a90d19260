//! A unit's inbox: one row for each consent that it was given.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::consent::State;
use crate::domain::{ConsentId, OwnerId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO inbox (unit, consent, owner, state, arrived, secret, record, mac) VALUES ($1, $2, $3, 'given', $4, $5, $6, $7)";
    REPLACE = "UPDATE inbox SET secret = $3, record = $4, mac = $5 WHERE unit = $1 AND consent = $2 AND state = 'given'";
    OF_UNIT = "SELECT consent, owner, state, arrived, ended, secret, record, mac, label, acknowledged FROM inbox WHERE unit = $1 AND (CASE WHEN state = 'given' THEN 0 ELSE 1 END > $2 OR CASE WHEN state = 'given' THEN 0 ELSE 1 END = $2 AND (arrived < $3 OR arrived = $3 AND consent > $4)) ORDER BY CASE WHEN state = 'given' THEN 0 ELSE 1 END, arrived DESC, consent LIMIT $5";
    FIND = "SELECT consent, owner, state, arrived, ended, secret, record, mac, label, acknowledged FROM inbox WHERE unit = $1 AND consent = $2";
    REWRAP = "UPDATE inbox SET secret = $3, record = $4, mac = $5 WHERE unit = $1 AND consent = $2 AND state = 'given' AND record = $6";
    REWRAP_ENDED = "UPDATE inbox SET record = $3, mac = $4 WHERE unit = $1 AND consent = $2 AND state <> 'given' AND record = $5";
    SET_LABEL = "UPDATE inbox SET label = $3 WHERE unit = $1 AND consent = $2";
    END = "UPDATE inbox SET state = $3, ended = $4, secret = NULL WHERE unit = $1 AND consent = $2 AND state = 'given'";
    COUNT = "INSERT INTO inbox_count (unit, changes) VALUES ($1, 1) ON CONFLICT (unit) DO UPDATE SET changes = inbox_count.changes + 1 RETURNING changes";
    COUNTED = "SELECT changes FROM inbox_count WHERE unit = $1";
    LEAP = "UPDATE inbox_count SET changes = changes + 1000000000";
    TOUCH = "UPDATE inbox SET change = $3, changed = $4 WHERE unit = $1 AND consent = $2";
    SINCE = "SELECT consent, owner, state, arrived, ended, change, changed, acknowledged FROM inbox WHERE unit = $1 AND change > $2 ORDER BY change LIMIT $3";
    CLEAR = "SELECT consent, owner, state, arrived, ended, change, changed, acknowledged FROM inbox WHERE unit = $1 AND consent = $2";
    ACKNOWLEDGE = "UPDATE inbox SET acknowledged = $3 WHERE unit = $1 AND consent = $2 AND state <> 'given' AND acknowledged IS NULL";
    FORGET_OWNER = "UPDATE inbox SET owner = $2, secret = NULL WHERE owner = $1";
}

#[derive(Clone, Debug)]
pub struct InboxRow {
    pub consent: ConsentId,
    pub owner: OwnerId,
    pub state: State,
    pub arrived: Timestamp,
    /// The consent's secret: sealed to the unit's public key, or rewrapped under its wrap key.
    pub secret: Option<Vec<u8>>,
    /// Terms, signed receipt and log key, sealed likewise. Outlives the consent.
    pub record: Vec<u8>,
    /// HMAC under the server's look-up key over what was sealed to the public key; empty once rewrapped.
    pub mac: Vec<u8>,
    /// The unit's own case reference.
    pub label: Option<Vec<u8>>,
    /// When the unit said that it knows of the end.
    pub acknowledged: Option<Timestamp>,
}

type Full = (
    ConsentId,
    OwnerId,
    String,
    Timestamp,
    Option<Timestamp>,
    Option<Vec<u8>>,
    Vec<u8>,
    Vec<u8>,
    Option<Vec<u8>>,
    Option<Timestamp>,
);

fn full(row: Full) -> Result<InboxRow, Error> {
    let (consent, owner, state, arrived, ended, secret, record, mac, label, acknowledged) = row;
    let state = State::from_word(&state, ended).ok_or(Error::Corrupt)?;
    Ok(InboxRow { consent, owner, state, arrived, secret, record, mac, label, acknowledged })
}

pub async fn insert(tx: &mut Tx, permit: &Permit, unit: UnitId, row: InboxRow) -> Result<(), Error> {
    super::for_consent(permit, row.owner, row.consent)?;
    let query = tx.query(&INSERT).bind(unit).bind(row.consent).bind(row.owner).bind(row.arrived);
    query.bind(row.secret).bind(row.record).bind(row.mac).execute().await?;
    Ok(())
}

/// A new record after the owner changed the terms.
pub async fn replace(
    tx: &mut Tx,
    permit: &Permit,
    unit: UnitId,
    consent: ConsentId,
    secret: Option<Vec<u8>>,
    record: Vec<u8>,
    mac: Vec<u8>,
) -> Result<(), Error> {
    // A permit over all that the owner has changes each of their consents, as where an entry is kept out.
    if permit.owner().is_none() || permit.consent().is_some_and(|permitted| permitted != consent) {
        return Err(Error::Permit);
    }
    tx.query(&REPLACE).bind(unit).bind(consent).bind(secret).bind(record).bind(mac).execute().await?;
    Ok(())
}

/// A row's place in the order of the inbox: live ones before those that ended, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub live: bool,
    pub arrived: Timestamp,
    pub consent: ConsentId,
}

impl Place {
    /// Before every row.
    pub const START: Self = Self { live: true, arrived: Timestamp(i64::MAX), consent: ConsentId(Uuid::nil()) };
}

/// As it stands in an address.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", if self.live { "live" } else { "ended" }, self.arrived.0, self.consent)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.');
        let live = match parts.next() {
            Some("live") => true,
            Some("ended") => false,
            _ => return Err(()),
        };
        let arrived = parts.next().and_then(|number| number.parse().ok()).map(Timestamp).ok_or(())?;
        let consent = parts.next().and_then(|id| id.parse().ok()).ok_or(())?;
        if parts.next().is_some() { Err(()) } else { Ok(Self { live, arrived, consent }) }
    }
}

impl InboxRow {
    pub const fn place(&self) -> Place {
        Place { live: matches!(self.state, State::Given), arrived: self.arrived, consent: self.consent }
    }
}

/// At most so many rows after a place.
pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId, after: Place, most: u64) -> Result<Vec<InboxRow>, Error> {
    super::for_owner(permit, unit.into())?;
    let query = tx.query(&OF_UNIT).bind(unit).bind(!after.live).bind(after.arrived).bind(after.consent).bind(most);
    query.all::<Full>().await?.into_iter().map(full).collect()
}

pub async fn find(tx: &mut Tx, permit: &Permit, unit: UnitId, consent: ConsentId) -> Result<Option<InboxRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&FIND).bind(unit).bind(consent).optional::<Full>().await?.map(full).transpose()
}

/// From the public key to the wrap key, at first use: later pages cost AES only. `false` where the consent was changed or ended since `was`
/// was read as its record: what the person has said since then stays.
pub async fn rewrap(
    tx: &mut Tx,
    permit: &Permit,
    (unit, consent): (UnitId, ConsentId),
    was: &[u8],
    secret: Option<Vec<u8>>,
    record: Vec<u8>,
) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    let mac = Vec::new();
    let query = match secret {
        Some(secret) => tx.query(&REWRAP).bind(unit).bind(consent).bind(secret).bind(record).bind(mac).bind(was),
        None => tx.query(&REWRAP_ENDED).bind(unit).bind(consent).bind(record).bind(mac).bind(was),
    };
    Ok(query.execute().await? == 1)
}

pub async fn set_label(tx: &mut Tx, permit: &Permit, unit: UnitId, consent: ConsentId, label: Vec<u8>) -> Result<(), Error> {
    if permit.unit() != Some(unit) {
        return Err(Error::Permit);
    }
    tx.query(&SET_LABEL).bind(unit).bind(consent).bind(label).execute().await?;
    Ok(())
}

pub async fn end(tx: &mut Tx, permit: &Permit, unit: UnitId, consent: ConsentId, state: State) -> Result<(), Error> {
    // A permit over all that the owner has ends each of their consents, as at an erase.
    if permit.owner().is_none() || permit.consent().is_some_and(|permitted| permitted != consent) {
        return Err(Error::Permit);
    }
    tx.query(&END).bind(unit).bind(consent).bind(state.word()).bind(state.ended_at()).execute().await?;
    Ok(())
}

/// After an erase the unit keeps its own record, and no trace of whose it was.
pub async fn forget_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId, nobody: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&FORGET_OWNER).bind(owner).bind(nobody).execute().await?;
    Ok(())
}

/// What stands in clear of a consent in the inbox: ids, state and times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearRow {
    pub consent: ConsentId,
    pub owner: OwnerId,
    pub state: State,
    pub arrived: Timestamp,
    /// The number of its latest change among the unit's.
    pub change: u64,
    pub changed: Timestamp,
    pub acknowledged: Option<Timestamp>,
}

type ClearCells = (ConsentId, OwnerId, String, Timestamp, Option<Timestamp>, u64, Timestamp, Option<Timestamp>);

fn clear_row((consent, owner, state, arrived, ended, change, changed, acknowledged): ClearCells) -> Result<ClearRow, Error> {
    let state = State::from_word(&state, ended).ok_or(Error::Corrupt)?;
    Ok(ClearRow { consent, owner, state, arrived, change, changed, acknowledged })
}

/// Gives a change of the inbox its number. The count stays locked until commit, so who has seen a number has seen all before it.
pub async fn touch(tx: &mut Tx, unit: UnitId, consent: ConsentId, now: Timestamp) -> Result<(), Error> {
    let (number,) = tx.query(&COUNT).bind(unit).one::<(u64,)>().await?;
    tx.query(&TOUCH).bind(unit).bind(consent).bind(number).bind(now).execute().await?;
    Ok(())
}

/// The number of the unit's latest change; 0 where nothing ever came.
pub async fn changes(tx: &mut Tx, unit: UnitId) -> Result<u64, Error> {
    Ok(tx.query(&COUNTED).bind(unit).optional::<(u64,)>().await?.map_or(0, |row| row.0))
}

/// After a restore every number lies above those that anyone has seen, so that what ended again is seen again.
pub async fn leap(tx: &mut Tx) -> Result<(), Error> {
    tx.query(&LEAP).execute().await?;
    Ok(())
}

/// What changed after the change of that number, the oldest first.
pub async fn since(tx: &mut Tx, permit: &Permit, unit: UnitId, number: u64, most: u64) -> Result<Vec<ClearRow>, Error> {
    super::for_owner(permit, unit.into())?;
    let rows = tx.query(&SINCE).bind(unit).bind(number).bind(most).all::<ClearCells>().await?;
    rows.into_iter().map(clear_row).collect()
}

pub async fn clear(tx: &mut Tx, permit: &Permit, unit: UnitId, consent: ConsentId) -> Result<Option<ClearRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&CLEAR).bind(unit).bind(consent).optional::<ClearCells>().await?.map(clear_row).transpose()
}

/// The unit knows of the end; `false` where it had said so, or where nothing has ended.
pub async fn acknowledge(tx: &mut Tx, permit: &Permit, unit: UnitId, consent: ConsentId, now: Timestamp) -> Result<bool, Error> {
    if permit.unit() != Some(unit) || permit.consent() != Some(consent) {
        return Err(Error::Permit);
    }
    Ok(tx.query(&ACKNOWLEDGE).bind(unit).bind(consent).bind(now).execute().await? == 1)
}
