//! The inbox: who shares with the unit. What one searches for travels in a POST body, and stands sealed in the answer's address.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;

use super::reading::here_or_elsewhere;
use super::{answer, row};
use crate::domain::ConsentId;
use crate::domain::consent::State;
use crate::domain::organisation::Role;
use crate::domain::spoken::folded;
use crate::http::StaffMember;
use crate::usecase::inbox::Place;
use crate::usecase::unit_consent::For;
use crate::usecase::{Error, Session};
use crate::web::page::inbox::{Inbox, InboxRow};
use crate::web::page::public::Plain;
use crate::web::page::url;
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::step::Step;
use crate::web::view::{View, to};

pub async fn list(view: View, StaffMember(session): StaffMember, RawQuery(query): RawQuery, sent: Step) -> Response {
    if let Step::Sent(pairs) = sent {
        let after = pairs.one("after").parse().ok();
        return answer(&view, show(&view, &session, pairs.one("code").to_owned(), after).await);
    }
    // Whoever only issues has no inbox: every way in leads here, and on to their desk.
    match view.site.service.member(&session).await {
        Ok(member) if member.role == Role::Issuer => return to(url::STAFF_ISSUING),
        // Whoever was removed is told so, where every way in leads.
        Err(Error::NotFound) => return view.with_status(StatusCode::FORBIDDEN, &Plain::no_unit(view.t)),
        _ => {}
    }
    let after = query.as_deref().and_then(|query| query.strip_prefix("after=")?.parse().ok());
    answer(&view, show(&view, &session, String::new(), after).await)
}

/// The unit says that it knows of an end; the person sees that.
pub async fn acknowledge(view: View, StaffMember(session): StaffMember, Path(id): Path<String>, pairs: Pairs) -> Response {
    let Ok(consent) = id.parse::<ConsentId>() else { return view.not_found() };
    let known = view.site.service.acknowledge_end(For::Staff(&session), consent).await;
    // To the page of the inbox where it stands.
    let after = pairs.one("after").parse::<Place>().ok();
    let back = after.map_or_else(|| url::STAFF_INBOX.to_owned(), url::staff_inbox_after);
    here_or_elsewhere(&view, &session, (&id, None), known.map(|_| to(back))).await
}

/// What has this code, or a page of all.
async fn show(view: &View, session: &Session, code: String, after: Option<Place>) -> Result<Response, Error> {
    let searched = !folded(&code).is_empty();
    let service = &view.site.service;
    let held = if searched { service.by_code(session, &code).await? } else { service.inbox(session, after).await? };
    let several = service.units_of(session).await?.len() > 1;
    let all = held.received.into_iter().map(|received| row(view, received));
    let (live, ended): (Vec<InboxRow>, _) = all.partition(|row| row.state == State::Given);
    Ok(view.page(&Inbox {
        t: view.t,
        unit: held.member.unit.unit.name,
        organisation: held.member.unit.organisation.name,
        live,
        ended,
        several,
        unreadable: held.unreadable,
        code,
        searched,
        after: after.filter(|_| !searched),
        next: held.next,
    }))
}
