//! Many at once: the file, its faults, how far it has come, and the codes on paper and as a file.

use axum::extract::RawQuery;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{at, claim_link, file, waits_until, worded};
use crate::domain::issuing::{FileFault, MOST_FILE_BYTES, MOST_ROWS};
use crate::http::StaffMember;
use crate::usecase::assessment::NotIssued;
use crate::usecase::batch::NotRead;
use crate::usecase::{Error, Session};
use crate::web::page::form::Wrong;
use crate::web::page::issuing::{BatchPage, BatchSheet, BatchesPage, Fault, Printed, slip};
use crate::web::page::qr::Qr;
use crate::web::page::url;
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::staff::answer;
use crate::web::view::{View, to};

pub async fn list(view: View, StaffMember(session): StaffMember) -> Response {
    answer(&view, all(&view, &session, Vec::new(), 0, Vec::new()).await.map(|page| view.page(&page)))
}

pub async fn bring(view: View, StaffMember(session): StaffMember, form: Result<Multipart, MultipartRejection>) -> Response {
    // What is longer is not read at all, and told as too large.
    let bytes = file(form, MOST_FILE_BYTES).await.unwrap_or_else(|| vec![0; MOST_FILE_BYTES + 1]);
    answer(&view, brought(&view, &session, &bytes).await)
}

async fn brought(view: &View, session: &Session, bytes: &[u8]) -> Result<Response, Error> {
    let (faults, rows, wrong) = match view.site.service.read_file(session, at(view), bytes).await {
        Ok(id) => return Ok(to(url::staff_batch(id))),
        Err(NotRead::File(fault)) => (Vec::new(), 0, said(view, &fault)),
        Err(NotRead::Lines { rows, slips }) => {
            let fault =
                |one: crate::usecase::batch::LineSlip| Fault { line: one.line, field: one.field, text: slip(view.t, one.slip) };
            (slips.into_iter().map(fault).collect(), rows, view.t.s("wrong-batch-lines"))
        }
        Err(NotRead::Failed(NotIssued::NoScope)) => (Vec::new(), 0, view.t.s("issuing-no-scope")),
        Err(NotRead::Failed(NotIssued::Failed(Error::TooMany(_)))) => (Vec::new(), 0, view.t.s("wrong-batch-many-files")),
        Err(NotRead::Failed(NotIssued::Failed(error))) => return Err(error),
        Err(NotRead::Failed(NotIssued::NoKey | NotIssued::Slips(_))) => (Vec::new(), 0, view.t.s("issuing-no-key")),
    };
    Ok(view.faulty(&all(view, session, faults, rows, vec![Wrong::new("file", wrong)]).await?))
}

fn said(view: &View, fault: &FileFault) -> String {
    let t = view.t;
    match fault {
        FileFault::Empty => t.s("wrong-batch-empty"),
        FileFault::TooLarge => t.s("wrong-batch-large"),
        FileFault::Encoding => t.s("wrong-batch-encoding"),
        FileFault::Lacks(column) => t.one("wrong-batch-lacks", "column", *column),
        FileFault::Column(column) => t.one("wrong-batch-column", "column", column),
        FileFault::TooMany => t.count("wrong-batch-rows", MOST_ROWS),
        FileFault::Fields { line } => t.one("wrong-batch-fields", "line", line.to_string()),
    }
}

pub async fn one(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    let found = page(&view, &session, id, String::new(), Vec::new()).await;
    answer(&view, found.map(|page| view.page(&page)))
}

pub async fn begin(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    let done = view.site.service.begin_batch(&session, at(&view), id).await;
    answer(&view, after(&view, &session, id, done, String::new()).await)
}

pub async fn approve(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    let done = view.site.service.approve_batch(&session, at(&view), id).await;
    answer(&view, after(&view, &session, id, done, String::new()).await)
}

pub async fn send_back(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>, pairs: Pairs) -> Response {
    let word = pairs.one("word").to_owned();
    if pairs.only_again() {
        let found = page(&view, &session, id, word, Vec::new()).await;
        return answer(&view, found.map(|page| view.page(&page)));
    }
    let done = view.site.service.send_batch_back(&session, at(&view), id, &word).await;
    answer(&view, after(&view, &session, id, done, word).await)
}

/// Some more of it; the page says how far it has come, and goes on.
pub async fn go_on(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    let done = match view.site.service.go_on(&session, at(&view), id).await {
        // Another window has brought it to its end.
        Err(NotIssued::Failed(Error::Gone)) => Ok(()),
        done => done.map(drop_row),
    };
    answer(&view, after(&view, &session, id, done, String::new()).await)
}

fn drop_row(_: crate::store::batch::BatchRow) {}

pub async fn printed(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    answer(&view, view.site.service.batch_printed(&session, id).await.map(|()| to(url::staff_batch(id))))
}

pub async fn drop(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    match view.site.service.drop_batch(&session, id).await {
        Ok(()) | Err(Error::NotFound) => to(url::STAFF_BATCHES),
        Err(error) => view.error(&error),
    }
}

pub async fn sheet(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>, RawQuery(query): RawQuery) -> Response {
    let from = query.as_deref().and_then(|query| query.strip_prefix("from=")).and_then(|from| from.parse().ok());
    answer(&view, on_paper(&view, &session, id, from.unwrap_or(0)).await.map(|page| view.page(&page)))
}

/// Label, code and link of each row (RFC 4180). A sign that a spreadsheet would take for a formula is set in quotes by a leading one.
pub async fn codes(view: View, StaffMember(session): StaffMember, Path(id): Path<Uuid>) -> Response {
    answer(&view, as_file(&view, &session, id).await)
}

async fn as_file(view: &View, session: &Session, id: Uuid) -> Result<Response, Error> {
    let all = view.site.service.batch_codes(session, id, 0, MOST_ROWS).await?;
    let mut out = csv::Writer::from_writer(Vec::new());
    let plain = |text: &str| if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    let head = out.write_record(["label", "code", "link"]);
    let rows = all.iter().map(|one| (plain(&one.label), one.code.printed(), claim_link(view, &one.code)));
    let written = rows.map(|(label, code, link)| out.write_record([label.as_str(), code.as_str(), link.as_str()]));
    let whole = head.and_then(|()| written.collect::<Result<(), _>>());
    let bytes = whole.ok().and_then(|()| out.into_inner().ok()).ok_or(Error::Unopened)?;
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"codes.csv\"")];
    Ok((headers, bytes).into_response())
}

async fn on_paper(view: &View, session: &Session, id: Uuid, from: usize) -> Result<BatchSheet, Error> {
    let service = &view.site.service;
    let all = service.batch_codes(session, id, from, BatchSheet::MOST).await?;
    let batch = service.batch(session, id).await?;
    let member = service.member(session).await?;
    let printed = |one: crate::usecase::batch::Labelled| Printed {
        label: one.label,
        qr: Qr::of(&claim_link(view, &one.code)),
        code: one.code.printed().as_str().to_owned(),
    };
    // The earliest end of any of them: none waits for less.
    let ends = batch.body.rows.iter().filter_map(|row| row.until).min();
    Ok(BatchSheet {
        t: view.t,
        id,
        organisation: member.unit.organisation.name,
        address: view.site.base.url(url::OFFER),
        until: waits_until(view, ends),
        all: all.into_iter().map(printed).collect(),
    })
}

async fn after(view: &View, session: &Session, id: Uuid, done: Result<(), NotIssued>, word: String) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(to(url::staff_batch(id))),
        Err(fault) => {
            let wrong = worded(view, fault)?;
            Ok(view.faulty(&page(view, session, id, word, wrong).await?))
        }
    }
}

async fn page(view: &View, session: &Session, id: Uuid, word: String, wrong: Vec<Wrong>) -> Result<BatchPage, Error> {
    Ok(BatchPage { t: view.t, batch: view.site.service.batch(session, id).await?, word, wrong })
}

async fn all(view: &View, session: &Session, faults: Vec<Fault>, rows: usize, wrong: Vec<Wrong>) -> Result<BatchesPage, Error> {
    Ok(BatchesPage { t: view.t, all: view.site.service.batches(session).await?, faults, rows, wrong })
}
