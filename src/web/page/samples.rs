//! Samples of every page in every state, with invented people.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::confirm::{Confirm, Reauthenticate};
use super::entry::{Audience, EntryForm, EntryPage, Found};
use super::events::{EventsPage, Line, Verified};
use super::form::{Choice, Wrong};
use super::inbox::{Inbox, InboxRow};
use super::keys::{Keys, Session, Slot, SlotKind};
use super::map::{MapPage, Own, SectionPage};
use super::passphrase::{NewPassphrase, Sheet, Unlock, UnlockSheet, Whose};
use super::public::{Accessibility, Contact, Demo, ErrorPage, Help, Issuer, Persona, PersonalData, Plain, Start};
use super::reading::{Contents, Group, ReadingPage, StaffConsent};
use super::sharing::{
    Answers, ConsentPage, ConsentRow, ShareDone, ShareEntry, ShareHow, SharePurpose, ShareSection, ShareSummary, ShareUnit,
    ShareWhat, SharingList, UnitRow, Withdrawn,
};
use super::shown::Shown;
use super::unit::{Invite, Once, StaffRow, TokenRow, UnitPage};
use super::{Body, Frame, Notice, Place, url};
use crate::domain::consent::{Mode, State};
use crate::domain::event::{Event, Outcome, Party, What, Who};
use crate::domain::organisation::Role;
use crate::domain::profile::entry::{check, read};
use crate::domain::profile::{ConceptRef, Entry, Evidence, Fields, Kind, Section, Source, Value};
use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::domain::{ConsentId, EntryId, StaffId, Timestamp, UnitId};
use crate::text::{Lang, T};

/// 21 November 2026, 09.12 in Stockholm.
pub fn t(lang: Lang) -> T {
    T::new(lang, Timestamp::parse_rfc3339("2026-11-21T08:12:00Z").expect("a time"))
}

/// Every page: a name for its file, and its HTML.
pub fn all(lang: Lang) -> Vec<(String, String)> {
    let t = t(lang);
    let mut pages = Pages { t, all: Vec::new() };
    public(&mut pages);
    passphrases(&mut pages);
    map(&mut pages);
    entries(&mut pages);
    share(&mut pages);
    consents(&mut pages);
    events(&mut pages);
    staff(&mut pages);
    keys(&mut pages);
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
        frame.person_signed_in = !matches!(body.place(), Place::Public | Place::Inbox | Place::Unit);
        frame.staff_signed_in = matches!(body.place(), Place::Inbox | Place::Unit);
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
    Entry { kind, lang: lang.to_owned(), source: Source::Own, evidence, fields: all, created: at, updated: at, confirmed: at }
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
        new(Kind::RightToWork, E1, &[("may_work", "yes"), ("until", "2028-01-31")]),
    ]
}

fn own(t: T) -> Vec<Own> {
    let shown = profile(t).into_iter().enumerate();
    shown.map(|(n, entry)| Own { id: EntryId(id(n as u128)), shown: Shown::new(t, &entry) }).collect()
}

fn contact() -> Contact {
    Contact {
        controller: "Exempelmyndigheten".into(),
        number: "202100-0000".into(),
        address: "Box 1, 111 11 Stockholm".into(),
        email: "hej@example.org".into(),
        phone: "0771-00 00 00".into(),
        officer: "dataskydd@example.org".into(),
        authority: "Integritetsskyddsmyndigheten (IMY)".into(),
        authority_contact: "imy@imy.se, 08-657 61 00".into(),
    }
}

fn public(pages: &mut Pages) {
    let t = pages.t;
    let issuer = |name: &str| Issuer { id: "demo".into(), name: name.into() };
    let start = |signed, demo| Start {
        t,
        person_issuers: vec![issuer("Demo-legitimation")],
        staff_issuers: vec![issuer("Demo-tjänstekort")],
        person_signed_in: signed,
        staff_signed_in: signed,
        demo,
    };
    pages.add("start", &start(false, true));
    pages.add("start-signed-in", &start(true, false));
    let persona = |name: &str, role: Option<&str>, passphrase: Option<&str>| Persona {
        id: name.to_lowercase(),
        issuer: "demo".into(),
        name: name.into(),
        about: "Har två delningar och kan sluta dela.".into(),
        passphrase: passphrase.map(str::to_owned),
        role: role.map(str::to_owned),
    };
    let words = "solig krona måne fjäril tackla ö";
    pages.add(
        "demo",
        &Demo {
            t,
            persons: vec![persona("Amal Haddad", None, Some(words)), persona("Bo Berg", None, None)],
            units: vec![(
                "Arbetsmarknadsenheten, Vetlanda kommun".into(),
                vec![persona("Karin Ek", Some("administratör"), Some(words)), persona("Nils Öberg", Some("läsare"), Some(words))],
            )],
        },
    );
    pages.add("help", &Help { t, contact: contact() });
    pages.add("personal-data", &PersonalData { t, contact: contact() });
    let report = |what: &str, wrong: Vec<Wrong>| Accessibility {
        t,
        contact: contact(),
        what: what.into(),
        page: String::new(),
        answer: String::new(),
        wrong,
    };
    pages.add("accessibility", &report("", vec![]));
    pages.add("accessibility-wrong", &report("", vec![Wrong::new("what", t.s("wrong-report"))]));
    pages.add("report-thanks", &Plain::report_thanks(t));
    pages.add("signed-out", &Plain::signed_out(t));
    pages.add("not-found", &Plain::not_found(t));
    for key in
        ["bad-request", "forbidden", "too-large", "too-many", "conflict", "internal", "busy", "origin", "session-ended", "login"]
    {
        pages.add(&format!("error-{key}"), &ErrorPage::of(t, key, (key == "internal").then(|| "7f3a-92c1".into())));
    }
}

fn passphrases(pages: &mut Pages) {
    let t = pages.t;
    let new = |whose, first, own_chosen, wrong| NewPassphrase {
        t,
        whose,
        first,
        words: "solig krona måne fjäril tackla ö".into(),
        own_chosen,
        wrong,
    };
    pages.add("passphrase-new", &new(Whose::Person, true, false, vec![]));
    pages.add("passphrase-new-wrong", &new(Whose::Person, true, true, vec![Wrong::new("own", t.s("wrong-passphrase-short"))]));
    pages.add("passphrase-change", &new(Whose::Person, false, false, vec![]));
    pages.add("passphrase-new-staff", &new(Whose::Staff, true, false, vec![]));
    for (name, whose) in [("sheet", Whose::Person), ("sheet-staff", Whose::Staff), ("sheet-unit", Whose::Unit)] {
        pages.add(
            name,
            &Sheet {
                t,
                whose,
                groups: ["K7M2", "QF9X", "4TRW", "8HJN", "C3VP", "6YDZ", "2B5G"].map(str::to_owned).into(),
                made: t.now,
                unit: (whose == Whose::Unit).then(|| "Arbetsmarknadsenheten, Vetlanda kommun".into()),
                service: "egenkarta.example".into(),
                next: url::KEYS_SHEET_KEPT.into(),
            },
        );
    }
    let wrong = || vec![Wrong::new("passphrase", t.s("wrong-passphrase"))];
    pages.add("unlock", &Unlock { t, whose: Whose::Person, wrong: vec![], next: None });
    pages.add("unlock-wrong", &Unlock { t, whose: Whose::Person, wrong: wrong(), next: Some(url::MAP.into()) });
    pages.add("unlock-staff", &Unlock { t, whose: Whose::Staff, wrong: vec![], next: None });
    pages.add("unlock-sheet", &UnlockSheet { t, whose: Whose::Person, wrong: vec![] });
    let wrong = vec![Wrong::new("code", t.s("wrong-sheet"))];
    pages.add("unlock-sheet-wrong", &UnlockSheet { t, whose: Whose::Staff, wrong });
    pages.add(
        "reauthenticate",
        &Reauthenticate {
            t,
            place: Place::Keys,
            why: t.s("why-sheet"),
            action: url::KEYS_SHEET.into(),
            hidden: vec![("x".into(), "y".into())],
            wrong: vec![Wrong::new("passphrase-again", t.s("wrong-passphrase"))],
            back: url::KEYS.into(),
        },
    );
}

fn map(pages: &mut Pages) {
    let t = pages.t;
    pages.add("map", &MapPage::new(t, Some("Amal".into()), own(t)));
    pages.add("map-empty", &MapPage::new(t, None, vec![]));
    let one = own(t).into_iter().filter(|own| own.shown.kind == Kind::Skill).take(1).collect();
    pages.add("map-one", &MapPage::new(t, None, one));
    let mut frame = Frame::public(t, url::MAP);
    frame.person_signed_in = true;
    frame.session_ends = Some(t.now.plus(MINUTE));
    frame.notice = Some(Notice { text: t.s("done-saved"), warning: false });
    let full: Vec<Own> =
        (0..5).flat_map(|_| own(t)).enumerate().map(|(n, own)| Own { id: EntryId(id(n as u128)), ..own }).collect();
    pages.framed("map-full", &frame, &MapPage::new(t, Some("Amal".into()), full));
    for section in [Section::P01, Section::P03, Section::P05, Section::P07, Section::P12, Section::P15] {
        let entries: Vec<Own> = own(t).into_iter().filter(|own| own.shown.kind.section() == section).collect();
        let full = section == Section::P07;
        let addable = if full { vec![] } else { section.kinds().collect() };
        pages.add(&format!("section-{}", section.code()), &SectionPage { t, section, entries, addable, full });
    }
}

fn audience(t: T) -> Vec<Audience> {
    vec![Audience {
        consent: ConsentId(id(700)),
        unit: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        until: Timestamp::end_of_day(t.now.plus(90 * DAY).day()),
        ticked: false,
    }]
}

fn entries(pages: &mut Pages) {
    let t = pages.t;
    for kind in Kind::ALL {
        pages.add(&format!("entry-new-{}", kind.name()), &EntryForm::new(t, *kind, None, &BTreeMap::new(), &[], BTreeMap::new()));
    }
    let work = profile(t).into_iter().find(|entry| entry.kind == Kind::Work).expect("a work");
    let mut typed = EntryForm::typed(&work.fields);
    typed.insert("from".into(), vec!["i våras".into()]);
    let faults = vec![
        ("from".to_owned(), crate::domain::profile::Fault::NotADate),
        ("tasks".to_owned(), crate::domain::profile::Fault::TooLong { max: 500 }),
        ("extent".to_owned(), crate::domain::profile::Fault::NotANumber { min: 1, max: 100 }),
    ];
    pages.add("entry-wrong", &EntryForm::new(t, Kind::Work, Some(EntryId(id(7))), &typed, &faults, BTreeMap::new()));
    let hit = |n: u32, label: &str, lang: &str, why: Option<&str>| Found {
        uri: format!("urn:skill:{n}"),
        label: label.into(),
        lang: lang.into(),
        why: why.map(str::to_owned),
    };
    let found = vec![hit(1, "laga mat", "sv", None), hit(2, "tillaga rätter", "sv", Some("cook dishes"))];
    let typed = BTreeMap::from([("skill".to_owned(), vec!["laga".to_owned()])]);
    pages.add("entry-search", &EntryForm::new(t, Kind::Skill, None, &typed, &[], BTreeMap::from([("skill".to_owned(), found)])));
    pages.add(
        "entry-search-none",
        &EntryForm::new(t, Kind::Skill, None, &typed, &[], BTreeMap::from([("skill".to_owned(), vec![])])),
    );
    for (name, kind) in [("entry-audience", Kind::Skill), ("entry-audience-sensitive", Kind::Needs)] {
        let mut form = EntryForm::new(t, kind, None, &typed, &[], BTreeMap::new());
        form.audience = audience(t);
        form.stale = kind == Kind::Skill;
        pages.add(name, &form);
    }
    let shown = || Shown::new(t, &work);
    pages.add(
        "entry",
        &EntryPage {
            t,
            id: EntryId(id(7)),
            shown: shown(),
            audience: audience(t),
            earlier: vec![(t.now.plus(-30 * DAY), shown()), (t.now.plus(-90 * DAY), shown())],
        },
    );
    pages.add("entry-alone", &EntryPage { t, id: EntryId(id(7)), shown: shown(), audience: vec![], earlier: vec![] });
    pages.add(
        "entry-delete",
        &Confirm {
            t,
            place: Place::Map,
            question: t.one("entry-delete-question", "heading", "sjuksköterska"),
            meaning: vec![t.s("entry-delete-meaning"), t.s("entry-delete-shared")],
            action: url::entry_delete(EntryId(id(7))),
            yes: t.s("entry-delete-yes"),
            back: url::MAP.into(),
            hidden: vec![],
        },
    );
}

fn unit_row() -> UnitRow {
    UnitRow {
        id: UnitId(id(900)),
        name: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        number: "212000-0571".into(),
        kind: "Kommun, arbetsmarknadsenhet".into(),
        municipality: "Vetlanda".into(),
    }
}

fn contents(t: T, level: u8, mode: Mode) -> Contents {
    let group = |section: Section, folded| Group {
        section,
        items: profile(t).iter().filter(|entry| entry.kind.section() == section).map(|entry| Shown::new(t, entry)).collect(),
        folded,
    };
    Contents {
        t,
        name: Some("Amal".into()),
        code: "K7M-2QF".into(),
        purpose: "Planera praktik tillsammans med dig".into(),
        mode,
        until: Timestamp::end_of_day(t.now.plus(180 * DAY).day()),
        groups: vec![group(Section::P05, false), group(Section::P07, false), group(Section::P03, false), group(Section::P01, true)],
        level,
    }
}

fn share(pages: &mut Pages) {
    let t = pages.t;
    let root = || url::SHARING_NEW.to_owned();
    let answers = || Answers { unit: Some(unit_row().id), ..Answers::default() };
    let unit = |query: &str, found, more, wrong| ShareUnit { t, query: query.into(), found, more, wrong };
    pages.add("share-unit", &unit("", None, false, vec![]));
    pages.add("share-unit-found", &unit("vetl", Some(vec![unit_row(), unit_row()]), true, vec![]));
    pages.add("share-unit-none", &unit("xyz", Some(vec![]), false, vec![]));
    pages.add("share-unit-wrong", &unit("", None, false, vec![Wrong::new("query", t.s("wrong-query"))]));
    let purposes = || vec![Choice::new("planning", "Planera praktik", false), Choice::new("matching", "Hitta ett arbete", false)];
    let purpose = |wrong| SharePurpose { t, root: root(), unit: unit_row(), purposes: purposes(), answers: answers(), wrong };
    pages.add("share-purpose", &purpose(vec![]));
    pages.add("share-purpose-wrong", &purpose(vec![Wrong::new("purpose", t.s("wrong-purpose"))]));
    let one = |own: Own, chosen, kept_out| ShareEntry { id: own.id, shown: own.shown, chosen, kept_out };
    let part = |section: Section, chosen| ShareSection {
        section,
        chosen,
        entries: own(t).into_iter().filter(|own| own.shown.kind.section() == section).map(|own| one(own, false, false)).collect(),
    };
    let what = |chosen: bool, wrong| ShareWhat {
        t,
        root: root(),
        unit: unit_row(),
        sections: vec![
            part(Section::P03, chosen),
            part(Section::P05, false),
            ShareSection {
                section: Section::P07,
                chosen,
                entries: own(t)
                    .into_iter()
                    .filter(|own| own.shown.kind == Kind::Skill)
                    .map(|own| one(own, false, chosen))
                    .collect(),
            },
        ],
        others: vec![part(Section::P04, false), part(Section::P02, false), part(Section::P11, false)],
        sensitive: own(t).into_iter().filter(|own| own.shown.kind == Kind::Needs).map(|own| one(own, chosen, false)).collect(),
        answers: answers(),
        wrong,
    };
    pages.add("share-what", &what(false, vec![]));
    pages.add("share-what-chosen", &what(true, vec![]));
    pages.add("share-what-wrong", &what(false, vec![Wrong::new("what", t.s("wrong-what"))]));
    let how = |mode, other: &str, wrong| ShareHow {
        t,
        root: root(),
        unit: unit_row(),
        presets: [30, 90, 181]
            .map(|days| Choice::new("2027-01-01", t.until(&Timestamp::end_of_day(t.now.plus(days * DAY).day())), false))
            .into(),
        other: other.into(),
        other_chosen: !other.is_empty(),
        latest: t.day(&t.now.plus(365 * DAY)),
        name: Some("Amal".into()),
        answers: Answers { mode, ..answers() },
        wrong,
    };
    pages.add("share-how", &how(None, "", vec![]));
    let wrong = vec![Wrong::new("mode", t.s("wrong-mode")), Wrong::new("until", t.one("wrong-until", "latest", "21 maj 2027"))];
    pages.add("share-how-wrong", &how(Some(Mode::View), "2031-01-01", wrong));
    summaries(pages);
}

fn summaries(pages: &mut Pages) {
    let t = pages.t;
    let summary = |mode, sensitive: bool, changing, wrong| ShareSummary {
        t,
        root: url::SHARING_NEW.to_owned(),
        unit: unit_row(),
        purpose: "Planera praktik tillsammans med dig".into(),
        basis: "Kommunens uppgift att stödja den som söker arbete.".into(),
        if_no: "Inget händer. Du kan berätta själv i stället.".into(),
        sections: vec![(Section::P05, 2), (Section::P07, 7), (Section::P03, 2)],
        sensitive: if sensitive { vec!["En lugn plats att skriva på".into()] } else { vec![] },
        mode,
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        name: sensitive.then(|| "Amal".into()),
        preview: contents(t, 3, mode),
        authority: contact().authority,
        passphrase: sensitive,
        changing,
        answers: Answers { unit: Some(unit_row().id), purpose: Some("planning".into()), ..Answers::default() },
        wrong,
    };
    pages.add("share-summary", &summary(Mode::View, false, false, vec![]));
    pages.add("share-summary-sensitive", &summary(Mode::Copy, true, false, vec![]));
    pages.add(
        "share-summary-change",
        &summary(Mode::Copy, true, true, vec![Wrong::new("passphrase-again", t.s("wrong-passphrase"))]),
    );
    let done = |changed| ShareDone {
        t,
        consent: ConsentId(id(700)),
        code: "K7M-2QF".into(),
        unit: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        changed,
    };
    pages.add("share-done", &done(false));
    pages.add("share-changed", &done(true));
    pages.add("not-shared", &Plain::not_shared(t));
}

fn consent_row(t: T, n: u128, state: State, reads: u64) -> ConsentRow {
    ConsentRow {
        id: ConsentId(id(700 + n)),
        code: "K7M-2QF".into(),
        unit: if n == 0 { "Arbetsmarknadsenheten" } else { "Rekrytering AB" }.into(),
        organisation: if n == 0 { "Vetlanda kommun" } else { "Rekrytering AB" }.into(),
        purpose: "Planera praktik tillsammans med dig".into(),
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        mode: if n == 0 { Mode::View } else { Mode::Copy },
        state,
        sections: vec![(Section::P05, 2), (Section::P07, 7), (Section::P03, 2)],
        reads,
        last_read: (reads > 0).then(|| t.now.plus(-HOUR)),
    }
}

fn consents(pages: &mut Pages) {
    let t = pages.t;
    let ended = State::Withdrawn { at: t.now.plus(-DAY) };
    pages.add(
        "sharing",
        &SharingList {
            t,
            live: vec![consent_row(t, 0, State::Given, 3), consent_row(t, 1, State::Given, 0)],
            ended: vec![
                consent_row(t, 2, ended, 1),
                consent_row(t, 3, State::Expired { at: t.now.plus(-9 * DAY) }, 1),
                consent_row(t, 4, State::Invalidated { at: t.now.plus(-9 * DAY) }, 1),
            ],
            closed: false,
        },
    );
    let locked = vec![consent_row(t, 3, State::Given, 0)];
    pages.add("sharing-closed", &SharingList { t, live: locked, ended: vec![], closed: true });
    pages.add("sharing-none", &SharingList { t, live: vec![], ended: vec![], closed: false });
    pages.add(
        "consent",
        &ConsentPage {
            t,
            row: consent_row(t, 0, State::Given, 3),
            contents: Some(contents(t, 3, Mode::View)),
            name: Some("Amal".into()),
            lines: lines(t).into_iter().take(2).collect(),
            tokens: vec![("ärendesystemet".into(), "Karin Ek".into(), t.now.plus(20 * DAY))],
        },
    );
    let row = consent_row(t, 1, ended, 0);
    pages.add("consent-ended", &ConsentPage { t, row, contents: None, name: None, lines: vec![], tokens: vec![] });
    pages.add(
        "withdraw",
        &Confirm {
            t,
            place: Place::Sharing,
            question: t.one("withdraw-question", "unit", "Arbetsmarknadsenheten"),
            meaning: vec![t.s("withdraw-meaning"), t.s("withdraw-kept")],
            action: url::consent_withdraw(ConsentId(id(700))),
            yes: t.s("withdraw-yes"),
            back: url::SHARING.into(),
            hidden: vec![],
        },
    );
    for (name, reads, delivered) in [
        ("withdrawn-closed", None, false),
        ("withdrawn-unread", Some(0), false),
        ("withdrawn", Some(3), false),
        ("withdrawn-copy", Some(1), true),
    ] {
        let (unit, organisation) = ("Arbetsmarknadsenheten".into(), "Vetlanda kommun".into());
        pages.add(name, &Withdrawn { t, unit, organisation, reads, delivered });
    }
}

fn lines(t: T) -> Vec<Line> {
    const ALL: [What; 22] = [
        What::Read,
        What::Denied,
        What::ConsentWithdrawn,
        What::CopyDelivered,
        What::ConsentGiven,
        What::ConsentChanged,
        What::ConsentExpired,
        What::ConsentInvalidated,
        What::TokenMinted,
        What::TokenRevoked,
        What::EntryAdded,
        What::EntryChanged,
        What::EntryConfirmed,
        What::EntryDeleted,
        What::Exported,
        What::EraseAsked,
        What::LoginBound,
        What::KeysRotated,
        What::SlotAdded,
        What::SlotRemoved,
        What::Opened,
        What::AccountCreated,
    ];
    let line = |(n, what): (usize, What)| {
        let other = matches!(what, What::Read | What::CopyDelivered | What::TokenMinted | What::TokenRevoked);
        let event = Event {
            what,
            at: t.now.plus(-(n as i64) * 7 * HOUR),
            who: if other { Who::Staff { name: "Karin Ek".into() } } else { Who::Owner },
            unit: Some(Party { unit: "Arbetsmarknadsenheten".into(), organisation: "Vetlanda kommun".into() }),
            consent: Some(ConsentId(id(700))),
            purpose: None,
            sections: vec![Section::P07, Section::P03],
            entries: 9,
            case: (what == What::Read).then(|| "2026-118".into()),
            outcome: if what == What::Denied { Outcome::Denied } else { Outcome::Done },
            count: if what == What::Denied { 3 } else { 1 },
        };
        Line::new(t, &event, (what == What::Read).then_some("planera praktik"))
    };
    ALL.into_iter().enumerate().map(line).collect()
}

fn events(pages: &mut Pages) {
    let t = pages.t;
    let note = "egenkarta.example/log\n1284\nx4bXv0tq0mQ3c1o1U0sVnq0pQ8bB2o9b3N1p5Yk2l9M=\n\n— egenkarta.example/log 9dUkzA…\n";
    let page = |verified| EventsPage { t, lines: lines(t), older: Some("1200".into()), checkpoint: Some(note.into()), verified };
    pages.add("events", &page(None));
    pages.add("events-whole", &page(Some(Verified::Whole { lines: 84 })));
    pages.add("events-waiting", &page(Some(Verified::Waiting { lines: 1 })));
    pages.add("events-broken", &page(Some(Verified::Broken { line: 12 })));
    pages.add("events-none", &EventsPage { t, lines: vec![], older: None, checkpoint: None, verified: None });
    let unknown = Event {
        what: What::Denied,
        at: t.now,
        who: Who::Unknown,
        unit: None,
        consent: None,
        purpose: None,
        sections: vec![],
        entries: 0,
        case: None,
        outcome: Outcome::Denied,
        count: 1,
    };
    let by_token = Event {
        what: What::Read,
        who: Who::Token { label: "ärendesystemet".into(), by: "Karin Ek".into() },
        unit: Some(Party { unit: "Rekrytering AB".into(), organisation: "Rekrytering AB".into() }),
        sections: vec![Section::P05],
        outcome: Outcome::Done,
        ..unknown.clone()
    };
    let lines = vec![Line::new(t, &unknown, None), Line::new(t, &by_token, None)];
    pages.add("events-unknown", &EventsPage { t, lines, older: None, checkpoint: None, verified: None });
}

fn staff(pages: &mut Pages) {
    let t = pages.t;
    let row = |n: u128, state, name: Option<&str>, case: Option<&str>| InboxRow {
        consent: ConsentId(id(700 + n)),
        code: "K7M-2QF".into(),
        name: name.map(str::to_owned),
        purpose: "Planera praktik tillsammans med dig".into(),
        mode: if n == 0 { Mode::View } else { Mode::Copy },
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        state,
        case: case.map(str::to_owned),
        new: n == 0,
    };
    let inbox = |live, ended, code: &str| Inbox {
        t,
        unit: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        live,
        ended,
        code: code.into(),
        searched: !code.is_empty(),
    };
    let live = vec![row(0, State::Given, Some("Amal"), None), row(1, State::Given, None, Some("2026-118"))];
    let ended = vec![
        row(2, State::Withdrawn { at: t.now.plus(-DAY) }, Some("Bo"), Some("2026-97")),
        row(3, State::Expired { at: t.now.plus(-DAY) }, None, None),
        row(4, State::Refused, None, None),
    ];
    pages.add("inbox", &inbox(live, ended, ""));
    pages.add("inbox-none", &inbox(vec![], vec![], ""));
    pages.add("inbox-not-found", &inbox(vec![], vec![], "XXX"));
    let consent = |mode, wrong: Vec<Wrong>| StaffConsent {
        t,
        consent: ConsentId(id(700)),
        code: "K7M-2QF".into(),
        name: Some("Amal".into()),
        purpose: "Planera praktik tillsammans med dig".into(),
        mode,
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        case: String::new(),
        wrong,
    };
    pages.add("staff-consent", &consent(Mode::View, vec![]));
    pages.add("staff-consent-wrong", &consent(Mode::Copy, vec![Wrong::new("case", t.s("wrong-case"))]));
    for (name, mode) in [("reading", Mode::View), ("reading-copy", Mode::Copy)] {
        pages.add(
            name,
            &ReadingPage {
                t,
                contents: contents(t, 2, mode),
                case: "2026-118".into(),
                reader: "Karin Ek".into(),
                unit: "Arbetsmarknadsenheten".into(),
                at: t.now,
            },
        );
    }
    let empty = Contents { groups: vec![], name: None, ..contents(t, 2, Mode::View) };
    pages.add(
        "reading-empty",
        &ReadingPage {
            t,
            contents: empty,
            case: "2026-118".into(),
            reader: "Karin Ek".into(),
            unit: "Arbetsmarknadsenheten".into(),
            at: t.now,
        },
    );
    units(pages);
}

fn units(pages: &mut Pages) {
    let t = pages.t;
    let member = |n: u128, name: &str, role, this, invited| StaffRow { id: StaffId(id(n)), name: name.into(), role, this, invited };
    let unit = |administrator, wrong| UnitPage {
        t,
        unit: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        number: "212000-0571".into(),
        administrator,
        staff: vec![
            member(800, "Karin Ek", Role::Administrator, true, false),
            member(801, "Nils Öberg", Role::Reader, false, false),
            member(802, "Ada Lind", Role::Reader, false, true),
        ],
        tokens: vec![TokenRow {
            id: "1".into(),
            label: "ärendesystemet".into(),
            code: "K7M-2QF".into(),
            by: "Karin Ek".into(),
            until: t.now.plus(20 * DAY),
        }],
        sheet: Some(t.now.plus(-40 * DAY)),
        name: String::new(),
        role: None,
        code: String::new(),
        label: String::new(),
        days: String::new(),
        wrong,
    };
    pages.add("unit", &unit(true, vec![]));
    let wrong =
        [("name", "wrong-name"), ("role", "wrong-role"), ("code", "wrong-code"), ("label", "wrong-label"), ("days", "wrong-days")];
    pages.add("unit-wrong", &unit(true, wrong.map(|(id, key)| Wrong::new(id, t.s(key))).into()));
    pages.add("unit-reader", &unit(false, vec![]));
    pages.add("once-invite", &Once::invite(t, "https://egenkarta.example/invite#V6TR-9KQ2-XW4M-7HPN".into()));
    pages.add("once-token", &Once::token(t, "ekt_7Yh2kQ0s9dP4mZ1xV8bN3cR6tL5wF0aG".into()));
    pages.add("invite", &Invite { t, code: String::new(), wrong: vec![] });
    pages.add("invite-wrong", &Invite { t, code: "abc".into(), wrong: vec![Wrong::new("code", t.s("wrong-invite"))] });
}

fn keys(pages: &mut Pages) {
    let t = pages.t;
    let page = |open, erase_at, rotated| Keys {
        t,
        open,
        slots: vec![
            Slot { id: "1".into(), kind: SlotKind::Passphrase, made: t.now.plus(-200 * DAY), used: Some(t.now.plus(-HOUR)) },
            Slot { id: "2".into(), kind: SlotKind::Sheet, made: t.now.plus(-200 * DAY), used: None },
        ],
        sessions: vec![
            Session { id: "3".into(), since: t.now.plus(-HOUR), seen: t.now, this: true, shared_device: false },
            Session { id: "4".into(), since: t.now.plus(-DAY), seen: t.now.plus(-HOUR), this: false, shared_device: true },
        ],
        erase_at,
        rotated,
    };
    pages.add("keys", &page(true, None, false));
    pages.add("keys-rotated", &page(true, None, true));
    pages.add("keys-closed", &page(false, None, false));
    pages.add("keys-erasing", &page(false, Some(t.now.plus(70 * HOUR)), false));
}
