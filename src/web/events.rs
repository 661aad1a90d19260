//! "Händelser": the log of one's own map in sentences, and the check that it is whole.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;

use super::page::events::{EventsPage, Verified};
use super::page::url;
use super::pairs::Pairs;
use super::sharing::written;
use super::view::View;
use crate::domain::Timestamp;
use crate::http::route::{get_post, post};
use crate::http::{Person, Site};
use crate::usecase::log::OwnCheck;
use crate::usecase::{Error, Session};

/// Lines on one page.
const MOST: usize = 50;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(url::EVENTS, get_post(newest, older)).route(url::EVENTS_VERIFY, post(verify))
}

async fn newest(view: View, Person(session): Person) -> Response {
    answer(&view, page(&view, &session, Timestamp(i64::MAX)).await)
}

/// Lines before a time that the page itself gave. It travels in the body: when something happened is the person's own affair.
async fn older(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let before = pairs.one("before").parse().map_or(Timestamp(i64::MAX), Timestamp);
    answer(&view, page(&view, &session, before).await)
}

async fn verify(view: View, Person(session): Person) -> Response {
    let check = match view.site.service.check_own(&session).await {
        Ok(check) => check,
        Err(error) => return view.error(&error),
    };
    let page = page(&view, &session, Timestamp(i64::MAX)).await;
    answer(&view, page.map(|page| EventsPage { verified: Some(verdict(&check)), ..page }))
}

fn answer(view: &View, page: Result<EventsPage, Error>) -> Response {
    match page {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn page(view: &View, session: &Session, before: Timestamp) -> Result<EventsPage, Error> {
    let service = &view.site.service;
    let mut lines = service.events(session, before, MOST as u64 + 1).await?;
    let more = lines.len() > MOST;
    lines.truncate(MOST);
    let older = lines.last().filter(|_| more).map(|line| line.event.at.0.to_string());
    let checkpoint = service.newest_checkpoint().await?.map(|(_, _, note)| note);
    let lines = lines.iter().map(|line| written(view, line)).collect();
    Ok(EventsPage { t: view.t, lines, older, checkpoint, verified: None })
}

fn verdict(check: &OwnCheck) -> Verified {
    let lines = check.lines as u64;
    match (check.whole, check.waiting) {
        (false, _) => Verified::Broken { line: check.broken.map_or(lines, |number| number + 1) },
        (true, 0) => Verified::Whole { lines },
        (true, _) => Verified::Waiting { lines },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(whole: bool, waiting: usize, broken: Option<u64>) -> OwnCheck {
        OwnCheck { lines: 7, waiting, whole, broken, note: String::new() }
    }

    #[test]
    fn what_is_broken_is_said_before_what_waits() {
        assert_eq!(verdict(&check(false, 2, Some(4))), Verified::Broken { line: 5 });
        assert_eq!(verdict(&check(false, 0, None)), Verified::Broken { line: 7 });
        assert_eq!(verdict(&check(true, 1, None)), Verified::Waiting { lines: 7 });
        assert_eq!(verdict(&check(true, 0, None)), Verified::Whole { lines: 7 });
    }
}
