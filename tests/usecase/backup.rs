//! Back up, end this and that, restore: nothing that ended comes back.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use egenkarta::app::config::{Config, Shared};
use egenkarta::app::{self, ENDED_LIST};
use egenkarta::domain::Clock;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::store::installation::{HeldAs, Hold};
use egenkarta::usecase::account::{Arrival, Newcomer};
use egenkarta::usecase::backup::MANIFEST;
use egenkarta::usecase::disclosure::Denied;
use egenkarta::usecase::entry::Save;
use egenkarta::usecase::unit_consent::For;
use egenkarta::usecase::{Error, Service, Session};

use crate::support::dir::Dir;
use crate::support::people::{ISSUER, Owner, save, skill};
use crate::support::{Kind as Database, TestApp, database, on_both, raw};

/// A place to restore into, with the server's keys put back.
struct Place {
    dir: Dir,
    /// Address and server, and name, of an empty PostgreSQL database.
    postgres: Option<(String, String, String)>,
}

impl Place {
    async fn new(app: &TestApp) -> Self {
        let dir = Dir::new();
        std::fs::create_dir(dir.path().join("keys")).unwrap();
        for file in std::fs::read_dir(app.dir.path().join("keys")).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), dir.path().join("keys").join(file.file_name())).unwrap();
        }
        let postgres = match app.kind {
            Database::Sqlite => None,
            Database::Postgres => {
                let server = database::server().unwrap();
                let (address, name) = database::empty(&server).await;
                Some((address, server, name))
            }
        };
        Self { dir, postgres }
    }

    fn address(&self) -> Option<String> {
        self.postgres.as_ref().map(|(address, ..)| address.clone())
    }

    /// Runs `egenkarta restore`.
    fn restore(&self, from: &Path, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_egenkarta"));
        command.arg("restore").arg("--from").arg(from).arg("--data").arg(self.dir.path()).args(more);
        if let Some(address) = self.address() {
            command.args(["--database", &address]);
        }
        command.output().unwrap()
    }

    async fn service(&self, app: &TestApp) -> Arc<Service> {
        let (data, database, base) = (Some(self.dir.path().to_owned()), self.address(), Some("http://localhost:8080".to_owned()));
        let shared = Shared { data, database, base, ..Shared::default() };
        app::build(&Config::load(&shared, "").unwrap(), &app.seams).await.unwrap().service
    }

    async fn close(self, service: Arc<Service>) {
        service.db.close().await;
        if let Some((_, server, name)) = &self.postgres {
            database::drop_database(server, name).await;
        }
    }
}

async fn session(service: &Service, owner: &Owner) -> Session {
    let secret = service.begin_session(owner.id, owner.kind, false, Some(owner.keyring())).await.unwrap();
    service.resume(&secret).await.unwrap().expect("a live session")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

on_both!(a_restore_revives_nothing_that_ended_after_the_backup, |app| {
    let unit = app.unit("af").await;
    let staff = unit.administrator.session(app).await;
    let reader = app.colleague(&unit, "Rut Reader", Role::Reader).await;
    let (withdraws, erased, keeps) = (app.participant("Vera").await, app.participant("Erik").await, app.participant("Klara").await);
    let (deletes, narrows) = (app.participant("Dana").await, app.participant("Nils").await);
    let (keeps_out, protects) = (app.participant("Ulla").await, app.participant("Petra").await);
    let mut consents = Vec::new();
    for person in [&withdraws, &erased, &keeps, &deletes, &narrows, &keeps_out, &protects] {
        let session = person.session(app).await;
        app.add(&session, Kind::Skill, skill("svetsa")).await;
        app.add(&session, Kind::Work, crate::support::people::fields([("occupation", skill_value("svetsare"))])).await;
        consents.push(app.give(&session, unit.id, &[Section::P07]).await.terms.consent);
    }
    let whole = keeps_out.session(app).await;
    let ticked_out = app.service.profile(&whole).await.unwrap().entries[0].id;
    let home = app.give(&protects.session(app).await, unit.id, &[Section::P01]).await.terms.consent;
    consents.push(home);
    let secret = app.add(&deletes.session(app).await, Kind::Skill, skill("hemlighet")).await;
    let (token, _) = app.service.mint(&staff, consents[2], 7, "systemet").await.unwrap();
    for id in &consents {
        app.service.state_case(&staff, *id, "1/26").await.unwrap();
    }
    app.service.set_receiver(&staff, "https://cases.example/events", false).await.unwrap();
    app.service.test_receiver(&staff).await.unwrap();
    let seen = app.service.unit_consents(For::Staff(&staff), 0, 50).await.unwrap();
    app.clock.forward(5 * egenkarta::domain::time::MINUTE);
    let to = Dir::new();
    app.service.back_up(to.path(), &app.config.database(), false).await.unwrap();
    app.clock.forward(5 * egenkarta::domain::time::MINUTE);

    let staff = unit.administrator.session(app).await;
    app.service.withdraw(&withdraws.session(app).await, consents[0]).await.unwrap();
    app.service.erase(&erased.session(app).await).await.unwrap();
    app.service.change_passphrase(&keeps.session(app).await, "en helt annan fras, ocksa lang").await.unwrap();
    app.service.delete_entry(&deletes.session(app).await, secret).await.unwrap();
    app.service.change(&narrows.session(app).await, consents[4], &app.choice(unit.id, &[Section::P05])).await.unwrap();
    app.service.remove_staff(&staff, reader.staff_id()).await.unwrap();
    let out = Save { keep_out: [consents[5]].into(), ..save(Some(ticked_out), Kind::Skill, skill("svetsa")) };
    app.service.save_entry(&keeps_out.session(app).await, out).await.unwrap();
    let protected = crate::support::people::fields([("protected", egenkarta::domain::profile::Value::Flag(true))]);
    app.add(&protects.session(app).await, Kind::ProtectedIdentity, protected).await;
    app.service.drop_receiver(&staff).await.unwrap();

    let place = Place::new(app).await;
    let list = app.dir.path().join(ENDED_LIST);
    let restored = place.restore(to.path(), &["--ended", &list.display().to_string()]);
    assert!(restored.status.success(), "{}", said(&restored));
    let service = place.service(app).await;
    let staff = session(&service, &unit.administrator).await;

    assert!(service.receiver(&staff).await.unwrap().1.is_none(), "nobody is told where nobody was to be told any more");
    assert!(raw::rows(&service.db, "delivery").await.is_empty(), "and nothing waits that was told, or was not to be");
    let changed = service.unit_consents(For::Staff(&staff), seen.next, 50).await.unwrap();
    let ended: Vec<_> = changed.consents.iter().filter(|row| row.consent == consents[0]).map(|row| row.state.word()).collect();
    assert_eq!(ended, ["withdrawn"], "what ended again is seen again by who asks since their last answer");
    assert!(matches!(service.read_by_staff(&staff, consents[0]).await, Err(Error::Gone)), "withdrawn");
    assert!(service.read_by_staff(&staff, consents[1]).await.is_err(), "erased");
    let again = service.arrive(ISSUER, &erased.name, Newcomer::new(false, false, None, None)).await.unwrap();
    assert!(matches!(again, Arrival::Newcomer(_)), "erased stays erased");
    assert!(service.read_by_staff(&staff, consents[2]).await.is_ok(), "what held still holds");
    assert!(matches!(service.read_by_token(&token.text(), None).await, Err(Denied::Denied)), "tokens are in no backup");
    assert!(matches!(service.read_by_staff(&staff, consents[4]).await, Err(Error::Gone)), "the wider terms are not back");
    assert!(matches!(service.read_by_staff(&staff, consents[5]).await, Err(Error::Gone)), "nor is what was ticked out");
    assert!(matches!(service.read_by_staff(&staff, home).await, Err(Error::Gone)), "nor where a protected person lives");
    assert!(service.read_by_staff(&staff, consents[6]).await.is_ok(), "a consent that held no home was not narrowed");
    assert!(service.member(&session(&service, &reader).await).await.is_err(), "who left stays out");
    let closed = service.begin_session(keeps.id, keeps.kind, false, None).await.unwrap();
    let closed = service.resume(&closed).await.unwrap().unwrap();
    assert!(matches!(service.unlock(&closed, &keeps.phrase).await, Err(Error::Wrong)), "the old passphrase");

    let own = session(&service, &deletes).await;
    let profile = service.profile(&own).await.unwrap();
    assert_eq!(profile.entries.len(), 2, "the deleted entry is gone, and the map opens");
    service.save_entry(&own, save(None, Kind::Skill, skill("löda"))).await.unwrap();
    assert_eq!(service.profile(&own).await.unwrap().entries.len(), 3);
    assert!(service.verify_log(&[]).await.unwrap().is_ok());
    place.close(service).await;
});

on_both!(without_a_newer_ended_list_a_restore_ends_every_consent_and_says_so, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    app.add(&person.session(app).await, Kind::Skill, skill("svetsa")).await;
    let consent = app.give(&person.session(app).await, unit.id, &[Section::P07]).await.terms.consent;
    let staff = unit.administrator.session(app).await;
    app.service.state_case(&staff, consent, "1/26").await.unwrap();
    let to = Dir::new();
    let older = to.path().join("older.list");
    std::fs::copy(app.dir.path().join(ENDED_LIST), &older).unwrap();
    app.service.back_up(to.path(), &app.config.database(), false).await.unwrap();
    let place = Place::new(app).await;
    let restored = place.restore(to.path(), &["--ended", &older.display().to_string()]);
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(said(&restored).contains("all 1 have been ended"), "{}", said(&restored));
    let service = place.service(app).await;
    let staff = session(&service, &unit.administrator).await;
    assert!(matches!(service.read_by_staff(&staff, consent).await, Err(Error::Gone)));
    assert_eq!(service.profile(&session(&service, &person).await).await.unwrap().entries.len(), 1);
    place.close(service).await;
});

on_both!(a_backup_holds_no_session_and_no_token_and_a_restore_refuses_what_would_lose_something, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    app.add(&person.session(app).await, Kind::Skill, skill("svetsa")).await;
    let consent = app.give(&person.session(app).await, unit.id, &[Section::P07]).await.terms.consent;
    let staff = unit.administrator.session(app).await;
    app.service.mint(&staff, consent, 7, "systemet").await.unwrap();
    let mut must_be_absent: Vec<Vec<u8>> = Vec::new();
    for (table, column) in [("session", "sealed"), ("session", "lookup"), ("token", "sealed")] {
        for row in raw::rows(&app.service.db, table).await {
            must_be_absent.extend(row.get(column).filter(|cell| **cell != raw::Cell::Null).map(|cell| cell.bytes().to_vec()));
        }
    }
    assert!(must_be_absent.len() >= 3);
    let to = Dir::new();
    let made = app.service.back_up(to.path(), &app.config.database(), false).await.unwrap();
    let bytes = std::fs::read(to.path().join(made.database.file())).unwrap();
    for secret in &must_be_absent {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret), "a session or token is in the backup");
    }
    let names: Vec<_> = std::fs::read_dir(to.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");

    let place = Place::new(app).await;
    std::fs::rename(place.dir.path().join("keys/lookup.1"), place.dir.path().join("kept")).unwrap();
    let refused = place.restore(to.path(), &[]);
    assert!(!refused.status.success() && said(&refused).contains("lookup.1"), "{}", said(&refused));
    std::fs::rename(place.dir.path().join("kept"), place.dir.path().join("keys/lookup.1")).unwrap();
    assert!(place.restore(to.path(), &[]).status.success());
    let refused = place.restore(to.path(), &[]);
    assert!(!refused.status.success() && said(&refused).contains("--force"), "{}", said(&refused));
    if let Some(address) = place.address() {
        let served = Hold::take(&address, HeldAs::Served).await.unwrap();
        let refused = place.restore(to.path(), &["--force"]);
        assert!(!refused.status.success() && said(&refused).contains("Stop it first"), "{}", said(&refused));
        drop(served);
    }
    std::fs::write(place.dir.path().join(app::DEMO_MARK), "").unwrap();
    let refused = place.restore(to.path(), &["--force"]);
    assert!(!refused.status.success() && said(&refused).contains("the demonstration's"), "{}", said(&refused));
    std::fs::remove_file(place.dir.path().join(app::DEMO_MARK)).unwrap();
    let forced = place.restore(to.path(), &["--force"]);
    assert!(forced.status.success(), "{}", said(&forced));
    let mut damaged = bytes.clone();
    damaged[bytes.len() / 2] ^= 1;
    std::fs::write(to.path().join(made.database.file()), damaged).unwrap();
    let refused = place.restore(to.path(), &["--force"]);
    assert!(!refused.status.success() && said(&refused).contains(MANIFEST), "{}", said(&refused));
    let service = place.service(app).await;
    place.close(service).await;
});

on_both!(a_restored_demonstration_bears_its_mark, |app| {
    let to = Dir::new();
    app.service.db.mark_demo(app.clock.now()).await.unwrap();
    app.service.back_up(to.path(), &app.config.database(), true).await.unwrap();
    let place = Place::new(app).await;
    let restored = place.restore(to.path(), &[]);
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(place.dir.path().join(app::DEMO_MARK).exists());
    let service = place.service(app).await;
    assert!(service.db.is_demo().await.unwrap() && service.db.is_whole().await.unwrap());
    place.close(service).await;
});

fn skill_value(text: &str) -> egenkarta::domain::profile::Value {
    egenkarta::domain::profile::Value::Concept(egenkarta::domain::profile::ConceptRef::free(text))
}
