//! Taking a proof in from another issuer, by an offer that the person brings.

use axum::response::Response;

use crate::http::Person;
use crate::usecase::verify::Outside;
use crate::usecase::wallet::{Brought, NotReceived};
use crate::usecase::{Error, Session};
use crate::web::map::done;
use crate::web::page::form::Wrong;
use crate::web::page::url;
use crate::web::page::wallet::{ReceiveCode, WalletLink, What};
use crate::web::pairs::Pairs;
use crate::web::view::{View, to};

/// Offers that one person has read or taken in five minutes: each may ask another server.
const MOST: usize = 30;

pub async fn choose(view: View, Person(session): Person) -> Response {
    if session.opened() { view.page(&field(&view, String::new(), None)) } else { view.error(&Error::Closed) }
}

pub async fn show(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let link = pairs.one("link").to_owned();
    if pairs.only_again() {
        return view.page(&field(&view, link, None));
    }
    if let Err(error) = counted(&view, &session) {
        return view.error(&error);
    }
    match view.site.service.brought(&session, &link, &*view.site.fetch).await {
        Ok(brought) => view.page(&code(&view, brought, "", Vec::new())),
        Err(why) => failed(&view, link, &why),
    }
}

pub async fn take(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let (ticket, typed) = (pairs.one("ticket").to_owned(), pairs.one("tx_code"));
    let brought = match view.site.service.brought_again(&session, &ticket) {
        Ok(brought) => brought,
        Err(why) => return failed(&view, String::new(), &why),
    };
    if pairs.only_again() {
        return view.page(&code(&view, brought, typed, Vec::new()));
    }
    if let Err(error) = counted(&view, &session) {
        return view.error(&error);
    }
    let outside = Outside { fetch: &*view.site.fetch, base: view.site.base.origin() };
    match view.site.service.receive(&session, (&ticket, typed), view.t.lang.written(), outside).await {
        Ok(id) => to(done(url::entry(id), "taken")),
        Err(NotReceived::Code) if brought.tx_code.is_some() => {
            let wrong = vec![Wrong::new("tx-code", view.t.s("receive-wrong-code"))];
            view.faulty(&code(&view, brought, typed, wrong))
        }
        Err(why) => failed(&view, String::new(), &why),
    }
}

fn counted(view: &View, session: &Session) -> Result<(), Error> {
    let key = view.site.service.keys.address(&format!("wallet receive {}", session.owner)).0;
    view.site.tries.count(key, MOST, view.t.now).map_err(Error::TooOften)
}

fn field(view: &View, link: String, wrong: Option<&str>) -> WalletLink {
    let wrong = wrong.map(|key| Wrong::new("link", view.t.s(key))).into_iter().collect();
    WalletLink { t: view.t, what: What::Receive, link, wrong }
}

fn code(view: &View, brought: Brought, typed: &str, wrong: Vec<Wrong>) -> ReceiveCode {
    let Brought { host, tx_code, ticket } = brought;
    ReceiveCode { t: view.t, host, ticket, tx_code: tx_code.map(|one| one.description), typed: typed.to_owned(), wrong }
}

fn failed(view: &View, link: String, why: &NotReceived) -> Response {
    let key = match why {
        NotReceived::Offer => "receive-wrong-offer",
        NotReceived::Unreached => "receive-wrong-unreached",
        NotReceived::Code => "receive-wrong-code",
        NotReceived::Kind => "receive-wrong-kind",
        NotReceived::Unsound(_) => "receive-wrong-unsound",
        NotReceived::Fault(error) => return view.error(error),
    };
    view.faulty(&field(view, link, Some(key)))
}
