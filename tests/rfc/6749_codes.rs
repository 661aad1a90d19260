//! RFC 6749, 4.1.3 and RFC 7636, 4.6: codes are redeemed once, by whom they were made for.

use egenkarta::domain::oauth::Fault;
use egenkarta::domain::time::MINUTE;

use crate::store::guard::shared;
use crate::support::grant::{REDIRECT, VERIFIER, texts};
use crate::support::on_both;

on_both!(a_code_is_refused_to_everyone_else_and_all_refusals_are_alike, |app| {
    let (amina, unit, given) = shared(app).await;
    let other_unit = app.unit_named("municipal_labour", "Annan", "Bo Berg").await;
    let (program, colleague) = (app.program(unit.id, "Systemet"), app.program(unit.id, "Ett annat"));
    let stranger = app.program(other_unit.id, "Främmande");
    let code = app.code(&program, &amina, &given, &program.key).await;
    let service = &app.service;
    let try_as = async |client, key: &[u8], redirect, verifier| service.redeem_code(client, key, &code, redirect, verifier).await;
    let short = &VERIFIER[..42];
    let longer = format!("{VERIFIER}x");
    for (what, refused) in [
        ("another client of the unit", try_as(&colleague.client, &program.key, REDIRECT, VERIFIER).await),
        ("another unit's client", try_as(&stranger.client, &program.key, REDIRECT, VERIFIER).await),
        ("another key", try_as(&program.client, &colleague.key, REDIRECT, VERIFIER).await),
        ("another redirect", try_as(&program.client, &program.key, "https://system.example/back/", VERIFIER).await),
        ("no verifier", try_as(&program.client, &program.key, REDIRECT, "").await),
        ("a verifier cut", try_as(&program.client, &program.key, REDIRECT, short).await),
        ("a longer verifier", try_as(&program.client, &program.key, REDIRECT, &longer).await),
        ("no code", service.redeem_code(&program.client, &program.key, "egk_", REDIRECT, VERIFIER).await),
        (
            "an unknown code",
            service.redeem_code(&program.client, &program.key, &format!("egk_{}", "A".repeat(43)), REDIRECT, VERIFIER).await,
        ),
    ] {
        assert_eq!(refused.err(), Some(Fault::Grant), "{what}");
    }
    assert_eq!(try_as(&program.client, &[], REDIRECT, VERIFIER).await.err(), Some(Fault::Proof), "no proof, no token");
    assert!(app.record_denials().await > 0, "and the person sees that it was tried");
    let tokens = program.redeem(app, &code).await.unwrap();
    assert_eq!(app.reads(&program, &texts(&tokens).0).await, Some(1));
});

on_both!(a_code_lives_for_a_minute_and_no_longer_than_its_consent, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let late = app.code(&program, &amina, &given, &[]).await;
    app.clock.forward(MINUTE);
    assert_eq!(program.redeem(app, &late).await.err(), Some(Fault::Grant));
    let code = app.code(&program, &amina, &given, &[]).await;
    app.service.withdraw(&amina.session(app).await, given.terms.consent).await.unwrap();
    assert_eq!(program.redeem(app, &code).await.err(), Some(Fault::Grant));
});

on_both!(a_code_presented_twice_ends_what_came_of_it, |app| {
    let (amina, unit, given) = shared(app).await;
    let (program, colleague) = (app.program(unit.id, "Systemet"), app.program(unit.id, "Ett annat"));
    let others = app.collected(&colleague, &amina, &given).await.unwrap();
    let code = app.code(&program, &amina, &given, &[]).await;
    let (access, refresh) = texts(&program.redeem(app, &code).await.unwrap());
    assert_eq!(colleague.redeem(app, &code).await.err(), Some(Fault::Grant));
    assert_eq!(app.reads(&program, &access).await, Some(1), "a stranger's try ends nothing");
    let fresh = texts(&program.refresh(app, &refresh).await.unwrap()).0;
    assert_eq!(program.redeem(app, &code).await.err(), Some(Fault::Grant));
    for token in [&access, &fresh] {
        assert_eq!(app.reads(&program, token).await, None);
    }
    assert_eq!(program.refresh(app, &refresh).await.err(), Some(Fault::Grant));
    assert_eq!(app.reads(&colleague, &texts(&others).0).await, Some(1), "what others hold stands");
});

on_both!(two_at_once_get_one_answer_and_then_none, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let code = app.code(&program, &amina, &given, &program.key).await;
    let (one, two) = tokio::join!(program.redeem(app, &code), program.redeem(app, &code));
    assert!(one.is_err() || two.is_err());
    for tokens in [one, two].into_iter().flatten() {
        assert_eq!(app.reads(&program, &texts(&tokens).0).await, None, "the code came twice");
    }
});
