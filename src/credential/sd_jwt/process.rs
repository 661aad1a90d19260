//! Puts what was hidden and is shown back in its place (RFC 9901, 7.1, steps 3 to 5).

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::disclosure::{DOTS, Disclosure, Hash, SD, SD_ALG};
use super::path::{Path, Step};
use crate::domain::credential::Wrong;

/// Objects and arrays within one another, those behind disclosures included.
const MAX_DEPTH: usize = 24;

/// Where a disclosure belongs. What lies within another comes after it.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: Path,
    /// Its place among the disclosures.
    pub disclosure: usize,
    /// The place in this list of what it lies within.
    pub within: Option<usize>,
}

struct Walk<'d, 't> {
    disclosures: &'d [Disclosure<'t>],
    by_digest: HashMap<String, usize>,
    /// Every digest met, with or without its disclosure.
    met: HashSet<String>,
    found: Vec<Found>,
}

/// Where the walk stands.
#[derive(Clone)]
struct Place {
    path: Path,
    depth: usize,
    within: Option<usize>,
}

/// The processed payload and where each disclosure belongs.
///
/// # Errors
/// `Disclosure` where one stands twice, belongs nowhere, is of the wrong form for its place or would stand where a claim is; `Size` beyond
/// the depth.
pub fn process(
    payload: &Map<String, Value>,
    disclosures: &[Disclosure<'_>],
    hash: Hash,
) -> Result<(Map<String, Value>, Vec<Found>), Wrong> {
    let by_digest: HashMap<String, usize> =
        disclosures.iter().enumerate().map(|(at, disclosure)| (hash.digest(disclosure.text()), at)).collect();
    let mut walk = Walk { disclosures, by_digest, met: HashSet::new(), found: Vec::new() };
    let mut payload = payload.clone();
    payload.remove(SD_ALG);
    let top = Place { path: Path::default(), depth: 0, within: None };
    let claims = walk.object(payload, &top)?;
    // Each digest is met once, so each disclosure is found once at most: one that stands twice or belongs nowhere is missed here.
    if walk.found.len() == disclosures.len() { Ok((claims, walk.found)) } else { Err(Wrong::Disclosure) }
}

impl Place {
    fn down(&self, step: Step) -> Result<Self, Wrong> {
        if self.depth >= MAX_DEPTH {
            return Err(Wrong::Size);
        }
        Ok(Self { path: self.path.then(step), depth: self.depth + 1, within: self.within })
    }
}

impl<'d, 't> Walk<'d, 't> {
    fn value(&mut self, value: Value, place: &Place) -> Result<Value, Wrong> {
        match value {
            Value::Object(members) => Ok(self.object(members, place)?.into()),
            Value::Array(items) => Ok(self.array(items, place)?.into()),
            plain => Ok(plain),
        }
    }

    fn object(&mut self, mut members: Map<String, Value>, place: &Place) -> Result<Map<String, Value>, Wrong> {
        let hidden = members.remove(SD);
        // As an element of an array it has been taken before; anywhere else it is a claim with a reserved name.
        if members.contains_key(DOTS) {
            return Err(Wrong::Disclosure);
        }
        let mut out = Map::new();
        for (name, value) in members {
            let value = self.value(value, &place.down(Step::Name(name.clone()))?)?;
            out.insert(name, value);
        }
        let hidden = hidden.map_or_else(|| Ok(Vec::new()), digests)?;
        for digest in hidden {
            let Some((at, shown)) = self.shown(digest)? else { continue };
            let name = shown.name.clone().ok_or(Wrong::Disclosure)?;
            let value = self.reveal(at, shown, &place.down(Step::Name(name.clone()))?)?;
            if out.insert(name, value).is_some() {
                return Err(Wrong::Disclosure);
            }
        }
        Ok(out)
    }

    fn array(&mut self, items: Vec<Value>, place: &Place) -> Result<Vec<Value>, Wrong> {
        let mut out = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let here = place.down(Step::Index(index))?;
            match hidden_element(item)? {
                Element::Plain(value) => out.push(self.value(value, &here)?),
                Element::Hidden(digest) => {
                    let Some((at, shown)) = self.shown(digest)? else { continue };
                    if shown.name.is_some() {
                        return Err(Wrong::Disclosure);
                    }
                    out.push(self.reveal(at, shown, &here)?);
                }
            }
        }
        Ok(out)
    }

    /// The disclosure for a digest, where it is shown. A digest that is met again makes the whole wrong.
    fn shown(&mut self, digest: String) -> Result<Option<(usize, &'d Disclosure<'t>)>, Wrong> {
        let at = self.by_digest.get(&digest).copied();
        if !self.met.insert(digest) {
            return Err(Wrong::Disclosure);
        }
        let all = self.disclosures;
        Ok(at.map(|at| (at, &all[at])))
    }

    fn reveal(&mut self, disclosure: usize, shown: &Disclosure<'_>, place: &Place) -> Result<Value, Wrong> {
        let within = Some(self.found.len());
        self.found.push(Found { path: place.path.clone(), disclosure, within: place.within });
        self.value(shown.value.clone(), &Place { within, ..place.clone() })
    }
}

enum Element {
    Plain(Value),
    Hidden(String),
}

/// An object whose one member is `...` stands for something hidden (RFC 9901, 4.2.4.2).
fn hidden_element(item: Value) -> Result<Element, Wrong> {
    match item {
        Value::Object(mut members) if members.contains_key(DOTS) => match (members.len(), members.remove(DOTS)) {
            (1, Some(Value::String(digest))) => Ok(Element::Hidden(digest)),
            _ => Err(Wrong::Disclosure),
        },
        other => Ok(Element::Plain(other)),
    }
}

fn digests(value: Value) -> Result<Vec<String>, Wrong> {
    let Value::Array(items) = value else { return Err(Wrong::Disclosure) };
    let texts = items.into_iter().map(|item| match item {
        Value::String(digest) => Some(digest),
        _ => None,
    });
    texts.collect::<Option<_>>().ok_or(Wrong::Disclosure)
}
