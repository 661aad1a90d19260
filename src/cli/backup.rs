//! `egenkarta backup`: a copy of the database while the service goes on.

use std::path::PathBuf;

use clap::Args;

use super::operator;
use super::out::say;
use crate::app::config::Shared;
use crate::app::{DEMO_MARK, Unbuilt};
use crate::usecase::backup::MANIFEST;

/// Back the database up while the service goes on; sessions, tokens and codes stay out of it
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    shared: Shared,

    /// A folder for this backup alone; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

impl Backup {
    pub async fn run(self) -> Result<(), Unbuilt> {
        if self.to.join(MANIFEST).exists() {
            return Err(Unbuilt(format!("{} holds a backup already. Choose another folder for each backup.", self.to.display())));
        }
        let (config, built) = operator::open(&self.shared).await?;
        let marked = built.service.db.is_demo().await.map_err(|e| Unbuilt(format!("The database cannot be read: {e}.")))?;
        let demo = marked || config.data.join(DEMO_MARK).exists();
        let made = built.service.back_up(&self.to, &config.database(), demo).await;
        built.service.db.close().await;
        let made = made.map_err(operator::failed)?;
        say!("The backup of {} stands in {}.", made.made, self.to.display());
        say!("It holds no server keys and no ended list. Back both up apart from it, and the ended list often:");
        say!("    {}", config.keys_folder().display());
        say!("    {}", config.data.join(crate::app::ENDED_LIST).display());
        say!("Delete backups after 35 days: the pages promise that what is erased is gone from them then.");
        Ok(())
    }
}
