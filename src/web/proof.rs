//! A proof that the person has already: read, checked, shown, and added as they say. Between the steps nothing is kept.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::map::done;
use super::offer::{kept_out, seen_by, unseen};
use super::page::form::Wrong;
use super::page::proof::{ProofAdd, ProofReview, Proven};
use super::page::url;
use super::pairs::Pairs;
use super::sent::{Path, too_large};
use super::view::{View, to};
use crate::domain::EntryId;
use crate::domain::credential::{Found, Verdict};
use crate::domain::event::What;
use crate::http::route::{get_post, post};
use crate::http::{Person, Site};
use crate::usecase::held::{Taken, Whole};
use crate::usecase::proof_file::Form;
use crate::usecase::proof_state::text_in;
use crate::usecase::{Error, Session};

/// Of a file: a picture with a proof baked into it is the largest.
const MOST_BYTES: usize = 5 * 1024 * 1024;

pub fn router() -> Router<Arc<Site>> {
    let file = get_post(choose, read_file).layer(DefaultBodyLimit::max(MOST_BYTES + 64 * 1024));
    Router::new()
        .route(url::PROOFS, file)
        .route(url::PROOFS_TEXT, post(read_text))
        .route(url::PROOFS_ADD, post(add))
        .route("/entries/{id}/proof", post(export))
}

fn page(view: &View, text: &str, wrong: Vec<Wrong>) -> ProofAdd {
    ProofAdd { t: view.t, text: text.to_owned(), wrong }
}

async fn choose(view: View, Person(session): Person) -> Response {
    if session.opened() { view.page(&page(&view, "", Vec::new())) } else { view.error(&Error::Closed) }
}

async fn read_file(view: View, Person(session): Person, form: Result<Multipart, MultipartRejection>) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    let wrong = |key: &str| view.faulty(&page(&view, "", vec![Wrong::new("file", view.t.s(key))]));
    match file(form).await {
        Ok(Some(bytes)) => match text_in(&bytes) {
            Some(text) => review(&view, &session, text, &Pairs(Vec::new())).await,
            None => wrong("proof-wrong-form"),
        },
        Ok(None) => wrong(EMPTY),
        Err(key) => wrong(key),
    }
}

const EMPTY: &str = "proof-wrong-empty";
const LARGE: &str = "proof-wrong-large";

fn broken_off(error: MultipartError) -> &'static str {
    if too_large(&error) { LARGE } else { EMPTY }
}

/// The first file of the form, never more of it than is read.
async fn file(form: Result<Multipart, MultipartRejection>) -> Result<Option<Vec<u8>>, &'static str> {
    let Ok(mut form) = form else { return Ok(None) };
    while let Some(mut field) = form.next_field().await.map_err(broken_off)? {
        if field.name() != Some("file") {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken_off)? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Err(LARGE);
            }
            bytes.extend_from_slice(&chunk);
        }
        return Ok(Some(bytes).filter(|bytes| !bytes.is_empty()));
    }
    Ok(None)
}

async fn read_text(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let typed = pairs.one("text");
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    if pairs.only_again() {
        return view.page(&page(&view, typed, Vec::new()));
    }
    let wrong = |key: &str| view.faulty(&page(&view, typed, vec![Wrong::new("text", view.t.s(key))]));
    match text_in(typed.as_bytes()) {
        _ if typed.trim().is_empty() => wrong("proof-wrong-empty"),
        Some(text) => review(&view, &session, text, &pairs).await,
        None => wrong("proof-wrong-form"),
    }
}

/// What it says, before anything is added.
async fn review(view: &View, session: &Session, text: String, pairs: &Pairs) -> Response {
    match reviewed(view, session, text, pairs, Vec::new()).await {
        Ok((page, _)) => view.page(&page),
        Err(error) => view.error(&error),
    }
}

async fn reviewed(
    view: &View,
    session: &Session,
    text: String,
    pairs: &Pairs,
    wrong: Vec<Wrong>,
) -> Result<(ProofReview, Found), Error> {
    let found = view.site.service.proof_state(text.as_bytes(), view.site.outside()).await;
    let sound = found.proof.is_some() && !matches!(found.verdict, Verdict::NotValid(_));
    let audience = if sound { seen_by(view, session, pairs).await? } else { Vec::new() };
    let proven = Proven::new(view.t, &found);
    Ok((ProofReview { t: view.t, text, proven, sound, audience, wrong }, found))
}

async fn add(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let text = pairs.one("text").to_owned();
    let (mut page, found) = match reviewed(&view, &session, text.clone(), &pairs, Vec::new()).await {
        Ok(reviewed) => reviewed,
        Err(error) => return view.error(&error),
    };
    let Some(proof) = found.proof.as_ref().filter(|_| page.sound) else { return view.faulty(&page) };
    if pairs.only_again() || unseen(&page.audience, &pairs) {
        return view.page(&page);
    }
    let whole = Whole { credential: text, holder: None, badge: None };
    let (lang, keep_out) = (view.t.lang.written(), &kept_out(&pairs));
    let taken = Taken { whole: &whole, proof, what: What::ProofAdded, lang, keep_out };
    match view.site.service.add_credential(&session, &taken).await {
        Ok(id) => to(done(url::entry(id), "taken")),
        Err(Error::TooMany(most)) => {
            page.wrong = vec![Wrong::new("page-form", view.t.count("section-full", most))];
            view.faulty(&page)
        }
        Err(Error::Faults(_)) => {
            page.wrong = vec![Wrong::new("page-form", view.t.s("proof-wrong-large"))];
            view.faulty(&page)
        }
        Err(error) => view.error(&error),
    }
}

/// One's own proof as a file.
async fn export(view: View, Person(session): Person, Path(id): Path<String>, pairs: Pairs) -> Response {
    let Ok(id) = id.parse::<EntryId>() else { return view.not_found() };
    let Some(form) = Form::named(pairs.one("format")) else { return to(url::entry(id)) };
    let asked = (form, view.t.lang.tag());
    match view.site.service.proof_file(&session, id, asked, view.site.outside()).await {
        Ok(file) => {
            let name = format!("attachment; filename=\"bevis.{}\"", file.extension);
            ([(CONTENT_TYPE, file.media_type.to_owned()), (CONTENT_DISPOSITION, name)], file.bytes).into_response()
        }
        Err(error) => view.error(&error),
    }
}
