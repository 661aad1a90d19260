//! A profile in the order of a mapping that the law prescribes, as a page and as at most two pages of paper.

use askama::Template;

use super::frame::{Body, Place};
use super::qr::Qr;
use super::shown::{Badge, Shown, Worded};
use super::url;
use crate::domain::ConsentId;
use crate::domain::credential::Found;
use crate::domain::map::text_width;
use crate::domain::outline::{self, Feed, Form, Group as Wanted, Outline};
use crate::domain::profile::{Entry, Kind};
use crate::text::T;

/// An entry takes so much paper at most: three lines of a column of sixty letters.
const ON_PAPER: f32 = 105.0;
/// Of which its heading takes so much.
const HEADING: f32 = 45.0;

/// All outlines.
#[derive(Template)]
#[template(path = "outlines.html")]
pub struct OutlinesPage {
    pub t: T,
    pub all: Vec<Listed>,
}

pub struct Listed {
    pub id: String,
    pub title: String,
    pub about: String,
}

impl Listed {
    pub fn new(t: T, outline: &Outline) -> Self {
        let lang = t.lang.tag();
        Self { id: outline.id.clone(), title: outline.title.get(lang).to_owned(), about: outline.about.get(lang).to_owned() }
    }
}

impl Body for OutlinesPage {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        self.t.s("outlines-title")
    }
}

/// One outline, filled.
#[derive(Template)]
#[template(path = "outline.html")]
pub struct OutlinePage {
    pub t: T,
    pub filled: Filled,
    /// Live sharings with those who make this mapping.
    pub sharings: Vec<Recipient>,
    /// The one that this print is for.
    pub shared: Option<Shared>,
}

pub struct Recipient {
    pub consent: ConsentId,
    pub unit: String,
    pub organisation: String,
}

/// What stands on a print for a recipient: its spoken code, and the way to what it may read.
pub struct Shared {
    pub unit: String,
    pub organisation: String,
    pub code: String,
    pub qr: Option<Qr>,
}

/// An entry, and what a look at it found just now, where it is a proof.
pub type Looked<'a> = (&'a Entry, Option<&'a Found>);

/// The groups of an outline with what feeds them. Staff see the same of what a consent lets out.
#[derive(Template)]
#[template(path = "part/outline.html")]
pub struct Filled {
    pub t: T,
    pub id: String,
    pub title: String,
    pub law: String,
    pub about: String,
    pub groups: Vec<Group>,
    pub concepts: bool,
    /// Sensitive groups stand open: to staff, whom the person has given each entry by name.
    pub open: bool,
}

pub struct Group {
    pub id: String,
    pub heading: String,
    pub sensitive: bool,
    pub items: Vec<Item>,
    /// How many are left out on paper.
    pub beyond: usize,
}

pub struct Item {
    words: Words,
    badge: Badge,
    /// What stands on paper, where it is less than on the screen.
    paper: Option<Words>,
    beyond: bool,
}

/// An entry in words. Without a heading where its kind has none of its own: the group's says enough.
#[derive(Clone, PartialEq, Eq)]
struct Words {
    heading: Option<Worded>,
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq)]
struct Part {
    label: Option<String>,
    value: Worded,
}

impl Filled {
    /// Fills the outline with entries, each with what a look at it found where it is a proof, in their own order within each kind.
    pub fn new(t: T, outline: &Outline, entries: &[Looked<'_>], open: bool) -> Self {
        let lang = t.lang.tag();
        let mut groups: Vec<Group> = outline.groups.iter().map(|group| fill(t, group, entries)).collect();
        let counts: Vec<usize> = groups.iter().map(|group| group.items.len()).collect();
        for (group, shown) in groups.iter_mut().zip(outline::fit(&counts, outline::ON_PAPER)) {
            group.beyond = group.items.len() - shown;
            group.items.iter_mut().skip(shown).for_each(|item| item.beyond = true);
        }
        let of_esco = |(entry, _): &Looked<'_>| Shown::new(t, entry).concept;
        Self {
            t,
            id: outline.id.clone(),
            title: outline.title.get(lang).to_owned(),
            law: outline.law.get(lang).to_owned(),
            about: outline.about.get(lang).to_owned(),
            concepts: entries.iter().any(of_esco),
            groups,
            open,
        }
    }

    /// Whether the paper holds less than the screen.
    pub fn cut(&self) -> bool {
        self.groups.iter().any(|group| group.beyond > 0)
    }

    fn folded(&self, group: &Group) -> bool {
        group.sensitive && !self.open && !group.items.is_empty()
    }
}

fn fill(t: T, group: &Wanted, entries: &[Looked<'_>]) -> Group {
    let of = |feed: &'_ Feed| {
        let fitting = entries.iter().filter(|(entry, _)| entry.kind == feed.kind);
        fitting.map(|(entry, found)| item(t, feed, entry, *found)).collect::<Vec<Item>>()
    };
    let items = group.from.iter().flat_map(of).collect();
    let (id, heading) = (group.id.clone(), group.heading.get(t.lang.tag()).to_owned());
    Group { id, heading, sensitive: group.sensitive(), items, beyond: 0 }
}

fn item(t: T, feed: &Feed, entry: &Entry, found: Option<&Found>) -> Item {
    let taken = entry.fields.iter().filter(|(name, _)| feed.takes(name)).map(|(name, value)| (name.clone(), value.clone()));
    let shown = Shown::new(t, &Entry { fields: taken.collect(), ..entry.clone() });
    let shown = shown.found(found);
    let badge = shown.badge();
    let rows = if feed.form == Form::Name { Vec::new() } else { shown.rows };
    let labelled = feed.form == Form::Rows;
    let part = |row: super::shown::Row| {
        // "B1 – vardagen": five of these in a row want the name of the skill more than the words for the level.
        let level =
            (entry.kind == Kind::Language).then(|| row.value.text.split_once(" – ")).flatten().map(|(code, _)| code.to_owned());
        let value = level.map_or(row.value.clone(), |text| Worded { text, lang: None });
        // A bare yes or no says nothing without its question.
        let bare = value.text.chars().count() <= 5;
        Part { label: (labelled || bare).then_some(row.label), value }
    };
    let parts: Vec<Part> = rows.into_iter().map(part).collect();
    let generic = shown.heading.text == t.s(format!("kind-{}", entry.kind.name()));
    let words = Words { heading: Some(shown.heading).filter(|_| !generic || parts.is_empty()), parts };
    Item { paper: cut(&words), words, badge, beyond: false }
}

/// The same, as short as paper wants it; `None` where it is short already.
fn cut(words: &Words) -> Option<Words> {
    let heading = words.heading.as_ref().map(|heading| shorten(heading, HEADING));
    let mut room = ON_PAPER - heading.as_ref().map_or(0.0, |heading| width(&heading.text));
    let mut kept = Vec::new();
    for part in &words.parts {
        let label = part.label.as_deref().map_or(0.0, width) + 2.0;
        if room - label < 8.0 {
            break;
        }
        let value = shorten(&part.value, room - label);
        room -= label + width(&value.text);
        kept.push(Part { label: part.label.clone(), value });
    }
    Some(Words { heading, parts: kept }).filter(|short| short != words)
}

/// Letters of middling width.
fn width(text: &str) -> f32 {
    text_width(text, 1.0) / 0.55
}

fn shorten(worded: &Worded, room: f32) -> Worded {
    if width(&worded.text) <= room {
        return worded.clone();
    }
    let mut text = String::new();
    for c in worded.text.chars() {
        text.push(c);
        if width(&text) > room - 1.5 {
            text.pop();
            break;
        }
    }
    Worded { text: format!("{}…", text.trim_end()), lang: worded.lang.clone() }
}

impl Body for OutlinePage {
    fn place(&self) -> Place {
        Place::Map
    }
    fn title(&self) -> String {
        // Which mapping it is tells of the person: not for the browser's history.
        self.t.s("outlines-title")
    }
    fn concepts(&self) -> bool {
        self.filled.concepts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut_on_paper_and_what_is_short_is_not() {
        let word = |text: &str| Worded { text: text.to_owned(), lang: None };
        let part = |text: &str| Part { label: None, value: word(text) };
        assert!(cut(&Words { heading: Some(word("kock")), parts: vec![part("2019"), part("Blå Grytan")] }).is_none());
        let long = Words { heading: Some(word(&"ö".repeat(200))), parts: vec![part(&"å ".repeat(400)), part("x")] };
        let short = cut(&long).expect("cut");
        let heading = short.heading.expect("kept").text;
        let all = width(&heading) + short.parts.iter().map(|part| width(&part.value.text)).sum::<f32>();
        assert!(heading.ends_with('…') && all <= ON_PAPER + 2.0, "{all}");
        assert_eq!(short.parts.len(), 1, "what has no room is left to the screen");
    }
}
