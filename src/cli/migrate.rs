//! `egenkarta migrate`: brings the schema up to date.

use clap::Args;

use crate::app::config::{Config, Shared};
use crate::app::{self, Unbuilt};

#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    shared: Shared,
}

impl Migrate {
    pub async fn run(self) -> Result<(), Unbuilt> {
        let config = Config::load(&self.shared, "https://localhost")?;
        app::make_folder(&config.data)?;
        app::open(&config).await?.close().await;
        println!("The database is up to date.");
        Ok(())
    }
}
