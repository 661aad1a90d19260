//! Where in a JSON text the parser stopped, as a pointer into it (RFC 6901): by names of ours alone, since any other was typed by someone.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::LazyLock;

use serde_json::Value;

use crate::domain::profile::Kind;

/// Every member that a body of ours may have, and every field of an entry.
static OURS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let document = super::description();
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let members = schemas.filter_map(|(_, schema)| schema["properties"].as_object()).flat_map(|all| all.keys().cloned());
    let fields = Kind::ALL.iter().flat_map(|kind| kind.fields()).map(|field| field.name.to_owned());
    members.chain(fields).collect()
});

enum Within {
    Object { key: Option<String> },
    Array { index: usize },
}

/// Of what the parser had read last: `line` from 1, `column` in bytes of that line. It ends where a name is none of ours.
pub fn pointer(text: &[u8], line: usize, column: usize) -> String {
    let before: usize = text.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    told(&path(&text[..text.len().min(before + column)]), |name| OURS.contains(name))
}

fn told(path: &[Within], ours: impl Fn(&str) -> bool) -> String {
    let mut pointer = String::new();
    for step in path {
        match step {
            Within::Array { index } => {
                // Writing into a string cannot fail.
                let _written = write!(pointer, "/{index}");
            }
            Within::Object { key: Some(key) } if ours(key) => {
                pointer.push('/');
                pointer.push_str(key);
            }
            Within::Object { .. } => break,
        }
    }
    pointer
}

/// What is open at the end of the beginning of a JSON text.
fn path(text: &[u8]) -> Vec<Within> {
    let (mut open, mut at) = (Vec::new(), 0);
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' => open.push(Within::Object { key: None }),
            b'[' => open.push(Within::Array { index: 0 }),
            b'}' | b']' => drop(open.pop()),
            b',' => match open.last_mut() {
                Some(Within::Array { index }) => *index += 1,
                Some(Within::Object { key }) => *key = None,
                None => {}
            },
            b'"' => {
                let end = string_end(text, at);
                if let Some(Within::Object { key: key @ None }) = open.last_mut() {
                    *key = serde_json::from_slice::<Value>(&text[at..end]).ok().and_then(|name| name.as_str().map(str::to_owned));
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    open
}

/// After the quotation mark that ends the string that begins at `at`.
fn string_end(text: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while let Some(byte) = text.get(end) {
        end += if *byte == b'\\' { 2 } else { 1 };
        if *byte == b'"' {
            break;
        }
    }
    end.min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_that_someone_typed_is_not_told() {
        let at = |text: &str| told(&path(text.as_bytes()), |name| matches!(name, "a" | "b"));
        assert_eq!(at(r#"{"hemligt""#), "");
        assert_eq!(at(r#"{"a":{"hemligt":1"#), "/a");
        assert_eq!(at(r#"{"hemligt":{"a":1"#), "");
    }

    #[test]
    fn what_was_read_last_is_told() {
        let at = |text: &str| told(&path(text.as_bytes()), |name| matches!(name, "a" | "b"));
        assert_eq!(at(""), "");
        assert_eq!(at(r#"{"a":1}"#), "", "the whole, where a member is missing");
        assert_eq!(at(r#"{"b":[1,2],"a":["x","y\"]"#), "/a/1");
        assert_eq!(at(r#"{"a":{"b":"},{""#), "/a/b");
        assert_eq!(pointer(b"{\n \"sections\": [\"p99\"", 2, 20), "/sections/0");
    }

    proptest! {
        #[test]
        fn whatever_is_sent_a_place_is_told(text in proptest::collection::vec(any::<u8>(), 0..200), line in 0usize..5, column in 0usize..99) {
            prop_assert!(pointer(&text, line, column).len() < 2000);
        }
    }
}
