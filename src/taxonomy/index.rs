//! The index: one document per concept (its number is the document's), then one per label with its words as terms, then one per
//! word of the vocabulary with the pieces of the word as terms. A query finds words by their pieces, and labels by these words.
//!
//! Labels and relations live in the index alone, on disk behind mmap where imported, so that the server's own memory stays small.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{DocAddress, DocSet, Index, IndexSettings, Searcher, TantivyDocument, Term};

use super::draft::{Draft, DraftConcept, Role};
use super::error::Error;
use super::rank::{self, Ranker};
use super::{fold, variant};
use crate::domain::taxonomy::Kind;

/// What is known of a kept taxonomy without opening its index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Of the index; another number is another program's.
    pub format: u32,
    pub version: String,
    pub counts: Counts,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub occupations: usize,
    pub skills: usize,
    pub groups: usize,
    /// Searchable labels, alternatives and crosswalk included.
    pub labels: usize,
    /// Preferred labels by language.
    pub languages: BTreeMap<String, usize>,
    /// Rows that named what the source does not hold.
    pub dropped: usize,
}

/// Raise when fields, terms or records change.
pub const FORMAT: u32 = 2;

/// A concept as kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConceptRecord {
    pub uri: String,
    pub kind: Kind,
    pub code: String,
    pub labels: Vec<(String, String)>,
    pub broader: Vec<u32>,
    pub essential: Vec<u32>,
    pub optional: Vec<u32>,
    /// Of a skill: occupations that need it.
    pub essential_for: Vec<u32>,
    pub replaced_by: Option<u32>,
}

/// A label as kept: the numbers in `role` are those of `Role`.
#[derive(Debug, Serialize, Deserialize)]
pub struct LabelRecord<'a> {
    pub concept: u32,
    pub role: u8,
    #[serde(borrow)]
    pub lang: Cow<'a, str>,
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

#[derive(Clone, Copy)]
pub struct Fields {
    uri: Field,
    record: Field,
    /// Pieces of a word of the vocabulary.
    pub pieces: Field,
    occupation: Field,
    skill: Field,
    group: Field,
}

impl Fields {
    pub fn of(self, kind: Kind) -> Field {
        match kind {
            Kind::Occupation => self.occupation,
            Kind::Skill => self.skill,
            Kind::Group => self.group,
        }
    }
}

pub struct Kept {
    pub searcher: Searcher,
    pub fields: Fields,
    pub facts: Facts,
    pub ranker: Ranker,
}

impl Kept {
    /// Writes the whole index into `directory` as one segment, and opens it.
    pub fn build(draft: &Draft, version: &str, directory: Box<dyn Directory>, memory: usize) -> Result<Self, Error> {
        let failed = Error::disk("writing the index");
        Self::write(draft, version, directory, memory).map_err(failed)
    }

    /// Opens what `build` wrote.
    pub fn open(folder: &Path, version: &str) -> Result<Self, Error> {
        let unusable = |why: String| Error::Index { version: version.to_owned(), why };
        let facts = std::fs::read(folder.join(FACTS)).map_err(|e| unusable(e.to_string()))?;
        let facts: Facts = serde_json::from_slice(&facts).map_err(|_| unusable("its description is damaged".to_owned()))?;
        if facts.format != FORMAT {
            return Err(unusable("another version of the program wrote it".to_owned()));
        }
        let index = Index::open_in_dir(folder).map_err(|e| unusable(e.to_string()))?;
        let directory = MmapDirectory::open(folder).map_err(|e| unusable(e.to_string()))?;
        let ranker = ranker(&directory).ok_or_else(|| unusable("its file of titles is damaged".to_owned()))?;
        Self::ready(&index, facts, ranker).map_err(|e| unusable(e.to_string()))
    }

    pub fn number(&self, uri: &str) -> Option<u32> {
        let term = Term::from_field_text(self.fields.uri, uri);
        let reader = self.searcher.segment_readers().first()?;
        let postings = reader.inverted_index(self.fields.uri).ok()?.read_postings(&term, IndexRecordOption::Basic).ok()??;
        Some(postings.doc()).filter(|doc| *doc != tantivy::TERMINATED)
    }

    pub fn concept(&self, number: u32) -> Option<ConceptRecord> {
        postcard::from_bytes(&self.record(DocAddress::new(0, number))?).ok()
    }

    pub fn label(&self, at: DocAddress) -> Option<LabelRecord<'static>> {
        let bytes = self.record(at)?;
        let label: LabelRecord<'_> = postcard::from_bytes(&bytes).ok()?;
        Some(LabelRecord {
            concept: label.concept,
            role: label.role,
            lang: Cow::Owned(label.lang.into_owned()),
            text: Cow::Owned(label.text.into_owned()),
        })
    }

    /// The word of a document found by its pieces.
    pub fn word(&self, at: DocAddress) -> Option<String> {
        String::from_utf8(self.record(at)?).ok()
    }

    fn record(&self, at: DocAddress) -> Option<Vec<u8>> {
        let doc: TantivyDocument = self.searcher.doc(at).ok()?;
        doc.get_first(self.fields.record)?.as_bytes().map(<[u8]>::to_vec)
    }

    fn write(draft: &Draft, version: &str, directory: Box<dyn Directory>, memory: usize) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let settings = IndexSettings { docstore_blocksize: 2048, ..IndexSettings::default() };
        let facts_at = directory.box_clone();
        let mut writer =
            Index::builder().schema(schema).settings(settings).single_segment_index_writer::<TantivyDocument>(directory, memory)?;
        for record in records(draft) {
            let mut doc = TantivyDocument::new();
            doc.add_text(fields.uri, &record.uri);
            doc.add_bytes(fields.record, &packed(&record));
            writer.add_document(doc)?;
        }
        let labels = write_labels(draft, fields, &mut writer)?;
        let index = writer.finalize()?;
        let facts = Facts { format: FORMAT, version: version.to_owned(), counts: counts(draft, labels) };
        let text = serde_json::to_vec(&facts).expect("numbers and names are JSON");
        facts_at.atomic_write(Path::new(RANK), &rank::write(draft))?;
        facts_at.atomic_write(Path::new(FACTS), &text)?;
        let ranker = ranker(&*facts_at).ok_or_else(|| tantivy::TantivyError::InternalError("the file of titles".to_owned()))?;
        Self::ready(&index, facts, ranker)
    }

    fn ready(index: &Index, facts: Facts, ranker: Ranker) -> tantivy::Result<Self> {
        let reader =
            index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).doc_store_cache_num_blocks(64).try_into()?;
        let (_, fields) = schema();
        Ok(Self { searcher: reader.searcher(), fields, facts, ranker })
    }
}

const FACTS: &str = "facts.json";
const RANK: &str = "titles";

fn ranker(directory: &dyn Directory) -> Option<Ranker> {
    Ranker::open(&directory.open_read(Path::new(RANK)).ok()?.read_bytes().ok()?)
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let exact = TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false).set_index_option(IndexRecordOption::Basic);
    let terms = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
    let terms = TextOptions::default().set_indexing_options(terms);
    let fields = Fields {
        uri: builder.add_text_field("uri", TextOptions::default().set_indexing_options(exact)),
        record: builder.add_bytes_field("record", BytesOptions::default().set_stored()),
        pieces: builder.add_text_field("pieces", terms.clone()),
        occupation: builder.add_text_field("occupation", terms.clone()),
        skill: builder.add_text_field("skill", terms.clone()),
        group: builder.add_text_field("group", terms),
    };
    (builder.build(), fields)
}

fn records(draft: &Draft) -> impl Iterator<Item = ConceptRecord> + '_ {
    let mut essential_for: Vec<Vec<u32>> = vec![Vec::new(); draft.concepts.len()];
    for (concept, number) in draft.concepts.iter().zip(0_u32..) {
        for skill in &concept.essential {
            essential_for[*skill as usize].push(number);
        }
    }
    draft.concepts.iter().zip(essential_for).map(|(concept, essential_for)| ConceptRecord {
        uri: concept.uri.clone(),
        kind: concept.kind,
        code: concept.code.clone(),
        labels: concept.preferred.clone().into_iter().collect(),
        broader: concept.broader.clone(),
        essential: concept.essential.clone(),
        optional: concept.optional.clone(),
        essential_for,
        replaced_by: concept.replaced_by,
    })
}

/// Writes the labels of all concepts, then the vocabulary of their words; gives the number of labels.
fn write_labels(draft: &Draft, fields: Fields, writer: &mut SingleSegmentIndexWriter) -> tantivy::Result<usize> {
    let (mut labels, mut vocabulary) = (0, BTreeSet::new());
    for (concept, number) in draft.concepts.iter().zip(0_u32..).filter(|(concept, _)| !concept.retired) {
        for (lang, role, text) in every_label(concept) {
            labels += 1;
            for form in variant::forms(text) {
                let words: Vec<String> = fold::words(&form).into_iter().map(|word| word.folded).collect();
                let record = LabelRecord { concept: number, role: role as u8, lang: lang.into(), text: form.into() };
                writer.add_document(document(fields, fields.of(concept.kind), &words, &packed(&record)))?;
                vocabulary.extend(words);
            }
        }
    }
    for word in vocabulary {
        writer.add_document(document(fields, fields.pieces, &fold::grams(&word, false), word.as_bytes()))?;
    }
    Ok(labels)
}

fn every_label(concept: &DraftConcept) -> impl Iterator<Item = (&str, Role, &str)> {
    let preferred = concept.preferred.iter().map(|(lang, text)| (lang.as_str(), Role::Preferred, text.as_str()));
    let others = concept.others.iter().map(|(lang, role, text)| (lang.as_str(), *role, text.as_str()));
    preferred.chain(others)
}

/// `terms` without white space inside.
fn document(fields: Fields, field: Field, terms: &[String], record: &[u8]) -> TantivyDocument {
    let mut doc = TantivyDocument::new();
    doc.add_text(field, terms.join(" "));
    doc.add_bytes(fields.record, record);
    doc
}

fn packed<T: Serialize>(record: &T) -> Vec<u8> {
    postcard::to_allocvec(record).expect("records are plain values, and memory is the only limit")
}

fn counts(draft: &Draft, labels: usize) -> Counts {
    let of = |kind| draft.concepts.iter().filter(|c| c.kind == kind && !c.retired).count();
    let mut languages = BTreeMap::new();
    for lang in draft.concepts.iter().filter(|c| !c.retired).flat_map(|c| c.preferred.keys()) {
        *languages.entry(lang.clone()).or_default() += 1;
    }
    Counts {
        occupations: of(Kind::Occupation),
        skills: of(Kind::Skill),
        groups: of(Kind::Group),
        labels,
        languages,
        dropped: draft.dropped,
    }
}
