//! Issuing: within the operator's scope, by two from E4 on, withdrawn at once, kept through a change of locks.

use egenkarta::credential::competence::proof_of;
use egenkarta::credential::sd_jwt::SdJwt;
use egenkarta::credential::status::{said, verify_bitstring_token, verify_token};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::domain::credential::{Proof, StatusKind, Verdict};
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::Evidence;
use egenkarta::domain::time::DAY;
use egenkarta::policy::{Refused, Why};
use egenkarta::store::batch::BatchState;
use egenkarta::usecase::Error;
use egenkarta::usecase::assessment::{Assessed, NotIssued};
use egenkarta::usecase::batch::{NotRead, STEP, STEPS};
use egenkarta::usecase::framework::NotPublished;
use egenkarta::usecase::issued::Standing;
use egenkarta::usecase::offer::Offered;

use crate::support::issuing::{FRAMEWORK, TestIssuer};
use crate::support::raw::{Cell, rows, set};
use crate::support::{BASE, TestApp, on_both};

fn why(fault: NotIssued) -> Why {
    match fault {
        NotIssued::Failed(Error::Refused(Refused { why, .. })) => why,
        other => panic!("{other:?}"),
    }
}

/// What an offer's proof says, verified by the unit's published keys.
async fn opened(app: &TestApp, issuer: &TestIssuer, offered: &Offered) -> Proof {
    let keys = app.service.issuing_keys(issuer.unit.id).await.unwrap();
    proof_of(&SdJwt::parse(&offered.credential).unwrap().verify(&keys).unwrap()).unwrap()
}

/// What the unit's published lists say of a proof: both forms alike.
async fn standing(app: &TestApp, issuer: &TestIssuer, proof: &Proof) -> Option<Verdict> {
    let status = proof.status.as_ref().unwrap();
    let number: u64 = status.uri.rsplit('/').next().unwrap().parse().unwrap();
    let keys = app.service.issuing_keys(issuer.unit.id).await.unwrap();
    let (token, _) = app.service.status_token(issuer.unit.id, number).await.unwrap();
    let listed = verify_token(&token.unwrap(), &status.uri, &keys, app.service.now()).unwrap();
    let uri = status.uri.replace("/status/", "/revocation/");
    let (list, _) = app.service.revocation_list(issuer.unit.id, number).await.unwrap();
    let same = verify_bitstring_token(&list.unwrap(), &uri, StatusKind::Revocation, &keys, app.service.now()).unwrap();
    let found = said(StatusKind::Token, &listed.list, status.index);
    assert_eq!(found, said(StatusKind::Revocation, &same.list, status.index));
    found
}

on_both!(nobody_issues_without_the_operators_word_a_key_or_the_role, |app| {
    let unit = app.unit("validator").await;
    let admin = unit.administrator.session(app).await;
    let taxonomy = egenkarta::taxonomy::Taxonomy::starter().unwrap();
    let refused = app.service.publish_framework(&admin, &taxonomy, FRAMEWORK).await.unwrap_err();
    assert!(matches!(refused, NotPublished::Failed(Error::Refused(_))), "{refused:?}");
    app.service.grant_issuing(unit.id, "71".parse().unwrap(), Evidence::E3).await.unwrap();
    let outside = app.service.publish_framework(&admin, &taxonomy, FRAMEWORK).await.unwrap_err();
    assert!(matches!(outside, NotPublished::Outside(_)), "{outside:?}");
    let reader = app.reader(&unit).await.session(app).await;
    let refused = app.service.publish_framework(&reader, &taxonomy, FRAMEWORK).await.unwrap_err();
    assert!(matches!(refused, NotPublished::Failed(Error::Refused(Refused { why: Why::Never, .. }))));
    assert!(app.service.issued(&reader, None, 10).await.is_err() && app.service.make_issuing_key(&reader, BASE).await.is_err());
    app.service.grant_issuing(unit.id, "8,9".parse().unwrap(), Evidence::E3).await.unwrap();
    let framework = app.service.publish_framework(&admin, &taxonomy, FRAMEWORK).await.unwrap();
    assert!(matches!(app.service.publish_framework(&admin, &taxonomy, FRAMEWORK).await, Err(NotPublished::Stands)));
    let colleague = || app.colleague(&unit, "Inga", Role::Issuer);
    let (first, second) = (colleague().await, app.colleague(&unit, "Sixten", Role::Issuer).await);
    let issuer = TestIssuer { unit, first, second, framework, taxonomy };
    assert!(matches!(issuer.assess(app, "Rad 1", "E3").await, Err(NotIssued::NoKey)));
    let slips = issuer.assess(app, "Rad 1", "E4").await.map(drop).unwrap_err();
    assert!(matches!(&slips, NotIssued::Slips(slips) if slips[0].0 == "level"), "{slips:?}");
    app.service.stop_issuing(issuer.unit.id, false).await.unwrap();
    assert!(matches!(issuer.assess(app, "Rad 1", "E3").await, Err(NotIssued::NoScope)));
});

on_both!(an_issuer_reads_nothing_that_is_shared, |app| {
    let unit = app.unit("af").await;
    let issuer = app.colleague(&unit, "Inga", Role::Issuer).await.session(app).await;
    assert!(matches!(app.service.inbox(&issuer, None).await.map(drop), Err(Error::Refused(Refused { why: Why::Never, .. }))));
    assert!(app.service.invite(&issuer, "X", Role::Issuer).await.is_err());
});

on_both!(a_scope_or_key_written_past_the_service_grants_nothing, |app| {
    let issuer = app.issuer().await;
    let (_, code) = issuer.issue(app, "Rad 1").await;
    let db = &app.service.db;
    let scope = rows(db, "issuing_scope").await.remove(0);
    let place = [("unit", &scope["unit"])];
    set(db, "issuing_scope", &place, "level", &Cell::Text("E5".to_owned())).await;
    assert!(matches!(issuer.assess(app, "Rad 2", "E3").await, Err(NotIssued::NoScope)));
    set(db, "issuing_scope", &place, "level", &scope["level"]).await;
    let key = rows(db, "issuing_key").await.remove(0);
    let other = SigningKey::from_pkcs8(&SigningKey::generate().unwrap()).unwrap().public();
    let forged = serde_json::to_vec(&other.published()).unwrap();
    let place = [("unit", &key["unit"]), ("kid", &key["kid"])];
    set(db, "issuing_key", &place, "public", &Cell::Bytes(forged)).await;
    assert!(app.service.issuing_keys(issuer.unit.id).await.unwrap().is_empty(), "a key that nobody of the unit made is none");
    assert!(issuer.assess(app, "Rad 3", "E3").await.is_err());
    assert!(app.service.offer_preview(&code).await.is_ok());
});

on_both!(what_was_validated_takes_two_and_the_second_is_another, |app| {
    let issuer = app.issuer().await;
    let (id, done) = issuer.assess(app, "Rad 1", "E4").await.unwrap();
    assert!(matches!(done, Assessed::Waits));
    let (first, second) = (issuer.first.session(app).await, issuer.second.session(app).await);
    assert_eq!(why(app.service.approve(&first, issuer.desk(), id).await.map(drop).unwrap_err()), Why::Never);
    assert_eq!(why(app.service.send_back(&first, issuer.desk(), id, "nej").await.unwrap_err()), Why::Never);
    assert!(matches!(app.service.send_back(&second, issuer.desk(), id, " ").await, Err(NotIssued::Slips(_))));
    app.service.send_back(&second, issuer.desk(), id, "Vilken truck?").await.unwrap();
    assert!(matches!(app.service.approve(&second, issuer.desk(), id).await.map(drop), Err(NotIssued::Failed(Error::Gone))));
    // The second mends it, and so becomes the one whose it is: the first must approve.
    app.service.assess(&second, issuer.desk(), id, &issuer.typed(app, "Rad 1", "E4")).await.unwrap();
    assert_eq!(why(app.service.approve(&second, issuer.desk(), id).await.map(drop).unwrap_err()), Why::Never);
    let code = app.service.approve(&first, issuer.desk(), id).await.unwrap();
    assert!(app.service.approve(&first, issuer.desk(), id).await.is_err(), "once");
    let proof = opened(app, &issuer, &app.service.offer_preview(&code).await.unwrap()).await;
    assert_eq!(proof.competence.level, Some(Evidence::E4));
    let issued = app.service.issued_one(&first, id).await.unwrap();
    assert_eq!(issued.kept.second.as_deref(), Some(issuer.first.name.as_str()));
    assert!(app.service.waiting(&first, issuer.desk()).await.unwrap().0.is_empty());
});

on_both!(what_is_issued_verifies_says_what_was_assessed_and_is_bound_to_its_own_key, |app| {
    let issuer = app.issuer().await;
    let (id, code) = issuer.issue(app, "Ärende-Hemligt").await;
    let other = RecoveryCode::random(&*app.service.random);
    assert!(matches!(app.service.offer_preview(&other).await.map(drop), Err(Error::NotFound)));
    let offered = app.service.offer_preview(&code).await.unwrap();
    let proof = opened(app, &issuer, &offered).await;
    assert_eq!(proof.issuer.id, format!("{BASE}/issuer/{}", issuer.unit.id));
    assert_eq!(proof.issuer.number.as_deref(), Some("202100-2114"));
    assert_eq!(proof.subject.family.as_deref(), Some("Kornknarr"));
    assert!(!proof.competence.criteria.is_empty());
    let holder = SigningKey::from_pkcs8(&offered.holder).unwrap();
    assert_eq!(proof.holder, Some(holder.public().thumbprint()));
    assert!(!offered.credential.contains("Hemligt"), "the unit's own label stays with the unit");
    let head = offered.credential.split('~').next().unwrap();
    assert!(!decoded(head).contains("Kornknarr"), "the name is shown only where its holder shows it");
    assert_eq!(standing(app, &issuer, &proof).await, None);
    let found = app.service.issued_one(&issuer.second.session(app).await, id).await.unwrap();
    assert_eq!((found.standing, found.kept.assessment.label.as_str()), (Standing::Offered, "Ärende-Hemligt"));
    app.clock.forward(91 * DAY);
    assert!(matches!(app.service.offer_preview(&code).await.map(drop), Err(Error::Gone)));
    let found = app.service.issued_one(&issuer.first.session(app).await, id).await.unwrap();
    assert_eq!(found.standing, Standing::Expired);
});

fn decoded(jwt: &str) -> String {
    use base64::Engine;
    let payload = jwt.split('.').nth(1).unwrap();
    String::from_utf8(base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

on_both!(what_is_withdrawn_shows_at_once_and_cannot_be_taken, |app| {
    let issuer = app.issuer().await;
    let (id, code) = issuer.issue(app, "Rad 1").await;
    let (_, kept) = issuer.issue(app, "Rad 2").await;
    let proof = opened(app, &issuer, &app.service.offer_preview(&code).await.unwrap()).await;
    let left = opened(app, &issuer, &app.service.offer_preview(&kept).await.unwrap()).await;
    let session = issuer.second.session(app).await;
    let other = app.unit_named("af", "En annan", "Otto").await;
    let stranger = other.administrator.session(app).await;
    assert!(matches!(app.service.withdraw_credential(&stranger, BASE, id, "x").await, Err(Error::NotFound)));
    assert!(matches!(app.service.withdraw_credential(&session, BASE, id, " ").await, Err(Error::Faults(_))));
    assert_eq!(standing(app, &issuer, &proof).await, None);
    app.service.withdraw_credential(&session, BASE, id, "Fel-Person-Provad").await.unwrap();
    assert_eq!(standing(app, &issuer, &proof).await, Some(Verdict::Withdrawn));
    assert_eq!(standing(app, &issuer, &left).await, None, "its neighbour holds");
    assert!(app.service.offer_preview(&code).await.is_err());
    assert!(matches!(app.service.withdraw_credential(&session, BASE, id, "igen").await, Err(Error::Gone)));
    let found = app.service.issued_one(&session, id).await.unwrap();
    assert_eq!(found.kept.withdrawn.unwrap().reason, "Fel-Person-Provad");
});

on_both!(a_new_key_signs_and_the_old_one_verifies_still, |app| {
    let issuer = app.issuer().await;
    let (_, before) = issuer.issue(app, "Rad 1").await;
    let stale = egenkarta::usecase::Session { fresh: None, ..issuer.unit.administrator.session(app).await };
    let asked = app.service.make_issuing_key(&stale, BASE).await;
    assert!(matches!(asked, Err(Error::Refused(Refused { why: Why::AskAgain, .. }))));
    app.service.make_issuing_key(&issuer.unit.administrator.session(app).await, BASE).await.unwrap();
    let (_, after) = issuer.issue(app, "Rad 2").await;
    let mut kids = Vec::new();
    for code in [&before, &after] {
        let offered = app.service.offer_preview(code).await.unwrap();
        let proof = opened(app, &issuer, &offered).await;
        assert_eq!(standing(app, &issuer, &proof).await, None);
        kids.push(SdJwt::parse(&offered.credential).unwrap().kid().unwrap().to_owned());
    }
    assert_ne!(kids[0], kids[1]);
    let sealed = rows(&app.service.db, "issuing_key").await.iter().filter(|row| matches!(row["sealed"], Cell::Bytes(_))).count();
    assert_eq!(sealed, 1, "the private half of a retired key is gone");
});

on_both!(all_that_issuing_keeps_opens_after_the_unit_has_changed_its_locks, |app| {
    let issuer = app.issuer().await;
    let (id, _) = issuer.issue(app, "Rad 1").await;
    let (waiting, _) = issuer.assess(app, "Rad 2", "E4").await.unwrap();
    let session = issuer.first.session(app).await;
    let file = app.service.read_file(&session, issuer.desk(), csv(3, "E2").as_bytes()).await.unwrap();
    app.service.begin_batch(&session, issuer.desk(), file).await.unwrap();
    let leaver = app.colleague(&issuer.unit, "Siv", Role::Reader).await;
    let admin = issuer.unit.administrator.session(app).await;
    app.service.remove_staff(&admin, leaver.staff_id()).await.unwrap();
    app.service.rotate_unit_if_due(&admin).await.unwrap().expect("someone has left");
    let second = issuer.second.session(app).await;
    assert_eq!(app.service.issued_one(&second, id).await.unwrap().kept.assessment.label, "Rad 1");
    app.service.approve(&second, issuer.desk(), waiting).await.unwrap();
    assert_eq!(app.service.go_on(&second, issuer.desk(), file).await.unwrap().state, BatchState::Issued);
    assert_eq!(app.service.batch_codes(&second, file, 0, 10).await.unwrap().len(), 3);
});

on_both!(a_spoilt_row_hides_no_other_of_what_was_issued_or_waits, |app| {
    let issuer = app.issuer().await;
    let (one, _) = issuer.issue(app, "Rad 1").await;
    let (other, _) = issuer.issue(app, "Rad 2").await;
    // Made in the same moment, chance decides which of them is the newer.
    let (spoilt, sound) = (one.min(other), one.max(other));
    let (lost, _) = issuer.assess(app, "Rad 3", "E4").await.unwrap();
    let (waits, _) = issuer.assess(app, "Rad 4", "E4").await.unwrap();
    let session = issuer.second.session(app).await;
    let page = app.service.issued(&session, None, 1).await.unwrap();
    assert_eq!((page.issued.len(), page.unreadable, page.next), (1, 0, Some(sound)));
    for (table, id) in [("issued", spoilt), ("assessment", lost)] {
        set(&app.service.db, table, &[("id", &Cell::id(id))], "sealed", &Cell::Bytes(vec![1; 80])).await;
    }
    let page = app.service.issued(&session, None, 2).await.unwrap();
    assert_eq!((page.issued.len(), page.issued[0].id, page.unreadable, page.next), (1, sound, 1, None), "nothing follows");
    let (waiting, unreadable) = app.service.waiting(&session, issuer.desk()).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].id, unreadable), (1, waits, 1));
    assert!(app.service.issued_one(&session, spoilt).await.is_err());
});

/// So many sound rows.
fn csv(count: usize, level: &str) -> String {
    let head = "label;framework;part;level;method;assessor;assessed;seqf;given_name\n";
    let row = |n: usize| format!("Rad {n};warehouse-forklift;whole;{level};Prov;Yrkeslärare;2026-01-02;4;Person {n}\n");
    (0..count).fold(head.to_owned(), |text, n| text + &row(n))
}

on_both!(a_file_is_checked_whole_before_anything_is_issued, |app| {
    let issuer = app.issuer().await;
    let session = issuer.first.session(app).await;
    let wrong = csv(3, "E2").replace("Rad 1;", ";").replace("2026-01-02;4;Person 2", "2026-13-02;9;Person 2");
    let Err(NotRead::Lines { rows: count, slips }) = app.service.read_file(&session, issuer.desk(), wrong.as_bytes()).await else {
        panic!("two lines are wrong")
    };
    let found: Vec<(u64, &str)> = slips.iter().map(|slip| (slip.line, slip.field)).collect();
    assert_eq!((count, found), (3, vec![(3, "label"), (4, "assessed"), (4, "seqf")]));
    assert!(rows(&app.service.db, "batch").await.is_empty() && rows(&app.service.db, "issued").await.is_empty());
    assert!(matches!(app.service.read_file(&session, issuer.desk(), b"name\n").await, Err(NotRead::File(_))));
});

on_both!(many_are_issued_in_steps_each_with_a_code_of_its_own, |app| {
    let issuer = app.issuer().await;
    let session = issuer.first.session(app).await;
    let count = STEP * STEPS + 5;
    let file = app.service.read_file(&session, issuer.desk(), csv(count, "E2").as_bytes()).await.unwrap();
    assert!(matches!(app.service.go_on(&session, issuer.desk(), file).await, Err(NotIssued::Failed(Error::Gone))), "not begun");
    app.service.begin_batch(&session, issuer.desk(), file).await.unwrap();
    let part = app.service.go_on(&session, issuer.desk(), file).await.unwrap();
    assert_eq!((part.state, part.done), (BatchState::Issuing, (STEP * STEPS) as u64));
    assert!(app.service.batch_codes(&session, file, 0, 1).await.is_err(), "no codes before all are issued");
    let whole = app.service.go_on(&issuer.second.session(app).await, issuer.desk(), file).await.unwrap();
    assert_eq!((whole.state, whole.done), (BatchState::Issued, count as u64));
    let codes = app.service.batch_codes(&session, file, count - 2, 10).await.unwrap();
    assert_eq!(
        codes.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(),
        [format!("Rad {}", count - 2), format!("Rad {}", count - 1)]
    );
    let proof = opened(app, &issuer, &app.service.offer_preview(&codes[1].code).await.unwrap()).await;
    assert_eq!(proof.subject.given, Some(format!("Person {}", count - 1)));
    let places: std::collections::BTreeSet<_> =
        rows(&app.service.db, "issued").await.into_iter().map(|row| row["place"].clone()).collect();
    assert_eq!(places.len(), count, "each has a place of its own");
    app.service.batch_printed(&session, file).await.unwrap();
    assert!(matches!(app.service.batch_codes(&session, file, 0, 1).await.map(drop), Err(Error::Gone)));
    assert!(app.service.offer_preview(&codes[0].code).await.is_ok(), "a printed code works");
});

on_both!(a_file_with_validated_rows_waits_as_one_for_another_person, |app| {
    let issuer = app.issuer().await;
    let (first, second) = (issuer.first.session(app).await, issuer.second.session(app).await);
    let file = app.service.read_file(&first, issuer.desk(), csv(2, "E4").as_bytes()).await.unwrap();
    app.service.begin_batch(&first, issuer.desk(), file).await.unwrap();
    assert!(app.service.go_on(&first, issuer.desk(), file).await.is_err());
    assert_eq!(why(app.service.approve_batch(&first, issuer.desk(), file).await.unwrap_err()), Why::Never);
    app.service.send_batch_back(&second, issuer.desk(), file, "Fel datum").await.unwrap();
    app.service.begin_batch(&first, issuer.desk(), file).await.unwrap();
    app.service.approve_batch(&second, issuer.desk(), file).await.unwrap();
    assert_eq!(app.service.go_on(&first, issuer.desk(), file).await.unwrap().state, BatchState::Issued);
    let issued = app.service.issued(&first, None, 10).await.unwrap().issued;
    assert!(issued.iter().all(|one| one.kept.second.as_deref() == Some(issuer.second.name.as_str())));
});

on_both!(an_ended_framework_is_offered_to_nobody_and_assessed_against_by_nobody, |app| {
    let issuer = app.issuer().await;
    assert!(app.service.published_framework(issuer.framework).await.unwrap().is_some());
    let session = issuer.first.session(app).await;
    app.service.end_framework(&session, &issuer.taxonomy, issuer.framework).await.unwrap();
    assert!(app.service.published_framework(issuer.framework).await.unwrap().is_none());
    assert!(app.service.published_frameworks().await.unwrap().is_empty());
    assert!(matches!(issuer.assess(app, "Rad 1", "E3").await, Err(NotIssued::Slips(_))));
});

on_both!(a_badge_calls_each_concept_as_esco_does_in_the_language_that_it_is_in, |app| {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    const GOODS: &str = "http://data.europa.eu/esco/skill/907039e2-5b33-4ea5-96ca-b6082711b491";
    const UNKNOWN: &str = "http://data.europa.eu/esco/skill/unknown-here";
    let issuer = app.issuer().await;
    let session = issuer.first.session(app).await;
    let driving = "http://data.europa.eu/esco/skill/28cb374e-6261-4133-8371-f9a5470145da";
    let other = FRAMEWORK.replace("2026-1", "2026-2").replace(driving, UNKNOWN);
    let framework = app.service.publish_framework(&session, &issuer.taxonomy, &other).await.unwrap();
    let issuer = TestIssuer { framework, ..issuer };
    let (_, code) = issuer.issue(app, "Rad 1").await;
    let badge = app.service.offer_preview(&code).await.unwrap().badge.unwrap();
    let payload = URL_SAFE_NO_PAD.decode(badge.split('.').nth(1).unwrap()).unwrap();
    let achievement = serde_json::from_slice::<serde_json::Value>(&payload).unwrap()["credentialSubject"]["achievement"].take();
    assert_eq!(achievement["inLanguage"], "sv");
    let named = |uri: &str| {
        let all = achievement["alignment"].as_array().unwrap();
        let found = all.iter().find(|one| one["targetUrl"] == uri).map(|one| one["targetName"].as_str().unwrap().to_owned());
        found.unwrap_or_else(|| panic!("{uri}: {achievement}"))
    };
    assert_eq!(named(GOODS), "känna till farorna hos farligt gods", "not as the criterion calls it");
    assert_eq!(named(UNKNOWN), "Köra gaffeltruck", "what the taxonomy does not know bears its criterion's name");
});
