use std::collections::BTreeSet;

use super::*;
use crate::domain::consent::{Mode, Right};
use crate::domain::profile::Kind;
use crate::domain::{ConsentId, OwnerId, UnitId};
use uuid::Uuid;

#[test]
fn a_token_of_the_consent_may_read_by_it() {
    let catalogue = Catalogue::embedded().expect("ours");
    let policy = Policy::load(None, &catalogue).map_err(|fault| fault.to_string()).expect("ours");
    let kinds: BTreeSet<Kind> = catalogue.kind("af").expect("af").allowed.iter().copied().collect();
    let rights = BTreeSet::from([Right::Read]);
    let sharing = Sharing {
        owner: OwnerId(Uuid::from_u128(1)),
        consent: ConsentId(Uuid::from_u128(2)),
        unit: UnitId(Uuid::from_u128(3)),
        recipient: "af",
        purpose: "job_matching",
        kinds: &kinds,
        rights: &rights,
        mode: Mode::View,
        days: 30,
        given: true,
        in_time: true,
        protected: false,
    };
    let actor = Actor::Token { consent: sharing.consent, unit: sharing.unit };
    let question = Question { actor, action: Action::Disclose, resource: Resource::Sharing(&sharing) };
    let began = std::time::Instant::now();
    for _ in 0..2000 {
        let _permit = policy.decide(&question).expect("allowed");
    }
    println!("{:?} a decision", began.elapsed() / 2000);
}
