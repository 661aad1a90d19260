//! The claim set of the learning credential of the EU's wallet pilots (`urn:eu.europa.ec.eudi:learning:credential:1`, as the European
//! Commission's reference issuer publishes it in its metadata; no rulebook for it is published yet), from a proof that someone holds.
//! It is an export: only the issuer can sign one.

use serde_json::{Map, Value};

use crate::domain::Timestamp;
use crate::domain::credential::Proof;

pub const VCT: &str = "urn:eu.europa.ec.eudi:learning:credential:1";

/// Claims that the data model demands.
const MUST: [&str; 10] = [
    "issuing_authority",
    "issuing_country",
    "date_of_issuance",
    "family_name",
    "achievement_title",
    "language_of_classes",
    "learner_identification",
    "expected_study_time",
    "level_of_learning_experience",
    "types_of_quality_assurance",
];

/// What is exported, and what the data model demands and a proof of ours does not say.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    pub claims: Map<String, Value>,
    pub lacks: Vec<&'static str>,
}

/// The claims, with texts in `lang` where the proof has them.
pub fn claims(proof: &Proof, lang: &str) -> Exported {
    let competence = &proof.competence;
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let outcomes: Vec<&str> = competence.criteria.iter().map(|one| one.name.as_str()).collect();
    let day = |at: Option<Timestamp>| at.map(|at| at.day().to_string().into());
    let members = [
        ("vct", Some(VCT.into())),
        ("issuing_authority", text(&proof.issuer.name)),
        // An organisation number is Swedish.
        ("issuing_country", proof.issuer.number.as_ref().map(|_| "SE".into())),
        ("date_of_issuance", day(proof.issued)),
        ("date_of_expiry", day(proof.until)),
        ("family_name", text(&proof.subject.family)),
        ("given_name", text(&proof.subject.given)),
        ("achievement_title", Some(competence.name(lang).into())),
        ("achievement_description", competence.framework.as_ref().map(|one| format!("{} {}", one.name, one.version).into())),
        ("learning_outcomes", (!outcomes.is_empty()).then(|| outcomes.into())),
        // SeQF is referenced to the EQF level by level (förordning 2015:545).
        ("level_of_learning_experience", competence.seqf.map(Value::from)),
        ("types_of_quality_assurance", competence.method.as_deref().map(|method| Value::from(vec![method]))),
    ];
    let claims: Map<String, Value> = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    let lacks = MUST.into_iter().filter(|name| !claims.contains_key(*name)).collect();
    Exported { claims, lacks }
}
