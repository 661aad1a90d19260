//! Taking a proof in from another issuer, by an offer that the person brings.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use crate::http::Person;
use crate::http::cookie::{self, Name};
use crate::usecase::verify::Outside;
use crate::usecase::wallet::{Back, Brought, Left, NotReceived};
use crate::usecase::{Error, Session};
use crate::web::map::done;
use crate::web::page::form::Wrong;
use crate::web::page::url;
use crate::web::page::wallet::{ReceiveCode, WalletDone, WalletLink, What};
use crate::web::pairs::Pairs;
use crate::web::sent::Query;
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

pub async fn take(view: View, jar: CookieJar, Person(session): Person, pairs: Pairs) -> Response {
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
    if brought.login {
        return leave(&view, jar, &session, &ticket).await;
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

/// The way to where the person signs in, with what brings them back: they see its host before they go.
async fn leave(view: &View, jar: CookieJar, session: &Session, ticket: &str) -> Response {
    let back = view.site.base.url(url::RECEIVE_BACK);
    let ours = (view.site.base.origin(), back.as_str());
    match view.site.service.leave_to_receive(session, ticket, ours, &*view.site.fetch).await {
        Ok(Left { secret, on }) => {
            let (heading, text) = (view.t.s("receive-leave-title"), view.t.s("receive-leave-text"));
            let page = view.page(&WalletDone { t: view.t, heading, text, on: Some(on) });
            (cookie::set(jar, &view.site.base, Name::Receiving, &secret), page).into_response()
        }
        Err(why) => failed(view, String::new(), &why),
    }
}

#[derive(Deserialize)]
pub struct CameBack {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
}

/// Back from the issuer. What the browser left with is what makes this a yes of the person's.
pub async fn back(view: View, jar: CookieJar, Person(session): Person, Query(came): Query<CameBack>) -> Response {
    if let Err(error) = counted(&view, &session) {
        return view.error(&error);
    }
    let secret = cookie::read(&jar, &view.site.base, Name::Receiving);
    let back = Back { code: came.code.as_deref(), state: came.state.as_deref(), iss: came.iss.as_deref() };
    let outside = Outside { fetch: &*view.site.fetch, base: view.site.base.origin() };
    match view.site.service.back_to_receive(&session, secret.as_ref(), back, view.t.lang.written(), outside).await {
        Ok(id) => (cookie::remove(jar, &view.site.base, Name::Receiving), to(done(url::entry(id), "taken"))).into_response(),
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
    let Brought { host, tx_code, login, ticket } = brought;
    ReceiveCode { t: view.t, host, login, ticket, tx_code: tx_code.map(|one| one.description), typed: typed.to_owned(), wrong }
}

fn failed(view: &View, link: String, why: &NotReceived) -> Response {
    let key = match why {
        NotReceived::Offer => "receive-wrong-offer",
        NotReceived::Unreached => "receive-wrong-unreached",
        NotReceived::Code => "receive-wrong-code",
        NotReceived::Kind => "receive-wrong-kind",
        NotReceived::Login => "receive-wrong-login",
        NotReceived::Late => "receive-wrong-late",
        NotReceived::Unsound(_) => "receive-wrong-unsound",
        NotReceived::Fault(error) => return view.error(error),
    };
    view.faulty(&field(view, link, Some(key)))
}
