//! What runs without a request: log sequencing, expiry, erasures that are due, telling units, denied tries, retention.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::usecase::delivery::Sender;
use crate::usecase::event::{Denial, Denials};
use crate::usecase::log::BATCH;
use crate::usecase::{Error, Service};

/// The running jobs.
pub struct Jobs(JoinSet<()>);

impl Jobs {
    /// Waits until each has ended, after it was told to stop.
    pub async fn finished(mut self) {
        while self.0.join_next().await.is_some() {}
    }
}

type Stop = watch::Receiver<bool>;

/// Starts all jobs; they end when `stop` turns true.
pub fn start(service: Arc<Service>, denials: mpsc::Receiver<Denial>, sender: Sender, stop: Stop) -> Jobs {
    let mut jobs = JoinSet::new();
    jobs.spawn(every(Duration::from_millis(500), Arc::clone(&service), stop.clone(), "sequence", async |s: &Service| {
        // A batch at a time; what came meanwhile goes with the next round, lest the one writer be kept from those who read.
        while s.sequence_log().await? >= BATCH {}
        Ok(())
    }));
    jobs.spawn(every(Duration::from_millis(250), Arc::clone(&service), stop.clone(), "fold", async |s: &Service| s.fold().await));
    jobs.spawn(every(Duration::from_secs(20), Arc::clone(&service), stop.clone(), "expire", async |s: &Service| {
        s.expire().await?;
        s.erase_those_due().await.map(drop)
    }));
    jobs.spawn(every(Duration::from_secs(2), Arc::clone(&service), stop.clone(), "deliver", async move |s: &Service| {
        s.deliver(&sender).await.map(drop)
    }));
    jobs.spawn(every(Duration::from_secs(3600), Arc::clone(&service), stop.clone(), "retain", async |s: &Service| {
        s.retain().await
    }));
    jobs.spawn(denied(service, denials, stop));
    Jobs(jobs)
}

async fn every(
    pause: Duration,
    service: Arc<Service>,
    mut stop: Stop,
    name: &'static str,
    work: impl AsyncFn(&Service) -> Result<(), Error>,
) {
    loop {
        if let Err(error) = work(&service).await {
            tracing::error!(job = name, %error, "a job failed and will be tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => return,
        }
    }
}

/// Writes denied tries, and the repeats of each minute as one line.
async fn denied(service: Arc<Service>, mut waiting: mpsc::Receiver<Denial>, mut stop: Stop) {
    let mut counted = Denials::default();
    loop {
        let fresh = tokio::select! {
            denial = waiting.recv() => denial,
            () = tokio::time::sleep(Duration::from_secs(1)) => None,
            _ = stop.changed() => return,
        };
        let first = fresh.and_then(|denial| counted.take(denial)).map(|denial| (denial, 1));
        for (denial, count) in first.into_iter().chain(counted.due(service.now())) {
            if let Err(error) = service.record_denial(denial, count).await {
                tracing::warn!(%error, "a denied try could not be written");
            }
        }
    }
}
