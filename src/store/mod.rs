//! The two databases behind one type, and one file of queries per noun. Sees only sealed bytes.

mod db;
mod gather;
mod kept;
mod migrate;
mod query;
pub mod sql;

pub mod account;
pub mod append;
pub mod assessment;
pub mod backup;
pub mod batch;
pub mod block;
pub mod card;
pub mod checkpoint;
pub mod child;
pub mod client;
pub mod consent;
pub mod delivery;
pub mod draft;
pub mod ended;
pub mod entry;
pub mod event;
pub mod file;
pub mod framework;
pub mod guide;
pub mod health;
pub mod held;
pub mod inbox;
pub mod installation;
pub mod invite;
pub mod issued;
pub mod issuing_key;
pub mod issuing_scope;
pub mod link;
pub mod login;
pub mod manifest;
pub mod offer;
pub mod once;
pub mod organisation;
pub mod owner;
pub mod refusal;
pub mod report;
pub mod request;
pub mod server_key;
pub mod session;
pub mod showing;
pub mod slot;
pub mod staff;
pub mod statement;
pub mod status_list;
pub mod token;
pub mod wallet_ask;
pub mod wallet_code;
pub mod wallet_key;

pub use db::{Db, Look, Tx, is_server};
pub use gather::{Gather, Gathered, unpacked};
pub use kept::Kept;
pub use query::{Query, Value};

use std::fmt;

use crate::domain::{ConsentId, OwnerId};
use crate::policy::Permit;

/// Why the store could not do what it was asked.
#[derive(Debug)]
pub enum Error {
    Database(sqlx::Error),
    Migration(Box<sqlx::migrate::MigrateError>),
    /// A column holds what it cannot hold.
    Corrupt,
    /// A row that must be there is not.
    Missing,
    /// A statement was given another number of values than it takes.
    Values,
    /// Someone else wrote in between: read anew and try again.
    Conflict,
    /// A group of lines could not be committed: a fault of the database, told in the log of whoever it hit first.
    Unwritten,
    /// A group of look-ups failed: a fault of the database, told in the log.
    Unread,
    /// The permit is for another owner or another act.
    Permit,
    Io(std::io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(f, "database: {error}"),
            Self::Migration(error) => write!(f, "migration: {error}"),
            Self::Corrupt => f.write_str("a column holds what it cannot hold"),
            Self::Missing => f.write_str("a row that must be there is not"),
            Self::Values => f.write_str("a statement was given the wrong number of values"),
            Self::Conflict => f.write_str("someone else wrote in between"),
            Self::Unwritten => f.write_str("a line could not be written"),
            Self::Unread => f.write_str("a row could not be read"),
            Self::Permit => f.write_str("the permit is for something else"),
            Self::Io(error) => write!(f, "file: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Migration(Box::new(error))
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Every statement of every file, for the test that prepares them on both databases.
pub fn statements() -> Vec<(&'static str, &'static sql::Sql)> {
    let files: &[&[(&str, &sql::Sql)]] = &[
        account::STATEMENTS,
        assessment::STATEMENTS,
        backup::STATEMENTS,
        batch::STATEMENTS,
        block::STATEMENTS,
        card::STATEMENTS,
        checkpoint::STATEMENTS,
        child::STATEMENTS,
        client::STATEMENTS,
        consent::STATEMENTS,
        delivery::STATEMENTS,
        draft::STATEMENTS,
        entry::STATEMENTS,
        event::STATEMENTS,
        file::STATEMENTS,
        framework::STATEMENTS,
        guide::STATEMENTS,
        health::STATEMENTS,
        held::STATEMENTS,
        inbox::STATEMENTS,
        installation::STATEMENTS,
        invite::STATEMENTS,
        issued::STATEMENTS,
        issuing_key::STATEMENTS,
        issuing_scope::STATEMENTS,
        link::STATEMENTS,
        login::STATEMENTS,
        manifest::STATEMENTS,
        offer::STATEMENTS,
        once::STATEMENTS,
        organisation::STATEMENTS,
        owner::STATEMENTS,
        refusal::STATEMENTS,
        report::STATEMENTS,
        request::STATEMENTS,
        server_key::STATEMENTS,
        session::STATEMENTS,
        showing::STATEMENTS,
        slot::STATEMENTS,
        staff::STATEMENTS,
        statement::STATEMENTS,
        status_list::STATEMENTS,
        token::STATEMENTS,
        wallet_ask::STATEMENTS,
        wallet_code::STATEMENTS,
        wallet_key::STATEMENTS,
    ];
    files.concat()
}

/// The permit must speak of this owner's data.
fn for_owner(permit: &Permit, owner: OwnerId) -> Result<(), Error> {
    if permit.owner() == Some(owner) { Ok(()) } else { Err(Error::Permit) }
}

/// The permit must speak of this consent, or of all that its owner has.
fn for_consent(permit: &Permit, owner: OwnerId, consent: ConsentId) -> Result<(), Error> {
    for_owner(permit, owner)?;
    match permit.consent() {
        Some(permitted) if permitted != consent => Err(Error::Permit),
        _ => Ok(()),
    }
}
