//! `/staff/inbox`, `/staff/unit`, `/invite`.

use axum::http::StatusCode;
use egenkarta::domain::event::What;
use egenkarta::domain::organisation::Role;
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::MINUTE;
use egenkarta::domain::{ConsentId, Timestamp};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{Owner, TestUnit, skill};
use crate::support::{TestApp, on_both};

/// Someone who shares one skill with a unit.
struct Shared {
    person: Owner,
    unit: TestUnit,
    id: ConsentId,
    code: String,
}

async fn shared(app: &TestApp) -> Shared {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let session = person.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa i taket")).await;
    let given = app.give(&session, unit.id, &[Section::P07]).await;
    Shared { person, unit, id: given.terms.consent, code: given.code }
}

async fn staff(app: &TestApp, owner: &Owner) -> Actor {
    Actor::Staff(owner.cookie(app).await)
}

async fn get(app: &TestApp, actor: &Actor, path: &str) -> Answer {
    app.http().await.get(actor, path).await
}

async fn post(app: &TestApp, actor: &Actor, path: &str, form: &[(&str, &str)]) -> Answer {
    app.http().await.post(actor, path, form).await
}

/// How many times the person has been read.
async fn reads(app: &TestApp, person: &Owner) -> usize {
    let session = person.session(app).await;
    let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    seen.iter().filter(|line| line.event.what == What::Read).count()
}

/// What the page shows once.
fn secret(answer: &Answer) -> String {
    let text = answer.text();
    let at = text.find("class=\"secret\"").expect("a secret is shown");
    let inside = text[at..].split('>').nth(1).unwrap();
    inside.split('<').next().unwrap().trim().to_owned()
}

on_both!(whoever_is_no_staff_or_has_opened_nothing_sees_nothing, |app| {
    let Shared { person, unit, id, .. } = shared(app).await;
    let participant = Actor::Participant(person.cookie(app).await);
    let closed = app.service.begin_session(unit.administrator.id, unit.administrator.kind, false, None).await.unwrap();
    let paths = [url::STAFF_INBOX.to_owned(), url::staff_consent(id), url::STAFF_UNIT.to_owned()];
    for path in &paths {
        for actor in [&Actor::Anonymous, &participant] {
            let answer = get(app, actor, path).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, Some("/?signed-out")), "{path}");
        }
        let answer = get(app, &Actor::Staff(closed.clone()), path).await;
        assert_eq!(answer.header("location"), Some(url::STAFF_UNLOCK), "{path}");
    }
    let read = post(app, &Actor::Staff(closed), &url::staff_read(id), &[("case", "1")]).await;
    assert_eq!(read.header("location"), Some(url::STAFF_UNLOCK));
    assert_eq!(reads(app, &person).await, 0);
});

on_both!(another_unit_finds_neither_the_consent_nor_its_code, |app| {
    let Shared { person, id, code, .. } = shared(app).await;
    let other = app.unit_named("af", "En annan enhet", "Otto Other").await;
    let actor = staff(app, &other.administrator).await;
    assert_eq!(get(app, &actor, &url::staff_consent(id)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(post(app, &actor, &url::staff_read(id), &[("case", "1")]).await.status, StatusCode::NOT_FOUND);
    assert!(!post(app, &actor, url::STAFF_INBOX, &[("code", &code)]).await.text().contains(&url::staff_consent(id)));
    let mint = [("code", code.as_str()), ("label", "system"), ("days", "3")];
    assert_eq!(post(app, &actor, url::STAFF_TOKENS, &mint).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reads(app, &person).await, 0);
});

on_both!(a_consent_is_found_by_its_code_and_read_for_a_case_by_post_alone, |app| {
    let Shared { person, unit, id, code } = shared(app).await;
    let actor = staff(app, &unit.administrator).await;
    let link = url::staff_consent(id);
    let spoken = code.to_lowercase().replace('-', " ");
    assert!(!post(app, &actor, url::STAFF_INBOX, &[("code", "IIIIII")]).await.text().contains(&link));
    assert!(post(app, &actor, url::STAFF_INBOX, &[("code", &spoken)]).await.text().contains(&link));

    let read = url::staff_read(id);
    assert_eq!(get(app, &actor, &read).await.header("location"), Some(link.as_str()), "a GET reads nothing");
    assert_eq!(post(app, &actor, &read, &[("case", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (long, number) = ("x".repeat(61), "Robin Åkerblom 900101-1234");
    for (case, said) in [(long.as_str(), "för lång"), (number, "personnummer")] {
        let answer = post(app, &actor, &read, &[("case", case)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(said) && answer.text().contains(&format!("value=\"{case}\"")), "{case}");
    }
    let again = post(app, &actor, &read, &[("case", "2026-118"), ("language", "en")]).await.text();
    assert!(again.contains("value=\"2026-118\"") && !again.contains("svetsa"), "a change of language reads nothing");
    assert!(!get(app, &actor, &link).await.text().contains("svetsa"));
    assert_eq!(reads(app, &person).await, 0);

    let page = post(app, &actor, &read, &[("case", "2026-118")]).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, Some("no-store")));
    assert!(page.text().contains("svetsa i taket") && page.text().contains("Adina Admin"));
    assert!(!page.text().contains("data-print"), "who has promised to keep nothing is offered no paper");
    assert!(get(app, &actor, &link).await.text().contains("value=\"2026-118\""), "the case is remembered");
    assert_eq!(reads(app, &person).await, 1);
});

on_both!(what_was_withdrawn_says_so_and_shows_nothing, |app| {
    let Shared { person, unit, id, .. } = shared(app).await;
    let actor = staff(app, &unit.administrator).await;
    post(app, &actor, &url::staff_read(id), &[("case", "7")]).await;
    app.service.withdraw(&person.session(app).await, id).await.unwrap();
    for answer in [
        get(app, &actor, &url::staff_consent(id)).await,
        post(app, &actor, &url::staff_read(id), &[("case", "7")]).await,
        post(app, &actor, &url::staff_read(id), &[("case", "8")]).await,
    ] {
        assert_eq!(answer.status, StatusCode::GONE);
        assert!(!answer.text().contains("svetsa"));
    }
    assert!(get(app, &actor, url::STAFF_INBOX).await.text().contains(&format!("href=\"{}\"", url::staff_consent(id))));
    assert_eq!(app.record_denials().await, 2, "the person learns that it was tried");
    assert_eq!(reads(app, &person).await, 1);
});

on_both!(a_reader_runs_nothing, |app| {
    let Shared { unit, code, .. } = shared(app).await;
    let reader = app.reader(&unit).await;
    let actor = staff(app, &reader).await;
    let remove = url::staff_remove(unit.administrator.staff_id());
    let forms: [(&str, &[(&str, &str)]); 4] = [
        (url::STAFF_INVITE, &[("name", "Ny"), ("role", "administrator")]),
        (url::STAFF_TOKENS, &[("code", &code), ("label", "system"), ("days", "3")]),
        (url::STAFF_UNIT_SHEET, &[]),
        (&remove, &[]),
    ];
    for (path, form) in forms {
        assert_eq!(post(app, &actor, path, form).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let page = get(app, &actor, url::STAFF_UNIT).await.text();
    assert!(page.contains("Adina Admin") && !page.contains(url::STAFF_UNIT_SHEET));
});

on_both!(staff_choose_their_ground_in_words_of_their_own, |app| {
    let unit = app.unit("af").await;
    let actor = staff(app, &unit.administrator).await;
    let page = get(app, &actor, url::STAFF_REQUESTS).await.text();
    assert!(page.contains("Uppgift av allmänt intresse") && page.contains("Rättslig förpliktelse"));
    assert!(!page.contains("De säger att") && !page.contains("Du kan sluta tidigare"));
});

on_both!(an_invite_sent_again_makes_no_second_one, |app| {
    let unit = app.unit("af").await;
    let actor = staff(app, &unit.administrator).await;
    let form = [("name", "Ny Nyman"), ("role", "reader")];
    assert_eq!(post(app, &actor, url::STAFF_INVITE, &form).await.status, StatusCode::OK);
    let again = post(app, &actor, url::STAFF_INVITE, &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("finns redan en inbjudan") && !again.text().contains("class=\"secret\""));
    let (_, _, open) = app.service.colleagues(&unit.administrator.session(app).await).await.unwrap();
    assert_eq!(open.len(), 1);
    app.service.cancel_invite(&unit.administrator.session(app).await, open[0].id).await.unwrap();
    assert_eq!(post(app, &actor, url::STAFF_INVITE, &form).await.status, StatusCode::OK, "taken back, it can be made anew");
});

on_both!(an_invite_is_shown_once_leads_to_the_login_and_can_be_taken_back, |app| {
    let unit = app.unit("af").await;
    let actor = staff(app, &unit.administrator).await;
    for form in
        [[("name", ""), ("role", "reader")], [("name", "Ny"), ("role", "owner")], [("name", &"x".repeat(81)), ("role", "reader")]]
    {
        assert_eq!(post(app, &actor, url::STAFF_INVITE, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let link = secret(&post(app, &actor, url::STAFF_INVITE, &[("name", "Ny Kollega"), ("role", "reader")]).await);
    let (address, code) = link.split_once('#').expect("the secret stands in the fragment");
    assert!(address.ends_with(url::INVITE));
    let page = get(app, &actor, url::STAFF_UNIT).await.text();
    assert!(page.contains("Ny Kollega") && !page.contains(code), "never again");

    for wrong in ["", "nonsense", &code[1..]] {
        let answer = post(app, &Actor::Anonymous, url::INVITE, &[("code", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let session = unit.administrator.session(app).await;
    let (_, _, open) = app.service.colleagues(&session).await.unwrap();
    let id = open[0].id.to_string();
    assert_eq!(post(app, &actor, url::STAFF_INVITE_CANCEL, &[("invite", &id)]).await.status, StatusCode::SEE_OTHER);
    let answer = post(app, &Actor::Anonymous, url::INVITE, &[("code", &link)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "taken back");
});

on_both!(whoever_guesses_invites_waits, |app| {
    let mut last = StatusCode::OK;
    for _ in 0..=20 {
        last = post(app, &Actor::Anonymous, url::INVITE, &[("code", "nonsense")]).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
});

on_both!(a_token_is_shown_once_listed_and_stopped, |app| {
    let Shared { unit, code, .. } = shared(app).await;
    let actor = staff(app, &unit.administrator).await;
    for (code, label, days) in
        [("", "s", "3"), ("K7M-2QF", "s", "3"), (&*code, " ", "3"), (&code, "s", "0"), (&code, "s", "31"), (&code, "s", "x")]
    {
        let form = [("code", code), ("label", label), ("days", days)];
        assert_eq!(post(app, &actor, url::STAFF_TOKENS, &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
    }
    let token = secret(&post(app, &actor, url::STAFF_TOKENS, &[("code", &code), ("label", "systemet"), ("days", "3")]).await);
    assert!(app.service.read_by_token(&token, None).await.is_ok());
    let page = get(app, &actor, url::STAFF_UNIT).await.text();
    assert!(page.contains("systemet") && !page.contains(&token));
    let live = app.service.tokens(&unit.administrator.session(app).await).await.unwrap();
    let id = hex::encode(live[0].lookup);
    assert_eq!(post(app, &actor, url::STAFF_TOKEN_REVOKE, &[("token", "zz")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(post(app, &actor, url::STAFF_TOKEN_REVOKE, &[("token", &id)]).await.status, StatusCode::SEE_OTHER);
    assert!(app.service.read_by_token(&token, None).await.is_err());
});

on_both!(removing_someone_asks_for_the_passphrase_and_changes_the_units_locks, |app| {
    let Shared { unit, id, .. } = shared(app).await;
    let (leaver, stays) = (app.reader(&unit).await, app.colleague(&unit, "Stina Stays", Role::Reader).await);
    let (actor, gone) = (staff(app, &unit.administrator).await, staff(app, &leaver).await);
    let old = unit.administrator.session(app).await;
    let before = app.service.member(&old).await.unwrap().keyring.generation();
    let path = url::staff_remove(leaver.staff_id());
    assert!(get(app, &actor, &path).await.text().contains("Rut Reader"));
    app.clock.forward(6 * MINUTE);
    assert!(post(app, &actor, &path, &[]).await.text().contains("passphrase-again"));
    assert_eq!(post(app, &actor, &path, &[("passphrase-again", "fel")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(get(app, &gone, url::STAFF_INBOX).await.status, StatusCode::OK, "not yet");

    let done = post(app, &actor, &path, &[("passphrase-again", &unit.administrator.phrase)]).await;
    assert!(done.text().contains("sheet-code"), "the unit's new sheet");
    assert_eq!(get(app, &gone, url::STAFF_INBOX).await.header("location"), Some("/?signed-out"));
    assert!(app.service.member(&old).await.unwrap().keyring.generation() > before);
    let read = post(app, &staff(app, &stays).await, &url::staff_read(id), &[("case", "9")]).await;
    assert!(read.text().contains("svetsa i taket"), "colleagues read on");
});

on_both!(keys_that_are_due_are_changed_when_the_next_administrator_opens_the_unit, |app| {
    let unit = app.unit("af").await;
    let (first, leaver) = (app.colleague(&unit, "Fia First", Role::Administrator).await, app.reader(&unit).await);
    app.service.remove_staff(&first.session(app).await, leaver.staff_id()).await.unwrap();
    let administrator = &unit.administrator;
    let closed = Actor::of(administrator.kind, administrator.closed_session_cookie(app).await);
    let opened = post(app, &closed, url::STAFF_UNLOCK, &[("passphrase", &administrator.phrase)]).await;
    assert!(opened.text().contains("sheet-code"), "with the unit's new sheet");
    assert_eq!(app.service.member(&administrator.session(app).await).await.unwrap().keyring.generation(), 2);
    let again = Actor::of(administrator.kind, administrator.closed_session_cookie(app).await);
    let again = post(app, &again, url::STAFF_UNLOCK, &[("passphrase", &administrator.phrase)]).await;
    assert_eq!(again.header("location"), Some(url::STAFF_INBOX), "once");
});

on_both!(whoever_has_left_their_only_unit_is_told_so, |app| {
    let unit = app.unit("af").await;
    let leaver = app.reader(&unit).await;
    app.service.remove_staff(&unit.administrator.session(app).await, leaver.staff_id()).await.unwrap();
    let actor = Actor::of(leaver.kind, leaver.cookie(app).await);
    let page = get(app, &actor, url::STAFF_INBOX).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text().contains("Du hör inte till någon enhet") && page.text().contains(url::LOGOUT));
});

on_both!(the_units_sheet_is_made_anew_for_who_gives_the_passphrase, |app| {
    let unit = app.unit("af").await;
    let actor = staff(app, &unit.administrator).await;
    app.clock.forward(6 * MINUTE);
    assert!(post(app, &actor, url::STAFF_UNIT_SHEET, &[]).await.text().contains("passphrase-again"));
    let page = post(app, &actor, url::STAFF_UNIT_SHEET, &[("passphrase-again", &unit.administrator.phrase)]).await.text();
    let at = page.find("class=\"sheet-code\"").expect("the code stands on the sheet");
    let spans = page[at..].split("<span>").skip(1).take(7).map(|rest| rest.split('<').next().unwrap());
    let code: String = spans.collect();
    let new = egenkarta::crypto::recovery::RecoveryCode::parse(&code).unwrap_or_else(|fault| panic!("{fault:?}"));
    assert_ne!(new.printed().as_str(), unit.sheet.printed().as_str());
    assert!(get(app, &actor, url::STAFF_UNIT).await.text().contains(url::STAFF_UNIT_SHEET));
});

on_both!(the_person_hears_that_the_unit_knows_of_the_end_once, |app| {
    let Shared { person, unit, id, .. } = shared(app).await;
    let actor = staff(app, &unit.administrator).await;
    let path = url::staff_acknowledge(id);
    let known = async || {
        let session = person.session(app).await;
        let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
        seen.iter().filter(|line| line.event.what == What::EndAcknowledged).count()
    };
    assert_eq!(post(app, &actor, &path, &[]).await.status, StatusCode::NOT_FOUND, "it has not ended");
    let other = app.unit_named("af", "En annan enhet", "Otto Other").await;
    app.service.withdraw(&person.session(app).await, id).await.unwrap();
    assert_eq!(post(app, &staff(app, &other.administrator).await, &path, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(known().await, 0);
    assert!(get(app, &actor, url::STAFF_INBOX).await.text().contains("Vi vet att den är slut"));
    for _ in 0..2 {
        assert_eq!(post(app, &actor, &path, &[]).await.header("location"), Some(url::STAFF_INBOX));
    }
    let later = format!("ended.1.{id}");
    let on_its_page = post(app, &actor, &path, &[("after", &later)]).await;
    assert_eq!(on_its_page.header("location"), Some(format!("{}?after={later}", url::STAFF_INBOX).as_str()));
    assert!(
        !get(app, &actor, on_its_page.header("location").unwrap()).await.text().contains(&url::staff_consent(id)),
        "none follows"
    );
    let list = get(app, &actor, url::STAFF_INBOX).await.text();
    assert!(!list.contains("Vi vet att den är slut") && list.contains("Ni har sagt att ni vet"));
    assert_eq!(known().await, 1);
});
