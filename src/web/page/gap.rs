//! The gap: what one may be compared with, and the comparison. Words and groups, never a score.

use std::collections::BTreeMap;

use askama::Template;

use super::entry::{Found, Input, Typed, inputs};
use super::frame::{Body, Place};
use super::shown::{Badge, Shown, Worded};
use super::url;
use crate::domain::EntryId;
use crate::domain::framework::Framework;
use crate::domain::gap::steps::Step;
use crate::domain::gap::{Near, Need, Standing};
use crate::domain::profile::Kind;
use crate::domain::taxonomy::Concept;
use crate::text::T;
use crate::usecase::gap::{Asked, Gap, Name};
use crate::usecase::profile::Held;

/// So many names stand in one step; the rest stand above it anyway.
const IN_A_STEP: usize = 4;

/// What one may be compared with.
#[derive(Template)]
#[template(path = "gap_start.html")]
pub struct GapStart {
    pub t: T,
    pub aims: Vec<Aim>,
    pub trades: Vec<Ours>,
    pub courses: Vec<Ours>,
    inputs: Vec<Input>,
}

/// A goal that names an occupation. `known`: it was picked from the list, so there is something to compare with.
pub struct Aim {
    pub id: EntryId,
    pub name: Worded,
    pub known: bool,
}

/// A framework, to be chosen.
pub struct Ours {
    pub id: String,
    pub name: String,
    pub about: String,
}

impl GapStart {
    pub fn new(
        t: T,
        aims: Vec<Aim>,
        trades: Vec<Ours>,
        courses: Vec<Ours>,
        typed: &Typed,
        found: BTreeMap<String, Vec<Found>>,
    ) -> Self {
        Self { t, aims, trades, courses, inputs: search(t, typed, found) }
    }
}

/// The field for an occupation, as the form of a goal has it.
fn search(t: T, typed: &Typed, found: BTreeMap<String, Vec<Found>>) -> Vec<Input> {
    let mut all = inputs(t, Kind::Goal, typed, &[], found);
    all.retain(|input| input.name == "occupation");
    for input in &mut all {
        input.label = t.s("gap-occupation");
        input.required = true;
    }
    all
}

impl Body for GapStart {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("gap-title")
    }
    fn typed(&self) -> bool {
        true
    }
    fn concepts(&self) -> bool {
        true
    }
}

/// What the person is compared with.
pub struct Against {
    name: Worded,
    about: Option<String>,
    /// Who wrote it, where it is a framework; an example says so.
    source: Option<String>,
    also: Vec<Ours>,
}

impl Against {
    pub fn occupation(t: T, concept: &Concept, also: Vec<Ours>) -> Self {
        Self { name: worded(t, concept), about: None, source: None, also }
    }

    pub fn framework(framework: &Framework, lang: &str) -> Self {
        let own = |text: &crate::domain::recipient::Localised| text.get(lang).to_owned();
        Self {
            name: Worded { text: own(&framework.name), lang: None },
            about: Some(own(&framework.about)),
            source: Some(own(&framework.source)),
            also: Vec::new(),
        }
    }
}

fn worded(t: T, concept: &Concept) -> Worded {
    let (text, lang) = concept.label(t.lang.tag());
    Worded { text: text.to_owned(), lang: (lang != t.lang.tag()).then(|| lang.to_owned()) }
}

/// The comparison.
#[derive(Template)]
#[template(path = "gap.html")]
pub struct GapPage {
    pub t: T,
    against: Against,
    have: Vec<Line>,
    close: Vec<Line>,
    missing: Vec<Line>,
    /// What only some need, the same three after each other.
    good: Vec<Line>,
    steps: Vec<String>,
    /// The occupation was looked for here: it can be changed, and a change of language brings it along.
    again: Option<Vec<Input>>,
    concepts: bool,
}

/// One demand.
struct Line {
    name: Worded,
    /// Which entries speak for it, together where they lie close in the same way.
    from: Vec<From>,
    /// The best of their proofs, where it is met.
    badge: Option<Badge>,
}

/// `near`: the words for how they lie close; none where they meet it.
struct From {
    near: Option<&'static str>,
    entries: Vec<(EntryId, Worded)>,
}

impl GapPage {
    pub fn new(t: T, against: Against, gap: &Gap) -> Self {
        let of = |need: Need, fits: &dyn Fn(&Standing) -> bool| -> Vec<Line> {
            let fitting = gap.lines.iter().filter(|(asked, standing)| asked.demand.need == need && fits(standing));
            fitting.map(|(asked, standing)| line(t, asked, standing, &gap.entries)).collect()
        };
        let have = |standing: &Standing| matches!(standing, Standing::Have(_));
        let close = |standing: &Standing| matches!(standing, Standing::Close(_));
        let missing = |standing: &Standing| *standing == Standing::Missing;
        let good = [&have as &dyn Fn(&Standing) -> bool, &close, &missing].map(|fits| of(Need::Good, fits));
        Self {
            t,
            against,
            have: of(Need::Must, &have),
            close: of(Need::Must, &close),
            missing: of(Need::Must, &missing),
            good: good.into_iter().flatten().collect(),
            steps: gap.steps.iter().flat_map(|step| step_words(t, step, &gap.lines)).collect(),
            again: None,
            concepts: gap.lines.iter().any(|(asked, _)| matches!(asked.name, Name::Concept(_))),
        }
    }

    /// The comparison was asked for by a form, which stands on it once more.
    #[must_use]
    pub fn again(mut self, typed: &Typed) -> Self {
        self.again = Some(search(self.t, typed, BTreeMap::new()));
        self
    }

    fn shown_first(&self) -> [(&'static str, &'static str, &Vec<Line>); 3] {
        [
            ("gap-have", "gap-have-none", &self.have),
            ("gap-close", "gap-close-none", &self.close),
            ("gap-missing", "gap-missing-none", &self.missing),
        ]
    }
}

fn line(t: T, asked: &Asked, standing: &Standing, entries: &[Held]) -> Line {
    let named = |id: &EntryId| {
        let held = entries.iter().find(|held| held.id == *id)?;
        Some((*id, Shown::new(t, &held.entry).heading))
    };
    let from: Vec<From> = match standing {
        Standing::Have(ids) => vec![From { near: None, entries: ids.iter().filter_map(named).collect() }],
        // The nearest few say enough.
        Standing::Close(close) => close[..close.len().min(3)]
            .chunk_by(|a, b| a.1 == b.1)
            .map(|alike| From { near: Some(near_key(alike[0].1)), entries: alike.iter().filter_map(|(id, _)| named(id)).collect() })
            .collect(),
        Standing::Missing => Vec::new(),
    };
    let best = match standing {
        Standing::Have(ids) => ids.first().and_then(|id| entries.iter().find(|held| held.id == *id)),
        _ => None,
    };
    Line { name: name(t, asked), from, badge: best.map(|held| Badge::Level(held.entry.evidence)) }
}

fn name(t: T, asked: &Asked) -> Worded {
    match &asked.name {
        Name::Concept(concept) => worded(t, concept),
        Name::Text(text) => Worded { text: text.get(t.lang.tag()).to_owned(), lang: None },
    }
}

const fn near_key(near: Near) -> &'static str {
    match near {
        Near::Worked => "gap-near-worked",
        Near::Wider => "gap-near-wider",
        Near::Narrower => "gap-near-narrower",
        Near::Kin => "gap-near-kin",
        Near::Lower => "gap-near-lower",
        Near::Expired => "gap-near-expired",
        Near::Withdrawn => "gap-near-withdrawn",
        Near::Unchecked => "gap-near-unchecked",
        Near::Other => "gap-near-other",
    }
}

/// A step as sentences: one for the whole step, or, where the framework has its own words, one for each demand.
fn step_words(t: T, step: &Step, lines: &[(Asked, Standing)]) -> Vec<String> {
    let places = step.places();
    let key = match step {
        Step::WriteDown(_) => "gap-step-write",
        Step::Renew(_) => "gap-step-renew",
        Step::Practise(_) => "gap-step-practise",
        Step::Get(_) => "gap-step-get",
        Step::Learn(_) => "gap-step-learn",
        Step::Attest(_) => "gap-step-attest",
        Step::Follow(_) => {
            let own = places.iter().filter_map(|at| lines[*at].0.next.as_ref());
            return own.map(|next| next.get(t.lang.tag()).to_owned()).collect();
        }
    };
    let names: Vec<String> = places.iter().take(IN_A_STEP).map(|at| name(t, &lines[*at].0).text).collect();
    let listed = t.list(&names);
    let more = places.len().saturating_sub(IN_A_STEP);
    let listed = if more == 0 { listed } else { format!("{listed} {}", t.count("section-more", more)) };
    vec![t.one(key, "what", listed)]
}

impl Body for GapPage {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("gap-title")
    }
    fn typed(&self) -> bool {
        self.again.is_some()
    }
    fn concepts(&self) -> bool {
        self.concepts
    }
}
