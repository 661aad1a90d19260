//! The tables as an attacker sees them: read and written past every use case.

use std::collections::BTreeMap;

use egenkarta::store::Db;
use sqlx::{AssertSqlSafe, Column, Executor, Row as _, TypeInfo, ValueRef};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

pub type Row = BTreeMap<String, Cell>;

/// A column of the schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnInfo {
    pub table: String,
    pub column: String,
    pub nullable: bool,
    /// One of `id`, `number`, `text`, `bytes`; SQLite knows no ids.
    pub kind: &'static str,
}

impl Cell {
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            other => panic!("no bytes: {other:?}"),
        }
    }

    pub fn number(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            other => panic!("no number: {other:?}"),
        }
    }

    pub fn id(id: impl Into<Uuid>) -> Self {
        Self::Bytes(id.into().as_bytes().to_vec())
    }
}

/// All columns of all tables of ours, in order.
pub async fn columns(db: &Db) -> Vec<ColumnInfo> {
    let sql = match db {
        Db::Sqlite { .. } => SQLITE_COLUMNS,
        Db::Postgres(_) => POSTGRES_COLUMNS,
    };
    let mut all: Vec<ColumnInfo> = select(db, sql).await.into_iter().map(column).collect();
    all.sort();
    all
}

// The migrations' own table is the library's, not ours.
const SQLITE_COLUMNS: &str = "SELECT m.name AS t, p.name AS c, p.\"notnull\" AS n, p.type AS k FROM sqlite_master m, \
    pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '!_sqlx%' ESCAPE '!'";
const POSTGRES_COLUMNS: &str = "SELECT CAST(table_name AS text) AS t, CAST(column_name AS text) AS c, \
    CAST(CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END AS bigint) AS n, CAST(data_type AS text) AS k \
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '!_sqlx%' ESCAPE '!'";

fn column(row: Row) -> ColumnInfo {
    let text = |name: &str| match &row[name] {
        Cell::Text(text) => text.clone(),
        other => panic!("no text: {other:?}"),
    };
    let kind = match text("k").as_str() {
        "uuid" => "id",
        "bigint" | "INTEGER" => "number",
        "text" | "TEXT" => "text",
        "bytea" | "BLOB" => "bytes",
        other => panic!("a column of type {other}"),
    };
    ColumnInfo { table: text("t"), column: text("c"), nullable: row["n"] == Cell::Number(0), kind }
}

/// Every row of a table.
pub async fn rows(db: &Db, table: &str) -> Vec<Row> {
    select(db, &format!("SELECT * FROM {table}")).await
}

pub async fn select(db: &Db, sql: &str) -> Vec<Row> {
    let sql = AssertSqlSafe(sql.to_owned());
    match db {
        Db::Sqlite { writer, .. } => writer.fetch_all(sql).await.unwrap().iter().map(sqlite_row).collect(),
        Db::Postgres(pool) => pool.fetch_all(sqlx::raw_sql(sql)).await.unwrap().iter().map(postgres_row).collect(),
    }
}

/// Runs a statement; the number of rows changed.
pub async fn execute(db: &Db, sql: &str) -> u64 {
    let text = AssertSqlSafe(sql.to_owned());
    match db {
        Db::Sqlite { writer, .. } => writer.execute(text).await.map(|done| done.rows_affected()),
        Db::Postgres(pool) => pool.execute(text).await.map(|done| done.rows_affected()),
    }
    .unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn sqlite_row(row: &sqlx::sqlite::SqliteRow) -> Row {
    let cell = |at: usize| {
        let kind = row.try_get_raw(at).unwrap();
        match kind.type_info().name() {
            _ if kind.is_null() => Cell::Null,
            "INTEGER" => Cell::Number(row.get(at)),
            "TEXT" => Cell::Text(row.get(at)),
            "BLOB" => Cell::Bytes(row.get(at)),
            other => panic!("a value of type {other}"),
        }
    };
    row.columns().iter().map(|column| (column.name().to_owned(), cell(column.ordinal()))).collect()
}

fn postgres_row(row: &sqlx::postgres::PgRow) -> Row {
    let cell = |at: usize, kind: &str| match kind {
        _ if row.try_get_raw(at).unwrap().is_null() => Cell::Null,
        "INT8" => Cell::Number(row.get(at)),
        "TEXT" => Cell::Text(row.get(at)),
        "BYTEA" => Cell::Bytes(row.get(at)),
        "UUID" => Cell::Bytes(row.get::<Uuid, _>(at).as_bytes().to_vec()),
        other => panic!("a value of type {other}"),
    };
    row.columns().iter().map(|column| (column.name().to_owned(), cell(column.ordinal(), column.type_info().name()))).collect()
}

/// Sets one cell of the row that these other cells name; exactly one row must change.
pub async fn set(db: &Db, table: &str, key: &[(&str, &Cell)], column: &str, value: &Cell) {
    let types = types(db, table).await;
    let literal = |name: &str, cell: &Cell| literal(db, types[name], cell);
    let place: Vec<String> = key.iter().map(|(name, cell)| format!("{name} = {}", literal(name, cell))).collect();
    let sql = format!("UPDATE {table} SET {column} = {} WHERE {}", literal(column, value), place.join(" AND "));
    assert_eq!(execute(db, &sql).await, 1, "{table}.{column}");
}

/// Sets all cells of a row to what they once were.
pub async fn put_back(db: &Db, table: &str, key: &[&str], row: &Row) {
    let types = types(db, table).await;
    let part = |name: &String, cell: &Cell| format!("{name} = {}", literal(db, types[name.as_str()], cell));
    let is_key = |name: &String| key.contains(&name.as_str());
    let place: Vec<String> = row.iter().filter(|(name, _)| is_key(name)).map(|(name, cell)| part(name, cell)).collect();
    let sets: Vec<String> = row.iter().filter(|(name, _)| !is_key(name)).map(|(name, cell)| part(name, cell)).collect();
    let sql = format!("UPDATE {table} SET {} WHERE {}", sets.join(", "), place.join(" AND "));
    assert_eq!(execute(db, &sql).await, 1, "{table}");
}

/// Puts a row back that is gone.
pub async fn insert(db: &Db, table: &str, row: &Row) {
    let types = types(db, table).await;
    let names: Vec<&str> = row.keys().map(String::as_str).collect();
    let values: Vec<String> = row.iter().map(|(name, cell)| literal(db, types[name.as_str()], cell)).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "));
    assert_eq!(execute(db, &sql).await, 1, "{table}");
}

async fn types(db: &Db, table: &str) -> BTreeMap<String, &'static str> {
    columns(db).await.into_iter().filter(|info| info.table == table).map(|info| (info.column, info.kind)).collect()
}

fn literal(db: &Db, kind: &str, cell: &Cell) -> String {
    match (cell, db) {
        (Cell::Null, _) => "NULL".to_owned(),
        (Cell::Number(number), _) => number.to_string(),
        (Cell::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
        (Cell::Bytes(bytes), Db::Sqlite { .. }) => format!("X'{}'", hex::encode(bytes)),
        (Cell::Bytes(bytes), Db::Postgres(_)) if kind == "id" => format!("'{}'::uuid", Uuid::from_slice(bytes).unwrap()),
        (Cell::Bytes(bytes), Db::Postgres(_)) => format!("'\\x{}'::bytea", hex::encode(bytes)),
    }
}
