//! Settings from a file, the environment and the command line. Secrets are read from files and never printed.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use url::Url;

use super::Unbuilt;
use crate::http::{Base, Contacts};
use crate::identity::{ClientAuth, ClientKey, ClientSecret, Issuer};
use crate::store::is_server;

mod file;

use file::IssuerSetting;

/// What the commands have in common. Each setting can stand in the environment as `EGENKARTA_…` or in the file given by `--config`.
/// Neither this nor [`Config`] is ever printed: a database's address may hold a password.
#[derive(Args, Clone, Default)]
pub struct Shared {
    /// The folder that holds the database, keys, ended list and imported taxonomy [default: ./data]
    #[arg(long, env = "EGENKARTA_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// `postgres://…` for PostgreSQL; without it a SQLite file in the data folder. One with a password belongs into --database-file:
    /// arguments can be seen by everyone on the machine.
    #[arg(long, env = "EGENKARTA_DATABASE", value_name = "ADDRESS", hide_env_values = true)]
    pub database: Option<String>,

    /// A file whose first line is the database's address.
    #[arg(long, env = "EGENKARTA_DATABASE_FILE", value_name = "FILE", conflicts_with = "database")]
    pub database_file: Option<PathBuf>,

    /// A TOML file with settings: each of these under its long name with `_` for `-`, and those that stand only there: `participants`
    /// (the id of the issuer by which people sign in), `leave` (an https page to which "Lämna sidan" leads), `[contacts]` and
    /// `[[issuer]]` tables (`id`, `url`, `client_id`, `secret_file` or `key_file`, `acr`, `scopes`, `ask_name`). See the README.
    #[arg(long, env = "EGENKARTA_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// A folder with all Cedar policies, which take the place of the built-in ones. They may be stricter; whatever the built-in ones never
    /// permit is refused at the start.
    #[arg(long, env = "EGENKARTA_POLICIES", value_name = "DIR")]
    pub policies: Option<PathBuf>,

    /// The folder of the server's own keys, when they lie elsewhere than in DATA/keys. Back it up apart from the database.
    #[arg(long, env = "EGENKARTA_KEYS", value_name = "DIR")]
    pub keys: Option<PathBuf>,

    /// The address under which people reach the service, such as https://egenkarta.example.
    #[arg(long, env = "EGENKARTA_BASE", value_name = "URL")]
    pub base: Option<String>,

    /// Certificates (PEM) of those whom you believe when they vouch for somebody who asks a person for a proof. Without it such requests
    /// are refused.
    #[arg(long, env = "EGENKARTA_WALLET_ANCHORS", value_name = "FILE")]
    pub wallet_anchors: Option<PathBuf>,

    /// Your certificate (PEM, P-256, for the host of --base) and those that vouch for it: what `/verify/wallet` asks other wallets is then
    /// signed, and answered sealed.
    #[arg(long, env = "EGENKARTA_WALLET_CERTIFICATE", value_name = "FILE", requires = "wallet_key")]
    pub wallet_certificate: Option<PathBuf>,

    /// That certificate's private key (PEM, PKCS #8, unencrypted).
    #[arg(long, env = "EGENKARTA_WALLET_KEY", value_name = "FILE", requires = "wallet_certificate")]
    pub wallet_key: Option<PathBuf>,
}

/// The settings, checked.
#[derive(Clone)]
pub struct Config {
    pub data: PathBuf,
    database: Option<String>,
    pub policies: Option<PathBuf>,
    keys: Option<PathBuf>,
    pub wallet_anchors: Option<PathBuf>,
    /// A certificate, and its key.
    pub wallet_certificate: Option<(PathBuf, PathBuf)>,
    pub base: Base,
    pub participants_issuer: String,
    pub contacts: Contacts,
    pub leave_to: Option<Url>,
    issuers: Vec<IssuerSetting>,
    /// What the file says of serving; flags and environment go before it.
    pub serving: Serving,
}

/// How it is served, as far as the file says so.
#[derive(Clone, Default)]
pub struct Serving {
    pub listen: Option<SocketAddr>,
    pub behind_proxy: bool,
    pub tls: Option<(PathBuf, PathBuf)>,
    pub inner_hosts: Vec<String>,
    pub metrics: bool,
}

impl Config {
    pub fn load(shared: &Shared, fallback_base: &str) -> Result<Self, Unbuilt> {
        let shared = shared.clone();
        let file = shared.config.as_deref().map(file::read).transpose()?.unwrap_or_default();
        let base = shared.base.or(file.base).unwrap_or_else(|| fallback_base.to_owned());
        if base.is_empty() {
            return Err(Unbuilt("Give the address under which people reach the service: --base https://…".to_owned()));
        }
        let (given, kept) = (shared.database, shared.database_file);
        let address = if given.is_some() || kept.is_some() { (given, kept) } else { (file.database, file.database_file) };
        let wallet = shared.wallet_certificate.zip(shared.wallet_key);
        Ok(Self {
            data: shared.data.or(file.data).unwrap_or_else(|| PathBuf::from("./data")),
            database: database(address)?,
            policies: shared.policies.or(file.policies),
            keys: shared.keys.or(file.keys),
            wallet_anchors: shared.wallet_anchors.or(file.wallet_anchors),
            wallet_certificate: wallet.or(file.wallet_certificate.zip(file.wallet_key)),
            base: Base::parse(&base).ok_or_else(|| Unbuilt(format!("The base address is no http or https origin: {base}.")))?,
            participants_issuer: file.participants.unwrap_or_else(|| "people".to_owned()),
            contacts: file.contacts,
            leave_to: file.leave,
            issuers: file.issuer,
            serving: file.serving,
        })
    }

    /// The database's address.
    pub fn database(&self) -> String {
        self.database.clone().unwrap_or_else(|| self.data.join("egenkarta.sqlite").display().to_string())
    }

    /// The SQLite file in the data folder, where that is the database.
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        self.database.is_none().then(|| self.data.join("egenkarta.sqlite"))
    }

    /// The file of a SQLite database, wherever it lies.
    pub fn database_path(&self) -> Option<PathBuf> {
        let address = self.database();
        (!is_server(&address)).then(|| PathBuf::from(address))
    }

    pub fn keys_folder(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.data.join("keys"))
    }

    /// The log's name: the host that serves it.
    pub fn log_name(&self) -> String {
        self.base.host().to_owned()
    }

    /// Hosts of identity providers that may lie on an inner network: as given, else as the file says.
    pub fn inner_hosts(&self, given: &[String]) -> BTreeSet<String> {
        let hosts = if given.is_empty() { &self.serving.inner_hosts } else { given };
        hosts.iter().map(|host| host.to_lowercase()).collect()
    }

    /// The issuers, with their secrets read.
    pub fn issuers(&self) -> Result<Vec<Issuer>, Unbuilt> {
        self.issuers.iter().map(IssuerSetting::read).collect()
    }
}

/// The database's address: as given, or the first line of a file.
fn database((given, kept): (Option<String>, Option<PathBuf>)) -> Result<Option<String>, Unbuilt> {
    if given.is_some() {
        return Ok(given);
    }
    let Some(path) = kept else { return Ok(None) };
    let unread = |e: &dyn std::fmt::Display| Unbuilt(format!("The database's address in {} cannot be read: {e}.", path.display()));
    let text = std::fs::read_to_string(&path).map_err(|e| unread(&e))?;
    let line = text.lines().next().map(str::trim).filter(|line| !line.is_empty());
    line.map(|line| Some(line.to_owned())).ok_or_else(|| unread(&"its first line is empty"))
}

impl IssuerSetting {
    fn read(&self) -> Result<Issuer, Unbuilt> {
        let unreadable =
            |file: &Path, e: std::io::Error| Unbuilt(format!("Issuer {}: {} cannot be read: {e}.", self.id, file.display()));
        let auth = match (&self.secret_file, &self.key_file) {
            (Some(file), None) => {
                let text = std::fs::read_to_string(file).map_err(|e| unreadable(file, e))?;
                ClientAuth::Secret(ClientSecret::new(text.trim()))
            }
            (None, Some(file)) => {
                let bytes = std::fs::read(file).map_err(|e| unreadable(file, e))?;
                let key = ClientKey::from_pkcs8(&bytes);
                let key = key.ok_or_else(|| Unbuilt(format!("Issuer {}: the key file holds no ES256 key.", self.id)))?;
                ClientAuth::PrivateKeyJwt(Box::new(key))
            }
            _ => return Err(Unbuilt(format!("Issuer {}: give either secret_file or key_file.", self.id))),
        };
        Ok(Issuer {
            id: self.id.clone(),
            issuer_url: self.url.clone(),
            client_id: self.client_id.clone(),
            auth,
            acr: self.acr.clone(),
            scopes: self.scopes.clone(),
            ask_name: self.ask_name,
        })
    }
}

/// Where to listen.
#[derive(Args, Clone)]
pub struct Listen {
    /// [default: 127.0.0.1:8080]
    #[arg(long, env = "EGENKARTA_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

impl Listen {
    /// As given, else as the file says, else port 8080 of this machine alone.
    pub fn address(&self, config: &Config) -> SocketAddr {
        self.listen.or(config.serving.listen).unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)))
    }
}
