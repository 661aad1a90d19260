//! Makes the file that the ranker reads, from the tables.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::directory::OwnedBytes;

use super::bytes::{Sections, push};
use super::compound::Vocabulary;
use super::learn::{Learned, Pair, learn};
use super::lexicon::Lexicon;
use super::space::Space;
use super::terms::{Terms, hash, pieces};
use crate::domain::taxonomy::Kind;
use crate::taxonomy::draft::{Draft, DraftConcept, Role};
use crate::taxonomy::fold;

/// How much of an occupation's meaning lies in each text, beside its own labels.
const GROUP_PIECES: f32 = 0.5;
const ESSENTIAL: f32 = 0.3;
const OPTIONAL: f32 = 0.1;
const ABOUT: f32 = 0.4;

/// Labels of a concept from which the lexicon is learned.
const LABELS_LEARNED: usize = 4;
const ENGLISH_LEARNED: usize = 3;

pub fn write(draft: &Draft) -> Vec<u8> {
    let of = Tables::new(draft);
    let mut sections: Vec<(String, Vec<u8>)> = Vec::new();
    let mut numbers = Vec::new();
    of.occupations.iter().for_each(|number| push(&mut numbers, *number as usize));
    sections.push(("occupations".into(), numbers));
    let english = vocabulary("en", draft);
    sections.push(("all".into(), Space::write(&of.documents(|concept| of.all_pieces(concept)))));
    sections.push(("names".into(), Space::write(&of.documents(|concept| stems(&english, own(concept, "en"), 1.0)))));
    sections.push(("meaning".into(), Space::write(&of.documents(|concept| of.meaning(concept, &english)))));
    let langs: BTreeSet<&String> = draft.concepts.iter().flat_map(|concept| concept.preferred.keys()).collect();
    for lang in langs {
        let words = vocabulary(lang, draft);
        let learned = if lang == "en" { Learned::new() } else { learn(&pairs(draft, lang, &words, &english)) };
        let (lexicon, stems) = Lexicon::write(&learned);
        sections.push((format!("pieces-{lang}"), Space::write(&of.documents(|concept| of.pieces(concept, lang, false)))));
        if draft.concepts.iter().any(|concept| mapped(concept, lang).next().is_some()) {
            let documents = of.documents(|concept| of.pieces(concept, lang, true));
            sections.push((format!("crosswalk-{lang}"), Space::write(&documents)));
        }
        sections.push((format!("lexicon-{lang}"), lexicon));
        sections.push((format!("stems-{lang}"), stems));
    }
    let mut langs: BTreeSet<&str> =
        draft.concepts.iter().flat_map(|concept| concept.preferred.keys().map(String::as_str)).collect();
    langs.insert("en");
    sections.extend(langs.into_iter().map(|lang| (format!("words-{lang}"), Vocabulary::write(&counts(draft, lang)))));
    Sections::write(&sections)
}

struct Tables<'a> {
    draft: &'a Draft,
    occupations: Vec<u32>,
}

impl<'a> Tables<'a> {
    fn new(draft: &'a Draft) -> Self {
        let numbered = draft.concepts.iter().zip(0..);
        Self {
            draft,
            occupations: numbered.filter(|(c, _)| c.kind == Kind::Occupation && !c.retired).map(|(_, number)| number).collect(),
        }
    }

    /// One for each occupation. A term that is said ten times says no more than three times what one said once does.
    fn documents(&self, text: impl Fn(&DraftConcept) -> Terms) -> Vec<Terms> {
        let rooted = |terms: Terms| terms.into_iter().map(|(term, weight)| (term, weight.sqrt())).collect();
        self.occupations.iter().map(|number| rooted(text(&self.draft.concepts[*number as usize]))).collect()
    }

    /// `crosswalk`: the labels that a crosswalk gives, too.
    fn pieces(&self, concept: &DraftConcept, lang: &str, crosswalk: bool) -> Terms {
        let mut out = Terms::new();
        let others = mapped(concept, lang).filter(|_| crosswalk);
        own(concept, lang).chain(others).for_each(|label| add(&mut out, pieces(&fold::words(label), false), 1.0));
        if !out.is_empty() {
            self.groups(concept, lang).for_each(|label| add(&mut out, pieces(&fold::words(label), false), GROUP_PIECES));
        }
        out
    }

    fn all_pieces(&self, concept: &DraftConcept) -> Terms {
        let mut out = Terms::new();
        for lang in concept.preferred.keys() {
            own(concept, lang).for_each(|label| add(&mut out, pieces(&fold::words(label), false), 1.0));
        }
        out
    }

    fn meaning(&self, concept: &DraftConcept, english: &Vocabulary) -> Terms {
        let mut out = stems(english, own(concept, "en"), 1.0);
        add(&mut out, stems(english, self.groups(concept, "en"), 1.0), 1.0);
        for (skills, weight) in [(&concept.essential, ESSENTIAL), (&concept.optional, OPTIONAL)] {
            let labels = skills.iter().filter_map(|skill| self.draft.concepts[*skill as usize].preferred.get("en"));
            add(&mut out, stems(english, labels.map(String::as_str), weight), 1.0);
        }
        add(&mut out, stems(english, [concept.about.as_str()].into_iter(), ABOUT), 1.0);
        out
    }

    fn groups(&self, concept: &'a DraftConcept, lang: &'a str) -> impl Iterator<Item = &'a str> {
        let above = concept.broader.iter().map(|number| &self.draft.concepts[*number as usize]);
        above.filter(|above| above.kind == Kind::Group).filter_map(move |above| above.preferred.get(lang)).map(String::as_str)
    }
}

/// Labels in a language, without those of a crosswalk.
fn own<'a>(concept: &'a DraftConcept, lang: &'a str) -> impl Iterator<Item = &'a str> {
    let others = concept.others.iter().filter(move |(other, role, _)| other == lang && *role == Role::Alternative);
    concept.preferred.get(lang).into_iter().chain(others.map(|(.., text)| text)).map(String::as_str)
}

/// Labels in a language that a crosswalk gives.
fn mapped<'a>(concept: &'a DraftConcept, lang: &'a str) -> impl Iterator<Item = &'a str> {
    concept.others.iter().filter(move |(other, role, _)| other == lang && role.is_crosswalk()).map(|(.., text)| text.as_str())
}

fn add(to: &mut Terms, terms: Terms, factor: f32) {
    for (term, weight) in terms {
        *to.entry(term).or_default() += factor * weight;
    }
}

fn stems<'a>(vocabulary: &Vocabulary, labels: impl Iterator<Item = &'a str>, factor: f32) -> Terms {
    let mut out = Terms::new();
    for (stem, weight) in labels.flat_map(|label| vocabulary.terms(&fold::words(label))) {
        *out.entry(hash(&stem)).or_default() += factor * weight;
    }
    out
}

fn counts(draft: &Draft, lang: &str) -> BTreeMap<u32, u32> {
    let mut out = BTreeMap::new();
    for word in draft.concepts.iter().flat_map(|concept| own(concept, lang)).flat_map(fold::words) {
        *out.entry(hash(&word.folded)).or_default() += 1;
    }
    out
}

fn vocabulary(lang: &str, draft: &Draft) -> Vocabulary {
    Vocabulary::open(lang, OwnedBytes::new(Vocabulary::write(&counts(draft, lang)))).expect("what was just written is whole")
}

/// Labels of the same concept in the language and in English.
fn pairs(draft: &Draft, lang: &str, ours: &Vocabulary, english: &Vocabulary) -> Vec<Pair> {
    let stems = |vocabulary: &Vocabulary, label: &str| -> Vec<String> {
        vocabulary.terms(&fold::words(label)).into_iter().map(|(stem, _)| stem).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let mut out = Vec::new();
    for concept in &draft.concepts {
        let (Some(first), Some(main)) = (own(concept, lang).next(), concept.preferred.get("en")) else { continue };
        let main = stems(english, main);
        out.extend(own(concept, lang).take(LABELS_LEARNED).map(|label| (stems(ours, label), main.clone())));
        if concept.kind == Kind::Occupation {
            let first = stems(ours, first);
            let others = own(concept, "en").skip(1).take(ENGLISH_LEARNED);
            out.extend(others.map(|label| (first.clone(), stems(english, label))));
        }
    }
    out
}
