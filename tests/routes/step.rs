//! The steps' answers in their addresses: the browser's Back and its reload find them, and nobody else does.

use axum::http::{Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use egenkarta::crypto::secret::Secret;
use egenkarta::crypto::step;
use egenkarta::domain::SystemRandom;
use egenkarta::domain::profile::Section;
use egenkarta::domain::time::DAY;
use egenkarta::web::page::url;
use uuid::Uuid;

use crate::support::actor::Actor;
use crate::support::{TestApp, on_both};

const WHAT: &str = "/sharing/new/what";
const SUMMARY: &str = "/sharing/new/summary";
const GIVE: &str = "/sharing/new/give";

fn sealed(secret: &Secret, path: &str, form: &str) -> String {
    format!("{path}?at={}", URL_SAFE_NO_PAD.encode(step::seal(secret, path, form.as_bytes(), &SystemRandom::default())))
}

async fn leads(app: &TestApp, actor: &Actor, path: &str) -> Option<String> {
    let answer = app.http().await.get(actor, path).await;
    (answer.status == StatusCode::SEE_OTHER).then(|| answer.header("location").unwrap().to_owned())
}

on_both!(nobody_else_opens_the_answers_in_an_address_and_no_address_acts, |app| {
    let (amina, bashir, unit) = (app.participant("Amina").await, app.participant("Bashir").await, app.unit("af").await);
    let (secret, theirs) = (amina.cookie(app).await, Actor::Participant(bashir.cookie(app).await));
    let actor = Actor::Participant(secret.clone());
    let (to, day) = (unit.id.to_string(), app.service.now().plus(29 * DAY).day().to_string());
    let answers = [("unit", to.as_str()), ("purpose", "job_matching"), ("section", "p07"), ("mode", "view"), ("until", &day)];
    let with_phrase: Vec<_> = answers.into_iter().chain([("passphrase-again", amina.phrase.as_str())]).collect();
    let answer = app.http().await.post_alone(&actor, SUMMARY, &with_phrase).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let address = answer.header("location").unwrap().to_owned();
    let (path, at) = address.split_once("?at=").unwrap();
    assert_eq!(path, SUMMARY);
    let held = URL_SAFE_NO_PAD.decode(at).unwrap();
    let held = String::from_utf8(step::open(&secret, SUMMARY, &held).unwrap().to_vec()).unwrap();
    assert!(held.contains("section=p07") && !held.contains("passphrase"), "a passphrase stands in no address: {held}");
    assert!(!address.contains("job_matching") && !address.contains(&to));
    for elsewhere in [format!("{WHAT}?at={at}"), format!("{SUMMARY}?at={}", &at[1..]), format!("{SUMMARY}?at="), SUMMARY.to_owned()]
    {
        assert_eq!(leads(app, &actor, &elsewhere).await.as_deref(), Some(url::SHARING_NEW), "{elsewhere}");
    }
    assert_eq!(leads(app, &theirs, &address).await.as_deref(), Some(url::SHARING_NEW), "of another's session");
    assert_eq!(leads(app, &Actor::Participant(amina.cookie(app).await), &address).await.as_deref(), Some(url::SHARING_NEW));
    let form = format!("unit={to}&purpose=job_matching&section=p07&mode=view&until={day}&answer=yes");
    assert_eq!(leads(app, &actor, &sealed(&secret, GIVE, &form)).await.as_deref(), Some(url::SHARING_NEW));
    let summary = app.http().await.get(&actor, &sealed(&secret, SUMMARY, &form)).await;
    assert_eq!(summary.status, StatusCode::OK, "what is shown is only shown");
    assert!(app.service.consents(&amina.session(app).await).await.unwrap().is_empty());
    let again = "Du delar redan just detta";
    let page = app.http().await.get(&actor, &address).await.text();
    assert!(page.contains(&format!("value=\"{day}\"")) && !page.contains(again));
    let yes: Vec<_> = answers.into_iter().chain([("answer", "yes")]).collect();
    assert_eq!(app.http().await.post(&actor, GIVE, &yes).await.status, StatusCode::SEE_OTHER);
    assert!(app.http().await.get(&actor, &address).await.text().contains(again), "Back after the yes");
});

on_both!(each_step_is_found_again_at_its_address, |app| {
    let (amina, unit) = (app.participant("Amina").await, app.unit("af").await);
    let actor = Actor::Participant(amina.cookie(app).await);
    let given = app.give(&amina.session(app).await, unit.id, &[Section::P07]).await;
    let change = url::consent_change(given.terms.consent);
    let to = unit.id.to_string();
    let answers = [("unit", to.as_str()), ("purpose", "job_matching"), ("section", "p10"), ("query", "arbetsf")];
    let how = format!("{change}/how");
    for path in [url::SHARING_NEW, "/sharing/new/purpose", WHAT, "/sharing/new/how", how.as_str()] {
        let answer = app.http().await.post_alone(&actor, path, &answers).await;
        let address = answer.header("location").unwrap_or_else(|| panic!("{path}")).to_owned();
        let (first, again) = (app.http().await.get(&actor, &address).await, app.http().await.get(&actor, &address).await);
        assert_eq!((first.status, again.status), (StatusCode::OK, StatusCode::OK), "{path}");
        let kept = if path == url::SHARING_NEW { "value=\"arbetsf\"" } else { "value=\"p10\"" };
        assert!(again.text().contains(kept) || path.ends_with("/purpose"), "{path}");
    }
    // What no address can hold is answered where it was sent.
    let many: Vec<String> = (0..120_u128).map(|n| Uuid::from_u128(n).to_string()).collect();
    let long: Vec<_> = answers.into_iter().chain(many.iter().map(|id| ("entry", id.as_str()))).collect();
    assert_eq!(app.http().await.post_alone(&actor, WHAT, &long).await.status, StatusCode::OK);
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    let found = app.http().await.post_alone(&staff, url::STAFF_INBOX, &[("code", given.code.as_str())]).await;
    let address = found.header("location").unwrap().to_owned();
    assert!(!address.contains(&given.code));
    assert!(app.http().await.get(&staff, &address).await.text().contains(&url::staff_consent(given.terms.consent)));
});

on_both!(a_request_is_answered_under_the_cookie_of_whoever_answers_it_now, |app| {
    let amina = app.participant("Amina").await;
    let (secret, left) = (amina.cookie(app).await, Secret::random(&*app.service.random));
    let path = "/request/BCDF-GHJK/what";
    let sent = async |cookies: &str| {
        let body = Some(("application/x-www-form-urlencoded", "section=p07".to_owned()));
        app.http().await.with_headers(&Actor::Anonymous, Method::POST, path, &[("cookie", cookies)], body).await
    };
    let (person, card) = (format!("egenkarta={}", secret.text().as_str()), format!("egenkarta-card={}", left.text().as_str()));
    for cookies in [format!("{card}; {person}"), format!("{person}; {card}")] {
        let answer = sent(&cookies).await;
        let at = answer.header("location").unwrap().strip_prefix(&format!("{path}?at=")).unwrap().to_owned();
        let sealed = URL_SAFE_NO_PAD.decode(at).unwrap();
        assert!(step::open(&secret, path, &sealed).is_ok(), "for the person");
        assert!(step::open(&left, path, &sealed).is_err(), "and not for a card that somebody left here");
    }
    assert_eq!(sent(&card).await.header("location"), None, "by nobody's cookie nothing is sealed");
});
