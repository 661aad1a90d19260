//! What every operation has in common stands once, and goes into each description: the errors that any of them may answer, and what the
//! generator cannot say.

use serde_json::{Map, Value, json};

/// The shared answers: name, status, what it means.
const SHARED: &[(&str, &str, &str)] = &[
    ("BadRequest", "400", "The body is no JSON, or was cut short"),
    ("Foreign", "403", "Sent by another site's page (`Sec-Fetch-Site`, `Origin`)"),
    ("TooLarge", "413", "The body is too large"),
    ("AddressTooLong", "414", "The address is too long"),
    ("WrongType", "415", "The body is not `application/json`"),
    ("TooFast", "429", "Too many tries: wait for the seconds in `Retry-After`"),
    ("Internal", "500", "A fault of ours: `instance` is the number to tell the operator"),
    ("Busy", "503", "Too much at once, or the database is away: wait for the seconds in `Retry-After`"),
    ("Other", "default", "Whatever else goes wrong, as 405 for a method that nothing here answers to"),
];

/// `document`: an OpenAPI 3.1 document as it was generated.
pub fn complete(document: &mut Value) {
    if let Some(info) = document["info"].as_object_mut() {
        // None is granted on the interface as such.
        info.remove("license");
    }
    document["components"]["responses"] =
        SHARED.iter().map(|(name, status, about)| ((*name).to_owned(), answer(status, about))).collect();
    for (name, about) in [
        (
            "dpop",
            "An access token of a client (OAuth 2.0), bound to its key: `Authorization: DPoP egk_…`, with a proof in `DPoP` (RFC 9449).",
        ),
        (
            "program",
            "`Authorization: DPoP egp_…`: a program's own token (grant client_credentials), with a proof in `DPoP` (RFC 9449).",
        ),
    ] {
        document["components"]["securitySchemes"][name] = json!({ "type": "http", "scheme": "DPoP", "description": about });
    }
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (method, operation) in paths.filter_map(|(_, item)| item.as_object_mut()).flatten() {
        finish(method, operation);
    }
}

fn answer(status: &str, about: &str) -> Value {
    let content = json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
    let mut answer = json!({ "description": about, "content": content });
    if matches!(status, "429" | "503") {
        answer["headers"] = json!({ "Retry-After": { "description": "Seconds", "schema": { "type": "integer" } } });
    }
    answer
}

fn finish(method: &str, operation: &mut Value) {
    let checks = operation["operationId"] == "checkProof";
    if checks {
        let file = "A file or a credential as it is, with its own type";
        operation["requestBody"]["description"] = file.into();
        for kind in
            ["application/dc+sd-jwt", "application/jwt", "image/jpeg", "image/png", "image/svg+xml", "application/octet-stream"]
        {
            operation["requestBody"]["content"][kind] = json!({});
        }
    }
    let (sends, changes) = (operation["requestBody"].is_object(), method != "get");
    let Some(answers) = operation["responses"].as_object_mut() else { return };
    bare(answers);
    for (name, status, _) in SHARED {
        let wanted = match *status {
            "400" | "413" => sends,
            "415" => sends && !checks,
            "403" => changes,
            // Where tries are counted, the operation itself says so.
            "429" => answers.contains_key("429"),
            _ => true,
        };
        // Tries are told of in one way; what an operation itself says of another status is more exact.
        if wanted && (*status == "429" || !answers.contains_key(*status)) {
            answers.insert((*status).to_owned(), json!({ "$ref": format!("#/components/responses/{name}") }));
        }
    }
}

/// Bytes have no schema (OpenAPI 3.1.1, 4.8.14.4.1).
fn bare(answers: &mut Map<String, Value>) {
    let kinds = answers.values_mut().filter_map(|one| one["content"].as_object_mut()).flatten();
    for (_, content) in kinds.filter(|(kind, _)| kind.starts_with("image/") || kind.as_str() == "application/pdf") {
        *content = json!({});
    }
}
