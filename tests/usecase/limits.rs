//! What cannot be shared, or kept, at all.

use egenkarta::domain::consent::Mode;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{Fault, Fields, Kind, Section, Value};
use egenkarta::domain::time::DAY;
use egenkarta::domain::{EntryId, UnitId};
use egenkarta::policy::{Refused, Why};
use egenkarta::usecase::Error;
use egenkarta::usecase::consent::Choice;
use egenkarta::usecase::entry::Save;
use egenkarta::usecase::organisation::NewUnit;
use uuid::Uuid;

use crate::support::on_both;
use crate::support::people::{fields, need, save, skill, text};

fn why<T>(result: Result<T, Error>) -> Why {
    match result {
        Err(Error::Refused(Refused { why, .. })) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("was not refused"),
    }
}

on_both!(above_the_ceiling_too_long_and_for_another_purpose_is_refused, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("employer_apply").await);
    let session = amina.session(app).await;
    let year = app.add(&session, Kind::BirthYear, fields([("year", Value::Number(1980))])).await;
    let quiet = app.add(&session, Kind::Needs, need("tyst rum")).await;
    let secret = app.add(&session, Kind::SafeContact, fields([("how", text("ring min syster"))])).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let mut choice = app.choice(unit.id, &[Section::P01, Section::P07]);
    choice.purpose = "recruitment".to_owned();
    for entry in [year, quiet, secret] {
        let mut above = choice.clone();
        above.entries = [entry].into();
        assert_eq!(why(app.service.give(&session, &above).await), Why::AboveCeiling);
    }
    let mut long = choice.clone();
    long.until = app.service.now().plus(90 * DAY).day();
    assert_eq!(why(app.service.give(&session, &long).await), Why::TooLong);
    let mut other = choice.clone();
    other.purpose = "job_coaching".to_owned();
    assert_eq!(why(app.service.give(&session, &other).await), Why::AboveCeiling);
    let mut past = choice.clone();
    past.until = app.service.now().plus(-DAY).day();
    assert!(matches!(app.service.give(&session, &past).await, Err(Error::BadEnd)));
    let given = app.service.give(&session, &choice).await.unwrap();
    assert!(!given.terms.scope.kinds.contains(&Kind::BirthYear), "a section stands for what the ceiling allows");
    assert_eq!(why(app.service.change(&session, given.terms.consent, &long).await), Why::TooLong);
    assert_eq!(app.service.consents(&session).await.unwrap().len(), 1);
});

on_both!(a_protected_person_cannot_share_their_home, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    let home = app.add(&session, Kind::Home, fields([("municipality", text("Jönköping"))])).await;
    app.add(&session, Kind::ProtectedIdentity, fields([("protected", Value::Flag(true))])).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    // The whole section goes without the home; the home by name is refused.
    let section = app.give(&session, unit.id, &[Section::P01]).await;
    assert!(!section.terms.scope.kinds.contains(&Kind::Home));
    let mut single = app.choice(unit.id, &[Section::P07]);
    single.entries = [home].into();
    assert_eq!(why(app.service.give(&session, &single).await), Why::AboveCeiling);
    app.give(&session, unit.id, &[Section::P07]).await;
});

on_both!(sharing_less_asks_for_no_passphrase_again, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let cookie = amina.cookie(app).await;
    let fresh = app.service.resume(&cookie).await.unwrap().unwrap();
    let quiet = app.add(&fresh, Kind::Needs, need("tyst rum")).await;
    let skill = app.add(&fresh, Kind::Skill, skill("svetsa")).await;
    let wide = Choice { entries: [quiet].into(), ..app.choice(unit.id, &[Section::P07]) };
    let id = app.service.give(&fresh, &wide).await.unwrap().terms.consent;
    app.clock.forward(6 * egenkarta::domain::time::MINUTE);
    let stale = app.service.resume(&cookie).await.unwrap().unwrap();
    let longer = Choice { until: app.service.now().plus(60 * DAY).day(), ..wide.clone() };
    assert_eq!(why(app.service.change(&stale, id, &longer).await), Why::AskAgain, "more of what is sensitive");
    let less = Choice { kept_out: [skill].into(), ..wide.clone() };
    assert_eq!(app.service.change(&stale, id, &less).await.unwrap().terms.scope.kept_out, [skill].into());
    assert_eq!(why(app.service.change(&stale, id, &wide).await), Why::AskAgain, "what was kept out comes back");
    let none = app.choice(unit.id, &[Section::P07]);
    assert!(app.service.change(&stale, id, &Choice { kept_out: [skill].into(), ..none }).await.is_ok());
    assert_eq!(why(app.service.change(&stale, id, &less).await), Why::AskAgain, "what was left out comes back");
});

on_both!(whoever_has_said_no_to_protection_is_not_protected, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::Home, fields([("municipality", text("Jönköping"))])).await;
    app.add(&session, Kind::ProtectedIdentity, fields([("protected", Value::Flag(false))])).await;
    let id = app.give(&session, unit.id, &[Section::P01]).await.terms.consent;
    let let_in = Save { let_in: [id].into(), ..save(None, Kind::Needs, need("tyst rum")) };
    app.service.save_entry(&session, let_in).await.unwrap();
});

on_both!(a_sensitive_entry_is_shared_only_within_five_minutes_of_the_passphrase, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.cookie(app).await;
    let fresh = app.service.resume(&session).await.unwrap().unwrap();
    let entry = app.add(&fresh, Kind::Needs, need("tyst rum")).await;
    let mut choice = app.choice(unit.id, &[]);
    choice.entries = [entry].into();
    app.clock.forward(6 * egenkarta::domain::time::MINUTE);
    let stale = app.service.resume(&session).await.unwrap().unwrap();
    assert_eq!(why(app.service.give(&stale, &choice).await), Why::AskAgain);
    app.service.reauthenticate(&stale, &amina.phrase).await.unwrap();
    let fresh = app.service.resume(&session).await.unwrap().unwrap();
    app.service.give(&fresh, &choice).await.unwrap();
});

on_both!(a_section_holds_thirty_entries_and_a_name_one, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    for n in 0..30 {
        app.add(&session, Kind::Skill, skill(&format!("sak {n}"))).await;
    }
    let more = app.service.save_entry(&session, save(None, Kind::Skill, skill("en till"))).await;
    assert!(matches!(more, Err(Error::TooMany(30))));
    let name = || fields([("name", text("Amina"))]);
    let first = app.add(&session, Kind::PreferredName, name()).await;
    let second = app.service.save_entry(&session, save(None, Kind::PreferredName, name())).await;
    assert!(matches!(second, Err(Error::TooMany(1))));
    app.service.save_entry(&session, save(Some(first), Kind::PreferredName, name())).await.unwrap();
    assert_eq!(app.service.profile(&session).await.unwrap().entries.len(), 31);
});

on_both!(faulty_fields_and_another_kind_are_not_kept, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let empty = app.service.save_entry(&session, save(None, Kind::Skill, Fields::new())).await;
    assert!(matches!(&empty, Err(Error::Faults(faults)) if faults[0] == ("skill".to_owned(), Fault::Missing)), "{empty:?}");
    let entry = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let other = app.service.save_entry(&session, save(Some(entry), Kind::Needs, need("x"))).await;
    assert!(matches!(other, Err(Error::NotFound)), "an entry never changes its kind");
    let nobodys = save(Some(EntryId(Uuid::from_u128(1))), Kind::Skill, skill("x"));
    assert!(matches!(app.service.save_entry(&session, nobodys).await, Err(Error::NotFound)));
});

on_both!(no_consent_goes_to_a_unit_that_is_not_there_or_has_no_keyring, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let nowhere = app.choice(UnitId(Uuid::from_u128(9)), &[Section::P07]);
    assert!(matches!(app.service.give(&session, &nowhere).await, Err(Error::NotFound)));
    let new = NewUnit {
        number: "202100-2114".parse().unwrap(),
        organisation: "Arbetsförmedlingen".to_owned(),
        kind: "af".to_owned(),
        unit: "Ny".to_owned(),
        municipality: String::new(),
        issuer: "org-staff".to_owned(),
    };
    let (closed, _) = app.service.add_unit(&new).await.unwrap();
    assert!(matches!(app.service.give(&session, &app.choice(closed, &[Section::P07])).await, Err(Error::NotFound)));
    let staff = unit.administrator.session(app).await;
    let as_staff = app.service.give(&staff, &app.choice(unit.id, &[Section::P07])).await;
    assert!(as_staff.is_err(), "staff have no map to share from");
    let strange = NewUnit { kind: "insurer".to_owned(), ..new };
    assert!(matches!(app.service.add_unit(&strange).await, Err(Error::NotFound)), "a recipient kind that we do not know");
});

on_both!(a_closed_session_reads_and_writes_nothing, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let closed = amina.closed_session(app).await;
    let service = &app.service;
    assert!(service.profile(&closed).await.is_err());
    assert!(service.consents(&closed).await.is_err());
    assert!(service.events(&closed, egenkarta::domain::Timestamp(i64::MAX), 10).await.is_err());
    assert!(service.export(&closed).await.is_err());
    assert!(service.save_entry(&closed, save(None, Kind::Skill, skill("x"))).await.is_err());
    assert!(service.give(&closed, &app.choice(unit.id, &[Section::P07])).await.is_err());
    let clear = service.consents_in_clear(&closed).await.unwrap();
    assert_eq!(clear[0].0.id, given.terms.consent, "and yet enough to withdraw");
    let colleague = app.colleague(&unit, "Rut", Role::Reader).await.closed_session(app).await;
    assert!(service.inbox(&colleague, None).await.is_err());
    assert_eq!(given.terms.mode, Mode::View);
});
