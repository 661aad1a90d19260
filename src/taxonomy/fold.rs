//! Text as it is compared: folded words, and the short pieces of words that the index holds.
//!
//! Folding takes away what people leave out or type otherwise: case, accents (å ä ö become a a o), Arabic vowel marks and the
//! letter forms that are written interchangeably. The unfolded word is kept beside it, so that who types the diacritics is
//! rewarded.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word as compared: folded, and as written in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub folded: String,
    pub plain: String,
}

/// The words of a text, in order. Signs that carry meaning in names of skills (C++, C#) stay with their word.
pub fn words(text: &str) -> Vec<Word> {
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfc().collect::<String>().to_lowercase() };
    lower
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#') || (!c.is_ascii() && is_combining_mark(c))))
        .filter_map(|plain| {
            let folded = fold(plain);
            folded.chars().any(char::is_alphanumeric).then(|| Word { folded, plain: plain.to_owned() })
        })
        .collect()
}

/// Lower case without accents and with interchangeable letters made one.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        if is_combining_mark(c) {
            continue;
        }
        for c in c.to_lowercase() {
            if !is_combining_mark(c) {
                push_folded(c, &mut out);
            }
        }
    }
    out
}

/// The whole text folded, words joined by one space: two labels that read alike have the same key.
pub fn key(text: &str) -> String {
    words(text).into_iter().map(|w| w.folded).collect::<Vec<_>>().join(" ")
}

/// The pieces of a folded word: its first letter, and every three neighbours of `^word$`. Without the end mark (`open`) for a word
/// that is still being typed.
pub fn grams(folded: &str, open: bool) -> Vec<String> {
    let mut marked: Vec<char> = Vec::with_capacity(folded.len() + 2);
    marked.push('^');
    marked.extend(folded.chars());
    if !open {
        marked.push('$');
    }
    let mut out = Vec::with_capacity(marked.len());
    out.push(marked.iter().take(2).collect());
    out.extend(marked.windows(3).map(|w| w.iter().collect::<String>()));
    out
}

fn push_folded(c: char, out: &mut String) {
    match c {
        'ø' => out.push('o'),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ß' => out.push_str("ss"),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ı' => out.push('i'),
        'ħ' => out.push('h'),
        'þ' => out.push_str("th"),
        // Arabic and Persian: tatweel carries nothing; alef, ya, ta marbuta and kaf have forms that are typed interchangeably.
        '\u{0640}' | '\u{200c}' | '\u{200d}' => {}
        'ٱ' => out.push('ا'),
        'ى' | 'ی' => out.push('ي'),
        'ة' => out.push('ه'),
        'ک' => out.push('ك'),
        // Ukrainian and Russian keyboards differ in these.
        'ґ' => out.push('г'),
        other => out.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_alone_are_no_words() {
        assert!(words(" -- / ++ # ()").is_empty());
        assert!(words("").is_empty());
    }

    #[test]
    fn accents_and_letter_forms_fold_together() {
        assert_eq!(key("Städare / Lokalvårdare"), "stadare lokalvardare");
        assert_eq!(key("Bäcker"), key("backer"));
        assert_eq!(fold("مُدِيرَة"), fold("مديره"));
        assert_eq!(fold("أحمد"), fold("احمد"));
        assert_eq!(key("C++ och C#"), "c++ och c#");
        assert_eq!(words("Städare")[0].plain, "städare");
    }

    #[test]
    fn pieces_mark_the_beginning_and_the_end() {
        assert_eq!(grams("kock", false), ["^k", "^ko", "koc", "ock", "ck$"]);
        assert_eq!(grams("ko", true), ["^k", "^ko"]);
        assert_eq!(grams("k", true), ["^k"]);
    }
}
