//! By which keys of the server the rows here were written.

use std::collections::BTreeMap;

use super::sql::statements;
use super::{Error, Tx};

statements! {
    MARKS = "SELECT name, mark FROM server_key";
    INSERT = "INSERT INTO server_key (name, mark) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
}

/// Each key's mark, by the name of its file.
pub async fn marks(tx: &mut Tx) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    Ok(tx.query(&MARKS).all::<(String, Vec<u8>)>().await?.into_iter().collect())
}

/// Keeps a key's mark. One that stands already stays.
pub async fn insert(tx: &mut Tx, name: &str, mark: [u8; 32]) -> Result<(), Error> {
    tx.query(&INSERT).bind(name).bind(mark).execute().await?;
    Ok(())
}
