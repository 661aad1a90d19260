//! Samples of progress over time.

use super::super::entry::Typed;
use super::super::progress::{Look, LookBack, ProgressPage};
use super::{Pages, entry, id};
use crate::domain::EntryId;
use crate::domain::profile::{Entry, Evidence, Fault, Kind};
use crate::domain::progress::tracks;
use crate::text::T;

pub(super) fn progress(pages: &mut Pages) {
    let t = pages.t;
    let entries = ratings(t);
    let all = || tracks(entries.iter().enumerate().map(|(n, entry)| (EntryId(id(n as u128)), entry)));
    pages.add("progress", &ProgressPage::new(t, Look::Tracks, all()));
    pages.add("progress-steps", &ProgressPage::new(t, Look::Steps, all()));
    pages.add("progress-none", &ProgressPage::new(t, Look::Steps, vec![]));
    pages.add("progress-new", &LookBack::new(t, &Typed::new(), &[]));
    let typed = Typed::from([("on".to_owned(), vec!["i går".to_owned()]), ("search".to_owned(), vec!["4".to_owned()])]);
    pages.add("progress-new-wrong", &LookBack::new(t, &typed, &[("on".to_owned(), Fault::NotADate)]));
}

fn ratings(t: T) -> Vec<Entry> {
    let said = [
        ("everyday", "2", "2026-03-02", "self", ""),
        ("everyday", "2", "2026-03-02", "coach", ""),
        ("everyday", "3", "2026-06", "self", "Jag tog bussen själv."),
        ("everyday", "4", "2026-09-14", "coach", ""),
        ("belief", "1", "2026-03-02", "self", ""),
        ("belief", "3", "2026-11-02", "self", ""),
        ("swedish", "5", "2026-11-02", "self", ""),
    ];
    let rating = |(area, value, on, rater, more): (&str, &str, &str, &str, &str)| {
        let all = [("area", area), ("value", value), ("on", on), ("rater", rater), ("more", more)];
        let given = if more.is_empty() { &all[..4] } else { &all[..] };
        entry(t, Kind::Progress, "sv", Evidence::E1, 0, given)
    };
    said.map(rating).into()
}
