//! HR Open Standards 4.2 candidate, bare or in the portability envelope of Arbetsförmedlingen. Written in the envelope, which records
//! no consent and no recipient: the file is its owner's own.

mod write;

pub use write::write;

use super::draft::{Draft, OWN, Reading};
use super::format::Lose;
use super::names::LEVELS;
use super::tree::At;
use crate::domain::profile::Kind;

pub const LOSES: &[Lose] = &[];

pub fn read(file: &mut Reading<'_>) {
    let root = file.root;
    for name in ["sessionToken", "source", "sink", "consent", "transferObject/documentType", "transferObject/dataStructureLink"] {
        root.at(name).into_iter().for_each(At::pass_over);
    }
    let candidates = root.every("transferObject/data");
    for candidate in if candidates.is_empty() { vec![root] } else { candidates } {
        for name in ["documentId", "alternateIds", "uri", "distributionGuidelines"] {
            candidate.all(name).for_each(At::pass_over);
        }
        file.speaks(candidate.every("profiles/languageCode").first().copied());
        if let Some(at) = candidate.at("person") {
            person(file, at);
        }
        candidate.all("profiles").for_each(|at| profile(file, at));
    }
}

fn person<'a>(file: &mut Reading<'a>, at: At<'a>) {
    at.at("id").into_iter().for_each(At::pass_over);
    let mut legal = file.draft(Kind::LegalName, at);
    legal.put("given", at.at("name/given")).put("family", at.at("name/family"));
    let whole = legal.has("given") && legal.has("family");
    file.add(legal);
    let mut called = file.draft(Kind::PreferredName, at);
    called.put("name", at.at("name/preferred"));
    if whole {
        at.at("name/formattedName").into_iter().for_each(At::take);
    } else {
        called.put("name", at.at("name/formattedName")).put("name", at.at("name/given").or(at.at("name/family")));
    }
    file.add(called);
    let mut born = file.draft(Kind::BirthYear, at);
    born.put("year", at.at("birthDate").filter(|leaf| leaf.text().is_some_and(|text| text.len() == 4)));
    file.add(born);
    let (phones, emails) = (at.every("communication/phone"), at.every("communication/email"));
    let own = at.every(&format!("{OWN}/contacts"));
    for contact in &own {
        let mut draft = file.draft(Kind::Contact, *contact);
        draft.extra(*contact);
        file.add(draft);
    }
    if !own.is_empty() {
        phones.iter().chain(&emails).for_each(|way| way.pass_over());
    }
    let (phones, emails) = if own.is_empty() { (phones, emails) } else { (Vec::new(), Vec::new()) };
    for number in 0..phones.len().max(emails.len()) {
        let (phone, email) = (phones.get(number), emails.get(number));
        let mut draft = file.draft(Kind::Contact, phone.or(email).copied().unwrap_or(at));
        draft.put("phone", phone.and_then(|way| way.at("formattedNumber"))).put("email", email.and_then(|way| way.at("address")));
        if draft.has("phone") {
            // The same number in parts.
            for name in ["countryDialingCode", "areaDialingCode", "dialNumber"] {
                phone.and_then(|way| way.at(name)).into_iter().for_each(At::take);
            }
        }
        file.add(draft);
    }
    let mut home = file.draft(Kind::Home, at);
    home.put("municipality", at.at("communication/address/city")).put("address", at.at("communication/address/line"));
    file.add(home);
}

fn profile<'a>(file: &mut Reading<'a>, at: At<'a>) {
    for name in ["profileId", "alternateIds"] {
        at.all(name).for_each(At::pass_over);
    }
    goals(file, at);
    for employer in at.all("employment") {
        let positions: Vec<At<'a>> = employer.all("positionHistories").collect();
        if positions.is_empty() {
            work(file, employer, employer);
        }
        positions.into_iter().for_each(|position| work(file, employer, position));
    }
    at.all("education").for_each(|at| education(file, at));
    at.all("licenses").for_each(|at| licence(file, at));
    at.all("certifications").for_each(|at| certification(file, at));
    at.all("qualifications").for_each(|at| competency(file, at));
    for own in at.every(&format!("{OWN}/informal")) {
        let mut draft = file.draft(Kind::Informal, own);
        draft.extra(own);
        file.add(draft);
    }
}

fn goals<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let own = at.every(&format!("{OWN}/goals"));
    for goal in &own {
        let mut draft = file.draft(Kind::Goal, *goal);
        draft.extra(*goal);
        file.add(draft);
    }
    let mut draft = file.draft(Kind::Goal, at);
    if own.is_empty() {
        draft.put("occupation", at.at("profileName")).put_all(
            "motivation",
            &[at.every("objective"), at.every("executiveSummary")].concat(),
            "\n",
        );
    } else {
        at.at("objective").into_iter().chain(at.at("profileName")).for_each(At::take);
    }
    file.add(draft);
}

fn work<'a>(file: &mut Reading<'a>, employer: At<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Work, at);
    let company = employer.at("organization");
    let name = |at: Option<At<'a>>| at.and_then(|at| at.at("name").or(at.at("legalId/value")));
    draft.put("occupation", at.at("title")).put("employer", name(company)).put("employer", name(at.at("organization")));
    draft.put_uri("occupation", at.at("jobCategories/code"));
    if at.at("jobCategories/name").and_then(At::text) == at.says("title") {
        at.at("jobCategories/name").into_iter().for_each(At::take);
    }
    draft.put_country("country", at.at("location/countryCode"));
    for place in [at, employer] {
        draft.put_date("from", place.at("start").filter(|_| !draft.has("from")));
        draft.put_date("to", place.at("end").filter(|_| !draft.has("to")));
        if !draft.has("ongoing") {
            draft.put_flag("ongoing", place.at("current"));
        }
    }
    let tasks = if at.path() == employer.path() {
        at.every("descriptions")
    } else {
        [at.every("descriptions"), employer.every("descriptions")].concat()
    };
    draft.put_all("tasks", &tasks, "\n").extra(at);
    file.add(draft);
}

fn education<'a>(file: &mut Reading<'a>, at: At<'a>) {
    at.at("id").into_iter().for_each(At::pass_over);
    let mut draft = file.draft(Kind::Education, at);
    let degree = at.at("educationDegrees");
    draft.put("title", degree.and_then(|degree| degree.at("name"))).put_all("title", &at.every("programs"), ", ");
    draft.put("school", at.at("institution/name")).put("title", at.at("institution/name"));
    draft.put("level", degree.and_then(|degree| degree.at("iscedEducationLevelCode")));
    draft.put_country("country", at.at("institution/communication/address/countryCode"));
    draft.put_date("from", at.at("start")).put_date("to", at.at("end")).extra(at);
    file.add(draft);
}

fn licence<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Licence, at);
    draft.put_date("issued", at.at("issued").or(at.at("firstIssued"))).extra(at);
    if draft.has("licence") {
        at.at("name").into_iter().for_each(At::take);
    }
    let known = draft.has("licence");
    file.add(draft);
    if !known {
        certification(file, at);
    }
}

fn certification<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let mut draft = file.draft(Kind::Qualification, at);
    draft.put("name", at.at("name").or(at.at("type/name"))).put("issuer", at.at("issuingAuthority/name"));
    draft
        .put_date("issued", at.at("issued").or(at.at("firstIssued")))
        .put_date("expires", at.at("effectiveTimePeriod/validTo"))
        .extra(at);
    if at.at("type/name").and_then(At::text) == at.says("name") {
        at.at("type/name").into_iter().for_each(At::take);
    }
    file.add(draft);
}

fn competency<'a>(file: &mut Reading<'a>, at: At<'a>) {
    let ids: Vec<At<'a>> = at.every("competencyIds/value");
    let schemes: Vec<&str> = at.every("competencyIds/schemeId").into_iter().filter_map(At::text).collect();
    let dimensions: Vec<At<'a>> = at.all("competencyDimensions").collect();
    let spoken = |at: &At<'a>| LEVELS.iter().any(|(theirs, _)| at.says("dimensionType") == Some(theirs));
    if schemes.contains(&"ISO 639") || dimensions.iter().any(spoken) {
        language(file, at, &dimensions);
        return;
    }
    let mut draft = file.draft(Kind::Skill, at);
    draft.put("skill", at.at("competencyName"));
    let uri = ids.iter().find(|leaf| leaf.text().is_some_and(|text| text.starts_with("http")));
    draft.put_uri("skill", uri.copied());
    let levels = at.every("proficiencyLevel/scoresText/value");
    draft.put("level", levels.first().copied());
    draft.put_date("last_used", at.at("lastUsedDate"));
    if let (Some(leaf), Some(unit)) = (at.at("experienceMeasure/value"), at.at("experienceMeasure/unitCode")) {
        let months = leaf.text().and_then(|text| text.parse::<i64>().ok());
        let months = match unit.text() {
            Some("MON") => months,
            Some("ANN") => months.and_then(|years| years.checked_mul(12)),
            _ => None,
        };
        if let Some(months) = months {
            draft.put_text("months_used", &months.to_string(), &[leaf, unit]);
        }
    }
    draft.extra(at);
    file.add(draft);
}

fn language<'a>(file: &mut Reading<'a>, at: At<'a>, dimensions: &[At<'a>]) {
    let mut draft = file.draft(Kind::Language, at);
    draft.put_language("language", at.at("competencyIds/value"));
    if draft.has("language") {
        at.at("competencyIds/schemeId").into_iter().chain(at.at("competencyName")).for_each(At::take);
    } else {
        draft.put_language("language", at.at("competencyName"));
    }
    for dimension in dimensions {
        level(&mut draft, *dimension);
    }
    draft.extra(at);
    file.add(draft);
}

fn level<'a>(draft: &mut Draft<'a>, at: At<'a>) {
    let Some((_, field)) = LEVELS.into_iter().find(|(theirs, _)| at.says("dimensionType") == Some(theirs)) else { return };
    if let Some((leaf, text)) = at.at("score/scoresText/value").and_then(|leaf| Some((leaf, leaf.text()?))) {
        draft.put_text(field, &text.to_lowercase(), &[leaf]);
        at.at("dimensionType").filter(|_| draft.has(field)).into_iter().for_each(At::take);
    }
}
