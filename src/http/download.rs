//! A person's file as an answer: to keep, never to be shown in a page of ours.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};

use crate::domain::profile::Media;

/// The file under its exact type; whatever it holds has no rights here (CSP 3, `sandbox`; RFC 6266). The layers forbid to store it.
pub fn answer(media: Media, title: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.mime()));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(named) = HeaderValue::from_str(&disposition(media, title)) {
        headers.insert(CONTENT_DISPOSITION, named);
    }
    response
}

/// A name that every system takes, and the title beside (RFC 8187).
fn disposition(media: Media, title: &str) -> String {
    let end = media.word();
    // What parts of a path or ends a line are no part of a name.
    let title: String = title.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|".contains(*c)).take(80).collect();
    let coded: String = url::form_urlencoded::byte_serialize(title.trim_start_matches('.').trim().as_bytes()).collect();
    // Signs that RFC 8187 wants coded and a form leaves, and a space.
    let coded = coded.replace('+', "%20").replace('*', "%2A");
    if coded.is_empty() {
        format!("attachment; filename=\"dokument.{end}\"")
    } else {
        format!("attachment; filename=\"dokument.{end}\"; filename*=UTF-8''{coded}.{end}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_a_file_and_nothing_else() {
        assert_eq!(disposition(Media::Pdf, "\r\n"), "attachment; filename=\"dokument.pdf\"");
        let said = disposition(Media::Jpeg, "../../Betyg \"9A\"\r\nSet-Cookie: x; å*");
        assert!(said.is_ascii() && !said.contains(['\r', '\n', '/']) && said.matches('"').count() == 2, "{said}");
        assert!(said.ends_with("''Betyg%209ASet-Cookie%20x%3B%20%C3%A5.jpg"), "{said}");
    }
}
