//! Time as one number, and the seam through which the present enters.

use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeZone, Utc};
use chrono_tz::Europe::Stockholm;
use serde::{Deserialize, Serialize};

/// Microseconds since 1970-01-01 UTC. A number, because times kept as text compare wrongly in SQLite.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

pub const SECOND: i64 = 1_000_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// The instant `micros` later (earlier where negative), saturating.
    pub fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to here; negative where `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// RFC 3339 in UTC with microseconds, as the API writes times.
    pub fn rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Micros, true)
    }

    /// Reads RFC 3339; `None` where the text is not a time.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|t| Self(t.timestamp_micros()))
    }

    /// The calendar day on which this instant falls in Europe/Stockholm.
    pub fn day(self) -> NaiveDate {
        self.utc().with_timezone(&Stockholm).date_naive()
    }

    /// Hours and minutes of the clock in Europe/Stockholm.
    pub fn clock_time(self) -> String {
        self.utc().with_timezone(&Stockholm).format("%H.%M").to_string()
    }

    /// The first instant after `day` has ended in Europe/Stockholm: a date that a person picks lasts the whole day there.
    pub fn end_of_day(day: NaiveDate) -> Self {
        let next = day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN);
        let local = Stockholm.from_local_datetime(&next).earliest();
        Self(local.map_or_else(|| next.and_utc().timestamp_micros(), |t| t.timestamp_micros()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

/// Where the present comes from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where ambient time enters")]
    fn now(&self) -> Timestamp {
        Timestamp(Utc::now().timestamp_micros())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picked_day_ends_at_midnight_in_stockholm_both_in_summer_and_winter() {
        let day = |m, d| NaiveDate::from_ymd_opt(2026, m, d).expect("a date");
        assert_eq!(Timestamp::end_of_day(day(7, 1)).rfc3339(), "2026-07-01T22:00:00.000000Z");
        assert_eq!(Timestamp::end_of_day(day(12, 1)).rfc3339(), "2026-12-01T23:00:00.000000Z");
    }

    #[test]
    fn text_that_is_no_time_is_refused() {
        assert_eq!(Timestamp::parse_rfc3339("2026-13-01T00:00:00Z"), None);
        assert_eq!(Timestamp::parse_rfc3339("2026-01-01T00:00:00Z"), Some(Timestamp(1_767_225_600 * SECOND)));
    }
}
