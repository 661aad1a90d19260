//! How long a consent may last: the days to choose from, and whether a typed one is among them.

use chrono::{Days, Months, NaiveDate};

use crate::domain::Timestamp;
use crate::domain::recipient::RecipientKind;
use crate::text::T;
use crate::web::page::form::Choice;

/// The days within which a consent may end.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    today: NaiveDate,
    latest: NaiveDate,
    /// The recipient kind's usual last day.
    usual: NaiveDate,
}

/// Two proposals closer than this are one.
const NEAR: i64 = 10;

impl Span {
    /// `from`: when the consent began, which is now for a new one.
    pub fn new(kind: &RecipientKind, from: Timestamp, now: Timestamp) -> Self {
        // The first day counts too.
        let last = |from: Timestamp, days: u16| from.day() + Days::new(u64::from(days.saturating_sub(1)));
        let latest = last(from, kind.max_days);
        Self { today: now.day(), latest, usual: last(now, kind.default_days).min(latest) }
    }

    /// No later than a request asks.
    pub fn at_most(self, asked: NaiveDate) -> Self {
        let latest = self.latest.min(asked);
        Self { latest, usual: self.usual.min(latest), ..self }
    }

    /// The day that was typed; `None` where it is none, or lies outside.
    pub fn read(&self, typed: &str) -> Option<NaiveDate> {
        let day = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok()?;
        (self.today <= day && day <= self.latest).then_some(day)
    }

    pub fn latest(&self, t: T) -> String {
        t.date(self.latest)
    }

    /// Days to choose from in rising order: whole months, the usual day and the latest one, as far as they lie within.
    pub fn presets(&self, t: T, chosen: Option<&str>) -> Vec<Choice> {
        let months = [1, 3, 6, 12].into_iter().filter_map(|months| self.today.checked_add_months(Months::new(months)));
        let mut days: Vec<NaiveDate> = Vec::new();
        for day in months.chain([self.usual, self.latest]).filter(|day| self.today < *day && *day <= self.latest) {
            if days.iter().all(|other| (*other - day).num_days().abs() > NEAR) {
                days.push(day);
            }
        }
        days.sort_unstable();
        days.into_iter().map(|day| choice(t, day, chosen)).collect()
    }
}

fn choice(t: T, day: NaiveDate, chosen: Option<&str>) -> Choice {
    let value = day.to_string();
    let chosen = chosen == Some(value.as_str());
    Choice::new(value, t.until(&Timestamp::end_of_day(day)), chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::DAY;
    use crate::policy::Catalogue;
    use crate::text::Lang;
    use crate::usecase::consent::days_between;

    fn now() -> Timestamp {
        Timestamp::parse_rfc3339("2026-11-21T12:00:00Z").expect("a time")
    }

    fn span(kind: &str, from: Timestamp) -> (Span, u16) {
        let catalogue = Catalogue::embedded().expect("the seeds are whole");
        let kind = catalogue.kind(kind).expect("there");
        (Span::new(kind, from, now()), kind.max_days)
    }

    #[test]
    fn a_day_outside_is_none() {
        let (span, _) = span("af", now());
        for typed in ["", "x", "2026-11-20", "2026-02-30", "2031-01-01", "21 maj 2027"] {
            assert_eq!(span.read(typed), None, "{typed}");
        }
        assert!(span.read("2026-11-21").is_some(), "today, until midnight");
    }

    #[test]
    fn every_proposal_and_the_latest_day_are_within_what_the_recipient_may_have() {
        let t = T::new(Lang::SV, now());
        let catalogue = Catalogue::embedded().expect("the seeds are whole");
        for kind in catalogue.kinds() {
            for from in [now(), now().plus(-20 * DAY)] {
                let span = Span::new(kind, from, now());
                let presets = span.presets(t, None);
                assert!(!presets.is_empty() || kind.max_days < 22, "{}", kind.id);
                for day in presets.iter().map(|one| one.value.as_str()).chain([span.latest.to_string().as_str()]) {
                    let until = Timestamp::end_of_day(day.parse().expect("a day"));
                    assert!(days_between(from, until) <= kind.max_days, "{} {day}", kind.id);
                }
            }
        }
        let (span, most) = span("af", now());
        assert!(days_between(now(), Timestamp::end_of_day(span.latest)) == most, "and no day less");
    }
}
