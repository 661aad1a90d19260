//! Writing with the sample's parts, in its order.

use std::collections::BTreeSet;

use super::{DRIVING, LEVELS};
use crate::domain::profile::Kind;
use crate::exchange::draft::{Row, Writing};
use crate::exchange::html::fragment;
use crate::exchange::names;
use crate::exchange::xml::Element;

pub fn write(profile: &Writing<'_>) -> Vec<u8> {
    let paid = |row: &Row<'_>| row.text("form") != Some("unpaid");
    let kept = Element::must;
    let spoken = profile.of(Kind::Language).filter(|row| !row.is("mother_tongue")).map(write_language);
    let driving = |row: &Row<'_>| row.text("licence").is_some_and(|code| DRIVING.contains(&code));
    let certified = profile.of(Kind::Qualification).map(|row| write_certification(row, row.text("name").map(str::to_owned)));
    let licensed =
        profile.of(Kind::Licence).filter(|row| !driving(row)).map(|row| write_certification(row, Some(profile.licence(row))));
    let body = Element::with(
        "CandidateProfile",
        [
            html_text("hr:ExecutiveSummary", profile.first(Kind::Goal), "motivation"),
            kept(Element::with("EmploymentHistory", profile.of(Kind::Work).filter(paid).map(write_work))),
            kept(Element::with("EducationHistory", profile.of(Kind::Education).map(write_education))),
            kept(Element::with("eures:Licenses", profile.of(Kind::Licence).filter(driving).map(write_licence))),
            kept(Element::with("Certifications", certified.chain(licensed))),
            kept(Element::new("PublicationHistory")),
            kept(Element::with("PersonQualifications", spoken.chain(profile.of(Kind::Skill).map(write_skill)))),
            kept(Element::new("EmploymentReferences")),
            kept(Element::new("CreativeWorks")),
            kept(Element::with("Projects", profile.of(Kind::Informal).map(|row| write_activity("Project", row, "what", "more")))),
            kept(Element::new("SocialAndPoliticalActivities")),
            kept(Element::new("Skills")),
            kept(Element::new("NetworksAndMemberships")),
            kept(Element::new("ConferencesAndSeminars")),
            kept(Element::with(
                "VoluntaryWorks",
                profile
                    .of(Kind::Work)
                    .filter(|row| !paid(row))
                    .map(|row| write_activity("VoluntaryWork", row, "occupation", "tasks")),
            )),
            kept(Element::new("CourseCertifications")),
        ],
    );
    Element::with("Candidate", [write_person(profile), body.must().attribute("languageCode", &profile.lang)])
        .attribute("xmlns", "http://www.europass.eu/1.0")
        .attribute("xmlns:oa", "http://www.openapplications.org/oagis/9")
        .attribute("xmlns:eures", "http://www.europass_eures.eu/1.0")
        .attribute("xmlns:hr", "http://www.hr-xml.org/3")
        .bytes()
}

fn text(name: &'static str, row: Row<'_>, field: &str) -> Element {
    Element::text(name, row.text(field))
}

fn html_text(name: &'static str, row: Row<'_>, field: &str) -> Element {
    Element::text(name, row.text(field).map(fragment).as_deref())
}

fn write_person(profile: &Writing<'_>) -> Element {
    let (legal, called, home) = (profile.first(Kind::LegalName), profile.first(Kind::PreferredName), profile.first(Kind::Home));
    let given = legal.text("given").or(called.text("name"));
    let mut kids =
        vec![Element::with("PersonName", [Element::text("oa:GivenName", given), text("hr:FamilyName", legal, "family")])];
    let way = |channel: &str, name: &'static str, said: &str| {
        Element::with("Communication", [Element::text("ChannelCode", Some(channel)), Element::text(name, Some(said))])
    };
    // Once, as it is read: people and the format's own files say an address twice.
    let mut said = BTreeSet::new();
    let emails = profile.of(Kind::Contact).filter_map(|row| row.text("email")).filter(|email| said.insert(*email));
    kids.extend(emails.map(|email| way("Email", "oa:URI", email)));
    kids.extend(
        profile.of(Kind::Contact).filter_map(|row| row.text("phone")).map(|phone| way("Telephone", "oa:DialNumber", phone)),
    );
    let address = [text("oa:AddressLine", home, "address"), text("oa:CityName", home, "municipality")];
    kids.push(Element::with("Communication", [Element::with("Address", address)]));
    kids.push(Element::text("hr:BirthDate", profile.first(Kind::BirthYear).number("year").map(|year| year.to_string()).as_deref()));
    for row in profile.of(Kind::Language).filter(|row| row.is("mother_tongue")) {
        let code = row.text("language").map(names::three);
        kids.push(Element::text("PrimaryLanguageCode", code.as_deref()).attribute("name", "NORMAL"));
    }
    Element::with("CandidatePerson", kids).must()
}

fn dates(outer: &'static str, start: &'static str, end: &'static str, row: Row<'_>, ongoing: Option<Element>) -> Element {
    let date = |name, field| Element::with(name, [Element::text("hr:FormattedDateTime", row.day(field).as_deref())]);
    Element::with(outer, [date(start, "from"), date(end, "to")].into_iter().chain(ongoing))
}

fn write_work(row: Row<'_>) -> Element {
    let mut title = text("PositionTitle", row, "occupation");
    if let Some(uri) = row.uri("occupation") {
        title = title.attribute("typeCode", "URI").attribute("languageID", uri);
    }
    let current =
        row.flag("ongoing").map(|current| Element::text("hr:CurrentIndicator", Some(if current { "true" } else { "false" })));
    let position = [
        title,
        dates("eures:EmploymentPeriod", "eures:StartDate", "eures:EndDate", row, current),
        html_text("oa:Description", row, "tasks"),
        Element::text("Country", row.text("country").map(str::to_lowercase).as_deref()),
    ];
    Element::with("EmployerHistory", [text("hr:OrganizationName", row, "employer"), Element::with("PositionHistory", position)])
}

fn write_education(row: Row<'_>) -> Element {
    let level = row.text("level").filter(|level| matches!(*level, "6" | "7" | "8"));
    let country = Element::text("CountryCode", row.text("country").map(str::to_lowercase).as_deref());
    let ongoing = row.is_not("completed").then(|| Element::text("Ongoing", Some("true")));
    Element::with(
        "EducationOrganizationAttendance",
        [
            text("hr:OrganizationName", row, "school"),
            Element::with("OrganizationContact", [Element::with("Communication", [Element::with("Address", [country])])]),
            Element::text("EducationLevelCode", level),
            dates("AttendancePeriod", "StartDate", "EndDate", row, ongoing),
            Element::with("EducationDegree", [html_text("hr:DegreeName", row, "title")]),
        ],
    )
}

fn stamped(name: &'static str, row: Row<'_>, field: &str) -> Element {
    Element::with(name, [Element::text("hr:FormattedDateTime", row.day(field).as_deref())])
}

fn write_licence(row: Row<'_>) -> Element {
    let code = row.text("licence").map(str::to_uppercase);
    Element::with(
        "eures:License",
        [Element::text("hr:LicenseName", code.as_deref()), stamped("ValidFrom", row, "issued"), stamped("ValidTo", row, "expires")],
    )
}

fn write_certification(row: Row<'_>, name: Option<String>) -> Element {
    Element::with(
        "Certification",
        [
            Element::text("hr:CertificationName", name.map(|name| fragment(&name)).as_deref()),
            text("hr:IssuingAuthorityName", row, "issuer"),
            stamped("FirstIssuedDate", row, "issued"),
            stamped("EffectiveEndDate", row, "expires"),
        ],
    )
}

fn write_language(row: Row<'_>) -> Element {
    let code = row.text("language").map(names::three);
    let level = |field: &str| row.text(field).filter(|level| *level != "none").map(str::to_uppercase);
    let dimension = |(theirs, ours): (&str, &str)| {
        let score = Element::with("eures:Score", [Element::text("hr:ScoreText", level(ours).as_deref())]);
        Element::with("eures:CompetencyDimension", [Element::text("hr:CompetencyDimensionTypeCode", Some(theirs)), score])
    };
    let id = Element::text("CompetencyID", code.as_deref()).attribute("schemeName", "NORMAL");
    Element::with(
        "PersonCompetency",
        [id, Element::text("hr:TaxonomyID", Some("language"))].into_iter().chain(LEVELS.map(dimension)),
    )
}

fn write_skill(row: Row<'_>) -> Element {
    Element::with("PersonCompetency", [Element::text("CompetencyID", row.uri("skill")), text("hr:CompetencyName", row, "skill")])
}

fn write_activity(name: &'static str, row: Row<'_>, title: &str, more: &str) -> Element {
    let organisation = Element::text("Organization", row.text("employer"));
    Element::with(
        name,
        [
            text("Title", row, title),
            organisation,
            dates("Date", "StartDate", "EndDate", row, None),
            html_text("Description", row, more),
        ],
    )
}
