//! RFC 7636: the code is of use to whoever began alone.

use super::rfc9126::{CHALLENGE, details, form, push, with};
use crate::support::oauth::{TOKEN, error};
use crate::support::on_both;

on_both!(without_a_hashed_challenge_nothing_begins, |app| {
    let unit = app.unit("af").await;
    let program = app.registered(&unit).await;
    let (id, asked) = (program.id(), details(app, &unit));
    let good = form(&id, &asked);
    for (name, value) in [
        ("code_challenge", ""),
        ("code_challenge", "short"),
        ("code_challenge", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXkk"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM="),
        ("code_challenge_method", ""),
        ("code_challenge_method", "plain"),
        ("code_challenge_method", "s256"),
    ] {
        let (status, code, why) = push(app, &program, &with(&good, name, value)).await;
        assert_eq!((status, code.as_str()), (400, "invalid_request"), "{name} {value}");
        assert!(why.contains("code_challenge"), "{why}");
    }
    let (_, _, why) = push(app, &program, &with(&good, "code_challenge", CHALLENGE)).await;
    assert!(!why.contains("code_challenge"), "{why}");
});

on_both!(a_verifier_that_could_be_guessed_is_not_taken, |app| {
    let program = app.registered(&app.unit("af").await).await;
    let redeem = async |verifier: &str| {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", "unknown"),
            ("redirect_uri", "https://case.example/back"),
            ("code_verifier", verifier),
        ];
        error(&program.post(app, TOKEN, true, &form).await).1
    };
    for verifier in ["", &"x".repeat(42), &"x".repeat(129), &format!("{}å", "x".repeat(43)), &format!("{} ", "x".repeat(43))] {
        assert_eq!(redeem(verifier).await, "invalid_request", "{verifier}");
    }
    assert_eq!(redeem(&"x".repeat(43)).await, "invalid_grant", "and then the code is looked for");
});
