//! Samples of the comparison.

use std::collections::BTreeMap;

use super::super::gap::{Against, Aim, GapPage, GapStart, Ours};
use super::super::shown::Shown;
use super::{Pages, id, profile};
use crate::domain::framework::Framework;
use crate::domain::gap::{Kinship, Proofs};
use crate::domain::profile::{Entry, Kind, Value};
use crate::domain::taxonomy::{Concept, Kind as Sort};
use crate::domain::{EntryId, VersionId};
use crate::text::T;
use crate::usecase::gap::{Asked, Name, gap as compare, of_framework};
use crate::usecase::profile::Held;

/// Every skill lies under one narrow group, and everyone needs one.
struct Kin;

impl Kinship for Kin {
    fn above(&self, uri: &str) -> Vec<String> {
        match uri {
            "all" => vec![],
            "wide" => vec!["all".to_owned()],
            "narrow" => vec!["wide".to_owned()],
            _ => vec!["narrow".to_owned()],
        }
    }

    fn needed_in(&self, _: &str) -> Vec<String> {
        vec![]
    }
}

fn held(entries: Vec<Entry>) -> Vec<Held> {
    let one = |(n, entry)| Held { id: EntryId(id(n as u128)), version: VersionId(id(n as u128)), entry };
    entries.into_iter().enumerate().map(one).collect()
}

/// Demands for the skills that the entries hold, of which every third is another skill that no language but Swedish names.
fn asked(t: T, entries: &[Entry]) -> Vec<Asked> {
    let framework = framework("care-assistant");
    let mut all = of_framework(&framework);
    let uris = entries.iter().filter_map(|entry| match entry.fields.get("skill") {
        Some(Value::Concept(concept)) => concept.uri.clone(),
        _ => None,
    });
    for (n, uri) in uris.enumerate() {
        let label = format!("{} {n}", t.s("example-care-hygiene"));
        let concept = Concept { uri: uri.clone(), kind: Sort::Skill, labels: [("sv".to_owned(), label)].into() };
        let (wants, need) = match n {
            0..3 => (uri, crate::domain::gap::Need::Must),
            3..5 => (uri, crate::domain::gap::Need::Good),
            _ => (format!("urn:{n}"), crate::domain::gap::Need::Must),
        };
        let demand =
            crate::domain::gap::Demand { wants: crate::domain::framework::Condition::Skills(vec![wants]), need, criterion: None };
        all.push(Asked { demand, name: Name::Concept(concept), next: None });
    }
    all
}

fn framework(name: &str) -> Framework {
    let frameworks = crate::taxonomy::Frameworks::load(None).expect("ours");
    frameworks.find(name).expect("ours").clone()
}

pub(super) fn gap(pages: &mut Pages) {
    let t = pages.t;
    let lang = t.lang.tag();
    let ours = |name: &str| {
        let framework = framework(name);
        Ours { id: framework.id.clone(), name: framework.name.get(lang).to_owned(), about: framework.about.get(lang).to_owned() }
    };
    let goals = profile(t).into_iter().filter(|entry| entry.kind == Kind::Goal);
    let aim = |(n, entry): (usize, Entry)| Aim { id: EntryId(id(n as u128)), name: Shown::new(t, &entry).heading, known: n == 0 };
    let aims: Vec<Aim> = goals.clone().chain(goals).enumerate().map(aim).collect();
    let (trades, courses) = (vec![ours("care-assistant"), ours("industry-basic")], vec![ours("course-care-assistant")]);
    pages.add("gap-start", &GapStart::new(t, aims, trades, courses, &BTreeMap::new(), BTreeMap::new()));
    pages.add("gap-start-empty", &GapStart::new(t, vec![], vec![], vec![], &BTreeMap::new(), BTreeMap::new()));
    let full = compare(held(profile(t)), &Proofs::new(), &Kin, asked(t, &profile(t)), t.now);
    let against = || Against::framework(&framework("care-assistant"), lang);
    pages.add("gap", &GapPage::new(t, against(), &full));
    let typed = [("occupation".to_owned(), vec!["Kock".to_owned()])].into();
    pages.add("gap-again", &GapPage::new(t, against(), &full).again(&typed));
    pages.add("gap-nothing", &GapPage::new(t, against(), &compare(vec![], &Proofs::new(), &Kin, asked(t, &profile(t)), t.now)));
    pages.add("gap-all", &GapPage::new(t, against(), &compare(held(profile(t)), &Proofs::new(), &Kin, vec![], t.now)));
}
