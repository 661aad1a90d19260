//! The log's lines: sealed bodies, numbered without gaps in each stream. Those of a group of reads come with their leaves (`append`); all
//! others wait for theirs.

use uuid::Uuid;

use super::append::Hashes;
use super::query::{json_array, json_hex};
use super::sql::statements;
use super::{Error, Kept, Look, Tx};
use crate::domain::{OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO event (owner, stream, seq, at, sealed) VALUES ($1, $2, $3, $4, $5)";
    // Ends the transaction that the consents' guard began: lines with their leaves, and the tree that has grown by them. Bodies lie end to end in one value.
    INSERT_GROUP = sqlite "INSERT INTO event (owner, stream, seq, at, leaf, sealed) SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4, substr($2, value ->> 6, value ->> 7) FROM json_each($1); INSERT INTO leaf (number, owner, stream, seq, hash) SELECT value ->> 4, unhex(value ->> 0), unhex(value ->> 1), value ->> 2, unhex(value ->> 5) FROM json_each($1); INSERT INTO log_hash (idx, hash) SELECT value ->> 0, unhex(value ->> 1) FROM json_each($3); UPDATE log_state SET size = $4 WHERE id = 1; COMMIT";
    COMMIT = sqlite "COMMIT";
    OF_OWNER = "SELECT stream, seq, at, leaf, sealed FROM event WHERE owner = $1 AND at < $2 ORDER BY at DESC, stream, seq DESC LIMIT $3";
    OF_STREAM = "SELECT stream, seq, at, leaf, sealed FROM event WHERE owner = $1 AND stream = $2 AND at < $3 ORDER BY at DESC, seq DESC LIMIT $4";
    // Named: with a small limit SQLite takes walking through all lines ever written for cheaper than the index of the few that wait.
    WAITING = "SELECT owner, stream, seq, at, sealed FROM event INDEXED BY event_waiting WHERE leaf IS NULL AND sealed IS NOT NULL ORDER BY at, owner, stream, seq LIMIT $1"
        | "SELECT owner, stream, seq, at, sealed FROM event WHERE leaf IS NULL AND sealed IS NOT NULL ORDER BY at, owner, stream, seq LIMIT $1";
    SET_LEAVES = "UPDATE event SET leaf = line.value ->> 0 FROM json_each($1) AS line WHERE owner = unhex(line.value ->> 1) AND stream = unhex(line.value ->> 2) AND seq = line.value ->> 3 AND leaf IS NULL"
        | "UPDATE event SET leaf = (line ->> 0)::bigint FROM json_array_elements($1::json) AS line WHERE owner = (line ->> 1)::uuid AND stream = (line ->> 2)::uuid AND seq = (line ->> 3)::bigint AND leaf IS NULL";
    BODY = "SELECT stream, seq, at, leaf, sealed FROM event WHERE owner = $1 AND stream = $2 AND seq = $3";
    LEAVES_OF_OWNER = "SELECT leaf, seq FROM event WHERE owner = $1 AND leaf IS NOT NULL ORDER BY leaf";
    DELETE_OWNER = "DELETE FROM event WHERE owner = $1";
}

#[derive(Clone, Debug)]
pub struct EventRow {
    pub stream: Uuid,
    pub sequence: u64,
    pub at: Timestamp,
    pub leaf: Option<u64>,
    pub sealed: Option<Vec<u8>>,
}

type Full = (Uuid, u64, Timestamp, Option<u64>, Option<Vec<u8>>);

fn full((stream, sequence, at, leaf, sealed): Full) -> EventRow {
    EventRow { stream, sequence, at, leaf, sealed }
}

/// Where a line stands: owner, stream, number, time.
pub type Place = (OwnerId, Uuid, u64, Timestamp);

pub async fn insert(tx: &mut Tx, permit: &Permit, place: Place, sealed: Vec<u8>) -> Result<(), Error> {
    let (owner, stream, sequence, at) = place;
    super::for_owner(permit, owner)?;
    tx.query(&INSERT).bind(owner).bind(stream).bind(sequence).bind(at).bind(sealed).execute().await?;
    Ok(())
}

/// Lines with their leaves, numbered from `first` on, and the hashes that the tree has grown by to its new size; then commits.
pub(super) async fn insert_group(
    writer: &mut Kept,
    lines: &[(Place, Vec<u8>)],
    (first, leaves): (u64, &[[u8; 32]]),
    (size, grown): (u64, &Hashes),
) -> Result<(), Error> {
    let (mut rows, mut bodies) =
        (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.iter().map(|(_, body)| body.len()).sum()));
    for (number, (((owner, stream, sequence, at), body), leaf)) in (first..).zip(lines.iter().zip(leaves)) {
        // SQL counts from one.
        let (begins, length) = (bodies.len() + 1, body.len());
        bodies.extend_from_slice(body);
        let (owner, stream, at, leaf) = (owner.0.simple(), stream.simple(), at.0, json_hex(leaf));
        rows.push(format!("[\"{owner}\",\"{stream}\",{sequence},{at},{number},{leaf},{begins},{length}]"));
    }
    let grown = json_array(grown.iter().map(|(index, hash)| format!("[{index},{}]", json_hex(hash))));
    writer.query(&INSERT_GROUP)?.bind(json_array(rows.into_iter())).bind(bodies).bind(grown).bind(size).execute().await?;
    writer.committed();
    Ok(())
}

pub(super) async fn commit(writer: &mut Kept) -> Result<(), Error> {
    writer.query(&COMMIT)?.execute().await?;
    writer.committed();
    Ok(())
}

/// Newest first, before `before`.
pub async fn of_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId, before: Timestamp, most: u64) -> Result<Vec<EventRow>, Error> {
    super::for_owner(permit, owner)?;
    Ok(tx.query(&OF_OWNER).bind(owner).bind(before).bind(most).all::<Full>().await?.into_iter().map(full).collect())
}

pub async fn of_stream(tx: &mut Tx, owner: OwnerId, stream: Uuid, before: Timestamp, most: u64) -> Result<Vec<EventRow>, Error> {
    let query = tx.query(&OF_STREAM).bind(owner).bind(stream).bind(before).bind(most);
    Ok(query.all::<Full>().await?.into_iter().map(full).collect())
}

/// Place and body of lines without a leaf, oldest first.
pub async fn waiting(look: &mut Look, most: u64) -> Result<Vec<(Place, Vec<u8>)>, Error> {
    type Row = (OwnerId, Uuid, u64, Timestamp, Vec<u8>);
    let rows = look.query(&WAITING).bind(most).all::<Row>().await?;
    Ok(rows.into_iter().map(|(owner, stream, sequence, at, body)| ((owner, stream, sequence, at), body)).collect())
}

/// Numbers lines that wait, from the leaf `first` on; how many did.
pub async fn set_leaves<'a>(tx: &mut Tx, first: u64, lines: impl Iterator<Item = &'a Place>) -> Result<u64, Error> {
    let row = |(number, (owner, stream, sequence, _)): (u64, &Place)| {
        format!("[{number},\"{}\",\"{}\",{sequence}]", owner.0.simple(), stream.simple())
    };
    tx.query(&SET_LEAVES).bind(json_array((first..).zip(lines).map(row))).execute().await
}

pub async fn body(tx: &mut Tx, owner: OwnerId, stream: Uuid, sequence: u64) -> Result<Option<EventRow>, Error> {
    Ok(tx.query(&BODY).bind(owner).bind(stream).bind(sequence).optional::<Full>().await?.map(full))
}

pub async fn leaves_of_owner(tx: &mut Tx, owner: OwnerId) -> Result<Vec<u64>, Error> {
    Ok(tx.query(&LEAVES_OF_OWNER).bind(owner).all::<(u64, u64)>().await?.into_iter().map(|row| row.0).collect())
}

pub async fn delete_owner(tx: &mut Tx, permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    super::for_owner(permit, owner)?;
    tx.query(&DELETE_OWNER).bind(owner).execute().await?;
    Ok(())
}
