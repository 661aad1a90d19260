//! Builds everything long-lived once, joins the routers, starts the jobs, serves until told to stop.

pub mod certificates;
pub mod config;
mod keys;
mod listener;
mod serve;
mod standing;
pub mod trust;

use std::path::Path;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};

use crate::crypto::passphrase::Cost;
use crate::crypto::server::ServerKeys;
use crate::domain::{Clock, Fetch, Random};
use crate::http::Site;
use crate::identity::{ClientKey, Issuer, RelyingParty};
use crate::log::LogSigner;
use crate::outbound::{Outbound, Reach};
use crate::policy::{Catalogue, Policy, PolicyFault};
use crate::store::append::Appender;
use crate::store::ended::EndedList;
use crate::store::{Db, checkpoint, installation, owner, server_key};
use crate::taxonomy::{Frameworks, Outlines, Situations, Taxonomy};
use crate::usecase::event::Denial;
use crate::usecase::log::LogTree;
use crate::usecase::{Lookups, Service};

use config::Config;
pub use keys::{NAMES as KEY_NAMES, make_report_key};
pub use serve::{router, serve, serve_tls};
pub use standing::{DEMO_MARK, Standing, open_there, schema, standing};

/// The ended list's name in the data folder.
pub const ENDED_LIST: &str = "ended.list";

/// What the whole app takes from outside: time, randomness, and what a passphrase's key costs.
#[derive(Clone)]
pub struct Seams {
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub cost: Cost,
}

impl Seams {
    /// The machine's own.
    pub fn system() -> Self {
        let random = Arc::new(crate::domain::SystemRandom::default());
        Self { clock: Arc::new(crate::domain::SystemClock), random, cost: Cost::STRONG }
    }
}

/// Why the app cannot be built: a sentence for the operator.
#[derive(Debug)]
pub struct Unbuilt(pub String);

impl std::fmt::Display for Unbuilt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unbuilt {}

/// The use cases over a migrated database, and where denied tries wait for the log.
pub struct Built {
    pub service: Arc<Service>,
    pub denials: mpsc::Receiver<Denial>,
}

/// Denied tries on their way into the log at most; more are dropped.
const DENIALS: usize = 1024;

/// Makes the installation where there is none, brings its schema up to date, and builds.
pub async fn build(config: &Config, seams: &Seams) -> Result<Built, Unbuilt> {
    let (db, keys) = prepare(config, seams).await?;
    refuse_unfit(&db).await?;
    assemble(config, seams, db, keys).await
}

/// As [`build`], over what a restore has put there, before what had ended has ended again.
pub async fn build_unfit(config: &Config, seams: &Seams) -> Result<Built, Unbuilt> {
    let (db, keys) = prepare(config, seams).await?;
    assemble(config, seams, db, keys).await
}

/// Builds over an installation that stands: nothing is made, and no schema is changed under a service that runs.
pub async fn build_there(config: &Config, seams: &Seams) -> Result<Built, Unbuilt> {
    let db = open_there(config).await?;
    refuse_unbound(&db).await?;
    refuse_unfit(&db).await?;
    let keys = keys_of(config, &db, &*seams.random).await?;
    assemble(config, seams, db, keys).await
}

/// Makes data folder, database and keys where they are absent, and brings the schema up to date.
pub async fn prepare(config: &Config, seams: &Seams) -> Result<(Db, ServerKeys), Unbuilt> {
    make_folder(&config.data)?;
    let db = open(config).await?;
    refuse_unbound(&db).await?;
    let keys = server_keys(config, &db, &*seams.random).await?;
    // What ends is to stand in it from the first hour on.
    EndedList::open(&config.data.join(ENDED_LIST)).map_err(|e| Unbuilt(format!("The ended list: {e}.")))?;
    Ok((db, keys))
}

async fn assemble(config: &Config, seams: &Seams, db: Db, keys: ServerKeys) -> Result<Built, Unbuilt> {
    let catalogue = Catalogue::load(Some(&config.data)).map_err(|e| Unbuilt(e.to_string()))?;
    let policy = policies(config, &catalogue)?;
    let name = log_name(&db).await?.unwrap_or_else(|| config.log_name());
    let signer = LogSigner::from_seed(&name, keys.checkpoint_seed())
        .ok_or_else(|| Unbuilt("The base address gives no name for the log.".to_owned()))?;
    let ended = EndedList::open(&config.data.join(ENDED_LIST)).map_err(|e| Unbuilt(format!("The ended list: {e}.")))?;
    let (denials, waiting) = mpsc::channel(DENIALS);
    let service = Service {
        appender: Appender::start(db.clone(), LogTree),
        lookups: Lookups::start(&db),
        db,
        policy,
        catalogue,
        keys,
        signer,
        ended,
        clock: Arc::clone(&seams.clock),
        random: Arc::clone(&seams.random),
        cost: seams.cost,
        costly: Semaphore::new(costly_places()),
        denials,
        verifier: trust::verifier(&config.data)?,
        certificates: certificates::read(config)?,
    };
    Ok(Built { service: Arc::new(service), denials: waiting })
}

/// The server's keys: those by which the database was written, or fresh ones for a fresh database, which then knows them.
async fn server_keys(config: &Config, db: &Db, random: &dyn Random) -> Result<ServerKeys, Unbuilt> {
    let unread = |e: crate::store::Error| Unbuilt(format!("The database cannot be read: {e}."));
    let wrong = |e: std::io::Error| Unbuilt(format!("The server's keys: {e}."));
    let known = known_keys(db).await.map_err(unread)?;
    let (keys, marks) = keys::load_or_make(&config.keys_folder(), &known, random).map_err(wrong)?;
    if marks.iter().all(|(name, _)| known.marks.contains_key(*name)) {
        return Ok(keys);
    }
    let kept = async {
        let mut tx = db.write().await?;
        for (name, mark) in marks {
            server_key::insert(&mut tx, name, mark).await?;
        }
        tx.commit().await?;
        known_keys(db).await
    };
    // Another server that starts beside this one may have been first.
    let known = kept.await.map_err(unread)?;
    keys::load_or_make(&config.keys_folder(), &known, random).map(|(keys, _)| keys).map_err(wrong)
}

/// The keys that are there, where they are those by which the database was written; none is made.
pub async fn keys_of(config: &Config, db: &Db, random: &dyn Random) -> Result<ServerKeys, Unbuilt> {
    let known = known_keys(db).await.map_err(|e| Unbuilt(format!("The database cannot be read: {e}.")))?;
    keys::load(&config.keys_folder(), &known, random).map_err(|e| Unbuilt(format!("The server's keys: {e}.")))
}

async fn known_keys(db: &Db) -> Result<keys::Known, crate::store::Error> {
    let mut tx = db.read().await?;
    let known = keys::Known { marks: server_key::marks(&mut tx).await?, peopled: installation::peopled(&mut tx).await? };
    tx.commit().await?;
    Ok(known)
}

/// The built-in policies, or the operator's own. Those are put to each case of the decision table: whatever the built-in ones, which are
/// the reviewed ones, refuse for good, they must refuse.
pub fn policies(config: &Config, catalogue: &Catalogue) -> Result<Policy, Unbuilt> {
    let unfit = |e: PolicyFault| Unbuilt(format!("The policies: {e}."));
    let reviewed = Policy::load(None, catalogue).map_err(unfit)?;
    let Some(folder) = config.policies.as_deref() else { return Ok(reviewed) };
    let own = Policy::load(Some(folder), catalogue).map_err(unfit)?;
    own.no_laxer_than(&reviewed).map_err(unfit)?;
    Ok(own)
}

/// A database from before rows were bound to this server's key is not taken over: nobody can say who wrote them.
async fn refuse_unbound(db: &Db) -> Result<(), Unbuilt> {
    let unbound = async {
        let mut tx = db.read().await?;
        let unbound = owner::any_unbound(&mut tx).await?;
        tx.commit().await.map(|()| unbound)
    };
    match unbound.await {
        Ok(false) => Ok(()),
        Ok(true) => Err(Unbuilt(
            "The database was made by an earlier version, whose rows cannot be trusted any more. Begin with an empty data folder."
                .to_owned(),
        )),
        Err(error) => Err(Unbuilt(format!("The database cannot be read: {error}."))),
    }
}

/// What a restore has filled and not finished may hold consents that were withdrawn.
async fn refuse_unfit(db: &Db) -> Result<(), Unbuilt> {
    match db.is_whole().await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Unbuilt(
            "A restore of this database is under way, or was broken off: what had ended may stand in it. Run `egenkarta restore` again."
                .to_owned(),
        )),
        Err(error) => Err(Unbuilt(format!("The database cannot be read: {error}."))),
    }
}

/// The name under which the log's checkpoints have been signed so far: it stays, whatever host serves it or command opens it.
async fn log_name(db: &Db) -> Result<Option<String>, Unbuilt> {
    let newest = async {
        let mut tx = db.read().await?;
        let newest = checkpoint::newest(&mut tx).await?;
        tx.commit().await.map(|()| newest)
    };
    let newest = newest.await.map_err(|e| Unbuilt(format!("The log cannot be read: {e}.")))?;
    Ok(newest.and_then(|(_, _, note, _)| note.lines().next().map(str::to_owned)))
}

/// Makes the data folder, for the service alone, where it is not there. The rights of one that stands are its owner's affair.
pub fn make_folder(data: &Path) -> Result<(), Unbuilt> {
    if data.is_dir() {
        return Ok(());
    }
    let made = std::fs::create_dir_all(data).and_then(|()| keys::private(data, 0o700));
    made.map_err(|e| Unbuilt(format!("The data folder cannot be made: {e}.")))
}

/// Opens the configured database and brings its schema up to date.
pub async fn open(config: &Config) -> Result<Db, Unbuilt> {
    let db = Db::open(&config.database()).await.map_err(|e| Unbuilt(format!("The database cannot be opened: {e}.")))?;
    db.migrate().await.map_err(|e| Unbuilt(format!("The database cannot be migrated: {e}.")))?;
    Ok(db)
}

/// The site: what the handlers need.
pub fn site(config: &Config, seams: &Seams, service: Arc<Service>, issuers: Vec<Issuer>, reach: Reach) -> Result<Site, Unbuilt> {
    let outbound = Outbound::new(reach, Arc::clone(&seams.clock)).map_err(|e| Unbuilt(format!("Outgoing requests: {e}.")))?;
    let client_keys = ClientKey::published(issuers.iter().filter_map(Issuer::client_key));
    let fetch: Arc<dyn Fetch> = Arc::new(outbound);
    let login = RelyingParty::new(issuers, Arc::clone(&fetch), Arc::clone(&seams.clock), Arc::clone(&seams.random));
    let frameworks = Frameworks::load(Some(&config.data)).map_err(|e| Unbuilt(format!("A framework cannot be used: {e}.")))?;
    let outlines =
        Outlines::load(Some(&config.data), &service.catalogue).map_err(|e| Unbuilt(format!("An outline cannot be used: {e}.")))?;
    Ok(Site {
        service,
        frameworks,
        outlines,
        taxonomy: Arc::new(taxonomy(&config.data)?),
        situations: Situations::load(&config.data).map_err(|e| Unbuilt(format!("The guided mapping: {e}.")))?,
        login,
        client_keys,
        fetch,
        participants_issuer: config.participants_issuer.clone(),
        base: config.base.clone(),
        contacts: config.contacts.clone(),
        leave_to: config.leave_to.clone(),
        personas: Vec::new(),
        offer: None,
        tries: crate::http::Tries::default(),
        proxied: false,
        metrics: None,
    })
}

fn taxonomy(data: &Path) -> Result<Taxonomy, Unbuilt> {
    Taxonomy::open(data).map_err(|e| Unbuilt(format!("The taxonomy cannot be loaded: {e}.")))
}

/// Argon2 is bounded by the number of cores, and by two: each takes 64 MiB.
fn costly_places() -> usize {
    std::thread::available_parallelism().map_or(1, |n| n.get().min(2))
}
