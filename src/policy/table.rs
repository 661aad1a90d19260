//! The whole decision table: each actor, each action, each thing that tells. Kept as `policies/decisions.txt`, so that a change of
//! policy is read as a change of answers.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use cedar_policy::Authorizer;

use super::cases::{ME, Terms, actors, ask, name, owner};
use super::{Action, Catalogue, Policy, Question};

mod most;

const HEAD: &str = "\
The decision table: what the policies answer, for every action and every actor.
Made by `cargo test --lib write_the_decision_table -- --ignored`, compared by `cargo test`.

Each line: the case, the answer (may, or why not), by which policy, and all actors for whom this is so. `schema`: the schema knows
no such question; who gets that answer in every case stands once, under the action. `-`: no policy allows it.
closed: no keyring is opened. opened: one is. fresh: and its passphrase or passkey was given within five minutes.
";

/// The answer, in a word and by whom.
fn answer(policy: &Policy, question: &Question<'_>) -> (&'static str, String) {
    let joined = |ids: Vec<String>| if ids.is_empty() { "-".to_owned() } else { ids.join(" ") };
    match policy.weigh(question) {
        Ok(response) => ("may", joined(response.diagnostics().reason().map(ToString::to_string).collect())),
        Err(refused) => (refused.why.word(), joined(refused.by)),
    }
}

/// By case: each answer with the actors who get it. What may be done comes first.
type Answers = Vec<(String, BTreeMap<(bool, &'static str, String), Vec<String>>)>;

fn answers(policy: &Policy, action: Action) -> Answers {
    let mut cases = Answers::new();
    ask(action, |case, resource| {
        let mut groups = BTreeMap::new();
        for actor in actors() {
            let (word, by) = answer(policy, &Question { actor, action, resource });
            groups.entry((word != "may", word, by)).or_insert_with(Vec::new).push(name(&actor));
        }
        cases.push((case.to_owned(), groups));
    });
    cases
}

fn block(policy: &Policy, action: Action, out: &mut String) {
    let mut cases = answers(policy, action);
    let schema = (true, "never", "schema".to_owned());
    let unknown = |name: &String| cases.iter().all(|(_, groups)| groups.get(&schema).is_some_and(|who| who.contains(name)));
    let outside: Vec<String> = actors().iter().map(name).filter(unknown).collect();
    writeln!(out, "\n{} ({:?})", action.name(), action.on()).expect("a string takes it");
    let mut lines: Vec<[String; 4]> = Vec::new();
    for (case, groups) in &mut cases {
        for who in groups.values_mut() {
            who.retain(|name| !outside.contains(name));
        }
        groups.retain(|_, who| !who.is_empty());
        for (n, ((_, word, by), who)) in groups.iter().enumerate() {
            let case = if n == 0 { case.clone() } else { String::new() };
            lines.push([case, (*word).to_owned(), by.clone(), shorten(who)]);
        }
    }
    let width = |n: usize| lines.iter().map(|line| line[n].chars().count()).max().unwrap_or(0);
    let (a, b, c) = (width(0), width(1), width(2));
    for [case, word, by, who] in &lines {
        writeln!(out, "{}", format!("  {case:a$}  {word:b$}  {by:c$}  {who}").trim_end()).expect("a string takes it");
    }
    if !outside.is_empty() {
        writeln!(out, "  schema refuses {}", shorten(&outside)).expect("a string takes it");
    }
}

/// `participant (closed), participant (opened)` as `participant (closed, opened)`, and all states of a sort as the sort alone.
fn shorten(who: &[String]) -> String {
    let split =
        |name: &String| name.trim_end_matches(')').split_once(" (").map(|(sort, state)| (sort.to_owned(), state.to_owned()));
    let all: Vec<String> = actors().iter().map(name).collect();
    let mut said: Vec<String> = Vec::new();
    for name in who {
        let Some((sort, _)) = split(name) else {
            said.push(name.clone());
            continue;
        };
        let states = |names: &[String]| {
            names.iter().filter_map(split).filter(|(s, _)| *s == sort).map(|(_, state)| state).collect::<Vec<_>>()
        };
        let (some, every) = (states(who), states(&all));
        let text = if some.len() == every.len() { sort.clone() } else { format!("{sort} ({})", some.join(", ")) };
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said.join(", ")
}

fn table() -> String {
    let catalogue = Catalogue::embedded().expect("ours");
    let policy = Policy::load(None, &catalogue).expect("ours");
    let mut out = HEAD.to_owned();
    Action::ALL.iter().for_each(|action| block(&policy, *action, &mut out));
    most::ceilings(&policy, &catalogue, &mut out);
    out
}

fn path() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "policies", "decisions.txt"].iter().collect()
}

#[test]
fn the_decision_table_is_the_one_that_was_reviewed() {
    let reviewed = std::fs::read_to_string(path()).expect("policies/decisions.txt is there");
    let now = table();
    let (mut was, mut is) = (reviewed.lines(), now.lines());
    for line in 1.. {
        match (was.next(), is.next()) {
            (None, None) => break,
            (was, is) => assert_eq!(was, is, "line {line} of policies/decisions.txt; see its head for how to make it anew"),
        }
    }
}

#[test]
fn the_parts_that_are_asked_answer_as_the_whole_would() {
    let policy = Policy::load(None, &Catalogue::embedded().expect("ours")).expect("ours");
    let (whole, _) = super::load::policies(None).expect("ours");
    for action in Action::ALL {
        ask(*action, |case, resource| {
            for actor in actors() {
                let question = Question { actor, action: *action, resource };
                let Some((part, request, entities)) = policy.put(&question) else { continue };
                let decide = |set| Authorizer::new().is_authorized(&request, set, &entities).decision();
                assert_eq!(decide(part), decide(&whole), "{} {case} {}", action.name(), name(&actor));
            }
        });
    }
}

#[test]
#[ignore = "writes policies/decisions.txt"]
fn write_the_decision_table() {
    std::fs::write(path(), table()).expect("written");
}
