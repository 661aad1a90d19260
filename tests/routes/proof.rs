//! `/offer`, `/proofs`, `/showings`, `/entries/…/proof`.

use axum::http::{Method, StatusCode};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::domain::time::DAY;
use egenkarta::usecase::showing::Denied;
use egenkarta::web::page::url;
use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::Owner;
use crate::support::proof::{held, issue, proof, wanted};
use crate::support::{TestApp, on_both};

async fn person(app: &TestApp, owner: &Owner) -> Actor {
    Actor::Participant(owner.cookie(app).await)
}

async fn upload(app: &TestApp, actor: &Actor, file: &str) -> Answer {
    let body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n{file}\r\n--x--\r\n");
    app.http().await.send(actor, Method::POST, url::PROOFS, Some(("multipart/form-data; boundary=x", body))).await
}

on_both!(each_page_is_its_persons_alone_and_no_look_changes_anything, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let id = held(app, &session, &proof(app)).await;
    let showing = app.service.make_showing(&session, &wanted(app, id), "http://localhost:8080/verify").await.unwrap();
    let (mine, theirs) = (person(app, &amina).await, person(app, &app.participant("Bashir").await).await);
    let staff = Actor::Staff(app.unit("af").await.administrator.cookie(app).await);
    let http = app.http().await;
    let paths =
        [url::PROOFS.to_owned(), url::SHOWINGS.to_owned(), url::SHOWING_NEW.to_owned(), url::showing(showing.id), url::entry(id)];
    for path in &paths {
        for actor in [&Actor::Anonymous, &staff] {
            assert_eq!(http.get(actor, path).await.header("location"), Some("/?signed-out"), "{path}");
        }
        assert_eq!(http.get(&mine, path).await.status, StatusCode::OK, "{path}");
    }
    for path in &paths[3..] {
        assert_eq!(http.get(&theirs, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (path, form) in [(url::showing_end(showing.id), ("x", "x")), (url::entry_proof(id), ("format", "sd-jwt"))] {
        assert_eq!(http.post(&theirs, &path, &[form]).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(http.post(&Actor::Anonymous, &path, &[form]).await.header("location"), Some("/?signed-out"), "{path}");
        assert_eq!(http.get(&mine, &path).await.status, StatusCode::SEE_OTHER, "{path}: back to where the button stands");
    }
    assert_eq!(http.get(&Actor::Anonymous, url::OFFER).await.status, StatusCode::OK, "looking at an offer is anyone's");
    let accept = http.post(&Actor::Anonymous, url::OFFER_ACCEPT, &[("code", "x")]).await;
    assert_eq!(accept.header("location"), Some("/?signed-out"));
});

on_both!(a_code_that_is_none_is_told_and_typed_again, |app| {
    let actor = person(app, &app.participant("Amina").await).await;
    let http = app.http().await;
    let other = egenkarta::crypto::recovery::RecoveryCode::random(&*app.service.random).printed().to_string();
    for (typed, says) in [("ABCD", "28 tecken"), (other.as_str(), "inget att hämta")] {
        for path in [url::OFFER, url::OFFER_ACCEPT] {
            let answer = http.post(&actor, path, &[("code", typed)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {typed}");
            assert!(answer.text().contains(says) && answer.text().contains(typed), "{path} {typed}: {}", answer.text());
        }
    }
});

on_both!(no_form_and_no_program_makes_or_edits_a_proof, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let id = held(app, &session, &proof(app)).await;
    let (http, actor) = (app.http().await, person(app, &amina).await);
    let new = url::entry_new(Kind::Credential);
    assert_eq!(http.get(&actor, &new).await.status, StatusCode::NOT_FOUND);
    assert_eq!(http.post(&actor, &new, &[("name", "x"), ("proof", "y")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(http.get(&actor, &url::entry_edit(id)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(http.post(&actor, &url::entry_edit(id), &[("name", "x")]).await.status, StatusCode::NOT_FOUND);
    let body = json!({ "kind": "credential", "lang": "sv", "fields": { "name": { "text": "x" }, "proof": { "text": "y" } } });
    let body = || Some(("application/json", body.to_string()));
    assert_eq!(http.send(&actor, Method::POST, "/api/v1/entries", body()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let put = http.send(&actor, Method::PUT, &format!("/api/v1/entries/{id}"), body()).await;
    assert_eq!(put.status, StatusCode::UNPROCESSABLE_ENTITY);
    let section = http.get(&actor, &url::section(Section::P08)).await.text();
    assert!(!section.contains(&new) && !section.contains(&url::entry_edit(id)) && section.contains("Validerad"), "{section}");
});

on_both!(a_proof_is_checked_before_it_is_added_and_what_is_none_is_not, |app| {
    let amina = app.participant("Amina").await;
    let (http, actor) = (app.http().await, person(app, &amina).await);
    for file in ["", "hej", "{}", "a.b.c"] {
        assert_eq!(upload(app, &actor, file).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{file}");
        let answer = http.post(&actor, url::PROOFS_TEXT, &[("text", file)]).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains(file), "{file}");
    }
    let good = issue(&proof(app)).credential;
    let broken = good.replacen("~WyJ", "~WyK", 1);
    let answer = http.post(&actor, url::PROOFS_ADD, &[("text", &broken)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    let count = async || app.service.profile(&amina.session(app).await).await.unwrap().entries.len();
    assert_eq!(count().await, 0);
    for review in [upload(app, &actor, &good).await, http.post(&actor, url::PROOFS_TEXT, &[("text", &good)]).await] {
        assert!(review.status == StatusCode::OK && review.text().contains("Truckförare") && review.text().contains("Validerad"));
    }
    assert_eq!(count().await, 0, "looking adds nothing");
    for _ in 0..2 {
        let added = http.post(&actor, url::PROOFS_ADD, &[("text", &good)]).await;
        assert!(added.header("location").is_some_and(|to| to.starts_with("/entries/")), "{}", added.text());
    }
    assert_eq!(count().await, 1, "once");
});

on_both!(an_expired_proof_counts_no_more_on_the_map_in_the_comparison_and_to_each_reader, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let unit = app.unit("af").await;
    let until = app.service.now().plus(150 * DAY).day();
    let choice = egenkarta::usecase::consent::Choice { until, ..app.choice(unit.id, &[Section::P08]) };
    let given = app.service.give(&session, &choice).await.unwrap();
    let mut short = proof(app);
    short.until = Some(app.service.now().plus(3 * DAY));
    short.competence.framework.as_mut().unwrap().id = "industry-basic".to_owned();
    short.competence.part = Some(egenkarta::domain::credential::Part::Whole);
    held(app, &session, &short).await;
    let http = app.http().await;
    let staff = unit.administrator.session(app).await;
    let look = async |status: &str, level: &str, says: &str| {
        let actor = person(app, &amina).await;
        let map = http.get(&actor, url::MAP).await.text();
        assert!(map.contains(says), "the map: {says}");
        let gap = http.get(&actor, &url::gap("industry-basic")).await.text();
        assert_eq!(gap.contains("Det har gått ut:"), status == "expired", "{gap}");
        let own: Value = serde_json::from_slice(&http.get(&actor, "/api/v1/profile").await.body).unwrap();
        assert_eq!((&own["entries"][0]["status"], &own["entries"][0]["evidence"]), (&json!(status), &json!(level)));
        let (token, _) = app.service.mint(&staff, given.terms.consent, 7, "x").await.unwrap();
        let bearer = Actor::Token(token.text().to_string());
        let read: Value = serde_json::from_slice(&http.get(&bearer, "/api/v1/disclosure").await.body).unwrap();
        assert_eq!((&read["entries"][0]["status"], &read["entries"][0]["evidence"]), (&json!(status), &json!(level)), "{read}");
        assert!(!read.to_string().contains("Zebulonia") && read["entries"][0]["fields"]["proof"]["text"].is_string());
    };
    look("valid", "e4", "Validerad").await;
    app.clock.forward(4 * DAY);
    look("expired", "e1", "Har gått ut").await;
});

on_both!(one_thing_is_shown_in_two_steps_by_link_and_paper_and_ended_by_one_button, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let id = held(app, &session, &proof(app)).await.to_string();
    let (http, actor) = (app.http().await, person(app, &amina).await);
    let at = |step: &str| format!("{}/{step}", url::SHOWING_NEW);
    assert_eq!(http.post(&actor, &at("how"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing chosen");
    let how = http.post(&actor, &at("how"), &[("entry", &id)]).await.text();
    let offered = |claim: &str| how.contains(&format!("{id}/{claim}\""));
    assert!(offered("seqf") && offered("criteria") && offered("given_name") && !how.contains(" checked"), "{how}");
    assert!(how.contains("Quillfeather"), "one sees what one would show");
    let claim = format!("{id}/seqf");
    let day = app.service.now().plus(5 * DAY).day().to_string();
    let mut form = vec![("entry", id.as_str()), ("claim", &claim), ("whom", "Lagerbolaget <b>")];
    assert_eq!(http.post(&actor, &at("make"), &form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no end");
    form.extend([("until", "other"), ("until_other", day.as_str()), ("opens", "many"), ("times", "0")]);
    let wrong = http.post(&actor, &at("make"), &form).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("Lagerbolaget"), "nothing typed is lost");
    form.pop();
    form.push(("times", "2"));
    let made = http.post(&actor, &at("make"), &form).await;
    let place = made.header("location").expect("its page").split('?').next().unwrap().to_owned();
    let page = http.get(&actor, &place).await.text();
    let code = page.split("/verify#").nth(1).and_then(|rest| rest.split('<').next()).expect("the link").to_owned();
    assert!(page.contains("class=\"qr\"") && page.contains("Truckförare") && page.contains(&code[..4]) && !page.contains("<b>"));
    app.service.open_showing(&code).await.unwrap();
    let page = http.get(&actor, &place).await.text().replace(['\u{2068}', '\u{2069}'], "");
    assert!(page.contains("1 av 2"), "{page}");
    assert!(http.get(&actor, url::EVENTS).await.text().contains("öppnade ett bevis"));
    let ended = http.post(&actor, &format!("{place}/end"), &[]).await;
    assert!(ended.header("location").is_some_and(|to| to.starts_with(url::SHOWINGS)));
    assert!(matches!(app.service.open_showing(&code).await, Err(Denied::Denied)));
    assert!(!http.get(&actor, &place).await.text().contains(&code), "what has ended has no link");
});

on_both!(a_proof_leaves_as_a_file_in_the_forms_that_it_has, |app| {
    let amina = app.participant("Amina").await;
    let id = held(app, &amina.session(app).await, &proof(app)).await;
    let (http, actor) = (app.http().await, person(app, &amina).await);
    assert_eq!(http.post(&actor, &url::entry_proof(id), &[("format", "badge")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(http.post(&actor, &url::entry_proof(id), &[("format", "x")]).await.status, StatusCode::SEE_OTHER);
    let file = http.post(&actor, &url::entry_proof(id), &[("format", "sd-jwt")]).await;
    assert!(file.status == StatusCode::OK && file.text().ends_with('~') && file.header("content-disposition").is_some());
});

on_both!(a_code_that_was_typed_waits_for_whoever_signs_in_and_for_nobody_else, |app| {
    let issuer = app.issuer().await;
    let (_, code) = issuer.issue(app, "Rad 1").await;
    let code = code.printed().to_string();
    let (amina, http) = (app.participant("Amina").await, app.http().await);
    let wrong = http.post(&Actor::Anonymous, url::OFFER, &[("code", "ABCD"), ("keep", "1")]).await;
    assert!(
        wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.header("set-cookie").is_none() && wrong.text().contains("ABCD")
    );

    let kept = http.post(&Actor::Anonymous, url::OFFER, &[("code", &code), ("keep", "1")]).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, Some(url::START)));
    let cookie = kept.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("egenkarta-offer=")
            && cookie.contains("HttpOnly")
            && !cookie.contains(&code)
            && !cookie.contains("Max-Age")
    );
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let closed = format!("egenkarta={}", amina.closed_session_cookie(app).await.text().as_str());
    let open = format!("egenkarta={}", amina.cookie(app).await.text().as_str());
    let look = async |cookies: &[&str]| {
        let cookies = cookies.join("; ");
        http.get_with(&Actor::Anonymous, url::OFFER, &[("cookie", &cookies)]).await
    };
    for cookies in [&[cookie.as_str()][..], &[&cookie, &closed], &[&open], &["egenkarta-offer=x", &open]] {
        assert!(!look(cookies).await.text().contains(&code), "{cookies:?}");
    }
    let away =
        http.post(&Actor::Participant(amina.closed_session_cookie(app).await), url::OFFER, &[("code", &code), ("keep", "1")]).await;
    assert_eq!(away.header("location"), Some(url::KEYS_UNLOCK));

    let both = format!("{cookie}; {closed}");
    let form = format!("passphrase={}", amina.phrase.replace(' ', "+"));
    let form = Some(("application/x-www-form-urlencoded", form));
    let unlocked = http.with_headers(&Actor::Anonymous, Method::POST, url::KEYS_UNLOCK, &[("cookie", &both)], form).await;
    assert_eq!(unlocked.header("location"), Some(url::OFFER), "{}", unlocked.text());
    for _ in 0..2 {
        let shown = look(&[&cookie, &open]).await.text();
        assert!(shown.contains(&code) && shown.contains(url::OFFER_ACCEPT), "{shown}");
    }
    let both = format!("{cookie}; {open}");
    let form = Some(("application/x-www-form-urlencoded", format!("code={code}")));
    let taken = http.with_headers(&Actor::Anonymous, Method::POST, url::OFFER_ACCEPT, &[("cookie", &both)], form).await;
    assert!(taken.header("location").is_some_and(|to| to.starts_with("/entries/")), "{}", taken.text());
    assert!(taken.header("set-cookie").is_some_and(|cookie| cookie.starts_with("egenkarta-offer=;")));
    assert!(!look(&[&cookie, &open]).await.text().contains(&code), "what was taken is not kept");
});

on_both!(a_code_that_waits_ends_with_its_offer_and_after_an_hour, |app| {
    let issuer = app.issuer().await;
    let (id, code) = issuer.issue(app, "Rad 1").await;
    let (amina, http) = (app.participant("Amina").await, app.http().await);
    let keep = async || {
        let kept = http.post(&Actor::Anonymous, url::OFFER, &[("code", code.printed().as_str()), ("keep", "1")]).await;
        kept.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    };
    let (first, second) = (keep().await, keep().await);
    let look = async |cookie: &str| {
        let cookies = format!("{cookie}; egenkarta={}", amina.cookie(app).await.text().as_str());
        http.get_with(&Actor::Anonymous, url::OFFER, &[("cookie", &cookies)]).await
    };
    assert!(look(&first).await.text().contains(&*code.printed()));
    let session = issuer.first.session(app).await;
    app.service.withdraw_credential(&session, crate::support::BASE, id, "Fel person").await.unwrap();
    let gone = look(&first).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(gone.text().contains("inget att hämta") && gone.header("set-cookie").is_some_and(|cookie| cookie.contains("-offer=;")));
    app.clock.forward(61 * egenkarta::domain::time::MINUTE);
    let late = look(&second).await;
    assert!(late.status == StatusCode::OK && !late.text().contains(&*code.printed()));
});
