//! The language switch. What was typed travels along: a form comes back as it was, in the other language.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum_extra::extract::Form;
use axum_extra::extract::cookie::CookieJar;

use super::page::url;
use super::view::to;
use crate::http::{Site, cookie};
use crate::text::Lang;

pub fn router() -> Router<Arc<Site>> {
    Router::new().route(url::LANGUAGE, post(switch))
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
    match HeaderValue::from_str(back) {
        Ok(back) => (StatusCode::TEMPORARY_REDIRECT, jar, [(LOCATION, back)]).into_response(),
        Err(_) => (jar, to(url::START)).into_response(),
    }
}

/// A path of ours, or the start page: no address leads out of the house.
pub fn local(path: &str) -> &str {
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t']);
    if ours { path } else { url::START }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_out_of_the_house() {
        for path in ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "", "javascript:x"] {
            assert_eq!(local(path), url::START, "{path}");
        }
        assert_eq!(local("/map/p03?x"), "/map/p03?x");
    }
}
