//! `/verify`, for anyone: a code, a link, a text, a file or a photograph is checked in memory. A GET counts nothing: a button does.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::response::Response;

use super::page::form::Wrong;
use super::page::url;
use super::page::verify::{Outcome, Verified, VerifyPage};
use super::pairs::Pairs;
use super::sent::too_large;
use super::view::{View, to};
use crate::http::Site;
use crate::http::check::check_tries;
use crate::http::remote::Remote;
use crate::http::route::get_post;
use crate::usecase::Error;
use crate::usecase::check::{Looked, MOST_FILE, NotLooked, room};

/// The largest file and what a form puts around it.
const MOST_FORM: usize = MOST_FILE + 64 * 1024;

pub fn router() -> Router<Arc<Site>> {
    let file = get_post(async || to(url::VERIFY), check_file).layer(DefaultBodyLimit::max(MOST_FORM));
    Router::new().route(url::VERIFY, get_post(show, check)).route(url::VERIFY_FILE, file)
}

fn page(view: &View, text: &str, wrong: Vec<Wrong>) -> VerifyPage {
    VerifyPage { t: view.t, text: text.to_owned(), wrong }
}

async fn show(view: View) -> Response {
    view.page(&page(&view, "", Vec::new()))
}

async fn check(view: View, Remote(address): Remote, pairs: Pairs) -> Response {
    let text = pairs.one("text");
    if pairs.only_again() {
        return view.page(&page(&view, text, Vec::new()));
    }
    if let Err(seconds) = check_tries(&view.site, &address) {
        return view.error(&Error::TooOften(seconds));
    }
    let looked = view.site.service.check_text(view.site.outside(), text).await;
    answer(&view, text, "text", looked)
}

async fn check_file(view: View, Remote(address): Remote, form: Result<Multipart, MultipartRejection>) -> Response {
    if let Err(seconds) = check_tries(&view.site, &address) {
        return view.error(&Error::TooOften(seconds));
    }
    let _room = match room().await {
        Ok(room) => room,
        Err(error) => return view.error(&error),
    };
    let looked = match file(form).await {
        Ok(bytes) => view.site.service.check_file(view.site.outside(), bytes).await,
        Err(not) => Err(not),
    };
    answer(&view, "", "photo", looked)
}

/// The first file that holds anything, never more of it than is read.
async fn file(form: Result<Multipart, MultipartRejection>) -> Result<Vec<u8>, NotLooked> {
    let mut form = form.map_err(|_| NotLooked::Empty)?;
    while let Some(mut field) = form.next_field().await.map_err(broken_off)? {
        if !matches!(field.name(), Some("photo" | "file")) {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken_off)? {
            if bytes.len() + chunk.len() > MOST_FILE {
                return Err(NotLooked::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        if !bytes.is_empty() {
            return Ok(bytes);
        }
    }
    Err(NotLooked::Empty)
}

fn broken_off(error: MultipartError) -> NotLooked {
    if too_large(&error) { NotLooked::TooLarge } else { NotLooked::Empty }
}

fn answer(view: &View, text: &str, field: &str, looked: Result<Looked, NotLooked>) -> Response {
    let t = view.t;
    match looked {
        Ok(Looked { found, at, until, text }) => {
            let results = found.iter().map(|found| Outcome::new(t, found)).collect();
            view.page(&Verified { t, results, at, until, text })
        }
        Err(NotLooked::Error(error)) => view.error(&error),
        Err(not) => view.faulty(&page(view, text, vec![Wrong::new(field, t.s(key(&not)))])),
    }
}

const fn key(not: &NotLooked) -> &'static str {
    match not {
        NotLooked::Empty => "check-empty",
        NotLooked::TooLarge => "check-too-large",
        NotLooked::NoCode => "check-no-code",
        NotLooked::NotACode => "check-not-a-code",
        NotLooked::HalfLink => "check-half-link",
        NotLooked::Closed | NotLooked::Error(_) => "check-closed",
    }
}
