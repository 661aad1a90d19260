//! The guarded append of a read: no line, no read.
//!
//! Behind SQLite's one writer appends are grouped: many share one commit, each has its own answer, none is answered before its line is
//! durable. A group is two hand-overs to SQLite's thread: one begins and guards, one writes lines and leaves and commits. PostgreSQL groups
//! commits itself, so there one read is one transaction and stays with one owner; its lines wait for their leaves as those of owners do.

use std::collections::{BTreeMap, HashMap, HashSet};

use tokio::sync::{mpsc, oneshot};

use super::consent::{self, Passed, Stream, Together};
use super::event::{self, Place};
use super::once::{self, Mark};
use super::{Db, Error, Kept, checkpoint};
use crate::domain::{ConsentId, OwnerId, Timestamp};
use crate::policy::Permit;

/// Cheap to clone.
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

/// Hashes of the log's tree, by their index.
pub type Hashes = BTreeMap<u64, [u8; 32]>;

/// How the log's tree grows: brought by whoever starts the appender, since the room of the log lies beside this one.
pub trait Tree: Send + Sync + 'static {
    fn leaf(&self, place: &Place, sealed: &[u8]) -> [u8; 32];
    /// The indexes of the hashes that an append to a tree of `size` leaves takes.
    fn edge(&self, size: u64) -> Vec<u64>;
    /// The hashes that `leaves` add to a tree of `size` leaves with this edge; `None` where they do not fit.
    fn grow(&self, size: u64, leaves: &[[u8; 32]], edge: &Hashes) -> Option<Hashes>;
}

type Answer<T> = oneshot::Sender<Result<T, Error>>;

/// What waits for the writer: the line of a read, or the mark of what may be presented once.
pub enum Work {
    Line(Guarded, Answer<Option<u64>>),
    Once(Mark, Timestamp, Answer<bool>),
}

/// Lines in one commit at most.
const GROUP: usize = 64;

impl Appender {
    /// Starts the task that groups; it ends when the last appender is dropped.
    pub fn start(db: Db, tree: impl Tree) -> Self {
        if !db.is_sqlite() {
            return Self::Single(db);
        }
        let (sender, receiver) = mpsc::channel(1024);
        let group = Group { db, tree: Box::new(tree), edge: (0, Hashes::new()), writer: None };
        tokio::spawn(group.run(receiver));
        Self::Grouped(sender)
    }

    /// The line's number once it is durable; `None` where the guard failed: nothing was appended.
    pub async fn append(&self, permit: &Permit, line: Guarded) -> Result<Option<u64>, Error> {
        super::for_consent(permit, line.owner, line.consent)?;
        match self {
            Self::Single(db) => {
                let mut tx = db.write().await?;
                let guard = consent::guard(&mut tx, line.owner, line.consent, line.generation, line.at).await?;
                let Some(number) = guard else { return Ok(None) };
                let place = (line.owner, line.consent.0, number, line.at);
                event::insert(&mut tx, permit, place, (line.seal)(number)).await?;
                tx.commit().await?;
                Ok(Some(number))
            }
            Self::Grouped(sender) => answered(sender, |answer| Work::Line(line, answer)).await,
        }
    }

    /// Marks what may be presented once, in a commit that it shares; `false` where it was marked before.
    pub async fn once(&self, mark: Mark, until: Timestamp) -> Result<bool, Error> {
        match self {
            Self::Single(db) => {
                let mut tx = db.write().await?;
                let fresh = once::insert(&mut tx, (mark, until)).await?;
                tx.commit().await?;
                Ok(fresh)
            }
            Self::Grouped(sender) => answered(sender, |answer| Work::Once(mark, until, answer)).await,
        }
    }
}

async fn answered<T>(sender: &mpsc::Sender<Work>, work: impl FnOnce(Answer<T>) -> Work) -> Result<T, Error> {
    let (answer, answered) = oneshot::channel();
    sender.send(work(answer)).await.map_err(|_| Error::Unwritten)?;
    answered.await.map_err(|_| Error::Unwritten)?
}

struct Group {
    db: Db,
    tree: Box<dyn Tree>,
    /// What the next append to a tree of this size takes; of no use once somebody else has appended.
    edge: (u64, Hashes),
    writer: Option<Kept>,
}

/// Of each line its number where it passed, and which marks were fresh.
type Written = (Vec<Option<u64>>, HashSet<Mark>);

impl Group {
    async fn run(mut self, mut receiver: mpsc::Receiver<Work>) {
        let mut work = Vec::with_capacity(GROUP);
        while receiver.recv_many(&mut work, GROUP).await > 0 {
            self.answer(work.drain(..)).await;
            // Whoever withdraws waits for one group at most.
            if receiver.is_empty() || self.writer.as_ref().is_some_and(Kept::is_wanted) {
                self.writer = None;
            }
        }
    }

    /// One commit for all; a failed guard fails only its own read, a failed commit fails each.
    async fn answer(&mut self, work: impl Iterator<Item = Work> + Send) {
        let (mut lines, mut answers, mut marks, mut asked) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for one in work {
            match one {
                Work::Line(line, answer) => {
                    lines.push(line);
                    answers.push(answer);
                }
                Work::Once(mark, until, answer) => {
                    marks.push((mark, until));
                    asked.push(answer);
                }
            }
        }
        match self.commit(lines, &marks).await {
            Ok((numbers, mut fresh)) => {
                numbers.into_iter().zip(answers).for_each(|(number, answer)| told(answer, Ok(number)));
                // Of two alike in one group the first was fresh.
                marks.iter().zip(asked).for_each(|((mark, _), answer)| told(answer, Ok(fresh.remove(mark))));
            }
            // Told once in the server's log: each is a fault, and no read.
            Err(error) => {
                tracing::error!(%error, "a group of lines could not be appended");
                answers.into_iter().for_each(|answer| told(answer, Err(Error::Unwritten)));
                asked.into_iter().for_each(|answer| told(answer, Err(Error::Unwritten)));
            }
        }
    }

    async fn commit(&mut self, lines: Vec<Guarded>, marks: &[(Mark, Timestamp)]) -> Result<Written, Error> {
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => self.db.keep().await?,
        };
        let written = self.write(&mut writer, lines, marks).await?;
        self.writer = Some(writer);
        Ok(written)
    }

    async fn write(&mut self, writer: &mut Kept, lines: Vec<Guarded>, marks: &[(Mark, Timestamp)]) -> Result<Written, Error> {
        let together = together(&lines);
        let passed = consent::guard_group(writer, &together).await?;
        let fresh = if marks.is_empty() { HashSet::new() } else { once::insert_group(writer, marks).await? };
        let size = passed.first().map(|one| one.size);
        let (numbers, sealed) = sealed(lines, last_before(passed, &together)?);
        match size {
            Some(size) => self.append(writer, size, &sealed).await?,
            None => event::commit(writer).await?,
        }
        Ok((numbers, fresh))
    }

    /// Lines with their leaves, and the tree of `size` leaves grown by them; then commits.
    async fn append(&mut self, writer: &mut Kept, size: u64, lines: &[(Place, Vec<u8>)]) -> Result<(), Error> {
        let leaves: Vec<_> = lines.iter().map(|(place, sealed)| self.tree.leaf(place, sealed)).collect();
        // Taken whole: after a failure it is fetched anew.
        let (of, mut edge) = std::mem::take(&mut self.edge);
        if of != size {
            edge = checkpoint::hashes_kept(writer, &self.tree.edge(size)).await?;
        }
        let grown = self.tree.grow(size, &leaves, &edge).ok_or(Error::Corrupt)?;
        let larger = size.saturating_add(u64::try_from(lines.len()).unwrap_or(u64::MAX));
        event::insert_group(writer, lines, (size, &leaves), (larger, &grown)).await?;
        edge.extend(grown);
        let next = self.tree.edge(larger);
        edge.retain(|index, _| next.contains(index));
        self.edge = (larger, edge);
        Ok(())
    }
}

fn told<T>(answer: Answer<T>, what: Result<T, Error>) {
    let _gone = answer.send(what);
}

fn together(lines: &[Guarded]) -> BTreeMap<Stream, Together> {
    let mut out = BTreeMap::new();
    for line in lines {
        let stream = (line.owner, line.consent, line.generation);
        let one = out.entry(stream).or_insert(Together { first: line.at, last: line.at, count: 0 });
        (one.first, one.last, one.count) = (one.first.min(line.at), one.last.max(line.at), one.count + 1);
    }
    out
}

/// Of each that passed the number before its first line's.
fn last_before(passed: Vec<Passed>, together: &BTreeMap<Stream, Together>) -> Result<HashMap<Stream, u64>, Error> {
    let before = |one: Passed| {
        let count = together.get(&one.stream).map_or(0, |held| held.count);
        Ok((one.stream, one.last.checked_sub(count).ok_or(Error::Corrupt)?))
    };
    passed.into_iter().map(before).collect()
}

type Sealed = Vec<(Place, Vec<u8>)>;

/// Numbers and seals the lines that passed; of each line its number.
fn sealed(lines: Vec<Guarded>, mut last: HashMap<Stream, u64>) -> (Vec<Option<u64>>, Sealed) {
    let (mut numbers, mut sealed) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    for line in lines {
        let number = last.get_mut(&(line.owner, line.consent, line.generation)).map(|number| {
            *number += 1;
            *number
        });
        if let Some(number) = number {
            sealed.push(((line.owner, line.consent.0, number, line.at), (line.seal)(number)));
        }
        numbers.push(number);
    }
    (numbers, sealed)
}
