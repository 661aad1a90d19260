//! Cookies: person, staff, login and language. `__Host-` everywhere but over plain http on loopback.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::Base;
use crate::crypto::secret::Secret;
use crate::usecase::SessionKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    Person,
    Staff,
    /// A login under way, or a newcomer without a passphrase; apart for person and staff.
    Login,
    Newcomer,
    StaffNewcomer,
    /// A session that a printed card has opened, for one request.
    Card,
    /// A question put to another wallet.
    Asking,
    /// The code of an offer that waits until its holder has signed in.
    Offer,
    /// A login with an issuer from which a proof is to be received.
    Receiving,
}

impl Name {
    pub const fn of(kind: SessionKind) -> Self {
        match kind {
            SessionKind::Participant => Self::Person,
            SessionKind::Staff => Self::Staff,
        }
    }

    const fn plain(self) -> &'static str {
        match self {
            Self::Person => "egenkarta",
            Self::Staff => "egenkarta-staff",
            Self::Login => "egenkarta-login",
            Self::Newcomer => "egenkarta-new",
            Self::StaffNewcomer => "egenkarta-staff-new",
            Self::Card => "egenkarta-card",
            Self::Asking => "egenkarta-asking",
            Self::Offer => "egenkarta-offer",
            Self::Receiving => "egenkarta-receiving",
        }
    }
}

fn full(base: &Base, name: &str) -> String {
    if base.secure() { format!("__Host-{name}") } else { name.to_owned() }
}

/// Whether a request bears any cookie of ours but the language: what another's page could misuse.
pub fn any(headers: &HeaderMap) -> bool {
    let ours = |name: &str| name.strip_prefix("__Host-").unwrap_or(name).starts_with(Name::Person.plain());
    CookieJar::from_headers(headers).iter().any(|cookie| ours(cookie.name()))
}

/// The secret that a cookie holds, if it is one.
pub fn read(jar: &CookieJar, base: &Base, name: Name) -> Option<Secret> {
    Secret::parse(jar.get(&full(base, name.plain()))?.value())
}

/// Sets a cookie that ends with the browser.
pub fn set(jar: CookieJar, base: &Base, name: Name, secret: &Secret) -> CookieJar {
    let mut cookie = Cookie::new(full(base, name.plain()), secret.text().as_str().to_owned());
    harden(&mut cookie, base);
    jar.add(cookie)
}

pub fn remove(jar: CookieJar, base: &Base, name: Name) -> CookieJar {
    let mut cookie = Cookie::new(full(base, name.plain()), "");
    harden(&mut cookie, base);
    cookie.make_removal();
    jar.add(cookie)
}

/// The request that someone was about to answer when they were asked to sign in or to open their map.
pub fn ask(jar: &CookieJar, base: &Base) -> Option<String> {
    let key = jar.get(&full(base, ASK))?.value();
    let plain = key.len() <= 45 && key.bytes().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'-' | b'_'));
    (plain && !key.is_empty()).then(|| key.to_owned())
}

pub fn set_ask(jar: CookieJar, base: &Base, key: &str) -> CookieJar {
    let mut cookie = Cookie::new(full(base, ASK), key.to_owned());
    harden(&mut cookie, base);
    jar.add(cookie)
}

pub fn remove_ask(jar: CookieJar, base: &Base) -> CookieJar {
    let mut cookie = Cookie::new(full(base, ASK), "");
    harden(&mut cookie, base);
    cookie.make_removal();
    jar.add(cookie)
}

const ASK: &str = "egenkarta-ask";

/// The language that was chosen; the only cookie that outlives the browser.
pub fn language(jar: &CookieJar) -> Option<String> {
    jar.get("language").map(|cookie| cookie.value().to_owned())
}

pub fn set_language(jar: CookieJar, base: &Base, tag: &str) -> CookieJar {
    let mut cookie = Cookie::new("language", tag.to_owned());
    harden(&mut cookie, base);
    cookie.make_permanent();
    jar.add(cookie)
}

fn harden(cookie: &mut Cookie<'_>, base: &Base) {
    cookie.set_http_only(true);
    // Lax, since one comes back from the identity provider by a link; each POST is checked by its origin besides.
    cookie.set_same_site(SameSite::Lax);
    cookie.set_path("/");
    cookie.set_secure(base.secure());
}
