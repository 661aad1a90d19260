//! One proof that was issued: how it stands, and withdrawing it.

use axum::response::Response;
use uuid::Uuid;

use super::at;
use crate::http::StaffMember;
use crate::usecase::{Error, Session};
use crate::web::page::form::Wrong;
use crate::web::page::issuing::{Facts, IssuedPage};
use crate::web::page::url;
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::staff::answer;
use crate::web::view::{View, to};

pub async fn one(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    answer(&view, page(&view, &session, id, String::new(), Vec::new()).await.map(|page| view.page(&page)))
}

pub async fn withdraw(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>, pairs: Pairs) -> Response {
    let reason = pairs.one("reason").to_owned();
    if pairs.only_again() {
        return answer(&view, page(&view, &session, id, reason, Vec::new()).await.map(|page| view.page(&page)));
    }
    match view.site.service.withdraw_credential(&session, at(&view).base, id, &reason).await {
        Ok(()) => to(url::staff_issued(id)),
        Err(Error::Faults(_)) => {
            let wrong = vec![Wrong::new("reason", view.t.s("wrong-reason"))];
            answer(&view, page(&view, &session, id, reason, wrong).await.map(|page| view.faulty(&page)))
        }
        Err(error) => view.error(&error),
    }
}

async fn page(view: &View, session: &Session, id: Uuid, reason: String, wrong: Vec<Wrong>) -> Result<IssuedPage, Error> {
    let service = &view.site.service;
    let one = service.issued_one(session, id).await?;
    let all = service.unit_frameworks(session, &view.site.taxonomy).await?;
    let published = all.into_iter().map(|listed| listed.published).find(|found| found.id == one.kept.assessment.framework);
    let facts = Facts::new(view.t, &one.kept.assessment, &one.kept.framework, published.as_ref());
    Ok(IssuedPage { t: view.t, one, facts, reason, wrong })
}
