//! Each sealed column changed, cut, or filled with another row's: what reads it denies or faults.

use egenkarta::domain::Timestamp;
use egenkarta::usecase::account::Newcomer;
use egenkarta::usecase::disclosure::Denied;

use super::columns::classes;
use super::scene::Scene;
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
    Colleagues,
    /// By a member whose unit keyring is still as it was sent.
    ReadersInbox,
    Inbox,
    Events,
    Invite,
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
    ("consent", &["owner", "id"], "secret", |s, r| is(r, "id", s.first.terms.consent.0), Use::Consents),
    ("consent", &["owner", "id"], "terms", |s, r| is(r, "id", s.first.terms.consent.0), Use::Consents),
    ("consent", &["owner", "id"], "bundle", |s, r| is(r, "id", s.first.terms.consent.0), Use::Token),
    ("token", &["lookup"], "sealed", |s, r| r["lookup"].bytes() == token_lookup(s), Use::Token),
    ("token", &["lookup"], "label", |s, r| r["lookup"].bytes() == token_lookup(s), Use::Token),
    ("token", &["lookup"], "label", |s, r| r["lookup"].bytes() == token_lookup(s), Use::Tokens),
    ("staff", &["unit", "id"], "name", |s, r| is(r, "id", s.reader.id.0), Use::Colleagues),
    ("staff", &["unit", "id"], "root", |s, r| is(r, "id", s.unit.administrator.id.0), Use::Colleagues),
    ("staff", &["unit", "id"], "root", |s, r| is(r, "id", s.reader.id.0), Use::ReadersInbox),
    ("invite", &["lookup"], "sealed", |_, _| true, Use::Invite),
    ("invite", &["lookup"], "name", |_, _| true, Use::Colleagues),
    ("inbox", &["unit", "consent"], "secret", |s, r| is(r, "consent", s.first.terms.consent.0), Use::Inbox),
    ("inbox", &["unit", "consent"], "record", |s, r| is(r, "consent", s.first.terms.consent.0), Use::Inbox),
    ("inbox", &["unit", "consent"], "label", |s, r| is(r, "consent", s.first.terms.consent.0), Use::Inbox),
    ("event", &["owner", "stream", "seq"], "sealed", |s, r| is(r, "stream", s.first.terms.consent.0), Use::Events),
    ("event", &["owner", "stream", "seq"], "sealed", |s, r| is(r, "stream", s.amina.id.0), Use::Events),
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
        Use::Tokens => service.tokens(&scene.unit.administrator.session(app).await).await.is_err(),
        Use::Colleagues => service.colleagues(&scene.unit.administrator.session(app).await).await.is_err(),
        Use::ReadersInbox => service.inbox(&scene.reader.session(app).await).await.is_err(),
        Use::Inbox => service.inbox(&scene.unit.administrator.session(app).await).await.is_err(),
        Use::Events => service.events(&person.session(app).await, Timestamp(i64::MAX), 1000).await.is_err(),
        Use::Invite => app.join("Vilhelmina-Inbjuden", &scene.invite, None).await.is_err(),
    }
}

/// The cell with a byte changed in each of its parts, cut, lengthened; and what stands in all other rows of the column.
fn spoilt(cell: &[u8], all: &[Row], column: &str) -> Vec<Vec<u8>> {
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
        // An invite is used up where it opens, and Argon2 costs: their good cells have tests of their own.
        let costly = matches!(what, Use::Unlock | Use::Sheet | Use::Invite);
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
});

#[test]
fn no_sealed_column_is_forgotten() {
    let named: Vec<String> = CASES.iter().map(|case| format!("{}.{}", case.0, case.2)).collect();
    for (column, _) in classes().into_iter().filter(|(_, class)| class == "sealed") {
        // Drafts are read by pages alone, reports by the operator's paper key.
        let elsewhere = ["draft.sealed", "report.sealed"].contains(&column.as_str());
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
