//! Issuing proofs: the desk, assessing, approving, what was issued, frameworks, keys, and many at once.

mod assess;
mod batch;
mod framework;
mod issued;
mod keys;

use std::sync::Arc;

use axum::Router;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{DefaultBodyLimit, RawQuery};
use axum::response::Response;
use uuid::Uuid;

use super::answer;
use crate::crypto::recovery::RecoveryCode;
use crate::domain::Timestamp;
use crate::domain::issuing::{MOST_FILE_BYTES, level_name};
use crate::domain::organisation::Role;
use crate::domain::time::DAY;
use crate::http::route::{get, get_post, post};
use crate::http::{Site, StaffMember};
use crate::usecase::assessment::{NotIssued, Waits};
use crate::usecase::framework::MAX_BODY;
use crate::usecase::issued::Desk;
use crate::usecase::{Error, Session};
use crate::web::page::form::Wrong;
use crate::web::page::issuing::{IssuedRow, IssuingPage, WaitingRow, slip};
use crate::web::page::url;
use crate::web::view::{View, to};

/// So many of what was issued stand on one page.
const PAGE: usize = 100;
/// The fields around a file.
const ROOM: usize = 64 * 1024;

pub fn router() -> Router<Arc<Site>> {
    let under = |of: &str, rest: &str| format!("{of}/{rest}");
    let framework = post(framework::by_file).layer(DefaultBodyLimit::max(MAX_BODY + ROOM));
    let files = get_post(batch::list, batch::bring).layer(DefaultBodyLimit::max(MOST_FILE_BYTES + ROOM));
    Router::new()
        .route(url::STAFF_ISSUING, get(desk))
        .route(url::STAFF_ISSUING_KEYS, get_post(keys::show, keys::make))
        .route(url::STAFF_FRAMEWORKS, get_post(framework::list, framework::by_text))
        .route(url::STAFF_FRAMEWORKS_FILE, framework.get(async || to(url::STAFF_FRAMEWORKS)))
        .route(&under(url::STAFF_FRAMEWORKS, "{id}"), get(framework::one))
        .route(&under(url::STAFF_FRAMEWORKS, "{id}/end"), get_post(framework::ask_end, framework::end))
        .route(&under(url::STAFF_ASSESS, "{framework}"), get_post(assess::form, assess::assess))
        .route(&under(url::STAFF_WAITING, "{id}"), get_post(assess::one, assess::send_back))
        .route(&under(url::STAFF_WAITING, "{id}/approve"), get_post(async || to(url::STAFF_ISSUING), assess::approve))
        .route(&under(url::STAFF_WAITING, "{id}/drop"), post(assess::drop))
        .route(&under(url::STAFF_ISSUED, "{id}"), get_post(issued::one, issued::withdraw))
        .route(url::STAFF_BATCHES, files)
        .route(&under(url::STAFF_BATCHES, "{id}"), get_post(batch::one, batch::send_back))
        .route(&under(url::STAFF_BATCHES, "{id}/sheet"), get(batch::sheet))
        .route(&under(url::STAFF_BATCHES, "{id}/codes.csv"), get(batch::codes))
        .route(&under(url::STAFF_BATCHES, "{id}/begin"), post(batch::begin))
        .route(&under(url::STAFF_BATCHES, "{id}/approve"), post(batch::approve))
        .route(&under(url::STAFF_BATCHES, "{id}/go-on"), post(batch::go_on))
        .route(&under(url::STAFF_BATCHES, "{id}/printed"), post(batch::printed))
        .route(&under(url::STAFF_BATCHES, "{id}/drop"), post(batch::drop))
}

/// From where the unit issues.
fn at(view: &View) -> Desk<'_> {
    Desk { base: view.site.base.origin(), taxonomy: &view.site.taxonomy }
}

async fn desk(view: View, StaffMember(session): StaffMember, RawQuery(query): RawQuery) -> Response {
    let before = query.as_deref().and_then(|query| query.strip_prefix("before=")).and_then(|id| id.parse().ok());
    answer(&view, page(&view, &session, before).await.map(|page| view.page(&page)))
}

async fn page(view: &View, session: &Session, before: Option<Uuid>) -> Result<IssuingPage, Error> {
    let service = &view.site.service;
    let member = service.member(session).await?;
    let page = service.issued(session, before, PAGE).await?;
    if service.kept_issuing_keys(session).await?.iter().any(|key| key.retired.is_none()) {
        service.mend_lists(session, at(view).base).await?;
    }
    let (scope, frameworks) = match service.desk(session, at(view)).await {
        Ok((scope, frameworks)) => (Some((level_name(scope.level).to_owned(), scope.trades.join(", "))), frameworks),
        Err(NotIssued::NoScope) => (None, Vec::new()),
        Err(NotIssued::Failed(error)) => return Err(error),
        Err(NotIssued::NoKey | NotIssued::Slips(_)) => return Err(Error::NotFound),
    };
    let lang = view.t.lang.tag();
    let offered = frameworks.iter().filter(|one| one.within);
    let (waiting, unreadable) = service.waiting(session, at(view)).await?;
    Ok(IssuingPage {
        t: view.t,
        unit: member.unit.unit.name,
        scope,
        has_key: service.kept_issuing_keys(session).await?.iter().any(|key| key.retired.is_none()),
        administrator: member.role == Role::Administrator,
        waiting: waiting.iter().map(|one| waiting_row(lang, one)).collect(),
        frameworks: offered.map(|one| (one.id, one.framework.name.get(lang).to_owned())).collect(),
        more: page.next,
        issued: page.issued.iter().map(IssuedRow::new).collect(),
        unreadable: unreadable + page.unreadable,
    })
}

fn waiting_row(lang: &str, one: &Waits) -> WaitingRow {
    let assessment = &one.waiting.assessment;
    WaitingRow {
        id: one.id,
        label: assessment.label.clone(),
        framework: one.framework.as_ref().map(|found| found.framework.name.get(lang).to_owned()).unwrap_or_default(),
        level: level_name(assessment.level),
        by: one.waiting.name.clone(),
        returned: one.waiting.returned.is_some(),
        of_another: one.of_another,
    }
}

/// The summary itself, for what is no field's fault.
const NOWHERE: &str = "faults";

/// What is wrong on a page whose one field is a word to whoever assessed.
fn worded(view: &View, fault: NotIssued) -> Result<Vec<Wrong>, Error> {
    let all = wrongs(view, fault)?.into_iter();
    Ok(all.map(|wrong| if wrong.id == "word" { wrong } else { Wrong::new(NOWHERE, wrong.text) }).collect())
}

/// What is wrong beside which field; `Err` where it is not the form's fault.
fn wrongs(view: &View, fault: NotIssued) -> Result<Vec<Wrong>, Error> {
    match fault {
        NotIssued::Slips(slips) => Ok(slips
            .into_iter()
            .map(|(id, one)| match view.t.maybe(&format!("assess-{id}")) {
                _ if id == "framework" => Wrong::new(NOWHERE, slip(view.t, one)),
                // Several may lack: the list above the form says which.
                Some(name) => Wrong::new(id, format!("{name}: {}", slip(view.t, one))),
                None => Wrong::new(id, slip(view.t, one)),
            })
            .collect()),
        NotIssued::NoKey => Ok(vec![Wrong::new(NOWHERE, view.t.s("issuing-no-key"))]),
        NotIssued::NoScope => Ok(vec![Wrong::new(NOWHERE, view.t.s("issuing-no-scope"))]),
        NotIssued::Failed(error) => Err(error),
    }
}

/// Where whoever has the code goes with it.
fn claim_link(view: &View, code: &RecoveryCode) -> String {
    view.site.base.url(&format!("{}#{}", url::OFFER, code.printed().as_str()))
}

/// Until when an offer waits that is made now, as it is printed.
fn waits_until(view: &View, ends: Option<chrono::NaiveDate>) -> Timestamp {
    let latest = view.t.now.plus(crate::usecase::issued::OFFER_DAYS * DAY);
    ends.map_or(latest, |day| latest.min(Timestamp::end_of_day(day)))
}

/// The first file of a form, never more of it than `most`; `None` where there is none, or it is larger.
async fn file(form: Result<Multipart, MultipartRejection>, most: usize) -> Option<Vec<u8>> {
    let mut form = form.ok()?;
    while let Some(mut field) = form.next_field().await.ok()? {
        if field.name() != Some("file") {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.ok()? {
            if bytes.len() + chunk.len() > most {
                return None;
            }
            bytes.extend_from_slice(&chunk);
        }
        return Some(bytes);
    }
    None
}
