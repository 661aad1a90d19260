//! Languages, countries and municipalities to choose from. Their names stand in `languages.ftl` and `countries.ftl`.

use std::sync::LazyLock;

use super::form::Choice;
use crate::text::T;

/// BCP 47 primary subtags.
#[rustfmt::skip]
const LANGUAGES: &[&str] = &[
    "aa", "ab", "af", "aii", "am", "ar", "as", "ay", "az", "ba", "be", "bg", "bm", "bn", "bo", "bs", "ca", "ckb", "cs",
    "cy", "da", "de", "dv", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fil", "fit", "fj", "fo", "fr",
    "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "haw", "he", "hi", "hr", "ht", "hu", "hy", "id", "ig", "is", "it",
    "iu", "ja", "jv", "ka", "kab", "kg", "kk", "kl", "km", "kmr", "kn", "ko", "ks", "ky", "la", "lb", "lg", "ln", "lo",
    "lt", "lv", "mg", "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "nb", "ne", "nl", "nn", "no", "ny", "oc", "om",
    "or", "os", "pa", "pap", "pl", "prs", "ps", "pt", "qu", "rhg", "rm", "rn", "ro", "rom", "ru", "rw", "sa", "sc",
    "sd", "se", "sg", "si", "sk", "sl", "sm", "sma", "smj", "sn", "so", "sq", "sr", "st", "su", "sv", "sw", "swl",
    "syr", "ta", "te", "tg", "th", "ti", "tig", "tk", "tl", "tn", "to", "tpi", "tr", "tt", "tw", "ug", "uk", "ur", "uz",
    "vi", "wo", "xh", "yi", "yo", "yue", "zh", "zu",
];

/// ISO 3166-1 alpha-2, and XK.
#[rustfmt::skip]
const COUNTRIES: &[&str] = &[
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE",
    "BF", "BG", "BH", "BI", "BJ", "BM", "BN", "BO", "BR", "BS", "BT", "BW", "BY", "BZ", "CA", "CD", "CF", "CG", "CH",
    "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC",
    "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH",
    "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GT", "GU", "GW", "GY", "HK", "HN", "HR", "HT", "HU", "ID", "IE", "IL",
    "IM", "IN", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW",
    "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MG", "MH",
    "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE",
    "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM", "PR", "PS",
    "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SI", "SK", "SL", "SM",
    "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TG", "TH", "TJ", "TL", "TM", "TN", "TO", "TR",
    "TT", "TV", "TW", "TZ", "UA", "UG", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU", "WS", "XK", "YE",
    "YT", "ZA", "ZM", "ZW",
];

/// All languages, in the order of the reader's alphabet; one that is not listed is kept.
pub fn languages(t: T, chosen: Option<&str>) -> Vec<Choice> {
    choices(t, "lang", LANGUAGES, chosen)
}

/// All countries: Sweden first, since most was done there, then in the order of the reader's alphabet.
pub fn countries(t: T, chosen: Option<&str>) -> Vec<Choice> {
    let mut all = choices(t, "country", COUNTRIES, chosen);
    all.sort_by_key(|choice| choice.value != "SE");
    all
}

/// The names of all Swedish municipalities.
pub fn municipalities() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| include_str!("municipalities.txt").lines().filter(|line| !line.is_empty()).collect());
    &ALL
}

fn choices(t: T, prefix: &str, codes: &[&str], chosen: Option<&str>) -> Vec<Choice> {
    let mut all: Vec<Choice> =
        codes.iter().map(|code| Choice::new(*code, t.s(format!("{prefix}-{code}")), Some(*code) == chosen)).collect();
    if let Some(other) = chosen.filter(|code| !code.is_empty() && !codes.contains(code)) {
        all.push(Choice::new(other, other, true));
    }
    all.sort_by_cached_key(|choice| alphabetical(&choice.label));
    all
}

/// Swedish puts å, ä, ö last; other marks count as their letter. English has no å, ä, ö of its own to misplace but Åland.
fn alphabetical(label: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let lower = label.to_lowercase().replace('å', "z{").replace('ä', "z|").replace('ö', "z}");
    lower.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;
    use crate::text::Lang;

    #[test]
    fn an_unlisted_code_is_kept_and_the_order_is_the_readers() {
        let t = T::new(Lang::SV, Timestamp(0));
        let all = languages(t, Some("xyz"));
        assert!(all.iter().any(|choice| choice.value == "xyz" && choice.chosen));
        assert_eq!(countries(t, None)[0].value, "SE");
        let last = countries(t, Some("SE")).last().map(|choice| choice.value.clone());
        assert_eq!(last.as_deref(), Some("TL"), "Östtimor comes last, after Österrike");
        assert_eq!(municipalities().len(), 290);
    }

    #[test]
    fn no_two_choices_read_alike() {
        for lang in Lang::all() {
            let t = T::new(*lang, Timestamp(0));
            for all in [languages(t, None), countries(t, None)] {
                let names: std::collections::BTreeSet<&str> = all.iter().map(|choice| choice.label.as_str()).collect();
                let twice = all.iter().filter(|choice| all.iter().filter(|other| other.label == choice.label).count() > 1);
                assert_eq!(names.len(), all.len(), "{lang}: {:?}", twice.map(|choice| &choice.value).collect::<Vec<_>>());
            }
        }
    }
}
