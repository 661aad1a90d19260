//! The page on which one chooses whom to be.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::DemoPerson;

/// Gives the page's texts in the language of a BCP 47 tag, or in the nearest that there is.
pub type Words = Arc<dyn Fn(&str) -> Texts + Send + Sync>;

/// The page's texts in one language.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// The tag of the language that they are in, and its direction (`ltr`, `rtl`).
    pub lang: String,
    pub dir: String,
    pub title: String,
    /// That nothing is proven here.
    pub lead: String,
    /// The legend over the persons.
    pub choose: String,
    pub cancel: String,
    /// Shown where the request is not one of ours.
    pub wrong: String,
    /// URL of the style sheet.
    pub stylesheet: String,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!doctype html>
<html lang="{{ texts.lang }}" dir="{{ texts.dir }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ texts.title }} – Egenkarta</title>
<link rel="stylesheet" href="{{ texts.stylesheet }}">
</head>
<body>
<main id="main">
<h1>{{ texts.title }}</h1>
{% if wrong %}<p class="lead">{{ texts.wrong }}</p>
{% else %}<p class="lead">{{ texts.lead }}</p>
<form method="post">
{% for (name, value) in hidden %}<input type="hidden" name="{{ name }}" value="{{ value }}">
{% endfor %}<fieldset>
<legend>{{ texts.choose }}</legend>
<dl class="rows">
{% for (subject, name, description) in persons %}<div><dt><button class="btn" name="person" value="{{ subject }}" aria-describedby="person-{{ loop.index }}">{{ name }}</button></dt><dd id="person-{{ loop.index }}">{{ description }}</dd></div>
{% endfor %}</dl>
</fieldset>
<p><button class="btn plain" name="cancel" value="yes">{{ texts.cancel }}</button></p>
</form>
{% endif %}</main>
</body>
</html>
"#
)]
struct Page<'a> {
    texts: &'a Texts,
    wrong: bool,
    hidden: Vec<(&'static str, &'a str)>,
    persons: Vec<(&'a str, &'a str, &'a str)>,
}

/// Nothing but our style sheet, and no target but ourselves; the redirect after the choice stays on this origin.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The choice of a person; `hidden` carries the request on.
pub(super) fn choose(texts: &Texts, persons: &[&DemoPerson], hidden: Vec<(&'static str, &str)>) -> Response {
    let line = |person: &&DemoPerson| -> (String, String, String) {
        (person.subject.clone(), person.name.clone(), person.description.get(&texts.lang).to_owned())
    };
    let lines: Vec<_> = persons.iter().map(line).collect();
    let persons = lines.iter().map(|(subject, name, description)| (&**subject, &**name, &**description)).collect();
    show(StatusCode::OK, &Page { texts, wrong: false, hidden, persons })
}

/// A request that names no client or callback of ours goes nowhere else (RFC 6749 section 4.1.2.1).
pub(super) fn wrong(texts: &Texts) -> Response {
    show(StatusCode::BAD_REQUEST, &Page { texts, wrong: true, hidden: Vec::new(), persons: Vec::new() })
}

fn show(status: StatusCode, page: &Page<'_>) -> Response {
    let Ok(html) = page.render() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    // `no-referrer` would make browsers send the form with `Origin: null`, which looks like another site's.
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    ];
    (status, headers, Html(html)).into_response()
}
