//! The codes and names that foreign files use: languages, their skills, licences.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::Timestamp;
use crate::text::{Lang, T};

/// Driving licences by their European category, as our codes and those of both Europass formats have them.
pub const DRIVING: [&str; 14] = ["am", "a1", "a2", "a", "b", "be", "c1", "c1e", "c", "ce", "d1", "d1e", "d", "de"];

/// The skills of a language as HR Open (and Europass after it) names the framework's dimensions, and our fields.
pub const LEVELS: [(&str, &str); 5] = [
    ("CEF-Understanding-Listening", "listening"),
    ("CEF-Understanding-Reading", "reading"),
    ("CEF-Speaking-Interaction", "spoken_interaction"),
    ("CEF-Speaking-Production", "spoken_production"),
    ("CEF-Writing-Production", "writing"),
];

/// ISO 639-1 with ISO 639-2 (terminology, then bibliographic where another).
#[rustfmt::skip]
const CODES: &[(&str, &str, &str)] = &[
    ("ar", "ara", ""), ("be", "bel", ""), ("bg", "bul", ""), ("bn", "ben", ""), ("bs", "bos", ""), ("ca", "cat", ""),
    ("cs", "ces", "cze"), ("da", "dan", ""), ("de", "deu", "ger"), ("el", "ell", "gre"), ("en", "eng", ""), ("es", "spa", ""),
    ("et", "est", ""), ("eu", "eus", "baq"), ("fa", "fas", "per"), ("fi", "fin", ""), ("fr", "fra", "fre"), ("ga", "gle", ""),
    ("gl", "glg", ""), ("he", "heb", ""), ("hi", "hin", ""), ("hr", "hrv", ""), ("hu", "hun", ""), ("hy", "hye", "arm"),
    ("id", "ind", ""), ("is", "isl", "ice"), ("it", "ita", ""), ("ja", "jpn", ""), ("ka", "kat", "geo"), ("ko", "kor", ""),
    ("ku", "kur", ""), ("lt", "lit", ""), ("lv", "lav", ""), ("mk", "mkd", "mac"), ("mt", "mlt", ""), ("nl", "nld", "dut"),
    ("no", "nor", ""), ("nb", "nob", ""), ("nn", "nno", ""), ("pl", "pol", ""), ("ps", "pus", ""), ("pt", "por", ""),
    ("ro", "ron", "rum"), ("ru", "rus", ""), ("se", "sme", ""), ("sk", "slk", "slo"), ("sl", "slv", ""), ("so", "som", ""),
    ("sq", "sqi", "alb"), ("sr", "srp", ""), ("sv", "swe", ""), ("sw", "swa", ""), ("ta", "tam", ""), ("th", "tha", ""),
    ("ti", "tir", ""), ("tr", "tur", ""), ("uk", "ukr", ""), ("ur", "urd", ""), ("vi", "vie", ""), ("zh", "zho", "chi"),
];

/// The code of two letters, or of three where there is none, for a code or for a name in Swedish, English or the language itself.
pub fn language(text: &str) -> Option<String> {
    let small = text.trim().to_lowercase();
    let primary = small.split(['-', '_']).next().unwrap_or_default();
    if let Some((two, ..)) =
        CODES.iter().find(|(two, three, other)| !primary.is_empty() && [*two, *three, *other].contains(&primary))
    {
        return Some((*two).to_owned());
    }
    let code = (2..=3).contains(&small.len()) && small.bytes().all(|byte| byte.is_ascii_lowercase());
    if code { Some(small) } else { NAMES.get(small.as_str()).map(|code| (*code).to_owned()) }
}

/// The code of three letters, as Europass writes it; as it is where it has three.
pub fn three(code: &str) -> String {
    CODES.iter().find(|(two, ..)| *two == code).map_or(code, |(_, three, _)| three).to_owned()
}

/// What a licence is called in a language of ours, else in English.
pub fn licence(lang: &str, code: &str) -> String {
    T::new(Lang::tagged(lang).unwrap_or(Lang::EN), Timestamp(0)).s(format!("choice-licence-licence-{code}"))
}

static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let t = |lang| T::new(lang, Timestamp(0));
    let named = |lang| CODES.iter().map(move |(two, ..)| (t(lang).s(format!("lang-{two}")).to_lowercase(), *two));
    named(Lang::SV).chain(named(Lang::EN)).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_code_and_name_and_no_other_word_is_one() {
        for (text, code) in
            [("sv", "sv"), ("SWE", "sv"), ("fre", "fr"), ("en-GB", "en"), ("grc", "grc"), ("Swedish", "sv"), ("engelska", "en")]
        {
            assert_eq!(language(text).as_deref(), Some(code), "{text}");
        }
        for text in ["", "Elvish", "many", "e1", "English and French"] {
            assert_eq!(language(text), None, "{text}");
        }
        assert_eq!((three("sv"), three("ckb")), ("swe".to_owned(), "ckb".to_owned()));
    }
}
