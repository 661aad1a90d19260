//! The steps of making a link. Nothing is kept on the server between them: each carries all answers.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;

use super::shown::{covered, preview, purpose, told_sections, unit_row};
use super::span::Span;
use super::told::stands_beside;
use crate::crypto::link::unit_of;
use crate::domain::consent::Mode;
use crate::domain::link::{hidden, may_hold};
use crate::domain::profile::{Kind, Section};
use crate::domain::recipient::RecipientKind;
use crate::http::route::get_post;
use crate::http::{Person, Site};
use crate::policy::Why;
use crate::store::organisation::UnitRow;
use crate::usecase::consent::{Choice, is_protected};
use crate::usecase::link::LinkChoice;
use crate::usecase::profile::{Held, Profile};
use crate::usecase::{Error, Session};
use crate::web::again::retried;
use crate::web::page::form::{self, Wrong};
use crate::web::page::link::{LinkAnswers, LinkFor, LinkHow, LinkMade, LinkSummary};
use crate::web::page::public::Plain;
use crate::web::page::qr::Qr;
use crate::web::page::sharing::{ShareEntry, ShareSection, ShareWhat};
use crate::web::page::shown::Shown;
use crate::web::page::url;
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::step::Step;
use crate::web::view::{View, to};

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(url::LINK_NEW, get_post(begin, begin)).route(&format!("{}/{{step}}", url::LINK_NEW), get_post(step, step))
}

/// Asked by POST where the language was changed.
async fn begin(view: View, Person(session): Person) -> Response {
    if session.opened() { view.page(&for_page(&view, None, Vec::new())) } else { view.error(&Error::Closed) }
}

async fn step(view: View, Person(session): Person, Path(step): Path<String>, sent: Step) -> Response {
    let Step::Sent(pairs) = sent else { return to(url::LINK_NEW) };
    let mut answers = LinkAnswers::read(&pairs.0);
    let chosen = pairs.one("for").split_once('/');
    if let Some((kind, purpose)) = chosen {
        answers.base.unit = Some(unit_of(kind));
        answers.base.purpose = Some(purpose.to_owned());
    }
    let way = match Way::new(&view, session, answers).await {
        Ok(Some(way)) => way,
        Ok(None) => return view.faulty(&for_page(&view, None, vec![Wrong::new("for", view.t.s("link-wrong-for"))])),
        Err(error) => return view.error(&error),
    };
    way.step(&step, &pairs).await
}

fn for_page(view: &View, chosen: Option<&str>, wrong: Vec<Wrong>) -> LinkFor {
    let (t, service) = (view.t, &view.site.service);
    let of = |kind: &RecipientKind| {
        let label = kind.label.get(t.lang.tag()).to_owned();
        let all = service.catalogue.purposes_of(kind).map(|purpose| {
            let value = format!("{}/{}", kind.id, purpose.id);
            let chosen = chosen == Some(value.as_str());
            form::Choice::new(value, format!("{label}: {}", purpose.label.get(t.lang.tag())), chosen)
        });
        all.collect::<Vec<_>>()
    };
    LinkFor { t, choices: service.linkable().flat_map(of).collect(), wrong }
}

/// What all steps need to know.
struct Way<'a> {
    view: &'a View,
    session: Session,
    profile: Profile,
    kind: &'a RecipientKind,
    /// Stands for the recipient kind, by its name in the reader's language.
    unit: UnitRow,
    answers: LinkAnswers,
}

impl<'a> Way<'a> {
    /// `None` where the first answer is missing, or is none that a link can have.
    async fn new(view: &'a View, session: Session, answers: LinkAnswers) -> Result<Option<Self>, Error> {
        let service = &view.site.service;
        let profile = service.profile(&session).await?;
        let wanted = answers.base.unit.and_then(|unit| service.link_unit(unit));
        let Some(mut unit) = wanted else { return Ok(None) };
        let kind = service.linkable().find(|kind| kind.id == unit.unit.kind);
        let Some(kind) = kind.filter(|kind| answers.base.purpose.as_ref().is_some_and(|one| kind.purposes.contains(one))) else {
            return Ok(None);
        };
        unit.unit.name = kind.label.get(view.t.lang.tag()).to_owned();
        Ok(Some(Self { view, session, profile, kind, unit, answers }))
    }

    async fn step(self, step: &str, pairs: &Pairs) -> Response {
        let view = self.view;
        if step == "what" {
            return view.page(&self.what_page(Vec::new()));
        }
        if self.answers.base.section.is_empty() && self.answers.base.entry.is_empty() {
            return self.nothing_chosen();
        }
        if step == "how" {
            return view.page(&self.how_page(Vec::new()));
        }
        let Some(wanted) = self.wanted() else { return view.faulty(&self.how_page(self.wrong_how())) };
        match (step, pairs.one("answer")) {
            ("give", "no") => view.page(&Plain::not_shared(view.t)),
            ("give", "yes") => match retried(|| view.site.service.make_link(&self.session, &wanted)).await {
                Ok(made) => view.once(&self.made_page(&made)),
                Err(error) => self.refused(&error),
            },
            ("summary" | "give", _) => self.summary(&wanted),
            _ => view.not_found(),
        }
    }

    /// The kinds that a section stands for in a link; what says who someone is has ticks of its own.
    fn offered(&self, kind: Kind) -> bool {
        self.kind.allowed.contains(&kind) && may_hold(kind) && !hidden(self.kind).contains(&kind)
    }

    fn what_page(&self, wrong: Vec<Wrong>) -> ShareWhat {
        let all = Section::ALL.into_iter().filter(|section| section.kinds().any(|kind| self.offered(kind)));
        let part = |section: Section| ShareSection {
            section,
            chosen: self.answers.base.section.contains(&section),
            entries: self.entries(|held| held.entry.kind.section() == section && self.offered(held.entry.kind)),
        };
        let first =
            |part: &ShareSection| part.chosen || (self.kind.shown_first.contains(&part.section) && !part.entries.is_empty());
        let (sections, others) = all.map(part).partition(first);
        let unit = unit_row(self.view.t, &self.view.site.service.catalogue, &self.unit);
        let (t, root, answers) = (self.view.t, url::LINK_NEW.to_owned(), self.answers.base.clone());
        ShareWhat { t, root, unit, sections, others, sensitive: Vec::new(), as_shared: false, answers, wrong }
    }

    fn entries(&self, wanted: impl Fn(&&Held) -> bool) -> Vec<ShareEntry> {
        let entry = |held: &Held| ShareEntry {
            id: held.id,
            shown: Shown::new(self.view.t, &held.entry),
            chosen: self.answers.base.entry.contains(&held.id),
            kept_out: self.answers.base.keep_out.contains(&held.id),
            alike: false,
        };
        ShareEntry::told_apart(self.profile.entries.iter().filter(wanted).map(entry).collect())
    }

    fn nothing_chosen(&self) -> Response {
        self.view.faulty(&self.what_page(vec![Wrong::new("what", self.view.t.s("wrong-what"))]))
    }

    fn span(&self) -> Span {
        Span::new(self.kind, self.view.t.now, self.view.t.now)
    }

    fn how_page(&self, wrong: Vec<Wrong>) -> LinkHow {
        let (t, span) = (self.view.t, self.span());
        let until = self.answers.base.until.as_deref();
        let presets = span.presets(t, until);
        let other = until.filter(|_| presets.iter().all(|preset| !preset.chosen)).unwrap_or_default().to_owned();
        let hidden = hidden(self.kind);
        let home = is_protected(&self.profile);
        let personal = self.entries(|held| hidden.contains(&held.entry.kind) && !(home && held.entry.kind == Kind::Home));
        let tick = |one: ShareEntry| {
            let chosen = self.answers.open.contains(&one.id);
            let caption = one.shown.caption.as_ref().map(|caption| format!("{caption}: ")).unwrap_or_default();
            form::Choice::new(one.id.to_string(), format!("{caption}{}", one.text()), chosen)
        };
        LinkHow {
            t,
            presets,
            other_chosen: !other.is_empty(),
            other,
            latest: span.latest(t),
            personal: personal.into_iter().map(tick).collect(),
            answers: self.answers.clone(),
            wrong,
        }
    }

    fn wrong_how(&self) -> Vec<Wrong> {
        let (t, span) = (self.view.t, self.span());
        let until = self.answers.base.until.as_deref().and_then(|typed| span.read(typed));
        let mut wrong = Vec::new();
        if until.is_none() {
            wrong.push(Wrong::new("until", t.one("wrong-until", "latest", span.latest(t))));
        }
        if self.answers.count().is_none() {
            wrong.push(Wrong::new("opens", t.one("link-wrong-opens", "most", crate::domain::link::MOST_OPENS)));
        }
        wrong
    }

    /// All answers, where all are there.
    fn wanted(&self) -> Option<LinkChoice> {
        let base = &self.answers.base;
        let choice = Choice {
            unit: self.unit.unit.id,
            purpose: base.purpose.clone()?,
            sections: base.section.iter().copied().collect(),
            entries: base.entry.iter().chain(&self.answers.open).copied().collect(),
            kept_out: base.keep_out.iter().copied().collect(),
            mode: Mode::View,
            until: self.span().read(base.until.as_deref()?)?,
            show_name: false,
            lang: self.view.t.lang.tag().to_owned(),
            original: stands_beside(self.view.t.lang),
            stated: None,
            origin: None,
        };
        let word = Some(self.answers.word.trim().to_owned()).filter(|word| !word.is_empty());
        Some(LinkChoice { choice, opens: self.answers.count()?, word })
    }

    fn summary(&self, wanted: &LinkChoice) -> Response {
        let (t, service) = (self.view.t, &self.view.site.service);
        let terms = match service.propose_link(&self.session, &self.profile, wanted) {
            Ok((terms, _)) => terms,
            Err(error) => return self.refused(&error),
        };
        debug_assert!(covered(&self.profile, &terms.scope).all(|held| may_hold(held.entry.kind)));
        self.view.page(&LinkSummary {
            t,
            recipient: self.unit.unit.name.clone(),
            purpose: purpose(t, &service.catalogue, &terms.purpose),
            sections: told_sections(t, &self.profile, &terms.scope),
            until: terms.until,
            opens: wanted.opens,
            word: wanted.word.is_some(),
            preview: preview(t, &service.catalogue, &self.profile, (&terms, &self.unit, "")),
            answers: self.answers.clone(),
        })
    }

    fn made_page(&self, made: &crate::usecase::link::Made) -> LinkMade {
        let link =
            format!("{}#{}", self.view.site.base.url(&url::link(&made.id.simple().to_string())), made.secret.text().as_str());
        LinkMade {
            t: self.view.t,
            consent: made.given.terms.consent,
            qr: Qr::of(&link),
            link,
            recipient: self.unit.unit.name.clone(),
            until: made.given.terms.until,
            opens: made.given.terms.link.as_ref().map_or(0, |link| link.opens),
            word: made.given.terms.link.as_ref().is_some_and(|link| link.word),
        }
    }

    /// What was refused leads back to the step that can mend it.
    fn refused(&self, error: &Error) -> Response {
        let t = self.view.t;
        match error {
            Error::NothingChosen => self.nothing_chosen(),
            Error::Faults(_) => self.view.faulty(&self.how_page(vec![Wrong::new("word", t.s("link-wrong-word"))])),
            Error::BadEnd => self.view.faulty(&self.how_page(vec![self.wrong_until()])),
            Error::Refused(refused) if refused.why == Why::TooLong => self.view.faulty(&self.how_page(vec![self.wrong_until()])),
            _ => self.view.error(error),
        }
    }

    fn wrong_until(&self) -> Wrong {
        Wrong::new("until", self.view.t.one("wrong-until", "latest", self.span().latest(self.view.t)))
    }
}
