//! Taking a proof of one's own into another wallet.

use axum::response::Response;

use crate::domain::EntryId;
use crate::domain::profile::{Kind, Value};
use crate::http::Person;
use crate::usecase::wallet::{By, Offered};
use crate::usecase::{Error, Session};
use crate::web::page::qr::Qr;
use crate::web::page::wallet::{WalletOffer, WalletOffered};
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::view::View;

/// Offers of one person in five minutes.
const MOST: usize = 20;

pub async fn choose(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    match page(&view, &session, &id, None).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

pub async fn make(view: View, Person(session): Person, Path(id): Path<String>, pairs: Pairs) -> Response {
    let page = match page(&view, &session, &id, None).await {
        Ok(page) => page,
        Err(error) => return view.error(&error),
    };
    let (t, entry) = (view.t, page.entry);
    let key = view.site.service.keys.address(&format!("wallet offer {}", session.owner)).0;
    if let Err(seconds) = view.site.tries.count(key, MOST, t.now) {
        return view.error(&Error::TooOften(seconds));
    }
    let by = match pairs.one("by") {
        "login" => By::Login,
        "code" => By::CodeAndTxCode,
        _ => By::Code,
    };
    let told = match view.site.service.offer_to_wallet(&session, entry, view.site.base.origin(), by).await {
        Ok(Offered { link, tx_code, until }) => {
            let qr = Qr::of(&link);
            return view.once(&WalletOffered { t, entry, link, qr, tx_code, login: by == By::Login, until });
        }
        Err(Error::NotFound) => "wallet-offer-not-own",
        Err(Error::Gone) => "wallet-offer-gone",
        Err(Error::Busy(_)) => "wallet-offer-not-served",
        Err(error) => return view.error(&error),
    };
    view.faulty(&WalletOffer { told: Some(t.s(told)), ..page })
}

async fn page(view: &View, session: &Session, id: &str, told: Option<String>) -> Result<WalletOffer, Error> {
    let entry: EntryId = id.parse().map_err(|_| Error::NotFound)?;
    let profile = view.site.service.profile(session).await?;
    let held = profile.entry(entry).filter(|held| held.entry.kind == Kind::Credential).ok_or(Error::NotFound)?;
    let name = match held.entry.fields.get("name") {
        Some(Value::Text(name)) => name.clone(),
        _ => String::new(),
    };
    Ok(WalletOffer { t: view.t, entry, name, told })
}
