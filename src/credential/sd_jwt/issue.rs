//! Hides chosen claims and signs the rest (RFC 9901, 4 and 5).

use serde_json::{Map, Value, json};

use super::disclosure::{self, DOTS, Hash, SD, SD_ALG};
use super::path::{Path, Step};
use super::vc;
use crate::crypto::jws::SigningKey;
use crate::domain::credential::Wrong;
use crate::domain::random::Random;

/// Signs `claims`, each claim or element at a path of `hide` hidden by itself, also within one another: `JWT~disclosure~...~` with all
/// disclosures. A path that leads nowhere hides nothing.
///
/// # Errors
/// `Claims` where one bears a name that is reserved for digests, `Disclosure` where something is to be hidden that a credential must show.
pub fn issue(key: &SigningKey, typ: &str, claims: Map<String, Value>, hide: &[Path], random: &dyn Random) -> Result<String, Wrong> {
    issue_with_decoys(key, typ, claims, hide, 0, random)
}

/// The same with `decoys` digests more in each object that hides something, that stand for nothing: how much is hidden cannot be counted.
///
/// # Errors
/// As `issue`.
pub fn issue_with_decoys(
    key: &SigningKey,
    typ: &str,
    claims: Map<String, Value>,
    hide: &[Path],
    decoys: usize,
    random: &dyn Random,
) -> Result<String, Wrong> {
    if hide.iter().any(|path| vc::is_type(typ) && vc::must_be_visible(path)) {
        return Err(Wrong::Disclosure);
    }
    let mut payload = Value::from(claims);
    if payload.get(SD_ALG).is_some() || reserved(&payload) {
        return Err(Wrong::Claims);
    }
    let hiding = Hiding { decoys, random };
    let disclosures = hiding.all(&mut payload, hide);
    hiding.settle(&mut payload);
    if let (false, Some(members)) = (disclosures.is_empty(), payload.as_object_mut()) {
        members.insert(SD_ALG.to_owned(), Hash::NAME.into());
    }
    let header = [("typ".to_owned(), typ.into())].into_iter().collect();
    let mut out = key.compact(header, payload.to_string().as_bytes());
    for part in disclosures {
        out.push('~');
        out.push_str(&part);
    }
    out.push('~');
    Ok(out)
}

struct Hiding<'r> {
    decoys: usize,
    random: &'r dyn Random,
}

impl Hiding<'_> {
    /// The innermost first: what is hidden takes along the digests of what was hidden within it.
    fn all(&self, payload: &mut Value, hide: &[Path]) -> Vec<String> {
        let mut paths: Vec<&Path> = hide.iter().collect();
        paths.sort_by_key(|path| std::cmp::Reverse(path.0.len()));
        paths.into_iter().filter_map(|path| self.one(payload, path)).collect()
    }

    fn one(&self, payload: &mut Value, path: &Path) -> Option<String> {
        let (last, way) = path.0.split_last()?;
        let holder = way.iter().try_fold(payload, |value, step| match step {
            Step::Name(name) => value.get_mut(name),
            Step::Index(index) => value.get_mut(*index),
        })?;
        match (last, holder) {
            (Step::Name(name), Value::Object(members)) => {
                let text = self.disclosure(Some(name), members.remove(name)?);
                let digests = members.entry(SD).or_insert_with(|| Value::Array(Vec::new()));
                digests.as_array_mut()?.push(Hash::ours().digest(&text).into());
                Some(text)
            }
            (Step::Index(index), Value::Array(items)) => {
                // Where it is named twice, it is hidden already.
                let item = items.get_mut(*index).filter(|item| item.get(DOTS).is_none())?;
                let text = self.disclosure(None, item.take());
                *item = json!({ DOTS: Hash::ours().digest(&text) });
                Some(text)
            }
            _ => None,
        }
    }

    fn disclosure(&self, name: Option<&str>, mut value: Value) -> String {
        self.settle(&mut value);
        disclosure::write(name, value, self.random)
    }

    /// Adds decoys, and sorts digests so that their order says nothing of the claims' (RFC 9901, 4.2.4.1).
    fn settle(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                if let Some(Value::Array(digests)) = members.get_mut(SD) {
                    digests.extend((0..self.decoys).map(|_| Value::from(disclosure::decoy(self.random))));
                    digests.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                }
                members.values_mut().for_each(|value| self.settle(value));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.settle(item)),
            _ => {}
        }
    }
}

fn reserved(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.contains_key(SD) || members.contains_key(DOTS) || members.values().any(reserved),
        Value::Array(items) => items.iter().any(reserved),
        _ => false,
    }
}
