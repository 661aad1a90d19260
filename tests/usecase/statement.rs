//! What a unit states of what it does with what it reads: who may state it, and that nobody says yes to words that they have not read.

use egenkarta::domain::Timestamp;
use egenkarta::domain::event::What;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::receipt::Publisher;
use egenkarta::domain::statement::{Answer, Typed};
use egenkarta::domain::time::MINUTE;
use egenkarta::usecase::Error;
use egenkarta::usecase::consent::Choice;

use crate::support::on_both;
use crate::support::people::{asked, skill};
use crate::support::raw::{Cell, put_back, rows, set};

fn typed() -> Typed {
    Typed {
        readers: "handläggare".to_owned(),
        automated: "yes".to_owned(),
        automated_how: "ett program ordnar i tur".to_owned(),
        transfers: "no".to_owned(),
        transfers_where: String::new(),
    }
}

on_both!(only_its_own_administrators_state_for_a_unit_and_altered_words_are_not_shown, |app| {
    let (unit, person) = (app.unit("af").await, app.participant("Amina").await);
    let (admin, reader) = (unit.administrator.session(app).await, app.reader(&unit).await.session(app).await);
    let closed = unit.administrator.closed_session(app).await;
    for other in [&reader, &closed, &person.session(app).await] {
        assert!(app.service.state(other, &typed()).await.is_err() && app.service.statement(other).await.is_err());
    }
    let unexplained = Typed { automated_how: String::new(), ..typed() };
    assert!(matches!(app.service.state(&admin, &unexplained).await, Err(Error::Faults(_))));
    assert_eq!(app.service.stated(unit.id).await.unwrap(), None);
    app.service.state(&admin, &typed()).await.unwrap();
    assert!(app.service.unit_events(&admin, 10).await.unwrap().iter().any(|line| line.event.what == What::StatementMade));
    let db = &app.service.db;
    let row = rows(db, "statement").await.remove(0);
    let key = [("unit", &row["unit"])];
    let softer = Cell::Text(r#"{"since":1,"automated":"no"}"#.to_owned());
    let later = Cell::Number(row["created"].number() + 1);
    for (column, bad) in [("body", softer), ("created", later), ("mac", Cell::Bytes(vec![7; 32]))] {
        set(db, "statement", &key, column, &bad).await;
        assert!(matches!(app.service.stated(unit.id).await, Err(Error::Unopened)), "{column}");
        put_back(db, "statement", &["unit"], &row).await;
    }
    assert!(app.service.stated(unit.id).await.unwrap().is_some());
});

on_both!(nobody_says_yes_to_words_that_have_changed, |app| {
    let (unit, amina) = (app.unit("af").await, app.participant("Amina").await);
    let (admin, session) = (unit.administrator.session(app).await, amina.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let unseen = app.choice(unit.id, &[Section::P07]);
    app.service.state(&admin, &typed()).await.unwrap();
    assert!(matches!(app.service.give(&session, &unseen).await, Err(Error::Restated)), "nothing was shown");
    let seen = app.service.stated_to(&session, unit.id).await.unwrap().unwrap().since;
    app.clock.forward(MINUTE);
    app.service.state(&admin, &Typed { readers: "alla".to_owned(), ..typed() }).await.unwrap();
    let old = Choice { stated: Some(seen), ..unseen.clone() };
    assert!(matches!(app.service.give(&session, &old).await, Err(Error::Restated)));
    assert!(app.service.consents(&session).await.unwrap().is_empty());
    let (code, _) = app.service.ask_at_desk(&admin, asked(app, unit.id, &[Section::P07])).await.unwrap();
    let until = asked(app, unit.id, &[]).until;
    let answer = Choice { until, ..old.clone() };
    assert!(matches!(app.service.say_yes(&session, &code, &answer).await, Err(Error::Restated)));
    let now = app.service.stated(unit.id).await.unwrap().unwrap();
    let read = Choice { stated: Some(now.since), until, ..unseen };
    let given = app.service.say_yes(&session, &code, &read).await.unwrap().0;
    assert_eq!(given.terms.stated, Some(now));
    assert!(matches!(app.service.change(&session, given.terms.consent, &old).await, Err(Error::Restated)));
});

on_both!(consent_and_both_receipts_keep_what_was_shown, |app| {
    let (unit, amina) = (app.unit("af").await, app.participant("Amina").await);
    let (admin, session) = (unit.administrator.session(app).await, amina.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let silent = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    app.service.state(&admin, &typed()).await.unwrap();
    let since = app.service.stated(unit.id).await.unwrap().map(|stated| stated.since);
    let choice = Choice { stated: since, ..app.choice(unit.id, &[Section::P07]) };
    let id = app.service.give(&session, &choice).await.unwrap().terms.consent;
    app.clock.forward(MINUTE);
    app.service.state(&unit.administrator.session(app).await, &Typed::default()).await.unwrap();
    let terms = app.service.consent(&session, id).await.unwrap().terms;
    let stated = terms.stated.expect("as it was shown");
    assert_eq!(stated.automated, Some(Answer::Yes("ett program ordnar i tur".to_owned())));
    let admin = unit.administrator.session(app).await;
    let of = Publisher::default();
    let mine = app.service.receipt(&session, id, &of).await.unwrap().document;
    let theirs = app.service.unit_receipt(&admin, id, &of).await.unwrap().document;
    for document in [&mine, &theirs] {
        let process = &document["dpv:hasRecordOfActivity"]["dpv:hasProcess"];
        let said = &process["kart:stated"];
        assert_eq!((&said["kart:readers"], &said["kart:transfers"]["kart:answer"]), (&"handläggare".into(), &"no".into()));
        assert_eq!(said["kart:automatedDecisions"]["kart:ownWords"], "ett program ordnar i tur");
        assert_eq!(process["dpv:hasContext"]["@type"], "dpv:AutomatedDecisionMaking");
        assert!(!process["dpv:hasProcessing"].to_string().contains("dpv:Transfer"));
    }
    let before = app.service.receipt(&session, silent, &of).await.unwrap().document;
    let said = &before["dpv:hasRecordOfActivity"]["dpv:hasProcess"]["kart:stated"];
    assert_eq!(said["kart:automatedDecisions"]["kart:answer"], "not-stated");
    assert!(said["kart:transfers"]["dct:description"].to_string().contains("har inte sagt"));
    assert!(Timestamp::parse_rfc3339(said["dct:created"].as_str().unwrap_or_default()).is_none());
});
