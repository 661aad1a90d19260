//! How long files and functions may get, and what no source may hold.

use super::{Fault, none, scan, sources};

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 80;

/// Built from parts, so that this file does not hold them itself.
fn forbidden() -> [(String, &'static str); 7] {
    [
        (format!("#[{}(", "allow"), "a lint is expected with its reason, not allowed"),
        (format!("#![{}(", "allow"), "a lint is expected with its reason, not allowed"),
        (format!("{}!(", "todo"), "unfinished"),
        (format!("{}!(", "unimplemented"), "unfinished"),
        (format!("{}ME", "FIX"), "unfinished"),
        (format!("#[{}]", "ignore"), "an ignored test says why"),
        (format!("{}X", "XX"), "unfinished"),
    ]
}

#[test]
fn files_and_functions_stay_short() {
    let all: Vec<_> = sources("src", "rs").into_iter().chain(sources("tests", "rs")).collect();
    let faults: Vec<Fault> = all.iter().flat_map(|(file, text)| too_long(file, text)).collect();
    none(&faults);
}

#[test]
fn nothing_is_unfinished_or_let_off() {
    let all = ["src", "tests", "benches"].into_iter().flat_map(|folder| sources(folder, "rs"));
    let faults: Vec<Fault> = all.flat_map(|(file, text)| unfinished(&file, &text)).collect();
    none(&faults);
}

#[test]
fn what_only_tests_may_choose_stands_nowhere_in_the_program() {
    let faults: Vec<Fault> = sources("src", "rs").iter().flat_map(|(file, text)| cheap(file, text)).collect();
    none(&faults);
}

fn too_long(file: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > FILE_LINES {
        faults.push(format!("{file}: {lines} lines; a file is split above {FILE_LINES}"));
    }
    for (name, line, length) in functions(text) {
        if length > FUNCTION_LINES {
            faults.push(format!("{file}:{line}: `{name}` has {length} lines; none above {FUNCTION_LINES}"));
        }
    }
    faults
}

fn cheap(file: &str, text: &str) -> Vec<Fault> {
    let named = text.lines().enumerate().filter(|(_, line)| line.contains("Cost::NONE"));
    named.map(|(number, _)| format!("{file}:{}: a passphrase's key costs whoever guesses, `Cost::STRONG`", number + 1)).collect()
}

fn unfinished(file: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for (sign, why) in forbidden() {
            if line.contains(&sign) {
                faults.push(format!("{file}:{}: `{sign}`: {why}", number + 1));
            }
        }
    }
    faults
}

/// Each function with a body: name, first line, number of lines.
fn functions(text: &str) -> Vec<(String, usize, usize)> {
    let tokens = scan::tokens(text);
    let word = |at: usize| tokens.get(at).map_or("", |t| t.text.as_str());
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let named = word(at + 1).chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
        if word(at) != "fn" || !named {
            continue;
        }
        if let Some(end) = body_end(&tokens, at) {
            let first = tokens[at].line;
            found.push((word(at + 1).to_string(), first, tokens[end].line - first + 1));
        }
    }
    found
}

/// Where the body's last brace stands; none for a function that is only declared.
fn body_end(tokens: &[scan::Token], from: usize) -> Option<usize> {
    let (mut round, mut braces) = (0_usize, 0_usize);
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "(" | "[" => round += 1,
            ")" | "]" => round = round.saturating_sub(1),
            ";" if round == 0 && braces == 0 => return None,
            "{" => braces += 1,
            "}" => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[test]
fn what_is_too_long_is_seen() {
    let body = "    let x = \"}\";\n".repeat(FUNCTION_LINES);
    let long = format!("fn short(a: [u8; 32]) -> u8 {{ 1 }}\nfn long() {{\n{body}}}\n");
    assert_eq!(too_long("a.rs", &long).len(), 1, "{:?}", too_long("a.rs", &long));
    assert!(too_long("a.rs", &long)[0].starts_with("a.rs:2: `long` has 82"));
    assert_eq!(too_long("a.rs", &"\n".repeat(FILE_LINES + 1)).len(), 1);
    assert_eq!(too_long("a.rs", &"\n".repeat(FILE_LINES)).len(), 0);
    assert_eq!(functions("trait A { fn f(a: [u8; 2]); fn g() {} } type F = fn(u8);").len(), 1);
}

#[test]
fn what_is_unfinished_is_seen() {
    for (sign, _) in forbidden() {
        assert_eq!(unfinished("a.rs", &format!("x\n  {sign}\n")).len(), 1, "{sign}");
    }
    assert_eq!(unfinished("a.rs", "#[expect(dead_code, reason = \"x\")]\n#[ignore = \"generator\"]\n").len(), 0);
}

#[test]
fn a_cheap_passphrase_is_seen() {
    assert_eq!(cheap("a.rs", "let cost =\n    Cost::NONE;\nCost::STRONG;\n").len(), 1);
}
