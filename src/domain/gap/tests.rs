use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::steps::{Step, steps};
use super::*;
use crate::domain::Timestamp;
use crate::domain::profile::{ConceptRef, Fields, Source};

/// Groups G over S1 and S2 (both over T), and the skills a to f: a, b and c in S1, d and e in S2, f right under T.
struct Small;

impl Kinship for Small {
    fn above(&self, uri: &str) -> Vec<String> {
        let tree: BTreeMap<&str, &str> =
            [("a", "S1"), ("b", "S1"), ("c", "S1"), ("d", "S2"), ("e", "S2"), ("f", "T"), ("S1", "T"), ("S2", "T"), ("T", "top")]
                .into();
        tree.get(uri).map(|parent| (*parent).to_owned()).into_iter().collect()
    }

    fn needed_in(&self, occupation: &str) -> Vec<String> {
        if occupation == "cook" { vec!["d".into(), "e".into()] } else { vec![] }
    }
}

fn id(n: usize) -> EntryId {
    EntryId(Uuid::from_u128(n as u128 + 1))
}

fn entry(kind: Kind, evidence: Evidence, fields: Fields) -> Entry {
    let (source, at) = (Source::Own, Timestamp(0));
    Entry { kind, lang: "sv".into(), source, evidence, fields, created: at, updated: at, confirmed: at, file: None }
}

fn with_concept(kind: Kind, field: &str, uri: &str, evidence: Evidence) -> Entry {
    let concept = ConceptRef { uri: Some(uri.into()), ..ConceptRef::free(uri) };
    entry(kind, evidence, [(field.to_owned(), Value::Concept(concept))].into())
}

fn skill(uri: &str, evidence: Evidence) -> Entry {
    with_concept(Kind::Skill, "skill", uri, evidence)
}

fn swedish(level: &str) -> Entry {
    let fields = [("language", Value::Text("sv".into())), ("reading", Value::Choice(level.into()))];
    entry(Kind::Language, Evidence::E1, fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn licence(name: &str, expires: Option<&str>) -> Entry {
    let mut fields: Fields = [("licence".to_owned(), Value::Choice(name.into()))].into();
    fields.extend(expires.map(|date| ("expires".to_owned(), Value::Date(date.parse().expect("a date")))));
    entry(Kind::Licence, Evidence::E1, fields)
}

fn wants(uris: &[&str]) -> Demand {
    Demand { wants: Condition::Skills(uris.iter().map(|uri| (*uri).to_owned()).collect()), need: Need::Must, criterion: None }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day")
}

fn one(demand: Demand, held: &[Entry]) -> Standing {
    let held: Vec<(EntryId, &Entry)> = held.iter().enumerate().map(|(n, entry)| (id(n), entry)).collect();
    compare(&[demand], &held, &Proofs::new(), &Small, today()).remove(0)
}

fn near(demand: Demand, held: Entry) -> Option<Near> {
    match one(demand, &[held]) {
        Standing::Close(close) => Some(close[0].1),
        _ => None,
    }
}

#[test]
fn who_holds_nothing_or_something_else_lacks_it() {
    assert_eq!(one(wants(&["a"]), &[]), Standing::Missing);
    assert_eq!(one(wants(&["a"]), &[skill("d", Evidence::E5)]), Standing::Missing, "only the uppermost group is shared");
    assert_eq!(one(wants(&["f"]), &[skill("a", Evidence::E5)]), Standing::Missing, "what shares too wide a group is no kin");
    let free = entry(Kind::Skill, Evidence::E1, [("skill".to_owned(), Value::Concept(ConceptRef::free("a")))].into());
    assert_eq!(one(wants(&["a"]), &[free]), Standing::Missing, "words of one's own are no concept");
}

#[test]
fn the_best_proof_stands_first_and_one_of_several_skills_is_enough() {
    let held = [skill("a", Evidence::E1), skill("b", Evidence::E4), skill("a", Evidence::E2)];
    assert_eq!(one(wants(&["a", "b"]), &held), Standing::Have(vec![id(1), id(2), id(0)]));
}

#[test]
fn what_lies_close_says_in_which_way() {
    assert_eq!(near(wants(&["a"]), skill("S1", Evidence::E1)), Some(Near::Wider));
    assert_eq!(near(wants(&["S1"]), skill("a", Evidence::E1)), Some(Near::Narrower));
    assert_eq!(near(wants(&["a"]), skill("b", Evidence::E1)), Some(Near::Kin));
    assert_eq!(near(wants(&["d"]), with_concept(Kind::Work, "occupation", "cook", Evidence::E1)), Some(Near::Worked));
    assert_eq!(near(wants(&["a"]), with_concept(Kind::Work, "occupation", "cook", Evidence::E1)), None);
}

#[test]
fn a_language_is_held_at_its_level_and_a_licence_until_its_last_day() {
    let wanted = || {
        let language = LanguageLevel { language: "sv".into(), skills: vec!["reading".into()], level: "b1".into() };
        Demand { wants: Condition::Language(language), need: Need::Must, criterion: None }
    };
    assert_eq!(near(wanted(), swedish("a2")), Some(Near::Lower));
    assert!(matches!(one(wanted(), &[swedish("b1")]), Standing::Have(_)));
    assert!(matches!(one(wanted(), &[swedish("c1")]), Standing::Have(_)));
    let truck = || Demand { wants: Condition::Licences(vec!["truck_a".into()]), need: Need::Must, criterion: None };
    assert_eq!(near(truck(), licence("truck_a", Some("2026-11-21"))), Some(Near::Expired));
    assert!(matches!(one(truck(), &[licence("truck_a", Some("2026-11"))]), Standing::Have(_)));
    assert_eq!(one(truck(), &[licence("b", None)]), Standing::Missing);
}

#[test]
fn the_steps_say_each_thing_once_and_the_easiest_first() {
    let demands = [wants(&["a"]), wants(&["b"]), wants(&["d"]), Demand { need: Need::Good, ..wants(&["e"]) }];
    let held = [(id(0), &skill("a", Evidence::E1))];
    let standings = compare(&demands, &held, &Proofs::new(), &Small, today());
    let own = |ids: &[EntryId]| only_own_word(ids, &held);
    let told = steps(&demands, &standings, own, |_| false);
    assert_eq!(told, [Step::WriteDown(vec![1]), Step::Learn(vec![2]), Step::Attest(vec![0])]);
    let hinted = steps(&demands, &standings, own, |at| at == 2);
    assert_eq!(hinted[1], Step::Follow(vec![2]));
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let evidence = prop_oneof![Just(Evidence::E1), Just(Evidence::E2), Just(Evidence::E3), Just(Evidence::E4), Just(Evidence::E5)];
    let uri = prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "S1", "S2", "T", "z"]);
    prop_oneof![
        (uri, evidence).prop_map(|(uri, evidence)| skill(uri, evidence)),
        Just(with_concept(Kind::Work, "occupation", "cook", Evidence::E2)),
        prop::sample::select(vec!["none", "a1", "b1", "c2"]).prop_map(swedish),
        prop::sample::select(vec![None, Some("2020"), Some("2030")]).prop_map(|expires| licence("b", expires)),
    ]
}

fn any_demand() -> impl Strategy<Value = Demand> {
    let uris = prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "S1", "y"]), 1..4);
    let level = prop::sample::select(vec!["a1", "b1", "c2"]);
    let wants = prop_oneof![
        uris.prop_map(|uris| Condition::Skills(uris.into_iter().map(str::to_owned).collect())),
        level.prop_map(|level| Condition::Language(LanguageLevel {
            language: "sv".into(),
            skills: vec!["reading".into()],
            level: level.into(),
        })),
        Just(Condition::Licences(vec!["b".into()])),
        Just(Condition::Entry(EntryWanted { kind: Kind::Work, field: None, any_of: vec![] })),
    ];
    (wants, any::<bool>()).prop_map(|(wants, must)| Demand {
        wants,
        need: if must { Need::Must } else { Need::Good },
        criterion: None,
    })
}

fn rank(standing: &Standing) -> u8 {
    match standing {
        Standing::Missing => 0,
        Standing::Close(_) => 1,
        Standing::Have(_) => 2,
    }
}

fn named(standing: &Standing) -> Vec<EntryId> {
    match standing {
        Standing::Missing => vec![],
        Standing::Close(close) => close.iter().map(|(id, _)| *id).collect(),
        Standing::Have(have) => have.clone(),
    }
}

proptest! {
    #[test]
    fn more_on_the_map_never_takes_anything_away(
        demands in prop::collection::vec(any_demand(), 0..8),
        held in prop::collection::vec(any_entry(), 0..10),
        extra in any_entry(),
    ) {
        let few: Vec<(EntryId, &Entry)> = held.iter().enumerate().map(|(n, entry)| (id(n), entry)).collect();
        let many: Vec<(EntryId, &Entry)> = few.iter().copied().chain([(id(99), &extra)]).collect();
        let (before, after) = (compare(&demands, &few, &Proofs::new(), &Small, today()), compare(&demands, &many, &Proofs::new(), &Small, today()));
        prop_assert_eq!(before.len(), demands.len());
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(rank(after) >= rank(before), "{:?} became {:?}", before, after);
            let lost = named(before).into_iter().any(|id| !named(after).contains(&id));
            prop_assert!(!lost || rank(after) > rank(before), "an entry that counted counts no more");
        }
    }

    #[test]
    fn the_order_of_the_map_changes_nothing_and_only_its_entries_are_named(
        demands in prop::collection::vec(any_demand(), 0..8),
        held in prop::collection::vec(any_entry(), 0..10),
    ) {
        let mut all: Vec<(EntryId, &Entry)> = held.iter().enumerate().map(|(n, entry)| (id(n), entry)).collect();
        let forwards = compare(&demands, &all, &Proofs::new(), &Small, today());
        all.reverse();
        prop_assert_eq!(&forwards, &compare(&demands, &all, &Proofs::new(), &Small, today()));
        for standing in &forwards {
            let named = named(standing);
            prop_assert!(named.iter().all(|id| all.iter().any(|(known, _)| known == id)));
            prop_assert_eq!(named.is_empty(), *standing == Standing::Missing);
        }
        let nothing = compare(&demands, &[], &Proofs::new(), &Small, today());
        prop_assert!(nothing.iter().all(|standing| *standing == Standing::Missing));
        let told = steps(&demands, &forwards, |ids| only_own_word(ids, &all), |at| at % 2 == 0);
        let met = |at: usize| matches!(forwards[at], Standing::Have(_));
        for step in &told {
            prop_assert!(step.places().iter().all(|at| met(*at) == matches!(step, Step::Attest(_))), "a step for what is met");
        }
        let lacking = (0..demands.len()).filter(|at| demands[*at].need == Need::Must && !met(*at));
        let stepped: Vec<usize> = told.iter().flat_map(|step| step.places().to_vec()).collect();
        prop_assert!(lacking.into_iter().all(|at| stepped.iter().filter(|one| **one == at).count() == 1), "each lack has one step");
    }
}
