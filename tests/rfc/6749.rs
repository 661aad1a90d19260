//! RFC 6749: parameters, grants and errors at the token endpoint and its neighbours.

use axum::http::Method;

use crate::support::actor::Actor;
use crate::support::oauth::{ASSERTION, PAR, REVOKE, TOKEN, error, json_of};
use crate::support::on_both;

const INTROSPECT: &str = "/oauth/introspect";
const DEVICE: &str = "/oauth/device_authorization";

on_both!(what_is_no_form_or_says_something_twice_is_refused, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let http = app.http().await;
    for path in [TOKEN, PAR, REVOKE, INTROSPECT, DEVICE] {
        for (kind, text) in
            [("application/json", "{}".to_owned()), ("application/x-www-form-urlencoded", format!("token={}", "x".repeat(40_000)))]
        {
            let answer = http.send(&Actor::Anonymous, Method::POST, path, Some((kind, text))).await;
            assert_eq!(error(&answer), (400, "invalid_request".to_owned()), "{path} {kind}");
        }
        let twice = program.post(app, path, false, &[("token", "a"), ("token", "a")]).await;
        assert_eq!(error(&twice), (400, "invalid_request".to_owned()), "{path}");
        let assertion = program.assertion(app);
        let again = [("client_assertion_type", ASSERTION), ("client_assertion", &assertion), ("client_assertion", &assertion)];
        assert_eq!(error(&app.form(path, &[], &again).await), (400, "invalid_request".to_owned()), "{path}");
        assert_eq!(http.get(&Actor::Anonymous, path).await.status, 405, "{path}");
        let anonymous = app.form(path, &[], &[("token", "a")]).await;
        assert_eq!(error(&anonymous), (401, "invalid_client".to_owned()), "{path}");
    }
});

on_both!(grants_that_there_are_not_and_halves_of_those_there_are, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    let access = "urn:ietf:params:oauth:token-type:access_token";
    let code = ("grant_type", "authorization_code");
    for (form, told) in [
        (vec![], "invalid_request"),
        (vec![("grant_type", "password"), ("username", "a"), ("password", "b")], "unsupported_grant_type"),
        (vec![("grant_type", "implicit")], "unsupported_grant_type"),
        (vec![code], "invalid_request"),
        (vec![code, ("code", "x")], "invalid_request"),
        (vec![code, ("code", ""), ("redirect_uri", "https://case.example/back")], "invalid_request"),
        (vec![("grant_type", "refresh_token")], "invalid_request"),
        (vec![("grant_type", "refresh_token"), ("refresh_token", "x"), ("scope", "all")], "invalid_scope"),
        (
            vec![("grant_type", "refresh_token"), ("refresh_token", "x"), ("authorization_details", "[]")],
            "invalid_authorization_details",
        ),
        (vec![("grant_type", "urn:ietf:params:oauth:grant-type:device_code")], "invalid_request"),
        (vec![("grant_type", exchange), ("subject_token", "x")], "invalid_request"),
        (
            vec![("grant_type", exchange), ("subject_token", "x"), ("subject_token_type", "urn:ietf:params:oauth:token-type:jwt")],
            "invalid_request",
        ),
        (vec![("grant_type", exchange), ("subject_token", "x"), ("subject_token_type", access)], "invalid_request"),
        (
            vec![("grant_type", exchange), ("subject_token", "x"), ("subject_token_type", access), ("actor_token", "x")],
            "invalid_request",
        ),
        (
            vec![("grant_type", exchange), ("subject_token", "x"), ("subject_token_type", access), ("audience", "x")],
            "invalid_target",
        ),
        (
            vec![
                ("grant_type", exchange),
                ("subject_token", "x"),
                ("subject_token_type", access),
                ("resource", "https://x.example/"),
            ],
            "invalid_target",
        ),
        (vec![("grant_type", "refresh_token"), ("refresh_token", "unknown"), ("whatever", "is not looked at")], "invalid_grant"),
    ] {
        let answer = program.post(app, TOKEN, true, &form).await;
        assert_eq!(error(&answer), (400, told.to_owned()), "{form:?}");
        assert!(answer.header("dpop-nonce").is_some(), "the nonce for the next proof");
        let said = json_of(&answer)["error_description"].as_str().unwrap_or_default().to_owned();
        assert!(said.is_ascii() && !said.contains('"'), "{said}");
    }
    let unbound = program.post(app, TOKEN, false, &[("grant_type", "refresh_token"), ("refresh_token", "x")]).await;
    assert_eq!(error(&unbound), (400, "invalid_dpop_proof".to_owned()), "no token is bound to nothing");
});

on_both!(an_unknown_token_is_revoked_already_and_active_for_nobody, |app| {
    let program = app.registered(&app.unit("af").await).await;
    assert_eq!(error(&program.post(app, REVOKE, false, &[]).await), (400, "invalid_request".to_owned()));
    assert_eq!(error(&program.post(app, INTROSPECT, false, &[]).await), (400, "invalid_request".to_owned()));
    assert_eq!(program.post(app, REVOKE, false, &[("token", "unknown"), ("token_type_hint", "refresh_token")]).await.status, 200);
    let answer = program.post(app, INTROSPECT, false, &[("token", "unknown")]).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, r#"{"active":false}"#));
});
