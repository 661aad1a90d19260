//! `/map/gap`, `/entries/ID/gap`.

use axum::http::StatusCode;
use egenkarta::domain::profile::{ConceptRef, Fields, Kind, Value};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::on_both;
use crate::support::people::{fields, text};

/// Warehouse worker, and a skill that everyone in that work needs, by the starter taxonomy.
const WORKER: &str = "http://data.europa.eu/esco/occupation/bea705fe-06ac-4147-b8e0-6e8ac1208d8f";
const PICKER: &str = "plocka order";

fn concept(field: &str, uri: &str, words: &str) -> Fields {
    fields([(field, Value::Concept(ConceptRef { uri: Some(uri.to_owned()), ..ConceptRef::free(words) }))])
}

on_both!(nobody_but_the_person_sees_the_comparison, |app| {
    let (owner, other) = (app.participant("Amina").await, app.participant("Bo").await);
    let goal = app.add(&owner.session(app).await, Kind::Goal, concept("occupation", WORKER, "lagerarbetare")).await;
    let http = app.http().await;
    let closed = Actor::Participant(owner.closed_session_cookie(app).await);
    for path in [url::GAP.to_owned(), url::gap("care-assistant"), url::entry_gap(goal)] {
        let out = http.get(&Actor::Anonymous, &path).await;
        assert_eq!(out.header("location"), Some("/?signed-out"), "{path}");
        let answer = http.get(&closed, &path).await;
        assert!(answer.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)), "{path}");
    }
    let actor = Actor::Participant(other.cookie(app).await);
    for path in [url::entry_gap(goal), url::gap("none"), "/entries/x/gap".to_owned()] {
        assert_eq!(http.get(&actor, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
});

on_both!(what_one_has_and_what_is_missing_stand_apart_with_their_proof, |app| {
    let owner = app.participant("Amina").await;
    let session = owner.session(app).await;
    let goal = app.add(&session, Kind::Goal, concept("occupation", WORKER, "lagerarbetare")).await;
    let http = app.http().await;
    let actor = Actor::Participant(owner.cookie(app).await);
    let page = http.get(&actor, &url::entry_gap(goal)).await.text();
    let at = |page: &str, what: &str| page.find(what).unwrap_or_else(|| panic!("no {what}"));
    assert!(at(&page, PICKER) > at(&page, "Det fattas</h2>"), "nothing is held yet");
    assert!(!page.contains('%'), "no percentage");

    let order = page_uri(app, PICKER).await;
    app.add(&session, Kind::Skill, concept("skill", &order, "plocka order")).await;
    let page = http.get(&actor, &url::entry_gap(goal)).await.text();
    assert!(at(&page, PICKER) < at(&page, "Det ligger nära</h2>"), "now it is held");
    assert!(page.contains("class=\"badge\""), "and says how it is proven");
    assert!(page.contains(&url::gap("warehouse-forklift")), "the framework for that work is offered");
    let page = http.get(&actor, &url::gap("warehouse-forklift")).await.text();
    assert!(page.contains("Exempel, inte branschens eget."));
    assert!(page.contains("Gå en truckkurs"), "the framework's own words are the next step");
});

/// The URI of the concept with this Swedish label.
async fn page_uri(app: &crate::support::TestApp, label: &str) -> String {
    let taxonomy = egenkarta::taxonomy::Taxonomy::open(&app.config.data).unwrap();
    taxonomy.search(label, &[egenkarta::taxonomy::Kind::Skill], "sv", 1)[0].uri.clone()
}

on_both!(an_occupation_is_looked_for_in_the_body_and_a_goal_in_own_words_leads_there, |app| {
    let owner = app.participant("Amina").await;
    let goal =
        app.add(&owner.session(app).await, Kind::Goal, fields([("occupation", Value::Concept(ConceptRef::free("lager")))])).await;
    let wish = app.add(&owner.session(app).await, Kind::Goal, fields([("motivation", text("Jag vill"))])).await;
    let http = app.http().await;
    let actor = Actor::Participant(owner.cookie(app).await);
    let led = http.get(&actor, &url::entry_gap(goal)).await;
    assert_eq!((led.status, led.header("location")), (StatusCode::SEE_OTHER, Some(url::GAP)));
    assert_eq!(http.get(&actor, &url::entry_gap(wish)).await.status, StatusCode::NOT_FOUND);

    let found = http.post(&actor, url::GAP, &[("occupation", "lagerarb")]).await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(found.text().contains(WORKER) && found.text().contains("lagerarb"), "suggestions, and what was typed");
    let picked = [("occupation", "lagerarb"), ("occupation-of", "lagerarb"), ("occupation-uri", WORKER)];
    let page = http.post(&actor, url::GAP, &picked).await.text();
    assert!(page.contains("<bdi>lagerarbetare</bdi></h1>") && page.contains(PICKER), "{page}");
    let stale = [("occupation", "något annat"), ("occupation-of", "lagerarb"), ("occupation-uri", WORKER)];
    assert!(!http.post(&actor, url::GAP, &stale).await.text().contains(PICKER), "other words drop the picked occupation");
});
