//! Dates as precise as they are known: a year, a month or a day.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A date of which month and day may be unknown. Written as ISO 8601: `2019`, `2019-04`, `2019-04-30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartialDate {
    Year(u16),
    Month(u16, u8),
    Day(NaiveDate),
}

/// The text is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or names no day of the calendar from 1900 to 2100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date")
    }
}

impl PartialDate {
    /// The first day that the date may mean.
    pub fn first_day(self) -> NaiveDate {
        let (year, month) = match self {
            Self::Year(y) => (y, 1),
            Self::Month(y, m) => (y, m),
            Self::Day(d) => return d,
        };
        NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), 1).unwrap_or_default()
    }

    /// The last day that the date may mean.
    pub fn last_day(self) -> NaiveDate {
        let (year, month) = match self {
            Self::Year(y) => (y + 1, 1),
            Self::Month(y, 12) => (y + 1, 1),
            Self::Month(y, m) => (y, m + 1),
            Self::Day(d) => return d,
        };
        let next = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), 1).unwrap_or_default();
        next.pred_opt().unwrap_or_default()
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        let number = |t: &str, len: usize| {
            (t.len() == len && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<u16>().ok()).flatten()
        };
        let year = number(parts[0], 4).filter(|y| (1900..=2100).contains(y)).ok_or(NotADate)?;
        let month = |t| number(t, 2).and_then(|m| u8::try_from(m).ok()).filter(|m| (1..=12).contains(m));
        match parts[1..] {
            [] => Ok(Self::Year(year)),
            [m] => Ok(Self::Month(year, month(m).ok_or(NotADate)?)),
            [m, d] => {
                let (m, d) = (month(m).ok_or(NotADate)?, number(d, 2).ok_or(NotADate)?);
                NaiveDate::from_ymd_opt(i32::from(year), u32::from(m), u32::from(d)).map(Self::Day).ok_or(NotADate)
            }
            _ => Err(NotADate),
        }
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Day(d) => write!(f, "{d}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "19", "2019-", "2019-00", "2019-13", "2019-02-30", "2019-1-1", "1899", "2101", "2019-01-01-01", "tjugo", "٢٠١٩"]
        {
            assert_eq!(text.parse::<PartialDate>(), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn each_precision_is_written_as_it_was_read() {
        for text in ["2019", "2019-04", "2019-04-30"] {
            assert_eq!(text.parse::<PartialDate>().expect("a date").to_string(), text);
        }
    }

    #[test]
    fn a_date_ends_with_the_last_day_that_it_may_mean() {
        let last = |text: &str| text.parse::<PartialDate>().expect("a date").last_day().to_string();
        assert_eq!(
            ["2024-12-31", "2024-12-31", "2024-02-29", "2024-02-03"].map(str::to_owned),
            ["2024", "2024-12", "2024-02", "2024-02-03"].map(last)
        );
    }

    proptest! {
        #[test]
        fn any_text_is_either_refused_or_read_back(text in "\\PC{0,14}|[0-9-]{0,11}") {
            if let Ok(date) = text.parse::<PartialDate>() {
                prop_assert_eq!(date.to_string(), text.trim());
            }
        }
    }
}
