//! `egenkarta serve`: the real thing.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use clap::Args;
use tokio::net::TcpListener;

use crate::app::config::{Config, Listen, Shared};
use crate::app::{self, Seams, Unbuilt};
use crate::outbound::Reach;

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    shared: Shared,
    #[command(flatten)]
    listen: Listen,

    /// Plain http on the listening address, since a proxy in front speaks https
    #[arg(long, env = "EGENKARTA_BEHIND_PROXY")]
    behind_proxy: bool,

    /// Certificate chain (PEM) for https without a proxy
    #[arg(long, env = "EGENKARTA_TLS_CERTIFICATE", value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,

    /// The certificate's private key (PEM)
    #[arg(long, env = "EGENKARTA_TLS_KEY", value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,

    /// Hosts of identity providers that may lie on an inner network
    #[arg(long, env = "EGENKARTA_INNER_HOSTS", value_delimiter = ',', value_name = "HOST")]
    inner_hosts: Vec<String>,
}

impl Serve {
    pub async fn run(self) -> Result<(), Unbuilt> {
        let config = Config::load(&self.shared, "")?;
        self.check(&config)?;
        let seams = Seams::system();
        let built = app::build(&config, &seams).await?;
        let inner_hosts: BTreeSet<String> = self.inner_hosts.iter().map(|host| host.to_lowercase()).collect();
        let reach = Reach::Public { inner_hosts };
        let site = Arc::new(app::site(&config, &seams, Arc::clone(&built.service), config.issuers()?, reach)?);
        let router = app::router(site, Router::new());
        let address = self.listen.listen;
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => app::serve_tls(address, certificate, key, router, built).await,
            _ => {
                let listener = TcpListener::bind(address).await.map_err(|e| Unbuilt(format!("{address}: {e}.")))?;
                tracing::info!(%address, "serving");
                app::serve(listener, router, built).await
            }
        }
    }

    /// Refuses what would put people at risk.
    fn check(&self, config: &Config) -> Result<(), Unbuilt> {
        let refuse = |sentence: &str| Err(Unbuilt(sentence.to_owned()));
        if !config.base.secure() {
            return refuse("serve needs a base address with https (--base https://…): people's keys travel in it.");
        }
        if !self.behind_proxy && self.tls_certificate.is_none() {
            return refuse("serve needs --tls-certificate and --tls-key, or --behind-proxy where a proxy speaks https.");
        }
        if config.data.join(super::demo::MARK).exists() {
            return refuse("This data folder holds the demonstration, whose passphrases are public. Choose another with --data.");
        }
        Ok(())
    }
}
