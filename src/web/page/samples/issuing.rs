//! Samples of the pages of a unit that issues.

use super::super::confirm::Confirm;
use super::super::form::{Choice, Wrong};
use super::super::issuing::{
    AssessPage, BatchPage, BatchSheet, BatchesPage, Facts, Fault, FrameworkPage, FrameworkRow, FrameworksPage, IssuedPage,
    IssuedRow, IssuingKeysPage, IssuingPage, OfferMade, Printed, WaitingPage, WaitingRow, slip,
};
use super::super::qr::Qr;
use super::{Pages, id};
use crate::domain::credential::Part;
use crate::domain::framework::Framework;
use crate::domain::issuing::{Assessment, LEVELS, Published, Slip, Typed};
use crate::domain::profile::Evidence;
use crate::domain::time::DAY;
use crate::domain::{StaffId, UnitId};
use crate::store::batch::{BatchRow, BatchState};
use crate::text::T;
use crate::usecase::batch::{Batch, Body};
use crate::usecase::issued::{Issued, Kept, Standing, Withdrawn};
use crate::usecase::issuing_key::KeptKey;

const OURS: &str = include_str!("../../../../seeds/frameworks/warehouse-forklift.toml");
const CODE: &str = "7Q2K-M9XA-4TRW-0HVC-8NPE-3JYS-B6DG";

fn published() -> Published {
    Published { id: id(960), framework: Framework::parse(OURS).expect("ours"), within: true }
}

fn assessment(t: T, level: Evidence) -> Assessment {
    let framework = published().framework;
    Assessment {
        label: "Ärende 2026-118".into(),
        given: Some("Amal".into()),
        family: Some("Haddad".into()),
        framework: id(960),
        criteria: framework.criteria.iter().take(3).map(|one| one.id.clone()).collect(),
        part: Part::Part,
        level,
        method: Some("Arbetsprov en dag på lagret".into()),
        assessor: Some("Yrkeslärare, lager".into()),
        assessed: "2026-05-14".parse().ok(),
        seqf: Some(4),
        until: Some(t.now.plus(900 * DAY).day()),
    }
}

fn kept(t: T, level: Evidence) -> Kept {
    let framework = published().framework;
    let (name, version) = (framework.name.get("sv").to_owned(), framework.version);
    let second = (level >= Evidence::E4).then(|| "Nils Öberg".to_owned());
    Kept { assessment: assessment(t, level), framework: name, version, by: "Karin Ek".into(), second, withdrawn: None }
}

fn issued(t: T, n: u128, standing: Standing, level: Evidence) -> Issued {
    let withdrawn = Withdrawn { reason: "Provet gjordes på fel maskin.".into(), by: "Karin Ek".into(), at: t.now.plus(-DAY) };
    let withdrawn = (standing == Standing::Withdrawn).then_some(withdrawn);
    let kept = Kept { withdrawn, ..kept(t, level) };
    Issued { id: id(970 + n), standing, created: t.now.plus(-20 * DAY), until: t.now.plus(70 * DAY), kept }
}

pub(super) fn issuing(pages: &mut Pages) {
    desk(pages);
    frameworks(pages);
    assessing(pages);
    given(pages);
    files(pages);
}

fn desk(pages: &mut Pages) {
    let t = pages.t;
    let row = |n: u128, returned, of_another| WaitingRow {
        id: id(950 + n),
        label: format!("Ärende 2026-{n}"),
        framework: "Lager och truck".into(),
        level: "E4",
        by: "Karin Ek".into(),
        returned,
        of_another,
    };
    let all = [Standing::Offered, Standing::Taken, Standing::Expired, Standing::Withdrawn];
    let rows = || all.into_iter().zip(0..).map(|(standing, n)| IssuedRow::new(&issued(t, n, standing, Evidence::E3))).collect();
    let page = |scope: bool, has_key| IssuingPage {
        t,
        unit: "Transportens yrkesnämnd".into(),
        scope: scope.then(|| ("E4".to_owned(), "8344, 9333".to_owned())),
        has_key,
        administrator: true,
        waiting: if has_key { vec![row(118, false, true), row(119, false, false), row(120, true, false)] } else { vec![] },
        frameworks: if has_key { vec![(id(960), "Lager och truck".to_owned())] } else { vec![] },
        issued: if has_key { rows() } else { vec![] },
        more: has_key.then(|| id(973)),
        unreadable: usize::from(has_key),
    };
    pages.add("issuing", &page(true, true));
    pages.add("issuing-no-key", &page(true, false));
    pages.add("issuing-none", &page(false, false));
    let key = |kid: &str, retired| KeptKey { kid: kid.into(), created: t.now.plus(-90 * DAY), retired };
    let both = vec![
        key("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s", None),
        key("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Some(t.now.plus(-40 * DAY))),
    ];
    let address = "https://egenkarta.example/issuer/0191d5a0-0000-4000-8000-000000000001/jwks.json";
    let keys = |keys, administrator| IssuingKeysPage { t, keys, address: address.into(), administrator };
    pages.add("issuing-keys", &keys(both, true));
    pages.add("issuing-keys-none", &keys(vec![], true));
    pages.add("issuing-keys-issuer", &keys(vec![], false));
}

fn frameworks(pages: &mut Pages) {
    let t = pages.t;
    let row = |n: u128, ended: bool, within| FrameworkRow {
        id: id(960 + n),
        name: "Lager och truck".into(),
        version: format!("2026-{n}"),
        created: t.now.plus(-60 * DAY),
        ended: ended.then(|| t.now.plus(-DAY)),
        within,
    };
    let list = |all, body: &str, wrong| FrameworksPage { t, all, body: body.into(), wrong };
    pages.add("frameworks", &list(vec![row(0, false, true), row(1, true, true), row(2, false, false)], "", vec![]));
    let wrong = vec![
        Wrong::new("file", t.s("wrong-framework-file")),
        Wrong::new("body", t.one("wrong-framework-unfit", "why", "format 2 is not known")),
    ];
    pages.add("frameworks-wrong", &list(vec![], "format = 2", wrong));
    let page = |row| FrameworkPage {
        t,
        row,
        about: "Vad som krävs på ett lager.".into(),
        source: "Skrivet av oss.".into(),
        criteria: vec![("truck".into(), "Köra truck".into()), ("lift".into(), "Lyfta rätt".into())],
        body: OURS.into(),
    };
    pages.add("framework", &page(row(0, false, true)));
    pages.add("framework-ended", &page(row(1, true, true)));
    pages.add("framework-outside", &page(row(2, false, false)));
    pages.add("framework-end", &Confirm::end_framework(t, id(960), "Lager och truck"));
}

fn assessing(pages: &mut Pages) {
    let t = pages.t;
    let framework = published().framework;
    let lang = t.lang.tag();
    let criteria = || {
        let one =
            |one: &crate::domain::framework::Criterion| Choice::new(one.id.clone(), one.name.get(lang), one.id.starts_with('t'));
        framework.criteria.iter().map(one).collect()
    };
    let levels = || {
        let key = |name: &str| format!("assess-level-{}", name.to_ascii_lowercase());
        LEVELS.into_iter().map(|(name, _)| Choice::new(name, t.s(key(name)), name == "E4")).collect()
    };
    let page = |typed: Typed, returned, wrong| AssessPage {
        t,
        id: id(951),
        framework: id(960),
        name: framework.name.get(lang).to_owned(),
        version: framework.version.clone(),
        criteria: criteria(),
        levels: levels(),
        typed,
        returned,
        wrong,
    };
    pages.add("assess", &page(Typed { assessed: "2026-05-14".into(), ..Typed::default() }, None, vec![]));
    let slips = [
        ("label", Slip::Missing),
        ("criteria", Slip::Criteria),
        ("part", Slip::NotWhole),
        ("level", Slip::AboveLevel),
        ("method", Slip::ForLevel { from: 3 }),
        ("assessor", Slip::TooLong { max: 120 }),
        ("assessed", Slip::Future),
        ("seqf", Slip::Seqf),
        ("until", Slip::Past),
        ("given_name", Slip::TooLong { max: 120 }),
        ("family_name", Slip::TooLong { max: 120 }),
    ];
    let wrong = slips.map(|(field, one)| Wrong::new(field, slip(t, one))).into();
    let back = Some(("Vilken truck körde personen?".to_owned(), "Nils Öberg".to_owned()));
    pages.add("assess-wrong", &page(Typed { part: "whole".into(), ..Typed::default() }, back.clone(), wrong));
    let waits = |of_another, returned, wrong| WaitingPage {
        t,
        id: id(951),
        label: "Ärende 2026-118".into(),
        by: "Karin Ek".into(),
        facts: Facts::new(t, &assessment(t, Evidence::E4), "Lager och truck", Some(&published())),
        framework: Some(id(960)),
        of_another,
        returned,
        word: String::new(),
        wrong,
    };
    pages.add("waiting-second", &waits(true, None, vec![]));
    pages.add("waiting-second-wrong", &waits(true, None, vec![Wrong::new("word", t.s("slip-missing"))]));
    pages.add("waiting-own", &waits(false, None, vec![]));
    pages.add("waiting-returned", &waits(false, back, vec![]));
}

fn given(pages: &mut Pages) {
    let t = pages.t;
    let link = format!("https://egenkarta.example/offer#{CODE}");
    pages.add(
        "offer-made",
        &OfferMade {
            t,
            framework: "Lager och truck".into(),
            organisation: "Transportens yrkesnämnd".into(),
            level: "E4",
            label: "Ärende 2026-118".into(),
            qr: Qr::of(&link),
            link,
            address: "https://egenkarta.example/offer".into(),
            code: CODE.into(),
            until: t.now.plus(90 * DAY),
        },
    );
    let page = |standing, level, wrong| {
        let one = issued(t, 0, standing, level);
        let facts = Facts::new(t, &one.kept.assessment, &one.kept.framework, Some(&published()));
        IssuedPage { t, one, facts, reason: String::new(), wrong }
    };
    pages.add("issued", &page(Standing::Offered, Evidence::E4, vec![]));
    pages.add("issued-wrong", &page(Standing::Taken, Evidence::E3, vec![Wrong::new("reason", t.s("wrong-reason"))]));
    pages.add("issued-withdrawn", &page(Standing::Withdrawn, Evidence::E2, vec![]));
}

fn files(pages: &mut Pages) {
    let t = pages.t;
    let row = |n: u128, state, done| BatchRow {
        unit: UnitId(id(50)),
        id: id(980 + n),
        member: StaffId(id(800)),
        state,
        total: 450,
        done,
        created: t.now.plus(-DAY),
        changed: t.now,
    };
    let all = [BatchState::Checked, BatchState::Waiting, BatchState::Returned, BatchState::Issuing, BatchState::Issued];
    let list = |all, faults: Vec<Fault>, wrong| BatchesPage { t, all, rows: faults.len(), faults, wrong };
    pages.add("batches", &list(all.into_iter().zip(0..).map(|(state, n)| row(n, state, 0)).collect(), vec![], vec![]));
    let faults = (0..BatchesPage::MOST_FAULTS as u64 + 3).map(|n| Fault { line: n + 2, field: "seqf", text: slip(t, Slip::Seqf) });
    pages.add("batches-wrong", &list(vec![], faults.collect(), vec![Wrong::new("file", t.s("wrong-batch-lines"))]));
    let page = |state, level, of_another, has_codes, wrong: Vec<Wrong>| {
        let rows = (0..450).map(|n| Assessment { label: format!("Rad {n}"), ..assessment(t, level) }).collect();
        let returned = (state == BatchState::Returned).then(|| ("Fel datum på rad 12.".to_owned(), "Nils Öberg".to_owned()));
        let second = (state == BatchState::Issued).then(|| "Nils Öberg".to_owned());
        let body = Body { rows, by: StaffId(id(800)), name: "Karin Ek".into(), second, returned };
        let done = if state == BatchState::Issued { 450 } else { 200 };
        BatchPage { t, batch: Batch { row: row(0, state, done), body, has_codes, of_another }, word: String::new(), wrong }
    };
    pages.add("batch-checked", &page(BatchState::Checked, Evidence::E3, false, false, vec![]));
    pages.add("batch-checked-second", &page(BatchState::Checked, Evidence::E4, false, false, vec![]));
    let wrong = vec![Wrong::new("word", t.s("slip-missing"))];
    pages.add("batch-waiting", &page(BatchState::Waiting, Evidence::E4, true, false, wrong));
    pages.add("batch-waiting-own", &page(BatchState::Waiting, Evidence::E4, false, false, vec![]));
    pages.add("batch-returned", &page(BatchState::Returned, Evidence::E4, false, false, vec![]));
    pages.add("batch-issuing", &page(BatchState::Issuing, Evidence::E3, false, true, vec![]));
    pages.add("batch-issued", &page(BatchState::Issued, Evidence::E4, false, true, vec![]));
    pages.add("batch-printed", &page(BatchState::Issued, Evidence::E4, false, false, vec![]));
    let printed = |n: usize| Printed {
        label: format!("Rad {n}"),
        code: CODE.into(),
        qr: Qr::of(&format!("https://egenkarta.example/offer#{CODE}")),
    };
    pages.add(
        "batch-sheet",
        &BatchSheet {
            t,
            id: id(980),
            organisation: "Transportens yrkesnämnd".into(),
            address: "https://egenkarta.example/offer".into(),
            until: t.now.plus(90 * DAY),
            all: (1..4).map(printed).collect(),
        },
    );
}
