//! Narrower tokens' own bundles, and what the owner needs to make them anew.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{ConsentId, OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO child (owner, consent, token, parent, until, terms, bundle) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT owner, consent, token, parent, until, terms, bundle FROM child WHERE owner = $1 AND consent = $2 AND token = $3";
    OF_CONSENT = "SELECT owner, consent, token, parent, until, terms, bundle FROM child WHERE owner = $1 AND consent = $2 ORDER BY token";
    REMAKE = "UPDATE child SET bundle = $4 WHERE owner = $1 AND consent = $2 AND token = $3";
    DELETE = "DELETE FROM child WHERE owner = $1 AND consent = $2 AND token = $3";
    DELETE_OF_CONSENT = "DELETE FROM child WHERE owner = $1 AND consent = $2";
    DELETE_OWNER = "DELETE FROM child WHERE owner = $1";
    DELETE_OLD = "DELETE FROM child WHERE until < $1";
}

#[derive(Clone, Debug)]
pub struct ChildRow {
    pub owner: OwnerId,
    pub consent: ConsentId,
    /// The look-up hash of its token.
    pub token: [u8; 32],
    /// That of the child which it came from; empty where it came from the consent itself.
    pub parent: Vec<u8>,
    pub until: Timestamp,
    /// What it is, under the secret of what it came from.
    pub terms: Vec<u8>,
    pub bundle: Vec<u8>,
}

type Full = (OwnerId, ConsentId, [u8; 32], Vec<u8>, Timestamp, Vec<u8>, Vec<u8>);

fn full((owner, consent, token, parent, until, terms, bundle): Full) -> ChildRow {
    ChildRow { owner, consent, token, parent, until, terms, bundle }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: ChildRow) -> Result<(), Error> {
    super::for_consent(permit, row.owner, row.consent)?;
    let query = tx.query(&INSERT).bind(row.owner).bind(row.consent).bind(row.token).bind(row.parent).bind(row.until);
    query.bind(row.terms).bind(row.bundle).execute().await?;
    Ok(())
}

pub async fn look(look: &mut Look, owner: OwnerId, consent: ConsentId, token: [u8; 32]) -> Result<Option<ChildRow>, Error> {
    Ok(look.query(&FIND).bind(owner).bind(consent).bind(token).optional::<Full>().await?.map(full))
}

pub async fn find(tx: &mut Tx, owner: OwnerId, consent: ConsentId, token: [u8; 32]) -> Result<Option<ChildRow>, Error> {
    Ok(tx.query(&FIND).bind(owner).bind(consent).bind(token).optional::<Full>().await?.map(full))
}

pub async fn of_consent(tx: &mut Tx, permit: &Permit, owner: OwnerId, consent: ConsentId) -> Result<Vec<ChildRow>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&OF_CONSENT).bind(owner).bind(consent).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn remake(tx: &mut Tx, permit: &Permit, row: &ChildRow, bundle: Vec<u8>) -> Result<(), Error> {
    super::for_owner(permit, row.owner)?;
    tx.query(&REMAKE).bind(row.owner).bind(row.consent).bind(row.token).bind(bundle).execute().await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, permit: &Permit, owner: OwnerId, consent: ConsentId, token: [u8; 32]) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE).bind(owner).bind(consent).bind(token).execute().await?;
    Ok(())
}

/// Destroys the bundle of every child of a consent.
pub async fn delete_of_consent(tx: &mut Tx, permit: &Permit, owner: OwnerId, consent: ConsentId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OF_CONSENT).bind(owner).bind(consent).execute().await?;
    Ok(())
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}

/// Children whose end has passed; their tokens are denied since.
pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
