//! Proofs in the map: never typed, counted only while they hold, shared without the name.

use std::collections::BTreeSet;

use egenkarta::credential::sd_jwt::SdJwt;
use egenkarta::credential::status::{Order, StatusList, Times, token};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::domain::credential::{StatusKind, StatusRef, Unchecked, Verdict, Wrong};
use egenkarta::domain::event::What;
use egenkarta::domain::fetch::BoxFuture;
use egenkarta::domain::profile::{Evidence, Fault, Kind, Section, Source};
use egenkarta::domain::time::{DAY, MINUTE};
use egenkarta::domain::{Fetch, FetchFault, FetchRequest, FetchResponse, Timestamp};
use egenkarta::usecase::held;
use egenkarta::usecase::{Error, Session};

use crate::support::people::{fields, save, text};
use crate::support::proof::held as hold;
use crate::support::proof::{Nobody, issue, issuer_key, outside, proof};
use crate::support::raw::rows;
use crate::support::{BASE, on_both};

const LIST: &str = "https://yrkesnamnden.example/status/1";

/// Answers with a status list.
struct Listed(String);

impl Fetch for Listed {
    fn fetch(&self, request: FetchRequest) -> BoxFuture<'_, Result<FetchResponse, FetchFault>> {
        let answer = FetchResponse {
            status: if request.url == LIST { 200 } else { 404 },
            content_type: Some("application/statuslist+jwt".to_owned()),
            body: self.0.clone().into_bytes(),
        };
        Box::pin(async { Ok(answer) })
    }
}

fn list(now: Timestamp, withdrawn: bool) -> Listed {
    let mut list = StatusList::new(Order::Token, 1, 1024).unwrap();
    if withdrawn {
        assert!(list.set(7, 1));
    }
    let times = Times { iat: now, exp: None, ttl: Some(MINUTE) };
    Listed(token(&issuer_key(), LIST, &list, &times))
}

on_both!(nobody_types_a_proof, |app| {
    let session = app.participant("Amina").await.session(app).await;
    let typed = || fields([("name", text("Truckförare")), ("proof", text("a.b.c"))]);
    let refused = app.service.save_entry(&session, save(None, Kind::Credential, typed())).await;
    assert!(matches!(refused, Err(Error::Faults(faults)) if faults == [("kind".to_owned(), Fault::NotAChoice)]));
    assert!(
        app.service
            .import_entry(&session, &egenkarta::taxonomy::Taxonomy::starter().unwrap(), save(None, Kind::Credential, typed()))
            .await
            .is_err()
    );
    let id = hold(app, &session, &proof(app)).await;
    assert!(app.service.save_entry(&session, save(Some(id), Kind::Credential, typed())).await.is_err(), "nor changes one");
    assert_eq!(app.service.profile(&session).await.unwrap().entries.len(), 1);
});

on_both!(a_level_counts_only_while_the_proof_holds, |app| {
    let session = app.participant("Amina").await.session(app).await;
    let state = async |proof: &str, fetch: &dyn Fetch| app.service.proof_state(proof.as_bytes(), outside(fetch)).await;
    let id = hold(app, &session, &proof(app)).await;
    let entry = app.service.profile(&session).await.unwrap().entry(id).unwrap().entry.clone();
    assert_eq!(entry.evidence, Evidence::E1, "no level is kept");
    let shared = held::proof(&entry).unwrap();
    let broken = shared.replacen("eyJ", "eyK", 1);
    let found = state(&broken, &Nobody).await;
    assert!(
        matches!(found.verdict, Verdict::NotValid(Wrong::Form | Wrong::Signature | Wrong::Key)) && found.evidence() == Evidence::E1
    );
    let found = state(shared, &Nobody).await;
    assert_eq!((found.verdict, found.evidence()), (Verdict::Valid, Evidence::E4));
    app.clock.forward(366 * DAY);
    let found = state(shared, &Nobody).await;
    assert_eq!((found.verdict, found.evidence()), (Verdict::Expired, Evidence::E1));
});

on_both!(what_is_withdrawn_shows_at_the_next_look_and_what_cannot_be_asked_says_so, |app| {
    let status = Some(StatusRef { list: StatusKind::Token, uri: LIST.to_owned(), index: 7 });
    let listed = issue(&egenkarta::domain::credential::Proof { status, ..proof(app) }).credential;
    let state = async |fetch: &dyn Fetch| app.service.proof_state(listed.as_bytes(), outside(fetch)).await.verdict;
    assert_eq!(state(&Nobody).await, Verdict::CannotBeChecked(Unchecked::Status));
    // Whoever is silent is left alone for a while.
    app.clock.forward(MINUTE);
    assert_eq!(state(&list(app.service.now(), false)).await, Verdict::Valid);
    app.clock.forward(DAY);
    assert_eq!(state(&list(app.service.now(), true)).await, Verdict::Withdrawn);
});

on_both!(a_proof_is_held_whole_and_shared_without_the_name, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let unit = app.unit("af").await;
    let given = app.give(&session, unit.id, &[Section::P08]).await;
    let id = hold(app, &session, &proof(app)).await;
    let (token, _) = app.service.mint(&unit.administrator.session(app).await, given.terms.consent, 7, "x").await.unwrap();
    let read = app.service.read_by_token(&token.text(), None).await.unwrap();
    let shared = held::proof(&read.entries[0].entry).unwrap();
    let claims = |text: &str| SdJwt::parse(text).unwrap().verify(&[issuer_key().public()]).unwrap().claims;
    let theirs = claims(shared);
    assert!(!theirs.contains_key("given_name") && !theirs.contains_key("family_name"));
    assert_eq!(theirs["criteria"].as_array().map(Vec::len), Some(2));
    let whole = app.service.whole(&session, id).await.unwrap();
    assert_eq!(claims(&whole.credential)["given_name"], "Zebulonia");
    let export = serde_json::to_value(app.service.export(&session).await.unwrap()).unwrap();
    assert_eq!(export["proofs"][0]["credential"], whole.credential);
    assert!(export["proofs"][0].get("holder").is_none(), "by what it is shown stays here");
    assert!(SigningKey::from_pkcs8(&whole.holder.unwrap()).is_some());
    assert!(matches!(app.service.whole(&app.participant("Bashir").await.session(app).await, id).await, Err(Error::NotFound)));
    let again = hold(app, &session, &proof(app)).await;
    assert_ne!(id, again, "another proof of the same is another entry");
    let lines = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.event.what == What::ProofAdded).count(), 2);
    app.service.delete_entry(&session, id).await.unwrap();
    assert!(matches!(app.service.whole(&session, id).await, Err(Error::NotFound)));
    assert_eq!(rows(&app.service.db, "held").await.len(), 1, "what lay beside it is gone too");
});

on_both!(another_rows_proof_put_in_its_place_is_refused, |app| {
    let session = app.participant("Amina").await.session(app).await;
    let (one, other) = (hold(app, &session, &proof(app)).await, hold(app, &session, &proof(app)).await);
    let all = rows(&app.service.db, "held").await;
    let of = |id: egenkarta::domain::EntryId| all.iter().find(|row| row["entry"] == crate::support::raw::Cell::id(id.0)).unwrap();
    let key = [("owner", &of(one)["owner"]), ("entry", &of(one)["entry"])];
    crate::support::raw::set(&app.service.db, "held", &key, "sealed", &of(other)["sealed"]).await;
    assert!(matches!(app.service.whole(&session, one).await, Err(Error::Unopened)));
    assert!(app.service.whole(&session, other).await.is_ok());
});

on_both!(an_offer_is_taken_once_and_what_its_issuer_withdraws_shows_at_the_next_look, |app| {
    let issuer = app.issuer().await;
    let (issued, code) = issuer.issue(app, "Amina").await;
    let (amina, bashir) = (app.participant("Amina").await, app.participant("Bashir").await);
    let (none, session) = (BTreeSet::new(), amina.session(app).await);
    let take = async |session: &Session| app.service.accept_offer(session, &code, ("sv", &none), outside(&Nobody)).await;
    assert!(take(&amina.closed_session(app).await).await.is_err(), "no keyring, nothing taken");
    let id = take(&session).await.unwrap();
    assert!(matches!(take(&session).await, Err(Error::NotFound)), "once");
    assert!(matches!(take(&bashir.session(app).await).await, Err(Error::NotFound)), "and by nobody else");
    let entry = app.service.profile(&session).await.unwrap().entry(id).unwrap().entry.clone();
    assert_eq!((entry.source, entry.evidence), (Source::Organisation, Evidence::E1));
    let state = async || app.service.proof_state(held::proof(&entry).unwrap().as_bytes(), outside(&Nobody)).await;
    let found = state().await;
    assert!(found.verdict == Verdict::Valid && found.evidence() > Evidence::E1, "{:?}", found.verdict);
    assert!(app.service.whole(&session, id).await.unwrap().holder.is_some());
    let staff = issuer.first.session(app).await;
    app.service.withdraw_credential(&staff, BASE, issued, "fel person").await.unwrap();
    let found = state().await;
    assert_eq!((found.verdict, found.evidence()), (Verdict::Withdrawn, Evidence::E1));
    let lines = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.event.what == What::ProofAccepted).count(), 1);
});
