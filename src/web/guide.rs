//! The guided mapping: one question at a time. What is answered becomes ordinary entries by the way that the entry's own form goes.

mod answer;
mod ask;
mod offer;
mod read;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;

use super::entry::form::take_language;
use super::page::guide::{GuideDone, Invitation};
use super::page::map::MapPage;
use super::page::url;
use super::pairs::Pairs;
use super::sent::Path;
use super::view::{View, to};
use crate::domain::guide::plan::{holds, next, previous};
use crate::domain::guide::{Facts, Guide, Place, Step};
use crate::domain::profile::Kind;
use crate::http::route::{get, get_post};
use crate::http::{Person, Site};
use crate::usecase::guide::facts;
use crate::usecase::profile::Profile;
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::GUIDE, get(enter))
        .route(url::GUIDE_DONE, get(done))
        .route(&format!("{}/{{step}}", url::GUIDE), get_post(show, answer))
}

/// Where someone stands, with all that decides the way on.
struct Way {
    guide: Guide,
    profile: Profile,
    facts: Facts,
}

async fn way(view: &View, session: &Session) -> Result<Way, Error> {
    let service = &view.site.service;
    let guide = service.guide(session).await?.unwrap_or_default();
    let profile = service.profile(session).await?;
    let facts = facts(&guide, &profile, &view.site.situations);
    Ok(Way { guide, profile, facts })
}

/// What the map says: begin, go on, or look again.
pub async fn invitation(view: &View, session: &Session) -> Result<Invitation, Error> {
    Ok(match view.site.service.guide(session).await?.map(|guide| guide.place) {
        None => Invitation::Begin,
        Some(Place::At(_)) => Invitation::GoOn,
        Some(Place::Finished) => Invitation::Look,
    })
}

async fn enter(view: View, Person(session): Person) -> Response {
    match way(&view, &session).await {
        Ok(way) => to(way.stands_at().map_or_else(|| url::GUIDE_DONE.to_owned(), url::guide)),
        Err(error) => view.error(&error),
    }
}

async fn show(view: View, Person(session): Person, Path(step): Path<String>) -> Response {
    let Ok(step) = step.parse::<Step>() else { return view.not_found() };
    match way(&view, &session).await {
        Ok(way) if !holds(&way.facts, step) => to(url::GUIDE),
        Ok(way) => view.page(&ask::page(&view, &way, step, &ask::Sent::default())),
        Err(error) => view.error(&error),
    }
}

async fn done(view: View, Person(session): Person) -> Response {
    match view.site.service.profile(&session).await {
        Ok(profile) => {
            let entries = profile.entries.iter().map(|held| super::map::own(view.t, held, None)).collect();
            let mut sections = MapPage::new(view.t, None, entries).sections;
            sections.retain(|row| row.count > 0);
            view.page(&GuideDone { t: view.t, sections })
        }
        Err(error) => view.error(&error),
    }
}

async fn answer(view: View, Person(session): Person, Path(step): Path<String>, pairs: Pairs) -> Response {
    let Ok(step) = step.parse::<Step>() else { return view.not_found() };
    let mut typed = pairs.typed();
    // Only where the question itself asks for a language is one an answer.
    let kind = if step.question.fields().contains(&"language") { Kind::Language } else { Kind::Skill };
    let only_again = take_language(kind, &mut typed);
    let way = match way(&view, &session).await {
        Ok(way) if !holds(&way.facts, step) => return to(url::GUIDE),
        Ok(way) => way,
        Err(error) => return view.error(&error),
    };
    let form = answer::Form { view: &view, session: &session, way: &way, step, pairs: &pairs };
    if only_again || typed.contains_key("search") {
        return form.show(typed).await;
    }
    let saved = if pairs.one("go") == "skip" { Ok(answer::Saved::default()) } else { form.save(typed).await };
    match saved {
        Ok(saved) => match go_on(&view, &session, way, (step, pairs.one("go")), saved).await {
            Ok(path) => to(path),
            Err(error) => view.error(&error),
        },
        Err(page) => page,
    }
}

/// Keeps the place, and says where to go.
async fn go_on(
    view: &View,
    session: &Session,
    way: Way,
    (step, button): (Step, &str),
    saved: answer::Saved,
) -> Result<String, Error> {
    let mut guide = way.guide;
    if let Some(backgrounds) = saved.backgrounds {
        guide.backgrounds = backgrounds;
    }
    // What was just saved may have opened a question, or closed one.
    let facts = facts(&guide, &view.site.service.profile(session).await?, &view.site.situations);
    let there = match button {
        "back" => previous(&facts, step).or(Some(step)),
        "again" => Some(step),
        "more" => step.more().or_else(|| next(&facts, step)),
        "stop" if !saved.some => Some(step),
        _ => next(&facts, step),
    };
    view.site.service.keep_guide(session, &guide.moved(there)).await?;
    Ok(match there {
        _ if button == "stop" => url::MAP.to_owned(),
        Some(step) => url::guide(step),
        None => url::GUIDE_DONE.to_owned(),
    })
}

impl Way {
    /// The page to go on with; none at the end. A question that is no longer asked is passed over.
    fn stands_at(&self) -> Option<Step> {
        match self.guide.place {
            Place::At(step) if holds(&self.facts, step) => Some(step),
            Place::At(step) => next(&self.facts, step),
            Place::Finished => None,
        }
    }
}
