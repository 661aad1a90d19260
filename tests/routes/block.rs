//! `/sharing/units/{unit}/block` and `unblock`, by each actor.

use axum::http::StatusCode;
use egenkarta::domain::Timestamp;
use egenkarta::domain::consent::State;
use egenkarta::domain::event::What;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::usecase::Error;
use egenkarta::usecase::disclosure::Denied;
use egenkarta::web::page::url;

use crate::store::guard::shared;
use crate::support::actor::Actor;
use crate::support::people::{Owner, skill};
use crate::support::raw::rows;
use crate::support::{TestApp, on_both};

async fn person(app: &TestApp, owner: &Owner) -> Actor {
    Actor::Participant(owner.cookie(app).await)
}

async fn blocks(app: &TestApp) -> usize {
    rows(&app.service.db, "block").await.len()
}

on_both!(nobody_blocks_for_someone_else_and_no_get_blocks, |app| {
    let (amina, unit, given) = shared(app).await;
    let path = url::unit_block(unit.id);
    let token = app.service.mint(&unit.administrator.session(app).await, given.terms.consent, 7, "x").await.unwrap().0;
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    for actor in [Actor::Anonymous, staff, Actor::Token(token.text().as_str().to_owned())] {
        for path in [&path, &url::unit_unblock(unit.id)] {
            let answer = app.http().await.post(&actor, path, &[]).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, Some("/?signed-out")), "{actor:?}");
        }
    }
    let bashir = person(app, &app.participant("Bashir").await).await;
    assert_eq!(app.http().await.post(&bashir, &path, &[]).await.status, StatusCode::SEE_OTHER, "their own affair");
    assert_eq!(blocks(app).await, 1);
    let me = person(app, &amina).await;
    assert!(app.http().await.get(&me, &path).await.text().contains("blockera"));
    assert_eq!(app.http().await.get(&me, &url::unit_unblock(unit.id)).await.header("location"), Some(url::SHARING));
    let nowhere = url::unit_block(egenkarta::domain::UnitId(uuid::Uuid::nil()));
    assert_eq!(app.http().await.post(&me, &nowhere, &[]).await.status, StatusCode::NOT_FOUND);
    assert!(app.service.read_by_token(&token.text(), None).await.is_ok(), "what others block ends nothing of hers");
    assert_eq!(blocks(app).await, 1);
});

on_both!(blocking_needs_no_passphrase_ends_what_the_unit_had_and_hides_it, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, admin) = (amina.session(app).await, unit.administrator.session(app).await);
    let other = app.unit_named("municipal_labour", "Annan", "Bo Berg").await;
    let mut choice = app.choice(other.id, &[Section::P07]);
    choice.purpose = "activity_planning".to_owned();
    let elsewhere = app.service.give(&session, &choice).await.unwrap();
    let token = app.service.mint(&admin, given.terms.consent, 7, "x").await.unwrap().0;
    assert_eq!(app.service.search_units(&session, "arbetsförmedlingen").await.unwrap().len(), 2);

    let closed = Actor::Participant(amina.closed_session_cookie(app).await);
    assert!(app.http().await.get(&closed, url::SHARING).await.text().contains(&url::unit_block(unit.id)));
    let answer = app.http().await.post(&closed, &url::unit_block(unit.id), &[]).await;
    assert_eq!(answer.header("location"), Some("/sharing?blocked"));
    assert!(app.http().await.get(&closed, "/sharing?blocked").await.text().contains("blockerad"));
    app.http().await.post(&closed, &url::unit_block(unit.id), &[]).await;

    assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    let all = app.service.consents(&session).await.unwrap();
    let state = |id| all.iter().find(|one| one.terms.consent == id).unwrap().state;
    assert!(matches!(state(given.terms.consent), State::Withdrawn { .. }));
    assert_eq!(state(elsewhere.terms.consent), State::Given, "another unit keeps what it has");
    let found = app.service.search_units(&session, "arbetsförmedlingen").await.unwrap();
    assert_eq!(found.iter().map(|row| row.unit.id).collect::<Vec<_>>(), [other.id]);
    let picked = app.service.give(&session, &app.choice(unit.id, &[Section::P07])).await;
    assert!(matches!(picked.map(drop), Err(Error::NotFound)), "nor by its id");
    let step = [("unit", unit.id.to_string())];
    let step = step.each_ref().map(|(name, value)| (*name, value.as_str()));
    let me = person(app, &amina).await;
    assert_eq!(app.http().await.post(&me, "/sharing/new/purpose", &step).await.status, StatusCode::NOT_FOUND);
    let whats = async || {
        let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
        seen.into_iter().map(|line| line.event.what).collect::<Vec<_>>()
    };
    let seen = whats().await;
    let count = |what| seen.iter().filter(|one| **one == what).count();
    assert_eq!((count(What::UnitBlocked), count(What::ConsentWithdrawn)), (1, 1), "once");
    assert!(app.http().await.get(&me, url::EVENTS).await.text().contains("Du blockerade"));
    for cell in rows(&app.service.db, "block").await[0].values() {
        assert_ne!(*cell, crate::support::raw::Cell::id(unit.id.0), "which unit it is stands nowhere");
    }

    let undone = app.http().await.post(&closed, &url::unit_unblock(unit.id), &[]).await;
    assert_eq!(undone.header("location"), Some(url::KEYS_UNLOCK), "undoing needs the map to be open");
    assert!(app.http().await.get(&me, url::SHARING).await.text().contains(&url::unit_unblock(unit.id)));
    let undone = app.http().await.post(&me, &url::unit_unblock(unit.id), &[]).await;
    assert_eq!(undone.header("location"), Some("/sharing?unblocked"));
    assert_eq!(app.service.search_units(&session, "arbetsförmedlingen").await.unwrap().len(), 2);
    let ended = app.service.consent(&session, given.terms.consent).await.unwrap();
    assert!(matches!(ended.state, State::Withdrawn { .. }), "it stays ended");
    app.service.give(&session, &app.choice(unit.id, &[Section::P07])).await.unwrap();
    assert!(whats().await.contains(&What::UnitUnblocked));
});

on_both!(who_is_erased_leaves_no_block_behind, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("sy")).await;
    app.service.block(&session, unit.id).await.unwrap();
    app.service.erase(&session).await.unwrap();
    assert_eq!(blocks(app).await, 0);
});
