//! A proof asked of another wallet. Whoever asked is known by a cookie that ends with the question.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;

use crate::credential::dcql::Query;
use crate::domain::credential::{Claim, VCT};
use crate::http::WALLETS;
use crate::http::cookie::{self, Name};
use crate::http::remote::Remote;
use crate::usecase::Error;
use crate::usecase::verify::Outside;
use crate::usecase::wallet;
use crate::web::page::proof::Proven;
use crate::web::page::qr::Qr;
use crate::web::page::url;
use crate::web::page::wallet::{Stand, WalletAsk};
use crate::web::pairs::Pairs;
use crate::web::view::{View, to};

/// Questions from one address in five minutes.
const MOST: usize = 30;

pub async fn show(view: View, jar: CookieJar) -> Response {
    let stand = match cookie::read(&jar, &view.site.base, Name::Asking) {
        None => Stand::Begin,
        Some(secret) => match view.site.service.wallet_answer(&secret, &view.site.base.url(WALLETS), outside(&view)).await {
            Ok(wallet::Stand::Waiting { link, until }) => Stand::Waiting { qr: Qr::of(&link), link, until },
            Ok(wallet::Stand::Answered(answered)) => Stand::Answered(checked(&view, &answered).await),
            Err(Error::NotFound) => Stand::Begin,
            Err(error) => return view.error(&error),
        },
    };
    view.page(&WalletAsk { t: view.t, stand })
}

pub async fn begin(view: View, jar: CookieJar, Remote(address): Remote, pairs: Pairs) -> Response {
    if pairs.has("done") {
        return (cookie::remove(jar, &view.site.base, Name::Asking), to(url::VERIFY_WALLET)).into_response();
    }
    let key = view.site.service.keys.address(&format!("wallet ask {address}")).0;
    if let Err(seconds) = view.site.tries.count(key, MOST, view.t.now) {
        return view.error(&Error::TooOften(seconds));
    }
    let name = [Claim::GivenName, Claim::FamilyName].map(|claim| [claim.name()]);
    let claims: Vec<&[&str]> =
        if pairs.one("name") == "yes" { name.iter().map(<[&str; 1]>::as_slice).collect() } else { Vec::new() };
    match view.site.service.ask_wallet(&Query::one(&[VCT], &claims)).await {
        Ok(begun) => (cookie::set(jar, &view.site.base, Name::Asking, &begun.secret), to(url::VERIFY_WALLET)).into_response(),
        Err(error) => view.error(&error),
    }
}

/// What came, as it stands at this look.
async fn checked(view: &View, answered: &wallet::Answered) -> Vec<Proven> {
    let mut all = Vec::new();
    for one in &answered.presentations {
        let found = view.site.service.check_presented(one, (&answered.audience, &answered.nonce), outside(view)).await;
        all.push(Proven::new(view.t, &found.into()));
    }
    all
}

fn outside(view: &View) -> Outside<'_> {
    Outside { fetch: &*view.site.fetch, base: view.site.base.origin() }
}
