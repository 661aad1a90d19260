//! `/oauth/authorize` and `/request/{key}`, by each actor.

use axum::http::{Method, StatusCode};
use egenkarta::domain::profile::{Kind, Section};
use egenkarta::web::page::url;

use crate::support::actor::Actor;
use crate::support::people::{Owner, TestUnit, asked, program, redirect, skill};
use crate::support::{TestApp, on_both};

async fn world(app: &TestApp) -> (Owner, TestUnit, String) {
    let (unit, amina) = (app.unit("af").await, app.participant("Amina").await);
    app.add(&amina.session(app).await, Kind::Skill, skill("svetsning")).await;
    let wanted = asked(app, unit.id, &[Section::P07]);
    let uri = app.service.push_request(&program(unit.id), wanted, redirect()).await.unwrap().0;
    (amina, unit, uri)
}

on_both!(the_authorization_endpoint_knows_only_what_was_pushed_and_leads_nowhere_else, |app| {
    let (_, unit, uri) = world(app).await;
    let id = program(unit.id).id;
    let get = async |query: &str| app.http().await.get(&Actor::Anonymous, &format!("{}{query}", url::AUTHORIZE)).await;
    for query in [
        String::new(),
        format!("?client_id={id}"),
        format!("?request_uri={uri}"),
        format!("?client_id={}&request_uri={uri}", uuid::Uuid::nil()),
        format!("?client_id={id}&request_uri={uri}x"),
        format!("?client_id={id}&response_type=code&redirect_uri=https://ofelia.example/back"),
    ] {
        let answer = get(&query).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::NOT_FOUND, None), "{query}");
    }
    let twice = get(&format!("?client_id={id}&client_id={id}&request_uri={uri}")).await;
    assert!(twice.status.is_client_error(), "a parameter given twice");
    let begun = get(&format!("?client_id={id}&request_uri={uri}")).await;
    let key = uri.rsplit(':').next().unwrap();
    assert_eq!((begun.status, begun.header("location")), (StatusCode::SEE_OTHER, Some(url::request(key).as_str())));
});

on_both!(who_may_not_answer_is_shown_the_way_in_and_nothing_is_given, |app| {
    let (amina, unit, uri) = world(app).await;
    let key = uri.rsplit(':').next().unwrap();
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    let closed = Actor::Participant(amina.closed_session_cookie(app).await);
    for actor in [Actor::Anonymous, staff, closed] {
        let page = app.http().await.get(&actor, &url::request(key)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains(&url::request_step(key, "what")), "{actor:?}");
        let form = [("section", "p07"), ("mode", "view"), ("until", "2026-12-01"), ("answer", "yes")];
        let given = app.http().await.post(&actor, &url::request_step(key, "give"), &form).await;
        assert!(given.status.is_redirection() && !given.header("location").unwrap().contains("code="), "{actor:?}");
    }
    assert!(app.service.consents(&amina.session(app).await).await.unwrap().is_empty());
});

on_both!(a_yes_leads_back_with_code_state_and_issuer_and_the_form_may_lead_there, |app| {
    let (amina, unit, uri) = world(app).await;
    let key = uri.rsplit(':').next().unwrap();
    let me = Actor::Participant(amina.cookie(app).await);
    let until = asked(app, unit.id, &[]).until.to_string();
    let mut form = vec![("section", "p07"), ("mode", "view"), ("until", until.as_str())];
    let summary = app.http().await.post(&me, &url::request_step(key, "summary"), &form).await;
    assert!(summary.header("content-security-policy").unwrap().contains("https://ofelia.example"));
    let other = app.http().await.get(&me, &url::request(key)).await;
    assert!(!other.header("content-security-policy").unwrap().contains("ofelia"), "that page alone");
    form.push(("answer", "yes"));
    let wider: Vec<(&str, &str)> = form.iter().map(|(n, v)| if *n == "mode" { ("mode", "copy") } else { (*n, *v) }).collect();
    let refused = app.http().await.post(&me, &url::request_step(key, "give"), &wider).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER, "a copy was not asked for");
    let given = app.http().await.post(&me, &url::request_step(key, "give"), &form).await;
    let back = ::url::Url::parse(given.header("location").unwrap()).unwrap();
    let of = |name: &str| back.query_pairs().find(|(n, _)| n == name).map(|(_, value)| value.into_owned());
    assert_eq!((of("state").as_deref(), of("iss").as_deref()), (Some("s-1"), Some(crate::support::BASE)));
    assert!(of("code").unwrap().starts_with("egk_"));
    let terms = &app.service.consents(&amina.session(app).await).await.unwrap()[0].terms;
    assert_eq!(terms.client.as_deref(), Some(program(unit.id).id.to_string().as_str()));
});

on_both!(codes_are_not_to_be_guessed, |app| {
    let tried = async || app.http().await.post(&Actor::Anonymous, url::REQUEST, &[("code", "BBBB-BBBB")]).await.status;
    for _ in 0..10 {
        assert_eq!(tried().await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(tried().await, StatusCode::TOO_MANY_REQUESTS);
});

on_both!(a_short_code_leads_to_its_request_however_it_was_typed, |app| {
    let unit = app.unit("af").await;
    let staff = unit.administrator.session(app).await;
    let (code, _) = app.service.ask_at_desk(&staff, asked(app, unit.id, &[Section::P07])).await.unwrap();
    for typed in [code.clone(), code.to_lowercase(), code.replace('-', " "), code.replace('-', "–"), format!(" {code} ")] {
        let found = app.http().await.post(&Actor::Anonymous, url::REQUEST, &[("code", &typed)]).await;
        assert_eq!(
            (found.status, found.header("location")),
            (StatusCode::SEE_OTHER, Some(url::request(&code).as_str())),
            "{typed}"
        );
    }
    let dashed = url::request(&code.replace('-', "%E2%80%93"));
    assert_eq!(app.http().await.get(&Actor::Anonymous, &dashed).await.status, StatusCode::OK);
    let step = app.http().await.post(&Actor::Anonymous, &format!("{dashed}/what"), &[]).await;
    assert_eq!(step.header("location"), Some(url::request(&code).as_str()));
    for nothing in ["%0A", "%C3%A5", "x"] {
        let back = app.http().await.get(&Actor::Anonymous, &format!("{}/{nothing}/what", url::REQUEST)).await;
        assert_eq!(back.status, StatusCode::NOT_FOUND, "{nothing}");
    }
});

on_both!(leaving_ends_a_cards_session_too, |app| {
    let (unit, amina) = (app.unit("af").await, app.participant("Amina").await);
    let card = app.service.make_card(&amina.session(app).await).await.unwrap();
    let staff = unit.administrator.session(app).await;
    let (code, _) = app.service.ask_at_desk(&staff, asked(app, unit.id, &[Section::P07])).await.unwrap();
    let secret = app.service.open_by_card(&card.printed(), &code).await.unwrap();
    assert!(app.service.resume(&secret).await.unwrap().is_some());
    let cookie = format!("egenkarta-card={}", secret.text().as_str());
    let left = app.http().await.with_headers(&Actor::Anonymous, Method::POST, url::LEAVE, &[("cookie", &cookie)], None).await;
    let ended: Vec<_> = left.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap()).collect();
    assert!(ended.iter().any(|set| set.starts_with("egenkarta-card=;")) && left.status == StatusCode::OK, "{ended:?}");
    assert!(app.service.resume(&secret).await.unwrap().is_none(), "whoever comes next answers nothing by it");
});
