//! The store's own statements by file and name, so that the bare server runs exactly the same SQL.

use egenkarta::store::sql::Sql;
use egenkarta::store::{self, Db};

/// A statement of one of the store's files.
pub fn of(statements: &'static [(&'static str, &'static Sql)], name: &str) -> &'static Sql {
    statements.iter().find(|(known, _)| *known == name).map_or_else(|| panic!("the store has no statement {name}"), |(_, sql)| sql)
}

static JOURNAL: Sql = Sql::new("PRAGMA journal_mode");
static SYNCHRONOUS: Sql = Sql::new("PRAGMA synchronous");
static FSYNC: Sql = Sql::new("SELECT setting FROM pg_settings WHERE name = 'fsync'");
static COMMIT: Sql = Sql::new("SELECT setting FROM pg_settings WHERE name = 'synchronous_commit'");

/// Prints the settings under which the server's own connection writes; ends with a failure where a commit is not durable.
pub async fn durable(db: &Db) {
    let mut tx = db.write().await.unwrap();
    let fine = if db.is_sqlite() {
        let journal: (String,) = tx.query(&JOURNAL).one().await.unwrap();
        let synchronous: (i64,) = tx.query(&SYNCHRONOUS).one().await.unwrap();
        println!("journal_mode {}\nsynchronous {}", journal.0, ["OFF", "NORMAL", "FULL", "EXTRA"][synchronous.0 as usize]);
        journal.0 == "wal" && synchronous.0 >= 2
    } else {
        let fsync: (String,) = tx.query(&FSYNC).one().await.unwrap();
        let commit: (String,) = tx.query(&COMMIT).one().await.unwrap();
        println!("fsync {}\nsynchronous_commit {}", fsync.0, commit.0);
        fsync.0 == "on" && commit.0 != "off"
    };
    drop(tx);
    std::process::exit(i32::from(!fine));
}

pub use store::{consent, entry, event, inbox, manifest, organisation, owner, session, token};
