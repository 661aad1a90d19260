//! The API's description, held against itself. What each answer of a test must be by it: `support/described.rs`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::actor::Actor;
use crate::support::described::{DOCUMENT, validator};
use crate::support::on_both;

fn operations() -> impl Iterator<Item = (String, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |(method, one)| (format!("{method} {path}"), one)))
}

fn references<'d>(of: &'d Value, found: &mut BTreeSet<&'d str>) {
    match of {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str));
            members.values().for_each(|one| references(one, found));
        }
        Value::Array(all) => all.iter().for_each(|one| references(one, found)),
        _ => {}
    }
}

/// A generator that makes a component of each shape makes one of two that share a name.
#[test]
fn no_two_shapes_share_a_name_and_no_two_operations_an_id() {
    let mut shapes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in crate::structure::sources("src", "rs") {
        for part in text.split("ToSchema").skip(1) {
            let near =
                part.lines().take(12).find_map(|line| line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")));
            let Some(name) = near else { continue };
            let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
            shapes.entry(name).or_default().push(file.clone());
        }
    }
    assert!(shapes.len() > 30, "{shapes:?}");
    let twice: Vec<_> = shapes.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let mut ids = BTreeSet::new();
    for (operation, one) in operations() {
        assert!(ids.insert(one["operationId"].as_str().unwrap()), "{operation}: {}", one["operationId"]);
    }
}

#[test]
fn whatever_is_referred_to_stands_in_the_description() {
    let mut found = BTreeSet::new();
    references(&DOCUMENT, &mut found);
    assert!(found.len() > 30);
    for to in found {
        assert!(DOCUMENT.pointer(to.trim_start_matches('#')).is_some(), "{to}");
    }
    let doors = DOCUMENT["components"]["securitySchemes"].as_object().unwrap();
    for (operation, one) in operations() {
        let named = one["security"].as_array().into_iter().flatten().filter_map(Value::as_object).flatten();
        named.for_each(|(door, _)| assert!(doors.contains_key(door), "{operation}: {door}"));
    }
    assert!(DOCUMENT["info"]["license"].is_null(), "an empty name is none");
}

#[test]
fn what_any_operation_may_answer_is_told_of_each() {
    for (operation, one) in operations() {
        let mut wanted = vec!["414", "500", "503", "default"];
        if one["requestBody"].is_object() {
            wanted.extend(["400", "413"]);
            assert!(!one["responses"]["415"].is_null() || operation == "post /api/v1/verify", "{operation}: 415");
        }
        if !operation.starts_with("get ") {
            wanted.push("403");
        }
        for status in wanted {
            assert!(!one["responses"][status].is_null(), "{operation}: {status}");
        }
    }
    let file = &DOCUMENT["paths"]["/api/v1/entries/{id}/file"]["get"]["responses"]["200"]["content"];
    assert!(["application/pdf", "image/png", "image/jpeg"].iter().all(|kind| file[kind] == json!({})), "{file}");
    let sent = &DOCUMENT["paths"]["/api/v1/verify"]["post"]["requestBody"]["content"];
    assert!(sent["image/png"].is_object() && sent["application/json"].is_object(), "{sent}");
    let read = &DOCUMENT["paths"]["/api/v1/disclosure"]["get"]["security"];
    assert_eq!(read, &json!([{"token": []}, {"dpop": []}]));
    assert_eq!(DOCUMENT["components"]["securitySchemes"]["dpop"]["scheme"], "DPoP");
}

#[test]
fn each_body_that_is_sent_is_shown_by_an_example_that_holds() {
    let at = |shape: &Value| DOCUMENT.pointer(shape["$ref"].as_str().unwrap().trim_start_matches('#')).unwrap();
    for (operation, one) in operations().filter(|(_, one)| one["requestBody"].is_object()) {
        let shape = &one["requestBody"]["content"]["application/json"]["schema"];
        let example = &at(shape)["example"];
        assert!(example.is_object(), "{operation} {shape}");
        let faults: Vec<String> = validator(shape).iter_errors(example).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{operation}: {faults:?}");
        assert!(!validator(shape).is_valid(&json!({"nobody": "knows"})), "{operation}");
    }
    let sent = |path: &str| {
        at(&DOCUMENT["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"])["properties"].clone()
    };
    assert!(sent("/api/v1/consents")["purpose"].is_object() && sent("/api/v1/tokens")["days"].is_object());
}

/// The framework's own extractors refuse in plain text of theirs.
#[test]
fn the_api_takes_what_is_sent_by_its_own_extractors() {
    for (file, text) in crate::structure::sources("src/api", "rs").into_iter().filter(|(file, _)| !file.ends_with("api/body.rs")) {
        let imported = text.split("use axum::").skip(1).filter_map(|rest| rest.split(';').next());
        for one in imported.filter(|one| one.starts_with("extract::")) {
            let words: Vec<&str> = one.split(|c: char| !c.is_alphanumeric()).collect();
            let foreign = ["Path", "Query", "Json", "Form", "RawQuery", "Multipart", "rejection"];
            assert!(!foreign.iter().any(|name| words.contains(name)), "{file}: axum::{one}");
        }
        assert!(!text.contains("body: Bytes") && !text.contains(": axum::Json<"), "{file}");
    }
}

on_both!(each_type_of_an_error_leads_to_what_it_means, |app| {
    let http = app.http().await;
    let mut words = BTreeSet::new();
    for (_, text) in crate::structure::sources("src/text/locales/en", "ftl") {
        let keys =
            text.lines().filter_map(|line| line.strip_prefix("problem-")?.split_once("-title =")).map(|(word, _)| word.to_owned());
        words.extend(keys);
    }
    assert!(words.len() > 30 && words.contains("link-word") && words.contains("invalid-token"), "{words:?}");
    for word in words {
        let told = http.get(&Actor::Anonymous, &format!("/problems/{word}")).await;
        let body: Value = serde_json::from_slice(&told.body).unwrap();
        assert_eq!((told.status.as_u16(), &body["type"]), (200, &json!(format!("/problems/{word}"))), "{word}");
        assert!(["title", "detail"].iter().all(|part| body[part].as_str().is_some_and(|text| !text.is_empty())), "{body}");
    }
    for nothing in ["hemligt", "../faults", "fault-missing", "%ff", "A"] {
        let told = http.get(&Actor::Anonymous, &format!("/problems/{nothing}")).await;
        assert!(told.status.as_u16() == 404 && !told.text().contains("hemligt"), "{nothing}: {}", told.text());
    }
});
