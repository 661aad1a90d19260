//! `egenkarta report`: the reports of barriers that people have sent, readable by the operator alone.

use clap::{Args, Subcommand};

use super::operator;
use super::out::{say, tell};
use crate::app::config::{Config, Shared};
use crate::app::{self, Seams, Unbuilt};
use crate::crypto::secret::Secret;

#[derive(Subcommand)]
pub enum Report {
    /// Make the key without which nobody can send a report, and print the secret that opens them. Then restart the service
    Key(Reports),
    /// Print all reports; the secret is read from the first line of standard input
    Read(Reports),
}

#[derive(Args)]
pub struct Reports {
    #[command(flatten)]
    shared: Shared,
}

impl Report {
    pub async fn run(self) -> Result<(), Unbuilt> {
        match self {
            Self::Key(reports) => make(&reports.shared).await,
            Self::Read(reports) => read(&reports.shared).await,
        }
    }
}

async fn make(shared: &Shared) -> Result<(), Unbuilt> {
    let config = Config::load(shared, "https://localhost")?;
    app::open_there(&config).await?.close().await;
    let made = app::make_report_key(&config.keys_folder(), &*Seams::system().random);
    match made.map_err(|e| Unbuilt(format!("The server's keys: {e}.")))? {
        Some(secret) => {
            say!("{}", secret.text().as_str());
            tell!("Write this down and keep it on paper: it alone opens the reports, and it is not shown again.");
            Ok(())
        }
        None => Err(Unbuilt("There is a key already; its secret is on the paper that was written then.".to_owned())),
    }
}

async fn read(shared: &Shared) -> Result<(), Unbuilt> {
    let line = operator::first_line("the secret")?;
    let secret = Secret::parse(line.trim()).ok_or_else(|| Unbuilt("This is not a secret that `report key` printed.".to_owned()))?;
    let (_, built) = operator::open(shared).await?;
    let reports = built.service.reports(&secret).await;
    built.service.db.close().await;
    for (at, text) in reports.map_err(|_| Unbuilt("This secret does not open the reports.".to_owned()))? {
        say!("{at} {text}");
    }
    Ok(())
}
