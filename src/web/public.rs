//! Pages that anyone may see.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, Uri};
use axum::response::Response;

use super::page::form::Wrong;
use super::page::public::{Accessibility, Contact, Demo, Help, Issuer, Persona, PersonalData, Plain, Start};
use super::page::shown::Worded;
use super::page::{Notice, url};
use super::sent::{Form, LONG_FORM};
use super::view::View;
use crate::http::remote::Remote;
use crate::http::route::{get, post};
use crate::http::{Contacts, Persona as Someone, Site};
use crate::usecase::Error;

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::START, get(start))
        .route(url::DEMO, get(demo))
        .route(url::HELP, get(help))
        .route(url::PERSONAL_DATA, get(personal_data))
        .route(url::ACCESSIBILITY, get(accessibility))
        .route(url::ACCESSIBILITY_REPORT, post(report).layer(DefaultBodyLimit::max(LONG_FORM)))
        .fallback(not_found)
}

async fn start(mut view: View, uri: Uri) -> Response {
    let organisations = match view.site.service.organisations_alone().await {
        Ok(all) => all,
        Err(error) => return view.error(&error),
    };
    let notice = match uri.query() {
        Some("signed-out") => Some("notice-signed-out"),
        Some("kept") => Some("notice-kept"),
        Some("kept-at-work") => Some("notice-kept-at-work"),
        _ => None,
    };
    view.notice = notice.map(|key| Notice { text: view.t.s(key), warning: false });
    let known = |id: &str| view.site.login.issuers().any(|issuer| issuer.id == id);
    let mut staff: BTreeMap<String, String> = BTreeMap::new();
    for organisation in organisations.iter().filter(|organisation| known(&organisation.issuer)) {
        let names = staff.entry(organisation.issuer.clone()).or_default();
        let join = if names.is_empty() { "" } else { ", " };
        *names = format!("{names}{join}{}", organisation.name);
    }
    let person = Issuer { id: view.site.participants_issuer.clone(), name: view.t.s(view_issuer(&view)) };
    view.page(&Start {
        t: view.t,
        person_issuers: vec![person],
        staff_issuers: staff.into_iter().map(|(id, name)| Issuer { id, name }).collect(),
        person_signed_in: view.person.is_some(),
        staff_signed_in: view.staff.is_some(),
        demo: view.site.is_demo(),
    })
}

fn view_issuer(view: &View) -> &'static str {
    if view.site.is_demo() { "demo-idp-title" } else { "issuer-people" }
}

async fn demo(view: View) -> Response {
    if !view.site.is_demo() {
        return view.not_found();
    }
    let about = |one: &Someone| {
        let (text, lang) = one.about.said(view.t.lang.tag());
        Worded::of(text, lang, view.t)
    };
    let shown = |one: &Someone, issuer: &str| Persona {
        id: one.subject.clone(),
        issuer: issuer.to_owned(),
        name: one.name.clone(),
        about: about(one),
        passphrase: one.passphrase.clone(),
        role: one.role.map(|role| view.t.s(format!("role-{}", role.word()))),
        link: one.link.clone(),
    };
    let persons = view.site.personas.iter().filter(|one| one.unit.is_none()).map(|one| shown(one, &one.issuer)).collect();
    let mut units: Vec<(String, Vec<Persona>)> = Vec::new();
    for one in &view.site.personas {
        let Some((organisation, unit)) = &one.unit else { continue };
        let name = format!("{organisation}, {unit}");
        match units.last_mut().filter(|(last, _)| *last == name) {
            Some((_, staff)) => staff.push(shown(one, &one.issuer)),
            None => units.push((name, vec![shown(one, &one.issuer)])),
        }
    }
    view.page(&Demo { t: view.t, persons, units, offer: view.site.offer.clone() })
}

async fn help(view: View) -> Response {
    view.page(&Help { t: view.t, contact: contact(&view) })
}

async fn personal_data(view: View) -> Response {
    view.page(&PersonalData { t: view.t, contact: contact(&view) })
}

async fn accessibility(view: View) -> Response {
    view.page(&statement(&view, &BTreeMap::new(), Vec::new()))
}

/// Reports from one address within five minutes: the operator's room for them is bounded, and one caller must not fill it.
const MOST_REPORTS: usize = 5;

/// Takes a report in. It is sealed to nobody's account: what someone writes here goes to the operator, and the page says so.
async fn report(view: View, Remote(address): Remote, Form(fields): Form<BTreeMap<String, String>>) -> Response {
    let what = fields.get("what").map_or("", |text| text.trim());
    if fields.contains_key("language") {
        return view.page(&statement(&view, &fields, Vec::new()));
    }
    let long = fields.values().any(|text| text.chars().count() > 2000);
    if what.is_empty() || long {
        let wrong = Wrong::new("what", view.t.s(if long { "wrong-report-long" } else { "wrong-report" }));
        return view.faulty(&statement(&view, &fields, vec![wrong]));
    }
    let key = view.site.service.keys.address(&format!("report {address}")).0;
    if let Err(seconds) = view.site.tries.count(key, MOST_REPORTS, view.t.now) {
        return view.error(&Error::TooOften(seconds));
    }
    let part = |name| fields.get(name).cloned().unwrap_or_default();
    match view.site.service.report_barrier(what, &part("page"), &part("answer")).await {
        Ok(()) => view.page(&Plain::report_thanks(view.t)),
        Err(error) => view.error(&error),
    }
}

async fn not_found(view: View) -> Response {
    view.with_status(StatusCode::NOT_FOUND, &Plain::not_found(view.t))
}

fn statement(view: &View, fields: &BTreeMap<String, String>, wrong: Vec<Wrong>) -> Accessibility {
    let part = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let (what, page, answer) = (part("what"), part("page"), part("answer"));
    Accessibility { t: view.t, contact: contact(view), open: view.site.service.takes_reports(), what, page, answer, wrong }
}

fn contact(view: &View) -> Contact {
    let Contacts { controller, number, address, email, phone, data_protection_officer } = view.site.contacts.clone();
    Contact {
        controller: if controller.is_empty() { view.t.s("contact-none") } else { controller },
        number,
        address,
        email,
        phone,
        officer: data_protection_officer,
        authority: view.t.s("authority-name"),
        authority_contact: view.t.s("authority-contact"),
    }
}
