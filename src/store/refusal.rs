//! Units that a person has said no to, each by a mark that names neither to whoever reads the table.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    PUT = "INSERT INTO refusal (owner, mark, created) VALUES ($1, $2, $3) ON CONFLICT (owner, mark) DO UPDATE SET created = $3";
    FIND = "SELECT created FROM refusal WHERE owner = $1 AND mark = $2";
    DELETE = "DELETE FROM refusal WHERE owner = $1 AND mark = $2";
    DELETE_OWNER = "DELETE FROM refusal WHERE owner = $1";
    DELETE_OLD = "DELETE FROM refusal WHERE created < $1";
}

/// HMAC under the server's look-up key over person and unit.
pub type Mark = [u8; 32];

pub async fn put(tx: &mut Tx, permit: &Permit, owner: OwnerId, mark: Mark, now: Timestamp) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&PUT).bind(owner).bind(mark).bind(now).execute().await?;
    Ok(())
}

/// When the person said no.
pub async fn find(tx: &mut Tx, owner: OwnerId, mark: Mark) -> Result<Option<Timestamp>, Error> {
    Ok(tx.query(&FIND).bind(owner).bind(mark).optional::<(Timestamp,)>().await?.map(|row| row.0))
}

pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId, mark: Mark) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE).bind(owner).bind(mark).execute().await?;
    Ok(())
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
