//! Documents: one's own file is added and fetched. It comes and goes through memory alone.

use std::sync::Arc;

use axum::Router;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, RawQuery};
use axum::response::Response;

use super::entry::typed::read;
use super::map::done;
use super::page::entry::Typed;
use super::page::file::FileForm;
use super::page::form::Wrong;
use super::page::shown::Shown;
use super::page::url;
use super::sent::{Path, Upload, too_large};
use super::view::{View, to};
use crate::domain::EntryId;
use crate::domain::profile::entry::check;
use crate::domain::profile::file::{ATTACHED, MOST_BYTES};
use crate::domain::profile::{Class, Fault, Fields, Kind, Section};
use crate::exchange::file::Refused;
use crate::http::route::{get, get_post};
use crate::http::{Person, Site, download};
use crate::text::T;
use crate::usecase::file::{Fetched, NewDocument, NotAdded, room};
use crate::usecase::{Error, Session};

/// What a form holds beside its file.
const MOST_TEXT: usize = 64 * 1024;

pub fn router() -> Router<Arc<Site>> {
    let add = get_post(choose, add).layer(DefaultBodyLimit::max(MOST_BYTES + MOST_TEXT));
    Router::new().route(&url::entry_new(Kind::Document), add).route("/entries/{id}/file", get(fetch))
}

async fn choose(view: View, Person(session): Person, RawQuery(query): RawQuery) -> Response {
    // Nothing but an entry's id is taken from the address.
    let beside = query.as_deref().and_then(|query| query.strip_prefix("to=")?.parse::<EntryId>().ok());
    let typed = beside.map(|id| (ATTACHED.to_owned(), vec![id.to_string()])).into_iter().collect();
    match form(&view, &session, &typed, &[]).await {
        Ok(page) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn add(view: View, Person(session): Person, sent: Upload) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    let _room = match room() {
        Ok(room) => room,
        Err(error) => return view.error(&error),
    };
    let (typed, file) = match sent {
        Upload::Whole(form) => receive(*form).await,
        // The language was changed, or the form was kept: its file must be chosen anew.
        Upload::Texts(pairs) => {
            return match form(&view, &session, &pairs.typed(), &[]).await {
                Ok(page) => view.page(&FileForm { again: true, ..page }),
                Err(error) => view.error(&error),
            };
        }
    };
    let bytes = file.and_then(|bytes| if bytes.is_empty() { Err(Refused::Empty) } else { Ok(bytes) });
    let (fields, bytes) = match (fields(view.t, &typed), bytes) {
        (Ok(fields), Ok(bytes)) => (fields, bytes),
        // Of a form that was cut off before its questions came nobody knows whether they were answered.
        (_, Err(Refused::TooLarge)) if typed.is_empty() => {
            return faulty(&view, &session, &typed, Vec::new(), Some(Refused::TooLarge)).await;
        }
        (fields, bytes) => return faulty(&view, &session, &typed, fields.err().unwrap_or_default(), bytes.err()).await,
    };
    let beside = typed.get(ATTACHED).and_then(|values| values.first()?.parse::<EntryId>().ok());
    let new = NewDocument { lang: view.t.lang.written().to_owned(), fields, bytes };
    match view.site.service.add_document(&session, new).await {
        Ok(id) => to(done(url::entry(beside.unwrap_or(id)), "saved")),
        Err(NotAdded::File(refused)) => faulty(&view, &session, &typed, Vec::new(), Some(refused)).await,
        Err(NotAdded::Error(Error::Faults(faults))) => faulty(&view, &session, &typed, faults, None).await,
        Err(NotAdded::Error(Error::TooMany(most))) => {
            let full = Wrong::new("file", view.t.count("section-full", most));
            shown_again(&view, form(&view, &session, &typed, &[]).await, Some(full))
        }
        Err(NotAdded::Error(error)) => view.error(&error),
    }
}

/// Reads a form, never more of it than is kept.
async fn receive(mut form: Multipart) -> (Typed, Result<Vec<u8>, Refused>) {
    let (mut typed, mut file) = (Typed::new(), Err(Refused::Empty));
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return (typed, file),
            Err(error) => return (typed, Err(broken_off(&error))),
        };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            file = whole(field, MOST_BYTES).await;
        } else if Kind::Document.field(&name).is_some() {
            let text = whole(field, MOST_TEXT).await.ok().and_then(|bytes| String::from_utf8(bytes).ok());
            typed.entry(name).or_default().extend(text);
        }
    }
}

async fn whole(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken_off(&error))? {
        if bytes.len() + chunk.len() > most {
            return Err(Refused::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn broken_off(error: &MultipartError) -> Refused {
    if too_large(error) { Refused::TooLarge } else { Refused::Empty }
}

fn fields(t: T, typed: &Typed) -> Result<Fields, Vec<(String, Fault)>> {
    let (mut fields, mut faults) = (Fields::new(), Vec::new());
    // How many pages there are, the file says.
    for field in Kind::Document.fields().iter().filter(|field| field.name != "pages") {
        match read(t, field.shape, typed.get(field.name).map_or(&[][..], Vec::as_slice)) {
            Ok(value) => fields.extend(value.map(|value| (field.name.to_owned(), value))),
            Err(fault) => faults.push((field.name.to_owned(), fault)),
        }
    }
    let lacks = check(Kind::Document, &fields).err().unwrap_or_default();
    faults.extend(lacks.into_iter().filter(|(name, fault)| *fault == Fault::Missing && !fields.contains_key(name)));
    if faults.is_empty() { Ok(fields) } else { Err(faults) }
}

async fn faulty(view: &View, session: &Session, typed: &Typed, faults: Vec<(String, Fault)>, refused: Option<Refused>) -> Response {
    let wrong = refused.map(|refused| Wrong::new("file", view.t.s(refused.key())));
    shown_again(view, form(view, session, typed, &faults).await, wrong)
}

fn shown_again(view: &View, page: Result<FileForm, Error>, first: Option<Wrong>) -> Response {
    match page {
        Ok(mut page) => {
            page.again = true;
            page.wrong.splice(0..0, first);
            view.faulty(&page)
        }
        Err(error) => view.error(&error),
    }
}

async fn form(view: &View, session: &Session, typed: &Typed, faults: &[(String, Fault)]) -> Result<FileForm, Error> {
    let (t, service) = (view.t, &view.site.service);
    let profile = service.profile(session).await?;
    let able = profile.entries.iter().filter(|held| attachable(held.entry.kind));
    let able: Vec<(String, String)> = able.map(|held| (held.id.to_string(), Shown::new(t, &held.entry).heading.text)).collect();
    Ok(FileForm::new(t, typed, &able, faults, service.files_used(session).await?))
}

/// What a document may stand beside: what one knows, has done and has proof of.
pub fn attachable(kind: Kind) -> bool {
    kind.class() == Class::Normal && (Section::P03..=Section::P09).contains(&kind.section())
}

async fn fetch(view: View, Person(session): Person, Path(id): Path<String>) -> Response {
    let Ok(id) = id.parse() else { return view.not_found() };
    match view.site.service.own_file(&session, id).await {
        Ok(Fetched { media, title, bytes }) => download::answer(media, &title, bytes.to_vec()),
        Err(error) => view.error(&error),
    }
}
