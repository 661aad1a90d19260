//! The log shows what was altered or dropped to whoever holds an earlier checkpoint.

use egenkarta::domain::profile::Kind;
use egenkarta::log::{Checkpoint, Fault, LeafBody, LeafHash, append, erase_header, leaf_hash};
use egenkarta::usecase::Session;

use crate::support::people::{Owner, skill};
use crate::support::raw::{Cell, execute, put_back, rows, set};
use crate::support::{TestApp, on_both};

/// Amina with three lines in the log, and the checkpoint after them, as she might have kept it.
async fn logged(app: &TestApp) -> (Owner, Session, Checkpoint) {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.add(&session, Kind::Skill, skill("sy")).await;
    assert_eq!(app.service.sequence_log().await.unwrap(), 3);
    let held = checkpoint(app).await;
    (amina, session, held)
}

async fn checkpoint(app: &TestApp) -> Checkpoint {
    let (_, _, note) = app.service.newest_checkpoint().await.unwrap().unwrap();
    Checkpoint::verify(&note, app.service.signer.key()).unwrap()
}

on_both!(ones_own_lines_are_whole_and_new_ones_wait, |app| {
    let (_, session, held) = logged(app).await;
    app.add(&session, Kind::Skill, skill("laga mat")).await;
    let check = app.service.check_own(&session).await.unwrap();
    assert_eq!((check.lines, check.waiting, check.whole), (3, 1, true));
    assert_eq!(app.service.sequence_log().await.unwrap(), 1);
    assert_eq!(app.service.sequence_log().await.unwrap(), 0);
    let check = app.service.check_own(&session).await.unwrap();
    assert_eq!((check.lines, check.waiting, check.whole), (4, 0, true));
    let report = app.service.verify_log(&[held]).await.unwrap().unwrap();
    assert_eq!((report.size, report.erased, report.held), (4, 0, vec![3, 4]));
});

on_both!(an_altered_body_is_found, |app| {
    let (_, session, _) = logged(app).await;
    let row = rows(&app.service.db, "event").await.into_iter().find(|row| row["leaf"] == Cell::Number(1)).unwrap();
    let mut altered = row["sealed"].bytes().to_vec();
    *altered.last_mut().unwrap() ^= 1;
    set(&app.service.db, "event", &[("leaf", &Cell::Number(1))], "sealed", &Cell::Bytes(altered)).await;
    assert!(!app.service.check_own(&session).await.unwrap().whole);
    assert_eq!(app.service.verify_log(&[]).await.unwrap(), Err(Fault::Altered { number: 1 }));
    assert!(app.service.events(&session, egenkarta::domain::Timestamp(i64::MAX), 10).await.is_err());
});

on_both!(a_line_moved_in_time_or_number_is_found, |app| {
    let (_, session, _) = logged(app).await;
    let key = [("leaf", &Cell::Number(2))];
    set(&app.service.db, "event", &key, "at", &Cell::Number(1)).await;
    assert!(!app.service.check_own(&session).await.unwrap().whole);
    assert_eq!(app.service.verify_log(&[]).await.unwrap(), Err(Fault::Altered { number: 2 }));
});

on_both!(a_dropped_body_is_found, |app| {
    logged(app).await;
    execute(&app.service.db, "DELETE FROM event WHERE leaf = 1").await;
    assert_eq!(app.service.verify_log(&[]).await.unwrap(), Err(Fault::Missing { number: 1 }));
    execute(&app.service.db, "DELETE FROM leaf WHERE number = 1").await;
    assert_eq!(app.service.verify_log(&[]).await.unwrap(), Err(Fault::Gap { number: 1 }));
});

on_both!(a_newest_checkpoint_that_its_key_has_not_signed_is_found, |app| {
    logged(app).await;
    assert!(app.service.verify_log(&[]).await.unwrap().is_ok());
    let good = app.service.newest_checkpoint().await.unwrap().unwrap().2;
    let other = good.replace("\n3\n", "\n2\n");
    for note in ["garbage", "", &other] {
        execute(&app.service.db, &format!("UPDATE checkpoint SET note = '{note}'")).await;
        assert_eq!(app.service.verify_log(&[]).await.unwrap(), Err(Fault::Unsigned { checkpoint: 3 }), "{note}");
    }
    execute(&app.service.db, &format!("UPDATE checkpoint SET note = '{good}'")).await;
    assert!(app.service.verify_log(&[]).await.unwrap().is_ok());
});

on_both!(a_log_rebuilt_without_a_line_by_the_stolen_key_is_caught_by_an_older_checkpoint, |app| {
    let (_, session, held) = logged(app).await;
    // The manifest takes the checkpoint over with the next write.
    app.add(&session, Kind::Skill, skill("laga mat")).await;
    app.service.sequence_log().await.unwrap();
    assert!(app.service.check_own(&session).await.unwrap().whole);
    rebuild_without(app, 1).await;
    assert!(app.service.verify_log(&[]).await.unwrap().is_ok(), "by itself the forged log adds up");
    let caught = app.service.verify_log(std::slice::from_ref(&held)).await.unwrap();
    assert!(matches!(caught, Err(Fault::Rewritten { checkpoint: 3 } | Fault::Short { .. })), "{caught:?}");
    assert!(!app.service.check_own(&session).await.unwrap().whole, "the owner's own head catches it too");
    app.add(&session, Kind::Skill, skill("och en sak till")).await;
    assert!(!app.service.check_own(&session).await.unwrap().whole, "and a later write does not forget it");
});

on_both!(a_log_cut_at_its_end_is_not_forgotten_by_the_next_write, |app| {
    let (amina, session, _) = logged(app).await;
    app.add(&session, Kind::Skill, skill("laga mat")).await;
    app.service.sequence_log().await.unwrap();
    // The lines are gone with their numbers, and the stream goes on as if they had never been.
    execute(&app.service.db, "DELETE FROM event WHERE leaf >= 2").await;
    set(&app.service.db, "owner", &[("id", &Cell::id(amina.id.0))], "event_seq", &Cell::Number(2)).await;
    rebuild_without(app, 1000).await;
    assert!(app.service.verify_log(&[]).await.unwrap().is_ok(), "by itself the shorter log adds up");
    assert!(!app.service.check_own(&session).await.unwrap().whole);
    for text in ["sy", "väva", "laga cyklar"] {
        app.add(&session, Kind::Skill, skill(text)).await;
        app.service.sequence_log().await.unwrap();
        assert!(!app.service.check_own(&session).await.unwrap().whole, "{text}");
    }
});

/// What an attacker with the database and the checkpoint key can do: the line is gone, all hashes and checkpoints are made anew.
async fn rebuild_without(app: &TestApp, dropped: i64) {
    let db = &app.service.db;
    execute(db, &format!("DELETE FROM event WHERE leaf = {dropped}")).await;
    execute(db, "UPDATE event SET leaf = leaf + 1000 WHERE leaf IS NOT NULL").await;
    for table in ["leaf", "log_hash", "checkpoint"] {
        execute(db, &format!("DELETE FROM {table}")).await;
    }
    execute(db, "UPDATE event SET leaf = NULL").await;
    execute(db, "UPDATE log_state SET size = 0").await;
    app.service.sequence_log().await.unwrap();
}

on_both!(a_checkpoint_of_another_key_or_name_is_none, |app| {
    logged(app).await;
    let (_, _, note) = app.service.newest_checkpoint().await.unwrap().unwrap();
    let other = egenkarta::log::LogSigner::from_seed("localhost", &[1; 32]).unwrap();
    assert!(Checkpoint::verify(&note, other.key()).is_err());
    let row = rows(&app.service.db, "checkpoint").await.pop().unwrap();
    let mut forged = row.clone();
    forged.insert("root".to_owned(), Cell::Bytes(vec![7; 32]));
    put_back(&app.service.db, "checkpoint", &["size"], &forged).await;
    assert!(app.service.verify_log(&[]).await.unwrap().is_err());
});

/// The arithmetic that the rebuilt log above rests on: an erase leaf names numbers, and any other missing body is a fault.
#[test]
fn an_erase_leaf_excuses_only_what_it_names() {
    let body = |text: &[u8]| LeafBody::Sealed { header: b"h".to_vec(), ciphertext: text.to_vec() };
    let header = erase_header(&[0].into());
    let bodies = [LeafBody::Erased, LeafBody::Erased, LeafBody::Sealed { header: header.clone(), ciphertext: Vec::new() }];
    let hashes: Vec<LeafHash> = vec![leaf_hash(b"h", b"a"), leaf_hash(b"h", b"b"), leaf_hash(&header, &[])];
    let made = append(0, &hashes, &egenkarta::log::Stored::default()).unwrap();
    let leaf = |(n, (hash, body)): (usize, (LeafHash, LeafBody))| egenkarta::log::Leaf { number: n as u64, hash, body };
    let leaves = |bodies: [LeafBody; 3]| hashes.clone().into_iter().zip(bodies).enumerate().map(leaf).collect::<Vec<_>>();
    let held = [Checkpoint { origin: "x".to_owned(), size: 3, root: made.root }];
    assert_eq!(egenkarta::log::verify_all(leaves(bodies.clone()), &held), Err(Fault::Missing { number: 1 }));
    let [erased, _, named] = bodies;
    assert!(egenkarta::log::verify_all(leaves([erased, body(b"b"), named]), &held).is_ok());
}

on_both!(numbered_by_several_at_once_each_line_has_one_leaf, |app| {
    let (_, session, _) = logged(app).await;
    for skill_name in ["laga mat", "köra truck", "snickra", "räkna"] {
        app.add(&session, Kind::Skill, skill(skill_name)).await;
    }
    let servers: Vec<_> = (0..6)
        .map(|_| {
            let service = std::sync::Arc::clone(&app.service);
            tokio::spawn(async move { service.sequence_log().await.unwrap() })
        })
        .collect();
    let mut numbered = 0;
    for server in servers {
        numbered += server.await.unwrap();
    }
    assert_eq!(numbered, 4);
    assert_eq!(rows(&app.service.db, "leaf").await.len(), 7);
    assert_eq!(app.service.verify_log(&[]).await.unwrap().unwrap().size, 7);
});
