//! The files of documents: one's own, and those that a consent gives, one at a time.

use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};

use super::body::{Json, Named, id};
use super::caller::{Ask, Owner, Staff};
use super::disclosure::denied;
use super::inbox::Case;
use super::presented::{Presented, with_nonce};
use super::problem::Problem;
use crate::crypto::bundle::Alias;
use crate::domain::EntryId;
use crate::http::download;
use crate::http::remote::Remote;
use crate::usecase::Error;
use crate::usecase::disclosure::Denied;
use crate::usecase::file::Fetched;

/// Fetch the file of a document that a consent gives
///
/// `id` as the read names the entry. Each fetch is an event that the person sees, and stands before a byte is fetched. The file is a PDF,
/// JPEG or PNG; the read tells its type, length and SHA-256.
#[utoipa::path(
    get, path = "/api/v1/disclosure/files/{id}", operation_id = "fileOfDisclosure", tag = "Recipients", security(("token" = []), ("dpop" = [])),
    params(
        ("id" = String, Path, description = "The entry's `id` in the read"),
        ("DPoP" = Option<String>, Header, description = "The proof (RFC 9449), for a token of `Authorization: DPoP`"),
    ),
    responses(
        (status = 200, description = "The file", content((String = "application/pdf"), (String = "image/jpeg"), (String = "image/png"))),
        (status = 401, description = "Missing, unknown, expired, withdrawn, or no such document in what is given: all alike", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many denied tries from one address", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many files at once: come back soon", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn by_token(
    ask: Ask,
    Remote(address): Remote,
    // What no address of a document can be is denied as an unknown one is.
    alias: Result<Named<String>, Problem>,
    (method, uri): (Method, Uri),
    headers: HeaderMap,
) -> Response {
    let token = match Presented::of(&ask, method.as_str(), uri.path(), &headers).await {
        Ok(token) => token,
        Err(response) => return response,
    };
    let fetched = match (&token, alias.ok().and_then(|Named(alias)| named(&alias))) {
        (Some(token), Some(alias)) => ask.site.service.file_by_token(token.text, token.proof.as_ref(), alias).await,
        _ => Err(Denied::Denied),
    };
    match fetched {
        Ok(file) => {
            metrics::counter!("egenkarta_disclosures_total", "outcome" => "file").increment(1);
            with_nonce(&ask, token.as_ref(), answer(file))
        }
        Err(Denied::Denied) => denied(&ask, &address),
        Err(Denied::Fault(error)) => ask.problem()(error).into_response(),
    }
}

/// Fetch the file of a document, for a case
///
/// As with a token; the person sees who fetched it, and for which case.
#[utoipa::path(
    post, path = "/api/v1/inbox/{consent}/files/{id}", operation_id = "fileForCase", tag = "Staff", security(("staff" = [])), request_body = Case,
    params(("consent" = uuid::Uuid, Path), ("id" = String, Path, description = "The entry's `id` in the read")),
    responses(
        (status = 200, description = "The file", content((String = "application/pdf"), (String = "image/jpeg"), (String = "image/png"))),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such consent in the inbox, or no such document in it", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The consent has ended", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No case, or too long a one", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn by_staff(
    ask: Ask,
    Staff(session): Staff,
    Named((consent, alias)): Named<(String, String)>,
    Json(case): Json<Case>,
) -> Result<Response, Problem> {
    let consent = case.state(&ask, &session, &consent).await?;
    let alias = named(&alias).ok_or(Error::NotFound).map_err(ask.problem())?;
    let file = ask.site.service.file_by_staff(&session, consent, alias).await.map_err(ask.problem())?;
    Ok(answer(file))
}

/// Fetch one's own file
#[utoipa::path(
    get, path = "/api/v1/entries/{id}/file", operation_id = "ownFile", tag = "Person", security(("person" = [])),
    params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "The file", content((String = "application/pdf"), (String = "image/jpeg"), (String = "image/png"))),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such entry, or one without a file", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn own(ask: Ask, Owner(session): Owner, Named(entry): Named<String>) -> Result<Response, Problem> {
    let entry: EntryId = id(&ask, &entry)?;
    Ok(answer(ask.site.service.own_file(&session, entry).await.map_err(ask.problem())?))
}

fn named(alias: &str) -> Option<Alias> {
    hex::decode(alias).ok()?.try_into().ok()
}

fn answer(file: Fetched) -> Response {
    download::answer(file.media, &file.title, file.bytes.to_vec())
}
