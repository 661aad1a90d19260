//! European Learning Model 3 as JSON-LD. Read from a credential or a bare person; written as a bare person with claims, since nobody has
//! issued anything: who awards what has no issuer is the person.

use super::draft::{Draft, Reading, Row, Writing};
use super::format::Lose;
use super::json::Json;
use super::names;
use super::tree::At;
use crate::domain::profile::{Kind, Value};

pub const LOSES: &[Lose] = &[
    Lose::kind(Kind::BirthYear),
    Lose::kind(Kind::Home),
    Lose::partly(Kind::Education, Some("from"), "exchange-lose-whole-days"),
    Lose::partly(Kind::Education, Some("to"), "exchange-lose-whole-days"),
    Lose::field(Kind::Education, "level"),
    Lose::field(Kind::Education, "country"),
    Lose::field(Kind::Education, "years"),
    Lose::field(Kind::Education, "completed"),
    Lose::field(Kind::Education, "recognition"),
    Lose::kind(Kind::Work),
    Lose::partly(Kind::Informal, Some("from"), "exchange-lose-whole-days"),
    Lose::partly(Kind::Informal, Some("to"), "exchange-lose-whole-days"),
    Lose::field(Kind::Informal, "context"),
    Lose::field(Kind::Informal, "skill"),
    Lose::field(Kind::Informal, "hours_per_week"),
    Lose::field(Kind::Skill, "level"),
    Lose::field(Kind::Skill, "last_used"),
    Lose::field(Kind::Skill, "months_used"),
    Lose::partly(Kind::Language, Some("mother_tongue"), "exchange-lose-no"),
    Lose::field(Kind::Language, "sfi"),
    Lose::partly(Kind::Qualification, Some("issued"), "exchange-lose-whole-days"),
    Lose::field(Kind::Qualification, "expires"),
    Lose::partly(Kind::Licence, Some("issued"), "exchange-lose-whole-days"),
    Lose::partly(Kind::Licence, Some("expires"), "exchange-lose-whole-days"),
    Lose::kind(Kind::Goal),
];

/// Our own nodes: `urn:egenkarta:KIND:NUMBER`, and for a licence `:CODE`.
const OURS: &str = "urn:egenkarta:";
const EQF: &str = "http://data.europa.eu/snb/eqf/";
const LANGUAGES: &str = "http://publications.europa.eu/resource/authority/language";

pub fn read(file: &mut Reading<'_>) {
    let root = file.root;
    technical(root);
    file.speaks(
        root.at("displayParameter/primaryLanguage/notation").filter(|leaf| leaf.text().is_some_and(|text| text.len() == 2)),
    );
    let subject = root.at("credentialSubject").unwrap_or(root);
    let worded = ["givenName", "fullName", "hasClaim/title"].into_iter().flat_map(|name| subject.every(name));
    if let Some(leaf) = worded.flat_map(At::kids).next() {
        file.lang = leaf.name().split('-').next().unwrap_or("und").to_owned();
    }
    person(file, subject);
    subject.all("hasClaim").for_each(|at| claim(file, at, root));
}

/// What speaks of the file and its proof, and the types and names of nodes and schemes.
fn technical(at: At<'_>) {
    for kid in at.kids() {
        match kid.name() {
            "@context" | "type" | "@type" | "inScheme" | "notation" | "credentialSchema" | "credentialProfiles"
            | "displayParameter" | "proof" | "credentialStatus" => kid.pass_over(),
            // An address says something only where it is of a thing in the world.
            "id" | "@id" if !said(kid) => kid.take(),
            _ => technical(kid),
        }
    }
}

fn said(leaf: At<'_>) -> bool {
    leaf.text().is_some_and(|text| !text.starts_with("urn:") && !text.starts_with("did:"))
}

/// A text in the file's language, else in any.
fn words<'a>(at: Option<At<'a>>, lang: &str) -> Option<At<'a>> {
    let at = at?;
    at.kids().find(|kid| kid.name() == lang).or_else(|| at.kids().next()).or(Some(at).filter(|at| at.text().is_some()))
}

fn person<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let said = |name: &str| words(at.at(name), &file.lang);
    let (given, family, full) = (said("givenName"), said("familyName"), said("fullName"));
    let mut legal = file.draft(Kind::LegalName, at);
    legal.put("given", given).put("family", family);
    let whole = legal.has("given") && legal.has("family");
    file.add(legal);
    let both = given.and_then(At::text).zip(family.and_then(At::text)).map(|(given, family)| format!("{given} {family}"));
    let mut called = file.draft(Kind::PreferredName, at);
    // Others say the whole name beside its parts; in our own file it is another.
    let own = at.says("id") == Some(PERSON);
    match full {
        Some(full) if !own && whole && full.text() == both.as_deref() => full.take(),
        _ => _ = called.put("name", full.or(given).or(family).filter(|_| full.is_some() || !whole)),
    }
    file.add(called);
    for point in at.all("contactPoint") {
        let mut contact = file.draft(Kind::Contact, point);
        contact.put("phone", point.at("phone/phoneNumber"));
        if let Some(leaf) = point.at("emailAddress/id")
            && let Some(address) = leaf.text().and_then(|text| text.strip_prefix("mailto:"))
        {
            contact.put_text("email", address, &[leaf]);
        }
        file.add(contact);
    }
}

/// Which kind a claim is of, and the code of a licence: by our own name for the node, else by its type.
fn kind(at: At<'_>) -> Option<(Kind, Option<&str>)> {
    if let Some(own) = at.says("id").and_then(|id| id.strip_prefix(OURS)) {
        let mut parts = own.split(':');
        let kind = Kind::named(parts.next()?)?;
        return Some((kind, parts.nth(1)));
    }
    match at.says("type")? {
        "LearningAchievement" | "LearningEntitlement" => Some((Kind::Qualification, None)),
        "LearningActivity" => Some((Kind::Education, None)),
        _ => None,
    }
}

/// What an organisation or another agent is called.
fn called(at: At<'_>) -> Option<At<'_>> {
    ["legalName", "prefLabel", "altLabel"].into_iter().find_map(|name| at.at(name))
}

fn claim<'a>(file: &mut Reading<'a>, at: At<'a>, root: At<'a>) {
    let Some((kind, code)) = kind(at) else { return };
    let title = words(at.at("title").or(at.at("specifiedBy/title")), &file.lang);
    let issuer = words(at.at("awardedBy/awardingBody").and_then(called), &file.lang);
    let mut draft = file.draft(kind, at);
    match kind {
        Kind::Education | Kind::Informal => {
            let (name, more) = if kind == Kind::Education { ("title", None) } else { ("what", Some("more")) };
            draft.put(name, title);
            let school = words(at.at("directedBy").and_then(called), &file.lang).or(issuer);
            draft.put("school", school);
            draft.put_date("from", at.at("temporal/startDate")).put_date("to", at.at("temporal/endDate"));
            more.into_iter().for_each(|field| _ = draft.put(field, words(at.at("description"), &file.lang)));
        }
        Kind::Skill => {
            let outcome = at.at("specifiedBy/learningOutcome");
            draft.put("skill", title).put_uri("skill", outcome.and_then(|at| at.at("relatedESCOSkill/id")));
            [words(at.at("specifiedBy/title"), &file.lang), words(outcome.and_then(|at| at.at("title")), &file.lang)]
                .into_iter()
                .flatten()
                .for_each(At::take);
        }
        Kind::Language => language(&mut draft, at, &file.lang),
        Kind::Licence => {
            let code = code.unwrap_or_default();
            draft.put_text("licence", code, &[]);
            match title {
                Some(title) if title.text() == Some(&names::licence(&file.lang, code)) => title.take(),
                title => _ = draft.put("name", title),
            }
            draft.put_date("issued", at.at("awardedBy/awardingDate")).put_date("expires", at.at("expiryDate"));
        }
        _ => qualification(&mut draft, at, root, title, issuer),
    }
    if kind != Kind::Skill {
        twice(at, title);
    }
    file.add(draft);
    if !matches!(kind, Kind::Skill | Kind::Language) {
        at.every("specifiedBy/learningOutcome").into_iter().for_each(|at| outcome(file, at));
    }
    at.all("hasPart").for_each(|at| claim(file, at, root));
}

/// The specification's title, where it only says the claim's again.
fn twice<'a>(at: At<'a>, title: Option<At<'a>>) {
    let same = |leaf: &At<'a>| leaf.text() == title.and_then(At::text);
    at.every("specifiedBy/title").into_iter().flat_map(At::kids).filter(same).for_each(At::take);
}

fn outcome<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Skill, at);
    draft.put("skill", words(at.at("title"), &file.lang)).put_uri("skill", at.at("relatedESCOSkill/id"));
    file.add(draft);
}

fn qualification<'a>(draft: &mut Draft<'a>, at: At<'a>, root: At<'a>, title: Option<At<'a>>, issuer: Option<At<'a>>) {
    draft.put("name", title).put("issuer", issuer);
    draft.put_date("issued", at.at("awardedBy/awardingDate").or(at.at("issued")).or(root.at("issued")));
    draft.put_date("expires", at.at("expiryDate").or(root.at("expirationDate")));
    if let Some(leaf) = at.at("specifiedBy/eqfLevel/id").or(at.at("specifiedBy/EQFLevel/id"))
        && let Some(level) = leaf.text().and_then(|text| text.strip_prefix(EQF))
    {
        draft.put_text("seqf", level, &[leaf]);
    }
    match at.at("specifiedBy/isPartialQualification").and_then(|leaf| Some((leaf, leaf.text()?))) {
        Some((leaf, "true")) => _ = draft.put_text("part", "part", &[leaf]),
        Some((leaf, "false")) => _ = draft.put_text("part", "whole", &[leaf]),
        _ => {}
    }
}

const SPOKEN: [&str; 5] = ["listening", "reading", "spoken_interaction", "spoken_production", "writing"];

fn language<'a>(draft: &mut Draft<'a>, at: At<'a>, lang: &str) {
    words(at.at("title"), lang).into_iter().for_each(At::take);
    if let Some(leaf) = at.at("specifiedBy/language/id")
        && let Some(code) = leaf.text().and_then(|text| names::language(text.strip_prefix(LANGUAGES)?.trim_start_matches('/')))
    {
        draft.put_text("language", &code, &[leaf]);
    }
    let Some(leaf) = words(at.at("description"), lang) else { return };
    for part in leaf.text().unwrap_or_default().split(", ") {
        if part == "mother_tongue" {
            draft.put_value("mother_tongue", Value::Flag(true), &[leaf]);
        }
        if let Some((field, level)) = part.split_once(' ')
            && let Some(field) = SPOKEN.into_iter().find(|name| *name == field)
        {
            draft.put_text(field, &level.to_lowercase(), &[leaf]);
        }
    }
}

pub fn write(profile: &Writing<'_>) -> Vec<u8> {
    let contexts = ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"];
    let (legal, called) = (profile.first(Kind::LegalName), profile.first(Kind::PreferredName));
    let said = |row: Row<'_>, field: &str| worded(profile, row.text(field));
    let points = profile.of(Kind::Contact).enumerate().map(|(n, row)| write_contact(n, row));
    let kinds = [Kind::Education, Kind::Qualification, Kind::Licence, Kind::Skill, Kind::Language, Kind::Informal];
    let claims = kinds.into_iter().flat_map(|kind| profile.of(kind).enumerate().map(move |(n, row)| (kind, n, row)));
    Json::object([
        ("@context", Json::list(contexts.map(|at| Json::text(Some(at))))),
        ("id", Json::text(Some(PERSON))),
        ("type", Json::text(Some("Person"))),
        ("givenName", said(legal, "given")),
        ("familyName", said(legal, "family")),
        ("fullName", said(called, "name")),
        ("contactPoint", Json::list(points)),
        ("hasClaim", Json::list(claims.map(|(kind, n, row)| write_claim(profile, kind, n, row)))),
    ])
    .bytes()
}

const PERSON: &str = "urn:egenkarta:person";

fn worded(profile: &Writing<'_>, text: Option<&str>) -> Json {
    Json::object([(profile.lang.as_str(), Json::text(text))])
}

fn node(kind: &str, n: usize, of: &str) -> (Json, Json) {
    (Json::Text(format!("{OURS}{kind}:{}", n + 1)), Json::text(Some(of)))
}

fn concept(id: &str, scheme: &str) -> Json {
    Json::object([
        ("id", Json::text(Some(id))),
        ("type", Json::text(Some("Concept"))),
        ("inScheme", Json::object([("id", Json::text(Some(scheme))), ("type", Json::text(Some("ConceptScheme")))])),
    ])
}

fn write_contact(n: usize, row: Row<'_>) -> Json {
    let (id, of) = node("contact", n, "ContactPoint");
    let phone = row.text("phone").map(|number| {
        let (id, of) = node("phone", n, "Phone");
        Json::object([("id", id), ("type", of), ("phoneNumber", Json::text(Some(number)))])
    });
    let email = row
        .text("email")
        .map(|email| Json::object([("id", Json::Text(format!("mailto:{email}"))), ("type", Json::text(Some("Mailbox")))]));
    let none = || Json::text(None);
    Json::object([("id", id), ("type", of), ("phone", phone.unwrap_or_else(none)), ("emailAddress", email.unwrap_or_else(none))])
}

/// Only a whole day is a time in this format.
fn day(row: Row<'_>, field: &str) -> Json {
    Json::text(row.day(field).filter(|day| day.len() == 10).map(|day| format!("{day}T00:00:00Z")).as_deref())
}

/// An agent and no organisation, whose address would have to be known.
fn agent(profile: &Writing<'_>, kind: &str, n: usize, name: &str) -> Json {
    let (id, of) = node(&format!("{kind}-agent"), n, "Agent");
    Json::object([("id", id), ("type", of), ("prefLabel", worded(profile, Some(name)))])
}

fn awarded(profile: &Writing<'_>, kind: Kind, n: usize, row: Row<'_>) -> Json {
    let (id, of) = node(&format!("{}-award", kind.name()), n, "AwardingProcess");
    let own = Json::object([("id", Json::text(Some(PERSON))), ("type", Json::text(Some("Person")))]);
    let body = row.text("issuer").map_or(own, |issuer| agent(profile, kind.name(), n, issuer));
    Json::object([("id", id), ("type", of), ("awardingBody", body), ("awardingDate", day(row, "issued"))])
}

fn write_claim(profile: &Writing<'_>, kind: Kind, n: usize, row: Row<'_>) -> Json {
    let (id, _) = node(kind.name(), n, "");
    let awarded = ("awardedBy", awarded(profile, kind, n, row));
    let of = |of: &str| ("type", Json::text(Some(of)));
    let title = |text: Option<&str>| ("title", worded(profile, text));
    match kind {
        Kind::Education | Kind::Informal => {
            let (name, more) = if kind == Kind::Education { ("title", "") } else { ("what", "more") };
            let school = row.text("school").map_or(Json::text(None), |school| agent(profile, kind.name(), n, school));
            let description = ("description", worded(profile, row.text(more)));
            let activity = of("LearningActivity");
            Json::object([
                ("id", id),
                activity,
                title(row.text(name)),
                description,
                ("temporal", period(kind, n, row)),
                ("directedBy", school),
                awarded,
            ])
        }
        Kind::Licence => {
            let code = row.text("licence").unwrap_or_default();
            let id = Json::Text(format!("{OURS}licence:{}:{code}", n + 1));
            let expires = ("expiryDate", day(row, "expires"));
            Json::object([("id", id), of("LearningEntitlement"), title(Some(&profile.licence(row))), expires, awarded])
        }
        Kind::Skill => Json::object([
            ("id", id),
            of("LearningAchievement"),
            title(row.text("skill")),
            awarded,
            ("specifiedBy", skill(profile, n, row)),
        ]),
        Kind::Language => write_language(profile, n, row, awarded),
        _ => {
            let specified = ("specifiedBy", specification(profile, n, row));
            Json::object([("id", id), of("LearningAchievement"), title(row.text("name")), awarded, specified])
        }
    }
}

fn period(kind: Kind, n: usize, row: Row<'_>) -> Json {
    let (start, end) = (day(row, "from"), day(row, "to"));
    let (id, of) = node(&format!("{}-period", kind.name()), n, "PeriodOfTime");
    let said = |date: &Json| matches!(date, Json::Text(text) if !text.is_empty());
    if said(&start) || said(&end) {
        Json::object([("id", id), ("type", of), ("startDate", start), ("endDate", end)])
    } else {
        Json::text(None)
    }
}

fn skill(profile: &Writing<'_>, n: usize, row: Row<'_>) -> Json {
    let Some(uri) = row.uri("skill") else { return Json::text(None) };
    let title = || worded(profile, row.text("skill"));
    let (id, of) = node("skill-outcome", n, "LearningOutcome");
    let related = concept(uri, "http://data.europa.eu/esco/concept-scheme/skills");
    let outcome = Json::object([("id", id), ("type", of), ("title", title()), ("relatedESCOSkill", related)]);
    let (id, of) = node("skill-specification", n, "LearningAchievementSpecification");
    Json::object([("id", id), ("type", of), ("title", title()), ("learningOutcome", outcome)])
}

fn specification(profile: &Writing<'_>, n: usize, row: Row<'_>) -> Json {
    let level = row.text("seqf").map(|level| concept(&format!("{EQF}{level}"), "http://data.europa.eu/snb/eqf/25831c2"));
    let part = row.text("part").map(|part| Json::Flag(part == "part"));
    if level.is_none() && part.is_none() {
        return Json::text(None);
    }
    let none = || Json::text(None);
    let (id, of) = node("qualification-specification", n, "Qualification");
    Json::object([
        ("id", id),
        ("type", of),
        ("title", worded(profile, row.text("name"))),
        ("eqfLevel", level.unwrap_or_else(none)),
        ("isPartialQualification", part.unwrap_or_else(none)),
    ])
}

fn write_language(profile: &Writing<'_>, n: usize, row: Row<'_>, awarded: (&str, Json)) -> Json {
    let code = row.text("language").unwrap_or_default();
    let name = profile.t.maybe(&format!("lang-{code}")).unwrap_or_else(|| code.to_owned());
    let mother = row.is("mother_tongue").then(|| "mother_tongue".to_owned());
    let levels = SPOKEN.into_iter().filter_map(|field| Some(format!("{field} {}", row.text(field)?.to_uppercase())));
    let levels: Vec<String> = mother.into_iter().chain(levels).collect();
    let (id, of) = node("language-specification", n, "LearningAchievementSpecification");
    let known = concept(&format!("{LANGUAGES}/{}", names::three(code).to_uppercase()), LANGUAGES);
    let specified = Json::object([("id", id), ("type", of), ("title", worded(profile, Some(&name))), ("language", known)]);
    let (id, of) = node("language", n, "LearningAchievement");
    let title = ("title", worded(profile, Some(&name)));
    let description = ("description", worded(profile, Some(&levels.join(", "))));
    Json::object([("id", id), ("type", of), title, description, awarded, ("specifiedBy", specified)])
}
