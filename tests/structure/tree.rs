//! The top level, and the migrations of the two databases side by side.

use super::{Fault, none, root, sources};

/// What the project's user fixed, and beside it only what tools demand.
const TOP: &[&str] = &[
    "Cargo.toml",
    "src",
    "migrations",
    "policies",
    "seeds",
    "tests",
    "README.md", // fixed
    "Cargo.lock",
    "LICENSE",
    ".ci",
    ".cargo",
    ".git",
    ".gitignore",
    "benches",
    "askama.toml",
    "clippy.toml",
    "rustfmt.toml", // tools
    "target",
    "data", // never committed
];

#[test]
fn the_top_level_is_as_fixed() {
    let mut faults: Vec<Fault> = Vec::new();
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if !TOP.contains(&name.as_str()) {
            faults.push(format!("{name}: not of the top level as fixed"));
        }
    }
    none(&faults);
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| -> Vec<String> {
        let found = sources(folder, "sql");
        found.into_iter().map(|(file, _)| file.rsplit('/').next().unwrap().to_string()).collect()
    };
    assert_eq!(names("migrations/sqlite"), names("migrations/postgres"));
}

/// Times as text compare wrongly, a BOOLEAN column breaks decoding on some paths, and a table that is not STRICT takes anything.
#[test]
fn the_embedded_database_is_strict() {
    let faults: Vec<Fault> = sources("migrations/sqlite", "sql").iter().flat_map(|(file, text)| loose(file, text)).collect();
    none(&faults);
}

fn loose(file: &str, text: &str) -> Vec<Fault> {
    let code: String = text.lines().map(|line| line.split("--").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
    let mut faults = Vec::new();
    for statement in code.split(';') {
        let words = statement.to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.starts_with("CREATE TABLE") {
            continue;
        }
        let name: String = words.chars().take(60).collect();
        if !words.rsplit(')').next().unwrap_or("").contains("STRICT") {
            faults.push(format!("{file}: not STRICT: {name}"));
        }
        for kind in ["BOOLEAN", "DATETIME", "TIMESTAMP"] {
            if words.contains(&format!(" {kind}")) {
                faults.push(format!("{file}: a column of type {kind}: {name}"));
            }
        }
    }
    faults
}

#[test]
fn a_loose_table_is_seen() {
    assert_eq!(loose("a.sql", "CREATE TABLE a (b TEXT);").len(), 1);
    assert_eq!(loose("a.sql", "-- STRICT\nCREATE TABLE a (b BOOLEAN NOT NULL) STRICT;").len(), 1);
    assert_eq!(loose("a.sql", "CREATE TABLE a (b BLOB) STRICT, WITHOUT ROWID; CREATE INDEX x ON a (b);").len(), 0);
}
