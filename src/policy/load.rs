//! Reads the policies, validates them strictly, and lays them ready to be asked.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use cedar_policy::{
    Authorizer, EntityTypeName, EntityUid, Policy as CedarPolicy, PolicyId, PolicySet, Schema, ValidationMode, Validator,
};

use super::ceilings::Catalogue;
use super::decide::{Files, Policy, Sets};
use super::entities;
use super::memo::{Memo, names_nobody};
use super::permit::Why;
use super::question::Action;

const SCHEMA: &str = "schema.cedarschema";
pub(super) const FILES: &[(&str, &str)] = &[
    ("participant.cedar", include_str!("../../policies/participant.cedar")),
    ("card.cedar", include_str!("../../policies/card.cedar")),
    ("client.cedar", include_str!("../../policies/client.cedar")),
    ("staff.cedar", include_str!("../../policies/staff.cedar")),
    ("token.cedar", include_str!("../../policies/token.cedar")),
    ("visitor.cedar", include_str!("../../policies/visitor.cedar")),
    ("operator.cedar", include_str!("../../policies/operator.cedar")),
    ("link.cedar", include_str!("../../policies/link.cedar")),
    ("showing.cedar", include_str!("../../policies/showing.cedar")),
    ("wallet.cedar", include_str!("../../policies/wallet.cedar")),
    ("issuing.cedar", include_str!("../../policies/issuing.cedar")),
    ("prohibitions.cedar", include_str!("../../policies/prohibitions.cedar")),
];

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
    /// An action that the code asks for does not stand in the schema, or is done to another sort of thing there.
    NoAction {
        action: &'static str,
    },
    /// A recipient kind that Cedar cannot hold.
    Kind {
        id: String,
    },
    /// The folder is not there, or cannot be listed.
    NoFolder {
        folder: PathBuf,
        cause: io::Error,
    },
    /// The folder takes the place of all built-in policies, and this file is not in it.
    NoFile {
        file: &'static str,
    },
    /// A file of policies that nothing would read.
    Stray {
        file: String,
    },
    /// They permit what must never be permitted.
    Lax {
        actor: String,
        action: &'static str,
        case: String,
    },
}

impl Policy {
    /// Reads and checks all policies: all of them in `folder`, where one is given, else the binary's own. The schema may be left to the
    /// binary.
    pub fn load(folder: Option<&Path>, catalogue: &Catalogue) -> Result<Self, PolicyFault> {
        let files = if folder.is_none() { built_in()? } else { Arc::new(Files::read(folder)?) };
        let kind = |kind| {
            entities::recipient_kind(kind)
                .map(|entity| (kind.id.clone(), entity))
                .ok_or_else(|| PolicyFault::Kind { id: kind.id.clone() })
        };
        let kinds = catalogue.kinds().iter().map(kind).collect::<Result<_, _>>()?;
        Ok(Self { authorizer: Authorizer::new(), memo: Memo::new(files.nameless), files, kinds })
    }
}

/// The binary's own are the same at each reading: a process reads and checks them once.
fn built_in() -> Result<Arc<Files>, PolicyFault> {
    static BUILT_IN: OnceLock<Arc<Files>> = OnceLock::new();
    if let Some(files) = BUILT_IN.get() {
        return Ok(Arc::clone(files));
    }
    let files = Arc::new(Files::read(None)?);
    Ok(Arc::clone(BUILT_IN.get_or_init(|| files)))
}

impl Files {
    fn read(folder: Option<&Path>) -> Result<Self, PolicyFault> {
        folder.map_or(Ok(()), only_known)?;
        let source = text(folder, SCHEMA, include_str!("../../policies/schema.cedarschema"))?;
        let schema = schema(&source)?;
        let (all, tells) = policies(folder)?;
        validate(&schema, &all)?;
        Ok(Self { sets: sets(&schema, &all)?, nameless: names_nobody(&all), schema, tells })
    }
}

/// A misspelt name would leave its policies out without a word.
fn only_known(folder: &Path) -> Result<(), PolicyFault> {
    let no_folder = |cause| PolicyFault::NoFolder { folder: folder.to_owned(), cause };
    for file in std::fs::read_dir(folder).map_err(no_folder)? {
        let file = file.map_err(no_folder)?.file_name().to_string_lossy().into_owned();
        let policies = file.to_lowercase().contains(".cedar");
        if policies && file != SCHEMA && FILES.iter().all(|(name, _)| *name != file) {
            return Err(PolicyFault::Stray { file });
        }
    }
    Ok(())
}

fn text(folder: Option<&Path>, file: &'static str, embedded: &str) -> Result<String, PolicyFault> {
    let Some(folder) = folder else { return Ok(embedded.to_owned()) };
    match std::fs::read_to_string(folder.join(file)) {
        Ok(text) => Ok(text),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound && file == SCHEMA => Ok(embedded.to_owned()),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Err(PolicyFault::NoFile { file }),
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
pub(super) fn policies(folder: Option<&Path>) -> Result<(PolicySet, Told), PolicyFault> {
    let (mut all, mut tells) = (PolicySet::new(), Told::new());
    for (file, embedded) in FILES.iter().copied() {
        let source = text(folder, file, embedded)?;
        let set: PolicySet = source
            .parse()
            .map_err(|cause: cedar_policy::ParseErrors| PolicyFault::Unparsable { file, cause: cause.to_string() })?;
        if let Some(template) = set.templates().next() {
            // Nothing links templates: it would be read and never hold.
            return Err(PolicyFault::Unparsable { file, cause: format!("{} is a template", template.id()) });
        }
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

/// For each question that the schema knows, the policies that can speak of it.
fn sets(schema: &Schema, all: &PolicySet) -> Result<Sets, PolicyFault> {
    let mut parts: HashMap<(EntityTypeName, EntityUid), Vec<CedarPolicy>> = HashMap::new();
    for policy in all.policies() {
        let invalid = || PolicyFault::Invalid { causes: vec![policy.id().to_string()] };
        // Once for each policy: its text is parsed anew for it.
        let json = policy.to_json().map_err(|_| invalid())?;
        let envs = policy.get_valid_request_envs(schema).map(|env| (env.principal().clone(), env.action().clone()));
        for (principal, action) in envs.collect::<HashSet<_>>() {
            let narrowed = narrow(policy.id(), json.clone(), &action).ok_or_else(invalid)?;
            parts.entry((principal, action)).or_default().push(narrowed);
        }
    }
    let mut sets = Sets::new();
    for action in Action::ALL {
        let (uid, missing) = (entities::action(*action), || PolicyFault::NoAction { action: action.name() });
        if !schema.resources_for_action(&uid).ok_or_else(missing)?.all(|sort| sort == entities::sort(action.on())) {
            return Err(missing());
        }
        for principal in schema.principals_for_action(&uid).ok_or_else(missing)? {
            let policies = parts.remove(&(principal.clone(), uid.clone())).unwrap_or_default();
            let set = PolicySet::from_policies(policies).map_err(|_| missing())?;
            sets.entry(*action).or_default().push((principal.clone(), set));
        }
    }
    Ok(sets)
}

/// The same policy for one of its actions alone: Cedar would build the whole list of actions anew at each decision.
fn narrow(id: &PolicyId, mut json: serde_json::Value, action: &EntityUid) -> Option<CedarPolicy> {
    let entity = serde_json::json!({ "type": action.type_name().to_string(), "id": action.id().unescaped() });
    *json.get_mut("action")? = serde_json::json!({ "op": "==", "entity": entity });
    CedarPolicy::from_json(Some(id.clone()), json).ok()
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, cause } => write!(f, "{file} cannot be read: {cause}"),
            Self::Unparsable { file, cause } => write!(f, "{file} is not as it should be: {cause}"),
            Self::Unnamed { file, policy } => write!(f, "a policy of {file} has no id of its own, or tells nonsense: {policy}"),
            Self::Invalid { causes } => write!(f, "the policies do not fit the schema: {}", causes.join("; ")),
            Self::NoAction { action } => write!(f, "the schema lacks the action {action}, or has it done to something else"),
            Self::Kind { id } => write!(f, "the recipient kind \"{id}\" cannot be held"),
            Self::NoFolder { folder, cause } => write!(f, "the folder {} cannot be read: {cause}", folder.display()),
            Self::NoFile { file } => write!(f, "{file} is not in the folder, which must hold all of them ({})", names()),
            Self::Stray { file } => write!(f, "{file} is none of the files that are read ({})", names()),
            Self::Lax { actor, action, case } => {
                write!(f, "they permit what must never be permitted: {action} by {actor}, of \"{case}\"")
            }
        }
    }
}

fn names() -> String {
    FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

impl std::error::Error for PolicyFault {}
