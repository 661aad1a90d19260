//! A unit's frameworks: published by file or as text, shown, ended.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::Response;
use uuid::Uuid;

use super::file;
use crate::http::StaffMember;
use crate::usecase::framework::{Listed, MAX_BODY, NotPublished};
use crate::usecase::{Error, Session};
use crate::web::page::confirm::Confirm;
use crate::web::page::form::Wrong;
use crate::web::page::issuing::{FrameworkPage, FrameworkRow, FrameworksPage};
use crate::web::page::url;
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::staff::answer;
use crate::web::view::{View, to};

pub async fn list(view: View, StaffMember(session): StaffMember) -> Response {
    answer(&view, all(&view, &session, String::new(), Vec::new()).await.map(|page| view.page(&page)))
}

pub async fn by_text(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    let body = pairs.one("body").to_owned();
    if pairs.only_again() {
        return answer(&view, all(&view, &session, body, Vec::new()).await.map(|page| view.page(&page)));
    }
    answer(&view, published(&view, &session, body).await)
}

pub async fn by_file(view: View, StaffMember(session): StaffMember, form: Result<Multipart, MultipartRejection>) -> Response {
    match file(form, MAX_BODY).await.and_then(|bytes| String::from_utf8(bytes).ok()) {
        Some(body) => answer(&view, published(&view, &session, body).await),
        None => {
            let wrong = vec![Wrong::new("file", view.t.s("wrong-framework-file"))];
            answer(&view, all(&view, &session, String::new(), wrong).await.map(|page| view.faulty(&page)))
        }
    }
}

async fn published(view: &View, session: &Session, body: String) -> Result<Response, Error> {
    let wrong = match view.site.service.publish_framework(session, &view.site.taxonomy, &body).await {
        Ok(id) => return Ok(to(url::staff_framework(id))),
        Err(NotPublished::Unfit(why)) => view.t.one("wrong-framework-unfit", "why", why),
        Err(NotPublished::NoOccupation) => view.t.s("wrong-framework-occupation"),
        Err(NotPublished::Outside(uri)) => {
            let concept = view.site.taxonomy.concept(&uri);
            let name = concept.and_then(|one| one.labels.get(view.t.lang.tag()).cloned()).unwrap_or(uri);
            view.t.one("wrong-framework-outside", "occupation", name)
        }
        Err(NotPublished::Stands) => view.t.s("wrong-framework-stands"),
        Err(NotPublished::Failed(Error::TooMany(_))) => view.t.s("wrong-framework-many"),
        Err(NotPublished::Failed(error)) => return Err(error),
    };
    Ok(view.faulty(&all(view, session, body, vec![Wrong::new("body", wrong)]).await?))
}

pub async fn one(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    answer(&view, find(&view, &session, id).await.map(|one| view.page(&shown(&view, &one))))
}

pub async fn ask_end(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    let found = find(&view, &session, id).await;
    answer(&view, found.map(|one| view.page(&Confirm::end_framework(view.t, id, &FrameworkRow::new(view.t, &one).name))))
}

pub async fn end(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    match view.site.service.end_framework(&session, &view.site.taxonomy, id).await {
        // Gone already is as good: two clicks, or two windows.
        Ok(()) | Err(Error::NotFound | Error::Gone) => to(url::STAFF_FRAMEWORKS),
        Err(error) => view.error(&error),
    }
}

async fn find(view: &View, session: &Session, id: Uuid) -> Result<Listed, Error> {
    let all = view.site.service.unit_frameworks(session, &view.site.taxonomy).await?;
    all.into_iter().find(|one| one.published.id == id).ok_or(Error::NotFound)
}

async fn all(view: &View, session: &Session, body: String, wrong: Vec<Wrong>) -> Result<FrameworksPage, Error> {
    let all = view.site.service.unit_frameworks(session, &view.site.taxonomy).await?;
    Ok(FrameworksPage { t: view.t, all: all.iter().map(|one| FrameworkRow::new(view.t, one)).collect(), body, wrong })
}

fn shown(view: &View, one: &Listed) -> FrameworkPage {
    let (t, framework) = (view.t, &one.published.framework);
    let lang = t.lang.tag();
    FrameworkPage {
        t,
        row: FrameworkRow::new(t, one),
        about: framework.about.get(lang).to_owned(),
        source: framework.source.get(lang).to_owned(),
        criteria: framework.criteria.iter().map(|one| (one.id.clone(), one.name.get(lang).to_owned())).collect(),
        body: one.body.clone(),
    }
}
