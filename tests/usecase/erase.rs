//! Erasing leaves nothing of the person, and a log that still adds up.

use egenkarta::domain::consent::State;
use egenkarta::domain::event::What;
use egenkarta::domain::guide::Guide;
use egenkarta::domain::profile::Kind;
use egenkarta::domain::time::HOUR;
use egenkarta::domain::{OwnerId, Timestamp};
use egenkarta::store::ended::EndedWhat;
use egenkarta::store::owner;
use egenkarta::usecase::account::{Arrival, Newcomer};
use egenkarta::usecase::disclosure::Denied;

use crate::store::guard::shared;
use crate::support::people::{ISSUER, skill};
use crate::support::raw::{columns, rows};
use crate::support::{TestApp, on_both};

/// Every table and column in which these 16 bytes stand.
async fn traces(app: &TestApp, owner: OwnerId) -> Vec<String> {
    let db = &app.service.db;
    let id = owner.0.as_bytes();
    let mut found = Vec::new();
    let tables: std::collections::BTreeSet<String> = columns(db).await.into_iter().map(|info| info.table).collect();
    for table in tables {
        for row in rows(db, &table).await {
            for (column, cell) in row {
                if let crate::support::raw::Cell::Bytes(bytes) = cell
                    && bytes.windows(16).any(|window| window == id)
                {
                    found.push(format!("{table}.{column}"));
                }
            }
        }
    }
    found
}

on_both!(erasing_leaves_no_row_and_no_id_of_the_owner_and_the_log_still_holds, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let bashir = app.participant("Bashir").await;
    app.add(&bashir.session(app).await, Kind::Skill, skill("laga mat")).await;
    let id = given.terms.consent;
    let (token, _) = app.service.mint(&staff, id, 7, "ett system").await.unwrap();
    app.service.state_case(&staff, id, "Ä 1").await.unwrap();
    app.service.read_by_token(&token.text(), None).await.unwrap();
    app.service.keep_guide(&session, &Guide::default()).await.unwrap();
    app.service.sequence_log().await.unwrap();
    let held = checkpoint(app).await;
    assert!(traces(app, amina.id).await.len() > 10);
    app.service.erase(&session).await.unwrap();
    assert_eq!(traces(app, amina.id).await, Vec::<String>::new());
    app.service.sequence_log().await.unwrap();
    let report = app.service.verify_log(&[held]).await.unwrap().unwrap();
    assert!(report.erased >= 4, "{report:?}");
    assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    let inbox = app.service.inbox(&staff, None).await.unwrap().received;
    assert!(matches!(inbox[0].state, State::Withdrawn { .. }), "the unit is told, and keeps its own record");
    assert_eq!((inbox[0].case.as_deref(), inbox[0].owner), (Some("Ä 1"), OwnerId(uuid::Uuid::nil())));
    assert!(app.service.profile(&session).await.is_err(), "a request under way finds nothing");
    assert!(app.service.read_by_staff(&staff, id).await.is_err());
    let again = app.service.arrive(ISSUER, "Amina", Newcomer::new(false, false, None, None)).await.unwrap();
    assert!(matches!(again, Arrival::Newcomer(_)), "the login finds no account");
    let ended = app.service.ended.read().unwrap();
    assert!(ended.iter().any(|line| line.what == EndedWhat::Owner && line.id == amina.id.to_string()));
    assert_eq!(app.service.profile(&bashir.session(app).await).await.unwrap().entries.len(), 1, "nobody else is touched");
});

async fn checkpoint(app: &TestApp) -> egenkarta::log::Checkpoint {
    let (_, _, note) = app.service.newest_checkpoint().await.unwrap().unwrap();
    egenkarta::log::Checkpoint::verify(&note, app.service.signer.key()).unwrap()
}

on_both!(without_an_opened_keyring_erasing_waits_three_days_and_can_be_called_off, |app| {
    let amina = app.participant("Amina").await;
    let closed = amina.closed_session(app).await;
    let due = app.service.erase(&closed).await.unwrap();
    assert_eq!(due, app.service.now().plus(72 * HOUR));
    assert_eq!(app.service.erase_due(&closed).await.unwrap(), Some(due));
    app.clock.forward(71 * HOUR);
    assert_eq!(app.service.erase_those_due().await.unwrap(), 0);
    app.service.cancel_erase(&amina.session(app).await).await.unwrap();
    app.clock.forward(2 * HOUR);
    assert_eq!(app.service.erase_those_due().await.unwrap(), 0);
    let session = amina.session(app).await;
    let lines = app.service.events(&session, Timestamp(i64::MAX), 10).await.unwrap();
    assert!(lines.iter().any(|line| line.event.what == What::EraseAsked), "whoever opens sees that it was asked for");
    let closed = amina.closed_session(app).await;
    app.service.erase(&closed).await.unwrap();
    app.clock.forward(72 * HOUR);
    assert_eq!(app.service.erase_those_due().await.unwrap(), 1);
    assert_eq!(traces(app, amina.id).await, Vec::<String>::new());
});

on_both!(beginning_again_by_a_login_alone_ends_the_sharing_and_destroys_nothing_for_three_days, |app| {
    let (amina, ..) = shared(app).await;
    let closed = amina.closed_session(app).await;
    let due = app.service.begin_again(&closed).await.unwrap();
    assert_eq!(due, app.service.now().plus(72 * HOUR));
    assert_eq!(app.service.erase_due(&closed).await.unwrap(), Some(due));
    let opened = app.service.unlock(&closed, &amina.phrase).await.unwrap();
    let session = app.service.resume(&opened).await.unwrap().unwrap();
    assert_eq!(app.service.erase_due(&session).await.unwrap(), None, "who opens keeps everything");
    assert!(!app.service.profile(&session).await.unwrap().entries.is_empty(), "what was written is there still");
    let states: Vec<State> = app.service.consents(&session).await.unwrap().into_iter().map(|given| given.state).collect();
    assert!(matches!(states[..], [State::Withdrawn { .. }]), "{states:?}");
    app.clock.forward(80 * HOUR);
    assert_eq!(app.service.erase_those_due().await.unwrap(), 0);
    app.service.begin_again(&amina.closed_session(app).await).await.unwrap();
    app.clock.forward(72 * HOUR);
    assert_eq!(app.service.erase_those_due().await.unwrap(), 1);
    assert_eq!(traces(app, amina.id).await, Vec::<String>::new());
});

on_both!(an_erasure_that_is_called_off_after_it_was_listed_does_not_happen, |app| {
    let amina = app.participant("Amina").await;
    let closed = amina.closed_session(app).await;
    app.service.erase(&closed).await.unwrap();
    app.clock.forward(72 * HOUR);
    let now = app.service.now();
    let mut tx = app.service.db.write().await.unwrap();
    assert_eq!(owner::due_erasures(&mut tx, now).await.unwrap(), [amina.id]);
    assert!(owner::hold_due(&mut tx, amina.id, now).await.unwrap());
    assert!(!owner::hold_due(&mut tx, amina.id, now.plus(-HOUR)).await.unwrap(), "not due yet");
    tx.commit().await.unwrap();
    app.service.cancel_erase(&amina.closed_session(app).await).await.unwrap();
    let mut tx = app.service.db.write().await.unwrap();
    assert!(!owner::hold_due(&mut tx, amina.id, now).await.unwrap());
    tx.commit().await.unwrap();
});

on_both!(beginning_again_gives_an_empty_map_and_ends_every_consent, |app| {
    let (amina, unit, given) = shared(app).await;
    let staff = unit.administrator.session(app).await;
    let (token, _) = app.service.mint(&staff, given.terms.consent, 7, "x").await.unwrap();
    app.service.begin_again(&amina.session(app).await).await.unwrap();
    assert_eq!(traces(app, amina.id).await, Vec::<String>::new());
    assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    let newcomer = app.newcomer(ISSUER, "Amina", Newcomer::new(false, false, None, None)).await;
    let created = app.service.create_participant(&newcomer, "min gamla moped heter Greta").await.unwrap();
    let session = app.service.resume(&created.session).await.unwrap().unwrap();
    assert!(app.service.profile(&session).await.unwrap().entries.is_empty());
    assert!(app.service.consents(&session).await.unwrap().is_empty());
});
