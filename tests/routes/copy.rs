//! Signed copies: `/staff/inbox/{consent}/copy`, `/api/v1/inbox/{consent}/copy`, `/api/v1/disclosure/copy`, `/.well-known/jwks.json`.

use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use egenkarta::domain::ConsentId;
use egenkarta::domain::Timestamp;
use egenkarta::domain::consent::Mode;
use egenkarta::domain::event::What;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::DAY;
use egenkarta::usecase::consent::Choice;
use egenkarta::web::page::url;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, TestUnit, skill};
use crate::support::proof::{held, proof};
use crate::support::raw::rows;
use crate::support::{TestApp, on_both};

const BY_TOKEN: &str = "/api/v1/disclosure/copy";

struct Shared {
    person: Owner,
    unit: TestUnit,
    id: ConsentId,
    staff: Actor,
    token: Actor,
}

async fn shared(app: &TestApp, mode: Mode) -> Shared {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa i taket")).await;
    let mut choice = app.choice(unit.id, &[Section::P07]);
    choice.mode = mode;
    let id = app.service.give(&session, &choice).await.unwrap().terms.consent;
    let admin = unit.administrator.session(app).await;
    let token = app.service.mint(&admin, id, 7, "systemet").await.unwrap().0.text().as_str().to_owned();
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    Shared { person, unit, id, staff, token: Actor::Token(token) }
}

async fn whats(app: &TestApp, person: &Owner) -> Vec<What> {
    let session = person.session(app).await;
    let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    seen.into_iter().map(|line| line.event.what).collect()
}

async fn by_api(app: &TestApp, actor: &Actor, id: ConsentId) -> Answer {
    let body = Some(("application/json", json!({"case": "2026-118"}).to_string()));
    app.http().await.send(actor, Method::POST, &format!("/api/v1/inbox/{id}/copy"), body).await
}

/// The payload of a copy that the published key fits.
async fn checked(app: &TestApp, jws: &str) -> Option<Value> {
    let keys = app.http().await.get(&Actor::Anonymous, "/.well-known/jwks.json").await;
    assert_eq!((keys.status, keys.header("content-type")), (StatusCode::OK, Some("application/jwk-set+json")));
    let keys: Value = serde_json::from_slice(&keys.body).unwrap();
    let (input, signature) = jws.rsplit_once('.')?;
    let (head, payload) = input.split_once('.')?;
    let head: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(head).ok()?).ok()?;
    if (&head["alg"], &head["typ"]) != (&json!("EdDSA"), &json!("egenkarta-copy+jws")) {
        return None;
    }
    let key = keys["keys"].as_array()?.iter().find(|key| key["kid"] == head["kid"])?;
    let public = URL_SAFE_NO_PAD.decode(key["x"].as_str()?).ok()?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    UnparsedPublicKey::new(&ED25519, public).verify(input.as_bytes(), &signature).ok()?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

on_both!(where_only_looking_was_allowed_no_copy_leaves_and_the_try_is_seen, |app| {
    let Shared { person, id, staff, token, .. } = shared(app, Mode::View).await;
    let page = app.http().await.post(&staff, &url::staff_copy(id), &[("case", "2026-118")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    let api = by_api(app, &staff, id).await;
    assert_eq!(api.status, StatusCode::FORBIDDEN);
    assert_eq!(serde_json::from_slice::<Value>(&api.body).unwrap()["type"], "/problems/above-ceiling");
    let by_token = app.http().await.send(&token, Method::POST, BY_TOKEN, None).await;
    let unknown = app.http().await.send(&Actor::Token("egk_x".to_owned()), Method::POST, BY_TOKEN, None).await;
    assert_eq!((by_token.status, &by_token.body), (StatusCode::UNAUTHORIZED, &unknown.body));
    for answer in [&page, &api, &by_token] {
        assert!(!answer.text().contains("svetsa"));
    }
    assert!(!whats(app, &person).await.contains(&What::CopyDelivered));
    assert!(app.record_denials().await > 0, "the person learns that a copy was tried for");
    let reading = app.http().await.post(&staff, &url::staff_read(id), &[("case", "2026-118")]).await.text();
    assert!(reading.contains("svetsa i taket") && !reading.contains(&url::staff_copy(id)), "nothing offers one");
});

on_both!(a_copy_is_signed_names_what_it_is_and_every_change_of_it_shows, |app| {
    let Shared { person, unit, id, staff, token } = shared(app, Mode::Copy).await;
    for actor in [&Actor::Anonymous, &Actor::Participant(person.cookie(app).await)] {
        assert_eq!(by_api(app, actor, id).await.status, StatusCode::UNAUTHORIZED);
    }
    let path = url::staff_copy(id);
    let empty = app.http().await.post(&staff, &path, &[("case", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        app.http().await.get(&staff, &path).await.header("location"),
        Some(url::staff_consent(id).as_str()),
        "no GET delivers"
    );
    assert!(!whats(app, &person).await.contains(&What::CopyDelivered));

    let page = app.http().await.post(&staff, &path, &[("case", "2026-118")]).await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, Some("application/jose")));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(page.header("content-disposition").unwrap().starts_with("attachment; filename=\"egenkarta-"));
    let api = by_api(app, &staff, id).await;
    let by_token = app.http().await.send(&token, Method::POST, BY_TOKEN, None).await;
    assert_eq!((api.status, by_token.status), (StatusCode::OK, StatusCode::OK), "{}", api.text());
    let mut numbers = Vec::new();
    for answer in [&page, &api, &by_token] {
        let copy = checked(app, &answer.text()).await.expect("the published key fits");
        assert_eq!((&copy["format"], &copy["consent"]), (&json!("egenkarta/copy/1"), &json!(id)));
        assert_eq!((&copy["terms"]["unit"], &copy["terms"]["mode"]), (&json!(unit.id), &json!("copy")));
        assert_eq!(copy["entries"][0]["fields"]["skill"]["concept"]["entered"], "svetsa i taket");
        assert_eq!(copy["delivered_at"], app.service.now().rfc3339());
        let text = copy.to_string();
        assert!(!text.contains(&person.id.to_string()), "it says not whose map it is");
        numbers.push(copy["event"].as_u64().unwrap());
    }
    numbers.dedup();
    assert_eq!(numbers.len(), 3, "each delivery is an event of its own");
    let good = page.text();
    for at in [3, good.find('.').unwrap() + 5, good.len() / 2, good.len() - 4] {
        let mut bad = good.clone().into_bytes();
        bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
        let bad = String::from_utf8(bad).unwrap();
        assert!(checked(app, &bad).await.is_none(), "sign {at}");
    }
    for table in ["event", "inbox", "consent", "token"] {
        for cell in rows(&app.service.db, table).await.into_iter().flat_map(std::collections::BTreeMap::into_values) {
            assert!(!format!("{cell:?}").contains(&good[..40]), "nothing of it is stored");
        }
    }
});

on_both!(the_person_sees_each_copy_in_words_and_is_told_that_it_stays, |app| {
    let Shared { person, id, staff, token, .. } = shared(app, Mode::Copy).await;
    let me = Actor::Participant(person.cookie(app).await);
    let ask = || async { app.http().await.get(&me, &url::consent_withdraw(id)).await.text() };
    assert!(ask().await.contains("men har inte gjort det"));
    app.http().await.post(&staff, &url::staff_copy(id), &[("case", "2026-118")]).await;
    assert!(app.http().await.get(&me, url::EVENTS).await.text().contains("fick en kopia av"));
    assert!(ask().await.contains("De har hämtat en kopia"));
    let closed = Actor::Participant(person.closed_session_cookie(app).await);
    assert!(app.http().await.get(&closed, &url::consent_withdraw(id)).await.text().contains("kopior som de har hämtat"));
    let withdrawn = app.http().await.post(&me, &url::consent_withdraw(id), &[]).await.text();
    assert!(withdrawn.contains("De har fått en kopia"));
    assert_eq!(app.http().await.post(&staff, &url::staff_copy(id), &[("case", "2026-118")]).await.status, StatusCode::GONE);
    assert_eq!(app.http().await.send(&token, Method::POST, BY_TOKEN, None).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(whats(app, &person).await.iter().filter(|what| **what == What::CopyDelivered).count(), 1);
});

on_both!(a_copy_says_what_a_proof_gives_at_its_delivery, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    let mut short = proof(app);
    short.until = Some(app.service.now().plus(3 * DAY));
    held(app, &session, &short).await;
    let until = app.service.now().plus(150 * DAY).day();
    let choice = Choice { mode: Mode::Copy, until, ..app.choice(unit.id, &[Section::P08]) };
    let id = app.service.give(&session, &choice).await.unwrap().terms.consent;
    let delivered = async || {
        let admin = unit.administrator.session(app).await;
        let token = app.service.mint(&admin, id, 7, "x").await.unwrap().0.text().as_str().to_owned();
        let by_token = app.http().await.send(&Actor::Token(token), Method::POST, BY_TOKEN, None).await;
        let staff = Actor::Staff(unit.administrator.cookie(app).await);
        let by_staff = by_api(app, &staff, id).await;
        let mut all = Vec::new();
        for answer in [by_token, by_staff] {
            let entry = checked(app, &answer.text()).await.expect("signed")["entries"][0].clone();
            all.push((entry["status"].clone(), entry["evidence"].clone()));
        }
        assert_eq!(all[0], all[1]);
        all.remove(0)
    };
    assert_eq!(delivered().await, (json!("valid"), json!("e4")));
    app.clock.forward(4 * DAY);
    assert_eq!(delivered().await, (json!("expired"), json!("e1")));
});
