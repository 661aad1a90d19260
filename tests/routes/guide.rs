//! `/guide`.

use axum::http::StatusCode;
use egenkarta::domain::guide::{Place, Question, Step};
use egenkarta::domain::profile::{Entry, Fields, Kind, Section, Value};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, fields, save, skill, text};
use crate::support::{TestApp, on_both};

async fn person(app: &TestApp, owner: &Owner) -> Actor {
    Actor::Participant(owner.cookie(app).await)
}

async fn get(app: &TestApp, actor: &Actor, path: &str) -> Answer {
    app.http().await.get(actor, path).await
}

async fn post(app: &TestApp, actor: &Actor, question: Question, form: &[(&str, &str)]) -> Answer {
    app.http().await.post(actor, &at(question), form).await
}

fn at(question: Question) -> String {
    url::guide(Step::of(question))
}

fn leads(answer: &Answer, to: &str) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.header("location") == Some(to)
}

async fn entries(app: &TestApp, owner: &Owner, kind: Kind) -> Vec<Entry> {
    let session = owner.session(app).await;
    app.service.profile(&session).await.unwrap().of_kind(kind).map(|held| held.entry.clone()).collect()
}

/// The values offered as ticks or choices.
fn offered(page: &str) -> Vec<String> {
    page.split(r#"name="pick" value=""#).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

async fn add_work(app: &TestApp, owner: &Owner, word: &str) {
    let http = app.http().await;
    let actor = person(app, owner).await;
    let page = http.post(&actor, &at(Question::Work), &[("occupation", word), ("search", "occupation")]).await.text();
    let uri = page.split(r#"name="occupation-uri" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = [("occupation", word), ("occupation-of", word), ("occupation-uri", uri.as_str())];
    assert_eq!(http.post(&actor, &at(Question::Work), &form).await.status, StatusCode::SEE_OTHER);
}

on_both!(whoever_has_opened_no_map_is_asked_nothing_and_saves_nothing, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let closed = Actor::Participant(owner.closed_session_cookie(app).await);
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    let all = [url::GUIDE.to_owned(), url::GUIDE_DONE.to_owned(), at(Question::Name), at(Question::Situations)];
    for path in &all {
        for actor in [Actor::Anonymous, staff.clone(), Actor::Token("no".into())] {
            let answer = get(app, &actor, path).await;
            assert!(answer.status.is_redirection() && !answer.text().contains("page-form"), "{actor:?} {path} {answer:?}");
        }
        assert!(get(app, &closed, path).await.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)), "{path}");
    }
    for actor in [Actor::Anonymous, staff, Actor::Token("no".into()), closed] {
        post(app, &actor, Question::Name, &[("name", "x")]).await;
        post(app, &actor, Question::Situations, &[("pick", "cooking")]).await;
    }
    let session = owner.session(app).await;
    assert!(app.service.profile(&session).await.unwrap().entries.is_empty());
    assert_eq!(app.service.guide(&session).await.unwrap(), None);
});

on_both!(what_is_no_question_is_not_there, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    for path in ["/guide/safety", "/guide/name-0-0", "/guide/workskills-9-0", "/guide/p15"] {
        assert_eq!(get(app, &actor, path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(app.http().await.post(&actor, path, &[("name", "x")]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for question in [Question::HomeSkills, Question::WorkSkills, Question::Language, Question::Levels, Question::Business] {
        assert!(leads(&get(app, &actor, &at(question)).await, url::GUIDE), "{question:?} is not asked yet");
        assert!(leads(&post(app, &actor, question, &[("pick", "b1")]).await, url::GUIDE), "{question:?} takes no answer yet");
    }
    assert!(leads(&get(app, &actor, url::GUIDE).await, &at(Question::Name)), "and nobody is led in a circle");
});

on_both!(looking_keeps_nothing_and_skipping_reaches_the_end_with_an_empty_map, |app| {
    let owner = app.participant("Amina").await;
    let (actor, session) = (person(app, &owner).await, owner.session(app).await);
    assert!(get(app, &actor, url::MAP).await.text().contains(r#"href="/guide""#));
    for path in [url::GUIDE.to_owned(), at(Question::Name), at(Question::Goals), url::GUIDE_DONE.to_owned()] {
        get(app, &actor, &path).await;
    }
    assert_eq!(app.service.guide(&session).await.unwrap(), None, "a GET begins nothing");
    let (mut path, mut pages) = (at(Question::Name), 0);
    while path != url::GUIDE_DONE {
        assert_eq!(get(app, &actor, &path).await.status, StatusCode::OK, "{path}");
        let answer = app.http().await.post(&actor, &path, &[("go", "skip"), ("name", "not this"), ("pick", "cooking")]).await;
        path = answer.header("location").expect("on").to_owned();
        pages += 1;
        assert!(pages < 40, "the way ends");
    }
    assert!(app.service.profile(&session).await.unwrap().entries.is_empty(), "what is skipped is not saved");
    assert_eq!(app.service.guide(&session).await.unwrap().unwrap().place, Place::Finished);
    assert!(leads(&get(app, &actor, url::GUIDE).await, url::GUIDE_DONE));
});

on_both!(what_is_wrong_comes_back_as_typed_and_back_saves_what_stands, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    let long = "ö".repeat(121);
    let answer = post(app, &actor, Question::Name, &[("name", &long)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains(&long));
    let answer = post(app, &actor, Question::Languages, &[("mother_tongue", "yes"), ("go", "back")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "going back loses no half answer either");
    let answer = post(app, &actor, Question::Name, &[("language", "en"), ("name", "Amina")]).await;
    assert!(answer.text().contains(r#"value="Amina""#) && answer.status == StatusCode::OK, "a change of language saves nothing");
    assert!(entries(app, &owner, Kind::PreferredName).await.is_empty());
    let back = post(app, &actor, Question::Background, &[("pick", "short"), ("go", "back")]).await;
    assert!(leads(&back, &at(Question::Name)));
    assert!(get(app, &actor, &at(Question::Background)).await.text().contains("checked"), "back has kept the tick");
    assert!(leads(&post(app, &actor, Question::Name, &[("name", "Amina")]).await, &at(Question::Background)));
    let page = get(app, &actor, &at(Question::Name)).await.text();
    assert!(page.contains("Amina") && !page.contains(r#"name="name""#), "what is known is shown, and not asked again");
    post(app, &actor, Question::Name, &[("name", "Någon annan")]).await;
    assert_eq!(entries(app, &owner, Kind::PreferredName).await.len(), 1);
});

on_both!(a_situation_in_pictures_becomes_skills_with_a_level_without_a_letter_typed, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    post(app, &actor, Question::Background, &[("pick", "short"), ("pick", "nothing of ours")]).await;
    let to = post(app, &actor, Question::Situations, &[("pick", "cooking"), ("pick", "sewing"), ("pick", "robbery")]).await;
    assert!(leads(&to, &at(Question::HomeSkills)), "{to:?}");
    let what = entries(app, &owner, Kind::Informal).await;
    assert_eq!(what.iter().map(|entry| entry.fields["context"].clone()).collect::<Vec<_>>(), ["home_care", "hobby"].map(choice));
    let page = get(app, &actor, &at(Question::HomeSkills)).await.text();
    let skills = offered(&page);
    assert!(page.contains("laga mat") && (2..=8).contains(&skills.len()), "{skills:?}");
    let ticks = [("pick", skills[0].as_str()), ("pick", skills[1].as_str()), ("pick", "http://data.europa.eu/esco/skill/none")];
    for _ in 0..2 {
        assert!(leads(&post(app, &actor, Question::HomeSkills, &ticks).await, &at(Question::Levels)));
    }
    let held = entries(app, &owner, Kind::Skill).await;
    assert_eq!(held.len(), 2, "sent twice, or not offered, is not saved");
    assert!(held.iter().all(|entry| matches!(&entry.fields["skill"], Value::Concept(of) if of.uri.is_some() && of.en.is_some())));
    assert!(!offered(&get(app, &actor, &at(Question::HomeSkills)).await.text()).contains(&skills[0]), "what is known is not asked");

    let profile = app.service.profile(&owner.session(app).await).await.unwrap();
    let ids: Vec<String> = profile.of_kind(Kind::Skill).map(|held| format!("level-{}", held.id)).collect();
    post(app, &actor, Question::Levels, &[(&ids[0], "alone"), (&ids[1], "best in the world")]).await;
    let levels: Vec<_> = entries(app, &owner, Kind::Skill).await.iter().map(|entry| entry.fields.get("level").cloned()).collect();
    assert_eq!(levels, [Some(choice("alone")), None]);
});

fn choice(one: &str) -> Value {
    Value::Choice(one.to_owned())
}

on_both!(an_occupation_offers_its_own_skills_page_by_page, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    post(app, &actor, Question::Background, &[("pick", "paid")]).await;
    let short = post(app, &actor, Question::Work, &[("occupation", "")]).await;
    assert!(leads(&short, &at(Question::Languages)), "nothing said is nothing wrong");
    let offered_first = post(app, &actor, Question::Work, &[("occupation", "kock"), ("occupation-uri", "")]).await;
    assert!(offered_first.status == StatusCode::OK && offered_first.text().contains(r#"name="found""#), "Enter shows what fits");
    assert!(entries(app, &owner, Kind::Work).await.is_empty());
    add_work(app, &owner, "kock").await;
    let work = entries(app, &owner, Kind::Work).await;
    assert_eq!((work.len(), work[0].fields["form"].clone()), (1, choice("employed")));
    let (first, path) = (get(app, &actor, &at(Question::WorkSkills)).await.text(), at(Question::WorkSkills));
    let skills = offered(&first);
    assert!(first.contains("kock") && skills.len() == 8, "{skills:?}");
    let more = app.http().await.post(&actor, &path, &[("pick", &skills[3]), ("go", "more")]).await;
    let next = more.header("location").unwrap().to_owned();
    assert_eq!(next, "/guide/workskills-0-1");
    assert_eq!(entries(app, &owner, Kind::Skill).await.len(), 1, "a tick is kept when more is shown");
    let second = offered(&get(app, &actor, &next).await.text());
    assert!(!second.is_empty() && second.iter().all(|skill| !skills.contains(skill)));
    let back = app.http().await.post(&actor, &next, &[("go", "back")]).await;
    assert!(leads(&back, &path));
    let own = [("occupation", "kock"), ("occupation-of", "kock"), ("occupation-uri", ""), ("found", "yes"), ("go", "again")];
    assert!(
        leads(&post(app, &actor, Question::Work, &own).await, &at(Question::Work)),
        "own words hold once one has seen the others"
    );
    assert_eq!(entries(app, &owner, Kind::Work).await.len(), 2);
    let again = post(app, &actor, Question::Work, &[("go", "again")]).await;
    assert!(leads(&again, &at(Question::Work)), "one may have had two");
});

on_both!(what_was_just_added_is_gone_into_however_much_stood_before, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    post(app, &actor, Question::Background, &[("pick", "paid")]).await;
    for work in ["kock", "lokalvårdare", "undersköterska", "truckförare"] {
        add_work(app, &owner, work).await;
    }
    assert!(get(app, &actor, "/guide/workskills-2-0").await.text().contains("truckförare"));
    assert_eq!(get(app, &actor, "/guide/workskills-3-0").await.status, StatusCode::NOT_FOUND);
});

on_both!(a_language_is_asked_about_in_sentences_and_keeps_a_level, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    post(app, &actor, Question::Languages, &[("language", "ar"), ("mother_tongue", "yes"), ("go", "again")]).await;
    let to = post(app, &actor, Question::Languages, &[("language", "sv")]).await;
    assert!(leads(&to, &at(Question::Language)), "{to:?}");
    let page = get(app, &actor, &at(Question::Language)).await.text();
    assert_eq!(offered(&page), ["none", "a1", "a2", "b1", "b2", "c1", "c2"]);
    assert!(!page.contains("A1<") && !page.contains("B1<"), "no codes are shown");
    let english = post(app, &actor, Question::Language, &[("language", "en"), ("pick", "c2")]).await;
    assert!(
        english.status == StatusCode::OK && english.text().contains("checked"),
        "a change of the page's language saves nothing"
    );
    assert!(leads(&post(app, &actor, Question::Language, &[("pick", "b1")]).await, "/guide/language-0-1"));
    post(app, &actor, Question::Language, &[("pick", "z9")]).await;
    let swedish = entries(app, &owner, Kind::Language).await.into_iter().find(|entry| entry.fields["language"] == text("sv"));
    assert_eq!(swedish.expect("kept").fields["listening"], choice("b1"));
    assert!(get(app, &actor, &at(Question::Language)).await.text().contains("checked"));
});

on_both!(before_an_answer_is_shared_the_page_says_who_will_see_it, |app| {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = owner.session(app).await;
    let given = app.give(&session, unit.id, &[Section::P06]).await;
    let (actor, id) = (person(app, &owner).await, given.terms.consent.to_string());
    let page = post(app, &actor, Question::Situations, &[("pick", "cooking")]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text().contains("Arbetsförmedlingen") && page.text().contains(r#"name="seen""#) && page.text().contains("checked")
    );
    assert!(entries(app, &owner, Kind::Informal).await.is_empty(), "nothing is let out in passing");
    let kept_out = [("pick", "cooking"), ("seen", "yes"), ("keep_out", id.as_str())];
    assert_eq!(post(app, &actor, Question::Situations, &kept_out).await.status, StatusCode::SEE_OTHER);
    let entry = app.service.profile(&session).await.unwrap().of_kind(Kind::Informal).next().unwrap().id;
    let scope = app.service.consent(&session, given.terms.consent).await.unwrap().terms.scope;
    assert!(!scope.covers(entry, Kind::Informal), "what is kept out stays out");
    let unseen = post(app, &actor, Question::Licences, &[("pick", "b")]).await;
    assert_eq!(unseen.status, StatusCode::SEE_OTHER, "a consent that does not cover it asks nothing");
});

on_both!(one_stops_and_goes_on_elsewhere_and_a_full_section_says_so, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    post(app, &actor, Question::Background, &[("pick", "home")]).await;
    let stopped = post(app, &actor, Question::Situations, &[("pick", "cooking"), ("go", "stop")]).await;
    assert!(leads(&stopped, url::MAP));
    let elsewhere = person(app, &owner).await;
    assert!(get(app, &elsewhere, url::MAP).await.text().contains(r#"href="/guide""#));
    assert!(leads(&get(app, &elsewhere, url::GUIDE).await, &at(Question::HomeSkills)), "what was answered is not asked again");
    let session = owner.session(app).await;
    for number in 0..29 {
        app.add(&session, Kind::Skill, skill(&format!("färdighet {number}"))).await;
    }
    let skills = offered(&get(app, &elsewhere, &at(Question::HomeSkills)).await.text());
    let ticks: Vec<(&str, &str)> = skills.iter().map(|skill| ("pick", skill.as_str())).collect();
    let answer = post(app, &elsewhere, Question::HomeSkills, &ticks).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("30"));
    assert_eq!(entries(app, &owner, Kind::Skill).await.len(), 30, "what there was room for is kept");
});

on_both!(what_the_guide_lets_one_change_leads_back_to_it, |app| {
    let owner = app.participant("Amina").await;
    let name: Fields = fields([("name", text("Amina"))]);
    let id = app.add(&owner.session(app).await, Kind::PreferredName, name).await;
    let actor = person(app, &owner).await;
    assert!(get(app, &actor, &at(Question::Name)).await.text().contains(&url::entry_edit_guided(id)));
    let page = get(app, &actor, &url::entry_edit_guided(id)).await.text();
    assert!(page.contains(r#"name="way""#) && page.contains(r#"href="/guide""#));
    assert!(!get(app, &actor, &url::entry_edit(id)).await.text().contains(r#"name="way""#));
    let http = app.http().await;
    let faulty = http.post(&actor, &url::entry_edit(id), &[("name", ""), ("way", "guide")]).await;
    assert!(faulty.text().contains(r#"name="way""#));
    let answer = http.post(&actor, &url::entry_edit(id), &[("name", "Mina"), ("way", "https://evil.example")]).await;
    assert!(leads(&answer, url::GUIDE), "back to the guide and nowhere else");
});

on_both!(the_place_survives_new_keys_and_retention_and_is_ones_own, |app| {
    let owner = app.participant("Amina").await;
    let actor = person(app, &owner).await;
    post(app, &actor, Question::Background, &[("pick", "own")]).await;
    app.clock.forward(3 * egenkarta::domain::time::DAY);
    app.service.retain().await.unwrap();
    let session = owner.session(app).await;
    let kept = app.service.guide(&session).await.unwrap().expect("still there");
    assert_eq!(kept.place, Place::At(Step::of(Question::Business)));
    assert!(app.service.take_draft(&session).await.unwrap().is_none(), "it is no draft");
    let (cookie, _) = app.service.rotate(&session, &owner.phrase).await.unwrap();
    let renewed = app.service.resume(&cookie).await.unwrap().unwrap();
    assert_eq!(app.service.guide(&renewed).await.unwrap(), Some(kept));
    let exported = serde_json::to_value(app.service.export(&renewed).await.unwrap()).unwrap();
    assert_eq!(exported["guide"]["backgrounds"], serde_json::json!(["own"]), "what one said of oneself leaves with one");
    let other = app.participant("Bo").await;
    assert_eq!(app.service.guide(&other.session(app).await).await.unwrap(), None);
    let id = app.service.save_entry(&renewed, save(None, Kind::Skill, skill("svetsa"))).await.unwrap();
    assert!(app.service.profile(&renewed).await.unwrap().entry(id).is_some());
});
