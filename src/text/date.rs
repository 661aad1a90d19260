//! Dates as each language writes them, in Europe/Stockholm.
//!
//! A date is one run of our own words and numbers: it bears no marks of isolation inside. With them, a date that is an argument of
//! a sentence has nothing of its own to tell its direction by, and would stand the wrong way round in Arabic.

use chrono::{Datelike, NaiveDate};

use super::T;
use crate::domain::Timestamp;
use crate::domain::date::PartialDate;

impl T {
    /// "21 maj 2027".
    pub fn date(&self, day: NaiveDate) -> String {
        let month = self.s(format!("month-{}", day.month()));
        plain(self.with("date-day", &[("day", day.day().into()), ("month", month.into()), ("year", day.year().to_string().into())]))
    }

    /// The day of an instant: "21 maj 2027".
    pub fn day(&self, at: &Timestamp) -> String {
        self.date(at.day())
    }

    /// The last day that lies before `until`, since an end is the first instant after: "21 maj 2027".
    pub fn last_day(&self, until: &Timestamp) -> String {
        self.day(&until.plus(-1))
    }

    /// The last day and how long it is until then: "21 maj 2027, sex månader".
    pub fn until(&self, until: &Timestamp) -> String {
        let last = until.plus(-1).day();
        let today = self.now.day();
        if last < today {
            self.date(last)
        } else {
            plain(self.two("date-until", "date", self.date(last), "span", self.span(today, last)))
        }
    }

    /// How long from one day to another: "sex månader", "tre veckor", "i dag".
    pub fn span(&self, from: NaiveDate, to: NaiveDate) -> String {
        let days = (to - from).num_days();
        match whole_months(from, to) {
            Some(months) => self.span_of("span-months", months),
            None if days == 0 => self.s("span-today"),
            None if days % 7 == 0 && days <= 56 => self.span_of("span-weeks", days / 7),
            None if days < 60 => self.span_of("span-days", days),
            None => plain(self.one("span-about", "span", self.span_of("span-months", (days * 2 + 30) / 61))),
        }
    }

    fn span_of(&self, key: &str, count: i64) -> String {
        // Small numbers are easier read as words.
        let words = self.maybe(&format!("number-{count}")).unwrap_or_else(|| count.to_string());
        plain(self.two(key, "count", count, "words", words))
    }

    /// An instant near the present: "I dag 09.12", "I går 16.40", "3 november 2026 16.40".
    pub fn when(&self, at: &Timestamp) -> String {
        let time = self.clock(at);
        plain(match (self.now.day() - at.day()).num_days() {
            0 => self.one("when-today", "time", time),
            1 => self.one("when-yesterday", "time", time),
            _ => self.two("when-day", "date", self.day(at), "time", time),
        })
    }

    /// The same within a sentence: "i dag 09.12".
    pub fn when_within(&self, at: &Timestamp) -> String {
        self.within(&self.when(at))
    }

    /// What stands by itself elsewhere, within a sentence: its first letter is small.
    pub fn within(&self, text: &str) -> String {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }

    /// How long something has been done, of whole months: "7 år och 3 månader".
    pub fn months(&self, count: i64) -> String {
        let parts = [("length-years", count / 12), ("length-months", count % 12)];
        let said: Vec<String> = parts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| self.count(key, *n)).collect();
        plain(self.list(&said))
    }

    /// The clock: "16.40".
    pub fn time(&self, at: &Timestamp) -> String {
        plain(self.one("when-time", "time", self.clock(at)))
    }

    /// "16.40", "16:40". One text, not two arguments: each of those would stand alone, and turn round in a script from the right.
    fn clock(&self, at: &Timestamp) -> String {
        at.clock_time().replace('.', &self.s("time-separator"))
    }

    /// A date as precise as it is known: "2019", "april 2019", "30 april 2019".
    pub fn partial(&self, date: PartialDate) -> String {
        match date {
            PartialDate::Year(year) => year.to_string(),
            PartialDate::Month(year, month) => {
                plain(self.two("date-month", "month", self.s(format!("month-{month}")), "year", year.to_string()))
            }
            PartialDate::Day(day) => self.date(day),
        }
    }
}

pub(super) fn plain(text: String) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

/// Whole months between two days, where the span is nearly whole: a "six months" that was rounded to a day still reads as such.
fn whole_months(from: NaiveDate, to: NaiveDate) -> Option<i64> {
    let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    (months - 1..=months + 1).filter(|n| *n >= 1).find(|n| {
        let months = chrono::Months::new(u32::try_from(*n).unwrap_or(0));
        from.checked_add_months(months).is_some_and(|day| (day - to).num_days().abs() <= 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::{DAY, HOUR};
    use crate::text::Lang;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("a time")
    }

    fn t(lang: Lang) -> T {
        T::new(lang, at("2026-11-21T08:12:00Z"))
    }

    #[test]
    fn an_end_is_written_as_its_last_day_and_how_far_off_it_is() {
        let end = |d: (i32, u32, u32)| Timestamp::end_of_day(NaiveDate::from_ymd_opt(d.0, d.1, d.2).expect("a day"));
        let until = |lang, d| t(lang).until(&end(d));
        assert_eq!(until(Lang::SV, (2027, 5, 21)), "21 maj 2027, sex månader");
        assert_eq!(until(Lang::EN, (2027, 5, 21)), "21 May 2027, six months");
        assert_eq!(until(Lang::SV, (2026, 12, 5)), "5 december 2026, två veckor");
        assert_eq!(until(Lang::SV, (2026, 11, 22)), "22 november 2026, en dag");
        assert_eq!(until(Lang::SV, (2026, 11, 21)), "21 november 2026, i dag");
        assert_eq!(until(Lang::SV, (2026, 11, 20)), "20 november 2026");
        assert_eq!(until(Lang::SV, (2027, 2, 5)), "5 februari 2027, ungefär två månader");
    }

    #[test]
    fn months_are_said_in_years_where_they_make_any() {
        let said = |count| t(Lang::SV).months(count);
        assert_eq!([1, 11, 12, 84, 87].map(said), ["en månad", "11 månader", "ett år", "7 år", "7 år och 3 månader"]);
        assert_eq!(t(Lang::EN).months(25), "2 years and one month");
        assert_eq!(t(Lang::tagged("uk").expect("ours")).months(24), "2 роки");
    }

    #[test]
    fn near_times_are_said_by_the_day_in_stockholm() {
        let now = t(Lang::SV).now;
        let when = |earlier: i64| t(Lang::SV).when(&now.plus(-earlier));
        assert_eq!(when(0), "I dag 09.12");
        // Half past midnight in Stockholm is still the day before in UTC.
        assert_eq!(when(9 * HOUR), "I dag 00.12");
        assert_eq!(when(DAY), "I går 09.12");
        assert_eq!(when(2 * DAY), "19 november 2026 09.12");
        let within = |tag, earlier: i64| t(Lang::tagged(tag).expect("ours")).when_within(&now.plus(-earlier));
        assert_eq!([within("sv", 0), within("uk", 0), within("ar", 0)], ["i dag 09.12", "сьогодні 09:12", "اليوم 09:12"]);
        assert_eq!(within("sv", 2 * DAY), "19 november 2026 09.12");
    }

    #[test]
    fn each_language_writes_its_own_months_and_clock() {
        let said = |tag| {
            let t = t(Lang::tagged(tag).expect("ours"));
            [t.partial("2019-04-30".parse().expect("a date")), t.when(&t.now)]
        };
        assert_eq!(said("ar"), ["30 نيسان/أبريل 2019", "اليوم 09:12"]);
        assert_eq!(said("uk"), ["30 квітня 2019", "Сьогодні 09:12"]);
        assert_eq!(said("sv-simple"), ["30 april 2019", "I dag 09.12"]);
    }

    #[test]
    fn a_partial_date_says_no_more_than_it_knows() {
        let say = |text: &str| t(Lang::SV).partial(text.parse().expect("a date"));
        assert_eq!(["2019", "april 2019", "30 april 2019"].map(str::to_owned), ["2019", "2019-04", "2019-04-30"].map(say));
    }
}
