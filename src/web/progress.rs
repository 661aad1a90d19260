//! Progress over time: the tracks, the steps, and one look back.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;

use super::again::retried;
use super::entry::typed::read;
use super::map::{done, notice};
use super::page::entry::Typed;
use super::page::form::Wrong;
use super::page::progress::{Look, LookBack, ProgressPage};
use super::page::url;
use super::pairs::Pairs;
use super::view::{View, to};
use crate::domain::profile::{AREAS, Fault, Fields, Kind, Value};
use crate::domain::progress::tracks;
use crate::http::route::{get, get_post};
use crate::http::{Person, Site};
use crate::text::T;
use crate::usecase::entry::Save;
use crate::usecase::{Error, Session};

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(url::PROGRESS, get(show)).route(url::PROGRESS_NEW, get_post(new, add))
}

async fn show(mut view: View, Person(session): Person, RawQuery(query): RawQuery) -> Response {
    view.notice = notice(view.t, query.as_deref());
    // Nothing but this one word is taken from the address.
    let look = if query.as_deref() == Some("view=steps") { Look::Steps } else { Look::Tracks };
    match view.site.service.profile(&session).await {
        Ok(profile) => {
            let tracks = tracks(profile.entries.iter().map(|held| (held.id, &held.entry)));
            view.page(&ProgressPage::new(view.t, look, tracks))
        }
        Err(error) => view.error(&error),
    }
}

async fn new(view: View, Person(session): Person) -> Response {
    if session.opened() { view.page(&LookBack::new(view.t, &Typed::new(), &[])) } else { view.error(&Error::Closed) }
}

async fn add(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let typed = pairs.typed();
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    if pairs.only_again() {
        return view.page(&LookBack::new(view.t, &typed, &[]));
    }
    let ratings = match ratings(view.t, &typed) {
        Ok(ratings) if ratings.is_empty() => {
            let wrong = vec![Wrong::new(AREAS[0], view.t.s("progress-nothing"))];
            return view.faulty(&LookBack::with(view.t, &typed, wrong));
        }
        Ok(ratings) => ratings,
        Err(faults) => return view.faulty(&LookBack::new(view.t, &typed, &faults)),
    };
    match save_all(&view, &session, ratings).await {
        Ok(()) => to(done(url::PROGRESS.to_owned(), "saved")),
        Err((left, Error::TooMany(most))) => {
            // What found its place is not asked for again.
            let kept = |(name, _): &(String, Vec<String>)| !AREAS.contains(&name.as_str()) || left.contains(name);
            let typed = typed.into_iter().filter(kept).collect();
            let wrong = vec![Wrong::new("page-form", view.t.count("section-full", most))];
            view.faulty(&LookBack::with(view.t, &typed, wrong))
        }
        Err((_, error)) => view.error(&error),
    }
}

/// An area, and the fields of its entry.
type Said = (&'static str, Fields);

/// The fields of one entry for each area of which something was said, with the area's name.
fn ratings(t: T, typed: &Typed) -> Result<Vec<Said>, Vec<(String, Fault)>> {
    let given = |name: &str| typed.get(name).map_or(&[][..], Vec::as_slice);
    let mut faults = Vec::new();
    let mut about = Fields::new();
    for name in ["on", "rater"] {
        let read = Kind::Progress.field(name).map_or(Err(Fault::Unknown), |field| read(t, field.shape, given(name)));
        match read {
            Ok(Some(value)) => drop(about.insert(name.to_owned(), value)),
            Ok(None) => faults.push((name.to_owned(), Fault::Missing)),
            Err(fault) => faults.push((name.to_owned(), fault)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let said = |area: &'static str| {
        let shape = Kind::Progress.field("value")?.shape;
        // "0" and whatever else is no value: this area was passed over.
        let value = read(t, shape, given(area)).ok()??;
        let of_area = [("area".to_owned(), Value::Choice(area.to_owned())), ("value".to_owned(), value)];
        Some((area, about.clone().into_iter().chain(of_area).collect()))
    };
    Ok(AREAS.iter().filter_map(|area| said(area)).collect())
}

/// Each is an entry of its own; where one cannot be saved, the areas that are left.
async fn save_all(view: &View, session: &Session, ratings: Vec<Said>) -> Result<(), (BTreeSet<String>, Error)> {
    let areas: Vec<String> = ratings.iter().map(|(area, _)| (*area).to_owned()).collect();
    for (n, (_, fields)) in ratings.into_iter().enumerate() {
        let save = || Save {
            id: None,
            kind: Kind::Progress,
            lang: view.t.lang.tag().to_owned(),
            fields: fields.clone(),
            keep_out: BTreeSet::new(),
            let_in: BTreeSet::new(),
        };
        if let Err(error) = retried(|| view.site.service.save_entry(session, save())).await {
            return Err((areas[n..].iter().cloned().collect(), error));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::text::Lang;

    fn t() -> T {
        T::new(Lang::SV, Timestamp(0))
    }

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
    }

    #[test]
    fn what_is_no_day_or_nobody_is_named_and_what_is_passed_over_is_no_entry() {
        let names = |pairs: &[(&str, &str)]| {
            ratings(t(), &typed(pairs)).expect_err("faults").into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        assert_eq!(names(&[("on", "i går"), ("everyday", "3")]), ["on", "rater"]);
        assert_eq!(names(&[("on", "2026"), ("rater", "boss")]), ["rater"]);
        let said =
            ratings(t(), &typed(&[("on", "2026-11"), ("rater", "coach"), ("everyday", "0"), ("search", "4"), ("belief", "6")]));
        let said = said.expect("sound");
        assert_eq!(said.iter().map(|(area, _)| *area).collect::<Vec<_>>(), ["search"]);
        assert!(crate::domain::profile::entry::check(Kind::Progress, &said[0].1).is_ok());
    }
}
