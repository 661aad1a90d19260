//! What we build on: licences that may be used, and crates that may not, as `.cargo/deny.toml` lists them.

use serde_json::Value;
use std::process::Command;

#[derive(serde::Deserialize)]
struct Deny {
    licenses: Licenses,
    bans: Bans,
}

#[derive(serde::Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(serde::Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
}

#[test]
fn every_licence_is_allowed_and_no_crate_is_banned() {
    let deny = deny();
    let metadata = metadata();
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if deny.bans.deny.iter().any(|banned| banned.name == name) {
            faults.push(format!("{name}: banned"));
        }
        // Only what comes from elsewhere has a source.
        let licence = package["license"].as_str().unwrap_or("");
        if package["source"].is_string() && !allowed(licence, &deny.licenses.allow) {
            faults.push(format!("{name}: licence `{licence}` is not on the list"));
        }
    }
    super::none(&faults);
}

fn deny() -> Deny {
    toml::from_str(&std::fs::read_to_string(super::root().join(".cargo/deny.toml")).unwrap()).unwrap()
}

/// What this machine's build really uses: no network, no other platform's crates.
fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let platform = Command::new("rustc").arg("-vV").output().unwrap();
    let platform = String::from_utf8(platform.stdout).unwrap();
    let host = platform.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let run = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(super::root())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

/// Whether an SPDX expression can be met from the list. `AND` binds tighter than `OR`; `/` is the old way of writing `OR`.
fn allowed(expression: &str, allow: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    !words.is_empty() && either(&words, &mut at, allow) && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allow: &[String]) -> bool {
    let mut met = both(words, at, allow);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= both(words, at, allow);
    }
    met
}

fn both(words: &[&str], at: &mut usize, allow: &[String]) -> bool {
    let mut met = one(words, at, allow);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allow);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allow: &[String]) -> bool {
    if words.get(*at) == Some(&"(") {
        *at += 1;
        let met = either(words, at, allow);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    let mut name = words.get(*at).copied().unwrap_or("").to_string();
    *at += 1;
    if words.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", words.get(*at + 1).copied().unwrap_or(""));
        *at += 2;
    }
    allow.contains(&name)
}

#[test]
fn an_expression_is_met_only_from_the_list() {
    let allow = ["MIT".to_string(), "ISC".to_string(), "Apache-2.0 WITH LLVM-exception".to_string()];
    for no in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND GPL-3.0", "MIT OR", "(MIT", "Apache-2.0", "MIT ISC"] {
        assert!(!allowed(no, &allow), "{no}");
    }
    for yes in ["MIT", "GPL-3.0 OR MIT", "GPL-3.0/MIT", "MIT AND ISC", "GPL-3.0 AND ISC OR MIT", "Apache-2.0 WITH LLVM-exception"] {
        assert!(allowed(yes, &allow), "{yes}");
    }
}
