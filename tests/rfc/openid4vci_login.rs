//! The authorization code flow of OpenID4VCI 1.0 (5), with us as the issuer: `/issuer/{unit}/par`, `/issuer/{unit}/authorize`,
//! `/wallet/{key}`, and what its code is given for.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use egenkarta::credential::openid4vci::{Grant, Offer, OfferSource, PRE_AUTHORIZED};
use egenkarta::credential::sd_jwt::SdJwt;
use egenkarta::domain::event::What;
use egenkarta::domain::time::{MINUTE, SECOND};
use egenkarta::usecase::wallet::By;
use egenkarta::web::page::url;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

use super::openid4vci::{Scene, proof as proof_of};
use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::oauth::{Signer, error, json_of};
use crate::support::wallet::signing_key;
use crate::support::{BASE, TestApp, on_both};

const CLIENT: &str = "wallet-1";
const REDIRECT: &str = "https://wallet.example/back";
const VERIFIER: &str = "0123456789-0123456789-0123456789-0123456789";

fn challenge() -> String {
    B64.encode(digest(&SHA256, VERIFIER.as_bytes()))
}

/// What a wallet pushes, as it should be.
fn sound() -> Vec<(&'static str, String)> {
    [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", REDIRECT),
        ("state", "s-1"),
        ("scope", "competence"),
        ("code_challenge", &challenge()),
        ("code_challenge_method", "S256"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// With one parameter changed, or taken away where it is empty.
fn with(name: &'static str, value: &str) -> Vec<(&'static str, String)> {
    let mut all: Vec<_> = sound().into_iter().filter(|(known, _)| *known != name).collect();
    all.extend((!value.is_empty()).then(|| (name, value.to_owned())));
    all
}

async fn send(app: &TestApp, path: &str, form: &[(&'static str, String)]) -> Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.form(path, &[], &form).await
}

async fn push(app: &TestApp, scene: &Scene, form: &[(&'static str, String)]) -> String {
    let answer = send(app, &scene.at("par"), form).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    json_of(&answer)["request_uri"].as_str().unwrap().to_owned()
}

async fn begin(app: &TestApp, path: &str, client: &str, uri: &str) -> Answer {
    app.http().await.get(&Actor::Anonymous, &format!("{path}?client_id={client}&request_uri={uri}")).await
}

/// The page on which a pushed request is answered.
async fn page_of(app: &TestApp, scene: &Scene, form: &[(&'static str, String)]) -> String {
    let uri = push(app, scene, form).await;
    let begun = begin(app, &scene.at("authorize"), CLIENT, &uri).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    begun.header("location").unwrap().to_owned()
}

/// What leads back to the wallet.
fn led(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let back = ::url::Url::parse(answer.header("location").unwrap()).unwrap();
    assert!(back.as_str().starts_with(REDIRECT), "{back}");
    back.query_pairs().into_owned().collect()
}

fn of<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

async fn yes(app: &TestApp, scene: &Scene, page: &str) -> Answer {
    let me = Actor::Participant(scene.person.cookie(app).await);
    app.http().await.post(&me, page, &[("say", "yes"), ("proof", &scene.entry.to_string())]).await
}

async fn code(app: &TestApp, scene: &Scene, form: &[(&'static str, String)]) -> String {
    let answer = yes(app, scene, &page_of(app, scene, form).await).await;
    of(&led(&answer), "code").unwrap().to_owned()
}

fn right(code: &str) -> Vec<(&'static str, String)> {
    let all = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", CLIENT),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    all.map(|(name, value)| (name, value.to_owned())).to_vec()
}

fn issuer_state(link: &str) -> String {
    let Some(OfferSource::Value(members)) = OfferSource::read(link) else { panic!("by value") };
    let Some(Grant::Login(login)) = Offer::read(&members).map(|offer| offer.grant) else { panic!("by login alone") };
    login.issuer_state.unwrap()
}

async fn offered(app: &TestApp, scene: &Scene) -> String {
    let session = scene.person.session(app).await;
    issuer_state(&app.service.offer_to_wallet(&session, scene.entry, BASE, By::Login).await.unwrap().link)
}

on_both!(what_is_pushed_is_sound_and_for_this_issuer_or_refused, |app| {
    let scene = Scene::served(app).await;
    let elsewhere = json!([{ "type": "openid_credential", "credential_configuration_id": "competence",
                             "locations": ["https://other.example"] }]);
    for (form, why) in [
        (with("response_type", ""), "invalid_request"),
        (with("response_type", "token"), "unsupported_response_type"),
        (with("response_mode", "fragment"), "invalid_request"),
        (with("client_id", ""), "invalid_request"),
        (with("client_id", "https://bank.example"), "invalid_request"),
        (with("redirect_uri", ""), "invalid_request"),
        (with("redirect_uri", "javascript:alert(1)"), "invalid_request"),
        (with("redirect_uri", "http://wallet.example/back"), "invalid_request"),
        (with("redirect_uri", "https://wallet.example/back#x"), "invalid_request"),
        (with("code_challenge", ""), "invalid_request"),
        (with("code_challenge", VERIFIER), "invalid_request"),
        (with("code_challenge_method", ""), "invalid_request"),
        (with("code_challenge_method", "plain"), "invalid_request"),
        (with("scope", ""), "invalid_request"),
        (with("scope", "openid"), "invalid_scope"),
        (with("authorization_details", "[]"), "invalid_authorization_details"),
        (with("authorization_details", &elsewhere.to_string()), "invalid_authorization_details"),
        (with("issuer_state", "x"), "invalid_request"),
        (with("issuer_state", &"A".repeat(43)), "invalid_request"),
        (with("resource", "https://other.example"), "invalid_target"),
        (with("request_uri", "urn:x"), "invalid_request"),
        (with("login_hint", "amina"), "invalid_request"),
        (with("dpop_jkt", "x"), "invalid_request"),
    ] {
        assert_eq!(error(&send(app, &scene.at("par"), &form).await), (400, why.to_owned()), "{form:?}");
    }
    let twice = [sound(), vec![("state", "s-2".to_owned())]].concat();
    assert_eq!(error(&send(app, &scene.at("par"), &twice).await).0, 400);
    let late = offered(app, &scene).await;
    app.clock.forward(11 * MINUTE);
    assert_eq!(error(&send(app, &scene.at("par"), &with("issuer_state", &late)).await), (400, "invalid_request".to_owned()));
    let none = send(app, "/issuer/x/par", &sound()).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let fresh = scene.issuer.unit.administrator.session(app).await;
    app.service.serve_wallets(&fresh, false).await.unwrap();
    assert_eq!(error(&send(app, &scene.at("par"), &sound()).await), (400, "invalid_request".to_owned()), "switched off");
});

on_both!(nothing_begins_that_was_not_pushed_to_this_unit_by_this_wallet_just_now, |app| {
    let (scene, other) = (Scene::served(app).await, app.unit_named("adult_education", "En annan enhet", "Otto Other").await);
    let (uri, at) = (push(app, &scene, &sound()).await, scene.at("authorize"));
    let state = offered(app, &scene).await;
    let plain = format!("{at}?response_type=code&client_id={CLIENT}&redirect_uri={REDIRECT}&scope=competence");
    let unpushed = app.http().await.get(&Actor::Anonymous, &plain).await;
    assert_eq!((unpushed.status, unpushed.header("location")), (StatusCode::NOT_FOUND, None), "not pushed");
    let cookie = scene.person.cookie(app).await;
    let of_another_kind = format!("urn:ietf:params:oauth:request_uri:{}", cookie.text().as_str());
    for (why, path, client, uri) in [
        ("another wallet's", at.as_str(), "wallet-2", uri.as_str()),
        ("another unit's", &format!("/issuer/{}/authorize", other.id), CLIENT, &uri),
        ("unknown", &at, CLIENT, &format!("{uri}x")),
        ("no urn", &at, CLIENT, uri.rsplit(':').next().unwrap()),
        ("an offer", &at, CLIENT, &format!("urn:ietf:params:oauth:request_uri:{state}")),
        ("a session", &at, CLIENT, &of_another_kind),
    ] {
        let answer = begin(app, path, client, uri).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::NOT_FOUND, None), "{why}");
    }
    let begun = begin(app, &at, CLIENT, &uri).await;
    let page = begun.header("location").unwrap().to_owned();
    app.clock.forward(600 * SECOND);
    assert_eq!(begin(app, &at, CLIENT, &uri).await.status, StatusCode::NOT_FOUND, "late");
    app.clock.forward(60 * MINUTE);
    let late = app.http().await.get(&Actor::Anonymous, &page).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND, "too late to answer");
});

on_both!(who_may_not_answer_gives_nothing_and_a_stranger_has_nothing_to_give, |app| {
    let scene = Scene::served(app).await;
    let page = page_of(app, &scene, &sound()).await;
    let staff = Actor::Staff(scene.issuer.unit.administrator.cookie(app).await);
    let closed = Actor::Participant(scene.person.closed_session_cookie(app).await);
    let form = [("say", "yes"), ("proof", &scene.entry.to_string())];
    for actor in [Actor::Anonymous, staff, closed] {
        let shown = app.http().await.get(&actor, &page).await;
        assert!(shown.status == StatusCode::OK && !shown.text().contains("name=\"say\" value=\"yes\""), "{actor:?}");
        assert!(!shown.text().contains(&scene.entry.to_string()), "{actor:?}");
        let given = app.http().await.post(&actor, &page, &form).await;
        assert_eq!((given.status, given.header("location")), (StatusCode::SEE_OTHER, Some(page.as_str())), "{actor:?}");
    }
    let stranger = Actor::Participant(app.participant("Bo").await.cookie(app).await);
    let shown = app.http().await.get(&stranger, &page).await;
    assert!(shown.text().contains(url::OFFER) && !shown.text().contains("name=\"proof\""));
    assert_eq!(app.http().await.post(&stranger, &page, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Someone else's offer, brought to another's page: it names none of theirs.
    let of_offer = page_of(app, &scene, &with("issuer_state", &offered(app, &scene).await)).await;
    assert_eq!(app.http().await.post(&stranger, &of_offer, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let me = Actor::Participant(scene.person.cookie(app).await);
    let wrong = app.http().await.post(&me, &page, &[("say", "yes"), ("proof", &uuid::Uuid::nil().to_string())]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let open =
        app.http().await.post(&Actor::Participant(scene.person.closed_session_cookie(app).await), &page, &[("say", "open")]).await;
    assert_eq!(open.header("location"), Some(url::KEYS_UNLOCK));
    let kept = format!("egenkarta-ask={}", url::wallet_waiting(page.rsplit('/').next().unwrap()));
    assert!(open.header("set-cookie").is_some_and(|cookie| cookie.starts_with(&kept)), "it is found again afterwards");
});

on_both!(a_code_serves_once_soon_and_only_whom_it_was_given_to, |app| {
    let (scene, other) = (Scene::served(app).await, app.unit_named("adult_education", "En annan enhet", "Otto Other").await);
    let given = code(app, &scene, &sound()).await;
    let bent = |name: &'static str, value: &str| -> Vec<(&'static str, String)> {
        right(&given).into_iter().map(|(n, v)| if n == name { (n, value.to_owned()) } else { (n, v) }).collect()
    };
    for (form, why) in [
        (bent("code_verifier", &"x".repeat(43)), "invalid_grant"),
        (bent("code_verifier", &challenge()), "invalid_grant"),
        (bent("code_verifier", ""), "invalid_request"),
        (bent("redirect_uri", "https://wallet.example/back/"), "invalid_grant"),
        (bent("redirect_uri", ""), "invalid_request"),
        (bent("client_id", "wallet-2"), "invalid_grant"),
        (bent("client_id", ""), "invalid_request"),
        (bent("code", &"A".repeat(43)), "invalid_grant"),
        (vec![("grant_type", PRE_AUTHORIZED.to_owned()), ("pre-authorized_code", given.clone())], "invalid_grant"),
    ] {
        assert_eq!(error(&send(app, &scene.at("token"), &form).await), (400, why.to_owned()), "{form:?}");
    }
    let elsewhere = send(app, &format!("/issuer/{}/token", other.id), &right(&given)).await;
    assert_eq!(error(&elsewhere), (400, "invalid_grant".to_owned()), "another unit's");
    let token = json_of(&send(app, &scene.at("token"), &right(&given)).await)["access_token"].as_str().unwrap().to_owned();
    assert_eq!(error(&send(app, &scene.at("token"), &right(&given)).await), (400, "invalid_grant".to_owned()), "once");
    assert_eq!(scene.ask(app, &token, &["x"]).await.0, 401, "brought twice: what came of it ends too");
    let late = code(app, &scene, &sound()).await;
    app.clock.forward(61 * SECOND);
    assert_eq!(error(&send(app, &scene.at("token"), &right(&late)).await), (400, "invalid_grant".to_owned()), "late");
    // An offer's own code is none of a login.
    let (offer, _) = scene.offer(app, false).await;
    let Grant::Code { code, .. } = offer.grant else { panic!("a code") };
    assert_eq!(error(&send(app, &scene.at("token"), &right(&code)).await), (400, "invalid_grant".to_owned()));
});

on_both!(a_code_for_a_named_key_serves_that_key_alone, |app| {
    let scene = Scene::served(app).await;
    let (key, other) = (Signer::new(), Signer::new());
    let (token_at, par) = (scene.at("token"), scene.at("par"));
    let proof = |key: &Signer, path: &str| {
        let claims = json!({ "jti": app.once(), "htm": "POST", "htu": format!("{BASE}{path}"), "iat": app.seconds(),
                             "nonce": app.service.dpop_nonce() });
        key.sign(&json!({ "alg": "ES256", "typ": "dpop+jwt", "jwk": key.jwk() }), &claims.to_string())
    };
    let sent = async |path: &str, proof: &str, form: &[(&'static str, String)]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.form(path, &[("dpop", proof)], &form).await
    };
    let named = B64.encode([7; 32]);
    let two = sent(&par, &proof(&key, &par), &with("dpop_jkt", &named)).await;
    assert_eq!(error(&two), (400, "invalid_dpop_proof".to_owned()), "named another than it proved");
    let pushed = sent(&par, &proof(&key, &par), &sound()).await;
    let uri = json_of(&pushed)["request_uri"].as_str().unwrap().to_owned();
    let page = begin(app, &scene.at("authorize"), CLIENT, &uri).await.header("location").unwrap().to_owned();
    let code = of(&led(&yes(app, &scene, &page).await), "code").unwrap().to_owned();
    assert_eq!(error(&send(app, &token_at, &right(&code)).await), (400, "invalid_grant".to_owned()), "no proof");
    let anothers = sent(&token_at, &proof(&other, &token_at), &right(&code)).await;
    assert_eq!(error(&anothers), (400, "invalid_grant".to_owned()), "another key's");
    let granted = sent(&token_at, &proof(&key, &token_at), &right(&code)).await;
    assert_eq!((granted.status, &json_of(&granted)["token_type"]), (StatusCode::OK, &json!("DPoP")), "{}", granted.text());
});

on_both!(a_yes_leads_back_with_code_state_and_issuer_and_gives_the_proof_once, |app| {
    let scene = Scene::served(app).await;
    let details = json!([{ "type": "openid_credential", "credential_configuration_id": "competence",
                           "locations": [scene.identifier()] }]);
    let state = offered(app, &scene).await;
    let mut form = with("scope", "");
    form.extend([("authorization_details", details.to_string()), ("issuer_state", state.clone())]);
    let page = page_of(app, &scene, &form).await;
    let second = page_of(app, &scene, &form).await;
    let me = Actor::Participant(scene.person.cookie(app).await);
    let shown = app.http().await.get(&me, &page).await;
    assert!(shown.text().contains("wallet.example") && shown.text().contains(&scene.entry.to_string()));
    assert!(shown.header("content-security-policy").unwrap().contains("https://wallet.example"));
    let back = led(&yes(app, &scene, &page).await);
    assert_eq!((of(&back, "state"), of(&back, "iss")), (Some("s-1"), Some(scene.identifier().as_str())));
    assert_eq!(yes(app, &scene, &page).await.status, StatusCode::NOT_FOUND, "answered once");
    assert_eq!(yes(app, &scene, &second).await.status, StatusCode::NOT_FOUND, "and so is the offer");
    crate::sealing::columns::holds_sealed(app, "wallet_code").await;
    crate::sealing::columns::holds_sealed(app, "login").await;
    let granted = json_of(&send(app, &scene.at("token"), &right(of(&back, "code").unwrap())).await);
    assert_eq!(granted["authorization_details"][0]["credential_identifiers"], json!(["competence"]), "{granted}");
    let (_, key) = signing_key();
    let nonce = scene.nonce(app).await;
    let proof = proof_of(app, &key, &scene.identifier(), &nonce);
    let (status, body): (u16, Value) = scene.ask(app, granted["access_token"].as_str().unwrap(), &[&proof]).await;
    assert_eq!(status, 200, "{body}");
    let keys = app.service.issuing_keys(scene.issuer.unit.id).await.unwrap();
    let given = SdJwt::parse(body["credentials"][0]["credential"].as_str().unwrap()).unwrap().verify(&keys).unwrap();
    assert_eq!(given.holder().unwrap().thumbprint(), key.public().thumbprint());
    let session = scene.person.session(app).await;
    let events = app.service.events(&session, egenkarta::domain::Timestamp(i64::MAX), 50).await.unwrap();
    let line = events.iter().find(|line| line.event.what == What::WalletGiven).unwrap();
    assert_eq!(line.event.whom.as_deref(), Some("wallet.example"));
});

on_both!(a_no_leads_back_too_and_ends_the_request, |app| {
    let scene = Scene::served(app).await;
    for actor in [Actor::Anonymous, Actor::Participant(scene.person.cookie(app).await)] {
        let page = page_of(app, &scene, &sound()).await;
        let back = led(&app.http().await.post(&actor, &page, &[("say", "no")]).await);
        assert_eq!((of(&back, "error"), of(&back, "code")), (Some("access_denied"), None));
        assert_eq!((of(&back, "state"), of(&back, "iss")), (Some("s-1"), Some(scene.identifier().as_str())));
        assert_eq!(yes(app, &scene, &page).await.status, StatusCode::NOT_FOUND);
    }
});

on_both!(what_was_withdrawn_is_not_offered_on_the_page, |app| {
    let scene = Scene::served(app).await;
    let page = page_of(app, &scene, &sound()).await;
    let staff = scene.issuer.first.session(app).await;
    app.service.withdraw_credential(&staff, BASE, scene.id, "fel").await.unwrap();
    assert_eq!(yes(app, &scene, &page).await.status, StatusCode::UNPROCESSABLE_ENTITY);
});
