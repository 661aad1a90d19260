//! `egenkarta serve`: the real thing.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
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

    /// Serve metrics for Prometheus under /metrics; let your proxy keep that path from the outside
    #[arg(long, env = "EGENKARTA_METRICS")]
    metrics: bool,
}

/// How often old samples are folded together.
const UPKEEP: Duration = Duration::from_secs(5);

impl Serve {
    pub async fn run(self) -> Result<(), Unbuilt> {
        let config = Config::load(&self.shared, "")?;
        self.check(&config)?;
        let seams = Seams::system();
        let built = app::build(&config, &seams).await?;
        let inner_hosts: BTreeSet<String> = self.inner_hosts.iter().map(|host| host.to_lowercase()).collect();
        let reach = Reach::Public { inner_hosts };
        let mut site = app::site(&config, &seams, Arc::clone(&built.service), config.issuers()?, reach)?;
        site.proxied = self.behind_proxy;
        site.metrics = self.metrics.then(record).transpose()?;
        let sender = site.sender();
        let router = app::router(Arc::new(site), Router::new());
        let address = self.listen.listen;
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => app::serve_tls(address, (certificate, key), router, built, sender).await,
            _ => {
                let listener = TcpListener::bind(address).await.map_err(|e| Unbuilt(format!("{address}: {e}.")))?;
                tracing::info!(%address, "serving");
                app::serve(listener, router, built, sender).await
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

/// Starts the recorder. Its labels are routes, methods, states and statuses, never persons.
fn record() -> Result<PrometheusHandle, Unbuilt> {
    let buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];
    let builder = PrometheusBuilder::new().set_buckets(&buckets);
    let handle = builder.and_then(PrometheusBuilder::install_recorder).map_err(|e| Unbuilt(format!("Metrics: {e}.")))?;
    let kept = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP).await;
            kept.run_upkeep();
        }
    });
    Ok(handle)
}
