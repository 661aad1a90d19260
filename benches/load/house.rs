//! The service over a data folder.

use std::path::Path;
use std::sync::Arc;

use egenkarta::crypto::server::ServerKeys;
use egenkarta::domain::{SystemClock, SystemRandom};
use egenkarta::log::LogSigner;
use egenkarta::policy::{Catalogue, Policy};
use egenkarta::store::ended::EndedList;
use egenkarta::store::event::Appender;
use egenkarta::usecase::Service;
use tokio::sync::{Semaphore, mpsc};

use super::statement;

/// Fresh server keys each time: they find accounts and sign receipts, and no token or session here needs either.
pub async fn open(folder: &Path) -> Arc<Service> {
    std::fs::create_dir_all(folder).unwrap();
    let db = statement::open(folder.join("egenkarta.sqlite").to_str().unwrap()).await;
    let random = Arc::new(SystemRandom::default());
    let keys = ServerKeys::random(&*random);
    let catalogue = Catalogue::embedded().unwrap();
    let (denials, mut forgotten) = mpsc::channel(1024);
    tokio::spawn(async move { while forgotten.recv().await.is_some() {} });
    Arc::new(Service {
        appender: Appender::start(db.clone()),
        db,
        policy: Policy::load(None, &catalogue).unwrap(),
        catalogue,
        signer: LogSigner::from_seed("load.example", keys.checkpoint_seed()).unwrap(),
        keys,
        ended: EndedList::open(&folder.join("ended.jsonl")).unwrap(),
        clock: Arc::new(SystemClock),
        random,
        costly: Semaphore::new(2),
        denials,
    })
}
