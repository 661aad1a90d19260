//! What stands around every address: where a change comes from, how often one may try, and pages for what is refused.

use axum::http::{Method, StatusCode};
use egenkarta::api;
use egenkarta::domain::profile::Kind;
use egenkarta::web::page::url;

use crate::structure::sources;
use crate::support::actor::Actor;
use crate::support::http::{Http, UNSAID};
use crate::support::on_both;

const UUID: &str = "01890000-0000-7000-8000-000000000000";
const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

/// Every address that the pages name, and every method of the API's description.
fn changes() -> Vec<(Method, String)> {
    let named = sources("src/web/page", "rs").into_iter().filter(|(file, _)| file.contains("/page/url"));
    let of_pages = named.flat_map(|(_, text)| addresses(&text)).map(|path| (Method::POST, path));
    let description = api::description();
    let mut all: Vec<_> = of_pages.collect();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in ["post", "put", "delete"].iter().filter(|method| methods.get(**method).is_some()) {
            all.push((method.to_uppercase().parse().unwrap(), filled(path)));
        }
    }
    all
}

/// What stands as an address between quotation marks, its parts filled in.
fn addresses(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let quoted =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted.filter(|quoted| quoted.starts_with('/')).map(filled).collect()
}

fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.contains('{') { UUID } else { part });
    parts.collect::<Vec<_>>().join("/")
}

on_both!(what_changes_something_by_a_cookie_says_where_it_comes_from, |app| {
    let (person, unit, http) = (app.participant("Amina").await, app.unit("af").await, app.http().await);
    let me = Actor::Participant(person.cookie(app).await);
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    let all = changes();
    assert!(all.len() > 80, "{}", all.len());
    for (method, path) in all {
        for actor in [&me, &staff] {
            let answer = http.with_headers(actor, method.clone(), &path, &[(UNSAID, "1")], None).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
        }
    }
    // One of the two is enough, and a program that bears no cookie needs neither.
    for said in [("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")] {
        assert_eq!(
            http.with_headers(&me, Method::POST, url::EVENTS_VERIFY, &[said], None).await.status,
            StatusCode::OK,
            "{said:?}"
        );
    }
    let program = Actor::Token("egk_nothing".to_owned());
    let read = http.with_headers(&program, Method::POST, "/oauth/introspect", &[(UNSAID, "1")], None).await;
    assert_ne!(read.status, StatusCode::FORBIDDEN);
    let newcomer = [("cookie", "egenkarta-new=x"), (UNSAID, "1")];
    assert_eq!(
        http.with_headers(&Actor::Anonymous, Method::POST, url::KEYS_NEW, &newcomer, None).await.status,
        StatusCode::FORBIDDEN
    );
});

async fn form(http: &Http, path: &str, address: &str, body: &str) -> StatusCode {
    let sent = ("application/x-www-form-urlencoded", body.to_owned());
    let headers = [("x-forwarded-for", address)];
    http.with_headers(&Actor::Anonymous, Method::POST, path, &headers, Some(sent)).await.status
}

on_both!(behind_a_proxy_each_address_has_its_own_tries, |app| {
    let http = Http::with(app, |site| site.proxied = true);
    for (path, body, most) in [
        (url::LOGIN, "who=person&issuer=nobody", 120),
        (url::INVITE, "code=nothing", 20),
        (url::ACCESSIBILITY_REPORT, "what=Knappen+syns+inte", 5),
    ] {
        for _ in 0..most {
            assert_ne!(form(&http, path, "192.0.2.1", body).await, StatusCode::TOO_MANY_REQUESTS, "{path}");
        }
        assert_eq!(form(&http, path, "192.0.2.1", body).await, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert_ne!(form(&http, path, "192.0.2.2", body).await, StatusCode::TOO_MANY_REQUESTS, "{path}");
    }
});

on_both!(many_logins_hold_up_nobody_who_presents_a_token, |app| {
    let (http, program) = (app.http().await, Actor::Token("egk_nothing".to_owned()));
    for _ in 0..121 {
        http.post(&Actor::Anonymous, url::LOGIN, &[("who", "person"), ("issuer", "nobody")]).await;
    }
    let denied = http.get(&program, "/api/v1/disclosure").await;
    assert_eq!(denied.status, StatusCode::UNAUTHORIZED, "{}", denied.text());
});

async fn page_of(
    http: &Http,
    actor: &Actor,
    request: (Method, &str),
    headers: &[(&'static str, &str)],
    body: Option<(&str, String)>,
) -> (StatusCode, String) {
    let mut all = vec![BROWSER, ("accept-language", "uk")];
    all.extend(headers);
    let answer = http.with_headers(actor, request.0, request.1, &all, body).await;
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{}: {}", request.1, answer.text());
    assert!(answer.header("content-security-policy").is_some(), "{}", request.1);
    assert!(answer.text().contains("<html lang=\"uk\""), "{}", request.1);
    (answer.status, answer.text())
}

on_both!(whatever_is_refused_says_so_on_a_page_in_ones_language, |app| {
    let (person, http) = (app.participant("Amina").await, app.http().await);
    let me = Actor::Participant(person.cookie(app).await);
    let form = |body: &str| Some(("application/x-www-form-urlencoded", body.to_owned()));
    let long = format!("/{}", "x".repeat(3000));
    let none: &[(&'static str, &str)] = &[];
    let (cross, unsaid) = (&[("sec-fetch-site", "cross-site")][..], &[(UNSAID, "1")][..]);
    for (method, path, headers, body, status, words) in [
        (Method::POST, url::HELP, none, form(""), 405, "Так скористатися сторінкою не можна"),
        (Method::DELETE, url::MAP, none, None, 405, "Так скористатися сторінкою не можна"),
        (Method::GET, long.as_str(), none, None, 414, ""),
        (Method::POST, url::EVENTS_VERIFY, cross, form(""), 403, "Сторінку надіслано з іншого місця"),
        (Method::POST, url::EVENTS_VERIFY, unsaid, form(""), 403, "Сторінку надіслано з іншого місця"),
        (Method::POST, url::KEYS_UNLOCK, none, form("passphrase=%ff&passphrase=x"), 400, "Не вдалося прочитати надіслане"),
        (Method::POST, url::KEYS_UNLOCK, none, form("nothing=1"), 422, "Не вдалося прочитати надіслане"),
        (Method::POST, url::KEYS_UNLOCK, none, Some(("text/plain", "x".to_owned())), 415, "Не вдалося прочитати надіслане"),
        (Method::POST, url::KEYS_UNLOCK, none, form(&"x".repeat(300 * 1024)), 413, "Забагато за один раз"),
        (Method::GET, "/login/callback?code=1&code=2", none, None, 400, "Не вдалося прочитати надіслане"),
        (Method::GET, "/static/nothing.css", none, None, 404, ""),
        (Method::GET, "/entries/%ff", none, None, 404, ""),
    ] {
        let (got, text) = page_of(http, &me, (method.clone(), path), headers, body).await;
        let bad = [400, 415, 422].contains(&status) && [400, 415, 422].contains(&got.as_u16());
        assert!(got.as_u16() == status || bad, "{method} {path}: {got}");
        assert!(text.contains(words), "{method} {path}: {text}");
    }
});

on_both!(no_address_that_answers_a_form_is_a_blank_page_when_asked_for, |app| {
    let (person, unit, http) = (app.participant("Amina").await, app.unit("af").await, app.http().await);
    let me = Actor::Participant(person.cookie(app).await);
    let staff = Actor::Staff(unit.administrator.cookie(app).await);
    for (_, path) in changes().into_iter().filter(|(_, path)| !path.starts_with("/api/")) {
        let actor = if path.starts_with("/staff") { &staff } else { &me };
        let mut at = path.clone();
        for _ in 0..4 {
            let answer = http.get(actor, &at).await;
            assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path} at {at}");
            match answer.header("location").filter(|_| answer.status.is_redirection()) {
                Some(next) if next.starts_with('/') => at = next.to_owned(),
                _ => break,
            }
        }
    }
    for (path, led) in [(url::KEYS_SHEET, url::KEYS), (url::LOGOUT, url::START), (url::IMPORT_ADD, url::IMPORT)] {
        assert_eq!(http.get(&me, path).await.header("location"), Some(led), "{path}");
    }
});

on_both!(a_way_back_that_no_header_holds_is_no_fault_of_ours, |app| {
    let (person, http) = (app.participant("Amina").await, app.http().await);
    let me = Actor::Participant(person.cookie(app).await);
    for path in [url::LANGUAGE, url::SESSION_EXTEND] {
        for (back, led) in [("/\u{b}evil", "/"), ("/map/å", "/map/%C3%A5"), ("/\u{7f}", "/")] {
            let answer = http.post(&me, path, &[("back", back)]).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, Some(led)), "{path} {back:?}");
        }
    }
    let ended = http.post(&Actor::Anonymous, url::SESSION_EXTEND, &[("back", "/map")]).await;
    assert_eq!(ended.header("location"), Some("/?signed-out"));
});

on_both!(a_login_that_failed_says_what_to_do_about_it, |app| {
    let (http, me) = (app.http().await, Actor::Anonymous);
    let swedish = [("accept-language", "sv")];
    let late = http.get_with(&me, "/login/callback?code=1&state=1", &swedish).await;
    assert!(late.status == StatusCode::BAD_REQUEST && late.text().contains("Det gick för lång tid"), "{}", late.text());
});

on_both!(what_is_far_too_long_comes_back_as_it_was_typed, |app| {
    let (person, http) = (app.participant("Amina").await, app.http().await);
    let me = Actor::Participant(person.cookie(app).await);
    let long = "Det här skrev jag. ".repeat(20_000);
    let report = http.post(&me, url::ACCESSIBILITY_REPORT, &[("what", &long)]).await;
    assert!(report.status == StatusCode::UNPROCESSABLE_ENTITY && report.text().contains(&long[..3000]), "{}", report.status);
    let entry = http.post(&me, &url::entry_new(Kind::Skill), &[("skill", &long)]).await;
    assert!(entry.status == StatusCode::UNPROCESSABLE_ENTITY && entry.text().contains(&long[..3000]), "{}", entry.status);
});

on_both!(a_report_of_a_barrier_says_on_which_page_also_after_a_change_of_language, |app| {
    let (http, me) = (app.http().await, Actor::Anonymous);
    let typed = [("what", "Knappen syns inte"), ("page", "Min karta"), ("answer", "a@example.se")];
    let switched = http.post(&me, url::ACCESSIBILITY_REPORT, &[&typed[..], &[("language", "en")]].concat()).await;
    assert!(typed.iter().all(|(_, text)| switched.text().contains(text)), "nothing typed is lost");
    assert!(app.service.reports(&app.reports).await.unwrap().is_empty(), "nor sent by it");
    assert_eq!(http.post(&me, url::ACCESSIBILITY_REPORT, &typed).await.status, StatusCode::OK);
    let (_, report) = app.service.reports(&app.reports).await.unwrap().remove(0);
    assert!(typed.iter().all(|(_, text)| report.contains(text)), "{report}");
});

on_both!(only_what_changes_its_address_with_its_content_is_kept_for_ever, |app| {
    let (http, me) = (app.http().await, Actor::Anonymous);
    for (path, ever) in [
        (url::asset("app.css"), true),
        ("/static/app.css".to_owned(), false),
        ("/static/app.css?v=0".to_owned(), false),
        ("/favicon.ico".to_owned(), false),
    ] {
        let answer = http.get(&me, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("cache-control").is_some_and(|kept| kept.contains("immutable")), ever, "{path}");
    }
});
