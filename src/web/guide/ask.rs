//! From a question to its page.

use super::Way;
use super::offer::{self, Offer};
use crate::domain::guide::{Background, Question, Step};
use crate::domain::profile::{Entry, Fault, Kind, Shape, Value};
use crate::text::T;
use crate::usecase::guide::{languages, unlevelled, works};
use crate::usecase::profile::Held;
use crate::web::entry::concept;
use crate::web::map::own;
use crate::web::page::entry::{self, Typed};
use crate::web::page::form::{Choice, Wrong};
use crate::web::page::guide::{Ask, GuidePage, Level, Pick};
use crate::web::page::shown::{Shown, choice};
use crate::web::view::View;

/// What a form sent, and what is wrong with it.
#[derive(Default)]
pub struct Sent {
    pub typed: Typed,
    pub faults: Vec<(String, Fault)>,
    /// It was sent: ticks stand as sent, not as the map has them.
    pub again: bool,
}

impl Sent {
    pub fn picked(&self, value: &str) -> bool {
        self.typed.get("pick").is_some_and(|values| values.iter().any(|one| one == value))
    }
}

/// The page of a question, with what was sent.
pub fn page(view: &View, way: &Way, step: Step, sent: &Sent) -> GuidePage {
    let (t, question) = (view.t, step.question);
    let offer = offer::offer(&view.site.taxonomy, &view.site.situations, &way.profile, step);
    let known: Vec<&Held> = known(view, way, step, &offer);
    let wrong = question.kind().map_or_else(Vec::new, |kind| wrongs(t, kind, &sent.faults));
    let ask = ask(view, way, step, sent, (&offer, &known, &wrong));
    let (again, more) = (question.again(), offer.more);
    GuidePage {
        t,
        step,
        heading: heading(t, way, step),
        hint: t.maybe(&format!("guide-hint-{}", question.name())),
        known: known.into_iter().map(|held| own(t, held, None)).collect(),
        ask,
        wrong,
        audience: Vec::new(),
        again,
        more,
    }
}

fn wrongs(t: T, kind: Kind, faults: &[(String, Fault)]) -> Vec<Wrong> {
    faults.iter().map(|(field, fault)| entry::wrong(t, kind, field, fault)).collect()
}

fn heading(t: T, way: &Way, step: Step) -> String {
    let named = |held: &Held| Shown::new(t, &held.entry).heading.text;
    match step.question {
        Question::WorkSkills => {
            let work = works(&way.profile).nth(usize::from(step.part)).map_or_else(String::new, named);
            t.one("guide-ask-workskills", "work", work)
        }
        Question::Language => {
            let name = languages(&way.profile).nth(usize::from(step.part)).map_or_else(String::new, named);
            t.one(&format!("guide-ask-{}", step.language_field().unwrap_or("reading")), "language", name)
        }
        question => t.s(format!("guide-ask-{}", question.name())),
    }
}

/// What the map holds already of what a question asks.
fn known<'a>(view: &View, way: &'a Way, step: Step, offer: &Offer) -> Vec<&'a Held> {
    let of = |kind: Kind| way.profile.of_kind(kind);
    let own_business = |entry: &Entry| entry.fields.get("form") == Some(&Value::Choice("self_employed".into()));
    match step.question {
        Question::Background | Question::Language => Vec::new(),
        Question::Situations => of(Kind::Informal).filter(|held| view.site.situations.of(&held.entry).is_some()).collect(),
        Question::HomeSkills | Question::WorkSkills => {
            offer.concepts.iter().filter_map(|concept| offer::held(&way.profile, &concept.uri)).collect()
        }
        Question::Work => of(Kind::Work).filter(|held| !own_business(&held.entry)).collect(),
        Question::Business => of(Kind::Work).filter(|held| own_business(&held.entry)).collect(),
        Question::Levels => of(Kind::Skill).filter(|held| held.entry.fields.contains_key("level")).collect(),
        Question::Schooling => of(Kind::Education).filter(|held| held.entry.fields.contains_key("level")).collect(),
        question => question.kind().map_or_else(Vec::new, |kind| of(kind).collect()),
    }
}

fn ask(view: &View, way: &Way, step: Step, sent: &Sent, (offer, known, wrong): (&Offer, &[&Held], &[Wrong])) -> Ask {
    let (t, question) = (view.t, step.question);
    match question {
        Question::Background => Ask::Ticks(backgrounds(t, way, sent)),
        Question::Situations => some(situations(view, way, sent)),
        Question::HomeSkills | Question::WorkSkills => some(skills(t, way, offer, sent)),
        Question::Levels => levels(t, way, sent),
        Question::Language => language(t, way, step, sent),
        Question::Schooling if known.is_empty() => Ask::One(schooling(t, sent)),
        Question::Licences => some(licences(t, way, sent)),
        Question::Schooling => Ask::Nothing,
        _ if !question.again() && !known.is_empty() => Ask::Nothing,
        _ => Ask::Fields(fields(view, step, sent, wrong)),
    }
}

fn some(picks: Vec<Pick>) -> Ask {
    if picks.is_empty() { Ask::Nothing } else { Ask::Ticks(picks) }
}

fn fields(view: &View, step: Step, sent: &Sent, wrong: &[Wrong]) -> Vec<entry::Input> {
    let Some(kind) = step.question.kind() else { return Vec::new() };
    let mut found = concept::found(&view.site.taxonomy, view.t, kind, &sent.typed);
    let asked = step.question.fields().iter().filter_map(|name| kind.field(name));
    asked.map(|field| entry::input(view.t, kind, field, &sent.typed, wrong, found.remove(field.name))).collect()
}

fn backgrounds(t: T, way: &Way, sent: &Sent) -> Vec<Pick> {
    let chosen = |one: Background| if sent.again { sent.picked(one.name()) } else { way.guide.backgrounds.contains(&one) };
    let pick = |one: Background| Pick {
        value: one.name().to_owned(),
        label: t.s(format!("guide-background-{}", one.name())),
        lang: None,
        chosen: chosen(one),
        picture: Some(one.name().to_owned()),
    };
    Background::ALL.map(pick).into()
}

fn situations(view: &View, way: &Way, sent: &Sent) -> Vec<Pick> {
    let all = &view.site.situations;
    let held = |id: &str| way.profile.of_kind(Kind::Informal).any(|held| all.of(&held.entry).is_some_and(|of| of.id == id));
    let tag = view.t.lang.tag();
    let open = all.all().iter().filter(|situation| !held(&situation.id));
    open.map(|situation| Pick {
        value: situation.id.clone(),
        label: situation.label.get(tag).to_owned(),
        lang: (!situation.label.0.contains_key(tag)).then(|| "sv".to_owned()),
        chosen: sent.picked(&situation.id),
        picture: Some(situation.id.clone()),
    })
    .collect()
}

fn skills(t: T, way: &Way, offer: &Offer, sent: &Sent) -> Vec<Pick> {
    let open = offer.concepts.iter().filter(|concept| offer::held(&way.profile, &concept.uri).is_none());
    open.map(|concept| {
        let (label, lang) = concept.label(t.lang.tag());
        let lang = (lang != t.lang.tag()).then(|| lang.to_owned());
        Pick { value: concept.uri.clone(), label: label.to_owned(), lang, chosen: sent.picked(&concept.uri), picture: None }
    })
    .collect()
}

fn licences(t: T, way: &Way, sent: &Sent) -> Vec<Pick> {
    let held = |one: &str| way.profile.of_kind(Kind::Licence).any(|held| is_choice(&held.entry, "licence", one));
    // A regulated profession and "other" want words: they have a form of their own.
    let open = choices(Kind::Licence, "licence").iter().filter(|one| !matches!(**one, "regulated" | "other") && !held(one));
    let label = |one: &str| choice(t, Kind::Licence, "licence", one);
    open.map(|one| Pick { value: (*one).to_owned(), label: label(one), lang: None, chosen: sent.picked(one), picture: None })
        .collect()
}

fn schooling(t: T, sent: &Sent) -> Vec<Choice> {
    let label = |one: &str| choice(t, Kind::Education, "level", one);
    choices(Kind::Education, "level").iter().map(|one| Choice::new(*one, label(one), sent.picked(one))).collect()
}

fn levels(t: T, way: &Way, sent: &Sent) -> Ask {
    let label = |one: &str| choice(t, Kind::Skill, "level", one);
    let level = |held: &Held| {
        let chosen = sent.typed.get(&format!("level-{}", held.id)).and_then(|values| values.first());
        let is = |one: &str| chosen.is_some_and(|chosen| chosen == one);
        let choices = choices(Kind::Skill, "level").iter().map(|one| Choice::new(*one, label(one), is(one))).collect();
        Level { id: held.id, label: Shown::new(t, &held.entry).heading.text, choices }
    };
    let all: Vec<Level> = unlevelled(&way.profile).map(level).collect();
    if all.is_empty() { Ask::Nothing } else { Ask::Levels(all) }
}

/// What one can do in a language, in sentences: never a code.
fn language(t: T, way: &Way, step: Step, sent: &Sent) -> Ask {
    let held = languages(&way.profile).nth(usize::from(step.part));
    let Some((held, field)) = held.zip(step.language_field()) else { return Ask::Nothing };
    let is = |one: &str| if sent.again { sent.picked(one) } else { is_choice(&held.entry, field, one) };
    let choice = |one: &&str| Choice::new(*one, t.s(format!("cefr-{field}-{one}")), is(one));
    Ask::One(choices(Kind::Language, field).iter().map(choice).collect())
}

fn is_choice(entry: &Entry, field: &str, one: &str) -> bool {
    entry.fields.get(field) == Some(&Value::Choice(one.to_owned()))
}

/// What may be chosen in a field.
pub fn choices(kind: Kind, field: &str) -> &'static [&'static str] {
    match kind.field(field).map(|field| field.shape) {
        Some(Shape::Choice(all)) => all,
        _ => &[],
    }
}
