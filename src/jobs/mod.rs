//! What runs without a request: log sequencing, expiry, erasures that are due, telling units, denied tries, retention.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::domain::Timestamp;
use crate::store;
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
        s.expire().await.map(drop)
    }));
    jobs.spawn(every(Duration::from_secs(20), Arc::clone(&service), stop.clone(), "erase", async |s: &Service| {
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

/// Denied tries that could not be written and wait for the next round; beyond that the oldest are dropped.
const MOST_WAITING: usize = 1024;

/// Writes denied tries, and the repeats of each minute as one line. What waits when `stop` turns true is written before it ends.
pub async fn denied(service: Arc<Service>, mut waiting: mpsc::Receiver<Denial>, mut stop: Stop) {
    let (mut counted, mut unwritten) = (Denials::default(), VecDeque::new());
    loop {
        let (fresh, ending) = tokio::select! {
            denial = waiting.recv() => (denial, false),
            () = tokio::time::sleep(Duration::from_secs(1)) => (None, false),
            _ = stop.changed() => (None, true),
        };
        let mut due: VecDeque<(Denial, u32)> = std::mem::take(&mut unwritten);
        due.extend(fresh.and_then(|denial| counted.take(denial)).map(|denial| (denial, 1)));
        if ending {
            // Nobody is answered any more, so nothing comes after these.
            while let Ok(denial) = waiting.try_recv() {
                due.extend(counted.take(denial).map(|denial| (denial, 1)));
            }
        }
        due.extend(counted.due(if ending { Timestamp(i64::MAX) } else { service.now() }));
        unwritten = written(&service, due).await;
        if ending {
            if !unwritten.is_empty() {
                tracing::error!(lost = unwritten.len(), "denied tries could not be written before the stop");
            }
            return;
        }
    }
}

/// What is left: from the first that could not be written on, since the next would not be either.
async fn written(service: &Service, mut due: VecDeque<(Denial, u32)>) -> VecDeque<(Denial, u32)> {
    while let Some((denial, count)) = due.pop_front() {
        match service.record_denial(denial, count).await {
            Ok(()) => {}
            Err(Error::Store(error)) if !matches!(error, store::Error::Missing) => {
                tracing::warn!(%error, "a denied try could not be written, and will be tried again");
                due.push_back((denial, count));
                let over = due.len().saturating_sub(MOST_WAITING);
                metrics::counter!("denials_dropped").increment(over as u64);
                due.drain(..over);
                return due;
            }
            // Whoever it would have told is gone, or what is stored of them was altered: later it would be no better.
            Err(error) => tracing::warn!(%error, "a denied try could not be written"),
        }
    }
    due
}
