//! JSON Resume 1.0. Its objects may hold more members than it names; what it has no member for stands in one of our own.

use super::draft::{Draft, Reading, Row, Writing};
use super::format::Lose;
use super::json::Json;
use super::tree::At;
use crate::domain::profile::{Kind, Value};

pub const LOSES: &[Lose] = &[
    Lose::kind(Kind::BirthYear),
    Lose::partly(Kind::Contact, None, "exchange-lose-first"),
    Lose::partly(Kind::Goal, None, "exchange-lose-first"),
];

const SCHEMA: &str = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

pub fn read(file: &mut Reading<'_>) {
    let root = file.root;
    for name in ["$schema", "meta/canonical", "meta/version", "meta/lastModified"] {
        root.at(name).into_iter().for_each(At::pass_over);
    }
    file.speaks(root.at("meta/language"));
    if let Some(basics) = root.at("basics") {
        person(file, basics);
    }
    root.all("work").for_each(|at| work(file, at, "name"));
    root.all("volunteer").for_each(|at| work(file, at, "organization"));
    root.all("education").for_each(|at| education(file, at));
    for (list, issuer) in [("awards", "awarder"), ("certificates", "issuer")] {
        root.all(list).for_each(|at| certificate(file, at, issuer));
    }
    root.all("skills").for_each(|at| skills(file, at));
    root.all("languages").for_each(|at| language(file, at));
    root.all("projects").for_each(|at| project(file, at));
    root.all("interests").for_each(|at| interest(file, at));
}

fn person<'a>(file: &mut Reading<'a>, basics: At<'a>) {
    let mut legal = file.draft(Kind::LegalName, basics);
    legal.extra(basics);
    let known = legal.has("given") && legal.has("family");
    file.add(legal);
    let mut called = file.draft(Kind::PreferredName, basics);
    if known {
        basics.at("name").into_iter().for_each(At::take);
        called.put("name", basics.at("egenkarta/preferred"));
    } else {
        called.put("name", basics.at("name"));
    }
    file.add(called);
    let mut contact = file.draft(Kind::Contact, basics);
    contact.put("phone", basics.at("phone")).put("email", basics.at("email"));
    file.add(contact);
    let mut home = file.draft(Kind::Home, basics);
    home.put("municipality", basics.at("location/city")).put("address", basics.at("location/address"));
    file.add(home);
    let mut goal = file.draft(Kind::Goal, basics);
    goal.put("occupation", basics.at("label")).put("motivation", basics.at("summary")).extra(basics);
    file.add(goal);
}

fn dated<'a>(draft: &mut Draft<'a>, at: At<'a>) {
    draft.put_date("from", at.at("startDate")).put_date("to", at.at("endDate"));
}

fn work<'a>(file: &mut Reading<'a>, at: At<'a>, employer: &'static str) {
    let mut draft = file.draft(Kind::Work, at);
    draft.put("occupation", at.at("position")).put("employer", at.at(employer));
    dated(&mut draft, at);
    draft.put_all("tasks", &[at.every("summary"), at.every("highlights")].concat(), "\n").extra(at);
    if employer == "organization" && !draft.has("form") {
        draft.put_value("form", Value::Choice("unpaid".to_owned()), &[]);
    }
    file.add(draft);
}

fn education<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Education, at);
    draft.put_all("title", &[at.every("studyType"), at.every("area")].concat(), ", ").put("school", at.at("institution"));
    dated(&mut draft, at);
    draft.extra(at);
    file.add(draft);
}

fn certificate<'a>(file: &mut Reading<'a>, at: At<'a>, issuer: &'static str) {
    let mut licence = file.draft(Kind::Licence, at);
    licence.extra(at);
    if licence.has("licence") {
        at.at("name").into_iter().for_each(At::take);
        licence.put_date("issued", at.at("date"));
        file.add(licence);
        return;
    }
    file.add(licence);
    let mut draft = file.draft(Kind::Qualification, at);
    draft.put("name", at.at("name").or(at.at("title"))).put("issuer", at.at(issuer)).put_date("issued", at.at("date")).extra(at);
    file.add(draft);
}

/// How well, in the words that the format's own example uses.
const LEVELS: [(&str, &str); 4] =
    [("Beginner", "with_help"), ("Intermediate", "alone"), ("Advanced", "fast"), ("Master", "can_teach")];

fn skills<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Skill, at);
    draft.put("skill", at.at("name"));
    if let Some(level) = at.at("level")
        && let Some((_, ours)) =
            LEVELS.iter().find(|(theirs, _)| level.text().is_some_and(|text| text.eq_ignore_ascii_case(theirs)))
    {
        draft.put_text("level", ours, &[level]);
    }
    draft.extra(at);
    file.add(draft);
    for word in at.all("keywords") {
        let mut draft = file.draft(Kind::Skill, word);
        draft.put("skill", Some(word));
        file.add(draft);
    }
}

const SPOKEN: [&str; 5] = ["listening", "reading", "spoken_interaction", "spoken_production", "writing"];

fn language<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Language, at);
    draft.put_language("language", at.at("language")).extra(at);
    if draft.has("language") {
        at.at("language").into_iter().for_each(At::take);
    }
    if let Some((leaf, text)) = at.at("fluency").and_then(|leaf| Some((leaf, leaf.text()?.to_lowercase()))) {
        let told = at.at("egenkarta").is_some();
        if told {
            leaf.take();
        } else if text.contains("native") || text.contains("mother tongue") || text.contains("modersmål") {
            draft.put_value("mother_tongue", Value::Flag(true), &[leaf]);
        } else if ["a1", "a2", "b1", "b2", "c1", "c2"].contains(&text.as_str()) {
            SPOKEN.into_iter().for_each(|field| _ = draft.put_text(field, &text, &[leaf]));
        }
    }
    file.add(draft);
}

fn project<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Informal, at);
    draft.put("what", at.at("name"));
    dated(&mut draft, at);
    draft.put_all("more", &[at.every("description"), at.every("highlights")].concat(), "\n").extra(at);
    file.add(draft);
}

fn interest<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Informal, at);
    draft.put("what", at.at("name")).put_all("more", &at.every("keywords"), ", ");
    if draft.has("what") {
        draft.put_value("context", Value::Choice("hobby".to_owned()), &[]);
    }
    file.add(draft);
}

pub fn write(profile: &Writing<'_>) -> Vec<u8> {
    let list = |kind: Kind, row: &dyn Fn(Row<'_>) -> Json| Json::list(profile.of(kind).map(row));
    let paid = |row: &Row<'_>| row.text("form") != Some("unpaid");
    let work = |paid_only: bool| Json::list(profile.of(Kind::Work).filter(|row| paid(row) == paid_only).map(write_work));
    let certificates = profile.of(Kind::Qualification).map(write_qualification);
    let certificates = certificates.chain(profile.of(Kind::Licence).map(|row| write_licence(profile, row)));
    Json::object([
        ("$schema", Json::text(Some(SCHEMA))),
        ("basics", write_person(profile)),
        ("work", work(true)),
        ("volunteer", work(false)),
        ("education", list(Kind::Education, &write_education)),
        ("certificates", Json::list(certificates)),
        ("skills", list(Kind::Skill, &write_skill)),
        ("languages", list(Kind::Language, &|row| write_language(profile, row))),
        ("projects", list(Kind::Informal, &write_project)),
        ("meta", Json::object([("version", Json::text(Some("v1.0.0"))), ("language", Json::text(Some(&profile.lang)))])),
    ])
    .bytes()
}

fn object<const N: usize>(members: [(&str, Json); N], own: (String, Json)) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).chain([own]).collect())
}

fn day(row: Row<'_>, field: &str) -> Json {
    Json::text(row.day(field).as_deref())
}

fn text(row: Row<'_>, field: &str) -> Json {
    Json::text(row.text(field))
}

fn write_person(profile: &Writing<'_>) -> Json {
    let (legal, called) = (profile.first(Kind::LegalName), profile.first(Kind::PreferredName));
    let (contact, home, goal) = (profile.first(Kind::Contact), profile.first(Kind::Home), profile.first(Kind::Goal));
    let full = legal.text("given").zip(legal.text("family")).map(|(given, family)| format!("{given} {family}"));
    let mut own = vec![("given".to_owned(), text(legal, "given")), ("family".to_owned(), text(legal, "family"))];
    if full.is_some() {
        own.push(("preferred".to_owned(), text(called, "name")));
    }
    own.push(("education".to_owned(), text(goal, "education")));
    own.push(("uri".to_owned(), Json::text(goal.uri("occupation"))));
    let location = Json::object([("address", text(home, "address")), ("city", text(home, "municipality"))]);
    let members = [
        ("name", Json::text(full.as_deref().or(called.text("name")))),
        ("label", text(goal, "occupation")),
        ("email", text(contact, "email")),
        ("phone", text(contact, "phone")),
        ("summary", text(goal, "motivation")),
        ("location", location),
    ];
    object(members, (super::draft::OWN.to_owned(), Json::Object(own)))
}

fn write_work(row: Row<'_>) -> Json {
    let employer = if row.text("form") == Some("unpaid") { "organization" } else { "name" };
    let members = [
        (employer, text(row, "employer")),
        ("position", text(row, "occupation")),
        ("startDate", day(row, "from")),
        ("endDate", day(row, "to")),
        ("summary", text(row, "tasks")),
    ];
    object(members, row.extra(&["country", "ongoing", "extent", "form"]))
}

fn write_education(row: Row<'_>) -> Json {
    let members = [
        ("institution", text(row, "school")),
        ("area", text(row, "title")),
        ("startDate", day(row, "from")),
        ("endDate", day(row, "to")),
    ];
    object(members, row.extra(&["level", "country", "years", "completed", "recognition"]))
}

/// The format takes whole days only; a date less precise stands in our own member.
fn whole_day<'a>(row: Row<'_>, others: &[&'a str]) -> (Json, Vec<&'a str>) {
    let day = row.day("issued").filter(|day| day.len() == 10);
    let own = if day.is_some() { None } else { Some("issued") };
    (Json::text(day.as_deref()), own.into_iter().chain(others.iter().copied()).collect())
}

fn write_qualification(row: Row<'_>) -> Json {
    let (date, own) = whole_day(row, &["seqf", "part", "expires"]);
    object([("name", text(row, "name")), ("date", date), ("issuer", text(row, "issuer"))], row.extra(&own))
}

fn write_licence(profile: &Writing<'_>, row: Row<'_>) -> Json {
    let (date, own) = whole_day(row, &["licence", "name", "expires"]);
    object([("name", Json::Text(profile.licence(row))), ("date", date)], row.extra(&own))
}

fn write_skill(row: Row<'_>) -> Json {
    let level = LEVELS.iter().find(|(_, ours)| row.text("level") == Some(ours)).map(|(theirs, _)| *theirs);
    object([("name", text(row, "skill")), ("level", Json::text(level))], row.extra(&["last_used", "months_used"]))
}

fn write_language(profile: &Writing<'_>, row: Row<'_>) -> Json {
    let code = row.text("language").unwrap_or_default();
    let name = profile.t.maybe(&format!("lang-{code}")).unwrap_or_else(|| code.to_owned());
    let level = |field: &&str| Some(format!("{} {}", field.replace('_', " "), row.text(field)?.to_uppercase()));
    let mut fluency: Vec<String> = SPOKEN.iter().filter_map(level).collect();
    if row.is("mother_tongue") {
        fluency.insert(0, "mother tongue".to_owned());
    }
    let own = [&["language", "mother_tongue"][..], &SPOKEN, &["sfi"]].concat();
    object([("language", Json::Text(name)), ("fluency", Json::Text(fluency.join(", ")))], row.extra(&own))
}

fn write_project(row: Row<'_>) -> Json {
    let members = [
        ("name", text(row, "what")),
        ("description", text(row, "more")),
        ("startDate", day(row, "from")),
        ("endDate", day(row, "to")),
    ];
    object(members, row.extra(&["context", "skill", "hours_per_week"]))
}
