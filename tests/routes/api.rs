//! `/api/v1`, `/health`, `/log`.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::{DAY, MINUTE};
use egenkarta::usecase::SessionKind;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::on_both;
use crate::support::people::{Owner, TestUnit, skill};

const DISCLOSURE: &str = "/api/v1/disclosure";
/// A skill of the starter taxonomy.
const ADVICE: &str = "http://data.europa.eu/esco/skill/05aa7c09-46e7-433f-a81b-92841f4551e7";

/// Someone who has given a unit their skills, and the unit's token for it.
struct Shared {
    person: Owner,
    unit: TestUnit,
    consent: egenkarta::domain::ConsentId,
    token: String,
}

async fn shared(app: &TestApp) -> Shared {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (person.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let consent = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    let (token, _) = app.service.mint(&staff, consent, 7, "systemet").await.unwrap();
    let token = token.text().as_str().to_owned();
    Shared { person, unit, consent, token }
}

async fn as_owner(app: &TestApp, owner: &Owner) -> Actor {
    Actor::of(owner.kind, owner.cookie(app).await)
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

/// Status and `type` of an error, which must be problem+json that quotes nothing of `typed`.
fn problem(answer: &Answer, typed: &str) -> (u16, String) {
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{}", answer.text());
    let body = json(answer);
    assert_eq!(body["status"], answer.status.as_u16());
    for member in ["title", "detail"] {
        let text = body[member].as_str().unwrap_or_default();
        assert!(!text.is_empty() && !text.contains('⟦'), "{member}: {body}");
    }
    assert!(typed.is_empty() || !answer.text().contains(typed), "{}", answer.text());
    (answer.status.as_u16(), body["type"].as_str().unwrap_or_default().trim_start_matches("/problems/").to_owned())
}

on_both!(every_denial_is_the_same_byte_for_byte, |app| {
    let all = shared(app).await;
    let unknown = format!("{}{}", &all.token[..all.token.len() - 4], "AAAA");
    let (session, staff) = (all.person.session(app).await, all.unit.administrator.session(app).await);
    let mint = async |days| app.service.mint(&staff, all.consent, days, "x").await.unwrap().0;
    let (revoked, expired) = (mint(7).await, mint(1).await);
    app.service.revoke(&staff, revoked.lookup().0).await.unwrap();
    app.clock.forward(2 * DAY);
    let mut answers = vec![get(app, &Actor::Anonymous, DISCLOSURE).await];
    for token in ["", "x", "egk_", &"x".repeat(5000), &unknown, &revoked.text(), &expired.text()] {
        answers.push(get(app, &Actor::Token(token.to_owned()), DISCLOSURE).await);
    }
    assert_eq!(get(app, &Actor::Token(all.token.clone()), DISCLOSURE).await.status, StatusCode::OK);
    app.service.withdraw(&session, all.consent).await.unwrap();
    answers.push(get(app, &Actor::Token(all.token.clone()), DISCLOSURE).await);
    let first = &answers[0];
    assert_eq!(problem(first, ""), (401, "invalid-token".to_owned()));
    assert!(
        first.header("www-authenticate").is_some_and(|told| told.starts_with("Bearer error=\"invalid_token\", resource_metadata="))
    );
    assert_eq!(first.header("cache-control"), Some("no-store"));
    for answer in &answers {
        assert_eq!((answer.status, &answer.headers, &answer.body), (first.status, &first.headers, &first.body));
    }
});

on_both!(after_sixty_denials_an_address_waits, |app| {
    let wrong = Actor::Token("egk_wrong".to_owned());
    for _ in 0..60 {
        assert_eq!(get(app, &wrong, DISCLOSURE).await.status, StatusCode::UNAUTHORIZED);
    }
    let waits = get(app, &wrong, DISCLOSURE).await;
    assert_eq!(problem(&waits, ""), (429, "too-fast".to_owned()));
    assert!(waits.header("retry-after").is_some());
    assert_eq!(get(app, &Actor::Anonymous, DISCLOSURE).await.body, waits.body);
    app.clock.forward(5 * MINUTE);
    assert_eq!(get(app, &wrong, DISCLOSURE).await.status, StatusCode::UNAUTHORIZED);
});

on_both!(a_token_reads_exactly_the_scope_with_swedish_labels, |app| {
    let all = shared(app).await;
    let actor = Actor::Token(all.token.clone());
    let read = get(app, &actor, DISCLOSURE).await;
    assert_eq!((read.status, read.header("cache-control")), (StatusCode::OK, Some("no-store")));
    let body = json(&read);
    assert_eq!((&body["consent"], &body["mode"]), (&json!(all.consent.0), &json!("view")));
    assert_eq!(body["unit"]["id"], json!(all.unit.id.0));
    assert_eq!(body["entries"].as_array().map(Vec::len), Some(1));
    let entry = &body["entries"][0];
    assert_eq!((&entry["kind"], &entry["section"], &entry["evidence"]), (&json!("skill"), &json!("p07"), &json!("e1")));
    assert_eq!(entry["fields"]["skill"]["concept"]["entered"], "svetsa");
    assert_eq!(entry["labels"]["values"]["skill"], json!(["svetsa"]));
    assert_eq!(entry["id"].as_str().map(str::len), Some(32));
    assert!(!read.text().contains(&all.person.id.to_string()) && !read.text().contains('⟦'), "{}", read.text());
    assert!(body["sequence"].as_u64() < json(&get(app, &actor, DISCLOSURE).await)["sequence"].as_u64());
});

on_both!(an_unchanged_read_is_304_and_an_event_all_the_same, |app| {
    let all = shared(app).await;
    let (session, actor) = (all.person.session(app).await, Actor::Token(all.token.clone()));
    let tag = get(app, &actor, DISCLOSURE).await.header("etag").map(str::to_owned).unwrap();
    let again = app.http().await.get_with(&actor, DISCLOSURE, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.len(), again.header("etag")), (StatusCode::NOT_MODIFIED, 0, Some(tag.as_str())));
    let events = app.service.events(&session, egenkarta::domain::Timestamp(i64::MAX), 50).await.unwrap();
    assert_eq!(events.iter().filter(|line| line.event.what == egenkarta::domain::event::What::Read).count(), 2);
    app.add(&session, Kind::Skill, skill("löda")).await;
    let changed = app.http().await.get_with(&actor, DISCLOSURE, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("etag"), Some(tag.as_str()));
});

on_both!(what_is_sent_wrongly_is_told_and_never_quoted, |app| {
    let person = app.participant("Amina").await;
    let me = as_owner(app, &person).await;
    let http = app.http().await;
    let try_body = async |kind: &str, body: String| {
        let answer = http.send(&me, Method::POST, "/api/v1/entries", Some((kind, body))).await;
        problem(&answer, "hemligt")
    };
    let is = |status: u16, key: &str| (status, key.to_owned());
    assert_eq!(try_body("application/json", "{hemligt".into()).await, is(400, "bad-json"));
    assert_eq!(try_body("text/plain", "hemligt".into()).await, is(415, "wrong-type"));
    assert_eq!(try_body("application/json", format!("\"hemligt{}\"", "x".repeat(300 * 1024))).await, is(413, "too-large"));
    assert_eq!(try_body("application/json", format!("{}hemligt{}", "[".repeat(500), "]".repeat(500))).await, is(400, "bad-json"));
    let written = |kind: &str, fields: Value| json!({"kind": kind, "lang": "sv", "fields": fields});
    let unknown = json!({"kind": "skill", "lang": "sv", "fields": {}, "hemligt": 1});
    assert_eq!(try_body("application/json", unknown.to_string()).await, is(422, "bad-member"));
    assert_eq!(try_body("application/json", written("hemligt", json!({})).to_string()).await, is(422, "bad-member"));
    let field = written("skill", json!({"hemligt": {"text": "hemligt"}}));
    assert_eq!(try_body("application/json", field.to_string()).await, is(422, "faults"));
    let long = written("preferred_name", json!({"name": {"text": "hemligt".repeat(40)}}));
    assert_eq!(try_body("application/json", long.to_string()).await, is(422, "faults"));
    assert_eq!(problem(&get(app, &me, "/api/v1/events?hemligt=1").await, "hemligt"), is(400, "bad-query"));
    assert_eq!(problem(&get(app, &me, "/api/v1/hemligt").await, "hemligt"), is(404, "not-found"));
    let nothing = http.send(&me, Method::DELETE, "/api/v1/consents/hemligt", Some(("application/json", String::new()))).await;
    assert_eq!(problem(&nothing, "hemligt"), is(404, "not-found"));
});

on_both!(what_a_layer_refuses_is_told_like_every_other_error, |app| {
    let (person, http) = (app.participant("Amina").await, app.http().await);
    let me = as_owner(app, &person).await;
    let strange = http.get_with(&me, "/api/v1/profile", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(strange.status, StatusCode::OK, "reading changes nothing");
    let foreign = [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")];
    let strange = http.with_headers(&me, Method::POST, "/api/v1/log/verify", &foreign, None).await;
    assert_eq!(problem(&strange, "elsewhere"), (403, "origin".to_owned()));
    let method = send(app, &me, Method::DELETE, "/api/v1/profile", &json!({})).await;
    assert_eq!(problem(&method, ""), (405, "method".to_owned()));
    assert!(method.header("allow").is_some());
    let long = get(app, &me, &format!("/api/v1/{}", "x".repeat(3000))).await;
    assert_eq!(problem(&long, "xxx"), (414, "bad-query".to_owned()));
});

on_both!(a_person_maps_shares_sees_and_withdraws_over_json, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let me = as_owner(app, &person).await;
    let entry =
        json!({"kind": "skill", "lang": "en", "fields": {"skill": {"concept": {"entered": "taking advice", "uri": ADVICE}}}});
    let added = send(app, &me, Method::POST, "/api/v1/entries", &entry).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
    let place = added.header("location").unwrap().to_owned();
    assert_eq!(send(app, &me, Method::PUT, &place, &entry).await.status, StatusCode::OK);
    let map = json(&get(app, &me, "/api/v1/profile").await);
    assert_eq!(
        map["entries"][0]["labels"]["values"]["skill"],
        json!(["ta emot kritik och vägledning"]),
        "as the taxonomy calls it"
    );
    let one = json(&get(app, &me, &place).await);
    assert_eq!((&one["id"], &one["fields"]), (&map["entries"][0]["id"], &map["entries"][0]["fields"]));
    let until = app.service.now().plus(20 * DAY).day().to_string();
    let wanted = json!({"unit": unit.id.0, "purpose": "job_matching", "sections": ["p07"], "mode": "view", "until": until});
    let given = send(app, &me, Method::POST, "/api/v1/consents", &wanted).await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.text());
    let consent = json(&given)["id"].as_str().unwrap().to_owned();
    assert_eq!(json(&get(app, &me, given.header("location").unwrap()).await)["code"], json(&given)["code"]);

    let staff = as_owner(app, &unit.administrator).await;
    let inbox = json(&get(app, &staff, "/api/v1/inbox").await);
    assert_eq!(inbox["consents"][0]["code"], json(&given)["code"]);
    let path = format!("/api/v1/inbox/{consent}/read");
    assert_eq!(problem(&send(app, &staff, Method::POST, &path, &json!({"case": " "})).await, ""), (422, "faults".to_owned()));
    let read = send(app, &staff, Method::POST, &path, &json!({"case": "12/26"})).await;
    assert_eq!(json(&read)["entries"].as_array().map(Vec::len), Some(1), "{}", read.text());
    let mint = |days: u16| json!({"consent": consent, "days": days, "name": "systemet"});
    assert_eq!(problem(&send(app, &staff, Method::POST, "/api/v1/tokens", &mint(31)).await, ""), (422, "faults".to_owned()));
    let minted = json(&send(app, &staff, Method::POST, "/api/v1/tokens", &mint(30)).await);
    let token = Actor::Token(minted["token"].as_str().unwrap().to_owned());
    assert_eq!(get(app, &token, DISCLOSURE).await.status, StatusCode::OK);
    assert_eq!(json(&get(app, &staff, "/api/v1/tokens").await)["tokens"][0]["id"], minted["id"]);
    let place_of_token = format!("/api/v1/tokens/{}", minted["id"].as_str().unwrap());
    assert_eq!(send(app, &staff, Method::DELETE, &place_of_token, &json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(get(app, &token, DISCLOSURE).await.status, StatusCode::UNAUTHORIZED);

    let events = json(&get(app, &me, "/api/v1/events?limit=200").await);
    let whats: BTreeSet<&str> = events["events"].as_array().unwrap().iter().filter_map(|line| line["what"].as_str()).collect();
    assert!(["read", "token_minted", "token_revoked", "consent_given"].iter().all(|what| whats.contains(what)), "{whats:?}");
    while app.service.sequence_log().await.unwrap() > 0 {}
    let check = json(&send(app, &me, Method::POST, "/api/v1/log/verify", &json!({})).await);
    assert_eq!((&check["whole"], &check["waiting"]), (&json!(true), &json!(0)));
    let place_of_consent = format!("/api/v1/consents/{consent}");
    let closed = person.closed_session_cookie(app).await;
    let closed = Actor::of(SessionKind::Participant, closed);
    assert_eq!(send(app, &closed, Method::DELETE, &place_of_consent, &json!({})).await.status, StatusCode::NO_CONTENT);
    let ended = send(app, &me, Method::POST, &path, &json!({"case": "12/26"})).await;
    assert_eq!(problem(&ended, ""), (401, "no-session".to_owned()), "a person is no staff");
    let ended = send(app, &staff, Method::POST, &path, &json!({"case": "12/26"})).await;
    assert_eq!(problem(&ended, ""), (409, "gone".to_owned()));
    assert_eq!(send(app, &me, Method::DELETE, &place, &json!({})).await.status, StatusCode::NO_CONTENT);
});

on_both!(the_description_lists_what_the_router_answers_and_nobody_gets_in_without_a_session, |app| {
    let described = get(app, &Actor::Anonymous, "/api/v1/openapi.json").await;
    assert_eq!((described.status, described.header("content-type")), (StatusCode::OK, Some("application/json")));
    let described = json(&described);
    let mut tried = 0;
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let real = path.replace("{id}", "00000000-0000-4000-8000-000000000000");
            let real = real.replace("{consent}", "00000000-0000-4000-8000-000000000000");
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer =
                app.http().await.send(&Actor::Anonymous, method.clone(), &real, Some(("application/json", "{}".into()))).await;
            let open = item[method.as_str().to_lowercase()].get("security").is_none();
            let expected = match (open, path.as_str()) {
                // Open to all, and names nothing that could be missing.
                (true, "/api/v1/verify") => StatusCode::UNPROCESSABLE_ENTITY,
                (true, _) => StatusCode::NOT_FOUND,
                (false, _) => StatusCode::UNAUTHORIZED,
            };
            assert_eq!(answer.status, expected, "{method} {path}: {}", answer.text());
            problem(&answer, "");
            tried += 1;
        }
    }
    assert!(tried >= 16, "{tried}");
    // Whatever answers under /api/v1 is registered where the description is made, and there alone.
    for (file, text) in crate::structure::sources("src/api", "rs") {
        for line in text.lines().filter(|line| line.contains(".route(\"/api")) {
            assert!(line.contains("/api/{*path}"), "{file}: {line}");
        }
        let handlers = text.matches("#[utoipa::path(").count();
        let listed = text.matches("path = \"/api/v1").count();
        assert_eq!(handlers, listed, "{file}");
    }
});

on_both!(health_checkpoint_and_tiles, |app| {
    assert_eq!(get(app, &Actor::Anonymous, "/health/live").await.status, StatusCode::OK);
    assert_eq!(get(app, &Actor::Anonymous, "/health/ready").await.status, StatusCode::OK);
    let keys = "/.well-known/openid-client-jwks.json";
    assert_eq!(get(app, &Actor::Anonymous, keys).await.status, StatusCode::NOT_FOUND, "no provider is shown a key of ours");
    assert_eq!(get(app, &Actor::Anonymous, "/metrics").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(app, &Actor::Anonymous, "/log/tile/0/000.p/1").await.status, StatusCode::NOT_FOUND);
    let _made = app.participant("Amina").await;
    while app.service.sequence_log().await.unwrap() > 0 {}
    let note = get(app, &Actor::Anonymous, "/api/v1/log/checkpoint").await;
    let checkpoint = egenkarta::log::Checkpoint::verify(&note.text(), app.service.signer.key()).unwrap();
    assert!(checkpoint.size >= 1);
    assert_eq!(get(app, &Actor::Anonymous, "/log/checkpoint").await.body, note.body);
    let tile = get(app, &Actor::Anonymous, &format!("/log/tile/0/000.p/{}", checkpoint.size)).await;
    assert_eq!(tile.body.len() as u64, 32 * checkpoint.size);
    for bad in ["0/000.p/9", "9/000", "x", "data/000", "0/../000"] {
        assert_ne!(get(app, &Actor::Anonymous, &format!("/log/tile/{bad}")).await.status, StatusCode::OK, "{bad}");
    }
});
