//! Where the unit's own system is told of consents: chosen, tried, removed; and what could not be delivered.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;

use super::answer;
use crate::http::StaffMember;
use crate::usecase::{Error, Session};
use crate::web::page::confirm::Confirm;
use crate::web::page::form::Wrong;
use crate::web::page::receiver::{Delivery, ReceiverPage};
use crate::web::page::{Notice, url};
use crate::web::sent::Form;
use crate::web::view::{View, to};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    address: String,
    /// The form came back in another language.
    language: Option<String>,
}

/// What was just done, as the page's address says it.
const DONE: [&str; 4] = ["receiver-saved", "receiver-removed", "receiver-tested", "receiver-retried"];

pub async fn show(mut view: View, StaffMember(session): StaffMember, RawQuery(query): RawQuery) -> Response {
    let done = DONE.into_iter().find(|done| query.as_deref() == Some(done));
    view.notice = done.map(|done| Notice { text: view.t.s(format!("unit-done-{done}")), warning: false });
    let shown = page(&view, &session, None, Vec::new()).await;
    answer(&view, shown.map(|page| view.page(&page)))
}

pub async fn set(view: View, StaffMember(session): StaffMember, Form(sent): Form<Sent>) -> Response {
    answer(&view, kept(&view, &session, sent).await)
}

pub async fn ask_remove(view: View, StaffMember(session): StaffMember) -> Response {
    let asked = view.site.service.receiver(&session).await;
    answer(&view, asked.map(|_| view.page(&Confirm::remove_receiver(view.t))))
}

pub async fn remove(view: View, StaffMember(session): StaffMember) -> Response {
    match view.site.service.drop_receiver(&session).await {
        // Gone already is as good: two clicks, or two windows.
        Ok(()) | Err(Error::NotFound) => done(DONE[1]),
        Err(error) => view.error(&error),
    }
}

pub async fn test(view: View, StaffMember(session): StaffMember) -> Response {
    answer(&view, view.site.service.test_receiver(&session).await.map(|()| done(DONE[2])))
}

pub async fn retry(view: View, StaffMember(session): StaffMember) -> Response {
    answer(&view, view.site.service.retry_deliveries(&session).await.map(|_| done(DONE[3])))
}

async fn kept(view: &View, session: &Session, sent: Sent) -> Result<Response, Error> {
    if sent.language.is_some() {
        return Ok(view.page(&page(view, session, Some(sent.address), Vec::new()).await?));
    }
    match view.site.service.set_receiver(session, &sent.address, view.site.is_plain()).await {
        Ok(()) => Ok(done(DONE[0])),
        Err(Error::Faults(_)) => {
            let wrong = vec![Wrong::new("address", view.t.s("wrong-address"))];
            Ok(view.faulty(&page(view, session, Some(sent.address), wrong).await?))
        }
        Err(error) => Err(error),
    }
}

async fn page(view: &View, session: &Session, typed: Option<String>, wrong: Vec<Wrong>) -> Result<ReceiverPage, Error> {
    let (_, receiver) = view.site.service.receiver(session).await?;
    let all = view.site.service.deliveries(session).await?;
    let now = receiver.map(|receiver| (receiver.address, receiver.since));
    let address = typed.or_else(|| now.as_ref().map(|(address, _)| address.clone())).unwrap_or_default();
    let shown = |rows: &[_]| rows.iter().map(|row| Delivery::new(view.t, row)).collect();
    Ok(ReceiverPage { t: view.t, now, address, latest: shown(&all.latest), failed: shown(&all.failed), wrong })
}

fn done(done: &str) -> Response {
    to(format!("{}?{done}", url::STAFF_RECEIVER))
}
