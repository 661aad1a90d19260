//! Consents: what finds them in clear, and their sealed bundles.

use std::collections::BTreeMap;

use super::organisation::{StoredUnit, UnitCells, unit};
use super::query::{Beside, json_array};
use super::sql::statements;
use super::{Error, Kept, Look, Tx};
use crate::domain::consent::State;
use crate::domain::{ConsentId, OwnerId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO consent (owner, id, unit, state, generation, valid_from, valid_until, created, secret, terms, bundle) VALUES ($1, $2, $3, 'given', $4, $5, $6, $7, $8, $9, $10)";
    FIND = "SELECT id, unit, state, ended_at, generation, valid_from, valid_until, created, secret, terms, bundle FROM consent WHERE owner = $1 AND id = $2";
    TO_READ = "SELECT c.id, c.unit, c.state, c.ended_at, c.generation, c.valid_from, c.valid_until, c.bundle, u.id, u.organisation, u.name, u.kind, u.municipality, u.state, o.number, o.name, o.kind, o.issuer, u.rotate, u.mac, o.mac FROM consent c JOIN unit u ON u.id = c.unit JOIN organisation o ON o.id = u.organisation WHERE c.owner = $1 AND c.id = $2";
    OF_OWNER = "SELECT id, unit, state, ended_at, generation, valid_from, valid_until, created, secret, terms, bundle FROM consent WHERE owner = $1 ORDER BY created DESC, id";
    CHANGE = "UPDATE consent SET generation = $4, valid_until = $5, terms = $6, bundle = $7 WHERE owner = $1 AND id = $2 AND state = 'given' AND generation = $3";
    REMAKE = "UPDATE consent SET generation = $4, terms = $5, bundle = $6 WHERE owner = $1 AND id = $2 AND state = 'given' AND generation = $3";
    END = "UPDATE consent SET state = $3, ended_at = $4, generation = generation + 1, event_seq = event_seq + 1, bundle = NULL WHERE owner = $1 AND id = $2 AND state = 'given' RETURNING event_seq, unit";
    NEXT_SEQ = "UPDATE consent SET event_seq = event_seq + 1 WHERE owner = $1 AND id = $2 RETURNING event_seq";
    HOLD = "UPDATE consent SET generation = generation WHERE owner = $1 AND id = $2 AND state = 'given' AND valid_from <= $3 AND valid_until > $3 RETURNING generation";
    GUARD = "UPDATE consent SET event_seq = event_seq + 1 WHERE owner = $1 AND id = $2 AND state = 'given' AND generation = $3 AND valid_from <= $4 AND valid_until > $4 RETURNING event_seq";
    // Begins the transaction that ends with the events' own statement.
    GUARD_GROUP = sqlite "BEGIN IMMEDIATE; UPDATE consent SET event_seq = event_seq + (line.value ->> 5) FROM json_each($1) AS line WHERE consent.owner = unhex(line.value ->> 0) AND consent.id = unhex(line.value ->> 1) AND generation = line.value ->> 2 AND state = 'given' AND valid_from <= line.value ->> 3 AND valid_until > line.value ->> 4 RETURNING consent.owner, consent.id, generation, event_seq, (SELECT size FROM log_state WHERE id = 1)";
    DUE = "SELECT owner, id, unit FROM consent WHERE state = 'given' AND valid_until <= $1 ORDER BY valid_until LIMIT 200";
    REWRAP = "UPDATE consent SET secret = $3, terms = $4 WHERE owner = $1 AND id = $2";
    DELETE_ALL = "DELETE FROM consent WHERE owner = $1";
    LIVE_OF_OWNER = "SELECT id FROM consent WHERE owner = $1 AND state = 'given' ORDER BY id";
    COUNT_LIVE = "SELECT CAST(count(*) AS BIGINT) FROM consent WHERE owner = $1 AND state = 'given'";
}

/// At most so many live consents at once.
pub const MOST_LIVE: u64 = 50;

#[derive(Clone, Debug)]
pub struct ConsentRow {
    pub id: ConsentId,
    pub unit: UnitId,
    pub state: State,
    pub generation: u64,
    pub valid_from: Timestamp,
    pub valid_until: Timestamp,
    pub created: Timestamp,
    /// The consent's secret under its owner's wrap key.
    pub secret: Vec<u8>,
    /// The terms under the owner's wrap key: kept after the end.
    pub terms: Vec<u8>,
    pub bundle: Option<Vec<u8>>,
}

type Full = (ConsentId, UnitId, String, Option<Timestamp>, u64, Timestamp, Timestamp, Timestamp, Vec<u8>, Vec<u8>, Option<Vec<u8>>);

fn full(row: Full) -> Result<ConsentRow, Error> {
    let (id, unit, state, ended, generation, valid_from, valid_until, created, secret, terms, bundle) = row;
    let state = State::from_word(&state, ended).ok_or(Error::Corrupt)?;
    Ok(ConsentRow { id, unit, state, generation, valid_from, valid_until, created, secret, terms, bundle })
}

pub async fn insert(tx: &mut Tx, permit: &Permit, owner: OwnerId, row: ConsentRow) -> Result<(), Error> {
    super::for_consent(permit, owner, row.id)?;
    let query = tx.query(&INSERT).bind(owner).bind(row.id).bind(row.unit).bind(row.generation).bind(row.valid_from);
    query.bind(row.valid_until).bind(row.created).bind(row.secret).bind(row.terms).bind(row.bundle).execute().await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, owner: OwnerId, id: ConsentId) -> Result<Option<ConsentRow>, Error> {
    tx.query(&FIND).bind(owner).bind(id).optional::<Full>().await?.map(full).transpose()
}

/// What a read decides by.
#[derive(Clone, Debug)]
pub struct ToRead {
    pub id: ConsentId,
    pub unit: UnitId,
    pub state: State,
    pub generation: u64,
    pub valid_from: Timestamp,
    pub valid_until: Timestamp,
    pub bundle: Option<Vec<u8>>,
}

impl From<ConsentRow> for ToRead {
    fn from(row: ConsentRow) -> Self {
        let ConsentRow { id, unit, state, generation, valid_from, valid_until, bundle, .. } = row;
        Self { id, unit, state, generation, valid_from, valid_until, bundle }
    }
}

pub(super) type ToReadCells = (ConsentId, UnitId, String, Option<Timestamp>, u64, Timestamp, Timestamp, Option<Vec<u8>>);

pub(super) fn cells_to_read(cells: ToReadCells) -> Result<ToRead, Error> {
    let (id, unit, state, ended, generation, valid_from, valid_until, bundle) = cells;
    let state = State::from_word(&state, ended).ok_or(Error::Corrupt)?;
    Ok(ToRead { id, unit, state, generation, valid_from, valid_until, bundle })
}

/// A consent with its unit, in one statement (units and organisations are reference tables where the database is spread by owner).
pub async fn to_read(look: &mut Look, owner: OwnerId, id: ConsentId) -> Result<Option<(ToRead, StoredUnit)>, Error> {
    let found = look.query(&TO_READ).bind(owner).bind(id).optional::<Beside<ToReadCells, UnitCells, 8>>().await?;
    found.map(|Beside(consent, of_unit)| Ok((cells_to_read(consent)?, unit(of_unit)?))).transpose()
}

pub async fn of_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<Vec<ConsentRow>, Error> {
    super::for_owner(permit, owner)?;
    tx.query(&OF_OWNER).bind(owner).all::<Full>().await?.into_iter().map(full).collect()
}

/// What a change writes: the new generation with its terms and bundle.
pub struct Remade {
    pub from_generation: u64,
    pub generation: u64,
    pub terms: Vec<u8>,
    pub bundle: Vec<u8>,
}

/// New terms, by the owner's decision.
pub async fn change(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    id: ConsentId,
    until: Timestamp,
    made: Remade,
) -> Result<(), Error> {
    super::for_consent(permit, owner, id)?;
    let query = tx.query(&CHANGE).bind(owner).bind(id).bind(made.from_generation).bind(made.generation).bind(until);
    expect_one(query.bind(made.terms).bind(made.bundle).execute().await?)
}

/// The same terms over entries that their owner has written anew.
pub async fn remake(tx: &mut Tx, permit: &Permit, owner: OwnerId, id: ConsentId, made: Remade) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    let query = tx.query(&REMAKE).bind(owner).bind(id).bind(made.from_generation).bind(made.generation);
    expect_one(query.bind(made.terms).bind(made.bundle).execute().await?)
}

/// Ends a live consent and destroys its bundle; the number for the event, and the unit. `None` where it was not live.
pub async fn end(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    id: ConsentId,
    state: State,
) -> Result<Option<(u64, UnitId)>, Error> {
    super::for_consent(permit, owner, id)?;
    tx.query(&END).bind(owner).bind(id).bind(state.word()).bind(state.ended_at()).optional().await
}

pub async fn next_sequence(tx: &mut Tx, owner: OwnerId, id: ConsentId) -> Result<u64, Error> {
    Ok(tx.query(&NEXT_SEQ).bind(owner).bind(id).one::<(u64,)>().await?.0)
}

/// Locks a live consent until commit, so that whatever is made from it is neither of an ended nor of a narrower one. `false` where it does
/// not live.
pub async fn hold(tx: &mut Tx, owner: OwnerId, id: ConsentId, now: Timestamp) -> Result<bool, Error> {
    Ok(tx.query(&HOLD).bind(owner).bind(id).bind(now).optional::<(u64,)>().await?.is_some())
}

/// The guard of an append: the event's number, if the consent is still given, in time and of this generation. The row stays locked
/// until commit, so no read commits after a withdrawal or a narrowing.
pub async fn guard(tx: &mut Tx, owner: OwnerId, id: ConsentId, generation: u64, now: Timestamp) -> Result<Option<u64>, Error> {
    let query = tx.query(&GUARD).bind(owner).bind(id).bind(generation).bind(now);
    Ok(query.optional::<(u64,)>().await?.map(|row| row.0))
}

/// One generation of a consent.
pub(super) type Stream = (OwnerId, ConsentId, u64);

/// Lines of one generation of a consent that are appended together.
pub(super) struct Together {
    /// The earliest and the latest: all are in time or none is.
    pub first: Timestamp,
    pub last: Timestamp,
    pub count: u64,
}

/// What passed the guard together.
pub(super) struct Passed {
    pub stream: Stream,
    /// The last line's number.
    pub last: u64,
    /// Leaves of the log's tree.
    pub size: u64,
}

/// [`guard`] for many at once, which also begins their transaction; those that passed.
pub(super) async fn guard_group(writer: &mut Kept, lines: &BTreeMap<Stream, Together>) -> Result<Vec<Passed>, Error> {
    let rows = lines.iter().map(|((owner, id, generation), Together { first, last, count })| {
        let (owner, id) = (owner.0.simple(), id.0.simple());
        format!("[\"{owner}\",\"{id}\",{generation},{},{},{count}]", first.0, last.0)
    });
    type Row = (OwnerId, ConsentId, u64, u64, u64);
    let rows = writer.begin(&GUARD_GROUP)?.bind(json_array(rows)).all::<Row>().await?;
    let passed = |(owner, id, generation, last, size)| Passed { stream: (owner, id, generation), last, size };
    Ok(rows.into_iter().map(passed).collect())
}

/// Live consents whose end has passed.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<(OwnerId, ConsentId, UnitId)>, Error> {
    tx.query(&DUE).bind(now).all().await
}

pub async fn live_of_owner(tx: &mut Tx, owner: OwnerId) -> Result<Vec<ConsentId>, Error> {
    Ok(tx.query(&LIVE_OF_OWNER).bind(owner).all::<(ConsentId,)>().await?.into_iter().map(|row| row.0).collect())
}

pub async fn count_live(tx: &mut Tx, owner: OwnerId) -> Result<u64, Error> {
    Ok(tx.query(&COUNT_LIVE).bind(owner).one::<(u64,)>().await?.0)
}

pub async fn rewrap(
    tx: &mut Tx,
    permit: &Permit,
    owner: OwnerId,
    id: ConsentId,
    secret: Vec<u8>,
    terms: Vec<u8>,
) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    expect_one(tx.query(&REWRAP).bind(owner).bind(id).bind(secret).bind(terms).execute().await?)
}

pub async fn delete_all(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_ALL).bind(owner).execute().await?;
    Ok(())
}

const fn expect_one(changed: u64) -> Result<(), Error> {
    if changed == 1 { Ok(()) } else { Err(Error::Conflict) }
}
