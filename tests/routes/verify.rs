//! `/verify`, `/api/v1/verify`.

use axum::http::{Method, StatusCode};
use egenkarta::crypto::recovery::RecoveryCode;
use egenkarta::domain::SystemRandom;
use egenkarta::domain::event::What;
use egenkarta::domain::time::{DAY, MINUTE};
use egenkarta::domain::{EntryId, Timestamp};
use egenkarta::usecase::check::MOST_FILE;
use egenkarta::web::page::url;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use serde_json::{Value, json};

use crate::sealing::search::Search;
use crate::support::actor::Actor;
use crate::support::http::{Answer, Http};
use crate::support::proof::{held, issue, proof, wanted};
use crate::support::{Kind, Log, TestApp, on_both, run_logged};

const API: &str = "/api/v1/verify";
/// Whom the proof is about.
const GIVEN: &str = "Zebulonia";

async fn ask(http: &Http, text: &str) -> Answer {
    http.post(&Actor::Anonymous, url::VERIFY, &[("text", text)]).await
}

async fn api(http: &Http, text: &str) -> (StatusCode, Value) {
    let answer =
        http.send(&Actor::Anonymous, Method::POST, API, Some(("application/json", json!({ "text": text }).to_string()))).await;
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or_else(|e| panic!("{e}: {}", answer.text())))
}

/// A QR code as a picture.
fn qr(text: &str) -> Vec<u8> {
    let code = qrcode::QrCode::new(text).unwrap();
    let (width, colors) = (code.width() as u32, code.to_colors());
    let dark = |at: u32| (at / 6).checked_sub(4).filter(|at| *at < width);
    let picture = GrayImage::from_fn((width + 8) * 6, (width + 8) * 6, |x, y| match (dark(x), dark(y)) {
        (Some(x), Some(y)) if colors[(y * width + x) as usize] == qrcode::Color::Dark => Luma([0]),
        _ => Luma([255]),
    });
    let mut out = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture).write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

on_both!(what_is_nothing_to_check_says_what_to_do_and_is_never_quoted_as_a_proof, |app| {
    let http = app.http().await;
    assert_eq!(http.get(&Actor::Anonymous, url::VERIFY).await.status, StatusCode::OK);
    let code = RecoveryCode::random(&SystemRandom::default()).printed().to_string();
    let link = format!("http://localhost:8080/verify#{code}");
    for (text, says) in [
        (" ", "Skriv en kod"),
        ("abc", "Koden stämmer inte"),
        ("http://localhost:8080/verify", "Länken är inte hel"),
        (&code, "Koden visar inget"),
        (&link, "Koden visar inget"),
    ] {
        let answer = ask(http, text).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(answer.text().contains(says) && answer.text().contains(text.trim()), "{says}: {}", answer.text());
    }
    let file = async |bytes: &[u8]| http.upload(&Actor::Anonymous, url::VERIFY_FILE, &[], ("photo", bytes)).await;
    let large = vec![0; MOST_FILE + 1];
    for (bytes, says) in [
        (&b""[..], "Skriv en kod"),
        (&large, "för stor"),
        (&crate::support::paper::png(), "ingen kod i bilden"),
        (&qr(&link), "Koden visar inget"),
    ] {
        let answer = file(bytes).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains(says), "{says}: {}", answer.text());
    }
    for bytes in [&b"GIF89a"[..], b"%PDF-1.7", b"{\"a\":1}", b"<svg/>"] {
        let answer = file(bytes).await;
        assert!(answer.status == StatusCode::OK && answer.text().contains("Inte giltigt"), "{}", answer.text());
    }
    assert_eq!(api(http, &code).await.0, StatusCode::NOT_FOUND);
    for text in ["", "abc", "https://x.example/verify"] {
        assert_eq!(api(http, text).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    }
    let bad = http.send(&Actor::Anonymous, Method::POST, API, Some(("application/json", "{".to_owned()))).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
});

on_both!(a_proof_is_told_in_words_with_the_name_folded_and_each_verdict_by_its_own, |app| {
    let http = app.http().await;
    let text = issue(&proof(app)).credential;
    let page = ask(http, &text).await.text();
    for said in ["Giltigt", "Truckförare", "Yrkesnämnden", "202100-2114", "Kravet a", "Be att få se en legitimation"] {
        assert!(page.contains(said), "{said} in {page}");
    }
    let (before, after) = page.split_once(GIVEN).expect("the name");
    assert!(before.rfind("<details>") > before.rfind("</details>") && after.contains("</details>"), "folded until opened");
    let nameless = text.split('~').filter(|part| !decoded(part).contains("name\"")).collect::<Vec<_>>().join("~");
    let nameless = ask(http, &nameless).await.text();
    assert!(nameless.contains("Namnet visas inte") && !nameless.contains(GIVEN), "{nameless}");

    let byte = text.find('~').unwrap() - 4;
    let other = if text.as_bytes()[byte] == b'A' { "B" } else { "A" };
    let changed = format!("{}{other}{}", &text[..byte], &text[byte + 1..]);
    assert!(ask(http, &changed).await.text().contains("Inte giltigt"));
    let mut elsewhere = proof(app);
    elsewhere.issuer.id = "https://someone.example".to_owned();
    let stranger = ask(http, &issue(&elsewhere).credential).await.text();
    assert!(stranger.contains("Okänd utfärdare") && !stranger.contains("står för att det"), "{stranger}");

    let (status, answer) = api(http, &text).await;
    assert_eq!((status, &answer["results"][0]["verdict"]), (StatusCode::OK, &json!("valid")), "{answer}");
    assert_eq!(answer["results"][0]["proof"]["issuer"]["name"], "Yrkesnämnden");
    let raw = Some(("application/octet-stream", text.clone().into_bytes()));
    let raw = http.with_bytes(&Actor::Anonymous, Method::POST, API, &[], raw).await;
    assert!(raw.status == StatusCode::OK && raw.text().contains("\"valid\""), "{}", raw.text());
    app.clock.forward(366 * DAY);
    assert!(ask(http, &text).await.text().contains("Har gått ut"));
    assert_eq!(api(http, &text).await.1["results"][0]["verdict"], "expired");
});

/// A code by which one proof is shown, without the name, three times.
async fn shown(app: &TestApp) -> (crate::support::people::Owner, EntryId, String) {
    let amina = app.participant("Amina").await;
    let session = amina.session(app).await;
    let id = held(app, &session, &proof(app)).await;
    let place = format!("http://localhost:8080{}", url::VERIFY);
    let showing = app.service.make_showing(&session, &wanted(app, id), &place).await.unwrap();
    (amina, id, showing.kept.unwrap().code)
}

on_both!(a_code_is_checked_typed_linked_and_photographed_and_a_look_at_the_page_counts_nothing, |app| {
    let (amina, id, code) = shown(app).await;
    let (http, link) = (app.http().await, format!("http://localhost:8080{}#{code}", url::VERIFY));
    for _ in 0..5 {
        assert_eq!(http.get(&Actor::Anonymous, url::VERIFY).await.status, StatusCode::OK);
    }
    let typed = ask(http, &code.to_lowercase()).await.text();
    assert!(typed.contains("Giltigt") && typed.contains("Truckförare") && !typed.contains(GIVEN), "{typed}");
    assert!(typed.contains("Koden gäller till") && typed.contains("räknas som en visning"), "{typed}");
    let photo = http.upload(&Actor::Anonymous, url::VERIFY_FILE, &[], ("photo", &qr(&link))).await.text();
    assert!(photo.contains("Giltigt"), "{photo}");
    let (status, answer) = api(http, &link).await;
    assert!(status == StatusCode::OK && answer["until"].is_string() && answer["results"][0]["verdict"] == "valid", "{answer}");
    let used_up = ask(http, &code).await;
    assert!(used_up.status == StatusCode::UNPROCESSABLE_ENTITY && used_up.text().contains("Koden visar inget"));
    let session = amina.session(app).await;
    let seen = app.service.events(&session, Timestamp(i64::MAX), 100).await.unwrap();
    assert_eq!(seen.iter().filter(|line| line.event.what == What::ShowingOpened).count(), 3, "the three that were answered");
    app.service.delete_entry(&session, id).await.unwrap();
    assert_eq!(api(http, &code).await.0, StatusCode::NOT_FOUND);
});

fn decoded(part: &str) -> String {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

on_both!(whoever_asks_all_the_time_waits, |app| {
    let http = app.http().await;
    let mut answers = Vec::new();
    for _ in 0..62 {
        answers.push(ask(http, "abc").await.status);
    }
    assert_eq!((answers[0], answers[61]), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::TOO_MANY_REQUESTS));
    assert_eq!(api(http, "abc").await.0, StatusCode::TOO_MANY_REQUESTS);
    app.clock.forward(6 * MINUTE);
    assert_eq!(ask(http, "abc").await.status, StatusCode::UNPROCESSABLE_ENTITY);
});

#[test]
fn nothing_of_what_is_checked_is_kept_or_logged() {
    let log = Log::default();
    run_logged(Kind::Sqlite, &log, async |app| {
        let http = app.http().await;
        let text = issue(&proof(app)).credential;
        assert!(ask(http, &text).await.text().contains(GIVEN));
        http.upload(&Actor::Anonymous, url::VERIFY_FILE, &[], ("file", text.as_bytes())).await;
        http.upload(&Actor::Anonymous, url::VERIFY_FILE, &[], ("photo", &qr("Zebulonia-hemlig"))).await;
        app.service.db.close().await;
        let part = text.split('~').nth(1).unwrap().to_owned();
        let given = Search::of(&[GIVEN, "Truckförare", &part]);
        for (path, bytes) in app.dir.files() {
            let found = given.find(&bytes);
            assert!(found.is_empty(), "{} {found:?}", path.display());
        }
        let log = log.bytes();
        let found = given.find(&log);
        assert!(found.is_empty(), "logged: {found:?}");
    });
}
