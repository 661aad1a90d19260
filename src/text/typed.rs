//! What people type, in their own way of writing: digits of any script, and dates as this service prints them itself.

use super::{Lang, T};
use crate::domain::date::PartialDate;

/// The text with digits as computers have them: "٢٠١٩" and "۲۰۱۹" are 2019. Marks of direction are left out.
pub fn western(text: &str) -> String {
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(c as u32 - 0x6f0, 10).unwrap_or(c),
        _ => c,
    };
    text.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2066}'..='\u{2069}')).map(digit).collect()
}

impl T {
    /// A date as someone types it: `2019-04-30`, "april 2019", "3 april 2019", "04/2019", with the months of their language, of
    /// Swedish or of English. Nothing where it could mean two things ("3/4 2019").
    pub fn typed_date(&self, typed: &str) -> Option<PartialDate> {
        let typed = western(typed).to_lowercase();
        if let Ok(date) = typed.parse() {
            return Some(date);
        }
        let parts = parts(&typed)?;
        let numbers: Vec<&str> = parts.iter().copied().filter(|part| part.starts_with(|c: char| c.is_ascii_digit())).collect();
        let words: Vec<&str> = parts.into_iter().filter(|part| !part.starts_with(|c: char| c.is_ascii_digit())).collect();
        let month = if words.is_empty() { None } else { Some(self.month_named(&words)?) };
        let (year, month, day) = match (&numbers[..], month) {
            ([year], month) => (*year, month, None),
            ([day, year], Some(month)) => (*year, Some(month), Some(number(day)?)),
            ([first, second], None) if first.len() == 4 => (*first, Some(number(second)?), None),
            ([first, second], None) => (*second, Some(number(first)?), None),
            ([year, month, day], None) => (*year, Some(number(month)?), Some(number(day)?)),
            _ => return None,
        };
        let month = month.map_or_else(String::new, |month| format!("-{month:02}"));
        let day = day.map_or_else(String::new, |day| format!("-{day:02}"));
        format!("{year}{month}{day}").parse().ok()
    }

    /// The month that these words name, whole or by its first three letters or more.
    fn month_named(&self, words: &[&str]) -> Option<u32> {
        [self.lang, Lang::SV, Lang::EN].into_iter().find_map(|lang| {
            let t = Self { lang, ..*self };
            let beside = t.beside_months();
            let named = words.iter().copied().filter(|word| !beside.iter().any(|own| own == word)).collect::<Vec<_>>().join(" ");
            let months: Vec<u32> = (1..=12).filter(|month| t.is_month(*month, &named)).collect();
            <[u32; 1]>::try_from(months).ok().map(|[month]| month)
        })
    }

    /// "كانون الثاني/يناير" is two names of one month.
    fn is_month(&self, month: u32, named: &str) -> bool {
        let own = self.s(format!("month-{month}")).to_lowercase();
        let long = named.chars().count() >= 3;
        own.replace('/', " ") == named || own.split('/').any(|one| one == named || long && one.starts_with(named))
    }

    /// The words that the language writes beside a month: "року".
    fn beside_months(&self) -> Vec<String> {
        let around = self.two("date-month", "month", "", "year", "").to_lowercase();
        around.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }
}

/// Runs of digits and runs of letters; nothing where other things than the usual marks stand between them.
fn parts(text: &str) -> Option<Vec<&str>> {
    let known = |c: char| c.is_ascii_digit() || c.is_alphabetic() || c.is_whitespace() || "-–/.,،፣".contains(c) || is_mark(c);
    if !text.chars().all(known) {
        return None;
    }
    let mut all = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty()) {
        // "30apr" is not taken apart.
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        if !digits && word.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        all.push(word);
    }
    Some(all)
}

/// A mark on a letter, as in a word typed in pieces.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn number(text: &str) -> Option<u32> {
    (text.len() <= 2).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use proptest::prelude::*;

    fn t(tag: &str) -> T {
        T::new(Lang::tagged(tag).expect("ours"), Timestamp(0))
    }

    fn read(tag: &str, typed: &str) -> Option<String> {
        t(tag).typed_date(typed).map(|date| date.to_string())
    }

    #[test]
    fn what_is_no_date_or_may_be_two_is_refused() {
        for typed in [
            "",
            "mars",
            "i mars",
            "2019 kanske",
            "3/4 2019",
            "4/2019/3",
            "31 februari 2019",
            "13/2019",
            "maj juni 2019",
            "ju 2019",
            "3 mars",
            "1066",
            "2019+04",
        ] {
            assert_eq!(read("sv", typed), None, "{typed}");
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (tag, typed, date) in [
            ("sv", "mars 2019", "2019-03"),
            ("sv", " 3 Mars 2019 ", "2019-03-03"),
            ("sv", "04/2019", "2019-04"),
            ("sv", "4/2019", "2019-04"),
            ("sv", "2019/4", "2019-04"),
            ("sv", "2019.4.3", "2019-04-03"),
            ("sv", "okt 2019", "2019-10"),
            ("sv", "March 2019", "2019-03"),
            ("en", "March 3, 2019", "2019-03-03"),
            ("ar", "مارس ٢٠١٩", "2019-03"),
            ("ar", "mars 2019", "2019-03"),
            ("fa", "۲۰۱۹", "2019"),
            ("uk", "березня 2019", "2019-03"),
        ] {
            assert_eq!(read(tag, typed).as_deref(), Some(date), "{tag}: {typed}");
        }
    }

    proptest! {
        #[test]
        fn what_we_print_is_read_back(day in 0_i32..73_000, precision in 0..3, at in 0..8_usize) {
            let day = chrono::NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day") + chrono::Days::new(day.unsigned_abs().into());
            let text = day.to_string();
            let date: PartialDate = text[..[4, 7, 10][usize::try_from(precision).expect("small")]].parse().expect("a date");
            let lang = Lang::all()[at];
            let t = T::new(lang, Timestamp(0));
            prop_assert_eq!(t.typed_date(&t.partial(date)), Some(date), "{}: {}", lang, t.partial(date));
        }

        #[test]
        fn any_text_is_read_or_refused(typed in "\\PC{0,20}|[0-9/. a-z-]{0,16}", at in 0..8_usize) {
            let t = T::new(Lang::all()[at], Timestamp(0));
            if let Ok(date) = typed.parse::<PartialDate>() {
                prop_assert_eq!(t.typed_date(&typed), Some(date));
            }
            let _ = t.typed_date(&typed);
        }
    }
}
