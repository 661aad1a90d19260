//! An assessment as it was typed, into a form or into a file, and what is wrong with it.

use chrono::NaiveDate;

use super::{Assessment, Published, level, rank};
use crate::domain::credential::Part;
use crate::domain::date::PartialDate;
use crate::domain::framework::Framework;
use crate::domain::profile::Evidence;

/// As typed. Each field bears the name of its column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub label: String,
    pub given_name: String,
    pub family_name: String,
    /// A framework's id, with or without its version: `warehouse` or `warehouse/2026-1`; or the id under which it is published.
    pub framework: String,
    /// Ids of criteria, or `all`.
    pub criteria: Vec<String>,
    /// `whole` or `part`.
    pub part: String,
    pub level: String,
    pub method: String,
    pub assessor: String,
    pub assessed: String,
    pub seqf: String,
    pub until: String,
}

/// What is wrong with a field. Its words are `slip-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    Missing,
    TooLong {
        max: usize,
    },
    /// The unit has published no such framework, or has ended it.
    Framework,
    /// The framework lies outside the unit's trades.
    Outside,
    /// The framework has no such criterion, or none was chosen.
    Criteria,
    /// Neither whole nor part.
    Part,
    /// The whole is said, and not every criterion is met.
    NotWhole,
    Level,
    /// Higher than the unit may issue.
    AboveLevel,
    /// No day of the calendar.
    Date,
    /// A day that is yet to come.
    Future,
    /// A day that is over.
    Past,
    /// No level from 1 to 8.
    Seqf,
    /// From this level on it must be said (from E3: method, assessor, day; from E4: SeQF; E5: until when).
    ForLevel {
        from: u16,
    },
}

impl Slip {
    /// Of the words that say it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "slip-missing",
            Self::TooLong { .. } => "slip-long",
            Self::Framework => "slip-framework",
            Self::Outside => "slip-outside",
            Self::Criteria => "slip-criteria",
            Self::Part => "slip-part",
            Self::NotWhole => "slip-not-whole",
            Self::Level => "slip-level",
            Self::AboveLevel => "slip-above-level",
            Self::Date => "slip-date",
            Self::Future => "slip-future",
            Self::Past => "slip-past",
            Self::Seqf => "slip-seqf",
            Self::ForLevel { .. } => "slip-for-level",
        }
    }
}

/// At most so many characters in one text.
pub const MAX_TEXT: usize = 120;

/// Collects what is wrong, each beside its field.
struct Slips(Vec<(&'static str, Slip)>);

impl Slips {
    fn note<T>(&mut self, field: &'static str, found: Result<T, Slip>) -> Option<T> {
        found.map_err(|slip| self.0.push((field, slip))).ok()
    }
}

impl Typed {
    /// What was typed as an assessment, or all that is wrong with it. `most`: the highest level that the unit may issue.
    pub fn checked(&self, known: &[Published], most: Evidence, today: NaiveDate) -> Result<Assessment, Vec<(&'static str, Slip)>> {
        let mut slips = Slips(Vec::new());
        let label = slips.note("label", text(&self.label).and_then(|text| text.ok_or(Slip::Missing)));
        let given = slips.note("given_name", text(&self.given_name));
        let family = slips.note("family_name", text(&self.family_name));
        let framework = slips.note("framework", self.framework(known));
        let criteria = framework.and_then(|one| slips.note("criteria", self.criteria(&one.framework)));
        let part = slips.note("part", self.part(framework, criteria.as_deref()));
        let level = slips.note("level", self.level(most));
        let method = slips.note("method", wanted(text(&self.method), level, 3));
        let assessor = slips.note("assessor", wanted(text(&self.assessor), level, 3));
        let assessed = slips.note("assessed", wanted(self.assessed(today), level, 3));
        let seqf = slips.note("seqf", wanted(self.seqf(), level, 4));
        let until = slips.note("until", wanted(self.until(today), level, 5));
        let whole = || {
            Some(Assessment {
                label: label?,
                given: given?,
                family: family?,
                framework: framework?.id,
                criteria: criteria?,
                part: part?,
                level: level?,
                method: method?,
                assessor: assessor?,
                assessed: assessed?,
                seqf: seqf?,
                until: until?,
            })
        };
        // Whatever is missing has been noted.
        if slips.0.is_empty() { whole().ok_or_else(Vec::new) } else { Err(slips.0) }
    }

    fn framework<'p>(&self, known: &'p [Published]) -> Result<&'p Published, Slip> {
        let typed = self.framework.trim();
        if typed.is_empty() {
            return Err(Slip::Missing);
        }
        let is = |one: &&Published| {
            let (id, version) = typed.split_once('/').map_or((typed, None), |(id, version)| (id, Some(version)));
            let framework = &one.framework;
            one.id.to_string() == typed || (framework.id == id && version.is_none_or(|version| framework.version == version))
        };
        // The newest stand first: without a version it is the newest that is meant.
        match known.iter().find(is) {
            Some(found) if !found.within => Err(Slip::Outside),
            found => found.ok_or(Slip::Framework),
        }
    }

    fn criteria(&self, framework: &Framework) -> Result<Vec<String>, Slip> {
        let all = || framework.criteria.iter().map(|one| one.id.clone());
        let typed: Vec<&str> = self.criteria.iter().map(|id| id.trim()).filter(|id| !id.is_empty()).collect();
        match typed.as_slice() {
            [] if self.part.trim() == "whole" => Ok(all().collect()),
            [] => Err(Slip::Criteria),
            ["all"] => Ok(all().collect()),
            typed if typed.iter().any(|id| !all().any(|known| known == *id)) => Err(Slip::Criteria),
            // In the framework's order, each once.
            typed => Ok(all().filter(|id| typed.contains(&id.as_str())).collect()),
        }
    }

    fn part(&self, framework: Option<&Published>, met: Option<&[String]>) -> Result<Part, Slip> {
        match self.part.trim() {
            "part" => Ok(Part::Part),
            "whole" => match (framework, met) {
                (Some(one), Some(met)) if met.len() < one.framework.criteria.len() => Err(Slip::NotWhole),
                _ => Ok(Part::Whole),
            },
            "" => Err(Slip::Missing),
            _ => Err(Slip::Part),
        }
    }

    fn level(&self, most: Evidence) -> Result<Evidence, Slip> {
        if self.level.trim().is_empty() {
            return Err(Slip::Missing);
        }
        let level = level(&self.level).ok_or(Slip::Level)?;
        if rank(level) > rank(most) { Err(Slip::AboveLevel) } else { Ok(level) }
    }

    fn assessed(&self, today: NaiveDate) -> Result<Option<PartialDate>, Slip> {
        match self.assessed.trim() {
            "" => Ok(None),
            typed => {
                let date: PartialDate = typed.parse().map_err(|_| Slip::Date)?;
                if date.first_day() > today { Err(Slip::Future) } else { Ok(Some(date)) }
            }
        }
    }

    fn seqf(&self) -> Result<Option<u8>, Slip> {
        match self.seqf.trim() {
            "" => Ok(None),
            typed => typed.parse().ok().filter(|level| (1..=8).contains(level)).map(Some).ok_or(Slip::Seqf),
        }
    }

    fn until(&self, today: NaiveDate) -> Result<Option<NaiveDate>, Slip> {
        match self.until.trim() {
            "" => Ok(None),
            typed => match typed.parse::<PartialDate>() {
                Ok(PartialDate::Day(day)) if day < today => Err(Slip::Past),
                Ok(PartialDate::Day(day)) => Ok(Some(day)),
                _ => Err(Slip::Date),
            },
        }
    }
}

/// What may be left out below a level, and must be said from it on.
fn wanted<T>(found: Result<Option<T>, Slip>, level: Option<Evidence>, from: u16) -> Result<Option<T>, Slip> {
    match found? {
        None if level.is_some_and(|level| rank(level) >= from) => Err(Slip::ForLevel { from }),
        found => Ok(found),
    }
}

/// Trimmed; `None` where nothing was typed.
fn text(typed: &str) -> Result<Option<String>, Slip> {
    let typed = typed.trim();
    match typed.chars().count() {
        0 => Ok(None),
        n if n > MAX_TEXT || typed.chars().any(char::is_control) => Err(Slip::TooLong { max: MAX_TEXT }),
        _ => Ok(Some(typed.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn published() -> Vec<Published> {
        let text = r#"
            format = 1
            id = "loft"
            version = "2"
            kind = "criteria"
            name = { sv = "Takarbete", en = "Roofing" }
            about = { sv = "A", en = "A" }
            source = { sv = "A", en = "A" }
            [[criterion]]
            id = "one"
            name = { sv = "Ett", en = "One" }
            wants.skills = ["http://data.europa.eu/esco/skill/1"]
            [[criterion]]
            id = "two"
            name = { sv = "Två", en = "Two" }
            wants.licences = ["b"]
        "#;
        let framework = Framework::parse(text).expect("sound");
        let older = Framework { version: "1".to_owned(), id: "old".to_owned(), ..framework.clone() };
        vec![
            Published { id: Uuid::from_u128(1), framework, within: true },
            Published { id: Uuid::from_u128(2), framework: older, within: false },
        ]
    }

    fn whole() -> Typed {
        Typed {
            label: "Rad 1".into(),
            framework: "loft/2".into(),
            criteria: vec!["all".into()],
            part: "whole".into(),
            level: "E5".into(),
            method: "Prov".into(),
            assessor: "Yrkesbedömare".into(),
            assessed: "2026-03-01".into(),
            seqf: "4".into(),
            until: "2030-01-31".into(),
            ..Typed::default()
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 5, 1).expect("a day")
    }

    #[test]
    fn each_slip_is_told_beside_its_field() {
        let case = |change: fn(&mut Typed), field: &str, slip: Slip| {
            let mut typed = whole();
            change(&mut typed);
            let found = typed.checked(&published(), Evidence::E5, today()).expect_err(field);
            assert!(found.contains(&(field, slip)) || found == [(field, slip)], "{field}: {found:?}");
        };
        case(|t| t.label = " ".into(), "label", Slip::Missing);
        case(|t| t.given_name = "x".repeat(MAX_TEXT + 1), "given_name", Slip::TooLong { max: MAX_TEXT });
        case(|t| t.framework = "loft/3".into(), "framework", Slip::Framework);
        case(|t| t.framework = "old".into(), "framework", Slip::Outside);
        case(|t| t.criteria = vec!["three".into()], "criteria", Slip::Criteria);
        case(|t| (t.criteria, t.part) = (vec![], "part".into()), "criteria", Slip::Criteria);
        case(|t| t.criteria = vec!["one".into()], "part", Slip::NotWhole);
        case(|t| t.part = "half".into(), "part", Slip::Part);
        case(|t| t.level = "E1".into(), "level", Slip::Level);
        case(|t| t.method = String::new(), "method", Slip::ForLevel { from: 3 });
        case(|t| t.seqf = String::new(), "seqf", Slip::ForLevel { from: 4 });
        case(|t| t.seqf = "9".into(), "seqf", Slip::Seqf);
        case(|t| t.until = String::new(), "until", Slip::ForLevel { from: 5 });
        case(|t| t.until = "2026-04-30".into(), "until", Slip::Past);
        case(|t| t.until = "2027".into(), "until", Slip::Date);
        case(|t| t.assessed = "2026-06".into(), "assessed", Slip::Future);
        let above = whole().checked(&published(), Evidence::E4, today()).expect_err("too high");
        assert_eq!(above, [("level", Slip::AboveLevel)]);
    }

    #[test]
    fn what_is_right_says_what_was_met_in_the_frameworks_order() {
        let typed = Typed { criteria: vec!["two".into(), " one".into()], ..whole() };
        let found = typed.checked(&published(), Evidence::E5, today()).expect("sound");
        assert_eq!(found.criteria, ["one", "two"]);
        assert!(found.wants_second());
        let seen = Typed { level: "e2".into(), part: "part".into(), criteria: vec!["one".into()], ..Typed::default() };
        let seen = Typed { label: "a".into(), framework: Uuid::from_u128(1).to_string(), ..seen };
        let seen = seen.checked(&published(), Evidence::E2, today()).expect("an observation wants no more");
        assert!(!seen.wants_second());
        let said = seen.competence(&published()[0].framework);
        assert_eq!((said.criteria.len(), said.concepts.len()), (1, 1));
    }
}
