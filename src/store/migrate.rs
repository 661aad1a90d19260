//! The schema: embedded migrations with the same numbers and names for both databases.

use std::borrow::Cow;

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::{Db, Error};

/// Number, name, text for SQLite, text for PostgreSQL.
type Step = (i64, &'static str, &'static str, &'static str);

const STEPS: &[Step] = &[
    (1, "first", include_str!("../../migrations/sqlite/0001_first.sql"), include_str!("../../migrations/postgres/0001_first.sql")),
    (2, "bound", include_str!("../../migrations/sqlite/0002_bound.sql"), include_str!("../../migrations/postgres/0002_bound.sql")),
    (
        3,
        "client",
        include_str!("../../migrations/sqlite/0003_client.sql"),
        include_str!("../../migrations/postgres/0003_client.sql"),
    ),
    (
        4,
        "request",
        include_str!("../../migrations/sqlite/0004_request.sql"),
        include_str!("../../migrations/postgres/0004_request.sql"),
    ),
    (5, "link", include_str!("../../migrations/sqlite/0005_link.sql"), include_str!("../../migrations/postgres/0005_link.sql")),
    (
        6,
        "delivery",
        include_str!("../../migrations/sqlite/0006_delivery.sql"),
        include_str!("../../migrations/postgres/0006_delivery.sql"),
    ),
    (7, "units", include_str!("../../migrations/sqlite/0007_units.sql"), include_str!("../../migrations/postgres/0007_units.sql")),
    (8, "child", include_str!("../../migrations/sqlite/0008_child.sql"), include_str!("../../migrations/postgres/0008_child.sql")),
    (
        9,
        "issuing",
        include_str!("../../migrations/sqlite/0009_issuing.sql"),
        include_str!("../../migrations/postgres/0009_issuing.sql"),
    ),
    (10, "held", include_str!("../../migrations/sqlite/0010_held.sql"), include_str!("../../migrations/postgres/0010_held.sql")),
    (11, "file", include_str!("../../migrations/sqlite/0011_file.sql"), include_str!("../../migrations/postgres/0011_file.sql")),
    (
        12,
        "wallet",
        include_str!("../../migrations/sqlite/0012_wallet.sql"),
        include_str!("../../migrations/postgres/0012_wallet.sql"),
    ),
    (13, "found", include_str!("../../migrations/sqlite/0013_found.sql"), include_str!("../../migrations/postgres/0013_found.sql")),
    (
        14,
        "scope_ends",
        include_str!("../../migrations/sqlite/0014_scope_ends.sql"),
        include_str!("../../migrations/postgres/0014_scope_ends.sql"),
    ),
    (
        15,
        "statement",
        include_str!("../../migrations/sqlite/0015_statement.sql"),
        include_str!("../../migrations/postgres/0015_statement.sql"),
    ),
    (16, "whole", include_str!("../../migrations/sqlite/0016_whole.sql"), include_str!("../../migrations/postgres/0016_whole.sql")),
    (
        17,
        "server_key",
        include_str!("../../migrations/sqlite/0017_server_key.sql"),
        include_str!("../../migrations/postgres/0017_server_key.sql"),
    ),
];

impl Db {
    /// The number of the newest migration that this program knows.
    pub fn newest_step() -> u64 {
        STEPS.last().and_then(|step| u64::try_from(step.0).ok()).unwrap_or(0)
    }

    /// Brings the schema up to date. Safe to call at each start.
    pub async fn migrate(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite { writer, .. } => migrator(|step| step.2).run(writer).await?,
            Self::Postgres(pool) => migrator(|step| step.3).run(pool).await?,
        }
        Ok(())
    }
}

fn migrator(text: impl Fn(&Step) -> &'static str) -> Migrator {
    let made =
        |step: &Step| Migration::new(step.0, Cow::Borrowed(step.1), MigrationType::Simple, SqlStr::from_static(text(step)), false);
    Migrator::with_migrations(STEPS.iter().map(made).collect())
}
