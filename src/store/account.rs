//! From who signed in to whose keyring it is.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    FIND = "SELECT owner FROM account WHERE lookup = $1";
    INSERT = "INSERT INTO account (lookup, owner, created) VALUES ($1, $2, $3)";
    DELETE = "DELETE FROM account WHERE owner = $1";
    REBIND = "UPDATE account SET owner = $2 WHERE lookup = $1";
}

/// `lookup`: HMAC over issuer and subject under the server's look-up key.
pub async fn find(tx: &mut Tx, lookup: [u8; 32]) -> Result<Option<OwnerId>, Error> {
    Ok(tx.query(&FIND).bind(lookup).optional::<(OwnerId,)>().await?.map(|row| row.0))
}

pub async fn insert(tx: &mut Tx, permit: &Permit, lookup: [u8; 32], owner: OwnerId, now: Timestamp) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&INSERT).bind(lookup).bind(owner).bind(now).execute().await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE).bind(owner).execute().await?;
    Ok(())
}

/// Points an account at another keyring: after "begin again", the same login owns an empty map.
pub async fn rebind(tx: &mut Tx, permit: &Permit, lookup: [u8; 32], owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&REBIND).bind(lookup).bind(owner).execute().await?;
    Ok(())
}
