//! What job titles in advertisements and registers carry that says nothing of the work: marks of gender, extent, form of employment.

use std::borrow::Cow;

/// The title without them; as it was where nothing would remain.
pub fn clean(title: &str) -> Cow<'_, str> {
    if title.chars().all(|c| c.is_alphabetic() || c == ' ') && !title.split(' ').any(is_noise) {
        return Cow::Borrowed(title);
    }
    let opened = title.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = opened.split_whitespace().collect();
    let mut kept: Vec<Cow<str>> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let bracketed = at > 0 && words[at - 1] == "(" && words.get(at + 1).is_some_and(|next| *next == ")");
        if is_gender(word) || is_noise(word) || is_extent(word) || bracketed && is_ending(word) {
            continue;
        }
        kept.push(without_ending(word));
    }
    let text = kept.join(" ");
    if text.chars().any(char::is_alphanumeric) { Cow::Owned(text) } else { Cow::Borrowed(title) }
}

/// `m/w/d`, `H/F`, `k/m`: single letters and slashes alone.
fn is_gender(word: &str) -> bool {
    let mut letters = word.trim_matches(['*', ',', '.', '-']).split(['/', '|', ',']);
    let single = |side: &str| matches!(side.to_lowercase().as_str(), "m" | "w" | "d" | "f" | "h" | "k" | "x" | "i" | "div" | "gn");
    word.contains(['/', '|']) && letters.all(single)
}

/// `100%`, `50-100%`, and a number alone before its sign.
fn is_extent(word: &str) -> bool {
    word.contains('%') && !word.chars().any(char::is_alphabetic)
}

/// Folded forms are not needed: advertisements write these in one way.
fn is_noise(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    NOISE.contains(&bare.as_str())
}

const NOISE: &[&str] = &[
    "heltid",
    "deltid",
    "vikariat",
    "timvikarie",
    "tillsvidare",
    "sommarjobb",
    "sökes",
    "omgående",
    "heltidstjänst",
    "vollzeit",
    "teilzeit",
    "minijob",
    "gesucht",
    "befristet",
    "unbefristet",
    "cdi",
    "cdd",
    "intérim",
    "fulltime",
    "part-time",
    "full-time",
    "etat",
    "etatu",
    "kokoaikainen",
    "osa-aikainen",
    "määräaikainen",
];

/// `Bäcker/in`, `Verkäufer:in`, `Kaufmann/-frau`, `operador/a`, `infirmier/ère`: the first form alone.
fn without_ending(word: &str) -> Cow<'_, str> {
    let Some(at) = word.find(['/', '*', ':', '·', '.']) else { return Cow::Borrowed(word) };
    let (stem, rest) = word.split_at(at);
    let tail = rest.trim_start_matches(['/', '*', ':', '·', '.', '-']);
    let (ending, after) = tail.split_at(tail.find([',', ';', ')']).unwrap_or(tail.len()));
    if stem.chars().count() >= 4 && is_ending(ending) { Cow::Owned(format!("{stem}{after}")) } else { Cow::Borrowed(word) }
}

fn is_ending(word: &str) -> bool {
    let bare = word.trim_start_matches('-').trim_end_matches(['.', '-']).to_lowercase();
    ENDINGS.contains(&bare.as_str())
}

/// Of a second gender, as they are appended.
const ENDINGS: &[&str] = &[
    "in", "innen", "frau", "mann", "e", "es", "ne", "le", "te", "euse", "euses", "ère", "ere", "ière", "trice", "rice", "ienne",
    "nne", "a", "as", "o", "os", "ra", "ora", "era", "ca", "ta", "ka", "czka", "czyni", "ica", "essa", "esse", "ska", "inna",
];

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_title_of_words_alone_and_one_of_marks_alone_stay() {
        for title in ["kock", "", "C++ och C#", "m/w/d", "100%", "heltid", "svets/plåt", "chef (bygg)"] {
            assert_eq!(
                clean(title).split_whitespace().collect::<String>().replace(['(', ')'], ""),
                title.replace([' ', '(', ')'], "")
            );
        }
    }

    #[test]
    fn marks_of_gender_and_extent_go() {
        for (title, cleaned) in [
            ("Bäcker/in", "Bäcker"),
            ("Bäcker:in (m/w/d)", "Bäcker ( )"),
            ("Kaufmann/-frau, Büro", "Kaufmann, Büro"),
            ("Verkäufer (in)", "Verkäufer ( )"),
            ("operador/a de máquina", "operador de máquina"),
            ("Infirmier/ère H/F", "Infirmier"),
            ("Kock 100% heltid", "Kock"),
            ("Kierowca k/m", "Kierowca"),
        ] {
            assert_eq!(clean(title), cleaned);
        }
    }
}
