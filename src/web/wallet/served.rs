//! Staff: whether wallets are served while the unit's keys are closed.

use axum::response::Response;

use crate::http::StaffMember;
use crate::web::again::Pending;
use crate::web::page::wallet::WalletServed;
use crate::web::page::{Place, url};
use crate::web::pairs::Pairs;
use crate::web::view::{View, to};

pub async fn show(view: View, StaffMember(session): StaffMember) -> Response {
    match view.site.service.wallets_served(&session).await {
        Ok(on) => view.page(&WalletServed { t: view.t, on }),
        Err(error) => view.error(&error),
    }
}

/// It asks for the passphrase again: it changes how the unit signs.
pub async fn set(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    let (action, back) = (url::STAFF_WALLETS.to_owned(), url::STAFF_WALLETS.to_owned());
    let pending = Pending { place: Place::Unit, why: view.t.s("wallet-served-why"), action, back, pairs: &pairs };
    let session = match pending.refreshed(&view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match view.site.service.serve_wallets(&session, pairs.one("on") == "yes").await {
        Ok(()) => to(url::STAFF_WALLETS),
        Err(error) => pending.failed(&view, &error),
    }
}
