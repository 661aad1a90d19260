//! The API's description as a page that one reads: made from the same document that programs fetch.

use askama::Template;
use serde_json::Value;

use super::frame::{Body, Place};
use crate::text::T;

/// What the document says; the texts in it are English, for those who write programs.
#[derive(Clone, Debug, Default)]
pub struct Description {
    pub about: String,
    pub groups: Vec<Group>,
    /// What any operation may answer, told once.
    pub always: Vec<Line>,
    pub shapes: Vec<Shape>,
}

/// The operations of one tag.
#[derive(Clone, Debug)]
pub struct Group {
    pub name: String,
    pub operations: Vec<Operation>,
}

#[derive(Clone, Debug)]
pub struct Operation {
    pub method: String,
    pub path: String,
    pub summary: String,
    pub about: String,
    /// The names of the ways in; empty where anyone may ask.
    pub doors: Vec<String>,
    pub parameters: Vec<Line>,
    /// The shape of what is sent.
    pub body: Option<String>,
    /// Such a body, in JSON.
    pub sample: Option<String>,
    pub answers: Vec<Line>,
}

/// A name, what kind of thing it is (a shape's name where `shape`), and what it means.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub kind: String,
    pub shape: Option<String>,
    pub about: String,
}

#[derive(Clone, Debug)]
pub struct Shape {
    pub name: String,
    pub about: String,
    pub fields: Vec<Line>,
}

#[derive(Template)]
#[template(path = "reference.html")]
pub struct Reference<'a> {
    pub t: T,
    pub origin: String,
    /// Where the document lies.
    pub document: &'static str,
    pub description: &'a Description,
}

impl Reference<'_> {
    /// A line for the shell, with what the caller must put in as `$NAME`.
    fn example(&self, operation: &Operation) -> String {
        let method = if operation.method == "GET" { String::new() } else { format!(" -X {}", operation.method) };
        let door = match operation.doors.first().map(String::as_str) {
            Some("token") => " -H \"Authorization: Bearer $TOKEN\"",
            Some(_) => " -b \"$COOKIE\"",
            None => "",
        };
        let body = match (&operation.body, &operation.sample) {
            (Some(_), Some(sample)) => format!(" --json '{}'", sample.replace('\'', "'\\''")),
            (Some(_), None) => " --json @body.json".to_owned(),
            (None, _) => String::new(),
        };
        format!("curl{method}{door}{body} {}{}", self.origin, operation.path)
    }
}

impl Body for Reference<'_> {
    fn place(&self) -> Place {
        Place::Public
    }
    fn title(&self) -> String {
        self.t.s("reference-title")
    }
}

impl Description {
    /// From an OpenAPI 3.1 document.
    pub fn of(document: &Value) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for (path, methods) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let name = text(&operation["tags"][0]);
                let read = operation_of(path, method, operation, &document["components"]);
                match groups.iter_mut().find(|group| group.name == name) {
                    Some(group) => group.operations.push(read),
                    None => groups.push(Group { name, operations: vec![read] }),
                }
            }
        }
        let shapes = document["components"]["schemas"].as_object().into_iter().flatten();
        let always = document["components"]["responses"].as_object().into_iter().flatten();
        let mut always: Vec<Line> = always.map(|(name, one)| answer(&status_of(document, name), one)).collect();
        always.sort_by(|one, other| one.name.cmp(&other.name));
        Self {
            always,
            about: text(&document["info"]["description"]),
            groups,
            shapes: shapes.map(|(name, schema)| shape_of(name, schema)).collect(),
        }
    }
}

fn operation_of(path: &str, method: &str, operation: &Value, parts: &Value) -> Operation {
    let doors = operation["security"].as_array().into_iter().flatten().filter_map(Value::as_object);
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let answers = operation["responses"].as_object().into_iter().flatten();
    let body = operation["requestBody"]["content"].as_object().into_iter().flatten();
    let body = body.filter_map(|(_, content)| shape_name(&content["schema"])).next();
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&operation["summary"]),
        about: text(&operation["description"]),
        doors: doors.flat_map(|door| door.keys().cloned()).collect(),
        parameters: parameters.map(|one| line(&text(&one["name"]), &one["schema"], &text(&one["description"]))).collect(),
        sample: body.as_ref().map(|shape| &parts["schemas"][shape]["example"]).filter(|one| !one.is_null()).map(Value::to_string),
        body,
        // What any may answer stands at the end.
        answers: answers.filter(|(_, one)| one["$ref"].is_null()).map(|(status, one)| answer(status, one)).collect(),
    }
}

/// An answer by its status: its shape, or the types of what has none.
fn answer(status: &str, one: &Value) -> Line {
    let kinds = one["content"].as_object();
    let schema = kinds.and_then(|kinds| kinds.values().next()).map_or(&Value::Null, |content| &content["schema"]);
    let told = line(status, schema, &text(&one["description"]));
    let bare = kinds.filter(|_| schema.is_null()).map(|kinds| kinds.keys().cloned().collect::<Vec<_>>().join(" | "));
    Line { kind: bare.unwrap_or(told.kind), ..told }
}

/// Under which status the operations refer to a shared answer.
fn status_of(document: &Value, name: &str) -> String {
    let to = format!("#/components/responses/{name}");
    let operations = document["paths"].as_object().into_iter().flatten().filter_map(|(_, item)| item.as_object()).flatten();
    let mut answers = operations.filter_map(|(_, operation)| operation["responses"].as_object()).flatten();
    answers.find(|(_, one)| one["$ref"] == to.as_str()).map_or_else(|| name.to_owned(), |(status, _)| status.clone())
}

fn shape_of(name: &str, schema: &Value) -> Shape {
    let parts = schema["allOf"].as_array().map_or_else(|| vec![schema], |parts| parts.iter().collect());
    let mut fields: Vec<Line> = Vec::new();
    for part in parts {
        fields.extend(shape_name(part).map(|all| Line {
            name: "…".into(),
            kind: String::new(),
            shape: Some(all),
            about: String::new(),
        }));
        let properties = part["properties"].as_object().into_iter().flatten();
        fields.extend(properties.map(|(name, property)| line(name, property, &text(&property["description"]))));
    }
    Shape { name: name.to_owned(), about: text(&schema["description"]), fields }
}

fn line(name: &str, schema: &Value, about: &str) -> Line {
    Line { name: name.to_owned(), kind: kind(schema), shape: shape_name(schema), about: about.to_owned() }
}

/// What a schema refers to, itself, as one of several, or in a list.
fn shape_name(schema: &Value) -> Option<String> {
    let of = |reference: &Value| reference.as_str()?.rsplit('/').next().map(str::to_owned);
    let either = schema["oneOf"].as_array().into_iter().flatten().find_map(shape_name);
    of(&schema["$ref"]).or_else(|| of(&schema["items"]["$ref"])).or(either)
}

/// `string (uuid)`, `list`, `text or null`.
fn kind(schema: &Value) -> String {
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let format = schema["format"].as_str().map(|format| format!(" ({format})")).unwrap_or_default();
    format!("{}{format}", kinds.join(" | "))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_empty_or_foreign_document_reads_as_nothing() {
        for nothing in [json!(null), json!([1]), json!({"paths": 3, "components": {"schemas": []}})] {
            let read = Description::of(&nothing);
            assert!(read.groups.is_empty() && read.shapes.is_empty());
        }
    }

    #[test]
    fn operations_stand_under_their_tag_with_what_they_take_and_answer() {
        let read = Description::of(&json!({
            "paths": {"/a/{id}": {"put": {
                "tags": ["Person"], "summary": "Change", "security": [{"person": []}],
                "parameters": [{"name": "id", "schema": {"type": "string", "format": "uuid"}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Written"}}}},
                "responses": {"200": {"description": "Saved", "content": {"application/json": {"schema": {"$ref": "#/x/Saved"}}}}}
            }}},
            "components": {"schemas": {"Saved": {"allOf": [
                {"$ref": "#/x/Written"}, {"properties": {"id": {"type": ["string", "null"], "description": "Its id"}}}
            ]}}}
        }));
        let operation = &read.groups[0].operations[0];
        assert_eq!((operation.method.as_str(), operation.doors.as_slice()), ("PUT", ["person".to_owned()].as_slice()));
        assert_eq!(operation.parameters[0].kind, "string (uuid)");
        assert_eq!(operation.body.as_deref(), Some("Written"));
        assert_eq!(operation.answers[0].shape.as_deref(), Some("Saved"));
        let fields: Vec<_> = read.shapes[0].fields.iter().map(|line| (line.name.as_str(), line.kind.as_str())).collect();
        assert_eq!(fields, [("…", ""), ("id", "string | null")]);
    }
}
