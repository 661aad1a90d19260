//! Samples of links.

use super::super::form::{Choice, Wrong};
use super::super::link::{LinkAnswers, LinkFor, LinkHow, LinkMade, LinkOpen, LinkRead, LinkSummary, words};
use super::super::qr::Qr;
use super::super::sharing::ToldSection;
use super::Pages;
use super::id;
use super::share::contents;
use crate::domain::consent::Mode;
use crate::domain::profile::Section;
use crate::domain::time::DAY;
use crate::domain::{ConsentId, Timestamp};

const LINK: &str = "https://egenkarta.example/l/0191d5a0000040008000000000000001#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

pub(super) fn link(pages: &mut Pages) {
    let t = pages.t;
    let (until, recipient) = (Timestamp::end_of_day(t.now.plus(29 * DAY).day()), "Arbetsgivare".to_owned());
    let choices = || vec![Choice::new("employer_apply/recruitment", "Arbetsgivare: Pröva din ansökan", false)];
    pages.add("link-for", &LinkFor { t, choices: choices(), wrong: vec![] });
    pages.add("link-for-wrong", &LinkFor { t, choices: choices(), wrong: vec![Wrong::new("for", t.s("link-wrong-for"))] });
    let how = |answers, wrong| LinkHow {
        t,
        presets: vec![Choice::new("2026-12-20", "20 december", false)],
        other: String::new(),
        other_chosen: false,
        latest: "18 februari 2027".into(),
        personal: vec![Choice::new("0191d5a0-0000-7000-8000-000000000001", "Amal", false)],
        answers,
        wrong,
    };
    pages.add("link-how", &how(LinkAnswers::default(), vec![]));
    let typed = LinkAnswers { opens: "many".into(), times: "900".into(), word: "blå".into(), ..LinkAnswers::default() };
    let wrong = [("until", "wrong-until"), ("opens", "link-wrong-opens"), ("word", "link-wrong-word")];
    let wrong = wrong.map(|(id, key)| Wrong::new(id, t.two(key, "latest", "18 februari", "most", 100)));
    pages.add("link-how-wrong", &how(typed.clone(), wrong.into()));
    let summary = |word| LinkSummary {
        t,
        recipient: recipient.clone(),
        purpose: "Pröva din ansökan om arbete".into(),
        sections: vec![ToldSection { section: Section::P07, count: 2, whole: true, kept_out: Vec::new() }],
        until,
        opens: 3,
        word,
        preview: contents(t, 3, Mode::View),
        answers: typed.clone(),
    };
    pages.add("link-summary", &summary(true));
    let (consent, link) = (ConsentId(id(700)), LINK.to_owned());
    pages.add(
        "link-made",
        &LinkMade { t, consent, qr: Qr::of(LINK), link, recipient: recipient.clone(), until, opens: 1, word: true },
    );
    let open = |told, wrong| LinkOpen {
        t,
        id: "0191d5a0000040008000000000000001".into(),
        link: String::new(),
        word: String::new(),
        words: words(t, std::iter::empty(), std::iter::empty()),
        told,
        wrong,
    };
    pages.add("link-open", &open(None, vec![]));
    pages.add("link-open-closed", &open(Some(t.s("link-closed")), vec![]));
    let wrong = vec![Wrong::new("link-text", t.s("link-told-text")), Wrong::new("word", t.one("link-told-wrong", "left", 3))];
    pages.add("link-open-wrong", &open(None, wrong));
    pages.add("link-read", &LinkRead { t, contents: contents(t, 2, Mode::View) });
}
