//! Map, share, read, see, withdraw.

use egenkarta::domain::Timestamp;
use egenkarta::domain::consent::State;
use egenkarta::domain::event::{What, Who};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::usecase::Error;
use egenkarta::usecase::disclosure::Denied;

use crate::support::on_both;
use crate::support::people::skill;

on_both!(what_is_shared_is_read_and_seen_and_after_withdrawal_denied, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let service = &app.service;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let id = given.terms.consent;

    let inbox = service.inbox(&staff, None).await.unwrap().received;
    assert_eq!(inbox.iter().map(|row| (row.consent, &row.code)).collect::<Vec<_>>(), [(id, &given.code)]);
    assert!(matches!(service.read_by_staff(&staff, id).await, Err(Error::Faults(_))), "no case, no read");
    service.state_case(&staff, id, "Ä 12/26").await.unwrap();
    let (token, _) = service.mint(&staff, id, 7, "ärendesystemet").await.unwrap();
    let (_, by_staff) = service.read_by_staff(&staff, id).await.unwrap();
    let by_token = service.read_by_token(&token.text(), None).await.unwrap();
    assert_eq!(by_staff.entries.len(), 1);
    assert_eq!(by_staff.entries[0].entry.fields, skill("svetsa"));
    assert_eq!(by_token.entries[0].entry, by_staff.entries[0].entry);

    let seen = service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    let reads: Vec<&Who> = seen.iter().filter(|line| line.event.what == What::Read).map(|line| &line.event.who).collect();
    assert!(reads.contains(&&Who::Staff { name: "Adina Admin".to_owned() }), "{reads:?}");
    assert!(reads.contains(&&Who::Token { label: "ärendesystemet".to_owned(), by: "Adina Admin".to_owned() }), "{reads:?}");
    assert!(seen.iter().any(|line| line.event.case.as_deref() == Some("Ä 12/26")));

    service.withdraw(&amina.closed_session(app).await, id).await.unwrap();
    assert!(matches!(service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    assert!(matches!(service.read_by_staff(&staff, id).await, Err(Error::Gone)));
    let inbox = service.inbox(&staff, None).await.unwrap().received;
    assert!(matches!(inbox[0].state, State::Withdrawn { .. }));
    assert!(app.record_denials().await >= 1);
    let seen = service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    assert!(seen.iter().any(|line| line.event.what == What::ConsentWithdrawn));
    assert!(seen.iter().any(|line| line.event.what == What::Denied && line.event.count == 2 - 1));
});

on_both!(the_map_is_written_after_a_withdrawal_as_before, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    let first = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    // Without an opened keyring the manifest cannot be told, and still names the consent.
    app.service.withdraw(&amina.closed_session(app).await, given.terms.consent).await.unwrap();
    let second = app.add(&session, Kind::Skill, skill("löda")).await;
    app.service.confirm_entry(&session, first).await.unwrap();
    app.service.delete_entry(&session, second).await.unwrap();
    let profile = app.service.profile(&session).await.unwrap();
    assert_eq!(profile.entries.len(), 1);
    assert!(profile.manifest.consents.is_empty(), "the next write tells the manifest");
});
