//! Blocking a unit, and undoing it.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;

use crate::domain::UnitId;
use crate::http::route::{get_post, post};
use crate::http::{Person, Site};
use crate::web::page::confirm::Confirm;
use crate::web::page::url;
use crate::web::sent::Path;
use crate::web::view::{View, to};

/// What was just done, as the list's address says it.
pub const DONE: [&str; 2] = ["blocked", "unblocked"];

pub fn router() -> Router<Arc<Site>> {
    Router::new().route("/sharing/units/{unit}/block", get_post(ask, block)).route("/sharing/units/{unit}/unblock", post(unblock))
}

async fn ask(view: View, Person(_): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<UnitId>() else { return view.not_found() };
    match view.site.service.unit(id).await {
        Ok(unit) => view.page(&Confirm::block(view.t, id, &unit.unit.name)),
        Err(error) => view.error(&error),
    }
}

async fn block(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match view.site.service.block(&session, id).await {
        Ok(()) => to(format!("{}?{}", url::SHARING, DONE[0])),
        Err(error) => view.error(&error),
    }
}

async fn unblock(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match view.site.service.unblock(&session, id).await {
        Ok(()) => to(format!("{}?{}", url::SHARING, DONE[1])),
        Err(error) => view.error(&error),
    }
}
