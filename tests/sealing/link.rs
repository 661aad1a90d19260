//! Links: rows altered or put back, and the frozen vectors that the browser opens too.

use egenkarta::api::link::Answer;
use egenkarta::crypto::Label;
use egenkarta::crypto::bundle::{Bundle, BundleRow};
use egenkarta::crypto::entry::FreshEntryKey;
use egenkarta::crypto::link::{LinkSecret, ListPlace, Sealed, open_list, seal_list};
use egenkarta::crypto::token::{TokenKind, TokenPlace};
use egenkarta::domain::consent::{Scope, Terms};
use egenkarta::domain::link::LinkTerms;
use egenkarta::domain::profile::Kind;
use egenkarta::domain::{EntryId, Timestamp, VersionId};
use egenkarta::usecase::link::{LinkChoice, NotOpened};
use serde_json::{Value, json};

use super::vectors::{Seeded, consent_secret, frozen, id, secret, terms};
use crate::support::people::skill;
use crate::support::raw::{Cell, Row, put_back, rows, set};
use crate::support::{TestApp, on_both};
use crate::usecase::link::{choice, linked, open};

async fn row(app: &TestApp, table: &str, column: &str, of: uuid::Uuid) -> Row {
    rows(&app.service.db, table).await.into_iter().find(|row| row[column] == Cell::id(of)).unwrap()
}

on_both!(a_clear_column_of_a_link_that_was_changed_denies, |app| {
    let (amina, made) = linked(app, 5).await;
    let session = amina.session(app).await;
    let with_word = LinkChoice { word: Some("blå fågel".to_owned()), ..choice(app, 5) };
    let other = app.service.make_link(&session, &with_word).await.unwrap();
    let db = &app.service.db;
    let (link, theirs) = (row(app, "link", "id", made.id).await, row(app, "link", "id", other.id).await);
    let consent = row(app, "consent", "id", made.given.terms.consent.0).await;
    let token = row(app, "token", "consent", made.given.terms.consent.0).await;
    let later = |row: &Row, column: &str| Cell::Number(row[column].number() + 1_000_000);
    let changes: Vec<(&str, &[&str], &Row, &str, Cell)> = vec![
        ("link", &["id"], &link, "lookup", theirs["lookup"].clone()),
        ("link", &["id"], &link, "word", theirs["word"].clone()),
        ("link", &["id"], &link, "opens", later(&link, "opens")),
        ("link", &["id"], &link, "versions", theirs["versions"].clone()),
        ("link", &["id"], &link, "versions", Cell::Null),
        ("link", &["id"], &link, "mac", theirs["mac"].clone()),
        ("consent", &["owner", "id"], &consent, "unit", Cell::id(amina.id.0)),
        ("consent", &["owner", "id"], &consent, "state", Cell::Text("withdrawn".to_owned())),
        ("consent", &["owner", "id"], &consent, "generation", later(&consent, "generation")),
        ("consent", &["owner", "id"], &consent, "valid_until", later(&consent, "valid_until")),
        ("consent", &["owner", "id"], &consent, "event_seq", Cell::Number(0)),
        ("consent", &["owner", "id"], &consent, "bundle", Cell::Null),
        ("token", &["lookup"], &token, "until", later(&token, "until")),
        ("token", &["lookup"], &token, "issued", later(&token, "issued")),
        ("token", &["lookup"], &token, "kind", Cell::Text("access".to_owned())),
        ("token", &["lookup"], &token, "sealed", Cell::Null),
        ("token", &["lookup"], &token, "consent", theirs["consent"].clone()),
        ("token", &["lookup"], &token, "ended_at", Cell::Number(1)),
    ];
    for (table, key, good, column, bad) in changes {
        let place: Vec<(&str, &Cell)> = key.iter().map(|name| (*name, &good[*name])).collect();
        set(db, table, &place, column, &bad).await;
        assert!(open(app, &made, None).await.is_err(), "{table}.{column}, sealed");
        // Which versions there are the service reads in the bundle, where it opens one.
        if column != "versions" {
            assert!(app.service.read_by_link(made.id, &made.secret, None).await.is_err(), "{table}.{column}, here");
        }
        put_back(db, table, key, good).await;
    }
    set(db, "link", &[("id", &theirs["id"])], "word", &Cell::Null).await;
    assert!(open(app, &other, None).await.is_err(), "a word taken away lets nobody in");
    assert!(open(app, &made, None).await.is_ok());
});

on_both!(old_counts_put_back_meet_a_line_that_stands_already, |app| {
    let (amina, made) = linked(app, 2).await;
    let db = &app.service.db;
    let fresh = row(app, "consent", "id", made.given.terms.consent.0).await;
    assert!(open(app, &made, None).await.is_ok());
    let now = row(app, "consent", "id", made.given.terms.consent.0).await;
    put_back(db, "consent", &["owner", "id"], &fresh).await;
    assert!(open(app, &made, None).await.is_err(), "an opening cannot be taken back");
    put_back(db, "consent", &["owner", "id"], &now).await;
    let token = row(app, "token", "consent", made.given.terms.consent.0).await;
    let link = row(app, "link", "id", made.id).await;
    assert!(open(app, &made, None).await.is_ok());
    put_back(db, "token", &["lookup"], &token).await;
    put_back(db, "link", &["id"], &link).await;
    assert!(open(app, &made, None).await.is_err(), "the consent has ended");
    put_back(db, "consent", &["owner", "id"], &now).await;
    assert!(open(app, &made, None).await.is_err(), "and with its row too the last opening's line stands");

    let session = amina.session(app).await;
    let with_word = LinkChoice { word: Some("blå fågel".to_owned()), ..choice(app, 5) };
    let other = app.service.make_link(&session, &with_word).await.unwrap();
    let untried = row(app, "link", "id", other.id).await;
    assert!(open(app, &other, Some("grå fågel")).await.is_err());
    put_back(db, "link", &["id"], &untried).await;
    for word in ["grå fågel", "blå fågel"] {
        let again = open(app, &other, Some(word)).await;
        assert!(
            matches!(again, Err(NotOpened::Closed)),
            "{word}: a try cannot be taken back, and the right word is no way round it"
        );
    }
});

on_both!(after_a_withdrawal_old_token_and_link_rows_open_nothing, |app| {
    let (amina, made) = linked(app, 5).await;
    let db = &app.service.db;
    let consent = made.given.terms.consent;
    let (token, link) = (row(app, "token", "consent", consent.0).await, row(app, "link", "id", made.id).await);
    app.service.withdraw(&amina.session(app).await, consent).await.unwrap();
    put_back(db, "token", &["lookup"], &token).await;
    put_back(db, "link", &["id"], &link).await;
    assert!(open(app, &made, None).await.is_err());
    let mut revived = row(app, "consent", "id", consent.0).await;
    revived.insert("state".to_owned(), Cell::Text("given".to_owned()));
    revived.insert("ended_at".to_owned(), Cell::Null);
    put_back(db, "consent", &["owner", "id"], &revived).await;
    assert!(open(app, &made, None).await.is_err(), "a state in clear grants nothing");
    assert!(app.service.read_by_link(made.id, &made.secret, None).await.is_err());
});

fn link_secret() -> LinkSecret {
    LinkSecret::parse(&secret().text()).unwrap()
}

fn link_terms() -> Terms {
    let list = link_secret().proof().list_key();
    let link = LinkTerms { recipient: "employer_apply".to_owned(), opens: 3, word: false, list };
    let scope = Scope { kinds: [Kind::Skill, Kind::Language].into(), ..terms().scope };
    Terms { scope, name: None, purpose: "recruitment".to_owned(), link: Some(link), ..terms() }
}

fn entry(kind: &str, fields: &Value) -> Value {
    json!({
        "kind": kind, "lang": "sv", "source": "own", "evidence": "e1", "fields": fields,
        "created": 1_780_000_000_000_000_i64, "updated": 1_780_000_000_000_000_i64, "confirmed": 1_780_000_000_000_000_i64,
    })
}

/// A link with two entries, one of them longer than the first step of padding.
fn made() -> Value {
    let random = Seeded::new(20);
    let (terms, secret) = (link_terms(), link_secret());
    let place = TokenPlace {
        kind: TokenKind::Link,
        consent: terms.consent,
        client: String::new(),
        thumbprint: Vec::new(),
        issued: terms.from,
        until: terms.until,
        parent: Vec::new(),
    };
    let long = "åäö ".repeat(200);
    let all = [
        (Kind::Skill, entry("skill", &serde_json::to_value(skill("svetsa")).unwrap())),
        (Kind::Work, entry("work", &json!({ "occupation": { "concept": { "entered": "kock" } }, "tasks": { "text": long } }))),
    ];
    let (mut held, mut opened, mut bundle) = (Vec::new(), Vec::new(), Vec::new());
    for (n, (kind, content)) in all.into_iter().enumerate() {
        let (entry, version) = (EntryId(id(400 + n as u128)), VersionId(id(500 + n as u128)));
        let sealed = FreshEntryKey::random(&random).seal(terms.owner, entry, version, content.to_string().as_bytes());
        let alias = consent_secret().aliaser().alias(entry);
        opened.push(json!({ "alias": hex::encode(alias), "version": version.0, "entry": content }));
        bundle.push(BundleRow { alias, kind, version, key: sealed.key, hash: sealed.hash });
        held.push((version, entry, sealed.record));
    }
    let versions: Vec<VersionId> = held.iter().map(|(version, ..)| *version).collect();
    let list = ListPlace { owner: terms.owner, consent: terms.consent, generation: terms.generation };
    let list = seal_list(&secret.proof().list_key(), list, &versions, &random);
    let token = secret.seal(&place, &consent_secret(), &random);
    let sealed = consent_secret().seal_bundle(&Bundle { terms: terms.clone(), rows: bundle }, &random);
    let (owner, generation) = (terms.owner, terms.generation);
    let answer = Answer::new(&Sealed { place, token, owner, generation, bundle: sealed, entries: held }, terms.from);
    json!({
        "secret": secret.text().as_str(),
        "proof": secret.proof().text().as_str(),
        "opening": hex::encode(super::vectors::secret().lookup(Label::LinkOpening).0),
        "lookup": hex::encode(secret.proof().lookup().0),
        "list": hex::encode(list),
        "kinds": Kind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        "answer": answer,
        "terms": terms,
        "entries": opened,
    })
}

#[test]
fn what_a_link_is_today_has_the_frozen_bytes() {
    assert_eq!(made(), frozen("link"), "a changed format is a new version, beside this one");
}

#[test]
fn the_frozen_link_opens_and_with_any_part_of_it_changed_it_does_not() {
    let frozen = frozen("link");
    let secret = LinkSecret::parse(frozen["secret"].as_str().unwrap()).unwrap();
    assert_eq!(secret.proof().text().as_str(), frozen["proof"]);
    let read = |answer: &Value| serde_json::from_value::<Answer>(answer.clone()).ok().and_then(|answer| answer.sealed());
    let whole = read(&frozen["answer"]).unwrap();
    for part in
        ["/owner", "/token/consent", "/entries/0/entry", "/entries/0/version", "/entries/1/sealed", "/bundle", "/token/sealed"]
    {
        let mut other = frozen["answer"].clone();
        let place = other.pointer_mut(part).unwrap();
        let text = place.as_str().unwrap();
        let at = text.len() / 3;
        let sign = if &text[at..=at] == "1" { "2" } else { "1" };
        *place = format!("{}{sign}{}", &text[..at], &text[at + 1..]).into();
        assert!(read(&other).is_none_or(|sealed| sealed.open(&secret).is_err()), "{part}");
    }
    for (part, number) in [("/generation", 6), ("/token/until", 1), ("/token/issued", 1)] {
        let mut other = frozen["answer"].clone();
        *other.pointer_mut(part).unwrap() = number.into();
        assert!(read(&other).unwrap().open(&secret).is_err(), "{part}");
    }
    let (opened, entries) = whole.open(&secret).unwrap();
    assert_eq!(serde_json::to_value(&opened).unwrap(), frozen["terms"]);
    let entries: Vec<Value> = entries
        .iter()
        .map(|(alias, version, entry)| json!({ "alias": hex::encode(alias), "version": version.0, "entry": entry }))
        .collect();
    assert_eq!(Value::from(entries), frozen["entries"]);
    let list = hex::decode(frozen["list"].as_str().unwrap()).unwrap();
    let place = ListPlace { owner: opened.owner, consent: opened.consent, generation: opened.generation };
    let versions = open_list(&secret.proof().list_key(), place, &list).unwrap();
    assert_eq!(versions, whole.entries.iter().map(|(version, ..)| *version).collect::<Vec<_>>());
    assert!(opened.holds_at(Timestamp(opened.from.0)));
}

#[test]
#[ignore = "writes the frozen file anew: by hand, for a new format beside the old one"]
fn write_link_vectors() {
    let text = serde_json::to_string_pretty(&made()).unwrap();
    std::fs::write(super::vectors::folder().join("link.json"), text + "\n").unwrap();
}
