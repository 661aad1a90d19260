//! Accounts: ways in, the sheet, the export.

use egenkarta::crypto::recovery::NotACode;
use egenkarta::crypto::slot::SlotKind;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::MINUTE;
use egenkarta::policy::{Refused, Why};
use egenkarta::usecase::Error;
use egenkarta::usecase::account::{Arrival, Newcomer};

use crate::support::on_both;
use crate::support::people::{ISSUER, STAFF_ISSUER, save, skill};

const NEW: &str = "min gamla moped heter Greta";

on_both!(weak_phrases_make_no_account_and_one_login_makes_one, |app| {
    let newcomer = app.newcomer(ISSUER, "Amina", Newcomer::new(false, false, None, None)).await;
    for weak in ["", "kort", "aaaaaaaaaaaaaaaaaaaaaa"] {
        assert!(matches!(app.service.create_participant(&newcomer, weak).await.map(drop), Err(Error::Weak(_))));
    }
    app.service.create_participant(&newcomer, NEW).await.unwrap();
    let second = app.service.create_participant(&newcomer, NEW).await.map(drop);
    assert!(matches!(second, Err(Error::Gone)), "the second tab finds the account");
    let again = app.service.arrive(ISSUER, "Amina", Newcomer::new(false, false, None, None)).await.unwrap();
    assert!(matches!(again, Arrival::Known(_)));
    for (issuer, subject, staff) in [(ISSUER, "amina", false), (STAFF_ISSUER, "Amina", false), (ISSUER, "Amina", true)] {
        let other = app.service.arrive(issuer, subject, Newcomer::new(staff, false, None, None)).await.unwrap();
        assert!(matches!(other, Arrival::Newcomer(_)), "{issuer} {subject} {staff}");
    }
});

on_both!(a_login_under_way_serves_once_and_not_for_long, |app| {
    let secret = app.service.keep_login(&"state").await.unwrap();
    assert_eq!(app.service.take_login::<String>(&secret).await.unwrap().as_deref(), Some("state"));
    assert!(app.service.take_login::<String>(&secret).await.unwrap().is_none());
    let old = app.service.keep_login(&"state").await.unwrap();
    app.clock.forward(60 * MINUTE);
    assert!(app.service.take_login::<String>(&old).await.unwrap().is_none());
});

on_both!(the_sheet_opens_and_a_new_phrase_replaces_phrase_and_sheet, |app| {
    let amina = app.participant("Amina").await;
    app.add(&amina.session(app).await, Kind::Skill, skill("svetsa")).await;
    let closed = amina.closed_session(app).await;
    let service = &app.service;
    let slip: String = slipped(&amina.sheet.printed());
    assert!(matches!(service.unlock_by_sheet(&closed, &slip).await, Err(Error::NotACode(NotACode::Check))));
    let stranger = app.participant("Bashir").await;
    assert!(matches!(service.unlock_by_sheet(&closed, &stranger.sheet.printed()).await, Err(Error::Wrong)));
    let opened = service.unlock_by_sheet(&closed, &amina.sheet.printed().to_lowercase().replace('-', " ")).await.unwrap();
    let (session, other) = (service.resume(&opened).await.unwrap().unwrap(), amina.cookie(app).await);
    assert_eq!(service.profile(&session).await.unwrap().entries.len(), 1, "nothing is lost");
    assert!(matches!(service.change_passphrase(&session, "kort").await.map(drop), Err(Error::Weak(_))));
    let sheet = service.change_passphrase(&session, NEW).await.unwrap();
    assert!(service.resume(&other).await.unwrap().is_none(), "all other sessions end");
    let closed = amina.closed_session(app).await;
    assert!(matches!(service.unlock(&closed, &amina.phrase).await, Err(Error::Wrong)), "the old phrase");
    assert!(matches!(service.unlock_by_sheet(&closed, &amina.sheet.printed()).await, Err(Error::Wrong)), "the old sheet");
    service.unlock(&closed, NEW).await.unwrap();
    service.unlock_by_sheet(&amina.closed_session(app).await, &sheet.printed()).await.unwrap();
});

/// The code with its first sign misread.
fn slipped(code: &str) -> String {
    let other = if code.starts_with('7') { "8" } else { "7" };
    format!("{other}{}", &code[1..])
}

on_both!(changing_ways_in_asks_for_the_phrase_again_within_five_minutes, |app| {
    let amina = app.participant("Amina").await;
    let cookie = amina.cookie(app).await;
    app.clock.forward(5 * MINUTE);
    let service = &app.service;
    let stale = service.resume(&cookie).await.unwrap().unwrap();
    let again = |result: Result<(), Error>| matches!(result, Err(Error::Refused(Refused { why: Why::AskAgain, .. })));
    assert!(again(service.change_passphrase(&stale, NEW).await.map(drop)));
    assert!(again(service.new_sheet(&stale).await.map(drop)));
    assert!(again(service.export(&stale).await.map(drop)));
    let sheet_slot = service.ways_in(&stale).await.unwrap().0.into_iter().find(|way| way.kind == SlotKind::Recovery).unwrap();
    assert!(again(service.remove_way_or_session(&stale, sheet_slot.id).await));
    assert!(matches!(service.reauthenticate(&stale, NEW).await, Err(Error::Wrong)));
    service.reauthenticate(&stale, &amina.phrase).await.unwrap();
    let fresh = service.resume(&cookie).await.unwrap().unwrap();
    let sheet = service.new_sheet(&fresh).await.unwrap();
    let (ways, _) = service.ways_in(&fresh).await.unwrap();
    assert_eq!(ways.len(), 2, "each replaces the one before: {ways:?}");
    let closed = amina.closed_session(app).await;
    assert!(matches!(service.unlock_by_sheet(&closed, &amina.sheet.printed()).await, Err(Error::Wrong)));
    service.unlock_by_sheet(&closed, &sheet.printed()).await.unwrap();
    let recovery = ways.iter().find(|way| way.kind == SlotKind::Recovery).unwrap();
    let found = service.unlock_by_sheet(&amina.closed_session(app).await, &sheet.printed()).await.unwrap();
    service.remove_way_or_session(&fresh, recovery.id).await.unwrap();
    assert!(service.resume(&found).await.unwrap().is_none(), "nor does a session that it has opened go on");
    assert!(matches!(service.unlock_by_sheet(&closed, &sheet.printed()).await, Err(Error::Wrong)), "removed");
    let phrase = ways.iter().find(|way| way.kind == SlotKind::Passphrase).unwrap();
    assert!(matches!(service.remove_way_or_session(&fresh, phrase.id).await, Err(Error::TooMany(1))), "the last one stays");
    let foreign = app.participant("Bashir").await.session(app).await;
    assert!(matches!(service.remove_way_or_session(&foreign, phrase.id).await, Err(Error::NotFound)));
});

on_both!(the_export_holds_everything_with_a_checkpoint, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    let first = app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.service.save_entry(&session, save(Some(first), Kind::Skill, skill("svetsa rostfritt"))).await.unwrap();
    app.add(&session, Kind::Needs, crate::support::people::need("tyst rum")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    app.service.sequence_log().await.unwrap();
    let export = serde_json::to_value(app.service.export(&session).await.unwrap()).unwrap();
    assert_eq!(export["format"], "egenkarta/export/1");
    assert!(export.get("proofs").is_none() && export.get("blocked").is_none(), "what there is none of is left out");
    let entries = export["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    let of_first = entries.iter().find(|e| e["id"] == first.to_string()).unwrap();
    assert_eq!(of_first["versions"].as_array().unwrap().len(), 2, "all versions");
    assert!(export.to_string().contains("tyst rum") && export.to_string().contains("svetsa rostfritt"));
    assert_eq!(export["consents"][0]["code"], given.code);
    assert_eq!(export["consents"][0]["terms"]["consent"], given.terms.consent.to_string());
    assert_eq!(export["events"].as_array().unwrap().len(), 5);
    assert!(export["events"][0]["leaf"].is_number());
    let note = app.service.newest_checkpoint().await.unwrap().unwrap().2;
    assert_eq!(export["checkpoint"], note);
    let lines = app.service.events(&session, egenkarta::domain::Timestamp(i64::MAX), 10).await.unwrap();
    assert!(lines.iter().any(|line| line.event.what == egenkarta::domain::event::What::Exported), "the export is a line itself");
});
