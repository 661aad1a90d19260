//! The log's tree: leaves, stored hashes and signed checkpoints.

use uuid::Uuid;

use super::append::Hashes;
use super::event::Place;
use super::query::{Query, json_array, json_hex};
use super::sql::statements;
use super::{Error, Kept, Tx};
use crate::domain::{OwnerId, Timestamp};

statements! {
    SIZE = "SELECT size FROM log_state WHERE id = 1";
    GROW = "UPDATE log_state SET size = size + $1 WHERE id = 1 RETURNING size";
    INSERT_LEAF = "INSERT INTO leaf (number, owner, stream, seq, body, hash) VALUES ($1, $2, $3, $4, $5, $6)";
    INSERT_LEAVES = "INSERT INTO leaf (number, owner, stream, seq, hash) SELECT value ->> 0, unhex(value ->> 1), unhex(value ->> 2), value ->> 3, unhex(value ->> 4) FROM json_each($1)"
        | "INSERT INTO leaf (number, owner, stream, seq, hash) SELECT (line ->> 0)::bigint, (line ->> 1)::uuid, (line ->> 2)::uuid, (line ->> 3)::bigint, decode(line ->> 4, 'hex') FROM json_array_elements($1::json) AS line";
    LEAVES = "SELECT number, owner, stream, seq, erased, body, hash FROM leaf WHERE number >= $1 ORDER BY number LIMIT $2";
    ERASE_LEAVES = "UPDATE leaf SET owner = NULL, stream = NULL, seq = NULL, erased = 1 WHERE owner = $1";
    COUNT_OF_OWNER = "SELECT CAST(count(*) AS BIGINT) FROM leaf WHERE owner = $1";
    INSERT_HASHES = "INSERT INTO log_hash (idx, hash) SELECT value ->> 0, unhex(value ->> 1) FROM json_each($1)"
        | "INSERT INTO log_hash (idx, hash) SELECT (line ->> 0)::bigint, decode(line ->> 1, 'hex') FROM json_array_elements($1::json) AS line";
    HASHES = "SELECT idx, hash FROM log_hash WHERE idx IN (SELECT value FROM json_each($1))"
        | "SELECT idx, hash FROM log_hash WHERE idx IN (SELECT value::bigint FROM json_array_elements_text($1::json) AS value)";
    INSERT_CHECKPOINT = "INSERT INTO checkpoint (size, root, note, at) VALUES ($1, $2, $3, $4) ON CONFLICT (size) DO NOTHING";
    NEWEST = "SELECT size, root, note, at FROM checkpoint ORDER BY size DESC LIMIT 1";
    AT_SIZE = "SELECT size, root, note, at FROM checkpoint WHERE size = $1";
}

#[derive(Clone, Debug)]
pub struct LeafRow {
    pub number: u64,
    pub owner: Option<OwnerId>,
    pub stream: Option<Uuid>,
    pub sequence: Option<u64>,
    pub erased: bool,
    /// The body of a leaf that is no event: one that names erased numbers.
    pub body: Option<Vec<u8>>,
    pub hash: [u8; 32],
}

/// Size, root hash, signed note, when.
pub type CheckpointRow = (u64, [u8; 32], String, Timestamp);

pub async fn size(tx: &mut Tx) -> Result<u64, Error> {
    Ok(tx.query(&SIZE).one::<(u64,)>().await?.0)
}

/// Takes `more` leaf numbers and holds the log until commit; the size before.
pub async fn grow(tx: &mut Tx, more: u64) -> Result<u64, Error> {
    let (size,) = tx.query(&GROW).bind(more).one::<(u64,)>().await?;
    size.checked_sub(more).ok_or(Error::Corrupt)
}

pub async fn insert_leaf(tx: &mut Tx, row: LeafRow) -> Result<(), Error> {
    let query = tx.query(&INSERT_LEAF).bind(row.number).bind(row.owner).bind(row.stream);
    let sequence = row.sequence.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    query.bind(sequence).bind(row.body).bind(row.hash).execute().await?;
    Ok(())
}

/// Leaves of lines, from the number `first` on, with their hashes.
pub async fn insert_leaves<'a>(tx: &mut Tx, first: u64, lines: impl Iterator<Item = (&'a Place, [u8; 32])>) -> Result<(), Error> {
    let row = |(number, ((owner, stream, sequence, _), hash)): (u64, (&Place, [u8; 32]))| {
        format!("[{number},\"{}\",\"{}\",{sequence},{}]", owner.0.simple(), stream.simple(), json_hex(&hash))
    };
    tx.query(&INSERT_LEAVES).bind(json_array((first..).zip(lines).map(row))).execute().await?;
    Ok(())
}

pub async fn leaves(tx: &mut Tx, from: u64, most: u64) -> Result<Vec<LeafRow>, Error> {
    type Row = (u64, Option<OwnerId>, Option<Uuid>, Option<u64>, bool, Option<Vec<u8>>, [u8; 32]);
    let rows: Vec<Row> = tx.query(&LEAVES).bind(from).bind(most).all().await?;
    let row =
        |(number, owner, stream, sequence, erased, body, hash)| LeafRow { number, owner, stream, sequence, erased, body, hash };
    Ok(rows.into_iter().map(row).collect())
}

/// How many leaves are of an owner's lines.
pub async fn count_of_owner(tx: &mut Tx, owner: OwnerId) -> Result<u64, Error> {
    Ok(tx.query(&COUNT_OF_OWNER).bind(owner).one::<(u64,)>().await?.0)
}

/// Forgets whose lines they were; number and hash stay.
pub async fn erase_leaves(tx: &mut Tx, owner: OwnerId) -> Result<(), Error> {
    tx.query(&ERASE_LEAVES).bind(owner).execute().await?;
    Ok(())
}

/// Stores hashes of the tree at their indexes.
pub async fn insert_hashes(tx: &mut Tx, hashes: impl Iterator<Item = (u64, [u8; 32])>) -> Result<(), Error> {
    let rows = json_array(hashes.map(|(index, hash)| format!("[{index},{}]", json_hex(&hash))));
    tx.query(&INSERT_HASHES).bind(rows).execute().await?;
    Ok(())
}

/// The hash at each index; [`Error::Missing`] where one is not stored.
pub async fn hashes(tx: &mut Tx, indexes: &[u64]) -> Result<Hashes, Error> {
    found(tx.query(&HASHES), indexes).await
}

/// [`hashes`], for who keeps the writer.
pub(super) async fn hashes_kept(writer: &mut Kept, indexes: &[u64]) -> Result<Hashes, Error> {
    found(writer.query(&HASHES)?, indexes).await
}

async fn found(query: Query<'_>, indexes: &[u64]) -> Result<Hashes, Error> {
    let asked = json_array(indexes.iter().map(u64::to_string));
    let found: Hashes = query.bind(asked).all::<(u64, [u8; 32])>().await?.into_iter().collect();
    if indexes.iter().all(|index| found.contains_key(index)) { Ok(found) } else { Err(Error::Missing) }
}

pub async fn insert(tx: &mut Tx, row: CheckpointRow) -> Result<(), Error> {
    tx.query(&INSERT_CHECKPOINT).bind(row.0).bind(row.1).bind(row.2).bind(row.3).execute().await?;
    Ok(())
}

pub async fn newest(tx: &mut Tx) -> Result<Option<CheckpointRow>, Error> {
    tx.query(&NEWEST).optional().await
}

pub async fn at_size(tx: &mut Tx, size: u64) -> Result<Option<CheckpointRow>, Error> {
    tx.query(&AT_SIZE).bind(size).optional().await
}
