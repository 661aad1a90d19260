//! The steps of giving a consent, and of changing one. Nothing is kept on the server between them: each carries all answers.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;

use super::shown::{covered, preview, unit_row};
use super::span::Span;
use super::told::{Told, stands_beside};
use crate::domain::consent::{State, Terms};
use crate::domain::profile::{Class, Kind, Section};
use crate::domain::recipient::RecipientKind;
use crate::domain::{ConsentId, Timestamp};
use crate::http::{Person, Site};
use crate::policy::Why;
use crate::store::organisation::UnitRow;
use crate::usecase::consent::{Choice, Given, is_protected};
use crate::usecase::profile::{Held, Profile};
use crate::usecase::{Error, Session};
use crate::web::again::{refreshed, retried, wanted};
use crate::web::page::form::{self, Wrong};
use crate::web::page::public::Plain;
use crate::web::page::sharing::{Answers, ShareEntry, ShareHow, SharePurpose, ShareSection, ShareSummary, ShareUnit, ShareWhat};
use crate::web::page::shown::Shown;
use crate::web::page::url;
use crate::web::pairs::{AGAIN, Pairs};
use crate::web::view::{View, to};

pub fn router() -> Router<Arc<Site>> {
    Router::new()
        .route(url::SHARING_NEW, get(units).post(search))
        .route("/sharing/new/{step}", get(begin_again).post(give_step))
        .route("/sharing/{id}/change/{step}", get(change).post(change_step))
}

/// As many units come at most; more are found by more words.
const MOST_UNITS: usize = 50;

async fn units(view: View, Person(session): Person) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    view.page(&ShareUnit { t: view.t, query: String::new(), found: None, more: false, wrong: Vec::new() })
}

async fn search(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let (t, query) = (view.t, pairs.one("query").trim().to_owned());
    if query.is_empty() {
        let wrong = if pairs.only_again() { Vec::new() } else { vec![Wrong::new("query", t.s("wrong-query"))] };
        let page = ShareUnit { t, query, found: None, more: false, wrong };
        return if page.wrong.is_empty() { view.page(&page) } else { view.faulty(&page) };
    }
    match view.site.service.search_units(&session, &query).await {
        Ok(found) => {
            let more = found.len() >= MOST_UNITS;
            let found = found.iter().map(|unit| unit_row(t, &view.site.service.catalogue, unit)).collect();
            view.page(&ShareUnit { t, query, found: Some(found), more, wrong: Vec::new() })
        }
        Err(error) => view.error(&error),
    }
}

/// The answers live in the form: an address alone has none.
async fn begin_again(_: Person) -> Response {
    to(url::SHARING_NEW)
}

async fn give_step(view: View, Person(session): Person, Path(step): Path<String>, pairs: Pairs) -> Response {
    let answers = Answers::read(&pairs.0);
    let Some(unit) = answers.unit else {
        let wrong = vec![Wrong::new("query", view.t.s("wrong-unit"))];
        return view.faulty(&ShareUnit { t: view.t, query: String::new(), found: None, more: false, wrong });
    };
    let unit = match view.site.service.unit_on_offer(&session, unit).await {
        Ok(unit) => unit,
        Err(error) => return view.error(&error),
    };
    match Steps::new(&view, session, unit, answers, None).await {
        Ok(steps) => steps.step(&step, &pairs).await,
        Err(error) => view.error(&error),
    }
}

async fn change(view: View, Person(session): Person, Path((id, step)): Path<(String, String)>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    let given = match changeable(&view, &session, id).await {
        Ok(Some(given)) => given,
        Ok(None) => return to(url::consent(id)),
        Err(error) => return view.error(&error),
    };
    let answers = answers_of(&given);
    match Steps::new(&view, session, given.unit.clone(), answers, Some(given)).await {
        Ok(steps) if step == "what" => view.page(&steps.what_page(Vec::new())),
        Ok(steps) if step == "how" => view.page(&steps.how_page(Vec::new())),
        Ok(_) => to(url::consent(id)),
        Err(error) => view.error(&error),
    }
}

async fn change_step(view: View, Person(session): Person, Path((id, step)): Path<(String, String)>, pairs: Pairs) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    let given = match changeable(&view, &session, id).await {
        Ok(Some(given)) => given,
        Ok(None) => return to(url::consent(id)),
        Err(error) => return view.error(&error),
    };
    // Whom, and what for, stay: another recipient or purpose is another consent.
    let (unit, purpose) = (Some(given.terms.unit), Some(given.terms.purpose.clone()));
    let answers = Answers { unit, purpose, ..Answers::read(&pairs.0) };
    match Steps::new(&view, session, given.unit.clone(), answers, Some(given)).await {
        Ok(steps) => steps.step(&step, &pairs).await,
        Err(error) => view.error(&error),
    }
}

/// A consent, where it is live.
async fn changeable(view: &View, session: &Session, id: ConsentId) -> Result<Option<Given>, Error> {
    let given = view.site.service.consent(session, id).await?;
    let state = super::shown::state_at(given.state, given.terms.until, view.t.now);
    // A link stays as it was made: its holder cannot be told of other terms.
    Ok((state == State::Given && given.terms.link.is_none()).then_some(given))
}

/// What was answered when a consent was given.
fn answers_of(given: &Given) -> Answers {
    let terms = &given.terms;
    Answers {
        unit: Some(terms.unit),
        purpose: Some(terms.purpose.clone()),
        section: terms.scope.sections().into_iter().collect(),
        entry: terms.scope.entries.iter().copied().collect(),
        keep_out: terms.scope.kept_out.iter().copied().collect(),
        mode: Some(terms.mode),
        until: Some(terms.until.plus(-1).day().to_string()),
        name: terms.name.is_some(),
    }
}

/// The way through the steps: what they all need to know.
struct Steps<'a> {
    view: &'a View,
    session: Session,
    profile: Profile,
    unit: UnitRow,
    kind: &'a RecipientKind,
    answers: Answers,
    /// The live consent that is changed.
    changing: Option<Given>,
}

impl<'a> Steps<'a> {
    async fn new(
        view: &'a View,
        session: Session,
        unit: UnitRow,
        answers: Answers,
        changing: Option<Given>,
    ) -> Result<Self, Error> {
        let profile = view.site.service.profile(&session).await?;
        let kind = view.site.service.catalogue.kind(&unit.unit.kind).ok_or(Error::NotFound)?;
        Ok(Self { view, session, profile, unit, kind, answers, changing })
    }

    /// Shows a step, or the first one before it whose answer is missing.
    async fn step(self, step: &str, pairs: &Pairs) -> Response {
        let (view, t) = (self.view, self.view.t);
        if step == "purpose" {
            return view.page(&self.purpose_page(Vec::new()));
        }
        if !self.answers.purpose.as_ref().is_some_and(|purpose| self.kind.purposes.contains(purpose)) {
            return view.faulty(&self.purpose_page(vec![Wrong::new("purpose", t.s("wrong-purpose"))]));
        }
        if step == "what" {
            return view.page(&self.what_page(Vec::new()));
        }
        if self.answers.section.is_empty() && self.answers.entry.is_empty() {
            return self.nothing_chosen();
        }
        if step == "how" {
            return view.page(&self.how_page(Vec::new()));
        }
        let Some(choice) = self.choice() else { return view.faulty(&self.how_page(self.wrong_how())) };
        match step {
            "summary" => self.summary(&choice, Vec::new()).await,
            "give" => self.answered(&choice, pairs).await,
            _ => view.not_found(),
        }
    }

    fn root(&self) -> String {
        self.changing.as_ref().map_or_else(|| url::SHARING_NEW.to_owned(), |given| url::consent_change(given.terms.consent))
    }

    fn unit_row(&self) -> crate::web::page::sharing::UnitRow {
        unit_row(self.view.t, &self.view.site.service.catalogue, &self.unit)
    }

    fn purpose_page(&self, wrong: Vec<Wrong>) -> SharePurpose {
        let t = self.view.t;
        let chosen = |id: &String| self.answers.purpose.as_ref() == Some(id);
        let purposes = self.view.site.service.catalogue.purposes_of(self.kind);
        let purposes = purposes.map(|one| form::Choice::new(&one.id, one.label.get(t.lang.tag()), chosen(&one.id))).collect();
        SharePurpose { t, root: self.root(), unit: self.unit_row(), purposes, answers: self.answers.clone(), wrong }
    }

    /// The kinds of entry that may be offered at all.
    fn offered(&self) -> BTreeSet<Kind> {
        let home = is_protected(&self.profile);
        let may = |kind: &&Kind| !(kind.never_shared() || home && **kind == Kind::Home);
        self.kind.allowed.iter().filter(may).copied().collect()
    }

    fn what_page(&self, wrong: Vec<Wrong>) -> ShareWhat {
        let (t, offered) = (self.view.t, self.offered());
        let normal: BTreeSet<Kind> = offered.iter().filter(|kind| kind.class() == Class::Normal).copied().collect();
        let all = Section::ALL.into_iter().filter(|section| section.kinds().any(|kind| normal.contains(&kind)));
        let part = |section: Section| ShareSection {
            section,
            chosen: self.answers.section.contains(&section),
            entries: self.entries(|held| held.entry.kind.section() == section && normal.contains(&held.entry.kind)),
        };
        // What is shown first to this recipient, and holds something; the rest lies folded below.
        let first =
            |part: &ShareSection| part.chosen || (self.kind.shown_first.contains(&part.section) && !part.entries.is_empty());
        let (sections, others) = all.map(part).partition(first);
        let sensitive = self.entries(|held| held.entry.kind.class() != Class::Normal && offered.contains(&held.entry.kind));
        ShareWhat { t, root: self.root(), unit: self.unit_row(), sections, others, sensitive, answers: self.answers.clone(), wrong }
    }

    fn entries(&self, wanted: impl Fn(&&Held) -> bool) -> Vec<ShareEntry> {
        let entry = |held: &Held| ShareEntry {
            id: held.id,
            shown: Shown::new(self.view.t, &held.entry),
            chosen: self.answers.entry.contains(&held.id),
            kept_out: self.answers.keep_out.contains(&held.id),
        };
        self.profile.entries.iter().filter(wanted).map(entry).collect()
    }

    fn nothing_chosen(&self) -> Response {
        self.view.faulty(&self.what_page(vec![Wrong::new("what", self.view.t.s("wrong-what"))]))
    }

    fn span(&self) -> Span {
        let now: Timestamp = self.view.t.now;
        Span::new(self.kind, self.changing.as_ref().map_or(now, |given| given.terms.from), now)
    }

    fn how_page(&self, wrong: Vec<Wrong>) -> ShareHow {
        let (t, span) = (self.view.t, self.span());
        let until = self.answers.until.as_deref();
        let presets = span.presets(t, until);
        let other = until.filter(|_| presets.iter().all(|preset| !preset.chosen)).unwrap_or_default().to_owned();
        ShareHow {
            t,
            root: self.root(),
            unit: self.unit_row(),
            presets,
            other_chosen: !other.is_empty(),
            other,
            latest: span.latest(t),
            name: self.profile.name(),
            answers: self.answers.clone(),
            wrong,
        }
    }

    fn wrong_until(&self) -> Wrong {
        Wrong::new("until", self.view.t.one("wrong-until", "latest", self.span().latest(self.view.t)))
    }

    fn wrong_how(&self) -> Vec<Wrong> {
        let mode = self.answers.mode.is_none().then(|| Wrong::new("mode", self.view.t.s("wrong-mode")));
        let until = self.answers.until.as_deref().and_then(|typed| self.span().read(typed));
        mode.into_iter().chain(until.is_none().then(|| self.wrong_until())).collect()
    }

    /// All answers, where all are there.
    fn choice(&self) -> Option<Choice> {
        let answers = &self.answers;
        Some(Choice {
            unit: answers.unit?,
            purpose: answers.purpose.clone()?,
            sections: answers.section.iter().copied().collect(),
            entries: answers.entry.iter().copied().collect(),
            kept_out: answers.keep_out.iter().copied().collect(),
            mode: answers.mode?,
            until: self.span().read(answers.until.as_deref()?)?,
            show_name: answers.name,
            lang: self.view.t.lang.tag().to_owned(),
            original: stands_beside(self.view.t.lang),
        })
    }

    async fn summary(&self, choice: &Choice, wrong: Vec<Wrong>) -> Response {
        // The preview writes nothing and shows what is the person's own: the passphrase is asked for with the yes.
        let shown = Session { fresh: Some(self.view.t.now), ..self.session.clone() };
        match self.view.site.service.propose(&shown, &self.profile, choice).await {
            Ok((terms, _)) => {
                let page = self.summary_page(&terms, wrong);
                if page.wrong.is_empty() { self.view.page(&page) } else { self.view.faulty(&page) }
            }
            Err(error) => self.refused(error),
        }
    }

    fn summary_page(&self, terms: &Terms, wrong: Vec<Wrong>) -> ShareSummary {
        let (t, catalogue) = (self.view.t, &self.view.site.service.catalogue);
        let (profile, kind, unit, changing) = (&self.profile, self.kind, &self.unit, self.changing.is_some());
        let (told, original) = Told { catalogue, profile, kind, unit, terms, changing }.texts(t);
        let special = covered(&self.profile, &terms.scope).filter(|held| held.entry.kind.class() != Class::Normal);
        let text =
            |held: &Held| ShareEntry { id: held.id, shown: Shown::new(t, &held.entry), chosen: true, kept_out: false }.text();
        let sensitive: Vec<String> = special.map(text).collect();
        let code = self.changing.as_ref().map_or("", |given| given.code.as_str());
        ShareSummary {
            t,
            root: self.root(),
            told,
            original,
            passphrase: !sensitive.is_empty() && !self.session.fresh(),
            sensitive,
            preview: preview(t, catalogue, &self.profile, (terms, &self.unit, code)),
            changing,
            answers: self.answers.clone(),
            wrong,
        }
    }

    /// Yes or no.
    async fn answered(mut self, choice: &Choice, pairs: &Pairs) -> Response {
        let view = self.view;
        match (pairs.one("answer"), &self.changing) {
            ("yes", _) => {}
            ("no", None) => return view.page(&Plain::not_shared(view.t)),
            ("no", Some(given)) => return to(url::consent(given.terms.consent)),
            // The Enter key in a field is neither.
            _ => return self.summary(choice, Vec::new()).await,
        }
        match refreshed(view, self.session.clone(), pairs).await {
            Ok(session) => self.session = session,
            Err(Error::Wrong) => {
                let wrong = Wrong::new(AGAIN, view.t.s("wrong-passphrase"));
                return self.summary(choice, vec![wrong]).await;
            }
            Err(error) => return view.error(&error),
        }
        match retried(|| self.decide(choice)).await {
            Ok(path) => to(path),
            Err(error) if wanted(&error) => {
                let wrong = Wrong::new(AGAIN, view.t.s("wrong-passphrase-missing"));
                self.summary(choice, vec![wrong]).await
            }
            Err(error) => self.refused(error),
        }
    }

    /// Gives or changes; the page that says so.
    async fn decide(&self, choice: &Choice) -> Result<String, Error> {
        let service = &self.view.site.service;
        match &self.changing {
            None => Ok(url::consent_given(service.give(&self.session, choice).await?.terms.consent)),
            Some(given) => {
                let id = given.terms.consent;
                service.change(&self.session, id, choice).await?;
                Ok(url::consent_changed(id))
            }
        }
    }

    /// What was refused leads back to the step that can mend it.
    fn refused(&self, error: Error) -> Response {
        match &error {
            Error::NothingChosen => self.nothing_chosen(),
            Error::BadEnd => self.view.faulty(&self.how_page(vec![self.wrong_until()])),
            Error::Refused(refused) if refused.why == Why::TooLong => self.view.faulty(&self.how_page(vec![self.wrong_until()])),
            _ => self.view.error(&error),
        }
    }
}
