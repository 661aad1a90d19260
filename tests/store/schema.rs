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

/// Statements that walk through a table or a whole index: the operator's commands, a start, a backup and a restore, the hourly clean-up,
/// and tables that stay small. None of what answers a request of a person or reads for a unit stands here.
const WALKS: &[&str] = &[
    "ALL: issuing_scope",
    "ALL: organisation",
    "ALL: report",
    "ANYONE: owner",
    "CHILDREN_OF_CLIENT: child USING INDEX child_by_end",
    "COUNT: report",
    "DELETE: wallet_code",
    "DELETE_BATCHES: batch",
    "DELETE_CHILDREN: child USING INDEX child_by_end",
    "DELETE_DELIVERIES: delivery",
    "DELETE_DRAFTS: draft",
    "DELETE_OFFERS: offer USING INDEX offer_by_end",
    "DELETE_OLD: batch",
    "DELETE_OLD: delivery",
    "DELETE_OLD: draft",
    "DELETE_OLD: invite",
    "DELETE_OLD: login",
    "DELETE_OLD: refusal",
    "DELETE_OLD: report",
    "DELETE_OLD: request",
    "DELETE_OLD: session",
    "DELETE_OLD: token",
    "DELETE_REQUESTS: request USING INDEX sqlite_autoindex_request_2",
    "DELETE_SESSIONS: session USING INDEX session_by_owner",
    "DELETE_WALLET_CODES: wallet_code USING INDEX wallet_code_by_end",
    "DROP_RECEIVERS: receiver",
    "DUE: waiting",
    "END_TOKENS: token",
    "LEAP: inbox_count",
    "LIVE: framework",
    "LIVE: showing USING INDEX showing_by_owner",
    "LIVE_CONSENT: consent USING INDEX consent_by_end",
    "LIVE_CONSENTS: consent USING INDEX sqlite_autoindex_consent_1",
    "LIVE_ONE: showing",
    "MARKS: server_key",
    "NEWEST: checkpoint",
    "NEWEST_STEP: _sqlx_migrations USING COVERING INDEX sqlite_autoindex__sqlx_migrations_1",
    "OWNER_OF_ENTRY: entry_version USING COVERING INDEX entry_version_by_entry",
    "OWNER_OF_SLOT: card USING COVERING INDEX card_by_owner",
    "OWNER_OF_SLOT: slot USING COVERING INDEX sqlite_autoindex_slot_1",
    "PRESSURE: pressure",
    "SEARCH: u",
    "UNBOUND: organisation",
    "UNBOUND: owner",
    "UNBOUND: unit",
    "WAITING: event USING INDEX event_waiting",
];

/// What a request costs must not grow with the number of people: its rows are found by an index.
#[test]
fn no_statement_walks_through_a_table_unless_that_is_its_task() {
    crate::support::run(Kind::Sqlite, async |app: &TestApp| {
        let mut walks = BTreeSet::new();
        for (name, sql) in statements() {
            // The plan is made anew for a limit once that is known.
            let text =
                (1..=sql.values).rev().fold(sql.sqlite.to_owned(), |text, n| text.replace(&format!("LIMIT ${n}"), "LIMIT 500"));
            for part in text.split("; ").filter(|part| !["BEGIN IMMEDIATE", "COMMIT"].contains(part)) {
                for row in select(&app.service.db, &format!("EXPLAIN QUERY PLAN {part}")).await {
                    let Cell::Text(detail) = &row["detail"] else { panic!("{name}: {row:?}") };
                    let through =
                        detail.strip_prefix("SCAN ").filter(|rest| !rest.contains("VIRTUAL TABLE") && !rest.starts_with('('));
                    walks.extend(through.map(|rest| format!("{name}: {rest}")));
                }
            }
        }
        assert_eq!(walks.iter().map(String::as_str).collect::<Vec<_>>(), WALKS);
    });
}

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

/// The writer leaves it to a job: else everyone waits for the disk while it does it.
#[test]
fn what_was_written_is_folded_into_the_file_beside_those_who_write() {
    crate::support::run(Kind::Sqlite, async |app: &TestApp| {
        app.participant("Amina").await;
        let db = &app.service.db;
        let Some(Cell::Text(file)) = select(db, "PRAGMA database_list").await[0].get("file").cloned() else { panic!("no file") };
        let people = async |db: &Db| select(db, "SELECT count(*) AS n FROM owner").await[0]["n"].number();
        let (there, alone) = (people(db).await, format!("{file}.alone"));
        let _writing = db.write().await.unwrap();
        app.service.fold().await.unwrap();
        std::fs::copy(&file, &alone).unwrap();
        let folded = people(&Db::open(&alone).await.unwrap()).await;
        assert!(there > 0 && there == folded, "{there} of whom {folded} stand in the file itself");
    });
}
