//! `/map` and `/entries/ID`, where a concept has been replaced.

use egenkarta::domain::profile::{ConceptRef, Kind, Value};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::on_both;
use crate::support::people::fields;

const OLD: &str = "http://data.europa.eu/esco/occupation/old";
const NEW: &str = "http://data.europa.eu/esco/occupation/new";

on_both!(a_new_name_is_said_on_the_entry_and_the_map_and_changes_nothing_that_was_written, |app| {
    let owner = app.participant("Amina").await;
    let session = owner.session(app).await;
    let work = |uri: &str, words: &str| {
        let concept = ConceptRef { uri: Some(uri.to_owned()), sv: Some(words.to_owned()), ..ConceptRef::free(words) };
        fields([("occupation", Value::Concept(concept))])
    };
    let old = app.add(&session, Kind::Work, work(OLD, "kokerska")).await;
    let new = app.add(&session, Kind::Work, work(NEW, "kock")).await;
    let source = app.config.data.join("newer");
    std::fs::create_dir_all(&source).unwrap();
    let table = format!("conceptUri,preferredLabel,status,replacedBy\n{OLD},kokerska,obsolete,{NEW}\n{NEW},kock,released,\n");
    std::fs::write(source.join("occupations_sv.csv"), table).unwrap();
    egenkarta::taxonomy::import(&source, &app.config.data, &|_| {}).unwrap();
    let http = app.http().await;
    let actor = Actor::Participant(owner.cookie(app).await);
    let page = http.get(&actor, &url::entry(new)).await.text();
    assert!(!page.contains("Heter numera"), "what stands in the list is not spoken of");
    let page = http.get(&actor, &url::entry(old)).await.text();
    assert!(page.contains("Heter numera: <strong>") && page.contains("kock</"), "{page}");
    let map = http.get(&actor, url::MAP).await.text();
    assert_eq!(map.matches("Heter numera").count(), 1);
    assert!(map.contains("Det här har fått nya namn") && map.contains(&url::entry(old)));
    let held = app.service.profile(&session).await.unwrap();
    assert_eq!(held.entry(old).unwrap().entry.fields, work(OLD, "kokerska"), "nothing is rewritten by a look");
});
