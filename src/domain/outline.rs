//! Outlines: the mappings that Swedish law orders, as data. What the files of `seeds/outlines/` hold, format 1.
//!
//! One TOML file is one outline: `format`, `id`, `version`, the texts `title`, `law` and `about` (each with `sv` and `en` at least),
//! `recipients` (ids of recipient kinds), and `[[group]]` tables with an `id`, a `heading`, and in `from` the kinds of entry that feed
//! the group: `{ kind, fields, form }`. `fields` leaves out what the mapping does not ask for; without it all come. `form` is `name`
//! (the heading alone), `line` (heading and values) or `rows` (each value with its label).

use std::collections::BTreeSet;

use serde::Deserialize;

use super::framework::{distinct, known, plain_id, whole};
use super::profile::{Class, Kind};
use super::recipient::Localised;

pub const FORMAT: u32 = 1;
/// So many entries fit on two pages of paper.
pub const ON_PAPER: usize = 60;
const MAX_GROUPS: usize = 16;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outline {
    pub format: u32,
    /// Lower case letters, digits and `-`; stands in addresses.
    pub id: String,
    pub version: String,
    pub title: Localised,
    /// The statute and its paragraph.
    pub law: Localised,
    pub about: Localised,
    /// Recipient kinds by which the mapping is made. None of its kinds lies outside the ceiling of them all.
    pub recipients: Vec<String>,
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub id: String,
    pub heading: Localised,
    pub from: Vec<Feed>,
}

/// A kind of entry that feeds a group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    pub kind: Kind,
    #[serde(default)]
    pub fields: Vec<String>,
    pub form: Form,
}

/// How an entry is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    Name,
    Line,
    Rows,
}

impl Outline {
    /// Reads one file. The error is a sentence for whoever wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let outline: Self = toml::from_str(text).map_err(|cause| cause.to_string())?;
        outline.check().map(|()| outline)
    }

    pub fn kinds(&self) -> BTreeSet<Kind> {
        self.groups.iter().flat_map(Group::kinds).collect()
    }

    fn check(&self) -> Result<(), String> {
        known(self.format, FORMAT)?;
        plain_id(&self.id)?;
        for (name, text) in [("title", &self.title), ("law", &self.law), ("about", &self.about)] {
            whole(name, text)?;
        }
        if self.recipients.is_empty() {
            return Err("it names no recipient".to_owned());
        }
        distinct("group", "groups", MAX_GROUPS, self.groups.iter().map(|one| one.id.as_str()))?;
        let sound = |one: &Group| one.check().map_err(|wrong| format!("group \"{}\": {wrong}", one.id));
        self.groups.iter().try_for_each(sound)
    }
}

impl Group {
    fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.from.iter().map(|feed| feed.kind)
    }

    /// Whether anything more than normal feeds it: such a group stays folded until its owner opens it.
    pub fn sensitive(&self) -> bool {
        self.kinds().any(|kind| kind.class() != Class::Normal)
    }

    pub fn feed(&self, kind: Kind) -> Option<&Feed> {
        self.from.iter().find(|feed| feed.kind == kind)
    }

    fn check(&self) -> Result<(), String> {
        plain_id(&self.id)?;
        whole("heading", &self.heading)?;
        if self.from.is_empty() {
            return Err("nothing feeds it".to_owned());
        }
        let mut seen = BTreeSet::new();
        self.from.iter().try_for_each(|feed| {
            if !seen.insert(feed.kind) {
                return Err(format!("{} feeds it twice", feed.kind.name()));
            }
            feed.check()
        })
    }
}

impl Feed {
    /// Whether the field comes along.
    pub fn takes(&self, field: &str) -> bool {
        self.fields.is_empty() || self.fields.iter().any(|one| one == field)
    }

    fn check(&self) -> Result<(), String> {
        let kind = self.kind;
        if kind.never_shared() {
            return Err(format!("{} is nobody's but its owner's", kind.name()));
        }
        match self.fields.iter().find(|field| kind.field(field).is_none()) {
            Some(unknown) => Err(format!("{} has no field \"{unknown}\"", kind.name())),
            None => Ok(()),
        }
    }
}

/// How many entries of each group are printed, when `room` are in all: the longest groups give way first, and none gives way to one
/// that shows more.
pub fn fit(counts: &[usize], room: usize) -> Vec<usize> {
    let most = counts.iter().copied().max().unwrap_or(0);
    let cut = |at: usize| counts.iter().map(|count| (*count).min(at)).collect::<Vec<usize>>();
    let level = (0..=most).rev().find(|at| cut(*at).iter().sum::<usize>() <= room).unwrap_or(0);
    let mut shown = cut(level);
    let mut spare = room.saturating_sub(shown.iter().sum());
    for (shown, count) in shown.iter_mut().zip(counts) {
        if *shown < *count && spare > 0 {
            *shown += 1;
            spare -= 1;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SOUND: &str = r#"
        format = 1
        id = "a"
        version = "1"
        title = { sv = "A", en = "A" }
        law = { sv = "A", en = "A" }
        about = { sv = "A", en = "A" }
        recipients = ["af"]
        [[group]]
        id = "g"
        heading = { sv = "A", en = "A" }
        from = [{ kind = "work", fields = ["occupation"], form = "line" }]
    "#;

    #[test]
    fn what_does_not_hold_is_refused_with_its_place() {
        let from = r#"[{ kind = "work", fields = ["occupation"], form = "line" }]"#;
        for (old, new, wrong) in [
            ("format = 1", "format = 2", "format 2"),
            (r#"id = "a""#, r#"id = "a b""#, "the id"),
            (r#"law = { sv = "A", en = "A" }"#, r#"law = { en = "A" }"#, "law lacks the language sv"),
            (r#"["af"]"#, "[]", "no recipient"),
            (r#"["af"]"#, "[\"af\"]\ncolour = 1", "colour"),
            (from, "[]", "\"g\": nothing feeds it"),
            (from, r#"[{ kind = "safety", form = "line" }]"#, "nobody's"),
            (from, r#"[{ kind = "safe_contact", form = "line" }]"#, "nobody's"),
            (from, r#"[{ kind = "work", fields = ["salary"], form = "line" }]"#, "no field \"salary\""),
            (from, r#"[{ kind = "work", form = "song" }]"#, "song"),
            (from, r#"[{ kind = "work", form = "line" }, { kind = "work", form = "name" }]"#, "twice"),
        ] {
            let text = SOUND.replacen(old, new, 1);
            assert_ne!(text, SOUND, "{old}");
            let said = Outline::parse(&text).expect_err(new);
            assert!(said.contains(wrong), "{new}: {said}");
        }
        assert!(Outline::parse(SOUND).is_ok());
    }

    #[test]
    fn a_group_that_holds_more_than_others_gives_way_first() {
        assert_eq!(fit(&[3, 100, 5], 60), [3, 52, 5]);
        assert_eq!(fit(&[40, 40], 61), [31, 30]);
        assert_eq!(fit(&[], 60), Vec::<usize>::new());
    }

    proptest! {
        #[test]
        fn as_much_as_there_is_room_for_is_printed(counts in prop::collection::vec(0_usize..80, 0..12), room in 0_usize..90) {
            let shown = fit(&counts, room);
            prop_assert_eq!(shown.iter().sum::<usize>(), counts.iter().sum::<usize>().min(room));
            for (shown_here, count) in shown.iter().zip(&counts) {
                prop_assert!(shown_here <= count);
                let cut = shown_here < count;
                prop_assert!(!cut || shown.iter().all(|other| *other <= shown_here + 1), "{:?} of {:?}", shown, counts);
            }
        }
    }
}
