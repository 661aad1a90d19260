//! A wallet that we did not write, from the npm registry, takes a credential from us and shows it to our verify page.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use egenkarta::credential::dcql::Query;
use egenkarta::domain::credential::{VCT, Verdict};
use egenkarta::usecase::verify::Outside;
use egenkarta::usecase::wallet::{By, Stand};
use serde_json::{Value, json};

use super::openid4vci::Scene;
use crate::support::actor::Actor;
use crate::support::certificates::certified_here;
use crate::support::wallet::Inward;
use crate::support::{BASE, TestApp, on_both};

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/wallet");
    if folder.join("node_modules/@openid4vc/openid4vci").is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("EGENKARTA_FULL").is_none(), "the packages of tests/wallet are not here: tests/run setup");
    println!("left out: the packages of tests/wallet are not here (tests/run setup)");
    None
}

async fn run(folder: PathBuf, asked: Value) -> Value {
    let done = tokio::task::spawn_blocking(move || {
        let mut command = Command::new("node");
        command.arg("wallet.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        process.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
        process.wait_with_output().unwrap()
    });
    let out = done.await.unwrap();
    assert!(out.status.success(), "the wallet ended badly");
    serde_json::from_slice(&out.stdout).unwrap()
}

async fn takes_and_shows(app: &TestApp, by: By, dpop: bool) {
    let Some(folder) = folder() else { return };
    // Its clock is the machine's.
    app.clock.to_system();
    let scene = Scene::served(app).await;
    let session = scene.person.session(app).await;
    let made = app.service.offer_to_wallet(&session, scene.entry, BASE, by).await.unwrap();
    let secret = app.service.ask_wallet(&Query::one(&[VCT], &[&["family_name"]])).await.unwrap().secret;
    let Ok(Stand::Waiting { link, .. }) = app.stand(&secret).await else { panic!("nobody has answered") };
    let listening = app.http().await.listen().await;
    let mut asked =
        json!({ "at": listening, "base": BASE, "offer": made.link, "txCode": made.tx_code, "request": link, "dpop": dpop });
    if by == By::Login {
        let (_, cookie) = Actor::Participant(scene.person.cookie(app).await).header().unwrap();
        asked["person"] = json!({ "cookie": cookie, "entry": scene.entry });
    }
    let done = run(folder, asked).await;
    assert_eq!((&done["shown"], &done["kept"]), (&json!(200), &json!(1)), "{done}");
    assert_eq!(done["type"], if dpop { "DPoP" } else { "Bearer" });
    let certified = app.config.wallet_certificate.is_some();
    let how = if certified { ("x509_hash", "direct_post.jwt") } else { ("redirect_uri", "direct_post") };
    assert_eq!((done["prefix"].as_str(), done["mode"].as_str()), (Some(how.0), Some(how.1)));
    let Ok(Stand::Answered(answered)) = app.stand(&secret).await else { panic!("it answered") };
    let (fetch, shown) = (Inward(app), &answered.presentations[0]);
    let outside = Outside { fetch: &fetch, base: BASE };
    let found = app.service.check_presented(shown, (&answered.audience, &answered.nonce), outside).await;
    assert!(matches!(found.verdict, Verdict::Valid | Verdict::UnknownIssuer), "{:?}", found.verdict);
    let subject = found.proof.map(|proof| proof.subject).unwrap();
    assert_eq!((subject.family.as_deref(), subject.given), (Some("Kornknarr"), None));
}

on_both!(a_foreign_wallet_takes_a_proof_and_shows_it, |app| {
    takes_and_shows(app, By::CodeAndTxCode, false).await;
});

on_both!(a_foreign_wallet_with_a_bound_token_takes_a_proof_and_shows_it, |app| {
    takes_and_shows(app, By::CodeAndTxCode, true).await;
});

on_both!(a_foreign_wallet_takes_a_proof_for_which_its_person_signs_in, |app| {
    takes_and_shows(app, By::Login, false).await;
});

on_both!(a_foreign_wallet_with_a_bound_token_takes_a_proof_for_which_its_person_signs_in, |app| {
    takes_and_shows(app, By::Login, true).await;
});

on_both!(a_foreign_wallet_is_asked_by_our_certificate_and_answers_sealed with certified_here, |app| {
    takes_and_shows(app, By::CodeAndTxCode, false).await;
});
