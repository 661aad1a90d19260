//! What an operator wants to know of a database: whether its schema is current, and whether what it says is durable is so.

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

    /// The settings that durability hangs on, which have another value than they must: name and value.
    pub async fn undurable(&self) -> Result<Vec<(&'static str, String)>, Error> {
        let found = match self {
            Self::Sqlite { writer, .. } => {
                let synchronous: i64 = sqlx::query("PRAGMA synchronous").fetch_one(writer).await?.try_get(0)?;
                let journal: String = sqlx::query("PRAGMA journal_mode").fetch_one(writer).await?.try_get(0)?;
                let erased: i64 = sqlx::query("PRAGMA secure_delete").fetch_one(writer).await?.try_get(0)?;
                let settings = [("synchronous", synchronous.to_string()), ("secure_delete", erased.to_string())];
                // FULL is 2, EXTRA 3; secure_delete ON is 1.
                let wrong = |(name, value): &(&str, String)| {
                    !matches!((*name, value.as_str()), ("synchronous", "2" | "3") | ("secure_delete", "1"))
                };
                let wrong: Vec<_> = settings.into_iter().filter(wrong).collect();
                let journal = (journal != "wal").then_some(("journal_mode", journal));
                wrong.into_iter().chain(journal).collect()
            }
            Self::Postgres(pool) => {
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
                wrong
            }
        };
        Ok(found)
    }
}
