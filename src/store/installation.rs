//! What a database says of itself: that it holds the demonstration, that it is whole, and that it is being served or restored.

use std::time::Duration;

use sqlx::{Connection as _, PgConnection};

use super::sql::statements;
use super::{Db, Error, Tx, is_server};
use crate::domain::{OwnerId, Timestamp};

statements! {
    DEMO = "SELECT since FROM demonstration WHERE id = 1";
    SET_DEMO = "INSERT INTO demonstration (id, since) VALUES (1, $1) ON CONFLICT (id) DO NOTHING";
    ANYONE = "SELECT id FROM owner LIMIT 1";
    WHOLE = "SELECT since FROM whole WHERE id = 1";
    SET_WHOLE = "INSERT INTO whole (id, since) VALUES (1, $1) ON CONFLICT (id) DO NOTHING";
}

/// The advisory lock's number: "egenkart" in ASCII. It is of one database.
const LOCK: i64 = 0x6567_656e_6b61_7274;
/// So often whoever serves looks whether the lock is still held.
const LOOK: Duration = Duration::from_secs(20);

impl Db {
    /// Whether it holds the demonstration. An error where the schema is older than the mark, or absent.
    pub async fn is_demo(&self) -> Result<bool, Error> {
        let mut tx = self.read().await?;
        let found = tx.query(&DEMO).optional::<(Timestamp,)>().await?;
        tx.commit().await?;
        Ok(found.is_some())
    }

    /// Says for good that it holds the demonstration.
    pub async fn mark_demo(&self, now: Timestamp) -> Result<(), Error> {
        let mut tx = self.write().await?;
        tx.query(&SET_DEMO).bind(now).execute().await?;
        tx.commit().await
    }

    /// Whether no restore is under way, or was broken off.
    pub async fn is_whole(&self) -> Result<bool, Error> {
        let mut tx = self.read().await?;
        let found = tx.query(&WHOLE).optional::<(Timestamp,)>().await?;
        tx.commit().await?;
        Ok(found.is_some())
    }

    /// Whether anyone has anything in it: a person, a unit or its staff. An error where there is no schema.
    pub async fn is_peopled(&self) -> Result<bool, Error> {
        let mut tx = self.read().await?;
        let found = peopled(&mut tx).await?;
        tx.commit().await?;
        Ok(found)
    }
}

/// The same within a transaction.
pub async fn peopled(tx: &mut Tx) -> Result<bool, Error> {
    Ok(tx.query(&ANYONE).optional::<(OwnerId,)>().await?.is_some())
}

/// The database is whole again: everything that had ended has ended again.
pub async fn set_whole(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    tx.query(&SET_WHOLE).bind(now).execute().await.map(drop)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldAs {
    Served,
    Restored,
}

impl HeldAs {
    const fn statement(self) -> &'static str {
        match self {
            Self::Served => "SELECT pg_try_advisory_lock_shared($1)",
            Self::Restored => "SELECT pg_try_advisory_lock($1)",
        }
    }
}

/// A PostgreSQL database held as one that is served, which several servers may, or that is restored, which one alone may. It ends with the
/// value, or with its connection. SQLite's is held by its file.
pub struct Hold {
    address: String,
    connection: Option<PgConnection>,
}

impl Hold {
    /// `None` where another holds it otherwise. `address`: the database's.
    pub async fn take(address: &str, how: HeldAs) -> Result<Option<Self>, Error> {
        let address = address.to_owned();
        if !is_server(&address) {
            return Ok(Some(Self { address, connection: None }));
        }
        let mut connection = PgConnection::connect(&address).await?;
        let (held,): (bool,) = sqlx::query_as(how.statement()).bind(LOCK).fetch_one(&mut connection).await?;
        Ok(held.then_some(Self { address, connection: Some(connection) }))
    }

    /// Waits until the lock is lost and cannot be had again, since a restore has begun. A connection that broke is made anew.
    pub async fn lost(mut self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let Some(connection) = &mut self.connection else { continue };
            if connection.ping().await.is_ok() {
                continue;
            }
            match Self::take(&self.address, HeldAs::Served).await {
                Ok(Some(again)) => self = again,
                Ok(None) => return,
                Err(error) => tracing::error!(%error, "the database does not answer, and will be asked again"),
            }
        }
    }
}
