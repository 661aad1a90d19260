//! Samples of requests: asked, answered, and made by staff.

use super::super::form::{Choice, Wrong};
use super::super::qr::Qr;
use super::super::request::{RequestAnswered, RequestCode, RequestMade, RequestPage, SentRow, StaffRequests, Stand};
use super::super::statement::rows;
use super::Pages;
use super::share::unit_row;
use crate::domain::Timestamp;
use crate::domain::consent::Mode;
use crate::domain::profile::Section;
use crate::domain::time::{DAY, HOUR};

const ADDRESS: &str = "https://egenkarta.example/request";

pub(super) fn requests(pages: &mut Pages) {
    let t = pages.t;
    let page = |stand, client: Option<&str>, wrong| RequestPage {
        t,
        key: "BCDF-GHJK".into(),
        unit: unit_row(),
        client: client.map(str::to_owned),
        purpose: "Ordna praktik, kurser och andra insatser för dig".into(),
        sections: vec![(Section::P05, false), (Section::P07, false), (Section::P12, true)],
        mode: Mode::View,
        until: Timestamp::end_of_day(t.now.plus(180 * DAY).day()),
        basis: t.s("basis-6-1-e"),
        if_no: "Du kan säga nej. Då berättar du själv det som behövs.".into(),
        stated: rows(t, client.is_some().then(|| super::statement::stated(t)).as_ref()),
        authority: t.s("authority-name"),
        stand,
        wrong,
    };
    let out = || Stand::Out { issuer: "demo".into() };
    pages.add("request-out", &page(out(), Some("Treserva"), vec![]));
    pages.add("request-card-wrong", &page(out(), None, vec![Wrong::new("card", t.s("wrong-card"))]));
    pages.add("request-closed", &page(Stand::Closed, None, vec![]));
    pages.add("request-open", &page(Stand::Open, Some("Treserva"), vec![]));
    pages.add("request-by-card", &page(Stand::Card, None, vec![]));
    pages.add("request-quiet", &page(Stand::Quiet { since: t.now.plus(-9 * DAY), until: t.now.plus(82 * DAY) }, None, vec![]));
    let code = |code: &str, wrong| RequestCode { t, code: code.into(), wrong };
    pages.add("request-code", &code("", vec![]));
    pages.add("request-code-wrong", &code("BCDF-GHJ", vec![Wrong::new("code", t.s("wrong-request-code"))]));
    let answered = |code: Option<&str>, card, said| RequestAnswered {
        t,
        unit: unit_row().id,
        unit_name: unit_row().name,
        code: code.map(str::to_owned),
        until: Timestamp::end_of_day(t.now.plus(180 * DAY).day()),
        card,
        said,
    };
    pages.add("request-given", &answered(Some("K7M-2QF"), false, false));
    pages.add("request-given-card", &answered(Some("K7M-2QF"), true, false));
    pages.add("request-no", &answered(None, false, false));
    pages.add("request-pressed", &answered(None, false, true));
}

pub(super) fn of_staff(pages: &mut Pages) {
    let t = pages.t;
    let sent = |given: bool, over, days| SentRow {
        purpose: (!given).then(|| "Ordna praktik".to_owned()),
        created: t.now.plus(days * DAY - HOUR),
        until: t.now.plus((14 + days) * DAY),
        given,
        over,
    };
    let page = |sent, wrong| StaffRequests {
        t,
        unit: unit_row().name,
        organisation: unit_row().organisation,
        purposes: vec![Choice::new("activity_planning", "Ordna praktik, kurser och andra insatser", true)],
        sections: vec![(Section::P05, true), (Section::P07, false)],
        bases: vec![Choice::new("6.1.e", t.s("basis-6-1-e"), false)],
        mode: Some(Mode::View),
        until: "2027-05-21".into(),
        latest: t.day(&t.now.plus(365 * DAY)),
        sent,
        wrong,
    };
    pages.add("staff-requests", &page(vec![sent(false, false, 0), sent(true, false, -2), sent(false, true, -20)], vec![]));
    let wrong = ["purpose", "section", "mode", "basis", "until"].map(|id| Wrong::new(id, t.s(format!("wrong-requests-{id}"))));
    pages.add("staff-requests-wrong", &page(vec![], wrong.into()));
    pages.add(
        "staff-request-made",
        &RequestMade {
            t,
            unit: unit_row().name,
            organisation: unit_row().organisation,
            purpose: "Ordna praktik, kurser och andra insatser".into(),
            code: "BCDF-GHJK".into(),
            address: ADDRESS.into(),
            qr: Qr::of(&format!("{ADDRESS}/BCDF-GHJK")),
            until: t.now.plus(14 * DAY),
        },
    );
}
