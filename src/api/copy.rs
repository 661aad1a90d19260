//! Signed copies for consents that allow them, and the key by which anyone checks them.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};

use super::body::{Json, Named};
use super::caller::{Ask, Staff};
use super::disclosure::denied;
use super::inbox::Case;
use super::presented::{Presented, with_nonce};
use super::problem::Problem;
use crate::http::Site;
use crate::http::remote::Remote;
use crate::http::route::get;
use crate::usecase::copy::SignedCopy;
use crate::usecase::disclosure::Denied;

/// Fetch a signed copy of what a consent gives
///
/// Only where the person chose that a copy may be kept; each delivery is an event that the person sees. A JWS in compact form (RFC 7515)
/// of type `egenkarta-copy+jws`, format `egenkarta/copy/1`, signed with Ed25519; its key stands at `/.well-known/jwks.json`.
#[utoipa::path(
    post, path = "/api/v1/disclosure/copy", operation_id = "copyDisclosure", tag = "Recipients", security(("token" = []), ("dpop" = [])),
    params(("DPoP" = Option<String>, Header, description = "The proof (RFC 9449), for a token of `Authorization: DPoP`")),
    responses(
        (status = 200, description = "The copy", body = String, content_type = "application/jose"),
        (status = 401, description = "Missing, unknown, expired, withdrawn, or no copy was allowed: all alike", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many denied tries from one address", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn by_token(ask: Ask, Remote(address): Remote, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let token = match Presented::of(&ask, method.as_str(), uri.path(), &headers).await {
        Ok(token) => token,
        Err(response) => return response,
    };
    let copy = match &token {
        Some(token) => ask.site.service.copy_by_token(token.text, token.proof.as_ref(), ask.site.outside()).await,
        None => Err(Denied::Denied),
    };
    match copy {
        Ok(copy) => {
            metrics::counter!("egenkarta_disclosures_total", "outcome" => "copy").increment(1);
            with_nonce(&ask, token.as_ref(), jose(copy))
        }
        Err(Denied::Denied) => denied(&ask, &address),
        Err(Denied::Fault(error)) => ask.problem()(error).into_response(),
    }
}

/// Fetch a signed copy, for a case
///
/// As with a token; the person sees who fetched it, and for which case.
#[utoipa::path(
    post, path = "/api/v1/inbox/{consent}/copy", operation_id = "copyForCase", tag = "Staff", security(("staff" = [])), request_body = Case,
    params(("consent" = Uuid, Path)),
    responses(
        (status = 200, description = "The copy", body = String, content_type = "application/jose"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The person chose that it may only be looked at, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such consent in the inbox", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The consent has ended", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No case, or too long a one", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn by_staff(
    ask: Ask,
    Staff(session): Staff,
    Named(consent): Named<String>,
    Json(case): Json<Case>,
) -> Result<Response, Problem> {
    let consent = case.state(&ask, &session, &consent).await?;
    let copy = ask.site.service.copy_by_staff(&session, consent, ask.site.outside()).await.map_err(ask.problem())?;
    Ok(jose(copy))
}

/// Where whoever holds a signed document finds its key.
pub fn router() -> Router<Arc<Site>> {
    Router::new().route("/.well-known/jwks.json", get(keys))
}

async fn keys(State(site): State<Arc<Site>>) -> Response {
    let body = site.service.keys.document_jwks().to_string();
    let kept = HeaderValue::from_static("public, max-age=3600");
    ([(CONTENT_TYPE, HeaderValue::from_static("application/jwk-set+json")), (CACHE_CONTROL, kept)], body).into_response()
}

fn jose(copy: SignedCopy) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/jose"))], copy.jws).into_response()
}
