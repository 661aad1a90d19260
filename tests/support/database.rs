//! A fresh database: a SQLite file, or a PostgreSQL database cloned from one migrated template.

use std::time::Duration;

use egenkarta::store::Db;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Executor, PgPool};
use tokio::sync::OnceCell;

use super::dir::unique;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// `postgres://user@host:port/postgres` of a server where databases may be made; set by `tests/run`.
const ADDRESS: &str = "EGENKARTA_TEST_POSTGRES";
/// Set where nothing may be left out.
const FULL: &str = "EGENKARTA_FULL";

static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// The server's address; `None`, said aloud, where there is none.
pub fn server() -> Option<String> {
    let found = std::env::var(ADDRESS).ok().filter(|address| !address.is_empty());
    if found.is_none() {
        assert!(std::env::var(FULL).is_err(), "{FULL} is set, and {ADDRESS} names no PostgreSQL");
        eprintln!("left out: {ADDRESS} names no PostgreSQL");
    }
    found
}

/// A fresh, migrated database on the server: its address and its name.
pub async fn clone(server: &str) -> (String, String) {
    let template = TEMPLATE.get_or_init(|| make_template(server)).await;
    let name = unique("db");
    let pool = admin(server).await;
    // By its files: through the write-ahead log each costs twice the time.
    let sql = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
    pool.execute(AssertSqlSafe(sql)).await.unwrap();
    pool.close().await;
    (in_server(server, &name), name)
}

pub async fn drop_database(server: &str, name: &str) {
    let pool = admin(server).await;
    let _left = pool.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))).await;
    pool.close().await;
}

/// An empty database, not migrated.
pub async fn empty(server: &str) -> (String, String) {
    let name = unique("empty");
    let pool = admin(server).await;
    pool.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    pool.close().await;
    (in_server(server, &name), name)
}

async fn make_template(server: &str) -> String {
    let name = unique("template");
    let pool = admin(server).await;
    pool.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    pool.close().await;
    let db = Db::open(&in_server(server, &name)).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
    name
}

async fn admin(server: &str) -> PgPool {
    let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(60));
    pool.connect(server).await.expect("the PostgreSQL server answers")
}

fn in_server(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    format!("{base}/{name}")
}
