//! OpenID for Verifiable Presentations 1.0: `/verify/wallet` asks, `/openid4vp/response/{key}` takes the answer, `/present` answers others.

use egenkarta::credential::dcql::Query;
use egenkarta::credential::openid4vp::Request;
use egenkarta::crypto::secret::Secret;
use egenkarta::domain::credential::VCT;
use egenkarta::domain::time::MINUTE;
use egenkarta::usecase::Error;
use egenkarta::usecase::wallet::Stand;
use serde_json::json;

use crate::support::TestApp;
use crate::support::actor::Actor;
use crate::support::on_both;
use crate::support::wallet::{Wallet, credential, path, read, token};

async fn asked(app: &TestApp, claims: &[&[&str]]) -> (Secret, Request) {
    let begun = app.service.ask_wallet(&Query::one(&[VCT], claims)).await.unwrap();
    let Stand::Waiting { link, .. } = app.stand(&begun.secret).await.unwrap() else { panic!("nobody has answered") };
    (begun.secret, read(&link))
}

async fn post(app: &TestApp, request: &Request, state: &str, vp_token: &str) -> (u16, String) {
    let answer = app.form(&path(request.response_uri.as_str()), &[], &[("state", state), ("vp_token", vp_token)]).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    (answer.status.as_u16(), answer.text())
}

on_both!(what_does_not_answer_what_was_asked_is_refused_and_the_question_stands, |app| {
    let (secret, request) = asked(app, &[&["given_name"]]).await;
    let (_, elsewhere) = asked(app, &[&["given_name"]]).await;
    let (wallet, other) = (Wallet::new(), Wallet::new());
    let good = wallet.answer(app, &request);
    let state = request.state.clone().unwrap();
    let unbound = good.rsplit_once('~').map(|(shown, _)| format!("{shown}~")).unwrap();
    let another_type = Wallet { credential: credential(&wallet.key, |claims| claims["vct"] = "other".into()), ..Wallet::new() };
    let less = less(app, &request, &wallet);
    let without_prefix = request.client_id.strip_prefix("redirect_uri:").unwrap();
    let proof = |text: &str| text.rsplit_once('~').unwrap().1.to_owned();
    let anothers_proof = format!("{unbound}{}", proof(&other.answer(app, &request)));
    let large = format!("{}{}", "a".repeat(70_000), good);
    for (why, said, vp_token) in [
        ("another state", "x".to_owned(), token(&[&good])),
        ("no object", state.clone(), "[]".to_owned()),
        ("not what was asked for", state.clone(), json!({ "other": [good] }).to_string()),
        ("an element that is none", state.clone(), json!({ "proof": [{}] }).to_string()),
        ("two where one was asked for", state.clone(), token(&[&good, &good])),
        ("without its holder's proof", state.clone(), token(&[&unbound])),
        ("another's proof", state.clone(), token(&[&anothers_proof])),
        ("a replayed nonce", state.clone(), token(&[&wallet.presentation(app, &request, &request.client_id, &elsewhere.nonce)])),
        ("for someone else", state.clone(), token(&[&wallet.presentation(app, &request, &elsewhere.client_id, &request.nonce)])),
        ("without the prefix", state.clone(), token(&[&wallet.presentation(app, &request, without_prefix, &request.nonce)])),
        ("another type", state.clone(), token(&[&another_type.credential])),
        ("less than was asked for", state.clone(), token(&[&less])),
        ("oversized", state.clone(), token(&[&large])),
    ] {
        assert_eq!(post(app, &request, &said, &vp_token).await.0, 400, "{why}");
    }
    assert!(matches!(app.stand(&secret).await, Ok(Stand::Waiting { .. })));
    let (status, body) = post(app, &request, &state, &token(&[&good])).await;
    assert_eq!((status, body.as_str()), (200, "{}"));
    // Once: what comes after it, the same or another, finds nothing.
    assert_eq!(post(app, &request, &state, &token(&[&good])).await.0, 404);
});

/// The same credential, with the name left out.
fn less(app: &TestApp, request: &Request, wallet: &Wallet) -> String {
    let bare = Request { query: Query::one(&[VCT], &[]), ..request.clone() };
    wallet.answer(app, &bare)
}

on_both!(an_answer_is_opened_by_whoever_asked_and_ends_after_minutes, |app| {
    let (secret, request) = asked(app, &[]).await;
    let (late, late_request) = asked(app, &[]).await;
    let wallet = Wallet::new();
    let answer = wallet.answer(app, &request);
    assert_eq!(post(app, &request, request.state.as_deref().unwrap(), &token(&[&answer])).await.0, 200);
    let address = Secret::parse(path(request.response_uri.as_str()).rsplit('/').next().unwrap()).unwrap();
    for stranger in [address, Secret::random(&*app.service.random)] {
        assert!(matches!(app.stand(&stranger).await, Err(Error::NotFound)), "whoever has the address asked nothing");
    }
    crate::sealing::columns::holds_sealed(app, "wallet_ask").await;
    let Stand::Answered(answered) = app.stand(&secret).await.unwrap() else { panic!("it was answered") };
    assert_eq!((answered.presentations, answered.audience), (vec![answer], request.client_id));
    app.clock.forward(11 * MINUTE);
    assert!(matches!(app.stand(&secret).await, Err(Error::NotFound)));
    assert!(matches!(app.stand(&late).await, Err(Error::NotFound)));
    let late_answer = wallet.answer(app, &late_request);
    assert_eq!(post(app, &late_request, late_request.state.as_deref().unwrap(), &token(&[&late_answer])).await.0, 404);
    app.service.retain().await.unwrap();
});

on_both!(a_no_is_heard_and_an_unknown_address_is_none, |app| {
    let (secret, request) = asked(app, &[]).await;
    let no = [("error", "access_denied"), ("state", request.state.as_deref().unwrap())];
    let heard = app.form(&path(request.response_uri.as_str()), &[], &no).await;
    assert_eq!((heard.status.as_u16(), heard.header("content-type")), (200, Some("application/json")));
    assert!(matches!(app.stand(&secret).await, Ok(Stand::Waiting { .. })), "it tells whoever asked nothing");
    for key in ["x", &"A".repeat(43), &"A".repeat(500)] {
        assert_eq!(app.form(&format!("/openid4vp/response/{key}"), &[], &no).await.status.as_u16(), 404, "{key}");
    }
});

on_both!(the_page_asks_shows_and_forgets, |app| {
    let http = app.http().await;
    let page = http.get(&Actor::Anonymous, "/verify/wallet").await;
    assert_eq!(page.status.as_u16(), 200, "{}", page.text());
    let begun = http.post(&Actor::Anonymous, "/verify/wallet", &[("name", "yes")]).await;
    assert_eq!(begun.status.as_u16(), 303);
    let cookie = begun.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let page = http.get_with(&Actor::Anonymous, "/verify/wallet", &[("cookie", &cookie)]).await.text();
    let link = page.split("href=\"").find(|part| part.starts_with("openid4vp:")).and_then(|part| part.split('"').next()).unwrap();
    let request = read(&link.replace("&amp;", "&").replace("&#38;", "&"));
    let wallet = Wallet::new();
    let vp_token = token(&[&wallet.answer(app, &request)]);
    assert_eq!(post(app, &request, request.state.as_deref().unwrap(), &vp_token).await.0, 200);
    let shown = http.get_with(&Actor::Anonymous, "/verify/wallet", &[("cookie", &cookie)]).await.text();
    assert!(!shown.contains("openid4vp:") && !shown.contains('⟦'), "{shown}");
    let other = http.get(&Actor::Anonymous, "/verify/wallet").await.text();
    assert!(!other.contains("Amina") && !other.contains("openid4vp:"));
    let strange = [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")];
    let body = Some(("application/x-www-form-urlencoded", "name=yes".to_owned()));
    let bent = http.with_headers(&Actor::Anonymous, axum::http::Method::POST, "/verify/wallet", &strange, body).await;
    assert_ne!(bent.status.as_u16(), 303, "another site asks nothing here");
});
