//! Checking a proof whose issuer is elsewhere: what is asked of it, what is kept, and what an unreachable or changed one means.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use egenkarta::credential::competence::claims_of;
use egenkarta::credential::sd_jwt::{SdJwt, TYP, issue};
use egenkarta::credential::status::{INVALID, Order, StatusList, Times, token};
use egenkarta::credential::{self, Checked};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::crypto::{Ad, Label, Padding};
use egenkarta::domain::credential::{Proof, Unchecked, Verdict, Wrong};
use egenkarta::domain::fetch::BoxFuture;
use egenkarta::domain::profile::Evidence;
use egenkarta::domain::time::{DAY, HOUR, MINUTE, SECOND};
use egenkarta::domain::{Fetch, FetchFault, FetchRequest, FetchResponse, SystemClock, SystemRandom, Timestamp};
use egenkarta::outbound::{Outbound, Reach};
use egenkarta::store::ended::{Ended, EndedWhat};
use egenkarta::usecase::assessment::NotIssued;
use egenkarta::usecase::backup::{Backup, Database};
use egenkarta::usecase::verify::Outside;
use egenkarta::usecase::{Error, Service};
use serde_json::json;

use crate::support::issuing::TestIssuer;
use crate::support::raw::{Cell, rows, set};
use crate::support::{BASE, TestApp, on_both};

const ISSUER: &str = "https://a.example/issuer/1";
const METADATA: &str = "https://a.example/.well-known/jwt-vc-issuer/issuer/1";
const LIST: &str = "https://a.example/issuer/1/status/1";

/// What stands at which address now, and how often each was asked for.
#[derive(Default)]
struct Web(Mutex<BTreeMap<String, Page>>);

/// What stands at an address, and how often it was asked for.
type Page = (Option<Vec<u8>>, usize);

impl Web {
    fn put(&self, url: &str, body: impl Into<Vec<u8>>) {
        self.0.lock().unwrap().entry(url.to_owned()).or_default().0 = Some(body.into());
    }

    fn remove(&self, url: &str) {
        self.0.lock().unwrap().entry(url.to_owned()).or_default().0 = None;
    }

    fn asked(&self, url: &str) -> usize {
        self.0.lock().unwrap().get(url).map_or(0, |(_, count)| *count)
    }
}

impl Fetch for Web {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        let mut web = self.0.lock().unwrap();
        let (body, count) = web.entry(request.url).or_default();
        *count += 1;
        let answer = body.clone().map(|body| FetchResponse { status: 200, content_type: None, body });
        Box::pin(async move { answer.ok_or(FetchFault::Unreachable) })
    }
}

/// An issuer somewhere else.
struct Elsewhere {
    key: SigningKey,
    web: Web,
    now: Timestamp,
}

fn new_key() -> SigningKey {
    SigningKey::from_pkcs8(&SigningKey::generate().unwrap()).unwrap()
}

impl Elsewhere {
    fn new(now: Timestamp) -> Self {
        let issuer = Self { key: new_key(), web: Web::default(), now };
        issuer.publish(&issuer.key);
        issuer.list(false, now);
        issuer
    }

    fn publish(&self, key: &SigningKey) {
        let metadata = json!({ "issuer": ISSUER, "jwks": { "keys": [key.public().published()] } });
        self.web.put(METADATA, metadata.to_string());
    }

    fn list(&self, withdrawn: bool, at: Timestamp) {
        let mut list = StatusList::new(Order::Token, 1, 100).unwrap();
        assert!(!withdrawn || list.set(7, INVALID));
        let times = Times { iat: at, exp: Some(at.plus(2 * HOUR)), ttl: Some(15 * MINUTE) };
        self.web.put(LIST, token(&self.key, LIST, &list, &times));
    }

    fn proof(&self) -> String {
        let proof: Proof = serde_json::from_value(json!({
            "format": "sd_jwt_vc", "kind": "", "issuer": { "id": ISSUER, "name": "A", "number": "202100-2114" }, "subject": {},
            "competence": { "name": { "sv": "Svetsning" }, "level": "e4", "criteria": [], "concepts": [] },
            "issued": self.now.0, "until": self.now.plus(300 * DAY).0, "status": { "list": "token", "uri": LIST, "index": 7 },
        }))
        .unwrap();
        let (claims, hide) = claims_of(&proof, &new_key().public());
        issue(&self.key, TYP, claims, &hide, &SystemRandom::default()).unwrap()
    }

    async fn found(&self, service: &Service, proof: &str) -> Verdict {
        service.verify(Outside { fetch: &self.web, base: BASE }, proof.as_bytes(), None).await.verdict
    }
}

/// A service that believes the issuer.
async fn believing(app: &TestApp) -> Arc<Service> {
    let list =
        format!("format = 1\nversion = \"1\"\n[[issuer]]\nid = \"{ISSUER}\"\nname = \"Nämnden\"\nnumber = \"202100-2114\"\n");
    std::fs::write(app.dir.path().join("trust.toml"), list).unwrap();
    app.restarted().await
}

on_both!(a_withdrawal_elsewhere_shows_as_soon_as_the_list_may_be_asked_again, |app| {
    let (service, issuer) = (believing(app).await, Elsewhere::new(app.service.now()));
    let proof = issuer.proof();
    assert_eq!(issuer.found(&service, &proof).await, Verdict::Valid);
    assert_eq!(issuer.found(&service, &proof).await, Verdict::Valid);
    assert_eq!(issuer.web.asked(LIST), 1, "kept");
    issuer.list(true, app.service.now());
    app.clock.forward(16 * MINUTE);
    assert_eq!(issuer.found(&service, &proof).await, Verdict::Withdrawn);
    issuer.web.remove(LIST);
    app.clock.forward(16 * MINUTE);
    assert_eq!(
        issuer.found(&service, &proof).await,
        Verdict::CannotBeChecked(Unchecked::Status),
        "never from a list that is too old"
    );
});

on_both!(an_issuer_that_is_not_listed_is_unknown_whatever_it_publishes, |app| {
    let issuer = Elsewhere::new(app.service.now());
    let proof = issuer.proof();
    assert_eq!(issuer.found(&app.service, &proof).await, Verdict::UnknownIssuer);
    assert_eq!(issuer.web.asked(LIST), 0, "whether it is withdrawn does not matter then");
    issuer.web.remove(METADATA);
    assert_eq!(issuer.found(&app.service, &proof).await, Verdict::UnknownIssuer);
    let service = believing(app).await;
    assert_eq!(issuer.found(&service, &proof).await, Verdict::CannotBeChecked(Unchecked::Key));
});

on_both!(a_key_that_the_issuer_has_changed_is_asked_for_again_and_anothers_never_fits, |app| {
    let (service, issuer) = (believing(app).await, Elsewhere::new(app.service.now()));
    issuer.publish(&new_key());
    assert_eq!(issuer.found(&service, &issuer.proof()).await, Verdict::NotValid(Wrong::Key));
    assert_eq!(issuer.web.asked(METADATA), 2);
    let other = Elsewhere::new(app.service.now());
    issuer
        .web
        .put(METADATA, json!({ "issuer": "https://b.example", "jwks": { "keys": [issuer.key.public().published()] } }).to_string());
    assert_eq!(
        issuer.found(&service, &issuer.proof()).await,
        Verdict::CannotBeChecked(Unchecked::Key),
        "another issuer's document"
    );
    let asked = issuer.web.asked(METADATA);
    issuer.publish(&issuer.key);
    assert_eq!(issuer.found(&service, &issuer.proof()).await, Verdict::CannotBeChecked(Unchecked::Key));
    assert_eq!(issuer.web.asked(METADATA), asked, "whoever was asked in vain is left alone for a while");
    app.clock.forward(MINUTE);
    issuer.web.put(LIST, other.web.0.lock().unwrap()[LIST].0.clone().unwrap());
    assert_eq!(issuer.found(&service, &issuer.proof()).await, Verdict::NotValid(Wrong::Status), "another's list");
});

on_both!(no_proof_makes_the_service_reach_inward, |app| {
    let service = app.service.clone();
    let outbound = Outbound::new(Reach::Public { inner_hosts: Default::default() }, Arc::new(SystemClock)).unwrap();
    let issuer = Elsewhere::new(service.now());
    for inner in ["https://127.0.0.1", "https://[::1]", "https://169.254.169.254", "https://localhost"] {
        let list =
            format!("format = 1\nversion = \"1\"\n[[issuer]]\nid = \"{inner}/issuer\"\nname = \"A\"\nnumber = \"202100-2114\"\n");
        std::fs::write(app.dir.path().join("trust.toml"), list).unwrap();
        let service = app.restarted().await;
        let claims = json!({ "iss": format!("{inner}/issuer"), "vct": "urn:x" });
        let claims = claims.as_object().unwrap().clone();
        let proof = issue(&issuer.key, TYP, claims, &[], &SystemRandom::default()).unwrap();
        let found = service.verify(Outside { fetch: &outbound, base: BASE }, proof.as_bytes(), None).await;
        assert_eq!(found.verdict, Verdict::CannotBeChecked(Unchecked::Key), "{inner}");
    }
});

on_both!(a_unit_of_our_own_is_believed_as_far_as_the_operator_lets_it_issue_and_a_withdrawal_shows_at_once, |app| {
    let issuer = app.issuer().await;
    let (id, code) = issuer.issue(app, "Rad 1").await;
    let offered = app.service.offer_preview(&code).await.unwrap();
    let (proof, badge) = (offered.credential, offered.badge.unwrap());
    let web = Web::default();
    let found = async || app.service.verify(Outside { fetch: &web, base: BASE }, proof.as_bytes(), None).await;
    let first = found().await;
    assert_eq!(first.verdict, Verdict::Valid);
    assert_eq!(first.proof.unwrap().issuer.number.as_deref(), Some("202100-2114"));
    let as_badge = app.service.verify(Outside { fetch: &web, base: BASE }, badge.as_bytes(), None).await;
    assert_eq!(as_badge.verdict, Verdict::Valid);
    let elsewhere = Outside { fetch: &web, base: "https://b.example" };
    assert_eq!(
        app.service.verify(elsewhere, proof.as_bytes(), None).await.verdict,
        Verdict::UnknownIssuer,
        "not under this address"
    );
    let admin = issuer.unit.administrator.session(app).await;
    app.service.make_issuing_key(&admin, BASE).await.unwrap();
    assert_eq!(found().await.verdict, Verdict::Valid, "signed by a key that has been replaced");
    let session = issuer.first.session(app).await;
    app.service.withdraw_credential(&session, BASE, id, "Fel person").await.unwrap();
    assert_eq!(found().await.verdict, Verdict::Withdrawn);
    let as_badge = app.service.verify(Outside { fetch: &web, base: BASE }, badge.as_bytes(), None).await;
    assert_eq!(as_badge.verdict, Verdict::Withdrawn, "the badge with it");
    assert!(web.0.lock().unwrap().is_empty(), "nobody was asked");
});

/// The unit's key, as whoever has opened its keyring can carry it away.
async fn carried_away(app: &TestApp, issuer: &TestIssuer) -> SigningKey {
    let member = app.service.member(&issuer.first.session(app).await).await.unwrap();
    let row = rows(&app.service.db, "issuing_key").await.remove(0);
    let (Cell::Bytes(kid), Cell::Bytes(sealed)) = (&row["kid"], &row["sealed"]) else { panic!("bytes") };
    let ad = Ad::new(Label::IssuingKeyWrap).bytes_field(b"issuing_key").id(issuer.unit.id.0).bytes_field(kid);
    SigningKey::from_pkcs8(&member.keyring.unwrap(&ad, Padding::Steps, sealed).unwrap()).unwrap()
}

/// What they make of a proof of the unit's.
fn forged(key: &SigningKey, proof: &str, at: Timestamp, place: Option<u64>) -> String {
    let opened = SdJwt::parse(proof).unwrap().verify(&[key.public()]).unwrap();
    let mut claims = opened.claims.clone();
    claims.insert("iat".to_owned(), (at.0 / SECOND).into());
    if let Some(place) = place {
        claims["status"]["status_list"]["idx"] = place.into();
    }
    issue(key, TYP, claims, &opened.disclosed, &SystemRandom::default()).unwrap()
}

on_both!(what_was_issued_while_the_scope_stood_stays_good_and_nothing_else, |app| {
    let issuer = app.issuer().await;
    app.clock.forward(HOUR);
    let (_, code) = issuer.issue(app, "Rad 1").await;
    let proof = app.service.offer_preview(&code).await.unwrap().credential;
    let (e4, _) = issuer.assess(app, "Rad 2", "E4").await.unwrap();
    let second = issuer.second.session(app).await;
    let code = app.service.approve(&second, issuer.desk(), e4).await.unwrap();
    let high = app.service.offer_preview(&code).await.unwrap().credential;
    let web = Web::default();
    let found = async |proof: &str| app.service.verify(Outside { fetch: &web, base: BASE }, proof.as_bytes(), None).await;
    let stands = |found: Checked| (found.verdict, found.issuer_ended);
    assert_eq!(stands(found(&high).await), (Verdict::Valid, false));

    app.clock.forward(HOUR);
    app.service.grant_issuing(issuer.unit.id, "83,93".parse().unwrap(), Evidence::E3).await.unwrap();
    assert_eq!(stands(found(&proof).await), (Verdict::Valid, false), "such proofs it issues still");
    assert_eq!(stands(found(&high).await), (Verdict::Valid, true), "and such no more");
    app.clock.forward(HOUR);
    app.service.stop_issuing(issuer.unit.id, false).await.unwrap();
    assert!(matches!(app.service.stop_issuing(issuer.unit.id, false).await, Err(Error::NotFound)), "ended once");
    app.clock.forward(HOUR);
    assert_eq!(stands(found(&proof).await), (Verdict::Valid, true));
    assert!(matches!(issuer.assess(app, "Rad 3", "E3").await, Err(NotIssued::NoScope)));

    app.clock.forward(HOUR);
    app.service.grant_issuing(issuer.unit.id, "83,93".parse().unwrap(), Evidence::E3).await.unwrap();
    app.clock.forward(HOUR);
    let (_, code) = issuer.issue(app, "Rad 4").await;
    let later = app.service.offer_preview(&code).await.unwrap().credential;
    assert_eq!(stands(found(&later).await), (Verdict::Valid, false));
    app.service.stop_issuing(issuer.unit.id, true).await.unwrap();
    for proof in [&proof, &high, &later] {
        assert_eq!(stands(found(proof).await), (Verdict::UnknownIssuer, false), "taken back from the start");
    }
    app.clock.forward(HOUR);
    app.service.grant_issuing(issuer.unit.id, "83,93".parse().unwrap(), Evidence::E4).await.unwrap();
    assert_eq!(stands(found(&proof).await), (Verdict::UnknownIssuer, false), "a new word brings nothing back");
    let (_, code) = issuer.issue(app, "Rad 5").await;
    let anew = app.service.offer_preview(&code).await.unwrap().credential;
    assert_eq!(stands(found(&anew).await), (Verdict::Valid, false));
    let listed = app.service.ended.read().unwrap();
    let words: Vec<&str> = listed.iter().map(|line| line.what.word()).filter(|word| word.starts_with("scope")).collect();
    assert_eq!(words, ["scope", "scope", "scope_withdrawn"], "a restore brings no scope back");
});

on_both!(who_has_carried_the_key_away_backdates_nothing_once_the_scope_has_ended, |app| {
    let issuer = app.issuer().await;
    app.clock.forward(HOUR);
    let (_, code) = issuer.issue(app, "Rad 1").await;
    let proof = app.service.offer_preview(&code).await.unwrap().credential;
    let key = carried_away(app, &issuer).await;
    let (then, web) = (app.service.now(), Web::default());
    let found = async |proof: &str| app.service.verify(Outside { fetch: &web, base: BASE }, proof.as_bytes(), None).await.verdict;
    let own = credential::read(proof.as_bytes()).unwrap().status[0].index;
    let free = if own == 0 { 1 } else { own - 1 };
    assert_eq!(
        found(&forged(&key, &proof, then, Some(free))).await,
        Verdict::Valid,
        "while the scope stands, the key is the unit's"
    );
    app.clock.forward(HOUR);
    app.service.stop_issuing(issuer.unit.id, false).await.unwrap();
    app.clock.forward(HOUR);
    assert_eq!(found(&proof).await, Verdict::Valid);
    for (at, place, why) in [
        (then, Some(free), "a place that was never given"),
        (app.service.now(), Some(own), "signed after the end"),
        (then.plus(-2 * HOUR), Some(own), "before the scope began"),
        (then.plus(-MINUTE), Some(own), "older than its place"),
    ] {
        assert_eq!(found(&forged(&key, &proof, at, place)).await, Verdict::UnknownIssuer, "{why}");
    }
    let past = rows(&app.service.db, "issuing_past").await.remove(0);
    let place = [("unit", &past["unit"]), ("created", &past["created"])];
    for (column, bad) in
        [("ended", Cell::Number(i64::MAX)), ("level", Cell::Text("E5".to_owned())), ("trades", Cell::Text("1".to_owned()))]
    {
        set(&app.service.db, "issuing_past", &place, column, &bad).await;
        assert_eq!(found(&proof).await, Verdict::UnknownIssuer, "{column}: nobody gave such a scope");
        set(&app.service.db, "issuing_past", &place, column, &past[column]).await;
    }
    assert_eq!(found(&proof).await, Verdict::Valid);
    app.service.stop_issuing(issuer.unit.id, true).await.unwrap();
    let gone = rows(&app.service.db, "issuing_past").await.remove(0);
    set(&app.service.db, "issuing_past", &place, "state", &past["state"]).await;
    assert_eq!(found(&proof).await, Verdict::UnknownIssuer, "taken back from the start");
    assert_ne!(gone["mac"], past["mac"]);
});

on_both!(a_restore_ends_a_scope_again_and_leaves_one_that_was_given_later, |app| {
    let issuer = app.issuer().await;
    app.clock.forward(HOUR);
    let (_, code) = issuer.issue(app, "Rad 1").await;
    let proof = app.service.offer_preview(&code).await.unwrap().credential;
    let web = Web::default();
    let stands = async || {
        let found = app.service.verify(Outside { fetch: &web, base: BASE }, proof.as_bytes(), None).await;
        (found.verdict, found.issuer_ended)
    };
    let (unit, now) = (issuer.unit.id, app.service.now());
    let id = uuid::Uuid::from_u128(7);
    let database = if app.service.db.is_sqlite() { Database::Sqlite } else { Database::Postgres };
    let backup = Backup { format: 1, id, made: now, schema: 1, database, ended: 0, sha256: String::new(), demo: false };
    let mark = Ended::new(EndedWhat::Backup, id, now);
    let again = async |line: Ended| app.service.end_again(&backup, &[mark.clone(), line]).await.unwrap();
    again(Ended::scope(unit, true, now.plus(-2 * HOUR))).await;
    assert_eq!(stands().await, (Verdict::Valid, false), "what ended before it was given is another");
    again(Ended::scope(unit, false, now)).await;
    assert_eq!(stands().await, (Verdict::Valid, true));
    again(Ended::scope(unit, true, now)).await;
    assert_eq!(stands().await, (Verdict::UnknownIssuer, false));
});
