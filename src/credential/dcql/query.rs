//! A query as it is sent, read strictly where the specification says what must be, and blind to what it does not name (6).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::path::Path;

#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub credentials: Vec<Credential>,
    /// Which combinations answer it; none where all credentials are asked for (6.4.2).
    pub sets: Option<Vec<Options>>,
}

/// A Credential Query (6.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    pub id: String,
    pub format: String,
    pub multiple: bool,
    /// `meta.vct_values` (B.3.5); none: of any type.
    pub types: Option<Vec<String>>,
    /// It must be vouched for in a way that the verifier names (6.1.1).
    pub authorities: bool,
    /// A proof of the holder's key is demanded.
    pub bound: bool,
    pub claims: Option<Vec<Claim>>,
    /// Which combinations of claims, best first; each an index into `claims`.
    pub claim_sets: Option<Vec<Vec<usize>>>,
}

/// A Claims Query (6.3).
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub id: Option<String>,
    pub path: Path,
    pub values: Option<Vec<Value>>,
}

/// A Credential Set Query (6.2); credentials by their index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub options: Vec<Vec<usize>>,
    pub required: bool,
}

/// No query that the specification knows, or larger than any of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// Elements of any list in a query.
const MOST: usize = 64;
const LONGEST_ID: usize = 128;

impl Query {
    pub fn read(query: &Map<String, Value>) -> Result<Self, Malformed> {
        Self::of(query).ok_or(Malformed)
    }

    fn of(query: &Map<String, Value>) -> Option<Self> {
        let credentials = each(query.get("credentials")?, |one| Credential::of(one.as_object()?))?;
        if !distinct(credentials.iter().map(|one| one.id.as_str())) {
            return None;
        }
        let at = |id: &Value| credentials.iter().position(|one| Some(one.id.as_str()) == id.as_str());
        let sets = optional(query, "credential_sets", |sets| {
            each(sets, |set| {
                let options = each(set.get("options")?, |option| each(option, at))?;
                Some(Options { options, required: flag(set.as_object()?, "required", true)? })
            })
        })?;
        Some(Self { credentials, sets })
    }

    /// One credential of one type with these claims, each by its path.
    pub fn one(types: &[&str], claims: &[&[&str]]) -> Self {
        let claim = |path: &&[&str]| Path::read(&json!(path)).map(|path| Claim { id: None, path, values: None });
        let claims: Vec<Claim> = claims.iter().filter_map(claim).collect();
        let credential = Credential {
            id: "proof".to_owned(),
            format: super::SD_JWT_VC.to_owned(),
            multiple: false,
            types: Some(types.iter().map(|&one| one.to_owned()).collect()),
            authorities: false,
            bound: true,
            claims: (!claims.is_empty()).then_some(claims),
            claim_sets: None,
        };
        Self { credentials: vec![credential], sets: None }
    }

    /// As it is sent. What was not read (authorities) is not said again: only queries of our own are written.
    pub fn json(&self) -> Value {
        let mut query = json!({ "credentials": self.credentials.iter().map(Credential::json).collect::<Vec<_>>() });
        if let Some(sets) = &self.sets {
            let names = |option: &Vec<usize>| option.iter().map(|at| Value::from(self.credentials[*at].id.as_str())).collect();
            let set = |set: &Options| json!({ "options": set.options.iter().map(names).collect::<Vec<Value>>(), "required": set.required });
            query["credential_sets"] = sets.iter().map(set).collect();
        }
        query
    }
}

impl Credential {
    fn of(query: &Map<String, Value>) -> Option<Self> {
        let meta = query.get("meta")?.as_object()?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let claims = optional(query, "claims", |claims| each(claims, |claim| Claim::of(claim.as_object()?)))?;
        let named: Vec<&str> = claims.iter().flatten().filter_map(|claim| claim.id.as_deref()).collect();
        if !distinct(named.iter().copied()) {
            return None;
        }
        let at = |id: &Value| claims.as_ref()?.iter().position(|claim| claim.id.is_some() && claim.id.as_deref() == id.as_str());
        let claim_sets = optional(query, "claim_sets", |sets| each(sets, |set| each(set, at)))?;
        if claim_sets.is_some() && claims.iter().flatten().any(|claim| claim.id.is_none()) {
            return None;
        }
        Some(Self {
            id: identifier(query.get("id")?)?,
            format: query.get("format")?.as_str()?.to_owned(),
            multiple: flag(query, "multiple", false)?,
            types: optional(meta, "vct_values", |types| each(types, text))?,
            authorities: optional(query, "trusted_authorities", |all| each(all, authority))?.is_some(),
            bound: flag(query, "require_cryptographic_holder_binding", true)?,
            claims,
            claim_sets,
        })
    }

    fn json(&self) -> Value {
        let meta = self.types.as_ref().map_or(json!({}), |types| json!({ "vct_values": types }));
        let mut query = json!({ "id": self.id, "format": self.format, "meta": meta });
        if self.multiple {
            query["multiple"] = true.into();
        }
        if !self.bound {
            query["require_cryptographic_holder_binding"] = false.into();
        }
        if let Some(claims) = &self.claims {
            query["claims"] = claims.iter().map(Claim::json).collect();
            if let Some(sets) = &self.claim_sets {
                let named = |set: &Vec<usize>| set.iter().map(|at| claims[*at].id.clone()).collect::<Vec<_>>();
                query["claim_sets"] = json!(sets.iter().map(named).collect::<Vec<_>>());
            }
        }
        query
    }
}

impl Claim {
    fn of(query: &Map<String, Value>) -> Option<Self> {
        // Strings, integers and booleans (6.3).
        let plain =
            |value: &Value| (value.is_string() || value.is_boolean() || value.is_i64() || value.is_u64()).then(|| value.clone());
        Some(Self {
            id: optional(query, "id", identifier)?,
            path: Path::read(query.get("path")?)?,
            values: optional(query, "values", |values| each(values, plain))?,
        })
    }

    fn json(&self) -> Value {
        let mut query = json!({ "path": self.path.json() });
        if let Some(id) = &self.id {
            query["id"] = id.as_str().into();
        }
        if let Some(values) = &self.values {
            query["values"] = json!(values);
        }
        query
    }
}

/// Its shape; which it is, we could not follow anyway.
fn authority(query: &Value) -> Option<()> {
    query.get("type")?.as_str()?;
    each(query.get("values")?, |value| value.as_str().map(|_| ())).map(|_| ())
}

/// A list that is not empty, each element read.
fn each<T>(value: &Value, read: impl FnMut(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array().filter(|all| (1..=MOST).contains(&all.len()))?.iter().map(read).collect()
}

/// `Some(None)` where it is absent; `None` where it is there and is not what it must be.
fn optional<T>(of: &Map<String, Value>, name: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<Option<T>> {
    of.get(name).map_or(Some(None), |value| read(value).map(Some))
}

fn flag(of: &Map<String, Value>, name: &str, fallback: bool) -> Option<bool> {
    of.get(name).map_or(Some(fallback), Value::as_bool)
}

fn identifier(value: &Value) -> Option<String> {
    let id = value.as_str().filter(|id| (1..=LONGEST_ID).contains(&id.len()))?;
    id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).then(|| id.to_owned())
}

fn distinct<'a>(all: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = BTreeSet::new();
    let mut all = all;
    all.all(|one| seen.insert(one))
}
