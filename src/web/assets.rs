//! Styles, scripts and pictures; where the address holds their version, a cache may keep them for ever.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::page::{asset, url};
use super::sent::Path;
use crate::http::Site;
use crate::http::route::get;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(&format!("{}/{{name}}", url::STATIC), get(file)).route("/favicon.ico", get(icon))
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// At an address that stays the same when the file changes.
const FOR_A_WHILE: &str = "public, max-age=600";

async fn file(Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    let versioned = query.as_deref().and_then(|query| query.strip_prefix("v=")) == Some(asset::version());
    match asset::get(&name) {
        Some(file) => answer(file, if versioned { FOR_EVER } else { FOR_A_WHILE }),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(file: asset::Asset, kept: &'static str) -> Response {
    ([(CONTENT_TYPE, file.mime), (CACHE_CONTROL, kept)], file.bytes.into_owned()).into_response()
}

async fn icon() -> Response {
    asset::get("icon.svg").map_or_else(|| StatusCode::NOT_FOUND.into_response(), |file| answer(file, FOR_A_WHILE))
}
