//! Changing and withdrawing, also from two tabs.

use egenkarta::domain::Timestamp;
use egenkarta::domain::consent::State;
use egenkarta::domain::event::What;
use egenkarta::domain::profile::{Kind, MAX_VERSIONS, Section};
use egenkarta::store::ended::EndedWhat;
use egenkarta::usecase::Error;

use super::scope::read;
use crate::store::guard::shared;
use crate::support::on_both;
use crate::support::people::{save, skill};

on_both!(a_narrowed_consent_reads_no_more_than_is_left_and_its_code_stays, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.add(&session, Kind::Goal, crate::support::people::fields([("education", crate::support::people::text("svets"))])).await;
    let given = app.give(&session, unit.id, &[Section::P07, Section::P10]).await;
    let id = given.terms.consent;
    assert_eq!(read(app, &staff, id).await.len(), 2);
    let changed = app.service.change(&session, id, &app.choice(unit.id, &[Section::P10])).await.unwrap();
    assert_eq!((changed.code, changed.terms.generation), (given.code, given.terms.generation + 1));
    let entries = read(app, &staff, id).await;
    assert_eq!(entries.iter().map(|e| e.entry.kind).collect::<Vec<_>>(), [Kind::Goal]);
    let inbox = app.service.inbox(&staff, None).await.unwrap().received;
    assert_eq!(inbox[0].terms, changed.terms, "the unit's own record follows");
    let ended = app.service.ended.read().unwrap();
    assert!(ended.iter().any(|line| line.what == EndedWhat::Narrowed && line.id == id.to_string()));
});

on_both!(a_ceiling_that_was_lowered_since_takes_from_what_is_shared_and_hinders_no_writing, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.add(&session, Kind::Goal, crate::support::people::fields([("education", crate::support::people::text("svets"))])).await;
    let id = app.give(&session, unit.id, &[Section::P07, Section::P10]).await.terms.consent;
    assert_eq!(read(app, &staff, id).await.len(), 2);
    let kinds = include_str!("../../seeds/recipient_kinds.toml");
    let lowered = kinds.replacen("\"licence\", \"goal\", ", "\"licence\", ", 1);
    assert_ne!(kinds, lowered);
    std::fs::write(app.dir.path().join("recipient_kinds.toml"), lowered).unwrap();
    let service = app.restarted().await;
    service.save_entry(&session, save(None, Kind::Skill, skill("sy"))).await.unwrap();
    let scope = service.consent(&session, id).await.unwrap().terms.scope;
    assert!(!scope.kinds.contains(&Kind::Goal) && scope.kinds.contains(&Kind::Skill));
    let (_, disclosed) = service.read_by_staff(&staff, id).await.unwrap();
    let kinds: Vec<Kind> = disclosed.entries.iter().map(|held| held.entry.kind).collect();
    assert_eq!(kinds, [Kind::Skill, Kind::Skill]);
    service.db.close().await;
});

on_both!(a_consent_cannot_be_moved_to_another_unit_or_purpose, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    let other = app.unit_named("municipal_labour", "Annan", "Bo Berg").await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let mut elsewhere = app.choice(other.id, &[Section::P07]);
    elsewhere.purpose = "activity_planning".to_owned();
    let changed = app.service.change(&session, given.terms.consent, &elsewhere).await.unwrap();
    assert_eq!((changed.terms.unit, changed.terms.purpose), (unit.id, given.terms.purpose));
});

on_both!(the_second_of_two_tabs_finds_the_consent_gone, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (one, two) = (amina.session(app).await, amina.session(app).await);
    app.add(&one, Kind::Skill, skill("svetsa")).await;
    let id = app.give(&one, unit.id, &[Section::P07]).await.terms.consent;
    app.service.withdraw(&one, id).await.unwrap();
    assert!(matches!(app.service.withdraw(&two, id).await, Err(Error::Gone)));
    let changed = app.service.change(&two, id, &app.choice(unit.id, &[Section::P07])).await;
    assert!(matches!(changed, Err(Error::Gone)), "{changed:?}");
    let seen = app.service.events(&one, Timestamp(i64::MAX), 100).await.unwrap();
    assert_eq!(seen.iter().filter(|line| line.event.what == What::ConsentWithdrawn).count(), 1);
});

on_both!(two_writes_at_once_both_hold_or_one_is_told_to_try_again, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let write = |n: usize| {
        let (service, session) = (std::sync::Arc::clone(&app.service), session.clone());
        tokio::spawn(async move { service.save_entry(&session, save(None, Kind::Skill, skill(&format!("sak {n}")))).await })
    };
    let tasks: Vec<_> = (0..12).map(write).collect();
    let mut kept = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => kept += 1,
            Err(Error::Gone) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert!(kept >= 1);
    assert_eq!(app.service.profile(&session).await.unwrap().entries.len(), kept, "what was answered for is kept, and no more");
});

on_both!(the_map_is_written_on_after_a_withdrawal, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    let first = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let id = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    app.service.withdraw(&session, id).await.unwrap();
    app.service.save_entry(&session, save(Some(first), Kind::Skill, skill("svetsa rostfritt"))).await.unwrap();
    app.add(&session, Kind::Skill, skill("sy")).await;
    app.service.confirm_entry(&session, first).await.unwrap();
    app.service.delete_entry(&session, first).await.unwrap();
    let again = app.give(&session, unit.id, &[Section::P07]).await;
    let all = app.service.consents(&session).await.unwrap();
    assert_eq!(all.len(), 2);
    assert!(matches!(all.iter().find(|g| g.terms.consent == id).unwrap().state, State::Withdrawn { .. }));
    assert_eq!(all.iter().find(|g| g.state == State::Given).unwrap().terms, again.terms);
});

on_both!(what_has_happened_with_one_consent_is_found_by_itself, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let (one, other) = (app.give(&session, unit.id, &[Section::P07]).await, app.give(&session, unit.id, &[Section::P07]).await);
    for id in [one.terms.consent, other.terms.consent] {
        read(app, &staff, id).await;
        app.service.change(&session, id, &app.choice(unit.id, &[Section::P07])).await.unwrap();
        app.service.mint(&staff, id, 7, "x").await.unwrap();
    }
    app.service.withdraw(&session, one.terms.consent).await.unwrap();
    let all = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    for id in [one.terms.consent, other.terms.consent] {
        let mine: Vec<_> = all.iter().filter(|line| line.event.consent == Some(id)).map(|line| line.event.what).collect();
        let found = app.service.events_of(&session, id, 100).await.unwrap();
        assert_eq!(found.iter().map(|line| line.event.what).collect::<Vec<_>>(), mine);
        assert!(mine.len() >= 4);
    }
});

on_both!(another_persons_consent_is_not_there, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let bashir = app.participant("Bashir").await.session(app).await;
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let id = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    assert!(matches!(app.service.withdraw(&bashir, id).await, Err(Error::NotFound)));
    assert!(matches!(app.service.consent(&bashir, id).await, Err(Error::NotFound)));
    assert!(matches!(app.service.events_of(&bashir, id, 10).await, Err(Error::NotFound)));
    let stolen = app.service.change(&bashir, id, &app.choice(unit.id, &[Section::P07])).await;
    assert!(matches!(stolen, Err(Error::NotFound)));
    assert_eq!(app.service.consent(&session, id).await.unwrap().state, State::Given);
});

on_both!(of_an_entry_that_is_confirmed_without_end_the_newest_versions_stay, |app| {
    let (amina, unit, _) = shared(app).await;
    let session = amina.session(app).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let (token, _) = app.service.mint(&unit.administrator.session(app).await, given.terms.consent, 7, "x").await.unwrap();
    let entry = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let other = app.add(&session, Kind::Skill, skill("sy")).await;
    for _ in 0..MAX_VERSIONS + 3 {
        app.service.confirm_entry(&session, entry).await.unwrap();
    }
    let kept = app.service.versions(&session, entry).await.unwrap();
    assert_eq!(kept.len() as u64, MAX_VERSIONS);
    let profile = app.service.profile(&session).await.unwrap();
    assert!(kept.iter().any(|held| held.version == profile.entry(entry).unwrap().version), "the present one among them");
    assert_eq!(app.service.versions(&session, other).await.unwrap().len(), 1);
    assert!(app.service.read_by_token(&token.text(), None).await.unwrap().entries.len() >= 2);
});
