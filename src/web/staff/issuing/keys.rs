//! By what the unit signs: shown to whoever issues, made and changed by its administrators.

use axum::response::Response;

use super::at;
use crate::domain::organisation::Role;
use crate::http::StaffMember;
use crate::usecase::issuing_key::issuer_id;
use crate::usecase::{Error, Session};
use crate::web::again::Pending;
use crate::web::page::issuing::IssuingKeysPage;
use crate::web::page::{Place, url};
use crate::web::pairs::Pairs;
use crate::web::staff::answer;
use crate::web::view::{View, to};

pub async fn show(view: View, StaffMember(session): StaffMember) -> Response {
    answer(&view, page(&view, &session).await.map(|page| view.page(&page)))
}

pub async fn make(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    let (why, address) = (view.t.s("why-issuing-key"), url::STAFF_ISSUING_KEYS.to_owned());
    let pending = Pending { place: Place::Issuing, why, action: address.clone(), back: address, pairs: &pairs };
    let session = match pending.refreshed(&view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match view.site.service.make_issuing_key(&session, at(&view).base).await {
        Ok(()) => to(url::STAFF_ISSUING_KEYS),
        Err(error) => pending.failed(&view, &error),
    }
}

async fn page(view: &View, session: &Session) -> Result<IssuingKeysPage, Error> {
    let member = view.site.service.member(session).await?;
    let keys = view.site.service.kept_issuing_keys(session).await?;
    let address = format!("{}/jwks.json", issuer_id(view.site.base.origin(), member.unit.unit.id));
    Ok(IssuingKeysPage { t: view.t, keys, address, administrator: member.role == Role::Administrator })
}
