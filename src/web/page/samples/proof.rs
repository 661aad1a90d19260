//! Samples of proofs: offered, held, shown.

use super::super::entry::{Audience, EntryPage};
use super::super::form::{Choice, Wrong};
use super::super::map::{MapPage, Own, SectionPage};
use super::super::proof::{OfferPage, ProofAdd, ProofReview, Proven, Way, name};
use super::super::qr::Qr;
use super::super::showing::{Chosen, ShowHow, ShowPick, ShowingPage, ShowingRow, ShowingsPage};
use super::super::shown::{Shown, Worded};
use super::super::verify::{Outcome, Verified, VerifyPage};
use super::{Pages, entry, id, own};
use crate::domain::credential::{
    Competence, Format, Found, FrameworkRef, Issuer, Met, Part, Proof, Subject, Unchecked, VCT, Verdict, Wrong as Broken,
};
use crate::domain::profile::{Entry, Evidence, Kind, Section};
use crate::domain::time::DAY;
use crate::domain::{ConsentId, EntryId, Timestamp};
use crate::text::T;
use crate::usecase::proof_file::Form;

const CODE: &str = "7K3M-Q2FX-9B1C-D4E5-F6G7-H8J9-K0MN";

pub fn proof(t: T) -> Proof {
    let met = |id: &str, name: &str| Met { id: id.into(), name: name.into() };
    Proof {
        format: Format::SdJwtVc,
        kind: VCT.into(),
        issuer: Issuer {
            id: "https://egenkarta.example/issuer/1".into(),
            name: Some("Transportfackens yrkesnämnd".into()),
            number: Some("802001-1234".into()),
        },
        subject: Subject { given: Some("Amal".into()), family: Some("Haddad".into()) },
        competence: Competence {
            name: [("sv".into(), "Truckförare, skjutstativtruck".into()), ("en".into(), "Reach truck operator".into())].into(),
            level: Some(Evidence::E4),
            seqf: Some(4),
            part: Some(Part::Part),
            framework: Some(FrameworkRef { id: "truck".into(), version: "2026".into(), name: "Truck och lager".into() }),
            criteria: vec![met("a", "Kör säkert bland andra människor"), met("b", "Gör den dagliga tillsynen av trucken")],
            concepts: vec!["http://data.europa.eu/esco/skill/1".into()],
            method: Some("Arbetsprov på plats i två timmar".into()),
            assessor: Some("Yrkesbedömare".into()),
            assessed: "2026-10-12".parse().ok(),
        },
        issued: Some(t.now.plus(-30 * DAY)),
        from: None,
        until: Some(t.now.plus(700 * DAY)),
        status: None,
        holder: None,
    }
}

pub(super) fn found(t: T, verdict: Verdict) -> Found {
    Found { proof: Some(proof(t)), ..Found::of(verdict) }
}

pub(super) fn held(t: T) -> Entry {
    let fields = [
        ("name", "Truckförare, skjutstativtruck"),
        ("issuer", "Transportfackens yrkesnämnd"),
        ("number", "802001-1234"),
        ("issued", "2026-10-22"),
        ("expires", "2028-10-21"),
        ("seqf", "4"),
        ("part", "part"),
        ("proof", "eyJ0eXAiOiJkYytzZC1qd3QifQ.eyJpc3MiOiIifQ.AAAA~WyJhIiwic2VxZiIsNF0~"),
    ];
    entry(t, Kind::Credential, "sv", Evidence::E1, 30 * DAY, &fields)
}

/// The same proof in each way in which it may stand.
fn verdicts() -> [Verdict; 8] {
    [
        Verdict::Valid,
        Verdict::Expired,
        Verdict::Withdrawn,
        Verdict::Suspended,
        Verdict::NotYet,
        Verdict::UnknownIssuer,
        Verdict::CannotBeChecked(Unchecked::Status),
        Verdict::NotValid(Broken::Signature),
    ]
}

fn all_states(t: T) -> Vec<Own> {
    let one = |(n, verdict): (usize, Verdict)| {
        let shown = Shown::new(t, &held(t)).found(Some(&found(t, verdict)));
        Own { id: EntryId(id(800 + n as u128)), shown, isle: None, renamed: vec![] }
    };
    verdicts().into_iter().enumerate().map(one).collect()
}

/// Checking: what one brings, and each verdict.
fn checks(pages: &mut Pages) {
    let t = pages.t;
    pages.add("check", &VerifyPage { t, text: String::new(), wrong: vec![] });
    let wrong = vec![Wrong::new("text", t.s("check-half-link"))];
    pages.add("check-wrong", &VerifyPage { t, text: "https://egenkarta.example/verify".into(), wrong });
    let wrong = vec![Wrong::new("photo", t.s("check-no-code"))];
    pages.add("check-wrong-photo", &VerifyPage { t, text: String::new(), wrong });
    let ended = Found { issuer_ended: true, ..found(t, Verdict::Valid) };
    let all: Vec<Found> = verdicts().into_iter().map(|verdict| found(t, verdict)).chain([ended]).collect();
    let results = || all.iter().map(|found| Outcome::new(t, found)).collect();
    let until = Some(Timestamp::end_of_day(t.now.plus(9 * DAY).day()));
    pages.add("checked", &Verified { t, results: results(), at: t.now, until, text: Some("ABCD".into()) });
    let nothing = Found::of(Verdict::NotValid(Broken::Form));
    pages.add("checked-nothing", &Verified { t, results: vec![Outcome::new(t, &nothing)], at: t.now, until: None, text: None });
}

pub(super) fn proofs(pages: &mut Pages) {
    checks(pages);
    offers(pages);
    let t = pages.t;
    let own_map = own(t).into_iter().chain(all_states(t)).collect();
    pages.add("proof-map", &MapPage::new(t, Some("Amal".into()), own_map));
    let section = SectionPage { t, section: Section::P08, entries: all_states(t), addable: vec![Kind::Qualification], full: false };
    pages.add("proof-section", &section);
    for (n, verdict) in verdicts().into_iter().enumerate() {
        let (held, found) = (held(t), found(t, verdict));
        let page = EntryPage {
            t,
            id: EntryId(id(800)),
            shown: Shown::new(t, &held).found(Some(&found)),
            proof: Some(Proven::new(t, &found)),
            forms: Form::ALL.into(),
            renamed: vec![],
            audience: vec![],
            documents: vec![],
            attachable: false,
            beside: None,
            earlier: vec![],
        };
        pages.add(&format!("proof-entry-{n}"), &page);
    }
    let add = |text: &str, wrong| ProofAdd { t, text: text.into(), wrong };
    pages.add("proof-add", &add("", vec![]));
    let wrong = vec![Wrong::new("file", t.s("proof-wrong-large")), Wrong::new("text", t.s("proof-wrong-form"))];
    pages.add("proof-add-wrong", &add("hej", wrong));
    let review = |verdict, sound| ProofReview {
        t,
        text: "eyJ~".into(),
        proven: Proven::new(t, &found(t, verdict)),
        sound,
        audience: audience(t),
        wrong: vec![],
    };
    pages.add("proof-review", &review(Verdict::UnknownIssuer, true));
    pages.add("proof-review-not", &review(Verdict::NotValid(Broken::Signature), false));
    shown(pages);
}

fn audience(t: T) -> Vec<Audience> {
    let (unit, organisation, until) = ("Vetlanda".into(), "Arbetsförmedlingen".into(), t.now.plus(20 * DAY));
    vec![Audience { consent: ConsentId(id(701)), unit, organisation, until, ticked: false }]
}

fn offers(pages: &mut Pages) {
    let t = pages.t;
    let page = |offered: bool, way| OfferPage {
        t,
        code: if offered { CODE.into() } else { String::new() },
        offered: offered.then(|| Proven::new(t, &found(t, Verdict::Valid))),
        way,
        audience: if offered { audience(t) } else { vec![] },
        told: None,
        wrong: vec![],
    };
    pages.add("offer", &page(false, Way::SignIn));
    pages.add("offer-shown", &page(true, Way::Open));
    pages.add("offer-signed-out", &page(true, Way::SignIn));
    pages.add("offer-closed", &page(true, Way::Unlock));
    pages.add("offer-none", &OfferPage { told: Some(t.s("offer-none")), code: CODE.into(), ..page(false, Way::Open) });
    let wrong = vec![Wrong::new("code", t.s("offer-wrong-check"))];
    pages.add("offer-wrong", &OfferPage { wrong, code: "ABCD".into(), ..page(false, Way::Open) });
}

fn shown(pages: &mut Pages) {
    let t = pages.t;
    let entry_id = |n: u128| EntryId(id(800 + n));
    let pick = |some: bool, wrong| {
        let one = |(n, own): (usize, Own)| (entry_id(n as u128), own.shown, n == 1);
        ShowPick { t, proofs: if some { all_states(t).into_iter().enumerate().map(one).collect() } else { vec![] }, wrong }
    };
    pages.add("show-pick", &pick(true, vec![]));
    pages.add("show-pick-none", &pick(false, vec![]));
    pages.add("show-pick-wrong", &pick(true, vec![Wrong::new("entry", t.s("show-wrong-none"))]));
    let claims = ["proof-seqf", "proof-framework", "proof-criteria", "claim-concepts", "claim-given-name", "claim-family-name"];
    let claims = |named: bool| {
        let one = |key: &str| Choice::new(format!("{}/{key}", entry_id(0)), t.s(key), named || !key.starts_with("claim-"));
        claims.into_iter().map(one).collect()
    };
    let how = |wrong: Vec<Wrong>| ShowHow {
        t,
        proofs: vec![
            Chosen { id: entry_id(0), name: name(t, &proof(t).competence), claims: claims(!wrong.is_empty()) },
            Chosen { id: entry_id(1), name: Worded { text: "Hygiene".into(), lang: None }, claims: vec![] },
        ],
        whom: String::new(),
        presets: vec![Choice::new("2026-12-20", "20 december", false)],
        other: String::new(),
        other_chosen: false,
        latest: "20 november 2027".into(),
        opens: String::new(),
        times: String::new(),
        wrong,
    };
    pages.add("show-how", &how(vec![]));
    let wrong = [("whom", "show-wrong-whom"), ("until", "wrong-until"), ("opens", "link-wrong-opens")];
    pages.add("show-how-wrong", &how(wrong.map(|(id, key)| Wrong::new(id, t.two(key, "latest", "20 maj", "most", 80))).into()));
    let until = Timestamp::end_of_day(t.now.plus(29 * DAY).day());
    let row = |n: u128, live: bool, ended: Option<Timestamp>| ShowingRow {
        id: id(900 + n),
        what: "Truckförare, skjutstativtruck".into(),
        whom: "Lagerbolaget i Vetlanda".into(),
        created: t.now.plus(-2 * DAY),
        until,
        opens: 3,
        opened: n as u64,
        live,
        ended,
    };
    let link = format!("https://egenkarta.example/verify#{CODE}");
    let page = |row| ShowingPage {
        t,
        row,
        qr: Qr::of(&link),
        link: link.clone(),
        place: "https://egenkarta.example/verify".into(),
        groups: CODE.split('-').map(str::to_owned).collect(),
        proofs: vec![
            ("Truckförare, skjutstativtruck".into(), Some("Transportfackens yrkesnämnd".into())),
            ("Hygiene".into(), None),
        ],
        openings: vec![t.now.plus(-DAY), t.now.plus(-2 * DAY)],
    };
    pages.add("showing", &page(row(2, true, None)));
    pages.add("showing-ended", &page(row(2, false, Some(t.now))));
    let list = |closed: bool, any: bool| ShowingsPage {
        t,
        live: if any { vec![row(0, true, None), row(1, true, None)] } else { vec![] },
        ended: if any { vec![row(2, false, Some(t.now)), row(3, false, Some(t.now)), row(1, false, None)] } else { vec![] },
        any,
        closed,
    };
    pages.add("showings", &list(false, true));
    pages.add("showings-closed", &list(true, true));
    pages.add("showings-none", &list(false, false));
}
