//! JSON and protocol endpoints: one file for each family, the description generated from the code that answers.

mod body;
mod caller;
mod client_keys;
mod complete;
mod consents;
mod copy;
mod disclosure;
mod entries;
mod file;
mod health;
mod inbox;
mod issuer;
mod labels;
pub mod link;
mod log;
pub mod oauth;
mod par;
mod pointer;
mod presented;
mod problem;
mod receipt;
mod receiver;
mod shape;
mod statement;
mod tokens;
mod unit_consent;
mod verify;
pub mod wallet;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::domain::Timestamp;
use crate::http::route::get;
use crate::http::{Lang, Site};
use crate::text::T;
use crate::usecase::check::MOST_FILE;
use caller::Ask;
// A benchmark answers with the same JSON.
pub use disclosure::Disclosure;
use problem::{Key, Problem};

/// Where the description lies.
pub const OPENAPI: &str = "/api/v1/openapi.json";

/// Made once, for all who ask.
static DESCRIPTION: LazyLock<serde_json::Value> = LazyLock::new(describe);
static WRITTEN: LazyLock<String> = LazyLock::new(|| DESCRIPTION.to_string());

/// All endpoints, with the description of those under `/api/v1`.
pub fn router() -> Router<Arc<Site>> {
    Router::from(described())
        .route(OPENAPI, get(async || ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], WRITTEN.as_str())))
        .merge(health::router())
        .merge(client_keys::router())
        .merge(log::tiles())
        .merge(copy::router())
        .merge(link::router())
        .merge(oauth::router())
        .merge(issuer::router())
        .merge(wallet::router())
        .route("/problems/{word}", get(problem::explained))
        .route("/api/{*path}", axum::routing::any(nothing_here))
}

/// What the endpoints take and answer (OpenAPI 3.1).
pub fn description() -> &'static serde_json::Value {
    &DESCRIPTION
}

fn describe() -> serde_json::Value {
    // A description that cannot be written is a fault of ours, found by the first test that asks for it.
    let mut document = serde_json::to_value(described().into_openapi()).unwrap_or_default();
    complete::complete(&mut document);
    document
}

/// The endpoints that the description lists.
pub fn described() -> OpenApiRouter<Arc<Site>> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(disclosure::read))
        .routes(routes!(copy::by_token))
        .routes(routes!(entries::profile))
        .routes(routes!(entries::add))
        .routes(routes!(entries::one, entries::change, entries::delete))
        .routes(routes!(consents::list, consents::give))
        .routes(routes!(consents::one, consents::withdraw))
        .routes(routes!(log::events))
        .routes(routes!(log::verify))
        .routes(routes!(log::checkpoint))
        .routes(routes!(inbox::list))
        .routes(routes!(inbox::read))
        .routes(routes!(copy::by_staff))
        .routes(routes!(tokens::list, tokens::mint))
        .routes(routes!(tokens::revoke))
        .routes(routes!(receipt::of_person))
        .routes(routes!(receipt::of_read))
        .routes(routes!(receipt::of_unit))
        .routes(routes!(unit_consent::list))
        .routes(routes!(unit_consent::one))
        .routes(routes!(unit_consent::acknowledge))
        .routes(routes!(receiver::get, receiver::put, receiver::delete))
        .routes(routes!(receiver::test))
        .routes(routes!(receiver::deliveries))
        .routes(routes!(receiver::retry))
        .routes(routes!(statement::get, statement::put))
        .routes(routes!(statement::of_unit))
        .routes(routes!(file::by_token))
        .routes(routes!(file::by_staff))
        .routes(routes!(file::own))
        .routes(routes!(verify::check).layer(DefaultBodyLimit::max(MOST_FILE)))
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Egenkarta",
        version = "1",
        description = "One mapping that its person owns. A unit reads, with a consent token, exactly what a person has given it for a purpose \
                       until a date; every read is an event that the person sees. Times are RFC 3339 in UTC; errors are \
                       application/problem+json (RFC 9457). Occupations and skills are concepts of ESCO, the classification of European \
                       Skills, Competences, Qualifications and Occupations of the European Commission."
    ),
    modifiers(&Doors)
)]
struct Described;

/// The ways in: a consent token, or the cookie of someone who has signed in.
struct Doors;

impl Modify for Doors {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("egk_…");
        let token = token.description(Some("A consent token, minted by the unit's administrator for one live consent."));
        let cookie = |name: &str, who: &str| SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(name, who)));
        let parts = openapi.components.get_or_insert_default();
        parts.add_security_scheme("token", SecurityScheme::Http(token.build()));
        parts.add_security_scheme("person", cookie("__Host-egenkarta", "The session of the person who owns the map."));
        parts.add_security_scheme("staff", cookie("__Host-egenkarta-staff", "The session of a member of a unit's staff."));
    }
}

/// What a layer refuses before any endpoint is asked is told like every other error.
pub async fn told(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(Lang(lang)) = Lang::from_request_parts(&mut parts, &()).await;
    let response = next.run(Request::from_parts(parts, body)).await;
    let told = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    match Key::of_layer(response.status()).filter(|_| !told) {
        Some(key) => Problem::new(T::new(lang, Timestamp(0)), key).with_headers(response.headers()),
        None => response,
    }
}

async fn nothing_here(ask: Ask) -> impl IntoResponse {
    Problem::new(ask.t, Key::NotFound)
}
