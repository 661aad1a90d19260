//! What a badge says, in our words. What we issue ourselves says more, in results and alignments of our own kinds (`ext:`).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Badge, many};
use crate::domain::Timestamp;
use crate::domain::credential::{Competence, Format, FrameworkRef, Issuer, Met, Part, Proof, Subject, Wrong};
use crate::domain::organisation::OrganisationNumber;
use crate::domain::profile::Evidence;

/// `identifierType` of an organisation number.
pub const NUMBER: &str = "ext:organisationNumber";
/// `resultType` of how sure it is, and of the whole or a part.
pub const LEVEL: &str = "ext:EvidenceLevel";
pub const EXTENT: &str = "ext:Extent";
/// Alignments: with the taxonomy, with levels of qualifications, with a criterion of a framework of ours.
pub const ESCO: &str = "http://data.europa.eu/esco/";
pub const EQF: &str = "http://data.europa.eu/snb/eqf/";
/// `ID:VERSION` of the framework, and for a criterion `:ID`, each as in a form (application/x-www-form-urlencoded).
pub const FRAMEWORK: &str = "urn:egenkarta:framework:";
/// A holder's key by its thumbprint (RFC 9278).
pub const THUMBPRINT: &str = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:";
/// Where nobody says in which language something is written (BCP 47).
const UNSAID: &str = "und";

/// The first of these members, as a time.
pub fn time(members: &Map<String, Value>, names: &[&str]) -> Result<Option<Timestamp>, Wrong> {
    let Some(value) = names.iter().find_map(|name| members.get(*name)) else { return Ok(None) };
    value.as_str().and_then(Timestamp::parse_rfc3339).map(Some).ok_or(Wrong::Claims)
}

pub fn proof(badge: &Badge, format: Format) -> Result<Proof, Wrong> {
    let members = badge.members();
    let subject = members.get("credentialSubject").ok_or(Wrong::Claims)?;
    let achievement = subject.get("achievement").ok_or(Wrong::Claims)?;
    Ok(Proof {
        format,
        kind: badge.kind.clone(),
        issuer: issuer(members.get("issuer"), &badge.issuer),
        subject: Subject::default(),
        competence: competence(subject, achievement)?,
        issued: time(members, &["awardedDate", "validFrom", "issuanceDate"])?.or(badge.from),
        from: badge.from,
        until: badge.until,
        status: badge.status.first().cloned(),
        holder: holder(subject),
    })
}

fn issuer(value: Option<&Value>, id: &str) -> Issuer {
    let identifier = |one: &Value| {
        let of = one.get("identifierType")?.as_str().filter(|of| *of == NUMBER);
        of.and(one.get("identifier")?.as_str()?.parse::<OrganisationNumber>().ok()).map(|number| number.to_string())
    };
    Issuer {
        id: id.to_owned(),
        name: text(value, "name"),
        number: many(value.and_then(|value| value.get("otherIdentifier"))).find_map(identifier),
    }
}

fn text(value: Option<&Value>, name: &str) -> Option<String> {
    let value = value?.get(name)?;
    value.as_str().or_else(|| many(Some(value)).next()?.get("@value")?.as_str()).map(str::to_owned)
}

fn competence(subject: &Value, achievement: &Value) -> Result<Competence, Wrong> {
    let alignments: Vec<&Value> = many(achievement.get("alignment")).collect();
    let targets = || alignments.iter().filter_map(|one| Some((one.get("targetUrl")?.as_str()?, *one)));
    let under = |start: &'static str| targets().filter_map(move |(url, one)| Some((url.strip_prefix(start)?, one)));
    let ours: Vec<(Vec<String>, &Value)> =
        under(FRAMEWORK).map(|(target, one)| (target.split(':').map(plain).collect(), one)).collect();
    let framework = ours.iter().find_map(|(parts, one)| match parts.as_slice() {
        [id, version] => Some(FrameworkRef { id: id.clone(), version: version.clone(), name: text(Some(one), "targetName")? }),
        _ => None,
    });
    Ok(Competence {
        name: names(achievement)?,
        level: result(subject, achievement, LEVEL)
            .and_then(|level| serde_json::from_value(level.to_lowercase().into()).ok())
            .filter(|level| *level != Evidence::E1),
        seqf: under(EQF).find_map(|(level, _)| level.parse().ok()).filter(|level| (1..=8).contains(level)),
        part: match result(subject, achievement, EXTENT).as_deref() {
            Some("whole") => Some(Part::Whole),
            Some("part") => Some(Part::Part),
            _ => None,
        },
        framework,
        criteria: ours
            .iter()
            .filter_map(|(parts, one)| match parts.as_slice() {
                [_, _, id] => Some(Met { id: id.clone(), name: text(Some(one), "targetName")? }),
                _ => None,
            })
            .collect(),
        concepts: targets().map(|(url, _)| url).filter(|url| url.starts_with(ESCO)).map(str::to_owned).collect(),
        method: None,
        assessor: None,
        assessed: None,
    })
}

fn plain(coded: &str) -> String {
    let pair = format!("v={coded}");
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn names(achievement: &Value) -> Result<BTreeMap<String, String>, Wrong> {
    let lang = achievement.get("inLanguage").and_then(Value::as_str).unwrap_or(UNSAID);
    let one = |value: &Value| match value {
        Value::String(text) => Some((lang.to_owned(), text.clone())),
        value => {
            let lang = value.get("@language").and_then(Value::as_str).unwrap_or(lang);
            Some((lang.to_owned(), value.get("@value")?.as_str()?.to_owned()))
        }
    };
    let names: BTreeMap<_, _> = many(achievement.get("name")).filter_map(one).collect();
    if names.is_empty() { Err(Wrong::Claims) } else { Ok(names) }
}

/// The value of the result whose description is of this type.
fn result(subject: &Value, achievement: &Value, of: &str) -> Option<String> {
    let mut descriptions = many(achievement.get("resultDescription"));
    let id = descriptions.find(|one| one.get("resultType").is_some_and(|named| named == of))?.get("id")?;
    let found = many(subject.get("result")).find(|one| one.get("resultDescription") == Some(id))?;
    found.get("value")?.as_str().map(str::to_owned)
}

fn holder(subject: &Value) -> Option<[u8; 32]> {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let thumbprint = subject.get("id")?.as_str()?.strip_prefix(THUMBPRINT)?;
    URL_SAFE_NO_PAD.decode(thumbprint).ok()?.try_into().ok()
}
