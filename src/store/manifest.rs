//! Manifests, written by compare-and-set on their generation.

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::OwnerId;
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO manifest (owner, generation, sealed) VALUES ($1, $2, $3)";
    FIND = "SELECT generation, sealed FROM manifest WHERE owner = $1";
    CLAIM = "UPDATE manifest SET generation = $3 WHERE owner = $1 AND generation = $2";
    SEAL = "UPDATE manifest SET sealed = $3 WHERE owner = $1 AND generation = $2";
    HOLD = "UPDATE manifest SET generation = generation WHERE owner = $1";
    DELETE = "DELETE FROM manifest WHERE owner = $1";
}

pub async fn insert(tx: &mut Tx, permit: &Permit, owner: OwnerId, generation: u64, sealed: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&INSERT).bind(owner).bind(generation).bind(sealed).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, owner: OwnerId) -> Result<Option<(u64, Vec<u8>)>, Error> {
    tx.query(&FIND).bind(owner).optional().await
}

/// Begins an owner's write: takes the row for itself if the generation is still `from`.
pub async fn claim(tx: &mut Tx, permit: &Permit, owner: OwnerId, from: u64) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    let changed = tx.query(&CLAIM).bind(owner).bind(from).bind(from + 1).execute().await?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Ends it: the manifest of the claimed generation.
pub async fn seal(tx: &mut Tx, owner: OwnerId, generation: u64, sealed: Vec<u8>) -> Result<(), Error> {
    let changed = tx.query(&SEAL).bind(owner).bind(generation).bind(sealed).execute().await?;
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Keeps every other write of the owner waiting until commit.
pub async fn hold(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&HOLD).bind(owner).execute().await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE).bind(owner).execute().await?;
    Ok(())
}
