//! What a unit's own programs see without a keyring: what changed since, and their word that they know of an end.

use egenkarta::domain::ClientId;
use egenkarta::domain::event::{What, Who};
use egenkarta::domain::oauth::Program;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::DAY;
use egenkarta::domain::{ConsentId, Timestamp};
use egenkarta::usecase::Error;
use egenkarta::usecase::unit_consent::{Changed, For};

use crate::support::people::{Owner, TestUnit, skill};
use crate::support::{TestApp, on_both};

fn program(unit: &TestUnit) -> Program {
    Program { unit: unit.id, client: ClientId(uuid::Uuid::nil()), name: "Journalsystemet".to_owned() }
}

async fn people(app: &TestApp) -> (Owner, TestUnit) {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    app.add(&person.session(app).await, Kind::Skill, skill("svetsa")).await;
    (person, unit)
}

fn states(found: &Changed) -> Vec<(ConsentId, &'static str)> {
    found.consents.iter().map(|row| (row.consent, row.state.word())).collect()
}

on_both!(another_units_program_and_a_closed_keyring_see_nothing, |app| {
    let (person, unit) = people(app).await;
    let id = app.give(&person.session(app).await, unit.id, &[Section::P07]).await.terms.consent;
    let other = app.unit_named("af", "En annan enhet", "Otto Other").await;
    let stranger = program(&other);
    assert!(app.service.unit_consents(For::Program(&stranger), 0, 10).await.unwrap().consents.is_empty());
    assert!(matches!(app.service.unit_consent(For::Program(&stranger), id).await, Err(Error::NotFound)));
    app.service.withdraw(&person.session(app).await, id).await.unwrap();
    assert!(matches!(app.service.acknowledge_end(For::Program(&stranger), id).await, Err(Error::NotFound)));
    let closed = unit.administrator.closed_session(app).await;
    assert!(app.service.unit_consents(For::Staff(&closed), 0, 10).await.is_err());
    assert!(app.service.unit_consents(For::Staff(&person.session(app).await), 0, 10).await.is_err(), "a person is no staff");
});

on_both!(whoever_asks_since_the_last_answer_misses_no_change_and_sees_none_twice, |app| {
    let (person, unit) = people(app).await;
    let (session, program) = (person.session(app).await, program(&unit));
    let by = For::Program(&program);
    let nothing = app.service.unit_consents(by, 0, 10).await.unwrap();
    assert_eq!((states(&nothing), nothing.next, nothing.more), (vec![], 0, false));
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(app.give(&session, unit.id, &[Section::P07]).await.terms.consent);
    }
    let first = app.service.unit_consents(by, 0, 2).await.unwrap();
    assert_eq!((states(&first), first.more), (vec![(ids[0], "given"), (ids[1], "given")], true));
    let rest = app.service.unit_consents(by, first.next, 2).await.unwrap();
    assert_eq!((states(&rest), rest.more), (vec![(ids[2], "given")], false));
    assert!(app.service.unit_consents(by, rest.next, 2).await.unwrap().consents.is_empty());
    app.service.withdraw(&session, ids[1]).await.unwrap();
    app.service.change(&session, ids[0], &app.choice(unit.id, &[Section::P07])).await.unwrap();
    let changed = app.service.unit_consents(by, rest.next, 10).await.unwrap();
    assert_eq!(states(&changed), [(ids[1], "withdrawn"), (ids[0], "given")]);
    app.add(&session, Kind::Skill, skill("löda")).await;
    assert!(
        app.service.unit_consents(by, changed.next, 10).await.unwrap().consents.is_empty(),
        "what is written in the map is read, not listed"
    );
    app.clock.forward(31 * DAY);
    app.service.expire().await.unwrap();
    let ended = app.service.unit_consents(by, changed.next, 10).await.unwrap();
    assert_eq!(ended.consents.iter().map(|row| row.state.word()).collect::<Vec<_>>(), ["expired", "expired"]);
    assert!(ended.next > changed.next);
});

on_both!(an_end_is_acknowledged_once_and_the_person_sees_it, |app| {
    let (person, unit) = people(app).await;
    let (session, program) = (person.session(app).await, program(&unit));
    let by = For::Program(&program);
    let id = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    assert!(matches!(app.service.acknowledge_end(by, id).await, Err(Error::NotFound)), "it has not ended");
    app.service.withdraw(&session, id).await.unwrap();
    let before = app.service.unit_consents(by, 0, 10).await.unwrap();
    let said = app.service.acknowledge_end(by, id).await.unwrap();
    assert_eq!(said.acknowledged, Some(app.service.now()));
    app.clock.forward(DAY);
    let again = app.service.acknowledge_end(by, id).await.unwrap();
    assert_eq!(again, said);
    assert_eq!(app.service.unit_consents(by, before.next, 10).await.unwrap().consents, [said]);
    let session = person.session(app).await;
    let lines = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    let told: Vec<_> = lines.iter().filter(|line| line.event.what == What::EndAcknowledged).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].event.who, Who::Program { name: "Journalsystemet".to_owned() });
    while app.service.sequence_log().await.unwrap() > 0 {}
    assert!(app.service.check_own(&session).await.unwrap().whole);
});

on_both!(who_has_erased_everything_is_told_nothing_and_the_unit_is_done, |app| {
    let (person, unit) = people(app).await;
    let id = app.give(&person.session(app).await, unit.id, &[Section::P07]).await.terms.consent;
    app.service.erase(&person.session(app).await).await.unwrap();
    let staff = unit.administrator.session(app).await;
    let said = app.service.acknowledge_end(For::Staff(&staff), id).await.unwrap();
    assert!(said.acknowledged.is_some());
});
