//! By what units serve wallets at once: private halves sealed under a key of the server's own.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO wallet_key (unit, kid, public, state, sealed, created, mac) VALUES ($1, $2, $3, 'active', $4, $5, $6)";
    OF_UNIT = "SELECT unit, kid, public, sealed, created, mac FROM wallet_key WHERE unit = $1 ORDER BY created DESC, kid LIMIT 100";
    RETIRE = "UPDATE wallet_key SET state = 'retired', sealed = NULL, retired = $2 WHERE unit = $1 AND state = 'active'";
}

#[derive(Clone, Debug)]
pub struct WalletKeyRow {
    pub unit: UnitId,
    /// SHA-256 thumbprint (RFC 7638).
    pub kid: [u8; 32],
    /// A JSON Web Key.
    pub public: Vec<u8>,
    /// PKCS #8; none once it has been switched off.
    pub sealed: Option<Vec<u8>>,
    pub created: Timestamp,
    /// HMAC under the server's look-up key over all but the sealed half.
    pub mac: Vec<u8>,
}

type Full = (UnitId, [u8; 32], Vec<u8>, Option<Vec<u8>>, Timestamp, Vec<u8>);

fn full((unit, kid, public, sealed, created, mac): Full) -> WalletKeyRow {
    WalletKeyRow { unit, kid, public, sealed, created, mac }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: WalletKeyRow) -> Result<(), Error> {
    super::for_owner(permit, row.unit.into())?;
    let query = tx.query(&INSERT).bind(row.unit).bind(row.kid).bind(row.public).bind(row.sealed).bind(row.created);
    query.bind(row.mac).execute().await?;
    Ok(())
}

/// All of a unit's, the newest first: public facts, but for the sealed half.
pub async fn of_unit(look: &mut Look, unit: UnitId) -> Result<Vec<WalletKeyRow>, Error> {
    Ok(look.query(&OF_UNIT).bind(unit).all::<Full>().await?.into_iter().map(full).collect())
}

/// Signs no more; the private half is gone. `false` where there was none.
pub async fn retire(tx: &mut Tx, permit: &Permit, unit: UnitId, now: Timestamp) -> Result<bool, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&RETIRE).bind(unit).bind(now).execute().await? == 1)
}
