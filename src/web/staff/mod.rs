//! What staff see and do: the inbox, reading, the unit, and joining one by invite.

mod client;
mod inbox;
mod invite;
mod issuing;
mod join;
mod reading;
mod receiver;
mod request;
mod statement;
mod token;
mod unit;

use std::sync::Arc;

pub use unit::rotated;

use axum::Router;
use axum::response::Response;

use super::page::inbox::InboxRow;
use super::page::url;
use super::view::{View, to};
use crate::domain::Timestamp;
use crate::domain::consent::State;
use crate::http::Site;
use crate::http::route::{get, get_post, post};
use crate::usecase::Error;
use crate::usecase::inbox::Received;

pub fn router() -> Router<Arc<Site>> {
    let to_unit = || get(async || to(url::STAFF_UNIT));
    Router::new()
        .route(url::STAFF_INBOX, get_post(inbox::list, inbox::list))
        .route(&format!("{}/{{consent}}", url::STAFF_INBOX), get(reading::consent))
        .route(&format!("{}/{{consent}}/read", url::STAFF_INBOX), get_post(reading::back, reading::read))
        .route(&format!("{}/{{consent}}/copy", url::STAFF_INBOX), get_post(reading::back, reading::copy))
        .route(&format!("{}/{{consent}}/acknowledge", url::STAFF_INBOX), get_post(reading::back, inbox::acknowledge))
        .route(&format!("{}/{{consent}}/files/{{alias}}", url::STAFF_INBOX), post(reading::document))
        .route(url::STAFF_REQUESTS, get_post(request::list, request::ask))
        .route(&format!("{}/{{consent}}/receipt", url::STAFF_INBOX), get(reading::receipt))
        .route(url::STAFF_RECEIVER, get_post(receiver::show, receiver::set))
        .route(url::STAFF_RECEIVER_REMOVE, get_post(receiver::ask_remove, receiver::remove))
        .route(url::STAFF_RECEIVER_TEST, post(receiver::test))
        .route(url::STAFF_RECEIVER_RETRY, post(receiver::retry))
        .route(url::STAFF_STATEMENT, get_post(statement::show, statement::set))
        .route(url::STAFF_UNIT, get_post(unit::unit, unit::enter))
        .route(&format!("{}/staff/{{id}}/remove", url::STAFF_UNIT), get_post(unit::ask_remove, unit::remove))
        // What is answered by POST may be asked for again by address, as a change of language does: it leads back to the unit.
        .route(url::STAFF_INVITE, to_unit().post(invite::make))
        .route(url::STAFF_INVITE_CANCEL, post(invite::cancel))
        .route(url::STAFF_UNIT_SHEET, to_unit().post(unit::sheet))
        .route(url::STAFF_UNIT_SHEET_KEPT, post(async || to(url::STAFF_UNIT)))
        .route(url::STAFF_TOKENS, to_unit().post(token::mint))
        .route(url::STAFF_TOKEN_REVOKE, post(token::revoke))
        .route(url::STAFF_UNIT_CHOOSE, post(unit::choose))
        .route(url::STAFF_CLIENTS, get_post(client::list, client::add))
        .route(&format!("{}/{{id}}", url::STAFF_CLIENTS), get_post(client::one, client::change))
        .route(&format!("{}/{{id}}/end", url::STAFF_CLIENTS), get_post(client::ask_end, client::end))
        .route(url::STAFF_NEW, get_post(join::new, join::create))
        .route(url::STAFF_NEW_WORDS, post(join::other_words))
        .route(url::STAFF_JOIN, get_post(join::ask, join::accept))
        .route(url::INVITE, get_post(invite::ask, invite::accept))
        .merge(issuing::router())
}

/// The answer, or the page that says why there is none.
fn answer(view: &View, result: Result<Response, Error>) -> Response {
    result.unwrap_or_else(|error| view.error(&error))
}

/// A row of the inbox. A consent whose time is over has ended, whether or not the job has said so yet.
fn row(view: &View, received: Received) -> InboxRow {
    let terms = received.terms;
    InboxRow {
        consent: received.consent,
        code: received.code,
        name: terms.name,
        purpose: purpose(view, &terms.purpose),
        mode: terms.mode,
        until: terms.until,
        state: state_at(received.state, terms.until, view.t.now),
        new: received.case.is_none(),
        case: received.case,
        written: received.state != State::Given,
        acknowledged: received.acknowledged,
    }
}

fn state_at(state: State, until: Timestamp, now: Timestamp) -> State {
    if state == State::Given && until <= now { State::Expired { at: until } } else { state }
}

fn purpose(view: &View, id: &str) -> String {
    let purpose = view.site.service.catalogue.purpose(id);
    purpose.map(|purpose| purpose.label.get(view.t.lang.tag()).to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_past_its_end_is_not_live_and_what_was_withdrawn_stays_so() {
        let (end, withdrawn) = (Timestamp(10), State::Withdrawn { at: Timestamp(3) });
        assert_eq!(state_at(State::Given, end, Timestamp(10)), State::Expired { at: end });
        assert_eq!(state_at(State::Given, end, Timestamp(9)), State::Given);
        assert_eq!(state_at(withdrawn, end, Timestamp(20)), withdrawn);
    }
}
