//! "Min karta": the picture, the sections, what wants a look.

use std::collections::BTreeSet;

use askama::Template;

use super::frame::{Body, Place};
use super::guide::Invitation;
use super::map_svg::MapSvg;
use super::shown::{Badge, Shown, Worded};
use super::url;
use crate::domain::EntryId;
use crate::domain::map::{Island, Mark};
use crate::domain::profile::{Class, Kind, Section};
use crate::text::T;

/// One of the person's entries, as shown to its owner.
pub struct Own {
    pub id: EntryId,
    pub shown: Shown,
    /// The island on which its mark stands, where that is another than its section's.
    pub isle: Option<Isle>,
    /// What its concepts are called now, where the taxonomy has replaced them.
    pub renamed: Vec<Worded>,
}

/// An island of kindred skills.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Isle {
    /// Seeds its coast; fit to stand in an `id`.
    pub key: String,
    pub title: String,
}

#[derive(Template)]
#[template(path = "map.html")]
pub struct MapPage {
    pub t: T,
    /// The name to be called by, if given.
    pub name: Option<String>,
    pub picture: MapSvg,
    pub sections: Vec<SectionRow>,
    pub vault: Vec<SectionRow>,
    /// Entries older than six months, by heading.
    pub review: Vec<Own>,
    /// Entries whose concept has a new name: the entry, its heading, the new names.
    pub renamed: Vec<(EntryId, Worded, Vec<Worded>)>,
    /// How the map leads into the guided mapping.
    pub guide: Invitation,
}

pub struct SectionRow {
    pub section: Section,
    pub count: usize,
    /// The first few headings.
    pub some: Vec<String>,
}

impl MapPage {
    /// Builds the whole page from all entries.
    pub fn new(t: T, name: Option<String>, entries: Vec<Own>) -> Self {
        let row = |section: Section| {
            let here: Vec<&Own> = entries.iter().filter(|own| own.shown.kind.section() == section).collect();
            // What lies in the vault is counted, never shown in passing.
            let some = here.iter().filter(|own| own.shown.kind.class() == Class::Normal).take(3);
            SectionRow { section, count: here.len(), some: some.map(|own| own.shown.heading.text.clone()).collect() }
        };
        let (vault, sections) = Section::ALL.into_iter().map(row).partition(|row: &SectionRow| row.section.vault());
        let picture = MapSvg::new(t, islands(t, &entries));
        let renamed = entries.iter().filter(|own| !own.renamed.is_empty());
        let renamed = renamed.map(|own| (own.id, own.shown.heading.clone(), own.renamed.clone())).collect();
        let review = entries.into_iter().filter(|own| own.shown.review).collect();
        Self { t, name, picture, sections, vault, review, renamed, guide: Invitation::Begin }
    }

    fn empty(&self) -> bool {
        self.picture.islands.is_empty()
    }

    fn badges(&self) -> [Badge; 5] {
        Badge::ALL
    }
}

/// The islands: first the families of skills, by the classification's own groups, then the sections that say what one can. Never
/// anything sensitive. A family keeps its place and its coast whatever is added beside it.
fn islands(t: T, entries: &[Own]) -> Vec<Island> {
    const DRAWN: [Section; 8] =
        [Section::P07, Section::P05, Section::P03, Section::P04, Section::P06, Section::P08, Section::P09, Section::P10];
    let marks = |here: &dyn Fn(&Own) -> bool| -> Vec<Mark> {
        let here = entries.iter().filter(|own| own.shown.kind.class() == Class::Normal && here(own));
        here.map(|own| mark(t, &own.shown)).collect()
    };
    let isles: BTreeSet<&Isle> = entries.iter().filter_map(|own| own.isle.as_ref()).collect();
    let families = isles.into_iter().map(|isle| Island {
        key: isle.key.clone(),
        title: isle.title.clone(),
        marks: marks(&|own| own.isle.as_ref() == Some(isle)),
    });
    let sections = DRAWN.into_iter().map(|section| Island {
        key: section.code().to_owned(),
        title: t.s(format!("section-{}", section.code())),
        marks: marks(&|own| own.isle.is_none() && own.shown.kind.section() == section),
    });
    families.chain(sections).filter(|island| !island.marks.is_empty()).collect()
}

/// A proof that does not hold says so in words too, not by its shape alone.
fn mark(t: T, shown: &Shown) -> Mark {
    let (label, evidence) = (shown.mark().to_owned(), shown.evidence);
    match shown.badge() {
        Badge::Proof(verdict) => {
            let label = t.join(&[label, t.s(shown.badge().key())]);
            Mark { label, evidence, lapse: Some(verdict) }
        }
        _ => Mark { label, evidence, lapse: None },
    }
}

impl Body for MapPage {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("nav-map")
    }
    fn concepts(&self) -> bool {
        true
    }
}

/// One section: its entries, and what may be added.
#[derive(Template)]
#[template(path = "section.html")]
pub struct SectionPage {
    pub t: T,
    pub section: Section,
    pub entries: Vec<Own>,
    /// The kinds of which there is room for more.
    pub addable: Vec<Kind>,
    /// The section holds as many entries as it may.
    pub full: bool,
}

impl Body for SectionPage {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        // The browser's history must not tell of the vault.
        let key = if self.section.sensitive() { "nav-map".to_owned() } else { format!("section-{}", self.section.code()) };
        self.t.s(&key)
    }
    fn concepts(&self) -> bool {
        self.entries.iter().any(|own| own.shown.concept)
    }
}
