//! Pages: typed contexts, the templates that they fill, and handlers that parse, call one use case, and render.

pub mod page;

mod account;
mod again;
mod assets;
mod contents;
mod draft;
mod entry;
mod events;
mod exchange;
mod file;
mod gap;
mod guide;
mod keys;
mod language;
mod link;
mod login;
mod map;
mod offer;
mod outline;
mod pairs;
mod progress;
mod proof;
mod public;
mod receipt;
mod reference;
mod request;
mod sent;
mod sharing;
mod showing;
mod staff;
mod step;
mod told;
mod verify;
mod view;
mod wallet;

use std::sync::Arc;

use axum::{Router, middleware};

use crate::http::Site;
pub use told::told_to_browsers;

/// All pages. `api`: the description of the endpoints beside, which a page shows to read.
pub fn router(site: &Arc<Site>, api: &serde_json::Value) -> Router<Arc<Site>> {
    Router::new()
        .merge(public::router())
        .merge(reference::router(api))
        .merge(assets::router())
        .merge(language::router())
        .merge(login::router())
        .merge(account::router())
        .merge(keys::router())
        .merge(map::router())
        .merge(entry::router())
        .merge(file::router())
        .merge(guide::router())
        .merge(gap::router())
        .merge(progress::router())
        .merge(outline::router())
        .merge(exchange::router())
        .merge(sharing::router())
        .merge(request::router())
        .merge(link::router())
        .merge(verify::router())
        .merge(offer::router())
        .merge(proof::router())
        .merge(showing::router())
        .merge(events::router())
        .merge(wallet::router())
        .merge(staff::router())
        .layer(middleware::from_fn_with_state(Arc::clone(site), draft::keep))
        .layer(middleware::from_fn_with_state(Arc::clone(site), told::told))
}
