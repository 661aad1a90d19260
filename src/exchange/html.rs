//! Europass keeps its longer texts as HTML inside XML: read as plain lines, and written so that the same lines are read.

/// The plain text of an HTML fragment: blocks and breaks become lines, other tags go, named and numbered characters are resolved.
/// A text without any tag keeps its spaces and lines as they are.
pub fn plain(html: &str) -> String {
    if !tagged(html) {
        return resolve(html).trim().to_owned();
    }
    let (mut lines, mut rest) = (String::new(), html);
    while let Some(start) = rest.find('<') {
        lines.push_str(&spaced(&rest[..start]));
        match tag(&rest[start..]) {
            Some((name, end)) => {
                match name.as_str() {
                    "li" => lines.push_str("\n• "),
                    "p" | "br" | "div" | "ul" | "ol" | "h1" | "h2" | "h3" | "tr" => lines.push('\n'),
                    _ => {}
                }
                rest = &rest[start + end..];
            }
            None => {
                lines.push('<');
                rest = &rest[start + 1..];
            }
        }
    }
    lines.push_str(&spaced(rest));
    let lines = lines.lines().map(|line| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    let lines: Vec<String> =
        lines.map(|line| resolve(&line).trim().to_owned()).filter(|line| !line.is_empty() && line != "•").collect();
    lines.join("\n")
}

/// A plain text as the fragment that `plain` reads back.
pub fn fragment(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn tagged(html: &str) -> bool {
    html.match_indices('<').any(|(at, _)| tag(&html[at..]).is_some())
}

/// The name of the tag that begins here, in small letters, and how long it is. Attributes are passed over.
fn tag(rest: &str) -> Option<(String, usize)> {
    let body = rest.strip_prefix('<')?;
    let name = body.strip_prefix('/').unwrap_or(body);
    name.chars().next().filter(char::is_ascii_alphabetic)?;
    let end = rest.find('>')?;
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    // A closing tag of a list item ends no line that the next does not begin.
    let closing_item = rest.starts_with("</") && name.eq_ignore_ascii_case("li");
    Some((if closing_item { String::new() } else { name.to_ascii_lowercase() }, end + 1))
}

fn spaced(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

fn resolve(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let found = rest.bytes().take(12).position(|byte| byte == b';').and_then(|end| Some((character(&rest[1..end])?, end + 1)));
        let (c, length) = found.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = number.strip_prefix(['x', 'X']).map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
            char::from_u32(code.ok()?).filter(|c| !c.is_control())?
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_become_lines_and_nothing_runs() {
        assert_eq!(plain("<p>Ett &amp; två</p>\n <ul><li>tre</li><li><b>fy</b>ra</li></ul>"), "Ett & två\n• tre\n• fyra");
        assert_eq!(plain("<script>x()</script>a<br/>b"), "x()a\nb");
        assert_eq!(plain("a < b & c &hearts; &#229; &#0;"), "a < b & c &hearts; å &#0;");
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(text in "[a-z<>&;/# \n]{0,60}") {
            prop_assert_eq!(plain(&fragment(&text)), text.trim());
        }
    }
}
