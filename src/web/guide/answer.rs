//! From what was answered to entries, saved one by one as the entry's own form saves them: the same checks, and the same notice of who
//! will see it.

use std::collections::{BTreeMap, BTreeSet};

use axum::response::Response;

use super::Way;
use super::ask::{self, Sent};
use super::read::New;
use crate::domain::guide::{Background, Question, Step};
use crate::domain::profile::{Kind, Shape};
use crate::domain::{ConsentId, EntryId};
use crate::usecase::entry::{Save, Seer};
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
}
