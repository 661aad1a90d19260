//! Pages: typed contexts with samples, and the templates that they fill.

pub mod page;

use std::sync::Arc;

use axum::Router;

use crate::http::Site;

pub fn router() -> Router<Arc<Site>> {
    Router::new()
}
