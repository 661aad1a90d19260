//! A participant's keys made anew: everything still reads, and nothing of it by what opened it before.

use egenkarta::crypto::record;
use egenkarta::domain::Timestamp;
use egenkarta::domain::event::What;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::usecase::Error;
use egenkarta::usecase::disclosure::Denied;

use crate::store::guard::shared;
use crate::support::on_both;
use crate::support::people::{save, skill};
use crate::support::raw::{Cell, rows};

on_both!(after_a_rotation_all_reads_and_no_row_is_of_the_old_generation, |app| {
    let (amina, unit, given) = shared(app).await;
    let (session, staff) = (amina.session(app).await, unit.administrator.session(app).await);
    let (service, id) = (&app.service, given.terms.consent);
    let (token, _) = service.mint(&staff, id, 7, "x").await.unwrap();
    let ended = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    service.withdraw(&session, ended).await.unwrap();
    let lines = service.events(&session, Timestamp(i64::MAX), 100).await.unwrap().len();
    let other = amina.cookie(app).await;
    assert!(matches!(service.rotate(&session, "en helt annan fras än den").await.map(drop), Err(Error::Wrong)));
    let (cookie, sheet) = service.rotate(&session, &amina.phrase).await.unwrap();
    for row in rows(&service.db, "entry_version").await {
        assert_eq!(record::generation(row["key"].bytes()).unwrap(), 2);
    }
    for row in rows(&service.db, "consent").await {
        assert_eq!([&row["secret"], &row["terms"]].map(|cell| record::generation(cell.bytes()).unwrap()), [2, 2]);
    }
    for row in rows(&service.db, "slot").await.iter().filter(|row| row["owner"] == Cell::id(amina.id.0)) {
        assert_eq!(record::generation(row["sealed"].bytes()).unwrap(), 2);
    }
    assert!(service.resume(&other).await.unwrap().is_none(), "every session from before ends");
    assert!(matches!(service.profile(&amina.session(app).await).await, Err(Error::Unopened)), "the old root opens nothing");
    let closed = amina.closed_session(app).await;
    assert!(matches!(service.unlock_by_sheet(&closed, &amina.sheet.printed()).await, Err(Error::Wrong)));
    service.unlock_by_sheet(&closed, &sheet.printed()).await.unwrap();
    let session = service.resume(&cookie).await.unwrap().unwrap();
    assert_eq!(service.profile(&session).await.unwrap().entries.len(), 1);
    assert_eq!(service.consents(&session).await.unwrap().len(), 2);
    assert_eq!(service.read_by_token(&token.text(), None).await.unwrap().entries[0].entry.fields, skill("svetsa"));
    app.add(&session, Kind::Skill, skill("sy")).await;
    assert_eq!(service.read_by_token(&token.text(), None).await.unwrap().entries.len(), 2, "and is remade by the next write");
    service.withdraw(&amina.closed_session(app).await, id).await.unwrap();
    assert!(matches!(service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    let seen = service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    assert_eq!(seen.len(), lines + 5, "old lines and new ones: rotated, read, added, read, withdrawn");
    assert!(seen.iter().any(|line| line.event.what == What::KeysRotated));
    let entry = service.profile(&session).await.unwrap().entries[0].id;
    service.save_entry(&session, save(Some(entry), Kind::Skill, skill("svetsa rostfritt"))).await.unwrap();
    let export = serde_json::to_value(service.export(&session).await.unwrap()).unwrap();
    assert!(export.to_string().contains("svetsa rostfritt"));
});
