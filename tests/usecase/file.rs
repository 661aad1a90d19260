//! Documents: what is kept, who fetches it, and what is refused.

use egenkarta::crypto::bundle::Alias;
use egenkarta::domain::event::What;
use egenkarta::domain::profile::{Evidence, Fault, Kind, Media, Section, Value};
use egenkarta::domain::{ConsentId, EntryId, Timestamp};
use egenkarta::exchange::file::Refused;
use egenkarta::usecase::disclosure::Denied;
use egenkarta::usecase::file::{NewDocument, NotAdded};
use egenkarta::usecase::{Error, Session};

use crate::support::paper::{about, keep, pdf, png};
use crate::support::people::{Owner, TestUnit, save, skill};
use crate::support::raw::{Cell, Row, execute, put_back, rows, set};
use crate::support::{TestApp, on_both};

const KEY: &[&str] = &["owner", "entry", "version", "number"];

async fn add(app: &TestApp, session: &Session, bytes: &[u8]) -> Result<EntryId, NotAdded> {
    let new = NewDocument { lang: "sv".to_owned(), fields: about("Intyg", None), bytes: bytes.to_vec() };
    app.service.add_document(session, new).await
}

fn faults<V>(result: Result<V, Error>) -> Vec<(String, Fault)> {
    match result {
        Err(Error::Faults(faults)) => faults,
        _ => Vec::new(),
    }
}

on_both!(what_is_no_document_leaves_no_row, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    for (bytes, why) in [(&b""[..], Refused::Empty), (b"GIF89a", Refused::Unknown), (b"%PDF-1.7 x", Refused::Broken)] {
        assert!(matches!(add(app, &session, bytes).await, Err(NotAdded::File(refused)) if refused == why), "{why:?}");
    }
    let bare = app.service.save_entry(&session, save(None, Kind::Document, about("Intyg", None))).await;
    assert_eq!(faults(bare), [("file".to_owned(), Fault::Missing)], "a document is its file");
    let elsewhere = NewDocument { lang: "sv".to_owned(), fields: about("x", Some(EntryId(uuid::Uuid::nil()))), bytes: png() };
    match app.service.add_document(&session, elsewhere).await {
        Err(NotAdded::Error(error)) => assert_eq!(faults::<()>(Err(error)), [("attached_to".to_owned(), Fault::NotAChoice)]),
        other => panic!("{other:?}"),
    }
    assert!(matches!(add(app, &amina.closed_session(app).await, &png()).await, Err(NotAdded::Error(_))));
    assert!(rows(&app.service.db, "file_chunk").await.is_empty() && rows(&app.service.db, "entry_version").await.is_empty());
});

on_both!(no_more_than_the_room_that_one_has_is_kept, |app| {
    let session = app.participant("Amina").await.session(app).await;
    add(app, &session, &png()).await.unwrap();
    let (db, used) = (&app.service.db, app.service.files_used(&session).await.unwrap());
    let mebi = if db.is_sqlite() { "zeroblob(1048576)" } else { "decode(repeat('00', 1048576), 'hex')" };
    for number in 1..100 {
        execute(
            db,
            &format!("INSERT INTO file_chunk SELECT owner, entry, version, {number}, {mebi} FROM file_chunk WHERE number = 0"),
        )
        .await;
    }
    assert_eq!(app.service.files_used(&session).await.unwrap(), used + 99 * 1024 * 1024);
    for _ in 0..15 {
        if let Err(NotAdded::Error(error)) = add(app, &session, &png()).await {
            assert_eq!(faults::<()>(Err(error)), [("file".to_owned(), Fault::NoRoom)]);
            assert!(app.service.files_used(&session).await.unwrap() <= 100 << 20);
            return;
        }
    }
    panic!("there was room for ever");
});

/// Amina's document beside her skill, and two consents: one names it, one does not.
struct Shared {
    amina: Owner,
    unit: TestUnit,
    skill: EntryId,
    document: EntryId,
    naming: ConsentId,
    other: ConsentId,
}

async fn shared(app: &TestApp) -> Shared {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = amina.session(app).await;
    let skill = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let document = keep(app, &session, "Intyg", Some(skill), pdf("Svetsprov", "Hemliga Författaren")).await;
    let mut choice = app.choice(unit.id, &[Section::P07]);
    choice.entries = [document].into();
    let naming = app.service.give(&session, &choice).await.unwrap().terms.consent;
    let other = app.give(&session, unit.id, &[Section::P07, Section::P20]).await.terms.consent;
    Shared { amina, unit, skill, document, naming, other }
}

/// By what name the consent calls the document.
async fn alias(app: &TestApp, staff: &Session, consent: ConsentId) -> Option<Alias> {
    let read = crate::usecase::scope::read(app, staff, consent).await;
    read.iter().find(|held| held.entry.kind == Kind::Document).map(|held| held.alias)
}

on_both!(the_consent_that_names_a_document_fetches_it_and_no_other_does, |app| {
    let shared = shared(app).await;
    let (session, staff) = (shared.amina.session(app).await, shared.unit.administrator.session(app).await);
    assert_eq!(alias(app, &staff, shared.other).await, None, "a whole section brings no document");
    let named = alias(app, &staff, shared.naming).await.expect("it is named");
    let own = app.service.own_file(&session, shared.document).await.unwrap();
    assert!(own.media == Media::Pdf && own.bytes.len() > 100_000 && own.title == "Intyg");
    assert!(own.bytes.windows(9).any(|nine| nine == b"Svetsprov") && !own.bytes.windows(8).any(|eight| eight == b"Hemliga "));

    let token = async |consent| app.service.mint(&staff, consent, 7, "systemet").await.unwrap().0.text().as_str().to_owned();
    let (right, wrong) = (token(shared.naming).await, token(shared.other).await);
    for (consent, token, alias) in [(shared.other, &wrong, named), (shared.naming, &right, [7; 16])] {
        assert!(matches!(app.service.file_by_staff(&staff, consent, alias).await, Err(Error::NotFound)));
        assert!(matches!(app.service.file_by_token(token, None, alias).await, Err(Denied::Denied)));
    }
    let skill_alias =
        crate::usecase::scope::read(app, &staff, shared.naming).await.into_iter().find(|held| held.entry.kind == Kind::Skill);
    assert!(matches!(app.service.file_by_staff(&staff, shared.naming, skill_alias.unwrap().alias).await, Err(Error::NotFound)));

    let by_staff = app.service.file_by_staff(&staff, shared.naming, named).await.unwrap();
    let by_token = app.service.file_by_token(&right, None, named).await.unwrap();
    assert!(*by_staff.bytes == *own.bytes && *by_token.bytes == *own.bytes);
    let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    let fetched: Vec<_> = seen.iter().filter(|line| line.event.what == What::FileFetched).collect();
    assert_eq!(fetched.len(), 2, "each fetch is an event, and no refused one is");
    assert!(fetched.iter().all(|line| line.event.sections == [Section::P20] && line.event.entries == 1));

    app.service.withdraw(&session, shared.naming).await.unwrap();
    assert!(app.service.file_by_staff(&staff, shared.naming, named).await.is_err());
    assert!(matches!(app.service.file_by_token(&right, None, named).await, Err(Denied::Denied)));
});

on_both!(a_reader_gets_neither_key_nor_anothers_id_and_it_stays_ones_own_word, |app| {
    let shared = shared(app).await;
    let staff = shared.unit.administrator.session(app).await;
    let read = crate::usecase::scope::read(app, &staff, shared.naming).await;
    let find = |kind| read.iter().find(|held| held.entry.kind == kind).unwrap();
    let (document, skill) = (find(Kind::Document), find(Kind::Skill));
    assert_eq!(document.entry.evidence, Evidence::E1);
    assert_eq!(document.entry.fields["attached_to"], Value::Text(hex::encode(skill.alias)));
    assert_eq!(document.entry.fields["pages"], Value::Number(1));
    let told = serde_json::to_string(&document.entry).unwrap();
    assert!(
        !told.contains("\"key\"") && !told.contains(&shared.skill.to_string()) && !told.contains(&shared.document.to_string()),
        "{told}"
    );

    let session = shared.amina.session(app).await;
    let mut choice = app.choice(shared.unit.id, &[Section::P05]);
    choice.entries = [shared.document].into();
    let alone = app.service.give(&session, &choice).await.unwrap().terms.consent;
    let read = crate::usecase::scope::read(app, &staff, alone).await;
    assert!(read.len() == 1 && !read[0].entry.fields.contains_key("attached_to"), "what is not in scope is not named");
    let export = serde_json::to_string(&app.service.export(&session).await.unwrap()).unwrap();
    assert!(export.contains("sha256") && !export.contains("\"key\""));
});

on_both!(a_document_keeps_its_file_through_changes_and_loses_it_when_deleted, |app| {
    let shared = shared(app).await;
    let session = shared.amina.session(app).await;
    let before = app.service.own_file(&session, shared.document).await.unwrap();
    app.service.confirm_entry(&session, shared.document).await.unwrap();
    app.service.delete_entry(&session, shared.skill).await.unwrap();
    // What it stood beside is gone: it is no longer named, and the change goes through.
    let renamed = save(Some(shared.document), Kind::Document, about("Betyg", Some(shared.skill)));
    app.service.save_entry(&session, renamed).await.unwrap();
    let after = app.service.own_file(&session, shared.document).await.unwrap();
    assert!(*after.bytes == *before.bytes && after.title == "Betyg");
    let staff = shared.unit.administrator.session(app).await;
    let named = alias(app, &staff, shared.naming).await.expect("still named");
    assert!(app.service.file_by_staff(&staff, shared.naming, named).await.is_ok(), "by its new version's key too");
    app.service.delete_entry(&session, shared.document).await.unwrap();
    assert!(rows(&app.service.db, "file_chunk").await.is_empty());
    assert!(matches!(app.service.own_file(&session, shared.document).await, Err(Error::NotFound)));
    keep(app, &session, "Nytt", None, png()).await;
    app.service.erase(&session).await.unwrap();
    assert!(rows(&app.service.db, "file_chunk").await.is_empty(), "erased with all else");
});

on_both!(a_chunk_swapped_dropped_doubled_or_put_back_is_refused, |app| {
    let shared = shared(app).await;
    let (session, db) = (shared.amina.session(app).await, &app.service.db);
    let another = keep(app, &session, "Annat", None, pdf("Annat prov", "x")).await;
    let all = rows(db, "file_chunk").await;
    let of = |id: EntryId, number: i64| {
        all.iter().find(|row| row["entry"] == Cell::id(id.0) && row["number"] == Cell::Number(number)).expect("a chunk")
    };
    let (first, second, theirs) = (of(shared.document, 0), of(shared.document, 1), of(another, 0));
    let refused = async || matches!(app.service.own_file(&session, shared.document).await, Err(Error::Unopened));
    assert!(!refused().await);
    for (what, cell) in [("swapped", &second["sealed"]), ("another file's", &theirs["sealed"])] {
        set(db, "file_chunk", &key(first), "sealed", cell).await;
        assert!(refused().await, "{what}");
        put_back(db, "file_chunk", KEY, first).await;
    }
    // The file that was there before, put back whole under its own version.
    app.service.delete_entry(&session, another).await.unwrap();
    let again = keep(app, &session, "Annat", None, pdf("Annat prov", "x")).await;
    let mine = rows(db, "file_chunk").await;
    let newer = mine.iter().find(|row| row["entry"] == Cell::id(again.0) && row["number"] == Cell::Number(0)).unwrap();
    set(db, "file_chunk", &key(newer), "sealed", &theirs["sealed"]).await;
    assert!(matches!(app.service.own_file(&session, again).await, Err(Error::Unopened)), "put back");
    let last =
        all.iter().filter(|row| row["entry"] == Cell::id(shared.document.0)).max_by_key(|row| row["number"].number()).unwrap();
    let number = last["number"].number();
    set(db, "file_chunk", &key(last), "number", &Cell::Number(number + 1)).await;
    assert!(refused().await, "the last is missing");
    let staff = shared.unit.administrator.session(app).await;
    let named = alias(app, &staff, shared.naming).await.unwrap();
    assert!(matches!(app.service.file_by_staff(&staff, shared.naming, named).await, Err(Error::Unopened)));
});

fn key(row: &Row) -> Vec<(&'static str, &Cell)> {
    KEY.iter().map(|name| (*name, &row[*name])).collect()
}
