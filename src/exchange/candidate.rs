//! The newer Europass profile as XML ("Candidate" 4.0, after HR-XML 3). No schema of it is published: structure after a sample.

mod write;

pub use write::write;

use super::draft::{Draft, Reading};
use super::format::Lose;
use super::html::plain;
use super::names::{DRIVING, LEVELS};
use super::skillspassport::high_level;
use super::tree::At;
use crate::domain::profile::{Kind, Value};

pub const LOSES: &[Lose] = &[
    Lose::partly(Kind::PreferredName, None, "exchange-lose-one-name"),
    Lose::partly(Kind::Contact, None, "exchange-lose-pairs"),
    Lose::partly(Kind::Contact, Some("phone"), "exchange-lose-pairs"),
    Lose::partly(Kind::Contact, Some("email"), "exchange-lose-pairs"),
    Lose::partly(Kind::Language, Some("mother_tongue"), "exchange-lose-no"),
    Lose::partly(Kind::Language, Some("listening"), "exchange-lose-mother-tongue"),
    Lose::partly(Kind::Language, Some("reading"), "exchange-lose-mother-tongue"),
    Lose::partly(Kind::Language, Some("spoken_interaction"), "exchange-lose-mother-tongue"),
    Lose::partly(Kind::Language, Some("spoken_production"), "exchange-lose-mother-tongue"),
    Lose::partly(Kind::Language, Some("writing"), "exchange-lose-mother-tongue"),
    Lose::field(Kind::Language, "sfi"),
    Lose::partly(Kind::Education, Some("level"), "exchange-lose-low-level"),
    Lose::field(Kind::Education, "years"),
    Lose::partly(Kind::Education, Some("completed"), "exchange-lose-completed"),
    Lose::field(Kind::Education, "recognition"),
    Lose::partly(Kind::Work, Some("occupation"), "exchange-lose-voluntary"),
    Lose::partly(Kind::Work, Some("country"), "exchange-lose-voluntary"),
    Lose::partly(Kind::Work, Some("ongoing"), "exchange-lose-voluntary"),
    Lose::field(Kind::Work, "extent"),
    Lose::partly(Kind::Work, Some("form"), "exchange-lose-form"),
    Lose::field(Kind::Informal, "context"),
    Lose::field(Kind::Informal, "skill"),
    Lose::field(Kind::Informal, "hours_per_week"),
    Lose::field(Kind::Skill, "level"),
    Lose::field(Kind::Skill, "last_used"),
    Lose::field(Kind::Skill, "months_used"),
    Lose::field(Kind::Qualification, "seqf"),
    Lose::field(Kind::Qualification, "part"),
    Lose::partly(Kind::Licence, None, "exchange-lose-licence"),
    Lose::field(Kind::Licence, "name"),
    Lose::partly(Kind::Goal, None, "exchange-lose-first"),
    Lose::field(Kind::Goal, "occupation"),
    Lose::field(Kind::Goal, "education"),
];

pub fn read(file: &mut Reading<'_>) {
    let root = file.root;
    for name in ["DocumentID", "CandidateSupplier", "RenderingInformation", "@schemaLocation"] {
        root.at(name).into_iter().for_each(At::pass_over);
    }
    let profile = root.at("CandidateProfile");
    file.speaks(profile.and_then(|at| at.at("@languageCode")));
    if let Some(at) = root.at("CandidatePerson") {
        person(file, at);
    }
    let Some(profile) = profile else { return };
    profile.at("ID").into_iter().for_each(At::pass_over);
    let mut goal = file.draft(Kind::Goal, profile);
    html(&mut goal, "motivation", profile.at("ExecutiveSummary"));
    file.add(goal);
    for at in profile.every("EmploymentHistory/EmployerHistory") {
        at.all("PositionHistory").for_each(|position| work(file, at, position));
    }
    profile.every("VoluntaryWorks/VoluntaryWork").into_iter().for_each(|at| voluntary(file, at));
    profile.every("EducationHistory/EducationOrganizationAttendance").into_iter().for_each(|at| education(file, at));
    profile.every("Licenses/License").into_iter().for_each(|at| licence(file, at));
    profile.every("Certifications/Certification").into_iter().for_each(|at| certification(file, at));
    profile.every("PersonQualifications/PersonCompetency").into_iter().for_each(|at| competency(file, at));
    for name in [
        "Projects/Project",
        "SocialAndPoliticalActivities/SocialAndPoliticalActivity",
        "ConferencesAndSeminars/ConferenceAndSeminar",
        "Others/Other",
    ] {
        profile.every(name).into_iter().for_each(|at| activity(file, at));
    }
}

fn person<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut legal = file.draft(Kind::LegalName, at);
    legal.put("given", at.at("PersonName/GivenName")).put("family", at.at("PersonName/FamilyName"));
    let whole = legal.has("given") && legal.has("family");
    file.add(legal);
    if !whole {
        let mut called = file.draft(Kind::PreferredName, at);
        called.put("name", at.at("PersonName/GivenName").or(at.at("PersonName/FamilyName")));
        file.add(called);
    }
    contacts(file, at);
    let mut born = file.draft(Kind::BirthYear, at);
    born.put("year", at.at("BirthDate").filter(|leaf| leaf.text().is_some_and(|text| text.len() == 4)));
    file.add(born);
    for tongue in at.all("PrimaryLanguageCode") {
        let mut draft = file.draft(Kind::Language, tongue);
        draft.put_language("language", Some(tongue));
        if draft.has("language") {
            tongue.at("@name").into_iter().for_each(At::take);
            draft.put_value("mother_tongue", Value::Flag(true), &[]);
        }
        file.add(draft);
    }
}

fn contacts<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let channel = |name: &str| at.all("Communication").filter(|way| way.says("ChannelCode") == Some(name)).collect::<Vec<_>>();
    let (phones, mut emails) = (channel("Telephone"), channel("Email"));
    let mut seen: Vec<&str> = Vec::new();
    // The format's own files say an address twice.
    emails.retain(|way| {
        let new = way.says("URI").is_none_or(|uri| !seen.contains(&uri));
        seen.extend(way.says("URI"));
        if !new {
            way.pass_over();
        }
        new
    });
    for number in 0..phones.len().max(emails.len()).max(1) {
        let (phone, email) = (phones.get(number), emails.get(number));
        let mut draft = file.draft(Kind::Contact, phone.or(email).copied().unwrap_or(at));
        draft.put("email", email.and_then(|way| way.at("URI")));
        if let Some(leaf) = phone.and_then(|way| way.at("DialNumber")) {
            let dialing = phone.and_then(|way| way.at("CountryDialing")).filter(|leaf| leaf.text().is_some());
            let number = dialing.and_then(At::text).map_or_else(String::new, |code| format!("+{} ", code.trim_start_matches('+')));
            let leaves: Vec<At<'a>> = dialing.into_iter().chain([leaf]).collect();
            draft.put_text("phone", &format!("{number}{}", leaf.text().unwrap_or_default()), &leaves);
        }
        for way in phone.filter(|_| draft.has("phone")).into_iter().chain(email.filter(|_| draft.has("email"))) {
            for name in ["ChannelCode", "UseCode", "CountryCode"] {
                way.at(name).into_iter().for_each(At::take);
            }
        }
        file.add(draft);
    }
    let mut home = file.draft(Kind::Home, at);
    home.put(
        "municipality",
        at.at("Communication/Address/CityName").or(at.every("Communication/Address/CityName").first().copied()),
    );
    home.put("address", at.every("Communication/Address/AddressLine").first().copied());
    file.add(home);
}

fn html<'a>(draft: &mut Draft<'a>, field: &'static str, leaf: Option<At<'a>>) {
    if let Some(leaf) = leaf {
        draft.put_text(field, &plain(leaf.raw()), &[leaf]);
    }
}

fn period<'a>(draft: &mut Draft<'a>, at: Option<At<'a>>) {
    let Some(at) = at else { return };
    draft.put_date("from", at.at("StartDate/FormattedDateTime")).put_date("to", at.at("EndDate/FormattedDateTime"));
}

fn work<'a>(file: &mut Reading<'a>, employer: At<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Work, at);
    let title = at.at("PositionTitle");
    draft.put("occupation", title);
    if title.and_then(|title| title.says("@typeCode")) == Some("URI") {
        draft.put_uri("occupation", title.and_then(|title| title.at("@languageID")));
        title.and_then(|title| title.at("@typeCode")).into_iter().for_each(At::take);
    }
    draft.put("employer", employer.at("OrganizationName"));
    draft.put_country("country", at.at("Country").or(employer.at("OrganizationContact/Communication/Address/CountryCode")));
    period(&mut draft, at.at("EmploymentPeriod"));
    draft.put_flag("ongoing", at.at("EmploymentPeriod/CurrentIndicator"));
    html(&mut draft, "tasks", at.at("Description"));
    file.add(draft);
}

fn voluntary<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Work, at);
    draft.put("occupation", at.at("Title")).put("employer", at.at("Organization"));
    activity_period(&mut draft, at);
    html(&mut draft, "tasks", at.at("Description"));
    if draft.has("occupation") {
        draft.put_value("form", Value::Choice("unpaid".to_owned()), &[]);
    }
    file.add(draft);
}

fn education<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Education, at);
    html(&mut draft, "title", at.at("EducationDegree/DegreeName"));
    draft.put("school", at.at("OrganizationName"));
    draft.put_country("country", at.at("OrganizationContact/Communication/Address/CountryCode"));
    high_level(&mut draft, at.at("EducationLevelCode"));
    period(&mut draft, at.at("AttendancePeriod"));
    match at.at("AttendancePeriod/Ongoing").and_then(|leaf| Some((leaf, leaf.text()?))) {
        Some((leaf, "true")) => _ = draft.put_value("completed", Value::Flag(false), &[leaf]),
        Some((leaf, "false")) => leaf.take(),
        _ => {}
    }
    at.every("EducationDegree/FieldOfStudy/@typeCode").into_iter().for_each(At::take);
    file.add(draft);
}

fn licence<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Licence, at);
    let name = at.at("LicenseName");
    let code = name.and_then(At::text).unwrap_or_default().to_lowercase();
    if let Some(name) = name.filter(|_| DRIVING.contains(&code.as_str())) {
        draft.put_text("licence", &code, &[name]);
    }
    draft.put_date("issued", at.at("ValidFrom/FormattedDateTime").or(at.at("StartDate/FormattedDateTime")));
    draft.put_date("expires", at.at("ValidTo/FormattedDateTime").or(at.at("EndDate/FormattedDateTime")));
    file.add(draft);
}

fn certification<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Qualification, at);
    html(&mut draft, "name", at.at("CertificationTypeCode").or(at.at("CertificationName")));
    draft.put("issuer", at.at("IssuingAuthorityName"));
    draft
        .put_date("issued", at.at("FirstIssuedDate/FormattedDateTime"))
        .put_date("expires", at.at("EffectiveEndDate/FormattedDateTime"));
    file.add(draft);
}

fn competency<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let language = at.says("TaxonomyID") == Some("language");
    let mut draft = file.draft(if language { Kind::Language } else { Kind::Skill }, at);
    if language {
        draft.put_language("language", at.at("CompetencyID"));
        for dimension in at.all("CompetencyDimension") {
            level(&mut draft, dimension);
        }
    } else {
        let id = at.at("CompetencyID").filter(|leaf| !leaf.raw().contains("://"));
        draft.put("skill", at.at("CompetencyName").or(id));
        if draft.has("skill") {
            draft.put_uri("skill", at.at("CompetencyID"));
        }
    }
    if draft.has("language") || draft.has("skill") {
        for name in ["TaxonomyID", "CompetencyID/@schemeName"] {
            at.at(name).into_iter().for_each(At::take);
        }
    }
    file.add(draft);
}

fn level<'a>(draft: &mut Draft<'a>, at: At<'a>) {
    let Some(kind) = at.at("CompetencyDimensionTypeCode") else { return };
    let Some((_, field)) = LEVELS.into_iter().find(|(theirs, _)| kind.text() == Some(theirs)) else { return };
    // The format names each of the five, said or not.
    kind.take();
    if let Some((leaf, text)) = at.at("Score/ScoreText").and_then(|leaf| Some((leaf, leaf.text()?))) {
        draft.put_text(field, &text.to_lowercase(), &[leaf]);
    }
}

fn activity_period<'a>(draft: &mut Draft<'a>, at: At<'a>) {
    period(draft, at.at("Date").or(at.at("Period")));
    at.at("Date/Ongoing").filter(|leaf| leaf.text() == Some("false")).into_iter().for_each(At::take);
}

fn activity<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Informal, at);
    draft.put("what", at.at("Title"));
    activity_period(&mut draft, at);
    html(&mut draft, "more", at.at("Description"));
    file.add(draft);
}
