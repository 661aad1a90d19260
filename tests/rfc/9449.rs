//! RFC 9449: proof of possession.

use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::MINUTE;
use serde_json::{Value, json};

use crate::support::oauth::{DISCLOSURE, ISSUER, Registered, Signer, TOKEN, error, json_of, with};
use crate::support::people::skill;
use crate::support::raw::rows;
use crate::support::{TestApp, on_both};

const FORM: [(&str, &str); 4] = [
    ("grant_type", "authorization_code"),
    ("code", "unknown"),
    ("redirect_uri", "https://case.example/back"),
    ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
];

/// What the token endpoint says to this proof. With a sound one it looks for the code, and finds none.
async fn judged(app: &TestApp, program: &Registered, proofs: &[&str]) -> (u16, String) {
    let assertion = program.assertion(app);
    let headers: Vec<(&'static str, &str)> = proofs.iter().map(|proof| ("dpop", *proof)).collect();
    let mut form = vec![("client_assertion_type", crate::support::oauth::ASSERTION), ("client_assertion", assertion.as_str())];
    form.extend(FORM);
    error(&app.form(TOKEN, &headers, &form).await)
}

fn refused() -> (u16, String) {
    (400, "invalid_dpop_proof".to_owned())
}

fn proven() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

on_both!(a_proof_with_anything_wrong_is_none, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let (now, claims, header) = (app.seconds(), program.proof_claims(app, "POST", TOKEN, None), program.proof_header());
    for (name, value) in [
        ("htm", Value::Null),
        ("htm", "GET".into()),
        ("htm", "post".into()),
        ("htu", Value::Null),
        ("htu", format!("{ISSUER}/oauth/par").into()),
        ("htu", "https://localhost:8080/oauth/token".into()),
        ("htu", TOKEN.into()),
        ("iat", Value::Null),
        ("iat", now.to_string().into()),
        ("iat", (now + 61).into()),
        ("iat", (now - 301).into()),
        ("jti", Value::Null),
        ("jti", "".into()),
        ("jti", "x".repeat(257).into()),
        ("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo".into()),
    ] {
        let proof = program.proofs.sign(&header, &with(&claims, name, value.clone()).to_string());
        assert_eq!(judged(app, &program, &[&proof]).await, refused(), "{name} {value}");
    }
    for (name, value) in [
        ("typ", Value::Null),
        ("typ", "JWT".into()),
        ("alg", "none".into()),
        ("alg", "HS256".into()),
        ("alg", "EdDSA".into()),
        ("crit", json!(["exp"])),
        ("jwk", Value::Null),
        ("jwk", Signer::new().jwk()),
        ("jwk", with(&program.proofs.jwk(), "d", "AA".into())),
        ("jwk", json!({ "kty": "oct", "k": "AA" })),
    ] {
        let proof = program.proofs.sign(&with(&header, name, value.clone()), &claims.to_string());
        assert_eq!(judged(app, &program, &[&proof]).await, refused(), "{name} {value}");
    }
    let (good, other) = (program.proof(app, "POST", TOKEN, None), program.proof(app, "POST", TOKEN, None));
    for proofs in [&[][..], &[""], &["x"], &[good.as_str(), &other], &[&"x".repeat(7000)]] {
        assert_eq!(judged(app, &program, proofs).await, refused(), "{proofs:.60?}");
    }
    assert_eq!(judged(app, &program, &[&good]).await, proven(), "none of those used it up");
});

on_both!(a_proof_serves_once_even_where_its_claims_differ_and_on_every_node, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let claims = program.proof_claims(app, "POST", TOKEN, None);
    let proof = program.proofs.sign(&program.proof_header(), &claims.to_string());
    assert_eq!(judged(app, &program, &[&proof]).await, proven());
    assert_eq!(judged(app, &program, &[&proof]).await, refused());
    let same_name = program.proofs.sign(&program.proof_header(), &with(&claims, "iat", (app.seconds() - 1).into()).to_string());
    assert_eq!(judged(app, &program, &[&same_name]).await, refused());
    app.service.retain().await.unwrap();
    let sent = egenkarta::usecase::dpop::Sent { method: "POST", url: &format!("{ISSUER}{TOKEN}"), token: None };
    let node = app.restarted().await;
    let held = node.dpop_proof(&proof, sent).expect("it holds");
    assert_eq!(node.dpop_present(held).await.err().map(|fault| fault.code()), Some("invalid_dpop_proof"));
    let by_another = Registered { proofs: Signer::new(), ..program };
    let taken = by_another.proofs.sign(&by_another.proof_header(), &claims.to_string());
    assert_eq!(judged(app, &by_another, &[&taken]).await, proven(), "another key's proof may bear the same name");
});

on_both!(many_at_once_present_one_proof_and_one_is_heard, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let proof = program.proof(app, "POST", TOKEN, None);
    let url = format!("{ISSUER}{TOKEN}");
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let held =
            app.service.dpop_proof(&proof, egenkarta::usecase::dpop::Sent { method: "POST", url: &url, token: None }).unwrap();
        let service = std::sync::Arc::clone(&app.service);
        all.spawn(async move { service.dpop_present(held).await.is_ok() });
    }
    assert_eq!(all.join_all().await.into_iter().filter(|heard| *heard).count(), 1);
});

on_both!(a_nonce_of_ours_must_be_in_it_and_runs_out, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let claims = program.proof_claims(app, "POST", TOKEN, None);
    let signed = |claims: &Value| program.proofs.sign(&program.proof_header(), &claims.to_string());
    let wanted = (400, "use_dpop_nonce".to_owned());
    for nonce in [Value::Null, "".into(), 1.into(), "AAAAAAAAAAAAAAAAAAAAAAAA".into()] {
        assert_eq!(judged(app, &program, &[&signed(&with(&claims, "nonce", nonce.clone()))]).await, wanted, "{nonce}");
    }
    let without = signed(&with(&claims, "nonce", Value::Null));
    let told = app.form(TOKEN, &[("dpop", &without)], &FORM).await;
    let given = told.header("dpop-nonce").expect("the nonce to use").to_owned();
    assert_eq!(judged(app, &program, &[&signed(&with(&claims, "nonce", given.into()))]).await, proven());
    app.clock.forward(6 * MINUTE);
    let late = with(&with(&claims, "iat", app.seconds().into()), "jti", app.once().into());
    assert_eq!(judged(app, &program, &[&signed(&late)]).await, wanted, "its time is over");
    let nonce = app.service.dpop_nonce();
    assert_eq!(judged(app, &program, &[&signed(&with(&late, "nonce", nonce.into()))]).await, proven());
});

on_both!(marks_are_deleted_when_nothing_would_take_the_proof_any_more, |app| {
    let program = app.registered(&app.unit("af").await).await;
    assert_eq!(judged(app, &program, &[&program.proof(app, "POST", TOKEN, None)]).await, proven());
    let marks = async || crate::support::raw::rows(&app.service.db, "once").await.len();
    assert_eq!(marks().await, 2, "an assertion and a proof");
    app.service.retain().await.unwrap();
    assert_eq!(marks().await, 2);
    app.clock.forward(6 * MINUTE);
    app.service.retain().await.unwrap();
    assert_eq!(marks().await, 0);
});

on_both!(at_the_resource_the_proof_is_of_this_token_and_this_request, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let consent = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    let (token, _) = app.service.mint(&staff, consent, 7, "systemet").await.unwrap();
    let (token, program) = (token.text().as_str().to_owned(), app.registered(&unit).await);
    let claims = program.proof_claims(app, "GET", DISCLOSURE, Some(&token));
    let signed = |claims: &Value| program.proofs.sign(&program.proof_header(), &claims.to_string());
    let told = |answer: &crate::support::http::Answer| {
        let all: Vec<&str> = answer.headers.get_all("www-authenticate").iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!((answer.status.as_u16(), all.len()), (401, 2), "{}", answer.text());
        assert!(
            all.iter().all(|one| one.contains("resource_metadata=\"http://localhost:8080/.well-known/oauth-protected-resource\""))
        );
        all[1].split('"').nth(1).unwrap_or_default().to_owned()
    };
    for (name, value) in [
        ("ath", Value::Null),
        ("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo".into()),
        ("htm", "POST".into()),
        ("htu", format!("{ISSUER}{DISCLOSURE}/copy").into()),
        ("iat", (app.seconds() + 61).into()),
    ] {
        let answer = app.read_with("DPoP", &token, Some(&signed(&with(&claims, name, value.clone())))).await;
        assert_eq!(told(&answer), "invalid_dpop_proof", "{name} {value}");
    }
    assert_eq!(told(&app.read_with("DPoP", &token, None).await), "invalid_dpop_proof");
    let answer = app.read_with("DPoP", &token, Some(&signed(&with(&claims, "nonce", Value::Null)))).await;
    assert_eq!(told(&answer), "use_dpop_nonce");
    assert!(answer.header("dpop-nonce").is_some());
    // A sound proof: now the token is looked at. One that is bound to no key is none of this scheme's.
    let denied = app.read_with("dpop", &token, Some(&signed(&claims))).await;
    assert_eq!((told(&denied).as_str(), json_of(&denied)["type"].as_str()), ("invalid_token", Some("/problems/invalid-token")));
    let marks = rows(&app.service.db, "once").await.len();
    assert_eq!(told(&app.read_with("DPoP", &token, Some(&signed(&claims))).await), "invalid_token", "nothing was opened by it");
    assert_eq!(rows(&app.service.db, "once").await.len(), marks, "and whoever tries writes no row of ours");
    let unknown = app.read_with("DPoP", "egk_unknown", Some(&program.proof(app, "GET", DISCLOSURE, Some("egk_unknown")))).await;
    assert_eq!((unknown.status, &unknown.headers, &unknown.body), (denied.status, &denied.headers, &denied.body));
    assert_eq!(app.read_with("Bearer", &token, None).await.status, 200);
});
