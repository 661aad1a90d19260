//! Tokens by which a program reads one consent for the unit.

use axum::response::Response;
use serde::Deserialize;

use super::answer;
use super::unit::{Sent, done, faulty};
use crate::domain::ConsentId;
use crate::domain::spoken::folded;
use crate::http::StaffMember;
use crate::policy::Why;
use crate::usecase::token::MAX_DAYS;
use crate::usecase::{Error, Session};
use crate::web::page::form::Wrong;
use crate::web::page::unit::Once;
use crate::web::sent::Form;
use crate::web::view::View;

#[derive(Deserialize)]
pub struct Unwanted {
    #[serde(default)]
    token: String,
}

/// Makes a token; the page shows it once.
pub async fn mint(view: View, StaffMember(session): StaffMember, Form(wanted): Form<Sent>) -> Response {
    answer(&view, minted(&view, &session, wanted).await)
}

pub async fn revoke(view: View, StaffMember(session): StaffMember, Form(unwanted): Form<Unwanted>) -> Response {
    let mut lookup = [0; 32];
    if hex::decode_to_slice(&unwanted.token, &mut lookup).is_err() {
        return view.not_found();
    }
    match view.site.service.revoke(&session, lookup).await {
        // Gone already is as good: two clicks, or two windows.
        Ok(()) | Err(Error::NotFound | Error::Gone) => done("revoked"),
        Err(error) => view.error(&error),
    }
}

async fn minted(view: &View, session: &Session, wanted: Sent) -> Result<Response, Error> {
    let consent = live(view, session, &wanted.code).await?;
    let days = wanted.days.trim().parse().ok().filter(|days| (1..=MAX_DAYS).contains(days));
    let (Some(id), Some(days), false) = (consent, days, wanted.label.trim().is_empty()) else {
        let missing = [
            ("code", "wrong-code", consent.is_none()),
            ("label", "wrong-label", wanted.label.trim().is_empty()),
            ("days", "wrong-days", days.is_none()),
        ];
        let wrong = missing.into_iter().filter(|(.., is)| *is).map(|(id, key, _)| Wrong::new(id, view.t.s(key)));
        return again(view, session, wanted, wrong.collect()).await;
    };
    let (at, key) = match view.site.service.mint(session, id, days, &wanted.label).await {
        Ok((token, _)) => return Ok(view.once(&Once::token(view.t, token.text().as_str().to_owned()))),
        Err(Error::Faults(_)) => ("label", "wrong-label"),
        Err(Error::TooMany(_)) => ("code", "wrong-token-many"),
        Err(Error::Gone) => ("code", "wrong-code"),
        Err(Error::Refused(refused)) if refused.why == Why::Ended => ("code", "wrong-code"),
        Err(error) => return Err(error),
    };
    again(view, session, wanted, vec![Wrong::new(at, view.t.s(key))]).await
}

async fn again(view: &View, session: &Session, wanted: Sent, wrong: Vec<Wrong>) -> Result<Response, Error> {
    faulty(view, session, wanted.typed(wrong)).await
}

/// The live consent with this spoken code.
async fn live(view: &View, session: &Session, code: &str) -> Result<Option<ConsentId>, Error> {
    let sought = folded(code);
    let all = view.site.service.by_code(session, code).await?.received;
    // What one program asked for is minted for no other.
    let fits =
        all.into_iter().find(|one| one.terms.holds_at(view.t.now) && one.terms.client.is_none() && folded(&one.code) == sought);
    Ok(fits.filter(|one| one.state == crate::domain::consent::State::Given).map(|one| one.consent))
}
