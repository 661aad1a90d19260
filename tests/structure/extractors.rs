//! Who reads requests: pages by extractors of our own, since the framework's answer in English and without a page; where a request comes
//! from by one place alone, since behind a proxy the connection's other end is everyone.

use super::{Fault, none, scan, sources};

/// The framework's, by the name that an import gives.
const FOREIGN: [&str; 3] = ["Form", "Path", "Query"];

#[test]
fn pages_read_requests_by_extractors_of_our_own() {
    let pages = sources("src/web", "rs").into_iter().filter(|(file, _)| file != "src/web/sent.rs");
    let faults: Vec<Fault> = pages.flat_map(|(file, text)| foreign(&file, &text)).collect();
    none(&faults);
}

#[test]
fn one_place_says_from_where_a_request_comes() {
    let others = sources("src", "rs").into_iter().filter(|(file, _)| file != "src/http/remote.rs");
    let named = others.filter(|(_, text)| scan::tokens(text).iter().any(|token| token.text == "ConnectInfo"));
    let faults: Vec<Fault> = named.map(|(file, _)| format!("{file}: `ConnectInfo`; take `http::remote::Remote`")).collect();
    none(&faults);
}

fn foreign(file: &str, text: &str) -> Vec<Fault> {
    let tokens = scan::tokens(text);
    let mut faults = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !["axum", "axum_extra"].contains(&token.text.as_str()) {
            continue;
        }
        // To the end of the import, or of the path.
        let imports = at > 0 && tokens[at - 1].text == "use";
        let rest = tokens[at + 1..].iter().take_while(|next| if imports { next.text != ";" } else { path(&next.text) });
        for named in rest.filter(|next| FOREIGN.contains(&next.text.as_str())) {
            faults.push(format!("{file}:{}: the framework's `{}`; take the one of `web::sent`", named.line, named.text));
        }
    }
    faults
}

fn path(word: &str) -> bool {
    word == "::" || word.chars().all(|sign| sign.is_alphanumeric() || sign == '_')
}

#[test]
fn what_the_framework_would_read_is_seen() {
    for bad in [
        "use axum::extract::Path;",
        "use axum::extract::{DefaultBodyLimit, Query};",
        "use axum_extra::extract::Form;",
        "async fn f(form: axum::Form<X>) {}",
    ] {
        assert_eq!(foreign("a.rs", bad).len(), 1, "{bad}");
    }
    for good in
        ["use super::sent::{Form, Path};", "use axum::extract::{RawQuery, State};\nuse super::sent::Query;", "// axum::Form"]
    {
        assert_eq!(foreign("a.rs", good).len(), 0, "{good}");
    }
}
