//! What each part of a badge must hold (Open Badges 3.0, appendix B, "Data models"): enough that nothing is mistaken for something else.

use serde_json::{Map, Value};

use super::{many, types};
use crate::domain::credential::Wrong;

pub const CREDENTIAL: &str = "VerifiableCredential";
const BADGE: [&str; 2] = ["OpenBadgeCredential", "AchievementCredential"];
/// The base contexts of the two versions of the VC Data Model: one of them stands first.
const BASES: [&str; 2] = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"];

/// A class: what must stand in it, and of which class its parts are.
struct Class {
    name: &'static str,
    must: &'static [&'static str],
    parts: &'static [(&'static str, &'static str)],
}

const fn class(name: &'static str, must: &'static [&'static str], parts: &'static [(&'static str, &'static str)]) -> Class {
    Class { name, must, parts }
}

const CLASSES: [Class; 15] = [
    class(
        "Profile",
        &["id"],
        &[("parentOrg", "Profile"), ("otherIdentifier", "IdentifierEntry"), ("address", "Address"), ("image", "Image")],
    ),
    class("IdentifierEntry", &["identifier", "identifierType"], &[]),
    class("Address", &[], &[("geo", "GeoCoordinates")]),
    class("GeoCoordinates", &["latitude", "longitude"], &[]),
    class("Image", &["id"], &[]),
    class(
        "AchievementSubject",
        &["achievement"],
        &[
            ("achievement", "Achievement"),
            ("identifier", "IdentityObject"),
            ("result", "Result"),
            ("source", "Profile"),
            ("image", "Image"),
        ],
    ),
    class("IdentityObject", &["hashed", "identityHash", "identityType"], &[]),
    class(
        "Achievement",
        &["id", "name", "description", "criteria"],
        &[
            ("alignment", "Alignment"),
            ("creator", "Profile"),
            ("image", "Image"),
            ("otherIdentifier", "IdentifierEntry"),
            ("related", "Related"),
            ("resultDescription", "ResultDescription"),
        ],
    ),
    class("Alignment", &["targetName", "targetUrl"], &[]),
    class("Related", &["id"], &[]),
    class(
        "ResultDescription",
        &["id", "name", "resultType"],
        &[("alignment", "Alignment"), ("rubricCriterionLevel", "RubricCriterionLevel")],
    ),
    class("RubricCriterionLevel", &["id", "name"], &[("alignment", "Alignment")]),
    class("Result", &[], &[("alignment", "Alignment")]),
    class("Evidence", &[], &[]),
    class("OpenBadge", &[], &[("issuer", "Profile"), ("evidence", "Evidence"), ("image", "Image")]),
];

/// Members that are texts wherever they stand.
const TEXTS: [&str; 10] = [
    "id",
    "targetName",
    "targetUrl",
    "identifier",
    "identifierType",
    "identityHash",
    "identityType",
    "resultType",
    "name",
    "description",
];

/// # Errors
/// `Kind` where it is no badge, `Claims` else.
pub fn check(badge: &Map<String, Value>) -> Result<(), Wrong> {
    let base = many(badge.get("@context")).next().and_then(Value::as_str);
    if !types(badge).any(|one| one == CREDENTIAL) || !types(badge).any(|one| BADGE.contains(&one)) {
        return Err(Wrong::Kind);
    }
    if !base.is_some_and(|base| BASES.contains(&base)) {
        return Err(Wrong::Claims);
    }
    let whole = Value::Object(badge.clone());
    parts(&whole, find("OpenBadge")?)?;
    let subject = badge.get("credentialSubject").ok_or(Wrong::Claims)?;
    part(subject, find("AchievementSubject")?)
}

fn find(name: &str) -> Result<&'static Class, Wrong> {
    CLASSES.iter().find(|class| class.name == name).ok_or(Wrong::Claims)
}

/// It is of the class, and holds what the class must.
fn part(value: &Value, class: &Class) -> Result<(), Wrong> {
    // A profile or a picture may be written as its address alone.
    if value.is_string() && ["Profile", "Image"].contains(&class.name) {
        return Ok(());
    }
    let members = value.as_object().ok_or(Wrong::Claims)?;
    let of_class = types(members).any(|one| one == class.name);
    let whole = class.must.iter().all(|name| members.get(*name).is_some_and(|value| !empty(value)));
    if of_class && whole { parts(value, class) } else { Err(Wrong::Claims) }
}

fn parts(value: &Value, class: &Class) -> Result<(), Wrong> {
    // Of a subject `identifier` is no text, but who it is: a part.
    let part_of = |name: &str| class.parts.iter().any(|(part, _)| *part == name);
    let text = |name: &&str| part_of(name) || value.get(*name).is_none_or(|value| value.is_string() || worded(value));
    if !TEXTS.iter().all(text) {
        return Err(Wrong::Claims);
    }
    for (name, of) in class.parts {
        let of = find(of)?;
        many(value.get(*name)).try_for_each(|one| part(one, of))?;
    }
    Ok(())
}

/// A text with its language (VC Data Model 2.0, 11.1), or several.
fn worded(value: &Value) -> bool {
    many(Some(value)).all(|one| one.is_string() || one.get("@value").is_some_and(Value::is_string))
}

fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    }
}
