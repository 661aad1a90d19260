//! What every format must keep: export, import, export gives the same bytes, and the profile differs by the listed losses alone.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::format::NEVER;
use super::{Format, Item, read, write};
use crate::domain::profile::entry::check;
use crate::domain::profile::{ConceptRef, Field, Fields, Kind, Shape, Value};

/// Entries of every kind that a file may hold, with some of their fields, as a person could have typed them.
fn profile() -> impl Strategy<Value = Vec<Item>> {
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| !NEVER.contains(kind)).collect();
    let entries: Vec<_> = kinds.into_iter().map(|kind| proptest::collection::vec(item(kind), 0..=kind.max().min(3))).collect();
    entries.prop_map(|all| all.into_iter().flatten().collect())
}

fn item(kind: Kind) -> impl Strategy<Value = Item> {
    let fields: Vec<_> = kind.fields().iter().map(|field| (Just(field.name), held(field))).collect();
    fields.prop_filter_map("fits", move |pairs| {
        let fields: Fields = pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        check(kind, &fields).ok()?;
        Some(Item { kind, lang: "sv".to_owned(), fields, source: String::new() })
    })
}

fn held(field: &Field) -> BoxedStrategy<Option<Value>> {
    let value = value(field.shape);
    if field.required { value.prop_map(Some).boxed() } else { proptest::option::weighted(0.6, value).boxed() }
}

fn value(shape: Shape) -> BoxedStrategy<Value> {
    let word = "[A-ZÅÄÖa-zåäö<>&\"'ابة][A-Za-zåäö <>&;]{0,20}[a-zåäö.]";
    match shape {
        Shape::Line { .. } | Shape::Municipality => word.prop_map(Value::Text).boxed(),
        Shape::Text { .. } => "[A-Za-zåäö<]{1,9}\n[a-z<>& ]{0,40}x".prop_map(Value::Text).boxed(),
        Shape::Number { min, max } => (min..=max).prop_map(Value::Number).boxed(),
        Shape::Choice(all) => proptest::sample::select(all).prop_map(|one| Value::Choice(one.to_owned())).boxed(),
        Shape::Choices(all) => proptest::sample::subsequence(all, 1..=all.len())
            .prop_map(|some| Value::Choices(some.into_iter().map(str::to_owned).collect()))
            .boxed(),
        Shape::Date => proptest::sample::select(&["2001", "2009-07", "2013-02-28", "2020-12-01"][..])
            .prop_map(|date| Value::Date(date.parse().expect("a date")))
            .boxed(),
        Shape::Entry => proptest::sample::select(&["0191d5a0-0000-7000-8000-000000000001"][..])
            .prop_map(|id| Value::Text(id.to_owned()))
            .boxed(),
        Shape::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Shape::Concept(_) => (word, any::<bool>())
            .prop_map(|(entered, known)| {
                let uri = known.then(|| "http://data.europa.eu/esco/skill/0f5a3b4c".to_owned());
                Value::Concept(ConceptRef { uri, entered, sv: None, en: None })
            })
            .boxed(),
        Shape::Language => {
            proptest::sample::select(&["sv", "ar", "kmr", "ti"][..]).prop_map(|code| Value::Text(code.to_owned())).boxed()
        }
        Shape::Country => proptest::sample::select(&["SE", "SY"][..]).prop_map(|code| Value::Text(code.to_owned())).boxed(),
        Shape::Phone => "0[1-9]{6,9}".prop_map(Value::Text).boxed(),
        Shape::Proof { .. } => "[A-Za-z0-9_~.-]{1,80}".prop_map(Value::Text).boxed(),
        Shape::Email => "[a-z]{1,8}@example\\.org".prop_map(Value::Text).boxed(),
    }
}

/// A loss that was seen: the kind, and the field where the entry itself is still there.
type Seen = (Kind, Option<&'static str>);

/// What differs, entry by entry in the order of each kind.
fn lost(before: &[Item], after: &[Item]) -> BTreeSet<Seen> {
    let mut seen = BTreeSet::new();
    let of = |items: &[Item]| {
        let mut kinds: BTreeMap<Kind, Vec<Fields>> = BTreeMap::new();
        items.iter().for_each(|item| kinds.entry(item.kind).or_default().push(item.fields.clone()));
        kinds
    };
    let (before, after) = (of(before), of(after));
    for (kind, entries) in &before {
        let mut left: Vec<&Fields> = after.get(kind).into_iter().flatten().collect();
        for entry in entries {
            // What names the entry counts before all else: two languages may be known alike.
            let same = |other: &Fields, field: &Field| entry.get(field.name) == other.get(field.name);
            let near =
                |other: &Fields| (same(other, &kind.fields()[0]), kind.fields().iter().filter(|field| same(other, field)).count());
            let Some(at) = (0..left.len()).max_by_key(|at| near(left[*at])) else {
                seen.insert((*kind, None));
                continue;
            };
            let other = left.remove(at);
            let differs = kind.fields().iter().filter(|field| entry.get(field.name) != other.get(field.name));
            seen.extend(differs.map(|field| (*kind, Some(field.name))));
        }
    }
    seen
}

fn listed(format: Format) -> BTreeSet<Seen> {
    format.loses().iter().map(|lose| (lose.kind, lose.field)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn export_import_export_gives_the_same_bytes_and_only_the_listed_losses(items in profile()) {
        for format in Format::ALL {
            let first = write(format, &items, "sv");
            let import = read(&first, "sv").map_err(|why| TestCaseError::fail(format!("{format:?}: {why}")))?;
            let second = write(format, &import.entries, "sv");
            prop_assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&second), "{:?}", format);
            prop_assert_eq!(import.format, format);
            prop_assert!(import.not_understood.is_empty(), "{:?}: {:?}", format, import.not_understood);
            let gone: Vec<Kind> = format.loses().iter().filter(|lose| lose.field.is_none()).map(|lose| lose.kind).collect();
            let seen = lost(&items, &import.entries);
            let unsaid: Vec<&Seen> = seen.iter().filter(|seen| !listed(format).contains(*seen) && !(gone.contains(&seen.0))).collect();
            prop_assert!(unsaid.is_empty(), "{:?} loses {:?} unsaid", format, unsaid);
        }
    }

    #[test]
    fn a_broken_file_is_refused_or_read_and_never_panics(items in profile(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        for format in Format::ALL {
            let mut file = write(format, &items, "sv");
            let at = at.index(file.len());
            if cut { file.truncate(at) } else { file[at] = byte }
            if let Ok(import) = read(&file, "sv") {
                prop_assert!(import.entries.iter().all(|item| check(item.kind, &item.fields).is_ok()));
            }
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(file in proptest::collection::vec(any::<u8>(), 0..300)) {
        _ = read(&file, "und");
    }
}

#[test]
fn an_entry_that_stands_twice_gives_the_same_bytes_again() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    for kind in Kind::ALL.iter().filter(|kind| !NEVER.contains(kind)) {
        let item = item(*kind).new_tree(&mut runner).expect("an entry").current();
        for format in Format::ALL {
            let first = write(format, &[item.clone(), item.clone()], "sv");
            let import = read(&first, "sv").expect("our own file");
            let second = write(format, &import.entries, "sv");
            assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&second), "{format:?} {kind:?}");
        }
    }
}

#[test]
fn every_listed_loss_is_one() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    for format in Format::ALL {
        let (mut wanted, mut unsaid) = (listed(format), BTreeSet::new());
        let gone: BTreeSet<Kind> = wanted.iter().filter(|lose| lose.1.is_none()).map(|lose| lose.0).collect();
        for _ in 0..120 {
            let items = profile().new_tree(&mut runner).expect("a profile").current();
            let import = read(&write(format, &items, "sv"), "sv").expect("our own file");
            let seen = lost(&items, &import.entries);
            wanted.retain(|lose| !seen.contains(lose));
            unsaid.extend(seen.into_iter().filter(|lose| !listed(format).contains(lose) && !gone.contains(&lose.0)));
        }
        assert!(unsaid.is_empty(), "{format:?} loses and does not say so: {unsaid:?}");
        assert!(wanted.is_empty(), "{format:?} says that it loses, and does not: {wanted:?}");
    }
}

#[test]
fn what_is_nobodys_business_is_in_no_file() {
    let secret = |kind: Kind| {
        let fields = kind.fields().iter().filter_map(|field| match field.shape {
            Shape::Text { .. } | Shape::Line { .. } | Shape::Municipality => {
                Some((field.name.to_owned(), Value::Text("hemlighet".to_owned())))
            }
            _ => None,
        });
        Item { kind, lang: "sv".to_owned(), fields: fields.collect(), source: String::new() }
    };
    let items: Vec<Item> = NEVER.into_iter().map(secret).collect();
    for format in Format::ALL {
        assert!(!String::from_utf8(write(format, &items, "sv")).expect("text").contains("hemlighet"), "{format:?}");
    }
}
