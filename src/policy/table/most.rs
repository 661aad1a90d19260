//! The most that each kind of recipient may be given, found by asking.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::{ME, Terms, owner};
use crate::domain::profile::Kind;
use crate::policy::{Action, Actor, Catalogue, Policy, Question, Resource, Sharing};

/// Kinds of entry by kinds of recipient, each asked as a gift by a participant who has just given the passphrase.
pub(super) fn ceilings(policy: &Policy, catalogue: &Catalogue, out: &mut String) {
    let actor = Actor::Participant { owner: owner(ME), opened: true, fresh: true };
    let kinds = catalogue.kinds();
    out.push_str("\nCeilings: may a participant give it at all?\n");
    for (n, kind) in kinds.iter().enumerate() {
        let bars = "|  ".repeat(n);
        writeln!(out, "  {:20}{bars}{}", "", kind.id).expect("a string takes it");
    }
    for entry in Kind::ALL {
        let mut row = format!("  {:20}", entry.name());
        for kind in kinds {
            let one = BTreeSet::from([*entry]);
            let plain = Terms::plain();
            let sharing =
                Sharing { recipient: &kind.id, purpose: &kind.purposes[0], days: kind.max_days, kinds: &one, ..plain.sharing() };
            let question = Question { actor, action: Action::GiveConsent, resource: Resource::Sharing(&sharing) };
            row.push_str(if policy.decide(&question).is_ok() { "x  " } else { ".  " });
        }
        writeln!(out, "{}", row.trim_end()).expect("a string takes it");
    }
    durations(policy, catalogue, actor, out);
}

/// 1 to 400: searched by halves, as a longer one is never allowed where a shorter is not.
const DAYS: [u16; 400] = {
    let mut days = [0; 400];
    let mut n = 0;
    while n < days.len() {
        days[n] = n as u16 + 1;
        n += 1;
    }
    days
};

/// The longest duration and the purposes that the policies let pass, found by asking.
fn durations(policy: &Policy, catalogue: &Catalogue, actor: Actor, out: &mut String) {
    out.push_str("\nLongest duration in days, and purposes\n");
    for kind in catalogue.kinds() {
        let plain = Terms::plain();
        let may = |days: u16, purpose: &str| {
            let sharing = Sharing { recipient: &kind.id, purpose, days, kinds: &BTreeSet::from([Kind::Skill]), ..plain.sharing() };
            policy.decide(&Question { actor, action: Action::GiveConsent, resource: Resource::Sharing(&sharing) }).is_ok()
        };
        let longest = DAYS.partition_point(|days| may(*days, &kind.purposes[0]));
        let purposes: Vec<&str> = catalogue.purposes().iter().map(|p| p.id.as_str()).filter(|p| may(1, p)).collect();
        writeln!(out, "  {:20}{longest:3}  {}", kind.id, purposes.join(", ")).expect("a string takes it");
    }
}
