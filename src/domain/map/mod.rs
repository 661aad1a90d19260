//! The layout of the picture: islands of marks, each mark with a label that no other covers. Pure and deterministic: the same
//! profile draws the same coast, on every machine. Lengths are SVG units (1 = one CSS pixel at natural size).

mod words;

use super::credential::Verdict;
use super::profile::Evidence;
pub use words::text_width;
use words::wrap;

/// A group of kin: its key seeds the shape of its coast, so that it keeps its character as marks are added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Island {
    pub key: String,
    pub title: String,
    pub marks: Vec<Mark>,
}

/// One competence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub label: String,
    pub evidence: Evidence,
    /// How its proof stands, where it does not hold now.
    pub lapse: Option<Verdict>,
}

/// A picture to draw. `y` grows downwards; `x` from the side where reading starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub width: f32,
    pub height: f32,
    pub islands: Vec<Drawn>,
    /// Where small waves stand, clear of all land.
    pub waves: Vec<(f32, f32)>,
    /// The middle of the compass rose, where there is room for one (radius [`ROSE`]).
    pub rose: Option<(f32, f32)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    pub key: String,
    /// SVG path data of the coast. Shallow water is the same line, drawn [`SHALLOW`] and twice as far out.
    pub coast: String,
    pub title: Label,
    pub marks: Vec<DrawnMark>,
    /// All of it, shallows included.
    pub bounds: Rect,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DrawnMark {
    pub x: f32,
    pub y: f32,
    pub evidence: Evidence,
    pub lapse: Option<Verdict>,
    pub label: Label,
}

/// Lines of text; `y` is the baseline of the first, the rest follow at [`LINE`] (titles: [`TITLE_LINE`]).
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub x: f32,
    pub y: f32,
    pub lines: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    Wide,
    /// Half a wide screen, beside text.
    Middle,
    /// Islands one under the other, each as wide as the screen.
    Narrow,
}

pub const FONT: f32 = 17.0;
pub const LINE: f32 = 20.0;
pub const TITLE_FONT: f32 = 20.0;
pub const TITLE_LINE: f32 = 25.0;
pub const ROSE: f32 = 38.0;
/// From a mark's middle to where its label starts.
const LABEL_AT: f32 = 17.0;
const MARK_GAP: f32 = 13.0;
const COLUMN_GAP: f32 = 22.0;
/// How far one step of shallow water reaches out from the coast.
pub const SHALLOW: f32 = 9.0;
/// Between islands. The outer line of shallow water may reach into it.
const SEA: f32 = 14.0;

impl Width {
    const fn total(self) -> f32 {
        match self {
            Self::Wide => 960.0,
            Self::Middle => 540.0,
            Self::Narrow => 300.0,
        }
    }

    const fn longest_label(self) -> f32 {
        match self {
            Self::Wide => 175.0,
            Self::Middle | Self::Narrow => 150.0,
        }
    }

    /// A single word may be so wide before it is broken.
    const fn longest_word(self) -> f32 {
        match self {
            Self::Wide => 230.0,
            Self::Middle => 150.0,
            Self::Narrow => 172.0,
        }
    }

    const fn columns(self, marks: usize) -> usize {
        match (self, marks) {
            (Self::Narrow, _) | (_, ..=4) => 1,
            (Self::Middle, _) | (_, ..=14) => 2,
            _ => 3,
        }
    }
}

impl Rect {
    fn touches(&self, other: &Self, gap: f32) -> bool {
        self.x < other.x + other.w + gap
            && other.x < self.x + self.w + gap
            && self.y < other.y + other.h + gap
            && other.y < self.y + self.h + gap
    }
}

/// Draws the islands in the order given.
pub fn draw(islands: &[Island], width: Width) -> Picture {
    let blocks: Vec<Block> = islands.iter().map(|island| Block::new(island, width)).collect();
    let (places, height) = arrange(&blocks, width);
    let islands: Vec<Drawn> = blocks.iter().zip(places).map(|(block, (x, y))| block.drawn(x, y)).collect();
    let land: Vec<Rect> = islands.iter().map(|island| island.bounds).collect();
    let rose = (width == Width::Wide).then(|| rose(&land, width.total(), height)).flatten();
    let waves = waves(&land, rose, width.total(), height);
    Picture { width: width.total(), height, islands, waves, rose }
}

/// An island before it has a place: its contents around the origin at the top left of the text.
struct Block {
    key: String,
    title: Vec<String>,
    marks: Vec<DrawnMark>,
    /// Size of the text.
    w: f32,
    h: f32,
}

impl Block {
    /// As many columns as suit the number of marks and fit the picture.
    fn new(island: &Island, width: Width) -> Self {
        let labels: Vec<Vec<String>> =
            island.marks.iter().map(|mark| wrap(&mark.label, width.longest_label(), width.longest_word(), FONT)).collect();
        let fits = |block: &Self| block.outer().0 <= width.total() - 2.0 * SEA;
        let mut tried = (2..=width.columns(labels.len())).rev().map(|columns| Self::in_columns(island, &labels, columns, width));
        tried.find(fits).unwrap_or_else(|| Self::in_columns(island, &labels, 1, width))
    }

    fn in_columns(island: &Island, labels: &[Vec<String>], columns: usize, width: Width) -> Self {
        let rows = labels.len().div_ceil(columns).max(1);
        let column_width = |column: &[Vec<String>]| {
            LABEL_AT + 9.0 + column.iter().flatten().map(|line| text_width(line, FONT)).fold(0.0, f32::max)
        };
        let widths: Vec<f32> = labels.chunks(rows).map(column_width).collect();
        let marks_width = widths.iter().sum::<f32>() + COLUMN_GAP * (widths.len().max(1) - 1) as f32;
        let title = wrap(&island.title, marks_width.max(150.0), width.longest_word(), TITLE_FONT);
        let title_width = title.iter().map(|line| text_width(line, TITLE_FONT) * 1.06).fold(0.0, f32::max);
        let w = marks_width.max(title_width);
        let top = TITLE_LINE * title.len() as f32 + 18.0;
        let (mut marks, mut h, mut x) = (Vec::new(), top, (w - marks_width) / 2.0 + 9.0);
        for (column, (texts, width)) in labels.chunks(rows).zip(&widths).enumerate() {
            let mut y = top;
            for (row, lines) in texts.iter().enumerate() {
                let Mark { evidence, lapse, .. } = island.marks[column * rows + row];
                let label = Label { x: x + LABEL_AT, y: y + 6.0, lines: lines.clone() };
                marks.push(DrawnMark { x, y, evidence, lapse, label });
                y += LINE * lines.len() as f32 + MARK_GAP;
            }
            h = h.max(y - MARK_GAP);
            x += width + COLUMN_GAP;
        }
        Self { key: island.key.clone(), title, marks, w, h }
    }

    /// Half the width and height of the coast's ellipse before it wavers.
    fn axes(&self) -> (f32, f32) {
        (self.w * 0.5 * 1.15 + 9.0, self.h * 0.5 * 1.18 + 11.0)
    }

    fn outer(&self) -> (f32, f32) {
        let (a, b) = self.axes();
        ((a * (1.0 + WAVER) + SHALLOW + 4.0) * 2.0, (b * (1.0 + WAVER) + SHALLOW + 4.0) * 2.0)
    }

    fn drawn(&self, x: f32, y: f32) -> Drawn {
        let ((a, b), (w, h)) = (self.axes(), self.outer());
        let (middle_x, middle_y) = (x + w / 2.0, y + h / 2.0);
        let (left, top) = (middle_x - self.w / 2.0, middle_y - self.h / 2.0);
        let marks = self.marks.iter().map(|mark| {
            let label = Label { x: mark.label.x + left, y: mark.label.y + top, lines: mark.label.lines.clone() };
            DrawnMark { x: mark.x + left, y: mark.y + top, evidence: mark.evidence, lapse: mark.lapse, label }
        });
        Drawn {
            key: self.key.clone(),
            coast: coast(hash(&self.key), (middle_x, middle_y), a, b),
            title: Label { x: middle_x, y: top + TITLE_FONT * 0.8, lines: self.title.clone() },
            marks: marks.collect(),
            bounds: Rect { x, y, w, h },
        }
    }
}

/// Places for blocks: each as high as it fits, beside those before it; what is left of the width is shared out.
fn arrange(blocks: &[Block], width: Width) -> (Vec<(f32, f32)>, f32) {
    let sizes: Vec<(f32, f32)> = blocks.iter().map(Block::outer).collect();
    let mut placed: Vec<Rect> = Vec::new();
    for (w, h) in &sizes {
        placed.push(highest(&placed, *w, *h, width.total()));
    }
    let right = placed.iter().map(|rect| rect.x + rect.w).fold(0.0, f32::max);
    let spare = (width.total() - SEA - right).max(0.0);
    for (at, block) in blocks.iter().enumerate() {
        // Each may drift as far as its neighbours let it, so that nothing stands in a grid.
        let drift = spare / 2.0 + room_right(&placed, at, right) * unit(hash(&block.key)) * 0.9;
        placed[at].x += drift;
    }
    let height = placed.iter().map(|rect| rect.y + rect.h).fold(0.0, f32::max) + SEA;
    (placed.iter().map(|rect| (rect.x, rect.y)).collect(), height.max(120.0))
}

/// The highest place for a block of that size, of those the one that starts first.
fn highest(placed: &[Rect], w: f32, h: f32, total: f32) -> Rect {
    let mut ys: Vec<f32> = placed.iter().map(|rect| rect.y + rect.h + SEA).chain([SEA]).collect();
    ys.sort_by(f32::total_cmp);
    let mut xs: Vec<f32> = placed.iter().map(|rect| rect.x + rect.w + SEA).chain([SEA]).collect();
    xs.sort_by(f32::total_cmp);
    let at = |(x, y): (f32, f32)| Rect { x, y, w, h };
    let fits =
        |rect: &Rect| (rect.x + w <= total - SEA || rect.x <= SEA) && placed.iter().all(|other| !other.touches(rect, SEA * 0.99));
    let all = ys.iter().flat_map(|y| xs.iter().map(move |x| (*x, *y)));
    // Below everything there is always room.
    let below = ys.last().copied().unwrap_or(SEA);
    all.map(at).find(fits).unwrap_or_else(|| at((SEA, below)))
}

/// How far the block may move towards the end of the line before it meets another, or the end of the land.
fn room_right(placed: &[Rect], at: usize, right: f32) -> f32 {
    let me = placed[at];
    let beside = |rect: &&Rect| rect.y < me.y + me.h + SEA && me.y < rect.y + rect.h + SEA && rect.x >= me.x + me.w;
    let wall = placed.iter().filter(beside).map(|rect| rect.x - SEA).fold(right, f32::min);
    (wall - me.x - me.w).max(0.0)
}

/// How far a coast wavers outwards, of its radius.
const WAVER: f32 = 0.075;

/// A closed, smooth line around a middle: a rounded rectangle (so that text fits) that wavers as the seed says.
fn coast(seed: u64, middle: (f32, f32), a: f32, b: f32) -> String {
    const POINTS: usize = 30;
    let phase = |n: u32| unit(seed.rotate_left(n * 11)) * std::f32::consts::TAU;
    let point = |i: usize| {
        let angle = i as f32 / POINTS as f32 * std::f32::consts::TAU;
        let wave = (2.0 * angle + phase(1)).sin()
            + (3.0 * angle + phase(2)).sin()
            + 0.7 * (5.0 * angle + phase(3)).sin()
            + 0.45 * (9.0 * angle + phase(4)).sin();
        let out = 1.0 + WAVER * (wave / 3.15 + 1.0) / 2.0;
        let bend = |v: f32| v.signum() * v.abs().powf(0.62);
        (middle.0 + a * out * bend(angle.cos()), middle.1 + b * out * bend(angle.sin()))
    };
    let points: Vec<(f32, f32)> = (0..POINTS).map(point).collect();
    let at = |i: usize| points[i % POINTS];
    let mut path = format!("M{:.1} {:.1}", at(0).0, at(0).1);
    for i in 0..POINTS {
        let (before, from, to, after) = (at(i + POINTS - 1), at(i), at(i + 1), at(i + 2));
        let one = (from.0 + (to.0 - before.0) / 6.0, from.1 + (to.1 - before.1) / 6.0);
        let two = (to.0 - (after.0 - from.0) / 6.0, to.1 - (after.1 - from.1) / 6.0);
        let ends = [one, two, to].map(|end| format!("{:.1} {:.1}", end.0 - from.0, end.1 - from.1));
        path += &format!("c{}", ends.join(" "));
    }
    path + "Z"
}

fn waves(land: &[Rect], rose: Option<(f32, f32)>, width: f32, height: f32) -> Vec<(f32, f32)> {
    let rose = rose.map(|(x, y)| Rect { x: x - ROSE, y: y - ROSE, w: 2.0 * ROSE, h: 2.0 * ROSE });
    let free = |x: f32, y: f32| {
        let wave = Rect { x: x - 16.0, y: y - 5.0, w: 32.0, h: 10.0 };
        land.iter().chain(&rose).all(|rect| !rect.touches(&wave, 3.0))
    };
    let mut waves = Vec::new();
    for row in 0..(height / 44.0) as u64 {
        for column in 0..(width / 88.0).ceil() as u64 {
            let seed = hash(&format!("{row} {column}"));
            let x = column as f32 * 88.0 + 24.0 + 44.0 * unit(seed);
            let y = row as f32 * 44.0 + 16.0 + 22.0 * unit(seed.rotate_left(23));
            if x < width - 18.0 && y < height - 8.0 && free(x, y) {
                waves.push((x, y));
            }
        }
    }
    waves
}

fn rose(land: &[Rect], width: f32, height: f32) -> Option<(f32, f32)> {
    let inset = ROSE + 16.0;
    let corners = [(width - inset, height - inset), (inset, height - inset), (width - inset, inset), (inset, inset)];
    corners.into_iter().find(|(x, y)| {
        let rect = Rect { x: x - ROSE, y: y - ROSE, w: 2.0 * ROSE, h: 2.0 * ROSE };
        land.iter().all(|island| !island.touches(&rect, 4.0))
    })
}

/// FNV-1a with a final mix, so that near keys draw far coasts. Not for secrets.
fn hash(text: &str) -> u64 {
    let mut state = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    state ^= state >> 33;
    state = state.wrapping_mul(0xff51_afd7_ed55_8ccd);
    state ^ (state >> 33)
}

/// From 0 up to 1.
fn unit(seed: u64) -> f32 {
    (seed % 10_007) as f32 / 10_007.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxes(picture: &Picture) -> Vec<Rect> {
        let label = |label: &Label, font: f32, line: f32, middle: bool| {
            let w = label.lines.iter().map(|text| text_width(text, font)).fold(0.0, f32::max);
            let x = if middle { label.x - w / 2.0 } else { label.x };
            Rect { x, y: label.y - font * 0.8, w, h: line * label.lines.len() as f32 - (line - font) }
        };
        picture
            .islands
            .iter()
            .flat_map(|island| {
                let title = label(&island.title, TITLE_FONT, TITLE_LINE, true);
                std::iter::once(title).chain(island.marks.iter().map(move |mark| {
                    let text = label(&mark.label, FONT, LINE, false);
                    Rect { x: mark.x - 8.0, w: text.x + text.w - mark.x + 8.0, ..text }
                }))
            })
            .collect()
    }

    fn island(key: &str, labels: &[&str]) -> Island {
        let marks = labels.iter().map(|label| Mark { label: (*label).to_owned(), evidence: Evidence::E1, lapse: None }).collect();
        Island { key: key.to_owned(), title: format!("Ö {key}"), marks }
    }

    #[test]
    fn the_same_profile_draws_the_same_picture_and_an_empty_one_only_sea() {
        let islands = [island("p07", &["omvårdnad", "hygien"]), island("p03", &["svenska"])];
        assert_eq!(draw(&islands, Width::Wide), draw(&islands, Width::Wide));
        assert!(draw(&[], Width::Narrow).islands.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_label_covers_another_or_leaves_the_picture(
            labels in proptest::collection::vec(proptest::collection::vec("[a-zåäöA-Z ]{1,60}", 1..31), 0..9)
        ) {
            let islands: Vec<Island> = labels.iter().enumerate().map(|(i, labels)| {
                island(&i.to_string(), &labels.iter().map(String::as_str).collect::<Vec<_>>())
            }).collect();
            for width in [Width::Wide, Width::Middle, Width::Narrow] {
                let picture = draw(&islands, width);
                let all = boxes(&picture);
                for (i, one) in all.iter().enumerate() {
                    prop_assert!(one.x >= 0.0 && one.x + one.w <= picture.width, "{one:?} leaves {}", picture.width);
                    prop_assert!(one.y >= 0.0 && one.y + one.h <= picture.height);
                    for other in &all[i + 1..] {
                        prop_assert!(!one.touches(other, 0.0), "{one:?} covers {other:?}");
                    }
                }
            }
        }
    }
}
