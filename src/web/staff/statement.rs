//! What the unit states, to everyone it asks, of what it does with what it reads: written by its administrators.

use axum::extract::RawQuery;
use axum::response::Response;

use super::answer;
use crate::domain::statement::Typed;
use crate::http::StaffMember;
use crate::usecase::{Error, Session};
use crate::web::page::form::Wrong;
use crate::web::page::statement::{StatementPage, rows};
use crate::web::page::{Notice, url};
use crate::web::pairs::Pairs;
use crate::web::view::{View, to};

const DONE: &str = "statement";

pub async fn show(mut view: View, StaffMember(session): StaffMember, RawQuery(query): RawQuery) -> Response {
    let done = query.as_deref() == Some(DONE);
    view.notice = done.then(|| Notice { text: view.t.s(format!("unit-done-{DONE}")), warning: false });
    answer(&view, page(&view, &session, None, Vec::new()).await.map(|page| view.page(&page)))
}

pub async fn set(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    answer(&view, kept(&view, &session, &pairs).await)
}

async fn kept(view: &View, session: &Session, pairs: &Pairs) -> Result<Response, Error> {
    let typed = typed(pairs);
    if pairs.only_again() {
        return Ok(view.page(&page(view, session, Some(typed), Vec::new()).await?));
    }
    match view.site.service.state(session, &typed).await {
        Ok(()) => Ok(to(format!("{}?{DONE}", url::STAFF_STATEMENT))),
        Err(Error::Faults(faults)) => {
            let wrong = faults.iter().map(|(field, _)| Wrong::new(field, view.t.s(key(field)))).collect();
            Ok(view.faulty(&page(view, session, Some(typed), wrong).await?))
        }
        Err(error) => Err(error),
    }
}

fn typed(pairs: &Pairs) -> Typed {
    let one = |name| pairs.one(name).to_owned();
    Typed {
        readers: one("readers"),
        automated: one("automated"),
        automated_how: one("automated_how"),
        transfers: one("transfers"),
        transfers_where: one("transfers_where"),
    }
}

fn key(field: &str) -> &'static str {
    match field {
        "readers" => "wrong-statement-readers",
        "automated" | "transfers" => "wrong-statement-answer",
        _ => "wrong-statement-words",
    }
}

async fn page(view: &View, session: &Session, typed: Option<Typed>, wrong: Vec<Wrong>) -> Result<StatementPage, Error> {
    let (_, stated) = view.site.service.statement(session).await?;
    let now = stated.as_ref().map(|stated| (stated.since, rows(view.t, Some(stated))));
    let typed = typed.or_else(|| stated.as_ref().map(Typed::of)).unwrap_or_default();
    Ok(StatementPage { t: view.t, now, typed, wrong })
}
