//! RFC 8935: push-based delivery of Security Event Tokens.

use std::collections::BTreeSet;
use std::time::Instant;

use egenkarta::domain::ConsentId;
use egenkarta::domain::delivery::NotTaken;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::{DAY, HOUR, MINUTE};
use egenkarta::outbound::{Outbound, Reach};
use egenkarta::store::delivery::DeliveryState;
use egenkarta::usecase::Session;
use egenkarta::usecase::delivery::Sender;

use super::receiver::{Answers, Receiver, sender};
use crate::support::people::{Owner, TestUnit, skill};
use crate::support::raw::{Cell, put_back, rows, set};
use crate::support::{BASE, TestApp, on_both};

/// Someone who shares with a unit that is told here; the event of giving waits.
async fn told(app: &TestApp, address: &str) -> (Owner, TestUnit, ConsentId) {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    app.service.set_receiver(&unit.administrator.session(app).await, address, true).await.unwrap();
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let id = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    (person, unit, id)
}

/// State, tries and fault of the newest delivery.
async fn newest(app: &TestApp, admin: &Session) -> (DeliveryState, u64, Option<NotTaken>) {
    let all = app.service.deliveries(admin).await.unwrap();
    let row = &all.latest[0];
    (row.state, row.tries, row.fault)
}

on_both!(what_is_not_202_is_not_accepted_and_an_error_is_read_by_its_code_alone, |app| {
    let answers = [Answers::Status(200), Answers::Status(302), Answers::Err("invalid_key"), Answers::Err("hemligt")];
    let receiver = Receiver::start(&answers).await;
    let (_, unit, _) = told(app, &receiver.address).await;
    let (sender, admin) = (sender(app), unit.administrator.session(app).await);
    let faults = [NotTaken::Answer, NotTaken::Answer, NotTaken::InvalidKey, NotTaken::Answer];
    for (n, fault) in (1..).zip(faults) {
        assert_eq!(app.service.deliver(&sender).await.unwrap(), 1);
        assert_eq!(newest(app, &admin).await, (DeliveryState::Waiting, n, Some(fault)));
        app.clock.forward(8 * MINUTE);
    }
    for row in rows(&app.service.db, "delivery").await {
        assert!(!format!("{row:?}").contains("hemligt"), "a receiver's own words are not kept");
    }
});

on_both!(an_error_is_followed_by_the_same_token_after_a_growing_pause, |app| {
    let receiver = Receiver::start(&[Answers::Status(500), Answers::Status(503)]).await;
    let (_, unit, _) = told(app, &receiver.address).await;
    let (sender, admin) = (sender(app), unit.administrator.session(app).await);
    app.service.deliver(&sender).await.unwrap();
    assert_eq!(app.service.deliver(&sender).await.unwrap(), 0, "not at once");
    app.clock.forward(MINUTE);
    assert_eq!(app.service.deliver(&sender).await.unwrap(), 1);
    app.clock.forward(MINUTE);
    assert_eq!(app.service.deliver(&sender).await.unwrap(), 0, "the pause has doubled");
    app.clock.forward(MINUTE);
    assert_eq!(app.service.deliver(&sender).await.unwrap(), 1);
    let delivered = DeliveryState::Delivered { at: app.service.now() };
    assert_eq!(newest(app, &admin).await, (delivered, 3, None));
    let sent = receiver.sent();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|one| one.body == sent[0].body), "the same to the byte");
    assert_eq!((sent[0].content_type.as_str(), sent[0].accept.as_str()), ("application/secevent+jwt", "application/json"));
    app.clock.forward(HOUR);
    assert_eq!(app.service.deliver(&sender).await.unwrap(), 0, "what was accepted is never sent again");
    app.clock.forward(7 * DAY);
    app.service.retain().await.unwrap();
    assert!(rows(&app.service.db, "delivery").await.is_empty());
});

on_both!(after_three_days_it_is_given_up_listed_and_tried_again_when_asked, |app| {
    let receiver = Receiver::start(&vec![Answers::Status(500); 40]).await;
    let (_, unit, id) = told(app, &receiver.address).await;
    let sender = sender(app);
    let mut hours = 0;
    while hours < 24 * 4 {
        app.service.deliver(&sender).await.unwrap();
        app.clock.forward(HOUR);
        hours += 1;
    }
    let admin = unit.administrator.session(app).await;
    let all = app.service.deliveries(&admin).await.unwrap();
    assert_eq!(all.failed.iter().map(|row| row.consent).collect::<Vec<_>>(), [Some(id)]);
    let tries = receiver.sent().len();
    assert!((10..30).contains(&tries), "{tries}");
    let good = Receiver::start(&[]).await;
    app.service.set_receiver(&admin, &good.address, true).await.unwrap();
    assert_eq!(app.service.retry_deliveries(&admin).await.unwrap(), 1);
    assert_eq!(app.service.deliver(&sender).await.unwrap(), 1);
    assert_eq!((good.sent().len(), app.service.deliveries(&admin).await.unwrap().failed.len()), (1, 0));
});

on_both!(one_receiver_that_hangs_holds_up_neither_a_withdrawal_nor_another_unit, |app| {
    let (hanging, good) = (Receiver::start(&[Answers::Nothing]).await, Receiver::start(&[]).await);
    let (person, unit, id) = told(app, &hanging.address).await;
    let other = app.unit_named("af", "En annan enhet", "Otto Other").await;
    app.service.set_receiver(&other.administrator.session(app).await, &good.address, true).await.unwrap();
    let session = person.session(app).await;
    app.give(&session, other.id, &[Section::P07]).await;
    let sender = sender(app);
    let telling = async { app.service.deliver(&sender).await.unwrap() };
    let withdrawing = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let begun = Instant::now();
        app.service.withdraw(&session, id).await.unwrap();
        (begun.elapsed(), good.sent().len())
    };
    let (tried, (took, sent)) = tokio::join!(telling, withdrawing);
    assert!(took < std::time::Duration::from_secs(3), "{took:?}");
    assert_eq!((tried, sent), (2, 1), "the other unit was told while the first one hung");
    let admin = unit.administrator.session(app).await;
    let all = app.service.deliveries(&admin).await.unwrap();
    let faults: BTreeSet<_> = all.latest.iter().map(|row| row.fault.map(NotTaken::word)).collect();
    assert_eq!(faults, [None, Some("too_slow")].into());
});

on_both!(an_inner_address_is_refused_when_it_is_given_or_when_it_is_told, |app| {
    let receiver = Receiver::start(&[]).await;
    let (_, unit, _) = told(app, &receiver.address).await;
    let admin = unit.administrator.session(app).await;
    for bad in ["", "x", "http://a.example/", "https://a:b@a.example/", "https://a.example/?k=1", &receiver.address] {
        assert!(app.service.set_receiver(&admin, bad, false).await.is_err(), "{bad}");
    }
    // Without root certificates on the machine there is no public client to try.
    let clock = app.seams.clock.clone();
    let Ok(public) = Outbound::new(Reach::Public { inner_hosts: BTreeSet::new() }, clock) else {
        println!("left out: no root certificates on this system");
        return;
    };
    let public = Sender { fetch: std::sync::Arc::new(public), issuer: BASE.to_owned() };
    for inner in ["https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/", "https://10.0.0.1/", "https://localhost/"] {
        app.service.set_receiver(&admin, inner, false).await.unwrap();
        app.service.test_receiver(&admin).await.unwrap();
        app.clock.forward(MINUTE);
        app.service.deliver(&public).await.unwrap();
        let all = app.service.deliveries(&admin).await.unwrap();
        assert!(all.latest.iter().all(|row| row.fault == Some(NotTaken::Address)), "{inner}: {:?}", all.latest);
    }
    assert_eq!(receiver.sent().len(), 0);
});

on_both!(an_address_changed_in_the_database_is_told_nothing, |app| {
    let (receiver, thief) = (Receiver::start(&[]).await, Receiver::start(&[]).await);
    let (person, unit, id) = told(app, &receiver.address).await;
    let (db, admin) = (&app.service.db, unit.administrator.session(app).await);
    let row = rows(db, "receiver").await.remove(0);
    let key = [("unit", &row["unit"])];
    for (column, bad) in [
        ("url", Cell::Text(thief.address.clone())),
        ("created", Cell::Number(row["created"].number() + 1)),
        ("mac", Cell::Bytes(vec![7; 32])),
    ] {
        set(db, "receiver", &key, column, &bad).await;
        assert!(app.service.receiver(&admin).await.is_err(), "{column}");
        app.service.deliver(&sender(app)).await.unwrap();
        put_back(db, "receiver", &["unit"], &row).await;
        app.service.retry_deliveries(&admin).await.unwrap();
    }
    assert_eq!((thief.sent().len(), receiver.sent().len()), (0, 0));
    app.service.withdraw(&person.session(app).await, id).await.unwrap();
    app.service.deliver(&sender(app)).await.unwrap();
    assert_eq!((thief.sent().len(), receiver.sent().len()), (0, 2), "as it was given it is told");
});

on_both!(a_receiver_that_was_removed_is_told_no_more, |app| {
    let receiver = Receiver::start(&[]).await;
    let (person, unit, id) = told(app, &receiver.address).await;
    let admin = unit.administrator.session(app).await;
    let reader = app.reader(&unit).await.session(app).await;
    assert!(app.service.drop_receiver(&reader).await.is_err() && app.service.receiver(&reader).await.is_err());
    app.service.drop_receiver(&admin).await.unwrap();
    assert!(app.service.drop_receiver(&admin).await.is_err() && app.service.test_receiver(&admin).await.is_err());
    app.service.withdraw(&person.session(app).await, id).await.unwrap();
    assert_eq!(app.service.deliver(&sender(app)).await.unwrap(), 0);
    assert!(receiver.sent().is_empty() && rows(&app.service.db, "delivery").await.is_empty());
});
