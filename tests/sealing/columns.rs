//! Every column is one of: id, time, count, state, public key, keyed hash, sealed, public fact. The list is `tests/columns.txt`.

use std::collections::{BTreeMap, BTreeSet};

use egenkarta::crypto::{entry, receive, record};

use super::scene::Scene;
use crate::support::raw::{Cell, columns, rows};
use crate::support::{TestApp, on_both};

const LIST: &str = include_str!("../columns.txt");
const CLASSES: [&str; 8] = ["id", "time", "count", "state", "public-key", "keyed-hash", "sealed", "public-fact"];

/// Column (`table.column`) to class.
pub fn classes() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for line in LIST.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (column, class) = (words.next().unwrap(), words.next().expect("a class"));
        assert!(CLASSES.contains(&class), "{line}");
        assert!(words.next().is_none() || line.contains("  -- "), "{line}");
        assert!(found.insert(column.to_owned(), class.to_owned()).is_none(), "twice: {column}");
    }
    found
}

on_both!(every_column_has_a_class_that_its_type_can_bear, |app| {
    let classed = classes();
    let real = columns(&app.service.db).await;
    let names: Vec<String> = real.iter().map(|info| format!("{}.{}", info.table, info.column)).collect();
    let unclassed: Vec<&String> = names.iter().filter(|name| !classed.contains_key(*name)).collect();
    assert!(unclassed.is_empty(), "columns without a class in tests/columns.txt: {unclassed:?}");
    let unreal: Vec<&String> = classed.keys().filter(|name| !names.contains(name)).collect();
    assert!(unreal.is_empty(), "classed, and not there: {unreal:?}");
    for (info, name) in real.iter().zip(&names) {
        let fits = match classed[name].as_str() {
            "id" => info.kind == "id" || (app.service.db.is_sqlite() && info.kind == "bytes"),
            "time" | "count" => info.kind == "number",
            "sealed" | "public-key" | "keyed-hash" => info.kind == "bytes",
            "state" => info.kind == "text" || info.kind == "number",
            _ => info.kind != "id",
        };
        assert!(fits, "{name} of type {} is no {}", info.kind, classed[name]);
    }
});

on_both!(every_sealed_column_parses_as_a_sealed_format, |app| {
    let _scene = Scene::new(app).await;
    let tables: BTreeSet<String> = classes().into_keys().map(|name| name.split_once('.').unwrap().0.to_owned()).collect();
    // What waits for a wallet stands in a scene of its own, which calls this too.
    for table in tables.iter().filter(|table| !table.starts_with("wallet_")) {
        holds_sealed(app, table).await;
    }
});

/// Each sealed column of a table holds something in this database, and all of it are records of our formats.
pub async fn holds_sealed(app: &TestApp, of: &str) {
    let db = &app.service.db;
    for (name, class) in classes().into_iter().filter(|(_, class)| class == "sealed") {
        let (table, column) = name.split_once('.').unwrap();
        if table != of {
            continue;
        }
        let cells: Vec<Cell> = rows(db, table).await.into_iter().map(|mut row| row.remove(column).unwrap()).collect();
        let held: Vec<&[u8]> = cells.iter().filter(|cell| **cell != Cell::Null).map(Cell::bytes).collect();
        // Reports need an operator's key, which the scene has none of.
        assert!(!held.is_empty() || table == "report", "{name} holds nothing in the scene ({class})");
        for sealed in held {
            assert!(is_sealed(&name, sealed), "{name} is no sealed record: {} bytes, first {:?}", sealed.len(), sealed.first());
        }
    }
}

/// A record of our formats, padded to one of our sizes.
fn is_sealed(name: &str, bytes: &[u8]) -> bool {
    let body = |head: usize| bytes.len().checked_sub(head + 16);
    match bytes.first() {
        Some(&record::FORMAT) => record::generation(bytes).is_ok() && body(69).is_some_and(is_padded),
        Some(&entry::FORMAT) => name == "entry_version.sealed" && body(1).is_some_and(is_padded),
        Some(&receive::FORMAT) => receive::generation(bytes).is_ok() && body(1131).is_some_and(is_padded),
        _ => false,
    }
}

/// A key; the steps; events of one size; bundles of sixteen rows.
fn is_padded(body: usize) -> bool {
    matches!(body, 32 | 512 | 2048) || (body > 0 && [1024, 1920, 8192].iter().any(|step| body.is_multiple_of(*step)))
}

#[test]
fn text_hashes_and_half_records_are_no_sealed_records() {
    let name = "entry_version.sealed";
    for bytes in [b"Amina".to_vec(), vec![], vec![1; 32], vec![1; 598], vec![2; 16], vec![2; 600], vec![3; 2000]] {
        assert!(!is_sealed(name, &bytes), "{} bytes of {:?}", bytes.len(), bytes.first());
    }
    assert!(is_sealed(name, &[2; 529]) && !is_sealed("manifest.sealed", &[2; 529]), "only entries have a format of their own");
}
