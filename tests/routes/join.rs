//! Joining: `/staff/keys/new` with a unit's sheet, `/staff/join`, `/staff/unit/choose`; and the unit's own events.

use axum::http::StatusCode;
use egenkarta::crypto::secret::Secret;
use egenkarta::domain::UnitId;
use egenkarta::domain::event::{What, Who};
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::Section;
use egenkarta::usecase::account::{Arrival, Newcomer};
use egenkarta::usecase::{Error, Session, SessionKind};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, STAFF_ISSUER, TestUnit};
use crate::support::raw::{Cell, put_back, rows, set};
use crate::support::{TestApp, on_both};

const PHRASE: &str = "en egen fras som ar lang nog";

/// A browser with both a staff session and what an invite left.
struct Browser(String);

impl Browser {
    fn new(cookies: &[(&str, &Secret)]) -> Self {
        let one = |(name, secret): &(&str, &Secret)| format!("{name}={}", secret.text().as_str());
        Self(cookies.iter().map(one).collect::<Vec<_>>().join("; "))
    }

    async fn get(&self, app: &TestApp, path: &str) -> Answer {
        app.http().await.get_with(&Actor::Anonymous, path, &[("cookie", &self.0)]).await
    }

    async fn post(&self, app: &TestApp, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = ::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let body = Some(("application/x-www-form-urlencoded", body));
        app.http().await.with_headers(&Actor::Anonymous, axum::http::Method::POST, path, &[("cookie", &self.0)], body).await
    }
}

fn invited(invite: &Secret) -> Newcomer {
    Newcomer::new(true, false, Some("Nina Ny".to_owned()), Some(invite.text().as_str().to_owned()))
}

/// Two units, a reader of the first, and an invite to the second.
async fn two(app: &TestApp) -> (TestUnit, TestUnit, Owner, Secret) {
    let first = app.unit("af").await;
    let second = app.unit_named("municipal_labour", "Vuxenutbildningen", "Bo Berg").await;
    let reader = app.reader(&first).await;
    // Which unit was joined first must not hang on a random id.
    app.clock.forward(1);
    let invite = app.service.invite(&second.administrator.session(app).await, "Rut Reader", Role::Administrator).await.unwrap();
    (first, second, reader, invite)
}

async fn units(app: &TestApp, owner: &Owner) -> Vec<UnitId> {
    let session = owner.session(app).await;
    app.service.units_of(&session).await.unwrap().iter().map(|row| row.unit.id).collect()
}

on_both!(a_new_administrator_of_a_locked_out_unit_is_asked_for_its_sheet_and_nothing_typed_is_lost, |app| {
    let unit = app.unit("af").await;
    let invite = app.service.invite_administrator(unit.id).await.unwrap();
    let Arrival::Newcomer(kept) = app.service.arrive(STAFF_ISSUER, "Nina", invited(&invite)).await.unwrap() else { panic!("new") };
    let browser = Browser::new(&[("egenkarta-staff-new", &kept)]);
    assert!(browser.get(app, url::STAFF_NEW).await.text().contains("name=\"sheet\""));
    let other = app.unit_named("af", "Andra", "Bo Berg").await;
    for wrong in ["", "K7M2", &other.sheet.printed()] {
        let form = [("choice", "own"), ("own", PHRASE), ("sheet", wrong)];
        let answer = browser.post(app, url::STAFF_NEW, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.text().contains("sheet-wrong") && answer.text().contains(&format!("value=\"{wrong}\"")));
    }
    let words = browser.post(app, url::STAFF_NEW_WORDS, &[("sheet", "K7M2"), ("words", "x")]).await.text();
    assert!(words.contains("value=\"K7M2\""), "other words take nothing away");
    let form = [("choice", "own"), ("own", PHRASE), ("sheet", &*unit.sheet.printed())];
    let joined = browser.post(app, url::STAFF_NEW, &form).await;
    assert_eq!(joined.status, StatusCode::OK, "{}", joined.text());
    assert!(joined.text().contains("sheet-code"));
    let (_, colleagues, _) = app.service.colleagues(&unit.administrator.session(app).await).await.unwrap();
    assert_eq!(colleagues.iter().filter(|one| one.role == Role::Administrator).count(), 2);

    let plain = app.service.invite(&unit.administrator.session(app).await, "Siv", Role::Reader).await.unwrap();
    let Arrival::Newcomer(kept) = app.service.arrive(STAFF_ISSUER, "Siv", invited(&plain)).await.unwrap() else { panic!("new") };
    let page = Browser::new(&[("egenkarta-staff-new", &kept)]).get(app, url::STAFF_NEW).await.text();
    assert!(!page.contains("name=\"sheet\""), "an invite that holds the key asks for no sheet");
});

on_both!(who_is_staff_already_is_asked_joins_and_chooses_between_units, |app| {
    let (first, second, reader, invite) = two(app).await;
    let kept = app.service.keep_login(&invited(&invite)).await.unwrap();
    let closed = app.service.begin_session(reader.id, SessionKind::Staff, false, None).await.unwrap();
    let browser = Browser::new(&[("egenkarta-staff", &closed), ("egenkarta-staff-new", &kept)]);
    assert_eq!(browser.get(app, url::STAFF_JOIN).await.header("location"), Some(url::STAFF_UNLOCK));
    assert_eq!(browser.post(app, url::STAFF_JOIN, &[]).await.header("location"), Some(url::STAFF_UNLOCK));
    let unlocked = browser.post(app, url::STAFF_UNLOCK, &[("passphrase", &reader.phrase)]).await;
    assert_eq!(unlocked.header("location"), Some(url::STAFF_JOIN), "the invite is not passed over in silence");

    let cookie = reader.cookie(app).await;
    let browser = Browser::new(&[("egenkarta-staff", &cookie), ("egenkarta-staff-new", &kept)]);
    let page = browser.get(app, url::STAFF_JOIN).await.text();
    assert!(page.contains("Vuxenutbildningen") && page.contains("flera"));
    assert_eq!(units(app, &reader).await, [first.id], "asked, not done");
    let joined = browser.post(app, url::STAFF_JOIN, &[]).await;
    assert_eq!(joined.header("location"), Some("/staff/unit?joined"), "{}", joined.text());
    assert_eq!(units(app, &reader).await, [first.id, second.id]);
    let page = browser.get(app, "/staff/unit?joined").await.text();
    assert!(page.contains("<h1><bdi>Vuxenutbildningen</bdi></h1>") && page.contains("Du är med i enheten"));
    let member = app.service.member(&app.service.resume(&cookie).await.unwrap().unwrap()).await.unwrap();
    assert_eq!((member.unit.unit.id, member.role), (second.id, Role::Administrator));

    let other = app.unit_named("af", "Främmande", "Cia Carl").await;
    for nowhere in [other.id.to_string(), "x".to_owned()] {
        assert_eq!(browser.post(app, url::STAFF_UNIT_CHOOSE, &[("unit", &nowhere)]).await.status, StatusCode::NOT_FOUND);
    }
    let back = browser.post(app, url::STAFF_UNIT_CHOOSE, &[("unit", &first.id.to_string())]).await;
    assert_eq!(back.header("location"), Some("/staff/unit?chosen"));
    let session = app.service.resume(&cookie).await.unwrap().unwrap();
    let member = app.service.member(&session).await.unwrap();
    assert_eq!((member.unit.unit.id, member.role), (first.id, Role::Reader), "a role is of one unit");
    assert!(app.service.invite(&session, "X", Role::Reader).await.is_err());
    assert!(browser.get(app, url::STAFF_INBOX).await.text().contains("#units"));
    assert!(matches!(app.service.join_too(&session, &invited(&invite), None).await.map(drop), Err(Error::Gone)), "once");
});

on_both!(an_invite_to_ones_own_unit_is_kept_for_who_it_was_meant_for_and_who_left_can_come_back, |app| {
    let (first, second, reader, invite) = two(app).await;
    let session = reader.session(app).await;
    let admin = first.administrator.session(app).await;
    let own = app.service.invite(&admin, "Siv", Role::Administrator).await.unwrap();
    let twice = app.service.join_too(&session, &invited(&own), None).await;
    assert!(matches!(twice.map(drop), Err(Error::TooMany(_))));
    assert!(app.service.invited(&own).await.unwrap().is_some(), "it is not used up");
    let person = app.participant("Amina").await;
    let posing = app.service.join_too(&person.session(app).await, &invited(&own), None).await;
    assert!(matches!(posing.map(drop), Err(Error::NotFound)), "a person's session is no staff's");

    app.service.join_too(&session, &invited(&invite), None).await.unwrap();
    let mut choice = app.choice(second.id, &[Section::P07]);
    choice.purpose = "activity_planning".to_owned();
    let given = app.service.give(&person.session(app).await, &choice).await.unwrap();
    let there = reader.session(app).await;
    app.service.choose_unit(&there, second.id).await.unwrap();
    let there = Session { unit: Some(second.id), ..there };
    let (token, _) = app.service.mint(&there, given.terms.consent, 7, "x").await.unwrap();
    app.service.remove_staff(&admin, reader.staff_id()).await.unwrap();
    assert!(app.service.read_by_token(&token.text(), None).await.is_ok(), "nor do programs of the other unit end");
    assert_eq!(units(app, &reader).await, [second.id], "leaving one unit leaves the other");
    let back = app.service.invite(&admin, "Rut", Role::Reader).await.unwrap();
    app.clock.forward(1);
    app.service.join_too(&reader.session(app).await, &invited(&back), None).await.unwrap();
    assert_eq!(units(app, &reader).await, [second.id, first.id]);
    let lines = app.service.ended.read().unwrap();
    let line = lines.iter().find(|line| line.id == reader.id.to_string()).unwrap();
    assert_eq!(line.unit, Some(first.id), "the list says which unit was left");
});

on_both!(a_unit_keeps_its_own_events_for_its_administrators_alone_and_over_a_change_of_locks, |app| {
    let unit = app.unit("af").await;
    let reader = app.reader(&unit).await;
    let admin = unit.administrator.session(app).await;
    app.service.unit_sheet(&admin).await.unwrap();
    let leaver = app.colleague(&unit, "Siv Slutar", Role::Reader).await;
    app.service.remove_staff(&admin, leaver.staff_id()).await.unwrap();
    app.service.rotate_unit_if_due(&admin).await.unwrap().expect("someone has left");
    assert!(app.service.unit_events(&reader.session(app).await, 50).await.is_err(), "a reader does not see them");
    let lines = app.service.unit_events(&admin, 50).await.unwrap();
    let mut whats: Vec<What> = lines.iter().map(|line| line.event.what).collect();
    whats.reverse();
    use What::{StaffInvited, StaffJoined, StaffRemoved, UnitKeysRotated, UnitSheetPrinted};
    let all = [StaffJoined, StaffInvited, StaffJoined, UnitSheetPrinted, StaffInvited, StaffJoined, StaffRemoved, UnitKeysRotated];
    assert_eq!(whats, all, "also those from before the locks were changed");
    let removed = lines.iter().find(|line| line.event.what == StaffRemoved).unwrap();
    assert_eq!(removed.event.whom.as_deref(), Some("Siv Slutar"));
    assert_eq!(removed.event.who, Who::Staff { name: "Adina Admin".to_owned() });
    let actor = Actor::Staff(unit.administrator.cookie(app).await);
    // Names stand between marks that keep their direction apart.
    let page = app.http().await.get(&actor, url::STAFF_UNIT).await.text().replace(['\u{2068}', '\u{2069}'], "");
    assert!(page.contains("Adina Admin tog bort Siv Slutar från enheten") && page.contains("bytte enhetens lås"));
    let actor = Actor::Staff(reader.cookie(app).await);
    assert!(!app.http().await.get(&actor, url::STAFF_UNIT).await.text().contains("Siv Slutar"));
    while app.service.sequence_log().await.unwrap() > 0 {}
    assert!(app.service.verify_log(&[]).await.unwrap().is_ok());

    let db = &app.service.db;
    let own = Cell::id(unit.id.0);
    let stored: Vec<_> = rows(db, "event").await.into_iter().filter(|row| row["stream"] == own).collect();
    let (one, other) = (&stored[0], &stored[1]);
    let place = [("owner", &one["owner"]), ("stream", &one["stream"]), ("seq", &one["seq"])];
    set(db, "event", &place, "sealed", &other["sealed"]).await;
    assert!(matches!(app.service.unit_events(&admin, 50).await.map(drop), Err(Error::Unopened)));
    put_back(db, "event", &["owner", "stream", "seq"], one).await;
    assert!(app.service.unit_events(&admin, 50).await.is_ok());
});

on_both!(who_answers_in_a_tab_of_their_other_unit_is_told_and_loses_nothing, |app| {
    let (first, second, reader, invite) = two(app).await;
    let person = app.participant("Amina").await;
    let owner = person.session(app).await;
    let id = app.give(&owner, first.id, &[Section::P07]).await.terms.consent;
    let third = app.unit_named("af", "Tredje", "Tilda").await;
    let unknown = app.give(&owner, third.id, &[Section::P07]).await.terms.consent;
    let cookie = reader.cookie(app).await;
    let session = app.service.resume(&cookie).await.unwrap().unwrap();
    app.service.join_too(&session, &invited(&invite), None).await.unwrap();
    app.service.choose_unit(&session, second.id).await.unwrap();
    let actor = Actor::Staff(cookie.clone());
    let typed = [("case", "2026-118"), ("order", "")];
    let paths = [
        (url::staff_read(id), true),
        (url::staff_copy(id), true),
        (url::staff_read(unknown), false),
        (url::staff_acknowledge(unknown), false),
    ];
    for (path, of) in paths {
        let told = app.http().await.post(&actor, &path, &typed).await;
        assert_eq!(told.status, if of { StatusCode::CONFLICT } else { StatusCode::NOT_FOUND }, "{path}");
        assert_eq!(told.text().contains("value=\"2026-118\""), of, "{path}");
    }
    assert_eq!(app.http().await.get(&actor, &url::staff_consent(unknown)).await.status, StatusCode::NOT_FOUND);
    let told = app.http().await.get(&actor, &url::staff_consent(id)).await;
    assert!(
        told.status == StatusCode::CONFLICT && told.text().contains("Vuxenutbildningen") && !told.text().contains("name=\"case\"")
    );
    let (unit, consent) = (first.id.to_string(), id.to_string());
    let chosen = [("unit", unit.as_str()), ("consent", &consent), ("case", "2026-118"), ("language", "sv")];
    let onward = app.http().await.post(&actor, url::STAFF_UNIT_CHOOSE, &chosen).await;
    assert_eq!((onward.status, onward.header("location")), (StatusCode::TEMPORARY_REDIRECT, Some(url::staff_read(id).as_str())));
    let form = app.http().await.post(&actor, &url::staff_read(id), &chosen).await;
    assert!(form.status == StatusCode::OK && form.text().contains("value=\"2026-118\""), "shown again, not read");
    assert_eq!(app.service.in_inbox(&app.service.resume(&cookie).await.unwrap().unwrap(), id).await.unwrap().1.case, None);
    app.service.choose_unit(&session, second.id).await.unwrap();
    let onward = app.http().await.post(&actor, url::STAFF_UNIT_CHOOSE, &chosen[..2]).await;
    assert_eq!(onward.header("location"), Some(url::staff_consent(id).as_str()));
    assert_eq!(app.http().await.get(&actor, &url::staff_consent(id)).await.status, StatusCode::OK);
    // What has ended is there to be acknowledged, in the unit that had it.
    app.service.withdraw(&owner, id).await.unwrap();
    app.service.choose_unit(&session, second.id).await.unwrap();
    let told = app.http().await.post(&actor, &url::staff_acknowledge(id), &[]).await;
    assert!(told.status == StatusCode::CONFLICT && told.text().contains("Vuxenutbildningen"));
    app.service.choose_unit(&session, first.id).await.unwrap();
    assert_eq!(app.http().await.post(&actor, &url::staff_acknowledge(id), &[]).await.status, StatusCode::SEE_OTHER);
});
