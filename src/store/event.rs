//! The log's lines: sealed bodies, numbered without gaps in each stream, waiting for their leaf numbers.

use std::collections::{HashMap, HashSet};

use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::once::{self, Mark};
use super::query::{json_array, json_hex};
use super::sql::statements;
use super::{Db, Error, Look, Tx, consent};
use crate::domain::{ConsentId, OwnerId, Timestamp};
use crate::policy::Permit;

statements! {
    INSERT = "INSERT INTO event (owner, stream, seq, at, sealed) VALUES ($1, $2, $3, $4, $5)";
    INSERT_ALL = "INSERT INTO event (owner, stream, seq, at, sealed) SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, unhex(value ->> 4) FROM json_each($1)"
        | "INSERT INTO event (owner, stream, seq, at, sealed) SELECT (line ->> 0)::uuid, (line ->> 1)::uuid, (line ->> 2)::bigint, (line ->> 3)::bigint, decode(line ->> 4, 'hex') FROM json_array_elements($1::json) AS line";
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
    super::for_owner(permit, place.0)?;
    append(tx, place, sealed).await
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

async fn append(tx: &mut Tx, (owner, stream, sequence, at): Place, sealed: Vec<u8>) -> Result<(), Error> {
    tx.query(&INSERT).bind(owner).bind(stream).bind(sequence).bind(at).bind(sealed).execute().await?;
    Ok(())
}

/// The guarded append of a read: no line, no read.
///
/// Behind SQLite's one writer appends are grouped: many share one commit, each has its own answer, none is answered before its line
/// is durable. PostgreSQL groups commits itself, so there one read is one transaction and stays with one owner.
#[derive(Clone)]
pub enum Appender {
    Grouped(mpsc::Sender<Work>),
    Single(Db),
}

/// What a read asks to have appended.
pub struct Guarded {
    pub owner: OwnerId,
    pub consent: ConsentId,
    /// Of the bundle that was opened.
    pub generation: u64,
    pub at: Timestamp,
    /// Seals the line once its number is known.
    pub seal: Box<dyn FnOnce(u64) -> Vec<u8> + Send>,
}

pub struct Waiting {
    line: Guarded,
    answer: oneshot::Sender<Result<Option<u64>, Error>>,
}

/// What waits for the writer: the line of a read, or the mark of what may be presented once.
pub enum Work {
    Line(Waiting),
    Once { mark: Mark, until: Timestamp, answer: oneshot::Sender<Result<bool, Error>> },
}

type Done = Vec<(oneshot::Sender<Result<Option<u64>, Error>>, Option<u64>)>;

type Marks = Vec<(Mark, Timestamp, oneshot::Sender<Result<bool, Error>>)>;

/// Lines in one commit at most.
const GROUP: usize = 64;

impl Appender {
    /// Starts the task that groups; it ends when the last appender is dropped.
    pub fn start(db: Db) -> Self {
        if !db.is_sqlite() {
            return Self::Single(db);
        }
        let (sender, receiver) = mpsc::channel(1024);
        tokio::spawn(group(db, receiver));
        Self::Grouped(sender)
    }

    /// The line's number once it is durable; `None` where the guard failed: nothing was appended.
    pub async fn append(&self, permit: &Permit, line: Guarded) -> Result<Option<u64>, Error> {
        super::for_consent(permit, line.owner, line.consent)?;
        match self {
            Self::Single(db) => {
                let mut tx = db.write().await?;
                let number = guarded(&mut tx, line).await?;
                tx.commit().await?;
                Ok(number)
            }
            Self::Grouped(sender) => {
                let (answer, answered) = oneshot::channel();
                sender.send(Work::Line(Waiting { line, answer })).await.map_err(|_| Error::Unwritten)?;
                answered.await.map_err(|_| Error::Unwritten)?
            }
        }
    }

    /// Marks what may be presented once, in a commit that it shares; `false` where it was marked before.
    pub async fn once(&self, mark: Mark, until: Timestamp) -> Result<bool, Error> {
        match self {
            Self::Single(db) => {
                let mut tx = db.write().await?;
                let fresh = once::insert(&mut tx, std::iter::once((mark, until))).await?;
                tx.commit().await?;
                Ok(!fresh.is_empty())
            }
            Self::Grouped(sender) => {
                let (answer, answered) = oneshot::channel();
                sender.send(Work::Once { mark, until, answer }).await.map_err(|_| Error::Unwritten)?;
                answered.await.map_err(|_| Error::Unwritten)?
            }
        }
    }
}

async fn guarded(tx: &mut Tx, line: Guarded) -> Result<Option<u64>, Error> {
    let Some(number) = consent::guard(tx, line.owner, line.consent, line.generation, line.at).await? else { return Ok(None) };
    append(tx, (line.owner, line.consent.0, number, line.at), (line.seal)(number)).await?;
    Ok(Some(number))
}

async fn group(db: Db, mut receiver: mpsc::Receiver<Work>) {
    let (mut work, mut waiting, mut marks) = (Vec::with_capacity(GROUP), Vec::with_capacity(GROUP), Vec::new());
    while receiver.recv_many(&mut work, GROUP).await > 0 {
        for one in work.drain(..) {
            match one {
                Work::Line(line) => waiting.push(line),
                Work::Once { mark, until, answer } => marks.push((mark, until, answer)),
            }
        }
        // Locked in one order, so that two groups on one database could not wait for each other.
        waiting.sort_by_key(|w| w.line.consent);
        commit_group(&db, &mut waiting, std::mem::take(&mut marks)).await;
    }
}

/// The lines that one statement may carry: of each consent one, since a row is updated once. The others wait for the next.
fn round(waiting: &mut Vec<Waiting>) -> Vec<Waiting> {
    let mut seen = HashSet::new();
    let (now, later) = waiting.drain(..).partition(|one| seen.insert(one.line.consent));
    *waiting = later;
    now
}

/// Guards and appends each line of a round in two statements: a hand-over to SQLite's thread costs more than the row.
async fn append_round(tx: &mut Tx, round: Vec<Waiting>, done: &mut Done) -> Result<(), Error> {
    let guards: Vec<_> = round.iter().map(|w| (w.line.owner, w.line.consent, w.line.generation, w.line.at)).collect();
    let passed: HashMap<ConsentId, u64> = consent::guard_all(tx, &guards).await?.into_iter().collect();
    let mut rows = Vec::with_capacity(passed.len());
    for Waiting { line, answer } in round {
        let number = passed.get(&line.consent).copied();
        if let Some(number) = number {
            let (owner, stream, at) = (line.owner.0.simple(), line.consent.0.simple(), line.at.0);
            rows.push(format!("[\"{owner}\",\"{stream}\",{number},{at},{}]", json_hex(&(line.seal)(number))));
        }
        done.push((answer, number));
    }
    tx.query(&INSERT_ALL).bind(json_array(rows.into_iter())).execute().await?;
    Ok(())
}

/// One commit for all; a failed guard fails only its own read, a failed commit fails each.
async fn commit_group(db: &Db, waiting: &mut Vec<Waiting>, marks: Marks) {
    let mut done = Vec::with_capacity(waiting.len());
    let mut fresh = HashSet::new();
    let result = async {
        let mut tx = db.write().await?;
        if !marks.is_empty() {
            fresh.extend(once::insert(&mut tx, marks.iter().map(|(mark, until, _)| (*mark, *until))).await?);
        }
        while !waiting.is_empty() {
            append_round(&mut tx, round(waiting), &mut done).await?;
        }
        tx.commit().await
    }
    .await;
    // Whoever was not reached is answered by the dropped channel: a fault, and no read.
    for (answer, number) in done {
        let _gone = answer.send(if result.is_ok() { Ok(number) } else { Err(Error::Unwritten) });
    }
    for (mark, _, answer) in marks {
        // Of two alike in one group the first was fresh.
        let _gone = answer.send(if result.is_ok() { Ok(fresh.remove(&mark)) } else { Err(Error::Unwritten) });
    }
    waiting.clear();
}
