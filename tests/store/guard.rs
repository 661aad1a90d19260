//! The guarded append: no line, no read.

use std::collections::BTreeSet;
use std::sync::Arc;

use egenkarta::domain::consent::State;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::policy::{Action, Permit, Resource};
use egenkarta::store::append::Guarded;
use egenkarta::store::{Error, consent, inbox};
use egenkarta::usecase::Session;
use egenkarta::usecase::consent::Given;

use crate::support::people::{Owner, TestUnit, skill};
use crate::support::raw::rows;
use crate::support::{TestApp, on_both};

/// Amina shares her skills with a unit.
pub async fn shared(app: &TestApp) -> (Owner, TestUnit, Given) {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    (amina, unit, given)
}

pub fn permit(app: &TestApp, session: &Session, given: &Given) -> Permit {
    let resource = Resource::Consent { owner: session.owner, consent: given.terms.consent, unit: given.terms.unit };
    app.service.ask(session.participant(), Action::WithdrawConsent, resource).unwrap()
}

pub fn line(app: &TestApp, given: &Given, generation: u64) -> Guarded {
    let (owner, consent, at) = (given.terms.owner, given.terms.consent, app.service.now());
    Guarded { owner, consent, generation, at, seal: Box::new(|number| number.to_be_bytes().to_vec()) }
}

on_both!(another_generation_another_time_and_an_ended_consent_are_refused, |app| {
    let (amina, _, given) = shared(app).await;
    let session = amina.session(app).await;
    let terms = &given.terms;
    let guard = async |generation, now| {
        let mut tx = app.service.db.write().await.unwrap();
        consent::guard(&mut tx, terms.owner, terms.consent, generation, now).await.unwrap()
    };
    let now = app.service.now();
    assert_eq!(guard(terms.generation + 1, now).await, None);
    assert_eq!(guard(terms.generation - 1, now).await, None);
    assert_eq!(guard(terms.generation, terms.from.plus(-1)).await, None);
    assert_eq!(guard(terms.generation, terms.until).await, None);
    assert!(guard(terms.generation, terms.until.plus(-1)).await.is_some());
    assert!(guard(terms.generation, now).await.is_some());
    app.service.withdraw(&session, terms.consent).await.unwrap();
    assert_eq!(guard(terms.generation, now).await, None);
    assert_eq!(guard(terms.generation + 1, now).await, None, "the raised generation lets nothing through either");
});

on_both!(a_look_at_the_inbox_never_puts_older_terms_in_the_place_of_newer_ones, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let record = async || rows(&app.service.db, "inbox").await[0]["record"].bytes().to_vec();
    let seen = record().await;
    app.service.change(&session, given.terms.consent, &app.choice(unit.id, &[Section::P07])).await.unwrap();
    let changed = record().await;
    assert_ne!(seen, changed);
    let permit = app.service.ask(staff.staff(unit.id, Role::Administrator), Action::ReadInbox, Resource::Unit { unit: unit.id });
    let permit = permit.unwrap();
    let rewrap = async |was: &[u8], secret| {
        let mut tx = app.service.db.write().await.unwrap();
        let place = (unit.id, given.terms.consent);
        let done = inbox::rewrap(&mut tx, &permit, place, was, secret, b"as it was looked at".to_vec()).await.unwrap();
        tx.commit().await.unwrap();
        done
    };
    assert!(!rewrap(&seen, Some(vec![1])).await, "changed since it was looked at");
    assert!(!rewrap(&seen, None).await && !rewrap(&changed, None).await, "it has not ended");
    assert_eq!(record().await, changed);
    assert!(app.service.state_case(&staff, given.terms.consent, "1").await.is_ok(), "it is read as it stands");
    app.service.withdraw(&session, given.terms.consent).await.unwrap();
    assert!(!rewrap(&changed, Some(vec![1])).await && !rewrap(&seen, None).await, "ended since it was looked at");
    assert!(rewrap(&record().await, None).await);
});

on_both!(a_failed_guard_fails_only_its_own_line, |app| {
    let (amina, _, given) = shared(app).await;
    let session = amina.session(app).await;
    let append = |generation| {
        let (appender, permit, line) = (app.service.appender.clone(), permit(app, &session, &given), line(app, &given, generation));
        tokio::spawn(async move { appender.append(&permit, line).await })
    };
    let right = given.terms.generation;
    let tasks: Vec<_> = (0..32).map(|n| (n % 4 == 0, append(if n % 4 == 0 { right + 1 } else { right }))).collect();
    let mut numbers = BTreeSet::new();
    for (wrong, task) in tasks {
        let number = task.await.unwrap().unwrap();
        assert_eq!(number.is_none(), wrong);
        numbers.extend(number);
    }
    let first = *numbers.first().unwrap();
    assert_eq!(numbers, (first..first + 24).collect(), "a refused line takes no number");
});

on_both!(a_permit_for_another_consent_appends_nothing, |app| {
    let (amina, unit, given) = shared(app).await;
    let session = amina.session(app).await;
    let other = app.give(&session, unit.id, &[Section::P07]).await;
    let permit = permit(app, &session, &other);
    let appended = app.service.appender.append(&permit, line(app, &given, given.terms.generation)).await;
    assert!(matches!(appended, Err(Error::Permit)));
});

on_both!(ending_twice_ends_once, |app| {
    let (amina, _, given) = shared(app).await;
    let session = amina.session(app).await;
    let permit = permit(app, &session, &given);
    let state = State::Withdrawn { at: app.service.now() };
    let mut tx = app.service.db.write().await.unwrap();
    let (owner, id) = (amina.id, given.terms.consent);
    assert!(consent::end(&mut tx, &permit, owner, id, state).await.unwrap().is_some());
    assert!(consent::end(&mut tx, &permit, owner, id, state).await.unwrap().is_none());
});

on_both!(sixty_four_parallel_readers_number_their_events_without_gaps, |app| {
    let (_, unit, given) = shared(app).await;
    let staff = unit.administrator.session(app).await;
    let (token, _) = app.service.mint(&staff, given.terms.consent, 7, "ett system").await.unwrap();
    let token = Arc::new(token.text().as_str().to_owned());
    let read = |_| {
        let (service, token) = (Arc::clone(&app.service), Arc::clone(&token));
        tokio::spawn(async move { service.read_by_token(&token, None).await.unwrap().sequence })
    };
    let tasks: Vec<_> = (0..64).map(read).collect();
    let mut numbers = BTreeSet::new();
    for task in tasks {
        numbers.insert(task.await.unwrap());
    }
    let first = *numbers.first().unwrap();
    assert_eq!(numbers, (first..first + 64).collect());
});
