//! A wallet asks for a proof by way of the person: who they are is said by signing in, and yes or no on a page of ours.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use crate::domain::EntryId;
use crate::http::{cookie, layers};
use crate::usecase::Error;
use crate::usecase::wallet::Requested;
use crate::web::page::form::{Choice, Wrong};
use crate::web::page::public::ErrorPage;
use crate::web::page::url;
use crate::web::page::wallet::{Answering, WalletLogin};
use crate::web::pairs::Pairs;
use crate::web::sent::{Path, Query};
use crate::web::view::{View, to};

#[derive(Deserialize)]
pub struct Begin {
    client_id: Option<String>,
    request_uri: Option<String>,
}

/// The authorization endpoint (RFC 6749, 3.1): only pushed requests (RFC 9126) come here. Nothing of it leads anywhere but to a page of
/// ours until the person has answered.
pub async fn begin(view: View, Path(unit): Path<String>, Query(begin): Query<Begin>) -> Response {
    let (Ok(unit), Some(client), Some(uri)) = (unit.parse(), begin.client_id, begin.request_uri) else { return gone(&view) };
    match view.site.service.begin_wallet_request(unit, &client, &uri).await {
        Ok(key) => to(url::wallet(&key)),
        Err(error) => missed(&view, &error),
    }
}

pub async fn show(view: View, Path(key): Path<String>) -> Response {
    match view.site.service.wallet_request(&key).await {
        Ok(asked) => match page(&view, key, &asked).await {
            Ok(page) => leading_out(&view, &asked, view.page(&page)),
            Err(error) => view.error(&error),
        },
        Err(error) => missed(&view, &error),
    }
}

pub async fn answer(view: View, jar: CookieJar, Path(key): Path<String>, pairs: Pairs) -> Response {
    let asked = match view.site.service.wallet_request(&key).await {
        Ok(asked) => asked,
        Err(error) => return missed(&view, &error),
    };
    let done = match pairs.one("say") {
        "no" => view.site.service.refuse_wallet(&asked, view.site.base.origin()).await,
        "open" => {
            let jar = cookie::set_ask(jar, &view.site.base, &url::wallet_waiting(&key));
            return (jar, to(url::KEYS_UNLOCK)).into_response();
        }
        "yes" => give(&view, &asked, &pairs).await,
        _ => return to(url::wallet(&key)),
    };
    match done {
        Ok(back) => Redirect::to(&back).into_response(),
        Err(Error::NothingChosen) => chosen_wrongly(&view, key, &asked).await,
        // Not signed in, or closed: the page says so.
        Err(Error::Closed) => to(url::wallet(&key)),
        Err(error) => missed(&view, &error),
    }
}

async fn give(view: &View, asked: &Requested, pairs: &Pairs) -> Result<String, Error> {
    let session = view.person.as_ref().filter(|session| session.opened()).ok_or(Error::Closed)?;
    let entry: EntryId = pairs.one("proof").parse().map_err(|_| Error::NothingChosen)?;
    view.site.service.give_to_wallet(session, asked, entry, view.site.base.origin()).await
}

async fn chosen_wrongly(view: &View, key: String, asked: &Requested) -> Response {
    match page(view, key, asked).await {
        Ok(page) => {
            let wrong = vec![Wrong::new("proof", view.t.s("wallet-login-wrong"))];
            leading_out(view, asked, view.faulty(&WalletLogin { wrong, ..page }))
        }
        Err(error) => view.error(&error),
    }
}

async fn page(view: &View, key: String, asked: &Requested) -> Result<WalletLogin, Error> {
    let answering = match &view.person {
        None => Answering::Out { issuer: view.site.participants_issuer.clone() },
        Some(session) if !session.opened() => Answering::Closed,
        Some(session) => {
            let fitting = view.site.service.fitting_wallet(session, asked, view.site.base.origin()).await?;
            // Nothing is chosen for the person, not even where there is only one.
            Answering::Open(fitting.into_iter().map(|(entry, name)| Choice::new(entry.to_string(), name, false)).collect())
        }
    };
    let (unit, to) = (asked.unit.unit.name.clone(), asked.to.shown().to_owned());
    Ok(WalletLogin { t: view.t, key, unit, to, answering, wrong: Vec::new() })
}

/// The answer leads to the wallet: browsers hold a form's redirect against the policy.
fn leading_out(view: &View, asked: &Requested, mut page: Response) -> Response {
    let policy: HeaderValue = layers::content_policy(&view.site, Some(&asked.to.source()));
    page.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    page
}

/// No such request: said alike for every reason.
fn missed(view: &View, error: &Error) -> Response {
    if matches!(error, Error::NotFound) { gone(view) } else { view.error(error) }
}

fn gone(view: &View) -> Response {
    view.with_status(StatusCode::NOT_FOUND, &ErrorPage::of(view.t, "request", None))
}
