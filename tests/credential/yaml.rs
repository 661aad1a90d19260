//! As much of YAML as the specifications of the reference implementation use: block mappings and lists, one list in brackets, plain and
//! quoted words, comments, and the mark `!sd` on what is hidden. Claims alone are read.

use egenkarta::credential::sd_jwt::{Path, Step};
use serde_json::{Map, Value};

struct Line<'t> {
    indent: usize,
    text: &'t str,
}

struct Reader<'t> {
    lines: Vec<Line<'t>>,
    at: usize,
    marked: Vec<Path>,
}

/// The claims below `user_claims`, and the paths that are marked.
pub fn user_claims(text: &str) -> (Map<String, Value>, Vec<Path>) {
    let lines = text.lines().skip_while(|line| *line != "user_claims:").skip(1);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    let lines = lines.map(|line| line.split(" #").next().unwrap()).filter(|line| !line.trim().is_empty());
    let lines = lines.map(|line| Line { indent: line.len() - line.trim_start().len(), text: line.trim() }).collect();
    let mut reader = Reader { lines, at: 0, marked: Vec::new() };
    match reader.block(&Path::default()) {
        Value::Object(claims) => (claims, reader.marked),
        other => panic!("no claims: {other}"),
    }
}

impl<'t> Reader<'t> {
    fn block(&mut self, here: &Path) -> Value {
        let indent = self.lines[self.at].indent;
        if self.lines[self.at].text.starts_with('-') { self.list(indent, here) } else { self.mapping(indent, here).into() }
    }

    fn next(&self, indent: usize) -> Option<&'t str> {
        self.lines.get(self.at).filter(|line| line.indent == indent).map(|line| line.text)
    }

    fn mapping(&mut self, indent: usize, here: &Path) -> Map<String, Value> {
        let mut out = Map::new();
        while let Some(text) = self.next(indent) {
            let (key, rest) = text.split_once(':').unwrap_or_else(|| panic!("{text}"));
            let name = key.strip_prefix("!sd ").unwrap_or(key).trim_matches('"');
            let path = here.then(name);
            if key.starts_with("!sd ") {
                self.marked.push(path.clone());
            }
            self.at += 1;
            let value = self.value(rest.trim(), &path);
            out.insert(name.to_owned(), value);
        }
        out
    }

    fn list(&mut self, indent: usize, here: &Path) -> Value {
        let mut out = Vec::new();
        while let Some(item) = self.next(indent).and_then(|text| text.strip_prefix('-')) {
            let path = here.then(Step::Index(out.len()));
            let item = self.mark(item.trim(), &path);
            if item.contains(": ") {
                // A mapping that begins on the same line: its other members stand two further in.
                self.lines[self.at] = Line { indent: indent + 2, text: item };
                out.push(self.block(&path));
            } else {
                self.at += 1;
                out.push(self.value(item, &path));
            }
        }
        out.into()
    }

    fn mark(&mut self, text: &'t str, path: &Path) -> &'t str {
        let Some(rest) = text.strip_prefix("!sd") else { return text };
        self.marked.push(path.clone());
        rest.trim()
    }

    fn value(&mut self, text: &'t str, path: &Path) -> Value {
        if text.is_empty() {
            return self.block(path);
        }
        let Some(items) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else { return scalar(text) };
        let items: Vec<Value> =
            items.split(", ").enumerate().map(|(index, item)| scalar(self.mark(item, &path.then(index)))).collect();
        items.into()
    }
}

fn scalar(text: &str) -> Value {
    let single = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    single.map_or_else(|| serde_json::from_str(text).unwrap_or_else(|_| text.into()), Value::from)
}
