//! Sessions end, and their cookies open nothing afterwards.

use egenkarta::crypto::secret::Secret;
use egenkarta::domain::SystemRandom;
use egenkarta::domain::time::{HOUR, MINUTE};
use egenkarta::usecase::{Error, SessionKind};

use crate::support::on_both;

on_both!(a_session_ends_after_half_an_hour_idle_and_twelve_hours_in_all, |app| {
    let amina = app.participant("Amina").await;
    let idle = amina.cookie(app).await;
    app.clock.forward(30 * MINUTE - 1);
    assert!(app.service.resume(&idle).await.unwrap().is_some());
    app.clock.forward(30 * MINUTE);
    assert!(app.service.resume(&idle).await.unwrap().is_none());
    let busy = amina.cookie(app).await;
    for _ in 0..35 {
        app.clock.forward(20 * MINUTE);
        assert!(app.service.resume(&busy).await.unwrap().is_some());
    }
    app.clock.forward(20 * MINUTE);
    assert!(app.service.resume(&busy).await.unwrap().is_none(), "twelve hours are over");
});

on_both!(the_end_that_is_told_is_never_later_than_the_end, |app| {
    let amina = app.participant("Amina").await;
    let cookie = amina.cookie(app).await;
    // Within a minute the row is not written anew.
    app.clock.forward(50_000);
    let told = app.service.resume(&cookie).await.unwrap().unwrap().ends();
    app.clock.forward(told.since(app.service.now()));
    assert!(app.service.resume(&cookie).await.unwrap().is_none());
    let cookie = amina.cookie(app).await;
    app.clock.forward(2 * MINUTE);
    let told = app.service.resume(&cookie).await.unwrap().unwrap().ends();
    assert_eq!(told.since(app.service.now()), 30 * MINUTE);
    app.clock.forward(30 * MINUTE - 1);
    assert!(app.service.resume(&cookie).await.unwrap().is_some());
});

on_both!(on_a_shared_device_ten_minutes_and_one_hour, |app| {
    let amina = app.participant("Amina").await;
    let begin = async || app.service.begin_session(amina.id, SessionKind::Participant, true, Some(amina.keyring())).await.unwrap();
    let idle = begin().await;
    app.clock.forward(10 * MINUTE);
    assert!(app.service.resume(&idle).await.unwrap().is_none());
    let busy = begin().await;
    for _ in 0..11 {
        app.clock.forward(5 * MINUTE);
        assert!(app.service.resume(&busy).await.unwrap().is_some());
    }
    app.clock.forward(HOUR - 55 * MINUTE);
    assert!(app.service.resume(&busy).await.unwrap().is_none());
});

on_both!(the_cookie_changes_at_opening_and_ends_at_leaving, |app| {
    let amina = app.participant("Amina").await;
    let closed = app.service.begin_session(amina.id, SessionKind::Participant, false, None).await.unwrap();
    let session = app.service.resume(&closed).await.unwrap().unwrap();
    assert!(!session.opened());
    assert!(matches!(app.service.unlock(&session, "en helt annan fras än den").await, Err(Error::Wrong)));
    let opened = app.service.unlock(&session, &amina.phrase).await.unwrap();
    assert!(app.service.resume(&closed).await.unwrap().is_none(), "the cookie from before opens nothing");
    let session = app.service.resume(&opened).await.unwrap().unwrap();
    assert!(session.opened() && session.fresh());
    app.service.end_session(&session).await.unwrap();
    assert!(app.service.resume(&opened).await.unwrap().is_none());
    let strange = Secret::random(&SystemRandom::default());
    assert!(app.service.resume(&strange).await.unwrap().is_none());
});

on_both!(a_session_that_was_ended_while_it_was_being_opened_stays_so, |app| {
    let amina = app.participant("Amina").await;
    let (here, closed) = (amina.session(app).await, amina.closed_session(app).await);
    app.service.end_other_sessions(&here).await.unwrap();
    assert!(matches!(app.service.unlock(&closed, "en helt annan fras än den").await, Err(Error::Wrong)));
    let late = app.service.unlock(&closed, &amina.phrase).await.unwrap();
    assert!(app.service.resume(&late).await.unwrap().is_none());
});

on_both!(other_sessions_end_when_asked_and_this_one_stays, |app| {
    let amina = app.participant("Amina").await;
    let (one, two) = (amina.cookie(app).await, amina.cookie(app).await);
    let here = app.service.resume(&one).await.unwrap().unwrap();
    let nothing = app.service.remove_way_or_session(&here, uuid::Uuid::nil()).await;
    assert!(matches!(nothing, Err(Error::NotFound)), "what is not there cannot be ended");
    app.service.end_other_sessions(&here).await.unwrap();
    assert!(app.service.resume(&two).await.unwrap().is_none());
    assert!(app.service.resume(&one).await.unwrap().is_some());
});

on_both!(a_staff_session_is_no_participants_and_the_other_way, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (person, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    assert!(matches!(app.service.inbox(&person, None).await, Err(Error::NotFound)));
    assert!(app.service.profile(&staff).await.is_err());
    let posing = app.service.begin_session(amina.id, SessionKind::Staff, false, Some(amina.keyring())).await.unwrap();
    let posing = app.service.resume(&posing).await.unwrap().unwrap();
    assert!(matches!(app.service.inbox(&posing, None).await, Err(Error::NotFound)));
});
