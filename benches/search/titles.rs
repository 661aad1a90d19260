//! Titles to search for, with the concepts that they mean.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use crate::source::{Taken, rows};

pub struct Title {
    pub text: String,
    /// URIs of the occupations that a crosswalk, or the label's own row, gives.
    pub meant: Vec<String>,
    /// Of the half that weights are fitted on.
    pub tune: bool,
}

/// Name, language, titles.
pub type Set = (String, String, Vec<Title>);

pub struct Held {
    pub taken: Taken,
    pub sets: Vec<Set>,
}

const LANGUAGES: [&str; 7] = ["de", "en", "es", "fi", "fr", "no", "pl"];

/// Two labels more alike than this are forms of one (gender, number, spelling): who knows one knows the other.
const TWINS: f32 = 0.65;

/// JobTech's Swedish titles that are no ESCO label themselves, and the occupations that its crosswalk gives them.
pub fn crosswalk(source: &Path) -> Set {
    let by_id = |row: &HashMap<String, String>| (row["concept_id"].clone(), row["label"].clone());
    let names: HashMap<String, String> = rows(&source.join("jobtech/occupations.csv")).iter().map(by_id).collect();
    let uris = uris(source);
    let labels = rows(&source.join("labels-sv.csv"));
    let known = |row: &HashMap<String, String>| {
        let all = row["alternatives"].split('|').chain([row["preferred"].as_str()]);
        all.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let known: HashSet<String> = labels.iter().filter(|row| uris.contains_key(&row["key"])).flat_map(known).collect();
    let mut titles: BTreeMap<String, Title> = BTreeMap::new();
    for row in rows(&source.join("map/esco_jobtech_occupations.csv")) {
        let text = names.get(&row["jobtech"]).unwrap_or(&row["old_label"]);
        let Some(uri) = uris.get(&row["esco"]).filter(|_| !text.is_empty() && !known.contains(&text.to_lowercase())) else {
            continue;
        };
        let tune = half(&row["jobtech"]);
        let title = titles.entry(row["jobtech"].clone()).or_insert_with(|| Title { text: text.clone(), meant: Vec::new(), tune });
        title.meant.push(uri.clone());
    }
    ("sv, JobTech, no crosswalk".to_owned(), "sv".to_owned(), titles.into_values().collect())
}

/// From every second occupation one alternative label, taken out of the index with its twins; left out where the preferred label is
/// its twin.
pub fn held_out(source: &Path) -> Held {
    let uris = uris(source);
    let mut held = Held { taken: Taken::new(), sets: Vec::new() };
    for lang in LANGUAGES {
        let taken = held.taken.entry(lang.to_owned()).or_default();
        let mut titles = Vec::new();
        for row in rows(&source.join(format!("labels-{lang}.csv"))) {
            let others: Vec<&str> = row["alternatives"].split('|').filter(|label| !label.trim().is_empty()).collect();
            let Some(uri) = uris.get(&row["key"]).filter(|uri| !others.is_empty() && digest(uri) >> 7 & 1 == 0) else { continue };
            let one = others[digest(uri) as usize / 256 % others.len()];
            let twins = others.iter().filter(|other| alike(other, one) > TWINS).map(|twin| (*twin).to_owned());
            taken.insert(row["key"].clone(), twins.collect());
            if row["preferred"].split('/').chain([row["preferred"].as_str()]).all(|main| alike(main, one) <= TWINS) {
                titles.push(Title { text: one.to_owned(), meant: vec![uri.clone()], tune: half(uri) });
            }
        }
        held.sets.push((format!("{lang}, alternatives taken out"), lang.to_owned(), titles));
    }
    held
}

/// Of occupations, by key.
fn uris(source: &Path) -> HashMap<String, String> {
    rows(&source.join("occupations.csv"))
        .into_iter()
        .map(|mut row| (row["key"].clone(), row.remove("uri").unwrap_or_default()))
        .collect()
}

fn half(uri: &str) -> bool {
    digest(uri) >> 20 & 1 == 0
}

/// FNV-1a, mixed so that every bit depends on all letters.
fn digest(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ hash >> 15).wrapping_mul(0x85eb_ca6b)
}

/// Shared runs of three letters (Dice).
fn alike(a: &str, b: &str) -> f32 {
    let runs = |text: &str| -> HashSet<Vec<char>> {
        let words = text.to_lowercase();
        let word =
            |word: &str| format!(" {word} ").chars().collect::<Vec<_>>().windows(3).map(<[char]>::to_vec).collect::<Vec<_>>();
        words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).flat_map(word).collect()
    };
    let (a, b) = (runs(a), runs(b));
    2.0 * a.intersection(&b).count() as f32 / (a.len() + b.len()).max(1) as f32
}
