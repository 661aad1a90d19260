//! The Open Badge of a proof of ours, as a JWT (Open Badges 3.0 with VC Data Model 2.0 and VC-JOSE): with the ESCO concepts, the criteria
//! and the level of qualification as alignments, how sure it is as a result, the organisation number as another identifier. Nobody is
//! named in it: its subject is the holder's key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use url::form_urlencoded::byte_serialize;

use super::says;
use crate::credential::times;
use crate::crypto::jws::SigningKey;
use crate::domain::Timestamp;
use crate::domain::credential::{Competence, Issuer, Part, Proof, StatusKind, StatusRef};

/// What a badge says beside the proof.
#[derive(Clone, Copy, Debug)]
pub struct More<'a> {
    /// Its own address: a URI, such as `urn:uuid:...`.
    pub id: &'a str,
    /// How it was earned, in a sentence.
    pub criteria: &'a str,
    /// Its place on the list of withdrawn badges (W3C Bitstring Status List).
    pub status: Option<&'a StatusRef>,
    /// Labels of concepts by their URIs, where they are known, in the badge's language ([`said`]).
    pub labels: &'a [(String, String)],
}

const CONTEXTS: [&str; 2] = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// The badge, signed by `key`, which must be one of its issuer's.
pub fn issue(proof: &Proof, more: &More<'_>, key: &SigningKey) -> String {
    let mut badge = content(proof, more);
    let subject = badge.get("credentialSubject").and_then(|subject| subject.get("id")).cloned();
    let registered = [
        ("iss", Some(proof.issuer.id.clone().into())),
        ("jti", Some(more.id.into())),
        ("sub", subject),
        ("iat", proof.issued.map(times::claim)),
        ("nbf", proof.from.map(times::claim)),
        ("exp", proof.until.map(times::claim)),
    ];
    badge.extend(registered.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    let header = [("typ".to_owned(), "vc+jwt".into()), ("cty".to_owned(), "vc".into())].into_iter().collect();
    key.compact(header, &serde_json::to_vec(&badge).unwrap_or_default())
}

fn content(proof: &Proof, more: &More<'_>) -> Map<String, Value> {
    let name = proof.competence.name("sv");
    let members = [
        ("@context", Some(json!(CONTEXTS))),
        ("id", Some(more.id.into())),
        ("type", Some(json!(["VerifiableCredential", "OpenBadgeCredential"]))),
        ("name", Some(name.into())),
        ("issuer", Some(issuer(&proof.issuer))),
        ("validFrom", proof.from.or(proof.issued).map(whole)),
        ("validUntil", proof.until.map(whole)),
        ("awardedDate", proof.issued.map(whole)),
        ("credentialSubject", Some(subject(proof, more))),
        ("credentialStatus", more.status.and_then(status)),
    ];
    present(members)
}

fn present<const N: usize>(members: [(&str, Option<Value>); N]) -> Map<String, Value> {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// RFC 3339 in whole seconds, as XML Schema's dateTimeStamp.
fn whole(time: Timestamp) -> Value {
    time.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true).into()
}

fn issuer(issuer: &Issuer) -> Value {
    let number = issuer
        .number
        .as_ref()
        .map(|number| json!([{ "type": "IdentifierEntry", "identifier": number, "identifierType": says::NUMBER }]));
    let members = [
        ("id", Some(issuer.id.as_str().into())),
        ("type", Some(json!(["Profile"]))),
        ("name", issuer.name.as_deref().map(Value::from)),
        ("otherIdentifier", number),
    ];
    present(members).into()
}

fn subject(proof: &Proof, more: &More<'_>) -> Value {
    let level = proof.competence.level.map(|level| (says::LEVEL, "Evidence level", format!("{level:?}")));
    let part =
        proof.competence.part.map(|part| (says::EXTENT, "Extent", if part == Part::Whole { "whole" } else { "part" }.to_owned()));
    let results: Vec<_> = level.into_iter().chain(part).collect();
    let id = |of: &str| format!("{}#{}", more.id, of.trim_start_matches("ext:"));
    let described =
        results.iter().map(|(of, name, _)| json!({ "id": id(of), "type": ["ResultDescription"], "name": name, "resultType": of }));
    let achieved = results.iter().map(|(of, _, value)| json!({ "type": ["Result"], "resultDescription": id(of), "value": value }));
    let (name, lang) = said(&proof.competence);
    let alignments = alignments(&proof.competence, more.labels);
    let achievement = present([
        ("id", Some(id("achievement").into())),
        ("type", Some(json!(["Achievement"]))),
        ("name", Some(name.into())),
        ("inLanguage", (lang != "und").then(|| lang.into())),
        ("description", Some(name.into())),
        ("criteria", Some(json!({ "narrative": more.criteria }))),
        ("alignment", (!alignments.is_empty()).then_some(alignments.into())),
        ("resultDescription", list(described)),
    ]);
    let members = [
        ("id", proof.holder.map(|key| format!("{}{}", says::THUMBPRINT, URL_SAFE_NO_PAD.encode(key)).into())),
        ("type", Some(json!(["AchievementSubject"]))),
        ("achievement", Some(achievement.into())),
        ("result", list(achieved)),
    ];
    present(members).into()
}

fn list(all: impl Iterator<Item = Value>) -> Option<Value> {
    let all: Vec<Value> = all.collect();
    (!all.is_empty()).then_some(all.into())
}

/// Its name, and the language that it is in: the one that the whole badge is in.
pub fn said(competence: &Competence) -> (&str, &str) {
    let name = competence.name("sv");
    let lang = ["sv", "en"].into_iter().find(|lang| competence.name.contains_key(*lang));
    (name, lang.or_else(|| competence.name.keys().next().map(String::as_str)).unwrap_or("und"))
}

fn alignments(competence: &Competence, labels: &[(String, String)]) -> Vec<Value> {
    let alignment = |name: &str, url: String| {
        present([("type", Some(json!(["Alignment"]))), ("targetName", Some(name.into())), ("targetUrl", Some(url.into()))])
    };
    let coded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let mut all = Vec::new();
    for uri in &competence.concepts {
        let label = labels.iter().find(|(of, _)| of == uri).map_or_else(|| said(competence).0, |(_, label)| label);
        let mut one = alignment(label, uri.clone());
        one.insert("targetFramework".to_owned(), "ESCO".into());
        one.insert("targetType".to_owned(), "ceasn:Competency".into());
        all.push(one.into());
    }
    if let Some(framework) = &competence.framework {
        let base = format!("{}{}:{}", says::FRAMEWORK, coded(&framework.id), coded(&framework.version));
        all.push(alignment(&framework.name, base.clone()).into());
        for met in &competence.criteria {
            let mut one = alignment(&met.name, format!("{base}:{}", coded(&met.id)));
            one.insert("targetCode".to_owned(), met.id.as_str().into());
            one.insert("targetFramework".to_owned(), framework.name.as_str().into());
            all.push(one.into());
        }
    }
    if let Some(level) = competence.seqf {
        let mut one = alignment(&format!("EQF {level}"), format!("{}{level}", says::EQF));
        one.insert("targetFramework".to_owned(), "European Qualifications Framework".into());
        all.push(one.into());
    }
    all
}

/// W3C Bitstring Status List, 2.1; none for a list of another kind.
fn status(at: &StatusRef) -> Option<Value> {
    let purpose = match at.list {
        StatusKind::Revocation => "revocation",
        StatusKind::Suspension => "suspension",
        StatusKind::Token | StatusKind::Other => return None,
    };
    Some(json!({
        "id": format!("{}#{}", at.uri, at.index), "type": "BitstringStatusListEntry", "statusPurpose": purpose,
        "statusListIndex": at.index.to_string(), "statusListCredential": at.uri,
    }))
}
