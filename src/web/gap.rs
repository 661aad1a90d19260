//! The gap between a person and an occupation, a framework or a course: for the person alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use uuid::Uuid;

use super::entry::concept;
use super::page::gap::{Against, Aim, GapPage, GapStart, Ours};
use super::page::shown::Shown;
use super::page::url;
use super::pairs::Pairs;
use super::sent::Path;
use super::view::{View, to};
use crate::domain::framework::{Framework, FrameworkKind};
use crate::domain::profile::Kind;
use crate::http::route::{get, get_post};
use crate::http::{Person, Site};
use crate::usecase::gap::{Asked, Gap, gap, goals, of_framework, of_occupation};
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::GAP, get_post(start, sought))
        .route(&format!("{}/{{framework}}", url::GAP), get(framework))
        .route("/entries/{id}/gap", get(goal))
}

async fn start(view: View, Person(session): Person) -> Response {
    match start_page(&view, &session, &Pairs(Vec::new())).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn start_page(view: &View, session: &Session, pairs: &Pairs) -> Result<GapStart, Error> {
    let (t, site) = (view.t, &view.site);
    let profile = site.service.profile(session).await?;
    let aims = goals(&profile).into_iter().map(|(held, _, uri)| Aim {
        id: held.id,
        name: Shown::new(t, &held.entry).heading,
        known: uri.is_some_and(|uri| site.taxonomy.concept(uri).is_some()),
    });
    let aims = aims.collect();
    let published = site.service.published_frameworks().await?;
    let all = || site.frameworks.all().iter().chain(&published);
    let of = |kind: FrameworkKind| all().filter(move |one| one.kind == kind).map(|one| ours(view, one));
    let (trades, courses) = (of(FrameworkKind::Criteria).collect(), of(FrameworkKind::Prerequisites).collect());
    let mut typed = pairs.typed();
    concept::settle(&site.taxonomy, Kind::Goal, &mut typed);
    let mut hits = BTreeMap::new();
    if !pairs.one("occupation").trim().is_empty() {
        typed.insert("search".to_owned(), vec!["occupation".to_owned()]);
        hits = concept::found(&site.taxonomy, t, Kind::Goal, &typed);
    }
    Ok(GapStart::new(t, aims, trades, courses, &typed, hits))
}

fn ours(view: &View, framework: &Framework) -> Ours {
    let lang = view.t.lang.tag();
    Ours { id: framework.id.clone(), name: framework.name.get(lang).to_owned(), about: framework.about.get(lang).to_owned() }
}

/// An occupation, looked for and picked: the comparison, or the suggestions to pick from.
async fn sought(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let mut typed = pairs.typed();
    concept::settle(&view.site.taxonomy, Kind::Goal, &mut typed);
    let uri = typed.get("occupation-uri").and_then(|values| values.first()).cloned();
    let picked = match uri.filter(|_| !pairs.has("search")) {
        Some(uri) => occupation(&view, &uri).await,
        None => Ok(None),
    };
    let picked = match picked {
        Ok(picked) => picked,
        Err(error) => return view.error(&error),
    };
    let page = match picked {
        Some((against, asked)) => match compared(&view, &session, asked).await {
            Ok(gap) => return view.page(&GapPage::new(view.t, against, &gap).again(&typed)),
            Err(error) => Err(error),
        },
        None => start_page(&view, &session, &pairs).await,
    };
    match page {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn framework(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let framework = match found(&view, &id).await {
        Ok(Some(framework)) => framework,
        Ok(None) => return view.not_found(),
        Err(error) => return view.error(&error),
    };
    let against = Against::framework(&framework, view.t.lang.tag());
    match compared(&view, &session, of_framework(&framework)).await {
        Ok(gap) => view.page(&GapPage::new(view.t, against, &gap)),
        Err(error) => view.error(&error),
    }
}

async fn goal(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    let profile = match view.site.service.profile(&session).await {
        Ok(profile) => profile,
        Err(error) => return view.error(&error),
    };
    let Some((_, _, uri)) = goals(&profile).into_iter().find(|(held, ..)| held.id == id) else { return view.not_found() };
    // Words of one's own are no occupation of the taxonomy: one is picked on the page that has the search.
    let picked = match uri {
        Some(uri) => occupation(&view, uri).await,
        None => Ok(None),
    };
    let (against, asked) = match picked {
        Ok(Some(picked)) => picked,
        Ok(None) => return to(url::GAP),
        Err(error) => return view.error(&error),
    };
    match compared(&view, &session, asked).await {
        Ok(gap) => view.page(&GapPage::new(view.t, against, &gap)),
        Err(error) => view.error(&error),
    }
}

/// A framework of the seeds, or one that a unit has published.
async fn found(view: &View, id: &str) -> Result<Option<Framework>, Error> {
    match (view.site.frameworks.find(id), id.parse::<Uuid>()) {
        (Some(framework), _) => Ok(Some(framework.clone())),
        (None, Ok(id)) => view.site.service.published_framework(id).await,
        (None, Err(_)) => Ok(None),
    }
}

async fn occupation(view: &View, uri: &str) -> Result<Option<(Against, Vec<Asked>)>, Error> {
    let Some((concept, asked)) = of_occupation(&view.site.taxonomy, uri) else { return Ok(None) };
    let published = view.site.service.published_frameworks().await?;
    let theirs = published.iter().filter(|framework| framework.occupations.iter().any(|one| one == uri));
    let also = view.site.frameworks.of_occupation(uri).chain(theirs).map(|framework| ours(view, framework)).collect();
    Ok(Some((Against::occupation(view.t, &concept, also), asked)))
}

async fn compared(view: &View, session: &Session, asked: Vec<Asked>) -> Result<Gap, Error> {
    let profile = view.site.service.profile(session).await?;
    let proofs = view.site.found(profile.entries.iter().map(|held| (held.id, &held.entry))).await;
    Ok(gap(profile.entries, &proofs, &*view.site.taxonomy, asked, view.t.now))
}
