//! No read commits after a withdrawal or a narrowing.

use std::sync::Arc;
use std::time::Duration;

use egenkarta::domain::ConsentId;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::usecase::disclosure::Denied;
use egenkarta::usecase::{Error, Service};

use super::guard::shared;
use crate::support::people::skill;
use crate::support::raw::{Cell, rows};
use crate::support::{TestApp, on_both};

/// The highest number in the consent's stream.
async fn highest(app: &TestApp, id: ConsentId) -> i64 {
    let rows = rows(&app.service.db, "event").await;
    rows.iter().filter(|row| row["stream"] == Cell::id(id.0)).map(|row| row["seq"].number()).max().unwrap()
}

/// Reads until it is denied; the numbers of its reads.
async fn read_on(service: Arc<Service>, token: Arc<String>) -> Vec<u64> {
    let mut numbers = Vec::new();
    loop {
        match service.read_by_token(&token, None).await {
            Ok(read) => numbers.push(read.sequence),
            Err(Denied::Denied) => return numbers,
            Err(Denied::Fault(error)) => panic!("{error}"),
        }
    }
}

on_both!(every_read_that_succeeds_stands_before_the_withdrawal, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let id = given.terms.consent;
    let (token, _) = app.service.mint(&staff, id, 7, "ett system").await.unwrap();
    let token = Arc::new(token.text().as_str().to_owned());
    let readers: Vec<_> = (0..16).map(|_| tokio::spawn(read_on(Arc::clone(&app.service), Arc::clone(&token)))).collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    app.service.withdraw(&session, id).await.unwrap();
    assert!(matches!(app.service.read_by_token(&token, None).await, Err(Denied::Denied)), "answered withdrawals hold at once");
    let withdrawal = highest(app, id).await;
    let mut reads = 0;
    for reader in readers {
        for number in reader.await.unwrap() {
            assert!(i64::try_from(number).unwrap() < withdrawal, "read {number} after withdrawal {withdrawal}");
            reads += 1;
        }
    }
    assert!(reads > 0, "nobody read before the withdrawal: the race was none");
    assert_eq!(highest(app, id).await, withdrawal, "a read committed after the withdrawal");
});

on_both!(no_read_after_a_narrowing_holds_what_was_taken_out, |app| {
    let (amina, unit, _) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let wide = app.give(&session, unit.id, &[Section::P07, Section::P10]).await;
    let id = wide.terms.consent;
    let (token, _) = app.service.mint(&staff, id, 7, "ett system").await.unwrap();
    let token = Arc::new(token.text().as_str().to_owned());
    let read = |_| {
        let (service, token) = (Arc::clone(&app.service), Arc::clone(&token));
        tokio::spawn(async move {
            let mut all = Vec::new();
            for _ in 0..20 {
                // Written anew twice between a reader's two tries, it may be told to come back; never more than that.
                let Ok(read) = service.read_by_token(&token, None).await else { continue };
                all.push((read.sequence, read.entries.len()));
            }
            all
        })
    };
    let readers: Vec<_> = (0..8).map(read).collect();
    tokio::time::sleep(Duration::from_millis(100)).await;
    app.service.change(&session, id, &app.choice(unit.id, &[Section::P10])).await.unwrap();
    let after = app.service.read_by_token(&token, None).await.unwrap();
    assert!(after.entries.is_empty());
    let mut reads = vec![(after.sequence, 0)];
    for reader in readers {
        reads.extend(reader.await.unwrap());
    }
    let first_narrow = reads.iter().filter(|(_, entries)| *entries == 0).map(|(sequence, _)| *sequence).min().unwrap();
    for (sequence, entries) in reads {
        assert!(entries == 0 || sequence < first_narrow, "what was taken out was read at {sequence}, after {first_narrow}");
    }
});

on_both!(what_staff_write_while_the_units_keys_are_made_anew_opens_afterwards, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, admin) = (amina.session(app).await, unit.administrator.session(app).await);
    let reader = app.reader(&unit).await;
    let id = given.terms.consent;
    for round in 0..3 {
        let leaving = app.colleague(&unit, &format!("Sture {round}"), Role::Reader).await;
        let second = app.give(&session, unit.id, &[Section::P10]).await.terms.consent;
        app.service.remove_staff(&admin, leaving.staff_id()).await.unwrap();
        let mut writers = Vec::new();
        for n in 0..4 {
            let (service, admin, reader) = (Arc::clone(&app.service), admin.clone(), reader.session(app).await);
            writers.push(tokio::spawn(async move {
                // Keys that change meanwhile are told; nothing is then kept.
                let told = |done: Result<(), Error>| assert!(matches!(done, Ok(()) | Err(Error::Gone)), "{done:?}");
                for turn in 0..6 {
                    told(service.state_case(&admin, id, &format!("Ä {n}-{turn}")).await);
                    told(service.inbox(&reader, None).await.map(|held| assert_eq!(held.unreadable, 0)));
                    let (_, colleagues, _) = service.colleagues(&reader).await.unwrap();
                    assert!(colleagues.iter().all(|one| !one.name.is_empty()));
                    service.unit_events(&admin, 50).await.unwrap();
                    told(service.state_case(&reader, second, &format!("B {n}-{turn}")).await);
                }
            }));
        }
        assert!(app.service.rotate_unit_if_due(&admin).await.unwrap().is_some(), "round {round}");
        for writer in writers {
            writer.await.unwrap();
        }
        let held = app.service.inbox(&reader.session(app).await, None).await.unwrap();
        assert_eq!((held.received.len(), held.unreadable), (round + 2, 0));
        let (_, colleagues, _) = app.service.colleagues(&admin).await.unwrap();
        assert!(colleagues.iter().all(|one| !one.name.is_empty()));
    }
});

on_both!(no_consent_that_is_given_during_an_erase_outlives_it, |app| {
    let unit = app.unit("af").await;
    for name in ["Amina", "Bashir", "Cyril"] {
        let person = app.participant(name).await;
        let session = person.session(app).await;
        app.add(&session, Kind::Skill, skill("svetsa")).await;
        let choice = app.choice(unit.id, &[Section::P07]);
        let give = |_| {
            let (service, session, choice) = (Arc::clone(&app.service), session.clone(), choice.clone());
            tokio::spawn(async move { service.give(&session, &choice).await.is_ok() })
        };
        let giving: Vec<_> = (0..4).map(give).collect();
        app.service.erase(&session).await.unwrap();
        for one in giving {
            one.await.unwrap();
        }
    }
    assert!(rows(&app.service.db, "consent").await.is_empty());
    for row in rows(&app.service.db, "inbox").await {
        assert_ne!(row["state"], Cell::Text("given".to_owned()), "the unit believes that it may read");
        assert_eq!((&row["secret"], &row["owner"]), (&Cell::Null, &Cell::id(uuid::Uuid::nil())));
    }
});
