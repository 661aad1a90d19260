//! (being built)

use std::sync::Arc;

use axum::Router;

use crate::http::Site;

pub fn router() -> Router<Arc<Site>> {
    Router::new()
}
