//! Units that a person has blocked, each by a mark that names neither to whoever reads the table.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO block (owner, mark, created) VALUES ($1, $2, $3) ON CONFLICT (owner, mark) DO NOTHING";
    OF_OWNER = "SELECT mark, created FROM block WHERE owner = $1 ORDER BY created";
    DELETE = "DELETE FROM block WHERE owner = $1 AND mark = $2";
    DELETE_OWNER = "DELETE FROM block WHERE owner = $1";
}

/// HMAC under the server's look-up key over person and unit.
pub type Mark = [u8; 32];

/// `false` where it stood already.
pub async fn insert(tx: &mut Tx, permit: &Permit, owner: OwnerId, mark: Mark, now: Timestamp) -> Result<bool, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&INSERT).bind(owner).bind(mark).bind(now).execute().await? == 1)
}

pub async fn of_owner(tx: &mut Tx, owner: OwnerId) -> Result<Vec<Mark>, Error> {
    Ok(tx.query(&OF_OWNER).bind(owner).all::<(Mark, Timestamp)>().await?.into_iter().map(|row| row.0).collect())
}

/// `false` where there was none.
pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId, mark: Mark) -> Result<bool, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&DELETE).bind(owner).bind(mark).execute().await? == 1)
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}
