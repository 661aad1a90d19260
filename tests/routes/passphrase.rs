//! `/keys/new`, `/keys/passphrase`, `/staff/keys/new`: whichever passphrase was meant is the one that opens; `/logout`.

use axum::http::{Method, StatusCode};
use egenkarta::crypto::secret::Secret;
use egenkarta::usecase::account::{Arrival, Newcomer};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::ISSUER;
use crate::support::{TestApp, on_both};

const WORDS: &str = "solig krona måne fjäril tackla udde";
const OWN: &str = "min katt heter fru Karlsson";
const KEYS_GONE: &str = "/keys?sheet-gone";

async fn newcomer(app: &TestApp, subject: &str) -> Secret {
    match app.service.arrive(ISSUER, subject, Newcomer::new(false, false, None, None)).await.unwrap() {
        Arrival::Newcomer(kept) => kept,
        Arrival::Known(_) => panic!("new"),
    }
}

async fn post(app: &TestApp, cookie: &str, path: &str, form: &[(&str, &str)]) -> Answer {
    let body = ::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let body = Some(("application/x-www-form-urlencoded", body));
    app.http().await.with_headers(&Actor::Anonymous, Method::POST, path, &[("cookie", cookie)], body).await
}

fn new(kept: &Secret) -> String {
    format!("egenkarta-new={}", kept.text().as_str())
}

fn ticked(page: &str, choice: &str) -> bool {
    page.contains(&format!("id=\"choice-{choice}\" checked"))
}

on_both!(an_own_passphrase_beside_ticked_words_is_asked_about_and_never_passed_over, |app| {
    let kept = new(&newcomer(app, "Nora").await);
    let form = [("choice", "words"), ("words", WORDS), ("own", OWN)];
    let answer = post(app, &kept, url::KEYS_NEW, &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("href=\"#choice\"") && !ticked(&page, "words") && !ticked(&page, "own"));
    assert!(page.contains(OWN) && page.contains(WORDS) && page.contains("name=\"asked\""), "nothing typed is lost");
    let undecided = post(app, &kept, url::KEYS_NEW, &[("words", WORDS), ("own", OWN), ("asked", "yes")]).await;
    assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY, "asked, and not answered");

    let other = post(app, &kept, url::KEYS_NEW_WORDS, &form).await.text();
    assert!(other.contains(OWN) && !other.contains(WORDS), "other words take nothing away");

    let answered = [("choice", "own"), ("words", WORDS), ("own", OWN), ("asked", "yes")];
    let made = post(app, &kept, url::KEYS_NEW, &answered).await;
    assert_eq!(made.status, StatusCode::OK);
    assert!(made.text().contains("sheet-code"));
    let Arrival::Known(session) = app.service.arrive(ISSUER, "Nora", Newcomer::new(false, false, None, None)).await.unwrap() else {
        panic!("known")
    };
    let session = app.service.resume(&session).await.unwrap().unwrap();
    assert!(app.service.unlock(&session, WORDS).await.is_err());
    assert!(app.service.unlock(&session, OWN).await.is_ok());

    let second = new(&newcomer(app, "Nils").await);
    let words = [("choice", "words"), ("words", WORDS), ("own", OWN), ("asked", "yes")];
    assert_eq!(post(app, &second, url::KEYS_NEW, &words).await.status, StatusCode::OK, "the words, and the person said so");
});

on_both!(a_new_passphrase_for_an_open_map_is_asked_about_alike_and_other_words_stay_on_the_page, |app| {
    let person = app.participant("Amina").await;
    let actor = Actor::Participant(person.cookie(app).await);
    let form = [("choice", "words"), ("words", WORDS), ("own", OWN)];
    let answer = app.http().await.post(&actor, url::KEYS_PASSPHRASE, &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("href=\"#choice\""));
    let other = app.http().await.post(&actor, url::KEYS_PASSPHRASE, &[("other", "words"), ("words", WORDS), ("own", OWN)]).await;
    assert_eq!(other.status, StatusCode::OK);
    let page = other.text();
    assert!(page.contains(OWN) && !page.contains(WORDS) && page.contains("action=\"/keys/passphrase\""));
    let session = person.closed_session(app).await;
    assert!(app.service.unlock(&session, &person.phrase).await.is_ok(), "nothing has changed yet");
});

on_both!(the_first_sheet_loaded_again_leads_to_where_a_new_one_is_made, |app| {
    let person = app.participant("Amina").await;
    let cookie = format!("egenkarta={}", person.cookie(app).await.text().as_str());
    let form = [("choice", "own"), ("own", OWN)];
    assert_eq!(post(app, &cookie, url::KEYS_NEW, &form).await.header("location"), Some(KEYS_GONE));
    let page = app.http().await.get_with(&Actor::Anonymous, KEYS_GONE, &[("cookie", &cookie)]).await.text();
    assert!(page.contains("visas bara en gång") && page.contains(url::KEYS_SHEET));
    assert_eq!(post(app, "", url::KEYS_NEW, &form).await.header("location"), Some(url::START));
});

on_both!(who_signs_out_hears_of_the_other_session_of_the_same_browser, |app| {
    let (person, unit) = (app.participant("Amina").await, app.unit("af").await);
    let one = format!("egenkarta={}", person.cookie(app).await.text().as_str());
    let staff = format!("egenkarta-staff={}", unit.administrator.cookie(app).await.text().as_str());
    let alone = post(app, &one, url::LOGOUT, &[("who", "person")]).await.text();
    assert!(!alone.contains("value=\"staff\"") && !alone.contains("value=\"person\""));
    let one = format!("egenkarta={}", person.cookie(app).await.text().as_str());
    let both = format!("{one}; {staff}");
    let page = post(app, &both, url::LOGOUT, &[("who", "person")]).await.text();
    assert!(page.contains("som anställd") && page.contains("name=\"who\" value=\"staff\""), "{page}");
    let page = post(app, &both, url::LOGOUT, &[("who", "staff")]).await.text();
    assert!(!page.contains("name=\"who\""), "the person's session has ended");
});
