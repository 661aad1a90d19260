//! RFC 9126: requests are pushed, by whoever has shown who they are, and say all that they say there.

use serde_json::json;

use crate::support::oauth::{PAR, REDIRECT, Registered, error, json_of};
use crate::support::people::TestUnit;
use crate::support::{TestApp, on_both};

/// RFC 7636, B.
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A request that is as it should be.
pub fn form<'a>(program: &'a str, details: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("client_id", program),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("state", "abc"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("authorization_details", details),
    ]
}

pub fn details(app: &TestApp, unit: &TestUnit) -> String {
    let until = app.service.now().plus(29 * egenkarta::domain::time::DAY).day();
    json!([{
        "type": "egenkarta_consent", "unit": unit.id, "purpose": "job_matching", "sections": ["P07"],
        "actions": ["read"], "mode": "view", "legal_basis": "6.1.e", "until": until,
    }])
    .to_string()
}

/// `form` with one parameter changed; left out where `value` is empty.
pub fn with<'a>(form: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> = form.iter().filter(|(known, _)| *known != name).copied().collect();
    if !value.is_empty() {
        all.push((name, value));
    }
    all
}

pub async fn push(app: &TestApp, program: &Registered, form: &[(&str, &str)]) -> (u16, String, String) {
    let answer = program.post(app, PAR, false, form).await;
    let (status, code) = error(&answer);
    (status, code, json_of(&answer)["error_description"].as_str().unwrap_or_default().to_owned())
}

on_both!(a_request_that_is_not_whole_and_plain_is_refused_and_told_why, |app| {
    let unit = app.unit("af").await;
    let program = app.registered(&unit).await;
    let (id, asked) = (program.id(), details(app, &unit));
    let good = form(&id, &asked);
    let (long, evil) = ("x".repeat(600), format!("{REDIRECT}/../evil"));
    for (name, value, code, says) in [
        ("client_id", "", "invalid_request", "client_id is missing"),
        ("client_id", "another", "invalid_client", ""),
        ("response_type", "", "invalid_request", "response_type is missing"),
        ("response_type", "token", "unsupported_response_type", ""),
        ("response_type", "code id_token", "unsupported_response_type", ""),
        ("response_mode", "fragment", "invalid_request", "response_mode"),
        ("redirect_uri", "", "invalid_request", "redirect_uri is missing"),
        ("redirect_uri", "https://case.example/other", "invalid_request", "not registered"),
        ("redirect_uri", "https://case.example/back/", "invalid_request", "not registered"),
        ("redirect_uri", "https://CASE.example/back", "invalid_request", "not registered"),
        ("redirect_uri", &evil, "invalid_request", "not registered"),
        ("redirect_uri", &long, "invalid_request", "too long"),
        ("state", &long, "invalid_request", "state is too long"),
        ("request_uri", "urn:ietf:params:oauth:request_uri:abc", "invalid_request", "push"),
        ("request", "a.b.c", "invalid_request", "push"),
        ("login_hint", "19900101-1234", "invalid_request", "hint"),
        ("scope", "openid", "invalid_scope", ""),
    ] {
        let (status, told, why) = push(app, &program, &with(&good, name, value)).await;
        assert_eq!((told.as_str(), status), (code, if code == "invalid_client" { 401 } else { 400 }), "{name} {value:.40}");
        assert!(why.contains(says), "{name} {value:.40}: {why}");
    }
    let twice: Vec<_> = good.iter().copied().chain([("state", "abd")]).collect();
    assert_eq!(push(app, &program, &twice).await.1, "invalid_request");
    let anonymous = app.form(PAR, &[], &good).await;
    assert_eq!(error(&anonymous), (401, "invalid_client".to_owned()));
});

on_both!(a_key_is_named_rightly_and_is_the_proofs, |app| {
    let unit = app.unit("af").await;
    let program = app.registered(&unit).await;
    let (id, asked) = (program.id(), details(app, &unit));
    let good = form(&id, &asked);
    for jkt in ["x", "AAAA", &format!("{}=", "A".repeat(43))] {
        assert_eq!(push(app, &program, &with(&good, "dpop_jkt", jkt)).await.1, "invalid_request", "{jkt}");
    }
    let other = "A".repeat(43);
    let answer = program.post(app, PAR, true, &with(&good, "dpop_jkt", &other)).await;
    assert_eq!(error(&answer), (400, "invalid_dpop_proof".to_owned()));
});
