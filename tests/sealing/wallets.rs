//! What waits for wallets: each sealed column changed, cut, swapped or put back, and each clear one that could grant something.

use egenkarta::credential::dcql::Query;
use egenkarta::credential::openid4vci::{Grant, Offer, OfferSource};
use egenkarta::crypto::{Label, Secret};
use egenkarta::domain::UnitId;
use egenkarta::domain::credential::VCT;
use egenkarta::usecase::verify::Outside;
use egenkarta::usecase::wallet::{By, Shown, Stand};

use super::columns::{classes, holds_sealed};
use super::tamper::spoilt;
use crate::support::issuing::TestIssuer;
use crate::support::people::Owner;
use crate::support::raw::{Cell, Row, put_back, rows, set};
use crate::support::wallet::{Inward, Wallet, path, read};
use crate::support::{BASE, TestApp, on_both};

/// Twice of each, so that one can stand in the other's place.
struct Scene {
    issuer: TestIssuer,
    /// A question that waits, and one that was answered.
    asked: Secret,
    answered: Secret,
    /// A code that waits, and a token that came of another.
    code: String,
    token: String,
}

impl Scene {
    async fn new(app: &TestApp) -> Self {
        let (issuer, person) = (app.issuer().await, app.participant("Amina").await);
        let (_, offer) = issuer.issue(app, "Truck").await;
        let entry = app.accepted(&offer, &person).await;
        let other = app.unit_named("validator", "En annan", "Otto Other").await;
        for unit in [&other, &issuer.unit] {
            app.service.serve_wallets(&unit.administrator.session(app).await, true).await.unwrap();
        }
        let mut codes = Vec::new();
        for _ in 0..4 {
            codes.push(code(app, &person, entry).await);
        }
        let shown = Shown::Offer { tx_code: None };
        let redeem = async |code: String| app.service.redeem_wallet_code(issuer.unit.id, &code, shown, None).await.unwrap().token;
        redeem(codes.remove(0)).await;
        let token = redeem(codes.remove(0)).await;
        let code = codes.remove(0);
        let (asked, _, _answered) = (ask(app).await, ask(app).await, answered(app).await);
        Self { issuer, asked, answered: answered(app).await, code, token }
    }

    fn unit(&self) -> UnitId {
        self.issuer.unit.id
    }
}

async fn code(app: &TestApp, person: &Owner, entry: egenkarta::domain::EntryId) -> String {
    let made = app.service.offer_to_wallet(&person.session(app).await, entry, BASE, By::Code).await.unwrap();
    let Some(OfferSource::Value(members)) = OfferSource::read(&made.link) else { panic!("by value") };
    let Grant::Code { code, .. } = Offer::read(&members).unwrap().grant else { panic!("by a code") };
    code
}

async fn ask(app: &TestApp) -> Secret {
    app.service.ask_wallet(&Query::one(&[VCT], &[])).await.unwrap().secret
}

async fn answered(app: &TestApp) -> Secret {
    let secret = ask(app).await;
    let Ok(Stand::Waiting { link, .. }) = app.stand(&secret).await else { panic!("nobody has answered") };
    let request = read(&link);
    let key = path(request.response_uri.as_str()).rsplit('/').next().unwrap().to_owned();
    let opened = app.service.asked_wallet(&key, &app.wallets_at()).await.unwrap();
    let token = serde_json::json!({ "proof": [Wallet::new().answer(app, &request)] }).to_string();
    let fetch = Inward(app);
    let outside = Outside { fetch: &fetch, base: BASE };
    app.service.answer_wallet(&opened, request.state.as_deref().unwrap(), &token, outside).await.unwrap();
    secret
}

/// What reads a column. True where it was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Asked,
    Answered,
    /// Used up where it opens.
    Code,
    Token,
    Key,
}

async fn refused(app: &TestApp, scene: &Scene, what: Use) -> bool {
    match what {
        Use::Asked => !matches!(app.stand(&scene.asked).await, Ok(Stand::Waiting { .. })),
        Use::Answered => !matches!(app.stand(&scene.answered).await, Ok(Stand::Answered(_))),
        Use::Code => app.service.redeem_wallet_code(scene.unit(), &scene.code, Shown::Offer { tx_code: None }, None).await.is_err(),
        // Without a proof of a key it is known, and given nothing.
        Use::Token => {
            let none = Err(egenkarta::credential::openid4vci::Refused::Proof);
            app.service.issue_to_wallet(scene.unit(), BASE, (&scene.token, None), &none).await.is_err()
        }
        Use::Key => !matches!(app.service.serves_wallets(scene.unit()).await, Ok(true)),
    }
}

/// The row that a use reads.
fn victim<'a>(scene: &Scene, all: &'a [Row], what: Use) -> &'a Row {
    let address = |secret: &Secret| secret.child(Label::WalletAskAddress).lookup(Label::WalletAskLookup).0.to_vec();
    let code = |text: &str| Secret::parse(text).unwrap().lookup(Label::WalletCodeLookup).0.to_vec();
    let (column, cell) = match what {
        Use::Asked => ("lookup", Cell::Bytes(address(&scene.asked))),
        Use::Answered => ("lookup", Cell::Bytes(address(&scene.answered))),
        Use::Code => ("lookup", Cell::Bytes(code(&scene.code))),
        Use::Token => ("lookup", Cell::Bytes(code(&scene.token[scene.token.len() - 43..]))),
        Use::Key => ("unit", Cell::id(scene.unit().0)),
    };
    all.iter().find(|row| row[column] == cell).unwrap_or_else(|| panic!("{what:?}"))
}

/// Table, its key, column, what reads it.
type Case = (&'static str, &'static [&'static str], &'static str, Use);

const SEALED: &[Case] = &[
    ("wallet_ask", &["lookup"], "sealed", Use::Asked),
    ("wallet_ask", &["lookup"], "sealed", Use::Answered),
    ("wallet_ask", &["lookup"], "answer", Use::Answered),
    ("wallet_code", &["lookup"], "sealed", Use::Token),
    ("wallet_code", &["lookup"], "sealed", Use::Code),
    ("wallet_key", &["unit", "kid"], "sealed", Use::Key),
];

on_both!(what_waits_for_a_wallet_is_refused_wherever_it_was_changed_cut_or_swapped, |app| {
    let (scene, db) = (Scene::new(app).await, &app.service.db);
    for (table, key, column, what) in SEALED {
        holds_sealed(app, table).await;
        let all = rows(db, table).await;
        let victim = victim(&scene, &all, *what);
        assert!(*what == Use::Code || !refused(app, &scene, *what).await, "{what:?} works before {table}.{column} is touched");
        let place: Vec<(&str, &Cell)> = key.iter().map(|name| (*name, &victim[*name])).collect();
        let full: Vec<Row> = all.iter().filter(|row| row[*column] != Cell::Null).cloned().collect();
        assert!(full.len() > 1, "{table}.{column}: something to swap it with");
        for (n, bad) in spoilt(victim[*column].bytes(), &full, column).into_iter().enumerate() {
            set(db, table, &place, column, &Cell::Bytes(bad)).await;
            assert!(refused(app, &scene, *what).await, "{table}.{column}, way {n}: {what:?} took it");
            put_back(db, table, key, victim).await;
        }
        assert!(!refused(app, &scene, *what).await, "{table}.{column} put back");
    }
});

on_both!(a_clear_column_of_what_waits_for_a_wallet_grants_nothing, |app| {
    let (scene, db) = (Scene::new(app).await, &app.service.db);
    let other = rows(db, "wallet_key").await.into_iter().find(|row| row["unit"] != Cell::id(scene.unit().0)).unwrap();
    let later = Cell::Number(i64::MAX);
    let by_lookup: &[&str] = &["lookup"];
    let changes: Vec<(&str, &[&str], &str, Cell, Use)> = vec![
        ("wallet_ask", by_lookup, "until", later.clone(), Use::Asked),
        ("wallet_ask", by_lookup, "created", Cell::Number(1), Use::Asked),
        ("wallet_code", by_lookup, "until", later.clone(), Use::Token),
        ("wallet_code", by_lookup, "created", Cell::Number(1), Use::Token),
        ("wallet_code", by_lookup, "kind", Cell::Text("code".to_owned()), Use::Token),
        ("wallet_code", by_lookup, "unit", other["unit"].clone(), Use::Token),
        ("wallet_code", by_lookup, "until", later, Use::Code),
        ("wallet_code", by_lookup, "kind", Cell::Text("token".to_owned()), Use::Code),
        ("wallet_key", &["unit", "kid"], "public", other["public"].clone(), Use::Key),
        ("wallet_key", &["unit", "kid"], "mac", other["mac"].clone(), Use::Key),
        ("wallet_key", &["unit", "kid"], "created", Cell::Number(1), Use::Key),
    ];
    for (table, key, column, bad, what) in changes {
        let all = rows(db, table).await;
        let victim = victim(&scene, &all, what);
        let place: Vec<(&str, &Cell)> = key.iter().map(|name| (*name, &victim[*name])).collect();
        set(db, table, &place, column, &bad).await;
        assert!(refused(app, &scene, what).await, "{table}.{column}: {what:?} took it");
        put_back(db, table, key, victim).await;
    }
    for what in [Use::Asked, Use::Answered, Use::Token, Use::Key, Use::Code] {
        assert!(!refused(app, &scene, what).await, "{what:?}, put back");
    }
});

on_both!(what_has_ended_for_a_wallet_and_is_put_back_is_worth_no_more_than_its_time, |app| {
    let (scene, db) = (Scene::new(app).await, &app.service.db);
    let all = rows(db, "wallet_code").await;
    let code = victim(&scene, &all, Use::Code);
    assert!(!refused(app, &scene, Use::Code).await && refused(app, &scene, Use::Code).await, "once");
    assert!(!refused(app, &scene, Use::Token).await, "another's token stands");
    let asked = rows(db, "wallet_ask").await;
    app.clock.forward(egenkarta::domain::time::DAY);
    put_back(db, "wallet_code", &["lookup"], code).await;
    put_back(db, "wallet_ask", &["lookup"], victim(&scene, &asked, Use::Asked)).await;
    for what in [Use::Code, Use::Token, Use::Asked, Use::Answered] {
        assert!(refused(app, &scene, what).await, "{what:?} after its time");
    }
    let fresh = scene.issuer.unit.administrator.session(app).await;
    let key = rows(db, "wallet_key").await;
    let key = victim(&scene, &key, Use::Key);
    app.service.serve_wallets(&fresh, false).await.unwrap();
    assert!(refused(app, &scene, Use::Key).await);
    let now = rows(db, "wallet_key").await.into_iter().find(|row| row["kid"] == key["kid"]).unwrap();
    assert_eq!(now["sealed"], Cell::Null, "the private half is gone");
});

#[test]
fn no_sealed_column_of_a_wallets_table_is_forgotten() {
    let named: Vec<String> = SEALED.iter().map(|case| format!("{}.{}", case.0, case.2)).collect();
    for (column, _) in classes().into_iter().filter(|(column, class)| class == "sealed" && column.starts_with("wallet_")) {
        assert!(named.contains(&column), "{column}");
    }
}
