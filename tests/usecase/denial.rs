//! Denials look alike, and show in the person's log.

use egenkarta::crypto::token::TokenSecret;
use egenkarta::domain::consent::State;
use egenkarta::domain::event::{What, Who};
use egenkarta::domain::profile::Section;
use egenkarta::domain::time::DAY;
use egenkarta::domain::{ConsentId, SystemRandom, Timestamp};
use egenkarta::usecase::Error;
use egenkarta::usecase::disclosure::Denied;
use uuid::Uuid;

use crate::store::guard::shared;
use crate::support::on_both;
use crate::support::raw::{Cell, execute, rows, set};

on_both!(unknown_malformed_expired_and_withdrawn_are_denied_alike, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let (expired, _) = app.service.mint(&staff, given.terms.consent, 1, "kort").await.unwrap();
    app.clock.forward(DAY);
    let staff = {
        drop(staff);
        unit.administrator.session(app).await
    };
    let (withdrawn, _) = app.service.mint(&staff, given.terms.consent, 7, "x").await.unwrap();
    app.service.withdraw(&session, given.terms.consent).await.unwrap();
    let unknown = TokenSecret::random(&SystemRandom::default()).text();
    let presented = ["", "egk_", "Bearer", "egk_åäö", &unknown, &expired.text(), &withdrawn.text()].map(str::to_owned);
    for token in presented {
        let denied = app.service.read_by_token(&token, None).await;
        assert!(matches!(denied, Err(Denied::Denied)), "{denied:?}");
    }
    let nobody = ConsentId(Uuid::from_u128(7));
    assert!(matches!(app.service.read_by_staff(&staff, nobody).await, Err(Error::NotFound)));
});

on_both!(denied_tries_are_written_at_a_stop_and_after_a_write_that_failed, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let (token, _) = app.service.mint(&staff, given.terms.consent, 7, "x").await.unwrap();
    app.service.withdraw(&session, given.terms.consent).await.unwrap();
    let try_it = async || assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    let seen = async || {
        let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
        seen.iter().filter(|line| line.event.what == What::Denied).map(|line| line.event.count).sum::<u32>()
    };
    let (stop, stopped) = tokio::sync::watch::channel(false);
    execute(&app.service.db, "ALTER TABLE event RENAME TO event_away").await;
    try_it().await;
    let rest = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        execute(&app.service.db, "ALTER TABLE event_away RENAME TO event").await;
        tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
        assert_eq!(seen().await, 1, "the failed one is written at last");
        try_it().await;
        try_it().await;
        stop.send(true).unwrap();
    };
    tokio::join!(app.deny_until(stopped), rest);
    assert_eq!(seen().await, 3, "and what waited is written before the end");
});

on_both!(a_recipient_that_is_gone_keeps_no_consent_from_ending, |app| {
    let (amina, unit, given) = shared(app).await;
    let session = amina.session(app).await;
    let other = app.give(&session, unit.id, &[Section::P07]).await;
    // As a link's recipient is, whose kind the operator has taken out of the catalogue.
    let key = [("id", &Cell::id(given.terms.consent.0))];
    set(&app.service.db, "consent", &key, "unit", &Cell::id(amina.id.0)).await;
    assert_eq!(app.service.consents_in_clear(&session).await.unwrap().len(), 2, "the list shows the rest of it");
    app.service.withdraw(&session, other.terms.consent).await.unwrap();
    app.clock.forward(given.terms.until.since(app.service.now()));
    assert_eq!(app.service.expire().await.unwrap(), 1);
    assert!(rows(&app.service.db, "consent").await.iter().all(|row| row["state"] != Cell::Text("given".to_owned())));
});

on_both!(a_consent_whose_time_is_over_denies_before_any_job_has_run, |app| {
    let (amina, unit, given) = shared(app).await;
    let id = given.terms.consent;
    let until = given.terms.until;
    app.clock.forward(until.since(app.service.now()) - 1);
    let staff = unit.administrator.session(app).await;
    app.service.state_case(&staff, id, "1").await.unwrap();
    let (token, _) = app.service.mint(&staff, id, 7, "x").await.unwrap();
    assert!(app.service.read_by_token(&token.text(), None).await.is_ok());
    assert_eq!(app.service.expire().await.unwrap(), 0);
    app.clock.forward(1);
    assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    assert!(matches!(app.service.read_by_staff(&staff, id).await, Err(Error::Gone)));
    assert_eq!(app.service.expire().await.unwrap(), 1);
    assert_eq!(app.service.expire().await.unwrap(), 0);
    assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    let session = amina.session(app).await;
    assert!(matches!(app.service.consent(&session, id).await.unwrap().state, State::Expired { .. }));
    let inbox = app.service.inbox(&staff, None).await.unwrap().received;
    assert!(matches!(inbox[0].state, State::Expired { .. }));
    let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    let line = seen.iter().find(|line| line.event.what == What::ConsentExpired).unwrap();
    assert_eq!(line.event.who, Who::Service);
    assert!(matches!(app.service.withdraw(&session, id).await, Err(Error::Gone)));
});

on_both!(a_try_at_what_ended_unread_is_seen_by_its_owner, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let id = given.terms.consent;
    assert!(matches!(app.service.read_by_staff(&staff, id).await, Err(Error::Faults(_))), "no case has been stated");
    assert_eq!(app.record_denials().await, 0, "a case that is missing is no denied try");
    app.service.withdraw(&session, id).await.unwrap();
    assert!(matches!(app.service.read_by_staff(&staff, id).await, Err(Error::Gone)));
    assert_eq!(app.record_denials().await, 1);
    let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    let denied = seen.iter().find(|line| line.event.what == What::Denied).expect("a line of the log");
    assert_eq!((denied.event.consent, denied.event.unit.as_ref().unwrap().unit.as_str()), (Some(id), "Enheten"));
});

on_both!(a_denied_try_is_seen_by_its_owner_and_repeats_are_counted, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let (token, _) = app.service.mint(&staff, given.terms.consent, 7, "x").await.unwrap();
    app.service.withdraw(&session, given.terms.consent).await.unwrap();
    for _ in 0..7 {
        assert!(app.service.read_by_token(&token.text(), None).await.is_err());
    }
    assert_eq!(app.record_denials().await, 2, "the first at once, the others as one line");
    let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    let denied: Vec<_> = seen.iter().filter(|line| line.event.what == What::Denied).collect();
    assert_eq!(denied.iter().map(|line| line.event.count).sum::<u32>(), 7);
    assert!(denied.iter().all(|line| line.event.who == Who::Unknown && line.event.consent == Some(given.terms.consent)));
    let unit_name = &denied[0].event.unit.as_ref().unwrap().unit;
    assert_eq!(unit_name, "Enheten");
});

on_both!(what_is_kept_long_enough_is_deleted, |app| {
    let (amina, unit, given) = shared(app).await;
    let staff = unit.administrator.session(app).await;
    app.service.mint(&staff, given.terms.consent, 1, "x").await.unwrap();
    app.service.keep_login(&"x").await.unwrap();
    let count = async |table: &str| crate::support::raw::rows(&app.service.db, table).await.len();
    app.service.retain().await.unwrap();
    assert_eq!((count("token").await, count("login").await), (1, 1), "nothing too early");
    app.clock.forward(91 * DAY);
    app.service.expire().await.unwrap();
    app.service.retain().await.unwrap();
    assert_eq!((count("session").await, count("login").await, count("invite").await), (0, 0, 0));
    app.clock.forward(91 * DAY);
    app.service.retain().await.unwrap();
    assert_eq!(count("token").await, 0);
    assert_eq!(app.service.profile(&amina.session(app).await).await.unwrap().entries.len(), 1, "the map stays");
});
