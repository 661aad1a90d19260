//! Settings from a file, the environment and the command line. Secrets are read from files and never printed.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;
use url::Url;

use super::Unbuilt;
use crate::http::{Base, Contacts};
use crate::identity::{ClientAuth, ClientKey, ClientSecret, Issuer};

/// What the commands have in common. Each setting can stand in the environment as `EGENKARTA_…` or in the file given by `--config`.
#[derive(Args, Clone, Debug, Default)]
pub struct Shared {
    /// The folder that holds the database, keys, ended list and imported taxonomy.
    #[arg(long, env = "EGENKARTA_DATA", default_value = "./data", value_name = "DIR")]
    pub data: PathBuf,

    /// `postgres://…` for PostgreSQL; without it a SQLite file in the data folder.
    #[arg(long, env = "EGENKARTA_DATABASE", value_name = "ADDRESS", hide_env_values = true)]
    pub database: Option<String>,

    /// A TOML file with settings: `base`, `participants`, `[contacts]` and `[[issuer]]` tables. See the README.
    #[arg(long, env = "EGENKARTA_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// A folder whose Cedar policies take the place of the built-in ones.
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
#[derive(Clone, Debug)]
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
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    base: Option<String>,
    /// The id of the issuer by which participants sign in.
    participants: Option<String>,
    /// Where "Lämna sidan" leads: an https page that anyone may have open.
    leave: Option<Url>,
    #[serde(default)]
    contacts: Contacts,
    #[serde(default)]
    issuer: Vec<IssuerSetting>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IssuerSetting {
    id: String,
    url: String,
    client_id: String,
    /// A file with the client secret; or else `key_file`.
    secret_file: Option<PathBuf>,
    /// A file with an ES256 key (PKCS#8) for `private_key_jwt`.
    key_file: Option<PathBuf>,
    #[serde(default)]
    acr: Vec<String>,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    ask_name: bool,
}

impl Config {
    pub fn load(shared: &Shared, fallback_base: &str) -> Result<Self, Unbuilt> {
        let file = shared.config.as_deref().map(read).transpose()?.unwrap_or_default();
        let base = shared.base.clone().or(file.base).unwrap_or_else(|| fallback_base.to_owned());
        if base.is_empty() {
            return Err(Unbuilt("Give the address under which people reach the service: --base https://…".to_owned()));
        }
        Ok(Self {
            data: shared.data.clone(),
            database: shared.database.clone(),
            policies: shared.policies.clone(),
            keys: shared.keys.clone(),
            wallet_anchors: shared.wallet_anchors.clone(),
            wallet_certificate: shared.wallet_certificate.clone().zip(shared.wallet_key.clone()),
            base: Base::parse(&base).ok_or_else(|| Unbuilt(format!("The base address is no http or https origin: {base}.")))?,
            participants_issuer: file.participants.unwrap_or_else(|| "people".to_owned()),
            contacts: file.contacts,
            leave_to: file.leave.map(leave).transpose()?,
            issuers: file.issuer,
        })
    }

    /// The database's address.
    pub fn database(&self) -> String {
        self.database.clone().unwrap_or_else(|| self.data.join("egenkarta.sqlite").display().to_string())
    }

    pub fn sqlite_file(&self) -> Option<PathBuf> {
        self.database.is_none().then(|| self.data.join("egenkarta.sqlite"))
    }

    pub fn keys_folder(&self) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| self.data.join("keys"))
    }

    /// The log's name: the host that serves it.
    pub fn log_name(&self) -> String {
        self.base.host().to_owned()
    }

    /// The issuers, with their secrets read.
    pub fn issuers(&self) -> Result<Vec<Issuer>, Unbuilt> {
        self.issuers.iter().map(IssuerSetting::read).collect()
    }
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

/// Another scheme than https could run script, or show the way in clear.
fn leave(to: Url) -> Result<Url, Unbuilt> {
    let fine = to.scheme() == "https" && to.username().is_empty();
    if fine { Ok(to) } else { Err(Unbuilt(format!("`leave` must be an https address, and is {to}."))) }
}

fn read(path: &Path) -> Result<File, Unbuilt> {
    let text = std::fs::read_to_string(path).map_err(|e| Unbuilt(format!("{} cannot be read: {e}.", path.display())))?;
    // The parser's own words could quote a secret that someone wrote into the wrong file.
    toml::from_str(&text).map_err(|e| Unbuilt(format!("{}: {}", path.display(), e.message())))
}

/// Where to listen.
#[derive(Args, Clone, Debug)]
pub struct Listen {
    #[arg(long, env = "EGENKARTA_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_leads_to_https_and_nowhere_else() {
        let to = |text: &str| leave(Url::parse(text).unwrap());
        for refused in ["http://example.org/", "javascript:alert(1)", "data:text/html,x", "https://someone@example.org/"] {
            assert!(to(refused).is_err(), "{refused}");
        }
        assert_eq!(to("https://example.org/vader").unwrap().path(), "/vader");
    }
}
