//! What a unit states of what it does with what it reads: kept by its administrators, read by whoever may share with it.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Json, Named, id};
use super::caller::{Ask, Owner, Staff};
use super::problem::{Key, Problem};
use crate::domain::UnitId;
use crate::domain::statement::{Statement as Stated, Typed};

/// What people are told before they answer. What is absent has not been stated, and is told to be so.
#[derive(Serialize, ToSchema)]
pub struct Statement {
    /// When it was stated. A consent names it, so that nobody says yes to words that have changed.
    since: String,
    #[schema(example = "arbetsmarknadshandläggare")]
    readers: Option<String>,
    /// `yes` or `no`.
    automated: Option<String>,
    automated_how: Option<String>,
    /// `yes` or `no`.
    transfers: Option<String>,
    transfers_where: Option<String>,
}

/// What the unit states. What is left out is not stated.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"readers": "arbetsmarknadshandläggare", "automated": "no", "transfers": "no"}))]
pub struct Said {
    /// Who reads, by role and never by name; 120 characters at most.
    #[serde(default)]
    #[schema(example = "arbetsmarknadshandläggare")]
    readers: Option<String>,
    /// Whether decisions are made by machines alone (GDPR, Article 22): `yes` or `no`.
    #[serde(default)]
    automated: Option<String>,
    /// What explains a yes, and only a yes; 300 characters at most.
    #[serde(default)]
    automated_how: Option<String>,
    /// Whether anything leaves the EU and EEA (GDPR, Chapter V): `yes` or `no`.
    #[serde(default)]
    transfers: Option<String>,
    /// Where to and how it is protected there, of a yes and only of a yes; 300 characters at most.
    #[serde(default)]
    transfers_where: Option<String>,
}

impl Statement {
    fn new(stated: &Stated) -> Self {
        let typed = Typed::of(stated);
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            since: stated.since.rfc3339(),
            readers: said(typed.readers),
            automated: said(typed.automated),
            automated_how: said(typed.automated_how),
            transfers: said(typed.transfers),
            transfers_where: said(typed.transfers_where),
        }
    }
}

impl Said {
    fn typed(self) -> Typed {
        Typed {
            readers: self.readers.unwrap_or_default(),
            automated: self.automated.unwrap_or_default(),
            automated_how: self.automated_how.unwrap_or_default(),
            transfers: self.transfers.unwrap_or_default(),
            transfers_where: self.transfers_where.unwrap_or_default(),
        }
    }
}

/// What the unit states of what it does with what it reads
#[utoipa::path(
    get, path = "/api/v1/unit/statement", operation_id = "readOwnStatement", tag = "Case systems", security(("staff" = [])),
    responses(
        (status = 200, description = "As people read it", body = Statement),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "It has stated nothing", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get(ask: Ask, Staff(session): Staff) -> Result<axum::Json<Statement>, Problem> {
    let (_, stated) = ask.site.service.statement(&session).await.map_err(ask.problem())?;
    stated.map(|stated| axum::Json(Statement::new(&stated))).ok_or_else(|| Problem::new(ask.t, Key::NotFound))
}

/// State what the unit does with what it reads
///
/// Everyone whom the unit asks, and everyone who shares with it, reads it before they answer, and their consent and receipt keep it as it
/// was shown. It stands in the place of what was stated before.
#[utoipa::path(
    put, path = "/api/v1/unit/statement", operation_id = "setStatement", tag = "Case systems", security(("staff" = [])), request_body = Said,
    responses(
        (status = 204, description = "From now on people read this"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not an administrator, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A yes that is not explained, an explanation of something else, or too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn put(ask: Ask, Staff(session): Staff, Json(said): Json<Said>) -> Result<StatusCode, Problem> {
    ask.site.service.state(&session, &said.typed()).await.map_err(ask.problem())?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a unit states of what it does with what it reads, to be shown before a consent is given
#[utoipa::path(
    get, path = "/api/v1/units/{id}/statement", operation_id = "readUnitStatement", tag = "Person", security(("person" = [])), params(("id" = uuid::Uuid, Path)),
    responses(
        (status = 200, description = "As it stands now", body = Statement),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such unit, or it has stated nothing", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn of_unit(ask: Ask, Owner(session): Owner, Named(unit): Named<String>) -> Result<axum::Json<Statement>, Problem> {
    let unit: UnitId = id(&ask, &unit)?;
    let stated = ask.site.service.stated_to(&session, unit).await.map_err(ask.problem())?;
    stated.map(|stated| axum::Json(Statement::new(&stated))).ok_or_else(|| Problem::new(ask.t, Key::NotFound))
}
