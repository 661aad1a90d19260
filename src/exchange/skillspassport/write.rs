//! Writing after the schema of 3.4.

use super::{DRIVING, LEVELS};
use crate::domain::profile::Kind;
use crate::exchange::draft::{Row, Writing};
use crate::exchange::html::fragment;
use crate::exchange::xml::Element;

pub fn write(profile: &Writing<'_>) -> Vec<u8> {
    let locale = if profile.lang.len() == 2 { &profile.lang } else { "en" };
    let info = Element::with(
        "LearnerInfo",
        [
            write_person(profile),
            write_goal(profile),
            Element::with("WorkExperienceList", profile.of(Kind::Work).map(write_work)),
            Element::with("EducationList", profile.of(Kind::Education).map(write_education)),
            write_skills(profile),
            Element::with("AchievementList", write_achievements(profile)),
        ],
    );
    // The schema wants times. They are not the file's own, so that the same map gives the same file.
    let never = Some("1970-01-01T00:00:00.000Z");
    let document = [
        Element::text("DocumentType", Some("ECV")),
        Element::text("CreationDate", never),
        Element::text("LastUpdateDate", never),
        Element::text("XSDVersion", Some("V3.4")),
        Element::text("Generator", Some("Egenkarta")),
    ];
    Element::with("SkillsPassport", [Element::with("DocumentInfo", document), info.must()])
        .attribute("xmlns", "http://europass.cedefop.europa.eu/Europass")
        .attribute("locale", locale)
        .bytes()
}

fn text(name: &'static str, row: Row<'_>, field: &str) -> Element {
    Element::text(name, row.text(field))
}

fn html_text(name: &'static str, row: Row<'_>, field: &str) -> Element {
    Element::text(name, row.text(field).map(fragment).as_deref())
}

fn contact(inner: Element) -> Element {
    Element::with("ContactInfo", [Element::with("Address", [Element::with("Contact", [inner])])])
}

fn write_person(profile: &Writing<'_>) -> Element {
    let (legal, called) = (profile.first(Kind::LegalName), profile.first(Kind::PreferredName));
    let given = legal.text("given").or(called.text("name"));
    let contacts: Vec<Row<'_>> = profile.of(Kind::Contact).collect();
    let email = contacts.iter().find_map(|row| row.text("email"));
    let phones = contacts.iter().filter_map(|row| row.text("phone"));
    let home = profile.first(Kind::Home);
    let address = [text("AddressLine", home, "address"), text("Municipality", home, "municipality")];
    let born = profile
        .first(Kind::BirthYear)
        .number("year")
        .map(|year| Element::new("Birthdate").attribute("year", &year.to_string()).must());
    Element::with(
        "Identification",
        [
            Element::with("PersonName", [Element::text("FirstName", given), text("Surname", legal, "family")]),
            Element::with(
                "ContactInfo",
                [
                    Element::with("Address", [Element::with("Contact", address)]),
                    Element::with("Email", [Element::text("Contact", email)]),
                    Element::with(
                        "TelephoneList",
                        phones.map(|phone| Element::with("Telephone", [Element::text("Contact", Some(phone))])),
                    ),
                ],
            ),
            Element::with("Demographics", born),
        ],
    )
}

fn write_goal(profile: &Writing<'_>) -> Element {
    let goal = profile.first(Kind::Goal);
    let kinds = [("occupation", "preferred_job"), ("education", "studies_applied_for"), ("motivation", "personal_statement")];
    let Some((field, code)) = kinds.into_iter().find(|(field, _)| goal.text(field).is_some()) else {
        return Element::new("Headline");
    };
    Element::with(
        "Headline",
        [
            Element::with("Type", [Element::text("Code", Some(code))]),
            Element::with("Description", [html_text("Label", goal, field)]),
        ],
    )
}

fn write_period(row: Row<'_>, current: Option<bool>) -> Element {
    let date = |name: &'static str, field: &str| {
        let day = row.day(field)?;
        let mut parts = day.split('-');
        let mut element = Element::new(name).must().attribute("year", parts.next()?);
        if let Some(month) = parts.next() {
            element = element.attribute("month", &format!("--{month}"));
        }
        Some(match parts.next() {
            Some(day) => element.attribute("day", &format!("---{day}")),
            None => element,
        })
    };
    let current = current.map(|current| Element::text("Current", Some(if current { "true" } else { "false" })));
    Element::with("Period", date("From", "from").into_iter().chain(date("To", "to")).chain(current))
}

fn country_of(row: Row<'_>) -> Element {
    contact(Element::with("Country", [text("Code", row, "country")]))
}

fn write_work(row: Row<'_>) -> Element {
    Element::with(
        "WorkExperience",
        [
            write_period(row, row.flag("ongoing")),
            Element::with("Position", [html_text("Label", row, "occupation")]),
            html_text("Activities", row, "tasks"),
            Element::with("Employer", [text("Name", row, "employer"), country_of(row)]),
        ],
    )
}

fn write_education(row: Row<'_>) -> Element {
    let level = row.text("level").filter(|level| matches!(*level, "6" | "7" | "8"));
    Element::with(
        "Education",
        [
            write_period(row, row.is_not("completed").then_some(true)),
            html_text("Title", row, "title"),
            Element::with("Organisation", [text("Name", row, "school"), country_of(row)]),
            Element::with("Level", [Element::text("Code", level)]),
        ],
    )
}

fn write_skills(profile: &Writing<'_>) -> Element {
    let spoken = |mother: bool| profile.of(Kind::Language).filter(move |row| row.is("mother_tongue") == mother);
    let described = |row: Row<'_>| Element::with("Description", [text("Code", row, "language")]);
    let mother = spoken(true).map(|row| Element::with("MotherTongue", [described(row)]));
    let level = |row: Row<'_>, field| row.text(field).filter(|level| *level != "none").map(str::to_uppercase);
    let levels = |row: Row<'_>| LEVELS.map(|(theirs, ours)| Element::text(theirs, level(row, ours).as_deref()));
    let foreign =
        spoken(false).map(|row| Element::with("ForeignLanguage", [described(row), Element::with("ProficiencyLevel", levels(row))]));
    let skills: Vec<String> =
        profile.of(Kind::Skill).filter_map(|row| Some(format!("• {}", row.text("skill")?.replace(['\r', '\n'], " ")))).collect();
    let driving = profile.of(Kind::Licence).filter_map(|row| row.text("licence")).filter(|code| DRIVING.contains(code));
    let driving = driving.map(|code| Element::text("Licence", Some(&code.to_uppercase())));
    Element::with(
        "Skills",
        [
            Element::with("Linguistic", [Element::with("MotherTongueList", mother), Element::with("ForeignLanguageList", foreign)]),
            Element::with("JobRelated", [Element::text("Description", Some(&fragment(&skills.join("\n"))))]),
            Element::with("Driving", [Element::with("Description", driving)]),
        ],
    )
}

fn write_achievements(profile: &Writing<'_>) -> Vec<Element> {
    let certified = |text: &str| {
        Element::with(
            "Achievement",
            [
                Element::with("Title", [Element::text("Code", Some("certifications"))]),
                Element::text("Description", Some(&fragment(text))),
            ],
        )
    };
    let lines = |name: Option<String>, row: Row<'_>| {
        let line = |text: &str| text.replace(['\r', '\n'], " ");
        let end = row.day("expires").map(|day| format!("– {day}"));
        let all = [name.as_deref().map(line), row.text("issuer").map(line), row.day("issued"), end];
        all.into_iter().flatten().collect::<Vec<_>>().join("\n")
    };
    let qualified = profile.of(Kind::Qualification).map(|row| certified(&lines(row.text("name").map(str::to_owned), row)));
    let licensed = profile.of(Kind::Licence).filter(|row| !row.text("licence").is_some_and(|code| DRIVING.contains(&code)));
    let licensed = licensed.map(|row| certified(&lines(Some(profile.licence(row)), row)));
    let learnt = |row| {
        Element::with("Achievement", [Element::with("Title", [text("Label", row, "what")]), html_text("Description", row, "more")])
    };
    qualified.chain(licensed).chain(profile.of(Kind::Informal).map(learnt)).collect()
}
