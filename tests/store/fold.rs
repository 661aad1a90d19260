//! SQLite's write-ahead log begins anew while others write.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egenkarta::store::Db;

use crate::support::dir::Dir;
use crate::support::raw::execute;

/// In each transaction so many rows of nearly a page.
const ROWS: u64 = 20;
const TRANSACTIONS: u64 = 700;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_write_ahead_log_stays_short_while_it_is_written() {
    let dir = Dir::new();
    let file = dir.path().join("log.sqlite");
    let db = Db::open(&file.display().to_string()).await.unwrap();
    execute(&db, "CREATE TABLE filler (n INTEGER PRIMARY KEY, body BLOB)").await;
    let over = Arc::new(AtomicBool::new(false));
    let folding = {
        let (db, over) = (db.clone(), Arc::clone(&over));
        tokio::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                db.fold().await.unwrap();
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
    };
    let each = vec!["0"; ROWS as usize].join(",");
    let many = format!("INSERT INTO filler (body) SELECT randomblob(3900) FROM json_each('[{each}]')");
    for _ in 0..TRANSACTIONS {
        execute(&db, &many).await;
    }
    over.store(true, Ordering::Relaxed);
    folding.await.unwrap();
    let log = std::fs::metadata(file.with_extension("sqlite-wal")).unwrap().len();
    let written = ROWS * TRANSACTIONS * 4096;
    assert!(log < written / 4 * 3, "{log} bytes of {written} stay in the log");
    db.close().await;
}
