//! Documents: adding one, and how its file is told of.

use askama::Template;

use super::entry::{Control, Input, Typed, inputs, wrong};
use super::form::{Choice, Wrong};
use super::frame::{Body, Place};
use super::url;
use crate::domain::profile::file::{ATTACHED, MOST_BYTES, MOST_OF_ONE};
use crate::domain::profile::{Fault, File, Kind};
use crate::text::T;

/// What is told of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFile {
    /// "PDF, 320 kB".
    pub about: String,
    /// By what name a reader asks for it, where they may.
    pub alias: Option<String>,
}

impl ShownFile {
    pub fn new(t: T, file: &File) -> Self {
        let word = file.media.word().to_uppercase();
        Self { about: t.two("file-about", "kind", word, "size", size(t, file.bytes)), alias: None }
    }
}

/// "320 kB", "2,4 MB": as people say it, never 0.
pub fn size(t: T, bytes: u64) -> String {
    match bytes.div_ceil(1024) {
        kilo if kilo < 1000 => t.one("file-kilobytes", "count", kilo.max(1)),
        kilo => t.one("file-megabytes", "count", kilo.div_ceil(1024)),
    }
}

/// Where staff fetch what they may, and for which case.
#[derive(Clone, Debug)]
pub struct Fetch {
    pub action: String,
    pub case: String,
}

/// Adding a document. Fields as the kind's, and `file`.
#[derive(Template)]
#[template(path = "file_new.html")]
pub struct FileForm {
    pub t: T,
    pub inputs: Vec<Input>,
    pub wrong: Vec<Wrong>,
    /// How many bytes one's files take.
    pub used: u64,
    /// Something was wrong, and a page cannot send a file back: it must be chosen again.
    pub again: bool,
}

impl FileForm {
    /// `attachable`: entries that it may stand beside, with their headings.
    pub fn new(t: T, typed: &Typed, attachable: &[(String, String)], faults: &[(String, Fault)], used: u64) -> Self {
        let wrongs: Vec<Wrong> = faults.iter().map(|(field, fault)| wrong(t, Kind::Document, field, fault)).collect();
        let mut inputs = inputs(t, Kind::Document, typed, &wrongs, std::collections::BTreeMap::new());
        for input in &mut inputs {
            if input.name == ATTACHED {
                let option = |(id, heading): &(String, String)| Choice::new(id, heading, *id == input.value);
                input.control = Control::Select(attachable.iter().map(option).collect());
            }
        }
        Self { t, inputs, wrong: wrongs, used, again: false }
    }

    fn action(&self) -> String {
        url::entry_new(Kind::Document)
    }

    fn most(&self) -> String {
        size(self.t, MOST_BYTES as u64)
    }

    fn room(&self) -> String {
        let (used, all) = (size(self.t, self.used), size(self.t, MOST_OF_ONE));
        if self.used == 0 { self.t.one("file-room-all", "all", all) } else { self.t.two("file-room", "used", used, "all", all) }
    }

    fn wrong_file(&self) -> Option<&str> {
        Wrong::find(&self.wrong, "file")
    }
}

impl Body for FileForm {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("nav-map")
    }
    fn typed(&self) -> bool {
        true
    }
}
