//! `/staff/issuing` and what issuers publish, by each actor.

use axum::http::StatusCode;
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::web::page::url;
use uuid::Uuid;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::issuing::{FRAMEWORK, TestIssuer};
use crate::support::people::Owner;
use crate::support::{BASE, TestApp, on_both};

async fn staff(app: &TestApp, owner: &Owner) -> Actor {
    Actor::Staff(owner.cookie(app).await)
}

async fn get(app: &TestApp, actor: &Actor, path: &str) -> Answer {
    app.http().await.get(actor, path).await
}

async fn post(app: &TestApp, actor: &Actor, path: &str, form: &[(&str, &str)]) -> Answer {
    app.http().await.post(actor, path, form).await
}

/// A file, as a form with one sends it.
async fn send(app: &TestApp, actor: &Actor, path: &str, text: &str) -> Answer {
    let body = format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n{text}\r\n--b--\r\n");
    let kind = "multipart/form-data; boundary=b";
    app.http().await.send(actor, axum::http::Method::POST, path, Some((kind, body))).await
}

fn pages(issuer: &TestIssuer, id: Uuid, waiting: Uuid, file: Uuid) -> Vec<String> {
    vec![
        url::STAFF_ISSUING.to_owned(),
        url::STAFF_ISSUING_KEYS.to_owned(),
        url::STAFF_FRAMEWORKS.to_owned(),
        url::staff_framework(issuer.framework),
        url::staff_framework_end(issuer.framework),
        url::staff_assess(issuer.framework),
        url::staff_waiting(waiting),
        url::staff_issued(id),
        url::STAFF_BATCHES.to_owned(),
        url::staff_batch(file),
    ]
}

fn acts(issuer: &TestIssuer, id: Uuid, waiting: Uuid, file: Uuid) -> Vec<String> {
    let of_file = ["begin", "approve", "go-on", "printed", "drop"].map(|step| url::staff_batch_step(file, step));
    let mut all = vec![
        url::STAFF_ISSUING_KEYS.to_owned(),
        url::STAFF_FRAMEWORKS.to_owned(),
        url::staff_framework_end(issuer.framework),
        url::staff_assess(issuer.framework),
        url::staff_waiting(waiting),
        url::staff_waiting_approve(waiting),
        url::staff_waiting_drop(waiting),
        url::staff_issued(id),
        url::staff_batch(file),
    ];
    all.extend(of_file);
    all
}

const CSV: &str = "label,framework,part,level\nRad 1,warehouse-forklift,whole,E2\nRad 2,warehouse-forklift,whole,E2\n";

async fn scene(app: &TestApp) -> (TestIssuer, Uuid, Uuid, Uuid, RecoveryCode) {
    let issuer = app.issuer().await;
    let (id, code) = issuer.issue(app, "Rad 1").await;
    let (waiting, _) = issuer.assess(app, "Rad 2", "E4").await.unwrap();
    let file = app.service.read_file(&issuer.first.session(app).await, issuer.desk(), CSV.as_bytes()).await.unwrap();
    (issuer, id, waiting, file, code)
}

on_both!(whoever_may_not_issue_sees_and_does_nothing, |app| {
    let (issuer, id, waiting, file, code) = scene(app).await;
    let other = app.unit_named("validator", "En annan enhet", "Otto Other").await;
    let reader = app.colleague(&issuer.unit, "Rut Reader", egenkarta::domain::organisation::Role::Reader).await;
    let closed = Actor::Staff(issuer.first.closed_session_cookie(app).await);
    let person = app.participant("Amina").await;
    let strangers = [Actor::Anonymous, Actor::Participant(person.cookie(app).await)];
    for path in pages(&issuer, id, waiting, file) {
        for actor in &strangers {
            let answer = get(app, actor, &path).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, Some("/?signed-out")), "{path}");
        }
        assert_eq!(get(app, &closed, &path).await.header("location"), Some(url::STAFF_UNLOCK), "{path}");
        let answer = get(app, &staff(app, &reader).await, &path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(!answer.text().contains("Rad 1"), "{path}");
        let answer = get(app, &staff(app, &other.administrator).await, &path).await;
        assert!(!answer.text().contains("Rad ") && !answer.text().contains("Kornknarr"), "{path}");
        let own = get(app, &staff(app, &issuer.first).await, &path).await;
        assert_eq!(own.status, StatusCode::OK, "{path}");
    }
    for path in acts(&issuer, id, waiting, file) {
        let form = [("id", id.to_string()), ("reason", "x".to_owned()), ("word", "x".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for actor in strangers.iter().chain([&closed, &staff(app, &reader).await, &staff(app, &other.administrator).await]) {
            let answer = post(app, actor, &path, &form).await;
            assert_ne!(answer.status, StatusCode::OK, "{path} {actor:?}");
        }
    }
    // Nothing of all that did anything.
    assert!(app.service.offer_preview(&code).await.is_ok());
    let session = issuer.second.session(app).await;
    assert_eq!(app.service.waiting(&session, issuer.desk()).await.unwrap().0.len(), 1);
    assert_eq!(app.service.batches(&session).await.unwrap().len(), 1);
    assert!(app.service.published_framework(issuer.framework).await.unwrap().is_some());
});

on_both!(an_assessment_by_form_tells_what_is_wrong_and_keeps_what_was_typed, |app| {
    let issuer = app.issuer().await;
    let actor = staff(app, &issuer.first).await;
    let path = url::staff_assess(issuer.framework);
    let id = Uuid::from_u128(7).to_string();
    let wrong = [("id", id.as_str()), ("label", "Ärende 9"), ("level", "E3"), ("part", "whole")];
    let answer = post(app, &actor, &path, &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("value=\"Ärende 9\"") && answer.text().contains("id=\"method-wrong\""));
    let right = [wrong[0], wrong[1], wrong[2], wrong[3], ("method", "Prov"), ("assessor", "Lärare"), ("assessed", "2026-01-02")];
    let answer = post(app, &actor, &path, &right).await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = answer.text();
    let at = text.find("/offer#").expect("the link is shown once");
    let code = RecoveryCode::parse(&text[at + 7..at + 7 + 34]).unwrap();
    assert!(app.service.offer_preview(&code).await.is_ok());
    assert_ne!(post(app, &actor, &path, &right).await.status, StatusCode::OK, "sent twice, it is issued once");
    let shown = get(app, &actor, &url::staff_issued(Uuid::from_u128(7))).await.text();
    assert!(shown.contains("Ärende 9") && !shown.contains("/offer#"));
    let withdrawn = post(app, &actor, &url::staff_issued(Uuid::from_u128(7)), &[("reason", "Fel")]).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER);
    assert!(app.service.offer_preview(&code).await.is_err());
});

on_both!(a_file_is_brought_checked_issued_and_printed_by_pages_alone, |app| {
    let issuer = app.issuer().await;
    let actor = staff(app, &issuer.first).await;
    let faulty = send(app, &actor, url::STAFF_BATCHES, &CSV.replace("Rad 2", "")).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(faulty.text().contains(">3</td>"), "the line's number");
    let brought = send(app, &actor, url::STAFF_BATCHES, CSV).await;
    assert_eq!(brought.status, StatusCode::SEE_OTHER);
    let place = brought.header("location").unwrap().to_owned();
    let id: Uuid = place.rsplit('/').next().unwrap().parse().unwrap();
    for step in ["begin", "go-on"] {
        assert_eq!(post(app, &actor, &url::staff_batch_step(id, step), &[]).await.status, StatusCode::SEE_OTHER, "{step}");
    }
    let sheet = get(app, &actor, &url::staff_batch_step(id, "sheet")).await.text();
    assert_eq!(sheet.matches("class=\"qr\"").count(), 2);
    let file = get(app, &actor, &url::staff_batch_step(id, "codes.csv")).await;
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    let line = file.text().lines().nth(2).unwrap().to_owned();
    let parts: Vec<&str> = line.split(',').collect();
    assert_eq!(parts[0], "Rad 2");
    assert!(app.service.offer_preview(&RecoveryCode::parse(parts[1]).unwrap()).await.is_ok());
    post(app, &actor, &url::staff_batch_step(id, "printed"), &[]).await;
    assert_eq!(get(app, &actor, &url::staff_batch_step(id, "codes.csv")).await.status, StatusCode::CONFLICT);
});

on_both!(a_framework_is_published_by_file_and_people_compare_themselves_with_it, |app| {
    let issuer = app.issuer().await;
    let actor = staff(app, &issuer.first).await;
    let wrong = send(app, &actor, url::STAFF_FRAMEWORKS_FILE, &FRAMEWORK.replace("format = 1", "format = 2")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("format 2"), "what is wrong, and the file's text to mend");
    let next = FRAMEWORK.replace("2026-1", "2026-2");
    let done = send(app, &actor, url::STAFF_FRAMEWORKS_FILE, &next).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let id = done.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    let person = Actor::Participant(app.participant("Amina").await.cookie(app).await);
    assert!(get(app, &person, url::GAP).await.text().contains(&url::gap(&id)));
    assert_eq!(get(app, &person, &url::gap(&id)).await.status, StatusCode::OK);
    assert_eq!(get(app, &person, &url::gap(&Uuid::nil().to_string())).await.status, StatusCode::NOT_FOUND);
});

on_both!(what_an_issuer_publishes_is_read_by_anyone_and_of_nobody_else_there_is_anything, |app| {
    let issuer = app.issuer().await;
    let (id, _) = issuer.issue(app, "Rad 1").await;
    let unit = issuer.unit.id;
    let anyone = Actor::Anonymous;
    let other = app.unit_named("validator", "En annan enhet", "Otto Other").await.id;
    for path in [
        format!("/.well-known/jwt-vc-issuer/issuer/{other}"),
        format!("/issuer/{other}/jwks.json"),
        format!("/issuer/{unit}/status/2"),
        format!("/issuer/{unit}/status/x"),
        format!("/issuer/{other}/status/1"),
        format!("/issuer/{other}/revocation/1"),
        "/issuer/x/jwks.json".to_owned(),
    ] {
        assert_eq!(get(app, &anyone, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let metadata = get(app, &anyone, &format!("/.well-known/jwt-vc-issuer/issuer/{unit}")).await;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.body).unwrap();
    assert_eq!(metadata["issuer"], format!("{BASE}/issuer/{unit}"));
    let keys: serde_json::Value =
        serde_json::from_slice(&get(app, &anyone, &format!("/issuer/{unit}/jwks.json")).await.body).unwrap();
    assert_eq!(metadata["jwks"], keys);
    let place = format!("/issuer/{unit}/status/1");
    let first = get(app, &anyone, &place).await;
    assert_eq!(first.header("content-type"), Some("application/statuslist+jwt"));
    assert_eq!(first.header("cache-control"), Some("public, max-age=300"));
    assert_eq!(first.header("access-control-allow-origin"), Some("*"));
    let tag = first.header("etag").unwrap().to_owned();
    let same = app.http().await.get_with(&anyone, &place, &[("if-none-match", &tag)]).await;
    assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0));
    app.service.withdraw_credential(&issuer.first.session(app).await, BASE, id, "x").await.unwrap();
    let changed = app.http().await.get_with(&anyone, &place, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, StatusCode::OK, "a withdrawal shows at once");
    let list = get(app, &anyone, &format!("/issuer/{unit}/revocation/1")).await;
    assert_eq!(list.header("content-type"), Some("application/vc+jwt"));
    assert_eq!(get(app, &anyone, "/vct/competence/1").await.status, StatusCode::OK);
});
