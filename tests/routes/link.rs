//! `/sharing/link`, `/l/…`.

use axum::http::{Method, StatusCode};
use egenkarta::api::link::Answer as Sealed;
use egenkarta::domain::profile::Kind;
use egenkarta::domain::time::DAY;
use egenkarta::usecase::link::{LinkChoice, Made};
use egenkarta::web::page::url;
use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::http::Answer;
use crate::support::people::{fields, need, skill, text};
use crate::support::{TestApp, on_both};
use crate::usecase::link::{choice, linked};

fn path(made: &Made) -> String {
    url::link(&made.id.simple().to_string())
}

fn whole(made: &Made) -> String {
    format!("http://localhost:8080{}#{}", path(made), made.secret.text().as_str())
}

async fn knock(app: &TestApp, path: &str, body: &Value) -> Answer {
    let body = Some(("application/json", body.to_string()));
    app.http().await.send(&Actor::Anonymous, Method::POST, &format!("{path}/open"), body).await
}

async fn paste(app: &TestApp, made: &Made, form: &[(&str, &str)]) -> Answer {
    app.http().await.post(&Actor::Anonymous, &path(made), form).await
}

on_both!(looking_counts_nothing_and_every_link_looks_alike, |app| {
    let (_, made) = linked(app, 1).await;
    let http = app.http().await;
    let page = http.get(&Actor::Anonymous, &path(&made)).await;
    let none = http.get(&Actor::Anonymous, "/l/0191d5a0000040008000000000000001").await;
    assert_eq!((page.status, none.status), (StatusCode::OK, StatusCode::OK));
    let id = made.id.simple().to_string();
    assert_eq!(page.text().replace(&id, ""), none.text().replace("0191d5a0000040008000000000000001", ""));
    assert_eq!(http.get(&Actor::Anonymous, "/l/1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(knock(app, &path(&made), &json!({ "proof": made.secret.proof().text().as_str() })).await.status, StatusCode::OK);
});

on_both!(whatever_is_wrong_is_refused_alike_and_what_leaves_is_ciphertext, |app| {
    let (amina, made) = linked(app, 1).await;
    let proof = made.secret.proof();
    let good = json!({ "proof": proof.text().as_str() });
    let other = made.secret.text();
    let unknown = knock(app, "/l/0191d5a0000040008000000000000001", &good).await;
    let wrong = knock(app, &path(&made), &json!({ "proof": other.as_str() })).await;
    let short = knock(app, &path(&made), &json!({ "proof": "x" })).await;
    let strange = knock(app, "/l/x", &good).await;
    for denied in [&unknown, &wrong, &short, &strange] {
        assert_eq!((denied.status, denied.text()), (StatusCode::FORBIDDEN, unknown.text()));
    }
    let more = json!({ "proof": proof.text().as_str(), "secret": "x" });
    assert_eq!(knock(app, &path(&made), &more).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let opened = knock(app, &path(&made), &good).await;
    assert_eq!(opened.status, StatusCode::OK, "none of it counted");
    assert!(!opened.text().contains("svetsa"), "only ciphertext leaves");
    let answer: Sealed = serde_json::from_slice(&opened.body).unwrap();
    let (terms, entries) = answer.sealed().unwrap().open(&made.secret).unwrap();
    assert_eq!((terms.consent, entries[0].2.kind), (made.given.terms.consent, Kind::Skill));
    assert_eq!(knock(app, &path(&made), &good).await.text(), unknown.text(), "used up looks like unknown");
    let events = app.http().await.get(&Actor::Participant(amina.cookie(app).await), url::EVENTS).await.text();
    assert!(events.contains("öppnade din länk"), "{events}");
});

on_both!(without_script_the_pasted_link_is_opened_by_the_service_and_the_page_says_so, |app| {
    let (_, made) = linked(app, 1).await;
    for bad in ["", "x", &whole(&made)[..60], "http://localhost:8080/l/x#y"] {
        let answer = paste(app, &made, &[("link", bad), ("word", "")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(answer.text().contains("ingen hel länk"), "{bad}");
    }
    let again = paste(app, &made, &[("link", &whole(&made)), ("language", "sv")]).await;
    assert!(!again.text().contains("svetsa"), "a change of language opens nothing");
    let read = paste(app, &made, &[("link", &whole(&made)), ("word", "")]).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(read.text().contains("svetsa") && read.text().contains("Öppnat av Egenkarta"));
    let closed = paste(app, &made, &[("link", &whole(&made)), ("word", "")]).await;
    assert_eq!(closed.status, StatusCode::FORBIDDEN);
    assert!(closed.text().contains("går inte att öppna"));
});

on_both!(a_code_word_is_asked_for_by_either_way_and_tries_from_one_address_are_bounded, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa")).await;
    let with_word = LinkChoice { word: Some("blå fågel".to_owned()), ..choice(app, 100) };
    let made = app.service.make_link(&session, &with_word).await.unwrap();
    let proof = made.secret.proof().text().as_str().to_owned();
    let missing = knock(app, &path(&made), &json!({ "proof": proof })).await;
    let body: Value = serde_json::from_slice(&missing.body).unwrap();
    assert_eq!((&body["type"], &body["tries_left"]), (&"/problems/link-word".into(), &Value::Null));
    let wrong = knock(app, &path(&made), &json!({ "proof": proof, "word": "grå fågel" })).await;
    assert_eq!(serde_json::from_slice::<Value>(&wrong.body).unwrap()["tries_left"], 4);
    let pasted = paste(app, &made, &[("link", &whole(&made)), ("word", "grå")]).await;
    assert_eq!(pasted.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(pasted.text().contains("Försök kvar"));
    let http = app.http().await;
    let body = json!({ "proof": proof, "word": "blå fågel" }).to_string();
    let at = format!("{}/open", path(&made));
    let once = async || http.send(&Actor::Anonymous, Method::POST, &at, Some(("application/json", body.clone()))).await.status;
    let mut heard = 0;
    while once().await == StatusCode::OK {
        heard += 1;
    }
    assert_eq!(heard + 3, 60, "by whichever way they came");
    assert_eq!(once().await, StatusCode::TOO_MANY_REQUESTS);
});

on_both!(a_link_is_made_in_steps_with_nothing_chosen_beforehand_and_shown_once, |app| {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    app.add(&session, Kind::Skill, skill("svetsa i taket")).await;
    let need = app.add(&session, Kind::Needs, need("en lugn plats")).await.to_string();
    let name = app.add(&session, Kind::PreferredName, fields([("name", text("Amina"))])).await.to_string();
    let (http, actor) = (app.http().await, Actor::Participant(amina.cookie(app).await));
    let first = http.get(&actor, url::LINK_NEW).await.text();
    assert!(first.contains("employer_apply/recruitment") && !first.contains("value=\"af/") && !first.contains(" checked"));
    let at = |step: &str| format!("{}/{step}", url::LINK_NEW);
    for bad in ["", "x", "af/job_matching", "employer_apply/job_matching", "ngo/recruitment"] {
        assert_eq!(http.post(&actor, &at("what"), &[("for", bad)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    let what = http.post(&actor, &at("what"), &[("for", "employer_apply/recruitment")]).await.text();
    assert!(
        what.contains("value=\"p07\"") && !what.contains("value=\"p12\"") && !what.contains(&need) && !what.contains(" checked")
    );
    assert!(!what.contains("value=\"p01\""), "names have ticks of their own");
    let unit = egenkarta::crypto::link::unit_of("employer_apply").to_string();
    let base = [("unit", unit.as_str()), ("purpose", "recruitment")];
    let with = |more: &[(&'static str, &'static str)]| base.iter().chain(more).copied().collect::<Vec<_>>();
    assert_eq!(http.post(&actor, &at("how"), &with(&[])).await.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing to share");
    let how = http.post(&actor, &at("how"), &with(&[("section", "p07")])).await.text();
    assert!(how.contains(&name) && how.contains("name=\"opens\"") && !how.contains(" checked"));
    let day = app.service.now().plus(29 * DAY).day().to_string();
    let mut all = with(&[("section", "p07"), ("opens", "many"), ("times", "3"), ("word", "blå fågel")]);
    assert_eq!(http.post(&actor, &at("summary"), &all).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no end");
    all.push(("until", &day));
    let summary = http.post(&actor, &at("summary"), &all).await.text();
    assert!(summary.contains("svetsa i taket") && !summary.contains("Amina"));
    let no = [all.clone(), vec![("answer", "no")]].concat();
    assert!(http.post(&actor, &at("give"), &no).await.text().contains("Du delade inte"));
    let sensitive = [all.clone(), vec![("entry", need.as_str()), ("answer", "yes")]].concat();
    assert_eq!(http.post(&actor, &at("give"), &sensitive).await.status, StatusCode::FORBIDDEN);
    assert!(app.service.consents(&session).await.unwrap().is_empty());
    let yes = [all, vec![("open", name.as_str()), ("answer", "yes")]].concat();
    let made = http.post(&actor, &at("give"), &yes).await.text();
    let link = made.split("/l/").nth(1).and_then(|rest| rest.split('<').next()).expect("the link").to_owned();
    let link = format!("http://localhost:8080/l/{link}");
    let read = http.post(&Actor::Anonymous, &link[21..56], &[("link", &link), ("word", "BLÅ fågel")]).await.text();
    assert!(read.contains("svetsa i taket") && read.contains("Amina"), "{link} {read}");
    let list = http.get(&actor, url::SHARING).await.text();
    assert!(list.contains("Länk: ") && list.contains("/withdraw") && !list.contains("/block") && !list.contains("/change/"));
    let consent = app.service.consents(&session).await.unwrap().remove(0).terms.consent;
    let page = http.get(&actor, &url::consent(consent)).await.text();
    assert!(page.contains("öppnade din länk") && !page.contains("/change/"));
    let asked = http.get(&actor, &url::consent_withdraw(consent)).await;
    assert_eq!(asked.status, StatusCode::OK);
    http.post(&actor, &url::consent_withdraw(consent), &[]).await;
    let ended = http.post(&Actor::Anonymous, &link[21..56], &[("link", &link), ("word", "blå fågel")]).await;
    assert_eq!(ended.status, StatusCode::FORBIDDEN, "two activations, and it is over");
});
