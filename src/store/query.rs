//! A statement with its values, and rows as tuples.

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, Decode, PgConnection, Postgres, Row as _, Sqlite, SqliteConnection, Type};
use uuid::Uuid;

use super::Error;
use super::sql::Sql;
use crate::domain::{BoxFuture, ClientId, ConsentId, EntryId, OrganisationId, OwnerId, StaffId, Timestamp, UnitId, VersionId};

/// One value of a statement.
#[derive(Clone, Debug)]
pub enum Value {
    Id(Option<Uuid>),
    Number(Option<i64>),
    Bytes(Option<Vec<u8>>),
    Text(Option<String>),
}

/// Where a statement runs.
pub enum Connection<'t> {
    Sqlite(&'t mut SqliteConnection),
    Postgres(&'t mut PgConnection),
}

/// A statement on its way. What runs it is boxed: the compiler looks through all that a handler waits for, at each address anew, and what
/// the drivers are made of is much of that (a third of the time that this crate takes to build).
pub struct Query<'t> {
    on: Connection<'t>,
    sql: &'static Sql,
    values: Vec<Value>,
}

impl<'t> Query<'t> {
    pub(super) const fn new(on: Connection<'t>, sql: &'static Sql) -> Self {
        Self { on, sql, values: Vec::new() }
    }

    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Runs it; the number of rows changed.
    pub fn execute(self) -> BoxFuture<'t, Result<u64, Error>> {
        Box::pin(async move {
            self.check()?;
            Ok(match self.on {
                Connection::Sqlite(to) => {
                    sqlx::query_with(self.sql.sqlite, sqlite(self.values)?).execute(to).await?.rows_affected()
                }
                Connection::Postgres(to) => {
                    sqlx::query_with(self.sql.postgres, postgres(self.values)?).execute(to).await?.rows_affected()
                }
            })
        })
    }

    pub async fn optional<R: FromRow>(self) -> Result<Option<R>, Error> {
        match self.first().await? {
            Rows::Sqlite(rows) => rows.first().map(|row| R::read(&Cells::Sqlite(row), 0)).transpose(),
            Rows::Postgres(rows) => rows.first().map(|row| R::read(&Cells::Postgres(row), 0)).transpose(),
        }
    }

    pub async fn one<R: FromRow>(self) -> Result<R, Error> {
        self.optional().await?.ok_or(Error::Missing)
    }

    pub async fn all<R: FromRow>(self) -> Result<Vec<R>, Error> {
        match self.rows().await? {
            Rows::Sqlite(rows) => rows.iter().map(|row| R::read(&Cells::Sqlite(row), 0)).collect(),
            Rows::Postgres(rows) => rows.iter().map(|row| R::read(&Cells::Postgres(row), 0)).collect(),
        }
    }

    /// One row at most.
    fn first(self) -> BoxFuture<'t, Result<Rows, Error>> {
        Box::pin(async move {
            self.check()?;
            Ok(match self.on {
                Connection::Sqlite(to) => {
                    let row = sqlx::query_with(self.sql.sqlite, sqlite(self.values)?).fetch_optional(to).await?;
                    Rows::Sqlite(row.into_iter().collect())
                }
                Connection::Postgres(to) => {
                    let row = sqlx::query_with(self.sql.postgres, postgres(self.values)?).fetch_optional(to).await?;
                    Rows::Postgres(row.into_iter().collect())
                }
            })
        })
    }

    fn rows(self) -> BoxFuture<'t, Result<Rows, Error>> {
        Box::pin(async move {
            self.check()?;
            Ok(match self.on {
                Connection::Sqlite(to) => {
                    Rows::Sqlite(sqlx::query_with(self.sql.sqlite, sqlite(self.values)?).fetch_all(to).await?)
                }
                Connection::Postgres(to) => {
                    Rows::Postgres(sqlx::query_with(self.sql.postgres, postgres(self.values)?).fetch_all(to).await?)
                }
            })
        })
    }

    const fn check(&self) -> Result<(), Error> {
        let known = matches!(self.on, Connection::Sqlite(_)) || !self.sql.postgres.is_empty();
        if known && self.values.len() == self.sql.values { Ok(()) } else { Err(Error::Values) }
    }
}

fn sqlite(values: Vec<Value>) -> Result<SqliteArguments, Error> {
    let mut out = SqliteArguments::default();
    for value in values {
        match value {
            Value::Id(v) => out.add(v),
            Value::Number(v) => out.add(v),
            Value::Bytes(v) => out.add(v),
            Value::Text(v) => out.add(v),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(out)
}

fn postgres(values: Vec<Value>) -> Result<PgArguments, Error> {
    let mut out = PgArguments::default();
    for value in values {
        match value {
            Value::Id(v) => out.add(v),
            Value::Number(v) => out.add(v),
            Value::Bytes(v) => out.add(v),
            Value::Text(v) => out.add(v),
        }
        .map_err(sqlx::Error::Encode)?;
    }
    Ok(out)
}

/// Rows as a driver gave them.
enum Rows {
    Sqlite(Vec<SqliteRow>),
    Postgres(Vec<PgRow>),
}

/// A row of either database.
pub enum Cells<'r> {
    Sqlite(&'r SqliteRow),
    Postgres(&'r PgRow),
}

/// What both drivers read alike.
pub trait Raw: Type<Sqlite> + Type<Postgres> + for<'r> Decode<'r, Sqlite> + for<'r> Decode<'r, Postgres> {}
impl Raw for Uuid {}
impl Raw for i64 {}
impl Raw for Vec<u8> {}
impl Raw for String {}

/// A column's value.
pub trait Cell: Sized {
    type Raw: Raw;
    fn from_raw(raw: Self::Raw) -> Option<Self>;
}

impl Cells<'_> {
    fn get<T: Cell>(&self, at: usize) -> Result<T, Error> {
        T::from_raw(self.raw(at)?).ok_or(Error::Corrupt)
    }

    fn raw<T: Raw>(&self, at: usize) -> Result<T, Error> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(at)?,
            Self::Postgres(row) => row.try_get(at)?,
        })
    }

    fn nullable<T: Raw>(&self, at: usize) -> Result<Option<T>, Error> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(at)?,
            Self::Postgres(row) => row.try_get(at)?,
        })
    }
}

/// A whole row; tuples of columns implement it.
pub trait FromRow: Sized {
    /// From the columns that begin at `first`.
    fn read(cells: &Cells<'_>, first: usize) -> Result<Self, Error>;
}

/// Two rows that a join set side by side: `B` begins at column `AT`.
pub struct Beside<A, B, const AT: usize>(pub A, pub B);

impl<A: FromRow, B: FromRow, const AT: usize> FromRow for Beside<A, B, AT> {
    fn read(cells: &Cells<'_>, first: usize) -> Result<Self, Error> {
        Ok(Self(A::read(cells, first)?, B::read(cells, first + AT)?))
    }
}

/// One column of a row: a value, or `Option` of one where it may be NULL.
pub trait Column: Sized {
    fn read(cells: &Cells<'_>, at: usize) -> Result<Self, Error>;
}

impl<T: Cell> Column for T {
    fn read(cells: &Cells<'_>, at: usize) -> Result<Self, Error> {
        cells.get(at)
    }
}

impl<T: Cell> Column for Option<T> {
    fn read(cells: &Cells<'_>, at: usize) -> Result<Self, Error> {
        cells.nullable::<T::Raw>(at)?.map(|raw| T::from_raw(raw).ok_or(Error::Corrupt)).transpose()
    }
}

macro_rules! rows {
    ($(($($name:ident $at:literal),+))*) => {$(
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn read(cells: &Cells<'_>, first: usize) -> Result<Self, Error> {
                Ok(($($name::read(cells, first + $at)?,)+))
            }
        }
    )*};
}

rows! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13)
}

macro_rules! plain {
    ($($type:ty => $variant:ident),* $(,)?) => {$(
        impl Cell for $type {
            type Raw = $type;
            fn from_raw(raw: $type) -> Option<Self> {
                Some(raw)
            }
        }
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(Some(value))
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value)
            }
        }
    )*};
}
plain!(Uuid => Id, i64 => Number, Vec<u8> => Bytes, String => Text);

macro_rules! wrapped {
    ($($type:ident($raw:ty) => $variant:ident),* $(,)?) => {$(
        impl Cell for $type {
            type Raw = $raw;
            fn from_raw(raw: $raw) -> Option<Self> {
                Some(Self(raw))
            }
        }
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$variant(Some(value.0))
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map(|v| v.0))
            }
        }
    )*};
}
wrapped!(
    OwnerId(Uuid) => Id, EntryId(Uuid) => Id, VersionId(Uuid) => Id, ConsentId(Uuid) => Id, OrganisationId(Uuid) => Id,
    UnitId(Uuid) => Id, StaffId(Uuid) => Id, ClientId(Uuid) => Id, Timestamp(i64) => Number,
);

/// Counts and sequence numbers: never negative.
impl Cell for u64 {
    type Raw = i64;
    fn from_raw(raw: i64) -> Option<Self> {
        Self::try_from(raw).ok()
    }
}

impl From<u64> for Value {
    fn from(value: u64) -> Self {
        // A count of ours stays far below 2^63.
        Self::Number(Some(i64::try_from(value).unwrap_or(i64::MAX)))
    }
}

impl Cell for u32 {
    type Raw = i64;
    fn from_raw(raw: i64) -> Option<Self> {
        Self::try_from(raw).ok()
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Number(Some(i64::from(value)))
    }
}

impl Cell for bool {
    type Raw = i64;
    fn from_raw(raw: i64) -> Option<Self> {
        matches!(raw, 0 | 1).then_some(raw == 1)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Number(Some(i64::from(value)))
    }
}

impl Cell for [u8; 32] {
    type Raw = Vec<u8>;
    fn from_raw(raw: Vec<u8>) -> Option<Self> {
        raw.try_into().ok()
    }
}

impl From<[u8; 32]> for Value {
    fn from(value: [u8; 32]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(Some(value.to_vec()))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

/// Many rows as one value, since neither database takes a list in a statement whose text stays: a JSON array of what is JSON already.
pub(super) fn json_array(items: impl Iterator<Item = String>) -> String {
    let mut out = String::from("[");
    for (n, item) in items.enumerate() {
        if n > 0 {
            out.push(',');
        }
        out.push_str(&item);
    }
    out.push(']');
    out
}

/// Bytes as a JSON string, such as `unhex` and `decode` read.
pub(super) fn json_hex(bytes: &[u8]) -> String {
    let mut out = vec![b'"'; 2 * bytes.len() + 2];
    let end = out.len() - 1;
    // Fails for a place of another length alone. (`hex::encode` goes letter by letter.)
    let _filled = hex::encode_to_slice(bytes, &mut out[1..end]);
    String::from_utf8(out).unwrap_or_default()
}
