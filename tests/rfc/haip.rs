//! The High Assurance profile (HAIP 1.0, 5) with this service as the one that asks: `/openid4vp/request/{key}` is what it signs, and
//! `/openid4vp/response/{key}` takes what was sealed to whoever asked.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use egenkarta::credential::dcql::Query;
use egenkarta::credential::openid4vp::{Answer, Client, Request, Source};
use egenkarta::crypto::jws::Unverified;
use egenkarta::crypto::secret::Secret;
use egenkarta::crypto::{Label, receive};
use egenkarta::domain::credential::VCT;
use egenkarta::domain::time::{MINUTE, SECOND};
use egenkarta::usecase::Error;
use egenkarta::usecase::wallet::Stand;
use serde_json::{Value, json};

use super::openid4vci::Scene;
use crate::support::actor::Actor;
use crate::support::certificates::{HOST, OWN, certified};
use crate::support::http::Answer as Heard;
use crate::support::raw::{Cell, put_back, rows, set};
use crate::support::wallet::{Inward, Wallet, token};
use crate::support::{TestApp, on_both};

const FORM: &str = "application/x-www-form-urlencoded";
const PLACES: usize = 4;

async fn asked(app: &TestApp) -> (Secret, String) {
    let secret = app.service.ask_wallet(&Query::one(&[VCT], &[&["family_name"]])).await.unwrap().secret;
    let Ok(Stand::Waiting { link, .. }) = app.stand(&secret).await else { panic!("nobody has answered") };
    (secret, link)
}

fn reference(link: &str) -> (String, String) {
    let Ok(Source::Reference { client_id, uri, post: true }) = Source::read(link) else { panic!("by reference: {link}") };
    (client_id, uri.strip_prefix(&format!("https://{HOST}")).unwrap().to_owned())
}

fn claims(jwt: &str) -> serde_json::Map<String, Value> {
    Unverified::parse_within(jwt, 32 * 1024).unwrap().verify(&OWN.key.public()).expect("signed by our own").into_members()
}

/// A question, as a wallet reads it.
async fn question(app: &TestApp) -> (Secret, Request) {
    let (secret, link) = asked(app).await;
    let (client_id, path) = reference(&link);
    let jwt = app.http().await.get(&Actor::Anonymous, &path).await.text();
    let now = app.service.now().0 / SECOND;
    let request = Request::signed(Client::parse(&client_id).unwrap(), &claims(&jwt), &client_id, None, now);
    (secret, request.unwrap())
}

async fn send(app: &TestApp, request: &Request, form: String) -> u16 {
    let path = request.response_uri.path();
    let heard = app.http().await.send(&Actor::Anonymous, axum::http::Method::POST, path, Some((FORM, form))).await;
    heard.status.as_u16()
}

/// What a wallet sends: these presentations, to the request as it is bent.
fn sealed(app: &TestApp, request: &Request, presentation: &str) -> String {
    Answer::Given([(0, vec![presentation.to_owned()])].into()).body(request, &*app.service.random).expect("sealed")
}

async fn waits(app: &TestApp, secret: &Secret) -> bool {
    matches!(app.stand(secret).await, Ok(Stand::Waiting { .. }))
}

on_both!(what_was_asked_unsigned_or_never_or_is_over_has_no_object, |app| {
    let secret = app.service.ask_wallet(&Query::one(&[VCT], &[])).await.unwrap().secret;
    let address = secret.child(Label::WalletAskAddress);
    for key in ["x", &"A".repeat(43), &"A".repeat(500), address.text().as_str()] {
        let path = format!("/openid4vp/request/{key}");
        assert_eq!(app.http().await.get(&Actor::Anonymous, &path).await.status.as_u16(), 404, "{key}");
        assert_eq!(app.form(&path, &[], &[("wallet_nonce", "w")]).await.status.as_u16(), 404, "{key}");
    }
});

on_both!(what_is_asked_is_signed_by_our_certificate_and_lies_where_the_link_says with certified, |app| {
    let (_, link) = asked(app).await;
    assert!(link.len() < 300 && link.starts_with("openid4vp://?"), "{link}");
    let (client_id, path) = reference(&link);
    assert_eq!(client_id, OWN.client_id());
    let got = app.http().await.get(&Actor::Anonymous, &path).await;
    let header = |answer: &Heard, name: &str| answer.header(name).map(str::to_owned);
    assert_eq!(header(&got, "content-type").as_deref(), Some("application/oauth-authz-req+jwt"));
    assert_eq!(header(&got, "cache-control").as_deref(), Some("no-store"));
    let jwt = got.text();
    let jws = Unverified::parse_within(&jwt, 32 * 1024).unwrap();
    assert_eq!(jws.typ().as_deref(), Some("oauth-authz-req+jwt"));
    let x5c = jws.x5c().unwrap().x5c();
    assert_eq!(x5c, json!([STANDARD.encode(&OWN.der)]), "without the anchor, which is in the file");
    let said = claims(&jwt);
    assert_eq!((&said["aud"], &said["response_mode"]), (&json!("https://self-issued.me/v2"), &json!("direct_post.jwt")));
    assert_eq!(said["client_metadata"]["encrypted_response_enc_values_supported"], json!(["A128GCM", "A256GCM"]));
    let key = &said["client_metadata"]["jwks"]["keys"][0];
    assert!(key["alg"] == "ECDH-ES" && key["kid"].is_string() && key.get("d").is_none(), "{key}");
    assert_eq!(said.get("wallet_nonce"), None);
    let post = async |nonce: &str| app.form(&path, &[], &[("wallet_nonce", nonce), ("wallet_metadata", "{}")]).await;
    assert_eq!(post(&"w".repeat(600)).await.status.as_u16(), 400);
    assert_eq!(claims(&post("w-1").await.text())["wallet_nonce"], json!("w-1"));
    app.clock.forward(11 * MINUTE);
    assert_eq!(app.http().await.get(&Actor::Anonymous, &path).await.status.as_u16(), 404);
});

on_both!(our_own_wallet_answers_our_own_verifier_sealed with certified, |app| {
    let scene = Scene::served(app).await;
    let session = scene.person.session(app).await;
    let (secret, link) = asked(app).await;
    let invitation = app.service.asked_to_present(&session, &link, &Inward(app)).await.unwrap();
    assert_eq!((invitation.host.as_str(), invitation.vouched), (HOST, true));
    app.service.present(&session, &invitation.ticket, &[(0, scene.entry)].into(), &Inward(app)).await.unwrap();
    let Ok(Stand::Answered(answered)) = app.stand(&secret).await else { panic!("it answered") };
    assert_eq!((answered.presentations.len(), answered.audience), (1, OWN.client_id()));
});

on_both!(what_is_not_sealed_to_this_question_is_refused_or_passed_over with certified, |app| {
    let ((secret, request), (_, elsewhere)) = (question(app).await, question(app).await);
    let wallet = Wallet::new();
    let good = wallet.answer(app, &request);
    let state = request.state.as_deref().unwrap();
    let clear = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("state", state)
        .append_pair("vp_token", &token(&[&good]))
        .finish();
    for form in [clear, "response=a.b.c.d.e".to_owned(), format!("response={}", "A".repeat(110_000)), "x=y".to_owned()] {
        assert_eq!(send(app, &request, form).await, 400);
    }
    let to_another = Request { seal: elsewhere.seal.clone(), ..request.clone() };
    let stateless = Request { state: Some("another".into()), ..request.clone() };
    let replayed = wallet.presentation(app, &request, &request.client_id, &elsewhere.nonce);
    for form in [sealed(app, &to_another, &good), sealed(app, &stateless, &good), sealed(app, &request, &replayed)] {
        assert_eq!(send(app, &request, form).await, 200, "nobody but whoever asked can tell");
        assert!(waits(app, &secret).await);
    }
    assert_eq!(send(app, &request, "error=access_denied".to_owned()).await, 200);
    assert_eq!(send(app, &request, sealed(app, &request, &good)).await, 200);
    let Ok(Stand::Answered(answered)) = app.stand(&secret).await else { panic!("three wrong ones hinder nothing") };
    assert_eq!(answered.presentations, std::slice::from_ref(&good));
    assert_eq!(send(app, &request, sealed(app, &request, &good)).await, 404, "all places are taken");
});

on_both!(answers_that_come_at_once_take_a_place_each with certified, |app| {
    let (secret, request) = question(app).await;
    let good = Wallet::new().answer(app, &request);
    let _router = app.http().await;
    let forms: Vec<String> = (0..PLACES).map(|_| sealed(app, &request, &good)).collect();
    let [a, b, c, d] = <[String; PLACES]>::try_from(forms).unwrap();
    let (a, b, c, d) = tokio::join!(send(app, &request, a), send(app, &request, b), send(app, &request, c), send(app, &request, d));
    assert_eq!([a, b, c, d], [200; PLACES]);
    assert_eq!(rows(&app.service.db, "wallet_ask").await.len(), 1 + PLACES);
    assert!(matches!(app.stand(&secret).await, Ok(Stand::Answered(_))));
});

on_both!(a_sealed_answer_is_opened_by_whoever_asked_and_nothing_of_it_may_differ with certified, |app| {
    let ((secret, request), (other, other_request)) = (question(app).await, question(app).await);
    for request in [&request, &other_request] {
        assert_eq!(send(app, request, sealed(app, request, &Wallet::new().answer(app, request))).await, 200);
    }
    let address = Secret::parse(request.response_uri.path().rsplit('/').next().unwrap()).unwrap();
    for stranger in [&address, &Secret::random(&*app.service.random)] {
        assert!(matches!(app.stand(stranger).await, Err(Error::NotFound)), "whoever has the address asked nothing");
    }
    let db = &app.service.db;
    let place = |secret: &Secret| {
        let address = secret.child(Label::WalletAskAddress);
        let place = address.child(Label::WalletAskPlace);
        Cell::Bytes(place.lookup(Label::WalletAskLookup).0.to_vec())
    };
    let all = rows(db, "wallet_ask").await;
    let of = |secret: &Secret| all.iter().find(|row| row["lookup"] == place(secret)).expect("its place").clone();
    let (victim, anothers) = (of(&secret), of(&other));
    let bytes = victim["sealed"].bytes().to_vec();
    assert!(receive::generation(&bytes).is_ok(), "sealed as all else");
    let flipped = |at: usize| Cell::Bytes(bytes.iter().enumerate().map(|(n, byte)| if n == at { byte ^ 1 } else { *byte }).collect());
    let lookup = victim["lookup"].clone();
    for (column, bad) in [
        ("sealed", flipped(0)),
        ("sealed", flipped(600)),
        ("sealed", flipped(bytes.len() - 1)),
        ("sealed", Cell::Bytes(bytes[..bytes.len() - 1].to_vec())),
        ("sealed", anothers["sealed"].clone()),
        ("created", Cell::Number(1)),
        ("until", Cell::Number(i64::MAX)),
    ] {
        set(db, "wallet_ask", &[("lookup", &lookup)], column, &bad).await;
        assert!(app.stand(&secret).await.is_err(), "{column}");
        put_back(db, "wallet_ask", &["lookup"], &victim).await;
    }
    assert!(matches!(app.stand(&secret).await, Ok(Stand::Answered(_))));
    app.clock.forward(11 * MINUTE);
    app.service.retain().await.unwrap();
    assert!(rows(db, "wallet_ask").await.is_empty() && matches!(app.stand(&secret).await, Err(Error::NotFound)));
});
