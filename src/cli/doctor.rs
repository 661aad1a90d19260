//! `egenkarta doctor`: one sentence for each thing that must hold, and what to do where it does not.

use std::path::Path;
use std::sync::Arc;

use clap::Args;

use super::out::say;
use crate::app::config::{Config, Shared};
use crate::app::{self, Seams, Unbuilt, certificates};
use crate::domain::time::DAY;
use crate::domain::{Random, Timestamp};
use crate::identity::RelyingParty;
use crate::outbound::{Outbound, Reach};
use crate::policy::Catalogue;
use crate::store::Db;
use crate::store::ended::EndedList;
use crate::taxonomy::{Frameworks, Outlines, Taxonomy};
use crate::web::page::url;

/// Check database, keys, policies, clock, identity providers and what else must hold
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    shared: Shared,

    /// Hosts of identity providers that may lie on an inner network
    #[arg(long, env = "EGENKARTA_INNER_HOSTS", value_delimiter = ',', value_name = "HOST")]
    inner_hosts: Vec<String>,
}

/// What a check says: a sentence, of what is well or of what is wrong and what to do.
type Finding = Result<String, String>;

/// This version was built after this day, so no clock that is right shows an earlier one.
const BUILT: &str = "2026-11-21T00:00:00Z";
const LEAST_FREE: u64 = 1 << 30;
/// A certificate that ends within this time is to be renewed.
const SOON: i64 = 30 * DAY;

impl Doctor {
    pub async fn run(self) -> Result<(), Unbuilt> {
        let config = Config::load(&self.shared, "https://localhost")?;
        let seams = Seams::system();
        let mut findings = vec![("data folder", folder(&config.data)), ("keys", keys(&config))];
        findings.extend(database(&config, seams.clock.now(), &*seams.random).await);
        findings.push(("policies", policies(&config)));
        findings.push(("taxonomy", taxonomy(&config.data)));
        findings.push(("frameworks", frameworks(&config.data)));
        findings.push(("outlines", outlines(&config.data)));
        findings.push(("ended list", ended(&config.data)));
        findings.push(("wallet anchors", anchors(&config)));
        findings.push(("wallet certificate", certificate(&config, seams.clock.now())));
        findings.push(("disk", disk(&config.data).await));
        findings.extend(self.providers(&config, &seams).await);
        let wrong = findings.iter().filter(|(_, finding)| finding.is_err()).count();
        for (name, finding) in &findings {
            match finding {
                Ok(sentence) => say!("ok     {name}: {sentence}"),
                Err(sentence) => say!("WRONG  {name}: {sentence}"),
            }
        }
        if wrong == 0 { Ok(()) } else { Err(Unbuilt(format!("{wrong} of {} checks found something wrong.", findings.len()))) }
    }

    async fn providers(&self, config: &Config, seams: &Seams) -> Vec<(&'static str, Finding)> {
        const NAME: &str = "identity provider";
        let issuers = match config.issuers() {
            Ok(issuers) if issuers.is_empty() => {
                return vec![(
                    NAME,
                    Err("none is configured, so nobody can sign in. Add [[issuer]] tables to the file of --config.".to_owned()),
                )];
            }
            Ok(issuers) => issuers,
            Err(error) => return vec![(NAME, Err(error.0))],
        };
        let inner_hosts = config.inner_hosts(&self.inner_hosts);
        let Ok(outbound) = Outbound::new(Reach::Public { inner_hosts }, Arc::clone(&seams.clock)) else {
            return vec![(NAME, Err("this machine has no root certificates; install them (ca-certificates).".to_owned()))];
        };
        let ids: Vec<String> = issuers.iter().map(|issuer| issuer.id.clone()).collect();
        let participants = config.participants_issuer.clone();
        let party = RelyingParty::new(issuers, Arc::new(outbound), Arc::clone(&seams.clock), Arc::clone(&seams.random));
        let callback = config.base.url(url::LOGIN_CALLBACK);
        let mut findings = Vec::new();
        if !ids.contains(&participants) {
            findings.push((NAME, Err(format!("participants sign in by {participants}, which is not configured."))));
        }
        for id in ids {
            let finding = match party.begin(&id, &callback, "sv").await {
                Ok(_) => Ok(format!("{id} answers with its discovery document.")),
                // The documents cannot be had or read; nothing else can go wrong before anyone has signed in.
                Err(_) => Err(format!(
                    "{id} cannot be used: its discovery document cannot be had, or is none. Check its url in the configuration and the way there."
                )),
            };
            findings.push((NAME, finding));
        }
        findings
    }
}

fn folder(data: &Path) -> Finding {
    if !data.is_dir() {
        return Err(format!("{} is not there. Choose it with --data; `migrate` makes it.", data.display()));
    }
    open_to_others(data).map_or(Ok(format!("{} is there.", data.display())), |mode| {
        Err(format!("{} can be read by others ({mode:o}). Run: chmod 700 {0}", data.display()))
    })
}

fn keys(config: &Config) -> Finding {
    let folder = config.keys_folder();
    if !folder.is_dir() {
        return Err(format!(
            "{} is not there; it is made at the first start. After a restore, put the saved keys back.",
            folder.display()
        ));
    }
    for name in app::KEY_NAMES {
        let file = folder.join(name);
        match std::fs::metadata(&file) {
            Ok(found) if found.len() == 32 => {}
            Ok(_) => return Err(format!("{} is no key. Put the saved one back.", file.display())),
            Err(_) => {
                return Err(format!("{} is missing. Put the saved one back: a new one would lose every account.", file.display()));
            }
        }
        if let Some(mode) = open_to_others(&file) {
            return Err(format!("{} can be read by others ({mode:o}). Run: chmod 600 {0}", file.display()));
        }
    }
    match backup_beside(&folder) {
        Some(backup) => {
            Err(format!("a backup lies beside them ({}). Keep the two apart: together they are worth stealing.", backup.display()))
        }
        None => Ok("all there, readable by the service alone. Back them up apart from the database.".to_owned()),
    }
}

/// A folder that holds a backup, beside the keys or beside the folder they lie in.
fn backup_beside(keys: &Path) -> Option<std::path::PathBuf> {
    let keys = keys.canonicalize().ok()?;
    let near = keys.ancestors().take(3).flat_map(|folder| {
        let inside = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        std::iter::once(folder.to_owned()).chain(inside)
    });
    near.filter(|folder| folder.join(crate::usecase::backup::MANIFEST).is_file()).min()
}

async fn database(config: &Config, now: Timestamp, random: &dyn Random) -> Vec<(&'static str, Finding)> {
    const NAME: &str = "database";
    if let Some(file) = config.database_path().filter(|file| !file.exists()) {
        return vec![(NAME, Err(format!("{} is not there yet. Run `egenkarta migrate`.", file.display())))];
    }
    let db = match Db::open(&config.database()).await {
        Ok(db) => db,
        Err(error) => return vec![(NAME, Err(format!("it cannot be opened: {error}.")))],
    };
    let mut findings = vec![(NAME, schema(&db).await), ("keys of the database", same_keys(config, &db, random).await)];
    findings.extend(durable(&db).await.map(|finding| ("durability", finding)));
    findings.push(("clock", clock(&db, now).await));
    db.close().await;
    findings
}

async fn schema(db: &Db) -> Finding {
    let kind = if db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    let version = app::schema(db).await?;
    if db.is_whole().await.is_ok_and(|whole| !whole) {
        return Err(
            "a restore is under way, or was broken off: what had ended may stand in it. Run `egenkarta restore` again.".to_owned()
        );
    }
    Ok(format!("{kind}, schema {version}."))
}

/// Those by which it was written: with others the service does not start.
async fn same_keys(config: &Config, db: &Db, random: &dyn Random) -> Finding {
    match app::keys_of(config, db, random).await {
        Ok(_) => Ok("the ones by which it was written.".to_owned()),
        Err(error) => Err(error.0),
    }
}

/// Of a server's settings. SQLite has none that lie outside this program.
async fn durable(db: &Db) -> Option<Finding> {
    Some(match db.undurable().await.transpose()? {
        Ok(wrong) if wrong.is_empty() => Ok("what is answered for is on disk.".to_owned()),
        Ok(wrong) => {
            let settings: Vec<String> = wrong.iter().map(|(name, value)| format!("{name} is {value}")).collect();
            Err(format!(
                "{}. A power cut could lose a withdrawal; turn it on in the database's configuration.",
                settings.join(", ")
            ))
        }
        Err(error) => Err(format!("the settings cannot be read: {error}.")),
    })
}

async fn clock(db: &Db, now: Timestamp) -> Finding {
    let newest = db.newest_time().await.ok().flatten();
    if Timestamp::parse_rfc3339(BUILT).is_some_and(|built| now < built) {
        return Err(format!("it says {now}, before this program was built. Set it."));
    }
    match newest.filter(|newest| now < *newest) {
        Some(newest) => Err(format!("it says {now}, before the newest checkpoint of {newest}. Set it, or consents last too long.")),
        None => Ok(format!("it says {now}.")),
    }
}

fn policies(config: &Config) -> Finding {
    let catalogue = Catalogue::load(Some(&config.data)).map_err(|e| format!("the catalogue of recipients and purposes: {e}."))?;
    app::policies(config, &catalogue).map_err(|error| error.0.trim_start_matches("The policies: ").to_owned())?;
    let whose = if config.policies.is_some() { "your own" } else { "the built-in ones" };
    Ok(format!("valid, {whose}, with {} kinds of recipient and {} purposes.", catalogue.kinds().len(), catalogue.purposes().len()))
}

fn taxonomy(data: &Path) -> Finding {
    match Taxonomy::open(data) {
        Ok(taxonomy) => Ok(format!("{}.", taxonomy.version())),
        Err(error) => Err(format!("it cannot be loaded: {error}. Import it anew with `egenkarta taxonomy import`.")),
    }
}

fn frameworks(data: &Path) -> Finding {
    let all = Frameworks::load(Some(data)).map_err(|e| format!("{e}. Mend the file, or take it away."))?;
    let unknown = Taxonomy::open(data).map_or(0, |taxonomy| all.unknown(&taxonomy).len());
    let known = if unknown == 0 { String::new() } else { format!(" {unknown} of their concepts are not in the taxonomy.") };
    Ok(format!("{} of criteria and prerequisites.{known}", all.all().len()))
}

fn outlines(data: &Path) -> Finding {
    let catalogue = Catalogue::load(Some(data)).map_err(|e| format!("the catalogue of recipients: {e}."))?;
    let all = Outlines::load(Some(data), &catalogue).map_err(|e| format!("{e}. Mend the file, or take it away."))?;
    Ok(format!("{} mappings.", all.all().len()))
}

fn ended(data: &Path) -> Finding {
    let file = data.join(app::ENDED_LIST);
    if !file.exists() {
        return Err(format!(
            "{} is not there; it is made at the first start. Without it a restore ends every consent.",
            file.display()
        ));
    }
    let read = EndedList::open(&file).and_then(|list| list.read());
    match read {
        Ok(lines) => Ok(format!("{} lines. Copy it often, apart from the backups.", lines.len())),
        Err(error) => Err(format!("{} cannot be read: {error}.", file.display())),
    }
}

fn anchors(config: &Config) -> Finding {
    let anchors = certificates::anchors(config).map_err(|error| error.0)?;
    match anchors.len() {
        0 => Ok("nobody may vouch for those who ask people for proofs; name them by --wallet-anchors to answer such requests."
            .to_owned()),
        count => Ok(format!("{count} may vouch for those who ask people for proofs.")),
    }
}

fn certificate(config: &Config, now: Timestamp) -> Finding {
    let Some(own) = certificates::own(config).map_err(|error| error.0)? else {
        return Ok("none; what is asked of other wallets is not signed.".to_owned());
    };
    let chain = own.chain;
    if let Some(end) = chain.ends_before(now) {
        return Err(format!("it is over since {}, and wallets refuse what it signs. Put a new one in its place.", end.day()));
    }
    if chain.begins_after(now) {
        return Err("it is not valid yet, and wallets refuse what it signs. Wait, or take another.".to_owned());
    }
    if !chain.is_for(config.base.host()) {
        let host = config.base.host();
        return Err(format!("it is not for {host}, so wallets cannot tell that it is you. Get one with that DNS name in it."));
    }
    match chain.ends_before(now.plus(SOON)) {
        Some(end) => Err(format!("it ends on {}. Get a new one before that.", end.day())),
        None => Ok(format!("it is for {}, and its key fits.", config.base.host())),
    }
}

/// As POSIX `df` tells it.
async fn disk(data: &Path) -> Finding {
    let output = tokio::process::Command::new("df").arg("-Pk").arg(data).output().await;
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let free = text.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)).and_then(|kib| kib.parse::<u64>().ok());
    match free.map(|kib| kib * 1024) {
        None => Err("the free space cannot be measured; `df` says nothing of the data folder.".to_owned()),
        Some(free) if free < LEAST_FREE => Err(format!("{} MiB free. Make room, at least 1 GiB.", free >> 20)),
        Some(free) => Ok(format!("{} GiB free.", free >> 30)),
    }
}

/// The permission bits, where they let others than the owner in.
#[cfg(unix)]
fn open_to_others(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_to_others(_path: &Path) -> Option<u32> {
    None
}
