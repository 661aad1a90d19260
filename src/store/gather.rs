//! What many look up at once goes in one statement: handing a statement to SQLite's thread and back costs more than the row it fetches.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::time::timeout;

use super::{Db, Error, Look};

/// A look-up that many may ask for at once.
pub trait Gathered: Sized + Send + Sync + 'static {
    type Found: Send + 'static;
    /// One answer for each that asks, in their order.
    fn find(look: &mut Look, asked: &[Self]) -> impl Future<Output = Result<Vec<Self::Found>, Error>> + Send;
}

/// Gathers look-ups while earlier ones are under way. Each sees what was committed before it was asked. PostgreSQL has a process for each
/// connection, so there each look-up goes by itself.
///
/// Whoever asks holds no connection: those who gather wait for one too.
pub enum Gather<A: Gathered> {
    Grouped(mpsc::Sender<Waiting<A>>),
    Single(Db),
}

pub struct Waiting<A: Gathered> {
    asked: A,
    answer: Answer<A::Found>,
}

type Answer<T> = oneshot::Sender<Result<T, Error>>;

type Queue<A> = Arc<Mutex<mpsc::Receiver<Waiting<A>>>>;

/// Look-ups in one statement at most.
const GROUP: usize = 32;
/// So many statements under way: while one group's rows are read, the next is fetched.
const AT_ONCE: usize = 2;
/// So long a connection is kept for the next who asks.
const A_WHILE: Duration = Duration::from_millis(5);

impl<A: Gathered> Gather<A> {
    /// Starts the tasks that gather; they end when this is dropped.
    pub fn start(db: &Db) -> Self {
        if !db.is_sqlite() {
            return Self::Single(db.clone());
        }
        let (sender, receiver) = mpsc::channel(1024);
        let queue = Arc::new(Mutex::new(receiver));
        for _ in 0..AT_ONCE {
            tokio::spawn(gather(db.clone(), Arc::clone(&queue)));
        }
        Self::Grouped(sender)
    }

    pub async fn ask(&self, asked: A) -> Result<A::Found, Error> {
        match self {
            Self::Single(db) => alone(&mut db.look().await?, &asked).await,
            Self::Grouped(sender) => {
                let (answer, answered) = oneshot::channel();
                sender.send(Waiting { asked, answer }).await.map_err(|_| Error::Unread)?;
                answered.await.map_err(|_| Error::Unread)?
            }
        }
    }
}

async fn gather<A: Gathered>(db: Db, queue: Queue<A>) {
    let mut waiting = Vec::with_capacity(GROUP);
    while queue.lock().await.recv_many(&mut waiting, GROUP).await > 0 {
        match db.look().await {
            Ok(mut look) => while_asked(&mut look, &queue, &mut waiting).await,
            Err(error) => failed(&error, waiting.drain(..).map(|one| one.answer)),
        }
    }
}

/// Answers with one connection until nobody has asked for a while: each return of a connection costs a hand-over to SQLite's thread.
async fn while_asked<A: Gathered>(look: &mut Look, queue: &Queue<A>, waiting: &mut Vec<Waiting<A>>) {
    loop {
        let (asked, answers): (Vec<_>, Vec<_>) = waiting.drain(..).map(|one| (one.asked, one.answer)).unzip();
        match A::find(look, &asked).await {
            Ok(found) => answers.into_iter().zip(found).for_each(|(answer, found)| told(answer, Ok(found))),
            // A row that somebody has spoilt is the fault of whoever asked for it, and of nobody else in the group.
            Err(error) if of_a_row(&error) => {
                for (one, answer) in asked.iter().zip(answers) {
                    told(answer, alone(look, one).await);
                }
            }
            Err(error) => return failed(&error, answers.into_iter()),
        }
        let next = async { queue.lock().await.recv_many(waiting, GROUP).await };
        if timeout(A_WHILE, next).await.is_err() || waiting.is_empty() {
            return;
        }
    }
}

/// Told once in the server's log; each who asked fails.
fn failed<T>(error: &Error, answers: impl Iterator<Item = Answer<T>>) {
    tracing::error!(%error, "a group of look-ups failed");
    answers.for_each(|answer| told(answer, Err(Error::Unread)));
}

fn told<T>(answer: Answer<T>, what: Result<T, Error>) {
    let _gone = answer.send(what);
}

const fn of_a_row(error: &Error) -> bool {
    matches!(error, Error::Corrupt | Error::Database(sqlx::Error::ColumnDecode { .. }))
}

async fn alone<A: Gathered>(look: &mut Look, one: &A) -> Result<A::Found, Error> {
    A::find(look, std::slice::from_ref(one)).await?.pop().ok_or(Error::Unread)
}

/// Rows that bear the place of who asked, each at its place.
pub(super) fn placed<T>(rows: impl Iterator<Item = (u64, T)>, asked: usize) -> Result<Vec<Option<T>>, Error> {
    let mut out: Vec<Option<T>> = std::iter::repeat_with(|| None).take(asked).collect();
    for (place, row) in rows {
        let place = usize::try_from(place).map_err(|_| Error::Corrupt)?;
        *out.get_mut(place).ok_or(Error::Corrupt)? = Some(row);
    }
    Ok(out)
}

/// Rows that a statement packed into one value: of each its place among those asked for and its length, in 4 bytes each (big-endian), then
/// the row. SQLite's thread hands over each row by itself, and wakes whoever waits for it, which costs more than the row.
pub fn unpacked(mut packed: &[u8]) -> Result<Vec<(usize, &[u8])>, Error> {
    let mut rows = Vec::new();
    while !packed.is_empty() {
        let (place, length) = (number(&mut packed)?, number(&mut packed)?);
        let (row, rest) = packed.split_at_checked(length).ok_or(Error::Corrupt)?;
        rows.push((place, row));
        packed = rest;
    }
    Ok(rows)
}

fn number(packed: &mut &[u8]) -> Result<usize, Error> {
    let (bytes, rest) = packed.split_first_chunk().ok_or(Error::Corrupt)?;
    *packed = rest;
    usize::try_from(u32::from_be_bytes(*bytes)).map_err(|_| Error::Corrupt)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_cut_short_is_no_row() {
        let whole = [0, 0, 0, 7, 0, 0, 0, 2, 0, 255];
        for end in 1..whole.len() {
            assert!(matches!(unpacked(&whole[..end]), Err(Error::Corrupt)), "{end}");
        }
        assert!(matches!(unpacked(&[255; 12]), Err(Error::Corrupt)), "a length beyond the end");
        assert_eq!(unpacked(&whole).unwrap(), [(7, &[0, 255][..])]);
        assert!(unpacked(&[]).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn rows_come_out_as_they_went_in(rows: Vec<(u32, Vec<u8>)>) {
            let mut packed = Vec::new();
            for (place, row) in &rows {
                packed.extend(place.to_be_bytes());
                packed.extend(u32::try_from(row.len()).unwrap().to_be_bytes());
                packed.extend(row);
            }
            let read = unpacked(&packed).unwrap().into_iter().map(|(place, row)| (u32::try_from(place).unwrap(), row.to_vec()));
            prop_assert_eq!(read.collect::<Vec<_>>(), rows);
        }
    }
}
