//! Samples of a participant's own pages.

use super::super::confirm::{Confirm, Reauthenticate, Why};
use super::super::entry::{Audience, EntryForm, EntryPage, Found};
use super::super::events::{EventsPage, Line, Verified};
use super::super::exchange::{ExportPage, ImportPage, Note, Proposed, Review, State};
use super::super::file::FileForm;
use super::super::form::Wrong;
use super::super::keys::{Keys, Session, Slot, SlotKind};
use super::super::map::{MapPage, Own, SectionPage};
use super::super::passphrase::{NewPassphrase, Sheet, Sheets, Ticked, Unlock, UnlockSheet, Whose};
use super::super::public::Plain;
use super::super::shown::{Shown, Worded};
use super::super::{Frame, Notice, url};
use super::Pages;
use super::id;
use super::own;
use super::profile;
use crate::domain::delicate::Topic;
use crate::domain::event::{Event, Outcome, Party, What, Who};
use crate::domain::profile::{Kind, Section};
use crate::domain::time::{DAY, HOUR, MINUTE};
use crate::domain::{ConsentId, EntryId, Timestamp};
use crate::exchange::Format;
use crate::text::T;
use std::collections::BTreeMap;

pub(super) fn passphrases(pages: &mut Pages) {
    let t = pages.t;
    let new = |whose, first, ticked, wrong| NewPassphrase {
        t,
        whose,
        first,
        words: "solig krona måne fjäril tackla ö".into(),
        ticked,
        own: String::new(),
        asked: false,
        sheet: None,
        wrong,
    };
    pages.add("passphrase-new", &new(Whose::Person, true, Ticked::Words, vec![]));
    pages.add(
        "passphrase-new-wrong",
        &new(Whose::Person, true, Ticked::Own, vec![Wrong::new("own", t.s("wrong-passphrase-short"))]),
    );
    let wrong = vec![Wrong::new("choice", t.s("wrong-passphrase-which"))];
    pages.add("passphrase-new-which", &new(Whose::Person, true, Ticked::Neither, wrong));
    pages.add("passphrase-change", &new(Whose::Person, false, Ticked::Words, vec![]));
    pages.add("passphrase-new-staff", &new(Whose::Staff, true, Ticked::Words, vec![]));
    let wrong = vec![Wrong::new("sheet", t.s("wrong-sheet"))];
    let with_sheet = NewPassphrase { sheet: Some("K7M2-QF9X".into()), ..new(Whose::Staff, true, Ticked::Words, wrong) };
    pages.add("passphrase-new-staff-sheet", &with_sheet);
    let sheet = |whose| Sheet {
        t,
        whose,
        groups: ["K7M2", "QF9X", "4TRW", "8HJN", "C3VP", "6YDZ", "2B5G"].map(str::to_owned).into(),
        made: t.now,
        unit: (whose == Whose::Unit).then(|| "Arbetsmarknadsenheten, Vetlanda kommun".into()),
        service: "egenkarta.example".into(),
        next: url::KEYS_SHEET_KEPT.into(),
    };
    for (name, whose) in [("sheet", Whose::Person), ("sheet-staff", Whose::Staff), ("sheet-unit", Whose::Unit)] {
        pages.add(name, &sheet(whose));
    }
    pages.add("sheets", &Sheets { own: sheet(Whose::Staff), unit: sheet(Whose::Unit) });
    let wrong = || vec![Wrong::new("passphrase", t.s("wrong-passphrase"))];
    pages.add("unlock", &Unlock { t, whose: Whose::Person, wrong: vec![], next: None, erase_at: Some(t.now.plus(2 * DAY)) });
    pages.add("unlock-wrong", &Unlock { t, whose: Whose::Person, wrong: wrong(), next: Some(url::MAP.into()), erase_at: None });
    pages.add("unlock-staff", &Unlock { t, whose: Whose::Staff, wrong: vec![], next: None, erase_at: None });
    pages.add("unlock-sheet", &UnlockSheet { t, whose: Whose::Person, wrong: vec![] });
    let wrong = vec![Wrong::new("code", t.s("wrong-sheet"))];
    pages.add("unlock-sheet-wrong", &UnlockSheet { t, whose: Whose::Staff, wrong });
    for why in Why::ALL {
        let hidden = vec![("x".to_owned(), "y".to_owned())];
        pages.add(
            &format!("reauthenticate-{}", why.key()),
            &Reauthenticate::new(t, why, url::KEYS_SHEET, hidden, why == Why::Sheet),
        );
    }
}

pub(super) fn map(pages: &mut Pages) {
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

pub(super) fn audience(t: T) -> Vec<Audience> {
    vec![Audience {
        consent: ConsentId(id(700)),
        unit: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        until: Timestamp::end_of_day(t.now.plus(90 * DAY).day()),
        ticked: false,
    }]
}

pub(super) fn files(pages: &mut Pages) {
    let t = pages.t;
    pages.add("import", &ImportPage { t, wrong: vec![] });
    pages.add("import-refused", &ImportPage { t, wrong: vec![Wrong::new("file", t.s("refused-doctype"))] });
    let proposed = |(number, own): (usize, Own)| Proposed {
        shown: own.shown,
        data: "[\"skill\",\"sv\",{}]".into(),
        source: format!("skills[{number}]"),
        state: [State::New, State::Same, State::Held][number % 3],
        ticked: number % 2 == 0,
    };
    let note =
        |sensitive| Note { text: "interests[0].name: bin\nbasics.url: https://example.org".into(), sensitive, ticked: !sensitive };
    let review = |some: usize, wrong: Vec<Wrong>| Review {
        t,
        format: Format::JsonResume,
        entries: own(t).into_iter().take(some).enumerate().map(proposed).collect(),
        notes: if some > 0 { vec![note(false), note(true)] } else { vec![] },
        losses: vec!["basics.image".into()],
        audience: audience(t),
        wrong,
    };
    pages.add("import-review", &review(12, vec![]));
    pages.add("import-review-full", &review(4, vec![Wrong::new("page-form", t.count("import-full", 30))]));
    pages.add("import-review-empty", &review(0, vec![]));
    pages.add("export", &ExportPage { t });
}

fn alone(t: T, shown: Shown) -> EntryPage {
    let (none, nobody) = (vec![], vec![]);
    EntryPage {
        t,
        id: EntryId(id(7)),
        shown,
        proof: None,
        forms: vec![],
        renamed: none,
        audience: nobody,
        documents: vec![],
        attachable: false,
        beside: None,
        earlier: vec![],
    }
}

/// Adding a document, and one that stands.
pub(super) fn documents(pages: &mut Pages) {
    let t = pages.t;
    let able = vec![(id(7).to_string(), "Vårdbiträde".to_owned()), (id(8).to_string(), "köksbiträde".to_owned())];
    pages.add("file-new", &FileForm::new(t, &BTreeMap::new(), &able, &[], 0));
    let typed =
        BTreeMap::from([("title".to_owned(), vec!["Intyg".to_owned()]), ("attached_to".to_owned(), vec![able[1].0.clone()])]);
    let faults = [("what".to_owned(), crate::domain::profile::Fault::Missing)];
    let mut page = FileForm::new(t, &typed, &able, &faults, 3_400_000);
    page.wrong.insert(0, Wrong::new("file", t.s("file-unknown")));
    page.again = true;
    pages.add("file-new-wrong", &page);
    let scan = profile(t).into_iter().find(|entry| entry.kind == Kind::Document).expect("a document");
    let beside = Some((EntryId(id(8)), "köksbiträde".to_owned()));
    pages.add("entry-document", &EntryPage { beside, ..alone(t, Shown::new(t, &scan)) });
}

pub(super) fn entries(pages: &mut Pages) {
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
    let mut form = EntryForm::new(t, Kind::Work, None, &EntryForm::typed(&work.fields), &[], BTreeMap::new());
    let asked = [(Topic::Health, "sjukskriven"), (Topic::Crime, "häktet"), (Topic::Number, "number")];
    form.delicate = asked.map(|(topic, word)| (topic, word.to_owned())).into();
    pages.add("entry-delicate", &form);
    let shown = || Shown::new(t, &work);
    pages.add(
        "entry",
        &EntryPage {
            t,
            id: EntryId(id(7)),
            shown: shown(),
            proof: None,
            forms: vec![],
            renamed: vec![Worded::of("registered nurse", "en", t)],
            audience: audience(t),
            documents: vec![(EntryId(id(8)), "Intyg från Skolköket".into())],
            attachable: true,
            beside: None,
            earlier: vec![(t.now.plus(-30 * DAY), shown()), (t.now.plus(-90 * DAY), shown())],
        },
    );
    pages.add("entry-alone", &alone(t, shown()));
    pages.add("entry-delete", &Confirm::delete_entry(t, EntryId(id(7)), Section::P05, "sjuksköterska", true));
}

pub(super) fn lines(t: T) -> Vec<Line> {
    const ALL: [What; 26] = [
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
        What::UnitBlocked,
        What::UnitUnblocked,
        What::KeysRotated,
        What::SlotAdded,
        What::SlotRemoved,
        What::Opened,
        What::AccountCreated,
        What::EndAcknowledged,
        What::FileFetched,
    ];
    let line = |(n, what): (usize, What)| {
        let other = matches!(
            what,
            What::Read | What::CopyDelivered | What::FileFetched | What::TokenMinted | What::TokenRevoked | What::EndAcknowledged
        );
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
            whom: None,
            count: if what == What::Denied { 3 } else { 1 },
            digest: None,
        };
        Line::new(t, &event, (what == What::Read).then_some("planera praktik"))
    };
    ALL.into_iter().enumerate().map(line).collect()
}

pub(super) fn events(pages: &mut Pages) {
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
        whom: None,
        count: 1,
        digest: None,
    };
    let by_token = Event {
        what: What::Read,
        who: Who::Token { label: "ärendesystemet".into(), by: "Karin Ek".into() },
        unit: Some(Party { unit: "Rekrytering AB".into(), organisation: "Rekrytering AB".into() }),
        sections: vec![Section::P05],
        outcome: Outcome::Done,
        ..unknown.clone()
    };
    let by_program =
        Event { what: What::EndAcknowledged, who: Who::Program { name: "ärendesystemet".into() }, ..by_token.clone() };
    let lines = vec![Line::new(t, &unknown, None), Line::new(t, &by_token, None), Line::new(t, &by_program, None)];
    pages.add("events-unknown", &EventsPage { t, lines, older: None, checkpoint: None, verified: None });
}

pub(super) fn keys(pages: &mut Pages) {
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
        cards: vec![("5".into(), t.now.plus(-DAY))],
        erase_at,
        rotated,
    };
    pages.add(
        "card",
        &super::super::keys::Card {
            t,
            groups: ["7KQ2", "M0XA", "PD4T", "9RWE", "JH3C", "VB6N", "5Y8Z"].map(str::to_owned).into(),
            made: t.now,
            service: "https://egenkarta.example".into(),
        },
    );
    pages.add("keys", &page(true, None, false));
    pages.add("keys-rotated", &page(true, None, true));
    pages.add("keys-closed", &page(false, None, false));
    pages.add("keys-erase", &Confirm::erase(t, true));
    pages.add("keys-erase-closed", &Confirm::erase(t, false));
    pages.add("keys-over", &Confirm::start_over(t, true));
    pages.add("keys-over-closed", &Confirm::start_over(t, false));
    pages.add("keys-rotate", &Confirm::rotate(t));
    pages.add("keys-remove-passphrase", &Confirm::remove_slot(t, "1", SlotKind::Passphrase));
    pages.add("keys-remove-sheet", &Confirm::remove_slot(t, "2", SlotKind::Sheet));
    pages.add("erased", &Plain::erased(t));
    pages.add("keys-erasing", &page(false, Some(t.now.plus(70 * HOUR)), false));
}
