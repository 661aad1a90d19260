//! Old rows put back: refused, or worth nothing.

use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::usecase::Error;
use egenkarta::usecase::disclosure::Denied;
use egenkarta::usecase::entry::Save;

use crate::store::guard::shared;
use crate::support::people::{save, skill};
use crate::support::raw::{Cell, execute, insert, put_back, rows, set};
use crate::support::{TestApp, on_both};

async fn row(app: &TestApp, table: &str, column: &str, id: uuid::Uuid) -> crate::support::raw::Row {
    rows(&app.service.db, table).await.into_iter().find(|row| row[column] == Cell::id(id)).unwrap()
}

on_both!(an_old_manifest_and_an_old_version_are_refused, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let db = &app.service.db;
    let entry = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let (manifest, version) = (row(app, "manifest", "owner", amina.id.0).await, row(app, "entry_version", "entry", entry.0).await);
    app.service.save_entry(&session, save(Some(entry), Kind::Skill, skill("sy"))).await.unwrap();
    let now = row(app, "manifest", "owner", amina.id.0).await;
    let key = [("owner", &manifest["owner"])];
    set(db, "manifest", &key, "sealed", &manifest["sealed"]).await;
    assert!(matches!(app.service.profile(&session).await, Err(Error::Unopened)), "the old manifest alone");
    let written = app.service.save_entry(&session, save(None, Kind::Skill, skill("x"))).await;
    assert!(matches!(written, Err(Error::Unopened)), "nothing is written on an old manifest");
    put_back(db, "manifest", &["owner"], &now).await;
    let newest = rows(db, "entry_version").await.into_iter().find(|row| row["version"] != version["version"]).unwrap();
    for column in ["sealed", "key"] {
        let place = [("owner", &newest["owner"]), ("version", &newest["version"])];
        set(db, "entry_version", &place, column, &version[column]).await;
        assert!(matches!(app.service.profile(&session).await, Err(Error::Unopened)), "the old version's {column}");
        put_back(db, "entry_version", &["owner", "version"], &newest).await;
    }
    assert_eq!(app.service.profile(&session).await.unwrap().entries[0].entry.fields, skill("sy"));
});

on_both!(an_old_way_in_put_back_opens_nothing, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let db = &app.service.db;
    let old = rows(db, "slot").await.into_iter().filter(|row| row["owner"] == Cell::id(amina.id.0)).collect::<Vec<_>>();
    assert_eq!(old.len(), 2, "words and sheet");
    app.service.change_passphrase(&session, "en helt annan fras som ingen vet").await.unwrap();
    let now = rows(db, "slot").await;
    for kept in [true, false] {
        execute(db, "DELETE FROM slot").await;
        for row in old.iter().chain(now.iter().filter(|_| kept)) {
            insert(db, "slot", row).await;
        }
        let closed = amina.closed_session(app).await;
        let words = app.service.unlock(&closed, &amina.phrase).await;
        assert!(matches!(words, Err(Error::Wrong)), "the old words, beside the new ones: {kept}");
        let sheet = app.service.unlock_by_sheet(&closed, amina.sheet.printed().as_str()).await;
        assert!(matches!(sheet, Err(Error::Wrong)), "the old sheet, beside the new one: {kept}");
    }
    execute(db, "DELETE FROM slot").await;
    for row in &now {
        insert(db, "slot", row).await;
    }
    let closed = amina.closed_session(app).await;
    app.service.unlock(&closed, "en helt annan fras som ingen vet").await.unwrap();
});

on_both!(an_old_wider_consent_row_is_refused_to_its_owner_and_column_by_column_to_its_reader, |app| {
    let (amina, unit, _) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let db = &app.service.db;
    let wide = app.give(&session, unit.id, &[Section::P07, Section::P10]).await;
    let id = wide.terms.consent;
    let (token, _) = app.service.mint(&staff, id, 7, "x").await.unwrap();
    let old = row(app, "consent", "id", id.0).await;
    app.service.change(&session, id, &app.choice(unit.id, &[Section::P10])).await.unwrap();
    let now = row(app, "consent", "id", id.0).await;
    let place = [("owner", &old["owner"]), ("id", &old["id"])];
    for column in ["bundle", "generation"] {
        set(db, "consent", &place, column, &old[column]).await;
        assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)), "{column}");
        put_back(db, "consent", &["owner", "id"], &now).await;
    }
    set(db, "consent", &place, "terms", &old["terms"]).await;
    assert!(matches!(app.service.consents(&session).await, Err(Error::Unopened)));
    let widening = app.service.save_entry(&session, save(None, Kind::Skill, skill("ny"))).await;
    assert!(matches!(widening, Err(Error::Unopened)), "the next write must not make the old scope anew");
    put_back(db, "consent", &["owner", "id"], &old).await;
    assert!(matches!(app.service.consents(&session).await, Err(Error::Unopened)), "all of the row together");
    assert!(app.service.save_entry(&session, save(None, Kind::Skill, skill("ny"))).await.is_err());
    put_back(db, "consent", &["owner", "id"], &now).await;
    assert!(app.service.read_by_token(&token.text(), None).await.unwrap().entries.is_empty());
});

on_both!(an_older_record_of_the_unit_put_back_is_a_fault_and_shows_no_old_terms, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let id = given.terms.consent;
    let db = &app.service.db;
    app.service.state_case(&staff, id, "1").await.unwrap();
    let as_sent = row(app, "inbox", "consent", id.0).await;
    app.service.inbox(&staff, None).await.unwrap();
    let rewrapped = row(app, "inbox", "consent", id.0).await;
    let kept_out = Save { keep_out: [id].into(), ..save(None, Kind::Skill, skill("sy")) };
    app.service.save_entry(&session, kept_out).await.unwrap();
    app.service.save_entry(&session, save(None, Kind::Skill, skill("väva"))).await.unwrap();
    let now = row(app, "inbox", "consent", id.0).await;
    assert_eq!(
        app.service.read_by_staff(&staff, id).await.unwrap().1.entries.len(),
        2,
        "each write of the owner raises the generation"
    );
    for old in [&as_sent, &rewrapped] {
        put_back(db, "inbox", &["unit", "consent"], old).await;
        assert!(matches!(app.service.read_by_staff(&staff, id).await.map(drop), Err(Error::Unopened)));
        assert!(matches!(app.service.in_inbox(&staff, id).await.map(drop), Err(Error::Unopened)));
        assert!(matches!(app.service.mint(&staff, id, 7, "x").await.map(drop), Err(Error::Unopened)));
    }
    put_back(db, "inbox", &["unit", "consent"], &now).await;
    assert!(app.service.read_by_staff(&staff, id).await.is_ok());
});

on_both!(after_a_withdrawal_old_inbox_and_token_rows_open_nothing, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let id = given.terms.consent;
    let db = &app.service.db;
    let as_sent = row(app, "inbox", "consent", id.0).await;
    app.service.inbox(&staff, None).await.unwrap();
    app.service.state_case(&staff, id, "1").await.unwrap();
    let (token, _) = app.service.mint(&staff, id, 7, "x").await.unwrap();
    let (rewrapped, token_row) = (row(app, "inbox", "consent", id.0).await, row(app, "token", "consent", id.0).await);
    assert_ne!(as_sent["secret"], rewrapped["secret"], "rewrapped at first use");
    app.service.withdraw(&session, id).await.unwrap();
    for old in [&as_sent, &rewrapped] {
        put_back(db, "inbox", &["unit", "consent"], old).await;
        let read = app.service.read_by_staff(&staff, id).await;
        assert!(matches!(read, Err(Error::Gone | Error::Faults(_))), "{:?}", read.map(drop));
        assert!(app.service.mint(&staff, id, 7, "x").await.is_err());
    }
    put_back(db, "token", &["lookup"], &token_row).await;
    assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    let mut revived = row(app, "consent", "id", id.0).await;
    revived.insert("state".to_owned(), Cell::Text("given".to_owned()));
    revived.insert("ended_at".to_owned(), Cell::Null);
    put_back(db, "consent", &["owner", "id"], &revived).await;
    assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)), "a state in clear grants nothing");
});

on_both!(a_row_sealed_to_the_unit_by_anyone_else_is_not_used, |app| {
    use egenkarta::crypto::{Ad, Label, Padding, receive};
    let (_, unit, given) = shared(app).await;
    let staff = unit.administrator.session(app).await;
    let db = &app.service.db;
    let sent = row(app, "inbox", "consent", given.terms.consent.0).await;
    let unit_key = app.service.member(&staff).await.unwrap().keyring.public_key();
    // The public key is in clear: anyone can seal to it, but not prove that this server did.
    let ad = Ad::new(Label::InboxSecret).bytes_field(b"inbox").id(unit.id.0).id(given.terms.consent.0);
    let forged = receive::seal(&unit_key, Label::InboxSecret, &ad, Padding::Fixed, &[9; 32], &*app.service.random).unwrap();
    let place = [("unit", &sent["unit"]), ("consent", &sent["consent"])];
    set(db, "inbox", &place, "secret", &Cell::Bytes(forged)).await;
    let unused = async || app.service.inbox(&staff, None).await.unwrap();
    assert!(unused().await.received.is_empty() && unused().await.unreadable == 1);
    for mac in [Vec::new(), vec![0; 64], sent["mac"].bytes()[..32].to_vec()] {
        set(db, "inbox", &place, "mac", &Cell::Bytes(mac)).await;
        let held = unused().await;
        assert!(held.received.is_empty() && held.unreadable == 1, "and without its proof neither");
    }
    put_back(db, "inbox", &["unit", "consent"], &sent).await;
    assert_eq!(app.service.inbox(&staff, None).await.unwrap().received.len(), 1);
});

on_both!(an_old_key_of_a_unit_or_person_put_back_is_noticed_by_whoever_opens_it, |app| {
    let (amina, unit, _) = shared(app).await;
    let (session, admin) = (amina.session(app).await, unit.administrator.session(app).await);
    let leaving = app.colleague(&unit, "Sture", Role::Administrator).await;
    let theirs = leaving.session(app).await;
    let db = &app.service.db;
    app.service.inbox(&theirs, None).await.unwrap();
    let (key, of_sture) = (row(app, "owner", "id", unit.id.0).await, row(app, "staff", "id", leaving.id.0).await);
    app.service.remove_staff(&admin, leaving.staff_id()).await.unwrap();
    app.service.rotate_unit_if_due(&admin).await.unwrap().unwrap();
    let now = row(app, "owner", "id", unit.id.0).await;
    put_back(db, "owner", &["id"], &key).await;
    assert!(matches!(app.service.inbox(&admin, None).await.map(drop), Err(Error::Unopened)), "what is given now, Sture could open");
    put_back(db, "owner", &["id"], &now).await;
    app.service.inbox(&admin, None).await.unwrap();
    put_back(db, "staff", &["unit", "id"], &of_sture).await;
    let again = app.service.begin_session(leaving.id, leaving.kind, false, Some(leaving.keyring())).await.unwrap();
    let again = app.service.resume(&again).await.unwrap().unwrap();
    assert!(matches!(app.service.inbox(&again, None).await.map(drop), Err(Error::Unopened)), "back at work by an old row");
    let before = row(app, "owner", "id", amina.id.0).await;
    app.service.rotate(&session, &amina.phrase).await.unwrap();
    put_back(db, "owner", &["id"], &before).await;
    let closed = amina.closed_session(app).await;
    assert!(matches!(app.service.unlock(&closed, &amina.phrase).await, Err(Error::Unopened)));
});
