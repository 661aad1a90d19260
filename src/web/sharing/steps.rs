//! The steps of giving a consent, of changing one, and of answering a request. Nothing is kept on the server between them: each carries
//! all answers.

use std::collections::BTreeSet;

use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Response;

use super::shown::{covered, preview, unit_row};
use super::span::Span;
use super::told::{Told, stands_beside};
use crate::domain::consent::{Mode, State, Terms};
use crate::domain::profile::{Class, Kind, Section};
use crate::domain::recipient::RecipientKind;
use crate::domain::{EntryId, Timestamp};
use crate::http::layers;
use crate::policy;
use crate::store::organisation::UnitRow;
use crate::usecase::consent::{Choice, Given, is_protected};
use crate::usecase::profile::{Held, Profile};
use crate::usecase::request::Open;
use crate::usecase::{Error, Session};
use crate::web::again::{refreshed, retried, wanted};
use crate::web::page::form::{self, Wrong};
use crate::web::page::public::Plain;
use crate::web::page::sharing::{Answers, ShareEntry, ShareHow, SharePurpose, ShareSection, ShareSummary, ShareWhat};
use crate::web::page::shown::Shown;
use crate::web::page::url;
use crate::web::pairs::{AGAIN, Pairs};
use crate::web::view::{View, to};

/// Why someone goes through the steps.
pub enum Why {
    /// To give a new consent of one's own accord.
    New,
    /// To change a live one.
    Changing(Box<Given>),
    /// To answer a request: its key, and what it asks.
    Asked(String, Box<Open>),
}

/// What an answer comes to.
pub enum Outcome {
    /// A page of ours.
    Page(String),
    /// A request has been answered with yes: the consent, and the code for the program that asked in the web.
    Answered(Box<Given>, Option<String>),
    /// With no.
    Refused,
}

/// The way through the steps: what they all need to know.
pub struct Steps<'a> {
    view: &'a View,
    session: Session,
    profile: Profile,
    unit: UnitRow,
    kind: &'a RecipientKind,
    answers: Answers,
    why: Why,
}

impl<'a> Steps<'a> {
    pub async fn new(view: &'a View, session: Session, unit: UnitRow, answers: Answers, why: Why) -> Result<Self, Error> {
        let profile = view.site.service.profile(&session).await?;
        let kind = view.site.service.catalogue.kind(&unit.unit.kind).ok_or(Error::NotFound)?;
        Ok(Self { view, session, profile, unit, kind, answers, why })
    }

    /// Shows a step, or the first one before it whose answer is missing.
    pub async fn step(self, step: &str, pairs: &Pairs) -> Response {
        let (view, t) = (self.view, self.view.t);
        if step == "purpose" && self.asked().is_none() {
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
            "give" => match self.answered(&choice, pairs).await {
                Ok(Outcome::Page(path)) => to(path),
                Ok(Outcome::Answered(given, _)) => to(url::consent_given(given.terms.consent)),
                Ok(Outcome::Refused) => view.page(&Plain::not_shared(t)),
                Err(response) => response,
            },
            _ => view.not_found(),
        }
    }

    /// The last step of a request: what came of it, or the page to go on with.
    pub async fn decided(self, pairs: &Pairs) -> Result<Outcome, Response> {
        let nothing = self.answers.section.is_empty() && self.answers.entry.is_empty();
        if nothing && pairs.one("answer") != "no" {
            return Err(self.nothing_chosen());
        }
        match self.choice() {
            Some(choice) => self.answered(&choice, pairs).await,
            None => Err(self.view.faulty(&self.how_page(self.wrong_how()))),
        }
    }

    pub fn first(&self) -> Response {
        self.view.page(&self.what_page(Vec::new()))
    }

    pub fn second(&self) -> Response {
        self.view.page(&self.how_page(Vec::new()))
    }

    fn root(&self) -> String {
        match &self.why {
            Why::New => url::SHARING_NEW.to_owned(),
            Why::Changing(given) => url::consent_change(given.terms.consent),
            Why::Asked(key, _) => url::request(key),
        }
    }

    fn changing(&self) -> Option<&Given> {
        if let Why::Changing(given) = &self.why { Some(given) } else { None }
    }

    fn asked(&self) -> Option<&Open> {
        if let Why::Asked(_, open) = &self.why { Some(open) } else { None }
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
        // A card answers with nothing that is more than normal; a request is answered with no more than it asks.
        let card = self.session.only.is_some();
        let wanted = |kind: &Kind| self.asked().is_none_or(|open| open.asked.sections.contains(&kind.section()));
        let may = |kind: &&Kind| {
            let kept = kind.never_shared() || home && **kind == Kind::Home || card && kind.class() != Class::Normal;
            !kept && wanted(kind)
        };
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
        let first = |part: &ShareSection| {
            let shown = self.asked().is_some() || self.kind.shown_first.contains(&part.section);
            part.chosen || (shown && !part.entries.is_empty())
        };
        let (sections, others) = all.map(part).partition(first);
        let sensitive = self.entries(|held| held.entry.kind.class() != Class::Normal && offered.contains(&held.entry.kind));
        let (root, unit, answers, as_shared) = (self.root(), self.unit_row(), self.answers.clone(), self.as_shared());
        ShareWhat { t, root, unit, sections, others, sensitive, as_shared, answers, wrong }
    }

    /// Whether what is ticked is what the consent that is changed shares now.
    fn as_shared(&self) -> bool {
        let set = |all: &[EntryId]| all.iter().copied().collect::<BTreeSet<_>>();
        self.changing().is_some_and(|given| {
            let (scope, answers) = (&given.terms.scope, &self.answers);
            scope.sections() == answers.section.iter().copied().collect()
                && scope.entries == set(&answers.entry)
                && scope.kept_out == set(&answers.keep_out)
        })
    }

    fn entries(&self, wanted: impl Fn(&&Held) -> bool) -> Vec<ShareEntry> {
        let entry = |held: &Held| ShareEntry {
            id: held.id,
            shown: Shown::new(self.view.t, &held.entry),
            chosen: self.answers.entry.contains(&held.id),
            kept_out: self.answers.keep_out.contains(&held.id),
            alike: false,
        };
        ShareEntry::told_apart(self.profile.entries.iter().filter(wanted).map(entry).collect())
    }

    fn nothing_chosen(&self) -> Response {
        self.view.faulty(&self.what_page(vec![Wrong::new("what", self.view.t.s("wrong-what"))]))
    }

    fn span(&self) -> Span {
        let now: Timestamp = self.view.t.now;
        let span = Span::new(self.kind, self.changing().map_or(now, |given| given.terms.from), now);
        self.asked().map_or(span, |open| span.at_most(open.asked.until))
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
            may_copy: self.asked().is_none_or(|open| open.asked.mode == Mode::Copy),
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
            stated: answers.stated,
            origin: self.asked().map(Open::origin),
        })
    }

    async fn summary(&self, choice: &Choice, wrong: Vec<Wrong>) -> Response {
        // The preview writes nothing and shows what is the person's own: the passphrase is asked for with the yes.
        let shown = Session { fresh: Some(self.view.t.now), ..self.session.clone() };
        match self.view.site.service.propose(&shown, &self.profile, choice).await {
            Ok((terms, _)) => {
                let already = self.already(&terms).await;
                let page = self.summary_page(&terms, already, wrong);
                let page = if page.wrong.is_empty() { self.view.page(&page) } else { self.view.faulty(&page) };
                self.leading_out(page)
            }
            Err(error) => self.refused(error),
        }
    }

    /// The answer of a request of the web leads back to the program: browsers hold a form's redirect against the policy.
    fn leading_out(&self, mut page: Response) -> Response {
        let redirect = self.asked().and_then(|open| open.redirect.as_ref());
        let origin = redirect.and_then(|redirect| ::url::Url::parse(&redirect.redirect_uri).ok());
        if let Some(origin) = origin {
            let policy: HeaderValue = layers::content_policy(&self.view.site, Some(&origin.origin().ascii_serialization()));
            page.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        }
        page
    }

    /// Whether just this is shared already: whoever came Back to the summary after their yes must not give it twice unawares.
    async fn already(&self, terms: &Terms) -> bool {
        let given = self.view.site.service.consents(&self.session).await.unwrap_or_default();
        let alike = |one: &Given| {
            let own = (one.terms.unit, &one.terms.purpose, &one.terms.scope, one.terms.mode);
            let live = one.state == State::Given && one.terms.holds_at(self.view.t.now);
            live && own == (terms.unit, &terms.purpose, &terms.scope, terms.mode)
        };
        self.changing().is_none() && given.iter().any(alike)
    }

    fn summary_page(&self, terms: &Terms, already: bool, wrong: Vec<Wrong>) -> ShareSummary {
        let (t, catalogue) = (self.view.t, &self.view.site.service.catalogue);
        let (profile, kind, unit, changing) = (&self.profile, self.kind, &self.unit, self.changing().is_some());
        let root = &self.root();
        let (told, original) = Told { catalogue, profile, kind, unit, terms, changing, root }.texts(t);
        let special = covered(&self.profile, &terms.scope).filter(|held| held.entry.kind.class() != Class::Normal);
        let text = |held: &Held| {
            ShareEntry { id: held.id, shown: Shown::new(t, &held.entry), chosen: true, kept_out: false, alike: true }.text()
        };
        let sensitive: Vec<String> = special.map(text).collect();
        let code = self.changing().map_or("", |given| given.code.as_str());
        let stated = terms.stated.as_ref().map(|stated| stated.since);
        ShareSummary {
            t,
            root: self.root(),
            told,
            original,
            passphrase: !sensitive.is_empty() && !self.session.fresh(),
            sensitive,
            preview: preview(t, catalogue, &self.profile, (terms, &self.unit, code)),
            changing,
            already,
            answers: Answers { stated, ..self.answers.clone() },
            wrong,
        }
    }

    /// Yes or no; else the page to go on with.
    async fn answered(mut self, choice: &Choice, pairs: &Pairs) -> Result<Outcome, Response> {
        let view = self.view;
        match (pairs.one("answer"), &self.why) {
            ("yes", _) => {}
            ("no", Why::Changing(given)) => return Ok(Outcome::Page(url::consent(given.terms.consent))),
            ("no", _) => return Ok(Outcome::Refused),
            // The Enter key in a field is neither.
            _ => return Err(self.summary(choice, Vec::new()).await),
        }
        match refreshed(view, self.session.clone(), pairs).await {
            Ok(session) => self.session = session,
            Err(Error::Wrong) => {
                let wrong = Wrong::new(AGAIN, view.t.s("wrong-passphrase"));
                return Err(self.summary(choice, vec![wrong]).await);
            }
            Err(error) => return Err(view.error(&error)),
        }
        match retried(|| self.decide(choice)).await {
            Ok(outcome) => Ok(outcome),
            Err(error) if wanted(&error) => {
                let wrong = Wrong::new(AGAIN, view.t.s("wrong-passphrase-missing"));
                Err(self.summary(choice, vec![wrong]).await)
            }
            Err(Error::Restated) => Err(self.summary(choice, vec![Wrong::new("page-form", view.t.s("wrong-stated"))]).await),
            Err(error) => Err(self.refused(error)),
        }
    }

    /// Gives or changes.
    async fn decide(&self, choice: &Choice) -> Result<Outcome, Error> {
        let service = &self.view.site.service;
        match &self.why {
            Why::New => Ok(Outcome::Page(url::consent_given(service.give(&self.session, choice).await?.terms.consent))),
            Why::Changing(given) => {
                let id = given.terms.consent;
                service.change(&self.session, id, choice).await?;
                Ok(Outcome::Page(url::consent_changed(id)))
            }
            Why::Asked(key, _) => {
                let (given, code) = service.say_yes(&self.session, key, choice).await?;
                Ok(Outcome::Answered(Box::new(given), code))
            }
        }
    }

    /// What was refused leads back to the step that can mend it.
    fn refused(&self, error: Error) -> Response {
        match &error {
            Error::NothingChosen => self.nothing_chosen(),
            Error::BadEnd => self.view.faulty(&self.how_page(vec![self.wrong_until()])),
            Error::Refused(refused) if refused.why == policy::Why::TooLong => {
                self.view.faulty(&self.how_page(vec![self.wrong_until()]))
            }
            _ => self.view.error(&error),
        }
    }
}
