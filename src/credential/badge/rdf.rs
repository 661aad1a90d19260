//! RDF Dataset Canonicalization 1.0 of JSON-LD, for documents that a signature covers whole. JSON-LD drops without a word what no context
//! defines and what has no address, and a context may give words another meaning: so only pinned contexts, named at the top, and nothing
//! that would be dropped.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
use oxrdf::{BlankNodeRef, Dataset, GraphNameRef, NamedOrBlankNodeRef, QuadRef, TermRef};
use serde_json::{Map, Value, json};

use super::{Contexts, many};
use crate::domain::credential::{Unchecked, Verdict, Wrong};

/// Bytes of a document whose signature is made over its RDF.
const MOST: usize = 128 * 1024;
const MOST_QUADS: usize = 3000;
/// Nodes without an address that look alike: telling them apart costs more than their number's factorial (RDFC-1.0, 7.1).
const MOST_ALIKE: usize = 5;
/// Where undefined words and relative addresses lead, so that they are seen.
const NOWHERE: &str = "https://undefined.invalid/";
const NOT_HELD: Verdict = Verdict::CannotBeChecked(Unchecked::Context);

/// Canonical N-Quads of a document.
///
/// # Errors
/// What there is to be said of it: a context is not held, or something in it is not covered; too large; no JSON-LD.
pub fn canonical(document: &Map<String, Value>, contexts: &Contexts) -> Result<Vec<u8>, Verdict> {
    plain(document, contexts)?;
    let mut seen = document.clone();
    // First, so that a context with a vocabulary of its own still counts.
    let mut named = vec![json!({ "@vocab": NOWHERE })];
    named.extend(many(document.get("@context")).cloned());
    seen.insert("@context".to_owned(), named.into());
    if dataset(&seen, contexts, true)?.iter().any(|quad| undefined(&quad)) {
        return Err(NOT_HELD);
    }
    let mut dataset = dataset(document, contexts, false)?;
    if alike(&dataset) > MOST_ALIKE {
        return Err(Verdict::CannotBeChecked(Unchecked::Signature));
    }
    dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm: CanonicalizationHashAlgorithm::Sha256 });
    let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    Ok(lines.concat().into_bytes())
}

/// Contexts by their addresses alone, at the top alone; and of JSON-LD's own words only those of a text with its language.
fn plain(document: &Map<String, Value>, contexts: &Contexts) -> Result<(), Verdict> {
    let held = |one: &Value| one.as_str().is_some_and(|url| contexts.get(url).is_some());
    if !many(document.get("@context")).all(held) {
        return Err(NOT_HELD);
    }
    let members = document.iter().filter(|(name, _)| *name != "@context");
    if members.clone().all(|(name, value)| !name.starts_with('@') && worded(value)) { Ok(()) } else { Err(NOT_HELD) }
}

fn worded(value: &Value) -> bool {
    let known = |name: &String| !name.starts_with('@') || ["@value", "@language", "@direction"].contains(&name.as_str());
    match value {
        Value::Object(members) => members.iter().all(|(name, value)| known(name) && worded(value)),
        Value::Array(all) => all.iter().all(worded),
        _ => true,
    }
}

fn dataset(document: &Map<String, Value>, contexts: &Contexts, based: bool) -> Result<Dataset, Verdict> {
    let text = serde_json::to_vec(document).map_err(|_| Verdict::NotValid(Wrong::Form))?;
    if text.len() > MOST {
        return Err(Verdict::NotValid(Wrong::Size));
    }
    let parser = if based { JsonLdParser::new().with_base_iri(NOWHERE).map_err(|_| NOT_HELD)? } else { JsonLdParser::new() };
    let (missing, held) = (Arc::new(AtomicBool::new(false)), contexts.clone());
    let told = Arc::clone(&missing);
    let quads = parser.for_slice(&text).with_load_document_callback(move |url, _| match held.get(url) {
        Some(document) => Ok(JsonLdRemoteDocument { document: document.to_vec(), document_url: url.to_owned() }),
        None => {
            told.store(true, Ordering::Relaxed);
            Err("not held".into())
        }
    });
    let mut dataset = Dataset::new();
    for quad in quads {
        let quad = quad.map_err(|_| if missing.load(Ordering::Relaxed) { NOT_HELD } else { Verdict::NotValid(Wrong::Form) })?;
        dataset.insert(&quad);
        if dataset.len() > MOST_QUADS {
            return Err(Verdict::NotValid(Wrong::Size));
        }
    }
    Ok(dataset)
}

fn undefined(quad: &QuadRef<'_>) -> bool {
    let object = match quad.object {
        TermRef::NamedNode(node) => node.as_str().starts_with(NOWHERE),
        TermRef::Literal(literal) => literal.datatype().as_str().starts_with(NOWHERE),
        TermRef::BlankNode(_) => false,
    };
    let subject = matches!(quad.subject, NamedOrBlankNodeRef::NamedNode(node) if node.as_str().starts_with(NOWHERE));
    object || subject || quad.predicate.as_str().starts_with(NOWHERE)
}

/// How many nodes without an address are not told apart by what is said of them directly (RDFC-1.0, 4.6).
fn alike(dataset: &Dataset) -> usize {
    let mut said: HashMap<BlankNodeRef<'_>, BTreeSet<String>> = HashMap::new();
    for quad in dataset {
        for node in nodes(&quad) {
            let name = |other: BlankNodeRef<'_>| if other == node { "_:a" } else { "_:z" };
            said.entry(node).or_default().insert(told(&quad, name));
        }
    }
    let mut groups: BTreeMap<BTreeSet<String>, usize> = BTreeMap::new();
    said.into_values().for_each(|one| *groups.entry(one).or_default() += 1);
    groups.into_values().filter(|count| *count > 1).sum()
}

fn nodes<'a>(quad: &QuadRef<'a>) -> impl Iterator<Item = BlankNodeRef<'a>> + use<'a> {
    let subject = if let NamedOrBlankNodeRef::BlankNode(node) = quad.subject { Some(node) } else { None };
    let object = if let TermRef::BlankNode(node) = quad.object { Some(node) } else { None };
    let graph = if let GraphNameRef::BlankNode(node) = quad.graph_name { Some(node) } else { None };
    [subject, object, graph].into_iter().flatten()
}

fn told(quad: &QuadRef<'_>, name: impl Fn(BlankNodeRef<'_>) -> &'static str) -> String {
    let subject = match quad.subject {
        NamedOrBlankNodeRef::BlankNode(node) => name(node).to_owned(),
        other @ NamedOrBlankNodeRef::NamedNode(_) => other.to_string(),
    };
    let object = if let TermRef::BlankNode(node) = quad.object { name(node).to_owned() } else { quad.object.to_string() };
    let graph =
        if let GraphNameRef::BlankNode(node) = quad.graph_name { name(node).to_owned() } else { quad.graph_name.to_string() };
    format!("{subject} {} {object} {graph}", quad.predicate)
}
