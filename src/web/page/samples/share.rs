//! Samples of sharing.

use super::super::confirm::{Confirm, Kept};
use super::super::form::{Choice, Wrong};
use super::super::map::Own;
use super::super::public::Plain;
use super::super::reading::{Contents, Group};
use super::super::sharing::{
    Answers, ConsentPage, ConsentRow, ConsentText, ShareDone, ShareEntry, ShareHow, SharePurpose, ShareSection, ShareSummary,
    ShareUnit, ShareWhat, SharingList, ToldSection, UnitRow, Withdrawn,
};
use super::super::shown::Shown;
use super::super::statement::rows;
use super::super::url;
use super::Pages;
use super::id;
use super::own;
use super::person::lines;
use super::profile;
use super::public::contact;
use crate::domain::consent::{Mode, State};
use crate::domain::profile::{Kind, Section};
use crate::domain::time::{DAY, HOUR};
use crate::domain::{ConsentId, Timestamp, UnitId};
use crate::text::{Lang, T};

pub(super) fn unit_row() -> UnitRow {
    UnitRow {
        id: UnitId(id(900)),
        name: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        number: "212000-0571".into(),
        kind: "Kommun, arbetsmarknadsenhet".into(),
        municipality: "Vetlanda".into(),
    }
}

pub(super) fn contents(t: T, level: u8, mode: Mode) -> Contents {
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
        outline: None,
        fetch: None,
    }
}

pub(super) fn share(pages: &mut Pages) {
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
    let one = |own: Own, chosen, kept_out| ShareEntry { id: own.id, shown: own.shown, chosen, kept_out, alike: false };
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
        as_shared: false,
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
        may_copy: true,
        answers: Answers { mode, ..answers() },
        wrong,
    };
    pages.add("share-how", &how(None, "", vec![]));
    let wrong = vec![Wrong::new("mode", t.s("wrong-mode")), Wrong::new("until", t.one("wrong-until", "latest", "21 maj 2027"))];
    pages.add("share-how-wrong", &how(Some(Mode::View), "2031-01-01", wrong));
    summaries(pages);
}

fn told_sections() -> Vec<ToldSection> {
    let told = |(section, count, whole, out): (Section, usize, bool, &str)| ToldSection {
        section,
        count,
        whole,
        kept_out: Some(out.to_owned()).filter(|out| !out.is_empty()).into_iter().collect(),
    };
    [(Section::P05, 2, true, ""), (Section::P07, 7, true, "Svetsning"), (Section::P03, 2, false, "")].map(told).into()
}

pub(super) fn summaries(pages: &mut Pages) {
    let (t, reader) = (pages.t, pages.t.lang);
    let text = |t: T, mode, sensitive: bool, changing| ConsentText {
        t,
        unit: unit_row(),
        purpose: "Planera praktik tillsammans med dig".into(),
        basis: "Kommunens uppgift att stödja den som söker arbete.".into(),
        if_no: "Inget händer. Du kan berätta själv i stället.".into(),
        sections: told_sections(),
        mode,
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        name: sensitive.then(|| "Amal".into()),
        stated: rows(t, sensitive.then(|| super::statement::stated(t)).as_ref()),
        authority: contact().authority,
        changing,
        original: t.lang != reader,
        root: (t.lang == reader).then(|| url::SHARING_NEW.to_owned()),
    };
    let summary = |mode, sensitive: bool, changing, wrong| ShareSummary {
        t,
        root: url::SHARING_NEW.to_owned(),
        told: text(t, mode, sensitive, changing),
        original: t.lang.awaits_reader().then(|| text(T { lang: Lang::SV, ..t }, mode, sensitive, changing)),
        sensitive: if sensitive { vec!["En lugn plats att skriva på".into()] } else { vec![] },
        preview: contents(t, 3, mode),
        passphrase: sensitive,
        changing,
        already: changing,
        answers: Answers { unit: Some(unit_row().id), purpose: Some("planning".into()), ..Answers::default() },
        wrong,
    };
    pages.add("share-summary", &summary(Mode::View, false, false, vec![]));
    pages.add("share-summary-sensitive", &summary(Mode::Copy, true, false, vec![]));
    pages.add(
        "share-summary-change",
        &summary(Mode::Copy, true, true, vec![Wrong::new("passphrase-again", t.s("wrong-passphrase"))]),
    );
    let done = |changed, copy| ShareDone {
        t,
        consent: ConsentId(id(700)),
        code: "K7M-2QF".into(),
        unit: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        changed,
        copy,
    };
    pages.add("share-done", &done(false, false));
    pages.add("share-changed", &done(true, true));
    pages.add("not-shared", &Plain::not_shared(t));
}

pub(super) fn consent_row(t: T, n: u128, state: State, reads: u64) -> ConsentRow {
    ConsentRow {
        id: ConsentId(id(700 + n)),
        code: "K7M-2QF".into(),
        unit_id: UnitId(id(50 + n)),
        unit: if n == 0 { "Arbetsmarknadsenheten" } else { "Rekrytering AB" }.into(),
        organisation: if n == 0 { "Vetlanda kommun" } else { "Rekrytering AB" }.into(),
        opens: None,
        purpose: "Planera praktik tillsammans med dig".into(),
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        mode: if n == 0 { Mode::View } else { Mode::Copy },
        state,
        sections: told_sections(),
        reads,
        last_read: (reads > 0).then(|| t.now.plus(-HOUR)),
    }
}

pub(super) fn consents(pages: &mut Pages) {
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
            blocked: vec![(UnitId(id(59)), "Försörjningsstöd, Vetlanda kommun".into())],
            closed: false,
        },
    );
    let locked = vec![consent_row(t, 3, State::Given, 0)];
    pages.add("sharing-closed", &SharingList { t, live: locked, ended: vec![], blocked: vec![], closed: true });
    pages.add("sharing-none", &SharingList { t, live: vec![], ended: vec![], blocked: vec![], closed: false });
    pages.add(
        "consent",
        &ConsentPage {
            t,
            row: consent_row(t, 0, State::Given, 3),
            contents: Some(contents(t, 3, Mode::View)),
            text: "Svenska, version 1".into(),
            name: Some("Amal".into()),
            stated: rows(t, Some(&super::statement::stated(t))),
            lines: lines(t).into_iter().take(2).collect(),
            tokens: vec![("ärendesystemet".into(), "Karin Ek".into(), t.now.plus(20 * DAY))],
            receipts: vec![(t.now.plus(-DAY), url::read_receipt(ConsentId(id(700)), 2))],
            acknowledged: None,
            checkpoint: Some("egenkarta.example/log\n1284\n".into()),
        },
    );
    let row = consent_row(t, 1, ended, 0);
    pages.add(
        "consent-ended",
        &ConsentPage {
            t,
            row,
            contents: None,
            text: String::new(),
            name: None,
            stated: rows(t, None),
            lines: vec![],
            tokens: vec![],
            receipts: vec![],
            acknowledged: Some(t.now),
            checkpoint: None,
        },
    );
    for (name, kept) in [
        ("withdraw", Kept::Looked),
        ("withdraw-no-copy", Kept::NoCopyYet),
        ("withdraw-copy", Kept::Copy),
        ("withdraw-closed", Kept::Unknown),
    ] {
        pages.add(name, &Confirm::withdraw(t, ConsentId(id(700)), "Arbetsmarknadsenheten", kept));
    }
    pages.add("block", &Confirm::block(t, UnitId(id(50)), "Arbetsmarknadsenheten"));
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
