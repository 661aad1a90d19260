//! What an operator wants to know of a database: whether its schema is current, and whether its server keeps what it says is kept.

use sqlx::Row as _;

use super::sql::statements;
use super::{Db, Error};
use crate::domain::Timestamp;

statements! {
    NEWEST_STEP = "SELECT CAST(max(version) AS BIGINT), CAST(count(*) AS BIGINT) FROM _sqlx_migrations";
    NEWEST_TIME = "SELECT max(at) FROM checkpoint";
}

impl Db {
    /// The number of the newest migration that has been applied. An error where none has.
    pub async fn schema_version(&self) -> Result<u64, Error> {
        let mut tx = self.read().await?;
        let (newest, _) = tx.query(&NEWEST_STEP).one::<(Option<u64>, u64)>().await?;
        tx.commit().await?;
        newest.ok_or(Error::Missing)
    }

    /// The time of the newest checkpoint: the present cannot lie before it.
    pub async fn newest_time(&self) -> Result<Option<Timestamp>, Error> {
        let mut tx = self.read().await?;
        let (at,) = tx.query(&NEWEST_TIME).one::<(Option<Timestamp>,)>().await?;
        tx.commit().await?;
        Ok(at)
    }

    /// The settings of a PostgreSQL server that durability hangs on, which have another value than they must: name and value. `None` for
    /// SQLite, where each connection sets its own as it opens: to read them back would say nothing.
    pub async fn undurable(&self) -> Result<Option<Vec<(&'static str, String)>>, Error> {
        let Self::Postgres(pool) = self else { return Ok(None) };
        let mut wrong = Vec::new();
        for (name, sql) in [
            ("fsync", "SHOW fsync"),
            ("synchronous_commit", "SHOW synchronous_commit"),
            ("full_page_writes", "SHOW full_page_writes"),
        ] {
            let value: String = sqlx::query(sql).fetch_one(pool).await?.try_get(0)?;
            if !matches!(value.as_str(), "on" | "remote_apply") {
                wrong.push((name, value));
            }
        }
        Ok(Some(wrong))
    }
}
