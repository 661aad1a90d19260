//! Showing one thing: which proofs, what of them, for whom and until when; the page of each showing, and its end.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::map::{done, notice};
use super::page::form::{Choice, Wrong};
use super::page::proof::{claim_key, name, said};
use super::page::qr::Qr;
use super::page::showing::{Chosen, ShowHow, ShowPick, ShowingPage, ShowingRow, ShowingsPage};
use super::page::shown::{Shown, Worded};
use super::page::url;
use super::pairs::Pairs;
use super::sent::Path;
use super::step::Step;
use super::view::{View, to};
use crate::credential::portion;
use crate::domain::credential::Claim;
use crate::domain::profile::{Kind, Value};
use crate::domain::showing::{MOST_DAYS, MOST_OPENS, MOST_PROOFS, MOST_WHOM, Portion};
use crate::domain::{EntryId, Timestamp};
use crate::http::route::{get, get_post, post};
use crate::http::{Person, Site};
use crate::usecase::profile::Profile;
use crate::usecase::showing::{Showing, Wanted};
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::SHOWINGS, get(list))
        .route(url::SHOWING_NEW, get_post(pick, pick))
        .route(&format!("{}/how", url::SHOWING_NEW), get_post(how, how))
        .route(&format!("{}/make", url::SHOWING_NEW), get_post(begin_again, make))
        .route(&format!("{}/{{id}}", url::SHOWINGS), get(show))
        .route(&format!("{}/{{id}}/end", url::SHOWINGS), post(end))
}

fn answer(view: &View, page: Result<Response, Error>) -> Response {
    page.unwrap_or_else(|error| view.error(&error))
}

async fn begin_again(_: Person) -> Response {
    to(url::SHOWING_NEW)
}

async fn list(mut view: View, Person(session): Person, RawQuery(query): RawQuery) -> Response {
    view.notice = notice(view.t, query.as_deref());
    let listed = async {
        let (live, ended) = view.site.service.showings(&session).await?.iter().map(|one| row(&view, one)).partition(|row| row.live);
        let any = match session.opened() {
            true => view.site.service.profile(&session).await?.of_kind(Kind::Credential).next().is_some(),
            false => false,
        };
        Ok(view.page(&ShowingsPage { t: view.t, live, ended, any, closed: !session.opened() }))
    };
    let listed = listed.await;
    answer(&view, listed)
}

fn row(view: &View, showing: &Showing) -> ShowingRow {
    let kept = showing.kept.as_ref();
    ShowingRow {
        id: showing.id,
        what: kept.map_or_else(String::new, |kept| view.t.list(&kept.names)),
        whom: kept.map_or_else(String::new, |kept| kept.whom.clone()),
        created: showing.created,
        until: showing.until,
        opens: showing.opens,
        opened: showing.opened,
        live: showing.live(view.t.now),
        ended: showing.ended,
    }
}

/// Asked by POST where the language was changed.
async fn pick(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let page = picked(&view, &session, &pairs, Vec::new()).await.map(|page| view.page(&page));
    answer(&view, page)
}

fn chosen(pairs: &Pairs) -> Vec<EntryId> {
    let mut all: Vec<EntryId> = Vec::new();
    for id in pairs.all("entry").filter_map(|id| id.parse().ok()) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

async fn picked(view: &View, session: &Session, pairs: &Pairs, wrong: Vec<Wrong>) -> Result<ShowPick, Error> {
    let (profile, chosen) = (view.site.service.profile(session).await?, chosen(pairs));
    let found = view.site.found(profile.of_kind(Kind::Credential).map(|held| (held.id, &held.entry))).await;
    let proof = |held: &crate::usecase::profile::Held| {
        (held.id, Shown::new(view.t, &held.entry).found(found.get(&held.id)), chosen.contains(&held.id))
    };
    Ok(ShowPick { t: view.t, proofs: profile.of_kind(Kind::Credential).map(proof).collect(), wrong })
}

async fn how(view: View, Person(session): Person, sent: Step) -> Response {
    let Step::Sent(pairs) = sent else { return to(url::SHOWING_NEW) };
    let page = how_page(&view, &session, &pairs, Vec::new()).await;
    answer(&view, page)
}

/// The second step, or the first with what is wrong.
async fn how_page(view: &View, session: &Session, pairs: &Pairs, wrong: Vec<Wrong>) -> Result<Response, Error> {
    let profile = view.site.service.profile(session).await?;
    let chosen = of_profile(&profile, chosen(pairs));
    if chosen.is_empty() || chosen.len() > MOST_PROOFS {
        let text = if chosen.is_empty() { view.t.s("show-wrong-none") } else { view.t.one("show-wrong-many", "most", MOST_PROOFS) };
        let page = picked(view, session, pairs, vec![Wrong::new("entry", text)]).await?;
        return Ok(view.faulty(&page));
    }
    let mut proofs = Vec::new();
    for id in chosen {
        proofs.push(one(view, session, &profile, id, pairs).await?);
    }
    let t = view.t;
    let (today, until) = (t.now.day(), pairs.one("until"));
    let presets = [7, 30, 90].map(|days| today + Days::new(days));
    let preset = |day: NaiveDate| Choice::new(day.to_string(), t.until(&Timestamp::end_of_day(day)), day.to_string() == until);
    let page = ShowHow {
        t,
        proofs,
        whom: pairs.one("whom").to_owned(),
        presets: presets.map(preset).into(),
        other: pairs.one("until_other").to_owned(),
        other_chosen: until == "other",
        latest: t.date(latest(t.now)),
        opens: pairs.one("opens").to_owned(),
        times: pairs.one("times").to_owned(),
        wrong,
    };
    Ok(if page.wrong.is_empty() { view.page(&page) } else { view.faulty(&page) })
}

fn latest(now: Timestamp) -> NaiveDate {
    now.day() + Days::new(u64::from(MOST_DAYS) - 1)
}

fn of_profile(profile: &Profile, ids: Vec<EntryId>) -> Vec<EntryId> {
    ids.into_iter().filter(|id| profile.entry(*id).is_some_and(|held| held.entry.kind == Kind::Credential)).collect()
}

/// One proof with what may be left out of it: ticked as it stood, nothing beforehand.
async fn one(view: &View, session: &Session, profile: &Profile, id: EntryId, pairs: &Pairs) -> Result<Chosen, Error> {
    let whole = view.site.service.whole(session, id).await?;
    let found = view.site.service.proof_state(whole.credential.as_bytes(), view.site.outside()).await;
    let may = portion::choices(&whole.credential).map_err(|_| Error::Unopened)?;
    let choice = |claim: &Claim| {
        let value = format!("{id}/{}", claim.name());
        let ticked = pairs.all("claim").any(|one| one == value);
        let said = found.proof.as_ref().and_then(|proof| said(view.t, *claim, proof));
        let label = view.t.s(claim_key(*claim));
        Choice::new(value, said.map_or_else(|| label.clone(), |said| format!("{label}: {}", said.text)), ticked)
    };
    let claims = Claim::ALL.iter().filter(|claim| may.contains(claim)).map(choice).collect();
    let entry = profile.entry(id).ok_or(Error::NotFound)?;
    let own = || Shown::new(view.t, &entry.entry).heading;
    let name = found.proof.as_ref().map_or_else(own, |proof| name(view.t, &proof.competence));
    Ok(Chosen { id, name: Worded { ..name }, claims })
}

async fn make(view: View, Person(session): Person, pairs: Pairs) -> Response {
    if pairs.only_again() {
        return answer(&view, how_page(&view, &session, &pairs, Vec::new()).await);
    }
    let wanted = match wanted(&view, &pairs) {
        Ok(wanted) => wanted,
        Err(wrong) => return answer(&view, how_page(&view, &session, &pairs, wrong).await),
    };
    if wanted.portions.is_empty() || wanted.portions.len() > MOST_PROOFS {
        return answer(&view, how_page(&view, &session, &pairs, Vec::new()).await);
    }
    let verify = view.site.base.url(url::VERIFY);
    match view.site.service.make_showing(&session, &wanted, &verify).await {
        Ok(showing) => to(done(url::showing(showing.id), "shown")),
        Err(Error::BadEnd) => {
            let wrong = vec![Wrong::new("until", view.t.one("wrong-until", "latest", view.t.date(latest(view.t.now))))];
            answer(&view, how_page(&view, &session, &pairs, wrong).await)
        }
        Err(error) => view.error(&error),
    }
}

/// What was chosen; else all that is wrong.
fn wanted(view: &View, pairs: &Pairs) -> Result<Wanted, Vec<Wrong>> {
    let t = view.t;
    let claims = |id: &EntryId| -> BTreeSet<Claim> {
        let of = |one: &str| one.strip_prefix(&format!("{id}/")).and_then(Claim::named);
        pairs.all("claim").filter_map(of).collect()
    };
    let portions = chosen(pairs).into_iter().map(|entry| Portion { claims: claims(&entry), entry }).collect();
    let typed = if pairs.one("until") == "other" { pairs.one("until_other") } else { pairs.one("until") };
    let until = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok();
    let until = until.filter(|day| t.now.day() <= *day && *day <= latest(t.now));
    let opens = match pairs.one("opens") {
        "once" => Some(1),
        "many" => pairs.one("times").trim().parse().ok().filter(|times| (1..=MOST_OPENS).contains(times)),
        _ => None,
    };
    let whom = pairs.one("whom").trim().to_owned();
    let long = whom.chars().count() > MOST_WHOM;
    match (until, opens) {
        (Some(until), Some(opens)) if !long => Ok(Wanted { portions, whom, until, opens }),
        (until, opens) => {
            let mut wrong = Vec::new();
            wrong.extend(long.then(|| Wrong::new("whom", t.one("show-wrong-whom", "most", MOST_WHOM))));
            wrong.extend(until.is_none().then(|| Wrong::new("until", t.one("wrong-until", "latest", t.date(latest(t.now))))));
            wrong.extend(opens.is_none().then(|| Wrong::new("opens", t.one("link-wrong-opens", "most", MOST_OPENS))));
            Err(wrong)
        }
    }
}

async fn show(mut view: View, Person(session): Person, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    view.notice = notice(view.t, query.as_deref());
    let Ok(id) = id.parse::<Uuid>() else { return view.not_found() };
    let page = showing_page(&view, &session, id).await.map(|page| view.page(&page));
    answer(&view, page)
}

async fn showing_page(view: &View, session: &Session, id: Uuid) -> Result<ShowingPage, Error> {
    let profile = view.site.service.profile(session).await?;
    let showing = view.site.service.showing(session, id).await?;
    let kept = showing.kept.as_ref().ok_or(Error::Closed)?;
    let place = view.site.base.url(url::VERIFY);
    let link = format!("{place}#{}", kept.code);
    let issuer = |entry: EntryId| match profile.entry(entry)?.entry.fields.get("issuer")? {
        Value::Text(issuer) => Some(issuer.clone()),
        _ => None,
    };
    let proofs = kept.names.iter().zip(&kept.portions).map(|(name, one)| (name.clone(), issuer(one.entry))).collect();
    let (groups, qr) = (kept.code.split('-').map(str::to_owned).collect(), Qr::of(&link));
    Ok(ShowingPage { t: view.t, row: row(view, &showing), link, place, groups, qr, proofs, openings: showing.openings })
}

async fn end(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse::<Uuid>() else { return view.not_found() };
    match view.site.service.end_showing(&session, id).await {
        Ok(()) => to(done(url::SHOWINGS.to_owned(), "ended")),
        Err(error) => view.error(&error),
    }
}
