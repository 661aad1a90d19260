//! What is in scope is read, and nothing else.

use std::collections::BTreeSet;

use egenkarta::domain::event::What;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::{ConsentId, Timestamp};
use egenkarta::policy::{Refused, Why};
use egenkarta::usecase::disclosure::DisclosedEntry;
use egenkarta::usecase::entry::Save;
use egenkarta::usecase::{Error, Session};

use crate::support::people::{fields, need, save, skill, text};
use crate::support::{TestApp, on_both};

/// What the unit reads, by staff, under a case.
pub async fn read(app: &TestApp, staff: &Session, id: ConsentId) -> Vec<DisclosedEntry> {
    app.service.state_case(staff, id, "1").await.unwrap();
    app.service.read_by_staff(staff, id).await.unwrap().1.entries
}

on_both!(an_entry_that_is_kept_out_is_not_read, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let kept = app.add(&session, Kind::Skill, skill("sy")).await;
    let mut choice = app.choice(unit.id, &[Section::P07]);
    choice.kept_out = [kept].into();
    let given = app.service.give(&session, &choice).await.unwrap();
    let entries = read(app, &staff, given.terms.consent).await;
    assert_eq!(entries.iter().map(|e| &e.entry.fields).collect::<Vec<_>>(), [&skill("svetsa")]);
    let skill_again = Save { keep_out: [given.terms.consent].into(), ..save(None, Kind::Skill, skill("laga mat")) };
    app.service.save_entry(&session, skill_again).await.unwrap();
    app.service.save_entry(&session, save(Some(kept), Kind::Skill, skill("sy kläder"))).await.unwrap();
    assert_eq!(read(app, &staff, given.terms.consent).await.len(), 1, "kept out stays out when it is written anew");
    let lines = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    let changed = lines.iter().filter(|line| line.event.what == What::ConsentChanged).collect::<Vec<_>>();
    assert!(
        matches!(changed[..], [one] if one.event.consent == Some(given.terms.consent) && one.event.unit.is_some()),
        "it is told once"
    );
});

on_both!(whole_sections_hold_what_comes_later_and_follow_changes, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let first = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let id = given.terms.consent;
    let before = read(app, &staff, id).await;
    app.service.save_entry(&session, save(Some(first), Kind::Skill, skill("svetsa aluminium"))).await.unwrap();
    app.add(&session, Kind::Skill, skill("sy")).await;
    app.add(&session, Kind::PreferredName, fields([("name", text("Amina"))])).await;
    let after = read(app, &staff, id).await;
    let found: BTreeSet<_> = after.iter().map(|e| format!("{:?}", e.entry.fields)).collect();
    assert_eq!(found, [skill("svetsa aluminium"), skill("sy")].map(|f| format!("{f:?}")).into());
    let same = after.iter().find(|e| e.entry.fields == skill("svetsa aluminium")).unwrap();
    assert_eq!(same.alias, before[0].alias, "an entry keeps its name towards one recipient");
    assert_ne!(same.version, before[0].version);
});

on_both!(a_deleted_entry_is_gone_from_reads_and_rows, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let gone = app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.service.save_entry(&session, save(Some(gone), Kind::Skill, skill("svetsa rostfritt"))).await.unwrap();
    app.add(&session, Kind::Skill, skill("sy")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    app.service.delete_entry(&session, gone).await.unwrap();
    let entries = read(app, &staff, given.terms.consent).await;
    assert_eq!(entries.iter().map(|e| &e.entry.fields).collect::<Vec<_>>(), [&skill("sy")]);
    let rows = crate::support::raw::rows(&app.service.db, "entry_version").await;
    assert_eq!(rows.len(), 1, "every version of it is destroyed");
    assert!(matches!(app.service.delete_entry(&session, gone).await, Err(Error::NotFound)));
    let again = app.service.save_entry(&session, save(Some(gone), Kind::Skill, skill("x"))).await;
    assert!(matches!(again, Err(Error::NotFound)), "a second tab cannot write what the first deleted");
});

on_both!(a_sensitive_entry_is_never_added_without_its_own_tick, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let service = &app.service;
    let first = app.add(&session, Kind::Needs, need("tyst rum")).await;
    let alone = service.give(&session, &app.choice(unit.id, &[Section::P12])).await;
    assert!(matches!(alone, Err(Error::NothingChosen)), "a section of sensitive entries is nothing by itself");
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07, Section::P12]).await;
    let id = given.terms.consent;
    let has_need = async || read(app, &staff, id).await.iter().any(|e| e.entry.kind == Kind::Needs);
    assert!(!has_need().await);
    app.add(&session, Kind::Needs, need("hörslinga")).await;
    service.save_entry(&session, save(Some(first), Kind::Needs, need("tyst rum, fönster"))).await.unwrap();
    assert!(!has_need().await);
    let ticked = Save { let_in: [id].into(), ..save(Some(first), Kind::Needs, need("tyst rum, fönster")) };
    service.save_entry(&session, ticked).await.unwrap();
    let entries = read(app, &staff, id).await;
    let needs: Vec<_> = entries.iter().filter(|e| e.entry.kind == Kind::Needs).map(|e| &e.entry.fields).collect();
    assert_eq!(needs, [&need("tyst rum, fönster")]);
});

on_both!(nothing_above_the_ceiling_comes_in_by_a_tick_on_an_entry, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("employer_apply").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let mut choice = app.choice(unit.id, &[Section::P07]);
    choice.purpose = "recruitment".to_owned();
    let given = app.service.give(&session, &choice).await.unwrap();
    let id = given.terms.consent;
    let ticked = Save { let_in: [id].into(), ..save(None, Kind::Needs, need("tyst rum")) };
    let saved = app.service.save_entry(&session, ticked).await;
    assert!(matches!(saved, Err(Error::Refused(Refused { why: Why::AboveCeiling, .. }))), "{saved:?}");
    assert_eq!(read(app, &staff, id).await.len(), 1);
    assert_eq!(app.service.profile(&session).await.unwrap().entries.len(), 1, "nothing is kept of a refused save");
});

on_both!(two_recipients_cannot_join_what_they_hold, |app| {
    let (amina, one) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    let two = app.unit_named("municipal_labour", "Arbetsmarknad", "Bo Berg").await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let (a, b) = (app.give(&session, one.id, &[Section::P07]).await, app.give(&session, two.id, &[Section::P07]).await);
    let (of_one, of_two) = (one.administrator.session(app).await, two.administrator.session(app).await);
    let (first, second) = (read(app, &of_one, a.terms.consent).await, read(app, &of_two, b.terms.consent).await);
    assert_ne!(first[0].alias, second[0].alias);
    assert_ne!(a.code, b.code);
    let foreign = app.service.read_by_staff(&of_one, b.terms.consent).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "another unit's consent is no consent");
});

on_both!(whoever_says_that_they_are_protected_takes_their_home_back_at_once, |app| {
    use egenkarta::domain::profile::Value;
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    app.add(&session, Kind::Home, fields([("municipality", text("Jönköping"))])).await;
    app.add(&session, Kind::PreferredName, fields([("name", text("Amina"))])).await;
    let id = app.give(&session, unit.id, &[Section::P01]).await.terms.consent;
    let kinds = async || read(app, &staff, id).await.iter().map(|e| e.entry.kind).collect::<BTreeSet<_>>();
    assert_eq!(kinds().await, [Kind::Home, Kind::PreferredName].into());
    app.add(&session, Kind::ProtectedIdentity, fields([("protected", Value::Flag(true))])).await;
    assert_eq!(kinds().await, [Kind::PreferredName].into());
});
