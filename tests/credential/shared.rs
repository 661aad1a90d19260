//! The sets of others, whole, where they lie beside the repository: RFC 9901's and the drafts' own examples, and the cases of two other
//! implementations.

use std::path::{Path, PathBuf};

use base64::Engine;
use egenkarta::credential::competence::proof_of;
use egenkarta::credential::sd_jwt::{self, Opened, SdJwt, Step};
use egenkarta::credential::status::{Order, StatusList, verify_token};
use egenkarta::crypto::jws::PublicJwk;
use egenkarta::domain::Timestamp;
use egenkarta::domain::credential::Wrong;
use egenkarta::domain::time::{MINUTE, SECOND};
use serde_json::{Map, Value};

use super::any::{opened, shown};
use super::{B64, new_key, yaml};

fn beside(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors").join(name);
    if !path.exists() {
        println!("left out: ../shared/vectors/{name} is not here");
        return None;
    }
    Some(path)
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = all.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

/// Each example opens under its key, shows just what it says, and is bound as it says; with any part left away or changed it does not.
fn examples(name: &str, each: impl Fn(&str, &Opened)) {
    let Some(path) = beside(name) else { return };
    let all = read(&path);
    let keys: Vec<PublicJwk> =
        all["keys"].as_array().unwrap().iter().map(|key| PublicJwk::from_members(key.as_object().unwrap()).unwrap()).collect();
    for vector in all["vectors"].as_array().unwrap() {
        let text = vector["sd_jwt"].as_str().unwrap();
        let opened = SdJwt::parse(text).unwrap().verify(&keys).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", vector["section"]));
        let mut named: Vec<&str> = disclosed(vector);
        let mut found: Vec<&str> = opened.disclosed.iter().filter_map(|path| last_name(&path.0)).collect();
        named.sort_unstable();
        found.sort_unstable();
        assert_eq!((found, opened.disclosed.len()), (named, vector["disclosures"].as_array().unwrap().len()));
        bound(vector, &opened);
        each(text, &opened);
        broken(text, &keys);
    }
}

fn disclosed(vector: &Value) -> Vec<&str> {
    let contents = vector["disclosures"].as_array().unwrap().iter().map(|one| one["content"].as_array().unwrap());
    contents.filter(|content| content.len() == 3).map(|content| content[1].as_str().unwrap()).collect()
}

fn last_name(steps: &[Step]) -> Option<&str> {
    match steps.last() {
        Some(Step::Name(name)) => Some(name),
        _ => None,
    }
}

fn bound(vector: &Value, opened: &Opened) {
    let proof = &vector["kb_jwt"]["payload"];
    let Some(aud) = proof["aud"].as_str() else {
        assert!(!opened.is_bound());
        return;
    };
    let (nonce, made) = (proof["nonce"].as_str().unwrap(), Timestamp(proof["iat"].as_i64().unwrap() * SECOND));
    let check = |aud: &str, nonce: &str, late: i64| opened.check_binding(aud, nonce, made.plus(late), MINUTE);
    assert_eq!(check("https://other.example", nonce, 0), Err(Wrong::Audience));
    assert_eq!(check(aud, "other", 0), Err(Wrong::Nonce));
    assert_eq!(check(aud, nonce, 10 * MINUTE), Err(Wrong::Nonce));
    assert_eq!(check(aud, nonce, 0), Ok(()));
}

fn broken(text: &str, keys: &[PublicJwk]) {
    let opens = |text: &str| SdJwt::parse(text).and_then(|parsed| parsed.verify(keys)).is_ok();
    let parts: Vec<&str> = text.split('~').collect();
    // The same disclosure again, and one of its bytes changed.
    for at in 1..parts.len() - 1 {
        let mut twice = parts.clone();
        twice.insert(at, parts[at]);
        assert!(!opens(&twice.join("~")));
        let changed = format!("{}A{}", &parts[at][..8], &parts[at][9..]);
        let mut other = parts.clone();
        other[at] = &changed;
        assert!(changed == parts[at] || !opens(&other.join("~")));
    }
    let none = B64.encode(r#"{"alg":"none","typ":"dc+sd-jwt"}"#);
    let payload = parts[0].split('.').nth(1).unwrap();
    assert!(!opens(&format!("{none}.{payload}.~")) && !opens(&text.replacen('e', "f", 1)));
}

#[test]
fn the_examples_of_rfc_9901_open() {
    examples("sd-jwt/sd-jwt-vectors.json", |_, opened| assert_eq!(opened.vct(), Err(Wrong::Kind)));
}

#[test]
fn the_examples_of_the_credential_draft_open_and_are_read() {
    examples("sd-jwt-vc/sd-jwt-vc-vectors.json", |_, opened| {
        let proof = proof_of(opened).unwrap();
        assert_eq!(proof.kind, "https://credentials.example.com/identity_credential");
        assert_eq!(proof.holder.is_some(), opened.claims.contains_key("cnf"));
    });
}

/// Where a frame of @sd-jwt marks a path: by `_sd` beside it when hiding, by anything but false when showing.
fn at<'f>(frame: &'f Value, path: &sd_jwt::Path) -> Option<&'f Value> {
    path.0.iter().try_fold(frame, |frame, step| frame.get(key_of(step)))
}

fn key_of(step: &Step) -> String {
    match step {
        Step::Name(name) => name.clone(),
        Step::Index(index) => index.to_string(),
    }
}

fn is_hidden(frame: &Value, path: &sd_jwt::Path) -> bool {
    let (last, way) = path.0.split_last().unwrap();
    let listed = at(frame, &sd_jwt::Path(way.to_vec())).and_then(|frame| frame.get("_sd")).and_then(Value::as_array);
    listed
        .is_some_and(|names| names.iter().any(|name| name.as_str().map_or_else(|| name.to_string(), str::to_owned) == key_of(last)))
}

#[test]
fn the_cases_of_the_javascript_library_hold() {
    let Some(folder) = beside("sd-jwt/js-testcases") else { return };
    for file in files(&folder, ".json") {
        let case = read(&file);
        let claims: &Map<String, Value> = case["claims"].as_object().unwrap();
        let hide = |path: &sd_jwt::Path| is_hidden(&case["disclosureFrame"], path);
        let keep = |path: &sd_jwt::Path| at(&case["presentationFrames"], path).is_some_and(|mark| mark != false);
        let key = new_key();
        shown(&key, claims, 0, &hide, &keep);
        shown(&key, claims, 2, &hide, &|_| true);
        // What they say comes out of it, where their case says it of what is shown.
        let found = opened(&key, claims, &hide, &keep);
        if !case["presentationFrames"].as_object().unwrap().is_empty() {
            assert_eq!(found, case["presentedClaims"], "{}", file.display());
        }
    }
}

#[test]
fn the_specifications_of_the_python_library_hold() {
    for folder in ["sd-jwt/yaml", "sd-jwt-vc/yaml"] {
        let Some(folder) = beside(folder) else { continue };
        let specifications = files(&folder, ".yml").into_iter().filter(|file| !file.ends_with("settings.yml"));
        let mut hidden = 0;
        for file in specifications {
            let (claims, marked) = yaml::user_claims(&std::fs::read_to_string(&file).unwrap());
            assert!(!claims.is_empty(), "{}", file.display());
            hidden += marked.len();
            let key = new_key();
            let claims: Map<String, Value> = claims.into_iter().filter(|(name, _)| name != "vct").collect();
            for decoys in 0..2 {
                shown(&key, &claims, decoys, &|path| marked.contains(path), &|_| true);
                shown(&key, &claims, decoys, &|path| marked.contains(path), &|_| false);
                for left in &marked {
                    shown(&key, &claims, decoys, &|path| marked.contains(path), &|path| path != left);
                }
            }
        }
        assert!(hidden > 8);
    }
}

#[test]
fn the_status_lists_of_the_draft_are_read_and_written_alike() {
    let Some(path) = beside("token-status-list/status-list-vectors.json") else { return };
    for vector in read(&path).as_array().unwrap() {
        let bits = u8::try_from(vector["bits"].as_u64().unwrap()).unwrap();
        let list = StatusList::decode(Order::Token, vector["lst"].as_str().unwrap(), bits, 1 << 20).unwrap();
        let size = vector["size"].as_u64().unwrap();
        assert_eq!((list.entries(), list.get(size)), (size, None));
        let told = vector["statuses"].as_object().unwrap().iter().map(|(index, status)| (index.parse().unwrap(), status.as_u64()));
        let told: Vec<(u64, Option<u64>)> = told.filter(|(_, status)| *status != Some(0)).collect();
        assert!(told.iter().all(|(index, status)| list.get(*index).map(u64::from) == *status));
        assert_eq!((0..size).filter(|index| list.get(*index) != Some(0)).count(), told.len(), "and nothing else is set");
        assert_eq!(StatusList::decode(Order::Token, &list.encode(), bits, 1 << 20), Ok(list));
    }
}

#[test]
fn the_status_list_token_of_the_draft_verifies_under_no_key_of_ours() {
    let Some(path) = beside("token-status-list/examples/status_list_jwt_raw.md") else { return };
    let text: String = std::fs::read_to_string(path).unwrap().split_whitespace().collect();
    let mut other = new_key().public();
    other.kid = Some("12".to_owned());
    let uri = "https://example.com/statuslists/1";
    let found = verify_token(&text, uri, &[other], Timestamp(1_686_920_170 * SECOND));
    assert_eq!(found.err(), Some(Wrong::Signature.into()));
    // Its list is that of the encoding example.
    let list = StatusList::decode(Order::Token, "eNrbuRgAAhcBXQ", 1, 2).unwrap();
    let set: Vec<u64> = (0..16).filter(|index| list.get(*index) == Some(1)).collect();
    assert_eq!(set, [0, 3, 4, 5, 7, 8, 9, 13, 15]);
}
