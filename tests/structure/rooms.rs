//! The rooms and their arrows: a room uses those to its right, never one beside it and never one to its left.

use super::{Fault, none, scan, sources};

/// From left to right. `app` is where everything is put together, so it stands left of what it starts and joins; `cli` runs it.
const ORDER: [&[&str]; 9] = [
    &["cli"],
    &["app"],
    &["demo", "jobs"],
    &["web", "api"],
    &["http"],
    &["usecase"],
    &["store", "identity", "taxonomy", "credential", "exchange", "log", "outbound"],
    &["policy", "crypto", "text"],
    &["domain"],
];

fn rank(room: &str) -> Option<usize> {
    ORDER.iter().position(|rooms| rooms.contains(&room))
}

#[test]
fn arrows_point_one_way() {
    let faults: Vec<Fault> = sources("src", "rs").iter().flat_map(|(file, text)| arrows(file, text)).collect();
    none(&faults);
}

/// What is wrong with the paths that one file names.
fn arrows(file: &str, text: &str) -> Vec<Fault> {
    let Some(home) = module(file) else { return Vec::new() };
    let mut faults = Vec::new();
    for (line, path) in paths(text, &home) {
        let from = home.first().map_or("", String::as_str);
        let Some(to) = path.first() else { continue };
        if let Some(wrong) = judge(from, to, path.get(1).map(String::as_str)) {
            faults.push(format!("{file}:{line}: {wrong}"));
        }
    }
    faults.dedup();
    faults
}

fn judge(from: &str, to: &str, item: Option<&str>) -> Option<String> {
    let Some(there) = rank(to) else { return Some(format!("`{to}` is no room of the plan")) };
    let Some(here) = rank(from) else {
        return (to != "cli").then(|| format!("the program's first file runs `cli`, and knows nothing of `{to}`"));
    };
    if from == to {
        return None;
    }
    if there < here {
        return Some(format!("`{from}` uses `{to}`: an arrow that points up"));
    }
    if there == here {
        return Some(format!("`{from}` uses `{to}` beside it"));
    }
    match (from, to, item) {
        ("store", "crypto", _) => Some("`store` uses `crypto`: a use case seals, then stores".into()),
        ("store", "policy", item) if item != Some("Permit") => Some("of `policy`, `store` sees only `Permit`".into()),
        _ => None,
    }
}

/// `src/web/page/url.rs` is `web::page::url`; `lib.rs` only declares and is left out; `main.rs` is outside of every room.
fn module(file: &str) -> Option<Vec<String>> {
    let inner = file.strip_prefix("src/")?.strip_suffix(".rs")?;
    match inner {
        "lib" => None,
        "main" => Some(Vec::new()),
        _ => Some(inner.strip_suffix("/mod").unwrap_or(inner).split('/').map(String::from).collect()),
    }
}

/// Every path from the crate's top that a file names, in `use` or elsewhere, with its line; `super` is followed.
fn paths(text: &str, home: &[String]) -> Vec<(usize, Vec<String>)> {
    let tokens = scan::tokens(text);
    let word = |at: usize| tokens.get(at).map_or("", |t| t.text.as_str());
    let (mut found, mut inside, mut depth): (Vec<_>, Vec<(usize, String)>, usize) = (Vec::new(), Vec::new(), 0);
    for at in 0..tokens.len() {
        match word(at) {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inside.retain(|(opened, _)| *opened < depth + 1);
            }
            "mod" if word(at + 2) == "{" => inside.push((depth + 1, word(at + 1).to_string())),
            "crate" | "egenkarta" | "super" if word(at + 1) == "::" && (at == 0 || word(at - 1) != "::") => {
                let mut leaves = Vec::new();
                tree(&tokens, at, &[], &mut leaves);
                let here: Vec<String> = home.iter().cloned().chain(inside.iter().map(|(_, name)| name.clone())).collect();
                found.extend(leaves.iter().filter_map(|leaf| Some((tokens[at].line, from_top(leaf, &here)?))));
            }
            _ => {}
        }
    }
    found
}

/// Follows `a::b`, `a::{b, c::d}`, `a::*` from `at`; returns where it ends.
fn tree(tokens: &[scan::Token], mut at: usize, prefix: &[String], leaves: &mut Vec<Vec<String>>) -> usize {
    let mut path = prefix.to_vec();
    while let Some(token) = tokens.get(at) {
        if token.text == "{" {
            at += 1;
            while tokens.get(at).is_some_and(|t| t.text != "}") {
                at = if tokens[at].text == "," { at + 1 } else { tree(tokens, at, &path, leaves).max(at + 1) };
            }
            return at + 1;
        }
        path.push(token.text.clone());
        if tokens.get(at + 1).is_none_or(|t| t.text != "::") {
            break;
        }
        at += 2;
    }
    leaves.push(path);
    at + 1
}

/// The path without `crate` and `super`; nothing when it stays inside its room.
fn from_top(leaf: &[String], here: &[String]) -> Option<Vec<String>> {
    if matches!(leaf[0].as_str(), "crate" | "egenkarta") {
        return (leaf.len() > 1).then(|| leaf[1..].to_vec());
    }
    let up = leaf.iter().take_while(|part| *part == "super").count();
    // A file may be mounted deeper than it lies (`#[path]`), so `super` counts as leaving the room only where it names a room.
    (up >= here.len()).then(|| leaf[up..].to_vec()).filter(|path| path.first().is_some_and(|room| rank(room).is_some()))
}

#[test]
fn an_arrow_that_points_up_or_sideways_is_seen() {
    for (file, text, wrong) in [
        ("src/domain/event.rs", "use crate::store::Db;", "points up"),
        ("src/usecase/a.rs", "fn f() { crate::web::page(); }", "points up"),
        ("src/web/a.rs", "use crate::api::Thing;", "beside"),
        ("src/store/a.rs", "use crate::{domain::Clock, log::leaf};", "beside"),
        ("src/store/a.rs", "use crate::crypto::Record;", "seals, then stores"),
        ("src/store/a.rs", "use crate::policy::{Permit, Question};", "only `Permit`"),
        ("src/store/mod.rs", "use super::usecase::X;", "points up"),
        ("src/store/a/b.rs", "use super::super::super::web;", "points up"),
        ("src/domain/a.rs", "mod tests { use super::super::super::http::X; }", "points up"),
        ("src/usecase/a.rs", "use crate::kitchen::X;", "no room"),
        ("src/main.rs", "egenkarta::app::run()", "runs `cli`"),
        ("src/crypto/a.rs", "use crate::{domain::{self, a::B}, text};", "beside"),
    ] {
        let faults = arrows(file, text);
        assert_eq!(faults.len(), 1, "{file}: {text}: {faults:?}");
        assert!(faults[0].contains(wrong), "{file}: {text}: {faults:?}");
    }
}

#[test]
fn an_arrow_that_points_right_is_let_through() {
    for (file, text) in [
        ("src/cli/serve.rs", "use crate::{app, domain::Clock, store::Db};"),
        ("src/app.rs", "use crate::{api, demo, jobs, web};"),
        ("src/store/a.rs", "use crate::policy::Permit; use super::Db; pub(crate) fn f() {}"),
        ("src/store/a/b.rs", "use super::super::Db; use crate::store::a;"),
        ("src/domain/a.rs", "// crate::web\nconst A: &str = \"crate::web\"; mod tests { use super::*; use super::super::b; }"),
        ("src/log/verify_tests.rs", "use super::super::leaf;"),
        ("src/main.rs", "egenkarta::cli::run()"),
        ("src/lib.rs", "pub mod cli;"),
    ] {
        assert_eq!(arrows(file, text), Vec::<Fault>::new(), "{file}: {text}");
    }
}
