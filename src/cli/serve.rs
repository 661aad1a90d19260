//! `egenkarta serve`: the real thing.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use super::out::tell;
use crate::app::config::{Config, Listen, Shared};
use crate::app::{self, DEMO_MARK, Seams, Standing, Unbuilt};
use crate::identity::Issuer;
use crate::outbound::Reach;
use crate::store::installation::{HeldAs, Hold};

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
        let given = self.tls_certificate.clone().zip(self.tls_key.clone());
        let tls = given.or_else(|| config.serving.tls.clone());
        let proxied = self.behind_proxy || config.serving.behind_proxy;
        check(&config, proxied || tls.is_some())?;
        refuse_demo(&config).await?;
        let issuers = config.issuers()?;
        say_who_signs_in(&config, &issuers);
        let seams = Seams::system();
        // Before it is looked at: from then on no restore begins.
        let hold = served(&config).await?;
        let built = app::build(&config, &seams).await?;
        let reach = Reach::Public { inner_hosts: config.inner_hosts(&self.inner_hosts) };
        let mut site = app::site(&config, &seams, Arc::clone(&built.service), issuers, reach)?;
        site.proxied = proxied;
        site.metrics = (self.metrics || config.serving.metrics).then(record).transpose()?;
        let sender = site.sender();
        let router = app::router(Arc::new(site), Router::new());
        let address = self.listen.address(&config);
        let serving = async {
            match tls {
                Some((certificate, key)) => app::serve_tls(address, (&certificate, &key), router, built, sender).await,
                None => {
                    let listener = TcpListener::bind(address).await.map_err(|e| Unbuilt(format!("{address}: {e}.")))?;
                    tracing::info!(%address, "serving");
                    app::serve(listener, router, built, sender).await
                }
            }
        };
        tokio::select! {
            ended = serving => ended,
            () = hold.lost() => Err(Unbuilt("A restore of this database has begun: the service has stopped.".to_owned())),
        }
    }
}

/// The lock that keeps a restore away from what is served.
async fn served(config: &Config) -> Result<Hold, Unbuilt> {
    let held = Hold::take(&config.database(), HeldAs::Served)
        .await
        .map_err(|e| Unbuilt(format!("The database cannot be locked: {e}.")))?;
    held.ok_or_else(|| Unbuilt("A restore of this database is under way. Start the service when it is done.".to_owned()))
}

/// Refuses what would put people at risk.
fn check(config: &Config, protected: bool) -> Result<(), Unbuilt> {
    let refuse = |sentence: &str| Err(Unbuilt(sentence.to_owned()));
    if !config.base.secure() {
        return refuse("serve needs a base address with https (--base https://…): people's keys travel in it.");
    }
    if !protected {
        return refuse("serve needs --tls-certificate and --tls-key, or --behind-proxy where a proxy speaks https.");
    }
    Ok(())
}

/// The passphrases of the demonstration's people are public, wherever its database or its folder goes.
async fn refuse_demo(config: &Config) -> Result<(), Unbuilt> {
    let refuse = |sentence: &str| Err(Unbuilt(sentence.to_owned()));
    if config.data.join(DEMO_MARK).exists() {
        return refuse("This data folder holds the demonstration, whose passphrases are public. Choose another with --data.");
    }
    if app::standing(config).await? == Standing::Demo {
        return refuse("This database holds the demonstration, whose passphrases are public. Choose another with --database.");
    }
    Ok(())
}

/// An operator learns at once why nobody can sign in.
fn say_who_signs_in(config: &Config, issuers: &[Issuer]) {
    if issuers.is_empty() {
        tell!("Note: no identity provider is configured, so nobody can sign in. Add [[issuer]] tables to the file of --config.");
    } else if !issuers.iter().any(|issuer| issuer.id == config.participants_issuer) {
        let missing = &config.participants_issuer;
        tell!("Note: people sign in by the issuer {missing}, which is not configured. Set `participants` to one that is.");
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
