//! What texts are compared by: pieces of words, and stems.

use std::collections::BTreeMap;

use crate::taxonomy::fold::Word;

/// A text as weighted terms. Terms are digests: two in a vocabulary of a hundred thousand meet once or twice, which costs nothing.
pub type Terms = BTreeMap<u32, f32>;

/// FNV-1a: the same in every program, as what is kept must be.
pub fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// All runs of three to five letters in each word, its two ends counting as letters; without the end of a word still being typed.
pub fn pieces(words: &[Word], open: bool) -> Terms {
    let mut out = Terms::new();
    for (word, number) in words.iter().zip(1..) {
        let end = if open && number == words.len() { None } else { Some(' ') };
        let letters: Vec<char> = [' '].into_iter().chain(word.folded.chars()).chain(end).collect();
        let mut piece = String::new();
        for length in SHORTEST..=LONGEST {
            for run in letters.windows(length) {
                piece.clear();
                piece.extend(run);
                *out.entry(hash(&piece)).or_default() += 1.0;
            }
        }
    }
    out
}

const SHORTEST: usize = 3;
const LONGEST: usize = 5;

/// A folded word without the ending that its language gives it: number, gender, case. What remains has four letters at least.
pub fn stem<'a>(lang: &str, word: &'a str) -> &'a str {
    let letters = word.chars().count();
    let cut = endings(lang).iter().filter(|ending| letters >= ending.len() + 4).filter_map(|ending| word.strip_suffix(ending));
    cut.min_by_key(|rest| rest.len()).unwrap_or(word)
}

/// Words without a meaning of their own, folded, of the languages that the labels come in.
pub fn is_stop(word: &str) -> bool {
    STOPS.binary_search(&word).is_ok()
}

const STOPS: &[&str] = &[
    "a", "and", "au", "aux", "av", "con", "d", "das", "de", "del", "der", "des", "die", "do", "ds", "du", "e", "el", "en", "et",
    "fl", "for", "fur", "i", "im", "in", "inom", "ja", "l", "la", "las", "le", "les", "los", "m", "med", "mit", "na", "o", "och",
    "of", "og", "or", "oraz", "pa", "par", "para", "por", "the", "til", "till", "to", "un", "und", "une", "von", "w", "x", "y",
    "z", "zum", "zur",
];

fn endings(lang: &str) -> &'static [&'static str] {
    match lang {
        "sv" => &[
            "arna", "erna", "orna", "aren", "arens", "arnas", "ande", "ares", "are", "ar", "er", "or", "en", "et", "an", "s", "a",
            "e", "n",
        ],
        "no" => &["arene", "erne", "ene", "eren", "ere", "er", "en", "et", "e", "s", "a"],
        "de" => &["innen", "erinnen", "erin", "eurin", "ern", "ers", "er", "in", "en", "es", "em", "e", "n", "s", "frau", "mann"],
        "fr" => &[
            "euses", "trices", "trice", "iennes", "ieres", "euse", "trice", "eurs", "teurs", "ienne", "iere", "ier", "iers", "eur",
            "teur", "ien", "iens", "elle", "elles", "el", "els", "ale", "aux", "ales", "al", "ees", "es", "ee", "s", "e", "x",
            "nte", "nt",
        ],
        "es" => &[
            "adores", "adoras", "ador", "adora", "eros", "eras", "ero", "era", "ores", "oras", "or", "ora", "icos", "icas", "ico",
            "ica", "istas", "ista", "ales", "al", "ados", "adas", "ado", "ada", "os", "as", "es", "o", "a", "e", "s",
        ],
        "pl" => &[
            "owiec", "owej", "owego", "owych", "owym", "owa", "owy", "owe", "ow", "arka", "arki", "arz", "arze", "arzy", "acz",
            "aczka", "acze", "aczy", "ista", "istka", "isci", "nik", "niczka", "nicy", "nika", "iczny", "iczna", "icznych",
            "icznej", "ych", "ego", "emu", "ymi", "ami", "ach", "ej", "ym", "om", "ka", "ki", "ek", "y", "i", "a", "e", "u", "o",
            "owie", "em",
        ],
        "fi" => &[
            "jat", "jien", "ja", "ijat", "ien", "iden", "inen", "iset", "nen", "set", "sen", "ssa", "sta", "lla", "lta", "n", "t",
            "a",
        ],
        "en" => &["ers", "ors", "ings", "ing", "er", "or", "ies", "es", "s", "y", "e", "man", "men"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fold;
    use super::*;

    #[test]
    fn short_words_keep_their_endings() {
        assert_eq!(stem("sv", "bana"), "bana");
        assert_eq!(stem("ti", "words"), "words");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (lang, forms) in [
            ("sv", ["svetsare", "svetsarna", "svetsar"]),
            ("de", ["maler", "malerin", "malerinnen"]),
            ("fr", ["directeur", "directrice", "directeurs"]),
            ("es", ["cocinero", "cocinera", "cocineros"]),
            ("pl", ["piekarz", "piekarka", "piekarze"]),
        ] {
            let stems = forms.map(|form| stem(lang, form));
            assert!(stems.iter().all(|one| *one == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn stop_words_are_found() {
        assert!(STOPS.is_sorted());
        assert!(is_stop("och") && is_stop("und") && !is_stop("kock"));
    }

    #[test]
    fn a_word_being_typed_has_no_end() {
        let open = pieces(&fold::words("kock"), true);
        assert!(open.contains_key(&hash(" ko")) && !open.contains_key(&hash("ck ")));
        assert!(pieces(&fold::words("kock"), false).contains_key(&hash("ck ")));
    }
}
