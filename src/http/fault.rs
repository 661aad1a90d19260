//! How protocol endpoints refuse: RFC 6749, 5.2; RFC 9449, 5 and 8; RFC 8628, 3.5. Nothing that helps an attacker.

use axum::http::header::{CACHE_CONTROL, HeaderValue, PRAGMA, RETRY_AFTER};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::domain::oauth::Fault;

const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Self::Client | Self::Token => StatusCode::UNAUTHORIZED,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Server => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// For whoever writes a client, where it says nothing that they did not send.
    fn description(&self) -> Option<&str> {
        match self {
            Self::Request(words) => Some(words),
            Self::Details(words) => Some(words),
            Self::Nonce(_) => Some("put the nonce of the DPoP-Nonce header into the proof"),
            _ => None,
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.code() });
        if let Some(words) = self.description() {
            // RFC 6749, 5.2: printable signs of ASCII but quotation mark and backslash.
            let plain: String = words.chars().filter(|c| matches!(c, ' '..='~') && !matches!(c, '"' | '\\')).take(300).collect();
            body["error_description"] = plain.into();
        }
        let mut response = unstored((self.status(), axum::Json(body)).into_response());
        match self {
            Self::TooOften(seconds) => {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
                response
            }
            Self::Nonce(nonce) => nonced(response, &nonce),
            _ => response,
        }
    }
}

/// With the nonce for the next proof (RFC 9449, 8 and 8.2).
pub fn nonced(mut response: Response, nonce: &str) -> Response {
    // Letters and digits of base64url: signs that a header takes.
    if let Ok(nonce) = HeaderValue::from_str(nonce) {
        response.headers_mut().insert(DPOP_NONCE, nonce);
    }
    response
}

/// RFC 6749, 5.1: what holds tokens is kept by nobody on the way.
pub fn unstored(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_the_status_that_its_rfc_gives() {
        for (fault, status) in [
            (Fault::Request("code is missing"), 400),
            (Fault::Client, 401),
            (Fault::Grant, 400),
            (Fault::Pending, 400),
            (Fault::Nonce("abc".into()), 400),
            (Fault::TooOften(7), 429),
            (Fault::Server, 500),
        ] {
            let response = fault.clone().into_response();
            assert_eq!(response.status().as_u16(), status, "{fault:?}");
            assert_eq!(response.headers()["cache-control"], "no-store", "{fault:?}");
            assert_eq!(response.headers().contains_key("retry-after"), status == 429, "{fault:?}");
            assert_eq!(response.headers().contains_key(DPOP_NONCE), matches!(fault, Fault::Nonce(_)), "{fault:?}");
        }
    }
}
