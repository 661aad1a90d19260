//! How far someone has come in the guided mapping: one sealed row of the owner's, which no retention takes. It lies among the drafts,
//! under an id that no draft has.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    FIND = "SELECT sealed, created FROM draft WHERE owner = $1 AND id = $2";
    KEEP = "INSERT INTO draft (owner, id, sealed, created) VALUES ($1, $2, $3, $4)
        ON CONFLICT (owner, id) DO UPDATE SET sealed = excluded.sealed, created = excluded.created";
    DELETE = "DELETE FROM draft WHERE owner = $1 AND id = $2";
}

/// The id of the row; drafts have random ones.
pub(super) const ID: Uuid = Uuid::nil();

pub async fn find(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<Option<Vec<u8>>, Error> {
    super::for_owner(permit, owner)?;
    let row: Option<(Vec<u8>, Timestamp)> = tx.query(&FIND).bind(owner).bind(ID).optional().await?;
    Ok(row.map(|row| row.0))
}

pub async fn keep(tx: &mut Tx, permit: &Permit, owner: OwnerId, sealed: Vec<u8>, now: Timestamp) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&KEEP).bind(owner).bind(ID).bind(sealed).bind(now).execute().await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE).bind(owner).bind(ID).execute().await?;
    Ok(())
}
