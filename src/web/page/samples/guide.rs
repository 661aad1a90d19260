//! Samples of the guided mapping.

use super::super::entry::{Typed, input};
use super::super::form::{Choice, Wrong};
use super::super::guide::{Ask, GuideDone, GuidePage, Invitation, Level, Pick};
use super::super::map::{MapPage, Own};
use super::super::shown::choice;
use super::{Pages, id, own};
use crate::domain::EntryId;
use crate::domain::guide::{Background, LANGUAGE_FIELDS, Question, Step};
use crate::domain::profile::{Kind, Shape};
use crate::taxonomy::Situations;
use crate::text::T;

fn page(t: T, step: Step, ask: Ask) -> GuidePage {
    let heading = match step.question {
        Question::WorkSkills => t.one("guide-ask-workskills", "work", "kock"),
        Question::Language => t.one(&format!("guide-ask-{}", step.language_field().expect("a skill")), "language", t.s("lang-sv")),
        question => t.s(format!("guide-ask-{}", question.name())),
    };
    let hint = t.maybe(&format!("guide-hint-{}", step.question.name()));
    let (again, more) = (step.question.again(), step.question.offers());
    GuidePage { t, step, heading, hint, known: vec![], ask, wrong: vec![], audience: vec![], again, more }
}

fn pick(value: &str, label: String, picture: bool) -> Pick {
    let chosen = value == "cooking";
    Pick { value: value.into(), label, lang: None, chosen, picture: picture.then(|| value.to_owned()) }
}

fn ask(t: T, question: Question, page: u8) -> Ask {
    let choices = |kind: Kind, field: &str| match kind.field(field).map(|field| field.shape) {
        Some(Shape::Choice(all)) => all,
        _ => panic!("{field} is no choice"),
    };
    let skills = ["laga mat", "baka", "hålla köket rent"].map(|name| pick(name, name.to_owned(), false));
    match question {
        Question::Background => {
            Ask::Ticks(Background::ALL.map(|one| pick(one.name(), t.s(format!("guide-background-{}", one.name())), true)).into())
        }
        Question::Situations => {
            let all = Situations::embedded().expect("ours");
            Ask::Ticks(all.all().iter().map(|one| pick(&one.id, one.label.get(t.lang.tag()).to_owned(), true)).collect())
        }
        Question::HomeSkills | Question::WorkSkills => Ask::Ticks(skills.into()),
        Question::Levels => {
            let choices =
                || choices(Kind::Skill, "level").iter().map(|one| Choice::new(*one, choice(t, Kind::Skill, "level", one), false));
            let level = |n: u128| Level { id: EntryId(id(n)), label: "laga mat".into(), choices: choices().collect() };
            Ask::Levels(vec![level(1), level(2)])
        }
        Question::Language => {
            let field = LANGUAGE_FIELDS[usize::from(page)];
            let all = choices(Kind::Language, field).iter();
            Ask::One(all.map(|one| Choice::new(*one, t.s(format!("cefr-{field}-{one}")), *one == "b1")).collect())
        }
        Question::Schooling => {
            let all = choices(Kind::Education, "level").iter();
            Ask::One(all.map(|one| Choice::new(*one, choice(t, Kind::Education, "level", one), false)).collect())
        }
        Question::Licences => Ask::Ticks(vec![pick("b", choice(t, Kind::Licence, "licence", "b"), false)]),
        question => {
            let kind = question.kind().expect("a kind");
            let fields = question.fields().iter().filter_map(|name| kind.field(name));
            Ask::Fields(fields.map(|field| input(t, kind, field, &Typed::new(), &[], None)).collect())
        }
    }
}

pub(super) fn guide(pages: &mut Pages) {
    let t = pages.t;
    for question in Question::ALL {
        pages.add(&format!("guide-{}", question.name()), &page(t, Step::of(question), ask(t, question, 0)));
    }
    for number in 1..LANGUAGE_FIELDS.len() as u8 {
        let step = Step { page: number, ..Step::of(Question::Language) };
        pages.add(&format!("guide-language-{number}"), &page(t, step, ask(t, Question::Language, number)));
    }
    let kind = |kind: Kind| own(t).into_iter().filter(move |own| own.shown.kind == kind).collect::<Vec<Own>>();
    let mut known = page(t, Step::of(Question::Work), ask(t, Question::Work, 0));
    known.known = kind(Kind::Work);
    known.audience = super::person::audience(t);
    known.wrong = vec![Wrong::new("occupation", t.one("fault-missing", "field", t.s("field-work-occupation")))];
    pages.add("guide-known", &known);
    pages.add("guide-nothing", &GuidePage { known: kind(Kind::PreferredName), ..page(t, Step::FIRST, Ask::Nothing) });
    let sections = MapPage::new(t, None, own(t)).sections.into_iter().filter(|row| row.count > 0).collect();
    pages.add("guide-done", &GuideDone { t, sections });
    pages.add("guide-done-none", &GuideDone { t, sections: vec![] });
    for (name, guide) in [("map-begun", Invitation::GoOn), ("map-finished", Invitation::Look)] {
        let mut map = MapPage::new(t, None, own(t));
        map.guide = guide;
        pages.add(name, &map);
    }
}

/// Each picture that is asked for is drawn.
#[test]
fn each_situation_and_background_has_its_picture() {
    let sprite = super::super::asset::get("pictures.svg").expect("there");
    let sprite = String::from_utf8(sprite.bytes.into_owned()).expect("text");
    let all = Situations::embedded().expect("ours");
    let names = all.all().iter().map(|one| one.id.as_str()).chain(Background::ALL.map(Background::name));
    let missing: Vec<_> = names.filter(|name| !sprite.contains(&format!("<symbol id=\"{name}\""))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
