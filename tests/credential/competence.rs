//! Our own credential: what it says comes back as it was said, wrong claims are refused, foreign ones are read as far as they go.

use egenkarta::credential::competence::{claims_of, proof_of};
use egenkarta::credential::sd_jwt::{Path, SdJwt, TYP, issue};
use egenkarta::crypto::jws::{PublicJwk, SigningKey};
use egenkarta::domain::credential::{
    Competence, Format, FrameworkRef, Issuer, Met, Part, Proof, StatusKind, StatusRef, Subject, VCT, Wrong,
};
use egenkarta::domain::profile::Evidence;
use egenkarta::domain::random::SystemRandom;
use egenkarta::domain::time::DAY;
use serde_json::{Map, Value, json};

use super::{NOW, new_key, object, open, raw};

/// All that a proof can say.
pub fn full(holder: &PublicJwk) -> Proof {
    let met = |id: &str, name: &str| Met { id: id.to_owned(), name: name.to_owned() };
    Proof {
        format: Format::SdJwtVc,
        kind: VCT.to_owned(),
        issuer: Issuer {
            id: "https://egenkarta.example/issuer/3f0c".to_owned(),
            name: Some("Provbranschens yrkesnämnd".to_owned()),
            number: Some("802000-0001".to_owned()),
        },
        subject: Subject { given: Some("Amina".to_owned()), family: Some("Åkesson".to_owned()) },
        competence: Competence {
            name: [("sv", "Heta arbeten"), ("en", "Hot works")].map(|(lang, name)| (lang.to_owned(), name.to_owned())).into(),
            level: Some(Evidence::E4),
            seqf: Some(4),
            part: Some(Part::Part),
            framework: Some(FrameworkRef { id: "heta".to_owned(), version: "3".to_owned(), name: "Heta arbeten".to_owned() }),
            criteria: vec![met("a", "Släcker brand"), met("b", "Bedömer risk"), met("c", "Bevakar efteråt")],
            concepts: vec!["http://data.europa.eu/esco/skill/1".to_owned(), "http://data.europa.eu/esco/skill/2".to_owned()],
            method: Some("Praktiskt prov".to_owned()),
            assessor: Some("Yrkesbedömare".to_owned()),
            assessed: "2026-10-30".parse().ok(),
        },
        issued: Some(NOW),
        from: Some(NOW),
        until: Some(NOW.plus(365 * DAY)),
        status: Some(StatusRef {
            list: StatusKind::Token,
            uri: "https://egenkarta.example/issuer/3f0c/status/1".to_owned(),
            index: 412,
        }),
        holder: Some(holder.thumbprint()),
    }
}

pub fn issued(issuer: &SigningKey, proof: &Proof, holder: &PublicJwk) -> String {
    let (claims, hide) = claims_of(proof, holder);
    issue(issuer, TYP, claims, &hide, &SystemRandom::default()).unwrap()
}

#[test]
fn a_proof_comes_back_as_it_was_said_and_less_where_less_is_shown() {
    let (issuer, holder) = (new_key(), new_key().public());
    let proof = full(&holder);
    let text = issued(&issuer, &proof, &holder);
    let read = |text: &str| proof_of(&open(text, &[issuer.public()]).unwrap()).unwrap();
    assert_eq!(read(&text), proof);

    let parsed = SdJwt::parse(&text).unwrap();
    let nothing = read(&parsed.present(|_| false));
    let mut least = proof.clone();
    least.subject = Subject::default();
    let name = least.competence.name;
    least.competence = Competence { name, level: Some(Evidence::E4), ..nothing.competence.clone() };
    assert_eq!(nothing, least);
    assert!(nothing.competence.criteria.is_empty() && nothing.competence.seqf.is_none() && nothing.competence.method.is_none());

    let one = read(&parsed.present(|path| *path == Path::element("criteria", 1) || path.is_in("family_name")));
    assert_eq!(one.competence.criteria, proof.competence.criteria[1..2]);
    assert_eq!((one.subject.given, one.subject.family), (None, proof.subject.family));
}

#[test]
fn each_claim_that_may_be_left_out_can_be_left_out_by_itself() {
    let (issuer, holder) = (new_key(), new_key().public());
    let text = issued(&issuer, &full(&holder), &holder);
    let parsed = SdJwt::parse(&text).unwrap();
    let mut found: Vec<String> = parsed.disclosable().map(ToString::to_string).collect();
    found.sort();
    let wanted = [
        "assessed",
        "assessor",
        "concepts.0",
        "concepts.1",
        "criteria.0",
        "criteria.1",
        "criteria.2",
        "family_name",
        "framework",
        "given_name",
        "method",
        "part",
        "seqf",
    ];
    assert_eq!(found, wanted);
    for left in parsed.disclosable() {
        let opened = open(&parsed.present(|path| path != left), &[issuer.public()]).unwrap();
        assert!(!opened.disclosed.contains(left) && opened.disclosed.len() == wanted.len() - 1);
        assert!(proof_of(&opened).is_ok(), "{left}");
    }
}

/// Ours with some claims changed (null: taken away).
fn changed(changes: Value) -> Result<Proof, Wrong> {
    let (issuer, holder) = (new_key(), new_key().public());
    let (mut claims, _): (Map<String, Value>, _) = claims_of(&full(&holder), &holder);
    for (name, value) in object(changes) {
        if value.is_null() {
            claims.remove(&name)
        } else {
            claims.insert(name, value)
        };
    }
    let text = issue(&issuer, TYP, claims, &[], &SystemRandom::default()).unwrap();
    proof_of(&open(&text, &[issuer.public()])?)
}

#[test]
fn ours_with_a_claim_missing_or_of_the_wrong_kind_is_refused() {
    for (changes, wrong) in [
        (json!({ "iss": null }), Wrong::Claims),
        (json!({ "iss": 1 }), Wrong::Claims),
        (json!({ "iat": null }), Wrong::Claims),
        (json!({ "iat": "2026" }), Wrong::Claims),
        (json!({ "exp": "2026" }), Wrong::Claims),
        (json!({ "nbf": [] }), Wrong::Claims),
        (json!({ "cnf": null }), Wrong::Binding),
        (json!({ "cnf": { "jwk": { "kty": "oct", "k": "AA" } } }), Wrong::Binding),
        (json!({ "organisation": null }), Wrong::Claims),
        (json!({ "organisation": { "name": "x" } }), Wrong::Claims),
        (json!({ "name": "Heta arbeten" }), Wrong::Claims),
        (json!({ "name": {} }), Wrong::Claims),
        (json!({ "name": { "sv": "" } }), Wrong::Claims),
        (json!({ "name": { "sv": "a\u{0}" } }), Wrong::Claims),
        (json!({ "name": { "sv!": "a" } }), Wrong::Claims),
        (json!({ "name": { "sv": "x".repeat(301) } }), Wrong::Claims),
        (json!({ "level": null }), Wrong::Claims),
        (json!({ "level": "E1" }), Wrong::Claims),
        (json!({ "level": "E6" }), Wrong::Claims),
        (json!({ "level": 4 }), Wrong::Claims),
        (json!({ "seqf": 9 }), Wrong::Claims),
        (json!({ "part": "half" }), Wrong::Claims),
        (json!({ "framework": { "id": "a" } }), Wrong::Claims),
        (json!({ "criteria": [{ "id": "a" }] }), Wrong::Claims),
        (json!({ "criteria": {} }), Wrong::Claims),
        (json!({ "concepts": [1] }), Wrong::Claims),
        (json!({ "assessed": "2026-13" }), Wrong::Claims),
        (json!({ "given_name": 1 }), Wrong::Claims),
        (json!({ "status": "none" }), Wrong::Claims),
        (json!({ "status": { "status_list": { "idx": -1, "uri": "https://a.example" } } }), Wrong::Claims),
        (json!({ "status": { "status_list": { "idx": 1 } } }), Wrong::Claims),
    ] {
        assert_eq!(changed(changes.clone()).err(), Some(wrong), "{changes}");
    }
    assert!(changed(json!({})).is_ok());
    assert_eq!(changed(json!({ "status": null })).unwrap().status, None);
}

#[test]
fn a_status_kept_in_a_way_that_we_do_not_know_is_not_forgotten() {
    let read = changed(json!({ "status": { "identifier_list": {} } })).unwrap();
    assert_eq!(read.status.map(|status| status.list), Some(StatusKind::Other));
}

#[test]
fn a_foreign_credential_is_read_as_far_as_it_is_understood() {
    let key = new_key();
    let read = |claims: Value| {
        let text = raw(&key, json!({ "typ": TYP }), &claims.to_string(), &[]);
        proof_of(&open(&text, &[key.public()]).unwrap())
    };
    let bare = read(json!({ "vct": "https://school.example/diploma" })).unwrap();
    assert_eq!((bare.competence.name("sv"), bare.issuer.id.as_str()), ("https://school.example/diploma", ""));
    let named = read(json!({
        "vct": "x", "iss": "https://school.example", "name": "Diploma", "level": "E5", "issuing_authority": "A school",
        "given_name": "Amina", "cnf": { "jwk": { "kty": "EC", "crv": "P-384", "x": "AA", "y": "AA" } }, "exp": 1_900_000_000,
    }))
    .unwrap();
    assert_eq!((named.competence.name("sv"), named.competence.level, named.holder), ("Diploma", None, None));
    assert_eq!((named.issuer.name.as_deref(), named.subject.given.as_deref()), (Some("A school"), Some("Amina")));
    assert!(named.until.is_some());
    assert_eq!(read(json!({ "vct": "x", "exp": "soon" })).err(), Some(Wrong::Claims));
}
