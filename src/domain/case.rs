//! A unit's own reference for a case. The person sees it in their log; it says why they were read and names nobody.

use super::profile::Fault;

/// At most so many characters.
pub const MAX: usize = 60;

/// Checks a reference, already trimmed.
pub fn check(case: &str) -> Result<(), Fault> {
    match case.chars().count() {
        0 => Err(Fault::Missing),
        n if n > MAX => Err(Fault::TooLong { max: MAX }),
        _ if names_someone(case) => Err(Fault::Personal),
        _ => Ok(()),
    }
}

/// Whether something in a text looks like a Swedish personal identity or co-ordination number: a date (`YYMMDD` or `YYYYMMDD`, a
/// co-ordination number's day plus 60), at most one sign, four digits (folkbokföringslagen 1991:481, 18 and 18 b). The check digit is not
/// asked for: a number that was typed wrong names someone too.
pub(super) fn names_someone(text: &str) -> bool {
    let signs: Vec<char> = text.chars().map(western).collect();
    let begins = |at: usize| at == 0 || !signs[at - 1].is_ascii_digit();
    (0..signs.len()).filter(|at| begins(*at)).any(|at| [6, 8].into_iter().any(|date| number_at(&signs[at..], date)))
}

/// Digits as people write them in Arabic and Persian (Unicode: Arabic-Indic, Extended Arabic-Indic) as those of a Swedish number.
fn western(sign: char) -> char {
    let digit = match sign {
        '\u{660}'..='\u{669}' => u32::from(sign) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(sign) - 0x6F0,
        _ => return sign,
    };
    char::from_digit(digit, 10).unwrap_or(sign)
}

/// Whether a number with a date of so many digits begins here and ends after its own.
fn number_at(signs: &[char], date: usize) -> bool {
    let Some((day, rest)) = signs.split_at_checked(date) else { return false };
    let rest = if rest.first().is_some_and(|sign| matches!(sign, '-' | '+' | '–' | '‑' | ' ')) { &rest[1..] } else { rest };
    let last = rest.iter().take_while(|sign| sign.is_ascii_digit()).count();
    last == 4 && is_date(day)
}

fn is_date(signs: &[char]) -> bool {
    let Some(digits) = signs.iter().map(|sign| sign.to_digit(10)).collect::<Option<Vec<u32>>>() else { return false };
    let number = digits.iter().fold(0, |number, digit| number * 10 + digit);
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let century = digits.len() == 6 || (1800..2100).contains(&year);
    century && (1..=12).contains(&month) && ((1..=31).contains(&day) || (61..=91).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_personal_number_is_refused_however_it_is_written() {
        for bad in [
            "900101-1234",
            "19900101-1234",
            "9001011234",
            "199001011234",
            "Robin Åkerblom 900101-1234",
            "ärende 19900101 1234",
            "120229+1234",
            "900161-1234",
            "900101–1234x",
        ] {
            assert_eq!(check(bad), Err(Fault::Personal), "{bad}");
        }
        for good in [
            "2026-118",
            "Ä 12/26",
            "1",
            "K7M-2QF",
            "2026-0118-1234",
            "20261399-1234",
            "9001011234567",
            "0123456789",
            "åäö日本å1 1234",
            "ärende 2026 1234",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        assert_eq!(check(""), Err(Fault::Missing));
        assert_eq!(check(&"x".repeat(61)), Err(Fault::TooLong { max: 60 }));
    }
}
