//! A verifier asks; the person sees who and for what, and answers yes, no or nothing.

use axum::extract::RawQuery;
use axum::response::Response;

use crate::credential::openid4vp::Refused;
use crate::domain::EntryId;
use crate::domain::credential::Claim;
use crate::domain::profile::Value;
use crate::http::Person;
use crate::usecase::profile::Profile;
use crate::usecase::wallet::{Chosen, Fitting, Invitation, Unanswered};
use crate::usecase::{Error, Session};
use crate::web::page::form::{Choice, Wrong};
use crate::web::page::proof::claim_key;
use crate::web::page::url;
use crate::web::page::wallet::{AskedProof, OwnProof, PresentPage, WalletDone, WalletLink, What};
use crate::web::pairs::Pairs;
use crate::web::view::View;

/// Requests that one person has read in five minutes: each may ask another server.
const MOST: usize = 30;

/// The field; filled, where a wallet's address of ours was followed.
pub async fn choose(view: View, Person(session): Person, RawQuery(query): RawQuery) -> Response {
    if !session.opened() {
        return view.error(&Error::Closed);
    }
    let link =
        query.filter(|query| query.contains("client_id=")).map(|query| view.site.base.url(&format!("{}?{query}", url::PRESENT)));
    view.page(&field(&view, link.unwrap_or_default(), None))
}

pub async fn show(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let link = pairs.one("link").to_owned();
    if pairs.only_again() {
        return view.page(&field(&view, link, None));
    }
    let key = view.site.service.keys.address(&format!("wallet request {}", session.owner)).0;
    if let Err(seconds) = view.site.tries.count(key, MOST, view.t.now) {
        return view.error(&Error::TooOften(seconds));
    }
    match view.site.service.asked_to_present(&session, &link, &*view.site.fetch).await {
        Ok(invitation) => match page(&view, &session, &invitation, &pairs, Vec::new()).await {
            Ok(page) => view.page(&page),
            Err(error) => view.error(&error),
        },
        Err(why) => failed(&view, link, &why),
    }
}

pub async fn answer(view: View, Person(session): Person, pairs: Pairs) -> Response {
    let ticket = pairs.one("ticket");
    let (service, fetch) = (&view.site.service, &*view.site.fetch);
    let (done, key) = match pairs.one("say") {
        "no" => (service.decline(&session, ticket, fetch).await, "present-said-no"),
        _ => match service.invitation(&session, ticket).await {
            Ok(invitation) => {
                let chosen = chosen(&invitation, &pairs);
                let done = service.present(&session, ticket, &chosen, fetch).await;
                if let Err(Unanswered::Choice) = done {
                    let wrong = vec![Wrong::new("proofs", view.t.s("present-wrong-choice"))];
                    return match page(&view, &session, &invitation, &pairs, wrong).await {
                        Ok(page) => view.faulty(&page),
                        Err(error) => view.error(&error),
                    };
                }
                (done, "present-done")
            }
            Err(why) => (Err(why), ""),
        },
    };
    match done {
        Ok(on) => {
            let on = on.map(|on| (on.to_string(), on.host_str().unwrap_or_default().to_owned()));
            let (heading, text) = (view.t.s(format!("{key}-title")), view.t.s(format!("{key}-text")));
            view.page(&WalletDone { t: view.t, heading, text, on })
        }
        Err(why) => failed(&view, String::new(), &why),
    }
}

fn field(view: &View, link: String, wrong: Option<&str>) -> WalletLink {
    let wrong = wrong.map(|key| Wrong::new("link", view.t.s(key))).into_iter().collect();
    WalletLink { t: view.t, what: What::Present, link, wrong }
}

fn failed(view: &View, link: String, why: &Unanswered) -> Response {
    let key = match why {
        Unanswered::Refused(Refused::Form) => "present-wrong-form",
        Unanswered::Refused(Refused::Client) => "present-wrong-client",
        Unanswered::Refused(Refused::Anchorless) => "present-wrong-anchorless",
        Unanswered::Refused(Refused::Certificate) => "present-wrong-certificate",
        Unanswered::Refused(Refused::Unsupported) => "present-wrong-unsupported",
        Unanswered::Refused(Refused::Time) => "present-wrong-time",
        Unanswered::Choice => "present-wrong-choice",
        Unanswered::Unreached => "present-wrong-unreached",
        Unanswered::NotTaken => "present-wrong-taken",
        Unanswered::Fault(error) => return view.error(error),
    };
    view.faulty(&field(view, link, Some(key)))
}

async fn page(
    view: &View,
    session: &Session,
    invitation: &Invitation,
    pairs: &Pairs,
    wrong: Vec<Wrong>,
) -> Result<PresentPage, Error> {
    let (t, profile) = (view.t, view.site.service.profile(session).await?);
    let numbers = |option: &Vec<usize>| option.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>();
    let mut sets = Vec::new();
    for (number, set) in invitation.sets.iter().enumerate().filter(|(_, set)| set.options.len() > 1 || !set.required) {
        let said = pairs.one(&format!("set-{number}")).to_owned();
        let option = |(at, option): (usize, &Vec<usize>)| {
            let label = t.one("present-option", "numbers", t.list(&numbers(option)));
            Choice::new(at.to_string(), label, said == at.to_string())
        };
        let mut choices: Vec<Choice> = set.options.iter().enumerate().map(option).collect();
        if !set.required {
            choices.push(Choice::new("no", t.s("present-skip"), said == "no" || said.is_empty()));
        }
        sets.push((number, choices));
    }
    let usable = |number: &usize| invitation.sets.iter().any(|set| set.options.iter().any(|option| option.contains(number)));
    let asked = (0..invitation.fitting.len()).filter(usable).map(|number| {
        let fitting = &invitation.fitting[number];
        let said = pairs.one(&format!("proof-{number}")).to_owned();
        // What there is only one of is no choice: it is what was asked for.
        let chosen = |entry: &EntryId| said == entry.to_string() || fitting.len() == 1;
        let own = fitting.iter().map(|one| own(view, &profile, one, chosen(&one.entry))).collect();
        AskedProof { number, own }
    });
    let (asked, host, vouched) = (asked.collect(), invitation.host.clone(), invitation.vouched);
    Ok(PresentPage { t, host, vouched, ticket: invitation.ticket.clone(), sets, asked, wrong })
}

fn own(view: &View, profile: &Profile, one: &Fitting, chosen: bool) -> OwnProof {
    let field = |name: &str| match profile.entry(one.entry).and_then(|held| held.entry.fields.get(name)) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let mut shown: Vec<String> =
        one.shown.disclosed.iter().filter_map(|path| path.0.first()).map(|step| worded(view, step)).collect();
    shown.dedup();
    OwnProof { entry: one.entry, name: field("name"), issuer: field("issuer"), shown, chosen }
}

/// A claim of ours by its name; a foreign one as its issuer calls it.
fn worded(view: &View, step: &crate::credential::sd_jwt::Step) -> String {
    let crate::credential::sd_jwt::Step::Name(name) = step else { return String::new() };
    Claim::named(name).map_or_else(|| name.clone(), |claim| view.t.s(claim_key(claim)))
}

/// What was chosen: of each set one option, of each proof in it one of one's own.
fn chosen(invitation: &Invitation, pairs: &Pairs) -> Chosen {
    let option = |(number, set): (usize, &crate::credential::dcql::Options)| {
        let only = (set.options.len() == 1 && set.required).then_some(0);
        let at = only.or_else(|| pairs.one(&format!("set-{number}")).parse::<usize>().ok())?;
        set.options.get(at).cloned()
    };
    let all = invitation.sets.iter().enumerate().filter_map(option).flatten();
    let entry = |number: usize| {
        let entry = pairs.one(&format!("proof-{number}")).parse::<EntryId>().ok()?;
        invitation.fitting[number].iter().any(|one| one.entry == entry).then_some((number, entry))
    };
    all.filter_map(entry).collect()
}
