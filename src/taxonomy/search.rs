//! From what someone types to concepts: each word is expanded to the words of labels that it may mean, the index gives the labels
//! that hold most of these, and each label is compared with the query word by word.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::compare::{Weights, compare};
use super::draft::Role;
use super::expand::Asked;
use super::fold;
use super::index::{Kept, LabelRecord};
use super::rank;
use crate::domain::taxonomy::{Concept, Hit, How, Kind, Why};

/// How a search is done; `Default` is what people get.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Labels that come from the crosswalk count too.
    pub crosswalk: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { crosswalk: true }
    }
}

/// Characters of a query that are read; the rest is cut off.
pub const LONGEST_QUERY: usize = 200;

pub fn search(kept: &Kept, query: &str, kinds: &[Kind], lang: &str, limit: usize, options: Options) -> Vec<Hit> {
    let cut: String = query.chars().take(LONGEST_QUERY).collect();
    let words = fold::words(&rank::clean(&cut));
    if words.is_empty() || limit == 0 {
        return Vec::new();
    }
    // After a space the last word is whole; before it, still being typed.
    let open = cut.chars().last().is_some_and(char::is_alphanumeric);
    let mut kinds = kinds.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    let fields: Vec<Field> = kinds.iter().copied().map(|kind| kept.fields.of(kind)).collect();
    let ranked_for = kinds.contains(&Kind::Occupation).then(|| {
        let how = rank::Asked { open, crosswalk: options.crosswalk };
        kept.ranker.best(&words, lang, how, RANKED)
    });
    let asked = Asked::new(kept, words, open, &fields);
    let mut best: HashMap<u32, Found> = HashMap::new();
    for field in fields {
        let mut weights = Weights::new(|word| rarity(kept, field, word));
        for label in candidates(kept, field, &asked, CANDIDATES.max(2 * limit)) {
            if options.crosswalk || !Role::of(label.role).is_crosswalk() {
                let score = compare(&asked, &label.text, &mut weights);
                consider(&mut best, score, label, lang);
            }
        }
    }
    if let Some(titles) = ranked_for {
        join(&mut best, &titles, TITLE[usize::from(asked.words.len() > 1)], |label| whole(label, &asked, lang));
    }
    ranked(kept, best, &asked, lang, limit)
}

/// Occupations that the whole title gives.
const RANKED: usize = 200;

/// How far the whole title counts beside the best label, and what an occupation gets whose labels were not met.
/// A single word is mostly one still being typed, and its labels decide.
const TITLE: [f32; 2] = [4.0, 8.0];
const UNMET: f32 = 0.3;

/// What the title counts at least where it is a label, word for word: in the language asked for, in another one.
const WHOLE: [f32; 2] = [1.0, 0.85];

fn whole(label: &LabelRecord<'_>, asked: &Asked, lang: &str) -> f32 {
    if fold::key(&label.text) == asked.key { WHOLE[usize::from(label.lang != lang)] } else { 0.0 }
}

/// Joins what single labels and what the whole title say of occupations.
fn join(best: &mut HashMap<u32, Found>, titles: &[(u32, f32)], factor: f32, whole: impl Fn(&LabelRecord<'_>) -> f32) {
    let least = titles.last().map_or(0.0, |last| last.1);
    let scores: HashMap<u32, f32> = titles.iter().copied().collect();
    for (concept, found) in best.iter_mut() {
        let title = scores.get(concept).copied().unwrap_or(least);
        found.score += factor * found.label.as_ref().map_or(0.0, &whole).max(title);
    }
    for (concept, score) in titles {
        best.entry(*concept).or_insert_with(|| Found { score: UNMET + factor * score, label: None });
    }
}

/// Labels looked at closely, for each kind; more where more hits are asked for.
const CANDIDATES: usize = 100;

/// Below this nothing of the query is met in earnest.
const FLOOR: f32 = 0.3;

struct Found {
    score: f32,
    /// The label that was met best; `None` where only the whole title gave the concept.
    label: Option<LabelRecord<'static>>,
}

fn candidates(kept: &Kept, field: Field, asked: &Asked, most: usize) -> Vec<LabelRecord<'static>> {
    let mut meant: BTreeMap<&str, f32> = BTreeMap::new();
    for (word, meaning) in asked.words.iter().flat_map(|word| &word.meanings) {
        let known = meant.entry(word).or_default();
        *known = known.max(meaning.how);
    }
    let clause = |(word, how): (&str, f32)| -> (Occur, Box<dyn Query>) {
        let term = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic);
        (Occur::Should, Box::new(BoostQuery::new(Box::new(term), how * how)))
    };
    let query = BooleanQuery::new(meant.into_iter().map(clause).collect());
    let found = kept.searcher.search(&query, &TopDocs::with_limit(most).order_by_score()).unwrap_or_default();
    found.into_iter().filter_map(|(_, at)| kept.label(at)).collect()
}

/// How rare a word is among the labels of a field. A word unknown to them is no proof of weight: it may be a typing error or a
/// name.
fn rarity(kept: &Kept, field: Field, word: &str) -> f32 {
    let total = kept.facts.counts.labels.max(1) as f32;
    let count = kept.searcher.doc_freq(&Term::from_field_text(field, word)).unwrap_or(0) as f32;
    (1.0 + total / (count + 1.0)).ln().min(8.0)
}

fn consider(best: &mut HashMap<u32, Found>, mut score: f32, label: LabelRecord<'static>, lang: &str) {
    if score < FLOOR {
        return;
    }
    score += if label.lang == lang { 0.04 } else { 0.0 };
    score += match Role::of(label.role) {
        Role::Preferred => 0.02,
        Role::Alternative | Role::CrosswalkExact => 0.0,
        Role::CrosswalkNear | Role::Former => -0.05,
    };
    let text = |found: &Found| found.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
    let better = best.get(&label.concept).is_none_or(|old| score > old.score || (score == old.score && *label.text < *text(old)));
    if better {
        best.insert(label.concept, Found { score, label: Some(label) });
    }
}

fn ranked(kept: &Kept, best: HashMap<u32, Found>, asked: &Asked, lang: &str, limit: usize) -> Vec<Hit> {
    let mut order: Vec<(u32, Found)> = best.into_iter().collect();
    order.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
    // Equal scores are put in the order of their shown labels, which are read only for those that can still be among the first.
    let floor = order.get(limit.saturating_sub(1)).map_or(f32::MIN, |last| last.1.score);
    let mut hits: Vec<Hit> = order
        .into_iter()
        .take_while(|(_, found)| found.score >= floor)
        .filter_map(|(number, found)| hit(kept, number, found, asked, lang))
        .collect();
    hits.sort_by(by_score_label_uri);
    hits.truncate(limit);
    hits
}

fn by_score_label_uri(a: &Hit, b: &Hit) -> Ordering {
    b.score.total_cmp(&a.score).then_with(|| a.label.cmp(&b.label)).then_with(|| a.uri.cmp(&b.uri))
}

fn hit(kept: &Kept, number: u32, found: Found, asked: &Asked, lang: &str) -> Option<Hit> {
    let record = kept.concept(number)?;
    let concept = Concept { uri: record.uri, kind: record.kind, labels: BTreeMap::from_iter(record.labels) };
    let (label, lang) = concept.label(lang);
    let why = why(found.label, asked, label, lang);
    Some(Hit { label: label.to_owned(), lang: lang.to_owned(), score: found.score, why, uri: concept.uri, kind: concept.kind })
}

/// `shown`: the label that the hit shows, in `lang`.
fn why(met: Option<LabelRecord>, asked: &Asked, shown: &str, lang: &str) -> Why {
    let Some(met) = met else { return Why { how: How::Meaning, label: None } };
    let key = fold::key(&met.text);
    let other = key != fold::key(shown);
    let how = match Role::of(met.role) {
        Role::CrosswalkExact | Role::CrosswalkNear if other => How::Crosswalk,
        Role::Former if other => How::Former,
        _ if other && met.lang != lang => How::OtherLanguage,
        _ if other => How::OtherName,
        _ if key == asked.key => How::Same,
        _ if asked.open && key.starts_with(&asked.key) => How::Beginning,
        _ if asked.meets_a_word(&key) => How::Words,
        _ => How::Spelling,
    };
    Why { how, label: other.then(|| met.text.into_owned()) }
}
