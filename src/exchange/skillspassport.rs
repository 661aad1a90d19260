//! Europass SkillsPassport XML 3.x: read in any 3.x, written after the schema of 3.4.

mod write;

pub use write::write;

use super::draft::{Draft, Reading, date};
use super::format::Lose;
use super::html::plain;
use super::names::DRIVING;
use super::tree::At;
use crate::domain::date::PartialDate;
use crate::domain::profile::{Kind, Value};

pub const LOSES: &[Lose] = &[
    Lose::partly(Kind::PreferredName, None, "exchange-lose-one-name"),
    Lose::partly(Kind::Contact, None, "exchange-lose-one-email"),
    Lose::partly(Kind::Contact, Some("phone"), "exchange-lose-one-email"),
    Lose::partly(Kind::Contact, Some("email"), "exchange-lose-one-email"),
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
    Lose::partly(Kind::Work, Some("occupation"), "exchange-lose-uri"),
    Lose::field(Kind::Work, "extent"),
    Lose::field(Kind::Work, "form"),
    Lose::field(Kind::Informal, "context"),
    Lose::field(Kind::Informal, "skill"),
    Lose::field(Kind::Informal, "hours_per_week"),
    Lose::field(Kind::Informal, "from"),
    Lose::field(Kind::Informal, "to"),
    Lose::partly(Kind::Skill, Some("skill"), "exchange-lose-uri"),
    Lose::field(Kind::Skill, "level"),
    Lose::field(Kind::Skill, "last_used"),
    Lose::field(Kind::Skill, "months_used"),
    Lose::field(Kind::Qualification, "seqf"),
    Lose::field(Kind::Qualification, "part"),
    Lose::partly(Kind::Licence, None, "exchange-lose-licence"),
    Lose::field(Kind::Licence, "name"),
    Lose::field(Kind::Licence, "issued"),
    Lose::field(Kind::Licence, "expires"),
    Lose::partly(Kind::Goal, None, "exchange-lose-first"),
    Lose::partly(Kind::Goal, Some("occupation"), "exchange-lose-uri"),
    Lose::partly(Kind::Goal, Some("education"), "exchange-lose-headline"),
    Lose::partly(Kind::Goal, Some("motivation"), "exchange-lose-headline"),
];

const LEVELS: [(&str, &str); 5] = [
    ("Listening", "listening"),
    ("Reading", "reading"),
    ("SpokenInteraction", "spoken_interaction"),
    ("SpokenProduction", "spoken_production"),
    ("Writing", "writing"),
];

pub fn read(file: &mut Reading<'_>) {
    let root = file.root;
    file.speaks(root.at("@locale"));
    for name in ["DocumentInfo", "PrintingPreferences"] {
        root.at(name).into_iter().for_each(At::pass_over);
    }
    root.every("AttachmentList/Attachment/MetadataList").into_iter().for_each(At::pass_over);
    root.every("AttachmentList/Attachment/@id").into_iter().for_each(At::take);
    let Some(info) = root.at("LearnerInfo") else { return };
    info.at("Documentation").into_iter().for_each(At::pass_over);
    if let Some(identification) = info.at("Identification") {
        person(file, identification);
    }
    if let Some(headline) = info.at("Headline") {
        goal(file, headline);
    }
    info.every("WorkExperienceList/WorkExperience").into_iter().for_each(|at| work(file, at));
    info.every("EducationList/Education").into_iter().for_each(|at| education(file, at));
    if let Some(skills) = info.at("Skills") {
        read_skills(file, skills);
    }
    info.every("AchievementList/Achievement").into_iter().for_each(|at| achievement(file, at));
}

fn person<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut legal = file.draft(Kind::LegalName, at);
    legal.put("given", at.at("PersonName/FirstName")).put("family", at.at("PersonName/Surname"));
    let whole = legal.has("given") && legal.has("family");
    file.add(legal);
    if !whole {
        let mut called = file.draft(Kind::PreferredName, at);
        called.put("name", at.at("PersonName/FirstName").or(at.at("PersonName/Surname")));
        file.add(called);
    }
    for use_of in ["TelephoneList/Telephone/Use", "Email/Use"] {
        at.every(&format!("ContactInfo/{use_of}")).into_iter().for_each(At::pass_over);
    }
    let phones = at.every("ContactInfo/TelephoneList/Telephone/Contact");
    let mut email = at.at("ContactInfo/Email/Contact");
    for number in 0..phones.len().max(1) {
        let mut contact = file.draft(Kind::Contact, at);
        contact.put("phone", phones.get(number).copied()).put("email", email.take());
        file.add(contact);
    }
    let mut home = file.draft(Kind::Home, at);
    let address = at.at("ContactInfo/Address/Contact");
    let line = |name| address.and_then(|address| address.at(name));
    home.put("municipality", line("Municipality")).put("address", line("AddressLine"));
    file.add(home);
    let mut born = file.draft(Kind::BirthYear, at);
    born.put("year", at.at("Demographics/Birthdate/@year"));
    file.add(born);
}

fn goal<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let field = match at.says("Type/Code") {
        Some("preferred_job" | "job_applied_for") => "occupation",
        Some("studies_applied_for") => "education",
        Some("personal_statement") => "motivation",
        _ => return,
    };
    let mut draft = file.draft(Kind::Goal, at);
    html(&mut draft, field, at.at("Description/Label"));
    if draft.has(field) {
        at.at("Type").into_iter().for_each(At::pass_over);
    }
    file.add(draft);
}

fn html<'a>(draft: &mut Draft<'a>, field: &'static str, leaf: Option<At<'a>>) {
    if let Some(leaf) = leaf {
        draft.put_text(field, &plain(leaf.raw()), &[leaf]);
    }
}

/// A date by its attributes, which XML Schema writes as `2019`, `--04`, `---30` (XML Schema 2, 3.2.11 to 3.2.13).
fn period<'a>(draft: &mut Draft<'a>, field: &'static str, at: Option<At<'a>>) {
    let Some(at) = at else { return };
    let parts = ["@year", "@month", "@day"].map(|name| at.at(name));
    let known: Vec<At<'a>> = parts.into_iter().map_while(|leaf| leaf.filter(|leaf| leaf.text().is_some())).collect();
    let words: Vec<String> =
        known.iter().filter_map(|leaf| leaf.text()).map(|text| text.trim_start_matches('-').to_owned()).collect();
    // As much of it as is a date: what follows a wrong month is not understood.
    for length in (1..=words.len()).rev() {
        if let Ok(date) = words[..length].join("-").parse::<PartialDate>() {
            draft.put_value(field, Value::Date(date), &known[..length]);
            return;
        }
    }
}

fn country<'a>(draft: &mut Draft<'a>, at: Option<At<'a>>) {
    let Some(at) = at.and_then(|at| at.at("ContactInfo/Address/Contact/Country")) else { return };
    draft.put_country("country", at.at("Code"));
    if draft.has("country") {
        at.at("Label").into_iter().for_each(At::take);
    }
}

fn work<'a>(file: &mut Reading<'a>, at: At<'a>) {
    at.at("Documentation").into_iter().for_each(At::pass_over);
    let mut draft = file.draft(Kind::Work, at);
    html(&mut draft, "occupation", at.at("Position/Label"));
    draft.put("employer", at.at("Employer/Name"));
    country(&mut draft, at.at("Employer"));
    period(&mut draft, "from", at.at("Period/From"));
    period(&mut draft, "to", at.at("Period/To"));
    draft.put_flag("ongoing", at.at("Period/Current"));
    html(&mut draft, "tasks", at.at("Activities"));
    file.add(draft);
}

fn education<'a>(file: &mut Reading<'a>, at: At<'a>) {
    at.at("Documentation").into_iter().for_each(At::pass_over);
    let mut draft = file.draft(Kind::Education, at);
    html(&mut draft, "title", at.at("Title"));
    draft.put("school", at.at("Organisation/Name"));
    country(&mut draft, at.at("Organisation"));
    period(&mut draft, "from", at.at("Period/From"));
    period(&mut draft, "to", at.at("Period/To"));
    match at.at("Period/Current").and_then(|leaf| Some((leaf, leaf.text()?))) {
        Some((leaf, "true")) => _ = draft.put_value("completed", Value::Flag(false), &[leaf]),
        Some((leaf, "false")) => leaf.take(),
        _ => {}
    }
    high_level(&mut draft, at.at("Level/Code"));
    if draft.has("level") {
        at.at("Level/Label").into_iter().for_each(At::take);
    }
    file.add(draft);
}

/// Levels of the European framework (EQF) from 6 on are the same as ISCED 2011's; those below are not.
pub fn high_level<'a>(draft: &mut Draft<'a>, leaf: Option<At<'a>>) {
    draft.put("level", leaf.filter(|leaf| matches!(leaf.text(), Some("6" | "7" | "8"))));
}

fn read_skills<'a>(file: &mut Reading<'a>, at: At<'a>) {
    for tongue in at.every("Linguistic/MotherTongueList/MotherTongue") {
        let mut draft = file.draft(Kind::Language, tongue);
        language(&mut draft, tongue);
        if draft.has("language") {
            draft.put_value("mother_tongue", Value::Flag(true), &[]);
        }
        file.add(draft);
    }
    for tongue in at.every("Linguistic/ForeignLanguageList/ForeignLanguage") {
        tongue.at("Documentation").into_iter().for_each(At::pass_over);
        let mut draft = file.draft(Kind::Language, tongue);
        language(&mut draft, tongue);
        for (theirs, ours) in LEVELS {
            if let Some((leaf, level)) =
                tongue.at("ProficiencyLevel").and_then(|at| at.at(theirs)).and_then(|leaf| Some((leaf, leaf.text()?)))
            {
                draft.put_text(ours, &level.to_lowercase(), &[leaf]);
            }
        }
        file.add(draft);
    }
    for name in ["Communication", "Organisational", "JobRelated", "Computer", "Other"] {
        at.at(&format!("{name}/Documentation")).into_iter().for_each(At::pass_over);
        if let Some(leaf) = at.at(&format!("{name}/Description")) {
            listed(file, leaf);
        }
    }
    at.at("Driving/Documentation").into_iter().for_each(At::pass_over);
    for licence in at.every("Driving/Description/Licence") {
        let mut draft = file.draft(Kind::Licence, licence);
        let code = licence.text().unwrap_or_default().to_lowercase();
        if DRIVING.contains(&code.as_str()) {
            draft.put_text("licence", &code, &[licence]);
        }
        file.add(draft);
    }
}

fn language<'a>(draft: &mut Draft<'a>, at: At<'a>) {
    draft.put_language("language", at.at("Description/Code"));
    if draft.has("language") {
        at.at("Description/Label").into_iter().for_each(At::take);
    } else {
        draft.put_language("language", at.at("Description/Label"));
    }
}

/// Short lines are a skill each; a text of longer ones is not understood.
fn listed<'a>(file: &mut Reading<'a>, leaf: At<'a>) {
    let text = plain(leaf.raw());
    let lines: Vec<&str> =
        text.lines().map(|line| line.strip_prefix("• ").unwrap_or(line).trim()).filter(|line| !line.is_empty()).collect();
    if lines.iter().any(|line| line.chars().count() > 200) {
        return;
    }
    for line in lines {
        let mut draft = file.draft(Kind::Skill, leaf);
        draft.put_text("skill", line, &[leaf]);
        file.add(draft);
    }
}

fn achievement<'a>(file: &mut Reading<'a>, at: At<'a>) {
    at.at("Documentation").into_iter().for_each(At::pass_over);
    match at.says("Title/Code") {
        Some("certifications" | "honors_awards") => qualification(file, at),
        // What somebody else said, with their name.
        Some("references") => {}
        _ => {
            let mut draft = file.draft(Kind::Informal, at);
            draft.put("what", at.at("Title/Label").or(at.at("Title/Code")));
            html(&mut draft, "more", at.at("Description"));
            if draft.has("what") {
                at.at("Title/Code").into_iter().for_each(At::take);
            }
            file.add(draft);
        }
    }
}

/// The name, then issuer and dates, a line each.
fn qualification<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let Some(leaf) = at.at("Description") else { return };
    let text = plain(leaf.raw());
    let mut lines = text.lines();
    let mut draft = file.draft(Kind::Qualification, at);
    draft.put_text("name", lines.next().unwrap_or_default(), &[leaf]);
    for line in lines {
        let (field, value) = match (line.strip_prefix("– ").and_then(date), date(line)) {
            (Some(end), _) => ("expires", end.to_string()),
            (_, Some(start)) => ("issued", start.to_string()),
            _ => ("issuer", line.to_owned()),
        };
        let before = draft.has(field);
        draft.put_text(field, &value, &[leaf]);
        if before {
            draft.beside(leaf, line);
        }
    }
    if draft.has("name") {
        at.at("Title").into_iter().for_each(At::pass_over);
    }
    file.add(draft);
}
