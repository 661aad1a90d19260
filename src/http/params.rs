//! The parameters of a protocol request: a form, bounded, each parameter once (RFC 6749, 3.1 and 3.2).

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

use crate::domain::oauth::Fault;

/// Names and values. Parameters without a value are as good as absent; unknown ones are not looked at, as RFC 6749 demands.
#[derive(Clone, Debug, Default)]
pub struct Params(Vec<(String, String)>);

const MOST_BYTES: usize = 32 * 1024;
const MOST: usize = 40;

impl Params {
    pub async fn read(request: Request) -> Result<Self, Fault> {
        Self::read_within(request, MOST_BYTES).await
    }

    /// One of at most `most` bytes.
    pub async fn read_within(request: Request, most: usize) -> Result<Self, Fault> {
        if !is_form(request.headers()) {
            return Err(Fault::Request("send the parameters as application/x-www-form-urlencoded"));
        }
        let bytes = Bytes::from_request(request, &()).await.map_err(|_| Fault::Request("the request is too large"))?;
        Self::parse(&bytes, most)
    }

    fn parse(bytes: &[u8], most: usize) -> Result<Self, Fault> {
        if bytes.len() > most {
            return Err(Fault::Request("the request is too large"));
        }
        let mut all: Vec<(String, String)> = Vec::new();
        for (name, value) in url::form_urlencoded::parse(bytes).filter(|(_, value)| !value.is_empty()) {
            if all.iter().any(|(known, _)| *known == name) {
                return Err(Fault::Request("a parameter stands twice"));
            }
            if all.len() == MOST {
                return Err(Fault::Request("there are too many parameters"));
            }
            all.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self(all))
    }

    /// The value of at most `max` bytes, where there is one.
    pub fn optional(&self, name: &'static str, max: usize) -> Result<Option<&str>, Fault> {
        let found = self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        if found.is_some_and(|value| value.len() > max) { Err(Fault::Request(too_long(name))) } else { Ok(found) }
    }

    pub fn required(&self, name: &'static str, max: usize) -> Result<&str, Fault> {
        self.optional(name, max)?.ok_or(Fault::Request(missing(name)))
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

macro_rules! said {
    ($($name:literal),* $(,)?) => {
        const fn missing(name: &str) -> &'static str {
            $(if is(name, $name) { return concat!($name, " is missing"); })*
            "a parameter is missing"
        }

        const fn too_long(name: &str) -> &'static str {
            $(if is(name, $name) { return concat!($name, " is too long"); })*
            "a parameter is too long"
        }
    };
}
said!(
    "authorization_details",
    "client_assertion",
    "client_assertion_type",
    "client_id",
    "code",
    "code_challenge",
    "code_verifier",
    "device_code",
    "grant_type",
    "pre-authorized_code",
    "redirect_uri",
    "refresh_token",
    "response",
    "response_type",
    "state",
    "subject_token",
    "subject_token_type",
    "token",
    "tx_code",
    "vp_token",
    "wallet_nonce",
);

const fn is(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_twice_or_is_too_much_is_refused_and_said() {
        let long = format!("token={}", "x".repeat(MOST_BYTES));
        let many: String = (0..=MOST).map(|n| format!("p{n}=1&")).collect();
        for text in ["code=1&code=2", "code=1&code=1", "code=1&%63ode=2", &long, &many] {
            assert!(matches!(Params::parse(text.as_bytes(), MOST_BYTES), Err(Fault::Request(_))), "{text:.20}");
        }
        let params = Params::parse(b"code=abc&state=&redirect_uri=https%3A%2F%2Fa.example%2F&other=1", MOST_BYTES).expect("a form");
        assert_eq!(params.required("state", 9), Err(Fault::Request("state is missing")));
        assert_eq!(params.required("code", 2), Err(Fault::Request("code is too long")));
        assert_eq!(params.required("unheard-of", 2), Err(Fault::Request("a parameter is missing")));
        assert_eq!(params.required("redirect_uri", 99), Ok("https://a.example/"));
        assert!(params.has("other") && !params.has("state"));
    }
}
