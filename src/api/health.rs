//! Whether the service lives, whether it can serve, and its metrics where the operator wants them.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::http::Site;
use crate::http::route::get;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route("/health/live", get(live)).route("/health/ready", get(ready)).route("/metrics", get(metrics))
}

async fn live() -> &'static str {
    "live\n"
}

/// Ready when the database answers a read.
async fn ready(State(site): State<Arc<Site>>) -> Response {
    match site.service.newest_checkpoint().await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response()
        }
    }
}

async fn metrics(State(site): State<Arc<Site>>) -> Response {
    site.metrics.as_ref().map_or_else(|| StatusCode::NOT_FOUND.into_response(), |handle| handle.render().into_response())
}
