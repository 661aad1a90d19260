//! What may be presented once. In the database, so that it holds whichever node is asked.

use std::collections::HashSet;

use super::query::{Query, json_array, json_hex};
use super::sql::statements;
use super::{Error, Kept, Tx};
use crate::domain::Timestamp;

statements! {
    INSERT_ALL = "INSERT INTO once (mark, until) SELECT unhex(value ->> 0), value ->> 1 FROM json_each($1) WHERE true ON CONFLICT (mark) DO NOTHING RETURNING mark"
        | "INSERT INTO once (mark, until) SELECT decode(line ->> 0, 'hex'), (line ->> 1)::bigint FROM json_array_elements($1::json) AS line ON CONFLICT (mark) DO NOTHING RETURNING mark";
    DELETE_OLD = "DELETE FROM once WHERE until < $1";
}

/// HMAC under the server's look-up key: tells nobody what it marks.
pub type Mark = [u8; 32];

/// Whether it had not been marked before.
pub async fn insert(tx: &mut Tx, mark: (Mark, Timestamp)) -> Result<bool, Error> {
    Ok(!fresh(tx.query(&INSERT_ALL), &[mark]).await?.is_empty())
}

/// Marks each; those that had not been marked before. Twice among `marks` counts once.
pub(super) async fn insert_group(writer: &mut Kept, marks: &[(Mark, Timestamp)]) -> Result<HashSet<Mark>, Error> {
    fresh(writer.query(&INSERT_ALL)?, marks).await
}

async fn fresh(query: Query<'_>, marks: &[(Mark, Timestamp)]) -> Result<HashSet<Mark>, Error> {
    let rows = json_array(marks.iter().map(|(mark, until)| format!("[{},{}]", json_hex(mark), until.0)));
    Ok(query.bind(rows).all::<(Mark,)>().await?.into_iter().map(|row| row.0).collect())
}

pub async fn delete_old(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_OLD).bind(before).execute().await?;
    Ok(())
}
