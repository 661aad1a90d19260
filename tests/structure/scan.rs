//! Just enough of Rust's grammar to see names and braces: comments, strings and character literals out, tokens with their lines left.

#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub line: usize,
    pub text: String,
}

/// Words, `::`, and every other sign by itself. A literal becomes the word `""`.
pub fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut at, mut line, mut found) = (0, 1, Vec::new());
    while at < chars.len() {
        let next = step(&chars, at);
        if let Some(text) = next.text {
            found.push(Token { line, text });
        }
        line += chars[at..next.at].iter().filter(|c| **c == '\n').count();
        at = next.at;
    }
    found
}

struct Step {
    at: usize,
    text: Option<String>,
}

fn step(chars: &[char], at: usize) -> Step {
    let rest = &chars[at..];
    let skip = |n: usize| Step { at: at + n, text: None };
    let literal = |n: usize| Step { at: at + n, text: Some("\"\"".into()) };
    match rest {
        ['/', '/', ..] => skip(rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())),
        ['/', '*', ..] => skip(comment(rest)),
        ['"', ..] => literal(string(rest)),
        ['r', '"' | '#', ..] | ['b', 'r', '"' | '#', ..] if raw(rest).is_some() => literal(raw(rest).unwrap()),
        ['b', '"', ..] => literal(1 + string(&rest[1..])),
        ['\'', '\\', ..] => literal(3 + rest[3..].iter().position(|c| *c == '\'').unwrap_or(0) + 1),
        ['\'', _, '\'', ..] => literal(3),
        [':', ':', ..] => Step { at: at + 2, text: Some("::".into()) },
        [c, ..] if is_word(*c) => {
            let n = rest.iter().position(|c| !is_word(*c)).unwrap_or(rest.len());
            Step { at: at + n, text: Some(rest[..n].iter().collect()) }
        }
        [c, ..] if c.is_whitespace() => skip(1),
        [c, ..] => Step { at: at + 1, text: Some(c.to_string()) },
        [] => skip(0),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at + 1 < rest.len() {
        match (rest[at], rest[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn string(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// The length of a raw string, if this is one and not a word that begins with `r`.
fn raw(rest: &[char]) -> Option<usize> {
    let start = rest.iter().position(|c| *c != 'b' && *c != 'r')?;
    let hashes = rest[start..].iter().take_while(|c| **c == '#').count();
    let body = start + hashes;
    if rest.get(body) != Some(&'"') {
        return None;
    }
    let ends = |at: usize| rest[at] == '"' && rest[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    (body + 1..rest.len()).find(|at| ends(*at)).map(|at| at + 1 + hashes)
}

#[test]
fn what_is_written_in_comments_and_strings_is_not_code() {
    let words = |source: &str| tokens(source).into_iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
    assert_eq!(words("a // crate::b\nc"), "a c");
    assert_eq!(words("a /* x /* y */ z */ b"), "a b");
    assert_eq!(words(r#"f("crate::b \" }") g"#), r#"f ( "" ) g"#);
    assert_eq!(words("r#\"crate::b\"# r br\"}\" x"), "\"\" r \"\" x");
    assert_eq!(words("'{' '\\'' 'a x"), "\"\" \"\" ' a x");
    assert_eq!(words("crate::b"), "crate :: b");
}

#[test]
fn a_token_knows_its_line() {
    assert_eq!(tokens("a\n/* \n */ \"\n\" b").last().unwrap(), &Token { line: 4, text: "b".into() });
}
