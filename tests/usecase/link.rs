//! Links: who opens one, how often, and what ends it.

use std::collections::BTreeSet;

use egenkarta::crypto::link::{LinkSecret, Sealed, unit_of};
use egenkarta::domain::SystemRandom;
use egenkarta::domain::Timestamp;
use egenkarta::domain::consent::State;
use egenkarta::domain::event::{Outcome, What};
use egenkarta::domain::profile::{Entry, Kind, Section, Value};
use egenkarta::domain::time::DAY;
use egenkarta::policy::{Refused, Why};
use egenkarta::usecase::link::{LinkChoice, Made, NotOpened};
use egenkarta::usecase::{Error, Session};
use uuid::Uuid;

use crate::support::people::{Owner, fields, need, save, skill, text};
use crate::support::{TestApp, on_both};

/// To an employer, skills, for 30 days.
pub fn choice(app: &TestApp, opens: u16) -> LinkChoice {
    let mut choice = app.choice(unit_of("employer_apply"), &[Section::P01, Section::P07]);
    choice.purpose = "recruitment".to_owned();
    LinkChoice { choice, opens, word: None }
}

/// Amina with a skill, a name, and a link that opens so many times.
pub async fn linked(app: &TestApp, opens: u16) -> (Owner, Made) {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.add(&session, Kind::PreferredName, fields([("name", text("Amina"))])).await;
    let made = app.service.make_link(&session, &choice(app, opens)).await.unwrap();
    (amina, made)
}

pub async fn open(app: &TestApp, made: &Made, word: Option<&str>) -> Result<Sealed, NotOpened> {
    app.service.open_sealed(made.id, &made.secret.proof(), word).await.map(|(sealed, _)| sealed)
}

fn entries(sealed: &Sealed, made: &Made) -> Vec<Entry> {
    sealed.open(&made.secret).unwrap().1.into_iter().map(|(.., entry)| entry).collect()
}

fn closed<T>(opened: &Result<T, NotOpened>) -> bool {
    matches!(opened, Err(NotOpened::Closed))
}

async fn seen(app: &TestApp, session: &Session, what: What) -> Vec<egenkarta::domain::event::Event> {
    let lines = app.service.events(session, Timestamp(i64::MAX), 1000).await.unwrap();
    lines.into_iter().map(|line| line.event).filter(|event| event.what == what).collect()
}

fn why<T>(result: Result<T, Error>) -> Why {
    match result {
        Err(Error::Refused(Refused { why, .. })) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("was not refused"),
    }
}

on_both!(an_unknown_id_a_wrong_proof_and_another_links_proof_open_nothing_and_count_nothing, |app| {
    let (amina, made) = linked(app, 1).await;
    let session = amina.session(app).await;
    let other = app.service.make_link(&session, &choice(app, 1)).await.unwrap();
    let wrong = LinkSecret::random(&SystemRandom::default());
    for (id, secret) in [(Uuid::from_u128(7), &made.secret), (made.id, &wrong), (made.id, &other.secret)] {
        assert!(closed(&app.service.open_sealed(id, &secret.proof(), None).await));
        assert!(closed(&app.service.read_by_link(id, secret, None).await));
    }
    assert_eq!(app.record_denials().await, 2, "the first, and its repeats as one");
    let denied = seen(app, &session, What::Denied).await;
    assert!(denied.iter().all(|event| event.consent == Some(made.given.terms.consent) && event.outcome == Outcome::Denied));
    assert!(open(app, &made, None).await.is_ok(), "none of it counted");
});

on_both!(a_link_opens_as_often_as_was_said_and_its_last_opening_ends_it, |app| {
    let (amina, made) = linked(app, 2).await;
    let id = made.given.terms.consent;
    assert_eq!(entries(&open(app, &made, None).await.unwrap(), &made).len(), 1);
    assert_eq!(app.service.read_by_link(made.id, &made.secret, None).await.unwrap().entries.len(), 1);
    assert!(closed(&open(app, &made, None).await) && closed(&app.service.read_by_link(made.id, &made.secret, None).await));
    let session = amina.session(app).await;
    assert!(matches!(app.service.consent(&session, id).await.unwrap().state, State::Expired { .. }));
    assert_eq!(app.service.links(&session).await.unwrap(), [(id, 2, 2)]);
    let sealed = seen(app, &session, What::LinkOpened).await;
    assert_eq!((sealed.len(), sealed[0].sections.len(), sealed[0].entries), (1, 0, 0), "the server did not see what was read");
    assert_eq!(seen(app, &session, What::LinkRead).await[0].sections, [Section::P07]);
});

on_both!(many_at_once_open_a_link_that_opens_once_a_single_time, |app| {
    let (_, made) = linked(app, 1).await;
    let (service, id) = (&app.service, made.id);
    let tries = (0..8).map(|n| {
        let (service, secret) = (service.clone(), made.secret.clone());
        tokio::spawn(async move {
            if n % 2 == 0 {
                service.open_sealed(id, &secret.proof(), None).await.is_ok()
            } else {
                service.read_by_link(id, &secret, None).await.is_ok()
            }
        })
    });
    let mut opened = 0;
    for one in tries.collect::<Vec<_>>() {
        opened += u8::from(one.await.unwrap());
    }
    assert_eq!(opened, 1);
});

on_both!(withdrawn_or_expired_it_opens_nothing_at_once_and_needs_no_open_map_to_end, |app| {
    let (amina, made) = linked(app, 100).await;
    let session = amina.session(app).await;
    let other = app.service.make_link(&session, &choice(app, 100)).await.unwrap();
    assert!(open(app, &made, None).await.is_ok() && open(app, &other, None).await.is_ok());
    app.service.withdraw(&amina.closed_session(app).await, made.given.terms.consent).await.unwrap();
    assert!(closed(&open(app, &made, None).await));
    app.clock.forward(other.given.terms.until.since(app.service.now()) - 1);
    assert!(open(app, &other, None).await.is_ok(), "until its last microsecond");
    app.clock.forward(1);
    assert!(closed(&open(app, &other, None).await), "before any job has run");
    assert_eq!(app.service.expire().await.unwrap(), 1);
    assert!(closed(&open(app, &other, None).await));
});

on_both!(five_wrong_words_end_a_link_and_a_right_one_costs_none, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let with = |word: &str| LinkChoice { word: Some(word.to_owned()), ..choice(app, 100) };
    for word in ["blå", " x  y ", &"a".repeat(61)] {
        assert!(matches!(app.service.make_link(&session, &with(word)).await, Err(Error::Faults(_))), "{word}");
    }
    let made = app.service.make_link(&session, &with("Blå fågel")).await.unwrap();
    for none in [None, Some(""), Some("  ")] {
        assert!(matches!(open(app, &made, none).await, Err(NotOpened::Word { left: None })), "a missing word is no try");
    }
    for left in [4, 3] {
        assert!(matches!(open(app, &made, Some("grå fågel")).await, Err(NotOpened::Word { left: Some(n) }) if n == left));
    }
    assert!(open(app, &made, Some(" blå  FÅGEL")).await.is_ok());
    for left in [2, 1, 0] {
        let read = app.service.read_by_link(made.id, &made.secret, Some("blåfågel")).await;
        assert!(matches!(read, Err(NotOpened::Word { left: Some(n) }) if n == left), "by either way");
    }
    assert!(closed(&open(app, &made, Some("blå fågel")).await), "the right word comes too late");
    assert_eq!(seen(app, &session, What::Denied).await.len(), 5);
    let state = app.service.consent(&session, made.given.terms.consent).await.unwrap().state;
    assert!(matches!(state, State::Invalidated { .. }));
});

on_both!(above_the_ceiling_too_long_or_to_whom_no_link_is_made_is_refused, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let year = app.add(&session, Kind::BirthYear, fields([("year", Value::Number(1980))])).await;
    let quiet = app.add(&session, Kind::Needs, need("tyst rum")).await;
    let work = app.add(&session, Kind::RightToWork, fields([("may_work", Value::Flag(true))])).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let good = choice(app, 1);
    let wanted = |change: &dyn Fn(&mut LinkChoice)| {
        let mut wanted = good.clone();
        change(&mut wanted);
        wanted
    };
    for entry in [year, quiet, work] {
        let above = wanted(&|w| w.choice.entries = [entry].into());
        assert_eq!(why(app.service.make_link(&session, &above).await), Why::AboveCeiling);
    }
    // An ngo may have what people need, as a unit; never by link.
    let ngo = wanted(&|w| {
        (w.choice.unit, w.choice.purpose, w.choice.entries) = (unit_of("ngo"), "mentoring".to_owned(), [quiet].into());
    });
    assert_eq!(why(app.service.make_link(&session, &ngo).await), Why::AboveCeiling);
    let authority = wanted(&|w| (w.choice.unit, w.choice.purpose) = (unit_of("af"), "job_matching".to_owned()));
    assert_eq!(why(app.service.make_link(&session, &authority).await), Why::AboveCeiling);
    let long = wanted(&|w| w.choice.until = app.service.now().plus(90 * DAY).day());
    assert_eq!(why(app.service.make_link(&session, &long).await), Why::TooLong);
    for opens in [0, 101] {
        let many = wanted(&|w| w.opens = opens);
        assert!(matches!(app.service.make_link(&session, &many).await, Err(Error::Faults(_))));
    }
    let nothing = wanted(&|w| w.choice.sections = [Section::P01].into());
    assert!(matches!(app.service.make_link(&session, &nothing).await, Err(Error::NothingChosen)), "names are no section of a link");
    let unit = app.unit("af").await;
    let to_unit = wanted(&|w| w.choice.unit = unit.id);
    assert!(matches!(app.service.make_link(&session, &to_unit).await, Err(Error::NotFound)));
    assert!(matches!(app.service.give(&session, &good.choice).await, Err(Error::NotFound)), "and a link's unit is no unit");
    let made = app.service.make_link(&session, &good).await.unwrap();
    let changed = app.service.change(&session, made.given.terms.consent, &good.choice).await;
    assert!(matches!(changed, Err(Error::NotFound)), "a link stays as it was made");
});

on_both!(a_name_stands_in_a_link_only_where_it_was_ticked_and_what_is_written_later_follows, |app| {
    let (amina, hidden) = linked(app, 100).await;
    let session = amina.session(app).await;
    let profile = app.service.profile(&session).await.unwrap();
    let name = profile.of_kind(Kind::PreferredName).next().unwrap().id;
    let mut named = choice(app, 100);
    named.choice.entries = BTreeSet::from([name]);
    let named = app.service.make_link(&session, &named).await.unwrap();
    let kinds = async |made: &Made| {
        let sealed = open(app, made, None).await.unwrap();
        entries(&sealed, made).iter().map(|entry| entry.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&hidden).await, [Kind::Skill]);
    assert_eq!(kinds(&named).await.len(), 2);
    app.add(&session, Kind::Skill, skill("sy")).await;
    let called = app.service.profile(&session).await.unwrap().of_kind(Kind::PreferredName).next().unwrap().id;
    app.service.save_entry(&session, save(Some(called), Kind::PreferredName, fields([("name", text("Amy"))]))).await.unwrap();
    assert_eq!(kinds(&hidden).await, [Kind::Skill, Kind::Skill]);
    let sealed = open(app, &named, None).await.unwrap();
    assert!(entries(&sealed, &named).iter().any(|entry| entry.fields == fields([("name", text("Amy"))])));
    let here = app.service.read_by_link(named.id, &named.secret, None).await.unwrap();
    let of = |entries: Vec<Entry>| entries.into_iter().map(|entry| serde_json::to_string(&entry).unwrap()).collect::<BTreeSet<_>>();
    assert_eq!(
        of(here.entries.into_iter().map(|held| held.entry).collect()),
        of(entries(&sealed, &named)),
        "both ways show the same"
    );
    app.service.delete_entry(&session, name).await.unwrap();
    assert_eq!(kinds(&named).await, [Kind::Skill, Kind::Skill], "a deleted entry leaves at once");
});

on_both!(an_erase_takes_links_with_it, |app| {
    let (amina, made) = linked(app, 100).await;
    let session = amina.session(app).await;
    app.service.erase(&session).await.unwrap();
    app.service.erase_those_due().await.unwrap();
    assert!(closed(&open(app, &made, None).await));
    assert_eq!(crate::support::raw::rows(&app.service.db, "link").await.len(), 0);
});
