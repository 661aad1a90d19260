//! A proof as claims, and which of them its holder may leave out.

use serde_json::{Map, Value, json};

use crate::credential::sd_jwt::Path;
use crate::credential::times;
use crate::crypto::jws::PublicJwk;
use crate::domain::credential::{Competence, Proof, StatusKind, VCT};

/// Claims that can be left out, each by itself; beside them each element of `criteria` and of `concepts`.
const HIDEABLE: [&str; 8] = ["given_name", "family_name", "part", "seqf", "framework", "method", "assessor", "assessed"];

/// The claims of `proof`, bound to `holder`, and the paths that are hidden when they are signed. `proof.kind`, `proof.format` and
/// `proof.holder` say nothing here; a status of another sort than a token status list is not written.
pub fn claims_of(proof: &Proof, holder: &PublicJwk) -> (Map<String, Value>, Vec<Path>) {
    let competence = &proof.competence;
    let mut jwk = holder.members();
    jwk.remove("kid");
    let always = [
        ("iss", Some(json!(proof.issuer.id))),
        ("iat", proof.issued.map(times::claim)),
        ("nbf", proof.from.map(times::claim)),
        ("exp", proof.until.map(times::claim)),
        ("vct", Some(VCT.into())),
        ("cnf", Some(json!({ "jwk": jwk }))),
        ("status", status(proof)),
        ("organisation", Some(json!({ "name": proof.issuer.name, "number": proof.issuer.number }))),
        ("name", Some(json!(competence.name))),
        ("level", competence.level.map(|level| format!("{level:?}").into())),
        ("given_name", proof.subject.given.as_deref().map(Value::from)),
        ("family_name", proof.subject.family.as_deref().map(Value::from)),
    ];
    let claims = always.into_iter().chain(hideable(competence));
    let claims = claims.filter_map(|(name, value)| value.map(|value| (name.to_owned(), value))).collect();
    (claims, paths(competence))
}

fn hideable(competence: &Competence) -> [(&'static str, Option<Value>); 8] {
    let some = |empty: bool, value: Value| (!empty).then_some(value);
    [
        ("part", competence.part.map(|part| json!(part))),
        ("seqf", competence.seqf.map(Value::from)),
        ("framework", competence.framework.as_ref().map(|framework| json!(framework))),
        ("criteria", some(competence.criteria.is_empty(), json!(competence.criteria))),
        ("concepts", some(competence.concepts.is_empty(), json!(competence.concepts))),
        ("method", competence.method.as_deref().map(Value::from)),
        ("assessor", competence.assessor.as_deref().map(Value::from)),
        ("assessed", competence.assessed.map(|date| date.to_string().into())),
    ]
}

fn paths(competence: &Competence) -> Vec<Path> {
    let each = |name: &'static str, count: usize| (0..count).map(move |index| Path::element(name, index));
    let elements = each("criteria", competence.criteria.len()).chain(each("concepts", competence.concepts.len()));
    HIDEABLE.iter().map(|name| Path::top(name)).chain(elements).collect()
}

fn status(proof: &Proof) -> Option<Value> {
    let status = proof.status.as_ref().filter(|status| status.list == StatusKind::Token)?;
    Some(json!({ "status_list": { "idx": status.index, "uri": status.uri } }))
}
