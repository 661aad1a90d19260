//! Each sealed column changed, cut, or filled with another row's: what reads it denies or faults.

use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::crypto::{Label, Secret};
use egenkarta::domain::Timestamp;
use egenkarta::domain::profile::Kind;
use egenkarta::usecase::account::Newcomer;
use egenkarta::usecase::disclosure::Denied;

use super::columns::classes;
use super::scene::Scene;
use crate::support::people::program;
use crate::support::raw::{Cell, Row, put_back, rows, set};
use crate::support::{TestApp, on_both};

/// What reads a column. True where it was refused.
#[derive(Clone, Copy, Debug)]
enum Use {
    Unlock,
    Sheet,
    Resume,
    Login,
    Profile,
    Consents,
    Token,
    Tokens,
    /// A read by the narrower token.
    Narrower,
    Colleagues,
    /// By a member whose unit keyring is still as it was sent.
    ReadersInbox,
    Inbox,
    Events,
    Invite,
    Request,
    Answer,
    Card,
    Link,
    /// Something is signed.
    Sign,
    Issued,
    Waiting,
    Batch,
    Codes,
    Offer,
    /// Of the owner, who fetches the one document.
    File,
    /// Of the owner, who takes a proof out.
    Whole,
    Showings,
    /// By whoever has the code.
    Shown,
}

/// Table, its key, column, which rows, and what reads them.
type Case = (&'static str, &'static [&'static str], &'static str, fn(&Scene, &Row) -> bool, Use);

fn is(row: &Row, column: &str, id: uuid::Uuid) -> bool {
    row[column] == Cell::id(id)
}

const CASES: &[Case] = &[
    ("slot", &["owner", "id"], "sealed", |s, r| is(r, "owner", s.amina.id.0) && kind(r, "passphrase"), Use::Unlock),
    ("slot", &["owner", "id"], "sealed", |s, r| is(r, "owner", s.amina.id.0) && kind(r, "recovery"), Use::Sheet),
    ("session", &["lookup"], "sealed", |s, r| r["lookup"].bytes() == lookup(s), Use::Resume),
    ("session", &["lookup"], "fields", |s, r| r["lookup"].bytes() == lookup(s), Use::Resume),
    ("login", &["lookup"], "sealed", |s, r| r["lookup"].bytes() == login_lookup(s), Use::Login),
    ("manifest", &["owner"], "sealed", |s, r| is(r, "owner", s.amina.id.0), Use::Profile),
    ("entry_version", &["owner", "version"], "key", |s, r| is(r, "owner", s.bashir.id.0), Use::Profile),
    ("entry_version", &["owner", "version"], "sealed", |s, r| is(r, "owner", s.bashir.id.0), Use::Profile),
    ("file_chunk", &["owner", "entry", "version", "number"], "sealed", |_, r| r["number"] == Cell::Number(1), Use::File),
    ("consent", &["owner", "id"], "secret", |s, r| is(r, "id", s.first.terms.consent.0), Use::Consents),
    ("consent", &["owner", "id"], "terms", |s, r| is(r, "id", s.first.terms.consent.0), Use::Consents),
    ("consent", &["owner", "id"], "bundle", |s, r| is(r, "id", s.first.terms.consent.0), Use::Token),
    ("token", &["lookup"], "sealed", |s, r| r["lookup"].bytes() == token_lookup(s), Use::Token),
    ("token", &["lookup"], "label", |s, r| r["lookup"].bytes() == token_lookup(s), Use::Token),
    ("token", &["lookup"], "label", |s, r| r["lookup"].bytes() == token_lookup(s), Use::Tokens),
    ("token", &["lookup"], "sealed", |s, r| r["lookup"].bytes() == narrower_lookup(s), Use::Narrower),
    ("child", &["owner", "consent", "token"], "bundle", |_, _| true, Use::Narrower),
    ("staff", &["unit", "id"], "name", |s, r| is(r, "id", s.reader.id.0), Use::Colleagues),
    ("staff", &["unit", "id"], "root", |s, r| is(r, "id", s.unit.administrator.id.0), Use::Colleagues),
    ("staff", &["unit", "id"], "root", |s, r| is(r, "id", s.reader.id.0), Use::ReadersInbox),
    ("link", &["id"], "versions", |s, r| is(r, "id", s.link.id), Use::Link),
    ("invite", &["lookup"], "sealed", |_, _| true, Use::Invite),
    ("invite", &["lookup"], "name", |_, _| true, Use::Colleagues),
    ("inbox", &["unit", "consent"], "secret", |s, r| is(r, "consent", s.first.terms.consent.0), Use::Inbox),
    ("inbox", &["unit", "consent"], "record", |s, r| is(r, "consent", s.first.terms.consent.0), Use::Inbox),
    ("inbox", &["unit", "consent"], "label", |s, r| is(r, "consent", s.first.terms.consent.0), Use::Inbox),
    ("event", &["owner", "stream", "seq"], "sealed", |s, r| is(r, "stream", s.first.terms.consent.0), Use::Events),
    ("event", &["owner", "stream", "seq"], "sealed", |s, r| is(r, "stream", s.amina.id.0), Use::Events),
    ("request", &["lookup"], "sealed", |s, r| r["lookup"].bytes() == request_lookup(s), Use::Request),
    ("request", &["lookup"], "answer", |s, r| r["taker"] == Cell::Bytes(taker(s)), Use::Answer),
    ("card", &["lookup"], "sealed", |s, r| r["lookup"].bytes() == card_lookup(s), Use::Card),
    ("issuing_key", &["unit", "kid"], "sealed", |_, _| true, Use::Sign),
    ("issued", &["unit", "id"], "sealed", |s, r| is(r, "id", s.issuing.issued), Use::Issued),
    ("assessment", &["unit", "id"], "sealed", |_, _| true, Use::Waiting),
    ("batch", &["unit", "id"], "sealed", |s, r| is(r, "id", s.issuing.file), Use::Batch),
    ("batch", &["unit", "id"], "secret", |s, r| is(r, "id", s.issuing.file), Use::Codes),
    ("offer", &["lookup"], "sealed", |s, r| is(r, "issued", s.issuing.issued), Use::Offer),
    ("held", &["owner", "entry"], "sealed", |s, r| is(r, "entry", s.proven.0), Use::Whole),
    ("showing", &["lookup"], "sealed", |_, _| true, Use::Shown),
    ("showing", &["lookup"], "secret", |_, _| true, Use::Showings),
];

fn kind(row: &Row, kind: &str) -> bool {
    row["kind"] == Cell::Text(kind.to_owned())
}

fn lookup(scene: &Scene) -> [u8; 32] {
    scene.session.lookup(egenkarta::crypto::Label::SessionLookup).0
}

fn login_lookup(scene: &Scene) -> [u8; 32] {
    scene.login.lookup(egenkarta::crypto::Label::LoginLookup).0
}

fn token_lookup(scene: &Scene) -> [u8; 32] {
    egenkarta::crypto::token::TokenSecret::parse(&scene.token).unwrap().lookup().0
}

fn request_lookup(scene: &Scene) -> [u8; 32] {
    Secret::parse(&scene.pushed).unwrap().lookup(Label::RequestLookup).0
}

fn taker(scene: &Scene) -> Vec<u8> {
    Secret::parse(&scene.device[4..]).unwrap().lookup(Label::DeviceCodeLookup).0.to_vec()
}

fn card_lookup(scene: &Scene) -> [u8; 32] {
    RecoveryCode::parse(&scene.card).unwrap().lookup().0
}

fn narrower_lookup(scene: &Scene) -> [u8; 32] {
    egenkarta::crypto::token::TokenSecret::parse(&scene.narrower).unwrap().lookup().0
}

/// Whether this use is refused now.
async fn refused(app: &TestApp, scene: &Scene, what: Use, owner: &Cell) -> bool {
    let service = &app.service;
    let person = if *owner == Cell::id(scene.bashir.id.0) { &scene.bashir } else { &scene.amina };
    match what {
        Use::Unlock => service.unlock(&person.closed_session(app).await, &person.phrase).await.is_err(),
        Use::Sheet => service.unlock_by_sheet(&person.closed_session(app).await, &person.sheet.printed()).await.is_err(),
        Use::Resume => service.resume(&scene.session).await.is_err(),
        Use::Login => !matches!(service.peek_login::<Newcomer>(&scene.login).await, Ok(Some(_))),
        Use::Profile => service.profile(&person.session(app).await).await.is_err(),
        Use::Consents => service.consents(&person.session(app).await).await.is_err(),
        Use::Token => match service.read_by_token(&scene.token, None).await {
            Ok(_) => false,
            Err(Denied::Denied) => true,
            Err(Denied::Fault(error)) => panic!("{error}"),
        },
        Use::Narrower => app.reads(&scene.program, &scene.narrower).await.is_none(),
        Use::Tokens => service.tokens(&scene.unit.administrator.session(app).await).await.is_err(),
        Use::Colleagues => {
            !service.colleagues(&scene.unit.administrator.session(app).await).await.is_ok_and(|(_, colleagues, open)| {
                colleagues.iter().map(|one| &one.name).chain(open.iter().map(|one| &one.name)).all(|name| !name.is_empty())
            })
        }
        Use::ReadersInbox => !service.inbox(&scene.reader.session(app).await, None).await.is_ok_and(|held| held.unreadable == 0),
        Use::Inbox => {
            !service.inbox(&scene.unit.administrator.session(app).await, None).await.is_ok_and(|held| held.unreadable == 0)
        }
        Use::Events => service.events(&person.session(app).await, Timestamp(i64::MAX), 1000).await.is_err(),
        Use::Request => service.request(&scene.pushed).await.is_err(),
        Use::Answer => service.collect(&program(scene.unit.id), &scene.device).await.is_err(),
        Use::Card => service.open_by_card(&scene.card, &scene.pushed).await.is_err(),
        Use::Link => crate::usecase::link::open(app, &scene.link, Some("kodordet-Sesamfron")).await.is_err(),
        Use::Sign => scene.issuing.issuer.assess(app, "Beteckningen-Zeta-9", "E3").await.is_err(),
        Use::Issued => service.issued_one(&issuer(app, scene).await, scene.issuing.issued).await.is_err(),
        Use::Waiting => {
            let waiting = service.waiting(&issuer(app, scene).await, scene.issuing.issuer.desk()).await;
            !waiting.is_ok_and(|(_, unreadable)| unreadable == 0)
        }
        Use::Batch => service.batch(&issuer(app, scene).await, scene.issuing.file).await.is_err(),
        Use::Codes => service.batch_codes(&issuer(app, scene).await, scene.issuing.file, 0, 9).await.is_err(),
        Use::Offer => service.offer_preview(&RecoveryCode::parse(&scene.issuing.code).unwrap()).await.is_err(),
        Use::File => {
            let session = person.session(app).await;
            let document = service.profile(&session).await.unwrap().of_kind(Kind::Document).next().unwrap().id;
            service.own_file(&session, document).await.is_err()
        }
        Use::Whole => service.whole(&person.session(app).await, scene.proven).await.is_err(),
        Use::Showings => service.showings(&person.session(app).await).await.is_err(),
        Use::Shown => service.open_showing(&scene.shown).await.is_err(),
        Use::Invite => app.join("Vilhelmina-Inbjuden", &scene.invite, None).await.is_err(),
    }
}

async fn issuer(app: &TestApp, scene: &Scene) -> egenkarta::usecase::Session {
    scene.issuing.issuer.first.session(app).await
}

/// The cell with a byte changed in each of its parts, cut, lengthened; and what stands in all other rows of the column.
pub fn spoilt(cell: &[u8], all: &[Row], column: &str) -> Vec<Vec<u8>> {
    let places = [0, 1, 4, 5, 20, 36, 40, 68, 70, cell.len() / 2, cell.len() - 17, cell.len() - 1];
    let flip = |at: &usize| {
        let mut altered = cell.to_vec();
        altered[*at] ^= 1;
        altered
    };
    let mut bad: Vec<Vec<u8>> = places.iter().filter(|at| **at < cell.len()).map(flip).collect();
    bad.extend([cell[..cell.len() - 1].to_vec(), [cell, &[0]].concat(), Vec::new()]);
    let other = |row: &Row| matches!(&row[column], Cell::Bytes(bytes) if bytes != cell).then(|| row[column].bytes().to_vec());
    bad.extend(all.iter().filter_map(other).take(6));
    bad
}

on_both!(a_sealed_column_changed_cut_or_swapped_is_refused_wherever_it_is_read, |app| {
    let scene = Scene::new(app).await;
    let db = &app.service.db;
    for (table, key, column, which, what) in CASES {
        let all = rows(db, table).await;
        let victim = all.iter().find(|row| which(&scene, row)).unwrap_or_else(|| panic!("{table}.{column}: no such row"));
        let owner = victim.get("owner").cloned().unwrap_or(Cell::Null);
        let good = victim[*column].clone();
        let place: Vec<(&str, &Cell)> = key.iter().map(|name| (*name, &victim[*name])).collect();
        // An invite and an answer are used up where they open, and Argon2 costs: their good cells have tests of their own.
        let costly = matches!(what, Use::Unlock | Use::Sheet | Use::Invite | Use::Answer);
        assert!(costly || !refused(app, &scene, *what, &owner).await, "{what:?} works before {table}.{column} is touched");
        let spoilt = spoilt(good.bytes(), &all, column);
        for (n, bad) in spoilt.into_iter().enumerate().filter(|(n, _)| !costly || n % 4 == 0) {
            set(db, table, &place, column, &Cell::Bytes(bad)).await;
            assert!(refused(app, &scene, *what, &owner).await, "{table}.{column}, way {n}: {what:?} took it");
        }
        set(db, table, &place, column, &good).await;
    }
    assert!(!refused(app, &scene, Use::Unlock, &Cell::Null).await && !refused(app, &scene, Use::Token, &Cell::Null).await);
    assert!(!refused(app, &scene, Use::Invite, &Cell::Null).await, "put back, the invite opens");
    assert!(!refused(app, &scene, Use::Answer, &Cell::Null).await, "put back, the answer is collected");
});

#[test]
fn no_sealed_column_is_forgotten() {
    let named: Vec<String> = CASES.iter().map(|case| format!("{}.{}", case.0, case.2)).collect();
    for (column, _) in classes().into_iter().filter(|(_, class)| class == "sealed") {
        // Drafts are read by pages alone, reports by the operator's paper key, a child's terms by its owner's next write (see below).
        // What waits for a wallet has a scene of its own, beside.
        let elsewhere =
            ["draft.sealed", "report.sealed", "child.terms"].contains(&column.as_str()) || column.starts_with("wallet_");
        assert!(elsewhere || named.contains(&column), "{column}");
    }
}

// A clear column finds a row and may end an access; it never grants one.
on_both!(a_clear_column_that_was_changed_denies_and_widens_nothing, |app| {
    let scene = Scene::new(app).await;
    let db = &app.service.db;
    let later = |row: &Row, column: &str| Cell::Number(row[column].number() + 1_000_000);
    let consents = rows(db, "consent").await;
    let consent = consents.iter().find(|row| is(row, "id", scene.first.terms.consent.0)).unwrap();
    let tokens = rows(db, "token").await;
    let token = tokens.iter().find(|row| row["lookup"].bytes() == token_lookup(&scene)).unwrap();
    let of_bashir = consents.iter().find(|row| is(row, "owner", scene.bashir.id.0)).unwrap();
    let text = |word: &str| Cell::Text(word.to_owned());
    let changes: Vec<(&str, &[&str], &Row, &str, Cell)> = vec![
        ("consent", &["owner", "id"], consent, "unit", Cell::id(scene.bashir.id.0)),
        ("consent", &["owner", "id"], consent, "valid_until", later(consent, "valid_until")),
        ("consent", &["owner", "id"], consent, "valid_from", later(consent, "valid_from")),
        ("consent", &["owner", "id"], consent, "generation", later(consent, "generation")),
        ("consent", &["owner", "id"], consent, "bundle", Cell::Null),
        ("token", &["lookup"], token, "until", later(token, "until")),
        ("token", &["lookup"], token, "issued", later(token, "issued")),
        ("token", &["lookup"], token, "kind", text("link")),
        ("token", &["lookup"], token, "client", text("another")),
        ("token", &["lookup"], token, "thumbprint", Cell::Bytes(vec![7; 32])),
        ("token", &["lookup"], token, "consent", Cell::id(scene.second.terms.consent.0)),
        ("token", &["lookup"], token, "unit", Cell::id(scene.bashir.id.0)),
        ("token", &["lookup"], token, "label", Cell::Null),
        ("token", &["lookup"], token, "sealed", Cell::Null),
        ("token", &["lookup"], token, "ended_at", Cell::Number(1)),
    ];
    for (table, key, row, column, bad) in changes {
        let place: Vec<(&str, &Cell)> = key.iter().map(|name| (*name, &row[*name])).collect();
        set(db, table, &place, column, &bad).await;
        assert!(refused(app, &scene, Use::Token, &Cell::Null).await, "{table}.{column}");
        put_back(db, table, key, row).await;
    }
    let moved = [("owner", of_bashir["owner"].clone()), ("consent", of_bashir["id"].clone())];
    let moved = moved.into_iter().fold(token.clone(), |mut row, (column, cell)| {
        row.insert(column.to_owned(), cell);
        row
    });
    put_back(db, "token", &["lookup"], &moved).await;
    assert!(refused(app, &scene, Use::Token, &Cell::Null).await, "a token moved to another person's consent");
    put_back(db, "token", &["lookup"], token).await;
    assert!(!refused(app, &scene, Use::Token, &Cell::Null).await);
});

on_both!(a_narrower_token_whose_clear_columns_were_changed_reads_nothing, |app| {
    let scene = Scene::new(app).await;
    let db = &app.service.db;
    let reads = async || app.reads(&scene.program, &scene.narrower).await;
    let tokens = rows(db, "token").await;
    let of = |lookup: [u8; 32]| tokens.iter().find(|row| row["lookup"].bytes() == lookup).unwrap();
    let (token, plain) = (of(narrower_lookup(&scene)), of(token_lookup(&scene)));
    let child = rows(db, "child").await.remove(0);
    let bytes = |bytes: &[u8]| Cell::Bytes(bytes.to_vec());
    let by_child: &[&str] = &["owner", "consent", "token"];
    let changes: Vec<(&str, &[&str], &Row, &str, Cell)> = vec![
        ("token", &["lookup"], token, "parent", bytes(&[])),
        ("token", &["lookup"], token, "parent", bytes(&[1; 32])),
        ("token", &["lookup"], token, "thumbprint", bytes(&[])),
        ("token", &["lookup"], token, "client", Cell::Text(String::new())),
        ("token", &["lookup"], token, "kind", Cell::Text("refresh".to_owned())),
        ("child", by_child, &child, "parent", token["parent"].clone()),
        ("child", by_child, &child, "token", plain["lookup"].clone()),
        ("child", by_child, &child, "consent", Cell::id(scene.second.terms.consent.0)),
    ];
    assert_eq!(reads().await, Some(1));
    for (table, key, row, column, bad) in changes {
        let place: Vec<(&str, &Cell)> = key.iter().map(|name| (*name, &row[*name])).collect();
        set(db, table, &place, column, &bad).await;
        assert_eq!(reads().await, None, "{table}.{column}");
        let place: Vec<(&str, &Cell)> = key.iter().map(|name| (*name, if *name == column { &bad } else { &row[*name] })).collect();
        set(db, table, &place, column, &row[column]).await;
    }
    let place = [("lookup", &plain["lookup"])];
    set(db, "token", &place, "parent", &token["parent"]).await;
    assert!(refused(app, &scene, Use::Token, &Cell::Null).await, "a whole token said to be narrower reads nothing either");
    set(db, "token", &place, "parent", &plain["parent"]).await;
    set(db, "child", &[("token", &child["token"])], "until", &Cell::Number(child["until"].number() + 1_000_000_000)).await;
    app.clock.forward(egenkarta::usecase::grant::ACCESS);
    assert_eq!(reads().await, None, "a later end in clear lengthens nothing");
});

on_both!(a_narrower_token_whose_terms_were_altered_ends_at_the_owners_next_write_and_hinders_none, |app| {
    use crate::support::people::{save, skill};
    let scene = Scene::new(app).await;
    let db = &app.service.db;
    let child = rows(db, "child").await.remove(0);
    let good = child["terms"].bytes();
    for bad in spoilt(good, &rows(db, "token").await, "label").into_iter().step_by(5) {
        put_back(db, "child", &["owner", "consent", "token"], &child).await;
        set(db, "child", &[("token", &child["token"])], "terms", &Cell::Bytes(bad)).await;
        let session = scene.amina.session(app).await;
        app.service.save_entry(&session, save(None, Kind::Skill, skill("sy"))).await.unwrap();
        assert!(rows(db, "child").await.is_empty());
        assert_eq!(app.reads(&scene.program, &scene.narrower).await, None);
        assert!(!refused(app, &scene, Use::Token, &Cell::Null).await);
        insert_again(app, &child).await;
    }
});

/// A row that was deleted, put back as it was.
async fn insert_again(app: &TestApp, row: &Row) {
    let sqlite = app.service.db.is_sqlite();
    let cell = |name: &str| match (&row[name], sqlite) {
        (Cell::Number(number), _) => number.to_string(),
        (Cell::Bytes(bytes), true) => format!("X'{}'", hex::encode(bytes)),
        (Cell::Bytes(bytes), false) if bytes.len() == 16 => format!("'{}'::uuid", uuid::Uuid::from_slice(bytes).unwrap()),
        (Cell::Bytes(bytes), false) => format!("'\\x{}'::bytea", hex::encode(bytes)),
        (other, _) => panic!("{other:?}"),
    };
    let names: Vec<&str> = row.keys().map(String::as_str).collect();
    let cells: Vec<String> = names.iter().map(|name| cell(name)).collect();
    let sql = format!("INSERT INTO child ({}) VALUES ({})", names.join(", "), cells.join(", "));
    assert_eq!(crate::support::raw::execute(&app.service.db, &sql).await, 1);
}
