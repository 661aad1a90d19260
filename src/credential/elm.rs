//! A proof as a credential of the European Learning Model 3 (application profile "EDC generic"), in JSON-LD. It bears no seal: only its
//! issuer could seal it, and whoever is to rely on it asks for the proof itself.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};

use super::badge::picture;
use crate::domain::Timestamp;
use crate::domain::credential::{Competence, Issuer, Part, Proof};

const CONTEXTS: [&str; 2] = ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"];
const PROFILE: &str = "http://data.europa.eu/snb/model/ap/edc-generic-no-cv";
const COUNTRIES: &str = "http://publications.europa.eu/resource/authority/country";
const LANGUAGES: &str = "http://publications.europa.eu/resource/authority/language";
const EQF: &str = "http://data.europa.eu/snb/eqf/";
const EQF_SCHEME: &str = "http://data.europa.eu/snb/eqf/25831c2";
const FILES: &str = "http://publications.europa.eu/resource/authority/file-type";
const ESCO: &str = "http://data.europa.eu/esco/concept-scheme/skills";

/// UTF-8 JSON. `id`: a URI for this file.
pub fn credential(proof: &Proof, id: &str) -> Vec<u8> {
    let issued = proof.issued.or(proof.from).unwrap_or_default();
    let issuer = issuer(&proof.issuer, id);
    let members = [
        ("@context", Some(json!(CONTEXTS))),
        ("id", Some(id.into())),
        ("type", Some(json!(["VerifiableCredential", "EuropeanDigitalCredential"]))),
        (
            "credentialProfiles",
            Some(concept("http://data.europa.eu/snb/credential/e34929035b", "http://data.europa.eu/snb/credential/25831c2")),
        ),
        ("credentialSchema", Some(json!({ "id": PROFILE, "type": "ShaclValidator2017" }))),
        ("displayParameter", Some(display(&proof.competence, id))),
        ("issuer", Some(issuer)),
        ("issuanceDate", Some(whole(issued))),
        ("issued", Some(whole(issued))),
        ("validFrom", Some(whole(proof.from.unwrap_or(issued)))),
        ("expirationDate", proof.until.map(whole)),
        ("credentialSubject", Some(subject(proof, id, issued))),
    ];
    let mut out = serde_json::to_vec_pretty(&present(members)).unwrap_or_default();
    out.push(b'\n');
    out
}

fn present<const N: usize>(members: [(&str, Option<Value>); N]) -> Map<String, Value> {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn whole(time: Timestamp) -> Value {
    time.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true).into()
}

fn concept(id: &str, scheme: &str) -> Value {
    json!({ "id": id, "type": "Concept", "inScheme": { "id": scheme, "type": "ConceptScheme" } })
}

fn sweden() -> Value {
    concept(&format!("{COUNTRIES}/SWE"), COUNTRIES)
}

fn issuer(issuer: &Issuer, id: &str) -> Value {
    let name = issuer.name.as_deref().unwrap_or(&issuer.id);
    let registration = issuer
        .number
        .as_ref()
        .map(|number| json!({ "id": part(id, "number"), "type": "LegalIdentifier", "notation": number, "spatial": sweden() }));
    let location = issuer.number.as_ref().map(|_| {
        json!({
            "id": part(id, "location"), "type": "Location",
            "address": { "id": part(id, "address"), "type": "Address", "countryCode": sweden() },
        })
    });
    let members = [
        ("id", Some(issuer.id.as_str().into())),
        ("type", Some(kind(issuer).into())),
        (if issuer.number.is_some() { "legalName" } else { "prefLabel" }, Some(json!({ "sv": name }))),
        ("registration", registration),
        ("location", location),
    ];
    present(members).into()
}

/// Of an organisation its country must be said, which we know only of one with a Swedish number.
const fn kind(issuer: &Issuer) -> &'static str {
    if issuer.number.is_some() { "Organisation" } else { "Agent" }
}

fn part(id: &str, name: &str) -> String {
    format!("{id}:{name}")
}

/// How it looks: our own picture, since a display must have one.
fn display(competence: &Competence, id: &str) -> Value {
    // The languages that we know the authority's codes of; what else there is shows by itself.
    let language = if competence.name.contains_key("sv") || !competence.name.contains_key("en") { "SWE" } else { "ENG" };
    let language = concept(&format!("{LANGUAGES}/{language}"), LANGUAGES);
    let image = json!({
        "id": part(id, "image"), "type": "MediaObject", "content": BASE64_STANDARD.encode(picture::png().unwrap_or_default()),
        "contentEncoding": concept("http://data.europa.eu/snb/encoding/6146cde7dd", "http://data.europa.eu/snb/encoding/25831c2"),
        "contentType": concept(&format!("{FILES}/PNG"), FILES),
    });
    let detail = json!({ "id": part(id, "detail"), "type": "DisplayDetail", "image": image, "page": 1 });
    let looks =
        json!({ "id": part(id, "looks"), "type": "IndividualDisplay", "language": language.clone(), "displayDetail": detail });
    json!({
        "id": part(id, "display"), "type": "DisplayParameter", "title": competence.name, "primaryLanguage": language.clone(),
        "language": language, "individualDisplay": looks,
    })
}

fn subject(proof: &Proof, id: &str, issued: Timestamp) -> Value {
    let named = |text: &Option<String>| text.as_ref().map(|text| json!({ "sv": text }));
    let body = json!({ "id": proof.issuer.id, "type": kind(&proof.issuer) });
    let award = json!({ "id": part(id, "award"), "type": "AwardingProcess", "awardingBody": body, "awardingDate": whole(issued) });
    let achievement = present([
        ("id", Some(part(id, "achievement").into())),
        ("type", Some("LearningAchievement".into())),
        ("title", Some(json!(proof.competence.name))),
        ("description", proof.competence.method.as_ref().map(|method| json!({ "sv": method }))),
        ("awardedBy", Some(award)),
        ("specifiedBy", Some(specification(&proof.competence, id))),
    ]);
    let members = [
        ("id", Some(part(id, "person").into())),
        ("type", Some("Person".into())),
        ("givenName", named(&proof.subject.given)),
        ("familyName", named(&proof.subject.family)),
        ("hasClaim", Some(achievement.into())),
    ];
    present(members).into()
}

fn specification(competence: &Competence, id: &str) -> Value {
    let qualification = competence.seqf.is_some();
    let outcome = |(n, title, skill): (usize, Value, Option<Value>)| {
        let members = [
            ("id", Some(part(id, &format!("outcome:{n}")).into())),
            ("type", Some("LearningOutcome".into())),
            ("title", Some(title)),
            ("relatedESCOSkill", skill),
        ];
        Value::from(present(members))
    };
    let criteria = competence.criteria.iter().map(|met| (json!({ "sv": met.name }), None));
    let skills = competence.concepts.iter().map(|uri| (json!(competence.name), Some(concept(uri, ESCO))));
    let outcomes: Vec<Value> =
        criteria.chain(skills).enumerate().map(|(n, (title, skill))| outcome((n + 1, title, skill))).collect();
    let members = [
        ("id", Some(part(id, "specification").into())),
        ("type", Some(if qualification { "Qualification" } else { "LearningAchievementSpecification" }.into())),
        ("title", Some(json!(competence.name))),
        ("learningOutcome", (!outcomes.is_empty()).then(|| outcomes.into())),
        ("eqfLevel", competence.seqf.map(|level| concept(&format!("{EQF}{level}"), EQF_SCHEME))),
        ("isPartialQualification", competence.part.filter(|_| qualification).map(|part| (part == Part::Part).into())),
    ];
    present(members).into()
}
