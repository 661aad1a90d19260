//! The whole app, as `serve` builds it, with a clock that the test moves.

use std::ops::AsyncFnOnce;
use std::sync::Arc;

use egenkarta::app::config::{Config, Shared};
use egenkarta::app::{self, Seams};
use egenkarta::crypto::passphrase::Cost;
use egenkarta::crypto::secret::Secret;
use egenkarta::usecase::Service;
use egenkarta::usecase::event::Denial;
use tokio::sync::{Mutex, OnceCell, mpsc};

use super::clock::TestClock;
use super::database::{self, Kind};
use super::dir::Dir;
use super::http::Http;

pub struct TestApp {
    pub service: Arc<Service>,
    pub clock: Arc<TestClock>,
    pub seams: Seams,
    pub config: Config,
    pub kind: Kind,
    pub dir: Dir,
    /// What opens reports of barriers; the operator has it on paper.
    pub reports: Secret,
    pub(super) denials: Mutex<mpsc::Receiver<Denial>>,
    http: OnceCell<Http>,
    /// The server and the name of its database.
    postgres: Option<(String, String)>,
}

pub const BASE: &str = "http://localhost:8080";

impl TestApp {
    /// `None` where it needs a PostgreSQL and there is none.
    pub async fn new(kind: Kind) -> Option<Self> {
        Self::with(kind, |_| {}).await
    }

    /// One with other settings: they may name files in its data folder.
    pub async fn with(kind: Kind, settings: impl FnOnce(&mut Shared)) -> Option<Self> {
        let postgres = match kind {
            Kind::Sqlite => None,
            Kind::Postgres => {
                let server = database::server()?;
                let (address, name) = database::clone(&server).await;
                Some((server, address, name))
            }
        };
        let dir = Dir::new();
        // The one issuer of the tests' proofs is believed.
        std::fs::write(dir.path().join("trust.toml"), super::proof::trust()).unwrap();
        let database = postgres.as_ref().map(|(_, address, _)| address.clone());
        let mut shared = Shared { data: Some(dir.path().to_owned()), database, base: Some(BASE.to_owned()), ..Shared::default() };
        settings(&mut shared);
        let config = Config::load(&shared, BASE).unwrap();
        let clock = Arc::new(TestClock::new());
        // A fifth of a second for each person of each test says nothing; what people get is held by `sealing::vectors` and the journeys.
        let seams = Seams { clock: clock.clone(), cost: Cost::NONE, ..Seams::system() };
        let reports = app::make_report_key(&config.keys_folder(), &*seams.random).unwrap().unwrap();
        let built = app::build(&config, &seams).await.unwrap();
        let (service, denials) = (built.service, Mutex::new(built.denials));
        let postgres = postgres.map(|(server, _, name)| (server, name));
        Some(Self { service, clock, seams, config, kind, dir, reports, denials, http: OnceCell::new(), postgres })
    }

    /// The pages and the API, built at first use.
    pub async fn http(&self) -> &Http {
        self.http.get_or_init(async || Http::new(self)).await
    }

    /// Another service over the same database and data folder, as after a restart.
    pub async fn restarted(&self) -> Arc<Service> {
        app::build(&self.config, &self.seams).await.unwrap().service
    }

    /// What the denied tries so far leave in the log, as the job would write them; how many lines.
    pub async fn record_denials(&self) -> usize {
        let mut counted = egenkarta::usecase::event::Denials::default();
        let mut lines = Vec::new();
        let mut waiting = self.denials.lock().await;
        while let Ok(denial) = waiting.try_recv() {
            lines.extend(counted.take(denial).map(|first| (first, 1)));
        }
        let later = egenkarta::domain::Timestamp(i64::MAX);
        lines.extend(counted.due(later));
        for (denial, count) in &lines {
            self.service.record_denial(*denial, *count).await.unwrap();
        }
        lines.len()
    }

    /// What the job does that writes denied tries, from now until `stop` turns true. Once: it takes the tries with it.
    pub async fn deny_until(&self, stop: tokio::sync::watch::Receiver<bool>) {
        let waiting = std::mem::replace(&mut *self.denials.lock().await, mpsc::channel(1).1);
        egenkarta::jobs::denied(Arc::clone(&self.service), waiting, stop).await;
    }

    async fn close(self) {
        self.service.db.close().await;
        if let Some((server, name)) = &self.postgres {
            database::drop_database(server, name).await;
        }
    }
}

/// Runs a test's body on a fresh app, on more than one thread as in earnest.
pub fn run(kind: Kind, body: impl AsyncFnOnce(&TestApp)) {
    run_with(kind, |_| {}, body);
}

/// The same with other settings.
pub fn run_with(kind: Kind, settings: impl FnOnce(&mut Shared), body: impl AsyncFnOnce(&TestApp)) {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    run_on(&mut builder, kind, settings, body);
}

/// The same, with whatever the app logs at any level kept in `log`.
pub fn run_logged(kind: Kind, log: &Log, body: impl AsyncFnOnce(&TestApp)) {
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let dispatch = tracing::Dispatch::new(subscriber);
    let of_thread = dispatch.clone();
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    // For as long as the thread lives.
    builder.on_thread_start(move || std::mem::forget(tracing::dispatcher::set_default(&of_thread)));
    let _here = tracing::dispatcher::set_default(&dispatch);
    run_on(&mut builder, kind, |_| {}, body);
}

fn run_on(builder: &mut tokio::runtime::Builder, kind: Kind, settings: impl FnOnce(&mut Shared), body: impl AsyncFnOnce(&TestApp)) {
    let runtime = builder.worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let Some(app) = TestApp::with(kind, settings).await else { return };
        body(&app).await;
        app.close().await;
    });
}

/// What was logged.
#[derive(Clone, Default)]
pub struct Log(Arc<std::sync::Mutex<Vec<u8>>>);

impl Log {
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
