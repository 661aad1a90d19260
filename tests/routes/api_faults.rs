//! `/api/v1`: what is sent wrongly, and where the answer says that it is.

use axum::http::{Method, StatusCode};
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::DAY;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::oauth::json_of;
use crate::support::people::{Owner, skill};
use crate::support::{TestApp, on_both};

const ENTRIES: &str = "/api/v1/entries";
const CONSENTS: &str = "/api/v1/consents";
/// A skill of the starter taxonomy, and an occupation.
const ADVICE: &str = "http://data.europa.eu/esco/skill/05aa7c09-46e7-433f-a81b-92841f4551e7";
const NURSE: &str = "http://data.europa.eu/esco/occupation/d38c2107-98f2-47b7-8bb4-f69750d51082";

async fn as_owner(app: &TestApp, owner: &Owner) -> Actor {
    Actor::of(owner.kind, owner.cookie(app).await)
}

async fn post(app: &TestApp, actor: &Actor, path: &str, body: &Value) -> Answer {
    app.http().await.send(actor, Method::POST, path, Some(("application/json", body.to_string()))).await
}

/// Status, and the first member that is said to be wrong.
fn fault(answer: &Answer) -> (u16, String, String) {
    assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{}", answer.text());
    assert!(!answer.text().contains(['\u{2066}', '\u{2068}', '\u{2069}']), "{}", answer.text());
    let one = &json_of(answer)["errors"][0];
    let text = |name: &str| one[name].as_str().unwrap_or("-").to_owned();
    (answer.status.as_u16(), text("pointer"), text("fault"))
}

fn is(status: u16, pointer: &str, fault: &str) -> (u16, String, String) {
    (status, pointer.to_owned(), fault.to_owned())
}

fn entry(kind: &str, fields: Value) -> Value {
    json!({"kind": kind, "lang": "sv", "fields": fields})
}

on_both!(a_fault_points_into_the_body_as_it_was_sent, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let me = as_owner(app, &person).await;
    let add = async |body: Value| fault(&post(app, &me, ENTRIES, &body).await);
    assert_eq!(add(entry("skill", json!({}))).await, is(422, "/fields/skill", "missing"));
    assert_eq!(
        add(entry("home", json!({"municipality": {"text": "x".repeat(99)}}))).await,
        is(422, "/fields/municipality", "too-long")
    );
    assert_eq!(add(entry("skill", json!({"hemligt": {"text": "x"}}))).await, is(422, "/fields", "unknown"));
    assert_eq!(add(entry("skill", json!({"skill": {"text": 5}}))).await, is(422, "/fields/skill/text", "form"));
    assert_eq!(add(json!({"kind": "skill", "lang": "hemligt språk", "fields": {}})).await, is(422, "/lang", "not-a-language"));
    assert_eq!(add(json!({"kind": "hemligt", "lang": "sv", "fields": {}})).await, is(422, "/kind", "form"));
    assert_eq!(add(json!({"kind": "skill", "lang": "sv"})).await, is(422, "", "form"));
    let until = app.service.now().plus(20 * DAY).day().to_string();
    let wanted = json!({"unit": unit.id.0, "purpose": "job_matching", "sections": ["p07"], "mode": "view", "until": until});
    let give = async |name: &str, value: Value| {
        let mut body = wanted.clone();
        body[name] = value;
        fault(&post(app, &me, CONSENTS, &body).await)
    };
    assert_eq!(give("sections", json!(["p07", "p99"])).await, is(422, "/sections/1", "form"));
    assert_eq!(give("stated", json!("hemligt")).await, is(422, "/stated", "form"));
    assert_eq!(give("until", json!("2027-02-31")).await, is(422, "/until", "form"));
    assert_eq!(give("until", json!("2020-01-01")).await, is(422, "/until", "bad-end"));
    assert_eq!(give("unit", json!("hemligt")).await, is(422, "/unit", "form"));
    assert_eq!(give("hemligt", json!(1)).await, is(422, "", "form"));
    let unknown = json!(["3f0c1c8e-2f5e-4b57-9d3a-6f2b8a1c4d5e"]);
    assert_eq!(give("entries", unknown.clone()).await, is(422, "/entries", "not-a-choice"));
    assert_eq!(give("kept_out", unknown).await, is(422, "/kept_out", "not-a-choice"));
    assert!(app.service.consents(&person.session(app).await).await.unwrap().is_empty(), "nothing was given");
    let mut capitals = wanted.clone();
    capitals["sections"] = json!(["P07"]);
    assert_eq!(post(app, &me, CONSENTS, &capitals).await.status, StatusCode::CREATED);
});

on_both!(a_concept_is_called_what_the_taxonomy_calls_it, |app| {
    let person = app.participant("Amina").await;
    let me = as_owner(app, &person).await;
    let concept = |concept: Value| entry("skill", json!({"skill": {"concept": concept}}));
    let wrong = [
        json!({"uri": "javascript:alert(1)", "entered": "X", "sv": "X", "en": "X"}),
        json!({"uri": "https://example.org/skill/1", "entered": "X"}),
        json!({"uri": "http://data.europa.eu/esco/skill/invented", "entered": "X"}),
        json!({"uri": ADVICE, "entered": "X", "sv": "hjärnkirurg"}),
        json!({"uri": NURSE, "entered": "an occupation is no skill"}),
        json!({"entered": "welding", "sv": "svetsning"}),
    ];
    for one in wrong {
        assert_eq!(
            fault(&post(app, &me, ENTRIES, &concept(one.clone())).await),
            is(422, "/fields/skill", "not-a-concept"),
            "{one}"
        );
    }
    assert!(app.service.profile(&person.session(app).await).await.unwrap().entries.is_empty());
    let right = [
        json!({"uri": ADVICE, "entered": "lyssna"}),
        json!({"uri": ADVICE, "entered": "lyssna", "en": "accept criticism and guidance"}),
    ];
    for one in right {
        let added = post(app, &me, ENTRIES, &concept(one)).await;
        assert_eq!(added.status, StatusCode::CREATED, "{}", added.text());
        let read = json_of(&app.http().await.get(&me, added.header("location").unwrap()).await);
        let kept = &read["fields"]["skill"]["concept"];
        assert_eq!((&kept["sv"], &kept["en"]), (&json!("ta emot kritik och vägledning"), &json!("accept criticism and guidance")));
    }
});

on_both!(a_concept_that_only_an_older_taxonomy_knew_stays_where_it_stands, |app| {
    let person = app.participant("Amina").await;
    let (session, me) = (person.session(app).await, as_owner(app, &person).await);
    let old = json!({"uri": "http://data.europa.eu/esco/skill/older", "entered": "binda tunnor", "sv": "tunnbinderi"});
    let fields = serde_json::from_value(json!({"skill": {"concept": old}})).unwrap();
    let id = app.add(&session, Kind::Skill, fields).await;
    let put = async |fields: Value| {
        let body = Some(("application/json", entry("skill", fields).to_string()));
        app.http().await.send(&me, Method::PUT, &format!("{ENTRIES}/{id}"), body).await
    };
    let same = put(json!({"skill": {"concept": old}, "level": {"choice": "alone"}})).await;
    assert_eq!(same.status, StatusCode::OK, "{}", same.text());
    let mut other = old.clone();
    other["sv"] = "något annat".into();
    assert_eq!(fault(&put(json!({"skill": {"concept": other}})).await), is(422, "/fields/skill", "not-a-concept"));
});

on_both!(signs_that_cannot_be_seen_are_refused, |app| {
    let person = app.participant("Amina").await;
    let me = as_owner(app, &person).await;
    let named = |name: &str| entry("preferred_name", json!({"name": {"text": name}}));
    for name in ["A\0", "\u{1b}[2J", "\u{7}", "a\u{202e}b", "a\u{2067}b", "\u{ffff}", "a\nb"] {
        let answer = post(app, &me, ENTRIES, &named(name)).await;
        assert_eq!(fault(&answer), is(422, "/fields/name", "not-text"), "{name:?}");
    }
    let persian = "می\u{200c}خواهم";
    assert_eq!(post(app, &me, ENTRIES, &named(persian)).await.status, StatusCode::CREATED);
    let session = person.session(app).await;
    assert_eq!(app.service.profile(&session).await.unwrap().name().as_deref(), Some(persian));
    let long = entry("needs", json!({"need": {"text": "en rad\noch\ten till"}}));
    assert_eq!(post(app, &me, ENTRIES, &long).await.status, StatusCode::CREATED);
});

on_both!(an_address_that_is_no_text_names_nothing, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (me, staff) = (as_owner(app, &person).await, as_owner(app, &unit.administrator).await);
    let get = async |actor: &Actor, path: &str| app.http().await.get(actor, path).await;
    for path in ["/api/v1/entries/%ff", "/api/v1/entries/%ff/file", "/api/v1/consents/%ff/receipt", "/api/v1/units/%ff/statement"] {
        let answer = get(&me, path).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (404, Some("application/problem+json")), "{path}");
    }
    assert_eq!(get(&staff, "/api/v1/unit/consents/%ff").await.status, StatusCode::NOT_FOUND);
    let token = Actor::Token("egk_unknown".to_owned());
    let (none, unknown) = (get(&token, "/api/v1/disclosure/files/%ff").await, get(&token, "/api/v1/disclosure/files/00").await);
    assert_eq!((none.status, &none.headers, &none.body), (StatusCode::UNAUTHORIZED, &unknown.headers, &unknown.body), "all alike");
    for path in
        ["/issuer/%ff/jwks.json", "/issuer/%ff/status/%ff", "/log/tile/%ff", "/.well-known/openid-credential-issuer/issuer/%ff"]
    {
        assert_eq!(get(&Actor::Anonymous, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
});

on_both!(a_body_that_breaks_off_is_no_large_one, |app| {
    let person = app.participant("Amina").await;
    let (_, cookie) = as_owner(app, &person).await.header().unwrap();
    for (path, kind) in [(ENTRIES, "application/json"), ("/api/v1/verify", "application/json"), ("/api/v1/verify", "image/png")] {
        let answer = broken(app, path, kind, &cookie).await;
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("/problems/bad-body"), "{path} {kind}: {answer}");
    }
});

/// The answer to a body in chunks, the first of which has no length.
async fn broken(app: &TestApp, path: &str, kind: &str, cookie: &str) -> String {
    let address = app.http().await.listen().await;
    let port: u16 = address.rsplit(':').next().unwrap().parse().unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost:8080\r\nContent-Type: {kind}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n"
    );
    let rest = "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n";
    stream.write_all(format!("{head}{rest}").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // What has come before the connection is cut is the answer.
    let _end = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

on_both!(a_cursor_and_a_limit_are_what_they_are_said_to_be, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    app.give(&session, unit.id, &[Section::P07]).await;
    let staff = as_owner(app, &unit.administrator).await;
    let get = async |query: &str| app.http().await.get(&staff, &format!("/api/v1/unit/consents{query}")).await;
    for bad in ["?limit=0", "?limit=501", "?limit=-1", "?since=99999999", "?since=x"] {
        assert_eq!(get(bad).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
    let all = get("?limit=500").await;
    let next = json_of(&all)["next"].as_str().unwrap().to_owned();
    assert_eq!((get(&format!("?since={next}")).await.status, get("?limit=1").await.status), (StatusCode::OK, StatusCode::OK));
    let tag = all.header("etag").unwrap().to_owned();
    for tag in [tag.clone(), format!("W/{tag}"), format!("\"x\", W/{tag}")] {
        let again = app.http().await.get_with(&staff, "/api/v1/unit/consents", &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{tag}");
    }
});

on_both!(a_strong_tag_meets_a_weak_one_and_a_head_is_proven_as_one, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, admin) = (person.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let consent = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    let token = app.service.mint(&admin, consent, 7, "systemet").await.unwrap().0.text().as_str().to_owned();
    let (actor, path) = (Actor::Token(token), "/api/v1/disclosure");
    let tag = app.http().await.get(&actor, path).await.header("etag").unwrap().to_owned();
    let bare = tag.trim_start_matches("W/").to_owned();
    for tag in [tag, bare] {
        let again = app.http().await.get_with(&actor, path, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{tag}");
    }
    let head = app.http().await.send(&actor, Method::HEAD, path, None).await;
    assert_eq!(head.status, StatusCode::OK);
    let program = app.registered(&unit).await;
    for (made, status) in [("HEAD", "invalid_token"), ("GET", "invalid_dpop_proof")] {
        let proof = program.proof(app, made, path, Some("egk_unknown"));
        let headers = [("authorization", "DPoP egk_unknown"), ("dpop", proof.as_str())];
        let answer = app.http().await.with_headers(&Actor::Anonymous, Method::HEAD, path, &headers, None).await;
        let told: Vec<_> = answer.headers.get_all("www-authenticate").iter().map(|one| one.to_str().unwrap()).collect();
        assert!(told.iter().any(|one| one.contains(&format!("DPoP error=\"{status}\""))), "{made}: {told:?}");
    }
});

on_both!(a_program_is_told_of_its_token_and_not_of_a_cookie, |app| {
    let get = async |path: &str, value: &str| app.http().await.get_with(&Actor::Anonymous, path, &[("authorization", value)]).await;
    for value in ["Bearer egp_unknown", "DPoP egp_unknown"] {
        let answer = get("/api/v1/unit/consents", value).await;
        let told: Vec<_> = answer.headers.get_all("www-authenticate").iter().map(|one| one.to_str().unwrap()).collect();
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (401, Some("application/problem+json")), "{value}");
        assert!(told.len() == 2 && !told.iter().any(|one| one.starts_with("Cookie")), "{value}: {told:?}");
        assert!(!answer.text().contains("webbläsaren") && !answer.text().contains("browser"), "{value}: {}", answer.text());
    }
    let unproven = get("/api/v1/disclosure", "DPoP egk_unknown").await;
    assert_eq!(json_of(&unproven)["type"], "/problems/invalid-proof", "{}", unproven.text());
});

on_both!(whoever_may_mint_no_token_is_told_that_of_an_ended_consent_too, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let consent = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    let reader = app.colleague(&unit, "Rut", Role::Reader).await;
    let (staff, admin) = (as_owner(app, &reader).await, as_owner(app, &unit.administrator).await);
    app.service.withdraw(&session, consent).await.unwrap();
    let body = json!({"consent": consent.0, "days": 3, "name": "systemet"});
    assert_eq!(post(app, &staff, "/api/v1/tokens", &body).await.status, StatusCode::FORBIDDEN);
    assert_eq!(post(app, &admin, "/api/v1/tokens", &body).await.status, StatusCode::CONFLICT);
});
