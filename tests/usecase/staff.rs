//! Staff: joining, leaving, and the unit's keyring when someone has left.

use std::collections::BTreeSet;

use egenkarta::crypto::Keyring;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::time::DAY;
use egenkarta::policy::{Refused, Why};
use egenkarta::store::ended::EndedWhat;
use egenkarta::usecase::Error;
use egenkarta::usecase::disclosure::Denied;

use crate::store::guard::shared;
use crate::support::on_both;
use crate::support::raw::{Cell, insert, rows, set};

on_both!(an_invite_works_once_within_a_week_and_not_after_it_is_cancelled, |app| {
    let unit = app.unit("af").await;
    let admin = unit.administrator.session(app).await;
    let invite = app.service.invite(&admin, "Rut", Role::Reader).await.unwrap();
    assert!(app.service.invited(&invite).await.unwrap().is_some());
    app.join("Rut", &invite, None).await.unwrap();
    assert!(matches!(app.join("Rut igen", &invite, None).await.map(drop), Err(Error::Gone)));
    let cancelled = app.service.invite(&admin, "Siv", Role::Reader).await.unwrap();
    let (_, _, open) = app.service.colleagues(&admin).await.unwrap();
    assert_eq!(open.iter().map(|invite| invite.name.as_str()).collect::<Vec<_>>(), ["Siv"]);
    app.service.cancel_invite(&admin, open[0].id).await.unwrap();
    assert!(matches!(app.join("Siv", &cancelled, None).await.map(drop), Err(Error::Gone)));
    let old = app.service.invite(&admin, "Tage", Role::Reader).await.unwrap();
    app.clock.forward(7 * DAY);
    assert!(app.service.invited(&old).await.unwrap().is_none());
    assert!(matches!(app.join("Tage", &old, None).await.map(drop), Err(Error::Gone)));
});

on_both!(a_reader_runs_nothing, |app| {
    let unit = app.unit("af").await;
    let reader = app.reader(&unit).await.session(app).await;
    let never = |e: Error| matches!(e, Error::Refused(Refused { why: Why::Never, .. }));
    assert!(never(app.service.invite(&reader, "X", Role::Administrator).await.unwrap_err()));
    assert!(never(app.service.remove_staff(&reader, unit.administrator.staff_id()).await.unwrap_err()));
    let admin = unit.administrator.session(app).await;
    assert!(app.service.remove_staff(&admin, unit.administrator.staff_id()).await.is_err(), "nobody removes themselves");
});

on_both!(a_removed_colleague_loses_session_reading_and_tokens_at_once, |app| {
    let (_, unit, given) = shared(app).await;
    let id = given.terms.consent;
    let second = app.colleague(&unit, "Sture", Role::Administrator).await;
    let (admin, leaving) = (unit.administrator.session(app).await, second.session(app).await);
    let (cookie, before) = (second.cookie(app).await, second.keyring().clone());
    app.service.state_case(&admin, id, "1").await.unwrap();
    let (theirs, _) = app.service.mint(&leaving, id, 7, "Stures").await.unwrap();
    let (ours, _) = app.service.mint(&admin, id, 7, "Adinas").await.unwrap();
    assert!(app.service.read_by_token(&theirs.text(), None).await.is_ok());
    app.service.remove_staff(&admin, second.staff_id()).await.unwrap();
    assert!(matches!(app.service.read_by_token(&theirs.text(), None).await, Err(Denied::Denied)));
    assert!(app.service.read_by_token(&ours.text(), None).await.is_ok());
    assert!(app.service.resume(&cookie).await.unwrap().is_none());
    assert!(app.service.inbox(&leaving, None).await.is_err(), "a request under way ends too");
    assert!(app.service.read_by_staff(&leaving, id).await.is_err());
    let again = app.service.begin_session(second.id, second.kind, false, Some(&before)).await.unwrap();
    let again = app.service.resume(&again).await.unwrap().unwrap();
    assert!(matches!(app.service.inbox(&again, None).await, Err(Error::NotFound)), "signing in again opens no unit");
    let ended = app.service.ended.read().unwrap();
    assert!(ended.iter().any(|line| line.what == EndedWhat::Staff && line.id == second.id.to_string()));
});

on_both!(after_a_removal_the_inbox_turns_readable_for_those_left_and_for_no_one_else, |app| {
    let (_, unit, given) = shared(app).await;
    let id = given.terms.consent;
    let (leaving, staying) = (app.colleague(&unit, "Sture", Role::Reader).await, app.colleague(&unit, "Rut", Role::Reader).await);
    let admin = unit.administrator.session(app).await;
    let old_root: Keyring = app.service.member(&leaving.session(app).await).await.unwrap().keyring;
    app.service.state_case(&admin, id, "Ä 1").await.unwrap();
    let pending = app.service.invite(&admin, "Väntande", Role::Reader).await.unwrap();
    assert!(app.service.rotate_unit_if_due(&admin).await.unwrap().is_none(), "nobody has left");
    app.service.remove_staff(&admin, leaving.staff_id()).await.unwrap();
    let reader = staying.session(app).await;
    assert!(app.service.rotate_unit_if_due(&reader).await.unwrap().is_none(), "a reader does not rotate");
    let sheet = app.service.rotate_unit_if_due(&admin).await.unwrap().expect("a new sheet");
    assert!(app.service.rotate_unit_if_due(&admin).await.unwrap().is_none(), "once");
    for session in [&admin, &reader] {
        let inbox = app.service.inbox(session, None).await.unwrap().received;
        assert_eq!((inbox[0].case.as_deref(), inbox[0].code.as_str()), (Some("Ä 1"), given.code.as_str()));
        assert!(app.service.read_by_staff(session, id).await.is_ok());
        let (_, colleagues, _) = app.service.colleagues(session).await.unwrap();
        let names: BTreeSet<&str> = colleagues.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["Adina Admin", "Rut"].into());
    }
    let new_root = app.service.member(&reader).await.unwrap().keyring;
    assert_eq!((old_root.generation() + 1, new_root.generation()), (new_root.generation(), 2));
    opens_no_row(app, &old_root).await;
    assert!(app.join("Väntande", &pending, None).await.is_err(), "an invite holds the old keyring, so it has ended");
    let invite = app.service.invite_administrator(unit.id).await.unwrap();
    let with_old = app.join("Nya", &invite, Some(&unit.sheet.printed())).await;
    assert!(matches!(with_old.map(drop), Err(Error::Wrong)), "the old sheet opens nothing");
    let (third, _) = app.join("Nya", &invite, Some(&sheet.printed())).await.unwrap();
    let inbox = app.service.inbox(&third.session(app).await, None).await.unwrap().received;
    assert_eq!(inbox.len(), 1);
});

/// No sealed column of the unit's rows names a generation that the old keyring holds.
async fn opens_no_row(app: &crate::support::TestApp, old: &Keyring) {
    let db = &app.service.db;
    let mut blobs = Vec::new();
    for (table, columns) in [("inbox", ["secret", "record", "label"].as_slice()), ("staff", &["name"])] {
        for row in rows(db, table).await.iter().filter(|row| row.get("state") != Some(&Cell::Text("left".to_owned()))) {
            blobs.extend(columns.iter().map(|column| row[*column].clone()).filter(|cell| *cell != Cell::Null));
        }
    }
    assert!(blobs.len() >= 5);
    for blob in blobs {
        assert_ne!(egenkarta::crypto::record::generation(blob.bytes()).unwrap(), old.generation());
    }
}

on_both!(the_second_to_open_a_new_unit_finds_it_taken, |app| {
    let unit = app.unit("af").await;
    let invite = app.service.invite_administrator(unit.id).await.unwrap();
    assert!(matches!(app.join("Utan ark", &invite, None).await.map(drop), Err(Error::NotACode(_))));
    let other = app.unit_named("af", "Andra", "Bo Berg").await;
    let wrong = app.join("Fel ark", &invite, Some(&other.sheet.printed())).await;
    assert!(matches!(wrong.map(drop), Err(Error::Wrong)), "another unit's sheet");
});

on_both!(a_spoilt_row_keeps_no_keys_from_being_made_anew_and_nobody_from_being_removed, |app| {
    let (_, unit, _) = shared(app).await;
    let (leaving, spoilt) =
        (app.colleague(&unit, "Sture", Role::Administrator).await, app.colleague(&unit, "Rut", Role::Reader).await);
    let (admin, theirs) = (unit.administrator.session(app).await, leaving.session(app).await);
    let db = &app.service.db;
    let hidden = app.service.invite(&theirs, "Sture igen", Role::Administrator).await.unwrap();
    let of_rut = [("id", &Cell::id(spoilt.id.0))];
    set(db, "staff", &of_rut, "name", &Cell::Bytes(vec![1; 80])).await;
    app.service.remove_staff(&admin, leaving.staff_id()).await.unwrap();
    let by_invite = app.join("Sture igen", &hidden, None).await;
    assert!(matches!(by_invite.map(drop), Err(Error::Gone)), "no way back that was made before");
    assert!(app.service.rotate_unit_if_due(&admin).await.unwrap().is_some());
    let member = app.service.member(&admin).await.unwrap();
    assert_eq!(member.keyring.generation(), 2);
    let (_, colleagues, _) = app.service.colleagues(&admin).await.unwrap();
    let unreadable = colleagues.iter().find(|one| one.name.is_empty()).expect("they are listed still");
    app.service.remove_staff(&admin, unreadable.id).await.unwrap();
    assert_eq!(app.service.colleagues(&admin).await.unwrap().1.len(), 1);
});

on_both!(a_code_is_found_wherever_in_a_large_inbox_and_pages_show_each_row_once, |app| {
    let (amina, unit, given) = shared(app).await;
    let staff = unit.administrator.session(app).await;
    let db = &app.service.db;
    let known = rows(db, "inbox").await.remove(0);
    // Rows that open to nobody stand for others' sharings: newer ones, and ended ones of the same moment.
    for n in 0..1205_u128 {
        let mut row = known.clone();
        row.insert("consent".to_owned(), Cell::id(uuid::Uuid::from_u128(n)));
        row.insert("arrived".to_owned(), Cell::Number(known["arrived"].number() + i64::from(n < 1005)));
        if n >= 1005 {
            row.insert("state".to_owned(), Cell::Text("expired".to_owned()));
            row.insert("ended".to_owned(), known["arrived"].clone());
            row.insert("secret".to_owned(), Cell::Null);
        }
        insert(db, "inbox", &row).await;
    }
    let found = app.service.by_code(&staff, &given.code.to_lowercase()).await.unwrap();
    assert_eq!(found.received.iter().map(|one| one.consent).collect::<Vec<_>>(), [given.terms.consent]);
    assert!(app.service.by_code(&staff, "0000000").await.unwrap().received.is_empty());
    let (mut after, mut seen, mut pages) = (None, 0, 0);
    loop {
        let page = app.service.inbox(&staff, after).await.unwrap();
        (seen, pages) = (seen + page.received.len() + page.unreadable, pages + 1);
        assert!(page.received.is_empty() || pages == 6, "the oldest of those that live");
        after = page.next.map(|place| place.to_string().parse().unwrap());
        if after.is_none() {
            break;
        }
    }
    assert_eq!((seen, pages), (1206, 7));
    drop(amina);
});
