//! All pages, in all states and languages: what must hold of each.

use std::collections::HashSet;

use super::samples;
use crate::text::Lang;

/// The values of attribute `name` in all tags `tag`.
fn attributes<'a>(html: &'a str, tag: &str, name: &str) -> Vec<&'a str> {
    let open = format!("<{tag}");
    let inside = html.match_indices(&open).filter_map(|(at, _)| {
        let rest = &html[at + open.len()..];
        rest.starts_with([' ', '>']).then(|| &rest[..rest.find('>').unwrap_or(rest.len())])
    });
    inside.filter_map(|attributes| attribute(attributes, name)).collect()
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let start = attributes.find(&format!(" {name}=\""))? + name.len() + 3;
    attributes[start..].split('"').next()
}

fn ids(html: &str) -> Vec<&str> {
    html.match_indices(" id=\"").map(|(at, mark)| html[at + mark.len()..].split('"').next().unwrap_or("")).collect()
}

fn check(name: &str, lang: Lang, html: &str) {
    let fail = |what: &str| panic!("{name} in {lang}: {what}");
    assert!(html.contains(&format!("<html lang=\"{lang}\" dir=\"{}\">", lang.dir())), "{name}: lang and dir");
    if let Some(at) = html.find('⟦') {
        fail(&html[at..].chars().take(60).collect::<String>());
    }
    assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
    for bad in [" style=\"", "<style", "onclick", "javascript:", "<script>"] {
        assert!(!html.contains(bad), "{name}: the policy forbids {bad}");
    }
    let all = ids(html);
    let unique: HashSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), unique.len(), "{name}: ids are unique: {all:?}");
    let labelled: HashSet<&str> = attributes(html, "label", "for").into_iter().collect();
    if let Some(missing) = labelled.iter().find(|id| !unique.contains(**id)) {
        fail(&format!("a label for nothing: {missing}"));
    }
    for tag in ["input", "select", "textarea"] {
        let count = html.matches(&format!("<{tag} ")).count() - html.matches(&format!("<{tag} type=\"hidden\"")).count();
        let with_id = attributes(html, tag, "id");
        assert_eq!(with_id.len(), count, "{name}: each {tag} has an id");
        if let Some(id) = with_id.iter().find(|id| !labelled.contains(**id)) {
            fail(&format!("no label for {id}"));
        }
    }
    for tag in ["input", "select", "textarea", "fieldset", "a"] {
        for id in attributes(html, tag, "aria-describedby").iter().flat_map(|ids| ids.split(' ')) {
            assert!(unique.contains(id), "{name}: described by nothing: {id}");
        }
    }
    for href in attributes(html, "a", "href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(unique.contains(href), "{name}: a link to nothing: #{href}");
    }
    assert!(attributes(html, "form", "method").iter().all(|method| *method == "post"), "{name}: every form POSTs");
    assert_eq!(attributes(html, "form", "method").len(), html.matches("<form").count(), "{name}: every form has a method");
    assert!(html.len() < 150_000, "{name}: {} bytes", html.len());
}

#[test]
fn every_page_in_every_state_and_language_keeps_the_rules() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    for lang in Lang::all() {
        let pages = samples::all(*lang);
        let names: HashSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), pages.len(), "each sample has a name of its own");
        std::fs::create_dir_all(folder.join(lang.tag())).expect("target can be written");
        for (name, html) in &pages {
            // Written first, so that what fails can be looked at.
            std::fs::write(folder.join(lang.tag()).join(format!("{name}.html")), html).expect("target can be written");
            check(name, *lang, html);
        }
    }
}

#[test]
fn what_is_hostile_stays_text() {
    use super::public::Plain;
    use super::{Frame, Place};
    let t = samples::t(Lang::SV);
    let mut page = Plain::of(t, Place::Public, "signed-out", "/", "to-start");
    page.heading = "<script>alert(1)</script>\"'".into();
    let html = Frame::public(t, "/\"><script>").render(&page);
    assert!(!html.contains("<script>"), "what someone typed was not escaped");
}
