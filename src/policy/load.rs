//! Reads the policies, validates them strictly, and decides.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::Path;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, Policy as CedarPolicy, PolicyId, PolicySet, Request, Response,
    Schema, ValidationMode, Validator,
};

use super::ceilings::Catalogue;
use super::entities;
use super::permit::{Permit, Refused, Why};
use super::question::{Action, Question, Resource};

const SCHEMA: &str = "schema.cedarschema";
const FILES: [(&str, &str); 6] = [
    ("participant.cedar", include_str!("../../policies/participant.cedar")),
    ("staff.cedar", include_str!("../../policies/staff.cedar")),
    ("token.cedar", include_str!("../../policies/token.cedar")),
    ("visitor.cedar", include_str!("../../policies/visitor.cedar")),
    ("operator.cedar", include_str!("../../policies/operator.cedar")),
    ("prohibitions.cedar", include_str!("../../policies/prohibitions.cedar")),
];

/// The policies, ready to be asked.
pub struct Policy {
    authorizer: Authorizer,
    schema: Schema,
    /// By action: only the policies that can speak of it, since Cedar evaluates each policy of a set.
    sets: HashMap<Action, (EntityUid, PolicySet)>,
    /// What each policy tells whoever it stops.
    tells: HashMap<PolicyId, Why>,
    /// By id: the recipient kinds, built once.
    kinds: HashMap<String, Entity>,
}

/// Why the policies cannot be used. The texts name files and policies, so that whoever changed them finds the place.
#[derive(Debug)]
pub enum PolicyFault {
    Unreadable {
        file: &'static str,
        cause: io::Error,
    },
    /// Not Cedar, or a schema that contradicts itself.
    Unparsable {
        file: &'static str,
        cause: String,
    },
    /// A policy without an id, with one that stands twice, or that tells something unknown.
    Unnamed {
        file: &'static str,
        policy: String,
    },
    /// It does not fit the schema.
    Invalid {
        causes: Vec<String>,
    },
    /// An action that the code asks for does not stand in the schema.
    NoAction {
        action: &'static str,
    },
    /// A recipient kind that Cedar cannot hold.
    Kind {
        id: String,
    },
}

impl Policy {
    /// Reads and checks all policies: those in `folder` where a file of the name stands there, else the binary's own.
    pub fn load(folder: Option<&Path>, catalogue: &Catalogue) -> Result<Self, PolicyFault> {
        let source = text(folder, SCHEMA, include_str!("../../policies/schema.cedarschema"))?;
        let schema = schema(&source)?;
        let (all, tells) = policies(folder)?;
        validate(&schema, &all)?;
        let kind = |kind| {
            entities::recipient_kind(kind)
                .map(|entity| (kind.id.clone(), entity))
                .ok_or_else(|| PolicyFault::Kind { id: kind.id.clone() })
        };
        Ok(Self {
            authorizer: Authorizer::new(),
            sets: by_action(&schema, &all)?,
            kinds: catalogue.kinds().iter().map(kind).collect::<Result<_, _>>()?,
            schema,
            tells,
        })
    }

    /// Whether `question.actor` may do it. Whatever goes wrong on the way is a refusal.
    pub fn decide(&self, question: &Question<'_>) -> Result<Permit, Refused> {
        let action = question.action;
        if action.on() != question.resource.on() {
            return Err(refused("shape"));
        }
        let Some((uid, set)) = self.sets.get(&action) else { return Err(refused("schema")) };
        let Some((request, entities)) = self.put(question, uid) else { return Err(refused("schema")) };
        self.answer(&self.authorizer.is_authorized(&request, set, &entities))?;
        let (owner, consent, unit) = question.resource.of();
        Ok(Permit::new(action, owner, consent, unit))
    }

    /// The question as Cedar reads it; `None` where the schema knows no such question.
    fn put(&self, question: &Question<'_>, action: &EntityUid) -> Option<(Request, Entities)> {
        let principal = entities::principal(&question.actor)?;
        let resource = entities::resource(&question.resource)?;
        let kind = match question.resource {
            Resource::Sharing(sharing) => Some(self.kinds.get(sharing.recipient)?.clone()),
            _ => None,
        };
        let (who, what) = (principal.uid(), resource.uid());
        let request = Request::new(who, action.clone(), what, Context::empty(), Some(&self.schema)).ok()?;
        let entities = Entities::from_entities([principal, resource].into_iter().chain(kind), None).ok()?;
        Some((request, entities))
    }

    fn answer(&self, response: &Response) -> Result<(), Refused> {
        // Cedar passes over a policy that fails; a prohibition must not be passed over.
        if response.diagnostics().errors().next().is_some() {
            return Err(refused("error"));
        }
        if response.decision() == Decision::Allow {
            return Ok(());
        }
        let mut by: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
        by.sort();
        let told = response.diagnostics().reason().map(|id| self.tells.get(id).copied().unwrap_or(Why::Never)).min();
        Err(Refused { why: told.unwrap_or(Why::Never), by })
    }
}

fn refused(by: &str) -> Refused {
    Refused { why: Why::Never, by: vec![by.to_owned()] }
}

fn text(folder: Option<&Path>, file: &'static str, embedded: &str) -> Result<String, PolicyFault> {
    let Some(folder) = folder else { return Ok(embedded.to_owned()) };
    match std::fs::read_to_string(folder.join(file)) {
        Ok(text) => Ok(text),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(embedded.to_owned()),
        Err(cause) => Err(PolicyFault::Unreadable { file, cause }),
    }
}

fn schema(source: &str) -> Result<Schema, PolicyFault> {
    let unparsable = |cause: String| PolicyFault::Unparsable { file: SCHEMA, cause };
    let (schema, mut warnings) = Schema::from_cedarschema_str(source).map_err(|cause| unparsable(cause.to_string()))?;
    match warnings.next() {
        Some(warning) => Err(unparsable(warning.to_string())),
        None => Ok(schema),
    }
}

type Told = HashMap<PolicyId, Why>;

/// All policies under the ids that they bear, and what they tell.
fn policies(folder: Option<&Path>) -> Result<(PolicySet, Told), PolicyFault> {
    let (mut all, mut tells) = (PolicySet::new(), Told::new());
    for (file, embedded) in FILES {
        let source = text(folder, file, embedded)?;
        let set: PolicySet = source
            .parse()
            .map_err(|cause: cedar_policy::ParseErrors| PolicyFault::Unparsable { file, cause: cause.to_string() })?;
        for policy in set.policies() {
            let (id, why) = named(policy).ok_or_else(|| unnamed(file, policy))?;
            tells.extend(why.map(|why| (id.clone(), why)));
            all.add(policy.new_id(id)).map_err(|_| unnamed(file, policy))?;
        }
    }
    Ok((all, tells))
}

/// The id that a policy bears, and what it tells; `None` where it bears none or tells what nobody understands.
fn named(policy: &CedarPolicy) -> Option<(PolicyId, Option<Why>)> {
    let id = policy.annotation("id").filter(|id| !id.is_empty())?;
    let why = match policy.annotation("tells") {
        Some(word) => Some(Why::told(word)?),
        None => None,
    };
    Some((PolicyId::new(id), why))
}

fn unnamed(file: &'static str, policy: &CedarPolicy) -> PolicyFault {
    PolicyFault::Unnamed { file, policy: policy.annotation("id").unwrap_or("without an id").to_owned() }
}

fn validate(schema: &Schema, all: &PolicySet) -> Result<(), PolicyFault> {
    let result = Validator::new(schema.clone()).validate(all, ValidationMode::Strict);
    let errors = result.validation_errors().map(ToString::to_string);
    let causes: Vec<String> = errors.chain(result.validation_warnings().map(ToString::to_string)).collect();
    if causes.is_empty() { Ok(()) } else { Err(PolicyFault::Invalid { causes }) }
}

fn by_action(schema: &Schema, all: &PolicySet) -> Result<HashMap<Action, (EntityUid, PolicySet)>, PolicyFault> {
    let known: Vec<&EntityUid> = schema.actions().collect();
    let set = |action: &Action| {
        let uid = entities::action(*action);
        let missing = PolicyFault::NoAction { action: action.name() };
        if !known.contains(&&uid) {
            return Err(missing);
        }
        let speaks = |policy: &&CedarPolicy| policy.get_valid_request_envs(schema).any(|env| *env.action() == uid);
        let set = PolicySet::from_policies(all.policies().filter(speaks).cloned()).map_err(|_| missing)?;
        Ok((*action, (uid, set)))
    };
    Action::ALL.iter().map(set).collect()
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, cause } => write!(f, "{file} cannot be read: {cause}"),
            Self::Unparsable { file, cause } => write!(f, "{file} is not as it should be: {cause}"),
            Self::Unnamed { file, policy } => write!(f, "a policy of {file} has no id of its own, or tells nonsense: {policy}"),
            Self::Invalid { causes } => write!(f, "the policies do not fit the schema: {}", causes.join("; ")),
            Self::NoAction { action } => write!(f, "the schema lacks the action {action}"),
            Self::Kind { id } => write!(f, "the recipient kind \"{id}\" cannot be held"),
        }
    }
}

impl std::error::Error for PolicyFault {}
