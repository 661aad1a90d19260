//! `/map/p20`, `/entries/{id}/file`, `/staff/inbox/{consent}/files/{id}`, and the same under `/api/v1`.

use axum::http::{Method, StatusCode};
use egenkarta::domain::profile::file::MOST_BYTES;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::{ConsentId, EntryId};
use egenkarta::web::page::url;
use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::paper::{keep, pdf, png};
use crate::support::people::{Owner, TestUnit, skill};
use crate::support::{TestApp, on_both};

async fn person(app: &TestApp, owner: &Owner) -> Actor {
    Actor::of(owner.kind, owner.cookie(app).await)
}

async fn upload(app: &TestApp, actor: &Actor, texts: &[(&str, &str)], file: &[u8]) -> Answer {
    app.http().await.upload(actor, &url::entry_new(Kind::Document), texts, ("file", file)).await
}

/// What no page of ours may run, store or guess at.
fn is_download(answer: &Answer, mime: &str) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some(mime));
    assert!(answer.header("content-disposition").is_some_and(|said| said.starts_with("attachment; filename=")));
    assert_eq!((answer.header("x-content-type-options"), answer.header("cache-control")), (Some("nosniff"), Some("no-store")));
    assert!(
        answer
            .header("content-security-policy")
            .is_some_and(|said| said.contains("default-src 'none'") && said.contains("sandbox"))
    );
}

on_both!(what_cannot_be_kept_says_why_and_loses_no_word, |app| {
    let owner = app.participant("Amina").await;
    let (me, closed) = (person(app, &owner).await, Actor::Participant(owner.closed_session_cookie(app).await));
    let about = [("title", "Mitt intyg från verkstaden"), ("what", "certificate")];
    assert_eq!(upload(app, &Actor::Anonymous, &about, &png()).await.header("location"), Some("/?signed-out"));
    assert!(upload(app, &closed, &about, &png()).await.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)));
    let large = [png(), vec![0; MOST_BYTES]].concat();
    let locked = [pdf("x", "y"), b"\ntrailer <</Encrypt 1 0 R>>".to_vec()].concat();
    for (file, says) in [
        (&b""[..], "Vi fick ingen"),
        (b"GIF89a", "något annat"),
        (&large, "större än 10 MB"),
        (b"%PDF-1.4 x", "trasig"),
        (&locked, "lösenord"),
    ] {
        let answer = upload(app, &me, &about, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        let page = answer.text();
        assert!(
            page.contains(says) && page.contains("Mitt intyg från verkstaden") && page.contains("Välj filen en gång till"),
            "{says}: {page}"
        );
    }
    // So long, and in one piece, that nothing of it is read: no question is called unanswered that was answered.
    let endless = upload(app, &me, &about, &[png(), vec![0; MOST_BYTES + (1 << 20)]].concat()).await;
    assert!(endless.text().contains("större än 10 MB") && !endless.text().contains("title-wrong"), "{}", endless.text());
    let form = url::entry_new(Kind::Document);
    let unread = app.http().await.send(&me, Method::POST, &form, Some(("multipart/form-data", "--x--".to_owned()))).await;
    assert!(unread.text().contains("Välj filen en gång till"), "{}", unread.text());
    let unnamed = upload(app, &me, &[("what", "letter")], &png()).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(app.service.profile(&owner.session(app).await).await.unwrap().entries.is_empty());
    // The room for files is this one address's alone.
    let elsewhere = app.http().await.post(&me, &url::entry_new(Kind::Skill), &[("skill", &"x".repeat(1100 * 1024))]).await;
    assert_eq!(elsewhere.status, StatusCode::PAYLOAD_TOO_LARGE);
});

on_both!(a_document_is_added_beside_an_entry_and_fetched_by_its_owner_alone, |app| {
    let (owner, other) = (app.participant("Amina").await, app.participant("Bashir").await);
    let (me, session) = (person(app, &owner).await, owner.session(app).await);
    let beside = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let form = app.http().await.get(&me, &url::document_beside(beside)).await;
    assert!(form.status == StatusCode::OK && form.text().contains(&format!("value=\"{beside}\" selected")), "{}", form.text());
    let id = beside.to_string();
    let added = upload(
        app,
        &me,
        &[("title", "Intyg"), ("what", "certificate"), ("date", "april 2019"), ("attached_to", &id)],
        &pdf("Svetsprov", "Hemlig"),
    )
    .await;
    assert_eq!(added.header("location"), Some(format!("{}?saved", url::entry(beside)).as_str()), "{}", added.text());
    assert!(app.http().await.get(&me, &url::entry(beside)).await.text().contains("Intyg"));
    let document = app.service.profile(&session).await.unwrap().of_kind(Kind::Document).next().unwrap().id;
    let page = app.http().await.get(&me, &url::entry(document)).await.text();
    assert!(
        page.contains("Egen kopia, inte bekräftad") && page.contains("svetsa") && page.contains(&url::entry_file(document)),
        "{page}"
    );
    let api = format!("/api/v1/entries/{document}/file");
    for path in [url::entry_file(document), api] {
        let file = app.http().await.get(&me, &path).await;
        is_download(&file, "application/pdf");
        assert!(file.body.windows(9).any(|nine| nine == b"Svetsprov") && !file.body.windows(6).any(|six| six == b"Hemlig"));
        let theirs = app.http().await.get(&person(app, &other).await, &path).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND, "another person");
        assert!(!app.http().await.get(&Actor::Anonymous, &path).await.status.is_success());
        assert_eq!(
            app.http().await.get(&me, &path.replace(&document.to_string(), &id)).await.status,
            StatusCode::NOT_FOUND,
            "no document"
        );
    }
});

/// A document that a unit was given, and a token of that consent.
async fn given(app: &TestApp) -> (Owner, TestUnit, EntryId, ConsentId, String) {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = owner.session(app).await;
    let document = keep(app, &session, "Intyg", None, pdf("Svetsprov", "Hemlig")).await;
    let mut choice = app.choice(unit.id, &[Section::P07]);
    choice.entries = [document].into();
    let consent = app.service.give(&session, &choice).await.unwrap().terms.consent;
    let token = app.service.mint(&unit.administrator.session(app).await, consent, 7, "systemet").await.unwrap().0;
    (owner, unit, document, consent, token.text().as_str().to_owned())
}

on_both!(a_unit_fetches_what_it_was_given_for_a_case_and_others_do_not, |app| {
    let (_, unit, document, consent, token) = given(app).await;
    let (staff, other) = (person(app, &unit.administrator).await, app.unit_named("ngo", "En annan enhet", "Otto Other").await);
    let http = app.http().await;
    let page = http.post(&staff, &url::staff_read(consent), &[("case", "12/26")]).await.text();
    let place = url::staff_files(consent);
    let alias = page.split(&format!("{place}/")).nth(1).expect("a button for the file").split('"').next().unwrap().to_owned();
    assert!(page.contains("inte bekräftad") && !page.contains(&document.to_string()), "{page}");
    let path = format!("{place}/{alias}");
    is_download(&http.post(&staff, &path, &[("case", "12/26")]).await, "application/pdf");
    assert_eq!(http.get(&staff, &path).await.status, StatusCode::SEE_OTHER, "a GET lets nothing out");
    for wrong in [format!("{place}/{}", "0".repeat(32)), format!("{place}/x"), format!("{place}/{document}")] {
        assert_eq!(http.post(&staff, &wrong, &[("case", "12/26")]).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let stranger = person(app, &other.administrator).await;
    assert_eq!(http.post(&stranger, &path, &[("case", "1")]).await.status, StatusCode::NOT_FOUND);
    assert!(!http.post(&Actor::Anonymous, &path, &[("case", "1")]).await.status.is_success());

    let read: Value = serde_json::from_slice(&http.get(&Actor::Token(token.clone()), "/api/v1/disclosure").await.body).unwrap();
    let entry = read["entries"].as_array().unwrap().iter().find(|entry| entry["kind"] == "document").unwrap();
    assert_eq!((entry["id"].as_str(), &entry["file"]["media_type"]), (Some(alias.as_str()), &json!("application/pdf")));
    assert!(entry["file"].as_object().unwrap().keys().all(|name| ["media_type", "bytes", "sha256"].contains(&name.as_str())));
    let by_token = http.get(&Actor::Token(token), &format!("/api/v1/disclosure/files/{alias}")).await;
    is_download(&by_token, "application/pdf");
    assert_eq!(by_token.body.len() as u64, entry["file"]["bytes"].as_u64().unwrap());
    let nobody = http.get(&Actor::Anonymous, &format!("/api/v1/disclosure/files/{alias}")).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    let api = format!("/api/v1/inbox/{}/files/{alias}", consent.0);
    let asked = |case: &str| Some(("application/json", json!({ "case": case }).to_string()));
    is_download(&http.send(&staff, Method::POST, &api, asked("12/26")).await, "application/pdf");
    assert_eq!(http.send(&staff, Method::POST, &api, asked(" ")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(http.send(&stranger, Method::POST, &api, asked("1")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(http.send(&Actor::Anonymous, Method::POST, &api, asked("1")).await.status, StatusCode::UNAUTHORIZED);
});
