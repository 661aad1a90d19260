//! Samples of every page in every state, with invented people.

mod gap;
mod guide;
mod issuing;
mod link;
mod outline;
mod person;
mod progress;
mod proof;
mod public;
mod request;
mod share;
mod staff;
mod statement;
mod wallet;

use super::map::{Isle, Own};
use super::shown::{Shown, Worded};
use super::{Body, Frame, Place};
use crate::domain::profile::entry::{check, read};
use crate::domain::profile::{ConceptRef, Entry, Evidence, Fields, File, FileKey, Kind, Media, Source, Value};
use crate::domain::time::{DAY, MINUTE};
use crate::domain::{EntryId, Timestamp};
use crate::text::{Lang, T};
use uuid::Uuid;

/// 21 November 2026, 09.12 in Stockholm.
pub fn t(lang: Lang) -> T {
    T::new(lang, Timestamp::parse_rfc3339("2026-11-21T08:12:00Z").expect("a time"))
}

/// Every page: a name for its file, and its HTML.
pub fn all(lang: Lang) -> Vec<(String, String)> {
    let t = t(lang);
    let mut pages = Pages { t, all: Vec::new() };
    public::public(&mut pages);
    person::passphrases(&mut pages);
    person::map(&mut pages);
    person::entries(&mut pages);
    person::documents(&mut pages);
    guide::guide(&mut pages);
    gap::gap(&mut pages);
    outline::outline(&mut pages);
    progress::progress(&mut pages);
    person::files(&mut pages);
    share::share(&mut pages);
    share::consents(&mut pages);
    request::requests(&mut pages);
    link::link(&mut pages);
    proof::proofs(&mut pages);
    wallet::wallets(&mut pages);
    person::events(&mut pages);
    if lang.speaks_to_staff() {
        staff::staff(&mut pages);
        wallet::of_staff(&mut pages);
        issuing::issuing(&mut pages);
        request::of_staff(&mut pages);
    }
    person::keys(&mut pages);
    pages.all
}

struct Pages {
    t: T,
    all: Vec<(String, String)>,
}

impl Pages {
    fn add(&mut self, name: &str, body: &impl Body) {
        let mut frame = Frame::public(self.t, "/sample");
        frame.demo = true;
        frame.person_signed_in = !matches!(body.place(), Place::Public | Place::Inbox | Place::Unit | Place::Issuing);
        frame.staff_signed_in = matches!(body.place(), Place::Inbox | Place::Unit | Place::Issuing);
        frame.session_ends = (body.place() != Place::Public).then(|| self.t.now.plus(30 * MINUTE));
        self.framed(name, &frame, body);
    }

    fn framed(&mut self, name: &str, frame: &Frame, body: &impl Body) {
        self.all.push((name.to_owned(), frame.render(body)));
    }
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0191_d5a0_0000_7000_8000_0000_0000_0000 + n)
}

fn entry(t: T, kind: Kind, lang: &str, evidence: Evidence, age: i64, fields: &[(&str, &str)]) -> Entry {
    let mut all = Fields::new();
    for (name, text) in fields {
        let shape = kind.field(name).unwrap_or_else(|| panic!("{kind:?} has {name}")).shape;
        let typed: Vec<String> = text.split('|').map(str::to_owned).collect();
        let value = read(shape, &typed).unwrap_or_else(|fault| panic!("{name} {text}: {fault:?}")).expect("a value");
        let value = match value {
            Value::Concept(_) => Value::Concept(ConceptRef {
                uri: typed.get(1).map(|_| format!("http://data.europa.eu/esco/skill/{}", text.len())),
                entered: typed[0].clone(),
                sv: typed.get(1).cloned(),
                en: typed.get(2).cloned(),
            }),
            other => other,
        };
        all.insert((*name).to_owned(), value);
    }
    check(kind, &all).expect("a sound sample");
    let at = t.now.plus(-age);
    Entry {
        kind,
        lang: lang.to_owned(),
        source: Source::Own,
        evidence,
        fields: all,
        created: at,
        updated: at,
        confirmed: at,
        file: None,
    }
}

/// A whole map: Amal, who came from Aleppo and cooks and cares.
pub fn profile(t: T) -> Vec<Entry> {
    use Evidence::{E1, E2, E3, E4, E5};
    let new = |kind, evidence, fields: &[(&str, &str)]| entry(t, kind, "sv", evidence, 20 * DAY, fields);
    let skill = |sv: &str, en: &str, evidence, level: &str| {
        new(Kind::Skill, evidence, &[("skill", &format!("{sv}|{sv}|{en}")), ("level", level), ("last_used", "2026-08")])
    };
    vec![
        new(Kind::PreferredName, E1, &[("name", "Amal")]),
        new(Kind::Contact, E1, &[("phone", "070-174 06 05"), ("email", "amal@example.org")]),
        new(Kind::Home, E1, &[("municipality", "Vetlanda")]),
        new(Kind::Communication, E1, &[("interpreter", "ar"), ("channel", "phone|meeting"), ("support", "read_aloud")]),
        new(Kind::Language, E1, &[("language", "ar"), ("mother_tongue", "yes")]),
        new(Kind::Language, E3, &[("language", "sv"), ("listening", "b1"), ("reading", "a2"), ("sfi", "2c")]),
        new(
            Kind::Education,
            E1,
            &[("title", "Sjuksköterskeutbildning"), ("level", "5"), ("country", "SY"), ("years", "3"), ("to", "2011")],
        ),
        entry(
            t,
            Kind::Work,
            "ar",
            E1,
            200 * DAY,
            &[
                ("occupation", "ممرضة|sjuksköterska|nurse"),
                ("employer", "Aleppo University Hospital"),
                ("country", "SY"),
                ("from", "2012-03"),
                ("to", "2015"),
                ("tasks", "رعاية المرضى في قسم الجراحة"),
            ],
        ),
        new(
            Kind::Work,
            E2,
            &[
                ("occupation", "köksbiträde|köksbiträde|kitchen assistant"),
                ("employer", "Skolköket"),
                ("from", "2024-01-15"),
                ("ongoing", "yes"),
                ("extent", "50"),
                ("form", "practice"),
            ],
        ),
        new(Kind::Informal, E1, &[("what", "Laga mat för många"), ("context", "community"), ("hours_per_week", "6")]),
        skill("omvårdnad", "nursing care", E4, "can_teach"),
        skill("lyfta rätt", "lift safely", E1, "fast"),
        skill("läkemedel", "medicines", E5, "alone"),
        skill("hygien", "hygiene", E3, "fast"),
        skill("dokumentera", "keep records", E1, "with_help"),
        skill("bemöta oro", "calm worry", E2, "alone"),
        skill("förebygga och bekämpa vårdrelaterade infektioner", "prevent care-related infections", E1, "alone"),
        new(
            Kind::Qualification,
            E4,
            &[("name", "Vårdbiträde"), ("issuer", "Vetlanda lärcentrum"), ("seqf", "3"), ("part", "part"), ("issued", "2026-05")],
        ),
        new(Kind::Licence, E1, &[("licence", "b"), ("issued", "2019")]),
        new(Kind::Licence, E5, &[("licence", "food_hygiene"), ("expires", "2028-05-30")]),
        new(
            Kind::Goal,
            E1,
            &[
                ("occupation", "undersköterska|undersköterska|assistant nurse"),
                ("motivation", "Jag vill arbeta med människor igen."),
            ],
        ),
        new(Kind::Conditions, E1, &[("hours_per_week", "30"), ("times", "day|evening"), ("commute_minutes", "45")]),
        new(Kind::Needs, E1, &[("need", "En lugn plats att skriva på"), ("capacity", "75")]),
        new(Kind::Health, E1, &[("wellbeing", "4")]),
        new(Kind::Progress, E1, &[("area", "everyday"), ("value", "2"), ("on", "2026-03-02"), ("rater", "self")]),
        new(Kind::Progress, E1, &[("area", "everyday"), ("value", "2"), ("on", "2026-03-02"), ("rater", "coach")]),
        new(Kind::RightToWork, E1, &[("may_work", "yes"), ("until", "2028-01-31")]),
        scan(new(Kind::Document, E1, &[("title", "Intyg från Skolköket"), ("what", "certificate"), ("pages", "2")])),
    ]
}

/// A document with its file.
fn scan(entry: Entry) -> Entry {
    let (version, key) = (crate::domain::VersionId(id(900)), FileKey::untold());
    let file = File { version, media: Media::Pdf, bytes: 327_000, chunks: 5, sha256: "00".repeat(32), key };
    Entry { file: Some(file), ..entry }
}

fn own(t: T) -> Vec<Own> {
    let isle = |n: usize, entry: &Entry| {
        let family = ["care", "kitchen"][n % 2];
        (entry.kind == Kind::Skill && !n.is_multiple_of(3))
            .then(|| Isle { key: family.to_owned(), title: t.s(format!("example-{family}")) })
    };
    let own = |(n, entry): (usize, Entry)| {
        // The one concept of Arabic words is one that has been replaced.
        let new = Worded::of("legitimerad sjuksköterska", "sv", t);
        let renamed = if entry.lang == "ar" { vec![new] } else { vec![] };
        Own { id: EntryId(id(n as u128)), shown: Shown::new(t, &entry), isle: isle(n, &entry), renamed }
    };
    profile(t).into_iter().enumerate().map(own).collect()
}
