//! Templates and styles: nothing inline that the Content-Security-Policy would refuse, nothing from elsewhere, nothing that ties a side.

use super::{Fault, none, sources};

#[test]
fn templates_hold_nothing_inline() {
    let faults: Vec<Fault> = sources("src", "html").iter().flat_map(|(file, text)| inline(file, text)).collect();
    none(&faults);
}

/// Arabic mirrors by itself only when no rule names left or right.
#[test]
fn styles_name_no_side() {
    let faults: Vec<Fault> = sources("src", "css").iter().flat_map(|(file, text)| sided(file, text)).collect();
    none(&faults);
}

fn inline(file: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let lower = line.to_lowercase();
        let mut fault = |why: &str| faults.push(format!("{file}:{}: {why}", number + 1));
        if lower.contains("<script") && !lower.contains(" src=") {
            fault("a script inside the page");
        }
        if lower.contains("<style") || lower.contains(" style=") {
            fault("a style inside the page");
        }
        if lower.split(' ').any(|word| word.strip_prefix("on").is_some_and(handler)) {
            fault("an event handler inside the page");
        }
        if ["src=\"http", "src=\"//", "href=\"javascript:"].iter().any(|sign| lower.contains(sign)) {
            fault("something loaded from elsewhere");
        }
    }
    faults
}

fn handler(rest: &str) -> bool {
    let name = rest.chars().take_while(char::is_ascii_lowercase).count();
    name > 0 && rest[name..].starts_with("=\"")
}

fn sided(file: &str, text: &str) -> Vec<Fault> {
    let sides = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
        "float: left",
        "float: right",
    ];
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let rule = line.trim_start();
        let names = sides.iter().any(|side| rule.contains(side)) || rule.starts_with("left:") || rule.starts_with("right:");
        if names {
            faults.push(format!("{file}:{}: names a side: {rule}", number + 1));
        }
    }
    faults
}

#[test]
fn what_is_inline_is_seen() {
    for bad in [
        "<script>x()</script>",
        "<p style=\"color:red\">",
        "<style>",
        "<a onclick=\"x()\">",
        "<img src=\"https://x/y\">",
        "<a href=\"javascript:x()\">",
    ] {
        assert_eq!(inline("a.html", bad).len(), 1, "{bad}");
    }
    for good in
        ["<script src=\"/static/a.js\" type=\"module\"></script>", "<a href=\"https://x\" class=\"one\">", "<input name=\"on\">"]
    {
        assert_eq!(inline("a.html", good).len(), 0, "{good}");
    }
}

#[test]
fn a_side_is_seen() {
    assert_eq!(sided("a.css", "a {\n  margin-left: 1em;\n  left: 0;\n  text-align: start;\n}").len(), 2);
}
