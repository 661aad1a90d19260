//! Progress over time as parallel tracks, one for each area of life. Tracks are never added up: staircases of one score were found
//! to help less than efforts side by side.

use super::EntryId;
use super::profile::{AREAS, Entry, Kind, Value};
use crate::domain::date::PartialDate;

/// The highest value, and the number of steps.
pub const STEPS: u8 = 5;

/// How one area was on a day, as one person saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub id: EntryId,
    pub on: PartialDate,
    /// 1 to [`STEPS`].
    pub value: u8,
    pub rater: Rater,
    /// In the person's own words, and their language.
    pub more: Option<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rater {
    Own,
    Coach,
}

impl Rater {
    /// As in the field `rater`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Coach => "coach",
        }
    }
}

/// All ratings of one area, the first one first. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// As in the field `area`.
    pub area: &'static str,
    pub ratings: Vec<Rating>,
}

impl Track {
    /// The last rating by one of the two.
    pub fn last(&self, rater: Rater) -> Option<&Rating> {
        self.of(rater).last()
    }

    pub fn of(&self, rater: Rater) -> impl Iterator<Item = &Rating> {
        self.ratings.iter().filter(move |rating| rating.rater == rater)
    }

    /// Where one stands: as oneself sees it, else as the coach does.
    pub fn stands(&self) -> Option<&Rating> {
        self.last(Rater::Own).or_else(|| self.ratings.last())
    }
}

/// The tracks that hold something, in the order of [`AREAS`].
pub fn tracks<'a>(entries: impl Iterator<Item = (EntryId, &'a Entry)>) -> Vec<Track> {
    let mut all: Vec<Track> = AREAS.iter().map(|area| Track { area, ratings: Vec::new() }).collect();
    for (id, entry) in entries.filter(|(_, entry)| entry.kind == Kind::Progress) {
        if let Some((area, rating)) = rating(id, entry)
            && let Some(track) = all.iter_mut().find(|track| track.area == area)
        {
            track.ratings.push(rating);
        }
    }
    for track in &mut all {
        // Entries come in the order in which they were made; the same day keeps it.
        track.ratings.sort_by_key(|rating| rating.on.first_day());
    }
    all.retain(|track| !track.ratings.is_empty());
    all
}

fn rating(id: EntryId, entry: &Entry) -> Option<(&str, Rating)> {
    let choice = |name: &str| match entry.fields.get(name) {
        Some(Value::Choice(one)) => Some(one.as_str()),
        _ => None,
    };
    let on = match entry.fields.get("on") {
        Some(Value::Date(date)) => *date,
        _ => return None,
    };
    let more = match entry.fields.get("more") {
        Some(Value::Text(text)) => Some((text.clone(), entry.lang.clone())),
        _ => None,
    };
    let value = choice("value")?.parse().ok().filter(|value| (1..=STEPS).contains(value))?;
    let rater = if choice("rater") == Some(Rater::Coach.word()) { Rater::Coach } else { Rater::Own };
    Some((choice("area")?, Rating { id, on, value, rater, more }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::domain::profile::{Evidence, Fields, Source};
    use uuid::Uuid;

    fn rated(area: &str, value: &str, on: &str, rater: &str) -> Entry {
        let choice = |text: &str| Value::Choice(text.to_owned());
        let fields: Fields = [
            ("area", choice(area)),
            ("value", choice(value)),
            ("on", Value::Date(on.parse().expect("a date"))),
            ("rater", choice(rater)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        let at = Timestamp(0);
        let (kind, source, evidence) = (Kind::Progress, Source::Own, Evidence::E1);
        Entry { kind, lang: "sv".into(), source, evidence, fields, created: at, updated: at, confirmed: at, file: None }
    }

    #[test]
    fn what_is_no_rating_is_left_out_and_the_rest_stands_by_area_and_day() {
        let entries = [
            rated("search", "9", "2026-01-01", "self"),
            rated("unheard", "3", "2026-01-01", "self"),
            rated("search", "3", "2026-05", "self"),
            rated("search", "2", "2026-04-30", "coach"),
            rated("everyday", "1", "2026", "coach"),
        ];
        let numbered: Vec<_> = entries.iter().enumerate().map(|(n, one)| (EntryId(Uuid::from_u128(n as u128)), one)).collect();
        let tracks = tracks(numbered.into_iter());
        assert_eq!(tracks.iter().map(|track| track.area).collect::<Vec<_>>(), ["everyday", "search"]);
        assert_eq!(tracks[1].ratings.iter().map(|one| one.value).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(tracks[0].stands().map(|one| one.rater), Some(Rater::Coach), "where oneself has said nothing");
        assert_eq!(tracks[1].stands().map(|one| (one.rater, one.value)), Some((Rater::Own, 3)));
    }
}
