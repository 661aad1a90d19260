use proptest::prelude::*;

use super::*;

fn some_facts() -> impl Strategy<Value = Facts> {
    let backgrounds = proptest::collection::btree_set(proptest::sample::select(Background::ALL.to_vec()), 0..=5);
    (backgrounds, any::<bool>(), 0_usize..6, 0_usize..6, any::<bool>())
        .prop_map(|(backgrounds, situations, works, languages, skills)| Facts { backgrounds, situations, works, languages, skills })
}

fn any_step() -> impl Strategy<Value = Step> {
    (proptest::sample::select(Question::ALL.to_vec()), 0..MOST_PARTS, 0..MOST_PAGES).prop_map(|(question, part, page)| Step {
        question,
        part,
        page,
    })
}

/// All that follows from the first page by skipping everything.
fn skipped_through(facts: &Facts) -> Vec<Step> {
    std::iter::successors(plan(facts).first().copied(), |step| next(facts, *step)).take(100).collect()
}

#[test]
fn what_is_no_page_has_no_address() {
    for text in
        ["", "-", "safety", "work-", "work-0-0", "work-1", "work--1", "work-1-0-0", "work-01-1", "work-9-0", "Name", "work-0-9"]
    {
        assert_eq!(text.parse::<Step>(), Err(NoStep), "{text}");
    }
}

#[test]
fn each_question_is_reachable() {
    let all = |backgrounds: &[Background]| Facts {
        backgrounds: backgrounds.iter().copied().collect(),
        situations: true,
        works: 1,
        languages: 1,
        skills: true,
    };
    let mut reached: BTreeSet<Question> = BTreeSet::new();
    for background in Background::ALL {
        reached.extend(skipped_through(&all(&[background])).into_iter().map(|step| step.question));
    }
    assert_eq!(reached, Question::ALL.into());
    let whole = skipped_through(&all(&Background::ALL));
    assert!(LANGUAGE_FIELDS[..3].iter().all(|field| whole.iter().any(|step| step.language_field() == Some(field))));
}

#[test]
fn the_way_follows_what_one_has_done() {
    let of = |background: Background| {
        let facts = Facts { backgrounds: [background].into(), ..Facts::default() };
        plan(&facts).into_iter().map(|step| step.question).collect::<Vec<_>>()
    };
    use Question::{Business, Situations, Studies, Work};
    let asked = |background, question| of(background).contains(&question);
    assert!(asked(Background::Short, Situations) && !asked(Background::Short, Work) && !asked(Background::Short, Studies));
    assert!(asked(Background::Paid, Work) && !asked(Background::Paid, Situations));
    assert!(asked(Background::Own, Business) && !asked(Background::Own, Work));
    assert!(asked(Background::Study, Studies) && asked(Background::Home, Situations));
}

proptest! {
    #[test]
    fn skipping_everything_passes_each_page_once_and_ends(facts in some_facts()) {
        prop_assert_eq!(skipped_through(&facts), plan(&facts));
    }

    #[test]
    fn back_from_the_next_page_is_the_same_page(facts in some_facts()) {
        for step in plan(&facts) {
            if let Some(after) = next(&facts, step) {
                prop_assert_eq!(previous(&facts, after), Some(step));
            }
        }
        prop_assert_eq!(previous(&facts, Step::FIRST), None);
    }

    #[test]
    fn back_and_forth_moves_from_any_page_also_one_that_is_no_longer_asked(facts in some_facts(), step in any_step()) {
        prop_assert!(next(&facts, step).is_none_or(|after| after > step && holds(&facts, after)));
        prop_assert!(previous(&facts, step).is_none_or(|before| before < step));
        prop_assert!(step.more().is_none_or(|more| more > step && more.page < MOST_PAGES));
    }

    /// Whatever one adds meanwhile.
    #[test]
    fn progress_never_falls(facts in some_facts(), later in some_facts(), step in any_step()) {
        for facts in [&facts, &later] {
            if let Some(after) = next(facts, step) {
                prop_assert!(after.chapter() >= step.chapter());
            }
        }
        prop_assert!(step.more().is_none_or(|more| more.chapter() == step.chapter()));
        let chapters: Vec<_> = plan(&facts).into_iter().map(Step::chapter).collect();
        prop_assert!(chapters.is_sorted());
    }

    #[test]
    fn an_address_leads_back_to_its_page(step in any_step()) {
        prop_assert_eq!(step.to_string().parse::<Step>(), Ok(step));
        let kept = super::super::Guide::default().moved(Some(step));
        let json = serde_json::to_string(&kept).expect("json");
        prop_assert_eq!(serde_json::from_str::<super::super::Guide>(&json).expect("the same"), kept);
    }

    #[test]
    fn any_text_is_an_address_or_none(text in "\\PC{0,20}") {
        let _ = text.parse::<Step>();
    }
}
