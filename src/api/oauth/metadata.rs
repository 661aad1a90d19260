//! What the authorization server (RFC 8414) and the resource (RFC 9728) say of themselves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::token::{CLIENT, CODE, DEVICE as DEVICE_GRANT, EXCHANGE, REFRESH};
use super::{AUTHORIZE, DEVICE, INTROSPECT, PAR, REVOKE, TOKEN};
use crate::crypto::jws::Alg;
use crate::domain::oauth::DETAILS_TYPE;
use crate::http::{Base, Site};

pub const SERVER: &str = "/.well-known/oauth-authorization-server";
pub const RESOURCE_METADATA: &str = "/.well-known/oauth-protected-resource";
/// The resource's identifier is the whole service: under it lie the endpoints that take tokens.
pub const RESOURCE: &str = "";
const JWKS: &str = "/.well-known/jwks.json";

pub async fn server(State(site): State<Arc<Site>>) -> Response {
    kept(of_server(&site.base))
}

pub async fn resource(State(site): State<Arc<Site>>) -> Response {
    kept(of_resource(&site.base))
}

fn of_server(base: &Base) -> Value {
    let keyed = ["private_key_jwt"];
    json!({
        "issuer": base.origin(),
        "authorization_endpoint": base.url(AUTHORIZE),
        "token_endpoint": base.url(TOKEN),
        "pushed_authorization_request_endpoint": base.url(PAR),
        "device_authorization_endpoint": base.url(DEVICE),
        "introspection_endpoint": base.url(INTROSPECT),
        "revocation_endpoint": base.url(REVOKE),
        "jwks_uri": base.url(JWKS),
        "service_documentation": base.url("/api/v1"),
        "require_pushed_authorization_requests": true,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [CODE, REFRESH, DEVICE_GRANT, EXCHANGE, CLIENT],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "authorization_details_types_supported": [DETAILS_TYPE],
        "token_endpoint_auth_methods_supported": keyed,
        "token_endpoint_auth_signing_alg_values_supported": Alg::NAMES,
        "introspection_endpoint_auth_methods_supported": keyed,
        "introspection_endpoint_auth_signing_alg_values_supported": Alg::NAMES,
        "revocation_endpoint_auth_methods_supported": keyed,
        "revocation_endpoint_auth_signing_alg_values_supported": Alg::NAMES,
        "dpop_signing_alg_values_supported": Alg::NAMES,
        "ui_locales_supported": crate::text::Lang::all().iter().map(|lang| lang.tag()).collect::<Vec<_>>(),
        "protected_resources": [base.url(RESOURCE)],
    })
}

fn of_resource(base: &Base) -> Value {
    json!({
        "resource": base.url(RESOURCE),
        "authorization_servers": [base.origin()],
        "jwks_uri": base.url(JWKS),
        "bearer_methods_supported": ["header"],
        "resource_name": "Egenkarta",
        "resource_documentation": base.url("/api/v1"),
        "authorization_details_types_supported": [DETAILS_TYPE],
        "dpop_signing_alg_values_supported": Alg::NAMES,
        // Tokens that an administrator mints for a script are bound to nothing; those of clients all are, and say so by their kind.
        "dpop_bound_access_tokens_required": false,
    })
}

fn kept(body: Value) -> Response {
    ([(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"))], Json(body)).into_response()
}
