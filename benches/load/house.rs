//! The app over a data folder, built as `serve` builds it.

use std::path::Path;
use std::sync::Arc;

use egenkarta::app::config::{Config, Shared};
use egenkarta::app::{self, Built, Seams};
use egenkarta::http::Site;
use egenkarta::outbound::Reach;
use egenkarta::usecase::Service;

/// The address that `serve` is started with too.
pub const BASE: &str = "https://load.example";

fn config(folder: &Path) -> Config {
    let (data, base) = (Some(folder.to_owned()), Some(BASE.to_owned()));
    Config::load(&Shared { data, base, ..Shared::default() }, BASE).unwrap()
}

pub async fn build(folder: &Path) -> Built {
    app::build(&config(folder), &Seams::system()).await.unwrap()
}

/// The use cases alone; nobody takes the denied tries.
pub async fn open(folder: &Path) -> Arc<Service> {
    build(folder).await.service
}

pub fn site(folder: &Path, service: Arc<Service>) -> Arc<Site> {
    let reach = Reach::Public { inner_hosts: std::collections::BTreeSet::new() };
    Arc::new(app::site(&config(folder), &Seams::system(), service, Vec::new(), reach).unwrap())
}
