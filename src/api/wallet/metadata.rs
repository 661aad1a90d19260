//! What a unit says of itself to wallets (OpenID4VCI 1.0, 12.2, 12.3).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::none;
use crate::api::body::Named;
use crate::credential::openid4vci::{authorization_server, credential_issuer};
use crate::domain::UnitId;
use crate::http::Site;
use crate::text::{Lang, T};

pub async fn issuer(State(site): State<Arc<Site>>, Named(unit): Named<String>) -> Response {
    let Some((id, issuer)) = identified(&site, &unit) else { return none() };
    let Ok(unit) = site.service.wallet_issuer(id).await else { return none() };
    let said = |lang: &Lang| (lang.tag(), T { lang: *lang, now: site.service.now() }.s("wallet-credential"));
    let display: Vec<(&str, String)> = Lang::all().iter().filter(|lang| lang.speaks_to_staff()).map(said).collect();
    kept(credential_issuer(&issuer, &unit.unit.name, &display))
}

pub async fn server(State(site): State<Arc<Site>>, Named(unit): Named<String>) -> Response {
    let Some((id, issuer)) = identified(&site, &unit) else { return none() };
    match site.service.wallet_issuer(id).await {
        Ok(_) => kept(authorization_server(&issuer)),
        Err(_) => none(),
    }
}

/// The unit, and its identifier as an issuer. As it is written, and in no other way: identifiers are compared sign by sign.
pub(super) fn identified(site: &Site, unit: &str) -> Option<(UnitId, String)> {
    let id: UnitId = unit.parse().ok()?;
    (id.to_string() == unit).then(|| (id, site.base.url(&format!("/issuer/{unit}"))))
}

fn kept(body: Value) -> Response {
    ([(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"))], Json(body)).into_response()
}
