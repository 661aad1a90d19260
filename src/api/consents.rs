//! One's own consents: listed, given, withdrawn.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::{Json, Named, id};
use super::caller::{Ask, Owner};
use super::problem::Problem;
use super::shape::{Purpose, Unit};
use crate::domain::consent::Mode;
use crate::domain::profile::{Kind, Section};
use crate::domain::{EntryId, Timestamp, UnitId};
use crate::http::Site;
use crate::usecase::consent::{Choice, Given};

#[derive(Serialize, ToSchema)]
pub struct Consents {
    /// Newest first.
    consents: Vec<Consent>,
}

#[derive(Serialize, ToSchema)]
pub struct Consent {
    id: Uuid,
    /// The short code that both sides see.
    code: String,
    /// As ISO/IEC TS 27560 names it: `given`, `withdrawn`, `expired`, `invalidated`.
    state: &'static str,
    ended: Option<String>,
    created: String,
    unit: Unit,
    purpose: Purpose,
    mode: &'static str,
    from: String,
    until: String,
    /// Every present and future entry of these kinds.
    kinds: Vec<&'static str>,
    /// Entries named singly.
    entries: BTreeSet<Uuid>,
    kept_out: BTreeSet<Uuid>,
    name: Option<String>,
}

/// What is to be shared. Nothing that is not named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "unit": "6d1f6f3e-0c58-4a86-8a53-0f3f0a1c2b4d", "purpose": "job_matching", "sections": ["p06", "p07"], "mode": "view",
    "until": "2027-05-31"
}))]
pub struct ConsentToGive {
    unit: Uuid,
    /// A purpose that the unit's kind of recipient may ask for.
    purpose: String,
    /// Whole sections (`p06` or `P06`), within what the recipient may have; their sensitive entries are named singly below.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["p06"]))]
    sections: BTreeSet<Section>,
    /// Entries of one's own map, named singly.
    #[serde(default)]
    entries: BTreeSet<Uuid>,
    /// Entries of one's own map that the recipient does not get, though they stand in a section above.
    #[serde(default)]
    kept_out: BTreeSet<Uuid>,
    /// `view` or `copy`.
    #[schema(value_type = String)]
    mode: Mode,
    /// The last day, as it ends in Europe/Stockholm.
    #[schema(value_type = String, format = Date)]
    until: NaiveDate,
    /// Whether the name to be called by stands beside the code.
    #[serde(default)]
    show_name: bool,
    /// The `since` of what the unit states, as it was shown; left out where it states nothing.
    #[serde(default)]
    stated: Option<String>,
}

/// One's own consents
#[utoipa::path(
    get, path = "/api/v1/consents", operation_id = "listConsents", tag = "Person", security(("person" = [])),
    responses(
        (status = 200, description = "All, also ended ones", body = Consents),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(ask: Ask, Owner(session): Owner) -> Result<axum::Json<Consents>, Problem> {
    let given = ask.site.service.consents(&session).await.map_err(ask.problem())?;
    Ok(axum::Json(Consents { consents: given.iter().map(|given| consent(&ask.site, given)).collect() }))
}

/// Give a consent
#[utoipa::path(
    post, path = "/api/v1/consents", operation_id = "giveConsent", tag = "Person", security(("person" = [])), request_body = ConsentToGive,
    responses(
        (status = 201, description = "Given", body = Consent, headers(("Location" = String, description = "Where it is read"))),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "More than this recipient may have, or the keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such unit", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The unit states something else than what was shown", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Nothing chosen, an entry that is none of the map, or an end that cannot be", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn give(ask: Ask, Owner(session): Owner, Json(wanted): Json<ConsentToGive>) -> Result<Response, Problem> {
    let stated = wanted.stated.as_deref();
    let stated = stated.map(|text| Timestamp::parse_rfc3339(text).ok_or_else(|| Problem::at_member(ask.t, "/stated")));
    let choice = Choice {
        unit: UnitId(wanted.unit),
        purpose: wanted.purpose,
        sections: wanted.sections,
        entries: wanted.entries.into_iter().map(EntryId).collect(),
        kept_out: wanted.kept_out.into_iter().map(EntryId).collect(),
        mode: wanted.mode,
        until: wanted.until,
        show_name: wanted.show_name,
        lang: ask.t.lang.tag().to_owned(),
        // What a program showed beside it is not ours to say.
        original: false,
        stated: stated.transpose()?,
        origin: None,
    };
    let given = ask.site.service.give_exactly(&session, &choice).await.map_err(ask.problem())?;
    let place = format!("/api/v1/consents/{}", given.terms.consent);
    Ok((StatusCode::CREATED, [(LOCATION, place)], axum::Json(consent(&ask.site, &given))).into_response())
}

/// One of one's own consents
#[utoipa::path(
    get, path = "/api/v1/consents/{id}", operation_id = "readConsent", tag = "Person", security(("person" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "As it stands now, also after its end", body = Consent),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The keyring is not open", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such consent", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn one(ask: Ask, Owner(session): Owner, Named(consent): Named<String>) -> Result<axum::Json<Consent>, Problem> {
    let given = ask.site.service.consent(&session, id(&ask, &consent)?).await.map_err(ask.problem())?;
    Ok(axum::Json(self::consent(&ask.site, &given)))
}

/// Withdraw a consent; needs no open keyring
#[utoipa::path(
    delete, path = "/api/v1/consents/{id}", operation_id = "withdrawConsent", tag = "Person", security(("person" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 204, description = "Withdrawn: from now on nothing is read by it"),
        (status = 401, description = "No live session", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such consent", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It had ended already", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn withdraw(ask: Ask, Owner(session): Owner, Named(consent): Named<String>) -> Result<StatusCode, Problem> {
    ask.site.service.withdraw(&session, id(&ask, &consent)?).await.map_err(ask.problem())?;
    Ok(StatusCode::NO_CONTENT)
}

fn consent(site: &Site, given: &Given) -> Consent {
    let terms = &given.terms;
    let ids = |ids: &BTreeSet<EntryId>| ids.iter().map(|id| id.0).collect();
    Consent {
        id: terms.consent.0,
        code: given.code.clone(),
        state: given.state.word(),
        ended: given.state.ended_at().map(Timestamp::rfc3339),
        created: given.created.rfc3339(),
        unit: Unit::new(&given.unit),
        purpose: Purpose::new(site, &terms.purpose),
        mode: terms.mode.word(),
        from: terms.from.rfc3339(),
        until: terms.until.rfc3339(),
        kinds: terms.scope.kinds.iter().copied().map(Kind::name).collect(),
        entries: ids(&terms.scope.entries),
        kept_out: ids(&terms.scope.kept_out),
        name: terms.name.clone(),
    }
}
