//! Tokens that clients got by the protocol, at the gate and through what people do.

use egenkarta::domain::Timestamp;
use egenkarta::domain::event::{What, Who};
use egenkarta::domain::oauth::Fault;
use egenkarta::domain::profile::Section;
use egenkarta::domain::time::{DAY, MINUTE};
use egenkarta::policy::{Action, Resource};
use egenkarta::store::token;
use egenkarta::usecase::disclosure::Denied;
use egenkarta::usecase::grant::ACCESS;

use crate::store::guard::shared;
use crate::support::grant::texts;
use crate::support::on_both;
use crate::support::proof::{Nobody, outside};
use crate::support::raw::{Cell, rows};

on_both!(a_bound_token_is_used_with_its_key_alone_and_other_kinds_read_nothing, |app| {
    let (amina, unit, given) = shared(app).await;
    let (program, colleague) = (app.program(unit.id, "Systemet"), app.program(unit.id, "Ett annat"));
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    let code = app.code(&program, &amina, &given, &program.key).await;
    let staff = unit.administrator.session(app).await;
    let (minted, _) = app.service.mint(&staff, given.terms.consent, 7, "Handgjord").await.unwrap();
    let minted = minted.text().as_str().to_owned();
    for (token, proof) in [
        (&access, None),
        (&access, Some(&colleague.key)),
        (&refresh, Some(&program.key)),
        (&refresh, None),
        (&code, Some(&program.key)),
        (&minted, Some(&program.key)),
    ] {
        assert!(matches!(app.service.read_by_token(token, proof).await, Err(Denied::Denied)));
        assert!(matches!(app.service.copy_by_token(token, proof, outside(&Nobody)).await, Err(Denied::Denied)));
    }
    let read = app.service.read_by_token(&access, Some(&program.key)).await.unwrap();
    assert_eq!(read.entries.len(), 1);
    let seen = app.service.events(&amina.session(app).await, Timestamp(i64::MAX), 100).await.unwrap();
    let line = seen.iter().find(|line| line.event.what == What::Read).unwrap();
    assert!(matches!(&line.event.who, Who::Token { label, by } if label == "Systemet" && by == "Enheten"), "{:?}", line.event.who);
});

on_both!(a_refresh_token_is_its_clients_and_its_keys_alone, |app| {
    let (amina, unit, given) = shared(app).await;
    let (program, colleague) = (app.program(unit.id, "Systemet"), app.program(unit.id, "Ett annat"));
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    let service = &app.service;
    for (what, refused) in [
        ("another client", colleague.refresh(app, &refresh).await),
        ("its key and another client", service.refresh(&colleague.client, &program.key, &refresh, None).await),
        ("another key", service.refresh(&program.client, &colleague.key, &refresh, None).await),
        ("an access token", program.refresh(app, &access).await),
        ("a code", program.refresh(app, &app.code(&program, &amina, &given, &program.key).await).await),
    ] {
        assert_eq!(refused.err(), Some(Fault::Grant), "{what}");
    }
    assert_eq!(service.refresh(&program.client, &[], &refresh, None).await.err(), Some(Fault::Proof));
    app.clock.forward(ACCESS);
    assert_eq!(app.reads(&program, &access).await, None, "ten minutes");
    let again = program.refresh(app, &refresh).await.unwrap();
    assert!(again.refresh.is_none() && again.expires_in == 600, "not rotated");
    assert_eq!(app.reads(&program, &texts(&again).0).await, Some(1));
});

on_both!(what_refreshes_lives_as_long_as_its_consent_longer_or_shorter, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let refresh = texts(&app.collected(&program, &amina, &given).await.unwrap()).1;
    let session = amina.session(app).await;
    let mut choice = app.choice(unit.id, &[Section::P07]);
    choice.until = app.service.now().plus(59 * DAY).day();
    let longer = app.service.change(&session, given.terms.consent, &choice).await.unwrap();
    app.clock.forward(40 * DAY);
    assert!(program.refresh(app, &refresh).await.is_ok(), "the person made it longer");
    app.clock.forward(longer.terms.until.since(app.service.now()) - MINUTE);
    let last = program.refresh(app, &refresh).await.unwrap();
    assert_eq!(last.expires_in, 60, "no access token outlives its consent");
    app.clock.forward(MINUTE);
    assert_eq!(program.refresh(app, &refresh).await.err(), Some(Fault::Grant));
    assert_eq!(app.reads(&program, &texts(&last).0).await, None);
    app.service.expire().await.unwrap();
    assert!(rows(&app.service.db, "token").await.iter().all(|row| row["sealed"] == Cell::Null));
});

on_both!(withdrawal_block_and_erasing_end_every_path_at_the_next_request, |app| {
    for way in 0..3 {
        let (amina, unit, given) = shared_again(app, way).await;
        let program = app.program(unit.id, "Systemet");
        let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
        let code = app.code(&program, &amina, &given, &[]).await;
        let child = texts(&program.exchange(app, &access, app.part(unit.id, &[Section::P07])).await.unwrap()).0;
        let approved = app.secret_of(&amina, given.terms.consent).await;
        let session = amina.session(app).await;
        match way {
            0 => app.service.withdraw(&session, given.terms.consent).await.unwrap(),
            1 => app.service.block(&session, unit.id).await.map(drop).unwrap(),
            _ => app.service.erase(&session).await.map(drop).unwrap(),
        }
        assert_eq!((app.reads(&program, &access).await, app.reads(&program, &child).await), (None, None), "{way}");
        assert_eq!(program.refresh(app, &refresh).await.err(), Some(Fault::Grant), "{way}");
        assert_eq!(program.redeem(app, &code).await.err(), Some(Fault::Grant), "{way}");
        let part = app.part(unit.id, &[Section::P07]);
        assert_eq!(program.exchange(app, &access, part).await.err(), Some(Fault::Grant), "{way}");
        let approved = egenkarta::usecase::grant::Approved { owner: amina.id, consent: given.terms.consent, secret: approved };
        let collected = app.service.collected(&program.client, &program.key, approved).await;
        assert_eq!(collected.err(), Some(Fault::Grant), "{way}");
        let left = rows(&app.service.db, "child").await;
        assert!(left.is_empty(), "{way}");
    }
});

async fn shared_again(
    app: &crate::support::TestApp,
    way: u8,
) -> (crate::support::people::Owner, crate::support::people::TestUnit, egenkarta::usecase::consent::Given) {
    let amina = app.participant(&format!("Amina {way}")).await;
    let unit = app.unit_named("af", "Enheten", &format!("Adina {way}")).await;
    let session = amina.session(app).await;
    app.add(&session, egenkarta::domain::profile::Kind::Skill, crate::support::people::skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    (amina, unit, given)
}

on_both!(a_client_that_is_registered_no_longer_holds_nothing, |app| {
    let (amina, unit, given) = shared(app).await;
    let (program, colleague) = (app.program(unit.id, "Systemet"), app.program(unit.id, "Ett annat"));
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    let child = texts(&program.exchange(app, &access, app.part(unit.id, &[Section::P07])).await.unwrap()).0;
    let other = texts(&app.collected(&colleague, &amina, &given).await.unwrap()).0;
    let staff = unit.administrator.session(app).await;
    let role = egenkarta::domain::organisation::Role::Administrator;
    let permit = app.service.ask(staff.staff(unit.id, role), Action::KeepClients, Resource::Unit { unit: unit.id }).unwrap();
    let mut tx = app.service.db.write().await.unwrap();
    let ended = token::end_of_client(&mut tx, &permit, unit.id, program.client.id, app.service.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ended.len(), 3);
    assert_eq!((app.reads(&program, &access).await, app.reads(&program, &child).await), (None, None));
    assert_eq!(program.refresh(app, &refresh).await.err(), Some(Fault::Grant));
    assert!(rows(&app.service.db, "child").await.is_empty());
    assert_eq!(app.reads(&colleague, &other).await, Some(1));
});

on_both!(the_person_sees_a_program_once_and_the_administrator_ends_it, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    for _ in 0..3 {
        program.refresh(app, &refresh).await.unwrap();
    }
    let session = amina.session(app).await;
    let held = app.service.tokens_of(&session, given.terms.consent).await.unwrap();
    assert_eq!(
        held.iter().map(|(label, until)| (label.name.as_str(), *until)).collect::<Vec<_>>(),
        [("Systemet", given.terms.until)]
    );
    let minted = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    assert_eq!(minted.iter().filter(|line| line.event.what == What::TokenMinted).count(), 1, "refreshing is no news");
    let staff = unit.administrator.session(app).await;
    let live = app.service.tokens(&staff).await.unwrap();
    assert_eq!((live.len(), live[0].until), (1, given.terms.until));
    app.service.mint(&staff, given.terms.consent, 7, "Handgjord").await.unwrap();
    app.service.revoke(&staff, live[0].lookup).await.unwrap();
    assert_eq!(app.reads(&program, &access).await, None);
    assert_eq!(program.refresh(app, &refresh).await.err(), Some(Fault::Grant));
    assert_eq!(app.service.tokens(&staff).await.unwrap().len(), 1, "what was minted by hand stays");
});

on_both!(who_asks_for_ever_more_is_told_to_wait_and_old_rows_go, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    program.exchange(app, &access, app.part(unit.id, &[Section::P07])).await.unwrap();
    let mut last = program.refresh(app, &refresh).await;
    for _ in 0..token::MOST_HELD {
        last = program.refresh(app, &refresh).await;
    }
    assert_eq!(last.err(), Some(Fault::TooOften(60)));
    assert!(app.service.mint(&unit.administrator.session(app).await, given.terms.consent, 7, "x").await.is_ok());
    app.clock.forward(ACCESS + 3 * DAY);
    app.service.retain().await.unwrap();
    let kinds = rows(&app.service.db, "token").await.into_iter().filter(|row| row["client"] != Cell::Text(String::new()));
    assert_eq!(kinds.map(|row| row["kind"].clone()).collect::<Vec<_>>(), [Cell::Text("refresh".to_owned())]);
    assert!(rows(&app.service.db, "child").await.is_empty());
    assert!(program.refresh(app, &refresh).await.is_ok());
});

on_both!(no_token_that_is_made_while_a_consent_ends_outlives_it, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    let session = amina.session(app).await;
    let refreshed = async {
        for _ in 0..10 {
            let _perhaps = program.refresh(app, &refresh).await;
        }
    };
    let exchanged = async {
        for _ in 0..10 {
            let _perhaps = program.exchange(app, &access, app.part(unit.id, &[Section::P07])).await;
        }
    };
    let given_back = async {
        if let Ok(tokens) = program.refresh(app, &refresh).await {
            app.service.revoke_presented(&program.client, &texts(&tokens).0).await.unwrap();
        }
    };
    let withdrawn = async { app.service.withdraw(&session, given.terms.consent).await.unwrap() };
    tokio::join!(refreshed, exchanged, given_back, withdrawn);
    let tokens = rows(&app.service.db, "token").await;
    assert!(tokens.len() >= 2 && tokens.iter().all(|row| row["sealed"] == Cell::Null && row["label"] == Cell::Null));
    assert!(rows(&app.service.db, "child").await.is_empty());
});

on_both!(no_backup_holds_anything_that_a_program_could_use, |app| {
    let (amina, unit, given) = shared(app).await;
    let program = app.program(unit.id, "Systemet");
    let (access, refresh) = texts(&app.collected(&program, &amina, &given).await.unwrap());
    program.exchange(app, &access, app.part(unit.id, &[Section::P07])).await.unwrap();
    let mut tx = app.service.db.write().await.unwrap();
    egenkarta::store::backup::clean(&mut tx, app.service.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(rows(&app.service.db, "child").await.is_empty());
    assert!(rows(&app.service.db, "token").await.iter().all(|row| row["sealed"] == Cell::Null));
    assert_eq!(app.reads(&program, &access).await, None);
    assert_eq!(program.refresh(app, &refresh).await.err(), Some(Fault::Grant));
    assert!(app.collected(&program, &amina, &given).await.is_ok(), "the consent itself lives on");
});
