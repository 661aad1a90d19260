//! The language switch. What was typed travels along: a form comes back as it was, in the other language.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;

use super::page::url;
use super::sent::{Form, LONG_FORM};
use super::view::to;
use crate::http::route::post;
use crate::http::{Site, cookie};
use crate::text::Lang;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(url::LANGUAGE, post(switch).layer(DefaultBodyLimit::max(LONG_FORM)))
}

async fn switch(State(site): State<Arc<Site>>, jar: CookieJar, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let back = local(field("back").unwrap_or(url::START));
    let jar = match field("language").and_then(Lang::tagged) {
        Some(lang) => cookie::set_language(jar, &site.base, lang.tag()),
        None => jar,
    };
    let typed = fields.iter().any(|(name, _)| name != "language" && name != "back");
    if !typed {
        return (jar, to(back)).into_response();
    }
    // 307 keeps method and body: the form's own address gets everything, and sees by `language` that nothing is to be done.
    match HeaderValue::from_str(&back) {
        Ok(back) => (StatusCode::TEMPORARY_REDIRECT, jar, [(LOCATION, back)]).into_response(),
        Err(_) => (jar, to(url::START)).into_response(),
    }
}

/// A path of ours, as a header bears it, or the start page: no address leads out of the house.
pub fn local(path: &str) -> String {
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.contains(|sign: char| sign == '\\' || sign.is_control());
    if !ours {
        return url::START.to_owned();
    }
    // Whatever no address may hold as it is (RFC 3986, 2.1).
    let coded = |byte: u8| if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(coded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_out_of_the_house() {
        for path in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\u{b}evil",
            "/\u{7f}",
            "/\u{85}",
            "",
            "javascript:x",
        ] {
            assert_eq!(local(path), url::START, "{path}");
        }
        assert_eq!(local("/map/p03?x=%C3%A5"), "/map/p03?x=%C3%A5");
        assert_eq!(local("/å b"), "/%C3%A5%20b");
    }
}
