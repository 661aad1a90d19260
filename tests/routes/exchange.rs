//! `/import`, `/export`.

use axum::http::{Method, StatusCode};
use egenkarta::domain::profile::{Kind, Section, Source, Value};
use egenkarta::exchange::{Format, MOST_BYTES, read};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, skill};
use crate::support::{TestApp, on_both};

async fn person(app: &TestApp, owner: &Owner) -> Actor {
    Actor::Participant(owner.cookie(app).await)
}

/// A file, as a browser sends one.
async fn upload(app: &TestApp, actor: &Actor, file: &str) -> Answer {
    let body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cv\"\r\n\r\n{file}\r\n--x--\r\n");
    app.http().await.send(actor, Method::POST, url::IMPORT, Some(("multipart/form-data; boundary=x", body))).await
}

async fn kinds(app: &TestApp, owner: &Owner) -> Vec<Kind> {
    let session = owner.session(app).await;
    let mut kinds: Vec<Kind> = app.service.profile(&session).await.unwrap().entries.iter().map(|held| held.entry.kind).collect();
    kinds.sort();
    kinds
}

const RESUME: &str = r#"{"basics":{"name":"Amina Warsame","summary":"Hej"},"skills":[{"name":"svetsa","level":"Master"},{"name":"löda"}],
"languages":[{"language":"Somali"}],"references":[{"reference":"<b>bra</b>"}],"work":[{"name":"utan titel"}]}"#;

/// The hidden and ticked fields of the review, as the page itself would send them.
fn fields(page: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(value.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&"))
    };
    let form = page.split("id=\"page-form\"").nth(1).expect("the review's form");
    let tags = form.split("<input").skip(1).map(|rest| &rest[..rest.find('>').expect("a tag")]);
    let sent = tags.filter(|tag| tag.contains("\"hidden\"") || tag.contains(" checked"));
    sent.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?))).collect()
}

async fn add(app: &TestApp, actor: &Actor, fields: &[(String, String)]) -> Answer {
    let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.http().await.post(actor, url::IMPORT_ADD, &pairs).await
}

on_both!(whoever_has_opened_no_map_reads_no_file, |app| {
    let owner = app.participant("Amina").await;
    let closed = Actor::Participant(owner.closed_session_cookie(app).await);
    for path in [url::IMPORT, url::EXPORT] {
        let answer = app.http().await.get(&Actor::Anonymous, path).await;
        assert_eq!(answer.header("location"), Some("/?signed-out"), "{path}");
        let answer = app.http().await.get(&closed, path).await;
        assert!(answer.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)), "{path} {answer:?}");
    }
    assert_eq!(upload(app, &Actor::Anonymous, RESUME).await.header("location"), Some("/?signed-out"));
    assert!(upload(app, &closed, RESUME).await.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)));
});

on_both!(a_file_that_is_not_read_says_why_and_adds_nothing, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    let large = "x".repeat(MOST_BYTES + 1);
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\">]><Candidate>&b;</Candidate>";
    for (file, says) in
        [("", "tom"), ("{", "trasig"), (bomb, "DOCTYPE"), (large.as_str(), "5 MB"), ("{\"a\":1}", "känner inte igen")]
    {
        let answer = upload(app, &actor, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(answer.text().contains(says), "{says}: {}", answer.text());
    }
    let answer = app.http().await.post(&actor, url::IMPORT, &[("file", "x")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "what is no file");
    assert!(kinds(app, &owner).await.is_empty());
});

on_both!(the_review_lists_all_and_only_what_is_ticked_is_added, |app| {
    let owner = app.participant("Amina").await;
    let session = owner.session(app).await;
    app.add(&session, Kind::Skill, skill("Svetsa")).await;
    let before = kinds(app, &owner).await;
    let actor = person(app, &owner).await;
    let page = upload(app, &actor, RESUME).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.text();
    for said in ["Amina Warsame", "svetsa", "löda", "skills[1]", "references[0].reference: bra", "work[0].name: utan titel"] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert_eq!(kinds(app, &owner).await, before, "reading adds nothing");

    let all = fields(&page);
    let mut some: Vec<(String, String)> = all.iter().filter(|(name, _)| name != "add" && name != "keep").cloned().collect();
    let wanted = all.iter().filter(|(name, _)| name == "entry").position(|(_, data)| data.contains("löda")).unwrap();
    some.push(("add".to_owned(), wanted.to_string()));
    assert_eq!(add(app, &actor, &some).await.header("location"), Some("/map?imported"));
    assert_eq!(kinds(app, &owner).await, [Kind::Skill, Kind::Skill]);
    let profile = app.service.profile(&session).await.unwrap();
    let added = profile.entries.iter().find(|held| held.entry.source == Source::Import).unwrap();
    assert!(matches!(&added.entry.fields["skill"], Value::Concept(concept) if concept.entered == "löda"));

    let page = upload(app, &actor, RESUME).await.text();
    assert_eq!(add(app, &actor, &fields(&page)).await.header("location"), Some("/map?imported"));
    let kinds = kinds(app, &owner).await;
    assert_eq!(kinds.iter().filter(|kind| **kind == Kind::Skill).count(), 2, "what the map says already is not said again");
    assert!(kinds.contains(&Kind::Informal), "what was not understood is kept as text");
    assert!(kinds.contains(&Kind::PreferredName) && kinds.contains(&Kind::Goal) && kinds.contains(&Kind::Language));
});

on_both!(a_change_of_language_keeps_the_ticks_and_a_made_up_entry_is_not_added, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    let mut sent = fields(&upload(app, &actor, RESUME).await.text());
    sent.retain(|(name, value)| name != "add" || value != "0");
    let mut english = sent.clone();
    english.insert(0, ("language".to_owned(), "en".to_owned()));
    let page = add(app, &actor, &english).await;
    assert_eq!(page.status, StatusCode::OK);
    let ticked = |fields: &[(String, String)]| fields.iter().filter(|(name, _)| name == "add").cloned().collect::<Vec<_>>();
    assert_eq!(ticked(&fields(&page.text())), ticked(&sent));
    for made_up in [r#"["safety","sv",{"more":{"text":"x"}}]"#, r#"["skill","sv",{"x":{"text":"x"}}]"#, "{"] {
        let forged: Vec<(String, String)> = [("format", "json-resume"), ("entry", made_up), ("source", "x"), ("add", "0")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .into();
        assert_eq!(add(app, &actor, &forged).await.header("location"), Some(url::IMPORT), "{made_up}");
    }
    assert!(kinds(app, &owner).await.is_empty());
});

on_both!(before_covered_entries_are_added_the_page_says_who_will_see_them, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = owner.session(app).await;
    let actor = person(app, &owner).await;
    let sent = fields(&upload(app, &actor, RESUME).await.text());
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let page = add(app, &actor, &sent).await;
    assert_eq!(page.status, StatusCode::OK, "the consent came between: shown once more");
    assert!(page.text().contains("Arbetsförmedlingen"));
    assert!(kinds(app, &owner).await.is_empty());
    let mut sent = fields(&page.text());
    sent.push(("keep_out".to_owned(), given.terms.consent.to_string()));
    assert_eq!(add(app, &actor, &sent).await.header("location"), Some("/map?imported"));
    let seers = app.service.consents(&session).await.unwrap();
    assert!(seers.iter().any(|one| one.terms.consent == given.terms.consent && one.terms.scope.kept_out.len() >= 2));
});

on_both!(each_format_is_taken_out_and_read_again, |app| {
    let owner = app.participant("Amina").await;
    let session = owner.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.add(&session, Kind::ProtectedIdentity, [("protected".to_owned(), Value::Flag(true))].into()).await;
    app.add(&session, Kind::Home, [("municipality".to_owned(), Value::Text("Vetlanda".to_owned()))].into()).await;
    let actor = person(app, &owner).await;
    let page = app.http().await.get(&actor, url::EXPORT).await.text();
    for format in Format::ALL {
        assert!(page.contains(&format!("value=\"{}\"", format.name())));
        let answer = app.http().await.post(&actor, url::EXPORT, &[("format", format.name())]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header("content-disposition").is_some_and(|to| to.contains(format.extension())));
        let import = read(&answer.body, "sv").unwrap();
        assert_eq!(import.entries.iter().map(|item| item.kind).collect::<Vec<_>>(), [Kind::Skill], "{format:?}");
        assert!(!answer.text().contains("Vetlanda"), "where one who is protected lives is in no file");
    }
    let answer = app.http().await.post(&actor, url::EXPORT, &[("format", "x")]).await;
    assert_eq!(answer.header("location"), Some(url::EXPORT));
});
