//! RFC 7009: tokens that are given back.

use egenkarta::domain::Timestamp;
use egenkarta::domain::event::{What, Who};
use egenkarta::domain::oauth::Fault;
use egenkarta::domain::profile::Section;
use egenkarta::store::ended::EndedWhat;

use crate::store::guard::shared;
use crate::support::grant::texts;
use crate::support::on_both;

on_both!(anothers_token_is_refused_and_lives_and_an_unknown_one_is_fine, |app| {
    let (amina, unit, given) = shared(app).await;
    let (program, colleague) = (app.program(unit.id, "Systemet"), app.program(unit.id, "Ett annat"));
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    let staff = unit.administrator.session(app).await;
    let (minted, _) = app.service.mint(&staff, given.terms.consent, 7, "Handgjord").await.unwrap();
    for token in [&access, &refresh, &minted.text().as_str().to_owned()] {
        assert_eq!(app.service.revoke_presented(&colleague.client, token).await, Err(Fault::Unauthorized));
    }
    for unknown in ["", "inget", "egk_", &format!("egk_{}", "A".repeat(43))] {
        assert_eq!(app.service.revoke_presented(&colleague.client, unknown).await, Ok(()));
    }
    assert_eq!(app.reads(&program, &access).await, Some(1));
    assert!(app.service.read_by_token(&minted.text(), None).await.is_ok());
});

on_both!(an_access_token_ends_alone_with_what_is_narrower, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    let child = texts(&program.exchange(app, &access, app.part(unit.id, &[Section::P07])).await.unwrap()).0;
    let grandchild = texts(&program.exchange(app, &child, app.part(unit.id, &[Section::P07])).await.unwrap()).0;
    let beside = texts(&program.refresh(app, &refresh).await.unwrap()).0;
    assert_eq!(app.reads(&program, &grandchild).await, Some(1));
    app.service.revoke_presented(&program.client, &access).await.unwrap();
    for ended in [&access, &child, &grandchild] {
        assert_eq!(app.reads(&program, ended).await, None);
    }
    assert!(crate::support::raw::rows(&app.service.db, "child").await.is_empty(), "nothing of them stays to be opened");
    assert_eq!(app.reads(&program, &beside).await, Some(1));
    assert!(program.refresh(app, &refresh).await.is_ok());
    assert_eq!(app.service.revoke_presented(&program.client, &access).await, Ok(()), "twice is fine");
});

on_both!(a_refresh_token_takes_its_access_tokens_along_and_the_person_is_told, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    let second = texts(&program.refresh(app, &refresh).await.unwrap()).0;
    app.service.revoke_presented(&program.client, &refresh).await.unwrap();
    for ended in [&access, &second] {
        assert_eq!(app.reads(&program, ended).await, None);
    }
    assert_eq!(program.refresh(app, &refresh).await.err(), Some(Fault::Grant));
    let lines = app.service.ended.read().unwrap();
    assert_eq!(lines.iter().filter(|line| line.what == EndedWhat::Token).count(), 3);
    let seen = app.service.events(&amina.session(app).await, Timestamp(i64::MAX), 100).await.unwrap();
    let told = seen.iter().find(|line| line.event.what == What::TokenRevoked).unwrap();
    assert!(matches!(&told.event.who, Who::Token { label, .. } if label == "Systemet"));
});
