//! A unit's inbox: one row for each consent that it was given.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::consent::State;
use crate::domain::{ConsentId, OwnerId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO inbox (unit, consent, owner, state, arrived, secret, record, mac) VALUES ($1, $2, $3, 'given', $4, $5, $6, $7)";
    REPLACE = "UPDATE inbox SET secret = $3, record = $4, mac = $5 WHERE unit = $1 AND consent = $2 AND state = 'given'";
    OF_UNIT = "SELECT consent, owner, state, arrived, ended, secret, record, mac, label FROM inbox WHERE unit = $1 ORDER BY arrived DESC, consent LIMIT $2";
    FIND = "SELECT consent, owner, state, arrived, ended, secret, record, mac, label FROM inbox WHERE unit = $1 AND consent = $2";
    REWRAP = "UPDATE inbox SET secret = $3, record = $4, mac = $5 WHERE unit = $1 AND consent = $2 AND state = 'given'";
    REWRAP_ENDED = "UPDATE inbox SET record = $3, mac = $4 WHERE unit = $1 AND consent = $2 AND state <> 'given'";
    SET_LABEL = "UPDATE inbox SET label = $3 WHERE unit = $1 AND consent = $2";
    END = "UPDATE inbox SET state = $3, ended = $4, secret = NULL WHERE unit = $1 AND consent = $2 AND state = 'given'";
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
}

type Full = (ConsentId, OwnerId, String, Timestamp, Option<Timestamp>, Option<Vec<u8>>, Vec<u8>, Vec<u8>, Option<Vec<u8>>);

fn full(row: Full) -> Result<InboxRow, Error> {
    let (consent, owner, state, arrived, ended, secret, record, mac, label) = row;
    let state = State::from_word(&state, ended).ok_or(Error::Corrupt)?;
    Ok(InboxRow { consent, owner, state, arrived, secret, record, mac, label })
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

/// The newest `most` rows.
pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId, most: u64) -> Result<Vec<InboxRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&OF_UNIT).bind(unit).bind(most).all::<Full>().await?.into_iter().map(full).collect()
}

pub async fn find(tx: &mut Tx, permit: &Permit, unit: UnitId, consent: ConsentId) -> Result<Option<InboxRow>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&FIND).bind(unit).bind(consent).optional::<Full>().await?.map(full).transpose()
}

/// From the public key to the wrap key, at first use: later pages cost AES only. Nothing happens if the consent ended meanwhile.
pub async fn rewrap(
    tx: &mut Tx,
    permit: &Permit,
    unit: UnitId,
    consent: ConsentId,
    secret: Option<Vec<u8>>,
    record: Vec<u8>,
    mac: Vec<u8>,
) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    match secret {
        Some(secret) => tx.query(&REWRAP).bind(unit).bind(consent).bind(secret).bind(record).bind(mac).execute().await?,
        None => tx.query(&REWRAP_ENDED).bind(unit).bind(consent).bind(record).bind(mac).execute().await?,
    };
    Ok(())
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
