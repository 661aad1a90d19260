//! Styles, scripts and pictures; their address holds their version, so a cache may keep them for ever.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::page::{asset, url};
use crate::http::Site;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(&format!("{}/{{name}}", url::STATIC), get(file)).route("/favicon.ico", get(icon))
}

async fn file(Path(name): Path<String>) -> Response {
    match asset::get(&name) {
        Some(file) => {
            let headers = [(CONTENT_TYPE, file.mime), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, file.bytes.into_owned()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn icon() -> Response {
    file(Path("icon.svg".to_owned())).await
}
