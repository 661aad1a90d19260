//! The cases of the decision table: each actor, each action, each thing that tells. Policies of an operator's own are put to them at
//! each start: whatever ours never permit, theirs must not.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::load::PolicyFault;
use super::permit::Why;
use super::{Action, Actor, On, Policy, Question, Resource, Sharing};
use crate::domain::consent::{Mode, Right};
use crate::domain::organisation::Role;
use crate::domain::profile::Kind;
use crate::domain::{ConsentId, OwnerId, StaffId, UnitId};

mod issuing;
mod link;

pub(super) const ME: u128 = 1;
pub(super) const OTHER: u128 = 2;

pub(super) fn owner(n: u128) -> OwnerId {
    OwnerId(Uuid::from_u128(n))
}

pub(super) fn unit(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(100 + n))
}

pub(super) fn consent(n: u128) -> ConsentId {
    ConsentId(Uuid::from_u128(200 + n))
}

fn staff(n: u128) -> StaffId {
    StaffId(Uuid::from_u128(300 + n))
}

/// Every sort of actor. The match is exhaustive, so that a new sort is missed here first.
pub(super) fn name(actor: &Actor) -> String {
    let keys = |opened: bool, fresh: bool| match (opened, fresh) {
        (false, _) => "closed",
        (true, false) => "opened",
        (true, true) => "fresh",
    };
    match actor {
        Actor::Anonymous => "anonymous".into(),
        Actor::Newcomer { invited_to: None } => "newcomer (not invited)".into(),
        Actor::Newcomer { invited_to: Some(_) } => "newcomer (invited)".into(),
        Actor::Participant { opened, fresh, .. } => format!("participant ({})", keys(*opened, *fresh)),
        Actor::Card { .. } => "card".into(),
        Actor::Staff { role, opened, fresh, .. } => format!("{} ({})", role.word(), keys(*opened, *fresh)),
        Actor::Token { .. } => "token".into(),
        Actor::Client { .. } => "client".into(),
        Actor::Job => "job".into(),
        Actor::Operator => "operator".into(),
    }
}

pub(super) fn actors() -> Vec<Actor> {
    let keys = [(false, false), (true, false), (true, true)];
    let mut all = vec![Actor::Anonymous, Actor::Newcomer { invited_to: None }, Actor::Newcomer { invited_to: Some(unit(ME)) }];
    all.extend(keys.map(|(opened, fresh)| Actor::Participant { owner: owner(ME), opened, fresh }));
    all.push(Actor::Card { owner: owner(ME) });
    for role in [Role::Reader, Role::Issuer, Role::Administrator] {
        all.extend(keys.map(|(opened, fresh)| Actor::Staff { staff: staff(ME), unit: unit(ME), role, opened, fresh }));
    }
    all.extend([
        Actor::Token { consent: consent(ME), unit: unit(ME) },
        Actor::Client { unit: unit(ME) },
        Actor::Job,
        Actor::Operator,
    ]);
    all
}

/// A consent to the employment service, within everything; each case changes one thing.
pub(super) struct Terms {
    pub(super) owner: u128,
    pub(super) consent: u128,
    pub(super) unit: u128,
    pub(super) recipient: &'static str,
    pub(super) purpose: &'static str,
    pub(super) kinds: BTreeSet<Kind>,
    pub(super) rights: BTreeSet<Right>,
    pub(super) mode: Mode,
    pub(super) days: u16,
    pub(super) given: bool,
    pub(super) in_time: bool,
    pub(super) protected: bool,
    pub(super) link: bool,
}

impl Terms {
    pub(super) fn plain() -> Self {
        Self {
            owner: ME,
            consent: ME,
            unit: ME,
            recipient: "af",
            purpose: "job_matching",
            kinds: [Kind::Skill, Kind::Work].into(),
            rights: [Right::Read].into(),
            mode: Mode::Copy,
            days: 183,
            given: true,
            in_time: true,
            protected: false,
            link: false,
        }
    }

    pub(super) fn to(recipient: &'static str, purpose: &'static str, days: u16, kinds: &[Kind]) -> Self {
        Self { recipient, purpose, days, kinds: kinds.iter().copied().collect(), ..Self::plain() }
    }

    pub(super) fn sharing(&self) -> Sharing<'_> {
        Sharing {
            owner: owner(self.owner),
            consent: consent(self.consent),
            unit: unit(self.unit),
            recipient: self.recipient,
            purpose: self.purpose,
            kinds: &self.kinds,
            rights: &self.rights,
            mode: self.mode,
            days: self.days,
            given: self.given,
            in_time: self.in_time,
            protected: self.protected,
            link: self.link,
        }
    }
}

/// What tells while one gives or changes.
fn proposed() -> Vec<(&'static str, Terms)> {
    let plain = Terms::plain;
    let employer = |kinds: &[Kind]| Terms::to("employer_apply", "recruitment", 90, kinds);
    let social = |kinds: &[Kind]| Terms::to("social_services", "self_support", 183, kinds);
    vec![
        ("one's own", plain()),
        ("another's", Terms { owner: OTHER, ..plain() }),
        ("nothing in it", Terms { kinds: BTreeSet::new(), ..plain() }),
        ("sensitive, within the ceiling", Terms { kinds: [Kind::Skill, Kind::Needs].into(), ..plain() }),
        ("above the ceiling", Terms { kinds: [Kind::Skill, Kind::Health].into(), ..plain() }),
        ("safety", social(&[Kind::Safety])),
        ("safe contact", social(&[Kind::SafeContact])),
        ("protected identity", social(&[Kind::ProtectedIdentity])),
        ("home, identity protected", Terms { kinds: [Kind::Home].into(), protected: true, ..plain() }),
        ("skills, identity protected", Terms { protected: true, ..plain() }),
        ("employer, work", employer(&[Kind::Work])),
        ("employer, age", employer(&[Kind::BirthYear])),
        ("employer, needs", employer(&[Kind::Needs])),
        ("another kind's purpose", Terms { purpose: "recruitment", ..plain() }),
        ("a day longer than the longest", Terms { days: 184, ..plain() }),
        ("no day at all", Terms { days: 0, ..plain() }),
        ("unknown kind of recipient", Terms { recipient: "guild", ..plain() }),
    ]
}

/// What tells while it is read.
fn held() -> Vec<(&'static str, Terms)> {
    let plain = Terms::plain;
    vec![
        ("one's own unit and consent", plain()),
        ("view only", Terms { mode: Mode::View, ..plain() }),
        ("another consent of the unit", Terms { consent: OTHER, ..plain() }),
        ("another unit's", Terms { consent: OTHER, unit: OTHER, ..plain() }),
        ("not given, or withdrawn", Terms { given: false, ..plain() }),
        ("before or after its time", Terms { in_time: false, ..plain() }),
        ("only proposing was given", Terms { rights: [Right::Propose].into(), ..plain() }),
        ("above the ceiling", Terms { kinds: [Kind::Skill, Kind::Health].into(), ..plain() }),
        ("safety", Terms { kinds: [Kind::Safety].into(), ..plain() }),
        ("employer, needs", Terms::to("employer_apply", "recruitment", 90, &[Kind::Needs])),
        ("unknown kind of recipient", Terms { recipient: "guild", ..plain() }),
    ]
}

/// Each case of an action, put to each actor.
pub(super) fn ask(action: Action, mut each: impl FnMut(&str, Resource<'_>)) {
    let own = [("one's own", ME), ("another's", OTHER)];
    let units = [("one's own unit's", ME), ("another unit's", OTHER)];
    let token =
        |days, given, in_time, n| Resource::Token { owner: owner(ME), consent: consent(n), unit: unit(n), given, in_time, days };
    match (action.on(), action) {
        (On::System, _) => each("the service", Resource::System),
        (On::Account, _) => own.iter().for_each(|(case, n)| {
            // A member of staff has an account of their own; a participant's is another's to them.
            each(case, Resource::Account { owner: owner(*n) });
            if *n == ME {
                each("staff's own", Resource::Account { owner: staff(ME).into() });
            }
        }),
        (On::Profile, _) => own.iter().for_each(|(case, n)| each(case, Resource::Profile { owner: owner(*n) })),
        (On::Unit, _) => units.iter().for_each(|(case, n)| each(case, Resource::Unit { unit: unit(*n) })),
        (On::Consent, _) => {
            for (case, whose, n) in
                [("one's own", ME, ME), ("another's, to one's own unit", OTHER, ME), ("another's, to another", OTHER, OTHER)]
            {
                each(case, Resource::Consent { owner: owner(whose), consent: consent(n), unit: unit(n) });
            }
        }
        (On::Token, _) => {
            each("30 days", token(30, true, true, ME));
            each("31 days", token(31, true, true, ME));
            each("no day at all", token(0, true, true, ME));
            each("not given, or withdrawn", token(30, false, true, ME));
            each("before or after its time", token(30, true, false, ME));
            each("another unit's", token(30, true, true, OTHER));
        }
        (On::Link, _) => link::rows(each),
        (On::Showing, _) => {
            let showing = |given, in_time, left| Resource::Showing { owner: owner(ME), given, in_time, left };
            each("in force", showing(true, true, 1));
            each("ended by its person", showing(false, true, 1));
            each("after its time", showing(true, false, 1));
            each("used up", showing(true, true, 0));
        }
        (On::Issuing, _) => issuing::rows(each),
        (On::Sharing, Action::Disclose | Action::DeliverCopy) => {
            held().iter().chain(&link::held()).for_each(|(case, terms)| each(case, Resource::Sharing(&terms.sharing())));
        }
        (On::Sharing, _) => {
            proposed().iter().chain(&link::proposed()).for_each(|(case, terms)| each(case, Resource::Sharing(&terms.sharing())))
        }
    }
}

impl Policy {
    /// Whether these policies refuse whatever the reviewed ones refuse for good (`never`, and what has `ended`).
    ///
    /// # Errors
    /// [`PolicyFault::Lax`] with the first question that they permit and must not.
    pub fn no_laxer_than(&self, reviewed: &Self) -> Result<(), PolicyFault> {
        let mut found = None;
        for action in Action::ALL {
            ask(*action, |case, resource| {
                for actor in actors() {
                    let question = Question { actor, action: *action, resource };
                    if found.is_none() && refused_for_good(reviewed, &question) && self.weigh(&question).is_ok() {
                        found = Some(PolicyFault::Lax { actor: name(&actor), action: action.name(), case: case.to_owned() });
                    }
                }
            });
        }
        found.map_or(Ok(()), Err)
    }
}

fn refused_for_good(policy: &Policy, question: &Question<'_>) -> bool {
    policy.weigh(question).is_err_and(|refused| matches!(refused.why, Why::Never | Why::Ended))
}
