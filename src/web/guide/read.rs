//! The entries that an answer makes, checked as any entry's form is.

use super::answer::Form;
use super::ask::{Sent, choices};
use super::offer;
use crate::domain::EntryId;
use crate::domain::guide::Question;
use crate::domain::profile::entry::check;
use crate::domain::profile::{Entry, Fault, Fields, Kind, Shape, Value};
use crate::usecase::guide::{languages, unlevelled};
use crate::usecase::profile::Held;
use crate::web::entry::{concept, typed};

/// One entry to be saved.
pub struct New {
    pub id: Option<EntryId>,
    pub kind: Kind,
    pub lang: String,
    pub fields: Fields,
}

pub type Faults = Vec<(String, Fault)>;

impl Form<'_> {
    /// The entries that the answer makes; none where nothing was said.
    pub fn read(&self, sent: &Sent) -> Result<Vec<New>, Faults> {
        let all = match self.step.question {
            Question::Background => Vec::new(),
            Question::Situations => self.situations(sent),
            Question::HomeSkills | Question::WorkSkills => self.skills(sent),
            Question::Levels => self.levels(sent),
            Question::Language => self.language(sent),
            Question::Schooling => self.schooling(sent),
            Question::Licences => self.licences(sent),
            _ => self.typed(sent)?.into_iter().collect(),
        };
        for new in &all {
            check(new.kind, &new.fields).and_then(|()| typed::possible(self.view.t, &new.fields))?;
        }
        Ok(all)
    }

    fn entry(&self, kind: Kind, fields: &[(&str, Value)]) -> New {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        New { id: None, kind, lang: self.view.t.lang.tag().to_owned(), fields }
    }

    fn situations(&self, sent: &Sent) -> Vec<New> {
        let (all, tag) = (&self.view.site.situations, self.view.t.lang.tag());
        let known =
            |id: &str| self.way.profile.of_kind(Kind::Informal).any(|held| all.of(&held.entry).is_some_and(|of| of.id == id));
        let ticked = all.all().iter().filter(|situation| sent.picked(&situation.id) && !known(&situation.id));
        ticked
            .map(|situation| {
                let (what, context) = (situation.label.get(tag).to_owned(), situation.context.clone());
                let mut new = self.entry(Kind::Informal, &[("what", Value::Text(what)), ("context", Value::Choice(context))]);
                if !situation.label.0.contains_key(tag) {
                    "sv".clone_into(&mut new.lang);
                }
                new
            })
            .collect()
    }

    fn skills(&self, sent: &Sent) -> Vec<New> {
        let site = &self.view.site;
        let offer = offer::offer(&site.taxonomy, &site.situations, &self.way.profile, self.step);
        let new = |concept: &crate::domain::taxonomy::Concept| {
            sent.picked(&concept.uri) && offer::held(&self.way.profile, &concept.uri).is_none()
        };
        let ticked = offer.concepts.into_iter().filter(new);
        ticked
            .map(|concept| self.entry(Kind::Skill, &[("skill", Value::Concept(offer::reference(concept, self.view.t.lang)))]))
            .collect()
    }

    fn levels(&self, sent: &Sent) -> Vec<New> {
        let chosen = |held: &Held| sent.typed.get(&format!("level-{}", held.id)).and_then(|values| values.first()).cloned();
        let known = |one: &String| choices(Kind::Skill, "level").contains(&one.as_str());
        let each = unlevelled(&self.way.profile);
        each.filter_map(|held| chosen(held).filter(known).map(|one| changed(held, "level", one))).collect()
    }

    fn language(&self, sent: &Sent) -> Vec<New> {
        let held = languages(&self.way.profile).nth(usize::from(self.step.part));
        let Some((held, field)) = held.zip(self.step.language_field()) else { return Vec::new() };
        let chosen = choices(Kind::Language, field).iter().find(|one| sent.picked(one));
        let other = |entry: &Entry, one: &str| entry.fields.get(field) != Some(&Value::Choice(one.to_owned()));
        chosen.filter(|one| other(&held.entry, one)).map(|one| changed(held, field, (*one).to_owned())).into_iter().collect()
    }

    fn schooling(&self, sent: &Sent) -> Vec<New> {
        let known = self.way.profile.of_kind(Kind::Education).any(|held| held.entry.fields.contains_key("level"));
        let chosen = choices(Kind::Education, "level").iter().find(|one| !known && sent.picked(one));
        let title = |one: &str| crate::web::page::shown::choice(self.view.t, Kind::Education, "level", one);
        let new = |one: &&str| {
            self.entry(Kind::Education, &[("title", Value::Text(title(one))), ("level", Value::Choice((*one).to_owned()))])
        };
        chosen.map(new).into_iter().collect()
    }

    fn licences(&self, sent: &Sent) -> Vec<New> {
        let is = |held: &Held, one: &str| held.entry.fields.get("licence") == Some(&Value::Choice(one.to_owned()));
        let known = |one: &str| self.way.profile.of_kind(Kind::Licence).any(|held| is(held, one));
        let ticked = choices(Kind::Licence, "licence").iter().filter(|one| sent.picked(one) && !known(one));
        ticked.map(|one| self.entry(Kind::Licence, &[("licence", Value::Choice((*one).to_owned()))])).collect()
    }

    /// The fields of an entry's form.
    fn typed(&self, sent: &Sent) -> Result<Option<New>, Faults> {
        let question = self.step.question;
        let Some(kind) = question.kind() else { return Ok(None) };
        // Of what is asked once only, what stands is changed where it stands.
        if !question.again() && self.way.profile.of_kind(kind).next().is_some() {
            return Ok(None);
        }
        let (mut fields, mut faults) = (Fields::new(), Faults::new());
        for field in question.fields().iter().filter_map(|name| kind.field(name)) {
            let value = match typed::read(self.view.t, field.shape, sent.typed.get(field.name).map_or(&[][..], Vec::as_slice)) {
                Ok(Some(_)) if matches!(field.shape, Shape::Concept(_)) => {
                    Value::Concept(concept::concept(&self.view.site.taxonomy, &sent.typed, field.name, self.view.t.lang))
                }
                Ok(Some(value)) => value,
                Ok(None) => continue,
                Err(fault) => {
                    faults.push((field.name.to_owned(), fault));
                    continue;
                }
            };
            fields.insert(field.name.to_owned(), value);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if fields.is_empty() {
            return Ok(None);
        }
        if let Some(form) = form_of(question) {
            fields.insert("form".to_owned(), Value::Choice(form.to_owned()));
        }
        Ok(Some(New { id: None, kind, lang: self.view.t.lang.tag().to_owned(), fields }))
    }
}

/// An entry with one field set, all else as it stands.
fn changed(held: &Held, field: &str, one: String) -> New {
    let mut fields = held.entry.fields.clone();
    fields.insert(field.to_owned(), Value::Choice(one));
    New { id: Some(held.id), kind: held.entry.kind, lang: held.entry.lang.clone(), fields }
}

const fn form_of(question: Question) -> Option<&'static str> {
    match question {
        Question::Work => Some("employed"),
        Question::Business => Some("self_employed"),
        _ => None,
    }
}
