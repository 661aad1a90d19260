//! Assessing one person, and what waits for a second.

use axum::extract::RawQuery;
use axum::response::Response;
use uuid::Uuid;

use super::{at, claim_link, waits_until, worded, wrongs};
use crate::crypto::recovery::RecoveryCode;
use crate::domain::issuing::{Assessment, LEVELS, Published, Scope, Typed, level_name, rank};
use crate::domain::random::uuid_v7;
use crate::http::StaffMember;
use crate::usecase::assessment::{Assessed, NotIssued, Waits};
use crate::usecase::{Error, Session};
use crate::web::page::form::{Choice, Wrong};
use crate::web::page::issuing::{AssessPage, Facts, OfferMade, WaitingPage};
use crate::web::page::qr::Qr;
use crate::web::page::url;
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::staff::answer;
use crate::web::view::{View, to};

/// What the form of an assessment needs to be shown.
struct Shown {
    id: Uuid,
    scope: Scope,
    framework: Published,
    returned: Option<(String, String)>,
}

pub async fn form(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>, RawQuery(query): RawQuery) -> Response {
    let again = query.as_deref().and_then(|query| query.strip_prefix("of=")).and_then(|id| id.parse::<Uuid>().ok());
    answer(&view, asked(&view, &session, id, again).await)
}

async fn asked(view: &View, session: &Session, framework: Uuid, again: Option<Uuid>) -> Result<Response, Error> {
    let fresh = uuid_v7(&*view.site.service.random, view.t.now);
    let shown = shown(view, session, framework, again.unwrap_or(fresh)).await?;
    let mut typed = Typed { assessed: view.t.now.day().to_string(), ..Typed::default() };
    if let Some(id) = again {
        typed = as_typed(&view.site.service.waiting_one(session, at(view), id).await?.waiting.assessment);
    }
    Ok(view.page(&page(view, shown, typed, Vec::new())))
}

pub async fn assess(view: View, StaffMember(session): StaffMember, Path(framework): Path<Uuid>, pairs: Pairs) -> Response {
    let Ok(id) = pairs.one("id").parse::<Uuid>() else { return view.not_found() };
    let typed = typed(&pairs, framework);
    answer(&view, assessed(&view, &session, (framework, id), typed, pairs.only_again()).await)
}

async fn assessed(
    view: &View,
    session: &Session,
    (framework, id): (Uuid, Uuid),
    typed: Typed,
    only_again: bool,
) -> Result<Response, Error> {
    let shown = shown(view, session, framework, id).await?;
    if only_again {
        return Ok(view.page(&page(view, shown, typed, Vec::new())));
    }
    match view.site.service.assess(session, at(view), id, &typed).await {
        Ok(Assessed::Issued(code)) => made(view, session, id, &code).await,
        Ok(Assessed::Waits) => Ok(to(url::staff_waiting(id))),
        Err(fault) => {
            let wrong = wrongs(view, fault)?;
            Ok(view.faulty(&page(view, shown, typed, wrong)))
        }
    }
}

pub async fn one(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    let found = view.site.service.waiting_one(&session, at(&view), id).await;
    answer(&view, found.map(|one| view.page(&waiting(&view, one, String::new(), Vec::new()))))
}

pub async fn approve(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    let result = match view.site.service.approve(&session, at(&view), id).await {
        Ok(code) => made(&view, &session, id, &code).await,
        Err(fault) => again(&view, &session, id, fault, String::new()).await,
    };
    answer(&view, result)
}

pub async fn send_back(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>, pairs: Pairs) -> Response {
    let word = pairs.one("word").to_owned();
    if pairs.only_again() {
        let found = view.site.service.waiting_one(&session, at(&view), id).await;
        return answer(&view, found.map(|one| view.page(&waiting(&view, one, word, Vec::new()))));
    }
    let result = match view.site.service.send_back(&session, at(&view), id, &word).await {
        Ok(()) => Ok(to(url::STAFF_ISSUING)),
        Err(fault) => again(&view, &session, id, fault, word).await,
    };
    answer(&view, result)
}

pub async fn drop(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    match view.site.service.drop_assessment(&session, id).await {
        // Gone already is as good: two clicks, or two windows.
        Ok(()) | Err(Error::NotFound | Error::Gone) => to(url::STAFF_ISSUING),
        Err(error) => view.error(&error),
    }
}

/// The page that waits, with what is wrong.
async fn again(view: &View, session: &Session, id: Uuid, fault: NotIssued, word: String) -> Result<Response, Error> {
    let wrong = worded(view, fault)?;
    let one = view.site.service.waiting_one(session, at(view), id).await?;
    Ok(view.faulty(&waiting(view, one, word, wrong)))
}

/// The code, once.
async fn made(view: &View, session: &Session, id: Uuid, code: &RecoveryCode) -> Result<Response, Error> {
    let one = view.site.service.issued_one(session, id).await?;
    let member = view.site.service.member(session).await?;
    let link = claim_link(view, code);
    Ok(view.once(&OfferMade {
        t: view.t,
        framework: one.kept.framework.clone(),
        organisation: member.unit.organisation.name,
        level: level_name(one.kept.assessment.level),
        label: one.kept.assessment.label.clone(),
        qr: Qr::of(&link),
        address: view.site.base.url(url::OFFER),
        code: code.printed().as_str().to_owned(),
        link,
        until: waits_until(view, one.kept.assessment.until),
    }))
}

async fn shown(view: &View, session: &Session, framework: Uuid, id: Uuid) -> Result<Shown, Error> {
    let service = &view.site.service;
    let (scope, all) = service.desk(session, at(view)).await.map_err(|fault| match fault {
        NotIssued::Failed(error) => error,
        _ => Error::NotFound,
    })?;
    let framework = all.into_iter().find(|one| one.id == framework && one.within).ok_or(Error::NotFound)?;
    let waits = service.waiting(session, at(view)).await?.0.into_iter().find(|one| one.id == id);
    Ok(Shown { id, scope, framework, returned: waits.and_then(|one| one.waiting.returned) })
}

fn page(view: &View, shown: Shown, typed: Typed, wrong: Vec<Wrong>) -> AssessPage {
    let (t, framework) = (view.t, &shown.framework.framework);
    let lang = t.lang.tag();
    let met = |id: &String| typed.criteria.contains(id);
    let criteria = framework.criteria.iter().map(|one| Choice::new(one.id.clone(), one.name.get(lang), met(&one.id)));
    let may = LEVELS.into_iter().filter(|(_, level)| rank(*level) <= rank(shown.scope.level));
    let levels =
        may.map(|(name, _)| Choice::new(name, t.s(format!("assess-level-{}", name.to_ascii_lowercase())), typed.level == name));
    AssessPage {
        t,
        id: shown.id,
        framework: shown.framework.id,
        name: framework.name.get(lang).to_owned(),
        version: framework.version.clone(),
        criteria: criteria.collect(),
        levels: levels.collect(),
        returned: shown.returned,
        wrong,
        typed,
    }
}

fn waiting(view: &View, one: Waits, word: String, wrong: Vec<Wrong>) -> WaitingPage {
    let lang = view.t.lang.tag();
    let name = one.framework.as_ref().map(|found| found.framework.name.get(lang).to_owned()).unwrap_or_default();
    let assessment = &one.waiting.assessment;
    WaitingPage {
        t: view.t,
        id: one.id,
        label: assessment.label.clone(),
        by: one.waiting.name.clone(),
        facts: Facts::new(view.t, assessment, &name, one.framework.as_ref()),
        framework: one.framework.as_ref().map(|found| found.id),
        of_another: one.of_another,
        returned: one.waiting.returned.clone(),
        word,
        wrong,
    }
}

fn typed(pairs: &Pairs, framework: Uuid) -> Typed {
    let one = |name| pairs.one(name).to_owned();
    Typed {
        label: one("label"),
        given_name: one("given_name"),
        family_name: one("family_name"),
        framework: framework.to_string(),
        criteria: pairs.all("criteria").map(str::to_owned).collect(),
        part: one("part"),
        level: one("level"),
        method: one("method"),
        assessor: one("assessor"),
        assessed: one("assessed"),
        seqf: one("seqf"),
        until: one("until"),
    }
}

/// An assessment as it would be typed.
fn as_typed(assessment: &Assessment) -> Typed {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Typed {
        label: assessment.label.clone(),
        given_name: text(&assessment.given),
        family_name: text(&assessment.family),
        framework: assessment.framework.to_string(),
        criteria: assessment.criteria.clone(),
        part: if assessment.part == crate::domain::credential::Part::Whole { "whole".to_owned() } else { "part".to_owned() },
        level: level_name(assessment.level).to_owned(),
        method: text(&assessment.method),
        assessor: text(&assessment.assessor),
        assessed: assessment.assessed.map(|date| date.to_string()).unwrap_or_default(),
        seqf: assessment.seqf.map(|level| level.to_string()).unwrap_or_default(),
        until: assessment.until.map(|day| day.to_string()).unwrap_or_default(),
    }
}
