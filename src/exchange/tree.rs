//! A file as a tree of names and texts, whatever its syntax. Each text is taken at most once: what nobody took was not understood.

use std::cell::Cell;

/// At most so many nodes.
pub const MOST_NODES: usize = 100_000;
/// At most so deep.
pub const MOST_DEEP: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    Json,
    Xml,
}

#[derive(Debug)]
pub struct Tree {
    pub syntax: Syntax,
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: usize,
    name: String,
    /// Its place in an array, or among siblings of the same name (XML counts from 1).
    index: Option<usize>,
    text: String,
    kids: Vec<usize>,
    taken: Cell<bool>,
}

/// More nodes, or deeper, than a file about a person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMuch;

impl Tree {
    pub fn new(syntax: Syntax) -> Self {
        Self { syntax, nodes: Vec::new() }
    }

    /// Adds a node below `parent`; the first is the root. Its number.
    pub fn add(&mut self, parent: usize, name: &str, index: Option<usize>, text: String) -> Result<usize, TooMuch> {
        let id = self.nodes.len();
        if id >= MOST_NODES {
            return Err(TooMuch);
        }
        self.nodes.push(Node { parent, name: name.to_owned(), index, text, kids: Vec::new(), taken: Cell::new(false) });
        if id > 0 {
            self.nodes[parent].kids.push(id);
        }
        Ok(id)
    }

    pub fn set_text(&mut self, id: usize, text: String) {
        self.nodes[id].text = text;
    }

    pub fn root(&self) -> At<'_> {
        At { tree: self, id: 0 }
    }

    /// All nodes with a text that nobody took, in the order of the file.
    pub fn left(&self) -> impl Iterator<Item = At<'_>> {
        (0..self.nodes.len()).map(|id| At { tree: self, id }).filter(|at| !at.node().taken.get() && !at.raw().trim().is_empty())
    }
}

/// A place in a tree.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    tree: &'a Tree,
    id: usize,
}

impl<'a> At<'a> {
    fn node(self) -> &'a Node {
        &self.tree.nodes[self.id]
    }

    pub fn name(self) -> &'a str {
        &self.node().name
    }

    /// The text as it stands.
    pub fn raw(self) -> &'a str {
        &self.node().text
    }

    /// The text without what surrounds it, if there is any.
    pub fn text(self) -> Option<&'a str> {
        Some(self.raw().trim()).filter(|text| !text.is_empty())
    }

    pub fn kids(self) -> impl Iterator<Item = Self> {
        self.node().kids.iter().map(move |id| Self { tree: self.tree, id: *id })
    }

    /// All below it by this name.
    pub fn all(self, name: &'a str) -> impl Iterator<Item = Self> {
        self.kids().filter(move |kid| kid.name() == name)
    }

    /// The first at a path of names: `location/city`.
    pub fn at(self, path: &str) -> Option<Self> {
        path.split('/').try_fold(self, |at, name| at.kids().find(|kid| kid.name() == name))
    }

    /// All at the end of a path of names, whichever siblings lie on the way.
    pub fn every(self, path: &str) -> Vec<Self> {
        path.split('/').fold(vec![self], |all, name| {
            all.into_iter().flat_map(|at| at.kids().filter(|kid| kid.name() == name).collect::<Vec<_>>()).collect()
        })
    }

    pub fn says(self, path: &str) -> Option<&'a str> {
        self.at(path).and_then(Self::text)
    }

    /// Its text is understood.
    pub fn take(self) {
        self.node().taken.set(true);
    }

    /// Its text was not understood after all.
    pub fn give_back(self) {
        self.node().taken.set(false);
    }

    /// It and all below it say nothing about the person: addresses of schemas, wishes for the print.
    pub fn pass_over(self) {
        self.take();
        self.kids().for_each(Self::pass_over);
    }

    /// `work[0].position`, or `/SkillsPassport/LearnerInfo/Headline`.
    pub fn path(self) -> String {
        let mut names = Vec::new();
        let mut at = self.node();
        let mut id = self.id;
        loop {
            let name: String = at.name.chars().take(80).collect();
            names.push(at.index.map_or_else(|| name.clone(), |index| format!("{name}[{index}]")));
            if id == 0 {
                break;
            }
            id = at.parent;
            at = &self.tree.nodes[id];
        }
        names.reverse();
        match self.tree.syntax {
            Syntax::Json => names[1..].join("."),
            Syntax::Xml => format!("/{}", names.join("/")),
        }
    }
}
