//! RFC 8693: a token for a really narrower one, whose bundle holds just those keys.

use chrono::Days;
use egenkarta::domain::consent::{Mode, Right};
use egenkarta::domain::oauth::{Asked, Fault};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::MINUTE;
use egenkarta::usecase::consent::Given;
use egenkarta::usecase::grant::ACCESS;

use crate::support::grant::{Program, texts};
use crate::support::people::{Owner, TestUnit, fields, save, skill, text};
use crate::support::{TestApp, on_both};

/// Amina shares her name and two skills; a program holds a token of it.
async fn held(app: &TestApp) -> (Owner, TestUnit, Given, Program, String) {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::PreferredName, fields([("name", text("Amina"))])).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.add(&session, Kind::Skill, skill("sy")).await;
    let given = app.give(&session, unit.id, &[Section::P01, Section::P07, Section::P10]).await;
    let program = app.program(unit.id, "Systemet");
    let access = texts(&app.collected(&program, &amina, &given).await.unwrap()).0;
    (amina, unit, given, program, access)
}

on_both!(whatever_is_wider_than_the_token_is_refused, |app| {
    let (_, unit, given, program, access) = held(app).await;
    let part = || app.part(unit.id, &[Section::P07]);
    let other = app.unit_named("municipal_labour", "Annan", "Bo Berg").await;
    let elsewhere = Asked { unit: other.id, ..part() };
    assert_eq!(program.exchange(app, &access, elsewhere).await.err(), Some(Fault::Target));
    let last = given.terms.until.plus(-1).day();
    for (what, asked) in [
        ("a section that was never given", app.part(unit.id, &[Section::P07, Section::P05])),
        ("a section that was given and is empty", app.part(unit.id, &[Section::P10])),
        ("another purpose", Asked { purpose: "recruitment".to_owned(), ..part() }),
        ("an action more", Asked { actions: [Right::Read, Right::Propose].into(), ..part() }),
        ("a copy where one may look", Asked { mode: Mode::Copy, ..part() }),
        ("an entry of nobody", Asked { entries: ["ab".repeat(16)].into(), ..part() }),
        ("a day longer", Asked { until: last + Days::new(1), ..part() }),
        ("yesterday", Asked { until: app.service.now().day() - Days::new(1), ..part() }),
    ] {
        let refused = program.exchange(app, &access, asked).await.err();
        assert!(matches!(refused, Some(Fault::Details(_))), "{what}: {refused:?}");
    }
    let (never, empty) = (app.part(unit.id, &[Section::P05]), app.part(unit.id, &[Section::P10]));
    let (never, empty) = (program.exchange(app, &access, never).await.err(), program.exchange(app, &access, empty).await.err());
    assert_eq!(never, empty, "withheld and empty look alike");
    assert!(crate::support::raw::rows(&app.service.db, "child").await.is_empty(), "a refusal leaves nothing behind");
    assert!(program.exchange(app, &access, Asked { until: last, ..part() }).await.is_ok());
});

on_both!(anothers_token_another_key_and_other_kinds_of_token_are_refused, |app| {
    let (amina, unit, given, program, access) = held(app).await;
    let colleague = app.program(unit.id, "Ett annat");
    let part = || app.part(unit.id, &[Section::P07]);
    let refresh = texts(&app.collected(&program, &amina, &given).await.unwrap()).1;
    let code = app.code(&program, &amina, &given, &program.key).await;
    let staff = unit.administrator.session(app).await;
    let (minted, _) = app.service.mint(&staff, given.terms.consent, 7, "Handgjord").await.unwrap();
    assert_eq!(colleague.exchange(app, &access, part()).await.err(), Some(Fault::Grant));
    let other_key = app.service.exchange(&program.client, &colleague.key, &access, part()).await;
    assert_eq!(other_key.err(), Some(Fault::Grant));
    for token in [&refresh, &code, &minted.text().as_str().to_owned(), &"egk_".to_owned()] {
        assert_eq!(program.exchange(app, token, part()).await.err(), Some(Fault::Grant));
    }
    app.clock.forward(ACCESS);
    assert_eq!(program.exchange(app, &access, part()).await.err(), Some(Fault::Grant), "it has run out");
});

on_both!(a_fourth_narrowing_is_refused, |app| {
    let (_, unit, _, program, mut token) = held(app).await;
    for sections in [&[Section::P01, Section::P07][..], &[Section::P07], &[Section::P07]] {
        token = texts(&program.exchange(app, &token, app.part(unit.id, sections)).await.unwrap()).0;
    }
    assert_eq!(app.reads(&program, &token).await, Some(2));
    let fourth = program.exchange(app, &token, app.part(unit.id, &[Section::P07])).await;
    assert!(matches!(fourth.err(), Some(Fault::Details(_))));
    let back = program.exchange(app, &token, app.part(unit.id, &[Section::P01])).await;
    assert!(matches!(back.err(), Some(Fault::Details(_))), "nor is anything got back");
});

on_both!(a_narrower_token_reads_its_part_and_ends_no_later, |app| {
    let (_, unit, _, program, access) = held(app).await;
    app.clock.forward(4 * MINUTE);
    let child = program.exchange(app, &access, app.part(unit.id, &[Section::P07])).await.unwrap();
    assert_eq!(child.expires_in, 360, "no longer than the token that it came from");
    assert_eq!((child.refresh.is_none(), &child.details[0]["sections"]), (true, &serde_json::json!(["P07"])));
    let token = texts(&child).0;
    let read = app.service.read_by_token(&token, Some(&program.key)).await.unwrap();
    assert!(read.entries.len() == 2 && read.entries.iter().all(|held| held.entry.kind == Kind::Skill));
    assert_eq!(read.terms.scope.kinds, [Kind::Skill].into());
    let one = Asked { entries: [hex::encode(read.entries[0].alias)].into(), ..app.part(unit.id, &[]) };
    let single = program.exchange(app, &token, one).await.unwrap();
    let again = app.service.read_by_token(&texts(&single).0, Some(&program.key)).await.unwrap();
    assert_eq!(again.entries.len(), 1);
    assert_eq!(again.entries[0].alias, read.entries[0].alias, "an entry keeps its name");
    assert_eq!(
        (single.details[0]["sections"].to_string(), single.details[0]["entries"].as_array().unwrap().len()),
        ("[]".into(), 1)
    );
    assert!(app.service.read_by_token(&token, None).await.is_err(), "bound like any other");
    app.clock.forward(6 * MINUTE);
    assert_eq!(app.reads(&program, &token).await, None);
});

on_both!(what_the_owner_writes_reaches_all_narrower_tokens_at_once, |app| {
    let (amina, unit, given, program, access) = held(app).await;
    let session = amina.session(app).await;
    let child = texts(&program.exchange(app, &access, app.part(unit.id, &[Section::P01, Section::P07])).await.unwrap()).0;
    let grandchild = texts(&program.exchange(app, &child, app.part(unit.id, &[Section::P07])).await.unwrap()).0;
    let reads = async || (app.reads(&program, &child).await, app.reads(&program, &grandchild).await);
    assert_eq!(reads().await, (Some(3), Some(2)));
    app.service.save_entry(&session, save(None, Kind::Skill, skill("väva"))).await.unwrap();
    assert_eq!(reads().await, (Some(4), Some(3)), "what comes into a section is there");
    let profile = app.service.profile(&session).await.unwrap();
    let gone = profile.of_kind(Kind::Skill).next().unwrap().id;
    app.service.delete_entry(&session, gone).await.unwrap();
    assert_eq!(reads().await, (Some(3), Some(2)));
    app.service.change(&session, given.terms.consent, &app.choice(unit.id, &[Section::P01])).await.unwrap();
    assert_eq!(reads().await, (Some(1), Some(0)), "narrowed above, narrowed below");
    app.service.withdraw(&session, given.terms.consent).await.unwrap();
    assert_eq!(reads().await, (None, None));
    assert!(crate::support::raw::rows(&app.service.db, "child").await.is_empty());
});

on_both!(a_refresh_token_gives_a_narrower_one_too, |app| {
    let (amina, unit, given, program, _) = held(app).await;
    let refresh = texts(&app.collected(&program, &amina, &given).await.unwrap()).1;
    let narrow = async |sections: &[Section]| {
        app.service.refresh(&program.client, &program.key, &refresh, Some(app.part(unit.id, sections))).await
    };
    assert!(matches!(narrow(&[Section::P05]).await.err(), Some(Fault::Details(_))));
    let token = texts(&narrow(&[Section::P01]).await.unwrap()).0;
    assert_eq!(app.reads(&program, &token).await, Some(1));
    app.service.revoke_presented(&program.client, &refresh).await.unwrap();
    assert_eq!(app.reads(&program, &token).await, None);
});
