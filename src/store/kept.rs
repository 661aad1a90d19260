//! SQLite's one writer, kept from one commit to the next while nobody else wants it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::Sqlite;
use sqlx::pool::PoolConnection;

use super::Error;
use super::query::{Connection, Query};
use super::sql::Sql;

/// Each return to the pool costs a hand-over to SQLite's thread and back, for which the next commit would wait. What is run on it begins and
/// ends its own transactions; dropped between the two, its connection is closed, and with it what was begun.
#[derive(Debug)]
pub struct Kept {
    /// There until it is dropped.
    writer: Option<PoolConnection<Sqlite>>,
    begun: bool,
    wanted: Arc<AtomicUsize>,
}

impl Kept {
    pub(super) const fn new(writer: PoolConnection<Sqlite>, wanted: Arc<AtomicUsize>) -> Self {
        Self { writer: Some(writer), begun: false, wanted }
    }

    /// Runs a statement within what has been begun.
    pub fn query(&mut self, sql: &'static Sql) -> Result<Query<'_>, Error> {
        let writer = self.writer.as_deref_mut().ok_or(Error::Unwritten)?;
        Ok(Query::new(Connection::Sqlite(writer), sql))
    }

    /// Runs a statement that begins a transaction.
    pub fn begin(&mut self, sql: &'static Sql) -> Result<Query<'_>, Error> {
        self.begun = true;
        self.query(sql)
    }

    /// What was begun has been committed.
    pub fn committed(&mut self) {
        self.begun = false;
    }

    /// Whether someone else waits for it.
    pub fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed) > 0
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if self.begun
            && let Some(writer) = self.writer.take()
        {
            drop(writer.detach());
        }
    }
}

/// One who waits for the writer.
pub(super) struct Asking<'a>(&'a AtomicUsize);

impl<'a> Asking<'a> {
    pub fn of(wanted: &'a AtomicUsize) -> Self {
        wanted.fetch_add(1, Ordering::Relaxed);
        Self(wanted)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
