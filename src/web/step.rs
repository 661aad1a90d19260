//! A step of several, whose form carries all that was answered. What was sent stands sealed in the address of the page that answers it:
//! the browser's Back, and its reload, find it there, where they would else ask whether to send the form again. Nothing is kept on the
//! server, and the key comes from the session's cookie: to whoever reads the address later, in a history or a log, it says nothing.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, Request};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;
use axum_extra::extract::cookie::CookieJar;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::form_urlencoded;

use super::page::url::for_staff;
use super::pairs::{AGAIN, Pairs};
use super::view::to;
use crate::crypto::secret::Secret;
use crate::crypto::step;
use crate::http::Site;
use crate::http::cookie::{self, Name};

/// What came to a step.
pub enum Step {
    /// The answers. What was posted so is to be done, where it does something.
    Sent(Pairs),
    /// The address alone, or with answers of another session.
    Bare,
}

/// Before the answers in an address.
const SEALED: &str = "at=";
/// Servers in front of this one take no longer addresses. A form with more is answered where it was sent.
const LONGEST: usize = 4096;
/// What ends an address that only shows: nothing is done there.
const SHOWS: [&str; 6] = ["purpose", "what", "how", "summary", "new", "inbox"];

impl<S> FromRequest<S> for Step
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    /// Leads to the address of the answer, or says what is wrong with the form.
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let site = Arc::<Site>::from_ref(state);
        let (parts, body) = request.into_parts();
        if parts.method != Method::POST {
            return Ok(opened(&site, &parts).map_or(Self::Bare, Self::Sent));
        }
        let path = parts.uri.path().to_owned();
        let secret = secrets(&site, &parts).into_iter().next();
        let pairs = Pairs::from_request(Request::from_parts(parts, body), state).await?;
        match secret.filter(|_| shows(&path)).and_then(|secret| address(&site, &secret, &path, &pairs)) {
            Some(address) => Err(to(address)),
            None => Ok(Self::Sent(pairs)),
        }
    }
}

fn shows(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| SHOWS.contains(&last))
}

/// The secrets of the sessions that the page may be for, the one that it is for first: a request is answered by a card before anyone.
fn secrets(site: &Site, parts: &Parts) -> Vec<Secret> {
    let jar = CookieJar::from_headers(&parts.headers);
    let path = parts.uri.path();
    let names: &[Name] = match path {
        _ if for_staff(path) => &[Name::Staff],
        _ if path.starts_with("/request/") => &[Name::Card, Name::Person],
        _ => &[Name::Person],
    };
    names.iter().filter_map(|name| cookie::read(&jar, &site.base, *name)).collect()
}

/// `None` where it would be too long.
fn address(site: &Site, secret: &Secret, path: &str, pairs: &Pairs) -> Option<String> {
    let fields = pairs.0.iter().filter(|(name, _)| name != AGAIN && name != "back");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let sealed = URL_SAFE_NO_PAD.encode(step::seal(secret, path, body.as_bytes(), &*site.service.random));
    let address = format!("{path}?{SEALED}{sealed}");
    (address.len() <= LONGEST).then_some(address)
}

fn opened(site: &Site, parts: &Parts) -> Option<Pairs> {
    let sealed = parts.uri.query()?.strip_prefix(SEALED).filter(|sealed| sealed.len() <= LONGEST)?;
    let sealed = URL_SAFE_NO_PAD.decode(sealed).ok().filter(|_| shows(parts.uri.path()))?;
    let body = secrets(site, parts).iter().find_map(|secret| step::open(secret, parts.uri.path(), &sealed).ok())?;
    Some(Pairs(form_urlencoded::parse(&body).into_owned().collect()))
}
