//! What is refused, each by its name. The same cases are frozen in `tests/vectors/sd-jwt.json`.

use base64::Engine;
use egenkarta::credential::sd_jwt::{MAX, MAX_DISCLOSURES, Path, SdJwt, TYP, TYP_OLDER, issue};
use egenkarta::crypto::jws::SigningKey;
use egenkarta::domain::credential::Wrong;
use egenkarta::domain::random::SystemRandom;
use ring::digest::{SHA384, SHA512};
use serde_json::{Value, json};

use super::{B64, digest_of, hidden, new_key, object, open, raw, raw_credential};

pub struct Case {
    pub name: &'static str,
    pub text: String,
    pub wrong: Option<Wrong>,
}

/// Signed by `key`, unless its name says otherwise.
pub fn cases(key: &SigningKey) -> Vec<Case> {
    [forms(key), places(key), names(key), types(key), accepted(key)].into_iter().flatten().collect()
}

fn case(name: &'static str, wrong: Wrong, text: String) -> Case {
    Case { name, text, wrong: Some(wrong) }
}

fn forms(key: &SigningKey) -> Vec<Case> {
    let plain = raw_credential(key, json!({}), &[]);
    let (head, signature) = plain.trim_end_matches('~').rsplit_once('.').unwrap();
    let payload = head.split_once('.').unwrap().1;
    let headed = |header: Value| format!("{}.{payload}.{signature}~", B64.encode(header.to_string()));
    let (text, digest) = hidden(r#"["c2FsdA","a",1]"#);
    let shown = raw_credential(key, json!({ "_sd": [digest] }), &[&text]);
    vec![
        case("empty", Wrong::Form, String::new()),
        case("no tilde", Wrong::Form, plain.trim_end_matches('~').to_owned()),
        case("an empty disclosure", Wrong::Disclosure, format!("{plain}~")),
        case("no signature", Wrong::Signature, format!("{head}.~")),
        case("algorithm none", Wrong::Algorithm, headed(json!({ "alg": "none", "typ": TYP })).replace(signature, "")),
        case("symmetric algorithm", Wrong::Algorithm, headed(json!({ "alg": "HS256", "typ": TYP }))),
        case("older RSA padding", Wrong::Algorithm, headed(json!({ "alg": "RS256", "typ": TYP }))),
        case("an extension that must be understood", Wrong::Form, headed(json!({ "alg": "ES256", "typ": TYP, "crit": ["x"] }))),
        case("header changed after signing", Wrong::Signature, headed(json!({ "alg": "ES256", "typ": TYP }))),
        case("a key that nobody knows", Wrong::Key, raw(key, json!({ "typ": TYP, "kid": "other" }), r#"{"vct":"a"}"#, &[])),
        case("signed by another", Wrong::Signature, signed_by_another(key)),
        case("a member twice", Wrong::Form, raw(key, json!({ "typ": TYP }), r#"{"vct":"a","vct":"b"}"#, &[])),
        case("a padded disclosure", Wrong::Disclosure, shown.replace(&text, &format!("{text}="))),
        case("larger than it may be", Wrong::Size, raw_credential(key, json!({ "a": "x".repeat(MAX) }), &[])),
        case("huge disclosure", Wrong::Size, {
            let (text, digest) = hidden(&json!(["c2FsdA", "a", "x".repeat(MAX)]).to_string());
            raw_credential(key, json!({ "_sd": [digest] }), &[&text])
        }),
        case("very many disclosures", Wrong::Size, many(key, MAX_DISCLOSURES + 1)),
        case(
            "very deep",
            Wrong::Size,
            raw(key, json!({ "typ": TYP }), &format!(r#"{{"vct":{}1{}}}"#, "[".repeat(60), "]".repeat(60)), &[]),
        ),
        case("deep through disclosures", Wrong::Size, nested(key, 40)),
        case(
            "deeper than JSON is read",
            Wrong::Form,
            raw(key, json!({}), &format!("{}1{}", r#"{"a":"#.repeat(200), "}".repeat(200)), &[]),
        ),
        case("unknown digest algorithm", Wrong::Algorithm, raw_credential(key, json!({ "_sd_alg": "md5" }), &[])),
        case("digest algorithm that is no text", Wrong::Algorithm, raw_credential(key, json!({ "_sd_alg": ["sha-256"] }), &[])),
    ]
}

fn signed_by_another(key: &SigningKey) -> String {
    raw(&new_key(), json!({ "typ": TYP, "kid": key.kid() }), r#"{"vct":"a"}"#, &[])
}

fn many(key: &SigningKey, count: usize) -> String {
    let all: Vec<_> = (0..count).map(|n| hidden(&format!(r#"["c2FsdA","a{n}",1]"#))).collect();
    let digests: Vec<&str> = all.iter().map(|(_, digest)| digest.as_str()).collect();
    let texts: Vec<&str> = all.iter().map(|(text, _)| text.as_str()).collect();
    raw_credential(key, json!({ "_sd": digests }), &texts)
}

/// Each hides the next.
fn nested(key: &SigningKey, depth: usize) -> String {
    let mut all = vec![hidden(r#"["c2FsdA","a",1]"#)];
    for _ in 1..depth {
        let inner = &all.last().unwrap().1;
        all.push(hidden(&json!(["c2FsdA", "a", { "_sd": [inner] }]).to_string()));
    }
    let texts: Vec<&str> = all.iter().map(|(text, _)| text.as_str()).collect();
    raw_credential(key, json!({ "_sd": [all.last().unwrap().1] }), &texts)
}

fn places(key: &SigningKey) -> Vec<Case> {
    let (member, of_member) = hidden(r#"["c2FsdA","a",1]"#);
    let (item, of_item) = hidden(r#"["c2FsdA",1]"#);
    let (outer, of_outer) = hidden(&json!(["c2FsdA", "b", { "_sd": [of_member] }]).to_string());
    let wrong =
        |name, payload: Value, disclosures: &[&str]| case(name, Wrong::Disclosure, raw_credential(key, payload, disclosures));
    vec![
        wrong("a disclosure that belongs nowhere", json!({}), &[&member]),
        wrong("one whose parent is not shown", json!({ "_sd": [of_outer] }), &[&member]),
        wrong("the same disclosure twice", json!({ "_sd": [of_member] }), &[&member, &member]),
        wrong("a digest twice in one list", json!({ "_sd": [of_member, of_member] }), &[]),
        wrong("a digest in two lists", json!({ "_sd": [of_member], "x": { "_sd": [of_member] } }), &[&member]),
        wrong("a digest in a list and an array", json!({ "_sd": [of_item], "x": [{ "...": of_item }] }), &[]),
        wrong("a digest again behind a disclosure", json!({ "_sd": [of_outer, of_member] }), &[&outer]),
        wrong("an element's disclosure for a claim", json!({ "_sd": [of_item] }), &[&item]),
        wrong("a claim's disclosure for an element", json!({ "x": [{ "...": of_member }] }), &[&member]),
        wrong("a claim that stands there already", json!({ "a": 2, "_sd": [of_member] }), &[&member]),
        wrong(
            "two that say the same claim",
            json!({ "_sd": [of_member, hidden(r#"["eA","a",2]"#).1] }),
            &[&member, &hidden(r#"["eA","a",2]"#).0],
        ),
        wrong("digests that are no list", json!({ "_sd": of_member }), &[]),
        wrong("digests that are no texts", json!({ "_sd": [1] }), &[]),
        wrong("dots in an object", json!({ "x": { "...": of_item } }), &[]),
        wrong("dots beside another member", json!({ "x": [{ "...": of_item, "y": 1 }] }), &[&item]),
        wrong("dots that are no text", json!({ "x": [{ "...": 1 }] }), &[]),
    ]
}

fn names(key: &SigningKey) -> Vec<Case> {
    let mut out = Vec::new();
    for (name, content) in [
        ("hides _sd", r#"["c2FsdA","_sd",[]]"#),
        ("hides ...", r#"["c2FsdA","...","x"]"#),
        ("hides _sd_alg", r#"["c2FsdA","_sd_alg","sha-256"]"#),
        ("one part", r#"["c2FsdA"]"#),
        ("no part", "[]"),
        ("four parts", r#"["c2FsdA","a",1,2]"#),
        ("a salt that is no text", r#"[1,"a",1]"#),
        ("a name that is no text", r#"["c2FsdA",1,1]"#),
        ("no array", r#"{"a":1}"#),
        ("no JSON", "a"),
        ("more behind it", r#"["c2FsdA","a",1]1"#),
        ("a member twice in a disclosure", r#"["c2FsdA","a",{"b":1,"b":2}]"#),
    ] {
        let (text, digest) = hidden(content);
        out.push(case(name, Wrong::Disclosure, raw_credential(key, json!({ "_sd": [digest] }), &[&text])));
    }
    out
}

fn types(key: &SigningKey) -> Vec<Case> {
    let typed = |typ: Value| raw(key, json!({ "typ": typ }), r#"{"vct":"a"}"#, &[]);
    let mut out = vec![
        case("another type", Wrong::Kind, typed(json!("kb+jwt"))),
        case("an SD-JWT of no type of ours", Wrong::Kind, typed(json!("example+sd-jwt"))),
        case("a type that is no text", Wrong::Kind, typed(json!([TYP]))),
        case("no type", Wrong::Kind, raw(key, json!({}), r#"{"vct":"a"}"#, &[])),
        case("no vct", Wrong::Claims, raw(key, json!({ "typ": TYP }), "{}", &[])),
        case("an empty vct", Wrong::Claims, raw(key, json!({ "typ": TYP }), r#"{"vct":""}"#, &[])),
        case("a vct that is no text", Wrong::Claims, raw(key, json!({ "typ": TYP }), r#"{"vct":["a"]}"#, &[])),
    ];
    for (name, aka) in
        [("no other type", json!([])), ("its own type as another", json!(["a"])), ("other types that are none", json!("b"))]
    {
        out.push(case(
            name,
            Wrong::Claims,
            raw(key, json!({ "typ": TYP }), &json!({ "vct": "a", "aka_vcts": aka }).to_string(), &[]),
        ));
    }
    out.push(case("for certain readers", Wrong::Audience, raw_credential(key, json!({ "aud": "https://other.example" }), &[])));
    for (name, claim) in [
        ("hides iss", "iss"),
        ("hides nbf", "nbf"),
        ("hides exp", "exp"),
        ("hides cnf", "cnf"),
        ("hides vct", "vct"),
        ("hides vct#integrity", "vct#integrity"),
        ("hides aka_vcts", "aka_vcts"),
        ("hides status", "status"),
    ] {
        let (text, digest) = hidden(&json!(["c2FsdA", claim, "x"]).to_string());
        let mut payload = object(json!({ "vct": "a", "_sd": [digest] }));
        if claim == "vct" {
            payload.remove("vct");
        }
        out.push(case(name, Wrong::Disclosure, raw(key, json!({ "typ": TYP }), &Value::from(payload).to_string(), &[&text])));
    }
    let (text, digest) = hidden(r#"["c2FsdA","status_list",{"idx":1,"uri":"https://a.example"}]"#);
    out.push(case(
        "hides the list within status",
        Wrong::Disclosure,
        raw_credential(key, json!({ "status": { "_sd": [digest] } }), &[&text]),
    ));
    out
}

/// What looks odd and is right.
fn accepted(key: &SigningKey) -> Vec<Case> {
    let right = |name, text| Case { name, text, wrong: None };
    let (text, digest) = hidden(r#"["c2FsdA","a",{"_sd":["decoy"]}]"#);
    let by = |name, algorithm| raw_credential(key, json!({ "_sd": [digest_of(algorithm, &text)], "_sd_alg": name }), &[&text]);
    vec![
        right("nothing hidden", raw_credential(key, json!({}), &[])),
        right("of the older type", raw(key, json!({ "typ": TYP_OLDER }), r#"{"vct":"a"}"#, &[])),
        right("its type as a media type", raw(key, json!({ "typ": "application/DC+SD-JWT" }), r#"{"vct":"a"}"#, &[])),
        right("decoys alone", raw_credential(key, json!({ "_sd": ["x", "y"], "z": [{ "...": "w" }] }), &[])),
        right("an empty list of digests", raw_credential(key, json!({ "_sd": [] }), &[])),
        right("shown, with a decoy within", raw_credential(key, json!({ "_sd": [digest] }), &[&text])),
        right("of another type too", raw_credential(key, json!({ "aka_vcts": ["urn:other"] }), &[])),
        right("SHA-384", by("sha-384", &SHA384)),
        right("SHA-512", by("sha-512", &SHA512)),
        right("as many disclosures as there may be", many(key, MAX_DISCLOSURES)),
        right("each within another", nested(key, 20)),
        right("a salt with other signs", {
            let (text, digest) = hidden(r#" [ "å salt", "a", null ] "#);
            raw_credential(key, json!({ "_sd": [digest] }), &[&text])
        }),
    ]
}

#[test]
fn each_wrong_credential_is_refused_by_its_name_and_each_right_one_opens() {
    let key = new_key();
    for Case { name, text, wrong } in cases(&key) {
        assert_eq!(open(&text, &[key.public()]).err(), wrong, "{name}: {text}");
    }
}

#[test]
fn what_must_be_seen_or_bears_a_reserved_name_is_not_issued() {
    let (key, random) = (new_key(), SystemRandom::default());
    let claims = |extra: Value| {
        let mut claims = object(json!({ "vct": "a", "cnf": { "jwk": {} }, "a": [1] }));
        claims.extend(object(extra));
        claims
    };
    for path in [Path::top("vct"), Path::top("cnf").then("jwk"), Path::top("status"), Path::top("exp")] {
        assert_eq!(issue(&key, TYP, claims(json!({})), &[path], &random), Err(Wrong::Disclosure));
    }
    for extra in
        [json!({ "_sd": [] }), json!({ "_sd_alg": "x" }), json!({ "b": [{ "...": "x" }] }), json!({ "b": { "c": { "_sd": 1 } } })]
    {
        assert_eq!(issue(&key, TYP, claims(extra), &[], &random), Err(Wrong::Claims));
    }
    // What is not there is not hidden, and what is named twice is hidden once.
    let hide = [Path::top("b"), Path::element("a", 7), Path::top("a").then("x"), Path::element("a", 0), Path::element("a", 0)];
    let text = issue(&key, TYP, claims(json!({})), &hide, &random).unwrap();
    assert_eq!(SdJwt::parse(&text).unwrap().disclosable().collect::<Vec<_>>(), [&Path::element("a", 0)]);
}
