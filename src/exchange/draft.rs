//! Building entries out of a tree, and looking at entries that are to be written.

use super::Item;
use super::json::Json;
use super::leftover::Leftover;
use super::names;
use super::tree::{At, Tree};
use crate::domain::Timestamp;
use crate::domain::date::PartialDate;
use crate::domain::profile::entry::{check, read};
use crate::domain::profile::{ConceptRef, Fault, Fields, Kind, Value};
use crate::domain::taxonomy::is_concept;
use crate::text::{Lang, T};

/// A file under way.
pub struct Reading<'a> {
    pub root: At<'a>,
    pub lang: String,
    entries: Vec<Item>,
    continued: Vec<Leftover>,
}

impl<'a> Reading<'a> {
    pub fn new(tree: &'a Tree, lang: &str) -> Self {
        Self { root: tree.root(), lang: lang.to_owned(), entries: Vec::new(), continued: Vec::new() }
    }

    /// The file names its own language (BCP 47; a region is dropped).
    pub fn speaks(&mut self, leaf: Option<At<'a>>) {
        let Some((leaf, text)) = leaf.and_then(|leaf| Some((leaf, leaf.text()?))) else { return };
        let primary = text.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        if (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.lang = primary;
            leaf.take();
        }
    }

    pub fn draft(&self, kind: Kind, at: At<'a>) -> Draft<'a> {
        Draft { kind, at, fields: Fields::new(), used: Vec::new(), continued: Vec::new() }
    }

    /// Keeps a draft as an entry where it fits; else all its texts are not understood.
    pub fn add(&mut self, mut draft: Draft<'a>) {
        draft.settle();
        if draft.fields.is_empty() || check(draft.kind, &draft.fields).is_err() {
            draft.used.iter().for_each(|(_, leaf)| leaf.give_back());
            return;
        }
        self.continued.append(&mut draft.continued);
        let (lang, source) = (self.lang.clone(), draft.at.path());
        self.entries.push(Item { kind: draft.kind, lang, fields: draft.fields, source });
    }

    pub fn done(self) -> (Vec<Item>, Vec<Leftover>) {
        (self.entries, self.continued)
    }
}

/// An entry under way. A text is taken from the tree only when a field has taken it.
pub struct Draft<'a> {
    kind: Kind,
    at: At<'a>,
    fields: Fields,
    used: Vec<(&'static str, At<'a>)>,
    continued: Vec<Leftover>,
}

impl<'a> Draft<'a> {
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// The text of a leaf, where the field can hold it and holds nothing yet.
    pub fn put(&mut self, field: &'static str, leaf: Option<At<'a>>) -> &mut Self {
        if let Some((leaf, text)) = leaf.and_then(|leaf| Some((leaf, leaf.text()?.to_owned()))) {
            self.put_text(field, &text, &[leaf]);
        }
        self
    }

    /// Several leaves as one text.
    pub fn put_all(&mut self, field: &'static str, leaves: &[At<'a>], between: &str) -> &mut Self {
        let texts: Vec<&str> = leaves.iter().filter_map(|leaf| leaf.text()).collect();
        self.put_text(field, &texts.join(between), leaves)
    }

    /// What was made of the texts of some leaves. What is too long is cut at a word, its end is kept beside.
    pub fn put_text(&mut self, field: &'static str, text: &str, from: &[At<'a>]) -> &mut Self {
        let Some(known) = self.kind.field(field).filter(|_| !self.has(field)) else { return self };
        match read(known.shape, &[text.to_owned()]) {
            Ok(Some(value)) => self.put_value(field, value, from),
            Err(Fault::TooLong { max }) => {
                let (start, end) = cut(text.trim(), max);
                if let Ok(Some(value)) = read(known.shape, &[start.to_owned()]) {
                    let path = from.first().map_or_else(String::new, |leaf| leaf.path());
                    self.continued.push(Leftover::new(format!("{path} …"), end.to_owned()));
                    self.put_value(field, value, from);
                }
                self
            }
            _ => self,
        }
    }

    pub fn put_value(&mut self, field: &'static str, value: Value, from: &[At<'a>]) -> &mut Self {
        self.fields.insert(field.to_owned(), value);
        for leaf in from {
            leaf.take();
            self.used.push((field, *leaf));
        }
        self
    }

    pub fn put_flag(&mut self, field: &'static str, leaf: Option<At<'a>>) -> &mut Self {
        match leaf.and_then(|leaf| Some((leaf, leaf.text()?))) {
            Some((leaf, said @ ("true" | "false"))) => self.put_value(field, Value::Flag(said == "true"), &[leaf]),
            _ => self,
        }
    }

    /// A date, also at the head of a date and time.
    pub fn put_date(&mut self, field: &'static str, leaf: Option<At<'a>>) -> &mut Self {
        if let Some((leaf, date)) = leaf.and_then(|leaf| Some((leaf, date(leaf.text()?)?))) {
            self.put_value(field, Value::Date(date), &[leaf]);
        }
        self
    }

    /// A language by its code of two or three letters, or by its name.
    pub fn put_language(&mut self, field: &'static str, leaf: Option<At<'a>>) -> &mut Self {
        if let Some((leaf, code)) = leaf.and_then(|leaf| Some((leaf, names::language(leaf.text()?)?))) {
            self.put_text(field, &code, &[leaf]);
        }
        self
    }

    pub fn put_country(&mut self, field: &'static str, leaf: Option<At<'a>>) -> &mut Self {
        if let Some((leaf, text)) = leaf.and_then(|leaf| Some((leaf, leaf.text()?.to_ascii_uppercase()))) {
            // Exceptionally reserved in ISO 3166-1, and common in Europass files.
            let code = match text.as_str() {
                "UK" => "GB",
                "EL" => "GR",
                code => code,
            };
            self.put_text(field, code, &[leaf]);
        }
        self
    }

    /// The address of the concept whose words the field holds already.
    pub fn put_uri(&mut self, field: &'static str, leaf: Option<At<'a>>) -> &mut Self {
        let Some((leaf, uri)) = leaf.and_then(|leaf| Some((leaf, leaf.text()?))) else { return self };
        if let (true, Some(Value::Concept(concept))) = (is_concept(uri), self.fields.get_mut(field)) {
            concept.uri = Some(uri.to_owned());
            leaf.take();
            self.used.push((field, leaf));
        }
        self
    }

    /// The fields that a format has no member for, in a member of our own; they win.
    pub fn extra(&mut self, at: At<'a>) -> &mut Self {
        let Some(own) = at.at(OWN) else { return self };
        for field in self.kind.fields() {
            let leaves: Vec<At<'a>> = own.all(field.name).collect();
            let texts: Vec<String> = leaves.iter().map(|leaf| leaf.raw().to_owned()).collect();
            if let Ok(Some(value)) = read(field.shape, &texts) {
                self.put_value(field.name, value, &leaves);
            }
        }
        if let Some(field) = concept_field(self.kind) {
            self.put_uri(field, own.at("uri"));
        }
        self
    }

    /// More of a leaf that is taken, kept as text.
    pub fn beside(&mut self, leaf: At<'a>, text: &str) {
        self.continued.push(Leftover::new(format!("{} …", leaf.path()), text.to_owned()));
    }

    /// An end that lies before its start is not understood; the rest is.
    fn settle(&mut self) {
        if let Err(faults) = check(self.kind, &self.fields)
            && faults.iter().all(|(_, fault)| *fault == Fault::EndsBeforeStart)
        {
            self.fields.remove("to");
            self.used.iter().filter(|(field, _)| *field == "to").for_each(|(_, leaf)| leaf.give_back());
        }
    }
}

/// The member of our own in a JSON object.
pub const OWN: &str = "egenkarta";

fn concept_field(kind: Kind) -> Option<&'static str> {
    use crate::domain::profile::Shape;
    kind.fields().iter().find(|field| matches!(field.shape, Shape::Concept(_))).map(|field| field.name)
}

/// A date, or the day at the head of a date and time.
pub fn date(text: &str) -> Option<PartialDate> {
    let day = text.split(['T', ' ']).next().unwrap_or(text);
    day.parse().ok()
}

/// At most `max` characters, cut at a space where there is one in the second half.
fn cut(text: &str, max: usize) -> (&str, &str) {
    let end = text.char_indices().nth(max).map_or(text.len(), |(at, _)| at);
    let space = text[..end].rfind(char::is_whitespace).filter(|space| *space > end / 2).unwrap_or(end);
    (text[..space].trim_end(), text[space..].trim_start())
}

/// Entries to be written.
pub struct Writing<'a> {
    items: &'a [Item],
    /// What most of them are written in.
    pub lang: String,
    pub t: T,
}

impl<'a> Writing<'a> {
    pub fn new(items: &'a [Item], lang: &str) -> Self {
        let count = |lang: &str| items.iter().filter(|item| item.lang == lang).count();
        let most = items.iter().rev().map(|item| item.lang.as_str()).max_by_key(|lang| count(lang)).unwrap_or(lang);
        let primary = most.split('-').next().unwrap_or(most);
        Self { items, lang: primary.to_owned(), t: T::new(Lang::tagged(primary).unwrap_or(Lang::EN), Timestamp(0)) }
    }

    pub fn of(&self, kind: Kind) -> impl Iterator<Item = Row<'a>> + use<'a> {
        self.items.iter().filter(move |item| item.kind == kind).map(|item| Row(Some(item)))
    }

    /// The first of its kind; one without fields where there is none.
    pub fn first(&self, kind: Kind) -> Row<'a> {
        self.of(kind).next().unwrap_or(Row(None))
    }

    /// What a licence is called.
    pub fn licence(&self, row: Row<'a>) -> String {
        let code = row.text("licence").unwrap_or_default();
        row.text("name").map_or_else(|| names::licence(&self.lang, code), str::to_owned)
    }
}

/// One entry to be written.
#[derive(Clone, Copy)]
pub struct Row<'a>(Option<&'a Item>);

impl<'a> Row<'a> {
    fn value(self, field: &str) -> Option<&'a Value> {
        self.0.and_then(|item| item.fields.get(field))
    }

    /// The words of a text, a choice or a concept.
    pub fn text(self, field: &str) -> Option<&'a str> {
        match self.value(field)? {
            Value::Text(text) | Value::Choice(text) | Value::Concept(ConceptRef { entered: text, .. }) => Some(text.trim()),
            _ => None,
        }
    }

    pub fn uri(self, field: &str) -> Option<&'a str> {
        match self.value(field)? {
            Value::Concept(concept) => concept.uri.as_deref(),
            _ => None,
        }
    }

    pub fn date(self, field: &str) -> Option<PartialDate> {
        match self.value(field)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    pub fn day(self, field: &str) -> Option<String> {
        self.date(field).map(|date| date.to_string())
    }

    pub fn number(self, field: &str) -> Option<i64> {
        match self.value(field)? {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub fn is(self, field: &str) -> bool {
        self.value(field) == Some(&Value::Flag(true))
    }

    pub fn flag(self, field: &str) -> Option<bool> {
        match self.value(field)? {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub fn is_not(self, field: &str) -> bool {
        self.value(field) == Some(&Value::Flag(false))
    }

    /// These fields, and the address of the concept, as the member of our own.
    pub fn extra(self, fields: &[&str]) -> (String, Json) {
        let field = |name: &&str| Some(((*name).to_owned(), json(self.value(name)?)));
        let uri = self.0.and_then(|item| concept_field(item.kind)).and_then(|field| self.uri(field));
        let uri = uri.map(|uri| ("uri".to_owned(), Json::text(Some(uri))));
        (OWN.to_owned(), Json::Object(fields.iter().filter_map(field).chain(uri).collect()))
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Choice(text) => Json::text(Some(text.trim())),
        Value::Concept(concept) => Json::text(Some(concept.entered.trim())),
        Value::Number(number) => Json::Number(*number),
        Value::Flag(flag) => Json::Flag(*flag),
        Value::Date(date) => Json::Text(date.to_string()),
        Value::Choices(all) => Json::list(all.iter().map(|one| Json::text(Some(one)))),
    }
}
