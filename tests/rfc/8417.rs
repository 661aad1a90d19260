//! RFC 8417: Security Event Tokens.

use std::collections::BTreeSet;

use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::{DAY, SECOND};
use serde_json::{Value, json};

use super::receiver::{Receiver, checked, sender};
use crate::support::people::skill;
use crate::support::{BASE, TestApp, on_both};

const EVENT: &str = "urn:egenkarta:event:consent-";

fn event(claims: &Value) -> (String, Value) {
    let events = claims["events"].as_object().expect("events is an object");
    assert_eq!(events.len(), 1, "one event in each token");
    let (kind, payload) = events.iter().next().unwrap();
    (kind.clone(), payload.clone())
}

on_both!(a_changed_token_does_not_check_and_a_true_one_says_ids_kind_and_time_alone, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let receiver = Receiver::start(&[]).await;
    let admin = unit.administrator.session(app).await;
    app.service.set_receiver(&admin, &receiver.address, true).await.unwrap();
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa i taket")).await;
    let mut choice = app.choice(unit.id, &[Section::P07]);
    choice.show_name = true;
    let given = app.service.give(&session, &choice).await.unwrap();
    app.service.deliver(&sender(app)).await.unwrap();

    let sent = receiver.sent();
    let token = &sent[0].body;
    for at in [3, token.find('.').unwrap() + 5, token.len() / 2, token.len() - 5] {
        let mut bad = token.clone().into_bytes();
        bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
        assert!(checked(app, &String::from_utf8(bad).unwrap()).is_none(), "sign {at}");
    }
    let (head, claims) = checked(app, token).expect("our key fits");
    assert_eq!((&head["typ"], &head["alg"]), (&json!("secevent+jwt"), &json!("EdDSA")));
    assert_eq!(head["kid"], app.service.keys.document_jwks()["keys"][0]["kid"]);
    let names: BTreeSet<&str> = claims.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["aud", "events", "iat", "iss", "jti", "toe"].into(), "no sub, no exp");
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(BASE), &json!(format!("{BASE}/units/{}", unit.id))));
    assert_eq!(claims["iat"], json!(app.service.now().0 / SECOND));
    let (kind, payload) = event(&claims);
    assert_eq!(kind, format!("{EVENT}given"));
    assert_eq!(payload, json!({"consent": given.terms.consent.0, "at": app.service.now().rfc3339()}));
    let text = claims.to_string();
    for secret in ["Amina", "svetsa", "job_matching", &given.code, &person.id.to_string()] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
});

async fn kinds(app: &TestApp, receiver: &Receiver) -> Vec<String> {
    let tokens = receiver.sent();
    let claims = tokens.iter().map(|sent| checked(app, &sent.body).expect("signed").1);
    let mut told: Vec<(String, String)> = claims.map(|claims| (claims["jti"].to_string(), event(&claims).0)).collect();
    let all = told.len();
    told.sort();
    told.dedup_by(|a, b| a.0 == b.0);
    assert_eq!(told.len(), all, "each token has an id of its own");
    let mut kinds: Vec<String> = told.into_iter().map(|(_, kind)| kind.trim_start_matches(EVENT).to_owned()).collect();
    kinds.sort();
    kinds
}

on_both!(each_turn_of_a_consent_is_told_and_nothing_without_a_receiver, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let untold = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    let receiver = Receiver::start(&[]).await;
    app.service.set_receiver(&unit.administrator.session(app).await, &receiver.address, true).await.unwrap();
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(app.give(&session, unit.id, &[Section::P07]).await.terms.consent);
    }
    app.service.change(&session, ids[0], &app.choice(unit.id, &[Section::P07])).await.unwrap();
    app.service.withdraw(&session, ids[0]).await.unwrap();
    app.service.withdraw(&session, untold).await.unwrap();
    app.clock.forward(31 * DAY);
    app.service.expire().await.unwrap();
    while app.service.deliver(&sender(app)).await.unwrap() > 0 {}
    let expected = ["changed", "expired", "expired", "given", "given", "given", "withdrawn", "withdrawn"];
    assert_eq!(kinds(app, &receiver).await, expected);
    app.service.erase(&person.session(app).await).await.unwrap();
    assert_eq!(app.service.deliver(&sender(app)).await.unwrap(), 0, "nothing ends twice");
});

on_both!(whoever_erases_themselves_has_each_unit_told_first, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    let receiver = Receiver::start(&[]).await;
    app.service.set_receiver(&unit.administrator.session(app).await, &receiver.address, true).await.unwrap();
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.give(&session, unit.id, &[Section::P07]).await;
    app.service.erase(&session).await.unwrap();
    app.service.deliver(&sender(app)).await.unwrap();
    assert_eq!(kinds(app, &receiver).await, ["given", "withdrawn"]);
});
