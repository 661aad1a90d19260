//! What a typed text may hold: signs that are seen, and those that scripts need. Never what a terminal obeys, what turns the words that
//! stand around it, or what is no character at all.

/// Signs that open a run of a direction of its own, and those that close one (UAX 9, 2).
const EMBEDS: [char; 2] = ['\u{202a}', '\u{202b}'];
const EMBED_ENDS: char = '\u{202c}';
const ISOLATES: [char; 3] = ['\u{2066}', '\u{2067}', '\u{2068}'];
const ISOLATE_ENDS: char = '\u{2069}';

/// Whether it may be kept as it is. `lines`: line breaks and tabs may stand in it.
pub fn is_sound(text: &str, lines: bool) -> bool {
    !text.chars().any(|c| is_stray(c, lines)) && text.split('\n').all(closes)
}

/// The same without what may not stand in it; where a line broke or a tab stood in what is one line, a space.
pub fn sound(text: &str, lines: bool) -> String {
    let seen = |c: char| match c {
        c if !is_stray(c, lines) => Some(c),
        c if c.is_whitespace() => Some(' '),
        _ => None,
    };
    let text: String = text.chars().filter_map(seen).collect();
    let paragraph = |text: &str| if closes(text) { text.to_owned() } else { text.chars().filter(|c| !turns(*c)).collect() };
    text.split('\n').map(paragraph).collect::<Vec<_>>().join("\n")
}

/// Joiners (U+200C, U+200D) and marks of direction (U+200E, U+200F, U+061C) are none: Persian, Arabic and Indic scripts need them.
fn is_stray(c: char, lines: bool) -> bool {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => !lines,
        // Overrides: what is seen is not what stands there.
        '\u{202d}' | '\u{202e}' => true,
        c => c.is_control() || is_no_character(c),
    }
}

/// Unicode 16.0, 23.7.
const fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

fn turns(c: char) -> bool {
    EMBEDS.contains(&c) || ISOLATES.contains(&c) || [EMBED_ENDS, ISOLATE_ENDS].contains(&c)
}

/// Whether each run of another direction that a paragraph opens is closed in it, the last opened first.
fn closes(paragraph: &str) -> bool {
    let mut open = Vec::new();
    for c in paragraph.chars().filter(|c| turns(*c)) {
        match c {
            EMBED_ENDS => match open.pop() {
                Some(began) if EMBEDS.contains(&began) => {}
                _ => return false,
            },
            ISOLATE_ENDS => match open.pop() {
                Some(began) if ISOLATES.contains(&began) => {}
                _ => return false,
            },
            began => open.push(began),
        }
    }
    open.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_turns_hides_or_commands_is_not_sound() {
        for text in [
            "a\0b",
            "a\u{1b}[31m",
            "\u{7}",
            "a\u{202e}b",
            "a\u{202d}b\u{202c}",
            "a\u{2067}b",
            "a\u{2069}",
            "\u{202b}a",
            "\u{2067}a\n\u{2069}",
            "\u{202a}\u{2067}a\u{202c}\u{2069}",
            "\u{ffff}",
            "\u{1fffe}",
            "\u{fdd0}",
            "\u{85}",
        ] {
            assert!(!is_sound(text, true), "{text:?}");
        }
        for text in ["a\nb", "a\tb", "a\r\nb", "a\u{2028}b"] {
            assert!(!is_sound(text, false) && is_sound(text, true), "{text:?}");
        }
    }

    #[test]
    fn what_scripts_need_stays() {
        for text in [
            "Åsa Öberg",
            "می\u{200c}خواهم",
            "क\u{200d}",
            "\u{200f}عربي\u{200f}",
            "a \u{2067}عربي\u{2069} b",
            "\u{202b}ع\u{202c}",
            "👩\u{200d}🔧",
        ] {
            assert!(is_sound(text, false), "{text:?}");
            assert_eq!(sound(text, false), text);
        }
        assert_eq!(sound("a\u{b}b\tc\0", false), "a b c");
        assert_eq!(sound("a\u{2067}b\u{202e}", true), "ab");
    }

    fn any_text() -> impl Strategy<Value = String> {
        let odd = proptest::sample::select(
            &['\0', '\u{1b}', '\n', '\t', '\u{202a}', '\u{202c}', '\u{202e}', '\u{2067}', '\u{2069}', '\u{ffff}', '\u{200c}'][..],
        );
        proptest::collection::vec(prop_oneof![odd, any::<char>()], 0..40).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn what_is_made_sound_is_and_what_is_sound_stays(text in any_text(), lines in any::<bool>()) {
            let made = sound(&text, lines);
            prop_assert!(is_sound(&made, lines));
            prop_assert_eq!(is_sound(&text, lines), made == text);
        }
    }
}
