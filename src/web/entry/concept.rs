//! Concepts of the taxonomy in a form: suggestions while typing, suggestions without script, and what is kept of the one picked.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::domain::profile::{ConceptKind, ConceptRef, Entry, Kind, Shape, Value};
use crate::domain::taxonomy::{Hit, How, Kind as Sought};
use crate::domain::time::SECOND;
use crate::http::route::post;
use crate::http::{Guest, Site};
use crate::policy::{Action, Resource};
use crate::taxonomy::Taxonomy;
use crate::text::{Lang, T};
use crate::web::page::entry::{Found, Typed};
use crate::web::page::shown::Worded;
use crate::web::page::url;

/// Suggestions shown at once.
const MOST: usize = 8;
/// A search is a few words.
const MOST_BYTES: usize = 4096;

/// What the concepts of an entry are called now, where others have taken their place in the taxonomy.
pub fn renamed(taxonomy: &Taxonomy, t: T, entry: &Entry) -> Vec<Worded> {
    let uri = |value: &Value| match value {
        Value::Concept(concept) => concept.uri.clone(),
        _ => None,
    };
    let now = |uri: String| {
        let concept = taxonomy.replacement(&uri)?;
        let (label, lang) = concept.label(t.lang.written());
        Some(Worded::of(label, lang, t))
    };
    entry.fields.values().filter_map(uri).filter_map(now).collect()
}

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(url::TAXONOMY_SEARCH, post(search)).layer(DefaultBodyLimit::max(MOST_BYTES))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    kind: ConceptKind,
    query: String,
    lang: String,
}

#[derive(Serialize)]
struct Answer {
    hits: Vec<Found>,
    /// Asking keeps the session alive: until when, so that the page's warning comes in time and not before.
    seconds_left: i64,
}

/// What is typed travels in the body and stands in no log.
async fn search(guest: Guest, State(site): State<Arc<Site>>, question: Result<Json<Question>, JsonRejection>) -> Response {
    let Some(session) = guest.person.or(guest.staff) else { return StatusCode::UNAUTHORIZED.into_response() };
    let Ok(Json(question)) = question else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    if site.service.ask(session.participant(), Action::SearchTaxonomy, Resource::System).is_err() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let lang = Lang::tagged(&question.lang).unwrap_or(Lang::SV);
    let t = T::new(lang, site.service.now());
    let hits = hits(&site.taxonomy, question.kind, &question.query, lang);
    let seconds_left = session.ends().since(t.now).max(0) / SECOND;
    Json(Answer { hits: hits.into_iter().map(|hit| shown(t, hit)).collect(), seconds_left }).into_response()
}

fn hits(taxonomy: &Taxonomy, kind: ConceptKind, typed: &str, lang: Lang) -> Vec<Hit> {
    let kind = match kind {
        ConceptKind::Occupation => Sought::Occupation,
        ConceptKind::Skill => Sought::Skill,
    };
    taxonomy.search(typed, &[kind], lang.written(), MOST)
}

/// A hit with the reason in words: how it was met, where that does not show, and its language where there is no label in that of
/// the page.
fn shown(t: T, hit: Hit) -> Found {
    let label = hit.why.label.as_deref().unwrap_or_default();
    let how = match hit.why.how {
        How::Beginning => None,
        How::Same => Some(t.s("hit-same")),
        How::Words => Some(t.s("hit-words")),
        How::Spelling => Some(t.s("hit-spelling")),
        How::OtherName => Some(t.one("hit-other-name", "label", label)),
        How::OtherLanguage => Some(t.one("hit-other-language", "label", label)),
        How::Crosswalk => Some(t.one("hit-crosswalk", "label", label)),
        How::Former => Some(t.one("hit-former", "label", label)),
        How::Meaning => Some(t.s("hit-meaning")),
    };
    let language = Some(&hit.lang).filter(|lang| *lang != t.lang.written()).and_then(|lang| t.maybe(&format!("lang-{lang}")));
    let why = match (how, language) {
        (Some(how), Some(language)) => Some(t.two("hit-in-language", "how", how, "language", language)),
        (None, Some(language)) => Some(t.one("hit-shown-in", "language", language)),
        (how, None) => how,
    };
    Found { uri: hit.uri, label: hit.label, lang: hit.lang, why }
}

/// The field whose button asks for suggestions, with what was found for it.
pub fn found(taxonomy: &Taxonomy, t: T, kind: Kind, typed: &Typed) -> BTreeMap<String, Vec<Found>> {
    let asked = typed.get("search").and_then(|values| values.first()).and_then(|name| kind.field(name));
    let Some((field, Shape::Concept(concept))) = asked.map(|field| (field, field.shape)) else { return BTreeMap::new() };
    let words = first(typed, field.name);
    let found = hits(taxonomy, concept, words, t.lang).into_iter().map(|hit| shown(t, hit)).collect();
    [(field.name.to_owned(), found)].into()
}

/// Drops each URI that no longer belongs to the words beside it: without script, other words typed over a picked concept leave its
/// URI in the form. `FIELD-of` holds the words for which the URI was offered.
pub fn settle(taxonomy: &Taxonomy, kind: Kind, typed: &mut Typed) {
    for field in kind.fields().iter().filter(|field| matches!(field.shape, Shape::Concept(_))) {
        let (uri_name, words) = (format!("{}-uri", field.name), first(typed, field.name));
        let uri = first(typed, &uri_name);
        let offered = !words.trim().is_empty() && words == first(typed, &format!("{}-of", field.name));
        let holds = taxonomy.concept(uri).is_some_and(|concept| offered || concept.labels.values().any(|label| same(label, words)));
        if !holds {
            typed.remove(&uri_name);
        }
    }
}

/// The concept that a settled form names; free words where it names none.
pub fn concept(taxonomy: &Taxonomy, typed: &Typed, field: &str, lang: Lang) -> ConceptRef {
    let words = first(typed, field).trim();
    let Some(concept) = taxonomy.concept(first(typed, &format!("{field}-uri"))) else { return ConceptRef::free(words) };
    let named = concept.labels.values().any(|label| same(label, words));
    let entered = if named { words.to_owned() } else { concept.label(lang.written()).0.to_owned() };
    let label = |lang: &str| concept.labels.get(lang).cloned();
    ConceptRef { entered, sv: label("sv"), en: label("en"), uri: Some(concept.uri) }
}

fn first<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.get(name).and_then(|values| values.first()).map_or("", String::as_str)
}

fn same(label: &str, words: &str) -> bool {
    label.to_lowercase() == words.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static STARTER: LazyLock<Taxonomy> = LazyLock::new(|| Taxonomy::starter().expect("the binary carries it"));

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
    }

    fn cook() -> String {
        hits(&STARTER, ConceptKind::Occupation, "kock", Lang::SV)[0].uri.clone()
    }

    fn settled(words: &str, of: &str, uri: &str) -> ConceptRef {
        let mut typed = typed(&[("occupation", words), ("occupation-of", of), ("occupation-uri", uri)]);
        settle(&STARTER, Kind::Work, &mut typed);
        concept(&STARTER, &typed, "occupation", Lang::SV)
    }

    #[test]
    fn other_words_over_a_picked_concept_are_free_words() {
        assert_eq!(settled("snickare", "kock", &cook()), ConceptRef::free("snickare"));
        assert_eq!(settled("kock", "kock", "urn:none"), ConceptRef::free("kock"));
        assert_eq!(settled("", "", &cook()), ConceptRef::free(""));
    }

    #[test]
    fn a_picked_concept_keeps_its_labels_and_the_word_that_was_picked() {
        let by_label = settled("Cook", "", &cook());
        assert_eq!((by_label.entered.as_str(), by_label.sv.as_deref()), ("Cook", Some("kock")));
        let by_radio = settled("laga mat", "laga mat", &cook());
        assert_eq!((by_radio.entered.as_str(), by_radio.en.as_deref()), ("kock", Some("cook")));
    }

    #[test]
    fn suggestions_come_only_for_a_concept_field_that_asked() {
        let t = T::new(Lang::SV, crate::domain::Timestamp(0));
        let all = |name: &str| found(&STARTER, t, Kind::Work, &typed(&[("occupation", "kock"), ("search", name)]));
        assert!(all("employer").is_empty() && all("").is_empty() && all("x").is_empty());
        assert!(all("occupation")["occupation"].iter().any(|hit| hit.uri == cook()));
    }
}
