//! `/sharing`, `/events`.

use axum::http::StatusCode;
use egenkarta::domain::consent::{Mode, State};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::{DAY, MINUTE};
use egenkarta::domain::{ConsentId, EntryId, Timestamp};
use egenkarta::usecase::consent::Given;
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, TestUnit, fields, need, skill, text};
use crate::support::{TestApp, on_both};

const WHAT: &str = "/sharing/new/what";
const HOW: &str = "/sharing/new/how";
const SUMMARY: &str = "/sharing/new/summary";
const GIVE: &str = "/sharing/new/give";

async fn get(app: &TestApp, actor: &Actor, path: &str) -> Answer {
    app.http().await.get(actor, path).await
}

async fn post(app: &TestApp, actor: &Actor, path: &str, form: &[(&str, &str)]) -> Answer {
    app.http().await.post(actor, path, form).await
}

async fn person(app: &TestApp, owner: &Owner) -> Actor {
    Actor::Participant(owner.cookie(app).await)
}

fn leads(answer: &Answer, to: &str) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.header("location") == Some(to)
}

async fn consents(app: &TestApp, owner: &Owner) -> Vec<Given> {
    app.service.consents(&owner.session(app).await).await.unwrap()
}

/// Someone with a skill and a need, a unit of the public employment service, and a last day within what it may have.
struct Scene {
    owner: Owner,
    actor: Actor,
    unit: TestUnit,
    to: String,
    skill: EntryId,
    need: String,
    day: String,
}

async fn scene(app: &TestApp) -> Scene {
    let (owner, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = owner.session(app).await;
    let skill = app.add(&session, Kind::Skill, skill("svetsa i taket")).await;
    let need = app.add(&session, Kind::Needs, need("en lugn plats")).await.to_string();
    let (actor, to) = (person(app, &owner).await, unit.id.to_string());
    let day = app.service.now().plus(29 * DAY).day().to_string();
    Scene { owner, actor, unit, to, skill, need, day }
}

impl Scene {
    /// All answers for the section of skills.
    fn answers(&self) -> Vec<(&str, &str)> {
        let (unit, until) = (("unit", self.to.as_str()), ("until", self.day.as_str()));
        vec![unit, ("purpose", "job_matching"), ("section", "p07"), ("mode", "view"), until]
    }

    fn with<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        self.answers().into_iter().chain(more.iter().copied()).collect()
    }

    fn without(&self, name: &str) -> Vec<(&str, &str)> {
        self.answers().into_iter().filter(|(given, _)| *given != name).collect()
    }
}

on_both!(each_step_asks_for_what_is_missing_and_nothing_is_chosen_beforehand, |app| {
    let scene = scene(app).await;
    assert!(post(app, &scene.actor, url::SHARING_NEW, &[("query", "xyz")]).await.text().contains("name=\"query\""));
    assert_eq!(post(app, &scene.actor, url::SHARING_NEW, &[("query", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(post(app, &scene.actor, url::SHARING_NEW, &[("query", "arbetsf")]).await.text().contains(&scene.to));
    for (path, missing, field) in [
        (WHAT, "unit", "name=\"query\""),
        (WHAT, "purpose", "name=\"purpose\""),
        (HOW, "section", "name=\"section\""),
        (SUMMARY, "mode", "name=\"mode\""),
        (SUMMARY, "until", "name=\"until\""),
        (GIVE, "purpose", "name=\"purpose\""),
        (GIVE, "until", "name=\"until\""),
    ] {
        let answer = post(app, &scene.actor, path, &scene.without(missing)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {missing}");
        assert!(answer.text().contains(field), "{path} {missing}");
    }
    for (path, form) in [("/sharing/new/purpose", scene.without("purpose")), (WHAT, scene.without("section"))] {
        let page = post(app, &scene.actor, path, &form).await;
        assert_eq!((page.status, page.text().contains(" checked")), (StatusCode::OK, false), "{path}");
    }
    let bare: Vec<_> = scene.without("mode").into_iter().filter(|(name, _)| *name != "until").collect();
    assert!(!post(app, &scene.actor, HOW, &bare).await.text().contains(" checked"));
    assert!(leads(&get(app, &scene.actor, SUMMARY).await, url::SHARING_NEW), "an address alone has no answers");
    assert!(consents(app, &scene.owner).await.is_empty());
});

on_both!(each_step_leads_back_with_all_that_was_answered, |app| {
    let scene = scene(app).await;
    let summary = post(app, &scene.actor, SUMMARY, &scene.with(&[("keep_out", &scene.skill.to_string())])).await.text();
    assert!(summary.contains("även det du lägger till senare") && summary.contains("utom"), "what one says yes to is said whole");
    for (page, path) in [(&summary, HOW), (&summary, WHAT), (&summary, "/sharing/new/purpose")] {
        assert!(page.contains(&format!("formaction=\"{path}\"")), "{path}");
    }
    for (path, before) in [(HOW, WHAT), (WHAT, "/sharing/new/purpose")] {
        let page = post(app, &scene.actor, path, &scene.answers()).await.text();
        assert!(page.contains(&format!("formaction=\"{before}\"")), "{path}");
        let back = post(app, &scene.actor, before, &scene.answers()).await.text();
        assert!(back.contains(&scene.day) && back.contains("value=\"p07\"") && back.contains(" checked"), "{before}");
        assert!(!back.contains("Inget är valt än"), "{before}");
    }
    let given = app.give(&scene.owner.session(app).await, scene.unit.id, &[Section::P07]).await;
    let id = given.terms.consent;
    let change = get(app, &scene.actor, &format!("{}/what", url::consent_change(id))).await.text();
    assert!(change.contains("Det som är ikryssat delar du nu.") && change.contains("<h1>Ändra vad"));
    assert!(change.contains(&format!("href=\"{}\"", url::consent(id))) && !change.contains("formaction=\"/sharing/"));
    let other = [("section", "p05")];
    let answer = post(app, &scene.actor, &format!("{}/what", url::consent_change(id)), &other).await.text();
    assert!(!answer.contains("delar du nu."), "what is ticked is no more what is shared");
});

on_both!(nothing_above_the_ceiling_or_too_long_is_given, |app| {
    let scene = scene(app).await;
    let late = app.service.now().plus(400 * DAY).day().to_string();
    for until in [late.as_str(), "2020-01-01", "x"] {
        let form: Vec<_> = scene.without("until").into_iter().chain([("until", until)]).collect();
        for path in [SUMMARY, GIVE] {
            assert_eq!(post(app, &scene.actor, path, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{until}");
        }
    }
    let session = scene.owner.session(app).await;
    let health = app.add(&session, Kind::Health, fields([("more", text("ont i ryggen"))])).await.to_string();
    let safe = app.add(&session, Kind::Safety, fields([("more", text("hemligt"))])).await.to_string();
    for entry in [&health, &safe] {
        let form = scene.with(&[("entry", entry), ("answer", "yes")]);
        assert_eq!(post(app, &scene.actor, GIVE, &form).await.status, StatusCode::FORBIDDEN);
    }
    let page = post(app, &scene.actor, WHAT, &scene.answers()).await.text();
    assert!(!page.contains("ont i ryggen") && !page.contains("hemligt"), "it is not even offered");
    assert!(page.contains("en lugn plats"));
    let none: Vec<_> = scene.without("section").into_iter().chain([("section", "p14"), ("answer", "yes")]).collect();
    assert_eq!(post(app, &scene.actor, GIVE, &none).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = scene.without("purpose").into_iter().chain([("purpose", "recruitment")]).collect::<Vec<_>>();
    assert_eq!(post(app, &scene.actor, GIVE, &other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(consents(app, &scene.owner).await.is_empty());
});

on_both!(only_a_yes_gives_and_the_preview_is_what_is_read, |app| {
    let scene = scene(app).await;
    let page = post(app, &scene.actor, SUMMARY, &scene.answers()).await.text();
    let preview = page.split("id=\"preview\"").nth(1).unwrap();
    assert!(preview.contains("svetsa i taket") && !preview.contains("en lugn plats"));
    for answer in [&[][..], &[("answer", "no")], &[("answer", "maybe")]] {
        assert_eq!(post(app, &scene.actor, GIVE, &scene.with(answer)).await.status, StatusCode::OK);
    }
    assert!(consents(app, &scene.owner).await.is_empty());
    let answer = post(app, &scene.actor, GIVE, &scene.with(&[("answer", "yes")])).await;
    let given = &consents(app, &scene.owner).await[0];
    let id = given.terms.consent;
    assert!(leads(&answer, &url::consent_given(id)));
    assert!(get(app, &scene.actor, &url::consent_given(id)).await.text().contains(&given.code));
    assert_eq!(given.terms.name, None, "the name stands beside the code only where it was ticked");

    let staff = Actor::Staff(scene.unit.administrator.cookie(app).await);
    let read = post(app, &staff, &url::staff_read(id), &[("case", "2026-118")]).await.text();
    assert!(read.contains("svetsa i taket") && !read.contains("en lugn plats"));
    for path in [url::consent(id), url::EVENTS.to_owned()] {
        let page = get(app, &scene.actor, &path).await.text();
        assert!(page.contains("Adina Admin") && page.contains("2026-118"), "{path}");
    }
});

on_both!(a_sensitive_entry_is_given_for_the_passphrase_alone, |app| {
    let scene = scene(app).await;
    app.clock.forward(6 * MINUTE);
    let page = post(app, &scene.actor, SUMMARY, &scene.with(&[("entry", &scene.need)])).await;
    assert!(page.text().contains("type=\"password\"") && page.text().contains("en lugn plats"));
    let form = |phrase| scene.with(&[("entry", &scene.need), ("answer", "yes"), ("passphrase-again", phrase)]);
    for phrase in ["", "fel fras helt och hållet"] {
        let answer = post(app, &scene.actor, GIVE, &form(phrase)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(phrase.is_empty() || !answer.text().contains(phrase));
    }
    assert!(consents(app, &scene.owner).await.is_empty());
    assert_eq!(post(app, &scene.actor, GIVE, &form(&scene.owner.phrase)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(consents(app, &scene.owner).await.len(), 1);
});

on_both!(a_live_consent_is_changed_and_keeps_its_recipient_and_purpose, |app| {
    let scene = scene(app).await;
    let session = scene.owner.session(app).await;
    let id = app.give(&session, scene.unit.id, &[Section::P07]).await.terms.consent;
    let root = url::consent_change(id);
    let page = get(app, &scene.actor, &format!("{root}/what")).await.text();
    assert!(page.contains("id=\"section-p07\" checked"), "what is shared now is ticked");
    let (out, other) = (scene.skill.to_string(), app.unit_named("af", "En annan enhet", "Otto").await.id.to_string());
    let form = [
        ("unit", other.as_str()),
        ("purpose", "recruitment"),
        ("section", "p07"),
        ("keep_out", out.as_str()),
        ("mode", "copy"),
        ("until", scene.day.as_str()),
        ("answer", "yes"),
    ];
    assert!(leads(&post(app, &scene.actor, &format!("{root}/give"), &form).await, &url::consent_changed(id)));
    let given = app.service.consent(&session, id).await.unwrap();
    assert_eq!((given.terms.unit, given.terms.purpose.as_str(), given.terms.mode), (scene.unit.id, "job_matching", Mode::Copy));
    assert!(!given.terms.scope.covers(scene.skill, Kind::Skill));
    let told = async || get(app, &scene.actor, &url::consent(id)).await.text();
    let live = told().await;
    assert!(live.contains("även det du lägger till senare") && live.contains("utom"), "as it was told before the yes");
    app.service.withdraw(&session, id).await.unwrap();
    assert!(!told().await.contains("även det du lägger till senare"), "nothing comes later");
    assert!(leads(&post(app, &scene.actor, &format!("{root}/give"), &form).await, &url::consent(id)), "ended is ended");
});

on_both!(withdrawing_needs_no_passphrase_and_two_activations, |app| {
    let scene = scene(app).await;
    let given = app.give(&scene.owner.session(app).await, scene.unit.id, &[Section::P07]).await;
    let (id, closed) = (given.terms.consent, Actor::Participant(scene.owner.closed_session_cookie(app).await));
    let list = get(app, &closed, url::SHARING).await.text();
    assert!(list.contains(&url::consent_withdraw(id)) && list.contains("Arbetsförmedlingen"));
    assert!(!list.contains(&given.code) && !list.contains("svetsa"));
    assert!(get(app, &closed, &url::consent(id)).await.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)));
    assert_eq!(get(app, &closed, &url::consent_withdraw(id)).await.status, StatusCode::OK);
    assert_eq!(consents(app, &scene.owner).await[0].state, State::Given, "asking ends nothing");
    assert_eq!(post(app, &closed, &url::consent_withdraw(id), &[]).await.status, StatusCode::OK);
    assert!(matches!(consents(app, &scene.owner).await[0].state, State::Withdrawn { .. }));
    assert!(leads(&post(app, &closed, &url::consent_withdraw(id), &[]).await, url::SHARING), "a second press is no mistake");
    assert!(!get(app, &closed, url::SHARING).await.text().contains(&url::consent_withdraw(id)));
});

on_both!(anothers_consent_is_not_there, |app| {
    let scene = scene(app).await;
    let id: ConsentId = app.give(&scene.owner.session(app).await, scene.unit.id, &[Section::P07]).await.terms.consent;
    let other = person(app, &app.participant("Bo").await).await;
    for path in [url::consent(id), url::consent_given(id), format!("{}/what", url::consent_change(id))] {
        assert_eq!(get(app, &other, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let give = post(app, &other, &format!("{}/give", url::consent_change(id)), &scene.with(&[("answer", "yes")])).await;
    assert_eq!(give.status, StatusCode::NOT_FOUND);
    assert!(leads(&post(app, &other, &url::consent_withdraw(id), &[]).await, url::SHARING));
    assert_eq!(consents(app, &scene.owner).await[0].state, State::Given);
    assert!(leads(&get(app, &Actor::Anonymous, url::SHARING).await, "/?signed-out"));
});

on_both!(a_protected_home_stays_unsaid_and_the_rest_of_its_section_can_be_shared, |app| {
    let scene = scene(app).await;
    let session = scene.owner.session(app).await;
    let home = app.add(&session, Kind::Home, fields([("municipality", text("Vetlanda"))])).await;
    let flag = egenkarta::domain::profile::Value::Flag(true);
    app.add(&session, Kind::ProtectedIdentity, fields([("protected", flag)])).await;
    let form: Vec<_> = scene.without("section").into_iter().chain([("section", "p01"), ("answer", "yes")]).collect();
    assert!(!post(app, &scene.actor, WHAT, &form).await.text().contains(&home.to_string()), "it is not offered");
    assert_eq!(post(app, &scene.actor, GIVE, &form).await.status, StatusCode::SEE_OTHER);
    assert!(!consents(app, &scene.owner).await[0].terms.scope.covers(home, Kind::Home));
});

on_both!(events_come_newest_first_page_by_page_and_can_be_checked, |app| {
    let owner = app.participant("Amina").await;
    let session = owner.session(app).await;
    let id = app.add(&session, Kind::Skill, skill("svetsa")).await;
    for _ in 0..60 {
        app.clock.forward(1_000_000);
        app.service.confirm_entry(&session, id).await.unwrap();
    }
    let closed = Actor::Participant(owner.closed_session_cookie(app).await);
    assert!(get(app, &closed, url::EVENTS).await.header("location").is_some_and(|to| to.starts_with(url::KEYS_UNLOCK)));
    let actor = person(app, &owner).await;
    let page = get(app, &actor, url::EVENTS).await.text();
    let before = page.split("name=\"before\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(page.matches("<li class=").count(), 50);
    let older = post(app, &actor, url::EVENTS, &[("before", &before)]).await.text();
    assert!(older.matches("<li class=").count() >= 11 && !older.contains("name=\"before\""));
    assert!(post(app, &actor, url::EVENTS, &[("before", "x")]).await.text().contains(&before), "nonsense shows the newest");

    app.service.sequence_log().await.unwrap();
    let verified = post(app, &actor, url::EVENTS_VERIFY, &[]).await;
    assert_eq!(verified.status, StatusCode::OK);
    let lines = app.service.events(&session, Timestamp(i64::MAX), 1000).await.unwrap().len();
    assert!(verified.text().contains(&lines.to_string()), "all lines are checked");
});
