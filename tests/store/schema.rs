//! Both schemas are one, and both take every statement.

use std::collections::BTreeSet;

use egenkarta::store::{Db, Error, statements};

use crate::support::raw::{Cell, columns, select};
use crate::support::{Kind, TestApp, on_both};

on_both!(every_statement_prepares_and_wants_all_its_values, |app| {
    let all = statements();
    assert!(all.len() > 90, "{}", all.len());
    for (name, sql) in all {
        app.service.db.prepare(sql).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        if sql.values > 0 {
            let mut tx = app.service.db.read().await.unwrap();
            assert!(matches!(tx.query(sql).execute().await, Err(Error::Values)), "{name} runs without its values");
        }
    }
});

#[test]
fn both_databases_have_the_same_tables_columns_and_indexes() {
    crate::support::run(Kind::Postgres, async |postgres: &TestApp| {
        let sqlite = TestApp::new(Kind::Sqlite).await.unwrap();
        let mut theirs = columns(&postgres.service.db).await;
        for column in &mut theirs {
            if column.kind == "id" {
                column.kind = "bytes";
            }
        }
        assert_eq!(columns(&sqlite.service.db).await, theirs);
        assert_eq!(indexes(&sqlite.service.db).await, indexes(&postgres.service.db).await);
    });
}

async fn indexes(db: &Db) -> BTreeSet<Cell> {
    let sql = match db {
        Db::Sqlite { .. } => "SELECT name AS n FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%'",
        Db::Postgres(_) => {
            "SELECT CAST(indexname AS text) AS n FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey' \
             AND indexname NOT LIKE '%_key'"
        }
    };
    select(db, sql).await.into_iter().filter_map(|mut row| row.remove("n")).collect()
}

on_both!(migrating_again_changes_nothing, |app| {
    let before = columns(&app.service.db).await;
    app.service.db.migrate().await.unwrap();
    assert_eq!(columns(&app.service.db).await, before);
});

/// A change that was answered for must outlive a power cut, and nothing deleted may linger in the file.
#[test]
fn the_embedded_database_syncs_each_commit_and_wipes_what_it_deletes() {
    crate::support::run(Kind::Sqlite, async |app: &TestApp| {
        let expected = [("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("temp_store", 2), ("busy_timeout", 10_000)];
        for (pragma, wanted) in expected {
            let rows = select(&app.service.db, &format!("PRAGMA {pragma}")).await;
            let found = rows[0].values().next().unwrap().number();
            assert_eq!(found, wanted, "{pragma}");
        }
        let rows = select(&app.service.db, "PRAGMA journal_mode").await;
        assert_eq!(rows[0].values().next(), Some(&Cell::Text("wal".to_owned())));
    });
}
