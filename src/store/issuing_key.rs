//! By what units sign: public halves in clear, bound by an HMAC; private halves sealed under the unit's wrap key.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO issuing_key (unit, kid, public, state, sealed, created, mac) VALUES ($1, $2, $3, 'active', $4, $5, $6)";
    OF_UNIT = "SELECT unit, kid, public, state, sealed, created, retired, mac FROM issuing_key WHERE unit = $1 ORDER BY created DESC, kid LIMIT 100";
    ACTIVE = "SELECT unit, kid, public, state, sealed, created, retired, mac FROM issuing_key WHERE unit = $1 AND state = 'active'";
    RETIRE = "UPDATE issuing_key SET state = 'retired', sealed = NULL, retired = $3, mac = $4 WHERE unit = $1 AND kid = $2 AND state = 'active'";
    REWRAP = "UPDATE issuing_key SET sealed = $3 WHERE unit = $1 AND kid = $2 AND sealed IS NOT NULL";
}

#[derive(Clone, Debug)]
pub struct KeyRow {
    pub unit: UnitId,
    /// SHA-256 thumbprint (RFC 7638).
    pub kid: [u8; 32],
    /// A JSON Web Key.
    pub public: Vec<u8>,
    pub active: bool,
    /// PKCS #8 under the unit's wrap key; none of a retired one.
    pub sealed: Option<Vec<u8>>,
    pub created: Timestamp,
    pub retired: Option<Timestamp>,
    /// HMAC under the server's look-up key over all but the sealed half: a key that it does not fit is none.
    pub mac: Vec<u8>,
}

type Full = (UnitId, [u8; 32], Vec<u8>, String, Option<Vec<u8>>, Timestamp, Option<Timestamp>, Vec<u8>);

fn full((unit, kid, public, state, sealed, created, retired, mac): Full) -> KeyRow {
    KeyRow { unit, kid, public, active: state == "active", sealed, created, retired, mac }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: KeyRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.unit).bind(row.kid).bind(row.public).bind(row.sealed).bind(row.created);
    query.bind(row.mac).execute().await?;
    Ok(())
}

/// All of a unit's, the newest first: public facts.
pub async fn look(look: &mut Look, unit: UnitId) -> Result<Vec<KeyRow>, Error> {
    Ok(look.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<Vec<KeyRow>, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn active(tx: &mut Tx, permit: &Permit, unit: UnitId) -> Result<Option<KeyRow>, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&ACTIVE).bind(unit).optional::<Full>().await?.map(full))
}

/// Signs no more; the private half is gone. `row` as it will be. `false` where it was not active.
pub async fn retire(tx: &mut Tx, permit: &Permit, row: &KeyRow) -> Result<bool, Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&RETIRE).bind(row.unit).bind(row.kid).bind(row.retired).bind(row.mac.clone());
    Ok(query.execute().await? == 1)
}

/// The unit's keyring was rotated.
pub async fn rewrap(tx: &mut Tx, permit: &Permit, unit: UnitId, kid: [u8; 32], sealed: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&REWRAP).bind(unit).bind(kid).bind(sealed).execute().await?;
    Ok(())
}
