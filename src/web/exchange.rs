//! A file of another format: read, shown, and added as ticked. Between the steps nothing is kept: the form carries what the file held.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::again::{Pending, retried};
use super::entry::audience;
use super::map::done;
use super::page::exchange::{ExportPage, ImportPage, Note, Proposed, Review, State};
use super::page::form::Wrong;
use super::page::shown::Shown;
use super::page::{Place, url};
use super::pairs::Pairs;
use super::sent::too_large;
use super::view::{View, to};
use crate::domain::ConsentId;
use crate::domain::profile::entry::check;
use crate::domain::profile::{Class, Entry, Evidence, Fields, Kind, MAX_ENTRIES_PER_SECTION, MAX_FREE_TEXT, Source, Value};
use crate::exchange::{self, Format, Item, Leftover, MOST_BYTES, Refused};
use crate::http::route::{get_post, post};
use crate::http::{Person, Site};
use crate::usecase::entry::{Save, Seer};
use crate::usecase::profile::Profile;
use crate::usecase::{Error, Session};

/// What a form that carries a file's contents may be: each text once more, with its names and its letters encoded.
const MOST_FORM_BYTES: usize = 2 * 1024 * 1024;

pub fn router() -> Router<Arc<Site>> {
    let file = get_post(choose, read).layer(DefaultBodyLimit::max(MOST_BYTES + 64 * 1024));
    Router::new()
        .route(url::IMPORT, file)
        .route(url::IMPORT_ADD, post(add).layer(DefaultBodyLimit::max(MOST_FORM_BYTES)))
        .route(url::EXPORT, get_post(formats, export))
}

async fn choose(view: View, Person(session): Person) -> Response {
    if session.opened() { view.page(&ImportPage { t: view.t, wrong: Vec::new() }) } else { view.error(&Error::Closed) }
}

async fn read(view: View, Person(session): Person, form: Result<Multipart, MultipartRejection>) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    let read = match file(form).await {
        Ok(bytes) => exchange::read(&bytes, view.t.lang.tag()),
        Err(refused) => Err(refused),
    };
    match read {
        Ok(import) => match review(&view, &session, import).await {
            Ok(page) => view.page(&page),
            Err(error) => view.error(&error),
        },
        Err(refused) => view.faulty(&ImportPage { t: view.t, wrong: vec![Wrong::new("file", view.t.s(refused.key()))] }),
    }
}

/// The first file of the form, never more of it than is read.
async fn file(form: Result<Multipart, MultipartRejection>) -> Result<Vec<u8>, Refused> {
    let mut form = form.map_err(|_| Refused::Empty)?;
    while let Some(mut field) = form.next_field().await.map_err(broken_off)? {
        if field.name() != Some("file") {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken_off)? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Err(Refused::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        return Ok(bytes);
    }
    Err(Refused::Empty)
}

fn broken_off(error: MultipartError) -> Refused {
    if too_large(&error) { Refused::TooLarge } else { Refused::Empty }
}

/// What is sent along with the form for each entry.
type Carried = (Kind, String, Fields);

async fn review(view: &View, session: &Session, import: exchange::Import) -> Result<Review, Error> {
    let profile = view.site.service.profile(session).await?;
    let propose = |item: &Item| {
        let mut fields = item.fields.clone();
        labels(view, &mut fields);
        proposed(view, &profile, (item.kind, item.lang.clone(), fields), &item.source, None)
    };
    let mut entries: Vec<Proposed> = import.entries.iter().filter_map(propose).collect();
    // As the page lists them: what it sends back is numbered by its place.
    entries.sort_by_key(|one| one.shown.kind.section());
    let notes = notes(&import.not_understood);
    let losses = import.losses.into_iter().map(|loss| loss.path).collect();
    let mut page = Review { t: view.t, format: import.format, entries, notes, losses, audience: Vec::new(), wrong: Vec::new() };
    page.audience = audience(view, session, seers(view, session, &page).await?).await?;
    Ok(page)
}

/// The page once more, from what it sent.
async fn again(view: &View, session: &Session, pairs: &Pairs) -> Result<Option<Review>, Error> {
    let Some(format) = Format::named(pairs.one("format")) else { return Ok(None) };
    let profile = view.site.service.profile(session).await?;
    let ticked = |name: &str, number: usize| pairs.all(name).any(|value| value == number.to_string());
    let mut entries = Vec::new();
    for (number, (data, source)) in pairs.all("entry").zip(pairs.all("source")).enumerate() {
        let Ok(carried) = serde_json::from_str::<Carried>(data) else { return Ok(None) };
        match proposed(view, &profile, carried, source, Some(ticked("add", number))) {
            Some(one) => entries.push(one),
            None => return Ok(None),
        }
    }
    let note = |(number, (text, sensitive)): (usize, (&str, &str))| Note {
        text: text.to_owned(),
        sensitive: sensitive == "true",
        ticked: ticked("keep", number),
    };
    let notes = pairs.all("note").zip(pairs.all("note-sensitive")).enumerate().map(note).collect();
    let losses = pairs.all("loss").map(str::to_owned).collect();
    let mut page = Review { t: view.t, format, entries, notes, losses, audience: Vec::new(), wrong: Vec::new() };
    page.audience = audience(view, session, seers(view, session, &page).await?).await?;
    for one in &mut page.audience {
        one.ticked = pairs.all("keep_out").any(|id| id.parse() == Ok(one.consent));
    }
    Ok(Some(page))
}

/// One entry as it would stand; nothing where it is not one that a file may add.
fn proposed(view: &View, profile: &Profile, carried: Carried, source: &str, ticked: Option<bool>) -> Option<Proposed> {
    let (kind, lang, fields) = &carried;
    if kind.class() != Class::Normal || exchange::NEVER.contains(kind) || check(*kind, fields).is_err() || lang.len() > 35 {
        return None;
    }
    let state = if profile.of_kind(*kind).any(|held| same(*kind, &held.entry.fields, fields)) {
        State::Same
    } else if profile.of_kind(*kind).count() >= Kind::max(*kind) {
        State::Held
    } else {
        State::New
    };
    let (now, data) = (view.t.now, serde_json::to_string(&carried).ok()?);
    let (kind, lang, fields) = carried;
    let entry = Entry {
        kind,
        lang,
        source: Source::Import,
        evidence: Evidence::E1,
        fields,
        created: now,
        updated: now,
        confirmed: now,
        file: None,
    };
    let ticked = ticked.unwrap_or(state == State::New);
    Some(Proposed { shown: Shown::new(view.t, &entry), data, source: source.to_owned(), state, ticked })
}

/// Whether the map says all that the file does; of a skill or a language, whether it stands there at all: how well is the owner's word.
fn same(kind: Kind, held: &Fields, proposed: &Fields) -> bool {
    let only = match kind {
        Kind::Skill => Some("skill"),
        Kind::Language => Some("language"),
        _ => None,
    };
    let words = |text: &str| text.trim().to_lowercase();
    let alike = |(name, value): (&String, &Value)| match (held.get(name), value) {
        (Some(Value::Concept(one)), Value::Concept(other)) => {
            (one.uri.is_some() && one.uri == other.uri) || words(&one.entered) == words(&other.entered)
        }
        (Some(Value::Text(one)), Value::Text(other)) => words(one) == words(other),
        (held, value) => held == Some(value),
    };
    proposed.iter().filter(|(name, _)| only.is_none_or(|only| only == name.as_str())).all(alike)
}

/// A concept that the taxonomy knows gets its labels.
fn labels(view: &View, fields: &mut Fields) {
    for value in fields.values_mut() {
        if let Value::Concept(concept) = value
            && let Some(known) = concept.uri.as_deref().and_then(|uri| view.site.taxonomy.concept(uri))
        {
            concept.sv = known.labels.get("sv").cloned();
            concept.en = known.labels.get("en").cloned();
        }
    }
}

/// What was not understood, as texts no longer than an entry may hold: what is sensitive by itself, and not ticked.
fn notes(left: &[Leftover]) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for one in left {
        for piece in pieces(&format!("{}: {}", one.path, one.text)) {
            let fits = |note: &&mut Note| {
                note.sensitive == one.sensitive && note.text.chars().count() + piece.chars().count() < MAX_FREE_TEXT
            };
            match notes.last_mut().filter(fits) {
                Some(note) => note.text = format!("{}\n{piece}", note.text),
                None => notes.push(Note { text: piece, sensitive: one.sensitive, ticked: !one.sensitive }),
            }
        }
    }
    notes
}

fn pieces(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters
        .chunks(MAX_FREE_TEXT)
        .map(|piece| piece.iter().collect::<String>().trim().to_owned())
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// The live consents that would see anything of it.
async fn seers(view: &View, session: &Session, page: &Review) -> Result<Vec<Seer>, Error> {
    let mut kinds: BTreeSet<Kind> = page.entries.iter().map(|one| one.shown.kind).collect();
    if !page.notes.is_empty() {
        kinds.insert(Kind::Informal);
    }
    let mut found: Vec<Seer> = Vec::new();
    for kind in kinds {
        for seer in view.site.service.seers(session, None, kind).await? {
            if seer.sees && !found.iter().any(|one| one.consent == seer.consent) {
                found.push(seer);
            }
        }
    }
    Ok(found)
}

async fn add(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let page = match again(&view, &session, &pairs).await {
        Ok(Some(page)) => page,
        Ok(None) => return to(url::IMPORT),
        Err(error) => return view.error(&error),
    };
    let unseen = |id: ConsentId| !pairs.all("seen").any(|seen| seen.parse() == Ok(id));
    if pairs.only_again() || page.audience.iter().any(|one| unseen(one.consent)) {
        return view.page(&page);
    }
    match add_all(&view, &session, page).await {
        Ok(left) if left.wrong.is_empty() => to(done(url::MAP.to_owned(), "imported")),
        Ok(left) => view.faulty(&left),
        Err(error) => view.error(&error),
    }
}

/// Adds what is ticked; what found no room stays on the page.
async fn add_all(view: &View, session: &Session, mut page: Review) -> Result<Review, Error> {
    let keep_out: BTreeSet<ConsentId> = page.audience.iter().filter(|one| one.ticked).map(|one| one.consent).collect();
    let mut full = None;
    let (mut entries, mut left_notes) = (Vec::new(), Vec::new());
    for one in std::mem::take(&mut page.entries) {
        let wanted = one.ticked && one.state == State::New;
        match serde_json::from_str::<Carried>(&one.data) {
            Ok(carried) if wanted => match save(view, session, carried, &keep_out).await {
                Err(Error::TooMany(most)) => {
                    full = Some(most);
                    entries.push(one);
                }
                other => other.map(drop)?,
            },
            _ => {}
        }
    }
    for note in std::mem::take(&mut page.notes) {
        if note.ticked {
            match save(view, session, noted(view, &note.text), &keep_out).await {
                Err(Error::TooMany(most)) => {
                    full = Some(most);
                    left_notes.push(note);
                }
                other => other.map(drop)?,
            }
        }
    }
    (page.entries, page.notes) = (entries, left_notes);
    page.wrong = full.into_iter().map(|_| Wrong::new("page-form", view.t.count("import-full", MAX_ENTRIES_PER_SECTION))).collect();
    Ok(page)
}

async fn save(view: &View, session: &Session, carried: Carried, keep_out: &BTreeSet<ConsentId>) -> Result<(), Error> {
    let (kind, lang, fields) = carried;
    let save =
        || Save { id: None, kind, lang: lang.clone(), fields: fields.clone(), keep_out: keep_out.clone(), let_in: BTreeSet::new() };
    retried(|| view.site.service.import_entry(session, &view.site.taxonomy, save())).await.map(|_| ())
}

/// A text that was not understood, where one can read it and move it on.
fn noted(view: &View, text: &str) -> Carried {
    let fields = [
        ("what", Value::Text(view.t.s("import-note-title"))),
        ("context", Value::Choice("other".to_owned())),
        ("more", Value::Text(text.chars().take(MAX_FREE_TEXT).collect())),
    ];
    (Kind::Informal, view.t.lang.tag().to_owned(), fields.map(|(name, value)| (name.to_owned(), value)).into())
}

async fn formats(view: View, Person(session): Person) -> Response {
    if session.opened() { view.page(&ExportPage { t: view.t }) } else { view.error(&Error::Closed) }
}

async fn export(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let Some(format) = Format::named(pairs.one("format")) else { return to(url::EXPORT) };
    let (action, back) = (url::EXPORT.to_owned(), url::EXPORT.to_owned());
    let pending = Pending { place: Place::Map, why: view.t.s("why-export"), action, back, pairs: &pairs };
    let session = match pending.refreshed(&view, session).await {
        Ok(session) => session,
        Err(response) => return response,
    };
    match view.site.service.portable(&session).await {
        Ok(items) => {
            let disposition = format!("attachment; filename=\"egenkarta-{}.{}\"", format.name(), format.extension());
            let headers = [(CONTENT_TYPE, format.media_type().to_owned()), (CONTENT_DISPOSITION, disposition)];
            (headers, exchange::write(format, &items, view.t.lang.tag())).into_response()
        }
        Err(error) => pending.failed(&view, &error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_what_was_not_understood_is_cut_off_and_what_is_sensitive_is_not_ticked() {
        let long = "å".repeat(1200);
        let left = [("a", long.as_str()), ("b.gender", "x"), ("c", "y"), ("d", "z")];
        let notes = notes(&left.map(|(path, text)| Leftover::new(path.to_owned(), text.to_owned())));
        assert!(notes.iter().all(|note| note.text.chars().count() <= MAX_FREE_TEXT));
        assert_eq!(notes.iter().map(|note| note.text.matches('å').count()).sum::<usize>(), 1200);
        let sensitive: Vec<_> = notes.iter().filter(|note| note.sensitive).collect();
        assert!(sensitive.len() == 1 && !sensitive[0].ticked && sensitive[0].text == "b.gender: x");
        assert_eq!(notes.last().map(|note| note.text.as_str()), Some("c: y\nd: z"));
    }
}
