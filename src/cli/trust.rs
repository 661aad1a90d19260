//! `egenkarta trust`: whom we believe, and the words that foreign badges build on.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::out::{self, say, tell};
use crate::app::trust;
use crate::credential::badge::{Contexts, context};
use crate::domain::trust::{TrustList, TrustedIssuer};

#[derive(Subcommand)]
pub enum Trust {
    /// Check a trust list and put it into the data folder, in the place of the one there. Then restart the service
    Import(Import),
    /// Print the trust list in use
    List(Data),
    /// Take in JSON-LD contexts that foreign badges build on, as their owners publish them: only those that this program knows
    Contexts(Import),
}

#[derive(Args)]
pub struct Import {
    /// A trust list (TOML), or a context (JSON); of contexts several
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    data: Data,
}

#[derive(Args)]
pub struct Data {
    /// The data folder
    #[arg(long, env = "EGENKARTA_DATA", default_value = "./data", value_name = "DIR")]
    data: PathBuf,
}

impl Trust {
    /// The error is a sentence for the person at the keyboard.
    pub fn run(self) -> Result<(), String> {
        match self {
            Self::Import(Import { files, data }) => match files.as_slice() {
                [file] => import(file, &data.data),
                _ => Err("Give one trust list: it takes the place of the one before.".to_owned()),
            },
            Self::List(data) => {
                out::bytes(listed(&trust::list(&data.data).map_err(|e| e.to_string())?).as_bytes());
                Ok(())
            }
            Self::Contexts(Import { files, data }) => {
                files.iter().try_for_each(|file| take_in(file, &data.data)).map(|()| left(&data.data))
            }
        }
    }
}

fn import(file: &Path, data: &Path) -> Result<(), String> {
    let list = trust::read_list(file).map_err(|e| e.to_string())?;
    super::taxonomy::there(data)?;
    put(file, &trust::list_in(data))?;
    say!("{} issuers, version {}. Restart the service to use it.", list.issuers.len(), list.version);
    Ok(())
}

/// Beside first, then in its place: whoever reads meanwhile sees the one or the other, whole.
fn put(file: &Path, to: &Path) -> Result<(), String> {
    let beside = to.with_extension("new");
    let done = std::fs::copy(file, &beside).and_then(|_| std::fs::rename(&beside, to));
    done.map_err(|e| format!("{} cannot be written: {e}.", to.display()))
}

fn take_in(file: &Path, data: &Path) -> Result<(), String> {
    let bytes = trust::bounded(file, u64::try_from(context::MOST).unwrap_or(u64::MAX)).map_err(|e| e.to_string())?;
    let url = Contexts::default().add(&bytes).map_err(|_| {
        format!("{} is no context that this program knows: it was changed, or is of another version.", file.display())
    })?;
    let folder = trust::contexts_in(data);
    super::taxonomy::there(data)?;
    std::fs::create_dir_all(&folder).map_err(|e| format!("{} cannot be made: {e}.", folder.display()))?;
    let name: String =
        url.trim_start_matches("https://").chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    put(file, &folder.join(format!("{name}.json")))?;
    say!("{url}");
    Ok(())
}

fn left(data: &Path) {
    if let Ok(contexts) = trust::contexts(data) {
        let missing: Vec<&str> = contexts.missing().collect();
        if !missing.is_empty() {
            tell!("Not here yet: {}", missing.join(", "));
        }
    }
}

fn listed(list: &TrustList) -> String {
    let keys = |one: &TrustedIssuer| match (&one.keys_at, one.keys.len()) {
        (Some(at), _) => format!("keys at {at}"),
        (None, 0) => "keys as it publishes them".to_owned(),
        (None, count) => format!("{count} pinned keys"),
    };
    let one = |issuer: &TrustedIssuer| {
        let number = issuer.number.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
        let within =
            |name: &str, all: &[String]| if all.is_empty() { String::new() } else { format!("; {name} {}", all.join(", ")) };
        let most = issuer.most.map(|most| format!("; at most {most:?}")).unwrap_or_default();
        let from = issuer.from.map(|day| format!("; from {day}")).unwrap_or_default();
        let until = issuer.until.map(|day| format!("; until {day}")).unwrap_or_default();
        let (kinds, frameworks) = (within("kinds", &issuer.kinds), within("frameworks", &issuer.frameworks));
        format!("{}{number}\n  {}\n  {}{kinds}{frameworks}{most}{from}{until}\n", issuer.name, issuer.id, keys(issuer))
    };
    let all: String = list.issuers.iter().map(one).collect();
    format!("version {}, {} issuers\n{all}", list.version, list.issuers.len())
}
