//! Adding and changing an entry. Nothing typed is lost: whatever is wrong, the form comes back as it was.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::RawQuery;
use axum::response::Response;

use super::{audience, concept, typed};
use crate::domain::delicate::{self, Topic};
use crate::domain::profile::entry::check;
use crate::domain::profile::{Class, Entry, Fault, Fields, Kind, Shape, Value};
use crate::domain::{ConsentId, EntryId};
use crate::http::Person;
use crate::usecase::entry::{Save, Seer};
use crate::usecase::profile::Held;
use crate::usecase::{Error, Session};
use crate::web::again::{Pending, retried, wanted};
use crate::web::map::done;
use crate::web::page::entry::{EntryForm, MEANT, Typed, WAY};
use crate::web::page::form::Wrong;
use crate::web::page::{Place, url};
use crate::web::pairs::Pairs;
use crate::web::sent::Path;
use crate::web::view::{View, to};

/// A form under way.
struct Form<'a> {
    view: &'a View,
    kind: Kind,
    /// The entry as it stands, where it is changed.
    before: Option<Held>,
    typed: Typed,
    pairs: &'a Pairs,
}

/// Why a form was not saved.
enum Halt {
    Faults(Vec<(String, Fault)>),
    /// Words that the person has not been asked about yet.
    Delicate(delicate::Found),
    /// The person has not seen yet who will read it.
    Unseen(Vec<Seer>),
    /// It was changed in another window since this one showed it.
    Stale,
    Error(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        match error {
            Error::Faults(faults) => Self::Faults(faults),
            Error::Gone => Self::Stale,
            error => Self::Error(error),
        }
    }
}

pub async fn new(view: View, Person(session): Person, Path((section, kind)): Path<(String, String)>) -> Response {
    let Some(kind) = url::kind_at(&section, &kind).filter(|kind| kind.written()) else { return view.not_found() };
    match view.site.service.profile(&session).await {
        // Of what there is only one, one changes the one there is.
        Ok(profile) if kind.max() == 1 && profile.of_kind(kind).next().is_some() => {
            to(profile.of_kind(kind).next().map_or_else(|| url::section(kind.section()), |held| url::entry_edit(held.id)))
        }
        Ok(_) => view.page(&EntryForm::new(view.t, kind, None, &Typed::new(), &[], BTreeMap::new())),
        Err(error) => view.error(&error),
    }
}

pub async fn add(view: View, Person(session): Person, Path((section, kind)): Path<(String, String)>, pairs: Pairs) -> Response {
    let Some(kind) = url::kind_at(&section, &kind).filter(|kind| kind.written()) else { return view.not_found() };
    submit(&view, session, (kind, None), &pairs).await
}

pub async fn edit(view: View, Person(session): Person, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match standing(&view, &session, id).await {
        Ok(held) => {
            let typed = EntryForm::typed(&held.entry.fields);
            let mut page = EntryForm::new(view.t, held.entry.kind, Some(id), &typed, &[], BTreeMap::new());
            page.hidden = base(&held);
            // Nothing but this one word is taken from the address.
            if query.as_deref() == Some(url::FROM_GUIDE) {
                page.hidden.push(from_guide());
            }
            view.page(&page)
        }
        Err(error) => view.error(&error),
    }
}

pub async fn change(view: View, Person(session): Person, Path(id): Path<String>, pairs: Pairs) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match standing(&view, &session, id).await {
        Ok(held) => submit(&view, session, (held.entry.kind, Some(held)), &pairs).await,
        Err(error) => view.error(&error),
    }
}

async fn standing(view: &View, session: &Session, id: EntryId) -> Result<Held, Error> {
    let profile = view.site.service.profile(session).await?;
    profile.entry(id).filter(|held| held.entry.kind.written()).cloned().ok_or(Error::NotFound)
}

fn from_guide() -> (String, String) {
    (WAY.to_owned(), url::FROM_GUIDE.to_owned())
}

/// Saving it once more, after the question, is meant.
fn meant(word: &str) -> (String, String) {
    (MEANT.to_owned(), word.to_owned())
}

/// The version that the form was made from.
fn base(held: &Held) -> Vec<(String, String)> {
    vec![("base".to_owned(), held.version.to_string())]
}

async fn submit(view: &View, session: Session, (kind, before): (Kind, Option<Held>), pairs: &Pairs) -> Response {
    let mut typed = pairs.typed();
    let only_again = take_language(kind, &mut typed);
    concept::settle(&view.site.taxonomy, kind, &mut typed);
    let form = Form { view, kind, before, typed, pairs };
    if only_again || form.typed.contains_key("search") {
        return form.show(&session).await;
    }
    let session = match form.pending().refreshed(view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match retried(|| form.save(&session)).await {
        Ok(Ok(())) if pairs.has(WAY) => to(url::GUIDE),
        Ok(Ok(())) => to(done(url::section(kind.section()), "saved")),
        Ok(Err(halt)) => form.halted(&session, halt).await,
        Err(error) => form.halted(&session, error.into()).await,
    }
}

/// Whether the form only changed its language. The language's button stands before the form's fields, one of which may have its name.
pub fn take_language(kind: Kind, typed: &mut Typed) -> bool {
    let own = usize::from(kind.field("language").is_some());
    let Some(values) = typed.get_mut("language").filter(|values| values.len() > own) else { return false };
    values.remove(0);
    true
}

impl Form<'_> {
    fn id(&self) -> Option<EntryId> {
        self.before.as_ref().map(|held| held.id)
    }

    /// What was typed as fields, each concept with its labels.
    fn fields(&self) -> Result<Fields, Vec<(String, Fault)>> {
        let (mut fields, mut faults) = (Fields::new(), Vec::new());
        for field in self.kind.fields() {
            match typed::read(self.view.t, field.shape, self.typed.get(field.name).map_or(&[][..], Vec::as_slice)) {
                Ok(Some(value)) => {
                    let concept = || concept::concept(&self.view.site.taxonomy, &self.typed, field.name, self.view.t.lang);
                    let value = if matches!(field.shape, Shape::Concept(_)) { Value::Concept(concept()) } else { value };
                    fields.insert(field.name.to_owned(), value);
                }
                Ok(None) => {}
                Err(fault) => faults.push((field.name.to_owned(), fault)),
            }
        }
        let checked = check(self.kind, &fields);
        if faults.is_empty() {
            return checked.and_then(|()| typed::possible(self.view.t, &fields)).map(|()| fields);
        }
        // All at once: what a field lacks stands beside what another holds too much of.
        let named: BTreeSet<String> = faults.iter().map(|(name, _)| name.clone()).collect();
        let lacks = |(name, fault): &(String, Fault)| *fault == Fault::Missing && !named.contains(name);
        faults.extend(checked.err().into_iter().flatten().filter(lacks));
        Err(faults)
    }

    /// One try. The outer error says that the same may be tried again, or that it cannot be done at all.
    async fn save(&self, session: &Session) -> Result<Result<(), Halt>, Error> {
        let fields = match self.fields() {
            Ok(fields) => fields,
            Err(faults) => return Ok(Err(Halt::Faults(faults))),
        };
        if self.stale(session).await? {
            return Ok(Err(Halt::Stale));
        }
        let delicate = self.delicate(&fields);
        if !delicate.is_empty() {
            return Ok(Err(Halt::Delicate(delicate)));
        }
        let seers = self.seers(session).await?;
        if !seers.is_empty() && !self.seen() {
            return Ok(Err(Halt::Unseen(seers)));
        }
        let (keep_out, let_in) = self.ticked(&seers);
        let lang = self.lang(&fields);
        let save = Save { id: self.id(), kind: self.kind, lang, fields, keep_out, let_in };
        self.view.site.service.save_entry(session, save).await.map(|_| Ok(()))
    }

    /// Whether the entry has changed since the form was made.
    async fn stale(&self, session: &Session) -> Result<bool, Error> {
        let (Some(id), Some(base)) = (self.id(), self.typed.get("base").and_then(|values| values.first())) else {
            return Ok(false);
        };
        Ok(standing(self.view, session, id).await?.version.to_string() != *base)
    }

    /// What its words say that neither the entry said before nor the person was asked about.
    fn delicate(&self, fields: &Fields) -> delicate::Found {
        let before = self.before.as_ref().map(|held| delicate::in_entry(self.kind, &held.entry.fields)).unwrap_or_default();
        let mut found = delicate::in_entry(self.kind, fields);
        found.retain(|one| !before.contains(one) && !self.was_asked(one));
        found
    }

    fn was_asked(&self, (_, word): &(Topic, String)) -> bool {
        self.pairs.all(MEANT).any(|asked| asked == word)
    }

    /// The live consents that would see it, or, of a sensitive entry, that could be let see it.
    async fn seers(&self, session: &Session) -> Result<Vec<Seer>, Error> {
        let seers = self.view.site.service.seers(session, self.id(), self.kind).await?;
        Ok(seers.into_iter().filter(|seer| seer.sees || self.sensitive()).collect())
    }

    fn sensitive(&self) -> bool {
        self.kind.class() != Class::Normal
    }

    fn seen(&self) -> bool {
        self.pairs.one("seen") == "yes"
    }

    fn is_ticked(&self, name: &str, id: ConsentId) -> bool {
        self.pairs.all(name).any(|value| value.parse() == Ok(id))
    }

    /// Which consents must not get the entry, and which get it by a tick of its own.
    fn ticked(&self, seers: &[Seer]) -> (BTreeSet<ConsentId>, BTreeSet<ConsentId>) {
        let included = |seer: &&Seer| self.is_ticked("include", seer.consent);
        let out = |seer: &&Seer| {
            if self.sensitive() { seer.sees && !included(seer) } else { self.is_ticked("keep_out", seer.consent) }
        };
        let keep_out = seers.iter().filter(out).map(|seer| seer.consent).collect();
        let let_in = seers.iter().filter(|seer| self.sensitive() && !seer.sees).filter(included);
        (keep_out, let_in.map(|seer| seer.consent).collect())
    }

    /// The language that it is written in: its own as long as its words stand, else the page's.
    fn lang(&self, fields: &Fields) -> String {
        let words = |entry: &Entry| self.kind.fields().iter().all(|field| same_words(field.shape, entry, fields, field.name));
        match &self.before {
            Some(held) if words(&held.entry) => held.entry.lang.clone(),
            _ => self.view.t.lang.written().to_owned(),
        }
    }

    fn page(&self, faults: &[(String, Fault)]) -> EntryForm {
        let found = concept::found(&self.view.site.taxonomy, self.view.t, self.kind, &self.typed);
        let mut page = EntryForm::new(self.view.t, self.kind, self.id(), &self.typed, faults, found);
        let base = self.typed.get("base").and_then(|values| values.first());
        page.hidden = base.map(|base| ("base".to_owned(), base.clone())).into_iter().collect();
        page.hidden.extend(self.pairs.has(WAY).then(from_guide));
        page.hidden.extend(self.pairs.all(MEANT).map(meant));
        page
    }

    /// Shows it once more, with nothing wrong.
    async fn show(&self, session: &Session) -> Response {
        match self.as_it_stood(session, self.page(&[])).await {
            Ok(page) => self.view.page(&page),
            Err(error) => self.view.error(&error),
        }
    }

    /// The page with what the person was asked about its words, and who will read it, where they have seen that already.
    async fn as_it_stood(&self, session: &Session, mut page: EntryForm) -> Result<EntryForm, Error> {
        if let Ok(fields) = self.fields() {
            let asked = delicate::in_entry(self.kind, &fields).into_iter().filter(|one| self.was_asked(one));
            page.delicate.extend(asked);
        }
        if !self.seen() {
            return Ok(page);
        }
        let seers = self.seers(session).await?;
        self.with_audience(session, page, seers).await
    }

    /// The page with who will read it, each tick as it stood.
    async fn with_audience(&self, session: &Session, mut page: EntryForm, seers: Vec<Seer>) -> Result<EntryForm, Error> {
        let seeing: BTreeSet<ConsentId> = seers.iter().filter(|seer| seer.sees).map(|seer| seer.consent).collect();
        page.audience = audience(self.view, session, seers).await?;
        for one in &mut page.audience {
            one.ticked = match (self.sensitive(), self.seen()) {
                (true, true) => self.is_ticked("include", one.consent),
                (true, false) => seeing.contains(&one.consent),
                (false, _) => self.is_ticked("keep_out", one.consent),
            };
        }
        Ok(page)
    }

    async fn halted(&self, session: &Session, halt: Halt) -> Response {
        if let Halt::Error(error) = &halt
            && wanted(error)
        {
            return self.pending().ask(self.view, false);
        }
        let asks = matches!(halt, Halt::Unseen(_) | Halt::Delicate(_));
        match self.halted_page(session, halt).await {
            Ok(page) if asks => self.view.page(&page),
            Ok(page) => self.view.faulty(&page),
            Err(error) => self.view.error(&error),
        }
    }

    async fn halted_page(&self, session: &Session, halt: Halt) -> Result<EntryForm, Error> {
        let mut page = self.page(&[]);
        match halt {
            Halt::Unseen(seers) => return self.with_audience(session, page, seers).await,
            Halt::Faults(faults) => page = self.page(&faults),
            Halt::Delicate(found) => {
                page.hidden.extend(found.iter().map(|(_, word)| meant(word)));
                page.delicate = found;
            }
            Halt::Stale => {
                page.stale = true;
                // Saving it once more, after a look, is then meant.
                if let Some(id) = self.id() {
                    page.hidden.retain(|(name, _)| name != "base");
                    page.hidden.extend(base(&standing(self.view, session, id).await?));
                }
            }
            Halt::Error(Error::TooMany(most)) => {
                page.wrong = vec![Wrong::new("page-form", self.view.t.count("section-full", most))];
            }
            Halt::Error(error) => return Err(error),
        }
        self.as_it_stood(session, page).await
    }

    fn pending(&self) -> Pending<'_> {
        let section = url::section(self.kind.section());
        let action = self.id().map_or_else(|| url::entry_new(self.kind), url::entry_edit);
        Pending { place: Place::Map, why: self.view.t.s("why-sensitive"), action, back: section, pairs: self.pairs }
    }
}

/// Whether a field that holds words in a language is as it was.
fn same_words(shape: Shape, before: &Entry, after: &Fields, name: &str) -> bool {
    let worded = matches!(shape, Shape::Line { .. } | Shape::Text { .. } | Shape::Concept(_));
    !worded || before.fields.get(name) == after.get(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(values: &[&str]) -> Typed {
        [("language".to_owned(), values.iter().map(|value| (*value).to_owned()).collect())].into()
    }

    #[test]
    fn a_language_that_one_knows_is_not_a_change_of_the_pages_language() {
        let mut known = typed(&["ar"]);
        assert!(!take_language(Kind::Language, &mut known));
        let mut changed = typed(&["en", "ar"]);
        assert!(take_language(Kind::Language, &mut changed));
        assert_eq!(changed["language"], ["ar"]);
        assert!(take_language(Kind::Skill, &mut typed(&["en"])));
        assert!(!take_language(Kind::Skill, &mut Typed::new()));
    }
}
