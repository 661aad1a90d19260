//! Lines of reads come with their leaves, beside owners' lines that wait for theirs; a group that fails leaves nothing behind.

use std::sync::Arc;

use egenkarta::domain::Timestamp;
use egenkarta::domain::profile::Kind;
use egenkarta::store::Error;
use egenkarta::store::append::Guarded;

use super::guard::{line, permit, shared};
use crate::support::people::skill;
use crate::support::raw::{execute, rows};
use crate::support::{self, TestApp, on_both};

async fn numbered(app: &TestApp) {
    while app.service.sequence_log().await.unwrap() > 0 {}
}

on_both!(reads_between_an_owners_lines_stand_in_one_tree, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let (token, _) = app.service.mint(&staff, given.terms.consent, 7, "ett system").await.unwrap();
    let token = Arc::new(token.text().as_str().to_owned());
    let read = async || {
        let read = |_| {
            let (service, token) = (Arc::clone(&app.service), Arc::clone(&token));
            tokio::spawn(async move { service.read_by_token(&token, None).await.map(drop).unwrap() })
        };
        for reading in (0..12).map(read).collect::<Vec<_>>() {
            reading.await.unwrap();
        }
    };
    for name in ["sy", "väva", "snickra"] {
        read().await;
        app.add(&session, Kind::Skill, skill(name)).await;
        numbered(app).await;
    }
    read().await;
    let check = app.service.check_own(&session).await.unwrap();
    assert_eq!((check.whole, check.waiting), (true, 12), "no checkpoint has signed the last reads");
    let told = app.service.events(&session, Timestamp(i64::MAX), 1000).await.unwrap();
    assert_eq!(told.iter().filter(|line| line.leaf.is_none()).count(), 12, "a number that is not signed is not told");

    numbered(app).await;
    let check = app.service.check_own(&session).await.unwrap();
    assert_eq!((check.whole, check.waiting, check.lines), (true, 0, told.len()));
    let report = app.service.verify_log(&[]).await.unwrap().unwrap();
    assert_eq!(report.size, rows(&app.service.db, "event").await.len() as u64);
});

#[test]
fn a_group_that_fails_appends_nothing_and_the_next_goes_on() {
    support::run(support::Kind::Sqlite, async |app: &TestApp| {
        let (amina, _, given) = shared(app).await;
        let session = amina.session(app).await;
        let append = async || {
            let line = line(app, &given, given.terms.generation);
            app.service.appender.append(&permit(app, &session, &given), line).await
        };
        // Owners' lines have their leaves, so that the tree stands as the last group left it.
        numbered(app).await;
        let first = append().await.unwrap().unwrap();
        let size = rows(&app.service.db, "log_state").await[0]["size"].number();
        execute(&app.service.db, &format!("INSERT INTO leaf (number, hash) VALUES ({size}, x'00')")).await;
        let before = rows(&app.service.db, "event").await.len();
        for _ in 0..3 {
            assert!(matches!(append().await, Err(Error::Unwritten)));
        }
        assert_eq!(rows(&app.service.db, "event").await.len(), before);
        execute(&app.service.db, &format!("DELETE FROM leaf WHERE number = {size}")).await;
        assert_eq!(append().await.unwrap(), Some(first + 1), "what failed took no number");
        numbered(app).await;
        assert_eq!(app.service.verify_log(&[]).await.unwrap().unwrap().size, u64::try_from(size).unwrap() + 1);
    });
}

#[test]
fn a_group_that_is_given_up_midway_keeps_nobody_from_writing() {
    support::run(support::Kind::Sqlite, async |app: &TestApp| {
        let (amina, _, given) = shared(app).await;
        let session = amina.session(app).await;
        let before = rows(&app.service.db, "event").await.len();
        let line =
            Guarded { seal: Box::new(|_| panic!("as if its sealing had failed")), ..line(app, &given, given.terms.generation) };
        assert!(matches!(app.service.appender.append(&permit(app, &session, &given), line).await, Err(Error::Unwritten)));
        assert_eq!(rows(&app.service.db, "event").await.len(), before);
        app.service.withdraw(&session, given.terms.consent).await.unwrap();
    });
}
