//! Transactions, parallel writes, compare-and-set, permits.

use std::collections::BTreeSet;
use std::sync::Arc;

use egenkarta::domain::OwnerId;
use egenkarta::policy::{Action, Permit, Resource};
use egenkarta::store::{Error, entry, login, manifest, owner};
use egenkarta::usecase::Session;

use crate::support::TestApp;
use crate::support::on_both;
use crate::support::raw::rows;

fn permit(app: &TestApp, session: &Session, action: Action) -> Permit {
    app.service.ask(session.participant(), action, Resource::Profile { owner: session.owner }).unwrap()
}

on_both!(a_dropped_transaction_leaves_nothing, |app| {
    let db = &app.service.db;
    let mut tx = db.write().await.unwrap();
    login::insert(&mut tx, [7; 32], vec![1], app.service.now()).await.unwrap();
    drop(tx);
    assert!(rows(db, "login").await.is_empty());
    let mut tx = db.write().await.unwrap();
    login::insert(&mut tx, [7; 32], vec![1], app.service.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(rows(db, "login").await.len(), 1);
});

on_both!(a_reading_transaction_sees_one_moment_and_cannot_write, |app| {
    let db = &app.service.db;
    let mut reading = db.read().await.unwrap();
    assert!(login::find(&mut reading, [7; 32]).await.unwrap().is_none());
    let mut tx = db.write().await.unwrap();
    login::insert(&mut tx, [7; 32], vec![1], app.service.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(login::find(&mut reading, [7; 32]).await.unwrap().is_none(), "a later commit shows in an earlier snapshot");
    assert!(login::insert(&mut reading, [8; 32], vec![1], app.service.now()).await.is_err());
});

on_both!(of_two_hundred_parallel_writes_none_is_lost, |app| {
    let amina = app.participant("Amina").await;
    let write = |_| {
        let (service, id) = (Arc::clone(&app.service), amina.id);
        tokio::spawn(async move {
            let mut tx = service.db.write().await.unwrap();
            let number = owner::next_sequence(&mut tx, id).await.unwrap();
            tx.commit().await.unwrap();
            number
        })
    };
    let tasks: Vec<_> = (0..200).map(write).collect();
    let mut numbers = BTreeSet::new();
    for task in tasks {
        numbers.insert(task.await.unwrap());
    }
    let first = *numbers.first().unwrap();
    assert_eq!(numbers, (first..first + 200).collect());
});

on_both!(of_two_claims_on_one_manifest_generation_the_second_conflicts, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let permit = permit(app, &session, Action::WriteEntry);
    let db = &app.service.db;
    let mut tx = db.read().await.unwrap();
    let (generation, _) = manifest::find(&mut tx, amina.id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.write().await.unwrap();
    manifest::claim(&mut tx, &permit, amina.id, generation).await.unwrap();
    assert!(matches!(manifest::seal(&mut tx, amina.id, generation, vec![1]).await, Err(Error::Conflict)));
    manifest::seal(&mut tx, amina.id, generation + 1, vec![1]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.write().await.unwrap();
    assert!(matches!(manifest::claim(&mut tx, &permit, amina.id, generation).await, Err(Error::Conflict)));
});

on_both!(a_permit_for_someone_else_opens_no_row, |app| {
    let (amina, bashir) = (app.participant("Amina").await, app.participant("Bashir").await);
    let session = amina.session(app).await;
    let permit = permit(app, &session, Action::ReadProfile);
    let mut tx = app.service.db.read().await.unwrap();
    assert!(matches!(entry::all_of_owner(&mut tx, &permit, bashir.id).await, Err(Error::Permit)));
    assert!(matches!(entry::Versions::of(&permit, OwnerId(uuid::Uuid::nil()), std::iter::empty()), Err(Error::Permit)));
    assert!(entry::all_of_owner(&mut tx, &permit, amina.id).await.unwrap().is_empty());
});
