//! The picture as SVG: one for wide screens, one for narrow ones, and the same as text.

use askama::Template;

use super::shown::Badge;
use crate::domain::credential::Verdict;
use crate::domain::map::{self, Drawn, DrawnMark, Island, Label, Mark, Picture, Width};
use crate::domain::profile::Evidence;
use crate::text::T;

#[derive(Template)]
#[template(path = "part/map.html")]
pub struct MapSvg {
    pub t: T,
    pub islands: Vec<Island>,
    /// The class of each picture: CSS shows one of them.
    pictures: Vec<(&'static str, Picture)>,
    /// Nothing to read: no title, no list.
    ornament: bool,
}

impl MapSvg {
    pub fn new(t: T, islands: Vec<Island>) -> Self {
        let pictures = vec![("wide", map::draw(&islands, Width::Wide)), ("narrow", map::draw(&islands, Width::Narrow))];
        Self { t, islands, pictures, ornament: false }
    }

    /// A made-up map for the start page.
    pub fn example(t: T) -> Self {
        use Evidence::{E1, E2, E3, E4, E5};
        let island = |key: &str, marks: &[(&str, Evidence)]| Island {
            key: key.to_owned(),
            title: t.s(format!("example-{key}")),
            marks: marks
                .iter()
                .map(|(name, evidence)| Mark { label: t.s(format!("example-{key}-{name}")), evidence: *evidence, lapse: None })
                .collect(),
        };
        let islands = vec![
            island("care", &[("listen", E1), ("lift", E4), ("medicine", E5), ("hygiene", E3), ("notes", E1), ("calm", E2)]),
            island("kitchen", &[("many", E1), ("food", E4)]),
            island("language", &[("one", E1), ("two", E3)]),
        ];
        let pictures = vec![
            ("middle", map::draw(&islands, Width::Middle)),
            // A small screen has room for one island that can be read.
            ("narrow", map::draw(&islands[..1], Width::Narrow)),
        ];
        Self { t, islands, pictures, ornament: true }
    }

    fn rtl(&self) -> bool {
        self.t.lang.dir() == "rtl"
    }

    /// Where reading starts is where `x` starts.
    fn x(&self, picture: &Picture, x: &f32) -> String {
        let x = if self.rtl() { picture.width - x } else { *x };
        format!("{x:.1}")
    }

    fn y(&self, y: &f32) -> String {
        format!("{y:.1}")
    }

    /// The lines of a label, each with its own baseline.
    fn lines<'a>(&self, label: &'a Label, step: f32) -> Vec<(String, &'a str)> {
        let line = |(i, text): (usize, &'a String)| (format!("{:.1}", label.y + step * i as f32), text.as_str());
        label.lines.iter().enumerate().map(line).collect()
    }

    fn title_lines<'a>(&self, island: &'a Drawn) -> Vec<(String, &'a str)> {
        self.lines(&island.title, map::TITLE_LINE)
    }

    /// The key of the word for how a mark is proven.
    pub fn evidence_key(&self, mark: &Mark) -> &'static str {
        badge(mark.evidence, mark.lapse).key()
    }

    fn badge(&self, mark: &DrawnMark) -> Badge {
        badge(mark.evidence, mark.lapse)
    }

    /// One of four tints of land, by the island's key.
    fn tint(&self, key: &str) -> u32 {
        key.bytes().map(u32::from).sum::<u32>() % 4 + 1
    }

    /// "Tre områden: Språk med två, Kök med fyra."
    fn summary(&self) -> String {
        let one = |island: &Island| self.t.two("map-island", "title", &island.title, "count", island.marks.len());
        let islands: Vec<String> = self.islands.iter().map(one).collect();
        self.t.two("map-summary", "count", self.islands.len(), "islands", self.t.list(&islands))
    }
}

fn badge(evidence: Evidence, lapse: Option<Verdict>) -> Badge {
    lapse.map_or(Badge::Level(evidence), Badge::Proof)
}
