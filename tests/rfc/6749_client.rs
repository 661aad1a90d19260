//! RFC 6749, 4.4: a program's own token, which opens nothing; and the code flow whole, by the endpoints alone.

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::MINUTE;
use egenkarta::web::page::url;
use ring::digest::{SHA256, digest};

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::oauth::{PAR, REDIRECT, Registered, Signer, TOKEN, error, json_of};
use crate::support::people::{asked, skill};
use crate::support::{TestApp, on_both};

const LIST: &str = "/api/v1/unit/consents";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

async fn list(app: &TestApp, token: &str, proof: &str) -> Answer {
    let authorization = format!("DPoP {token}");
    let headers = [("authorization", authorization.as_str()), ("dpop", proof)];
    app.http().await.get_with(&Actor::Anonymous, LIST, &headers).await
}

async fn own_token(app: &TestApp, program: &Registered) -> String {
    let answer = program.post(app, TOKEN, true, &[("grant_type", "client_credentials")]).await;
    json_of(&answer)["access_token"].as_str().expect("a token").to_owned()
}

on_both!(a_programs_own_token_is_bound_to_it_and_its_key_and_lists_its_unit_alone, |app| {
    let unit = app.unit("af").await;
    let program = app.registered(&unit).await;
    let credentials = [("grant_type", "client_credentials")];
    assert_eq!(error(&program.post(app, TOKEN, false, &credentials).await), (400, "invalid_dpop_proof".into()));
    let wanting = [credentials[0], ("authorization_details", "[]")];
    assert_eq!(error(&program.post(app, TOKEN, true, &wanting).await), (400, "invalid_scope".into()));
    let token = own_token(app, &program).await;
    let proof = |path: &str| program.proof(app, "GET", path, Some(&token));
    let thief = Registered { client: program.client.clone(), key: Signer::new(), proofs: Signer::new() };
    let stolen = thief.proof(app, "GET", LIST, Some(&token));
    let (rest, last) = token.split_at(token.len() - 1);
    let bent = format!("{rest}{}", if last == "A" { "E" } else { "A" });
    let of_bent = program.proof(app, "GET", LIST, Some(&bent));
    for (token, proof) in [(&token, &stolen), (&bent, &of_bent), (&token, &proof("/api/v1/disclosure"))] {
        assert_eq!(list(app, token, proof).await.status, StatusCode::UNAUTHORIZED);
    }
    let read = app.read_with("DPoP", &token, Some(&proof("/api/v1/disclosure"))).await;
    assert_eq!(read.status, StatusCode::UNAUTHORIZED, "it opens nothing");
    assert_eq!(list(app, &token, &proof(LIST)).await.status, StatusCode::OK);
    app.clock.forward(11 * MINUTE);
    assert_eq!(list(app, &token, &proof(LIST)).await.status, StatusCode::UNAUTHORIZED, "ten minutes");
    let token = own_token(app, &program).await;
    let session = unit.administrator.session(app).await;
    app.service.end_client(&session, program.client.id).await.unwrap();
    let proof = program.proof(app, "GET", LIST, Some(&token));
    assert_eq!(list(app, &token, &proof).await.status, StatusCode::UNAUTHORIZED, "the program was stopped");
});

/// Pushes, answers as the person, and comes back with the code.
async fn code(app: &TestApp, program: &Registered, person: &Actor) -> String {
    let wanted = asked(app, program.client.unit, &[Section::P07]);
    let (details, until) = (format!("[{}]", serde_json::to_string(&wanted).unwrap()), wanted.until.to_string());
    let challenge = B64.encode(digest(&SHA256, VERIFIER.as_bytes()));
    let id = program.id();
    let form = [
        ("client_id", id.as_str()),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("state", "s-7"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        ("authorization_details", details.as_str()),
    ];
    let pushed = program.post(app, PAR, true, &form).await;
    assert_eq!(pushed.status, StatusCode::CREATED, "{}", pushed.text());
    let uri = json_of(&pushed)["request_uri"].as_str().unwrap().to_owned();
    let begun = app.http().await.get(person, &format!("{}?client_id={id}&request_uri={uri}", url::AUTHORIZE)).await;
    let page = begun.header("location").unwrap().to_owned();
    let answer = [("section", "p07"), ("mode", "view"), ("until", until.as_str()), ("answer", "yes")];
    let given = app.http().await.post(person, &format!("{page}/give"), &answer).await;
    let back = ::url::Url::parse(given.header("location").expect("back to the program")).unwrap();
    back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
}

on_both!(a_code_is_redeemed_once_by_its_client_and_key_and_all_ends_with_the_consent, |app| {
    let (unit, amina) = (app.unit("af").await, app.participant("Amina").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsning")).await;
    let (program, person) = (app.registered(&unit).await, Actor::Participant(amina.cookie(app).await));
    let code = code(app, &program, &person).await;
    let form = |verifier: &'static str| {
        [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", REDIRECT), ("code_verifier", verifier)]
    };
    let other = app.registered(&unit).await;
    let stolen = Registered { proofs: Signer::new(), ..app.registered_again(&program) };
    assert_eq!(error(&other.post(app, TOKEN, true, &form(VERIFIER)).await), (400, "invalid_grant".into()), "another client");
    assert_eq!(error(&stolen.post(app, TOKEN, true, &form(VERIFIER)).await), (400, "invalid_grant".into()), "another key");
    let wrong = "eBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert_eq!(error(&program.post(app, TOKEN, true, &form(wrong)).await), (400, "invalid_grant".into()), "wrong verifier");
    let given = json_of(&program.post(app, TOKEN, true, &form(VERIFIER)).await);
    assert_eq!((&given["token_type"], &given["authorization_details"][0]["sections"][0]), (&"DPoP".into(), &"P07".into()));
    let token = given["access_token"].as_str().unwrap().to_owned();
    let proof = || program.proof(app, "GET", "/api/v1/disclosure", Some(&token));
    assert_eq!(app.read_with("Bearer", &token, None).await.status, StatusCode::UNAUTHORIZED, "bound to a key");
    assert_eq!(app.read_with("DPoP", &token, Some(&proof())).await.status, StatusCode::OK);
    let refresh = given["refresh_token"].as_str().unwrap().to_owned();
    let again = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    assert_eq!(program.post(app, TOKEN, true, &again).await.status, StatusCode::OK);
    let consent = app.service.consents(&session).await.unwrap()[0].terms.consent;
    app.service.withdraw(&session, consent).await.unwrap();
    assert_eq!(app.read_with("DPoP", &token, Some(&proof())).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(error(&program.post(app, TOKEN, true, &again).await), (400, "invalid_grant".into()));
});
