//! `GET /api/v1`: the API's description, to read.

use std::sync::Arc;

use axum::Router;

use super::page::reference::{Description, Reference};
use super::page::url;
use super::view::View;
use crate::http::Site;
use crate::http::route::get;

/// `document`: the description as programs fetch it, from [`url::API_DOCUMENT`].
pub fn router(document: &serde_json::Value) -> Router<Arc<Site>> {
    let description = Arc::new(Description::of(document));
    let page = async move |view: View| {
        let origin = view.site.base.origin().to_owned();
        view.page(&Reference { t: view.t, origin, document: url::API_DOCUMENT, description: &description })
    };
    Router::new().route(url::API, get(page))
}
