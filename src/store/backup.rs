//! Backups: a copy of the database without session slots, access tokens and codes, and what a restore looks up to end again.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use ring::digest::{Context, SHA256};
use tokio::process::Command;
use url::Url;
use uuid::Uuid;

use super::sql::statements;
use super::{Db, Error, Tx};
use crate::domain::{ConsentId, EntryId, OwnerId, Timestamp, UnitId};
use crate::policy::Permit;

statements! {
    DELETE_SESSIONS = "DELETE FROM session";
    DELETE_LOGINS = "DELETE FROM login";
    DELETE_DRAFTS = "DELETE FROM draft";
    DELETE_DELIVERIES = "DELETE FROM delivery";
    DELETE_INVITES = "DELETE FROM invite";
    DELETE_REQUESTS = "DELETE FROM request";
    DELETE_CHILDREN = "DELETE FROM child";
    DELETE_OFFERS = "DELETE FROM offer";
    DELETE_BATCHES = "DELETE FROM batch";
    DELETE_WALLET_ASKS = "DELETE FROM wallet_ask";
    DELETE_WALLET_CODES = "DELETE FROM wallet_code";
    UNWHOLE = "DELETE FROM whole WHERE id = 1";
    END_TOKENS = "UPDATE token SET sealed = NULL, label = NULL, minted_by = NULL, ended_at = $1 WHERE ended_at IS NULL";
    LIVE_CONSENT = "SELECT owner, id, unit FROM consent WHERE id = $1 AND state = 'given'";
    LIVE_CONSENTS = "SELECT owner, id, unit FROM consent WHERE state = 'given' ORDER BY owner, id LIMIT 500";
    PARTICIPANT = "SELECT id FROM owner WHERE id = $1 AND kind = 'participant'";
    OWNER_OF_SLOT = "SELECT owner FROM slot WHERE id = $1 UNION ALL SELECT owner FROM card WHERE id = $1";
    OWNER_OF_ENTRY = "SELECT owner FROM entry_version WHERE entry = $1 LIMIT 1";
}

/// What PostgreSQL's dump leaves out whole. A token's row goes with its sealed part: a later try of it is then simply unknown.
const LEFT_OUT: [&str; 13] = [
    "session",
    "login",
    "draft",
    "invite",
    "token",
    "child",
    "request",
    "delivery",
    "offer",
    "batch",
    "wallet_ask",
    "wallet_code",
    // What is filled from a dump says by its absence that what had ended is not ended again yet.
    "whole",
];

/// Writes a copy of the database, as of one moment, to `file`. The service may go on meanwhile.
pub async fn copy(db: &Db, _permit: &Permit, address: &str, file: &Path, now: Timestamp) -> Result<(), Error> {
    match db {
        Db::Sqlite { writer, .. } => {
            sqlx::query("VACUUM INTO $1").bind(file.display().to_string()).execute(writer).await?;
            let copied = Db::open(&file.display().to_string()).await?;
            let mut tx = copied.write().await?;
            clean(&mut tx, now).await?;
            tx.commit().await?;
            copied.close().await;
        }
        Db::Postgres(_) => {
            let mut command = client("pg_dump", address)?;
            command.args(["--format=custom", "--no-owner", "--no-privileges"]).arg("--file").arg(file);
            command.args(LEFT_OUT.map(|table| format!("--exclude-table-data={table}")));
            run(command, "pg_dump").await?;
        }
    }
    Ok(File::open(file)?.sync_all()?)
}

/// Fills a PostgreSQL database from a dump; what it held before is dropped.
pub async fn fill(address: &str, file: &Path) -> Result<(), Error> {
    let mut command = client("pg_restore", address)?;
    command.args(["--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]);
    // It takes the database's name from its arguments alone.
    command.arg("--dbname").arg(database(address)?).arg(file);
    run(command, "pg_restore").await
}

/// Deletes what no backup holds and no restore may bring back.
pub async fn clean(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    tx.query(&DELETE_SESSIONS).execute().await?;
    tx.query(&DELETE_LOGINS).execute().await?;
    tx.query(&DELETE_DRAFTS).execute().await?;
    tx.query(&DELETE_INVITES).execute().await?;
    tx.query(&DELETE_REQUESTS).execute().await?;
    tx.query(&DELETE_CHILDREN).execute().await?;
    tx.query(&DELETE_OFFERS).execute().await?;
    tx.query(&DELETE_BATCHES).execute().await?;
    tx.query(&DELETE_WALLET_ASKS).execute().await?;
    tx.query(&DELETE_WALLET_CODES).execute().await?;
    tx.query(&DELETE_DELIVERIES).execute().await?;
    tx.query(&UNWHOLE).execute().await?;
    tx.query(&END_TOKENS).bind(now).execute().await?;
    Ok(())
}

/// Whose consent it is, and for which unit, while it lives.
pub async fn live_consent(tx: &mut Tx, id: Uuid) -> Result<Option<(OwnerId, ConsentId, UnitId)>, Error> {
    tx.query(&LIVE_CONSENT).bind(id).optional().await
}

/// Up to 500 live consents of anyone.
pub async fn live_consents(tx: &mut Tx) -> Result<Vec<(OwnerId, ConsentId, UnitId)>, Error> {
    tx.query(&LIVE_CONSENTS).all().await
}

pub async fn is_participant(tx: &mut Tx, id: Uuid) -> Result<bool, Error> {
    Ok(tx.query(&PARTICIPANT).bind(id).optional::<(OwnerId,)>().await?.is_some())
}

pub async fn owner_of_slot(tx: &mut Tx, id: Uuid) -> Result<Option<OwnerId>, Error> {
    Ok(tx.query(&OWNER_OF_SLOT).bind(id).optional::<(OwnerId,)>().await?.map(|row| row.0))
}

pub async fn owner_of_entry(tx: &mut Tx, id: EntryId) -> Result<Option<OwnerId>, Error> {
    Ok(tx.query(&OWNER_OF_ENTRY).bind(id).optional::<(OwnerId,)>().await?.map(|row| row.0))
}

/// SHA-256 of a file, in hexadecimal.
pub fn hash_of(file: &Path) -> Result<String, Error> {
    let (mut hash, mut from, mut part) = (Context::new(&SHA256), File::open(file)?, vec![0; 1 << 16]);
    loop {
        match from.read(&mut part)? {
            0 => return Ok(hex::encode(hash.finish())),
            n => hash.update(&part[..n]),
        }
    }
}

/// A PostgreSQL client, told by its environment where to go: arguments can be seen by everyone on the machine.
fn client(program: &str, address: &str) -> Result<Command, Error> {
    let url = Url::parse(address).map_err(|_| Error::Corrupt)?;
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).env("PGDATABASE", database(address)?);
    let plain = |text: &str| percent(text);
    if let Some(host) = url.host_str() {
        command.env("PGHOST", plain(host));
    }
    if let Some(port) = url.port() {
        command.env("PGPORT", port.to_string());
    }
    if !url.username().is_empty() {
        command.env("PGUSER", plain(url.username()));
    }
    if let Some(password) = url.password() {
        command.env("PGPASSWORD", plain(password));
    }
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "host" => command.env("PGHOST", value.as_ref()),
            "port" => command.env("PGPORT", value.as_ref()),
            "user" => command.env("PGUSER", value.as_ref()),
            "password" => command.env("PGPASSWORD", value.as_ref()),
            "sslmode" | "ssl-mode" => command.env("PGSSLMODE", value.as_ref()),
            "sslrootcert" | "ssl-root-cert" => command.env("PGSSLROOTCERT", value.as_ref()),
            _ => &mut command,
        };
    }
    Ok(command)
}

fn database(address: &str) -> Result<String, Error> {
    let url = Url::parse(address).map_err(|_| Error::Corrupt)?;
    Ok(percent(url.path().trim_start_matches('/')))
}

/// Decodes `%20` and its like.
fn percent(text: &str) -> String {
    let coded = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(coded.as_bytes()).next().map_or_else(String::new, |(name, _)| name.into_owned())
}

async fn run(mut command: Command, program: &'static str) -> Result<(), Error> {
    let done = command.output().await.map_err(|e| {
        std::io::Error::new(
            e.kind(),
            format!("{program} cannot be run ({e}); install the PostgreSQL client of the server's version"),
        )
    })?;
    if done.status.success() {
        return Ok(());
    }
    // Its words name tables and versions, never rows: no data is echoed by either program.
    let said = String::from_utf8_lossy(&done.stderr);
    let first: String = said.lines().next().unwrap_or_default().chars().take(300).collect();
    Err(std::io::Error::other(format!("{program} failed: {first}")).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_the_driver_reads_it_and_the_password_is_no_argument() {
        assert!(client("pg_dump", "no address").is_err());
        let command = client("pg_dump", "postgres://us%40er:p%2Bw@db.example:5433/my%20base?sslmode=require").expect("an address");
        let command = command.as_std();
        let env = |name: &str| {
            let found = command.get_envs().find(|(key, _)| *key == name).and_then(|(_, value)| value);
            found.map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
        };
        assert_eq!(
            ["PGUSER", "PGPASSWORD", "PGHOST", "PGPORT", "PGDATABASE", "PGSSLMODE"].map(env),
            ["us@er", "p+w", "db.example", "5433", "my base", "require"]
        );
        assert_eq!(command.get_args().count(), 0);
    }
}
