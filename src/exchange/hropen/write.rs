//! Writing in the envelope.

use super::LEVELS;
use crate::domain::profile::Kind;
use crate::exchange::draft::{OWN, Row, Writing};
use crate::exchange::json::Json;

pub fn write(profile: &Writing<'_>) -> Vec<u8> {
    let none = || Json::list([]).must();
    let candidate = Json::object([("person", write_person(profile)), ("profiles", Json::list([write_profile(profile).must()]))]);
    let transfer = Json::object([
        ("documentType", Json::text(Some("CV"))),
        ("dataStructureLink", Json::text(Some("https://github.com/MagnumOpuses/common-cv-model"))),
        ("data", Json::list([candidate.must()])),
    ]);
    let consent = Json::object([
        ("consentStatus", Json::Flag(false)),
        ("acceptedTerms", none()),
        ("acceptedPurposes", none()),
        ("consentTimestamp", Json::text(None).must()),
    ]);
    Json::object([
        ("sessionToken", Json::text(None).must()),
        ("source", Json::object([("sourceName", Json::text(Some("Egenkarta"))), ("termsAndConditions", none())])),
        ("sink", Json::object([("sinkName", Json::text(None).must()), ("purposeOfUse", none())])),
        ("consent", consent),
        ("transferObject", transfer),
    ])
    .bytes()
}

fn object<const N: usize>(members: [(&str, Json); N], own: (String, Json)) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).chain([own]).collect())
}

fn text(row: Row<'_>, field: &str) -> Json {
    Json::text(row.text(field))
}

fn day(row: Row<'_>, field: &str) -> Json {
    Json::text(row.day(field).as_deref())
}

fn write_person(profile: &Writing<'_>) -> Json {
    let (legal, called, home) = (profile.first(Kind::LegalName), profile.first(Kind::PreferredName), profile.first(Kind::Home));
    let name =
        Json::object([("given", text(legal, "given")), ("preferred", text(called, "name")), ("family", text(legal, "family"))]);
    let born = profile.first(Kind::BirthYear).number("year").map(|year| year.to_string());
    let ways = |field: &str, name: &str| {
        Json::list(
            profile.of(Kind::Contact).filter_map(|row| row.text(field)).map(|said| Json::object([(name, Json::text(Some(said)))])),
        )
    };
    let address = Json::object([("line", text(home, "address")), ("city", text(home, "municipality"))]);
    let communication = Json::object([
        ("address", address.only()),
        ("phone", ways("phone", "formattedNumber")),
        ("email", ways("email", "address")),
    ]);
    let pair = |row: Row<'_>| Json::Object(vec![row.extra(&["phone", "email"])]);
    let own = Json::object([("contacts", Json::list(profile.of(Kind::Contact).map(pair)))]);
    Json::object([("name", name), ("birthDate", Json::text(born.as_deref())), ("communication", communication), (OWN, own)])
}

fn write_profile(profile: &Writing<'_>) -> Json {
    let list = |kind: Kind, row: &dyn Fn(Row<'_>) -> Json| Json::list(profile.of(kind).map(row));
    let goal = profile.first(Kind::Goal);
    let spoken = profile.of(Kind::Language).map(|row| write_language(profile, row));
    let own_goal = |row: Row<'_>| Json::Object(vec![row.extra(&["occupation", "education", "motivation"])]);
    let own_informal =
        |row: Row<'_>| Json::Object(vec![row.extra(&["what", "context", "skill", "hours_per_week", "from", "to", "more"])]);
    let own = Json::object([("goals", list(Kind::Goal, &own_goal)), ("informal", list(Kind::Informal, &own_informal))]);
    Json::object([
        ("profileName", text(goal, "occupation")),
        ("languageCode", Json::text(Some(&profile.lang).filter(|lang| lang.len() == 2).map(String::as_str))),
        ("objective", text(goal, "motivation")),
        ("employment", list(Kind::Work, &write_work)),
        ("education", list(Kind::Education, &write_education)),
        ("licenses", list(Kind::Licence, &|row| write_licence(profile, row))),
        ("certifications", list(Kind::Qualification, &write_certification)),
        ("qualifications", Json::list(profile.of(Kind::Skill).map(write_skill).chain(spoken))),
        (OWN, own),
    ])
}

fn write_work(row: Row<'_>) -> Json {
    let category = Json::object([
        ("name", Json::text(row.uri("occupation").and(row.text("occupation")))),
        ("code", Json::text(row.uri("occupation"))),
    ]);
    let position = object(
        [
            ("title", text(row, "occupation")),
            ("jobCategories", category.only()),
            ("location", Json::object([("countryCode", text(row, "country"))])),
        ],
        row.extra(&["extent", "form"]),
    );
    let current = row.flag("ongoing").map_or(Json::text(None), Json::Flag);
    Json::object([
        ("start", day(row, "from")),
        ("end", day(row, "to")),
        ("current", current),
        ("descriptions", text(row, "tasks").only()),
        ("organization", Json::object([("name", text(row, "employer"))])),
        ("positionHistories", position.only()),
    ])
}

fn write_education(row: Row<'_>) -> Json {
    let degree = Json::object([("name", text(row, "title")), ("iscedEducationLevelCode", text(row, "level"))]);
    let address = Json::object([("countryCode", text(row, "country"))]);
    let institution = Json::object([("name", text(row, "school")), ("communication", Json::object([("address", address.only())]))]);
    object(
        [("start", day(row, "from")), ("end", day(row, "to")), ("institution", institution), ("educationDegrees", degree.only())],
        row.extra(&["years", "completed", "recognition"]),
    )
}

fn write_licence(profile: &Writing<'_>, row: Row<'_>) -> Json {
    object([("name", Json::Text(profile.licence(row))), ("issued", day(row, "issued"))], row.extra(&["licence", "name", "expires"]))
}

fn write_certification(row: Row<'_>) -> Json {
    object(
        [
            ("name", text(row, "name")),
            ("issued", day(row, "issued")),
            ("issuingAuthority", Json::object([("name", text(row, "issuer"))])),
        ],
        row.extra(&["seqf", "part", "expires"]),
    )
}

fn scored(text: Option<&str>) -> Json {
    Json::object([("scoresText", Json::object([("value", Json::text(text))]).only())])
}

fn write_skill(row: Row<'_>) -> Json {
    let months = row.number("months_used").map(Json::Number).unwrap_or(Json::text(None));
    let unit = row.number("months_used").map(|_| "MON");
    Json::object([
        ("competencyIds", Json::object([("value", Json::text(row.uri("skill")))]).only()),
        ("competencyName", text(row, "skill")),
        ("proficiencyLevel", scored(row.text("level"))),
        ("lastUsedDate", day(row, "last_used")),
        ("experienceMeasure", Json::object([("value", months), ("unitCode", Json::text(unit))])),
    ])
}

fn write_language(profile: &Writing<'_>, row: Row<'_>) -> Json {
    let code = row.text("language").unwrap_or_default();
    let name = profile.t.maybe(&format!("lang-{code}")).unwrap_or_else(|| code.to_owned());
    let level = |field: &str| row.text(field).map(|level| if level == "none" { level.to_owned() } else { level.to_uppercase() });
    let dimension = |(theirs, ours): (&str, &str)| {
        let level = level(ours)?;
        Some(Json::object([("dimensionType", Json::text(Some(theirs))), ("score", scored(Some(&level)))]))
    };
    object(
        [
            ("competencyIds", Json::object([("value", Json::text(Some(code))), ("schemeId", Json::text(Some("ISO 639")))]).only()),
            ("competencyName", Json::Text(name)),
            ("competencyDimensions", Json::list(LEVELS.into_iter().filter_map(dimension))),
        ],
        row.extra(&["mother_tongue", "sfi"]),
    )
}
