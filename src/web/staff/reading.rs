//! One consent: what it is, the case it is read for, and what it lets out. The read is an event, hence POST.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{answer, row};
use crate::domain::ConsentId;
use crate::domain::consent::{Mode, State};
use crate::domain::credential::Found;
use crate::domain::outline::Outline;
use crate::domain::profile::Fault;
use crate::http::{StaffMember, download};
use crate::policy::Why;
use crate::store::organisation::UnitRow;
use crate::usecase::disclosure::Disclosed;
use crate::usecase::file::Fetched;
use crate::usecase::inbox::Received;
use crate::usecase::{Error, Session};
use crate::web::contents::{Sharing, contents, in_scope};
use crate::web::page::confirm::Confirm;
use crate::web::page::file::Fetch;
use crate::web::page::form::{Choice, Wrong};
use crate::web::page::inbox::InboxRow;
use crate::web::page::outline::{Filled, Looked};
use crate::web::page::public::{ErrorPage, Plain};
use crate::web::page::reading::{ReadingPage, StaffConsent};
use crate::web::page::{Place, url};
use crate::web::receipt::file;
use crate::web::sent::{Form, Path};
use crate::web::view::{View, to};

#[derive(Deserialize)]
pub struct Stated {
    #[serde(default)]
    case: String,
    /// The outline to read in; empty for the profile's own sections.
    #[serde(default)]
    order: String,
    /// The form came back in another language: it is shown again, and nothing is read.
    language: Option<String>,
}

pub async fn consent(view: View, StaffMember(session): StaffMember, Path(id): Path<String>) -> Response {
    let shown = show(&view, &session, &id).await;
    here_or_elsewhere(&view, &session, (&id, None), shown).await
}

/// The reading page's address, asked for without stating the case: back to where it is stated.
pub async fn back(view: View, StaffMember(_): StaffMember, Path(id): Path<String>) -> Response {
    match id.parse::<ConsentId>() {
        Ok(id) => to(url::staff_consent(id)),
        Err(_) => view.not_found(),
    }
}

pub async fn read(view: View, StaffMember(session): StaffMember, Path(id): Path<String>, Form(stated): Form<Stated>) -> Response {
    let read = read_for(&view, &session, &id, &stated).await;
    here_or_elsewhere(&view, &session, (&id, Some(&stated)), read).await
}

/// The signed copy, as a file to keep in the case.
pub async fn copy(view: View, StaffMember(session): StaffMember, Path(id): Path<String>, Form(stated): Form<Stated>) -> Response {
    let copied = copy_for(&view, &session, &id, &stated).await;
    here_or_elsewhere(&view, &session, (&id, Some(&stated)), copied).await
}

/// Whoever belongs to several units may have begun to work at another one in another tab: they are told so, and what they typed goes along.
pub(super) async fn here_or_elsewhere(
    view: &View,
    session: &Session,
    (id, stated): (&str, Option<&Stated>),
    here: Result<Response, Error>,
) -> Response {
    let (Err(error), Ok(consent)) = (&here, id.parse::<ConsentId>()) else { return answer(view, here) };
    // At the other unit they may be allowed less.
    let nothing_here = matches!(error, Error::NotFound) || matches!(error, Error::Refused(refused) if refused.why == Why::Never);
    if !nothing_here {
        return answer(view, here);
    }
    let elsewhere = view.site.service.given_elsewhere(session, consent).await;
    match elsewhere {
        Ok(Some(unit)) => {
            let now = view.site.service.member(session).await.map(|member| member.unit.unit.name);
            answer(view, now.map(|now| view.conflict_once(&at_another(view, &now, &unit, (consent, stated)))))
        }
        Ok(None) => answer(view, here),
        Err(error) => view.error(&error),
    }
}

fn at_another(view: &View, now: &str, unit: &UnitRow, (consent, stated): (ConsentId, Option<&Stated>)) -> Confirm {
    let (t, name) = (view.t, unit.unit.name.as_str());
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut hidden = vec![field("unit", &unit.unit.id.to_string()), field("consent", &consent.to_string())];
    if let Some(Stated { case, order, .. }) = stated {
        // Shown again and not done: whoever comes to another unit sees first what it is.
        hidden.extend([field("case", case), field("order", order), field("language", t.lang.tag())]);
    }
    Confirm {
        t,
        place: Place::Inbox,
        question: t.one("elsewhere-title", "unit", name),
        meaning: vec![t.one("elsewhere-lead", "now", now)],
        action: url::STAFF_UNIT_CHOOSE.to_owned(),
        yes: t.one("elsewhere-go", "unit", name),
        ends: false,
        back: url::STAFF_INBOX.to_owned(),
        hidden,
    }
}

/// The file of one document. It is an event of its own, hence POST.
pub async fn document(
    view: View,
    StaffMember(session): StaffMember,
    Path((id, alias)): Path<(String, String)>,
    Form(stated): Form<Stated>,
) -> Response {
    let fetched = document_for(&view, &session, (&id, &alias), &stated).await;
    here_or_elsewhere(&view, &session, (&id, Some(&stated)), fetched).await
}

async fn document_for(view: &View, session: &Session, (id, alias): (&str, &str), stated: &Stated) -> Result<Response, Error> {
    let alias = hex::decode(alias).ok().and_then(|alias| alias.try_into().ok()).ok_or(Error::NotFound)?;
    let (id, _, row) = match filed(view, session, id, stated).await? {
        Ok(filed) => filed,
        Err(form) => return Ok(form),
    };
    match view.site.service.file_by_staff(session, id, alias).await {
        Ok(Fetched { media, title, bytes }) => Ok(download::answer(media, &title, bytes.to_vec())),
        Err(Error::Gone) => Ok(ended(view, &row)),
        Err(Error::Refused(refused)) if refused.why == Why::Ended => Ok(ended(view, &row)),
        Err(error) => Err(error),
    }
}

/// The unit's receipt; also of what has ended.
pub async fn receipt(view: View, StaffMember(session): StaffMember, Path(id): Path<String>) -> Response {
    let Ok(consent) = id.parse::<ConsentId>() else { return view.not_found() };
    let receipt = view.site.service.unit_receipt(&session, consent, &view.site.publisher()).await;
    here_or_elsewhere(&view, &session, (&id, None), receipt.map(|receipt| file("kvitto", receipt))).await
}

async fn show(view: &View, session: &Session, id: &str) -> Result<Response, Error> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let (member, received) = view.site.service.in_inbox(session, id).await?;
    let case = received.case.clone().unwrap_or_default();
    let orders = orders(view, &member.unit.unit.kind, "");
    let row = row(view, received);
    if row.state != State::Given {
        return Ok(ended(view, &row));
    }
    Ok(view.page(&form(view, row, case, orders, Vec::new())))
}

async fn read_for(view: &View, session: &Session, id: &str, stated: &Stated) -> Result<Response, Error> {
    let service = &view.site.service;
    let (id, reader, row) = match filed(view, session, id, stated).await? {
        Ok(filed) => filed,
        Err(form) => return Ok(form),
    };
    match service.read_by_staff(session, id).await {
        Ok((received, disclosed)) => {
            let found = view.site.found_each(disclosed.entries.iter().map(|held| &held.entry).collect()).await;
            let mut page = page(view, &received, (&disclosed, &found), reader);
            page.contents.outline = in_order(view, &disclosed.unit.unit.kind, &stated.order, &disclosed, &found);
            Ok(view.page(&page))
        }
        Err(Error::Gone) => Ok(ended(view, &row)),
        Err(Error::Refused(refused)) if refused.why == Why::Ended => Ok(ended(view, &row)),
        Err(error) => Err(error),
    }
}

async fn copy_for(view: &View, session: &Session, id: &str, stated: &Stated) -> Result<Response, Error> {
    let (id, _, row) = match filed(view, session, id, stated).await? {
        Ok(filed) => filed,
        Err(form) => return Ok(form),
    };
    match view.site.service.copy_by_staff(session, id, view.site.outside()).await {
        Ok(copy) => {
            let name = format!("attachment; filename=\"egenkarta-{}.jws\"", copy.code);
            Ok(([(CONTENT_TYPE, "application/jose".to_owned()), (CONTENT_DISPOSITION, name)], copy.jws).into_response())
        }
        Err(Error::Gone) => Ok(ended(view, &row)),
        Err(Error::Refused(refused)) if refused.why == Why::Ended => Ok(ended(view, &row)),
        Err(Error::Refused(refused)) if refused.why == Why::AboveCeiling && row.mode == Mode::View => {
            Ok(view.with_status(StatusCode::FORBIDDEN, &ErrorPage::of(view.t, "view-only", None)))
        }
        Err(error) => Err(error),
    }
}

/// The consent filed under the case that was stated, with the reader's name; or the form, where it must be filled in first.
async fn filed(
    view: &View,
    session: &Session,
    id: &str,
    stated: &Stated,
) -> Result<Result<(ConsentId, String, InboxRow), Response>, Error> {
    let service = &view.site.service;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let (member, received) = service.in_inbox(session, id).await?;
    let before = received.case.clone();
    let row = row(view, received);
    let case = stated.case.trim();
    let kind = member.unit.unit.kind.clone();
    let orders = || orders(view, &kind, &stated.order);
    if stated.language.is_some() {
        return Ok(Err(view.page(&form(view, row, case.to_owned(), orders(), Vec::new()))));
    }
    // An ended one is tried all the same: that a unit went on trying is the person's to know.
    if before.as_deref() != Some(case) && row.state == State::Given {
        match service.state_case(session, id, case).await {
            Err(Error::Faults(faults)) => {
                let wrong = faults.iter().map(|(_, fault)| wrong_case(view, fault)).collect();
                return Ok(Err(view.faulty(&form(view, row, case.to_owned(), orders(), wrong))));
            }
            stated => stated?,
        }
    }
    Ok(Ok((id, member.name, row)))
}

fn wrong_case(view: &View, fault: &Fault) -> Wrong {
    let text = match fault {
        Fault::TooLong { max } => view.t.one("wrong-case-long", "max", max),
        Fault::Personal => view.t.s("wrong-case-personal"),
        _ => view.t.s("wrong-case"),
    };
    Wrong::new("case", text)
}

fn form(view: &View, row: InboxRow, case: String, orders: Vec<Choice>, wrong: Vec<Wrong>) -> StaffConsent {
    let InboxRow { consent, code, name, purpose, mode, until, .. } = row;
    StaffConsent { t: view.t, consent, code, name, purpose, mode, until, case, orders, wrong }
}

/// The outlines of the mappings that a kind of recipient makes. None to whom something is hidden until opened: an outline hides nothing.
fn outlines<'a>(view: &'a View, kind: &'a str) -> impl Iterator<Item = &'a Outline> {
    let hides = view.site.service.catalogue.kind(kind).is_none_or(|kind| !kind.hidden_until_opened.is_empty());
    view.site.outlines.all().iter().filter(move |outline| !hides && outline.recipients.iter().any(|one| one == kind))
}

fn orders(view: &View, kind: &str, chosen: &str) -> Vec<Choice> {
    let lang = view.t.lang.tag();
    outlines(view, kind).map(|outline| Choice::new(&outline.id, outline.title.get(lang), outline.id == chosen)).collect()
}

/// What the consent lets out, and nothing else, in the order of the outline that was chosen.
fn in_order(view: &View, kind: &str, chosen: &str, disclosed: &Disclosed, found: &[Option<Found>]) -> Option<Filled> {
    let looked = disclosed.entries.iter().zip(found).map(|(held, found)| (&held.entry, found.as_ref()));
    let entries: Vec<Looked<'_>> = looked.collect();
    outlines(view, kind).find(|outline| outline.id == chosen).map(|outline| Filled::new(view.t, outline, &entries, true))
}

fn page(view: &View, received: &Received, (disclosed, found): (&Disclosed, &[Option<Found>]), reader: String) -> ReadingPage {
    let recipient = &disclosed.unit.unit.kind;
    let sharing = Sharing { terms: &disclosed.terms, recipient, code: &disclosed.code, level: 2 };
    let entries = in_scope(disclosed, found);
    let case = received.case.clone().unwrap_or_default();
    let mut contents = contents(view.t, &view.site.service.catalogue, &sharing, entries);
    contents.fetch = Some(Fetch { action: url::staff_files(disclosed.terms.consent), case: case.clone() });
    ReadingPage {
        t: view.t,
        consent: disclosed.terms.consent,
        contents,
        case,
        reader,
        unit: disclosed.unit.unit.name.clone(),
        at: disclosed.at,
    }
}

/// The unit's own inbox may say that it has ended, and when.
fn ended(view: &View, row: &InboxRow) -> Response {
    let mut page = Plain::of(view.t, Place::Inbox, "sharing-ended", url::STAFF_INBOX, "to-inbox");
    let how = row.ended(view.t);
    if !how.is_empty() {
        page.sentences.insert(0, how);
    }
    view.with_status(StatusCode::GONE, &page)
}
