//! The Open Badge of a proof that a unit issues: the same, for those who read only that. It names nobody.

use super::issuing_key::Signing;
use super::status_list::revocation_uri;
use crate::credential::badge::issue::{More, issue};
use crate::domain::Random;
use crate::domain::credential::{Proof, StatusKind, StatusRef};
use crate::domain::random::uuid_v4;

/// At `place` of the unit's list `number`, as the proof itself is.
pub(super) fn badge_of(proof: &Proof, signing: &Signing, (number, place): (u64, u64), random: &dyn Random) -> String {
    let status = StatusRef { list: StatusKind::Revocation, uri: revocation_uri(signing, number), index: place };
    let competence = &proof.competence;
    let met = competence.criteria.iter().map(|one| one.name.as_str());
    let criteria: Vec<&str> = met.chain(competence.method.as_deref()).collect();
    let id = format!("urn:uuid:{}", uuid_v4(random));
    let criteria = if criteria.is_empty() { competence.name("sv").to_owned() } else { criteria.join(". ") };
    issue(proof, &More { id: &id, criteria: &criteria, status: Some(&status), labels: &[] }, &signing.key)
}
