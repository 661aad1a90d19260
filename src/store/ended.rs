//! The ended list: what has ended, by id and time only, in a file outside the database, flushed before the answer. A restore applies
//! it, so that no backup revives what ended.

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Error;
use crate::domain::{ClientId, StaffId, Timestamp, UnitId};

/// One line of the list. Ids and time, nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub what: EndedWhat,
    /// Consent, owner, slot, staff or program; the look-up hash in hexadecimal for a token.
    pub id: String,
    /// The unit that a member of staff has left (they may belong to another still), or whose receiver, program, proof or scope it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedWhat {
    Consent,
    Owner,
    Slot,
    Token,
    Staff,
    /// Deleted by its owner.
    Entry,
    /// A consent was narrowed: an older, wider bundle must not be read.
    Narrowed,
    /// The address to which a unit's events went was taken away or replaced.
    Receiver,
    /// A program ended, or its keys or addresses were changed: older ones must not be taken again.
    Client,
    /// A showing of proofs was ended, or used up.
    Showing,
    /// A proof that a unit issued was withdrawn.
    Credential,
    /// What a unit might issue ended: it issues no more, and what it issued before is believed still.
    Scope,
    /// The same, and what it issued before is believed no more.
    ScopeWithdrawn,
    /// Ended nothing: a backup was made here. A list that holds this line is newer than it.
    Backup,
}

impl EndedWhat {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Owner => "owner",
            Self::Slot => "slot",
            Self::Token => "token",
            Self::Staff => "staff",
            Self::Entry => "entry",
            Self::Narrowed => "narrowed",
            Self::Receiver => "receiver",
            Self::Client => "client",
            Self::Showing => "showing",
            Self::Credential => "credential",
            Self::Scope => "scope",
            Self::ScopeWithdrawn => "scope_withdrawn",
            Self::Backup => "backup",
        }
    }
}

impl Ended {
    pub fn new(what: EndedWhat, id: Uuid, at: Timestamp) -> Self {
        Self { what, id: id.to_string(), unit: None, at }
    }

    pub fn staff(id: StaffId, unit: UnitId, at: Timestamp) -> Self {
        Self { unit: Some(unit), ..Self::new(EndedWhat::Staff, id.0, at) }
    }

    pub fn receiver(unit: UnitId, at: Timestamp) -> Self {
        Self { unit: Some(unit), ..Self::new(EndedWhat::Receiver, unit.0, at) }
    }

    pub fn client(id: ClientId, unit: UnitId, at: Timestamp) -> Self {
        Self { unit: Some(unit), ..Self::new(EndedWhat::Client, id.0, at) }
    }

    /// A proof, by the id under which its unit keeps it.
    pub fn credential(id: Uuid, unit: UnitId, at: Timestamp) -> Self {
        Self { unit: Some(unit), ..Self::new(EndedWhat::Credential, id, at) }
    }

    pub fn scope(unit: UnitId, withdrawn: bool, at: Timestamp) -> Self {
        let what = if withdrawn { EndedWhat::ScopeWithdrawn } else { EndedWhat::Scope };
        Self { unit: Some(unit), ..Self::new(what, unit.0, at) }
    }

    pub fn token(lookup: &[u8; 32], at: Timestamp) -> Self {
        Self { what: EndedWhat::Token, id: hex::encode(lookup), unit: None, at }
    }
}

/// The list's file. Appends are flushed to disk before they return.
#[derive(Clone, Debug)]
pub struct EndedList {
    path: PathBuf,
    file: Arc<Mutex<std::fs::File>>,
}

impl EndedList {
    pub fn open(path: &Path) -> Result<Self, Error> {
        let file = std::fs::OpenOptions::new().create(true).read(true).append(true).open(path)?;
        file.sync_all()?;
        Ok(Self { path: path.to_owned(), file: Arc::new(Mutex::new(file)) })
    }

    /// Appends lines and flushes them. Called before the transaction that they speak of commits: a line too many ends something at a
    /// restore that would have lived, a line too few would revive it.
    pub async fn append(&self, lines: Vec<Ended>) -> Result<(), Error> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut text = Vec::new();
        for line in &lines {
            serde_json::to_writer(&mut text, line).map_err(|_| Error::Corrupt)?;
            text.push(b'\n');
        }
        let file = Arc::clone(&self.file);
        let write = move || {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            // Also before other programs: a command ends something while the service runs.
            file.lock()?;
            let written = append_whole(&mut file, &text);
            file.unlock()?;
            written
        };
        tokio::task::spawn_blocking(write).await.map_err(|_| Error::Conflict)??;
        Ok(())
    }

    /// All lines. A torn last line, from a crash in mid-write, was never answered for and is left out.
    pub fn read(&self) -> Result<Vec<Ended>, Error> {
        let text = std::fs::read_to_string(&self.path)?;
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        whole.lines().map(|line| serde_json::from_str(line).map_err(|_| Error::Corrupt)).collect()
    }
}

/// Appends whole lines or nothing: half a line, from a crash or a full disk, was never answered for and must not spoil the next one.
fn append_whole(file: &mut std::fs::File, text: &[u8]) -> std::io::Result<()> {
    let whole = whole(file)?;
    if file.metadata()?.len() > whole {
        file.set_len(whole)?;
    }
    let written = file.write_all(text).and_then(|()| file.sync_data());
    if written.is_err() {
        file.set_len(whole)?;
    }
    written
}

/// How much of the file are whole lines, in bytes.
fn whole(file: &mut std::fs::File) -> std::io::Result<u64> {
    let mut end = file.seek(SeekFrom::End(0))?;
    let mut byte = [0];
    while end > 0 {
        file.seek(SeekFrom::Start(end - 1))?;
        file.read_exact(&mut byte)?;
        if byte == *b"\n" {
            break;
        }
        end -= 1;
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn half_a_line_spoils_no_other() {
        let path = std::env::temp_dir().join(format!("egenkarta-ended-{}.list", std::process::id()));
        let line = |n| Ended::new(EndedWhat::Consent, Uuid::from_u128(n), Timestamp(7));
        let list = EndedList::open(&path).unwrap();
        list.append(vec![line(1)]).await.unwrap();
        // As a crash or a full disk leaves it.
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, [whole.as_slice(), &whole[..whole.len() / 2]].concat()).unwrap();
        assert_eq!(list.read().unwrap(), [line(1)], "it was never answered for");
        list.append(vec![line(2), line(3)]).await.unwrap();
        EndedList::open(&path).unwrap().append(vec![line(4)]).await.unwrap();
        assert_eq!(list.read().unwrap(), [line(1), line(2), line(3), line(4)]);
        std::fs::write(&path, "half").unwrap();
        assert!(list.read().unwrap().is_empty());
        list.append(vec![line(5)]).await.unwrap();
        assert_eq!(list.read().unwrap(), [line(5)]);
        std::fs::remove_file(&path).unwrap();
    }
}
