//! Token rows, found by the hash of the token's secret.

use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{ConsentId, OwnerId, StaffId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO token (lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, sealed, label) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    FIND = "SELECT lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label FROM token WHERE lookup = $1";
    OF_UNIT = "SELECT lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label FROM token WHERE unit = $1 AND ended_at IS NULL AND until > $2 ORDER BY issued DESC LIMIT 200";
    OF_CONSENT = "SELECT lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label FROM token WHERE owner = $1 AND consent = $2 AND ended_at IS NULL AND until > $3 ORDER BY issued DESC";
    END_OF_CONSENT = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $3 WHERE owner = $1 AND consent = $2 AND ended_at IS NULL RETURNING lookup";
    END_ONE = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $3 WHERE unit = $1 AND lookup = $2 AND ended_at IS NULL RETURNING lookup, owner, consent";
    END_OF_STAFF = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $3 WHERE unit = $1 AND minted_by = $2 AND ended_at IS NULL RETURNING lookup";
    DELETE_OLD = "DELETE FROM token WHERE ended_at < $1 OR until < $1";
    DELETE_OWNER = "DELETE FROM token WHERE owner = $1";
    COUNT_LIVE = "SELECT CAST(count(*) AS BIGINT) FROM token WHERE owner = $1 AND consent = $2 AND ended_at IS NULL";
}

/// At most so many live tokens for one consent.
pub const MOST_LIVE: u64 = 20;

#[derive(Clone, Debug)]
pub struct TokenRow {
    pub lookup: [u8; 32],
    pub owner: OwnerId,
    pub consent: ConsentId,
    pub unit: UnitId,
    pub minted_by: Option<StaffId>,
    pub kind: String,
    pub client: String,
    pub thumbprint: Vec<u8>,
    pub issued: Timestamp,
    pub until: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub sealed: Option<Vec<u8>>,
    /// What the unit calls it, under the consent's secret.
    pub label: Option<Vec<u8>>,
}

type Full = (
    [u8; 32],
    OwnerId,
    ConsentId,
    UnitId,
    Option<StaffId>,
    String,
    String,
    Vec<u8>,
    Timestamp,
    Timestamp,
    Option<Timestamp>,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
);

fn full(row: Full) -> TokenRow {
    let (lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label) = row;
    TokenRow { lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: TokenRow) -> Result<(), Error> {
    super::for_consent(permit, row.owner, row.consent)?;
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.owner).bind(row.consent).bind(row.unit).bind(row.minted_by);
    let query = query.bind(row.kind).bind(row.client).bind(row.thumbprint).bind(row.issued).bind(row.until);
    query.bind(row.sealed).bind(row.label).execute().await?;
    Ok(())
}

pub async fn find(look: &mut Look, lookup: [u8; 32]) -> Result<Option<TokenRow>, Error> {
    Ok(look.query(&FIND).bind(lookup).optional::<Full>().await?.map(full))
}

pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId, now: Timestamp) -> Result<Vec<TokenRow>, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&OF_UNIT).bind(unit).bind(now).all::<Full>().await?.into_iter().map(full).collect())
}

/// The live tokens of a consent, newest first.
pub async fn of_consent(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    consent: ConsentId,
    now: Timestamp,
) -> Result<Vec<TokenRow>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&OF_CONSENT).bind(owner).bind(consent).bind(now).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn count_live(tx: &mut Tx, owner: OwnerId, consent: ConsentId) -> Result<u64, Error> {
    Ok(tx.query(&COUNT_LIVE).bind(owner).bind(consent).one::<(u64,)>().await?.0)
}

/// Destroys the sealed part of every token of a consent; their look-up hashes.
pub async fn end_of_consent(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    consent: ConsentId,
    now: Timestamp,
) -> Result<Vec<[u8; 32]>, Error> {
    super::for_owner(permit, owner)?;
    let rows = tx.query(&END_OF_CONSENT).bind(owner).bind(consent).bind(now).all::<([u8; 32],)>().await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub async fn end_one(
    tx: &mut Tx,
    permit: &Permit,
    unit: UnitId,
    lookup: [u8; 32],
    now: Timestamp,
) -> Result<Option<([u8; 32], OwnerId, ConsentId)>, Error> {
    if permit.unit() != Some(unit) {
        return Err(Error::Permit);
    }
    tx.query(&END_ONE).bind(unit).bind(lookup).bind(now).optional().await
}

/// Ends what a member of staff minted: they have left.
pub async fn end_of_staff(
    tx: &mut Tx,
    permit: &Permit,
    unit: UnitId,
    staff: StaffId,
    now: Timestamp,
) -> Result<Vec<[u8; 32]>, Error> {
    super::for_owner(permit, unit.into())?;
    let rows = tx.query(&END_OF_STAFF).bind(unit).bind(staff).bind(now).all::<([u8; 32],)>().await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}
