//! Backups, and what a restore ends again: no backup revives what has ended since.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::profile::{GONE, gone_ad};
use super::{Error, Service};
use crate::domain::consent::State;
use crate::domain::event::Who;
use crate::domain::random::uuid_v4;
use crate::domain::time::MINUTE;
use crate::domain::{ClientId, ConsentId, EntryId, OwnerId, StaffId, Timestamp, UnitId};
use crate::policy::{Action, Actor, Permit, Resource};
use crate::store::ended::{Ended, EndedWhat};
use crate::store::organisation::Standing;
use crate::store::{
    self, Db, backup, card, client, delivery, entry, file, held, inbox, installation, session, showing, slot, staff, token,
};

/// What a backup is. Ids, counts and times, nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    pub format: u32,
    /// Stands in the ended list too: a list that holds it is newer than the backup.
    pub id: Uuid,
    pub made: Timestamp,
    pub schema: u64,
    pub database: Database,
    /// How many lines the ended list had.
    pub ended: u64,
    /// Of the database file.
    pub sha256: String,
    /// It holds the demonstration, whose passphrases are public.
    pub demo: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Database {
    Sqlite,
    Postgres,
}

/// The file that says what lies beside it.
pub const MANIFEST: &str = "backup.json";
const FORMAT: u32 = 1;
/// A line of the ended list stands before its transaction commits; none takes longer than this.
const SLACK: i64 = MINUTE;

/// What a restore ended again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndedAgain {
    /// The ended list was newer than the backup. Else every consent has been ended.
    pub known: bool,
    pub consents: usize,
    pub owners: usize,
    pub slots: usize,
    pub staff: usize,
    pub entries: usize,
}

impl Database {
    pub const fn file(self) -> &'static str {
        match self {
            Self::Sqlite => "database.sqlite",
            Self::Postgres => "database.dump",
        }
    }
}

impl Backup {
    /// Reads what a folder holds, and checks the file against it. The error is a sentence.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let text = std::fs::read(folder.join(MANIFEST)).map_err(|e| format!("{} holds no backup: {e}.", folder.display()))?;
        let read: Self =
            serde_json::from_slice(&text).map_err(|_| format!("{MANIFEST} cannot be read: it is of another program."))?;
        if read.format != FORMAT || read.schema > Db::newest_step() {
            return Err("The backup is of a newer program. Restore it with that one.".to_owned());
        }
        let file = folder.join(read.database.file());
        match backup::hash_of(&file) {
            Ok(hash) if hash == read.sha256 => Ok(read),
            Ok(_) => Err(format!("{} is damaged: its hash is not the one in {MANIFEST}.", file.display())),
            Err(error) => Err(format!("{}: {error}.", file.display())),
        }
    }
}

impl Service {
    /// Backs the database up into an empty folder, while the service goes on. `address`: the database's.
    pub async fn back_up(&self, folder: &Path, address: &str, demo: bool) -> Result<Backup, Error> {
        let permit = self.ask(Actor::Operator, Action::BackUp, Resource::System)?;
        private_folder(folder).map_err(store::Error::from)?;
        let (id, made) = (uuid_v4(&*self.random), self.now());
        let ended = self.ended.read()?.len() as u64;
        // Before the copy is begun: whatever ends from now on stands after this line.
        self.ended.append(vec![Ended::new(EndedWhat::Backup, id, made)]).await?;
        let database = if self.db.is_sqlite() { Database::Sqlite } else { Database::Postgres };
        let partial = folder.join(format!(".{}.partial", database.file()));
        // One that was broken off leaves its own behind.
        let _absent = std::fs::remove_file(&partial);
        // Both databases' programs write into a file that is there and empty, and leave its rights.
        private_file(&partial).map_err(store::Error::from)?;
        backup::copy(&self.db, &permit, address, &partial, made).await?;
        let sha256 = backup::hash_of(&partial)?;
        let schema = self.db.schema_version().await?;
        let made = Backup { format: FORMAT, id, made, schema, database, ended, sha256, demo };
        finish(folder, &partial, &made)?;
        Ok(made)
    }

    /// Ends again, in a database just restored, what had ended since its backup. Where no list is newer than the backup, it ends every
    /// consent, since nobody can say which still held.
    pub async fn end_again(&self, restored: &Backup, lines: &[Ended]) -> Result<EndedAgain, Error> {
        let _permit = self.ask(Actor::Operator, Action::Restore, Resource::System)?;
        let mut tx = self.db.write().await?;
        backup::clean(&mut tx, self.now()).await?;
        inbox::leap(&mut tx).await?;
        tx.commit().await?;
        let known = lines.iter().any(|line| line.what == EndedWhat::Backup && line.id == restored.id.to_string());
        let mut done = EndedAgain { known, ..EndedAgain::default() };
        let mut seen = BTreeSet::new();
        for line in lines {
            let old = line.at < restored.made.plus(-SLACK);
            // Old narrowings stand in the backup itself; their consents live on as they were narrowed.
            if (line.what == EndedWhat::Narrowed && old)
                || !seen.insert((line.what.word(), line.id.as_str(), line.unit.map(|unit| (unit, line.at))))
            {
                continue;
            }
            if let Ok(id) = Uuid::parse_str(&line.id) {
                self.end_one_again(line, id, &mut done).await?;
            }
        }
        if !known {
            done.consents += self.end_all_consents().await?;
            self.end_all_showings().await?;
            self.end_all_receivers().await?;
        }
        let mut tx = self.db.write().await?;
        installation::set_whole(&mut tx, self.now()).await?;
        tx.commit().await?;
        Ok(done)
    }

    async fn end_one_again(&self, line: &Ended, id: Uuid, done: &mut EndedAgain) -> Result<(), Error> {
        match line.what {
            EndedWhat::Consent => done.consents += usize::from(self.end_consent_again(id, State::Withdrawn { at: line.at }).await?),
            EndedWhat::Narrowed => {
                done.consents += usize::from(self.end_consent_again(id, State::Invalidated { at: self.now() }).await?);
            }
            EndedWhat::Owner => done.owners += usize::from(self.erase_again(id).await?),
            EndedWhat::Slot => done.slots += usize::from(self.end_slot_again(id).await?),
            EndedWhat::Staff => done.staff += usize::from(self.end_staff_again(StaffId(id), line).await?),
            EndedWhat::Entry => done.entries += usize::from(self.end_entry_again(EntryId(id)).await?),
            EndedWhat::Receiver => self.end_receiver_again(UnitId(id), line.at).await?,
            EndedWhat::Showing => self.end_showing_again(id).await?,
            EndedWhat::Credential => self.withdraw_credential_again(id, line).await?,
            EndedWhat::Client => self.end_client_again(ClientId(id), line.at).await?,
            EndedWhat::Scope | EndedWhat::ScopeWithdrawn => self.end_scope_again(UnitId(id), line).await?,
            // No backup holds a live token.
            EndedWhat::Token | EndedWhat::Backup => {}
        }
        Ok(())
    }

    async fn end_consent_again(&self, id: Uuid, state: State) -> Result<bool, Error> {
        let mut tx = self.db.write().await?;
        let Some((owner, id, _)) = backup::live_consent(&mut tx, id).await? else { return Ok(false) };
        let permit = self.may_end_again(owner)?;
        let ended = self.end_consent(&mut tx, &permit, (owner, id), state, Who::Service).await?;
        tx.commit().await?;
        Ok(ended)
    }

    async fn end_all_consents(&self) -> Result<usize, Error> {
        let mut count = 0;
        loop {
            let mut tx = self.db.write().await?;
            let live: Vec<(OwnerId, ConsentId, UnitId)> = backup::live_consents(&mut tx).await?;
            if live.is_empty() {
                return Ok(count);
            }
            for (owner, id, _) in &live {
                let permit = self.may_end_again(*owner)?;
                let state = State::Invalidated { at: self.now() };
                self.end_consent(&mut tx, &permit, (*owner, *id), state, Who::Service).await?;
            }
            tx.commit().await?;
            count += live.len();
        }
    }

    async fn erase_again(&self, id: Uuid) -> Result<bool, Error> {
        let mut tx = self.db.read().await?;
        let there = backup::is_participant(&mut tx, id).await?;
        tx.commit().await?;
        if there {
            let permit = self.may_end_again(OwnerId(id))?;
            let tx = self.db.write().await?;
            self.erase_owner(tx, OwnerId(id), &permit, Who::Service).await?;
        }
        Ok(there)
    }

    async fn end_slot_again(&self, id: Uuid) -> Result<bool, Error> {
        let mut tx = self.db.write().await?;
        let Some(owner) = backup::owner_of_slot(&mut tx, id).await? else { return Ok(false) };
        let permit = self.may_end_again(owner)?;
        let ended = slot::delete(&mut tx, &permit, owner, id).await? || card::delete(&mut tx, &permit, owner, id).await?;
        tx.commit().await?;
        Ok(ended)
    }

    /// Ends the membership that a line names; of a line that names no unit, each. Who came back after it stays.
    async fn end_staff_again(&self, id: StaffId, line: &Ended) -> Result<bool, Error> {
        let mut tx = self.db.write().await?;
        let mut rows = staff::of_person(&mut tx, id).await?;
        rows.retain(|row| line.unit.is_none_or(|unit| unit == row.unit) && row.created <= line.at);
        for row in &rows {
            let permit = self.may_end_again(row.unit.into())?;
            staff::leave(&mut tx, &permit, row.unit, id).await?;
            session::end_all(&mut tx, id.into(), self.now()).await?;
            token::end_of_staff(&mut tx, &permit, row.unit, id, self.now()).await?;
            self.set_standing(&mut tx, &permit, row.unit, |now| Standing { rotate: true, ..now }).await?;
        }
        tx.commit().await?;
        Ok(!rows.is_empty())
    }

    /// The address of a unit that was taken away or replaced after the backup: nobody is told there any more.
    async fn end_receiver_again(&self, unit: UnitId, at: Timestamp) -> Result<(), Error> {
        let permit = self.may_end_again(unit.into())?;
        let mut tx = self.db.write().await?;
        delivery::drop_old_receiver(&mut tx, &permit, unit, at).await?;
        Ok(tx.commit().await?)
    }

    async fn end_all_receivers(&self) -> Result<(), Error> {
        let permit = self.ask(Actor::Operator, Action::Restore, Resource::System)?;
        let mut tx = self.db.write().await?;
        delivery::drop_receivers(&mut tx, &permit).await?;
        Ok(tx.commit().await?)
    }

    async fn end_entry_again(&self, id: EntryId) -> Result<bool, Error> {
        let mut tx = self.db.write().await?;
        let Some(owner) = backup::owner_of_entry(&mut tx, id).await? else { return Ok(false) };
        let permit = self.may_end_again(owner)?;
        entry::delete(&mut tx, &permit, owner, id).await?;
        file::delete(&mut tx, &permit, owner, id).await?;
        held::delete(&mut tx, &permit, owner, id).await?;
        entry::mark_gone(&mut tx, &permit, owner, id, self.keys.mailbox_mac(GONE, &gone_ad(owner, id))).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn end_showing_again(&self, id: Uuid) -> Result<(), Error> {
        let mut tx = self.db.write().await?;
        if let Some(owner) = showing::owner_of(&mut tx, id).await? {
            showing::end(&mut tx, &self.may_end_again(owner)?, owner, id, self.now()).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn end_all_showings(&self) -> Result<(), Error> {
        loop {
            let mut tx = self.db.write().await?;
            let live = showing::live(&mut tx).await?;
            if live.is_empty() {
                return Ok(());
            }
            for (owner, id) in live {
                showing::end(&mut tx, &self.may_end_again(owner)?, owner, id, self.now()).await?;
            }
            tx.commit().await?;
        }
    }

    async fn end_client_again(&self, id: ClientId, at: Timestamp) -> Result<(), Error> {
        let permit = self.may_end_again(OwnerId(id.0))?;
        let mut tx = self.db.write().await?;
        client::end_again(&mut tx, &permit, id, at).await?;
        Ok(tx.commit().await?)
    }

    async fn withdraw_credential_again(&self, id: Uuid, line: &Ended) -> Result<(), Error> {
        let Some(unit) = line.unit else { return Ok(()) };
        let permit = self.may_end_again(unit.into())?;
        let mut tx = self.db.write().await?;
        self.withdraw_again(&mut tx, &permit, unit, id).await?;
        Ok(tx.commit().await?)
    }

    async fn end_scope_again(&self, unit: UnitId, line: &Ended) -> Result<(), Error> {
        let permit = self.may_end_again(unit.into())?;
        let mut tx = self.db.write().await?;
        self.end_scopes(&mut tx, &permit, unit, line.at, line.what == EndedWhat::ScopeWithdrawn).await?;
        Ok(tx.commit().await?)
    }

    fn may_end_again(&self, owner: OwnerId) -> Result<Permit, Error> {
        self.ask(Actor::Job, Action::EndAgain, Resource::Account { owner })
    }
}

/// A backup holds everyone's sealed map: it is for nobody but the operator. The rights of a folder that stands are its owner's affair.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn private_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Puts the copy in its place, and only then says that there is a backup.
fn finish(folder: &Path, partial: &Path, made: &Backup) -> Result<(), store::Error> {
    std::fs::rename(partial, folder.join(made.database.file()))?;
    let text = serde_json::to_vec_pretty(made).map_err(|_| store::Error::Corrupt)?;
    let written = folder.join(".backup.json.partial");
    let _absent = std::fs::remove_file(&written);
    let mut file = private_file(&written)?;
    file.write_all(&text)?;
    file.sync_all()?;
    std::fs::rename(&written, folder.join(MANIFEST))?;
    Ok(std::fs::File::open(folder)?.sync_all()?)
}
