//! What was allowed before. The answer hangs on the question alone (the policies see no row and no clock), and each read of a consent asks
//! the same one again, or asks it of others whom nothing tells apart.

use std::collections::HashSet;
use std::sync::RwLock;

use cedar_policy::PolicySet;
use uuid::Uuid;

use super::entities;
use super::question::{Actor, Question, Resource, Sharing};
use crate::domain::{ConsentId, OwnerId, StaffId, UnitId};

/// Questions about a consent's terms that were allowed. A refusal is weighed each time, since it names who refused.
pub(super) struct Memo {
    /// [`names_nobody`] holds for the policies that are asked.
    nameless: bool,
    allowed: RwLock<HashSet<Vec<u8>>>,
}

/// Some 150 bytes each. Where there are more it begins anew.
const MOST: usize = 4096;

impl Memo {
    pub fn new(nameless: bool) -> Self {
        Self { nameless, allowed: RwLock::default() }
    }

    /// `weigh` answers what was not allowed before.
    pub fn or_weigh<E>(&self, question: &Question<'_>, weigh: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
        let Some(key) = key(question, self.nameless) else { return weigh() };
        if self.allowed.read().is_ok_and(|allowed| allowed.contains(&key)) {
            return Ok(());
        }
        weigh()?;
        if let Ok(mut allowed) = self.allowed.write() {
            if allowed.len() >= MOST {
                allowed.clear();
            }
            allowed.insert(key);
        }
        Ok(())
    }

    #[cfg(test)]
    pub fn held(&self) -> usize {
        self.allowed.read().expect("nobody fails while holding it").len()
    }
}

/// Whether no policy names a person, a consent or a unit: then ids tell only who is the same as whom. (Recipient kinds are not anonymous.)
pub(super) fn names_nobody(policies: &PolicySet) -> bool {
    policies.policies().flat_map(|policy| policy.entity_literals()).all(|named| entities::is_common(named.type_name()))
}

/// All that the policies see of it, in postcard, which no two questions share; `None` for what is not kept.
fn key(question: &Question<'_>, nameless: bool) -> Option<Vec<u8>> {
    let Resource::Sharing(sharing) = question.resource else { return None };
    if !nameless {
        return postcard::to_allocvec(&(question.actor, question.action, sharing)).ok();
    }
    let mut met = Met(Vec::with_capacity(4));
    let (actor, sharing) = (met.actor(question.actor), met.sharing(*sharing));
    postcard::to_allocvec(&(actor, question.action, sharing)).ok()
}

/// Ids in the order in which they were met. Each stands for itself by its place, so none may be left as it was: it would no longer be
/// known for the same as another.
struct Met(Vec<Uuid>);

impl Met {
    fn id(&mut self, id: Uuid) -> Uuid {
        let known = self.0.iter().position(|met| *met == id);
        let place = known.unwrap_or_else(|| {
            self.0.push(id);
            self.0.len() - 1
        });
        Uuid::from_u128(place as u128)
    }

    fn owner(&mut self, owner: OwnerId) -> OwnerId {
        OwnerId(self.id(owner.0))
    }

    fn consent(&mut self, consent: ConsentId) -> ConsentId {
        ConsentId(self.id(consent.0))
    }

    fn unit(&mut self, unit: UnitId) -> UnitId {
        UnitId(self.id(unit.0))
    }

    fn actor(&mut self, actor: Actor) -> Actor {
        match actor {
            Actor::Anonymous | Actor::Job | Actor::Operator => actor,
            Actor::Newcomer { invited_to } => Actor::Newcomer { invited_to: invited_to.map(|unit| self.unit(unit)) },
            Actor::Participant { owner, opened, fresh } => Actor::Participant { owner: self.owner(owner), opened, fresh },
            Actor::Card { owner } => Actor::Card { owner: self.owner(owner) },
            Actor::Staff { staff, unit, role, opened, fresh } => {
                Actor::Staff { staff: StaffId(self.id(staff.0)), unit: self.unit(unit), role, opened, fresh }
            }
            Actor::Token { consent, unit } => Actor::Token { consent: self.consent(consent), unit: self.unit(unit) },
            Actor::Client { unit } => Actor::Client { unit: self.unit(unit) },
        }
    }

    /// Taken apart whole, so that an id that comes to it is met here.
    fn sharing<'a>(&mut self, sharing: Sharing<'a>) -> Sharing<'a> {
        let Sharing { owner, consent, unit, recipient, purpose, kinds, rights, mode, days, given, in_time, protected, link } =
            sharing;
        let (owner, consent, unit) = (self.owner(owner), self.consent(consent), self.unit(unit));
        Sharing { owner, consent, unit, recipient, purpose, kinds, rights, mode, days, given, in_time, protected, link }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashMap};

    use super::super::cases::{OTHER, Terms, actors, ask};
    use super::super::{Action, Catalogue, On, Policy};
    use super::*;

    #[test]
    fn what_shares_a_key_is_answered_alike() {
        let catalogue = Catalogue::embedded().expect("ours");
        let policy = Policy::load(None, &catalogue).expect("ours");
        let (mut answers, mut shared) = (HashMap::new(), 0);
        for action in Action::ALL.iter().copied().filter(|action| action.on() == On::Sharing) {
            ask(action, |case, resource| {
                for actor in actors() {
                    let question = Question { actor, action, resource };
                    let answer = policy.weigh(&question).map(drop);
                    let before = answers.insert(key(&question, true).expect("about terms"), answer.clone());
                    shared += usize::from(before.is_some());
                    assert!(before.is_none_or(|before| before == answer), "{case}, {actor:?}, {}", action.name());
                }
            });
        }
        assert!(shared > 0, "to staff one consent of their unit is like another");
    }

    #[test]
    fn who_is_the_same_as_whom_is_part_of_the_question() {
        let own = Terms::plain();
        let others = Terms { owner: OTHER, consent: OTHER, unit: OTHER, ..Terms::plain() };
        let key = |actor, terms: &Terms| {
            key(&Question { actor, action: Action::Disclose, resource: Resource::Sharing(&terms.sharing()) }, true)
                .expect("about terms")
        };
        for actor in actors() {
            let nobody = matches!(actor, Actor::Anonymous | Actor::Newcomer { invited_to: None } | Actor::Job | Actor::Operator);
            assert_eq!(key(actor, &own) == key(actor, &others), nobody, "{actor:?}");
        }
    }

    #[test]
    fn whom_nothing_tells_apart_asks_the_same_question() {
        ask(Action::Disclose, |_, resource| {
            let Resource::Sharing(one) = resource else { panic!("about terms") };
            let moved = |id: Uuid| Uuid::from_u128(id.as_u128() + 7_000);
            let other = Sharing {
                owner: OwnerId(moved(one.owner.0)),
                consent: ConsentId(moved(one.consent.0)),
                unit: UnitId(moved(one.unit.0)),
                ..*one
            };
            let by = |sharing: &Sharing<'_>, nameless| {
                let actor = Actor::Token { consent: sharing.consent, unit: sharing.unit };
                key(&Question { actor, action: Action::Disclose, resource: Resource::Sharing(sharing) }, nameless)
            };
            assert_eq!(by(one, true), by(&other, true));
            assert_ne!(by(one, false), by(&other, false), "where a policy names somebody, everybody is asked about");
        });
    }

    #[test]
    fn the_table_is_the_same_when_asked_again() {
        let catalogue = Catalogue::embedded().expect("ours");
        let policy = Policy::load(None, &catalogue).expect("ours");
        let answers = || {
            let mut out = Vec::new();
            for action in Action::ALL {
                ask(*action, |_, resource| {
                    out.extend(actors().iter().map(|actor| {
                        policy
                            .decide(&Question { actor: *actor, action: *action, resource })
                            .map(drop)
                            .map_err(|refused| refused.by)
                    }));
                });
            }
            out
        };
        let first = answers();
        assert!(policy.memo.held() > 0, "something is kept");
        assert_eq!(first, answers());
    }

    #[test]
    fn it_keeps_no_more_than_it_may() {
        let (memo, kinds, rights) = (Memo::new(true), BTreeSet::new(), BTreeSet::new());
        for days in 0..u16::try_from(MOST).expect("a few thousand") + 2 {
            let plain = Terms::plain();
            let sharing = Sharing { days, kinds: &kinds, rights: &rights, ..plain.sharing() };
            let question = Question { actor: Actor::Job, action: Action::Disclose, resource: Resource::Sharing(&sharing) };
            assert!(memo.or_weigh(&question, || Err::<(), ()>(())).is_err(), "a refusal is not kept");
            assert!(memo.or_weigh(&question, || Ok::<(), ()>(())).is_ok());
            assert!(memo.or_weigh(&question, || Err::<(), ()>(())).is_ok(), "what was allowed is");
        }
        assert!(memo.held() <= MOST);
    }
}
