//! `egenkarta migrate`: makes an installation, or brings its schema up to date.

use clap::Args;

use super::out::say;
use crate::app::config::{Config, Shared};
use crate::app::{self, Seams, Unbuilt};

#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    shared: Shared,
}

impl Migrate {
    pub async fn run(self) -> Result<(), Unbuilt> {
        let config = Config::load(&self.shared, "https://localhost")?;
        let (db, _) = app::prepare(&config, &Seams::system()).await?;
        db.close().await;
        say!("The database is up to date.");
        if let Some(path) = config.database_path() {
            say!("    {}", path.display());
        }
        say!("The server's keys lie in {}. Back them up apart from the database.", config.keys_folder().display());
        Ok(())
    }
}
