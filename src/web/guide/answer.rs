//! From what was answered to entries, saved one by one as the entry's own form saves them: the same checks, and the same notice of who
//! will see it.

use std::collections::{BTreeMap, BTreeSet};

use axum::response::Response;

use super::ask::{self, Sent, choices};
use super::{Way, offer};
use crate::domain::guide::{Background, Question, Step};
use crate::domain::profile::entry::{check, read};
use crate::domain::profile::{Entry, Fault, Fields, Kind, Shape, Value};
use crate::domain::{ConsentId, EntryId};
use crate::usecase::entry::{Save, Seer};
use crate::usecase::guide::{languages, unlevelled};
use crate::usecase::profile::Held;
use crate::usecase::{Error, Session};
use crate::web::again::retried;
use crate::web::entry::{audience, concept, seeing};
use crate::web::page::entry::Typed;
use crate::web::page::form::Wrong;
use crate::web::page::guide::GuidePage;
use crate::web::pairs::Pairs;
use crate::web::view::View;

/// An answer under way.
pub struct Form<'a> {
    pub view: &'a View,
    pub session: &'a Session,
    pub way: &'a Way,
    pub step: Step,
    pub pairs: &'a Pairs,
}

/// What was saved.
#[derive(Default)]
pub struct Saved {
    pub some: bool,
    /// What was said of oneself, where that was the question.
    pub backgrounds: Option<BTreeSet<Background>>,
}

/// One entry to be saved.
struct New {
    id: Option<EntryId>,
    kind: Kind,
    lang: String,
    fields: Fields,
}

type Faults = Vec<(String, Fault)>;

impl Form<'_> {
    /// The page once more, as it was sent.
    pub async fn show(&self, mut typed: Typed) -> Response {
        self.settle(&mut typed);
        let seen = self.pairs.one("seen") == "yes";
        let sent = Sent { typed, faults: Vec::new(), again: true };
        let seers = if seen { self.seers(&self.read(&sent).unwrap_or_default()).await } else { Ok(Vec::new()) };
        match seers {
            Ok(seers) => self.page(&sent, seers, Vec::new()).await.map_or_else(|answer| answer, |page| self.view.page(&page)),
            Err(error) => self.view.error(&error),
        }
    }

    /// Saves the answer. The page is the answer where something is wrong, or where someone would see it whom the person has not been
    /// told of.
    pub async fn save(&self, mut typed: Typed) -> Result<Saved, Response> {
        self.settle(&mut typed);
        let mut sent = Sent { typed, faults: Vec::new(), again: true };
        if self.step.question == Question::Background {
            let backgrounds = Background::ALL.into_iter().filter(|one| sent.picked(one.name())).collect();
            return Ok(Saved { some: true, backgrounds: Some(backgrounds) });
        }
        if let Some(field) = self.unoffered(&sent.typed) {
            sent.typed.insert("search".to_owned(), vec![field.to_owned()]);
            return Err(self.page(&sent, Vec::new(), Vec::new()).await.map_or_else(|it| it, |page| self.view.page(&page)));
        }
        let all = match self.read(&sent) {
            Ok(all) => all,
            Err(faults) => {
                sent.faults = faults;
                return Err(self.page(&sent, Vec::new(), Vec::new()).await.map_or_else(|it| it, |page| self.view.faulty(&page)));
            }
        };
        let seers = self.seers(&all).await.map_err(|error| self.view.error(&error))?;
        if !seers.is_empty() && self.pairs.one("seen") != "yes" {
            return Err(self.page(&sent, seers, Vec::new()).await.map_or_else(|it| it, |page| self.view.page(&page)));
        }
        for new in &all {
            if let Err(error) = retried(|| self.save_one(new, &seers)).await {
                return Err(self.halted(&sent, seers, error).await);
            }
        }
        Ok(Saved { some: !all.is_empty(), backgrounds: None })
    }

    /// The concept field whose words name no concept, though there are some to choose from that were not shown yet: an occupation in
    /// one's own words has no skills to offer.
    fn unoffered(&self, typed: &Typed) -> Option<&'static str> {
        let kind = self.step.question.kind()?;
        let is_concept = |name: &&&str| kind.field(name).is_some_and(|field| matches!(field.shape, Shape::Concept(_)));
        let field = *self.step.question.fields().iter().find(is_concept)?;
        let one = |name: &str| typed.get(name).and_then(|values| values.first()).map_or("", String::as_str);
        let shown = self.pairs.one("found") == "yes" && one(field) == one(&format!("{field}-of"));
        let mut asked = typed.clone();
        asked.insert("search".to_owned(), vec![field.to_owned()]);
        let found = || concept::found(&self.view.site.taxonomy, self.view.t, kind, &asked);
        let open = !one(field).trim().is_empty() && one(&format!("{field}-uri")).is_empty() && !shown;
        (open && found().values().any(|hits| !hits.is_empty())).then_some(field)
    }

    async fn save_one(&self, new: &New, seers: &[Seer]) -> Result<EntryId, Error> {
        let keep_out = seers.iter().map(|seer| seer.consent).filter(|id| self.kept_out(*id)).collect();
        let (id, kind, lang, fields) = (new.id, new.kind, new.lang.clone(), new.fields.clone());
        self.view.site.service.save_entry(self.session, Save { id, kind, lang, fields, keep_out, let_in: BTreeSet::new() }).await
    }

    /// What was saved before it stopped stands in the map, and is shown there as known.
    async fn halted(&self, sent: &Sent, seers: Vec<Seer>, error: Error) -> Response {
        let Error::TooMany(most) = error else { return self.view.error(&error) };
        let wrong = vec![Wrong::new("page-form", self.view.t.count("section-full", most))];
        self.page(sent, seers, wrong).await.map_or_else(|it| it, |page| self.view.faulty(&page))
    }

    async fn page(&self, sent: &Sent, seers: Vec<Seer>, wrong: Vec<Wrong>) -> Result<GuidePage, Response> {
        let way = super::way(self.view, self.session).await.map_err(|error| self.view.error(&error))?;
        let mut page = ask::page(self.view, &way, self.step, sent);
        page.wrong.extend(wrong);
        page.audience = audience(self.view, self.session, seers).await.map_err(|error| self.view.error(&error))?;
        for one in &mut page.audience {
            one.ticked = self.kept_out(one.consent);
        }
        Ok(page)
    }

    /// All live consents that would see some of it, each once.
    async fn seers(&self, all: &[New]) -> Result<Vec<Seer>, Error> {
        let what: BTreeSet<(Option<EntryId>, Kind)> = all.iter().map(|new| (new.id, new.kind)).collect();
        let mut found = BTreeMap::new();
        for (id, kind) in what {
            let seers = seeing(self.view.site.service.seers(self.session, id, kind).await?);
            found.extend(seers.into_iter().map(|seer| (seer.consent, seer)));
        }
        Ok(found.into_values().collect())
    }

    fn kept_out(&self, id: ConsentId) -> bool {
        self.pairs.all("keep_out").any(|value| value.parse() == Ok(id))
    }

    fn settle(&self, typed: &mut Typed) {
        if let Some(kind) = self.step.question.kind() {
            concept::settle(&self.view.site.taxonomy, kind, typed);
        }
    }

    /// The entries that the answer makes; none where nothing was said.
    fn read(&self, sent: &Sent) -> Result<Vec<New>, Faults> {
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
            check(new.kind, &new.fields)?;
        }
        Ok(all)
    }

    fn new(&self, kind: Kind, fields: &[(&str, Value)]) -> New {
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
                let mut new = self.new(Kind::Informal, &[("what", Value::Text(what)), ("context", Value::Choice(context))]);
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
            .map(|concept| self.new(Kind::Skill, &[("skill", Value::Concept(offer::reference(concept, self.view.t.lang)))]))
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
            self.new(Kind::Education, &[("title", Value::Text(title(one))), ("level", Value::Choice((*one).to_owned()))])
        };
        chosen.map(new).into_iter().collect()
    }

    fn licences(&self, sent: &Sent) -> Vec<New> {
        let is = |held: &Held, one: &str| held.entry.fields.get("licence") == Some(&Value::Choice(one.to_owned()));
        let known = |one: &str| self.way.profile.of_kind(Kind::Licence).any(|held| is(held, one));
        let ticked = choices(Kind::Licence, "licence").iter().filter(|one| sent.picked(one) && !known(one));
        ticked.map(|one| self.new(Kind::Licence, &[("licence", Value::Choice((*one).to_owned()))])).collect()
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
            let value = match read(field.shape, sent.typed.get(field.name).map_or(&[][..], Vec::as_slice)) {
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
