//! Samples of what a unit states.

use super::super::form::Wrong;
use super::super::statement::{StatementPage, rows};
use super::Pages;
use crate::domain::statement::{Answer, Statement, Typed};
use crate::domain::time::DAY;
use crate::text::T;

/// What the unit states: nothing yet, and all with each field's fault.
pub(super) fn statements(pages: &mut Pages) {
    let t = pages.t;
    let (now, typed) = (None, Typed::default());
    pages.add("statement-none", &StatementPage { t, now, typed, wrong: vec![] });
    let stated = stated(t);
    let wrong = [
        ("readers", "wrong-statement-readers"),
        ("automated", "wrong-statement-answer"),
        ("automated_how", "wrong-statement-words"),
        ("transfers", "wrong-statement-answer"),
        ("transfers_where", "wrong-statement-words"),
    ];
    let wrong = wrong.map(|(id, key)| Wrong::new(id, t.s(key))).into();
    let now = Some((stated.since, rows(t, Some(&stated))));
    pages.add("statement", &StatementPage { t, now, typed: Typed::of(&stated), wrong });
}

/// A statement with a yes and a no.
pub(super) fn stated(t: T) -> Statement {
    Statement {
        since: t.now.plus(-DAY),
        readers: Some("arbetsmarknadshandläggare och deras chef".into()),
        automated: Some(Answer::No),
        transfers: Some(Answer::Yes("USA, med kommissionens standardavtal".into())),
    }
}
