//! Staff ask people for a part of their map: on the screen at the desk, or on paper.

use std::collections::BTreeSet;

use axum::response::Response;
use chrono::NaiveDate;

use super::answer;
use crate::domain::consent::{Mode, Right};
use crate::domain::oauth::{Asked, Basis, DETAILS_TYPE};
use crate::domain::profile::{Kind, Section};
use crate::domain::recipient::RecipientKind;
use crate::http::StaffMember;
use crate::policy::Why;
use crate::store::organisation::UnitRow;
use crate::usecase::request::Sent;
use crate::usecase::{Error, Session};
use crate::web::page::form::{Choice, Wrong};
use crate::web::page::qr::Qr;
use crate::web::page::request::{RequestMade, SentRow, StaffRequests};
use crate::web::page::url;
use crate::web::pairs::Pairs;
use crate::web::sharing::Span;
use crate::web::view::View;

pub async fn list(view: View, StaffMember(session): StaffMember) -> Response {
    let shown = page(&view, &session, &Pairs(Vec::new()), Vec::new()).await;
    answer(&view, shown.map(|page| view.page(&page)))
}

/// Asks; the page with the short code comes once.
pub async fn ask(view: View, StaffMember(session): StaffMember, pairs: Pairs) -> Response {
    answer(&view, asked(&view, &session, &pairs).await)
}

async fn asked(view: &View, session: &Session, pairs: &Pairs) -> Result<Response, Error> {
    if pairs.only_again() {
        return Ok(view.page(&page(view, session, pairs, Vec::new()).await?));
    }
    let member = view.site.service.member(session).await?;
    let asked = match read(view, &member.unit, pairs) {
        Ok(asked) => asked,
        Err(wrong) => return Ok(view.faulty(&page(view, session, pairs, wrong).await?)),
    };
    let purpose = asked.purpose.clone();
    match view.site.service.ask_at_desk(session, asked).await {
        Ok((code, until)) => Ok(view.page(&made(view, &member.unit, &purpose, code, until))),
        Err(Error::Refused(refused)) if refused.why != Why::OpenFirst => {
            let wrong = vec![Wrong::new("section", view.t.s("wrong-requests-section"))];
            Ok(view.faulty(&page(view, session, pairs, wrong).await?))
        }
        Err(error) => Err(error),
    }
}

fn made(view: &View, unit: &UnitRow, purpose: &str, code: String, until: crate::domain::Timestamp) -> RequestMade {
    RequestMade {
        t: view.t,
        unit: unit.unit.name.clone(),
        organisation: unit.organisation.name.clone(),
        purpose: label(view, purpose),
        qr: Qr::of(&view.site.base.url(&url::request(&code))),
        address: view.site.base.url(url::REQUEST),
        code,
        until,
    }
}

/// What was typed, or what is wrong with it.
fn read(view: &View, unit: &UnitRow, pairs: &Pairs) -> Result<Asked, Vec<Wrong>> {
    let kind = view.site.service.catalogue.kind(&unit.unit.kind);
    let purpose = Some(pairs.one("purpose")).filter(|id| kind.is_some_and(|kind| kind.purposes.iter().any(|own| own == id)));
    let sections: BTreeSet<Section> = pairs.all("section").filter_map(Section::coded).collect();
    let (mode, basis) = (Mode::from_word(pairs.one("mode")), Basis::from_code(pairs.one("basis")));
    let until = kind.and_then(|kind| Span::new(kind, view.t.now, view.t.now).read(pairs.one("until")));
    let missing = [
        ("purpose", "wrong-requests-purpose", purpose.is_none()),
        ("section", "wrong-requests-section", sections.is_empty()),
        ("mode", "wrong-requests-mode", mode.is_none()),
        ("basis", "wrong-requests-basis", basis.is_none()),
        ("until", "wrong-requests-until", until.is_none()),
    ];
    let wrong = missing.into_iter().filter(|(.., is)| *is).map(|(id, key, _)| Wrong::new(id, view.t.s(key)));
    let wrong: Vec<Wrong> = wrong.collect();
    match (purpose, mode, basis, until) {
        (Some(purpose), Some(mode), Some(legal_basis), Some(until)) if wrong.is_empty() => Ok(Asked {
            kind: DETAILS_TYPE.to_owned(),
            unit: unit.unit.id,
            purpose: purpose.to_owned(),
            sections,
            entries: BTreeSet::new(),
            actions: [Right::Read].into(),
            mode,
            legal_basis,
            until,
        }),
        _ => Err(wrong),
    }
}

async fn page(view: &View, session: &Session, pairs: &Pairs, wrong: Vec<Wrong>) -> Result<StaffRequests, Error> {
    let (t, service) = (view.t, &view.site.service);
    let (member, sent) = service.asked_at_desk(session).await?;
    let kind = service.catalogue.kind(&member.unit.unit.kind).ok_or(Error::NotFound)?;
    let chosen: BTreeSet<Section> = pairs.all("section").filter_map(Section::coded).collect();
    let purposes = kind.purposes.iter().map(|id| Choice::new(id, label(view, id), pairs.one("purpose") == id));
    let basis = |basis: Basis| Choice::new(basis.code(), t.s(stated_by_staff(basis)), pairs.one("basis") == basis.code());
    Ok(StaffRequests {
        t,
        unit: member.unit.unit.name,
        organisation: member.unit.organisation.name,
        purposes: purposes.collect(),
        sections: offered(kind).into_iter().map(|section| (section, chosen.contains(&section))).collect(),
        bases: Basis::ALL.map(basis).into(),
        mode: Mode::from_word(pairs.one("mode")),
        until: pairs.one("until").parse::<NaiveDate>().map(|day| day.to_string()).unwrap_or_default(),
        latest: Span::new(kind, t.now, t.now).latest(t),
        sent: sent.into_iter().map(|one| row(view, one)).collect(),
        wrong,
    })
}

/// The words for a legal basis to those who have it; [`crate::web::request::basis_key`] has those for the person who is asked.
const fn stated_by_staff(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "requests-basis-6-1-a",
        Basis::Contract => "requests-basis-6-1-b",
        Basis::LegalDuty => "requests-basis-6-1-c",
        Basis::PublicTask => "requests-basis-6-1-e",
        Basis::LegitimateInterest => "requests-basis-6-1-f",
    }
}

/// The sections of which the unit may be given anything at all.
fn offered(kind: &RecipientKind) -> Vec<Section> {
    let may = |entry: Kind| kind.allowed.contains(&entry) && !entry.never_shared();
    Section::ALL.into_iter().filter(|section| section.kinds().any(may)).collect()
}

fn row(view: &View, sent: Sent) -> SentRow {
    let purpose = sent.asked.map(|asked| label(view, &asked.purpose));
    SentRow { purpose, created: sent.created, until: sent.until, given: sent.given, over: sent.until <= view.t.now }
}

fn label(view: &View, purpose: &str) -> String {
    let found = view.site.service.catalogue.purpose(purpose);
    found.map(|purpose| purpose.label.get(view.t.lang.tag()).to_owned()).unwrap_or_default()
}
