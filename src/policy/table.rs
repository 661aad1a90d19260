//! The whole decision table: each actor, each action, each thing that tells. Kept as `policies/decisions.txt`, so that a change of
//! policy is read as a change of answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

use cedar_policy::Authorizer;
use uuid::Uuid;

use super::{Action, Actor, Catalogue, On, Policy, Question, Resource, Sharing};
use crate::domain::consent::{Mode, Right};
use crate::domain::organisation::Role;
use crate::domain::profile::Kind;
use crate::domain::{ConsentId, OwnerId, StaffId, UnitId};

mod issuing;
mod link;
mod most;

const HEAD: &str = "\
The decision table: what the policies answer, for every action and every actor.
Made by `cargo test --lib write_the_decision_table -- --ignored`, compared by `cargo test`.

Each line: the case, the answer (may, or why not), by which policy, and all actors for whom this is so. `schema`: the schema knows
no such question; who gets that answer in every case stands once, under the action. `-`: no policy allows it.
closed: no keyring is opened. opened: one is. fresh: and its passphrase or passkey was given within five minutes.
";

const ME: u128 = 1;
const OTHER: u128 = 2;

fn owner(n: u128) -> OwnerId {
    OwnerId(Uuid::from_u128(n))
}

fn unit(n: u128) -> UnitId {
    UnitId(Uuid::from_u128(100 + n))
}

fn consent(n: u128) -> ConsentId {
    ConsentId(Uuid::from_u128(200 + n))
}

fn staff(n: u128) -> StaffId {
    StaffId(Uuid::from_u128(300 + n))
}

/// Every sort of actor. The match is exhaustive, so that a new sort is missed here first.
fn name(actor: &Actor) -> String {
    let keys = |opened: bool, fresh: bool| match (opened, fresh) {
        (false, _) => "closed",
        (true, false) => "opened",
        (true, true) => "fresh",
    };
    match actor {
        Actor::Anonymous => "anonymous".into(),
        Actor::Newcomer { invited_to: None } => "newcomer (not invited)".into(),
        Actor::Newcomer { invited_to: Some(_) } => "newcomer (invited)".into(),
        Actor::Participant { opened, fresh, .. } => format!("participant ({})", keys(*opened, *fresh)),
        Actor::Card { .. } => "card".into(),
        Actor::Staff { role, opened, fresh, .. } => format!("{} ({})", role.word(), keys(*opened, *fresh)),
        Actor::Token { .. } => "token".into(),
        Actor::Client { .. } => "client".into(),
        Actor::Job => "job".into(),
        Actor::Operator => "operator".into(),
    }
}

fn actors() -> Vec<Actor> {
    let keys = [(false, false), (true, false), (true, true)];
    let mut all = vec![Actor::Anonymous, Actor::Newcomer { invited_to: None }, Actor::Newcomer { invited_to: Some(unit(ME)) }];
    all.extend(keys.map(|(opened, fresh)| Actor::Participant { owner: owner(ME), opened, fresh }));
    all.push(Actor::Card { owner: owner(ME) });
    for role in [Role::Reader, Role::Issuer, Role::Administrator] {
        all.extend(keys.map(|(opened, fresh)| Actor::Staff { staff: staff(ME), unit: unit(ME), role, opened, fresh }));
    }
    all.extend([
        Actor::Token { consent: consent(ME), unit: unit(ME) },
        Actor::Client { unit: unit(ME) },
        Actor::Job,
        Actor::Operator,
    ]);
    all
}

/// A consent to the employment service, within everything; each case changes one thing.
struct Terms {
    owner: u128,
    consent: u128,
    unit: u128,
    recipient: &'static str,
    purpose: &'static str,
    kinds: BTreeSet<Kind>,
    rights: BTreeSet<Right>,
    mode: Mode,
    days: u16,
    given: bool,
    in_time: bool,
    protected: bool,
    link: bool,
}

impl Terms {
    fn plain() -> Self {
        Self {
            owner: ME,
            consent: ME,
            unit: ME,
            recipient: "af",
            purpose: "job_matching",
            kinds: [Kind::Skill, Kind::Work].into(),
            rights: [Right::Read].into(),
            mode: Mode::Copy,
            days: 183,
            given: true,
            in_time: true,
            protected: false,
            link: false,
        }
    }

    fn to(recipient: &'static str, purpose: &'static str, days: u16, kinds: &[Kind]) -> Self {
        Self { recipient, purpose, days, kinds: kinds.iter().copied().collect(), ..Self::plain() }
    }

    fn sharing(&self) -> Sharing<'_> {
        Sharing {
            owner: owner(self.owner),
            consent: consent(self.consent),
            unit: unit(self.unit),
            recipient: self.recipient,
            purpose: self.purpose,
            kinds: &self.kinds,
            rights: &self.rights,
            mode: self.mode,
            days: self.days,
            given: self.given,
            in_time: self.in_time,
            protected: self.protected,
            link: self.link,
        }
    }
}

/// What tells while one gives or changes.
fn proposed() -> Vec<(&'static str, Terms)> {
    let plain = Terms::plain;
    let employer = |kinds: &[Kind]| Terms::to("employer_apply", "recruitment", 90, kinds);
    let social = |kinds: &[Kind]| Terms::to("social_services", "self_support", 183, kinds);
    vec![
        ("one's own", plain()),
        ("another's", Terms { owner: OTHER, ..plain() }),
        ("nothing in it", Terms { kinds: BTreeSet::new(), ..plain() }),
        ("sensitive, within the ceiling", Terms { kinds: [Kind::Skill, Kind::Needs].into(), ..plain() }),
        ("above the ceiling", Terms { kinds: [Kind::Skill, Kind::Health].into(), ..plain() }),
        ("safety", social(&[Kind::Safety])),
        ("safe contact", social(&[Kind::SafeContact])),
        ("protected identity", social(&[Kind::ProtectedIdentity])),
        ("home, identity protected", Terms { kinds: [Kind::Home].into(), protected: true, ..plain() }),
        ("skills, identity protected", Terms { protected: true, ..plain() }),
        ("employer, work", employer(&[Kind::Work])),
        ("employer, age", employer(&[Kind::BirthYear])),
        ("employer, needs", employer(&[Kind::Needs])),
        ("another kind's purpose", Terms { purpose: "recruitment", ..plain() }),
        ("a day longer than the longest", Terms { days: 184, ..plain() }),
        ("no day at all", Terms { days: 0, ..plain() }),
        ("unknown kind of recipient", Terms { recipient: "guild", ..plain() }),
    ]
}

/// What tells while it is read.
fn held() -> Vec<(&'static str, Terms)> {
    let plain = Terms::plain;
    vec![
        ("one's own unit and consent", plain()),
        ("view only", Terms { mode: Mode::View, ..plain() }),
        ("another consent of the unit", Terms { consent: OTHER, ..plain() }),
        ("another unit's", Terms { consent: OTHER, unit: OTHER, ..plain() }),
        ("not given, or withdrawn", Terms { given: false, ..plain() }),
        ("before or after its time", Terms { in_time: false, ..plain() }),
        ("only proposing was given", Terms { rights: [Right::Propose].into(), ..plain() }),
        ("above the ceiling", Terms { kinds: [Kind::Skill, Kind::Health].into(), ..plain() }),
        ("safety", Terms { kinds: [Kind::Safety].into(), ..plain() }),
        ("employer, needs", Terms::to("employer_apply", "recruitment", 90, &[Kind::Needs])),
        ("unknown kind of recipient", Terms { recipient: "guild", ..plain() }),
    ]
}

/// Each case of an action, put to each actor.
fn ask(action: Action, mut each: impl FnMut(&str, Resource<'_>)) {
    let own = [("one's own", ME), ("another's", OTHER)];
    let units = [("one's own unit's", ME), ("another unit's", OTHER)];
    let token =
        |days, given, in_time, n| Resource::Token { owner: owner(ME), consent: consent(n), unit: unit(n), given, in_time, days };
    match (action.on(), action) {
        (On::System, _) => each("the service", Resource::System),
        (On::Account, _) => own.iter().for_each(|(case, n)| {
            // A member of staff has an account of their own; a participant's is another's to them.
            each(case, Resource::Account { owner: owner(*n) });
            if *n == ME {
                each("staff's own", Resource::Account { owner: staff(ME).into() });
            }
        }),
        (On::Profile, _) => own.iter().for_each(|(case, n)| each(case, Resource::Profile { owner: owner(*n) })),
        (On::Unit, _) => units.iter().for_each(|(case, n)| each(case, Resource::Unit { unit: unit(*n) })),
        (On::Consent, _) => {
            for (case, whose, n) in
                [("one's own", ME, ME), ("another's, to one's own unit", OTHER, ME), ("another's, to another", OTHER, OTHER)]
            {
                each(case, Resource::Consent { owner: owner(whose), consent: consent(n), unit: unit(n) });
            }
        }
        (On::Token, _) => {
            each("30 days", token(30, true, true, ME));
            each("31 days", token(31, true, true, ME));
            each("no day at all", token(0, true, true, ME));
            each("not given, or withdrawn", token(30, false, true, ME));
            each("before or after its time", token(30, true, false, ME));
            each("another unit's", token(30, true, true, OTHER));
        }
        (On::Link, _) => link::rows(each),
        (On::Showing, _) => {
            let showing = |given, in_time, left| Resource::Showing { owner: owner(ME), given, in_time, left };
            each("in force", showing(true, true, 1));
            each("ended by its person", showing(false, true, 1));
            each("after its time", showing(true, false, 1));
            each("used up", showing(true, true, 0));
        }
        (On::Issuing, _) => issuing::rows(each),
        (On::Sharing, Action::Disclose | Action::DeliverCopy) => {
            held().iter().chain(&link::held()).for_each(|(case, terms)| each(case, Resource::Sharing(&terms.sharing())));
        }
        (On::Sharing, _) => {
            proposed().iter().chain(&link::proposed()).for_each(|(case, terms)| each(case, Resource::Sharing(&terms.sharing())))
        }
    }
}

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
