//! Clear columns that could grant something: changed, swapped or put back, each denies or grants nothing.

use egenkarta::crypto::secret::Secret;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::Section;
use egenkarta::domain::time::{DAY, HOUR, MINUTE};
use egenkarta::policy::{Refused, Why};
use egenkarta::usecase::account::{Arrival, Newcomer};
use egenkarta::usecase::disclosure::Denied;
use egenkarta::usecase::organisation::NewUnit;
use egenkarta::usecase::{Error, Session};

use crate::store::guard::shared;
use crate::support::people::{ISSUER, Owner, save, skill};
use crate::support::raw::{Cell, Row, put_back, rows, set};
use crate::support::{TestApp, on_both};

fn word(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

async fn row(app: &TestApp, table: &str, column: &str, cell: &Cell) -> Row {
    let all = rows(&app.service.db, table).await;
    all.into_iter().find(|row| row[column] == *cell).unwrap_or_else(|| panic!("{table}.{column}"))
}

fn never<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Refused(Refused { why: Why::Never, .. })))
}

fn again<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Refused(Refused { why: Why::AskAgain, .. })))
}

on_both!(a_spoilt_row_keeps_no_unit_from_new_keys_when_someone_has_left, |app| {
    let (amina, unit, spoilt) = shared(app).await;
    let whole = app.give(&amina.session(app).await, unit.id, &[Section::P10]).await.terms.consent;
    let (admin, leaver) = (unit.administrator.session(app).await, app.colleague(&unit, "Siv", Role::Reader).await);
    app.service.inbox(&admin, None).await.unwrap();
    let db = &app.service.db;
    let place = [("unit", &Cell::id(unit.id.0)), ("consent", &Cell::id(spoilt.terms.consent.0))];
    set(db, "inbox", &place, "record", &Cell::Bytes(vec![1; 64])).await;
    app.service.remove_staff(&admin, leaver.staff_id()).await.unwrap();
    app.service.rotate_unit_if_due(&admin).await.unwrap().expect("someone has left");
    let admin = unit.administrator.session(app).await;
    app.service.state_case(&admin, whole, "1").await.unwrap();
    assert!(app.service.read_by_staff(&admin, whole).await.is_ok(), "what is whole is read on");
    app.service.state_case(&admin, spoilt.terms.consent, "2").await.unwrap_err();
});

on_both!(a_reader_whose_clear_role_says_administrator_is_none_and_a_rotation_makes_none, |app| {
    let unit = app.unit("af").await;
    let reader = app.reader(&unit).await;
    let (session, admin) = (reader.session(app).await, unit.administrator.session(app).await);
    let stored = row(app, "staff", "id", &Cell::id(reader.id.0)).await;
    let of_admin = row(app, "staff", "id", &Cell::id(unit.administrator.id.0)).await;
    let db = &app.service.db;
    let place = [("unit", &stored["unit"]), ("id", &stored["id"])];
    set(db, "staff", &place, "role", &word("administrator")).await;
    assert_eq!(app.service.member(&session).await.unwrap().role, Role::Reader);
    assert!(never(app.service.invite(&session, "Ny", Role::Administrator).await));
    let (_, colleagues, _) = app.service.colleagues(&admin).await.unwrap();
    assert_eq!(colleagues.iter().find(|one| one.id == reader.staff_id()).unwrap().role, Role::Reader);
    let leaver = app.colleague(&unit, "Siv", Role::Reader).await;
    app.service.remove_staff(&admin, leaver.staff_id()).await.unwrap();
    app.service.rotate_unit_if_due(&admin).await.unwrap().expect("someone has left");
    assert_eq!(app.service.member(&session).await.unwrap().role, Role::Reader, "sealed anew as it was sealed before");

    let now = row(app, "staff", "id", &Cell::id(reader.id.0)).await;
    for column in ["name", "root", "mac"] {
        for bad in [&of_admin[column], &stored[column], &Cell::Bytes(Vec::new())] {
            set(db, "staff", &place, column, bad).await;
            assert!(app.service.member(&session).await.is_err(), "{column}");
            put_back(db, "staff", &["unit", "id"], &now).await;
        }
    }
    assert!(app.service.member(&session).await.is_ok());
});

on_both!(who_holds_the_units_keyring_cannot_seal_themselves_another_role, |app| {
    use egenkarta::crypto::{Ad, Label, Padding};
    let unit = app.unit("af").await;
    let reader = app.reader(&unit).await;
    let session = reader.session(app).await;
    let keyring = app.service.member(&session).await.unwrap().keyring;
    let ad = Ad::new(Label::StaffName).bytes_field(b"staff").id(unit.id.0).id(reader.id.0);
    let forged = keyring.wrap(&ad, Padding::Steps, br#"{"name":"Rut","role":"administrator"}"#, &*app.service.random);
    let (of, id) = (Cell::id(unit.id.0), Cell::id(reader.id.0));
    set(&app.service.db, "staff", &[("unit", &of), ("id", &id)], "name", &Cell::Bytes(forged)).await;
    assert!(matches!(app.service.member(&session).await.map(drop), Err(Error::Unopened)));
});

/// What the session row of a cookie says in clear.
async fn clear(app: &TestApp, cookie: &Secret) -> Row {
    let lookup = cookie.lookup(egenkarta::crypto::Label::SessionLookup).0;
    row(app, "session", "lookup", &Cell::Bytes(lookup.to_vec())).await
}

async fn resumed(app: &TestApp, cookie: &Secret) -> Option<Session> {
    app.service.resume(cookie).await.unwrap()
}

on_both!(a_stale_session_is_not_fresh_whatever_its_row_says, |app| {
    let (amina, bashir) = (app.participant("Amina").await, app.participant("Bashir").await);
    let cookie = amina.cookie(app).await;
    let db = &app.service.db;
    app.clock.forward(6 * MINUTE);
    let old = clear(app, &cookie).await;
    let place = [("lookup", &old["lookup"])];
    set(db, "session", &place, "fresh", &Cell::Number(app.service.now().0)).await;
    let session = resumed(app, &cookie).await.unwrap();
    assert!(!session.fresh() && again(app.service.new_sheet(&session).await));

    let other = bashir.cookie(app).await;
    let newer = clear(app, &other).await;
    let now = clear(app, &cookie).await;
    for (column, bad) in [
        ("fields", newer["fields"].clone()),
        ("fields", Cell::Bytes(Vec::new())),
        ("owner", newer["owner"].clone()),
        ("id", newer["id"].clone()),
    ] {
        set(db, "session", &place, column, &bad).await;
        assert!(app.service.resume(&cookie).await.is_err(), "{column}");
        set(db, "session", &place, "ended", &Cell::Number(app.service.now().0)).await;
        assert!(app.service.closed(&cookie).await.is_err(), "{column}: what was typed goes to nobody else");
        put_back(db, "session", &["lookup"], &now).await;
    }
    app.service.reauthenticate(&session, &amina.phrase).await.unwrap();
    assert!(resumed(app, &cookie).await.unwrap().fresh());
    put_back(db, "session", &["lookup"], &now).await;
    assert!(!resumed(app, &cookie).await.unwrap().fresh(), "an old row put back is no fresher");
});

on_both!(a_session_lasts_no_longer_for_what_its_clear_columns_say, |app| {
    let amina = app.participant("Amina").await;
    let cookie = app.service.begin_session(amina.id, amina.kind, true, Some(amina.keyring())).await.unwrap();
    let db = &app.service.db;
    let before = clear(app, &cookie).await;
    app.clock.forward(11 * MINUTE);
    let now = Cell::Number(app.service.now().0);
    let mut lies = before.clone();
    for (column, lie) in [("shared", &Cell::Number(0)), ("seen", &now), ("created", &now)] {
        lies.insert(column.to_owned(), lie.clone());
    }
    put_back(db, "session", &["lookup"], &lies).await;
    assert!(resumed(app, &cookie).await.is_none(), "idle for longer than a shared device may be");
    let other = amina.cookie(app).await;
    let ending = clear(app, &other).await;
    let place = [("lookup", &ending["lookup"])];
    set(db, "session", &place, "created", &Cell::Number(app.service.now().plus(-13 * HOUR).0)).await;
    assert!(resumed(app, &other).await.is_none(), "a clear column may end it");
    put_back(db, "session", &["lookup"], &ending).await;
    set(db, "session", &place, "kind", &word("staff")).await;
    let session = resumed(app, &other).await.unwrap();
    assert!(app.service.profile(&session).await.is_ok() && app.service.inbox(&session, None).await.is_err(), "nor another kind");
});

on_both!(an_invite_gives_the_role_and_the_time_that_it_was_made_for, |app| {
    let unit = app.unit("af").await;
    let admin = unit.administrator.session(app).await;
    let (invite, other) = (
        app.service.invite(&admin, "Ny", Role::Reader).await.unwrap(),
        app.service.invite(&admin, "Annan", Role::Administrator).await.unwrap(),
    );
    let find = async |secret: &Secret| {
        let lookup = secret.lookup(egenkarta::crypto::Label::InviteLookup).0;
        row(app, "invite", "lookup", &Cell::Bytes(lookup.to_vec())).await
    };
    let (good, others) = (find(&invite).await, find(&other).await);
    let db = &app.service.db;
    let place = [("lookup", &good["lookup"])];
    let later = Cell::Number(app.service.now().plus(30 * DAY).0);
    let changes = [
        ("role", word("administrator")),
        ("until", later.clone()),
        ("created", later),
        ("id", others["id"].clone()),
        ("name", others["name"].clone()),
        ("name", Cell::Null),
        ("sealed", Cell::Null),
        ("mac", others["mac"].clone()),
        ("mac", Cell::Bytes(Vec::new())),
    ];
    for (n, (column, bad)) in changes.into_iter().enumerate() {
        set(db, "invite", &place, column, &bad).await;
        assert!(app.service.invited(&invite).await.unwrap().is_none(), "{column}");
        let joined = app.join(&format!("Ny {n}"), &invite, Some(&unit.sheet.printed())).await;
        assert!(joined.is_err(), "{column}");
        put_back(db, "invite", &["lookup"], &good).await;
    }
    let joined = app.join("Ny", &invite, None).await.unwrap().0;
    assert_eq!(app.service.member(&joined.session(app).await).await.unwrap().role, Role::Reader);
});

on_both!(an_account_leads_to_its_own_owner_alone, |app| {
    let (amina, bashir) = (app.participant("Amina").await, app.participant("Bashir").await);
    let arrive = async |owner: &Owner| app.service.arrive(ISSUER, &owner.name, Newcomer::new(false, false, None, None)).await;
    let (hers, his) =
        (row(app, "account", "owner", &Cell::id(amina.id.0)).await, row(app, "account", "owner", &Cell::id(bashir.id.0)).await);
    let place = [("lookup", &his["lookup"])];
    for (column, bad) in [("owner", &hers["owner"]), ("mac", &hers["mac"]), ("mac", &Cell::Bytes(Vec::new()))] {
        set(&app.service.db, "account", &place, column, bad).await;
        assert!(matches!(arrive(&bashir).await.map(drop), Err(Error::Unopened)), "{column}");
        put_back(&app.service.db, "account", &["lookup"], &his).await;
    }
    assert!(matches!(arrive(&bashir).await, Ok(Arrival::Known(_))));
});

on_both!(nothing_is_sealed_to_a_key_that_someone_has_put_in_place_of_the_owners, |app| {
    let (amina, unit, _) = shared(app).await;
    let session = amina.session(app).await;
    let strange = app.participant("Bashir").await;
    let db = &app.service.db;
    let strange = row(app, "owner", "id", &Cell::id(strange.id.0)).await;
    let choice = app.choice(unit.id, &[egenkarta::domain::profile::Section::P07]);
    let good = row(app, "owner", "id", &Cell::id(unit.id.0)).await;
    let place = [("id", &good["id"])];
    for (column, bad) in [
        ("public_key", strange["public_key"].clone()),
        ("key_generation", Cell::Number(7)),
        ("kind", word("participant")),
        ("mac", strange["mac"].clone()),
    ] {
        set(db, "owner", &place, column, &bad).await;
        assert!(matches!(app.service.give(&session, &choice).await.map(drop), Err(Error::Unopened)), "{column}");
        put_back(db, "owner", &["id"], &good).await;
    }
    assert!(app.service.give(&session, &choice).await.is_ok());
    app.service.save_entry(&session, save(None, egenkarta::domain::profile::Kind::Skill, skill("sy"))).await.unwrap();
});

on_both!(a_database_from_before_rows_were_bound_is_refused_at_the_start, |app| {
    let amina = app.participant("Amina").await;
    let id = Cell::id(amina.id.0);
    let good = row(app, "owner", "id", &id).await;
    set(&app.service.db, "owner", &[("id", &id)], "mac", &Cell::Bytes(Vec::new())).await;
    assert!(egenkarta::app::build(&app.config, &app.seams).await.is_err());
    put_back(&app.service.db, "owner", &["id"], &good).await;
    assert!(egenkarta::app::build(&app.config, &app.seams).await.is_ok());
    app.unit("af").await;
    for table in ["unit", "organisation"] {
        let good = rows(&app.service.db, table).await.remove(0);
        set(&app.service.db, table, &[("id", &good["id"])], "mac", &Cell::Bytes(Vec::new())).await;
        assert!(egenkarta::app::build(&app.config, &app.seams).await.is_err(), "{table}");
        put_back(&app.service.db, table, &["id"], &good).await;
    }
    assert!(egenkarta::app::build(&app.config, &app.seams).await.is_ok());
});

on_both!(a_unit_is_what_the_operator_said_of_it_and_nothing_else_is_given_or_read, |app| {
    let (amina, unit, given) = shared(app).await;
    let other = NewUnit {
        number: "212000-0571".parse().unwrap(),
        organisation: "Vetlanda kommun".to_owned(),
        kind: "municipal_labour".to_owned(),
        unit: "Enheten".to_owned(),
        municipality: "Vetlanda".to_owned(),
        issuer: "vetlanda".to_owned(),
    };
    let (other, _) = app.service.add_unit(&other).await.unwrap();
    let session = amina.session(app).await;
    let admin = unit.administrator.session(app).await;
    let (token, _) = app.service.mint(&admin, given.terms.consent, 7, "x").await.unwrap();
    let choice = app.choice(unit.id, &[egenkarta::domain::profile::Section::P07]);
    let db = &app.service.db;
    let (good, others) = (row(app, "unit", "id", &Cell::id(unit.id.0)).await, row(app, "unit", "id", &Cell::id(other.0)).await);
    let of = row(app, "organisation", "id", &good["organisation"]).await;
    let of_other = row(app, "organisation", "id", &others["organisation"]).await;
    let unit_changes = [
        ("kind", word("fk")),
        ("name", word("Någon annan")),
        ("municipality", word("Någonstans")),
        ("organisation", others["organisation"].clone()),
        ("state", word("new")),
        ("state", word("closed")),
        ("rotate", Cell::Number(1)),
        ("mac", others["mac"].clone()),
        ("mac", Cell::Bytes(Vec::new())),
    ];
    let organisation_changes = [
        ("kind", word("fk")),
        ("name", word("Någon annan")),
        ("issuer", word("elsewhere")),
        ("mac", of_other["mac"].clone()),
        ("mac", Cell::Bytes(Vec::new())),
    ];
    let changes = unit_changes.map(|change| ("unit", &good, change)).into_iter();
    let changes = changes.chain(organisation_changes.map(|change| ("organisation", &of, change)));
    for (table, stored, (column, bad)) in changes {
        set(db, table, &[("id", &stored["id"])], column, &bad).await;
        assert!(app.service.unit(unit.id).await.is_err(), "{table}.{column}");
        assert!(app.service.give(&session, &choice).await.is_err(), "{table}.{column}: nothing is given to it");
        assert!(app.service.read_by_token(&token.text(), None).await.is_err(), "{table}.{column}: nothing is read by it");
        assert!(app.service.member(&admin).await.is_err(), "{table}.{column}: nobody works at it");
        assert!(app.service.organisations().await.is_err(), "{table}.{column}: nobody signs in by it");
        let found = app.service.search_units(&session, "").await.unwrap_or_default();
        assert!(found.iter().all(|one| one.unit.id != unit.id), "{table}.{column}: nor is it offered");
        put_back(db, table, &["id"], stored).await;
    }
    assert!(app.service.read_by_token(&token.text(), None).await.is_ok());
    assert!(app.service.give(&session, &choice).await.is_ok());
});

on_both!(who_has_left_asks_for_new_keys_though_the_row_is_bound, |app| {
    let unit = app.unit("af").await;
    let admin = unit.administrator.session(app).await;
    let leaver = app.colleague(&unit, "Siv", Role::Reader).await;
    let before = row(app, "unit", "id", &Cell::id(unit.id.0)).await;
    app.service.remove_staff(&admin, leaver.staff_id()).await.unwrap();
    let place = [("id", &before["id"])];
    set(&app.service.db, "unit", &place, "rotate", &Cell::Number(0)).await;
    assert!(matches!(app.service.rotate_unit_if_due(&admin).await.map(drop), Err(Error::Unopened)), "a flag taken away is a fault");
    set(&app.service.db, "unit", &place, "rotate", &Cell::Number(1)).await;
    assert!(app.service.rotate_unit_if_due(&admin).await.unwrap().is_some());
    assert!(app.service.rotate_unit_if_due(&admin).await.unwrap().is_none(), "once is enough");
});

on_both!(a_login_lasts_no_longer_and_a_token_ends_with_who_made_it, |app| {
    let kept = app.service.keep_login(&"state").await.unwrap();
    let lookup = Cell::Bytes(kept.lookup(egenkarta::crypto::Label::LoginLookup).0.to_vec());
    set(&app.service.db, "login", &[("lookup", &lookup)], "created", &Cell::Number(app.service.now().plus(DAY).0)).await;
    assert!(app.service.peek_login::<String>(&kept).await.is_err());

    let (_, unit, given) = shared(app).await;
    let admin = unit.administrator.session(app).await;
    let (token, _) = app.service.mint(&admin, given.terms.consent, 7, "x").await.unwrap();
    let row = row(app, "token", "lookup", &Cell::Bytes(token.lookup().0.to_vec())).await;
    for minter in [Cell::id(given.terms.owner.0), Cell::Null] {
        set(&app.service.db, "token", &[("lookup", &row["lookup"])], "minted_by", &minter).await;
        assert!(matches!(app.service.read_by_token(&token.text(), None).await, Err(Denied::Denied)));
    }
    put_back(&app.service.db, "token", &["lookup"], &row).await;
    assert!(app.service.read_by_token(&token.text(), None).await.is_ok());
});
