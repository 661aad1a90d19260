//! Samples of what anyone may see.

use super::super::form::Wrong;
use super::super::public::{Accessibility, Contact, Demo, ErrorPage, Help, Issuer, Persona, PersonalData, Plain, SignedOut, Start};
use super::super::reference::{Description, Group, Line, Operation, Reference, Shape};
use super::super::shown::Worded;
use super::Pages;

pub(super) fn contact() -> Contact {
    Contact {
        controller: "Exempelmyndigheten".into(),
        number: "202100-0000".into(),
        address: "Box 1, 111 11 Stockholm".into(),
        email: "hej@example.org".into(),
        phone: "0771-00 00 00".into(),
        officer: "dataskydd@example.org".into(),
        authority: "Integritetsskyddsmyndigheten (IMY)".into(),
        authority_contact: "imy@imy.se, 08-657 61 00".into(),
    }
}

fn reference() -> Description {
    let line = |name: &str, kind: &str, shape: Option<&str>| Line {
        name: name.into(),
        kind: kind.into(),
        shape: shape.map(str::to_owned),
        about: "What it means".into(),
    };
    let operation = |method: &str, path: &str, door: Option<&str>, body: Option<&str>| Operation {
        method: method.into(),
        path: path.into(),
        summary: "Read what a consent gives".into(),
        about: "Every read is an event.".into(),
        doors: door.into_iter().map(str::to_owned).collect(),
        parameters: vec![line("If-None-Match", "string", None)],
        body: body.map(str::to_owned),
        sample: body.map(|_| r#"{"lang":"sv"}"#.to_owned()),
        answers: vec![line("200", "", Some("Disclosure")), line("401", "", None)],
    };
    let operations = vec![
        operation("GET", "/api/v1/disclosure", Some("token"), None),
        operation("POST", "/api/v1/entries", None, Some("Disclosure")),
    ];
    Description {
        about: "One mapping that its person owns.".into(),
        groups: vec![Group { name: "Recipients".into(), operations }],
        always: vec![line("500", "", Some("Disclosure"))],
        shapes: vec![Shape {
            name: "Disclosure".into(),
            about: "What is given".into(),
            fields: vec![line("consent", "string (uuid)", None)],
        }],
    }
}

pub(super) fn public(pages: &mut Pages) {
    let t = pages.t;
    let (origin, document) = ("https://egenkarta.example".to_owned(), "/api/v1/openapi.json");
    pages.add("reference", &Reference { t, origin, document, description: &reference() });
    let issuer = |name: &str| Issuer { id: "demo".into(), name: name.into() };
    let start = |signed, demo| Start {
        t,
        person_issuers: vec![issuer("Demo-legitimation")],
        staff_issuers: vec![issuer("Demo-tjänstekort")],
        person_signed_in: signed,
        staff_signed_in: signed,
        demo,
    };
    pages.add("start", &start(false, true));
    pages.add("start-signed-in", &start(true, false));
    let persona = |name: &str, role: Option<&str>, passphrase: Option<&str>| Persona {
        id: name.to_lowercase(),
        issuer: "demo".into(),
        name: name.into(),
        about: Worded::of("Har två delningar och kan sluta dela.", "sv", t),
        passphrase: passphrase.map(str::to_owned),
        role: role.map(str::to_owned),
        link: role.is_none().then(|| "https://egenkarta.example/l/0#abc".into()),
    };
    let words = "solig krona måne fjäril tackla ö";
    pages.add(
        "demo",
        &Demo {
            t,
            persons: vec![persona("Amal Haddad", None, Some(words)), persona("Bo Berg", None, None)],
            offer: Some("7Q2K-M9XA-4TRW-0HVC-8NPE-3JYS-B6DG".into()),
            units: vec![(
                "Arbetsmarknadsenheten, Vetlanda kommun".into(),
                vec![persona("Karin Ek", Some("administratör"), Some(words)), persona("Nils Öberg", Some("läsare"), Some(words))],
            )],
        },
    );
    pages.add("help", &Help { t, contact: contact() });
    pages.add("personal-data", &PersonalData { t, contact: contact() });
    let report = |what: &str, wrong: Vec<Wrong>| Accessibility {
        open: what != "closed",
        t,
        contact: contact(),
        what: what.into(),
        page: String::new(),
        answer: String::new(),
        wrong,
    };
    pages.add("accessibility", &report("", vec![]));
    pages.add("accessibility-wrong", &report("", vec![Wrong::new("what", t.s("wrong-report"))]));
    pages.add("accessibility-closed", &report("closed", vec![]));
    pages.add("report-thanks", &Plain::report_thanks(t));
    for (name, left) in [("signed-out", None), ("signed-out-staff-left", Some(true)), ("signed-out-person-left", Some(false))] {
        pages.add(name, &SignedOut { t, left });
    }
    pages.add("not-found", &Plain::not_found(t));
    for key in
        ["bad-request", "forbidden", "too-large", "too-fast", "conflict", "internal", "busy", "origin", "session-ended", "login"]
    {
        pages.add(&format!("error-{key}"), &ErrorPage::of(t, key, (key == "internal").then(|| "7f3a-92c1".into())));
    }
}
