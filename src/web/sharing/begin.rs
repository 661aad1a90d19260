//! The beginning of giving and of changing: which unit, and the way into the steps. Nothing is kept on the server between them: each
//! carries all answers.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;

use super::shown::unit_row;
use super::steps::{Steps, Why};
use crate::domain::ConsentId;
use crate::domain::consent::State;
use crate::http::route::get_post;
use crate::http::{Person, Site};
use crate::usecase::consent::Given;
use crate::usecase::{Error, Session};
use crate::web::page::form::Wrong;
use crate::web::page::sharing::{Answers, ShareUnit};
use crate::web::page::url;
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::step::Step;
use crate::web::view::{View, to};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::SHARING_NEW, get_post(units, units))
        .route("/sharing/new/{step}", get_post(give_step, give_step))
        .route("/sharing/{id}/change/{step}", get_post(change_step, change_step))
}

/// As many units come at most; more are found by more words.
const MOST_UNITS: usize = 50;

async fn units(view: View, Person(session): Person, sent: Step) -> Response {
    match sent {
        Step::Sent(pairs) => search(&view, &session, &pairs).await,
        Step::Bare if !session.opened() => view.error(&Error::Closed),
        Step::Bare => view.page(&ShareUnit { t: view.t, query: String::new(), found: None, more: false, wrong: Vec::new() }),
    }
}

async fn search(view: &View, session: &Session, pairs: &Pairs) -> Response {
    let (t, query) = (view.t, pairs.one("query").trim().to_owned());
    if query.is_empty() {
        let wrong = if pairs.only_again() { Vec::new() } else { vec![Wrong::new("query", t.s("wrong-query"))] };
        let page = ShareUnit { t, query, found: None, more: false, wrong };
        return if page.wrong.is_empty() { view.page(&page) } else { view.faulty(&page) };
    }
    match view.site.service.search_units(session, &query).await {
        Ok(found) => {
            let more = found.len() >= MOST_UNITS;
            let found = found.iter().map(|unit| unit_row(t, &view.site.service.catalogue, unit)).collect();
            view.page(&ShareUnit { t, query, found: Some(found), more, wrong: Vec::new() })
        }
        Err(error) => view.error(&error),
    }
}

async fn give_step(view: View, Person(session): Person, Path(step): Path<String>, sent: Step) -> Response {
    // An address alone has no answers.
    let Step::Sent(pairs) = sent else { return to(url::SHARING_NEW) };
    let answers = Answers::read(&pairs.0);
    let Some(unit) = answers.unit else {
        let wrong = vec![Wrong::new("query", view.t.s("wrong-unit"))];
        return view.faulty(&ShareUnit { t: view.t, query: String::new(), found: None, more: false, wrong });
    };
    let unit = match view.site.service.unit_on_offer(&session, unit).await {
        Ok(unit) => unit,
        Err(error) => return view.error(&error),
    };
    match Steps::new(&view, session, unit, answers, Why::New).await {
        Ok(steps) => steps.step(&step, &pairs).await,
        Err(error) => view.error(&error),
    }
}

async fn change_step(view: View, Person(session): Person, Path((id, step)): Path<(String, String)>, sent: Step) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    let given = match changeable(&view, &session, id).await {
        Ok(Some(given)) => given,
        Ok(None) => return to(url::consent(id)),
        Err(error) => return view.error(&error),
    };
    match sent {
        Step::Sent(pairs) => changed(&view, session, given, (&step, &pairs)).await,
        Step::Bare => change(&view, session, given, &step).await,
    }
}

/// As it was given.
async fn change(view: &View, session: Session, given: Given, step: &str) -> Response {
    let (id, answers) = (given.terms.consent, answers_of(&given));
    match Steps::new(view, session, given.unit.clone(), answers, Why::Changing(Box::new(given))).await {
        Ok(steps) if step == "what" => steps.first(),
        Ok(steps) if step == "how" => steps.second(),
        Ok(_) => to(url::consent(id)),
        Err(error) => view.error(&error),
    }
}

async fn changed(view: &View, session: Session, given: Given, (step, pairs): (&str, &Pairs)) -> Response {
    // Whom, and what for, stay: another recipient or purpose is another consent.
    let (unit, purpose) = (Some(given.terms.unit), Some(given.terms.purpose.clone()));
    let answers = Answers { unit, purpose, ..Answers::read(&pairs.0) };
    match Steps::new(view, session, given.unit.clone(), answers, Why::Changing(Box::new(given))).await {
        Ok(steps) => steps.step(step, pairs).await,
        Err(error) => view.error(&error),
    }
}

/// A consent, where it is live.
async fn changeable(view: &View, session: &Session, id: ConsentId) -> Result<Option<Given>, Error> {
    let given = view.site.service.consent(session, id).await?;
    let state = super::shown::state_at(given.state, given.terms.until, view.t.now);
    // A link stays as it was made: its holder cannot be told of other terms.
    Ok((state == State::Given && given.terms.link.is_none()).then_some(given))
}

/// What was answered when a consent was given.
fn answers_of(given: &Given) -> Answers {
    let terms = &given.terms;
    Answers {
        unit: Some(terms.unit),
        purpose: Some(terms.purpose.clone()),
        section: terms.scope.sections().into_iter().collect(),
        entry: terms.scope.entries.iter().copied().collect(),
        keep_out: terms.scope.kept_out.iter().copied().collect(),
        mode: Some(terms.mode),
        until: Some(terms.until.plus(-1).day().to_string()),
        name: terms.name.is_some(),
        stated: None,
    }
}
