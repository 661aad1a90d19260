//! Where units are told of their consents, and what waits to be told.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::delivery::{NotTaken, Told};
use crate::domain::{ConsentId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    RECEIVER = "SELECT url, created, mac FROM receiver WHERE unit = $1";
    SET_RECEIVER = "INSERT INTO receiver (unit, url, created, mac) VALUES ($1, $2, $3, $4) ON CONFLICT (unit) DO UPDATE SET url = excluded.url, created = excluded.created, mac = excluded.mac";
    DROP_RECEIVER = "DELETE FROM receiver WHERE unit = $1";
    DROP_OLD_RECEIVER = "DELETE FROM receiver WHERE unit = $1 AND created <= $2";
    DROP_RECEIVERS = "DELETE FROM receiver";
    INSERT = "INSERT INTO delivery (unit, id, consent, kind, at, state, tries, due) VALUES ($1, $2, $3, $4, $5, 'waiting', 0, $5)";
    DUE = "SELECT unit, id, consent, kind, at, state, tries, due, ended, fault FROM (SELECT unit, id, consent, kind, at, state, tries, due, ended, fault, row_number() OVER (PARTITION BY unit ORDER BY due, id) AS place FROM delivery WHERE state = 'waiting' AND due <= $1) AS waiting WHERE place <= 4 ORDER BY due, id LIMIT 32";
    CLAIM = "UPDATE delivery SET due = $4, tries = tries + 1 WHERE unit = $1 AND id = $2 AND state = 'waiting' AND due = $3";
    TAKEN = "UPDATE delivery SET state = 'delivered', ended = $3, fault = NULL WHERE unit = $1 AND id = $2 AND state = 'waiting'";
    LATER = "UPDATE delivery SET due = $3, fault = $4 WHERE unit = $1 AND id = $2 AND state = 'waiting'";
    FAILED = "UPDATE delivery SET state = 'failed', ended = $3, fault = $4 WHERE unit = $1 AND id = $2 AND state = 'waiting'";
    RETRY = "UPDATE delivery SET state = 'waiting', due = $2, ended = NULL WHERE unit = $1 AND state = 'failed'";
    OF_UNIT = "SELECT unit, id, consent, kind, at, state, tries, due, ended, fault FROM delivery WHERE unit = $1 ORDER BY at DESC, id LIMIT $2";
    FAILED_OF_UNIT = "SELECT unit, id, consent, kind, at, state, tries, due, ended, fault FROM delivery WHERE unit = $1 AND state = 'failed' ORDER BY at DESC, id LIMIT $2";
    FORGET = "DELETE FROM delivery WHERE unit = $1";
    DELETE_OLD = "DELETE FROM delivery WHERE (state = 'delivered' AND ended < $1) OR (state = 'failed' AND ended < $2)";
}

#[derive(Clone, Debug)]
pub struct ReceiverRow {
    pub url: String,
    pub created: Timestamp,
    /// Without it the row is not used.
    pub mac: Vec<u8>,
}

#[derive(Clone, Debug)]
pub struct DeliveryRow {
    pub unit: UnitId,
    /// The token's `jti`: the same at each try.
    pub id: Uuid,
    /// None for a test.
    pub consent: Option<ConsentId>,
    pub told: Told,
    pub at: Timestamp,
    pub state: DeliveryState,
    pub tries: u64,
    pub due: Timestamp,
    /// Why the latest try failed.
    pub fault: Option<NotTaken>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    Waiting,
    Delivered { at: Timestamp },
    Failed { at: Timestamp },
}

impl DeliveryState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered { .. } => "delivered",
            Self::Failed { .. } => "failed",
        }
    }

    fn from_word(word: &str, at: Option<Timestamp>) -> Option<Self> {
        Some(match (word, at) {
            ("waiting", _) => Self::Waiting,
            ("delivered", Some(at)) => Self::Delivered { at },
            ("failed", Some(at)) => Self::Failed { at },
            _ => return None,
        })
    }
}

type Cells = (UnitId, Uuid, Option<ConsentId>, String, Timestamp, String, u64, Timestamp, Option<Timestamp>, Option<String>);

fn full((unit, id, consent, kind, at, state, tries, due, ended, fault): Cells) -> Result<DeliveryRow, Error> {
    let (told, state) = (Told::from_word(&kind), DeliveryState::from_word(&state, ended));
    let fault = fault.map(|word| NotTaken::from_word(&word).ok_or(Error::Corrupt)).transpose()?;
    let (Some(told), Some(state)) = (told, state) else { return Err(Error::Corrupt) };
    Ok(DeliveryRow { unit, id, consent, told, at, state, tries, due, fault })
}

pub async fn receiver(tx: &mut Tx, unit: UnitId) -> Result<Option<ReceiverRow>, Error> {
    let row = tx.query(&RECEIVER).bind(unit).optional::<(String, Timestamp, Vec<u8>)>().await?;
    Ok(row.map(|(url, created, mac)| ReceiverRow { url, created, mac }))
}

pub async fn set_receiver(tx: &mut Tx, permit: &Permit, unit: UnitId, row: ReceiverRow) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&SET_RECEIVER).bind(unit).bind(row.url).bind(row.created).bind(row.mac).execute().await?;
    Ok(())
}

/// Takes the address away, with all that waited for it; `false` where there was none.
pub async fn drop_receiver(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&FORGET).bind(unit).execute().await?;
    Ok(tx.query(&DROP_RECEIVER).bind(unit).execute().await? == 1)
}

/// After a restore: the address that had been taken away or replaced `at`.
pub async fn drop_old_receiver(tx: &mut Tx, permit: &Permit, unit: UnitId, at: Timestamp) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    let dropped = tx.query(&DROP_OLD_RECEIVER).bind(unit).bind(at).execute().await? == 1;
    if dropped {
        tx.query(&FORGET).bind(unit).execute().await?;
    }
    Ok(dropped)
}

/// After a restore without a list: nobody can say which addresses still held.
pub async fn drop_receivers(tx: &mut Tx, _permit: &Permit) -> Result<(), Error> {
    tx.query(&DROP_RECEIVERS).execute().await?;
    Ok(())
}

/// Something to be told, in the transaction that it tells of. The permit speaks of the consent, or of all that its owner has; for a
/// test, of the unit.
pub async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    unit: UnitId,
    (id, consent): (Uuid, Option<ConsentId>),
    told: Told,
    at: Timestamp,
) -> Result<(), Error> {
    let other = permit.consent().is_some_and(|permitted| Some(permitted) != consent);
    if permit.owner().is_none() || other || permit.unit().is_some_and(|permitted| permitted != unit) {
        return Err(Error::Permit);
    }
    tx.query(&INSERT).bind(unit).bind(id).bind(consent).bind(told.word()).bind(at).execute().await?;
    Ok(())
}

/// What is to be tried now: of each unit at most four, so that one receiver that hangs does not stand in the others' way.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<DeliveryRow>, Error> {
    tx.query(&DUE).bind(now).all::<Cells>().await?.into_iter().map(full).collect()
}

/// Takes a row for one try, until `lease`; `false` where another node has.
pub async fn claim(tx: &mut Tx, row: &DeliveryRow, lease: Timestamp) -> Result<bool, Error> {
    Ok(tx.query(&CLAIM).bind(row.unit).bind(row.id).bind(row.due).bind(lease).execute().await? == 1)
}

pub async fn taken(tx: &mut Tx, row: &DeliveryRow, now: Timestamp) -> Result<(), Error> {
    tx.query(&TAKEN).bind(row.unit).bind(row.id).bind(now).execute().await?;
    Ok(())
}

/// To be tried again at `due`.
pub async fn later(tx: &mut Tx, row: &DeliveryRow, due: Timestamp, fault: NotTaken) -> Result<(), Error> {
    tx.query(&LATER).bind(row.unit).bind(row.id).bind(due).bind(fault.word()).execute().await?;
    Ok(())
}

pub async fn failed(tx: &mut Tx, row: &DeliveryRow, now: Timestamp, fault: NotTaken) -> Result<(), Error> {
    tx.query(&FAILED).bind(row.unit).bind(row.id).bind(now).bind(fault.word()).execute().await?;
    Ok(())
}

/// All that could not be delivered is tried again; how many.
pub async fn retry(tx: &mut Tx, permit: &Permit, unit: UnitId, now: Timestamp) -> Result<u64, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&RETRY).bind(unit).bind(now).execute().await
}

/// The newest `most`.
pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId, most: u64) -> Result<Vec<DeliveryRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&OF_UNIT).bind(unit).bind(most).all::<Cells>().await?.into_iter().map(full).collect()
}

/// The newest `most` that could not be delivered.
pub async fn failed_of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId, most: u64) -> Result<Vec<DeliveryRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&FAILED_OF_UNIT).bind(unit).bind(most).all::<Cells>().await?.into_iter().map(full).collect()
}

/// Deletes what was delivered before `delivered`, and what failed before `failed`.
pub async fn delete_old(tx: &mut Tx, delivered: Timestamp, failed: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(delivered).bind(failed).execute().await?;
    Ok(())
}
