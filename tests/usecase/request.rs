//! Requests: asked by a program or at the desk, answered or refused by a person.

use std::collections::BTreeSet;

use egenkarta::domain::Timestamp;
use egenkarta::domain::consent::Mode;
use egenkarta::domain::event::What;
use egenkarta::domain::oauth::{Asked, Client, Fault};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::receipt::Publisher;
use egenkarta::domain::time::{DAY, MINUTE, SECOND};
use egenkarta::domain::{ClientId, UnitId};
use egenkarta::policy::{Refused, Why};
use egenkarta::usecase::Error;
use egenkarta::usecase::consent::Choice;

use crate::support::people::{Owner, TestUnit, asked, need, program, redirect, skill};
use crate::support::raw::{Cell, rows, set};
use crate::support::{TestApp, on_both};

async fn world(app: &TestApp) -> (Owner, TestUnit) {
    let (unit, amina) = (app.unit("af").await, app.participant("Amina").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsning")).await;
    (amina, unit)
}

fn choice(app: &TestApp, unit: UnitId) -> Choice {
    Choice { until: asked(app, unit, &[]).until, ..app.choice(unit, &[Section::P07]) }
}

async fn pushed(app: &TestApp, unit: &TestUnit) -> String {
    let asked = asked(app, unit.id, &[Section::P05, Section::P07]);
    let (uri, seconds) = app.service.push_request(&program(unit.id), asked, redirect()).await.unwrap();
    assert!(seconds < 600, "FAPI 2.0, 5.3.2.2");
    uri
}

fn details(result: Result<(String, i64), Fault>, word: &str) {
    assert!(matches!(&result, Err(Fault::Details(text)) if text.starts_with(word)), "{word}: {result:?}");
}

on_both!(a_program_asks_for_no_more_than_its_kind_may_have_and_for_its_own_unit, |app| {
    let (_, unit) = world(app).await;
    let push = async |asked: Asked| app.service.push_request(&program(unit.id), asked, redirect()).await;
    let good = || asked(app, unit.id, &[Section::P07]);
    details(push(asked(app, UnitId(uuid::Uuid::from_u128(9)), &[Section::P07])).await, "unit");
    details(push(asked(app, unit.id, &[Section::P07, Section::P15])).await, "sections");
    details(push(Asked { purpose: "recruitment".to_owned(), ..good() }).await, "purpose");
    details(push(Asked { until: app.service.now().plus(400 * DAY).day(), ..good() }).await, "until");
    details(push(Asked { until: app.service.now().plus(-2 * DAY).day(), ..good() }).await, "until");
    details(push(Asked { entries: ["ab".to_owned()].into(), ..good() }).await, "entries");
    details(push(Asked { sections: BTreeSet::new(), ..good() }).await, "name");
    assert!(push(good()).await.is_ok());
});

on_both!(a_pushed_request_begins_for_its_own_client_within_ten_minutes_and_is_answered_once, |app| {
    let (amina, unit) = world(app).await;
    let (session, client) = (amina.session(app).await, program(unit.id));
    let uri = pushed(app, &unit).await;
    let other = ClientId(uuid::Uuid::from_u128(5));
    for (id, uri) in [(other, uri.as_str()), (client.id, &uri[..uri.len() - 1]), (client.id, &uri[1..])] {
        assert!(matches!(app.service.begin_pushed(id, uri).await, Err(Error::NotFound)));
    }
    let key = app.service.begin_pushed(client.id, &uri).await.unwrap();
    app.clock.forward(595 * SECOND);
    assert!(app.service.begin_pushed(client.id, &uri).await.is_err(), "too late to begin");
    let session = {
        drop(session);
        amina.session(app).await
    };
    let (given, code) = app.service.say_yes(&session, &key, &choice(app, unit.id)).await.unwrap();
    assert!(code.is_some() && given.terms.client == Some(client.id.to_string()) && given.terms.basis.is_some());
    let receipt = app.service.receipt(&session, given.terms.consent, &Publisher::default()).await.unwrap();
    assert!(receipt.document.to_string().contains(r#""@id":"eu-gdpr:A6-1-e""#), "the basis that was stated");
    assert!(matches!(app.service.say_yes(&session, &key, &choice(app, unit.id)).await, Err(Error::NotFound)), "answered once");
    let late = pushed(app, &unit).await;
    app.clock.forward(61 * MINUTE);
    assert!(matches!(app.service.request(late.rsplit(':').next().unwrap()).await, Err(Error::NotFound)));
});

on_both!(an_answer_gives_no_more_than_was_asked, |app| {
    let (amina, unit) = world(app).await;
    let session = amina.session(app).await;
    let wish = app.add(&session, Kind::Needs, need("lugn")).await;
    let key = pushed(app, &unit).await.rsplit(':').next().unwrap().to_owned();
    let good = choice(app, unit.id);
    let wider: Vec<Choice> = vec![
        Choice { sections: [Section::P04, Section::P07].into(), ..good.clone() },
        Choice { entries: [wish].into(), ..good.clone() },
        Choice { mode: Mode::Copy, ..good.clone() },
        Choice { purpose: "integration_planning".to_owned(), ..good.clone() },
        Choice { until: good.until + chrono::Days::new(1), ..good.clone() },
    ];
    for choice in wider {
        let said = app.service.say_yes(&session, &key, &choice).await;
        assert!(matches!(said, Err(Error::NothingChosen | Error::BadEnd)), "{choice:?}");
    }
    assert!(app.service.consents(&session).await.unwrap().is_empty());
    assert!(app.service.say_yes(&session, &key, &good).await.is_ok());
});

on_both!(a_no_is_silent_and_the_unit_is_not_heard_for_ninety_days, |app| {
    let (amina, unit) = world(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let before = app.service.ask_at_desk(&staff, asked(app, unit.id, &[Section::P07])).await.unwrap().0;
    let waiting = rows(&app.service.db, "request").await;
    assert_eq!(app.service.refused_at(&session, unit.id).await.unwrap(), None);
    app.service.say_no(&session, &before).await.unwrap();
    assert_eq!(rows(&app.service.db, "request").await, waiting, "nothing of the request tells");
    let (_, sent) = app.service.asked_at_desk(&staff).await.unwrap();
    assert!(!sent[0].given && app.service.inbox(&staff, None).await.unwrap().received.is_empty());
    let events = app.service.events(&session, Timestamp(i64::MAX), 10).await.unwrap();
    assert!(events.iter().any(|line| line.event.what == What::RequestRefused));
    assert!(app.service.refused_at(&session, unit.id).await.unwrap().is_some());
    let bashir = app.participant("Bashir").await.session(app).await;
    assert_eq!(app.service.refused_at(&bashir, unit.id).await.unwrap(), None, "another's no");
    app.clock.forward(91 * DAY);
    assert_eq!(app.service.refused_at(&amina.session(app).await, unit.id).await.unwrap(), None);
    let session = amina.session(app).await;
    let staff = unit.administrator.session(app).await;
    let again = app.service.ask_at_desk(&staff, asked(app, unit.id, &[Section::P07])).await.unwrap().0;
    app.service.say_no(&session, &again).await.unwrap();
    app.service.hear_again(&session, unit.id).await.unwrap();
    assert_eq!(app.service.refused_at(&session, unit.id).await.unwrap(), None, "opened by the person");
    app.service.say_pressed(&session, unit.id).await.unwrap();
    app.service.say_pressed(&session, unit.id).await.unwrap();
    let pressure = app.service.pressure().await.unwrap();
    assert_eq!((pressure.len(), pressure[0].2), (1, 2));
});

on_both!(a_device_code_collects_one_answer_and_a_no_looks_like_silence, |app| {
    let (amina, unit) = world(app).await;
    let client = program(unit.id);
    let wanted = || asked(app, unit.id, &[Section::P07]);
    let device = app.service.begin_device(&client, wanted()).await.unwrap();
    let collect = async |client: &Client| app.service.collect(client, &device.device_code).await;
    assert_eq!(collect(&Client { id: ClientId(uuid::Uuid::nil()), ..client.clone() }).await.unwrap_err(), Fault::Grant);
    assert_eq!(app.service.collect(&client, "egd_x").await.unwrap_err(), Fault::Grant);
    assert_eq!(collect(&client).await.unwrap_err(), Fault::Pending);
    assert_eq!(collect(&client).await.unwrap_err(), Fault::SlowDown);
    app.clock.forward(6 * SECOND);
    assert_eq!(collect(&client).await.unwrap_err(), Fault::SlowDown, "the pace was slowed");
    app.clock.forward(60 * SECOND);
    assert_eq!(collect(&client).await.unwrap_err(), Fault::Pending);
    let session = amina.session(app).await;
    app.service.say_no(&session, &device.user_code).await.unwrap();
    app.clock.forward(60 * SECOND);
    assert_eq!(collect(&client).await.unwrap_err(), Fault::Pending, "a no tells nothing");
    let (given, code) = app.service.say_yes(&session, &device.user_code.to_lowercase(), &choice(app, unit.id)).await.unwrap();
    assert!(code.is_none());
    let approved = collect(&client).await.unwrap();
    assert_eq!((approved.owner, approved.consent), (amina.id, given.terms.consent));
    assert_eq!(collect(&client).await.unwrap_err(), Fault::Grant, "collected once");
    let late = app.service.begin_device(&client, wanted()).await.unwrap();
    app.clock.forward(31 * MINUTE);
    assert_eq!(app.service.collect(&client, &late.device_code).await.unwrap_err(), Fault::ExpiredToken);
});

on_both!(a_request_whose_row_was_changed_is_not_answered, |app| {
    let (_, unit) = world(app).await;
    let device = app.service.begin_device(&program(unit.id), asked(app, unit.id, &[Section::P07])).await.unwrap();
    let another = app.service.begin_device(&program(unit.id), asked(app, unit.id, &[Section::P05])).await.unwrap();
    let all = rows(&app.service.db, "request").await;
    let of = |hash: &str, other: bool| {
        let mine = |row: &&crate::support::raw::Row| match &row["asked"] {
            Cell::Text(text) => text.contains(hash) != other,
            _ => false,
        };
        all.iter().find(mine).unwrap().clone()
    };
    let (row, other) = (of("P07", false), of("P07", true));
    let place = [("lookup", &row["lookup"])];
    let later = Cell::Number(row["until"].number() + 1);
    for (column, bad) in [("asked", &other["asked"]), ("collector", &other["collector"]), ("taker", &Cell::Null), ("until", &later)]
    {
        set(&app.service.db, "request", &place, column, bad).await;
        assert!(app.service.request(&device.user_code).await.is_err(), "{column}");
        set(&app.service.db, "request", &place, column, &row[column]).await;
    }
    let open = app.service.request(&device.user_code).await.unwrap();
    assert!(open.key_is(&device.key_hash) && !open.key_is(&another.key_hash) && !open.key_is(""));
});

on_both!(a_card_answers_its_one_request_shares_nothing_sensitive_and_ends, |app| {
    let (amina, unit) = world(app).await;
    let session = amina.session(app).await;
    let wish = app.add(&session, Kind::Needs, need("lugn")).await;
    let staff = unit.administrator.session(app).await;
    let desk = async |sections: &[Section]| app.service.ask_at_desk(&staff, asked(app, unit.id, sections)).await.unwrap().0;
    let (first, second) = (desk(&[Section::P07, Section::P12]).await, desk(&[Section::P07]).await);
    let card = app.service.make_card(&session).await.unwrap();
    assert!(app.service.open_by_card(&amina.sheet.printed(), &first).await.is_err(), "the sheet is no card");
    assert!(app.service.unlock_by_sheet(&session, &card.printed()).await.is_err(), "and a card no sheet");
    let opened = app.service.open_by_card(&card.printed(), &first).await.unwrap();
    let held = app.service.resume(&opened).await.unwrap().unwrap();
    let give = choice(app, unit.id);
    assert!(matches!(app.service.give(&held, &give).await, Err(Error::NotFound)), "of one's own accord");
    assert!(matches!(app.service.say_yes(&held, &second, &give).await, Err(Error::NotFound)), "another request");
    assert!(app.service.consents(&held).await.is_err() && app.service.export(&held).await.is_err());
    let sensitive = Choice { entries: [wish].into(), ..give.clone() };
    let said = app.service.say_yes(&held, &first, &sensitive).await;
    assert!(matches!(said, Err(Error::Refused(Refused { why: Why::AskAgain, .. }))));
    app.service.say_yes(&held, &first, &give).await.unwrap();
    let id = app.service.cards(&session).await.unwrap()[0].id;
    let found = app.service.open_by_card(&card.printed(), &second).await.unwrap();
    app.service.remove_any(&session, id).await.unwrap();
    assert!(app.service.resume(&found).await.unwrap().is_none(), "nor does a session that it has opened go on");
    assert!(matches!(app.service.open_by_card(&card.printed(), &second).await, Err(Error::Wrong)), "removed");
    let next = app.service.make_card(&session).await.unwrap();
    app.service.rotate(&session, &amina.phrase).await.unwrap();
    assert!(matches!(app.service.open_by_card(&next.printed(), &second).await, Err(Error::Wrong)), "the locks were changed");
});
