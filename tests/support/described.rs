//! Every answer that a test gets from the API, held against the description that the API gives of itself.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use axum::http::Method;
use jsonschema::Validator;
use serde_json::{Value, json};

use super::http::Answer;

pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| egenkarta::api::description().clone());

/// Panics where an answer of a described operation is none that the description tells of.
pub fn holds(method: &Method, path: &str, answer: &Answer) {
    let Some((place, operation)) = operation(method, path) else { return };
    let status = answer.status.as_u16().to_string();
    let answers = &operation["responses"];
    let told = if answers[&status].is_null() { &answers["default"] } else { &answers[&status] };
    let told = told["$ref"].as_str().map_or(told, |to| &DOCUMENT["components"]["responses"][to.rsplit('/').next().unwrap()]);
    assert!(told.is_object(), "{method} {place}: {status} is not described");
    if answer.body.is_empty() || method == Method::HEAD || answer.header("content-encoding").is_some() {
        return;
    }
    let kind = answer.header("content-type").unwrap_or_default().split(';').next().unwrap().trim();
    let content = told["content"].get(kind);
    assert!(content.is_some(), "{method} {place}: {status} as {kind} is not described: {}", answer.text());
    if let Some(schema) = content.and_then(|content| content.get("schema")).filter(|_| kind.ends_with("json")) {
        let body: Value =
            serde_json::from_slice(&answer.body).unwrap_or_else(|e| panic!("{method} {place}: {e}: {}", answer.text()));
        let faults: Vec<String> = validator(schema).iter_errors(&body).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{method} {place}: {status}: {faults:?}\n{body}");
    }
}

/// The operation at an address, and its path as it is described.
fn operation(method: &Method, path: &str) -> Option<(&'static str, &'static Value)> {
    let path = path.split('?').next().unwrap_or_default();
    let method = if method == Method::HEAD { "get".to_owned() } else { method.as_str().to_lowercase() };
    let fits = |place: &str| {
        place.split('/').count() == path.split('/').count()
            && place.split('/').zip(path.split('/')).all(|(one, other)| one == other || (one.starts_with('{') && !other.is_empty()))
    };
    let all = DOCUMENT["paths"].as_object().unwrap().iter();
    // A path that is written out goes before one with a place for an id.
    let found = all.filter(|(place, _)| fits(place)).max_by_key(|(place, _)| place.as_str() == path);
    found.and_then(|(place, item)| Some((place.as_str(), item.get(&method)?)))
}

/// Of a schema of the description, with all that it may refer to.
pub fn validator(schema: &Value) -> Arc<Validator> {
    static MADE: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let one = made.entry(schema.to_string()).or_insert_with(|| {
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "allOf": [schema],
            "components": { "schemas": DOCUMENT["components"]["schemas"] },
        });
        Arc::new(jsonschema::options().build(&whole).expect("a schema"))
    });
    Arc::clone(one)
}
