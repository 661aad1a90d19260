//! `/map`, `/entries`, `/taxonomy/search`.

use axum::http::{Method, StatusCode};
use egenkarta::domain::EntryId;
use egenkarta::domain::profile::{Kind, Section, Value};
use egenkarta::domain::time::{DAY, MINUTE};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, need, skill};
use crate::support::{TestApp, on_both};

async fn person(app: &TestApp, owner: &Owner) -> Actor {
    Actor::Participant(owner.cookie(app).await)
}

async fn get(app: &TestApp, actor: &Actor, path: &str) -> Answer {
    app.http().await.get(actor, path).await
}

async fn post(app: &TestApp, actor: &Actor, path: &str, form: &[(&str, &str)]) -> Answer {
    app.http().await.post(actor, path, form).await
}

fn leads(answer: &Answer, to: &str) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.header("location") == Some(to)
}

async fn entries(app: &TestApp, owner: &Owner) -> Vec<EntryId> {
    let session = owner.session(app).await;
    app.service.profile(&session).await.unwrap().entries.iter().map(|held| held.id).collect()
}

on_both!(whoever_has_opened_no_map_sees_and_writes_none, |app| {
    let owner = app.participant("Amina").await;
    let id = app.add(&owner.session(app).await, Kind::Skill, skill("svetsa")).await;
    let closed = Actor::Participant(owner.closed_session_cookie(app).await);
    let paths = [url::MAP.to_owned(), url::section(Section::P07), url::entry(id), url::entry_edit(id), url::entry_delete(id)];
    for path in paths.iter().chain([&url::entry_new(Kind::Skill)]) {
        assert!(leads(&get(app, &Actor::Anonymous, path).await, "/?signed-out"), "{path}");
        let answer = get(app, &closed, path).await;
        assert!(answer.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)), "{path} {answer:?}");
    }
    post(app, &closed, &url::entry_delete(id), &[]).await;
    post(app, &closed, &url::entry_new(Kind::Skill), &[("skill", "x")]).await;
    assert_eq!(entries(app, &owner).await, [id]);
});

on_both!(what_is_not_saved_yet_says_so_and_a_unit_is_named_once, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit_named("af", "Arbetsförmedlingen Vetlanda", "Adina Admin").await);
    let session = owner.session(app).await;
    let id = app.add(&session, Kind::Skill, skill("svetsa")).await;
    app.give(&session, unit.id, &[Section::P07]).await;
    let actor = person(app, &owner).await;
    let page = post(app, &actor, &url::entry_new(Kind::Skill), &[("skill", "löda")]).await.text();
    assert!(page.contains("inte sparad än") && page.contains("Spara och visa för dem") && page.contains("löda"), "{page}");
    assert_eq!(entries(app, &owner).await, [id]);
    for page in [page, get(app, &actor, &url::entry(id)).await.text()] {
        assert!(page.contains("Arbetsförmedlingen Vetlanda") && !page.contains("Vetlanda, Arbetsf"));
        assert!(!page.contains("Vetlanda\u{2069}, "), "{page}");
    }
    let locked = Actor::Participant(owner.closed_session_cookie(app).await);
    for path in [url::KEYS_UNLOCK, url::KEYS] {
        let page = get(app, &locked, path).await.text();
        assert!(page.contains("href=\"/sharing\">Se och avsluta dina delningar"), "{path}");
    }
});

on_both!(anothers_entry_is_not_there, |app| {
    let (owner, other) = (app.participant("Amina").await, app.participant("Bo").await);
    let id = app.add(&owner.session(app).await, Kind::Skill, skill("svetsa")).await;
    let actor = person(app, &other).await;
    for path in [url::entry(id), url::entry_versions(id), url::entry_edit(id), url::entry_delete(id)] {
        assert_eq!(get(app, &actor, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [url::entry_edit(id), url::entry_delete(id), url::entry_confirm(id)] {
        assert_eq!(post(app, &actor, &path, &[("skill", "x")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/map/p99", "/map/p07/work/new", "/map/p12/needs/new", "/entries/x/edit"] {
        assert_eq!(get(app, &actor, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(entries(app, &owner).await, [id]);
});

on_both!(what_is_wrong_comes_back_as_typed_and_is_not_saved, |app| {
    let owner = app.participant("Amina").await;
    let (actor, path) = (person(app, &owner).await, url::entry_new(Kind::Work));
    let long = "ö".repeat(501);
    let typed = [("occupation", "kock"), ("employer", "Blå <Grytan>"), ("from", "i våras"), ("tasks", long.as_str())];
    let answer = post(app, &actor, &path, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("i våras") && page.contains(&long) && page.contains("Blå &#60;Grytan&#62;"), "{page}");
    assert!(entries(app, &owner).await.is_empty());

    let mut english = typed.to_vec();
    english.insert(0, ("language", "en"));
    let answer = post(app, &actor, &path, &english).await;
    assert_eq!(answer.status, StatusCode::OK, "a change of language finds no faults");
    assert!(answer.text().contains("i våras"));
    let known = [("language", "sv"), ("language", "fi"), ("reading", "b1")];
    let answer = post(app, &actor, &url::entry_new(Kind::Language), &known).await;
    assert!(answer.text().contains(r#"value="fi" selected"#), "a field of the same name keeps its own value");
    assert!(entries(app, &owner).await.is_empty(), "and saves nothing");
});

on_both!(a_form_made_from_an_older_version_asks_before_it_overwrites, |app| {
    let owner = app.participant("Amina").await;
    let session = owner.session(app).await;
    let id = app.add(&session, Kind::Skill, skill("svetsa")).await;
    let (actor, path) = (person(app, &owner).await, url::entry_edit(id));
    let page = get(app, &actor, &path).await.text();
    let base = page.split(r#"name="base" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    app.service.confirm_entry(&session, id).await.unwrap();
    let answer = post(app, &actor, &path, &[("skill", "löda"), ("base", &base)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("löda") && !answer.text().contains(&base), "the next try is made from the newest");
    assert!(leads(&post(app, &actor, &path, &[("skill", "löda")]).await, "/map/p07?saved"));
});

on_both!(before_a_covered_entry_is_saved_the_page_says_who_will_see_it, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = owner.session(app).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    let (actor, path, id) = (person(app, &owner).await, url::entry_new(Kind::Skill), given.terms.consent.to_string());
    let page = post(app, &actor, &path, &[("skill", "svetsa")]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Arbetsförmedlingen") && page.text().contains(r#"name="seen""#));
    assert!(entries(app, &owner).await.is_empty());

    let form = [("skill", "svetsa"), ("seen", "yes"), ("keep_out", id.as_str())];
    let mut faulty = form;
    faulty[0].1 = "";
    let page = post(app, &actor, &path, &faulty).await.text();
    assert!(page.contains("checked"), "a tick stays where the form comes back");
    assert!(leads(&post(app, &actor, &path, &form).await, "/map/p07?saved"));
    let entry = entries(app, &owner).await[0];
    let given = app.service.consent(&session, given.terms.consent).await.unwrap();
    assert!(!given.terms.scope.covers(entry, Kind::Skill));

    app.service.withdraw(&session, given.terms.consent).await.unwrap();
    assert!(leads(&post(app, &actor, &path, &[("skill", "löda")]).await, "/map/p07?saved"), "an ended consent sees nothing");
});

on_both!(a_sensitive_entry_is_let_in_by_its_own_tick_and_the_passphrase, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let given = app.give(&owner.session(app).await, unit.id, &[Section::P07]).await;
    let (actor, path, id) = (person(app, &owner).await, url::entry_new(Kind::Needs), given.terms.consent.to_string());
    app.clock.forward(6 * MINUTE);
    let form = |phrase| [("need", "en lugn plats"), ("seen", "yes"), ("include", id.as_str()), ("passphrase-again", phrase)];
    for (phrase, status) in [("", StatusCode::OK), ("fel fras helt och hållet", StatusCode::UNPROCESSABLE_ENTITY)] {
        let answer = post(app, &actor, &path, &form(phrase)).await;
        assert_eq!(answer.status, status);
        assert!(answer.text().contains(r#"type="password""#) && answer.text().contains("en lugn plats"));
        assert!(phrase.is_empty() || !answer.text().contains(phrase), "a passphrase is never written out");
    }
    assert!(entries(app, &owner).await.is_empty());
    assert!(leads(&post(app, &actor, &path, &form(&owner.phrase)).await, "/map/p12?saved"));
    let entry = entries(app, &owner).await[0];
    let session = owner.session(app).await;
    assert!(app.service.consent(&session, given.terms.consent).await.unwrap().terms.scope.entries.contains(&entry));
});

on_both!(an_entry_is_shown_with_its_versions_confirmed_and_deleted_on_purpose, |app| {
    let owner = app.participant("Amina").await;
    let session = owner.session(app).await;
    let id = app.add(&session, Kind::Needs, need("en lugn plats")).await;
    app.clock.forward(MINUTE);
    let actor = person(app, &owner).await;
    assert!(leads(&post(app, &actor, &url::entry_edit(id), &[("need", "ett eget rum")]).await, "/map/p12?saved"));
    let page = get(app, &actor, &url::entry(id)).await.text();
    assert!(page.contains("ett eget rum") && page.contains("en lugn plats"));
    let path = url::entry_confirm(id);
    let confirm = |back| post(app, &actor, &path, back);
    assert!(leads(&confirm(&[("back", "/map/p12")]).await, "/map/p12?confirmed"));
    assert!(leads(&confirm(&[("back", "https://example.org")]).await, &format!("/entries/{id}?confirmed")));
    assert_eq!(get(app, &actor, &url::entry_delete(id)).await.status, StatusCode::OK);
    assert_eq!(entries(app, &owner).await, [id], "asking deletes nothing");
    assert!(leads(&post(app, &actor, &url::entry_delete(id), &[]).await, "/map/p12?deleted"));
    assert!(entries(app, &owner).await.is_empty());
});

on_both!(a_concept_searched_without_script_is_picked_and_kept_with_its_labels, |app| {
    let owner = app.participant("Amina").await;
    let (actor, path) = (person(app, &owner).await, url::entry_new(Kind::Work));
    let page = post(app, &actor, &path, &[("occupation", "dagmamma"), ("search", "occupation")]).await.text();
    let uri = page.split(r#"name="occupation-uri" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(uri.starts_with("http"), "{uri}");
    let picked = [("occupation", "dagmamma"), ("occupation-of", "dagmamma"), ("occupation-uri", uri.as_str())];
    assert!(leads(&post(app, &actor, &path, &picked).await, "/map/p05?saved"));
    let over = [("occupation", "snickare"), ("occupation-of", "dagmamma"), ("occupation-uri", uri.as_str())];
    assert!(leads(&post(app, &actor, &path, &over).await, "/map/p05?saved"));
    let profile = app.service.profile(&owner.session(app).await).await.unwrap();
    let found: Vec<_> = profile.entries.iter().map(|held| held.entry.fields["occupation"].clone()).collect();
    let [Value::Concept(picked), Value::Concept(over)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((picked.uri.as_deref(), picked.en.is_some()), (Some(uri.as_str()), true));
    assert_eq!((over.entered.as_str(), &over.uri), ("snickare", &None), "other words are other words");
});

on_both!(suggestions_are_for_whoever_is_signed_in_and_bounded, |app| {
    let owner = app.participant("Amina").await;
    let actor = Actor::Participant(owner.closed_session_cookie(app).await);
    let ask = |actor, body: String| {
        let body = Some(("application/json", body));
        async move { app.http().await.send(actor, Method::POST, url::TAXONOMY_SEARCH, body).await }
    };
    let question = |query: &str| format!(r#"{{"kind":"occupation","query":"{query}","lang":"sv"}}"#);
    assert_eq!(ask(&Actor::Anonymous, question("kock")).await.status, StatusCode::UNAUTHORIZED);
    assert!(ask(&actor, question(&"x".repeat(5000))).await.status.is_client_error());
    for body in ["", "{}", r#"{"kind":"person","query":"x","lang":"sv"}"#] {
        assert_eq!(ask(&actor, body.to_owned()).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    let answer = ask(&actor, question("kock")).await;
    let hits: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(hits["hits"][0]["label"], "kock");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
});

on_both!(what_is_older_than_six_months_is_asked_about_on_the_map, |app| {
    let owner = app.participant("Amina").await;
    let id = app.add(&owner.session(app).await, Kind::Skill, skill("svetsa")).await;
    let confirm = url::entry_confirm(id);
    assert!(!get(app, &person(app, &owner).await, url::MAP).await.text().contains(&confirm));
    app.clock.forward(200 * DAY);
    assert!(get(app, &person(app, &owner).await, url::MAP).await.text().contains(&confirm));
});

on_both!(words_of_health_or_crime_are_asked_about_once_and_never_refused, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    let new = url::entry_new(Kind::Work);
    let typed = |tasks: &'static str| [("occupation", "kock"), ("tasks", tasks)];
    let plain = post(app, &actor, &new, &typed("Lagade mat")).await;
    assert!(plain.status == StatusCode::SEE_OTHER, "{plain:?}");
    let asked = post(app, &actor, &new, &typed("Slutade när jag fick en Diagnos")).await;
    let page = asked.text();
    assert!(
        asked.status == StatusCode::OK && page.contains("hälsa: \u{2068}diagnos") && page.contains("fick en Diagnos"),
        "{page}"
    );
    assert!(page.contains("inte sparad än") && page.contains(r#"name="meant" value="diagnos""#) && !page.contains("brott"));
    assert_eq!(entries(app, &owner).await.len(), 1);
    // Where the form only changes its language the question stands; another word is another question.
    let meant = |tasks| [&typed(tasks)[..], &[("meant", "diagnos")]].concat();
    let again = [&[("language", "sv")][..], &meant("Slutade när jag fick en Diagnos")].concat();
    assert!(post(app, &actor, &new, &again).await.text().contains("din egen hälsa"));
    let other = post(app, &actor, &new, &meant("Diagnos, sedan fängelse")).await;
    assert!(other.status == StatusCode::OK && other.text().contains("brott: \u{2068}fängelse"));
    let saved = post(app, &actor, &new, &meant("Slutade när jag fick en Diagnos")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    // What it said before is not asked about again.
    let id = entries(app, &owner).await[1];
    let changed = post(app, &actor, &url::entry_edit(id), &typed("Slutade när jag fick en diagnos 2019")).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    let needs = post(app, &actor, &url::entry_new(Kind::Needs), &[("need", "Min diagnos kräver pauser")]).await;
    assert_eq!(needs.status, StatusCode::SEE_OTHER, "health has its place");
});
