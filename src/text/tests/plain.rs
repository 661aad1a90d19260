//! Plain words: how hard our own Swedish is to read.

use super::messages;
use crate::text::Lang;

/// LIX: words per sentence, and the share of words longer than six letters.
fn lix(texts: &[String]) -> f64 {
    let (mut words, mut long, mut sentences) = (0.0, 0.0, 0.0);
    for text in texts {
        sentences += text.matches(['.', '?', '!', ':']).count().max(1) as f64;
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()) {
            words += 1.0;
            long += f64::from(u8::from(word.chars().count() > 6));
        }
    }
    words / sentences + 100.0 * long / words
}

/// What people read of a file: without arguments, and without what chooses between forms.
fn prose(lang: Lang, file: Option<&str>) -> Vec<String> {
    messages(lang, file)
        .into_values()
        .filter(|text| !text.contains("->"))
        .map(|text| text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect())
        .collect()
}

#[test]
fn easy_swedish_is_easier() {
    let easy = Lang::tagged("sv-simple").expect("offered");
    for file in ["public", "sharing", "keys", "map", "events", "frame", "flow", "login"] {
        let (theirs, plain) = (lix(&prose(easy, Some(file))), lix(&prose(Lang::SV, Some(file))));
        assert!(theirs <= 25.0 && theirs <= plain + 1.0, "{file}.ftl has LIX {theirs:.0} in easy Swedish, {plain:.0} in plain");
    }
}

#[test]
fn people_read_plain_swedish() {
    for file in ["public", "sharing", "keys", "map", "events", "frame", "guide", "cefr", "gap", "outline", "exchange", "verify"] {
        let texts = prose(Lang::SV, Some(file));
        let lix = lix(&texts);
        assert!(lix <= 35.0, "{file}.ftl has LIX {lix:.0}");
        let mut lengths: Vec<usize> = texts
            .iter()
            .flat_map(|text| text.split(['.', '?', '!']))
            .map(|s| s.split_whitespace().count())
            .filter(|n| *n > 0)
            .collect();
        lengths.sort_unstable();
        assert!(lengths[lengths.len() / 2] <= 12 && lengths.last().is_some_and(|n| *n <= 26), "{file}: {lengths:?}");
    }
    let technical = ["kryptera", "token", "session", "autentis", "hash", "server", "API", "samtycke", "autentiser", "cookie"];
    // What the API says is for those who write programs.
    let easy = Lang::tagged("sv-simple").expect("offered");
    let all = [Lang::SV, easy].into_iter().flat_map(|lang| messages(lang, None));
    for (key, text) in all.filter(|(key, _)| !["problem-", "reference-"].iter().any(|one| key.starts_with(one))) {
        assert!(!technical.iter().any(|word| text.contains(word)), "{key} speaks of machinery: {text}");
    }
}
