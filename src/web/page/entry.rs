//! The form of an entry, made from its kind's fields; one entry with its versions.

use askama::Template;

use super::form::{Choice, Hidden, Wrong};
use super::frame::{Body, Place};
use super::shown::{self, Shown, Worded};
use super::{codes, events, url};
use crate::domain::delicate::{self, Topic};
use crate::domain::profile::{Class, Fault, Fields, Kind, Section, Shape, Value};
use crate::domain::{ConsentId, EntryId, Timestamp};
use crate::text::T;
use crate::usecase::proof_file::Form;

/// What a form holds, as typed: field name to values. Nothing here has been checked.
pub type Typed = std::collections::BTreeMap<String, Vec<String>>;

/// The hidden field of a form to which the guide led: whatever it holds, the form leads back there.
pub const WAY: &str = "way";

/// The hidden field of a form that names a word which the person was asked about.
pub const MEANT: &str = "meant";

/// Adding or changing an entry. Each field's input is named as the field; a concept's URI stands in `FIELD-uri`.
///
/// Other inputs: `base` (the version that was changed, where one was), `keep_out` (a consent's id, repeated), `include` (a consent's
/// id: the tick that adds a sensitive entry), `meant` (a word that was asked about, repeated), `seen` (`yes` once the person has seen who
/// will read it), `search` (the name of a concept field: the button that asks for suggestions without script).
#[derive(Template)]
#[template(path = "entry_form.html")]
pub struct EntryForm {
    pub t: T,
    pub kind: Kind,
    /// `None` where it is new.
    pub id: Option<EntryId>,
    pub inputs: Vec<Input>,
    pub hidden: Hidden,
    pub wrong: Vec<Wrong>,
    /// Live consents that would cover it. Where any stand, the form comes once more, with this box, before it is saved.
    pub audience: Vec<Audience>,
    /// What the words say that the person may not have meant to show. Where anything is, the form comes once more, as above.
    pub delicate: delicate::Found,
    /// Saving failed, since someone else (another window) changed the map meanwhile.
    pub stale: bool,
}

/// A live consent that would cover the entry.
#[derive(Clone, Debug)]
pub struct Audience {
    pub consent: ConsentId,
    pub unit: String,
    pub organisation: String,
    pub until: Timestamp,
    /// The tick: keep it out (normal entries) or let it in (sensitive ones).
    pub ticked: bool,
}

impl Audience {
    pub fn place(&self, t: T) -> String {
        events::place(t, &self.unit, &self.organisation)
    }
}

/// One field, with what was typed.
pub struct Input {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub required: bool,
    pub wrong: Option<String>,
    pub value: String,
    pub control: Control,
}

pub enum Control {
    Line {
        kind: &'static str,
        mode: &'static str,
        complete: &'static str,
        max: usize,
    },
    Area {
        max: usize,
    },
    Radios(Vec<Choice>),
    Checks(Vec<Choice>),
    Tick(bool),
    Select(Vec<Choice>),
    /// Text with suggestions from a list (municipalities).
    Listed,
    /// Not for typing: what stands is carried along.
    Kept,
    Concept {
        occupation: bool,
        uri: String,
        found: Option<Vec<Found>>,
    },
}

/// A suggestion for a concept.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Found {
    pub uri: String,
    pub label: String,
    /// The language of the label.
    pub lang: String,
    /// Why it was found, in the language of the page.
    pub why: Option<String>,
}

impl EntryForm {
    /// The form with what was typed and what is wrong with it. `found`: suggestions per concept field, when the person searched.
    pub fn new(
        t: T,
        kind: Kind,
        id: Option<EntryId>,
        typed: &Typed,
        faults: &[(String, Fault)],
        found: std::collections::BTreeMap<String, Vec<Found>>,
    ) -> Self {
        // In the order of the form, so that the summary reads as the page does.
        let place = |field: &str| kind.fields().iter().position(|known| known.name == field);
        let mut faults: Vec<&(String, Fault)> = faults.iter().collect();
        faults.sort_by_key(|(field, _)| place(field));
        let wrong: Vec<Wrong> = faults.into_iter().map(|(field, fault)| wrong(t, kind, field, fault)).collect();
        let inputs = inputs(t, kind, typed, &wrong, found);
        Self {
            t,
            kind,
            id,
            inputs,
            hidden: Vec::new(),
            wrong,
            audience: Vec::new(),
            delicate: delicate::Found::new(),
            stale: false,
        }
    }

    /// What a form shows for an entry that stands.
    pub fn typed(fields: &Fields) -> Typed {
        let mut typed = Typed::new();
        for (name, value) in fields {
            let values = match value {
                Value::Text(text) | Value::Choice(text) => vec![text.clone()],
                Value::Number(n) => vec![n.to_string()],
                Value::Choices(some) => some.clone(),
                Value::Date(date) => vec![date.to_string()],
                Value::Flag(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
                Value::Concept(concept) => {
                    typed.extend(concept.uri.clone().map(|uri| (format!("{name}-uri"), vec![uri])));
                    vec![concept.entered.clone()]
                }
            };
            typed.insert(name.clone(), values);
        }
        typed
    }

    /// What one does here: "Lägg till en kompetens".
    fn heading(&self) -> String {
        let what = self.t.within(&self.t.s(format!("kind-{}", self.kind.name())));
        self.t.one(if self.id.is_some() { "form-change" } else { "form-add" }, "what", what)
    }

    fn action(&self) -> String {
        self.id.map_or_else(|| url::entry_new(self.kind), url::entry_edit)
    }

    /// Where the form leads when nothing is saved.
    fn cancelled(&self) -> String {
        let guided = self.hidden.iter().any(|(name, _)| name == WAY);
        if guided { url::GUIDE.to_owned() } else { url::section(self.section()) }
    }

    fn section(&self) -> Section {
        self.kind.section()
    }

    fn sensitive(&self) -> bool {
        self.kind.class() != Class::Normal
    }

    fn never(&self) -> bool {
        self.kind.never_shared()
    }

    fn places(&self) -> &'static [&'static str] {
        codes::municipalities()
    }

    /// What is asked about the words, a sentence for each topic.
    fn asked(&self) -> Vec<String> {
        let topics = [(Topic::Health, "delicate-health"), (Topic::Crime, "delicate-crime"), (Topic::Number, "delicate-number")];
        let asked = topics.into_iter().filter_map(|(topic, key)| {
            let words: Vec<&str> = self.delicate.iter().filter(|one| one.0 == topic).map(|one| one.1.as_str()).collect();
            (!words.is_empty()).then(|| self.t.one(key, "words", words.join(", ")))
        });
        asked.collect()
    }

    fn listed(&self) -> bool {
        self.inputs.iter().any(|input| matches!(input.control, Control::Listed))
    }
}

impl Input {
    pub fn described(&self) -> String {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-hint", self.name));
        }
        if self.wrong.is_some() {
            ids.push(format!("{}-wrong", self.name));
        }
        ids.join(" ")
    }
}

impl Body for EntryForm {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        if self.sensitive() { self.t.s("nav-map") } else { self.heading() }
    }
    fn typed(&self) -> bool {
        true
    }
    fn concepts(&self) -> bool {
        self.inputs.iter().any(|input| matches!(input.control, Control::Concept { .. }))
    }
}

/// The sentence for a fault, naming the field.
pub fn wrong(t: T, kind: Kind, field: &str, fault: &Fault) -> Wrong {
    const MARKS: [char; 3] = ['?', '؟', '፧'];
    let label = shown::label(t, kind, field);
    let shape = kind.field(field).map(|known| known.shape);
    let (key, label) = match (fault, shape) {
        (Fault::Missing, Some(Shape::Language)) => ("fault-missing-language", label),
        (Fault::Missing, Some(Shape::Flag)) => ("fault-missing-flag", label),
        (Fault::Missing, _) if label.ends_with(MARKS) => ("fault-missing-question", label),
        // Where the label asks, the sentence goes on without its mark.
        _ => (fault.key(), label.trim_end_matches(MARKS).to_owned()),
    };
    let mut args = vec![("field", label.into())];
    match fault {
        Fault::TooLong { max } => args.push(("max", max.into())),
        Fault::NotANumber { min, max } => args.extend([("min", min.into()), ("max", max.into())]),
        _ => {}
    }
    Wrong::new(field, t.with(key, &args))
}

/// The inputs of a kind's form, with what was typed.
pub fn inputs(
    t: T,
    kind: Kind,
    typed: &Typed,
    wrong: &[Wrong],
    mut found: std::collections::BTreeMap<String, Vec<Found>>,
) -> Vec<Input> {
    kind.fields().iter().map(|field| input(t, kind, field, typed, wrong, found.remove(field.name))).collect()
}

/// One field of a kind, as its form shows it.
pub fn input(
    t: T,
    kind: Kind,
    field: &crate::domain::profile::Field,
    typed: &Typed,
    wrong: &[Wrong],
    found: Option<Vec<Found>>,
) -> Input {
    let values = typed.get(field.name).map_or(&[][..], Vec::as_slice);
    let value = values.first().cloned().unwrap_or_default();
    let hint = t.maybe(&format!("hint-{}-{}", kind.name(), field.name)).or_else(|| shape_hint(t, field.shape));
    Input {
        name: field.name,
        label: shown::label(t, kind, field.name),
        hint,
        required: field.required,
        wrong: Wrong::find(wrong, field.name).map(str::to_owned),
        control: control(t, kind, field, values, typed, found),
        value,
    }
}

fn shape_hint(t: T, shape: Shape) -> Option<String> {
    match shape {
        Shape::Date => Some(t.s("hint-date")),
        Shape::Text { max } => Some(t.one("hint-text", "max", max)),
        Shape::Concept(_) => Some(t.s("hint-concept")),
        Shape::Number { min, max } => Some(t.two("hint-number", "min", min, "max", max)),
        _ => None,
    }
}

fn control(
    t: T,
    kind: Kind,
    field: &crate::domain::profile::Field,
    values: &[String],
    typed: &Typed,
    found: Option<Vec<Found>>,
) -> Control {
    let has = |one: &str| values.iter().any(|value| value == one);
    let choices = |all: &[&str]| {
        all.iter().map(|one| Choice::new(*one, shown::choice(t, kind, field.name, one), has(one))).collect::<Vec<_>>()
    };
    let line = |kind, mode, complete, max| Control::Line { kind, mode, complete, max };
    match field.shape {
        Shape::Entry => Control::Kept,
        // Counted in the file itself.
        Shape::Number { .. } if kind == Kind::Document => Control::Kept,
        Shape::Line { max } => line("text", "text", completion(kind, field.name), max),
        Shape::Text { max } => Control::Area { max },
        Shape::Number { max, .. } => line("text", "numeric", completion(kind, field.name), max.to_string().len()),
        Shape::Date => line("text", "text", "off", 30),
        Shape::Phone => line("tel", "tel", "tel", 30),
        // Never typed: its kind has no form.
        Shape::Proof { max } => Control::Area { max },
        Shape::Email => line("email", "email", "email", 254),
        Shape::Choice(all) if all.len() > 9 => Control::Select(choices(all)),
        Shape::Choice(all) => Control::Radios(choices(all)),
        Shape::Choices(all) => Control::Checks(choices(all)),
        // A required answer must be said aloud; an optional one may be left unticked.
        Shape::Flag if field.required => Control::Radios(
            ["yes", "no"].map(|one| Choice::new(one, t.s(if one == "yes" { "yes" } else { "no" }), has(one))).into(),
        ),
        Shape::Flag => Control::Tick(has("yes")),
        Shape::Language => Control::Select(codes::languages(t, values.first().map(String::as_str))),
        Shape::Country => Control::Select(codes::countries(t, values.first().map(String::as_str))),
        Shape::Municipality => Control::Listed,
        Shape::Concept(concept) => Control::Concept {
            occupation: concept == crate::domain::profile::ConceptKind::Occupation,
            uri: typed.get(&format!("{}-uri", field.name)).and_then(|values| values.first()).cloned().unwrap_or_default(),
            found,
        },
    }
}

/// WCAG 1.3.5: what a field about oneself is for.
fn completion(kind: Kind, field: &str) -> &'static str {
    match (kind, field) {
        (Kind::PreferredName, _) => "nickname",
        (Kind::LegalName, "given") => "given-name",
        (Kind::LegalName, "family") => "family-name",
        (Kind::BirthYear, _) => "bday-year",
        (Kind::Home, "address") => "street-address",
        _ => "off",
    }
}

/// One entry with all its versions, newest first.
#[derive(Template)]
#[template(path = "entry.html")]
pub struct EntryPage {
    pub t: T,
    pub id: EntryId,
    pub shown: Shown,
    /// Of a proof: what it says, and how it stands.
    pub proof: Option<super::proof::Proven>,
    /// The forms in which the proof can be taken out.
    pub forms: Vec<Form>,
    /// What its concepts are called now, where the taxonomy has replaced them.
    pub renamed: Vec<Worded>,
    /// Who can read it now.
    pub audience: Vec<Audience>,
    /// Documents that stand beside it.
    pub documents: Vec<(EntryId, String)>,
    /// Whether a document may be put beside it.
    pub attachable: bool,
    /// The entry that it stands beside, where it is a document.
    pub beside: Option<(EntryId, String)>,
    /// Earlier versions, newest first, each with the time it was written.
    pub earlier: Vec<(Timestamp, Shown)>,
}

impl Body for EntryPage {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        let key =
            if self.shown.kind.class() == Class::Normal { format!("kind-{}", self.shown.kind.name()) } else { "nav-map".into() };
        self.t.s(&key)
    }
    fn concepts(&self) -> bool {
        self.shown.concept
    }
}
