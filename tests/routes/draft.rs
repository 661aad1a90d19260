//! What was typed when the session had ended: given back at `/keys/unlock` and `/staff/keys/unlock`.

use axum::http::{Method, StatusCode};
use egenkarta::crypto::secret::Secret;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::Kind;
use egenkarta::domain::time::{HOUR, MINUTE};
use egenkarta::domain::{ConsentId, UnitId};
use egenkarta::usecase::SessionKind;
use egenkarta::usecase::account::Newcomer;
use egenkarta::web::page::url;
use uuid::Uuid;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, TestUnit};
use crate::support::{TestApp, on_both};

const KEPT: &str = "/?kept";
const KEPT_AT_WORK: &str = "/?kept-at-work";
const LOST: &str = "/?signed-out";
/// On the page that asks whether to go on.
const GO_ON: &str = "Vill du fortsätta där du var?";

async fn post(app: &TestApp, actor: &Actor, path: &str, form: &[(&str, &str)]) -> Answer {
    app.http().await.post(actor, path, form).await
}

fn leads(answer: &Answer, to: &str) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.header("location") == Some(to)
}

/// A session that was opened and has ended by itself.
async fn ended(app: &TestApp, owner: &Owner) -> Actor {
    let cookie = owner.cookie(app).await;
    app.clock.forward(31 * MINUTE);
    Actor::of(owner.kind, cookie)
}

/// Signs in anew and opens; the cookie from then on, and what the page answers.
async fn opened(app: &TestApp, owner: &Owner) -> (Actor, Answer) {
    let closed = Actor::of(owner.kind, owner.closed_session_cookie(app).await);
    let lock = if owner.kind == SessionKind::Staff { url::STAFF_UNLOCK } else { url::KEYS_UNLOCK };
    let answer = post(app, &closed, lock, &[("passphrase", &owner.phrase)]).await;
    let cookie = answer.header("set-cookie").and_then(|set| set.split(['=', ';']).nth(1)).and_then(Secret::parse);
    (Actor::of(owner.kind, cookie.expect("opened")), answer)
}

/// Whether the page leads back into the form at `path`, with this typed.
fn offers(answer: &Answer, path: &str, typed: &str) -> bool {
    let page = answer.text();
    page.contains(GO_ON) && page.contains(&format!("action=\"{path}\"")) && page.contains(&format!("value=\"{typed}\""))
}

on_both!(what_nobody_typed_and_what_opens_something_is_not_kept, |app| {
    let amina = app.participant("Amina").await;
    let form = [("skill", "svetsa")];
    let path = url::entry_new(Kind::Skill);
    let live = Actor::of(amina.kind, amina.cookie(app).await);
    assert!(!leads(&post(app, &live, &path, &form).await, KEPT), "nobody is signed out");
    let gone = ended(app, &amina).await;
    for actor in [&Actor::Anonymous, &Actor::Participant(Secret::random(&*app.service.random))] {
        assert!(leads(&post(app, actor, &path, &form).await, LOST), "whose it is nobody knows");
    }
    for (path, field) in [(url::KEYS_PASSPHRASE, "own"), (url::KEYS_ROTATE, "passphrase"), (url::PRESENT_ANSWER, "ticket")] {
        assert!(!leads(&post(app, &gone, path, &[(field, "hemlig fras")]).await, KEPT), "{path}");
    }
    let file = Some(("multipart/form-data; boundary=x", "--x--".to_owned()));
    let file = app.http().await.with_headers(&gone, Method::POST, "/import/file", &[], file).await;
    assert!(!leads(&file, KEPT));
    let (_, answer) = opened(app, &amina).await;
    assert!(leads(&answer, url::MAP), "there is nothing to give back");
});

on_both!(what_a_person_typed_comes_back_once_and_saves_nothing_by_itself, |app| {
    let (amina, bashir) = (app.participant("Amina").await, app.participant("Bashir").await);
    let path = url::entry_new(Kind::Skill);
    let gone = ended(app, &amina).await;
    assert!(leads(&post(app, &gone, &path, &[("skill", "svetsa")]).await, KEPT));
    app.clock.forward(MINUTE);
    assert!(leads(&post(app, &gone, &path, &[("skill", "svetsa i taket"), ("passphrase-again", "hemlig fras")]).await, KEPT));
    assert!(leads(&opened(app, &bashir).await.1, url::MAP), "it is nobody else's");

    let (actor, answer) = opened(app, &amina).await;
    assert!(offers(&answer, &path, "svetsa i taket"), "the newest");
    assert!(!answer.text().contains("hemlig"), "no passphrase is kept");
    let shown = post(app, &actor, &path, &[("language", "sv"), ("skill", "svetsa i taket")]).await;
    assert!(shown.status == StatusCode::OK && shown.text().contains("svetsa i taket"));
    let session = amina.session(app).await;
    assert!(app.service.profile(&session).await.unwrap().entries.is_empty(), "saved when the person says so");
    assert!(leads(&opened(app, &amina).await.1, url::MAP), "given back once");
});

on_both!(of_two_forms_the_newest_comes_back_and_the_other_at_the_next_opening, |app| {
    let amina = app.participant("Amina").await;
    let gone = ended(app, &amina).await;
    let (skill, goal) = (url::entry_new(Kind::Skill), url::entry_new(Kind::Language));
    assert!(leads(&post(app, &gone, &skill, &[("skill", "svetsa")]).await, KEPT));
    app.clock.forward(MINUTE);
    assert!(leads(&post(app, &gone, &goal, &[("language-name", "somaliska")]).await, KEPT));
    assert!(offers(&opened(app, &amina).await.1, &goal, "somaliska"));
    assert!(offers(&opened(app, &amina).await.1, &skill, "svetsa"), "another form was not forgotten with it");
    assert!(leads(&opened(app, &amina).await.1, url::MAP));
});

on_both!(what_is_sent_before_the_map_or_the_unit_is_opened_waits_at_the_lock, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (path, read) = (url::entry_new(Kind::Skill), url::staff_read(ConsentId(Uuid::from_u128(1))));
    for (owner, path, lock) in [(&amina, &path, url::KEYS_UNLOCK), (&unit.administrator, &read, url::STAFF_UNLOCK)] {
        let signed_in = Actor::of(owner.kind, owner.closed_session_cookie(app).await);
        assert!(leads(&post(app, &signed_in, path, &[("skill", "svetsa"), ("case", "svetsa")]).await, lock));
        assert!(offers(&opened(app, owner).await.1, path, "svetsa"));
    }
    let signed_in = Actor::of(amina.kind, amina.closed_session_cookie(app).await);
    assert_eq!(
        post(app, &signed_in, url::SHARING_NEW, &[("query", "Enheten")]).await.status,
        StatusCode::OK,
        "a search is answered"
    );
});

on_both!(what_was_written_beside_a_file_comes_back_and_the_file_must_be_chosen_anew, |app| {
    let amina = app.participant("Amina").await;
    let (gone, path) = (ended(app, &amina).await, url::entry_new(Kind::Document));
    let file = [b"%PDF-1.4".to_vec(), vec![0; 3 << 20]].concat();
    let sent = app.http().await.upload(&gone, &path, &[("title", "Intyg från verkstaden")], ("file", &file)).await;
    assert!(leads(&sent, KEPT), "{:?}", sent.header("location"));
    let again =
        app.http().await.upload(&gone, &path, &[("what", "letter"), ("title", &"x".repeat(2 << 20))], ("file", &file)).await;
    assert!(leads(&again, KEPT), "far too long a text is left out");
    app.clock.forward(MINUTE);
    let sent = app.http().await.upload(&gone, &path, &[("title", "Intyg från verkstaden"), ("else", "x")], ("file", &file)).await;
    assert!(leads(&sent, KEPT));
    let (actor, answer) = opened(app, &amina).await;
    assert!(offers(&answer, &path, "Intyg från verkstaden") && !answer.text().contains("%PDF"));
    assert!(!answer.text().contains("name=\"else\""), "what the form does not ask is not kept");
    for typed in [&[("title", "Intyg från verkstaden")][..], &[("language", "sv"), ("title", "Intyg från verkstaden")]] {
        let shown = post(app, &actor, &path, typed).await;
        assert_eq!(shown.status, StatusCode::OK);
        let page = shown.text();
        assert!(page.contains("value=\"Intyg från verkstaden\"") && page.contains("Välj filen en gång till"), "{page}");
    }
    assert!(app.service.profile(&amina.session(app).await).await.unwrap().entries.is_empty());
});

on_both!(after_a_day_it_is_forgotten, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (path, read) = (url::entry_new(Kind::Skill), url::staff_read(ConsentId(Uuid::from_u128(1))));
    let of_staff = (&unit.administrator, &read, KEPT_AT_WORK, url::STAFF_INBOX);
    for (owner, path, kept, home) in [(&amina, &path, KEPT, url::MAP), of_staff] {
        let gone = ended(app, owner).await;
        assert!(leads(&post(app, &gone, path, &[("skill", "svetsa"), ("case", "2026-118")]).await, kept));
        app.clock.forward(25 * HOUR);
        assert!(leads(&opened(app, owner).await.1, home));
    }
});

on_both!(what_staff_typed_comes_back_and_does_nothing_by_itself, |app| {
    let unit = app.unit("af").await;
    let gone = ended(app, &unit.administrator).await;
    for path in [url::STAFF_PASSPHRASE, url::STAFF_NEW, url::STAFF_RECEIVER_TEST] {
        assert!(!leads(&post(app, &gone, path, &[("own", "hemlig fras")]).await, KEPT_AT_WORK), "{path}");
    }
    assert!(leads(&post(app, &gone, url::STAFF_INVITE, &[("name", "Siv Söker"), ("role", "reader")]).await, KEPT_AT_WORK));
    assert!(
        app.http()
            .await
            .get(&Actor::Anonymous, KEPT_AT_WORK)
            .await
            .text()
            .contains("Logga in under ”För dig som arbetar på en enhet”")
    );
    let (actor, answer) = opened(app, &unit.administrator).await;
    assert!(offers(&answer, url::STAFF_UNIT, "Siv Söker"), "where its form stands: {}", answer.text());
    let form = [("language", "sv"), ("name", "Siv Söker"), ("role", "reader")];
    let shown = post(app, &actor, url::STAFF_UNIT, &form).await;
    assert!(shown.status == StatusCode::OK && shown.text().contains("value=\"Siv Söker\""));
    let session = unit.administrator.session(app).await;
    assert!(app.service.colleagues(&session).await.unwrap().2.is_empty(), "nobody is invited yet");
});

/// A reader of two units, the first joined first.
async fn of_two_units(app: &TestApp) -> (TestUnit, TestUnit, Owner) {
    let (first, second) = (app.unit_named("af", "Första", "Adina").await, app.unit_named("af", "Andra", "Otto").await);
    let reader = app.reader(&first).await;
    app.clock.forward(1);
    let invite = app.service.invite(&second.administrator.session(app).await, "Rut", Role::Reader).await.unwrap();
    let invited = Newcomer::new(true, false, None, Some(invite.text().as_str().to_owned()));
    app.service.join_too(&reader.session(app).await, &invited, None).await.unwrap();
    (first, second, reader)
}

async fn at_work(app: &TestApp, actor: Actor) -> UnitId {
    let Actor::Staff(cookie) = actor else { panic!("staff") };
    let session = app.service.resume(&cookie).await.unwrap().unwrap();
    app.service.member(&session).await.unwrap().unit.unit.id
}

on_both!(staff_come_back_to_the_unit_where_they_typed_unless_they_have_left_it, |app| {
    let (first, second, reader) = of_two_units(app).await;
    let path = url::staff_read(ConsentId(Uuid::from_u128(1)));
    for stays in [true, false] {
        let cookie = reader.cookie(app).await;
        let session = app.service.resume(&cookie).await.unwrap().unwrap();
        app.service.choose_unit(&session, second.id).await.unwrap();
        app.clock.forward(31 * MINUTE);
        assert!(leads(&post(app, &Actor::Staff(cookie), &path, &[("case", "2026-118")]).await, KEPT_AT_WORK));
        if !stays {
            app.service.remove_staff(&second.administrator.session(app).await, reader.staff_id()).await.unwrap();
        }
        let (actor, answer) = opened(app, &reader).await;
        assert_eq!(offers(&answer, &path, "2026-118"), stays);
        assert_eq!(at_work(app, actor).await, if stays { second.id } else { first.id });
    }
});

on_both!(what_was_typed_at_a_unit_that_one_has_left_is_not_given_at_another, |app| {
    let (first, second, reader) = of_two_units(app).await;
    let path = url::staff_read(ConsentId(Uuid::from_u128(1)));
    let nowhere_chosen = Actor::Staff(reader.cookie(app).await);
    app.service.remove_staff(&first.administrator.session(app).await, reader.staff_id()).await.unwrap();
    assert!(leads(&post(app, &nowhere_chosen, &path, &[("case", "2026-118")]).await, KEPT_AT_WORK));
    let (actor, answer) = opened(app, &reader).await;
    assert!(leads(&answer, url::STAFF_INBOX) && at_work(app, actor).await == second.id);
});

on_both!(a_yes_is_said_anew_and_a_known_language_stays_one, |app| {
    let amina = app.participant("Amina").await;
    let gone = ended(app, &amina).await;
    let give = "/sharing/new/give";
    assert!(leads(&post(app, &gone, give, &[("mode", "view"), ("answer", "yes")]).await, KEPT));
    let page = opened(app, &amina).await.1;
    assert!(offers(&page, give, "view") && !page.text().contains("name=\"answer\""));

    let path = url::entry_new(Kind::Language);
    let gone = ended(app, &amina).await;
    assert!(leads(&post(app, &gone, &path, &[("back", &path), ("language", "ar")]).await, KEPT));
    let (actor, page) = opened(app, &amina).await;
    assert!(offers(&page, &path, "ar"));
    let shown = post(app, &actor, &path, &[("language", "sv"), ("back", &path), ("language", "ar")]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(app.service.profile(&amina.session(app).await).await.unwrap().entries.is_empty());
});

on_both!(what_is_answered_by_a_card_is_nobody_elses, |app| {
    let (amina, bashir) = (app.participant("Amina").await, app.participant("Bashir").await);
    let gone = ended(app, &amina).await;
    let card = format!("{}; egenkarta-card={}", gone.header().unwrap().1, bashir.cookie(app).await.text().as_str());
    let body = |text: &str| Some(("application/x-www-form-urlencoded", text.to_owned()));
    let with = [("cookie", card.as_str())];
    let answer =
        app.http().await.with_headers(&Actor::Anonymous, Method::POST, "/request/k/what", &with, body("section=p07")).await;
    assert!(!leads(&answer, KEPT));
    for path in ["/request/k/card", "/map/../keys/erase"] {
        assert!(!leads(&post(app, &gone, path, &[("card", "K7M2")]).await, KEPT), "{path}");
    }
    assert!(leads(&opened(app, &amina).await.1, url::MAP));
});

on_both!(a_change_of_language_keeps_the_form_of_whichever_session_has_ended, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let (person, staff) = (ended(app, &amina).await, unit.administrator.cookie(app).await);
    let cookies = format!("{}; egenkarta-staff={}", person.header().unwrap().1, staff.text().as_str());
    let switch = async |form: &[(&str, &str)]| {
        let body = ::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let body = Some(("application/x-www-form-urlencoded", body));
        app.http().await.with_headers(&Actor::Anonymous, Method::POST, url::LANGUAGE, &[("cookie", &cookies)], body).await
    };
    let of_staff = switch(&[("language", "en"), ("back", url::STAFF_REQUESTS), ("until", "2026-12-01")]).await;
    assert_eq!((of_staff.status, of_staff.header("location")), (StatusCode::TEMPORARY_REDIRECT, Some(url::STAFF_REQUESTS)));
    let path = url::entry_new(Kind::Skill);
    assert!(leads(&switch(&[("language", "en"), ("back", &path), ("skill", "svetsa")]).await, KEPT));
    assert!(offers(&opened(app, &amina).await.1, &path, "svetsa"));
});

on_both!(a_step_that_is_reloaded_after_the_sessions_end_is_kept_like_one_that_is_sent, |app| {
    let amina = app.participant("Amina").await;
    let (cookie, path) = (amina.cookie(app).await, "/sharing/new/what");
    let form = [("unit", "x"), ("section", "p07")];
    let answer = app.http().await.post_alone(&Actor::Participant(cookie.clone()), path, &form).await;
    let address = answer.header("location").unwrap().to_owned();
    assert!(address.starts_with(path));
    app.clock.forward(31 * MINUTE);
    let gone = Actor::Participant(cookie);
    assert!(leads(&app.http().await.get(&gone, path).await, LOST), "an address alone says nothing");
    assert!(leads(&app.http().await.get(&gone, &format!("{address}A")).await, LOST));
    assert!(leads(&app.http().await.get(&gone, &address).await, KEPT));
    assert!(offers(&opened(app, &amina).await.1, path, "p07"));
});
