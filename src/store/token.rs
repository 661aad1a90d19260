//! Token rows, found by the hash of the token's secret.

use super::consent::{ToRead, ToReadCells, cells_to_read};
use super::gather::{Gathered, placed};
use super::organisation::{StoredUnit, UnitCells, unit};
use super::query::{Beside, json_array, json_hex};
use super::sql::statements;
use super::{Error, Look, Tx};
use crate::domain::{ClientId, ConsentId, OwnerId, StaffId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO token (lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, sealed, label, parent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    FIND = "SELECT lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label, parent FROM token WHERE lookup = $1";
    // Each with its consent and unit, by the hex digits of its look-up hash.
    TO_READ = "SELECT asked.key, t.lookup, t.owner, t.consent, t.unit, t.minted_by, t.kind, t.client, t.thumbprint, t.issued, t.until, t.ended_at, t.sealed, t.label, t.parent, c.id, c.unit, c.state, c.ended_at, c.generation, c.valid_from, c.valid_until, c.bundle, u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer, u.rotate, u.mac, o.mac FROM json_each($1) AS asked CROSS JOIN token t ON t.lookup = unhex(asked.value) JOIN consent c ON c.owner = t.owner AND c.id = t.consent JOIN unit u ON u.id = c.unit JOIN organisation o ON o.id = u.organisation"
        | "SELECT asked.place - 1, t.lookup, t.owner, t.consent, t.unit, t.minted_by, t.kind, t.client, t.thumbprint, t.issued, t.until, t.ended_at, t.sealed, t.label, t.parent, c.id, c.unit, c.state, c.ended_at, c.generation, c.valid_from, c.valid_until, c.bundle, u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer, u.rotate, u.mac, o.mac FROM json_array_elements_text($1::json) WITH ORDINALITY AS asked (value, place) JOIN token t ON t.lookup = decode(asked.value, 'hex') JOIN consent c ON c.owner = t.owner AND c.id = t.consent JOIN unit u ON u.id = c.unit JOIN organisation o ON o.id = u.organisation";
    OF_UNIT = "SELECT lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label, parent FROM token WHERE unit = $1 AND ended_at IS NULL AND until > $2 AND (kind = 'refresh' OR (kind = 'access' AND client = '')) ORDER BY issued DESC LIMIT 200";
    OF_CONSENT = "SELECT lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label, parent FROM token WHERE owner = $1 AND consent = $2 AND ended_at IS NULL AND until > $3 AND (kind = 'refresh' OR (kind = 'access' AND client = '')) ORDER BY issued DESC";
    END_OF_CONSENT = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $3 WHERE owner = $1 AND consent = $2 AND ended_at IS NULL RETURNING lookup";
    END_ONE = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $3 WHERE unit = $1 AND lookup = $2 AND ended_at IS NULL RETURNING lookup, owner, consent";
    END_OF_STAFF = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $3 WHERE unit = $1 AND minted_by = $2 AND ended_at IS NULL RETURNING lookup";
    END_LOOKUP = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $4 WHERE owner = $1 AND consent = $2 AND lookup = $3 AND ended_at IS NULL RETURNING lookup";
    END_OF_HOLDER = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $4 WHERE owner = $1 AND consent = $2 AND client = $3 AND ended_at IS NULL RETURNING lookup";
    END_OF_CLIENT = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $3 WHERE unit = $1 AND client = $2 AND ended_at IS NULL RETURNING lookup";
    CHILDREN_OF_CLIENT = "DELETE FROM child WHERE token IN (SELECT lookup FROM token WHERE unit = $1 AND client = $2)";
    NARROWER = "SELECT lookup FROM token WHERE owner = $1 AND consent = $2 AND parent = $3 AND ended_at IS NULL";
    DELETE_OLD = "DELETE FROM token WHERE ended_at < $1 OR until < $1 OR (until < $2 AND kind = 'access' AND client <> '')";
    DELETE_OWNER = "DELETE FROM token WHERE owner = $1";
    COUNT_LIVE = "SELECT CAST(count(*) AS BIGINT) FROM token WHERE owner = $1 AND consent = $2 AND ended_at IS NULL AND kind = 'access' AND client = ''";
    COUNT_OF_HOLDER = "SELECT CAST(count(*) AS BIGINT) FROM token WHERE owner = $1 AND consent = $2 AND client = $3 AND ended_at IS NULL AND until > $4";
}

/// At most so many live tokens for one consent that administrators have minted.
pub const MOST_LIVE: u64 = 20;
/// At most so many live tokens that one client holds of one consent.
pub const MOST_HELD: u64 = 40;

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
    /// The look-up hash of the token that this one is narrower than; empty for any other.
    pub parent: Vec<u8>,
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
    Vec<u8>,
);

fn full(row: Full) -> TokenRow {
    let (lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label, parent) = row;
    TokenRow { lookup, owner, consent, unit, minted_by, kind, client, thumbprint, issued, until, ended_at, sealed, label, parent }
}

pub async fn insert(tx: &mut Tx, permit: &Permit, row: TokenRow) -> Result<(), Error> {
    super::for_consent(permit, row.owner, row.consent)?;
    let query = tx.query(&INSERT).bind(row.lookup).bind(row.owner).bind(row.consent).bind(row.unit).bind(row.minted_by);
    let query = query.bind(row.kind).bind(row.client).bind(row.thumbprint).bind(row.issued).bind(row.until);
    query.bind(row.sealed).bind(row.label).bind(row.parent).execute().await?;
    Ok(())
}

/// A presented token's look-up hash.
pub struct Lookup(pub [u8; 32]);

impl Gathered for Lookup {
    /// The token with its consent, and the unit that it is for.
    type Found = Option<(TokenRow, ToRead, StoredUnit)>;

    async fn find(look: &mut Look, asked: &[Self]) -> Result<Vec<Self::Found>, Error> {
        type Row = Beside<(u64,), Beside<Full, Beside<ToReadCells, UnitCells, 8>, 14>, 1>;
        let listed = json_array(asked.iter().map(|one| json_hex(&one.0)));
        let rows = look.query(&TO_READ).bind(listed).all::<Row>().await?;
        let read = |Beside((place,), Beside(token, Beside(consent, of_unit))): Row| {
            Ok((place, (full(token), cells_to_read(consent)?, unit(of_unit)?)))
        };
        let rows = rows.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        placed(rows.into_iter(), asked.len())
    }
}

pub async fn find(look: &mut Look, lookup: [u8; 32]) -> Result<Option<TokenRow>, Error> {
    Ok(look.query(&FIND).bind(lookup).optional::<Full>().await?.map(full))
}

pub async fn of_unit(tx: &mut Tx, permit: &Permit, unit: UnitId, now: Timestamp) -> Result<Vec<TokenRow>, Error> {
    super::for_owner(permit, unit.into())?;
    Ok(tx.query(&OF_UNIT).bind(unit).bind(now).all::<Full>().await?.into_iter().map(full).collect())
}

/// What programs hold of a consent, newest first: what administrators minted, and what clients refresh by.
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

/// Ends one token of any kind; `false` where it had ended.
pub async fn end_lookup(tx: &mut Tx, permit: &Permit, row: &TokenRow, now: Timestamp) -> Result<bool, Error> {
    super::for_consent(permit, row.owner, row.consent)?;
    let query = tx.query(&END_LOOKUP).bind(row.owner).bind(row.consent).bind(row.lookup).bind(now);
    Ok(query.optional::<([u8; 32],)>().await?.is_some())
}

/// Ends one token, and each that is narrower than it; their look-up hashes.
pub async fn end_tree(tx: &mut Tx, permit: &Permit, row: &TokenRow, now: Timestamp) -> Result<Vec<[u8; 32]>, Error> {
    super::for_consent(permit, row.owner, row.consent)?;
    let (mut waiting, mut ended) = (vec![row.lookup], Vec::new());
    while let Some(lookup) = waiting.pop() {
        let narrower = tx.query(&NARROWER).bind(row.owner).bind(row.consent).bind(lookup).all::<([u8; 32],)>().await?;
        waiting.extend(narrower.into_iter().map(|row| row.0));
        let query = tx.query(&END_LOOKUP).bind(row.owner).bind(row.consent).bind(lookup).bind(now);
        ended.extend(query.optional::<([u8; 32],)>().await?.map(|row| row.0));
        super::child::delete(tx, permit, row.owner, row.consent, lookup).await?;
    }
    Ok(ended)
}

/// Ends all that a client holds of a consent; their look-up hashes.
pub async fn end_of_holder(tx: &mut Tx, permit: &Permit, row: &TokenRow, now: Timestamp) -> Result<Vec<[u8; 32]>, Error> {
    super::for_consent(permit, row.owner, row.consent)?;
    let query = tx.query(&END_OF_HOLDER).bind(row.owner).bind(row.consent).bind(row.client.as_str()).bind(now);
    let ended: Vec<[u8; 32]> = query.all::<([u8; 32],)>().await?.into_iter().map(|row| row.0).collect();
    for lookup in &ended {
        super::child::delete(tx, permit, row.owner, row.consent, *lookup).await?;
    }
    Ok(ended)
}

/// Ends all that a client of a unit holds, of anyone: it is registered no longer. Their look-up hashes.
pub async fn end_of_client(
    tx: &mut Tx,
    permit: &Permit,
    unit: UnitId,
    client: ClientId,
    now: Timestamp,
) -> Result<Vec<[u8; 32]>, Error> {
    super::for_owner(permit, unit.into())?;
    tx.query(&CHILDREN_OF_CLIENT).bind(unit).bind(client.to_string()).execute().await?;
    let rows = tx.query(&END_OF_CLIENT).bind(unit).bind(client.to_string()).bind(now).all::<([u8; 32],)>().await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// How many live tokens a client holds of a consent.
pub async fn count_held(tx: &mut Tx, owner: OwnerId, consent: ConsentId, client: ClientId, now: Timestamp) -> Result<u64, Error> {
    let query = tx.query(&COUNT_OF_HOLDER).bind(owner).bind(consent).bind(client.to_string()).bind(now);
    Ok(query.one::<(u64,)>().await?.0)
}

/// What ended before `before`, and short access tokens of clients that ran out before `short`.
pub async fn delete_old(tx: &mut Tx, before: Timestamp, short: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).bind(short).execute().await?;
    Ok(())
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}
