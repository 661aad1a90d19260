//! `/api/v1/unit/...`, `/staff/unit/receiver`, and receipts as files.

use axum::http::{Method, StatusCode};
use egenkarta::domain::ConsentId;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::web::page::url;
use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, TestUnit, skill};
use crate::support::{TestApp, on_both};

const LIST: &str = "/api/v1/unit/consents";
const RECEIVER: &str = "/api/v1/unit/receiver";

struct Shared {
    person: Owner,
    unit: TestUnit,
    id: ConsentId,
    me: Actor,
    staff: Actor,
}

async fn shared(app: &TestApp) -> Shared {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa i taket")).await;
    let id = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    let (me, staff) = (Actor::Participant(person.cookie(app).await), Actor::Staff(unit.administrator.cookie(app).await));
    Shared { person, unit, id, me, staff }
}

async fn send(app: &TestApp, actor: &Actor, method: Method, path: &str, body: &Value) -> Answer {
    app.http().await.send(actor, method, path, Some(("application/json", body.to_string()))).await
}

async fn get(app: &TestApp, actor: &Actor, path: &str) -> Answer {
    app.http().await.get(actor, path).await
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|e| panic!("{e}: {}", answer.text()))
}

on_both!(a_reader_keeps_no_receiver_and_a_wrong_address_comes_back_as_typed, |app| {
    let Shared { unit, staff, me, .. } = shared(app).await;
    let reader = Actor::Staff(app.reader(&unit).await.cookie(app).await);
    let good = json!({"address": "https://cases.example/events"});
    assert_eq!(send(app, &reader, Method::PUT, RECEIVER, &good).await.status, StatusCode::FORBIDDEN);
    assert_eq!(send(app, &me, Method::PUT, RECEIVER, &good).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(get(app, &reader, url::STAFF_RECEIVER).await.status, StatusCode::FORBIDDEN);
    assert!(!get(app, &reader, url::STAFF_UNIT).await.text().contains(url::STAFF_RECEIVER));
    for bad in ["", "ftp://x", "http://cases.example/", "https://a.example/?k=hemligt"] {
        let answer = send(app, &staff, Method::PUT, RECEIVER, &json!({"address": bad})).await;
        assert_eq!(
            (answer.status, json(&answer)["errors"][0]["pointer"].clone()),
            (StatusCode::UNPROCESSABLE_ENTITY, json!("/address"))
        );
        assert!(!answer.text().contains("hemligt"));
    }
    let page = app.http().await.post(&staff, url::STAFF_RECEIVER, &[("address", "ftp://x")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("value=\"ftp://x\"") && page.text().contains("address-wrong"));
    assert_eq!(get(app, &staff, RECEIVER).await.status, StatusCode::NOT_FOUND);
    assert_eq!(send(app, &staff, Method::POST, "/api/v1/unit/receiver/test", &json!({})).await.status, StatusCode::NOT_FOUND);
});

on_both!(a_receiver_is_chosen_tried_and_removed_by_page_and_by_program, |app| {
    let Shared { staff, .. } = shared(app).await;
    let address = "https://cases.example/events";
    assert!(get(app, &staff, url::STAFF_UNIT).await.text().contains(url::STAFF_RECEIVER));
    let kept = app.http().await.post(&staff, url::STAFF_RECEIVER, &[("address", address)]).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, Some("/staff/unit/receiver?receiver-saved")));
    assert_eq!(json(&get(app, &staff, RECEIVER).await)["address"], address);
    assert_eq!(send(app, &staff, Method::POST, "/api/v1/unit/receiver/test", &json!({})).await.status, StatusCode::ACCEPTED);
    let waiting = json(&get(app, &staff, "/api/v1/unit/deliveries").await);
    assert_eq!((&waiting["latest"][0]["state"], &waiting["latest"][0]["consent"]), (&json!("waiting"), &Value::Null));
    assert_eq!(waiting["latest"][0]["event"], "urn:egenkarta:event:receiver-test");
    assert!(get(app, &staff, url::STAFF_RECEIVER).await.text().contains(address));
    assert_eq!(json(&send(app, &staff, Method::POST, "/api/v1/unit/deliveries/retry", &json!({})).await)["count"], 0);
    assert_eq!(get(app, &staff, url::STAFF_RECEIVER_REMOVE).await.status, StatusCode::OK);
    assert_eq!(json(&get(app, &staff, RECEIVER).await)["address"], address, "a GET removes nothing");
    app.http().await.post(&staff, url::STAFF_RECEIVER_REMOVE, &[]).await;
    assert_eq!(send(app, &staff, Method::DELETE, RECEIVER, &json!({})).await.status, StatusCode::NOT_FOUND);
    let unit = get(app, &staff, url::STAFF_UNIT).await.text();
    assert!(unit.contains("valde vart besked om delningar skickas") && unit.contains("slutade skicka besked"));
});

on_both!(the_list_answers_304_until_something_changes_and_holds_nothing_sealed, |app| {
    let Shared { person, id, staff, me, .. } = shared(app).await;
    assert_eq!(get(app, &me, LIST).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(get(app, &staff, &format!("{LIST}?since=hemligt")).await.status, StatusCode::BAD_REQUEST);
    let first = get(app, &staff, LIST).await;
    let body = json(&first);
    assert_eq!((&body["consents"][0]["consent"], &body["consents"][0]["state"]), (&json!(id.0), &json!("given")));
    assert!(!first.text().contains("job_matching") && !first.text().contains(&person.id.to_string()));
    let tag = first.header("etag").unwrap().to_owned();
    let again = app.http().await.get_with(&staff, LIST, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let path = format!("{LIST}/{id}/acknowledge");
    assert_eq!(send(app, &staff, Method::POST, &path, &json!({})).await.status, StatusCode::NOT_FOUND, "it has not ended");
    app.service.withdraw(&person.session(app).await, id).await.unwrap();
    let since = format!("{LIST}?since={}", body["next"].as_str().unwrap());
    let changed = json(&app.http().await.get_with(&staff, &since, &[("if-none-match", &tag)]).await);
    assert_eq!(changed["consents"][0]["state"], "withdrawn");
    let said = send(app, &staff, Method::POST, &path, &json!({})).await;
    assert_eq!((said.status, json(&said)["acknowledged"].is_string()), (StatusCode::OK, true));
    assert_eq!(json(&get(app, &staff, &format!("{LIST}/{id}")).await)["acknowledged"], json(&said)["acknowledged"]);
    let page = get(app, &me, &url::consent(id)).await.text();
    assert!(page.contains("har sagt att de vet att delningen är slut"), "the person sees it");
});

on_both!(receipts_are_files_for_both_sides_and_for_nobody_else, |app| {
    let Shared { unit, id, me, staff, .. } = shared(app).await;
    let stranger = Actor::Participant(app.participant("Bashir").await.cookie(app).await);
    assert_eq!(get(app, &stranger, &url::consent_receipt(id)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(app, &Actor::Anonymous, &url::consent_receipt(id)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(get(app, &stranger, &format!("/api/v1/consents/{id}/receipt")).await.status, StatusCode::NOT_FOUND);
    let file = get(app, &me, &url::consent_receipt(id)).await;
    assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, Some("application/jose")));
    assert!(file.header("content-disposition").unwrap().contains(".jws") && file.text().split('.').count() == 3);
    assert!(get(app, &me, &url::consent(id)).await.text().contains(&url::consent_receipt(id)));
    let admin = unit.administrator.session(app).await;
    app.service.state_case(&admin, id, "2026-118").await.unwrap();
    let (_, read) = app.service.read_by_staff(&admin, id).await.unwrap();
    let of_read = url::read_receipt(id, read.sequence);
    assert!(get(app, &me, &url::consent(id)).await.text().contains(&of_read));
    assert_eq!(get(app, &me, &of_read).await.header("content-type"), Some("application/jose"));
    assert_eq!(get(app, &me, &url::read_receipt(id, 1)).await.status, StatusCode::NOT_FOUND);
    let path = format!("/api/v1/consents/{id}/events/{}/receipt", read.sequence);
    let plain = app.http().await.get_with(&me, &path, &[("accept", "application/json")]).await;
    assert_eq!(json(&plain)["complete"], true);
    for path in [url::staff_receipt(id), format!("/api/v1/inbox/{id}/receipt")] {
        assert_eq!(get(app, &staff, &path).await.header("content-type"), Some("application/jose"), "{path}");
    }
    let accept = [("accept", "text/html, application/ld+json;q=0.9")];
    let plain = app.http().await.get_with(&me, &format!("/api/v1/consents/{id}/receipt"), &accept).await;
    assert_eq!(
        (plain.header("content-type"), json(&plain)["@type"].clone()),
        (Some("application/ld+json"), json!("dpv:ConsentReceipt"))
    );
});
