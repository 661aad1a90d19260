//! Samples of the outlines: as they are, for a recipient, and with more than two pages hold.

use std::sync::LazyLock;

use super::super::outline::{Filled, Listed, Looked, OutlinePage, OutlinesPage, Recipient, Shared};
use super::super::qr::Qr;
use super::{Pages, entry, id, profile};
use crate::domain::ConsentId;
use crate::domain::credential::Verdict;
use crate::domain::profile::{Evidence, Kind};
use crate::policy::Catalogue;
use crate::taxonomy::Outlines;

/// Read once: the samples are made in each language.
pub(super) static OUTLINES: LazyLock<Outlines> =
    LazyLock::new(|| Outlines::load(None, &Catalogue::embedded().expect("ours")).expect("ours"));

pub(super) fn outline(pages: &mut Pages) {
    let t = pages.t;
    pages.add("outlines", &OutlinesPage { t, all: OUTLINES.all().iter().map(|one| Listed::new(t, one)).collect() });
    let mut entries = profile(t);
    let long = ["lagade ", "bar och mätte "].concat().repeat(5);
    let fields = [("name", long.as_str()), ("issuer", &long), ("seqf", "4")];
    entries.push(entry(t, Kind::Qualification, "sv", Evidence::E2, 0, &fields));
    let (proof, found) = (super::proof::held(t), super::proof::found(t, Verdict::Valid));
    let sharing = || Recipient {
        consent: ConsentId(id(700)),
        unit: "Arbetsförmedlingen Höglandet".into(),
        organisation: "Arbetsförmedlingen".into(),
    };
    let shared = || Shared {
        unit: sharing().unit,
        organisation: sharing().organisation,
        code: "K7M-2QF".into(),
        qr: Qr::of("https://egenkarta.example/staff/inbox/0191d5a0-0000-7000-8000-0000000002bc"),
    };
    for outline in OUTLINES.all() {
        let all: Vec<Looked<'_>> = entries.iter().map(|entry| (entry, None)).chain([(&proof, Some(&found))]).collect();
        let page = |filled, sharings, shared| OutlinePage { t, filled, sharings, shared };
        pages.add(&format!("outline-{}", outline.id), &page(Filled::new(t, outline, &all, false), vec![sharing()], None));
        let many: Vec<Looked<'_>> = (0..9).flat_map(|_| all.iter().copied()).collect();
        let filled = Filled::new(t, outline, &many, false);
        assert!(filled.cut());
        let rendered = filled.to_string();
        // In some languages other entries are cut too: by whole parts, without a mark.
        let papers =
            rendered.split("<span class=\"paper\">").skip(1).filter_map(|rest| rest.split("<span class=\"screen\">").next());
        let paper = papers.into_iter().find(|paper| paper.contains("lagade"));
        assert!(paper.is_none_or(|paper| paper.contains('…') && !paper.contains(&long)), "what is long is cut on paper: {paper:?}");
        pages.add(&format!("outline-{}-many", outline.id), &page(filled, vec![], Some(shared())));
        pages.add(&format!("outline-{}-empty", outline.id), &page(Filled::new(t, outline, &[], false), vec![], Some(shared())));
    }
}
