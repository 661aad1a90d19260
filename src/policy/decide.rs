//! Asks the policies.

use std::collections::HashMap;
use std::sync::Arc;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityTypeName, PolicyId, PolicySet, Request, Response, Schema,
};

use super::entities;
use super::memo::Memo;
use super::permit::{Permit, Refused, Why};
use super::question::{Action, Question, Resource};

/// The policies, ready to be asked.
pub struct Policy {
    pub(super) authorizer: Authorizer,
    pub(super) files: Arc<Files>,
    /// By id: the recipient kinds, built once.
    pub(super) kinds: HashMap<String, Entity>,
    pub(super) memo: Memo,
}

/// What stands in the files of policies.
pub(super) struct Files {
    pub schema: Schema,
    pub sets: Sets,
    /// What each policy tells whoever it stops.
    pub tells: HashMap<PolicyId, Why>,
    /// No policy names a person, a consent or a unit.
    pub nameless: bool,
}

/// By action and type of actor: only the policies that can speak of it, since Cedar evaluates each policy of a set.
pub(super) type Sets = HashMap<Action, Vec<(EntityTypeName, PolicySet)>>;

impl Policy {
    /// Whether `question.actor` may do it. Whatever goes wrong on the way is a refusal.
    pub fn decide(&self, question: &Question<'_>) -> Result<Permit, Refused> {
        self.memo.or_weigh(question, || self.weigh(question).map(drop))?;
        let (owner, consent, unit) = question.resource.of();
        Ok(Permit::new(question.action, owner, consent, unit))
    }

    /// The policies that allow it, or the refusal. Beside policies, a refusal is by `shape` (the action is not done to such a
    /// thing), `schema` (it knows no such question) or `error` (a policy could not be evaluated).
    pub(super) fn weigh(&self, question: &Question<'_>) -> Result<Response, Refused> {
        if question.action.on() != question.resource.on() {
            return Err(refused("shape"));
        }
        let (set, request, entities) = self.put(question).ok_or_else(|| refused("schema"))?;
        let response = self.authorizer.is_authorized(&request, set, &entities);
        // Cedar passes over a policy that fails; a prohibition must not be passed over.
        if response.diagnostics().errors().next().is_some() {
            return Err(refused("error"));
        }
        if response.decision() == Decision::Allow { Ok(response) } else { Err(self.tell(&response)) }
    }

    /// The question as Cedar reads it, and the policies that can speak of it; `None` where the schema knows no such question.
    pub(super) fn put(&self, question: &Question<'_>) -> Option<(&PolicySet, Request, Entities)> {
        let principal = entities::principal(&question.actor)?;
        let resource = entities::resource(&question.resource)?;
        let kind = match question.resource {
            Resource::Sharing(sharing) => Some(self.kinds.get(sharing.recipient)?.clone()),
            _ => None,
        };
        let (who, what, action) = (principal.uid(), resource.uid(), entities::action(question.action));
        let (_, set) = self.files.sets.get(&question.action)?.iter().find(|(sort, _)| sort == who.type_name())?;
        // Which actor may ask was looked up, and what it is asked of is the action's own sort; a debug build checks both anew.
        let schema = cfg!(debug_assertions).then_some(&self.files.schema);
        let request = Request::new(who, action, what, Context::empty(), schema).ok()?;
        let entities = Entities::from_entities([principal, resource].into_iter().chain(kind), None).ok()?;
        Some((set, request, entities))
    }

    /// Why not: by the weightiest of the policies that forbid it.
    fn tell(&self, response: &Response) -> Refused {
        let why = |id: &PolicyId| self.files.tells.get(id).copied().unwrap_or(Why::Never);
        let weightiest = response.diagnostics().reason().map(why).min().unwrap_or(Why::Never);
        Refused { why: weightiest, by: ids(response.diagnostics().reason().filter(|id| why(id) == weightiest)) }
    }
}

fn ids<'a>(policies: impl Iterator<Item = &'a PolicyId>) -> Vec<String> {
    let mut ids: Vec<String> = policies.map(ToString::to_string).collect();
    ids.sort();
    ids
}

fn refused(by: &str) -> Refused {
    Refused { why: Why::Never, by: vec![by.to_owned()] }
}
