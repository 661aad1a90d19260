//! The two databases behind one type.

use std::future::ready;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Executor, Postgres, Row, Sqlite, SqliteConnection, Transaction};

use super::Error;
use super::kept::{Asking, Kept};
use super::query::{Connection, Query};
use super::sql::Sql;
use crate::domain::BoxFuture;

/// A database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// One writer, many readers. (200 parallel writes with deferred BEGIN lost 154 of them; with one writer none.)
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        /// Folds the write-ahead log, and waits for nobody for long.
        folder: SqlitePool,
        /// How many wait for the writer, but for those who keep it from one commit to the next.
        wanted: Arc<AtomicUsize>,
    },
    Postgres(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`], it rolls back.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A connection for single statements that only read, each on a snapshot of its own: no BEGIN, no COMMIT.
#[derive(Debug)]
pub enum Look {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

const READERS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 16;
/// Pages of SQLite's write-ahead log (4 KiB each) before the writer itself folds it into the file, and everyone waits for the disk. It comes
/// to that only where [`Db::fold`] is not called.
const UNFOLDED: &str = "16000";
const PATIENCE: Duration = Duration::from_secs(10);
/// Pages of the write-ahead log from which on it is begun anew: what a quarter of a second of many reads writes.
const LONG: i64 = 3000;
/// So often what was written during a folding is folded too, each time less. Only where nothing more came meanwhile does SQLite wait for the
/// file to be on the disk; the last time that is little, the first time a hundred milliseconds, for which the writer must not be kept.
const FOLDINGS: usize = 5;
/// How long the writer is kept for those who still read from the log.
const BRIEFLY: Duration = Duration::from_millis(5);

/// Pages that the write-ahead log has; -1 where another is folding.
async fn checkpoint(folder: &SqlitePool, how: &'static str) -> Result<i64, Error> {
    Ok(sqlx::query(how).fetch_one(folder).await?.try_get(1)?)
}

/// Whether a database's address is of a PostgreSQL server, and not of a SQLite file.
pub fn is_server(address: &str) -> bool {
    address.starts_with("postgres://") || address.starts_with("postgresql://")
}

impl Db {
    /// Opens `postgres://…`, or else a SQLite file, which is made if absent.
    pub async fn open(address: &str) -> Result<Self, Error> {
        if is_server(address) { Self::open_postgres(address).await } else { Self::open_sqlite(Path::new(address)).await }
    }

    async fn open_postgres(address: &str) -> Result<Self, Error> {
        let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(PATIENCE);
        Ok(Self::Postgres(pool.test_before_acquire(false).connect(address).await?))
    }

    async fn open_sqlite(file: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("secure_delete", "ON")
            // A temporary file would hold rows outside the folder that we watch over.
            .pragma("temp_store", "MEMORY")
            // Mapped, the file would be unmapped and faulted in anew by every reader after every write (a tenth of a read's time).
            .pragma("mmap_size", "0")
            .statement_cache_capacity(200);
        let pool = || {
            let pool = SqlitePoolOptions::new().acquire_timeout(PATIENCE).test_before_acquire(false);
            // Where the disk is full SQLite itself ends the transaction, which the library goes on counting: every BEGIN after it would be
            // refused. Such a connection is closed, and another opened in its place.
            let sound = |connection: &mut SqliteConnection| !connection.is_in_transaction();
            pool.idle_timeout(None).max_lifetime(None).before_acquire(move |connection, _| Box::pin(ready(Ok(sound(connection)))))
        };
        let writing = options.clone().pragma("wal_autocheckpoint", UNFOLDED);
        let writer = pool().max_connections(1).min_connections(1).connect_with(writing).await?;
        let read_only = options.pragma("query_only", "ON");
        let folder = pool().max_connections(1).connect_with(read_only.clone().busy_timeout(BRIEFLY)).await?;
        let readers = pool().max_connections(READERS).connect_with(read_only.row_buffer_size(2048)).await?;
        Ok(Self::Sqlite { writer, readers, folder, wanted: Arc::default() })
    }

    /// Begins a transaction that only reads, on one snapshot.
    pub fn read(&self) -> BoxFuture<'_, Result<Tx, Error>> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
                Self::Postgres(pool) => Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
            })
        })
    }

    /// For single look-ups. Half of a read's time went into handing BEGIN and COMMIT to SQLite's threads and back.
    pub fn look(&self) -> BoxFuture<'_, Result<Look, Error>> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { readers, .. } => Look::Sqlite(readers.acquire().await?),
                Self::Postgres(pool) => Look::Postgres(pool.acquire().await?),
            })
        })
    }

    /// Begins a transaction that writes. On SQLite it waits for the one writer.
    pub fn write(&self) -> BoxFuture<'_, Result<Tx, Error>> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { writer, wanted, .. } => {
                    let _asking = Asking::of(wanted);
                    Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)
                }
                Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
            })
        })
    }

    /// SQLite's writer, to be kept while nobody else wants it.
    pub async fn keep(&self) -> Result<Kept, Error> {
        match self {
            Self::Sqlite { writer, wanted, .. } => Ok(Kept::new(writer.acquire().await?, Arc::clone(wanted))),
            Self::Postgres(_) => Err(Error::Unwritten),
        }
    }

    pub const fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// Checks that the statement prepares.
    pub async fn prepare(&self, sql: &'static Sql) -> Result<(), Error> {
        match self {
            Self::Sqlite { writer, .. } => {
                writer.acquire().await?.prepare(sqlx::SqlStr::from_static(sql.sqlite)).await.map(drop)?
            }
            Self::Postgres(_) if sql.postgres.is_empty() => (),
            Self::Postgres(pool) => pool.acquire().await?.prepare(sqlx::SqlStr::from_static(sql.postgres)).await.map(drop)?,
        }
        Ok(())
    }

    /// Folds SQLite's write-ahead log into the file. Nearly all of it, with the waiting for the disk, beside those who read and write; where
    /// the log has grown, the writer is kept for the last pages, so that the log begins anew.
    pub async fn fold(&self) -> Result<(), Error> {
        let Self::Sqlite { writer, folder, wanted, .. } = self else { return Ok(()) };
        let mut pages = 0;
        for _ in 0..FOLDINGS {
            pages = checkpoint(folder, "PRAGMA wal_checkpoint(PASSIVE)").await?;
        }
        if pages >= LONG {
            let asking = Asking::of(wanted);
            let _writer = writer.acquire().await?;
            drop(asking);
            checkpoint(folder, "PRAGMA wal_checkpoint(RESTART)").await?;
        }
        Ok(())
    }

    /// Waits until all connections are closed; SQLite's write-ahead log is folded into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, folder, .. } => {
                folder.close().await;
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    pub fn query(&mut self, sql: &'static Sql) -> Query<'_> {
        let connection = match self {
            Self::Sqlite(tx) => Connection::Sqlite(tx),
            Self::Postgres(tx) => Connection::Postgres(tx),
        };
        Query::new(connection, sql)
    }

    pub fn commit(self) -> BoxFuture<'static, Result<(), Error>> {
        Box::pin(async move {
            match self {
                Self::Sqlite(tx) => tx.commit().await?,
                Self::Postgres(tx) => tx.commit().await?,
            }
            Ok(())
        })
    }
}

impl Look {
    pub fn query(&mut self, sql: &'static Sql) -> Query<'_> {
        let connection = match self {
            Self::Sqlite(connection) => Connection::Sqlite(connection),
            Self::Postgres(connection) => Connection::Postgres(connection),
        };
        Query::new(connection, sql)
    }
}
