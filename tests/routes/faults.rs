//! What was wrong is what is said: broken uploads, a case that is too long, a copy where only looking was allowed, a program that is not
//! there; and what each newcomer may try.

use axum::http::{Method, StatusCode};
use egenkarta::domain::ClientId;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::usecase::account::Newcomer;
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{ISSUER, skill};
use crate::support::{BASE, TestApp, on_both};

async fn swedish(app: &TestApp, actor: &Actor, path: &str, kind: &str, body: &str) -> Answer {
    let headers = [("accept-language", "sv")];
    app.http().await.with_headers(actor, Method::POST, path, &headers, Some((kind, body.to_owned()))).await
}

async fn form(app: &TestApp, actor: &Actor, path: &str, body: &str) -> Answer {
    swedish(app, actor, path, "application/x-www-form-urlencoded", body).await
}

on_both!(a_broken_upload_is_not_said_to_be_too_large, |app| {
    let person = app.participant("Amina").await;
    let me = Actor::Participant(person.cookie(app).await);
    let head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    let broken = head.replace("\"a\"", "\"a\r\nb\"");
    for body in ["", "--x", head, &format!("{head}half"), &format!("{broken}half\r\n--x--\r\n")] {
        for (path, large) in [(url::IMPORT, "Filen är större än"), (url::PROOFS, "är för stort"), (url::VERIFY_FILE, "är för stor")]
        {
            let answer = swedish(app, &me, path, "multipart/form-data; boundary=x", body).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {body:?}");
            assert!(!answer.text().contains(large), "{path} {body:?}");
        }
    }
});

on_both!(staff_are_told_what_was_wrong, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa i taket")).await;
    let id = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    let long = form(app, &staff, &url::staff_read(id), &format!("case={}", "9".repeat(61))).await;
    assert!(long.status == StatusCode::UNPROCESSABLE_ENTITY && long.text().contains("Beteckningen är för lång"), "{}", long.text());
    assert!(form(app, &staff, &url::staff_read(id), "case=+").await.text().contains("Skriv ärendets beteckning."));
    let copy = form(app, &staff, &url::staff_copy(id), "case=2026-1").await;
    assert!(copy.status == StatusCode::FORBIDDEN && copy.text().contains("Delningen får bara läsas"), "{}", copy.text());
    let nobody = form(app, &staff, &url::staff_client_end(ClientId(uuid::Uuid::from_u128(7))), "").await;
    assert_eq!(nobody.header("location"), Some(url::STAFF_CLIENTS));
});

on_both!(a_newcomer_has_ten_tries_at_a_first_passphrase, |app| {
    let http = app.http().await;
    let arrival = app.service.arrive(ISSUER, "someone-new", Newcomer::new(false, false, None, None)).await.unwrap();
    let egenkarta::usecase::account::Arrival::Newcomer(secret) = arrival else { panic!("nobody has come before") };
    let cookie = format!("egenkarta-new={}", secret.text().as_str());
    let body = || Some(("application/x-www-form-urlencoded", "choice=own&own=x".to_owned()));
    let mut last = StatusCode::OK;
    for _ in 0..11 {
        last = http.with_headers(&Actor::Anonymous, Method::POST, url::KEYS_NEW, &[("cookie", &cookie)], body()).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
});

on_both!(who_one_chose_to_be_is_who_the_demo_offers, |app| {
    let http = app.http().await;
    let demo = http.get(&Actor::Anonymous, url::DEMO).await.text();
    let value = |name: &str| {
        let at = demo.find(&format!("name=\"{name}\" value=\"")).expect("a form to be someone");
        demo[at..].split('"').nth(3).unwrap().to_owned()
    };
    let (issuer, persona) = (value("issuer"), value("persona"));
    let back = format!("{BASE}{}", url::LOGIN_CALLBACK);
    let challenge = "A".repeat(43);
    let sent = [
        ("response_type", "code"),
        ("client_id", "egenkarta"),
        ("redirect_uri", back.as_str()),
        ("scope", "openid"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        ("login_hint", persona.as_str()),
    ];
    let query = ::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(sent).finish();
    let page = http.get(&Actor::Anonymous, &format!("/demo-idp/{issuer}/authorize?{query}")).await.text();
    assert_eq!(page.matches("name=\"person\"").count(), 1, "{page}");
    assert!(page.contains(&format!("value=\"{persona}\"")));
});

on_both!(what_is_shown_once_is_not_lost_to_a_change_of_language, |app| {
    let unit = app.unit("af").await;
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    let made = form(app, &staff, url::STAFF_INVITE, "name=Nina&role=reader").await;
    assert!(made.status == StatusCode::OK && made.text().contains("class=\"secret\""), "{}", made.text());
    assert!(!made.text().contains("class=\"languages\""));
    assert!(app.http().await.get(&staff, url::STAFF_UNIT).await.text().contains("class=\"languages\""));
});
