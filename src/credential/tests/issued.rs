//! Badges that we issue ourselves.

use super::*;
use crate::credential::badge::baked;
use crate::credential::badge::issue::{More, issue};
use crate::crypto::jws::SigningKey;
use crate::domain::credential::{Competence, Format, FrameworkRef, Issuer, Met, Part, Proof, StatusKind, StatusRef, Subject};
use crate::domain::profile::Evidence;

fn key() -> SigningKey {
    SigningKey::from_pkcs8(&SigningKey::generate().expect("a key")).expect("a key")
}

fn proof() -> Proof {
    Proof {
        format: Format::BadgeJwt,
        kind: "OpenBadgeCredential".into(),
        issuer: Issuer { id: "https://a.example/issuer/1".into(), name: Some("A".into()), number: Some("202100-2114".into()) },
        subject: Subject { given: Some("Amina".into()), family: Some("Svensson".into()) },
        competence: Competence {
            name: [("sv".to_owned(), "Svetsning".to_owned())].into(),
            level: Some(Evidence::E4),
            seqf: Some(4),
            part: Some(Part::Part),
            framework: Some(FrameworkRef { id: "svets".into(), version: "2026:1 b".into(), name: "Svetsbranschen".into() }),
            criteria: vec![Met { id: "mig".into(), name: "MIG-svetsning".into() }],
            concepts: vec!["http://data.europa.eu/esco/skill/1".into()],
            method: Some("Provsvets".into()),
            assessor: None,
            assessed: None,
        },
        issued: Timestamp::parse_rfc3339("2026-11-01T00:00:00Z"),
        from: Timestamp::parse_rfc3339("2026-11-01T00:00:00Z"),
        until: Timestamp::parse_rfc3339("2027-11-01T00:00:00Z"),
        status: Some(StatusRef { list: StatusKind::Revocation, uri: "https://a.example/issuer/1/revocation/1".into(), index: 7 }),
        holder: Some([3; 32]),
    }
}

fn made(key: &SigningKey) -> (Proof, String) {
    let proof = proof();
    let labels = [("http://data.europa.eu/esco/skill/1".to_owned(), "svetsa".to_owned())];
    let more = More {
        id: "urn:uuid:0191d5a0-0000-7000-8000-000000000001",
        criteria: "Provsvets",
        status: proof.status.as_ref(),
        labels: &labels,
    };
    let badge = issue(&proof, &more, key);
    (proof, badge)
}

fn check_it(file: &[u8], key: &SigningKey) -> Result<Checked, Wrong> {
    let foreign = read(file)?;
    let keys = IssuerKeys::Known(vec![key.public()]);
    let trusted = trusting("https://a.example/issuer/1");
    let contexts = Contexts::default();
    Ok(check(&foreign, &Given { keys: &keys, trusted: Some(&trusted), contexts: &contexts, now: now(), shown: None }, &[None]))
}

#[test]
fn it_says_what_the_proof_says_but_of_whom_and_how() {
    let key = key();
    let (proof, badge) = made(&key);
    assert!(!badge.contains("Amina"));
    let checked = check_it(badge.as_bytes(), &key).expect("a badge");
    assert_eq!(checked.verdict, Verdict::Valid);
    let competence = Competence { method: None, ..proof.competence.clone() };
    let issuer = Issuer { name: Some("Listed".into()), ..proof.issuer.clone() };
    assert_eq!(checked.proof, Some(Proof { subject: Subject::default(), competence, issuer, ..proof }));
}

#[test]
fn no_flipped_sign_of_it_is_valid() {
    let key = key();
    let (_, badge) = made(&key);
    for at in (0..badge.len()).step_by(3) {
        let mut changed = badge.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let found = check_it(&changed, &key).map_or_else(Verdict::NotValid, |checked| checked.verdict);
        assert!(matches!(found, Verdict::NotValid(_) | Verdict::UnknownIssuer), "{at}: {found:?}");
    }
}

#[test]
fn it_is_read_out_of_pictures() {
    let key = key();
    let (_, badge) = made(&key);
    let svg = baked::into_svg(badge::picture::SVG, &badge).expect("baked");
    let png = baked::into_png(badge::picture::png().expect("drawn"), &badge).expect("baked");
    for file in [svg.into_bytes(), png] {
        assert_eq!(check_it(&file, &key).expect("a badge").verdict, Verdict::Valid);
    }
    let enveloped =
        format!(r#"{{"@context":["{V2}"],"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,{badge}"}}"#);
    assert_eq!(check_it(enveloped.as_bytes(), &key).expect("a badge").verdict, Verdict::Valid);
}

#[test]
fn what_the_jwt_says_against_its_content_is_refused() {
    let key = key();
    let header = || [("typ".to_owned(), "vc+jwt".into())].into_iter().collect::<Map<String, Value>>();
    let with = |name: &str, value: Value| {
        let mut content = badge();
        content.insert(name.to_owned(), value);
        key.compact(header(), &bytes(&content))
    };
    for (name, value) in [("iss", "https://b.example"), ("jti", "urn:x"), ("sub", "did:example:2")] {
        assert_eq!(read(with(name, value.into()).as_bytes()).expect_err(name), Wrong::Claims);
    }
    let early = read(with("exp", 1_700_000_000.into()).as_bytes()).expect("a badge");
    let (keys, trusted) = (IssuerKeys::Known(vec![key.public()]), trusting("https://a.example/issuer"));
    let contexts = Contexts::default();
    let given = Given { keys: &keys, trusted: Some(&trusted), contexts: &contexts, now: now(), shown: None };
    assert_eq!(check(&early, &given, &[]).verdict, Verdict::Expired, "the narrower of both counts");
    let typed = key.compact([("typ".to_owned(), "at+jwt".into())].into_iter().collect(), &bytes(&badge()));
    assert_eq!(read(typed.as_bytes()).expect_err("a token of another sort"), Wrong::Kind);
    let none = format!("eyJhbGciOiJub25lIn0.{}.", with("x", 1.into()).split('.').nth(1).expect("a payload"));
    assert_eq!(read(none.as_bytes()).expect_err("none"), Wrong::Algorithm);
}

#[test]
fn the_eus_claim_set_says_what_is_known_and_names_what_is_not() {
    let exported = eudi::claims(&proof(), "sv");
    assert_eq!(exported.claims["vct"], eudi::VCT);
    assert_eq!(exported.claims["achievement_title"], "Svetsning");
    assert_eq!(exported.claims["level_of_learning_experience"], 4);
    assert_eq!(exported.claims["learning_outcomes"], json!(["MIG-svetsning"]));
    assert_eq!(exported.claims["issuing_country"], "SE");
    assert_eq!(exported.lacks, ["language_of_classes", "learner_identification", "expected_study_time"]);
    let mut hidden = proof();
    hidden.subject = Subject::default();
    assert!(eudi::claims(&hidden, "sv").lacks.contains(&"family_name"));
}
