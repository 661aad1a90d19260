//! XML: read without document types and entities, written by hand since nothing of it is clever.

use roxmltree::{Document, Node, ParsingOptions};

use super::bytes::Refused;
use super::tree::{MOST_DEEP, MOST_NODES, Syntax, TooMuch, Tree};

/// The tree of an XML text: elements by their local names, attributes as `@name` (those of the XML Schema instance namespace left out).
pub fn read(text: &str) -> Result<Tree, Refused> {
    // Checking that no attribute stands twice costs its number squared, names of namespaces likewise.
    if depth(text).is_none_or(|deep| deep > MOST_DEEP) || text.matches("xmlns").count() > MOST_NAMES {
        return Err(Refused::TooNested);
    }
    let limit = u32::try_from(MOST_NODES * 2).unwrap_or(u32::MAX);
    let options = ParsingOptions { allow_dtd: false, nodes_limit: limit, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => Refused::Doctype,
        roxmltree::Error::NodesLimitReached | roxmltree::Error::AttributesLimitReached => Refused::TooNested,
        roxmltree::Error::UnknownEntityReference(..) | roxmltree::Error::EntityReferenceLoop(_) => Refused::Doctype,
        error => Refused::Broken(error.to_string()),
    })?;
    let mut tree = Tree::new(Syntax::Xml);
    copy(&mut tree, 0, document.root_element(), None, 0).map_err(|TooMuch| Refused::TooNested)?;
    Ok(tree)
}

/// At most so many attributes in one tag.
const MOST_ATTRIBUTES: usize = 200;
/// At most so many mentions of namespaces in a file.
const MOST_NAMES: usize = 2000;

/// How deep the text goes at most, seen before anything is built: tags counted, comments and the like passed over. `None` where a tag
/// has more attributes than any that means something.
fn depth(text: &str) -> Option<usize> {
    let (mut deep, mut most, mut rest) = (0_usize, 0, text);
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let (open, close) = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .into_iter()
            .find(|(open, _)| rest.starts_with(open))
            .unwrap_or(("<", ">"));
        let end = rest[open.len()..].find(close).map_or(rest.len(), |end| open.len() + end + close.len());
        let tag = &rest[..end];
        if tag.starts_with("</") {
            deep = deep.saturating_sub(1);
        } else if open == "<" && !tag.starts_with("<!") && !tag.ends_with("/>") {
            deep += 1;
            most = most.max(deep);
        }
        if open == "<" && tag.bytes().filter(|byte| *byte == b'=').count() > MOST_ATTRIBUTES {
            return None;
        }
        rest = &rest[end..];
    }
    Some(most)
}

fn copy(tree: &mut Tree, parent: usize, node: Node<'_, '_>, index: Option<usize>, deep: usize) -> Result<(), TooMuch> {
    if deep > MOST_DEEP {
        return Err(TooMuch);
    }
    let text: String = node.children().filter(|kid| kid.is_text()).filter_map(|kid| kid.text()).collect();
    let id = tree.add(parent, node.tag_name().name(), index, text)?;
    for attribute in node.attributes().filter(|attribute| attribute.namespace() != Some(INSTANCE)) {
        tree.add(id, &format!("@{}", attribute.name()), None, attribute.value().to_owned())?;
    }
    let mut counted: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    let mut total: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for kid in node.children().filter(Node::is_element) {
        *total.entry(kid.tag_name().name()).or_default() += 1;
    }
    for kid in node.children().filter(Node::is_element) {
        let name = kid.tag_name().name();
        let number = counted.entry(name).or_default();
        *number += 1;
        copy(tree, id, kid, (total[name] > 1).then_some(*number), deep + 1)?;
    }
    Ok(())
}

/// The namespace of `xsi:type`, `xsi:schemaLocation` (XML Schema 1, 2.6).
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// An element to be written. One without text and children is left out of the one that would hold it.
#[derive(Clone, Debug, Default)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    kids: Vec<Self>,
    must: bool,
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    pub fn text(name: &'static str, text: Option<&str>) -> Self {
        Self { name, text: text.unwrap_or_default().to_owned(), ..Self::default() }
    }

    pub fn with(name: &'static str, kids: impl IntoIterator<Item = Self>) -> Self {
        Self { name, kids: kids.into_iter().collect(), ..Self::default() }
    }

    pub fn attribute(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push((name, value.to_owned()));
        self
    }

    /// Written also when empty.
    pub fn must(mut self) -> Self {
        self.must = true;
        self
    }

    fn is_empty(&self) -> bool {
        !self.must && self.text.is_empty() && self.kids.iter().all(Self::is_empty)
    }

    /// UTF-8, two spaces a level, a last line break.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        self.write(&mut out, 0);
        out.into_bytes()
    }

    fn write(&self, out: &mut String, deep: usize) {
        if self.is_empty() {
            return;
        }
        let indent = "  ".repeat(deep);
        out.push_str(&format!("{indent}<{}", self.name));
        for (name, value) in &self.attributes {
            out.push_str(&format!(
                " {name}=\"{}\"",
                escape(value).replace('"', "&quot;").replace('\n', "&#10;").replace('\t', "&#9;")
            ));
        }
        if self.kids.iter().all(Self::is_empty) {
            let end = if self.text.is_empty() { "/>\n".to_owned() } else { format!(">{}</{}>\n", escape(&self.text), self.name) };
            out.push_str(&end);
            return;
        }
        out.push_str(">\n");
        self.kids.iter().for_each(|kid| kid.write(out, deep + 1));
        out.push_str(&format!("{indent}</{}>\n", self.name));
    }
}

/// The text as character data. What XML 1.0 (2.2) has no way to write is left out: control characters other than tab and line breaks.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // As itself a parser would read a line feed (XML 1.0, 2.11).
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            c if c < ' ' || c == '\u{fffe}' || c == '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_types_and_entities_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><a>&c;</a>";
        assert_eq!(read(bomb).expect_err("refused"), Refused::Doctype);
        assert_eq!(read("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>").expect_err("refused"), Refused::Doctype);
        assert_eq!(read("<a>&b;</a>").expect_err("refused"), Refused::Doctype);
        assert!(matches!(read("<a><b></a>"), Err(Refused::Broken(_))));
        assert!(matches!(read("<a"), Err(Refused::Broken(_))));
    }

    #[test]
    fn what_was_written_is_read_back() {
        let odd = "a\r\n\t\u{1}<b>&amp;\"' å\u{ffff}";
        let element = Element::with(
            "r",
            [Element::text("t", Some(odd)).attribute("x", odd), Element::new("empty"), Element::new("kept").must()],
        );
        let text = String::from_utf8(element.bytes()).expect("text");
        assert!(!text.contains("empty") && text.contains("<kept/>"), "{text}");
        let tree = read(&text).expect("xml");
        let kept = odd.replace(['\u{1}', '\u{ffff}'], "");
        assert_eq!(tree.root().at("t").expect("t").raw(), kept);
        assert_eq!(tree.root().at("t/@x").expect("x").raw(), kept);
        assert_eq!(tree.root().at("t/@x").expect("x").path(), "/r/t/@x");
    }

    #[test]
    fn siblings_of_one_name_are_counted_from_one() {
        let tree = read("<a><b>1</b><c>2</c><b>3</b></a>").expect("xml");
        assert_eq!(tree.left().map(|at| at.path()).collect::<Vec<_>>(), ["/a/b[1]", "/a/c", "/a/b[2]"]);
    }
}
