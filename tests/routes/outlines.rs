//! `/map/outlines`.

use axum::http::StatusCode;
use egenkarta::domain::profile::{Kind, Section, Value};
use egenkarta::domain::time::DAY;
use egenkarta::usecase::consent::Choice;
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::on_both;
use crate::support::people::{fields, need, skill, text};
use crate::support::proof::{held, proof};

on_both!(nobody_but_the_person_sees_an_outline_of_their_map, |app| {
    let (owner, other, unit) = (app.participant("Amina").await, app.participant("Bo").await, app.unit("af").await);
    let session = owner.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let shared = url::outline_shared("af-plan", given.terms.consent);
    let http = app.http().await;
    let closed = Actor::Participant(owner.closed_session_cookie(app).await);
    for path in [url::OUTLINES.to_owned(), url::outline("af-plan"), shared.clone()] {
        assert_eq!(http.get(&Actor::Anonymous, &path).await.header("location"), Some("/?signed-out"), "{path}");
        let answer = http.get(&closed, &path).await;
        assert!(answer.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)), "{path}");
    }
    let actor = Actor::Participant(other.cookie(app).await);
    let theirs =
        [shared.clone(), url::outline("none"), url::outline_shared("none", given.terms.consent), url::outline("af-plan/x")];
    for path in theirs {
        assert_eq!(http.get(&actor, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = http.get(&actor, &url::outline("af-plan")).await.text();
    assert!(!page.contains("svetsa") && !page.contains(&given.terms.consent.to_string()));
});

on_both!(a_sharings_outline_holds_what_is_shared_and_a_mapping_of_others_is_not_offered, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = owner.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.add(&session, Kind::Work, fields([("occupation", Value::Concept(egenkarta::domain::profile::ConceptRef::free("smed")))]))
        .await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let id = given.terms.consent;
    let http = app.http().await;
    let actor = Actor::Participant(owner.cookie(app).await);
    let own = http.get(&actor, &url::outline("af-plan")).await.text();
    assert!(own.contains("svetsa") && own.contains("smed") && own.contains(&url::outline_shared("af-plan", id)));
    assert!(!own.contains(&given.code) && !own.contains("class=\"qr\""), "no code where nothing is shared");
    let shared = http.get(&actor, &url::outline_shared("af-plan", id)).await.text();
    assert!(shared.contains("svetsa") && !shared.contains("smed"));
    assert!(shared.contains(&given.code) && shared.contains("class=\"qr\""));

    let other = http.get(&actor, &url::outline("youth-responsibility")).await.text();
    assert!(!other.contains(&id.to_string()), "a school's mapping is not printed for another recipient");
    assert_eq!(http.get(&actor, &url::outline_shared("youth-responsibility", id)).await.status, StatusCode::NOT_FOUND);
    app.service.withdraw(&session, id).await.unwrap();
    assert_eq!(http.get(&actor, &url::outline_shared("af-plan", id)).await.status, StatusCode::NOT_FOUND, "withdrawn");
});

on_both!(what_is_sensitive_is_folded_and_a_protected_home_is_on_no_paper, |app| {
    let owner = app.participant("Amina").await;
    let session = owner.session(app).await;
    app.add(&session, Kind::Needs, need("en lugn plats")).await;
    app.add(&session, Kind::Home, fields([("municipality", text("Vetlanda"))])).await;
    let http = app.http().await;
    let actor = Actor::Participant(owner.cookie(app).await);
    let page = http.get(&actor, &url::outline("af-plan")).await.text();
    let (open, folded) = page.split_once("<details>").expect("folded");
    assert!(!open.contains("en lugn plats") && folded.contains("en lugn plats"));
    assert!(page.contains("Vetlanda"));
    app.add(&session, Kind::ProtectedIdentity, fields([("protected", Value::Flag(true))])).await;
    assert!(!http.get(&actor, &url::outline("af-plan")).await.text().contains("Vetlanda"));
});

on_both!(staff_read_in_an_outlines_order_and_see_nothing_beside_the_scope, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = owner.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.add(&session, Kind::Informal, fields([("what", text("bära vatten"))])).await;
    let id = app.give(&session, unit.id, &[Section::P07]).await.terms.consent;
    let reader = app.reader(&unit).await;
    let actor = Actor::Staff(reader.cookie(app).await);
    let http = app.http().await;
    let asked = http.get(&actor, &url::staff_consent(id)).await.text();
    assert!(asked.contains("value=\"af-plan\"") && !asked.contains("value=\"youth-responsibility\""), "only their own mappings");
    let read = async |order: &str| http.post(&actor, &url::staff_read(id), &[("case", "26-1"), ("order", order)]).await.text();
    let page = read("af-plan").await;
    assert!(page.contains("svetsa") && page.contains("2000:628") && !page.contains("bära vatten"), "{page}");
    for order in ["", "none", "youth-responsibility"] {
        let page = read(order).await;
        assert!(page.contains("svetsa") && !page.contains("class=\"outline\""), "{order:?} is no order of theirs");
    }
});

on_both!(an_outline_names_each_proof_with_what_it_gives_today, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = owner.session(app).await;
    let mut short = proof(app);
    short.until = Some(app.service.now().plus(3 * DAY));
    held(app, &session, &short).await;
    let until = app.service.now().plus(150 * DAY).day();
    let id = app.service.give(&session, &Choice { until, ..app.choice(unit.id, &[Section::P08]) }).await.unwrap().terms.consent;
    let http = app.http().await;
    let look = async |says: &str, not: &str| {
        let actor = Actor::Participant(owner.cookie(app).await);
        for path in [url::outline("af-plan"), url::outline_shared("af-plan", id)] {
            let page = http.get(&actor, &path).await.text();
            assert!(page.contains("Truckförare") && page.contains(says) && !page.contains(not), "{path}: {page}");
            assert!(!page.contains("eyJ") && !page.contains("Zebulonia"), "no proof and no name of its holder");
        }
        let staff = Actor::Staff(unit.administrator.cookie(app).await);
        let form = [("case", "2026-118"), ("order", "af-plan")];
        let read = http.post(&staff, &url::staff_read(id), &form).await.text();
        assert!(read.contains("class=\"outline\"") && read.contains(says), "{read}");
    };
    look("Validerad", "Har gått ut").await;
    app.clock.forward(4 * DAY);
    look("Har gått ut", "Validerad").await;
});
