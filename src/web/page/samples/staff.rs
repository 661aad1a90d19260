//! Samples of a unit's pages.

use super::super::client::{ClientPage, ClientsPage, Typed};
use super::super::confirm::Confirm;
use super::super::events::Line;
use super::super::file::Fetch;
use super::super::form::{Choice, Wrong};
use super::super::inbox::{Inbox, InboxRow};
use super::super::outline::Filled;
use super::super::public::Plain;
use super::super::reading::{Contents, Group, ReadingPage, StaffConsent};
use super::super::receiver::{Delivery, ReceiverPage};
use super::super::shown::Shown;
use super::super::unit::{Invite, JoinUnit, Once, StaffRow, TokenRow, UnitPage};
use super::super::url;
use super::Pages;
use super::id;
use super::profile;
use super::share::contents;
use crate::domain::consent::{Mode, State};
use crate::domain::delivery::{NotTaken, Told};
use crate::domain::event::{Event, Outcome, What, Who};
use crate::domain::oauth::{Client, ClientKeys};
use crate::domain::organisation::Role;
use crate::domain::profile::{Kind, Section};
use crate::domain::time::DAY;
use crate::domain::{ClientId, ConsentId, StaffId, Timestamp, UnitId};
use crate::store::delivery::{DeliveryRow, DeliveryState};
use crate::text::T;

pub(super) fn staff(pages: &mut Pages) {
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
        written: state != State::Given,
        acknowledged: (n == 3).then(|| t.now.plus(-DAY)),
    };
    let inbox = |live, ended, code: &str| Inbox {
        t,
        unit: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        live,
        ended,
        several: !code.is_empty(),
        unreadable: code.len(),
        code: code.into(),
        searched: !code.is_empty(),
        after: None,
        next: Some(crate::store::inbox::Place::START),
    };
    let live = vec![row(0, State::Given, Some("Amal"), None), row(1, State::Given, None, Some("2026-118"))];
    let ended = vec![
        row(2, State::Withdrawn { at: t.now.plus(-DAY) }, Some("Bo"), Some("2026-97")),
        row(3, State::Expired { at: t.now.plus(-DAY) }, None, None),
        row(4, State::Refused, None, None),
    ];
    pages.add("inbox", &inbox(live, ended, ""));
    pages.add("inbox-none", &inbox(vec![], vec![], ""));
    pages.add("inbox-not-found", &inbox(vec![], vec![], "ZZZ"));
    inbox_reading(pages);
}

fn inbox_reading(pages: &mut Pages) {
    let t = pages.t;
    let consent = |mode, wrong: Vec<Wrong>| StaffConsent {
        t,
        consent: ConsentId(id(700)),
        code: "K7M-2QF".into(),
        name: Some("Amal".into()),
        purpose: "Planera praktik tillsammans med dig".into(),
        mode,
        until: Timestamp::end_of_day(t.now.plus(181 * DAY).day()),
        case: String::new(),
        orders: vec![Choice::new("a", "Kartläggning för etablering", mode == Mode::Copy)],
        wrong,
    };
    pages.add("staff-consent", &consent(Mode::View, vec![]));
    pages.add("staff-consent-wrong", &consent(Mode::Copy, vec![Wrong::new("case", t.s("wrong-case"))]));
    for (name, mode) in [("reading", Mode::View), ("reading-copy", Mode::Copy)] {
        pages.add(
            name,
            &ReadingPage {
                t,
                consent: ConsentId(id(700)),
                contents: contents(t, 2, mode),
                case: "2026-118".into(),
                reader: "Karin Ek".into(),
                unit: "Arbetsmarknadsenheten".into(),
                at: t.now,
            },
        );
    }
    let file = profile(t).into_iter().filter(|entry| entry.kind == Kind::Document).map(|entry| {
        let mut shown = Shown::new(t, &entry);
        shown.file.iter_mut().for_each(|file| file.alias = Some("0a".repeat(16)));
        shown
    });
    let mut with_file = contents(t, 2, Mode::View);
    with_file.groups.push(Group { section: Section::P20, items: file.collect(), folded: false });
    with_file.fetch = Some(Fetch { action: url::staff_files(ConsentId(id(700))), case: "2026-118".into() });
    let (reader, unit) = ("Karin Ek".into(), "Arbetsmarknadsenheten".into());
    pages.add(
        "reading-document",
        &ReadingPage { t, consent: ConsentId(id(700)), contents: with_file, case: "2026-118".into(), reader, unit, at: t.now },
    );
    let empty = Contents { groups: vec![], name: None, ..contents(t, 2, Mode::View) };
    pages.add(
        "reading-empty",
        &ReadingPage {
            t,
            consent: ConsentId(id(700)),
            contents: empty,
            case: "2026-118".into(),
            reader: "Karin Ek".into(),
            unit: "Arbetsmarknadsenheten".into(),
            at: t.now,
        },
    );
    in_order(pages);
    units(pages);
}

/// What was read, in the order of a mapping of the unit's own.
fn in_order(pages: &mut Pages) {
    let t = pages.t;
    let all = profile(t);
    let entries: Vec<_> = all.iter().map(|entry| (entry, None)).collect();
    let filled = Filled::new(t, super::outline::OUTLINES.find("establishment").expect("ours"), &entries, true);
    let ordered = Contents { outline: Some(filled), ..contents(t, 2, Mode::View) };
    let (reader, unit) = ("Karin Ek".into(), "Arbetsförmedlingen Höglandet".into());
    pages.add(
        "reading-outline",
        &ReadingPage { t, consent: ConsentId(id(700)), contents: ordered, case: "2026-118".into(), reader, unit, at: t.now },
    );
}

pub(super) fn units(pages: &mut Pages) {
    let t = pages.t;
    let member = |n: u128, name: &str, role, this, invited| StaffRow { id: StaffId(id(n)), name: name.into(), role, this, invited };
    let unit = |administrator, wrong| UnitPage {
        t,
        unit: "Arbetsmarknadsenheten".into(),
        organisation: "Vetlanda kommun".into(),
        number: "212000-0571".into(),
        administrator,
        issuing: administrator,
        staff: vec![
            member(800, "Karin Ek", Role::Administrator, true, None),
            member(801, "Nils Öberg", Role::Reader, false, None),
            member(802, "Ada Lind", Role::Reader, false, Some(("802".into(), t.now.plus(6 * DAY)))),
        ],
        tokens: vec![TokenRow {
            id: "1".into(),
            label: "ärendesystemet".into(),
            code: "K7M-2QF".into(),
            by: "Karin Ek".into(),
            until: t.now.plus(20 * DAY),
        }],
        units: if administrator {
            vec![(UnitId(id(50)), "Arbetsmarknadsenheten".into(), true), (UnitId(id(51)), "Vuxenutbildningen".into(), false)]
        } else {
            vec![]
        },
        lines: unit_lines(t),
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
    pages.add("unit-remove", &Confirm::remove_staff(t, StaffId(id(801)), "Nils Öberg"));
    clients(pages);
    pages.add("waiting", &Plain::waiting(t));
    pages.add("no-unit", &Plain::no_unit(t));
    pages.add("once-invite", &Once::invite(t, "https://egenkarta.example/invite#V6TR-9KQ2-XW4M-7HPN".into()));
    pages.add("once-token", &Once::token(t, "ekt_7Yh2kQ0s9dP4mZ1xV8bN3cR6tL5wF0aG".into()));
    let join = |role, sheet: Option<&str>, wrong| JoinUnit {
        t,
        unit: "Vuxenutbildningen".into(),
        organisation: "Vetlanda kommun".into(),
        role,
        sheet: sheet.map(str::to_owned),
        wrong,
    };
    pages.add("join-unit", &join(Role::Reader, None, vec![]));
    let wrong = vec![Wrong::new("sheet", t.s("wrong-sheet"))];
    pages.add("join-unit-sheet", &join(Role::Administrator, Some("K7M2-QF9X"), wrong));
    receivers(pages);
    pages.add("invite", &Invite { t, code: String::new(), wrong: vec![] });
    pages.add("invite-wrong", &Invite { t, code: "abc".into(), wrong: vec![Wrong::new("code", t.s("wrong-invite"))] });
}

/// Where the unit's own system is told, in each state.
fn receivers(pages: &mut Pages) {
    let t = pages.t;
    let row = |n: u128, told, tries, state, fault| DeliveryRow {
        unit: UnitId(id(50)),
        id: id(900 + n),
        consent: (told != Told::Test).then(|| ConsentId(id(700))),
        told,
        at: t.now.plus(-DAY),
        state,
        tries,
        due: t.now.plus(DAY / 24),
        fault,
    };
    let at = t.now.plus(-DAY / 2);
    let mut rows =
        vec![row(0, Told::Test, 0, DeliveryState::Waiting, None), row(1, Told::Given, 1, DeliveryState::Delivered { at }, None)];
    let all = Told::ALL.into_iter().cycle().zip(NotTaken::ALL);
    rows.extend(all.map(|(told, fault)| row(2, told, 3, DeliveryState::Waiting, Some(fault))));
    let failed = vec![row(3, Told::Withdrawn, 24, DeliveryState::Failed { at }, Some(NotTaken::TooSlow))];
    let shown = |rows: &[DeliveryRow]| rows.iter().map(|row| Delivery::new(t, row)).collect();
    let address = "https://arenden.vetlanda.example/egenkarta";
    let page = |now: bool, wrong| ReceiverPage {
        t,
        now: now.then(|| (address.to_owned(), t.now.plus(-40 * DAY))),
        address: if now { address } else { "ftp://x" }.to_owned(),
        latest: if now { shown(&rows) } else { vec![] },
        failed: if now { shown(&failed) } else { vec![] },
        wrong,
    };
    pages.add("receiver", &page(true, vec![]));
    pages.add("receiver-none", &page(false, vec![Wrong::new("address", t.s("wrong-address"))]));
    pages.add("receiver-remove", &Confirm::remove_receiver(t));
    super::statement::statements(pages);
}

fn clients(pages: &mut Pages) {
    let t = pages.t;
    let list = |clients, typed| ClientsPage { t, clients, typed };
    let known = vec![(ClientId(id(900)), "Ärendesystemet".to_owned(), t.now.plus(-40 * DAY))];
    pages.add("clients", &list(known.clone(), Typed::default()));
    let fields = [("name", "wrong-client-name"), ("redirects", "wrong-client-redirects"), ("keys", "wrong-client-private")];
    let wrong: Vec<Wrong> = fields.map(|(id, key)| Wrong::new(id, t.s(key))).into();
    let typed = Typed { redirects: "http://case.example/".into(), wrong, ..Typed::default() };
    pages.add("clients-wrong", &list(vec![], typed));
    let keys = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
    let client = Client {
        id: ClientId(id(900)),
        unit: UnitId(id(50)),
        name: "Ärendesystemet".into(),
        redirects: vec!["https://case.example/back".into()],
        keys: ClientKeys::Set(keys.into()),
        created: t.now.plus(-40 * DAY),
    };
    let typed = Typed { redirects: client.redirects.join("\n"), keys: keys.into(), ..Typed::default() };
    pages.add("client", &ClientPage { t, client, issuer: "https://egenkarta.example".into(), typed });
    pages.add("client-end", &Confirm::end_client(t, ClientId(id(900)), "Ärendesystemet"));
}

/// One line of each kind that a unit's own stream holds.
fn unit_lines(t: T) -> Vec<Line> {
    let event = |what| Event {
        what,
        at: t.now.plus(-DAY),
        who: Who::Staff { name: "Karin Ek".into() },
        unit: None,
        consent: None,
        purpose: None,
        sections: vec![],
        entries: 0,
        case: None,
        outcome: Outcome::Done,
        whom: Some("Nils Öberg".into()),
        count: 1,
        digest: None,
    };
    let whats = [
        What::ReceiverRemoved,
        What::ReceiverSet,
        What::StatementMade,
        What::UnitKeysRotated,
        What::StaffRemoved,
        What::UnitSheetPrinted,
        What::StaffJoined,
        What::StaffInvited,
        What::ClientAdded,
        What::ClientChanged,
        What::ClientEnded,
    ];
    whats.map(|what| Line::new(t, &event(what), None)).into()
}
