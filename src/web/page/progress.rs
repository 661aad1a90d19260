//! Progress over time: parallel tracks, or the steps of each; and the form of one look back.

use askama::Template;

use super::entry::{Control, Input, Typed};
use super::form::{Choice, Wrong};
use super::frame::{Body, Place};
use super::shown::{self, Badge, Worded};
use super::url;
use crate::domain::date::PartialDate;
use crate::domain::profile::{AREAS, Evidence, Fault, Kind};
use crate::domain::progress::{Rater, Rating, STEPS, Track};
use crate::text::T;

/// The drawing's size; it holds no text, so it may grow and shrink.
const WIDTH: f32 = 320.0;
const HEIGHT: f32 = 96.0;
const EDGE: f32 = 16.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Tracks,
    /// Like a staircase of five; for each area its own.
    Steps,
}

#[derive(Template)]
#[template(path = "progress.html")]
pub struct ProgressPage {
    pub t: T,
    pub look: Look,
    pub tracks: Vec<Drawn>,
}

/// A track with its drawing.
pub struct Drawn {
    pub track: Track,
    /// The first and the last day of all tracks, so that they run side by side.
    span: (PartialDate, PartialDate),
}

impl ProgressPage {
    pub fn new(t: T, look: Look, tracks: Vec<Track>) -> Self {
        let days = || tracks.iter().flat_map(|track| &track.ratings).map(|rating| rating.on);
        let first = days().min_by_key(|on| on.first_day());
        let last = days().max_by_key(|on| on.first_day());
        let span = first.zip(last);
        let draw = |span| tracks.into_iter().map(|track| Drawn { track, span }).collect();
        Self { t, look, tracks: span.map(draw).unwrap_or_default() }
    }

    fn steps(&self) -> bool {
        self.look == Look::Steps
    }

    fn area(&self, track: &Track) -> String {
        shown::choice(self.t, Kind::Progress, "area", track.area)
    }

    fn value(&self, value: &u8) -> String {
        shown::choice(self.t, Kind::Progress, "value", &value.to_string())
    }

    fn rater(&self, rater: &Rater) -> String {
        shown::choice(self.t, Kind::Progress, "rater", rater.word())
    }

    /// "21 maj 2026: Ganska bra. Jag själv."
    fn said(&self, rating: &Rating) -> String {
        let args = [
            ("date", self.t.partial(rating.on).into()),
            ("value", self.value(&rating.value).into()),
            ("rater", self.rater(&rating.rater).into()),
        ];
        self.t.with("progress-line", &args)
    }

    fn more(&self, rating: &Rating) -> Option<Worded> {
        rating.more.as_ref().map(|(text, lang)| Worded::of(text, lang, self.t))
    }

    /// "Steg 3 av 5: På väg. Nästa steg: Ganska bra."
    fn step(&self, rating: &Rating) -> String {
        let now = [("step", rating.value.into()), ("steps", STEPS.into()), ("value", self.value(&rating.value).into())];
        let now = self.t.with("progress-step", &now);
        match rating.value {
            STEPS => now,
            value => format!("{now} {}", self.t.one("progress-step-next", "value", self.value(&(value + 1)))),
        }
    }

    fn raters(&self) -> [Rater; 2] {
        [Rater::Own, Rater::Coach]
    }

    /// Oneself is drawn open, the coach full and of another shape.
    fn badge(&self, rater: &Rater) -> Badge {
        Badge::Level(if *rater == Rater::Own { Evidence::E1 } else { Evidence::E2 })
    }
}

impl Drawn {
    fn rtl(&self, t: &T) -> bool {
        t.lang.dir() == "rtl"
    }

    /// Time runs the way one reads.
    fn x(&self, t: &T, rating: &Rating) -> String {
        let (first, last) = (self.span.0.first_day(), self.span.1.first_day());
        let days = (last - first).num_days();
        let part = if days == 0 { 0.5 } else { (rating.on.first_day() - first).num_days() as f32 / days as f32 };
        let part = if self.rtl(t) { 1.0 - part } else { part };
        format!("{:.1}", EDGE + part * (WIDTH - 2.0 * EDGE))
    }

    /// The two who rate stand a little apart, so that the same day and value covers neither.
    fn y(&self, rating: &Rating) -> String {
        let apart = if rating.rater == Rater::Own { -4.0 } else { 4.0 };
        format!("{:.1}", height(rating.value) + apart)
    }

    /// The way through all ratings of one.
    fn line(&self, t: &T, rater: &Rater) -> String {
        self.track.of(*rater).map(|one| format!("{},{}", self.x(t, one), self.y(one))).collect::<Vec<_>>().join(" ")
    }

    /// The five values as lines across.
    fn rules(&self) -> Vec<String> {
        (1..=STEPS).map(|value| format!("{:.1}", height(value))).collect()
    }

    /// The stairs: x, y, width and height of each, and whether one has come so far.
    fn stairs(&self, t: &T) -> Vec<(String, String, String, String, bool)> {
        let stands = self.track.stands().map_or(0, |rating| rating.value);
        let (wide, high) = ((WIDTH - 2.0 * EDGE) / f32::from(STEPS), (HEIGHT - EDGE) / f32::from(STEPS));
        let stair = |step: u8| {
            let at = if self.rtl(t) { STEPS - step } else { step - 1 };
            let (x, tall) = (EDGE + f32::from(at) * wide, high * f32::from(step));
            let place = [x, HEIGHT - tall - 2.0, wide - 3.0, tall].map(|v| format!("{v:.1}"));
            let [x, y, w, h] = place;
            (x, y, w, h, step <= stands)
        };
        (1..=STEPS).map(stair).collect()
    }
}

fn height(value: u8) -> f32 {
    HEIGHT - EDGE - f32::from(value - 1) * (HEIGHT - 2.0 * EDGE) / f32::from(STEPS - 1)
}

impl Body for ProgressPage {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("section-p17")
    }
}

/// One look back: a day, who says it, and a value for each area that one wants to say something of. Inputs are named as the fields
/// `on` and `rater`, and each area by its own name.
#[derive(Template)]
#[template(path = "progress_new.html")]
pub struct LookBack {
    pub t: T,
    about: Vec<Input>,
    areas: Vec<Input>,
    pub wrong: Vec<Wrong>,
}

impl LookBack {
    pub fn new(t: T, typed: &Typed, faults: &[(String, Fault)]) -> Self {
        let wrong: Vec<Wrong> = faults.iter().map(|(field, fault)| super::entry::wrong(t, Kind::Progress, field, fault)).collect();
        Self::with(t, typed, wrong)
    }

    /// With what is wrong said in words of its own.
    pub fn with(t: T, typed: &Typed, wrong: Vec<Wrong>) -> Self {
        let mut typed = typed.clone();
        typed.entry("on".to_owned()).or_insert_with(|| vec![t.now.day().to_string()]);
        typed.entry("rater".to_owned()).or_insert_with(|| vec![Rater::Own.word().to_owned()]);
        let field =
            |name| Kind::Progress.field(name).map(|field| super::entry::input(t, Kind::Progress, field, &typed, &wrong, None));
        let about = ["on", "rater"].into_iter().filter_map(field).collect();
        let areas = AREAS.iter().map(|area| one(t, area, &typed)).collect();
        Self { t, about, areas, wrong }
    }
}

fn one(t: T, area: &'static str, typed: &Typed) -> Input {
    let given = typed.get(area).and_then(|values| values.first()).map_or("", String::as_str);
    let value = |value: u8| {
        let value = value.to_string();
        let label = shown::choice(t, Kind::Progress, "value", &value);
        Choice::new(&value, label, value == given)
    };
    let skip = Choice::new("0", t.s("progress-skip"), !(1..=STEPS).any(|value| value.to_string() == given));
    Input {
        name: area,
        label: shown::choice(t, Kind::Progress, "area", area),
        hint: Some(t.s(format!("progress-says-{area}"))),
        required: true,
        wrong: None,
        value: String::new(),
        control: Control::Radios(std::iter::once(skip).chain((1..=STEPS).map(value)).collect()),
    }
}

impl Body for LookBack {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("progress-new")
    }
    fn typed(&self) -> bool {
        true
    }
}
