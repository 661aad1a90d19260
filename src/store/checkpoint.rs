//! The log's tree: leaves, stored hashes and signed checkpoints.

use uuid::Uuid;

use super::sql::statements;
use super::{Error, Tx};
use crate::domain::{OwnerId, Timestamp};

statements! {
    SIZE = "SELECT size FROM log_state WHERE id = 1";
    GROW = "UPDATE log_state SET size = size + $1 WHERE id = 1 RETURNING size";
    INSERT_LEAF = "INSERT INTO leaf (number, owner, stream, seq, body, hash) VALUES ($1, $2, $3, $4, $5, $6)";
    LEAVES = "SELECT number, owner, stream, seq, erased, body, hash FROM leaf WHERE number >= $1 ORDER BY number LIMIT $2";
    ERASE_LEAVES = "UPDATE leaf SET owner = NULL, stream = NULL, seq = NULL, erased = 1 WHERE owner = $1";
    COUNT_OF_OWNER = "SELECT CAST(count(*) AS BIGINT) FROM leaf WHERE owner = $1";
    INSERT_HASH = "INSERT INTO log_hash (idx, hash) VALUES ($1, $2)";
    HASH = "SELECT hash FROM log_hash WHERE idx = $1";
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

pub async fn insert_hash(tx: &mut Tx, index: u64, hash: [u8; 32]) -> Result<(), Error> {
    tx.query(&INSERT_HASH).bind(index).bind(hash).execute().await?;
    Ok(())
}

pub async fn hash(tx: &mut Tx, index: u64) -> Result<[u8; 32], Error> {
    Ok(tx.query(&HASH).bind(index).one::<([u8; 32],)>().await?.0)
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
