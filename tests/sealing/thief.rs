//! Whoever takes the whole data folder, the server's own keys and the logs reads nothing of what people typed, and opens nothing.

use std::collections::{HashMap, HashSet};

use aho_corasick::AhoCorasick;
use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use egenkarta::crypto::bundle::{ConsentSecret, LogKey};
use egenkarta::crypto::entry::{self, EntryKey};
use egenkarta::crypto::event::{self, EventPlace};
use egenkarta::crypto::manifest::Manifest;
use egenkarta::crypto::secret::Secret;
use egenkarta::crypto::slot::{SlotKey, SlotKind, SlotPlace};
use egenkarta::crypto::{Ad, Keyring, Label, Padding};
use egenkarta::domain::profile::Kind as Profile;
use egenkarta::domain::{ConsentId, EntryId, OwnerId, Timestamp, VersionId};
use egenkarta::store::login;
use uuid::Uuid;

use super::scene::{Scene, TYPED};
use super::search::Search;
use crate::support::actor::Actor;
use crate::support::dir::Dir;
use crate::support::http::{Answer, Http};
use crate::support::raw::{self, Cell, Row, columns, rows};
use crate::support::{Kind, Log, TestApp, on_both, run_logged};

/// The folder with database, write-ahead log, ended list and keys; and, where the database is elsewhere, all that its tables hold.
async fn loot(app: &TestApp) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = app.dir.files().into_iter().map(|(path, bytes)| (path.display().to_string(), bytes)).collect();
    for (table, column, cell) in cells(app).await {
        match cell {
            Cell::Bytes(bytes) => all.push((format!("{table}.{column}"), bytes)),
            Cell::Text(text) => all.push((format!("{table}.{column}"), text.into_bytes())),
            Cell::Null | Cell::Number(_) => {}
        }
    }
    all
}

async fn cells(app: &TestApp) -> Vec<(String, String, Cell)> {
    let tables: HashSet<String> = columns(&app.service.db).await.into_iter().map(|info| info.table).collect();
    let mut all = Vec::new();
    for table in tables {
        for row in rows(&app.service.db, &table).await {
            all.extend(row.into_iter().map(|(column, cell)| (table.clone(), column, cell)));
        }
    }
    all
}

/// The files of a backup, and what stands in PostgreSQL's packed one.
fn opened(backup: &Dir) -> Vec<(String, Vec<u8>)> {
    let (mut all, mut packed) = (Vec::new(), Vec::new());
    for (path, bytes) in backup.files() {
        if bytes.starts_with(b"PGDMP") {
            packed.push(path.clone());
        }
        all.push((path.display().to_string(), bytes));
    }
    for path in packed {
        let unpacked = std::process::Command::new("pg_restore").arg("--file=-").arg(&path).output().unwrap();
        assert!(unpacked.status.success() && !unpacked.stdout.is_empty(), "{}", String::from_utf8_lossy(&unpacked.stderr));
        all.push((format!("{}, unpacked", path.display()), unpacked.stdout));
    }
    all
}

/// What else lies about: a backup as the operator makes it, the settings, and the metrics that a monitor has fetched.
async fn beside(app: &TestApp, http: &Http) -> Vec<(String, Vec<u8>)> {
    let to = Dir::new();
    app.service.back_up(to.path(), &app.config.database(), false).await.unwrap();
    let mut all: Vec<_> = opened(&to).into_iter().map(|(path, bytes)| (format!("the backup's {path}"), bytes)).collect();
    assert!(all.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > 50_000, "a backup that holds what the tables do");
    let (config, keys) = (&app.config, app.config.keys_folder());
    let settings = [config.database(), config.base.url("/"), config.participants_issuer.clone(), keys.display().to_string()];
    all.push(("the settings".to_owned(), settings.join("\n").into_bytes()));
    let metrics = http.get(&Actor::Anonymous, "/metrics").await;
    assert!(
        metrics.text().contains("egenkarta_request_seconds") && metrics.text().contains("/map/{section}"),
        "{}",
        metrics.text()
    );
    all.push(("the metrics".to_owned(), metrics.body));
    all
}

/// Pages looked at, forms sent and tries that fail: the most talkative paths.
async fn make_noise(app: &TestApp, http: &Http, scene: &Scene) {
    let person = Actor::Participant(scene.amina.cookie(app).await);
    let staff = Actor::Staff(scene.unit.administrator.cookie(app).await);
    for path in ["/", "/map", "/map/p07", "/sharing", "/events", "/keys", "/nowhere"] {
        http.get(&person, path).await;
    }
    for path in ["/staff/inbox", "/staff/unit"] {
        http.get(&staff, path).await;
    }
    let typed = [("q", "svetsning-av-sjunkna-klockor"), ("typed", "svetsning-av-sjunkna-klockor"), ("kind", "skill")];
    http.post(&person, "/taxonomy/search", &typed).await;
    http.post(&person, "/keys/unlock", &[("passphrase", "en egen fras for ingen")]).await;
    http.get(&Actor::Token(scene.token.clone()), "/api/v1/profile").await;
    let closed = scene.amina.closed_session(app).await;
    assert!(app.service.unlock(&closed, "en egen fras for nagon annan").await.is_err());
    app.service.withdraw(&closed, scene.second.terms.consent).await.unwrap();
    assert!(app.service.read_by_token(&scene.other_token, None).await.is_err());
    app.record_denials().await;
    app.service.sequence_log().await.unwrap();
}

fn nothing_typed_is_found(kind: Kind) {
    let log = Log::default();
    run_logged(kind, &log.clone(), async move |app: &TestApp| {
        let scene = Scene::new(app).await;
        let http = Http::measured(app);
        make_noise(app, &http, &scene).await;
        let mut taken = loot(app).await;
        taken.extend(beside(app, &http).await);
        assert!(!log.bytes().is_empty(), "nothing was logged: the search would prove nothing");
        taken.push(("the logs".to_owned(), log.bytes()));
        let (typed, secrets) = (Search::of(TYPED), secrets(app, &scene).await);
        let presented = AhoCorasick::new(secrets.iter().map(|(_, secret)| secret)).unwrap();
        for (place, bytes) in &taken {
            assert_eq!(typed.find(bytes), [], "{place}");
            let secret = presented.find(bytes).map(|found| secrets[found.pattern().as_usize()].0);
            assert_eq!(secret, None, "stands in {place}");
        }
        // The same search finds what is stored in clear, so that silence means something.
        let clear = br#"{"kind":"skill","fields":{"skill":"svetsning-av-sjunkna-klockor","employer":"Bl\u00e5b\u00e4rsgr\u00f6tens \u00c4ventyrsbyr\u00e5"}}"#.to_vec();
        let mut tx = app.service.db.write().await.unwrap();
        login::insert(&mut tx, [9; 32], clear, app.service.now()).await.unwrap();
        tx.commit().await.unwrap();
        let found = |places: &[(String, Vec<u8>)]| places.iter().filter(|(_, bytes)| typed.find(bytes).len() == 2).count();
        assert!(
            found(&loot(app).await) >= if kind == Kind::Sqlite { 2 } else { 1 },
            "the row, and on SQLite the file that holds it"
        );
        tracing::info!("typed: {}", TYPED[0]);
        assert_eq!(typed.find(&log.bytes()), [(TYPED[0], "plain")]);
        // Last, since this statement of the test's own may be logged with what it holds.
        assert_eq!(one_in_clear(app, &scene, &typed).await, ["svetsning-av-sjunkna-klockor"], "an entry that is not sealed");
    });
}

/// What is found where an entry stands as it was typed: in the tables, and in a backup made of them.
async fn one_in_clear<'s>(app: &TestApp, scene: &Scene, typed: &'s Search) -> Vec<&'s str> {
    let session = scene.amina.session(app).await;
    let profile = app.service.profile(&session).await.unwrap();
    let held = profile.of_kind(Profile::Skill).next().unwrap();
    let clear = serde_json::to_vec(&held.entry).unwrap();
    let row = [("version", &Cell::id(held.version.0))];
    raw::set(&app.service.db, "entry_version", &row, "sealed", &Cell::Bytes(clear)).await;
    let to = Dir::new();
    app.service.back_up(to.path(), &app.config.database(), false).await.unwrap();
    assert!(opened(&to).iter().any(|(_, bytes)| !typed.find(bytes).is_empty()), "the backup holds it too");
    let row = cells(app).await.into_iter().filter(|(table, column, _)| table == "entry_version" && column == "sealed");
    row.filter_map(|(.., cell)| typed.find(cell.bytes()).first().map(|(text, _)| *text)).collect()
}

#[test]
fn nothing_typed_is_found_in_the_folder_or_the_logs_of_the_embedded_database() {
    nothing_typed_is_found(Kind::Sqlite);
}

#[test]
fn nothing_typed_is_found_in_the_tables_or_the_logs_of_a_server() {
    nothing_typed_is_found(Kind::Postgres);
}

/// Secrets as bytes and as text.
async fn secrets(app: &TestApp, scene: &Scene) -> Vec<(&'static str, Vec<u8>)> {
    let unit = app.service.member(&scene.reader.session(app).await).await.unwrap().keyring;
    let mut all = vec![("a person's root", scene.amina.keyring().encode()[7..39].to_vec())];
    all.push(("the unit's root", unit.encode()[7..39].to_vec()));
    let texts = [
        ("a token", scene.token[4..].to_owned()),
        ("a session", scene.session.text().to_string()),
        ("a login", scene.login.text().to_string()),
        ("an invite", scene.invite.text().to_string()),
        ("a link", scene.link.secret.text().to_string()),
        ("a link's proof", scene.link.secret.proof().text().to_string()),
    ];
    for (name, text) in texts {
        all.push((name, URL_SAFE_NO_PAD.decode(&text).unwrap()));
        all.push((name, text.into_bytes()));
    }
    all.push(("the code of an offer", scene.issuing.code.as_bytes().to_vec()));
    for sheet in [&scene.amina.sheet, &scene.unit.sheet] {
        all.push(("a sheet", sheet.printed().as_bytes().to_vec()));
        all.push(("a sheet", sheet.printed().replace('-', "").into_bytes()));
    }
    all
}

on_both!(equal_entries_of_two_people_share_no_run_of_bytes, |app| {
    let scene = Scene::new(app).await;
    let sealed = async |owner: OwnerId| {
        let mut runs: HashSet<Vec<u8>> = HashSet::new();
        for table in ["entry_version", "manifest", "consent", "event"] {
            for row in rows(&app.service.db, table).await.into_iter().filter(|row| row["owner"] == Cell::id(owner.0)) {
                for column in ["key", "sealed", "secret", "terms", "bundle"] {
                    if let Some(Cell::Bytes(bytes)) = row.get(column) {
                        runs.extend(bytes.windows(16).map(<[u8]>::to_vec));
                    }
                }
            }
        }
        runs
    };
    let (one, two) = (sealed(scene.amina.id).await, sealed(scene.bashir.id).await);
    assert!(one.len() > 10_000 && two.len() > 5_000);
    assert!(one.is_disjoint(&two), "both typed the same skill, for the same unit");
});

on_both!(a_service_on_the_stolen_folder_opens_nothing_with_what_lies_in_it, |app| {
    let scene = Scene::new(app).await;
    let service = app.restarted().await;
    let candidates = candidates(app).await;
    assert!(candidates.len() > 60, "{}", candidates.len());
    let owners = [scene.amina.id, scene.bashir.id, scene.unit.id.into(), scene.unit.administrator.id, scene.reader.id];
    let tables = Tables::read(app).await;
    for candidate in &candidates {
        let text = URL_SAFE_NO_PAD.encode(candidate);
        let secret = Secret::parse(&text).unwrap();
        assert!(!matches!(service.resume(&secret).await, Ok(Some(_))));
        assert!(!matches!(service.peek_login::<serde_json::Value>(&secret).await, Ok(Some(_))));
        assert!(!matches!(service.invited(&secret).await, Ok(Some(_))));
        assert!(service.read_by_token(&format!("egk_{text}"), None).await.is_err());
        tables.nothing_opens(candidate, &secret, &owners);
    }
});

// The server itself, on the stolen folder: every address that its router knows, by each method, with ids that stand in the tables.
on_both!(the_thiefs_own_server_shows_nothing_to_who_has_no_secret, |app| {
    let scene = Scene::new(app).await;
    let session = scene.amina.session(app).await;
    let before = app.service.profile(&session).await.unwrap().entries;
    let ids = [before[0].id.to_string(), scene.first.terms.consent.to_string()];
    let paths = app.http().await.paths();
    assert!(paths.len() > 120 && paths.contains("/map") && paths.contains("/api/v1/entries/{id}"), "{}: {paths:?}", paths.len());
    let mut shown = HashMap::new();
    for path in &paths {
        for id in ids.iter().take(if path.contains('{') { ids.len() } else { 1 }) {
            for answer in unasked(app, &filled(path, id), id).await {
                let broken = answer.status.is_server_error() && answer.status != StatusCode::SERVICE_UNAVAILABLE;
                assert!(!broken, "{path}: {} {}", answer.status, answer.text());
                shown.insert(format!("{:?}", answer.headers).into_bytes(), path);
                shown.insert(answer.body, path);
            }
        }
    }
    assert!(shown.len() > 60, "what anyone may see is searched too: {}", shown.len());
    let typed = Search::of(TYPED);
    for (bytes, path) in shown {
        assert_eq!(typed.find(&bytes), [], "{path}");
    }
    let after = app.service.profile(&session).await.unwrap().entries;
    assert!(before.iter().map(|held| held.version).eq(after.iter().map(|held| held.version)), "and nothing was changed by it");
});

/// What a place answers to whoever presents nothing, by each method.
async fn unasked(app: &TestApp, path: &str, id: &str) -> Vec<Answer> {
    let http = app.http().await;
    let mut answers = vec![http.get(&Actor::Anonymous, path).await];
    answers.push(http.post(&Actor::Anonymous, path, &[("consent", id), ("case", "1")]).await);
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        answers.push(http.send(&Actor::Anonymous, method, path, Some(("application/json", "{}".to_owned()))).await);
    }
    answers
}

/// A path with an id in each of its places.
fn filled(path: &str, id: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect::<Vec<_>>().join("/")
}

/// Every run of 32 bytes that a thief would try: whole cells, ends of sealed records, the server's key files.
async fn candidates(app: &TestApp) -> HashSet<[u8; 32]> {
    let mut found = HashSet::new();
    let cells = cells(app).await.into_iter().filter_map(|(_, _, cell)| match cell {
        Cell::Bytes(bytes) => Some(bytes),
        _ => None,
    });
    let keys = app.dir.files().into_iter().filter(|(path, _)| path.parent().is_some_and(|folder| folder.ends_with("keys")));
    for bytes in cells.chain(keys.map(|(_, bytes)| bytes)).filter(|bytes| bytes.len() >= 32) {
        let ends = [0, 5, 37, bytes.len() - 32];
        found.extend(
            ends.iter().filter(|at| **at + 32 <= bytes.len()).map(|at| <[u8; 32]>::try_from(&bytes[*at..at + 32]).unwrap()),
        );
    }
    found
}

struct Tables {
    slots: Vec<Row>,
    sessions: Vec<Row>,
    manifests: Vec<Row>,
    entries: Vec<Row>,
    consents: Vec<Row>,
    events: Vec<Row>,
}

fn id(row: &Row, column: &str) -> Uuid {
    Uuid::from_slice(row[column].bytes()).unwrap()
}

impl Tables {
    async fn read(app: &TestApp) -> Self {
        let db = &app.service.db;
        Self {
            slots: rows(db, "slot").await,
            sessions: rows(db, "session").await.into_iter().filter(|row| row["sealed"] != Cell::Null).take(4).collect(),
            manifests: rows(db, "manifest").await,
            entries: rows(db, "entry_version").await,
            consents: rows(db, "consent").await,
            events: rows(db, "event").await.into_iter().take(6).collect(),
        }
    }

    fn nothing_opens(&self, candidate: &[u8; 32], secret: &Secret, owners: &[OwnerId]) {
        for (table, row) in self.slots.iter().map(|row| ("slot", row)).chain(self.sessions.iter().map(|row| ("session", row))) {
            let parameters = row.get("parameters").map(|cell| cell.bytes().to_vec()).unwrap_or_default();
            for kind in SlotKind::ALL {
                let place =
                    SlotPlace { table, owner: OwnerId(id(row, "owner")), slot: id(row, "id"), kind, parameters: &parameters };
                let key = SlotKey::from_secret(secret, kind);
                assert!(Keyring::open_slot(&place, &key, row["sealed"].bytes()).is_err());
            }
        }
        for owner in owners {
            let root = [&[1, 1, 0, 0, 0, 0, 1][..], candidate].concat();
            self.keyring_opens_nothing(&Keyring::decode(*owner, &root).unwrap());
        }
        for row in &self.consents {
            let (owner, consent) = (OwnerId(id(row, "owner")), ConsentId(id(row, "id")));
            let generation = u64::try_from(row["generation"].number()).unwrap();
            let secret = ConsentSecret::from_slice(candidate).unwrap();
            assert!(secret.open_bundle(owner, consent, generation, row["bundle"].bytes()).is_err());
        }
        for row in &self.entries {
            let (owner, entry, version) = (OwnerId(id(row, "owner")), EntryId(id(row, "entry")), VersionId(id(row, "version")));
            let (sealed, key) = (row["sealed"].bytes(), EntryKey::from_slice(candidate).unwrap());
            assert!(key.open(owner, entry, version, &entry::hash(sealed), sealed).is_err());
        }
        for row in &self.events {
            let key = LogKey::from_slice(candidate).unwrap();
            assert!(event::open_as_reader(&event_place(row), &key, row["sealed"].bytes()).is_err());
        }
    }

    fn keyring_opens_nothing(&self, keyring: &Keyring) {
        for row in &self.manifests {
            let generation = u64::try_from(row["generation"].number()).unwrap();
            assert!(Manifest::open(keyring, generation, row["sealed"].bytes()).is_err());
        }
        for row in &self.consents {
            let ad = Ad::new(Label::ConsentTerms).bytes_field(b"consent").id(keyring.owner.0).id(id(row, "id"));
            assert!(keyring.unwrap(&ad, Padding::Steps, row["terms"].bytes()).is_err());
        }
        for row in &self.entries {
            let ad = entry::wrap_ad(keyring.owner, EntryId(id(row, "entry")), VersionId(id(row, "version")));
            assert!(keyring.unwrap(&ad, Padding::Fixed, row["key"].bytes()).is_err());
        }
        for row in self.events.iter().filter(|row| row["sealed"].bytes()[0] == 1) {
            assert!(event::open(&event_place(row), keyring, None, row["sealed"].bytes()).is_err());
        }
    }
}

fn event_place(row: &Row) -> EventPlace {
    let sequence = u64::try_from(row["seq"].number()).unwrap();
    EventPlace { owner: OwnerId(id(row, "owner")), stream: id(row, "stream"), sequence, at: Timestamp(row["at"].number()) }
}
