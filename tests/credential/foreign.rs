//! Two libraries that we did not write, one in JavaScript and one in Python (which is two itself): they verify what we issue and show, we
//! verify what they issue and show, selective disclosure, key binding and status included.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use egenkarta::credential::competence::proof_of;
use egenkarta::credential::sd_jwt::{Path, SdJwt, bind};
use egenkarta::credential::status::{
    MIN_ENTRIES, Order, StatusList, Times, bitstring_token, said, token, verify_bitstring_token, verify_token,
};
use egenkarta::crypto::jws::{PublicJwk, SigningKey};
use egenkarta::domain::credential::{Proof, StatusKind, Verdict};
use egenkarta::domain::time::{HOUR, MINUTE, SECOND};
use egenkarta::domain::{Clock, SystemClock, Timestamp};
use serde_json::{Value, json};

use super::{competence, new_key, open};

const AUD: &str = "https://verifier.example";
const NONCE: &str = "n-0S6_WzA2Mj";
const LIST: &str = "https://egenkarta.example/issuer/3f0c/status/1";
const BITS: &str = "https://egenkarta.example/issuer/3f0c/revocation/1";
const THEIRS: &str = "https://school.example/status/1";

struct Foreign {
    program: PathBuf,
    script: &'static str,
}

/// `None` where it may be left out; inside `tests/run` it may not.
fn foreign(program: PathBuf, script: &'static str, present: bool) -> Option<Foreign> {
    if present {
        return Some(Foreign { program, script });
    }
    assert!(std::env::var_os("EGENKARTA_FULL").is_none(), "the packages of {script} are not here: tests/run setup");
    println!("left out: the packages of {script} are not here (tests/run setup)");
    None
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/credential")
}

fn javascript() -> Option<Foreign> {
    foreign("node".into(), "foreign.mjs", folder().join("node_modules/@sd-jwt/sd-jwt-vc").is_dir())
}

fn python() -> Option<Foreign> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let program = target.join("python-tests/bin/python3");
    let present = target.join("python-tests/done").is_file();
    foreign(program, "foreign.py", present)
}

impl Foreign {
    fn ask(&self, asked: &Value) -> Value {
        let mut process = Command::new(&self.program)
            .arg(self.script)
            .current_dir(folder())
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|fault| panic!("{}: {fault}", self.script));
        process.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
        let out = process.wait_with_output().unwrap();
        assert!(out.status.success(), "{} ended badly", self.script);
        serde_json::from_slice(&out.stdout).unwrap()
    }

    fn verify(&self, cases: &[Value]) -> Vec<Value> {
        self.ask(&json!({ "verify": cases }))["verified"].as_array().unwrap().clone()
    }
}

struct Ours {
    now: Timestamp,
    issuer: SigningKey,
    holder: SigningKey,
    list: String,
}

impl Ours {
    /// The list says: 412 withdrawn, 413 suspended.
    fn new() -> Self {
        let (now, issuer) = (SystemClock.now(), new_key());
        let mut list = StatusList::new(Order::Token, 2, 1_024).unwrap();
        assert!(list.set(412, 1) && list.set(413, 2));
        let list = token(&issuer, LIST, &list, &times(now));
        Self { now, issuer, holder: new_key(), list }
    }

    fn seconds(&self) -> i64 {
        self.now.0 / SECOND
    }

    fn proof(&self, index: u64) -> Proof {
        let mut proof = competence::full(&self.holder.public());
        (proof.issued, proof.from, proof.until) = (Some(self.now), Some(self.now), Some(self.now.plus(HOUR)));
        if let Some(status) = &mut proof.status {
            (status.uri, status.index) = (LIST.to_owned(), index);
        }
        proof
    }

    fn issued(&self, index: u64) -> String {
        competence::issued(&self.issuer, &self.proof(index), &self.holder.public())
    }

    /// Its name left out, of three criteria the second shown, and bound.
    fn shown(&self, index: u64) -> String {
        let text = self.issued(index);
        let part = SdJwt::parse(&text).unwrap().present(|path| *path == Path::element("criteria", 1) || path.is_in("framework"));
        bind(&part, &self.holder, AUD, NONCE, self.now).unwrap()
    }

    fn case(&self, text: &str, nonce: Option<&str>) -> Value {
        let (aud, key) = (nonce.map(|_| AUD), self.issuer.public().members());
        json!({ "text": text, "key": key, "aud": aud, "nonce": nonce, "now": self.seconds(), "list": self.list })
    }
}

fn times(now: Timestamp) -> Times {
    Times { iat: now, exp: Some(now.plus(HOUR)), ttl: Some(15 * MINUTE) }
}

/// What the others must read of ours, and what they must refuse.
fn ours(foreign: &Foreign) {
    let ours = Ours::new();
    let (whole, part) = (ours.issued(7), ours.shown(7));
    let (head, proof) = part.rsplit_once('~').unwrap();
    let less = format!("{}~{proof}", head.rsplit_once('~').unwrap().0);
    let foreign_key = json!(new_key().public().members());
    let mut by_another = ours.case(&part, Some(NONCE));
    by_another["key"] = foreign_key;
    let mut elsewhere = ours.case(&part, Some(NONCE));
    elsewhere["aud"] = json!("https://other.example");
    let found = foreign.verify(&[
        ours.case(&whole, None),
        ours.case(&part, Some(NONCE)),
        ours.case(&ours.shown(412), Some(NONCE)),
        ours.case(&ours.shown(413), Some(NONCE)),
        ours.case(&part.replacen("eyJ", "eyI", 1), Some(NONCE)),
        ours.case(&part, Some("another")),
        ours.case(&less, Some(NONCE)),
        by_another,
        elsewhere,
    ]);
    assert!(found[..4].iter().all(|one| one["refused"].is_null()), "{found:#?}");
    let claims = |text: &str| Value::from(open(text, &[ours.issuer.public()]).unwrap().claims);
    assert_eq!((&found[0]["claims"], &found[1]["claims"]), (&claims(&whole), &claims(&part)));
    assert!(found[1]["claims"].get("given_name").is_none() && found[1]["claims"]["criteria"].as_array().unwrap().len() == 1);
    assert_eq!([&found[1]["status"], &found[2]["status"], &found[3]["status"]], [0, 1, 2]);
    assert!(found[4..].iter().all(|one| one["refused"].is_string()), "{found:#?}");
}

/// What we must read of theirs; and theirs in our holder's hand, read by them again.
fn theirs(foreign: &Foreign) -> Value {
    let ours = Ours::new();
    let holder = ours.holder.public().members();
    let wanted = json!({ "holder": holder, "aud": AUD, "nonce": NONCE, "now": ours.seconds(), "uri": THEIRS });
    let issued = foreign.ask(&json!({ "verify": [], "issue": wanted }))["issued"].take();
    let key = PublicJwk::from_members(issued["key"].as_object().unwrap()).unwrap();
    let keys = std::slice::from_ref(&key);

    let opened = open(issued["bound"].as_str().unwrap(), keys).unwrap();
    assert_eq!(opened.check_binding(AUD, NONCE, ours.now, 5 * MINUTE), Ok(()));
    for (name, value) in issued["shown"].as_object().unwrap() {
        assert_eq!(opened.claims.get(name), Some(value));
    }
    for name in issued["hidden"].as_array().unwrap() {
        assert!(!opened.claims.contains_key(name.as_str().unwrap()), "{name}");
    }
    let status = proof_of(&opened).unwrap().status.unwrap();
    assert_eq!((status.uri.as_str(), status.index), (THEIRS, 3));
    let listed = verify_token(issued["list"].as_str().unwrap(), THEIRS, keys, ours.now).unwrap();
    assert_eq!((listed.list.bits(), listed.times.ttl), (2, Some(10 * MINUTE)));
    let statuses: Vec<u8> = (0..8).filter_map(|index| listed.list.get(index)).collect();
    assert_eq!(statuses, [0, 1, 2, 2, 3, 0, 1, 0]);
    assert_eq!(said(status.list, &listed.list, status.index), Some(Verdict::Suspended));

    let held = SdJwt::parse(issued["for_us"].as_str().unwrap()).unwrap();
    let wanted = |path: &Path| path.is_in("address") || *path == Path::element("courses", 0);
    let shown = bind(&held.present(wanted), &ours.holder, AUD, NONCE, ours.now).unwrap();
    let mut case = ours.case(&shown, Some(NONCE));
    (case["key"], case["list"]) = (issued["key"].clone(), issued["list"].clone());
    let found = foreign.verify(&[case]).remove(0);
    assert_eq!(found["claims"]["address"], json!({ "street": "Gatan 1", "city": "Luleå" }), "{found}");
    assert_eq!((&found["claims"]["courses"], &found["status"]), (&json!(["A", "C"]), &json!(2)));
    assert!(found["claims"].get("given_name").is_none());
    issued
}

#[test]
fn the_javascript_library_reads_ours_and_we_read_its() {
    let Some(library) = javascript() else { return };
    ours(&library);
    theirs(&library);
}

#[test]
fn the_python_libraries_read_ours_and_we_read_theirs() {
    let Some(library) = python() else { return };
    ours(&library);
    let issued = theirs(&library);
    bitstrings(&library, &issued);
}

fn bitstrings(library: &Foreign, issued: &Value) {
    let ours = Ours::new();
    let mut list = StatusList::new(Order::Bitstring, 1, MIN_ENTRIES).unwrap();
    assert!(list.set(412, 1));
    let text = bitstring_token(
        &ours.issuer,
        "https://egenkarta.example/issuer/3f0c",
        BITS,
        StatusKind::Revocation,
        &list,
        &times(ours.now),
    );
    let case =
        |index: u64, uri: &str| json!({ "bitstring": text, "key": ours.issuer.public().members(), "index": index, "uri": uri });
    let found = library.verify(&[case(412, BITS), case(411, BITS), case(412, THEIRS), case(131_072, BITS)]);
    assert_eq!((&found[0]["status"], &found[1]["status"]), (&json!(1), &json!(0)), "{found:#?}");
    assert!(found[2]["refused"].is_string() && found[3]["refused"].is_string());

    let key = PublicJwk::from_members(issued["key"].as_object().unwrap()).unwrap();
    let text = issued["bitstring"].as_str().unwrap();
    let read = verify_bitstring_token(text, THEIRS, StatusKind::Revocation, &[], ours.now);
    assert!(read.is_err());
    let read = verify_bitstring_token(text, THEIRS, StatusKind::Revocation, &[key], ours.now).unwrap();
    let set: Vec<u64> = (0..read.list.entries()).filter(|index| read.list.get(*index) == Some(1)).collect();
    assert_eq!(set, [3]);
}
