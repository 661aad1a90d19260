//! `egenkarta restore`: puts a backup back, and ends again what had ended since.

use std::path::{Path, PathBuf};

use clap::Args;

use super::operator;
use super::out::say;
use crate::app::config::{Config, Shared};
use crate::app::{self, DEMO_MARK, Seams, Unbuilt};
use crate::store::ended::{Ended, EndedList};
use crate::store::installation::{HeldAs, Hold};
use crate::store::{self, Db, backup};
use crate::usecase::backup::{Backup, Database, EndedAgain};

/// Put a backup back; whatever ended after it stays ended. Stop the service first
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    shared: Shared,

    /// The folder that `backup` made
    #[arg(long, value_name = "DIR")]
    from: PathBuf,

    /// A copy of the ended list, where the one in the data folder is lost or older
    #[arg(long, value_name = "FILE")]
    ended: Option<PathBuf>,

    /// Overwrite the database that is there
    #[arg(long)]
    force: bool,
}

/// The database while it is not yet fit to serve.
const UNFIT: &str = "restoring.sqlite";

impl Restore {
    pub async fn run(self) -> Result<(), Unbuilt> {
        let config = Config::load(&self.shared, "https://localhost")?;
        let read = Backup::read(&self.from).map_err(Unbuilt)?;
        self.check(&config, &read).await?;
        app::make_folder(&config.data)?;
        if read.demo {
            // Before anything opens: a restore that is broken off leaves no demonstration without its mark.
            std::fs::write(config.data.join(DEMO_MARK), "").map_err(|e| Unbuilt(format!("The data folder: {e}.")))?;
        }
        let lines = self.lines(&config.data).await?;
        let file = self.from.join(read.database.file());
        let done = match read.database {
            Database::Sqlite => self.sqlite(&config, &read, &file, &lines).await?,
            Database::Postgres => self.postgres(&config, &read, &file, &lines).await?,
        };
        report(&read, done);
        Ok(())
    }

    /// Refuses what would lose something.
    async fn check(&self, config: &Config, read: &Backup) -> Result<(), Unbuilt> {
        let refuse = |sentence: String| Err(Unbuilt(sentence));
        let to = if config.sqlite_file().is_some() { Database::Sqlite } else { Database::Postgres };
        if to != read.database {
            return refuse(
                "The backup is of the other kind of database: give --database postgres://… for one of PostgreSQL.".to_owned(),
            );
        }
        if let Some(name) = app::KEY_NAMES.iter().find(|name| !config.keys_folder().join(name).is_file()) {
            let folder = config.keys_folder();
            return refuse(format!(
                "The server key {name} is not in {}. Put the saved keys there first: with new ones nobody finds their account.",
                folder.display()
            ));
        }
        if !read.demo && config.data.join(DEMO_MARK).exists() {
            return refuse(
                "This data folder is the demonstration's. Choose another with --data for what is people's own.".to_owned(),
            );
        }
        if holds_something(config).await && !self.force {
            return refuse("There is a database already. Give --force to overwrite it.".to_owned());
        }
        if let Some(file) = config.sqlite_file().filter(|file| file.exists())
            && in_use(&file).await
        {
            return refuse("The service is running on this data folder. Stop it first.".to_owned());
        }
        Ok(())
    }

    /// The ended list of the data folder and the given copy, as one; the former is brought up to it.
    async fn lines(&self, data: &Path) -> Result<Vec<Ended>, Unbuilt> {
        let broken =
            |what: &Path, e: &dyn std::fmt::Display| Unbuilt(format!("The ended list {} cannot be read: {e}.", what.display()));
        let path = data.join(app::ENDED_LIST);
        let live = EndedList::open(&path).map_err(|e| broken(&path, &e))?;
        let mut lines = live.read().map_err(|e| broken(&path, &e))?;
        if let Some(copy) = &self.ended {
            if !copy.is_file() {
                return Err(broken(copy, &"there is no such file"));
            }
            let given = EndedList::open(copy).and_then(|list| list.read()).map_err(|e| broken(copy, &e))?;
            let absent: Vec<Ended> = given.into_iter().filter(|line| !lines.contains(line)).collect();
            live.append(absent.clone()).await.map_err(|e| broken(&path, &e))?;
            lines.extend(absent);
        }
        Ok(lines)
    }

    /// Everything is ended again in a copy, which takes its place only then.
    async fn sqlite(&self, config: &Config, read: &Backup, file: &Path, lines: &[Ended]) -> Result<EndedAgain, Unbuilt> {
        let failed = |e: std::io::Error| Unbuilt(format!("The data folder: {e}."));
        let (unfit, place) = (config.data.join(UNFIT), config.data.join("egenkarta.sqlite"));
        remove(&unfit).map_err(failed)?;
        std::fs::copy(file, &unfit).map_err(failed)?;
        let shared = Shared { database: Some(unfit.display().to_string()), ..self.shared.clone() };
        let done = end_again(&shared, read, lines).await?;
        std::fs::File::open(&unfit).and_then(|file| file.sync_all()).map_err(failed)?;
        remove(&place).map_err(failed)?;
        std::fs::rename(&unfit, &place).map_err(failed)?;
        std::fs::File::open(&config.data).and_then(|folder| folder.sync_all()).map_err(failed)?;
        Ok(done)
    }

    async fn postgres(&self, config: &Config, read: &Backup, file: &Path, lines: &[Ended]) -> Result<EndedAgain, Unbuilt> {
        let failed = |e: store::Error| Unbuilt(format!("The database: {e}."));
        let hold = Hold::take(&config.database(), HeldAs::Restored).await.map_err(failed)?;
        let _alone = hold.ok_or_else(|| Unbuilt("The service is running on this database. Stop it first.".to_owned()))?;
        backup::fill(&config.database(), file).await.map_err(failed)?;
        let ended = end_again(&self.shared, read, lines).await;
        // The row that says so is in no backup: the service does not start before a restore has come to its end.
        ended.map_err(|e| {
            Unbuilt(format!("{e} What had ended may be in the database, so the service will not start. Run restore again."))
        })
    }
}

async fn end_again(shared: &Shared, read: &Backup, lines: &[Ended]) -> Result<EndedAgain, Unbuilt> {
    let config = Config::load(shared, "https://localhost")?;
    let seams = Seams::system();
    let built = app::build_unfit(&config, &seams).await?;
    if read.demo {
        let marked = built.service.db.mark_demo(seams.clock.now()).await;
        marked.map_err(|e| Unbuilt(format!("The database cannot be marked: {e}.")))?;
    }
    let done = built.service.end_again(read, lines).await;
    built.service.db.close().await;
    done.map_err(operator::failed)
}

async fn holds_something(config: &Config) -> bool {
    match config.sqlite_file() {
        Some(file) => file.exists(),
        None => match Db::open(&config.database()).await {
            Ok(db) => {
                let found = db.schema_version().await.is_ok();
                db.close().await;
                found
            }
            Err(_) => false,
        },
    }
}

/// SQLite's last reader takes the shared-memory file away with it: where it stays after ours, another one reads.
async fn in_use(file: &Path) -> bool {
    // One that does not open is used by nobody.
    let Ok(db) = Db::open(&file.display().to_string()).await else { return false };
    let _unread = db.schema_version().await;
    db.close().await;
    beside(file, "-shm").exists()
}

/// A database file with what SQLite keeps beside it.
fn remove(file: &Path) -> std::io::Result<()> {
    for path in [file.to_owned(), beside(file, "-wal"), beside(file, "-shm"), beside(file, "-journal")] {
        match std::fs::remove_file(path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    Ok(())
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn report(read: &Backup, done: EndedAgain) {
    say!("The backup of {} is restored.", read.made);
    if done.known {
        say!(
            "The ended list is newer than the backup. Ended again, as it says: {} consents, {} people erased, {} ways in, {} members of staff, {} entries.",
            done.consents,
            done.owners,
            done.slots,
            done.staff,
            done.entries
        );
    } else {
        say!(
            "No ended list newer than the backup was found, so nobody can say which consents still held: all {} have been ended.",
            done.consents
        );
        say!(
            "People who were erased after the backup may be back. Tell everyone, and restore again if a newer list turns up (--ended)."
        );
    }
    say!("All sessions, tokens, invites and drafts have ended: everyone signs in anew.");
    say!("Checkpoints of the log that left the house after the backup no longer match it; that is so after every restore.");
}
