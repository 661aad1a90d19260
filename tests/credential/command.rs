//! `egenkarta verify` as scripts call it: its exit codes, and what it prints.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use egenkarta::credential::competence::claims_of;
use egenkarta::credential::sd_jwt::{SdJwt, TYP, bind, issue};
use egenkarta::credential::status::{INVALID, Order, StatusList, Times, token};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::domain::SystemRandom;
use egenkarta::domain::credential::Proof;
use egenkarta::domain::time::{DAY, MINUTE, SECOND};
use serde_json::{Value, json};

use super::{NOW, new_key};
use crate::support::dir::Dir;

const ISSUER: &str = "https://a.example/issuer/1";
const LIST: &str = "https://a.example/issuer/1/status/1";

/// An issuer's key, a holder's, and a folder with what lies beside the proof.
struct Scene {
    dir: Dir,
    key: SigningKey,
    holder: SigningKey,
}

impl Scene {
    fn new() -> Self {
        let scene = Self { dir: Dir::new(), key: new_key(), holder: new_key() };
        let key: String = scene.key.public().members().iter().map(|(name, value)| format!("{name} = {value}, ")).collect();
        let issuer = format!("[[issuer]]\nid = \"{ISSUER}\"\nname = \"Nämnden\"\nnumber = \"202100-2114\"\nmost = \"e4\"");
        let key = format!("key = [{{ {} }}]", key.trim_end_matches(", "));
        scene.put("trust.toml", &format!("format = 1\nversion = \"1\"\n{issuer}\n{key}\n"));
        scene
    }

    fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn proof(&self, level: &str) -> String {
        let proof: Proof = serde_json::from_value(json!({
            "format": "sd_jwt_vc", "kind": "", "issuer": { "id": ISSUER, "name": "Jag själv", "number": "202100-2114" },
            "subject": { "given": "Amina", "family": "Svensson" },
            "competence": {
                "name": { "sv": "Svetsning" }, "level": level, "seqf": 4, "part": "whole",
                "framework": { "id": "svets", "version": "1", "name": "Svetsbranschen" },
                "criteria": [{ "id": "mig", "name": "MIG-svetsning" }], "concepts": [], "method": null, "assessor": null, "assessed": null,
            },
            "issued": NOW.0, "from": NOW.0, "until": NOW.plus(300 * DAY).0,
            "status": { "list": "token", "uri": LIST, "index": 7 }, "holder": null,
        }))
        .unwrap();
        let (claims, hide) = claims_of(&proof, &self.holder.public());
        issue(&self.key, TYP, claims, &hide, &SystemRandom::default()).unwrap()
    }

    /// The status list, in which 7 is withdrawn or not.
    fn list(&self, name: &str, withdrawn: bool) -> String {
        let mut list = StatusList::new(Order::Token, 1, 100).unwrap();
        assert!(!withdrawn || list.set(7, INVALID));
        let times = Times { iat: NOW, exp: Some(NOW.plus(10 * DAY)), ttl: Some(15 * MINUTE) };
        self.put(name, &token(&self.key, LIST, &list, &times)).display().to_string()
    }

    fn run(&self, file: &str, more: &[&str]) -> (i32, String) {
        let data = self.dir.path().display().to_string();
        let at = NOW.plus(MINUTE).rfc3339();
        let mut command = Command::new(env!("CARGO_BIN_EXE_egenkarta"));
        command.args(["verify", file, "--data", &data, "--at", &at]).args(more);
        let output = command.stdin(Stdio::null()).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }
}

#[test]
fn each_verdict_has_its_exit_code() {
    let scene = Scene::new();
    let proof = scene.put("proof", &scene.proof("e4")).display().to_string();
    let (good, gone) = (scene.list("good", false), scene.list("gone", true));
    let status = |list: &str| ["--status".to_owned(), list.to_owned()];
    let code = |file: &str, more: &[String]| scene.run(file, &more.iter().map(String::as_str).collect::<Vec<_>>()).0;
    assert_eq!(code(&proof, &[]), 2, "no list");
    assert_eq!(code(&proof, &status(&gone)), 1, "withdrawn");
    assert_eq!(code(&proof, &status(&good)), 0);
    let (certified, other) = (scene.proof("e5"), Scene::new().proof("e4"));
    assert_eq!(code(&scene.put("e5", &certified).display().to_string(), &status(&good)), 1, "beyond what it may say");
    assert_eq!(code(&scene.put("other", &other).display().to_string(), &status(&good)), 1, "signed by another's key");
    let empty = scene.put("empty.toml", "format = 1\nversion = \"1\"").display().to_string();
    assert_eq!(code(&proof, &[&status(&good)[..], &["--trust".to_owned(), empty]].concat()), 1, "nobody is believed");
    let later = NOW.plus(20 * DAY).rfc3339();
    let args = [&status(&good)[..], &["--vct".to_owned(), "urn:other".to_owned()]].concat();
    assert_eq!(code(&proof, &args), 1, "of another type than asked for");
    let at = |time: &str| {
        Command::new(env!("CARGO_BIN_EXE_egenkarta"))
            .args(["verify", &proof, "--data"])
            .arg(scene.dir.path())
            .args(["--status", &good, "--at", time])
            .output()
            .unwrap()
            .status
            .code()
    };
    assert_eq!(at(&later), Some(2), "the list has grown too old");
    for wrong in [
        &["verify"][..],
        &["verify", "no/such/file"],
        &["verify", &proof, "--at", "soon"],
        &["verify", &proof, "--nonce", "n"],
        &["verify", &proof, "--trust", "no/such/file"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_egenkarta")).args(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(64), "{wrong:?}");
    }
}

#[test]
fn json_says_verdict_reason_and_claims_and_hidden_names_stay_hidden() {
    let scene = Scene::new();
    let (whole, list) = (scene.proof("e4"), scene.list("good", false));
    let shown = SdJwt::parse(&whole).unwrap().present(|path| !path.is_in("given_name") && !path.is_in("family_name"));
    let file = scene.put("proof", &shown).display().to_string();
    let (code, text) = scene.run(&file, &["--status", &list, "--json"]);
    let said: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &said["verdict"], &said["exit_code"]), (0, &json!("valid"), &json!(0)));
    assert_eq!(said["claims"]["issuer"]["name"], "Nämnden", "as the list calls it");
    assert_eq!(said["claims"]["competence"]["criteria"][0]["name"], "MIG-svetsning");
    assert_eq!(said["claims"]["issued"], NOW.rfc3339());
    assert!(!text.contains("Amina"));
    let (code, text) = scene.run(&file, &["--status", &list]);
    assert_eq!(code, 0);
    assert!(text.starts_with("Valid\n") && text.contains("Svetsning") && text.contains("The name is not shown"), "{text}");
    let (_, text) = scene.run(&file, &["--status", &list, "--lang", "sv"]);
    assert!(text.starts_with("Giltigt\n") && text.contains("Namnet visas inte"), "{text}");
    let (code, text) = scene.run(&scene.put("none", "x").display().to_string(), &["--json"]);
    let said: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &said["verdict"], &said["reason"], &said["claims"]), (1, &json!("not_valid"), &json!("form"), &Value::Null));
}

#[test]
fn a_presentation_is_for_one_audience_and_one_occasion() {
    let scene = Scene::new();
    let list = scene.list("good", false);
    let bound = bind(&scene.proof("e4"), &scene.holder, "https://b.example", "n-1", NOW.plus(30 * SECOND)).unwrap();
    let file = scene.put("bound", &bound).display().to_string();
    let code = |audience: &str, nonce: &str| scene.run(&file, &["--status", &list, "--audience", audience, "--nonce", nonce]).0;
    assert_eq!(code("https://c.example", "n-1"), 1);
    assert_eq!(code("https://b.example", "n-2"), 1);
    assert_eq!(code("https://b.example", "n-1"), 0);
    let unbound = scene.put("unbound", &scene.proof("e4")).display().to_string();
    assert_eq!(scene.run(&unbound, &["--status", &list, "--audience", "https://b.example", "--nonce", "n-1"]).0, 1);
}

#[test]
fn standard_input_is_read_and_a_bad_list_is_not_imported() {
    let scene = Scene::new();
    let list = scene.list("good", false);
    let mut child = Command::new(env!("CARGO_BIN_EXE_egenkarta"))
        .args(["verify", "-", "--status", &list, "--at", &NOW.plus(MINUTE).rfc3339(), "--data"])
        .arg(scene.dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(scene.proof("e4").as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let import = |text: &str| {
        let file = scene.put("new.toml", text);
        let output = Command::new(env!("CARGO_BIN_EXE_egenkarta"))
            .args(["trust", "import"])
            .arg(file)
            .arg("--data")
            .arg(scene.dir.path())
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let secret = "format = 1\nversion = \"2\"\n[[issuer]]\nid = \"did:web:a.example\"\nname = \"A\"\nkey = [{ kty = \"OKP\", crv = \"Ed25519\", x = \"AA\", d = \"AA\" }]";
    let (done, why) = import(secret);
    assert!(!done && why.contains("a key is none that we take"), "{why}");
    assert!(import("format = 1\nversion = \"2\"").0);
    let listed =
        Command::new(env!("CARGO_BIN_EXE_egenkarta")).args(["trust", "list", "--data"]).arg(scene.dir.path()).output().unwrap();
    assert!(String::from_utf8(listed.stdout).unwrap().starts_with("version 2, 0 issuers"));
}
