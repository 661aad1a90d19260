//! A step of several, whose form carries all that was answered, and a search. What was sent stands sealed in the address of the page that answers it:
//! the browser's Back, and its reload, find the page there as it was first shown, where they would else ask whether to send the form again.
//! Nothing is kept on the server, and the key comes from the session's cookie: to whoever reads the address later, in a history or a log, it
//! says nothing.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequest, Request};
use axum::http::{HeaderMap, Method, Uri};
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
            let secret = secret(&site, &parts.headers, parts.uri.path()).await;
            let pairs = secret.and_then(|secret| opened(&secret, &parts.uri));
            return Ok(pairs.map_or(Self::Bare, Self::Sent));
        }
        let path = parts.uri.path().to_owned();
        let secret = if shows(&path) { secret(&site, &parts.headers, &path).await } else { None };
        let pairs = Pairs::from_request(Request::from_parts(parts, body), state).await?;
        match secret.and_then(|secret| address(&site, &secret, &path, &pairs)) {
            Some(address) => Err(to(address)),
            None => Ok(Self::Sent(pairs)),
        }
    }
}

fn shows(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| SHOWS.contains(&last))
}

/// The secret of the session that the page is for. A request may be answered by a card where nobody is signed in: a cookie whose session is
/// over says nothing there, since another person may have begun since.
async fn secret(site: &Site, headers: &HeaderMap, path: &str) -> Option<Secret> {
    let jar = CookieJar::from_headers(headers);
    let read = |name| cookie::read(&jar, &site.base, name);
    if for_staff(path) {
        return read(Name::Staff);
    }
    if !path.starts_with("/request/") {
        return read(Name::Person);
    }
    for secret in [Name::Person, Name::Card].into_iter().filter_map(read) {
        if site.service.resume(&secret).await.ok().flatten().is_some() {
            return Some(secret);
        }
    }
    None
}

/// `None` where it would be too long.
fn address(site: &Site, secret: &Secret, path: &str, pairs: &Pairs) -> Option<String> {
    let fields = pairs.0.iter().filter(|(name, _)| name != AGAIN && name != "back");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let sealed = URL_SAFE_NO_PAD.encode(step::seal(secret, path, body.as_bytes(), &*site.service.random));
    let address = format!("{path}?{SEALED}{sealed}");
    (address.len() <= LONGEST).then_some(address)
}

/// Whether an address may bear answers.
pub fn is_sealed(address: &Uri) -> bool {
    address.query().is_some_and(|query| query.starts_with(SEALED))
}

/// What stands in an address, for the session whose secret it is.
pub fn opened(secret: &Secret, address: &Uri) -> Option<Pairs> {
    let sealed = address.query()?.strip_prefix(SEALED).filter(|sealed| sealed.len() <= LONGEST)?;
    let sealed = URL_SAFE_NO_PAD.decode(sealed).ok().filter(|_| shows(address.path()))?;
    let body = step::open(secret, address.path(), &sealed).ok()?;
    Some(Pairs(form_urlencoded::parse(&body).into_owned().collect()))
}
