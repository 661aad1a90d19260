//! `/staff/unit/statement`, `/api/v1/unit/statement`, `/api/v1/units/{id}/statement`, and what the pages before a yes say of it.

use axum::http::{Method, StatusCode};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::web::page::url;
use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, TestUnit, asked, skill};
use crate::support::{TestApp, on_both};

const OWN: &str = "/api/v1/unit/statement";

async fn world(app: &TestApp) -> (Owner, TestUnit, Actor, Actor) {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    app.add(&person.session(app).await, Kind::Skill, skill("svetsning")).await;
    let (me, staff) = (Actor::Participant(person.cookie(app).await), Actor::Staff(unit.administrator.cookie(app).await));
    (person, unit, me, staff)
}

async fn put(app: &TestApp, actor: &Actor, body: &Value) -> Answer {
    app.http().await.send(actor, Method::PUT, OWN, Some(("application/json", body.to_string()))).await
}

async fn get(app: &TestApp, actor: &Actor, path: &str) -> Answer {
    app.http().await.get(actor, path).await
}

on_both!(a_reader_states_nothing_and_a_wrong_form_comes_back_as_typed, |app| {
    let (_, unit, me, staff) = world(app).await;
    let reader = Actor::Staff(app.reader(&unit).await.cookie(app).await);
    let of_unit = format!("/api/v1/units/{}/statement", unit.id);
    for (actor, status) in [(&Actor::Anonymous, 401), (&me, 401), (&reader, 403)] {
        assert_eq!(put(app, actor, &json!({"readers": "alla"})).await.status.as_u16(), status);
        assert_eq!(get(app, actor, OWN).await.status.as_u16(), status);
    }
    assert_eq!(get(app, &reader, url::STAFF_STATEMENT).await.status, StatusCode::FORBIDDEN);
    assert!(!get(app, &reader, url::STAFF_UNIT).await.text().contains(url::STAFF_STATEMENT));
    assert!(get(app, &staff, url::STAFF_UNIT).await.text().contains(url::STAFF_STATEMENT));
    for (actor, path) in [(&staff, OWN), (&me, of_unit.as_str()), (&me, "/api/v1/units/x/statement")] {
        assert_eq!(get(app, actor, path).await.status, StatusCode::NOT_FOUND, "{path}: nothing is stated");
    }
    assert_eq!(put(app, &staff, &json!({"readers": "alla", "colour": "red"})).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let faulty = put(app, &staff, &json!({"automated": "yes"})).await;
    assert!(faulty.status == StatusCode::UNPROCESSABLE_ENTITY && faulty.text().contains("/automated_how"), "{}", faulty.text());
    let form = [
        ("readers", "handläggare"),
        ("automated", "no"),
        ("automated_how", "hemligt"),
        ("transfers", "yes"),
        ("transfers_where", ""),
    ];
    let back = app.http().await.post(&staff, url::STAFF_STATEMENT, &form).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(["handläggare", "hemligt", "automated", "transfers_where-wrong"].iter().all(|text| back.text().contains(text)));
    assert_eq!(get(app, &staff, OWN).await.status, StatusCode::NOT_FOUND);
});

on_both!(what_is_stated_stands_before_the_yes_and_what_is_not_is_said_to_be_so, |app| {
    let (person, unit, me, staff) = world(app).await;
    let wanted = asked(app, unit.id, &[Section::P07]);
    let until = wanted.until.to_string();
    let (code, _) = app.service.ask_at_desk(&unit.administrator.session(app).await, wanted).await.unwrap();
    let silent = get(app, &Actor::Anonymous, &url::request(&code)).await.text();
    assert_eq!(silent.matches("har inte sagt").count(), 3, "{silent}");

    let form = [("readers", "två handläggare"), ("automated", "no"), ("transfers", "yes"), ("transfers_where", "Island och USA")];
    let kept = app.http().await.post(&staff, url::STAFF_STATEMENT, &form).await;
    assert_eq!(kept.header("location"), Some("/staff/unit/statement?statement"));
    let told = get(app, &Actor::Anonymous, &url::request(&code)).await.text();
    assert!(told.contains("två handläggare") && told.contains("Island och USA") && !told.contains("har inte sagt"), "{told}");

    let answers = [("section", "p07"), ("mode", "view"), ("until", until.as_str())];
    let summary = app.http().await.post(&me, &url::request_step(&code, "summary"), &answers).await.text();
    assert!(summary.contains("två handläggare") && summary.contains("Island och USA"));
    let since = summary.split("name=\"stated\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();

    app.clock.forward(egenkarta::domain::time::MINUTE);
    assert_eq!(put(app, &staff, &json!({"readers": "hela huset"})).await.status, StatusCode::NO_CONTENT);
    let mut yes = answers.to_vec();
    yes.extend([("stated", since.as_str()), ("answer", "yes")]);
    let again = app.http().await.post(&me, &url::request_step(&code, "give"), &yes).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("hela huset") && !again.text().contains("Island"), "the new words, to be read again");
    assert!(app.service.consents(&person.session(app).await).await.unwrap().is_empty());

    let of_unit = format!("/api/v1/units/{}/statement", unit.id);
    let shown: Value = serde_json::from_slice(&get(app, &me, &of_unit).await.body).unwrap();
    assert_eq!((&shown["readers"], &shown["automated"]), (&json!("hela huset"), &json!(null)));
    let wanted = |stated: Option<&Value>| {
        let mut body = json!({"unit": unit.id, "purpose": "job_matching", "sections": ["p07"], "mode": "view", "until": until});
        if let Some(stated) = stated {
            body["stated"] = stated.clone();
        }
        Some(("application/json", body.to_string()))
    };
    let give = async |body| app.http().await.send(&me, Method::POST, "/api/v1/consents", body).await;
    assert_eq!(give(wanted(None)).await.status, StatusCode::CONFLICT);
    let given = give(wanted(Some(&shown["since"]))).await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.text());
    let id = app.service.consents(&person.session(app).await).await.unwrap()[0].terms.consent;
    let page = get(app, &me, &url::consent(id)).await.text();
    assert!(page.contains("hela huset") && page.matches("har inte sagt").count() == 2, "as it was shown");
});
