//! From who signed in to whose keyring it is.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    FIND = "SELECT owner, mac FROM account WHERE lookup = $1";
    INSERT = "INSERT INTO account (lookup, owner, created, mac) VALUES ($1, $2, $3, $4)";
    DELETE = "DELETE FROM account WHERE owner = $1";
}

/// `lookup`: HMAC over issuer and subject under the server's look-up key. Beside the owner stands what binds the two together.
pub async fn find(tx: &mut Tx, lookup: [u8; 32]) -> Result<Option<(OwnerId, Vec<u8>)>, Error> {
    tx.query(&FIND).bind(lookup).optional().await
}

pub async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    lookup: [u8; 32],
    owner: OwnerId,
    mac: Vec<u8>,
    now: Timestamp,
) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&INSERT).bind(lookup).bind(owner).bind(now).bind(mac).execute().await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE).bind(owner).execute().await?;
    Ok(())
}
